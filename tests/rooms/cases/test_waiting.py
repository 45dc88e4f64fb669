"""What waits for whom (待办): reviewers and hosts belong to a unit that handles no case."""

from datetime import timedelta

import pytest
from tests import build
from tests.rooms.cases.desk import Desk, said
from tests.rooms.cases.work import casework, large, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors, services
from zhifa.cases.asked import gate_questions
from zhifa.cases.dossier import dossier
from zhifa.cases.handing_on import handing_on, left_by_handlers
from zhifa.config import work_list
from zhifa.config.demo import stories
from zhifa.law.actors import SYSTEM
from zhifa.procedures import actions as a
from zhifa.procedures.values import GateQuestion, PreservationDisposal
from zhifa.registry import selectors as registered
from zhifa.registry import services as registry
from zhifa.registry.rules import Role, UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return build.city()


def desk(city, work) -> Desk:
    return Desk(city=city, case_id=work.case_id)


def ended(person) -> None:
    """End every appointment of a person with yesterday."""
    for one in registered.appointments(person):
        registry.end_appointment(
            appointment_id=one.id, valid_until=clock.today() - build.date.resolution,
            reason="调离", actor=SYSTEM, at=clock.now(),
        )  # fmt: skip


def waiting(person) -> list[str]:
    """Return what the work list says of the work of leavers."""
    with acting(person, on=clock.today()):
        lines = work_list.tasks_for(person, on=clock.today())
    return [line.why for line in lines if line.href == "/desk/cases/handing-on/"]


def signed_out(person) -> None:
    registry.deactivate_person(person_id=person, reason="退休", actor=SYSTEM, at=clock.now())


@pytest.mark.parametrize("leave", [ended, signed_out])
def test_the_heads_are_told_that_the_handler_of_an_open_case_has_left(city, leave):
    works = [told(casework(city, small()), teller) for teller in (
        stories.to_clue, stories.to_filed, stories.transferred, stories.not_filed_closed,
    )]  # fmt: skip
    heads = (city.unit_head, city.agency_heads[0])
    assert [waiting(head) for head in heads] == [[], []]

    leave(city.handlers[0])

    said = ["3 件在办案件的承办人已离岗，需要移交"]
    assert [waiting(head) for head in heads] == [said, said]
    assert waiting(city.handlers[1]) == waiting(city.case_reviewer) == []
    third = build.officer(city.body, unit_id=city.unit)
    with acting(city.unit_head, on=clock.today()):
        page = handing_on(
            None, actor=city.unit_head, bodies=frozenset({city.body}), on=clock.today()
        )
        assert [(one.id, one.note) for one in page.people] == [
            (city.handlers[0], "已离岗"), (city.handlers[1], ""),
        ]  # fmt: skip
        services.reassign_work(
            case_ids=[work.case_id for work in works[:3]], leaving=city.handlers[0],
            taking_over=third, reason="离岗", actor=city.unit_head, on=clock.today(),
            at=clock.now(),
        )  # fmt: skip
    assert [waiting(head) for head in heads] == [[], []]


def test_a_head_of_another_unit_is_not_told_and_somebody_without_office_costs_one_query(
    city, django_assert_num_queries
):
    told(casework(city, small()), stories.to_filed)
    ended(city.handlers[0])
    elsewhere = build.unit(city.body, "执法二大队")
    other = build.appointed(Role.HANDLING_UNIT_HEAD, city.body, unit_id=elsewhere)

    assert waiting(other) == []
    for person, queries, cases in ((city.agency_heads[0], 4, 1), (city.handlers[1], 1, 0)):
        with acting(person, on=clock.today()), django_assert_num_queries(queries):
            assert left_by_handlers(person, clock.today()) == cases


def test_list_and_page_say_why_an_annulled_decision_waits_to_be_closed(city):
    work = told(casework(city, small()), stories.to_served)
    data = a.Remedy(party=work.party.id, authority="演示区政府", note="复议决定撤销", annulled=True)
    work.step("record_decision_change", data, by=city.handlers[0])
    head, reason = city.agency_heads[0], f"行政处罚决定被撤销或者确认无效（{clock.today()}）"

    with acting(head, on=clock.today()):
        lines = [line.why for line in work_list.tasks_for(head, on=clock.today())]
    assert any(line.startswith(f"{work.number} 待批准结案：{reason}") for line in lines)
    page = said(desk(city, work).client(head).get(f"/desk/cases/{work.case_id}/"))
    assert f"原因：{reason}" in page


def test_after_the_hearing_its_steps_are_shown_as_past_with_the_article(city):
    work = told(casework(city, large()), stories.hearing_asked)
    handler = city.handlers[0]
    page = f"/desk/cases/{work.case_id}/"
    before = said(desk(city, work).client(handler).get(page))
    work.step(
        "end_hearing",
        a.EndHearing(no_show=False, reason="申请人撤回听证申请"),
        by=city.hearing_host,
    )

    after = said(desk(city, work).client(handler).get(page))
    past = after[after.index("现在不能办理的环节") :]
    words = "本案的听证已经结束，不再办理听证的环节 依据：行政处罚法第六十四条"
    assert past.count(words) == 4
    assert words not in after[: after.index("现在不能办理的环节")]
    assert words not in before


