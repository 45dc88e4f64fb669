import json
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhifa.law import legal_time, reasons_zh
from zhifa.law.calendar import Calendar
from zhifa.law.citations import APL
from zhifa.law.dated import Dated
from zhifa.law.deadline_text import BadRequest, ExplainRequest, explain, listing
from zhifa.law.errors import BadValue
from zhifa.law.errors_zh import error_words
from zhifa.law.holidays import NOTICES
from zhifa.law.legal_time import Extension, Reason, Stop
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import (
    Approver,
    Back,
    Branch,
    ExtensionStep,
    Length,
    Rolls,
    Rule,
    Term,
    Told,
    Unit,
)

CALENDAR = Calendar.of()
TODAY = date(2026, 11, 23)


def asked(term, start, *, catalogue=CATALOGUE, **how):
    return explain(ExplainRequest(term, start, **how), calendar=CALENDAR, catalogue=catalogue)


def one_term(rule):
    return {
        "T11": Term("T11", "例", "coercion", "始", "终", (Branch(Dated({date(2012, 1, 1): rule})),))
    }


def test_the_answer_comes_first_and_every_reason_after_it():
    lines = asked("T01", "2026-03-02", field="samr").text().split("\n")
    assert lines[0].startswith("T01 作出行政处罚决定")
    assert lines[1] == "届满日：2026年6月1日"
    assert lines[2] == "提醒日：2026年6月1日"
    assert any("市场监督管理行政处罚程序规定第八十条" in line for line in lines[4:])


def test_json_carries_what_the_interface_promises():
    answer = asked("T02", "2026-02-10").as_json()
    assert json.loads(json.dumps(answer)) == answer
    assert answer["due_on"] == "2026-02-26"
    assert answer["kind"] == "deadline"
    assert answer["warn_on"] == "2026-02-26"
    assert answer["provisional"] is False
    assert "due_at" not in answer
    assert [reason["code"] for reason in answer["reasons"]][:2] == ["length", "unit.working_days"]
    assert answer["reasons"][0]["basis"] == "APL 56"


def test_a_term_in_hours_answers_with_an_instant():
    hours = one_term(Rule(Length(24, Unit.HOUR), (APL.art(1),), Rolls.COUNTED))
    found = asked("T11", "2026-02-14T09:30", catalogue=hours)
    assert found.as_json()["due_at"] == "2026-02-15T09:30+08:00"
    assert "due_on" not in found.as_json()
    assert "届满日：2026年2月15日9时30分" in found.text()


def test_an_end_that_is_not_known_is_said_so():
    found = asked("T01", "2026-03-02", stops=("2026-03-10:",), field="samr")
    assert found.as_json()["due_on"] is None
    assert found.as_json()["warn_on"] is None
    assert "尚不能确定" in found.text()


def test_a_provisional_end_is_said_so():
    found = asked("T39", "2026-12-24")
    assert found.as_json()["provisional"] is True
    assert "2027年1月5日（暂定）" in found.text()


def test_the_earliest_day_and_counting_back():
    assert "最早可进行之日：2026年2月27日" in asked("T05", "2026-02-10").text()
    back = asked("T05", "2026-02-27", before=True).as_json()
    assert (back["kind"], back["due_on"]) == ("deadline", "2026-02-10")


def test_every_option_together():
    found = asked(
        "t01", "2026-03-02T10:00", stops=("2026-03-10:2026-03-20", "2026-03-18:2026-03-22"),
        extend=("30", "10"), field="samr",
    )  # fmt: skip
    assert found.as_json()["due_on"] == "2026-07-23"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (ExplainRequest("T99", "2026-03-02"), "term.unknown"),
        (ExplainRequest("T01", "2026-02-30"), "start.format"),
        (ExplainRequest("T01", "20260302"), "start.format"),
        (ExplainRequest("T01", "2026-W10-1"), "start.format"),
        (ExplainRequest("T01", "2026-03-02T25:00"), "start.format"),
        (ExplainRequest("T01", "2026-03-02T09:30:00"), "start.format"),
        (ExplainRequest("T01", "0001-01-01"), "calendar.out_of_range"),
        (ExplainRequest("T01", "0001-01-01T00:00"), "calendar.out_of_range"),
        (ExplainRequest("T01", "9999-12-31T23:59"), "calendar.out_of_range"),
        (ExplainRequest("T01", "2020-01-01"), "rule.not_in_force"),
        (ExplainRequest("T01", "2026-03-02", stops=("2026-03-10",)), "stop.format"),
        (ExplainRequest("T01", "2026-03-02", stops=("a:b",)), "stop.format"),
        (ExplainRequest("T01", "2026-03-02", stops=(":2026-03-10",)), "stop.format"),
        (ExplainRequest("T01", "2026-03-02", extend=("-1",)), "extension.format"),
        (ExplainRequest("T01", "2026-03-02", extend=("３０",)), "extension.format"),
        (ExplainRequest("T06", "2026-03-02", extend=("99999",)), "calendar.out_of_range"),
        (ExplainRequest("T48", "2026-03-02"), "term.variant_needed"),
    ],
)
def test_a_mistyped_question_gets_a_reason_in_chinese(request_, code):
    with pytest.raises(BadValue) as caught:
        explain(request_, calendar=CALENDAR)
    assert caught.value.code == code
    assert error_words(caught.value)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=10))
