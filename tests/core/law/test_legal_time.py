from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhifa.law.calendar import FIRST_DAY, LAST_DAY, Calendar, OutOfCalendar
from zhifa.law.citations import APL
from zhifa.law.counting import plus_months
from zhifa.law.dated import Dated, NotInForce
from zhifa.law.holidays import NOTICES, DaysOff, Notice
from zhifa.law.legal_time import (
    BEIJING,
    BadExtension,
    BadStart,
    BadStop,
    Extension,
    Status,
    Stop,
    due,
    in_time,
    remaining,
    status,
)
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import (
    Approver,
    Back,
    BadTerm,
    Branch,
    ExtensionStep,
    Kind,
    Length,
    Rolls,
    Rule,
    StopKind,
    Term,
    Told,
    Unit,
)

CALENDAR = Calendar.of()
ONE_DAY = timedelta(days=1)


def a_term(count, unit, **rule):
    rolls = Rolls.COUNTED if unit in (Unit.WORKING_DAY, Unit.HOUR) else Rolls.NO
    made = Rule(Length(count, unit), (APL.art(85),), **({"rolls": rolls} | rule))
    return Term("T00", "例", "penalty", "始", "终", (Branch(Dated({FIRST_DAY: made})),))


def due_on(key, start, **how):
    term = CATALOGUE[key] if isinstance(key, str) else key
    return due(term, start=start, calendar=CALENDAR, **how).due_on


def codes(found):
    return {reason.code for reason in found.reasons}


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("key", "start", "how", "end"),
    [
        # Spring Festival 2026: off 15 to 23 February, the 14th and the 28th are worked.
        pytest.param("T02", "2026-02-10", {}, "2026-02-26", id="7 wd: 11 12 13 14 | 24 25 26"),
        pytest.param("T02", "2026-02-14", {}, "2026-03-03", id="7 wd: 24-28 | 2 3 March"),
        pytest.param("T04", "2026-02-23", {}, "2026-02-28", id="5 wd end on a make-up Saturday"),
        pytest.param("T09", "2026-02-13", {}, "2026-02-25", id="3 wd: 14 | 24 25"),
        # National Day 2025: off 1 to 8 October, 28 September and 11 October are worked.
        pytest.param("T04", "2025-09-26", {}, "2025-10-10", id="5 wd: 28 29 30 | 9 10"),
        # National Day 2026: off 1 to 7 October, 20 September and 10 October are worked.
        pytest.param("T03", "2026-09-29", {}, "2026-10-14", id="7 wd: 30 | 8 9 10 | 12 13 14"),
        pytest.param("T02", "2026-09-17", {}, "2026-09-28", id="7 wd over 20 and 25 September"),
        pytest.param("T09", "2025-12-31", {}, "2026-01-06", id="4 January is worked: 4 5 6"),
        pytest.param("T09", "2026-05-08", {}, "2026-05-12", id="9 May is worked: 9 11 12"),
        # Calendar days
        pytest.param("T01", "2026-03-02", {}, "2026-05-31", id="90 d, Sunday, stays"),
        pytest.param("T01", "2026-03-02", {"field": "samr"}, "2026-06-01", id="90 d, SAMR 80"),
        pytest.param(
            "T01", "2026-07-05", {"field": "samr"}, "2026-10-08", id="90 d over a week off"
        ),
        pytest.param("T01", "2026-07-05", {"field": "mara"}, "2026-10-03", id="no text in MARA"),
        pytest.param("T01", "2026-03-02", {"field": "police"}, "2026-04-01", id="police 30 d"),
        pytest.param("T01", "2026-03-02", {"field": "tax"}, "2026-05-31", id="no rule of its own"),
        pytest.param("T06", "2026-01-31", {}, "2026-02-24", id="15 d, end of the holiday, party"),
        pytest.param("T06", "2026-01-30", {}, "2026-02-14", id="15 d, a worked Saturday stays"),
        pytest.param("T35", "2026-01-20", {}, "2026-02-19", id="30 d, holiday, stays"),
        pytest.param("T35", "2026-03-02", {"field": "mot"}, "2026-05-01", id="60 d field rule"),
        pytest.param("T36", "2026-03-02", {}, "2026-05-06", id="60 d to 1 May, moved"),
        pytest.param("T36", "2023-03-01", {}, "2023-05-04", id="60 d under the old text, moved"),
        pytest.param("T51", "2026-03-02", {}, "2026-04-01", id="30 d"),
        # Months and years
        pytest.param("T37", "2026-03-02", {}, "2026-09-02", id="6 m, same day number"),
        pytest.param("T37", "2025-08-31", {}, "2026-02-28", id="6 m to the last of February"),
        pytest.param("T37", "2025-08-20", {}, "2026-02-24", id="6 m into the holiday"),
        pytest.param("T37", "2026-03-02", {"variant": "land_83"}, "2026-03-17", id="15 d by law"),
        pytest.param("T10", "2024-02-29", {}, "2026-02-28", id="29 February plus 2 years"),
        pytest.param("T10", "2024-02-29", {"variant": "life_safety"}, "2029-02-28", id="5 y"),
        pytest.param("T10", "2020-05-01", {}, "2022-05-01", id="2 y under the text of 1996"),
        pytest.param("T10", "2026-08-31", {"field": "police"}, "2027-02-28", id="6 m police"),
        pytest.param("T10", "2020-01-01", {"field": "tax"}, "2025-01-01", id="5 y tax"),
        # Fields of working-day terms
        pytest.param("T43", "2026-03-02", {}, "2026-03-09", id="review 5 wd"),
        pytest.param("T43", "2026-03-02", {"field": "samr"}, "2026-03-16", id="review 10 wd"),
        pytest.param("T47", "2026-03-02", {"field": "mara"}, "2026-03-05", id="defence 3 wd"),
        pytest.param("T48", "2026-03-02", {"variant": "day"}, "2026-03-09", id="hearing day 5 wd"),
    ],
)
def test_worked_examples(key, start, how, end):
    assert due_on(key, day(start), **how) == day(end)


