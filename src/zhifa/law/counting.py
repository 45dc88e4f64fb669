"""Counting days, months and years from an event (起算与计算), with spells left out."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from zhifa.law.calendar import LAST_DAY, Calendar, OutOfCalendar
from zhifa.law.terms import Length, Unit

Spell = tuple[date, date]  # both ends included

ONE_DAY = timedelta(days=1)


def merged(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the spells in order, those that overlap or touch made one."""
    found: list[Spell] = []
    for first, last in sorted(spells):
        if found and first <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def plus_days(day: date, count: int) -> date:
    """Return the day `count` days later. Raises OutOfCalendar past the calendar's last day."""
    if count > LAST_DAY.toordinal() - day.toordinal():
        raise OutOfCalendar(f"{day.isoformat()} +{count}")
    return day + timedelta(days=count)


def plus_months(day: date, count: int) -> date:
    """Return the same day number `count` months later, else that month's last (民法典 202).

    Raises OutOfCalendar past the calendar's last day.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if years > LAST_DAY.year:
        raise OutOfCalendar(f"{day.isoformat()} +{count}m")
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def end_of(length: Length, *, after: date, calendar: Calendar, left_out: Iterable[Spell]) -> date:
    """Return the last day of a term whose day one is the day after `after`.

    left_out  spells as `merged` returns them; their days do not count, in a term of working
              days only the working days among them. One that begins after the end has no effect.
    Raises OutOfCalendar.
    """
    match length.unit:
        case Unit.WORKING_DAY:
            end = calendar.add_working_days(after, length.count)
        case Unit.MONTH:
            end = plus_months(after, length.count)
        case Unit.YEAR:
            end = plus_months(after, length.count * 12)
        case _:
            end = plus_days(after, length.count)
    for first, last in left_out:
        if first > end:
            break
        lost = days_in((first, last), after=after, until=last, unit=length.unit, calendar=calendar)
        if lost and length.unit is Unit.WORKING_DAY:
            end = calendar.add_working_days(end, lost)
        else:
            end = plus_days(end, lost)
    return end


def days_in(spell: Spell, *, after: date, until: date, unit: Unit, calendar: Calendar) -> int:
    """Return how many days of the spell lie after `after` and up to `until`, in the unit.

    Working days for a term of working days, else calendar days.
    """
    day_before, last = max(spell[0] - ONE_DAY, after), min(spell[1], until)
    if last <= day_before:
        return 0
    if unit is Unit.WORKING_DAY:
        return calendar.working_days(day_before, last)
    return (last - day_before).days
