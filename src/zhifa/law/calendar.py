"""Working days and rest days (工作日、休息日): which are known, and counting among them.

A working day is a Monday to Friday that the State Council's notice does not mark as off, and a
Saturday or Sunday that it marks as worked (procedures.md section 1, rule 2). A year without a
notice has its weekends and the public holidays on fixed dates; the lunar ones and every move of
a day are not known yet, so all its days are provisional, and so is the last week of December as
long as the next year's notice is missing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zhifa.law.errors import BadValue
from zhifa.law.holidays import FIXED_DAYS, NOTICES, DaysOff, Notice, Status

FIRST_DAY = FIXED_DAYS.first
LAST_DAY = date(2200, 12, 31)
EARLIEST = date(
    1900, 1, 1
)  # nobody and nothing on record is older: what is typed before it is a slip

_SATURDAY = 5
_LAST_WEEK = (12, 25)  # from here on the next year's notice may set days
_ONE_DAY = timedelta(days=1)


class OutOfCalendar(BadValue):
    """The day lies before the oldest or after the last day the calendar can judge."""

    def __init__(self, day: str) -> None:
        super().__init__("calendar.out_of_range", day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, from 2008 to 2200; make one with `Calendar.of`.

    Immutable, and the same notices make equal calendars. Counting costs a binary search in the
    tables of exceptions, however long the period.
    """

    notices: tuple[Notice, ...]  # the version of each year that holds, by year
    _off: tuple[date, ...]  # Mondays to Fridays not worked, in order
    _worked: tuple[date, ...]  # Saturdays and Sundays worked, in order
    _announced_years: frozenset[int]

    @classmethod
    def of(cls, notices: Iterable[Notice] = NOTICES, *, as_of: date | None = None) -> "Calendar":
        """Return the calendar that follows from the notices, later ones replacing earlier ones.

        as_of  leave out notices issued after this day: the calendar as people knew it then
        """
        by_year: dict[int, Notice] = {}
        for notice in sorted(notices, key=lambda notice: notice.issued_on):
            if as_of is None or notice.issued_on <= as_of:
                by_year[notice.year] = notice
        off = {
            date(year, month, day)
            for year in range(FIRST_DAY.year, LAST_DAY.year + 1)
            if year not in by_year
            for month, day in FIXED_DAYS.on(date(year, 1, 1))
        }
        worked: set[date] = set()
        for notice in by_year.values():
            for holiday in notice.holidays:
                off.update(holiday.days())
                worked.update(holiday.make_up)
        return cls(
            notices=tuple(by_year[year] for year in sorted(by_year)),
            _off=tuple(sorted(day for day in off if day.weekday() < _SATURDAY)),
            _worked=tuple(sorted(day for day in worked if day.weekday() >= _SATURDAY)),
            _announced_years=frozenset(
                year for year, notice in by_year.items() if notice.status is Status.ANNOUNCED
            ),
        )

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is worked, as far as known. Raises OutOfCalendar."""
        _check(day)
        exceptions = self._worked if day.weekday() >= _SATURDAY else self._off
        listed = bisect_left(exceptions, day) < bisect_right(exceptions, day)
        return listed == (day.weekday() >= _SATURDAY)

    def is_rest_day(self, day: date) -> bool:
        """Return whether the day is a weekend day, a holiday or a day off in exchange."""
        return not self.is_working_day(day)

    def holidays(self, first: date, last: date) -> tuple[DaysOff, ...]:
        """Return the announced holidays with a day off from `first` to `last`, in order."""
        return tuple(
            holiday
            for notice in self.notices
            if first.year <= notice.year <= last.year + 1
            for holiday in notice.holidays
            if holiday.first <= last and holiday.last >= first
        )

    def make_up_days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the Saturdays and Sundays worked from `first` to `last`, in order."""
        return self._worked[bisect_left(self._worked, first) : bisect_right(self._worked, last)]

    def missing_notice(self, day: date) -> int:
        """Return the first year whose notice could still change the day, 0 if there is none."""
        return min(_years_that_set(day) - self._announced_years, default=0)

    def announced(self, day: date) -> bool:
        """Return whether the notices that may set this day have been published."""
        return _years_that_set(day) <= self._announced_years

    def first_unannounced(self, first: date, last: date) -> date | None:
        """Return the first day from `first` to `last` that is not announced, if there is one."""
        for year in range(first.year, last.year + 1):
            for start in (date(year, 1, 1), date(year, *_LAST_WEEK)):
                day = max(first, start)
                if day <= last and day.year == year and not self.announced(day):
                    return day
        return None

    def working_days(self, after: date, until: date) -> int:
        """Return how many working days lie after `after`, up to and including `until`.

        Negative, counting the other way, when `until` comes first. Raises OutOfCalendar.
        """
        return self._worked_until(until) - self._worked_until(after)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, or before it if `count` is negative.

        Raises OutOfCalendar when the calendar ends first, and ValueError for a count of nothing.
        """
        if not count:
            raise ValueError("count at least one working day, forwards or backwards")
        _check(day)
        passed = self._worked_until(day if count > 0 else day - _ONE_DAY)
        nth = passed + count + (count < 0)
        if not 0 < nth <= self._worked_until(LAST_DAY):
            raise OutOfCalendar(f"{day.isoformat()} {count:+}")
        span = range(FIRST_DAY.toordinal(), LAST_DAY.toordinal())
        found = bisect_left(span, nth, key=lambda n: self._worked_until(date.fromordinal(n)))
        return date.fromordinal(FIRST_DAY.toordinal() + found)

    def next_working_day(self, day: date) -> date:
        """Return the day itself if it is worked, else the next working day."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def last_working_day(self, day: date) -> date:
        """Return the day itself if it is worked, else the working day before it."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def _worked_until(self, day: date) -> int:
        """Return the number of working days from the first day of the calendar to `day`."""
        _check(day, since=_DAY_BEFORE)
        weeks, rest = divmod((day - _MONDAY).days + 1, 7)
        weekdays = weeks * 5 + min(rest, 5) - _BEFORE_FIRST
        return weekdays - bisect_right(self._off, day) + bisect_right(self._worked, day)


_DAY_BEFORE = FIRST_DAY - _ONE_DAY
_MONDAY = FIRST_DAY - timedelta(days=FIRST_DAY.weekday())
_BEFORE_FIRST = FIRST_DAY.weekday()  # weekdays of the first week that the calendar leaves out


def _years_that_set(day: date) -> frozenset[int]:
    """Return the years whose notices may say something of the day."""
    following = (day.month, day.day) >= _LAST_WEEK
    return frozenset({day.year, day.year + following})


def _check(day: date, *, since: date = FIRST_DAY) -> None:
    if not since <= day <= LAST_DAY:
        raise OutOfCalendar(day.isoformat())