@pytest.mark.parametrize(
    ("key", "start", "first"),
    [
        pytest.param("T05", "2026-02-10", "2026-02-27", id="7 wd end on the 26th"),
        pytest.param("T05", "2026-03-02", "2026-03-12", id="7 wd end on the 11th"),
        pytest.param("T49", "2026-03-03", "2026-03-07", id="a Saturday may be the day"),
    ],
)
def test_at_least_terms_give_the_first_day_allowed(key, start, first):
    found = due(CATALOGUE[key], start=day(start), calendar=CALENDAR)
    assert found.due_on == day(first)
    assert found.kind is Kind.EARLIEST
    assert found.warn_on is None
    assert status(found, day("2030-01-01")) is Status.OK
    assert not in_time(found, day(first) - ONE_DAY)
    assert in_time(found, day(first))


@pytest.mark.parametrize(
    ("key", "event", "last"),
    [
        pytest.param("T05", "2026-03-12", "2026-03-02", id="7 full wd between: 3-6, 9-11"),
        pytest.param("T05", "2026-02-27", "2026-02-10", id="over the holiday"),
        pytest.param("T05", "2026-03-11", "2026-03-01", id="a Sunday"),
    ],
)
def test_how_late_a_notice_may_come(key, event, last):
    found = due(CATALOGUE[key], start=day(event), calendar=CALENDAR, before=True)
    assert found.due_on == day(last)
    assert found.kind is Kind.DEADLINE
    assert found.warn_on == CALENDAR.last_working_day(day(last))
    assert "before.clear" in codes(found)


