"""Which cell belongs to which column (表头): the heading row found, columns matched, rows given out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zhifa.registry.sheets.model import BadSheet, Cell, Sheet

NOTES_SHEET = "填写说明"  # of our own files: how to fill in the other sheet

_HEADING_WITHIN = 10  # rows: titles and notes stand above the headings of official forms
_NOISE = re.compile(r"[\s*＊:：_\u200b\ufeff]|[（(](?:必填|选填|可空)[）)]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of table: what it is called here, and elsewhere."""

    key: str
    heading: str
    aliases: tuple[str, ...] = ()
    needed: bool = False  # without this column the file is not of this kind
    help: str = ""
    choices: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the office counts, and its cells by column key."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings were understood."""

    sheet: Sheet
    heading_row: int
    places: dict[str, int]  # column key: index of the cell
    columns: tuple[Column, ...]
    unknown: tuple[
        str, ...
    ]  # headings nobody knows: their cells are not read, and the report says so
    passed_over: tuple[str, ...]  # other sheets with something in them

    def has(self, key: str) -> bool:
        """Return whether the file has the column at all."""
        return key in self.places

    def rows(self) -> Iterator[Row]:
        """Return the rows below the headings that hold anything, in order. Raises BadSheet."""
        for number, cells in self.sheet.rows():
            if number <= self.heading_row or _is_blank(cells):
                continue
            found = {
                key: cells[place] if place < len(cells) else ""
                for key, place in self.places.items()
            }
            if number == self.heading_row + 1 and self._repeats_headings(found):
                continue
            if not all(_blank(cell) for cell in found.values()):
                yield Row(number, found)

    def _repeats_headings(self, found: dict[str, Cell]) -> bool:
        """Whether this is a second heading row: the same headings in another language."""
        names = {column.key: _names(column) for column in self.columns}
        filled = [(key, cell) for key, cell in found.items() if not _blank(cell)]
        return bool(filled) and all(
            isinstance(cell, str) and plain(cell) in names[key] for key, cell in filled
        )


def find_table(sheets: tuple[Sheet, ...], columns: tuple[Column, ...]) -> Table:
    """Return the first sheet that has the columns, with the headings placed.

    Raises BadSheet: sheet.no_rows, sheet.no_headings, sheet.column_missing, sheet.column_twice,
    sheet.merged_heading.
    """
    filled = [one for one in sheets if one.name != NOTES_SHEET and _has_rows(one)]
    if not filled:
        raise BadSheet("sheet.no_rows")
    for sheet in filled:
        if heading := _heading(sheet, columns):
            others = tuple(one.name for one in filled if one is not sheet)
            return _table(sheet, heading, columns, others)
    raise BadSheet("sheet.no_headings", "、".join(one.heading for one in columns if one.needed))


def plain(heading: str) -> str:
    """Return a heading as it is compared: half width, without blanks, stars and （必填）."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def _heading(sheet: Sheet, columns: tuple[Column, ...]) -> tuple[int, list[Cell]] | None:
    """Return the row among the first that knows the most headings, if it knows any that is needed."""
    needed = frozenset(name for one in columns if one.needed for name in _names(one))
    known = frozenset(name for one in columns for name in _names(one))
    best: tuple[int, int, list[Cell]] | None = None
    for number, cells in sheet.rows():
        if number > _HEADING_WITHIN:
            break
        names = {name for cell in cells if isinstance(cell, str) for name in _parts(cell)}
        hits = len(names & known)
        if names & needed and (best is None or hits > best[0]):
            best = (hits, number, cells)
    return (best[1], best[2]) if best else None


def _table(
    sheet: Sheet,
    heading: tuple[int, list[Cell]],
    columns: tuple[Column, ...],
    others: tuple[str, ...],
) -> Table:
    number, cells = heading
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and (left < right or bottom > number):
            text = cells[left - 1] if left <= len(cells) else ""
            raise BadSheet("sheet.merged_heading", str(text))
    places: dict[str, int] = {}
    unknown: list[str] = []
    by_name = {name: one for one in columns for name in _names(one)}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not plain(cell):
            continue
        column = next((by_name[name] for name in _parts(cell) if name in by_name), None)
        if column is None:
            unknown.append(cell.strip())
        elif column.key in places:
            raise BadSheet("sheet.column_twice", cell.strip())
        else:
            places[column.key] = place
    if missing := [one.heading for one in columns if one.needed and one.key not in places]:
        raise BadSheet("sheet.column_missing", "、".join(missing))
    return Table(sheet, number, places, columns, tuple(unknown), others)


def _names(column: Column) -> frozenset[str]:
    return frozenset(plain(name) for name in (column.heading, *column.aliases))


def _parts(cell: str) -> list[str]:
    """Return a heading and its parts: 「篇扩设定依据/pkbasis」 is known by its second name too."""
    whole = plain(cell)
    return [whole, *whole.split("/")] if "/" in whole else [whole]


def _has_rows(sheet: Sheet) -> bool:
    return any(not _is_blank(cells) for _, cells in sheet.rows())


def _is_blank(cells: list[Cell]) -> bool:
    return all(_blank(cell) for cell in cells)


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