def test_whatever_is_typed_instead_of_a_day_is_refused(start, stop, extend):
    assume(not start[:1].isdecimal())
    request = ExplainRequest("T01", start, stops=(stop,), extend=(extend,), field="samr")
    with pytest.raises(BadRequest):
        explain(request, calendar=CALENDAR)


def test_the_list_shows_every_rule_of_the_day():
    lines = listing(on=TODAY)
    assert {line.term.key for line in lines} == set(CATALOGUE)
    assert len(lines) == sum(len(term.branches) for term in CATALOGUE.values())
    assert all(line.since <= TODAY for line in lines)
    text = "\n".join(line.text() for line in lines)
    for words in ("至少7个工作日", "--field samr（市场监督管理）", "--variant life_safety",
                  "可延长至多30日（行政机关负责人批准）", "可延长（人民法院批准）", "平台默认"):  # fmt: skip
        assert words in text
    assert json.dumps([line.as_json() for line in lines])


def test_the_list_of_an_earlier_day_leaves_out_what_was_not_in_force():
    assert "T01" not in {line.term.key for line in listing(on=date(2021, 7, 14))}
    (old,) = (line for line in listing(on=date(2023, 1, 1)) if line.term.key == "T36")
    assert old.as_json()["basis"] == ["ARL_2017 9"]
    assert old.as_json()["in_force_from"] == "2018-01-01"


def everything_that_can_be_said():
    """Make every kind of reason once."""
    told = ExtensionStep(Approver.AGENCY_HEAD, 30, Unit.CALENDAR_DAY, Told.PARTY)
    rules = {
        "own": Rule(Length(30, Unit.CALENDAR_DAY), (APL.art(1),), Rolls.NO, back=Back.OWN),
        "told": Rule(Length(30, Unit.CALENDAR_DAY), (APL.art(1),), Rolls.NO, extensions=(told,)),
        "hour": Rule(Length(24, Unit.HOUR), (APL.art(1),), Rolls.COUNTED),
    }
    made = {key: one_term(rule)["T11"] for key, rule in rules.items()}
    spring = date(2026, 3, 2)
    questions = [
        (CATALOGUE["T02"], date(2026, 2, 10), {}),
        (CATALOGUE["T02"], date(2026, 12, 22), {}),
        (CATALOGUE["T01"], spring, {"field": "tax"}),
        (CATALOGUE["T01"], spring, {"field": "samr", "stops": (
            Stop(spring, spring), Stop(date(2026, 3, 9), date(2026, 3, 10)),
            Stop(date(2026, 3, 20), None, legal_time.StopKind.TESTING),
        )}),
        (CATALOGUE["T01"], spring, {"field": "samr", "extensions": (
            Extension(30, date(2026, 5, 29)),)}),
        (CATALOGUE["T01"], spring, {"field": "samr"}),
        (CATALOGUE["T01"], date(2026, 11, 2), {}),
        (CATALOGUE["T05"], spring, {}),
        (CATALOGUE["T05"], spring, {"before": True}),
        (CATALOGUE["T06"], date(2026, 1, 31), {}),
        (CATALOGUE["T06"], date(2026, 3, 6), {}),
        (CATALOGUE["T36"], spring, {}),
        (CATALOGUE["T37"], date(2025, 8, 31), {"variant": "land_83"}),
        (CATALOGUE["T37"], date(2025, 8, 31), {}),
        (CATALOGUE["T39"], spring, {}),
        (made["own"], spring, {"before": True}),
        (made["told"], spring, {"extensions": (Extension(30),)}),
        (made["hour"], legal_time.datetime(2026, 3, 2, tzinfo=legal_time.BEIJING), {}),
    ]  # fmt: skip
    for term, start, how in questions:
        found = legal_time.due(term, start=start, calendar=CALENDAR, **how)
        yield from found.reasons
        if found.provisional:
            yield from legal_time.due(made["own"], start=found, calendar=CALENDAR).reasons


def test_every_reason_given_has_words_and_every_word_is_given():
    reasons = list(everything_that_can_be_said())
    assert {reason.code for reason in reasons} == reasons_zh.CODES
    for reason in reasons:
        words = reasons_zh.words(reason)
        assert words
        assert "None" not in words


def test_a_reason_without_values_shows_none_of_them():
    assert reasons_zh.day_words(None) == ""
    assert reasons_zh.minute_words(None) == ""
    assert reasons_zh.length_words(None, None) == ""


def test_a_table_imported_for_a_later_year_is_used():
    assert Calendar.of(NOTICES[:-1]).announced(date(2025, 6, 2))
    assert not Calendar.of(NOTICES[:-1]).announced(date(2026, 6, 2))
    before = legal_time.due(
        CATALOGUE["T04"], start=date(2026, 2, 23), calendar=Calendar.of(NOTICES[:-1])
    )
    assert before.provisional
    assert before.due_on == date(2026, 3, 2)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.sampled_from(sorted(CATALOGUE)))
def test_a_later_start_never_ends_earlier(start, key):
    term = CATALOGUE[key]
    variant = "host" if key == "T48" else ""
    ends = [
        legal_time.due(term, start=day, calendar=CALENDAR, variant=variant).due_on
        for day in (start, start + timedelta(days=1))
    ]
    assert ends[0] <= ends[1]


def test_reasons_are_values():
    assert Reason("length") == Reason("length")