def test_calendar_days_before_an_event():
    clear = a_term(30, Unit.CALENDAR_DAY, back=Back.CLEAR)
    own = a_term(30, Unit.CALENDAR_DAY, back=Back.OWN)
    assert due_on(clear, day("2026-03-31"), before=True) == day("2026-02-28")
    assert due_on(own, day("2026-03-31"), before=True) == day("2026-03-01")
    assert due_on(a_term(5, Unit.WORKING_DAY, back=Back.OWN), day("2026-03-09"), before=True) == (
        day("2026-03-02")
    )


@given(st.dates(date(2024, 1, 1), date(2026, 10, 1)), st.dates(date(2024, 3, 1), date(2026, 11, 1)))
def test_notice_and_hearing_agree_from_both_ends(notice, hearing):
    term = CATALOGUE["T05"]
    earliest = due(term, start=notice, calendar=CALENDAR).due_on
    latest = due(term, start=hearing, calendar=CALENDAR, before=True).due_on
    assert (earliest <= hearing) == (notice <= latest)


def plain_due(rule, start, stops, extensions):
    """Count day by day, as section 1 is written: the reference."""
    stopped = {
        stop.first + timedelta(days=n)
        for stop in stops
        for n in range((stop.last - stop.first).days + 1)
    }

    def walk(at, count, unit):
        while count:
            at += ONE_DAY
            if at in stopped or (unit is Unit.WORKING_DAY and CALENDAR.is_rest_day(at)):
                continue
            count -= 1
        return at

    unit, count = rule.length.unit, rule.length.count
    if unit in (Unit.MONTH, Unit.YEAR):
        plain = plus_months(start, count * (12 if unit is Unit.YEAR else 1))
        end = walk(start, (plain - start).days, Unit.CALENDAR_DAY)
    else:
        end = walk(start, count, unit)
    for number, step in zip(extensions, rule.extensions, strict=False):
        end = walk(end, number, step.unit)
    while rule.rolls in (Rolls.TEXT, Rolls.PARTY, Rolls.FIELD) and CALENDAR.is_rest_day(end):
        end += ONE_DAY
    return end


SPELLS = st.lists(
    st.tuples(st.dates(date(2025, 12, 1), date(2026, 9, 1)), st.integers(0, 40)), max_size=5
)


@settings(deadline=None)
@given(
    st.sampled_from([("T01", "samr"), ("T36", ""), ("T37", ""), ("T43", ""), ("T44", "samr")]),
    st.dates(date(2026, 1, 1), date(2026, 6, 30)),
    SPELLS,
    st.booleans(),
)
def test_ends_are_those_of_counting_day_by_day(which, start, spells, extended):
    term, field = CATALOGUE[which[0]], which[1]
    rule = term.rule(start, field=field)
    stops = tuple(Stop(first, first + timedelta(days=length)) for first, length in spells)
    extensions = (3,) if extended and rule.extensions else ()
    found = due(
        term, start=start, calendar=CALENDAR, stops=stops, field=field,
        extensions=tuple(map(Extension, extensions)),
    )  # fmt: skip
    assert found.due_on == plain_due(rule, start, stops, extensions)
    if CALENDAR.first_unannounced(start, found.due_on) is None:
        assert not found.provisional


