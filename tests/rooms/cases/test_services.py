"""Whole cases by services: lawful ones to their ends, unlawful steps refused, nothing half written."""

from dataclasses import replace

import pytest
from django.db import connection
from tests import build
from tests.rooms.cases.correcting import asked, granted
from tests.rooms.cases.work import casework, large, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import replay, selectors, services
from zhifa.cases.asked import corrections
from zhifa.cases.going_on import left_behind
from zhifa.cases.models import Case, CaseTerm, Decision
from zhifa.config.demo import stories
from zhifa.documents import selectors as documents
from zhifa.evidence.rules import EvidenceKind
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Conflict, Denied, NotFound
from zhifa.procedures import actions as a
from zhifa.procedures.model import NoSuchStep, StepRefused
from zhifa.procedures.values import Outcome, ReviewOpinion
from zhifa.registry import selectors as registered
from zhifa.registry import services as registry
from zhifa.registry.rules import BodyKind, Identity, SuccessionKind
from zhifa.review import selectors as reviews

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


@pytest.fixture
def city():
    return build.city()


def seen_by_head(work):
    return acting(work.desk.head, on=clock.today())


def codes(refused) -> list[str]:
    return [violation.code for violation in refused.value.violations]


def test_an_ordinary_case_runs_from_clue_to_archive_and_replays_to_the_same(city):
    work = told(casework(city, small()), stories.to_archived)

    with seen_by_head(work):
        case = selectors.case(work.case_id)
        made = [one.type_key for one in documents.documents_of(work.case_id)]
        assert list(replay.differences()) == []
    assert case.state == "archived"
    assert case.facts.is_major is False
    assert made == [
        "case_source_register", "filing_approval", "onsite_inspection_record", "interview_record",
        "investigation_report", "case_review_opinion", "penalty_prior_notice", "service_receipt",
        "statement_defence_record", "reexamination_opinion", "penalty_decision",
        "service_receipt", "closing_report",
    ]  # fmt: skip


def test_a_major_case_with_hearing_passes_the_review_of_exactly_its_text(city):
    work = told(casework(city, large()), stories.major_closed)

    with seen_by_head(work):
        case = selectors.case(work.case_id)
        granted = reviews.valid_pass(work.case_id)
        decision = Decision.objects.get(case_id=work.case_id)
        assert list(replay.differences()) == []
    assert case.facts.hearing_held
    assert case.facts.is_major
    assert granted.id == decision.review_pass
    assert decision.draft_sha256 == granted.draft_sha256 == case.facts.draft_sha256


@pytest.mark.parametrize(
    "teller",
    [
        stories.not_filed, stories.suspended, stories.terminated, stories.transferred,
        stories.no_penalty, stories.preserving, stories.returned, stories.hearing_asked,
    ],
    ids=lambda teller: teller.__name__,
)  # fmt: skip
def test_side_ways_replay_to_the_same(city, teller):
    matter = large() if teller in (stories.returned, stories.hearing_asked) else small()
    if teller is stories.no_penalty:
        draft = replace(matter.draft, outcome=Outcome.NO_PENALTY_MINOR, penalties=())
        matter = replace(matter, draft=draft)
    work = told(casework(city, matter), teller)

    with seen_by_head(work):
        assert list(replay.differences()) == []


def test_no_decision_before_the_party_was_told(city):
    work = told(casework(city, small()), stories.to_case_reviewed)

    with pytest.raises(StepRefused) as refused:
        work.decide()

    assert "notice.not_given" in codes(refused)
    assert str(refused.value.violations[0].basis).startswith("APL 44")
    with seen_by_head(work):
        assert selectors.case(work.case_id).state == "case_reviewed"


