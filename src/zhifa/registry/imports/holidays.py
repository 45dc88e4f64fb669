"""The State Council's yearly notices on days off from a table and into one (节假日安排导入导出).

One row a holiday; rows of one year and one notice belong together and are taken over together or not.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from zhifa.law.actors import ActorId
from zhifa.law.holidays import DaysOff, Notice
from zhifa.registry import selectors, services
from zhifa.registry.imports.report import Judged, Line, Outcome
from zhifa.registry.rules import Scope
from zhifa.registry.sheets.cells import Finding, RowReader
from zhifa.registry.sheets.model import Cell
from zhifa.registry.sheets.tables import Row, Table

_SATURDAY = 5
_LONGEST_HOLIDAY = 15  # days; the longest so far had nine
_YEARS = (2008, 2200)


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One holiday of a notice; the first row of a notice carries the whole of it."""

    year: int
    number: str
    title: str
    issued_on: date
    source: str
    holiday: DaysOff
    notice: Notice | None = None


def judge(table: Table, *, on: date, body: str = "") -> list[Judged[HolidayRow]]:
    """Return each row as it stands against its notice and the notices known.

    body  not used: the notices hold for everybody
    """
    rows = [_row(RowReader(row)) for row in table.rows()]
    together: defaultdict[object, list[int]] = defaultdict(list)
    for place, one in enumerate(rows):
        if one.value is not None:
            together[one.value.year, one.value.issued_on].append(place)
    known = selectors.holiday_notices()
    for places in together.values():
        for place, one in zip(
            places, _notice([rows[place] for place in places], known), strict=True
        ):
            rows[place] = one
    bad_years = {
        year
        for one, year in zip(rows, _years(table), strict=True)
        if year and one.line.outcome is Outcome.BAD
    }
    return [_held_back(one, bad_years) for one in rows]


class Writer:
    """Enters notices."""

    def __init__(self, *, actor: ActorId, on: date, at: datetime) -> None:
        self._actor, self._at = actor, at

    def in_order(self, rows: Sequence[tuple[int, HolidayRow]]) -> list[tuple[int, HolidayRow]]:
        """Return the rows, those of an older notice first."""
        return sorted(rows, key=lambda row: (row[1].issued_on, row[0]))

    def write(self, row: HolidayRow) -> None:
        """Enter a notice with its first row; the others came with it. Raises what the service raises."""
        if row.notice is not None:
            services.add_holiday_notice(notice=row.notice, actor=self._actor, at=self._at)


def export(*, on: date, body: str = "", scope: Scope | None = None) -> Iterator[dict[str, str]]:
    """Return every notice known, one row a holiday, by year and day of issue."""
    for notice in selectors.holiday_notices():
        for holiday in notice.holidays:
            yield {
                "year": str(notice.year),
                "number": notice.number,
                "issued_on": notice.issued_on.isoformat(),
                "title": notice.title,
                "source": notice.source,
                "name": holiday.name,
                "first": holiday.first.isoformat(),
                "last": holiday.last.isoformat(),
                "make_up": "、".join(day.isoformat() for day in holiday.make_up),
            }


def _row(reader: RowReader) -> Judged[HolidayRow]:
    year = reader.whole("year", needed=True, most=_YEARS[1])
    number = reader.text("number", needed=True, longest=60)
    issued_on = reader.day("issued_on", needed=True)
    title, source = (
        reader.text("title", longest=200),
        reader.text("source", needed=True, longest=300),
    )
    name = reader.text("name", needed=True, longest=40)
    first, last = reader.day("first", needed=True), reader.day("last", needed=True)
    make_up = _make_up(reader)
    if year is not None and year < _YEARS[0]:
        reader.refuse("year", "import.holiday_year", str(year))
    if first and last and not 0 <= (last - first).days < _LONGEST_HOLIDAY:
        reader.refuse("last", "import.holiday_order")
    elif year and first and last:
        _check_days(reader, year, first, last, make_up)
    line = Line(reader.row.number, f"{year or ''} {name}".strip(), Outcome.GOOD,
                tuple(reader.bad), tuple(reader.notes))  # fmt: skip
    if reader.bad or year is None or issued_on is None or first is None or last is None:
        return Judged(replace(line, outcome=Outcome.BAD))
    title = title or f"国务院办公厅关于{year}年部分节假日安排的通知"
    return Judged(
        line,
        HolidayRow(year, number, title, issued_on, source, DaysOff(name, first, last, make_up)),
    )


def _make_up(reader: RowReader) -> tuple[date, ...]:
    cell: Cell = reader.row.cells.get("make_up", "")
    if not isinstance(cell, str):
        found = reader.day("make_up")
        return (found,) if found else ()
    days = []
    for part in reader.several("make_up"):
        one = RowReader(Row(reader.row.number, {"make_up": part}))
        found = one.day("make_up")
        reader.bad.extend(one.bad)
        if found:
            days.append(found)
    return tuple(sorted(days))


def _check_days(
    reader: RowReader, year: int, first: date, last: date, make_up: tuple[date, ...]
) -> None:
    for day in make_up:
        if day.weekday() < _SATURDAY:
            reader.refuse("make_up", "import.make_up_weekday", day.isoformat())
        if first <= day <= last:
            reader.refuse("make_up", "import.make_up_off", day.isoformat())
    # The days around New Year are set by the notice for the new year.
    if not (date(year - 1, 12, 25) <= first and last <= date(year, 12, 31)):
        reader.refuse("first", "import.holiday_year", first.isoformat())


def _notice(rows: list[Judged[HolidayRow]], known: list[Notice]) -> list[Judged[HolidayRow]]:
    """Return the rows of one notice, the first carrying it, or refused for what does not fit."""
    values = [one.value for one in rows if one.value is not None]
    first = values[0]
    frame = (first.number, first.title, first.source)
    found = [
        one if one.value and (one.value.number, one.value.title, one.value.source) == frame
        else one.refused(Finding("number", "import.notice_differs"))
        for one in rows
    ]  # fmt: skip
    ordered = sorted(values, key=lambda value: value.holiday.first)
    for earlier, later in pairwise(ordered):
        if later.holiday.first <= earlier.holiday.last:
            place = values.index(later)
            found[place] = found[place].refused(
                Finding("first", "import.twice_in_file", later.holiday.first.isoformat())
            )
    notice = Notice(
        first.year, first.number, first.title, first.issued_on, first.source,
        tuple(value.holiday for value in ordered),
    )  # fmt: skip
    registered = next(
        (one for one in known if (one.year, one.issued_on) == (notice.year, notice.issued_on)), None
    )
    if registered is None:
        carrier = replace(first, notice=notice)
        return [Judged(found[0].line, carrier), *found[1:]]
    if (registered.number, registered.holidays) == (notice.number, notice.holidays):
        return [Judged(replace(one.line, outcome=Outcome.SAME)) if one.line.outcome is Outcome.GOOD
                else one for one in found]  # fmt: skip
    return [
        one.refused(Finding("number", "import.exists_otherwise", registered.number))
        for one in found
    ]


def _years(table: Table) -> list[int | None]:
    """Return the year each row speaks of, as far as it can be read."""
    return [RowReader(row).whole("year", most=_YEARS[1]) for row in table.rows()]


def _held_back(one: Judged[HolidayRow], bad_years: set[int]) -> Judged[HolidayRow]:
    """Refuse a good row whose notice has a bad one: half an arrangement is a wrong one."""
    if one.line.outcome is Outcome.GOOD and one.value and one.value.year in bad_years:
        return one.refused(Finding("", "import.notice_has_bad_rows"))
    return one