@given(SPELLS, st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_stops_change_nothing(spells, random):
    stops = [Stop(first, first + timedelta(days=length)) for first, length in spells]
    shuffled = random.sample(stops, len(stops)) + stops[:1]
    start = date(2026, 1, 5)
    assert due_on("T01", start, stops=stops, field="samr") == due_on(
        "T01", start, stops=shuffled, field="samr"
    )


def test_a_stop_leaves_out_both_its_days_and_overlaps_count_once():
    stops = (
        Stop(day("2026-03-10"), day("2026-03-20"), StopKind.TESTING),
        Stop(day("2026-03-18"), day("2026-03-22"), StopKind.HEARING),
    )
    found = due(
        CATALOGUE["T01"], start=day("2026-03-02"), calendar=CALENDAR, stops=stops, field="samr"
    )
    assert found.due_on == day("2026-06-15")  # 31 May + 13 days is a Saturday
    assert found.ends_on == day("2026-06-13")
    (left_out,) = (reason for reason in found.reasons if reason.code == "stop.left_out")
    assert (left_out.count, left_out.unit) == (13, Unit.CALENDAR_DAY)


def test_only_working_days_of_a_stop_count_in_a_term_of_working_days():
    stop = Stop(day("2026-03-07"), day("2026-03-10"), StopKind.SUPPLEMENT)  # Saturday to Tuesday
    assert due_on("T43", day("2026-03-02"), stops=(stop,)) == day("2026-03-11")


def test_a_stop_after_the_end_revives_nothing():
    late = Stop(day("2026-06-01"), day("2026-06-30"))
    assert due_on("T36", day("2026-03-02"), stops=(late,)) == day("2026-05-06")


def test_an_open_stop_leaves_the_end_unknown():
    found = due(
        CATALOGUE["T01"], start=day("2026-03-02"), calendar=CALENDAR, field="samr",
        stops=(Stop(day("2026-03-10"), None, StopKind.SUSPENSION),),
        extensions=(Extension(30, approved_on=day("2027-01-01")),),
    )  # fmt: skip
    assert (found.due_on, found.due_at, found.warn_on) == (None, None, None)
    assert "stop.open" in codes(found)
    assert status(found, day("2030-01-01")) is Status.STOPPED
    assert remaining(found, day("2030-01-01"), CALENDAR) is None
    assert in_time(found, day("2030-01-01"))
    with pytest.raises(BadStart) as caught:
        due(CATALOGUE["T06"], start=found, calendar=CALENDAR)
    assert caught.value.code == "start.end_unknown"


def test_an_open_stop_after_the_end_changes_nothing():
    assert due_on(
        "T01", day("2026-03-02"), field="samr", stops=(Stop(day("2026-07-01"), None),)
    ) == day("2026-06-01")


@pytest.mark.parametrize(
    ("key", "field", "stop", "code"),
    [
        ("T01", "samr", Stop(date(2026, 3, 2), date(2026, 3, 1)), "stop.ends_before_it_begins"),
        ("T01", "", Stop(date(2026, 3, 3), date(2026, 3, 4)), "stop.not_allowed"),
        ("T01", "mot", Stop(date(2026, 3, 3), date(2026, 3, 4)), "stop.not_allowed"),
        ("T01", "mara", Stop(date(2026, 3, 3), None, StopKind.REFUND), "stop.wrong_kind"),
        ("T36", "", Stop(date(2026, 3, 3), None, StopKind.SELF_CORRECTION), "stop.wrong_kind"),
    ],
)
def test_stops_that_are_refused(key, field, stop, code):
    with pytest.raises(BadStop) as caught:
        due_on(key, day("2026-03-02"), stops=(stop,), field=field)
    assert caught.value.code == code


def test_self_correction_stops_the_remedy_since_july_2026():
    stop = Stop(day("2026-08-03"), day("2026-08-07"), StopKind.SELF_CORRECTION)
    assert due_on("T36", day("2026-07-06"), stops=(stop,)) == day("2026-09-09")


@pytest.mark.parametrize(
    ("key", "how", "end"),
    [
        pytest.param("T01", {"field": "samr"}, "2026-06-30", id="30 d from the unrolled 31 May"),
        pytest.param("T01", {"field": "mot"}, "2026-06-30", id="MOT"),
        pytest.param("T37", {}, "2026-10-08", id="by the court, in days"),
    ],
)
def test_extensions_add_to_the_end_before_it_moves(key, how, end):
    found = due(
        CATALOGUE[key],
        start=day("2026-03-02"),
        calendar=CALENDAR,
        extensions=(Extension(30),),
        **how,
    )
    assert found.due_on == day(end)
    assert "extension.added" in codes(found)


@pytest.mark.parametrize(
    ("key", "field", "basis"),
    [("T06", "", "APL 66(2)"), ("T37", "", "ALL 48(2)"), ("T01", "samr", "SAMR 64")],
)
def test_an_extension_names_the_article_that_allows_it(key, field, basis):
    found = due(
        CATALOGUE[key],
        start=day("2026-03-02"),
        calendar=CALENDAR,
        field=field,
        extensions=(Extension(10),),
    )
    (reason,) = (reason for reason in found.reasons if reason.code == "extension.added")
    assert str(reason.basis) == basis


def test_the_second_extension_follows_its_own_step():
    extensions = (
        Extension(30, day("2026-05-31"), Approver.AGENCY_HEAD),
        Extension(45, day("2026-06-30"), Approver.HEADS_TOGETHER),
    )
    assert due_on("T01", day("2026-03-02"), field="samr", extensions=extensions) == day(
        "2026-08-14"
    )


def test_an_extension_in_a_stopped_spell_is_counted_after_it():
    stop = Stop(day("2026-06-05"), day("2026-06-09"))
    assert due_on(
        "T01", day("2026-03-02"), field="samr", stops=(stop,), extensions=(Extension(30),)
    ) == day("2026-07-06")  # 30 June + 5 days is a Sunday


@pytest.mark.parametrize(
    ("key", "field", "extensions", "code"),
    [
        ("T01", "samr", [Extension(31)], "extension.too_long"),
        ("T01", "samr", [Extension(0)], "extension.nothing"),
        ("T01", "samr", [Extension(30, date(2026, 6, 1))], "extension.too_late"),
        ("T01", "samr", [Extension(30, None, Approver.SUPERIOR)], "extension.wrong_approver"),
        ("T01", "samr", [Extension(30)] * 3, "extension.too_many"),
        ("T01", "police", [Extension(30)] * 3, "extension.too_many"),
        ("T01", "", [Extension(30)], "extension.not_allowed"),
        ("T02", "", [Extension(1)], "extension.not_allowed"),
    ],
)
def test_extensions_that_are_refused(key, field, extensions, code):
    with pytest.raises(BadExtension) as caught:
        due_on(key, day("2026-03-02"), extensions=extensions, field=field)
    assert caught.value.code == code


def test_who_has_to_be_told_of_an_extension_is_said():
    told = ExtensionStep(
        Approver.AGENCY_HEAD, 30, Unit.CALENDAR_DAY, Told.PARTY_WITH_REASON
    )  # as in T12
    term = a_term(30, Unit.CALENDAR_DAY, extensions=(told,))
    found = due(term, start=day("2026-03-02"), calendar=CALENDAR, extensions=(Extension(30),))
    (reason,) = (reason for reason in found.reasons if reason.code == "extension.told")
    assert reason.about == "party_with_reason"


def test_chained_terms_start_from_the_moved_end():
    first = due(CATALOGUE["T36"], start=day("2026-03-02"), calendar=CALENDAR)
    second = due(a_term(3, Unit.MONTH), start=first, calendar=CALENDAR)
    assert first.ends_on == day("2026-05-01")
    assert second.due_on == day("2026-08-06")
    assert "start.chained" in codes(second)


def test_a_term_chained_to_a_provisional_one_is_provisional():
    first = due(CATALOGUE["T02"], start=day("2026-12-22"), calendar=CALENDAR)
    second = due(a_term(30, Unit.CALENDAR_DAY), start=first, calendar=CALENDAR)
    assert second.provisional
    assert "start.provisional" in codes(second)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(
            datetime(2026, 2, 14, 9, 30, tzinfo=BEIJING), "2026-02-15T09:30", id="festival"
        ),
        pytest.param(
            datetime(2026, 3, 2, 9, 30, 59, tzinfo=BEIJING), "2026-03-03T09:30", id="minute"
        ),
        pytest.param(datetime(2026, 3, 2, 20, 0, tzinfo=UTC), "2026-03-04T04:00", id="from UTC"),
    ],
)
def test_hours_run_from_the_minute_and_never_move(start, end):
    found = due(a_term(24, Unit.HOUR), start=start, calendar=CALENDAR)
    assert found.due_on is None
    assert found.due_at == datetime.fromisoformat(end).replace(tzinfo=BEIJING)
    assert found.warn_on >= start.astimezone(BEIJING).date()
    assert remaining(found, start, CALENDAR) in (23, 24)
    assert status(found, found.due_at) is not Status.LATE
    assert status(found, found.due_at + timedelta(seconds=1)) is Status.LATE


