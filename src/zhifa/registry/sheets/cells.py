"""What a row's cells say (单元格): text, codes, days, whole numbers and choices, every fault collected.

Forms come back with full-width digits, days as text, numbers as numbers that should be text. What has
one meaning is understood, and the report says how it was read; what could mean two things is refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from zhifa.law.errors import BadValue
from zhifa.registry.sheets.model import Cell, Fault
from zhifa.registry.sheets.tables import Row, plain

T = TypeVar("T")

_EDGES = " \t\r\n\u3000\u00a0\ufeff\u200b"
_FIGURES_KEPT = 10**15  # Excel keeps 15 figures of a number; the rest of an 18-digit code is lost
_SERIAL_BASE = date(1899, 12, 30)  # of Excel's calendar from 1900-03-01 on
_SERIALS = (date(1950, 1, 1), date(2100, 1, 1))
_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:-|/|\.|年)(?P<m>[0-9]{1,2})(?:-|/|\.|月)(?P<d>[0-9]{1,2})日?"
    r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_COMPACT_DAY = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell, or was read otherwise than it stands there."""

    column: str  # key; empty: the row as a whole
    code: str
    about: str = ""


@dataclass(slots=True)
class RowReader:
    """Reads one row and collects what is wrong with it, so that the report names all of it at once."""

    row: Row
    bad: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def text(self, key: str, *, needed: bool = False, longest: int = 200) -> str:
        """Return the text without blanks at its ends, "" if there is none or it is refused."""
        found = self._text(key)
        if needed and not found:
            return self._missing(key)
        if len(found) > longest:
            self.refuse(key, "cell.too_long", str(longest))
            return ""
        return found

    def code(self, key: str, *, needed: bool = False, longest: int = 60) -> str:
        """Return a number or code: half width, without blanks inside; notes what was changed."""
        cell = self.row.cells.get(key, "")
        if (
            isinstance(cell, int | float)
            and not isinstance(cell, bool)
            and abs(cell) >= _FIGURES_KEPT
        ):
            self.refuse(key, "cell.figures_lost")
            return ""
        raw = self.text(key, needed=needed, longest=max(longest, 60) * 2)
        found = "".join(unicodedata.normalize("NFKC", raw).split())
        if found != raw:
            self.note(key, "cell.made_half_width", found)
        if len(found) > longest:
            self.refuse(key, "cell.too_long", str(longest))
            return ""
        return found

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """Return the day a cell means, None if there is none or it is refused."""
        cell = self.row.cells.get(key, "")
        if isinstance(cell, datetime):
            if cell.time() != time():
                self.note(key, "cell.time_left_out", cell.date().isoformat())
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._day_of_number(key, cell)
        found = unicodedata.normalize("NFKC", self._text(key))
        if not found:
            if needed:
                self._missing(key)
            return None
        match = _DAY.fullmatch(found) or _COMPACT_DAY.fullmatch(found)
        try:
            if match:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            self.refuse(key, "cell.no_such_day", found)
            return None
        self.refuse(key, "cell.day_format", found[:40])
        return None

    def whole(self, key: str, *, needed: bool = False, most: int = 10**9) -> int | None:
        """Return the whole number from 0, None if there is none or it is refused."""
        raw = unicodedata.normalize("NFKC", self._text(key))
        if not raw:
            if needed:
                self._missing(key)
            return None
        if not re.fullmatch(r"[0-9]{1,10}", raw) or int(raw) > most:
            self.refuse(key, "cell.whole_number", raw[:40])
            return None
        return int(raw)

    def choice(self, key: str, words: Mapping[str, T], *, needed: bool = False) -> T | None:
        """Return what the words in the cell stand for, None if empty or refused."""
        raw = self._text(key)
        if not raw:
            if needed:
                self._missing(key)
            return None
        found = {plain(word): value for word, value in words.items()}.get(plain(raw))
        if found is None:
            self.refuse(key, "cell.not_a_choice", f"{raw[:40]}；可填：{'、'.join(words)}")
        return found

    def several(self, key: str, *, longest: int = 200) -> tuple[str, ...]:
        """Return the parts of a cell that lists several, each once, in order."""
        raw = self.text(key, longest=longest)
        parts = (part.strip(_EDGES) for part in re.split(r"[、;；\n]|[，,](?=\s*\S)", raw))
        return tuple(dict.fromkeys(part for part in parts if part))

    def refuse(self, key: str, code: str, about: str = "") -> None:
        """Note that the row cannot be taken."""
        self.bad.append(Finding(key, code, about))

    def refuse_value(self, key: str, problem: BadValue) -> None:
        """Note what a check of the core found wrong."""
        self.refuse(key, problem.code, problem.about)

    def note(self, key: str, code: str, about: str = "") -> None:
        """Note how a cell was read; the row stays good."""
        self.notes.append(Finding(key, code, about))

    def _missing(self, key: str) -> str:
        if not any(one.column == key for one in self.bad):
            self.refuse(key, "cell.missing")
        return ""

    def _text(self, key: str) -> str:
        cell = self.row.cells.get(key, "")
        if isinstance(cell, Fault):
            self.refuse(key, cell.code, cell.about)
            return ""
        return shown(cell)

    def _day_of_number(self, key: str, number: float) -> date | None:
        if 19_000_101 <= number <= 21_001_231 and number == int(number):
            compact = _COMPACT_DAY.fullmatch(str(int(number)))
            try:
                if compact:
                    return date(int(compact["y"]), int(compact["m"]), int(compact["d"]))
            except ValueError:
                pass
            self.refuse(key, "cell.no_such_day", str(int(number)))
            return None
        if not 0 < number < 10**6:
            self.refuse(key, "cell.day_format", shown(number))
            return None
        found = _SERIAL_BASE + timedelta(days=int(number))
        if not _SERIALS[0] <= found <= _SERIALS[1]:
            self.refuse(key, "cell.day_format", shown(number))
            return None
        self.note(key, "cell.day_from_number", found.isoformat())
        return found


def shown(cell: Cell) -> str:
    """Return a cell as text, as the office sees it: 12.0 as 12, a day as 2026-01-02."""
    match cell:
        case str():
            return cell.strip(_EDGES).replace("\x00", "\ufffd")  # the database keeps no NUL
        case bool():
            return "是" if cell else "否"
        case float() if cell == int(cell) and abs(cell) < _FIGURES_KEPT:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case Fault():
            return cell.about
        case _:
            return str(cell)
