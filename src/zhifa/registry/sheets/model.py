"""Sheets, rows and cells as they were found in a file; `wording` says what to do about a bad one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhifa.law.errors import BadValue

FILE_BYTES_MOST = 20 * 1024 * 1024
# Above this it is an interface, not a spreadsheet [policy].
ROWS_MOST = 100_000
COLUMNS_MOST = 256
CELLS_MOST = 4_000_000  # rows times columns: what the reader has to hold at once
UNPACKED_BYTES_MOST = 400 * 1024 * 1024


class BadSheet(BadValue):
    """The file as a whole cannot be taken as a table: nothing in it was looked at further."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in a cell instead of a value: a formula's error, or one never computed."""

    code: str
    about: str = ""


Cell = str | int | float | bool | date | datetime | time | timedelta | Fault
Rows = Iterator[tuple[int, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; `rows` gives its rows from the top, numbered from 1 as the office counts."""

    name: str
    rows: Callable[[], Rows]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right, counted from 1


def check_size(rows: int, columns: int) -> None:
    """Raise BadSheet if a table of that size is too large to be read at once."""
    if rows > ROWS_MOST:
        raise BadSheet("sheet.too_many_rows", str(ROWS_MOST))
    if columns > COLUMNS_MOST:
        raise BadSheet("sheet.too_many_columns", str(COLUMNS_MOST))
    if rows * columns > CELLS_MOST:
        raise BadSheet("sheet.too_many_cells", str(CELLS_MOST))