def test_hours_need_an_instant_and_the_instant_its_zone():
    hours = a_term(24, Unit.HOUR)
    with pytest.raises(BadStart) as caught:
        due_on(hours, day("2026-03-02"))
    assert caught.value.code == "start.time_needed"
    with pytest.raises(ValueError, match="time zone"):
        due_on(hours, datetime(2026, 3, 2))  # noqa: DTZ001 - the mistake itself
    found = due(hours, start=datetime(2026, 3, 2, tzinfo=BEIJING), calendar=CALENDAR)
    with pytest.raises(BadStart):
        status(found, day("2026-03-03"))
    with pytest.raises(BadExtension):
        due(hours, start=datetime(2026, 3, 2, tzinfo=BEIJING), calendar=CALENDAR,
            extensions=(Extension(1),))  # fmt: skip
    with pytest.raises(OutOfCalendar):
        due_on(a_term(10**9, Unit.HOUR), datetime(2026, 3, 2, tzinfo=BEIJING))


def test_an_instant_starts_a_term_in_days_on_its_day_in_beijing():
    late_evening_in_london = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    assert due_on("T09", late_evening_in_london) == due_on("T09", day("2026-03-02"))


@pytest.mark.parametrize(
    ("key", "start", "how", "provisional"),
    [
        pytest.param("T02", "2026-12-14", {}, False, id="ends on 23 December"),
        pytest.param("T02", "2026-12-15", {}, False, id="on the 24th"),
        pytest.param("T02", "2026-12-16", {}, True, id="on the 25th, which 2027 may set"),
        pytest.param("T02", "2026-12-30", {}, True, id="in 2027"),
        pytest.param("T01", "2026-11-02", {}, False, id="calendar days that stay"),
        pytest.param("T01", "2026-11-02", {"field": "samr"}, True, id="and that may move"),
        pytest.param("T06", "2026-12-20", {}, True, id="party, in January"),
        pytest.param("T36", "2026-10-01", {}, False, id="ends on 30 November"),
        pytest.param("T05", "2026-12-20", {}, True, id="at least"),
        pytest.param("T05", "2027-01-04", {"before": True}, True, id="counted back"),
    ],
)
def test_what_rests_on_a_year_not_announced_says_so(key, start, how, provisional):
    found = due(CATALOGUE[key], start=day(start), calendar=CALENDAR, **how)
    assert found.provisional is provisional
    assert ("provisional" in codes(found)) is provisional


