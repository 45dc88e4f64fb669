import json
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.law.calendar import FIRST_DAY, LAST_DAY, Calendar, OutOfCalendar
from zhifa.law.holidays import NOTICES, DaysOff, Notice, Status

CALENDAR = Calendar.of()
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 6, 1), date(2028, 6, 30))
NOTICE_2027 = Notice(
    2027,
    "演示",
    "演示",
    date(2026, 11, 30),
    "",
    (DaysOff("元旦", date(2026, 12, 31), date(2027, 1, 2), (date(2026, 12, 27),)),),
)


@cache
def plain_is_working_day(day: date) -> bool:
    """The rule as it is written, slowly: the reference for the tables."""
    for notice in CALENDAR.notices:
        for holiday in notice.holidays:
            if day in holiday.make_up:
                return True
            if day in holiday.days():
                return False
    if day.year not in range(2017, 2027):
        fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)] + [(5, 2)] * (day.year >= 2025)
        if (day.month, day.day) in fixed:
            return False
    return day.weekday() < 5


@needs_shared_data
@pytest.mark.parametrize("year", range(2017, 2027))
def test_our_table_is_that_of_the_published_data(year):
    data = json.loads((SHARED_DATA / "holidays" / f"{year}.json").read_text("utf-8"))
    (notice,) = (notice for notice in CALENDAR.notices if notice.year == year)
    ours = {day: holiday.name for holiday in notice.holidays for day in holiday.days()}
    worked = {day for holiday in notice.holidays for day in holiday.make_up}
    theirs = {day["date"]: day for day in data["days"]}
    assert {day.isoformat(): name for day, name in ours.items()} == {
        day: row["name"] for day, row in theirs.items() if row["isOffDay"]
    }
    # A notice that only says when work begins again makes no make-up day of a Monday.
    assert {day.isoformat() for day in worked} == {
        day
        for day, row in theirs.items()
        if not row["isOffDay"] and date.fromisoformat(day).weekday() >= 5
    }
    assert notice.source.split("content_")[1] in " ".join(data["papers"])


@needs_shared_data
def test_nothing_is_published_for_2027_yet():
    data = json.loads((SHARED_DATA / "holidays" / "2027.json").read_text("utf-8"))
    assert data["days"] == []
    assert 2027 not in {notice.year for notice in NOTICES}


def test_every_make_up_day_is_a_weekend_day_and_no_day_is_both():
    for notice in NOTICES:
        off = {day for holiday in notice.holidays for day in holiday.days()}
        for holiday in notice.holidays:
            for day in holiday.make_up:
                assert day.weekday() >= 5
                assert day not in off


def test_notices_are_numbered_and_issued_before_their_year_or_change_it():
    assert len({notice.number for notice in NOTICES}) == len(NOTICES) == 12
    first = {}
    for notice in NOTICES:
        assert notice.status is Status.ANNOUNCED
        first.setdefault(notice.year, notice.issued_on)
        assert notice.issued_on >= first[notice.year]
    assert all(issued.year == year - 1 for year, issued in first.items())


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
     date(2026, 10, 10), date(2018, 12, 29)],
)  # fmt: skip
def test_make_up_days_are_worked(day):
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [date(2026, 2, 15), date(2026, 2, 23), date(2026, 10, 7), date(2025, 10, 8), date(2018, 12, 31),
     date(2027, 1, 1), date(2027, 10, 1), date(2030, 5, 2), date(2016, 10, 3)],
)  # fmt: skip
def test_holidays_are_not(day):
    assert CALENDAR.is_rest_day(day)


@pytest.mark.parametrize(
    ("as_of", "day", "worked"),
    [
        pytest.param(date(2019, 3, 21), date(2019, 5, 2), True, id="before the change of 2019"),
        pytest.param(date(2019, 3, 22), date(2019, 5, 2), False, id="after it"),
        pytest.param(date(2019, 3, 21), date(2019, 4, 28), False, id="no make-up day yet"),
        pytest.param(date(2020, 1, 25), date(2020, 1, 31), True, id="before the extension"),
        pytest.param(date(2020, 1, 25), date(2020, 2, 1), True, id="make-up Saturday planned"),
        pytest.param(date(2020, 1, 26), date(2020, 1, 31), False, id="holiday extended"),
        pytest.param(date(2020, 1, 26), date(2020, 2, 1), False, id="Saturday off again"),
    ],
)
def test_the_calendar_as_people_knew_it(as_of, day, worked):
    assert Calendar.of(as_of=as_of).is_working_day(day) is worked


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2016, 12, 31), False),
        (date(2017, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
    ],
)
def test_what_is_announced(day, known):
    assert CALENDAR.announced(day) is known


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 12, 24), 0), (date(2026, 12, 25), 2027), (date(2028, 12, 31), 2028)],
)
def test_the_notice_that_is_missing(day, year):
    assert CALENDAR.missing_notice(day) == year


def test_a_later_notice_settles_the_days_and_moves_december():
    later = Calendar.of([*NOTICES, NOTICE_2027])
    assert CALENDAR.is_working_day(date(2026, 12, 31))
    assert later.is_rest_day(date(2026, 12, 31))
    assert later.is_working_day(date(2026, 12, 27))
    assert later.announced(date(2026, 12, 31))
    assert not later.announced(date(2027, 12, 31))