def test_a_major_decision_waits_for_a_pass_and_a_changed_draft_voids_it(city):
    work = told(casework(city, large()), stories.to_heard)
    clock.move_to(work.day_after("T47", "T04"))
    with pytest.raises(StepRefused) as refused:
        work.decide()
    assert "review.not_passed" in codes(refused)

    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "同意。")
    lighter = work.draft(reasons="补充说明：已经召回，酌情从轻。")
    work.step("revise_draft", a.ReviseDraft(draft=lighter, reason="采纳意见"), by=city.handlers[0])
    with seen_by_head(work):
        assert reviews.valid_pass(work.case_id) is None
    with pytest.raises(StepRefused) as refused:
        work.decide()
    assert "review.not_passed" in codes(refused)

    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "修改后的文本，同意。")
    work.discuss()
    work.decide()
    with seen_by_head(work):
        assert list(replay.differences()) == []


def test_an_officer_without_valid_certificate_cannot_be_assigned(city):
    work = told(casework(city, small()), stories.to_verified)
    lapsed = build.appointed(build.Role.CASE_HANDLER, city.body)
    build.certificate(lapsed, city.body, valid_until=build.date(2025, 1, 1))
    data = a.File(reason="立案", handlers=(city.handlers[0], lapsed))

    with pytest.raises(StepRefused) as refused:
        work.step("file", data, by=city.agency_heads[0])

    assert "officer.certificate_invalid" in codes(refused)


def test_who_saw_an_older_version_changes_nothing(city):
    work = told(casework(city, small()), stories.to_verified)
    data = a.File(reason="立案", handlers=city.handlers)
    seen = work.version - 1

    with (
        acting(city.agency_heads[0], on=clock.today()),
        pytest.raises(Conflict, match="changed_meanwhile"),
    ):
        services.take_step(
            case_id=work.case_id, action="file", data=data, actor=city.agency_heads[0],
            on=clock.today(), at=clock.now(), seen=seen,
        )  # fmt: skip

    assert work.version == seen + 1


def test_a_form_sent_twice_opens_one_case(city):
    work = casework(city, small())
    work.open()

    with pytest.raises(Conflict, match="opened_already"):
        work.open()

    with seen_by_head(work):
        assert Case.objects.count() == 1


def test_a_case_of_others_is_not_found(city):
    work = told(casework(city, small()), stories.to_clue)
    stranger = build.officer(city.body)
    elsewhere = build.body("海门区城市管理局", supervised_by=city.supervision, office_word="海城管")
    other_head = build.appointed(build.Role.AGENCY_HEAD, elsewhere)

    for person in (stranger, other_head, city.administrator):
        with acting(person, on=clock.today()), pytest.raises(NotFound):
            selectors.case(work.case_id)
        with pytest.raises(NotFound):
            work.step("verify", a.Verify(findings="x", facts_suspected=True), by=person)
    for person in (city.handlers[0], city.unit_head, city.supervisor, city.leader):
        with acting(person, on=clock.today()):
            assert selectors.case(work.case_id).number == work.number


def test_the_room_s_scope_and_row_security_show_the_same_cases(city):
    """The scope function says it first, PostgreSQL a second time: design.md section 4, Access."""
    told(casework(city, small()), stories.to_filed)
    stranger = build.officer(city.body)
    people = [
        stranger, *city.handlers, city.unit_head, *city.agency_heads, city.case_reviewer,
        city.archivist, city.supervisor, city.leader, city.administrator, city.editor,
    ]  # fmt: skip
    seen = {}
    for person in people:
        scope = registered.scope(person, on=clock.today())
        with acting(person, on=clock.today()):
            by_rows = set(Case.objects.values_list("id", flat=True))
        with acting(city.agency_heads[0], on=clock.today()):  # who sees every row
            seen[person] = set(
                Case.objects.filter(selectors.visible(scope)).values_list("id", flat=True)
            )
        assert seen[person] == by_rows
    assert {len(cases) for cases in seen.values()} == {0, 1}