def test_year_end_2026_is_settled_by_the_notice_for_2027():
    start = day("2026-12-24")
    before = due(CATALOGUE["T39"], start=start, calendar=CALENDAR)
    assert (before.due_on, before.provisional) == (day("2027-01-05"), True)
    new_year = DaysOff("元旦", date(2026, 12, 31), date(2027, 1, 3), (date(2026, 12, 27),))
    notice = Notice(2027, "演示", "演示", date(2026, 11, 30), "", (new_year,))
    after = due(CATALOGUE["T39"], start=start, calendar=Calendar.of([*NOTICES, notice]))
    # 25 27 28 29 30 December, 4 5 January
    assert (after.due_on, after.provisional) == (day("2027-01-05"), False)


def test_a_warning_day_may_be_provisional_where_the_end_is_not():
    found = due(CATALOGUE["T01"], start=day("2026-11-02"), calendar=CALENDAR)
    assert not found.provisional
    assert "warn.provisional" in codes(found)


def test_the_warning_comes_on_the_last_working_day():
    found = due(CATALOGUE["T01"], start=day("2026-03-02"), calendar=CALENDAR)
    assert (found.due_on, found.warn_on) == (day("2026-05-31"), day("2026-05-29"))
    assert "roll.stays" in codes(found)
    assert status(found, day("2026-05-28")) is Status.OK
    assert status(found, day("2026-05-29")) is Status.WARN
    assert status(found, day("2026-05-31")) is Status.WARN
    assert status(found, day("2026-06-01")) is Status.LATE