def test_a_provisional_table_counts_but_settles_nothing():
    draft = Notice(
        2027, "拟", "拟", date(2026, 10, 1), "", NOTICE_2027.holidays, Status.PROVISIONAL
    )
    later = Calendar.of([*NOTICES, draft])
    assert later.is_rest_day(date(2026, 12, 31))
    assert not later.announced(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        (date(2026, 1, 1), date(2026, 12, 24), None),
        (date(2026, 1, 1), date(2027, 12, 24), date(2026, 12, 25)),
        (date(2026, 12, 28), date(2026, 12, 30), date(2026, 12, 28)),
        (date(2016, 12, 31), date(2017, 1, 1), date(2016, 12, 31)),
        (date(2017, 1, 1), date(2026, 1, 1), None),
    ],
)
def test_the_first_day_that_is_not_announced(first, last, day):
    assert CALENDAR.first_unannounced(first, last) == day


@given(DAYS, st.integers(0, 900))
def test_the_first_unannounced_day_is_found_as_by_looking_at_each(first, length):
    last = first + timedelta(days=length)
    each = (first + timedelta(days=offset) for offset in range(length + 1))
    assert CALENDAR.first_unannounced(first, last) == next(
        (day for day in each if not CALENDAR.announced(day)), None
    )


@given(DAYS)
def test_each_day_is_what_the_notices_say(day):
    assert CALENDAR.is_working_day(day) is plain_is_working_day(day)


def test_every_day_from_2016_to_2028_is_what_the_notices_say():
    for ordinal in range(date(2016, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        assert CALENDAR.is_working_day(day) is plain_is_working_day(day), day


@given(DAYS, st.integers(1, 200))
def test_adding_working_days_is_counting_day_by_day(day, count):
    forward = backward = day
    for _ in range(count):
        forward += ONE_DAY
        while not plain_is_working_day(forward):
            forward += ONE_DAY
        backward -= ONE_DAY
        while not plain_is_working_day(backward):
            backward -= ONE_DAY
    assert CALENDAR.add_working_days(day, count) == forward
    assert CALENDAR.add_working_days(day, -count) == backward
    assert CALENDAR.working_days(day, forward) == count


@given(DAYS, DAYS)
def test_working_days_between_are_counted_with_their_sign(a, b):
    first, last = sorted((a, b))
    each = (date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1))
    counted = sum(map(plain_is_working_day, each))
    assert CALENDAR.working_days(first, last) == counted
    assert CALENDAR.working_days(last, first) == -counted


@given(DAYS)
def test_the_neighbouring_working_days(day):
    after, before = CALENDAR.next_working_day(day), CALENDAR.last_working_day(day)
    assert before <= day <= after
    assert CALENDAR.is_working_day(after)
    assert CALENDAR.is_working_day(before)
    if CALENDAR.is_working_day(day):
        assert before == day == after
    else:
        assert CALENDAR.working_days(before, after) == 1


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda: CALENDAR.is_working_day(FIRST_DAY - ONE_DAY), id="too early"),
        pytest.param(lambda: CALENDAR.is_working_day(LAST_DAY + ONE_DAY), id="too late"),
        pytest.param(lambda: CALENDAR.add_working_days(LAST_DAY, 1), id="over the end"),
        pytest.param(lambda: CALENDAR.add_working_days(FIRST_DAY, -1), id="before the start"),
        pytest.param(lambda: CALENDAR.add_working_days(date.min, -1), id="year 1"),
        pytest.param(lambda: CALENDAR.add_working_days(date.max, 1), id="year 9999"),
        pytest.param(lambda: CALENDAR.add_working_days(date(2026, 1, 1), 10**12), id="for ever"),
        pytest.param(lambda: CALENDAR.working_days(date.min, date.max), id="all days"),
    ],
)
def test_beyond_the_calendar_nothing_is_guessed(use):
    with pytest.raises(OutOfCalendar) as caught:
        use()
    assert caught.value.code == "calendar.out_of_range"


def test_the_edges_of_the_calendar():
    assert CALENDAR.is_rest_day(FIRST_DAY)
    assert CALENDAR.add_working_days(FIRST_DAY, 1) == date(2008, 1, 2)
    last = CALENDAR.last_working_day(LAST_DAY)
    assert CALENDAR.add_working_days(last - ONE_DAY, 1) == last


def test_counting_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_working_days(date(2026, 1, 1), 0)


def test_holidays_and_make_up_days_of_a_period():
    period = (date(2026, 2, 10), date(2026, 2, 28))
    assert [holiday.name for holiday in CALENDAR.holidays(*period)] == ["春节"]
    assert CALENDAR.make_up_days(*period) == (date(2026, 2, 14), date(2026, 2, 28))
    assert [h.name for h in CALENDAR.holidays(date(2018, 12, 31), date(2018, 12, 31))] == ["元旦"]
    assert CALENDAR.holidays(date(2026, 3, 2), date(2026, 3, 6)) == ()


def test_the_same_notices_make_the_same_calendar():
    assert Calendar.of() == Calendar.of(reversed(NOTICES))
    assert hash(Calendar.of()) == hash(CALENDAR)