def test_what_the_record_says_of_a_case_is_read_by_whoever_sees_the_case(city):
    """By raw SQL under the web login too: not one of its contents, nor of its evidence."""
    work = told(casework(city, small()), stories.to_investigated)
    elsewhere = build.body("海门区城市管理局", supervised_by=city.supervision, office_word="海城管")
    other_head = build.appointed(build.Role.AGENCY_HEAD, elsewhere)

    def read(person):
        with acting(person, on=clock.today()), connection.cursor() as cursor:
            cursor.execute(
                "SELECT split_part(e.stream, ':', 1), count(b.entry_id) FROM journal_entry e"
                " LEFT JOIN journal_body b ON b.entry_id = e.id"
                " WHERE e.stream LIKE 'case:%' OR e.stream LIKE 'evidence:%' GROUP BY 1"
            )
            return dict(cursor.fetchall())

    for person in (None, build.officer(city.body), other_head, city.administrator):
        assert read(person) == {"case": 0, "evidence": 0}
    with seen_by_head(work):
        steps = selectors.case(work.case_id).version
    for person in (city.handlers[0], city.unit_head, city.supervisor):
        assert read(person)["case"] == steps
        assert read(person)["evidence"] > 0


def test_a_supervisor_reads_and_does_not_act(city):
    work = told(casework(city, small()), stories.to_clue)

    with pytest.raises((StepRefused, NotFound)):
        work.step("verify", a.Verify(findings="x", facts_suspected=True), by=city.supervisor)


def test_a_step_the_state_does_not_have(city):
    work = told(casework(city, small()), stories.to_clue)

    with pytest.raises(NoSuchStep):
        work.investigate()


def test_a_wrong_day_is_corrected_and_what_followed_is_worked_out_anew(city):
    work = told(casework(city, small()), stories.to_served)
    with seen_by_head(work):
        before = selectors.case(work.case_id).facts
    served = next(e for e in _steps(work) if e.action == "serve")
    earlier = served.on - build.date.resolution
    data = a.AskCorrection(sequence=served.sequence, reason="送达日期录错", happened_on=earlier)
    clock.move_to(work.on_working_day(2))
    wanted = asked(work.case_id, data, by=city.handlers[0])
    with seen_by_head(work):
        assert selectors.case(work.case_id).facts.served == before.served
        assert list(replay.differences()) == []
    with acting(city.unit_head, on=clock.today()):
        waiting = [
            (case.id, one.sequence) for case, one in corrections(city.unit_head, clock.today())
        ]
    assert waiting == [(work.case_id, wanted.asked)]
    granted(work.case_id, wanted, head=city.unit_head)

    with seen_by_head(work):
        case = selectors.case(work.case_id)
        after = case.facts
        term = CaseTerm.objects.get(case_id=work.case_id, key="T06")
        assert list(replay.differences()) == []
        entries = selectors.timeline(work.case_id)
        papers = {one.step_sequence for one in documents.documents_of(work.case_id)}
    assert after.served[0].on == earlier == before.served[0].on - build.date.resolution
    assert term.started_on == earlier
    assert [e.corrected_by for e in entries if e.action == "serve"] == [case.version]
    assert set(after.corrected) <= papers  # its 送达回证 stays, marked on the page
    with acting(city.unit_head, on=clock.today()):
        assert list(corrections(city.unit_head, clock.today())) == []


def test_a_correction_is_granted_by_a_head_who_is_somebody_else(city):
    work = told(casework(city, small()), stories.to_served)
    verified = next(e for e in _steps(work) if e.action == "verify")
    data = a.AskCorrection(
        sequence=verified.sequence, reason="录错", happened_on=verified.on - build.date.resolution
    )
    wanted = asked(work.case_id, data, by=city.handlers[0])

    for one in city.handlers:
        with pytest.raises(StepRefused) as refused:
            granted(work.case_id, wanted, head=one)
        assert "role.missing" in codes(refused)