@pytest.mark.parametrize(
    ("key", "on", "left"),
    [
        ("T02", "2026-02-10", 7),
        ("T02", "2026-02-13", 4),
        ("T02", "2026-02-26", 0),
        ("T02", "2026-02-28", -2),
        ("T51", "2026-02-10", 30),
        ("T51", "2026-03-13", -1),
    ],
)
def test_what_remains_is_counted_in_the_unit(key, on, left):
    found = due(CATALOGUE[key], start=day("2026-02-10"), calendar=CALENDAR)
    assert remaining(found, day(on), CALENDAR) == left


def test_what_was_posted_on_the_last_day_is_in_time():
    found = due(CATALOGUE["T36"], start=day("2026-03-02"), calendar=CALENDAR)
    assert in_time(found, day("2026-05-06"))
    assert in_time(found, datetime(2026, 5, 6, 23, 59, tzinfo=BEIJING))
    assert not in_time(found, day("2026-05-07"))


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        pytest.param(lambda: due_on("T01", day("2021-07-14")), NotInForce, "rule.not_in_force",
                     id="the day before the law"),
        pytest.param(lambda: due_on("T01", day("2025-12-31"), field="police"), NotInForce,
                     "rule.not_in_force", id="police, before 2026"),
        pytest.param(lambda: due_on("T01", date.max), OutOfCalendar, "calendar.out_of_range",
                     id="year 9999"),
        pytest.param(lambda: due_on("T10", date.min), OutOfCalendar, "calendar.out_of_range",
                     id="year 1"),
        pytest.param(lambda: due_on("T51", LAST_DAY), OutOfCalendar, "calendar.out_of_range",
                     id="days over the end"),
        pytest.param(lambda: due_on("T37", LAST_DAY), OutOfCalendar, "calendar.out_of_range",
                     id="months over the end"),
        pytest.param(lambda: due_on("T06", day("2026-03-02"), extensions=(Extension(10**9),)),
                     OutOfCalendar, "calendar.out_of_range", id="an extension for ever"),
        pytest.param(lambda: due_on(a_term(30, Unit.CALENDAR_DAY, back=Back.CLEAR),
                                    day("2008-01-20"), before=True),
                     OutOfCalendar, "calendar.out_of_range", id="back over the start"),
        pytest.param(lambda: due_on("T01", day("2026-03-02"), field="x"), BadTerm,
                     "term.unknown_field", id="field"),
        pytest.param(lambda: due_on("T01", day("2026-03-02"), variant="x"), BadTerm,
                     "term.unknown_variant", id="variant"),
        pytest.param(lambda: due_on("T48", day("2026-03-02")), BadTerm,
                     "term.variant_needed", id="no variant"),
        pytest.param(lambda: due_on("T01", day("2026-03-02"), before=True), BadTerm,
                     "term.not_before", id="not counted back"),
        pytest.param(lambda: due_on("T05", day("2026-03-12"), before=True,
                                    extensions=(Extension(1),)), BadTerm,
                     "term.before_alone", id="back and extended"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused(call, error, code):
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code
