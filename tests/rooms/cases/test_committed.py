"""Cases against real commits: people at the same moment, and tables changed behind the platform's back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from tests import build
from tests.rooms.cases.work import casework, large, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import numbers, replay, selectors, services
from zhifa.cases.numbers import number_lines, seen_of, start_numbers
from zhifa.config.demo import stories
from zhifa.documents import selectors as documents
from zhifa.documents.values.decisions import Correction
from zhifa.law.errors import Conflict
from zhifa.procedures import actions as a
from zhifa.procedures.values import ReviewOpinion
from zhifa.registry import selectors as registry

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


def test_of_several_who_take_the_same_step_at_once_one_is_first():
    city = build.city()
    work = told(casework(city, small()), stories.to_verified)
    seen, on, at = work.version, clock.today(), clock.now()
    data = a.File(reason="立案", handlers=city.handlers)

    def file(person) -> str:
        try:
            with acting(person, on=on):
                services.take_step(
                    case_id=work.case_id, action="file", data=data, actor=person, on=on, at=at,
                    seen=seen,
                )  # fmt: skip
        except Conflict as conflict:
            return conflict.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(file, city.agency_heads * 2))

    assert said == [*["case.changed_meanwhile"] * 3, "done"]
    with acting(city.agency_heads[0], on=on):
        assert [entry.action for entry in selectors.timeline(work.case_id)] == [
            "register_clue", "verify", "file",
        ]  # fmt: skip


def at_once(act, given) -> list[str]:
    """Do the same with each of them at the same moment; return what became of it, sorted."""

    def said(one) -> str:
        try:
            act(one)
        except Conflict as conflict:
            return conflict.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(said, given))


def test_a_form_that_is_sent_several_times_at_once_makes_one_correction_notice():
    city = build.city()
    work = told(casework(city, small()), stories.to_noticed)
    head, on, at = city.agency_heads[0], clock.today(), clock.now()
    with acting(head, on=on):
        paper = documents.latest(work.case_id, "penalty_prior_notice")

    def correct(_) -> None:
        with acting(head, on=on):
            services.correct_paper(
                case_id=work.case_id, document_id=paper.id, reasons="笔误", actor=head, on=on, at=at,
                corrections=(Correction("第1页", "店内", "店内冷柜"),), seen=0,
            )  # fmt: skip

    assert at_once(correct, range(4)) == [*["correction.made_meanwhile"] * 3, "done"]


def test_of_several_who_say_where_numbers_begin_at_once_one_is_first():
    city, at = build.city(), clock.now()
    seen = seen_of(number_lines(city.body, clock.today().year))

    def start(first: int) -> None:
        with acting(city.administrator, on=clock.today()):
            start_numbers(
                body_id=city.body, firsts={"立": first}, actor=city.administrator, at=at, seen=seen
            )

    assert at_once(start, (11, 12, 13, 14)) == ["done", *["number.outdated"] * 3]


def test_numbers_of_cases_have_no_gap_when_some_are_refused():
    city = build.city()
    works = [casework(city, small()) for _ in range(3)]
    for work in works:
        work.open()
    with pytest.raises(Conflict):
        works[0].open()

    assert [work.number for work in works] == [f"海市监立〔2026〕{n}号" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("statement", "code", "about"),
    [
        pytest.param(
            "UPDATE cases_decision SET draft_sha256 = repeat('0', 64)",
            "case.decision", "draft_sha256", id="the text decided on",
        ),
        pytest.param(
            "UPDATE cases_decision SET decided_by = gen_random_uuid()",
            "case.decision", "decided_by", id="who decided",
        ),
        pytest.param(
            "UPDATE cases_case SET facts = jsonb_set(facts, '{paid_fen}', '1')",
            "case.facts", "paid_fen", id="a fact",
        ),
        pytest.param(
            "UPDATE cases_case SET is_major = false", "case.column", "is_major", id="major"
        ),
        pytest.param(
            "UPDATE cases_case SET state = 'served'", "case.column", "state", id="the state"
        ),
        pytest.param(
            "UPDATE cases_caseterm SET due_on = due_on + 30 WHERE key = 'T01'",
            "case.term", "T01", id="a term",
        ),
        pytest.param(
            "UPDATE cases_caseparty SET name = '别人'", "case.parties", "", id="a party"
        ),
        pytest.param("DELETE FROM cases_decision", "case.decision", "", id="no decision any more"),
        pytest.param("DELETE FROM review_reviewpass", "case.review_pass", "", id="no pass"),
        pytest.param(
            "UPDATE review_reviewpass SET outcome = 'whatever'", "case.review_pass", "outcome",
            id="what a pass lets through",
        ),
        pytest.param(
            "UPDATE review_opinion SET text = '同意。'", "case.review_opinion", "text",
            id="the words of an opinion",
        ),
        pytest.param(
            "UPDATE review_opinion SET value = 'correct'", "case.review_opinion", "value",
            id="an opinion",
        ),
        pytest.param(
            "UPDATE review_opinion SET checks = '[]'", "case.review_opinion", "checks",
            id="the findings of a reviewer",
        ),
        pytest.param(
            "UPDATE review_submission SET amount_fen = amount_fen - 1",
            "case.review_submission", "amount_fen", id="the amount under review",
        ),
        pytest.param(
            "UPDATE review_submission SET draft_sha256 = repeat('0', 64)",
            "case.review_submission", "draft_sha256", id="the text under review",
        ),
        pytest.param(
            "UPDATE review_submission SET handlers = '{}'",
            "case.review_submission", "handlers", id="who handled what is under review",
        ),
        *(
            pytest.param(f"UPDATE {statement}", code, about, id=f"{code} {about}")
            for statement, code, about in (
                ("cases_decision SET is_major = false", "case.decision", "is_major"),
                ("cases_decision SET review_pass = NULL", "case.decision", "review_pass"),
                ("cases_case SET opened_on = opened_on - 1", "case.column", "opened_on"),
                ("cases_case SET awaits_action = 'x'", "case.column", "awaits_action"),
                ("cases_case SET awaits_role = 'x'", "case.column", "awaits_role"),
                ("cases_case SET awaits_from = opened_on", "case.column", "awaits_from"),
                ("cases_case SET is_demo = NOT is_demo", "case.column", "is_demo"),
                ("cases_case SET changed_at = now()", "case.column", "changed_at"),
                ("cases_case SET overlay_version = 'x'", "case.column", "overlay_version"),
                ("cases_caseparty SET position = 7", "case.parties", ""),
                (
                    "review_reviewpass SET voided_at = now(), void_reason = 'x'",
                    "case.review_pass", "voided_at",
                ),
                ("review_reviewpass SET void_reason = 'x'", "case.review_pass", "void_reason"),
            )
        ),
        pytest.param(
            "DELETE FROM documents_document WHERE type_key = 'penalty_decision'",
            "case.document_missing", "", id="no document",
        ),
    ],
)  # fmt: skip
def test_what_the_owner_changes_by_sql_is_found_by_name(statement, code, about):
    city = build.city()
    work = told(casework(city, large()), stories.major_decided)
    with acting(city.agency_heads[0], on=clock.today()):
        assert list(replay.differences()) == []

    _as_owner(next(word for word in statement.split() if "_" in word), statement)

    with acting(city.agency_heads[0], on=clock.today()):
        found = list(replay.differences())
    assert code in [one.code for one in found]
    named = next(one for one in found if one.code == code)
    assert work.number in named.about
    assert about in named.about


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_numberseries SET last = last + 1 WHERE word = '立'",
        "UPDATE documents_numberseries SET last = last - 1 WHERE word = '立'",
        "UPDATE documents_numberseries SET first = first - 1 WHERE word = '立'",
        "DELETE FROM documents_numberseries WHERE word = '立'",
    ],
)
def test_a_series_of_case_numbers_that_goes_otherwise_is_named(statement):
    city = build.city()
    casework(city, small())
    year = clock.today().year
    numbers.start_numbers(
        body_id=city.body, firsts={"立": 14}, actor=city.administrator, at=clock.now()
    )
    with acting(city.agency_heads[0], on=clock.today()):
        assert list(replay.differences()) == []  # started only
    for _ in range(2):
        casework(city, small()).open()
    with acting(city.agency_heads[0], on=clock.today()):
        assert list(replay.differences()) == []

    _as_owner("documents_numberseries", statement)

    with acting(city.agency_heads[0], on=clock.today()):
        (found,) = replay.differences()
    name = registry.body(city.body).identity.name
    assert (found.code, found.about) == ("case.number_series", f"{name} 立〔{year}〕")


def test_that_a_pass_was_voided_is_compared_with_the_step_that_did_it():
    city = build.city()
    work = told(casework(city, large()), stories.to_heard)
    clock.move_to(work.day_after("T47", "T04"))
    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "同意。")
    lighter = work.draft(reasons="补充说明：已经召回，酌情从轻。")
    work.step("revise_draft", a.ReviseDraft(draft=lighter, reason="采纳意见"), by=city.handlers[0])
    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "修改后的文本，同意。")
    work.discuss()
    work.decide()
    with acting(city.agency_heads[0], on=clock.today()):
        assert list(replay.differences()) == []

    _as_owner(
        "review_reviewpass",
        "UPDATE review_reviewpass SET void_reason = 'decide', voided_at = voided_at - interval '1 day'"
        " WHERE voided_at IS NOT NULL",
    )

    with acting(city.agency_heads[0], on=clock.today()):
        found = [one.about for one in replay.differences() if one.code == "case.review_pass"]
    assert found == [f"{work.number}：voided_at", f"{work.number}：void_reason"]


def test_a_series_of_no_kind_is_named():
    city = build.city()
    _as_owner(
        "documents_numberseries",
        "INSERT INTO documents_numberseries (body_id, word, year, first, last)"
        " VALUES (gen_random_uuid(), '无', 2026, 1, 1)",
    )

    with acting(city.agency_heads[0], on=clock.today()):
        found = [(one.code, one.about) for one in replay.differences()]
    assert found == [("case.number_series", "无")]


def _as_owner(table: str, statement: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