def test_the_work_of_a_person_who_leaves_goes_on_with_another(city):
    works = [told(casework(city, small()), stories.to_filed) for _ in range(2)]
    third = build.officer(city.body, unit_id=city.unit)
    with acting(city.unit_head, on=clock.today()):
        leaving = selectors.open_work(city.handlers[0], actor=city.unit_head, on=clock.today())
        services.reassign_work(
            case_ids=[row.id for row in leaving], leaving=city.handlers[0], taking_over=third,
            reason="工作调动", actor=city.unit_head, on=clock.today(), at=clock.now(),
        )  # fmt: skip

    with acting(third, on=clock.today()):
        assert {task.case_id for task in selectors.tasks_for(third, clock.today())} <= {
            work.case_id for work in works
        }
        assert (
            selectors.case_list(
                actor=third, on=clock.today(), wanted=selectors.Filter(mine=True)
            ).total
            == 2
        )
    with acting(city.handlers[0], on=clock.today()), pytest.raises(NotFound):
        selectors.case(works[0].case_id)


@pytest.mark.parametrize(
    "teller",
    [
        stories.to_clue, stories.to_verified, stories.not_filed, stories.terminated,
        stories.transferred, stories.suspended, stories.to_served,
    ],
    ids=lambda teller: teller.__name__,
)  # fmt: skip
def test_every_open_case_of_a_leaver_can_be_handed_on(city, teller):
    work = told(casework(city, small()), teller)
    third = build.officer(city.body, unit_id=city.unit)
    with acting(city.unit_head, on=clock.today()):
        leaving = selectors.open_work(city.handlers[0], actor=city.unit_head, on=clock.today())
        services.reassign_work(
            case_ids=[row.id for row in leaving], leaving=city.handlers[0], taking_over=third,
            reason="工作调动", actor=city.unit_head, on=clock.today(), at=clock.now(),
        )  # fmt: skip

        assert [row.id for row in leaving] == [work.case_id]
        assert third in selectors.case(work.case_id).facts.handlers
        assert list(replay.differences()) == []


def test_a_case_that_cannot_be_handed_on_is_named_with_the_reason(city):
    told(casework(city, small()), stories.to_filed)
    closed = told(casework(city, small()), stories.not_filed_closed)
    third = build.officer(city.body, unit_id=city.unit)
    with acting(city.unit_head, on=clock.today()):
        number = selectors.case(closed.case_id).number
        rows = selectors.open_work(city.handlers[0], actor=city.unit_head, on=clock.today())
        with pytest.raises(services.HandingOnRefused) as refused:
            services.reassign_work(
                case_ids=[closed.case_id, *(row.id for row in rows)], leaving=city.handlers[0],
                taking_over=third, reason="工作调动", actor=city.unit_head, on=clock.today(),
                at=clock.now(),
            )  # fmt: skip
        assert refused.value.number == number
        assert codes(refused) == ["step.not_in_state"]
        assert refused.value.violations[0].about == "reassign:closed"
        assert third not in selectors.case(rows[0].id).facts.handlers


def test_the_successor_goes_on_with_what_was_left_open(city):
    work = told(casework(city, small()), stories.to_filed)
    on = clock.today() + build.date.resolution * 3
    clock.move_to(work.on_working_day(5))
    new = registry.follow_on(
        kind=SuccessionKind.RENAME, body_id=city.body, basis="机构改革", actor=SYSTEM, at=clock.now(),
        identity=Identity(
            code="NEW", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="海门区市场监管和知识产权局",
            short_name="市监局", valid_from=on, supervised_by=city.supervision, office_word="海市知",
        ),
    )  # fmt: skip
    unit = registered.units(new, clock.today())[0].id
    head = city.agency_heads[0]
    with pytest.raises(NotFound):  # the unit it belonged to has ended with its body
        work.investigate()

    with acting(head, on=clock.today()):
        left = left_behind(new, clock.today())
        services.go_on_with(
            body_id=new, unit_id=unit, case_ids=[row.id for row in left], actor=head,
            on=clock.today(), at=clock.now(),
        )  # fmt: skip
    assert [row.id for row in left] == [work.case_id]

    work.investigate()
    with acting(head, on=clock.today()):
        assert selectors.case(work.case_id).body_id == new
        assert left_behind(new, clock.today()) == []
        assert list(replay.differences()) == []


