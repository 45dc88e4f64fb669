"""What became of each row of an import (导入结果)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from zhifa.registry.sheets.cells import Finding

V = TypeVar("V")


class Outcome(StrEnum):
    """How a row stands."""

    GOOD = "good"  # can be taken over as it is
    DRAFT = "draft"  # can be kept, but lacks what is needed to submit it
    SAME = "same"  # is registered already, word for word
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as the office counts, and what was found."""

    row: int
    what: str  # whom or what it is about, as the row itself says
    outcome: Outcome
    bad: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged(Generic[V]):
    """A row, and what it says if it can be taken over."""

    line: Line
    value: V | None = None

    def refused(self, *findings: Finding) -> "Judged[V]":
        """Return the row as one that cannot be taken over, for these reasons too."""
        bad = (*self.line.bad, *findings)
        return Judged(replace(self.line, outcome=Outcome.BAD, bad=bad))


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file, row by row."""

    kind: str
    lines: tuple[Line, ...]
    unknown_columns: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()  # sheets that were not read
    written: int = 0  # rows written; 0 for a dry run, and where a bad row held all back

    def count(self, outcome: Outcome) -> int:
        """Return how many rows ended so."""
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def takeable(self) -> int:
        """Return how many rows can be written."""
        return self.count(Outcome.GOOD) + self.count(Outcome.DRAFT)

    @property
    def is_clean(self) -> bool:
        """Whether no row is bad."""
        return not self.count(Outcome.BAD)


def once(judged: Sequence[Judged[V]], column: str, keys: Iterable[object]) -> list[Judged[V]]:
    """Return the rows, those refused whose key (None: has none) an earlier row has already used."""
    first: dict[object, int] = {}
    return [
        one
        if key is None or first.setdefault(key, one.line.row) == one.line.row
        else one.refused(Finding(column, "import.twice_in_file", f"第 {first[key]} 行"))
        for one, key in zip(judged, keys, strict=True)
    ]


def agreeing(
    judged: Sequence[Judged[V]], finding: Finding, pairs: Iterable[tuple[object, object]]
) -> list[Judged[V]]:
    """Return the rows, those refused that say otherwise of a key (None: has none) than the first."""
    first: dict[object, object] = {}
    return [
        one if key is None or first.setdefault(key, value) == value else one.refused(finding)
        for one, (key, value) in zip(judged, pairs, strict=True)
    ]