def test_a_reviewer_of_the_legal_unit_finds_what_waits_for_the_role(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    work = told(casework(city, small()), stories.to_investigated)
    legal = build.unit(city.body, "法制科", UnitKind.LEGAL)
    reviewer = build.appointed(Role.CASE_REVIEWER, city.body, unit_id=legal)
    other_head = build.appointed(Role.HANDLING_UNIT_HEAD, city.body, unit_id=legal)

    with acting(reviewer, on=clock.today()):
        tasks = selectors.tasks_for(reviewer, clock.today())
    assert [(task.case_id, task.kind) for task in tasks] == [(work.case_id, "pass_case_review")]
    with acting(other_head, on=clock.today()):
        assert selectors.tasks_for(other_head, clock.today()) == []


def expected_of(person, on):
    with acting(person, on=on):
        return {line.kind: line.why for line in work_list.tasks_for(person, on=on)}


def test_a_hearing_waits_for_its_day_and_no_longer(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    work = told(casework(city, large()), stories.hearing_asked)
    host, day = city.hearing_host, work.facts.hearing.hearing_on

    def next_step(on):
        with acting(host, on=on):
            return dossier(work.case_id, actor=host, on=on).next

    for on in (clock.today(), day):
        assert f"定于 {day} 举行" in expected_of(host, on)["open_hearing"]
        assert next_step(on).from_on == day
    missed = day + timedelta(days=1)
    assert str(day) not in expected_of(host, missed)["open_hearing"]
    assert next_step(missed).from_on is None
    assert [one.violation.code for one in next_step(missed).missing] == ["hearing.another_day"]


@pytest.mark.parametrize(
    ("story", "matter", "state", "who", "kind", "words"),
    [
        pytest.param(stories.in_hearing, large, "hearing", "hearing_host", "close_hearing", "待结束听证", id="hearing"),
        pytest.param(stories.not_filed, small, "not_filed", "head", "close", "待批准结案", id="not filed"),
    ],
)  # fmt: skip
def test_who_has_to_go_on_with_a_case_that_stands_between_two_acts(
    settings, tmp_path, story, matter, state, who, kind, words
):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    work = told(casework(city, matter()), story)
    person = city.agency_heads[0] if who == "head" else city.hearing_host

    assert work.facts.state == state
    assert words in expected_of(person, clock.today())[kind]
    assert kind not in expected_of(city.handlers[0], clock.today())


def test_the_head_of_the_unit_is_asked_once_the_handler_has_answered(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    other_head = build.appointed(
        Role.HANDLING_UNIT_HEAD, city.body, unit_id=build.unit(city.body, "食品科")
    )
    work = told(casework(city, small()), stories.to_investigating)

    def asked(person):
        with acting(person, on=clock.today()):
            return [case.id for case, _ in gate_questions(person, clock.today())]

    def answer(by, *questions):
        for question in questions or GateQuestion:
            said = a.AnswerGate(question=question, yes=False, reason="案情单一")
            work.step("answer_gate", said, by=by)

    assert asked(city.unit_head) == []  # the investigation goes on
    answer(city.handlers[0], GateQuestion.COMPLEX)  # one is enough: the head answers it as well
    assert asked(city.unit_head) == [work.case_id]
    answer(city.handlers[0], GateQuestion.PUBLIC_INTEREST)
    assert asked(city.unit_head) == [work.case_id]
    assert asked(other_head) == [] == asked(city.handlers[0])
    with acting(city.unit_head, on=clock.today()):
        (line,) = (
            one for one in work_list.tasks_for(city.unit_head, on=clock.today())
            if one.kind == "answer_gate"
        )  # fmt: skip
    term = work.facts.term("T01")
    assert line.due_on == term.due_on
    assert (line.days_left, line.working) == ((term.due_on - clock.today()).days, False)
    answer(city.unit_head)
    assert asked(city.unit_head) == []


def test_the_head_is_told_that_preserved_things_wait_for_a_decision(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    work = told(casework(city, small()), stories.preserving)
    head = city.agency_heads[0]
    term = work.facts.term("T02", str(work.facts.preservations[0].sequence))

    def lines(person, on):
        with acting(person, on=on):
            found = work_list.tasks_for(person, on=on)
        return [one for one in found if one.kind == "dispose_preservation"]

    (line,) = lines(head, clock.today())
    assert (line.href, line.due_on) == (f"/desk/cases/{work.case_id}/", term.due_on)
    left = registered.calendar().working_days(clock.today(), term.due_on)
    assert left < (term.due_on - clock.today()).days  # a weekend lies between: T02, APL art. 85
    assert (line.days_left, line.working) == (left, True)
    page = desk(city, work).client(head).get("/desk/").content.decode()
    assert f"剩 {left} 个工作日" in page
    assert lines(head, term.due_on + timedelta(days=1))[0].days_left < 0
    for person in (city.unit_head, city.case_reviewer, build.person()):
        assert lines(person, clock.today()) == []
    data = a.DisposePreservation(
        preservation=work.facts.preservations[0].sequence,
        disposal=PreservationDisposal.RELEASE, reason="无须保存",
    )  # fmt: skip
    work.step("dispose_preservation", data, by=head)
    assert lines(head, clock.today()) == []