def test_only_the_head_of_a_successor_takes_cases_over(city):
    work = told(casework(city, small()), stories.to_filed)
    head, on = city.agency_heads[0], clock.today()

    with acting(city.unit_head, on=on), pytest.raises(Denied):
        services.go_on_with(
            body_id=city.body, unit_id=city.unit, case_ids=[work.case_id], actor=city.unit_head,
            on=on, at=clock.now(),
        )  # fmt: skip
    with acting(head, on=on), pytest.raises(Conflict, match="not_followed"):
        services.go_on_with(
            body_id=city.body, unit_id=city.unit, case_ids=[work.case_id], actor=head, on=on,
            at=clock.now(),
        )  # fmt: skip


def test_records_wait_for_the_signed_paper_until_it_is_scanned(city):
    work = told(casework(city, small()), stories.to_investigating)
    handler, on = city.handlers[0], clock.today()
    with acting(handler, on=on):
        waiting = selectors.unsigned_papers(handler, on)
        case, paper = waiting[0]
        scan = work._file("签名扫描件", EvidenceKind.DOCUMENTARY, "签名.jpg")
        said = replace(scan.said, signer="王演示")
        services.attach_signed_paper(
            case_id=case.id, document_id=paper.id, attachment=replace(scan, said=said),
            actor=handler, at=clock.now(),
        )  # fmt: skip
        left = selectors.unsigned_papers(handler, on)

    assert [one.type_key for _, one in waiting] == ["onsite_inspection_record", "interview_record"]
    assert [one.type_key for _, one in left] == ["interview_record"]


def test_what_waits_for_whom(city):
    work = told(casework(city, small()), stories.to_verified)
    head, handler = city.agency_heads[0], city.handlers[0]

    def kinds(person):
        with acting(person, on=clock.today()):
            return [task.kind for task in selectors.tasks_for(person, clock.today())]

    assert (kinds(head), kinds(handler)) == (["file"], [])
    work.file()
    assert (kinds(head), kinds(city.unit_head)) == ([], ["investigate"])


@pytest.mark.parametrize(
    ("text", "found"),
    [("演示便利店", 1), ("海市监立", 1), ("92", 0), ("没有的", 0), ("超过保质期", 1)],
)
def test_search(city, text, found):
    told(casework(city, small()), stories.to_clue)
    with acting(city.agency_heads[0], on=clock.today()):
        page = selectors.case_list(
            actor=city.agency_heads[0], on=clock.today(), wanted=selectors.Filter(text=text)
        )
    assert page.total == found


def test_search_by_credit_code(city):
    matter = small()
    told(casework(city, matter), stories.to_clue)
    wanted = selectors.Filter(text=matter.parties[0].identifier.lower())
    with acting(city.agency_heads[0], on=clock.today()):
        assert selectors.case_list(
            actor=city.agency_heads[0], on=clock.today(), wanted=wanted
        ).total


def test_every_step_is_one_entry_of_the_case_s_stream(city):
    work = told(casework(city, small()), stories.to_filed)

    entries = journal.entries(f"case:{work.case_id}")

    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert {entry.kind for entry in entries} == {"case.step_taken"}


def test_a_refused_step_leaves_no_trace(city, django_assert_num_queries):
    work = told(casework(city, small()), stories.to_filed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        before = cursor.fetchone()

    with pytest.raises(StepRefused):
        work.step("investigate", a.Investigate(), by=city.handlers[0])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        assert cursor.fetchone() == before


def _steps(work):
    with seen_by_head(work):
        return selectors.timeline(work.case_id)
