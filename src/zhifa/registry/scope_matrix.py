"""The scope matrix of the pilot and what followed it (试点范围): R-06, as our own dated table.

Source: the seed notice of 2017-05-25, annex, section 2 (试点范围); the table repeats it cell by cell.
Which field each of the six ◇ departments takes, the notice does not say: their superior department does.
"""

from dataclasses import dataclass
from datetime import date

from zhifa.law.citations import BUSINESS_ENVIRONMENT, NOTICE_118, SEED
from zhifa.registry.rules import ActType, Coverage

ALL_AGENCIES = ""  # the default row: all enforcement agencies

COLUMNS = (
    ActType.PERMIT,
    ActType.PENALTY,
    ActType.COERCION,
    ActType.COLLECTION,
    ActType.FEE,
    ActType.INSPECTION,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix."""

    agency: str
    act_type: ActType
    coverage: Coverage
    by_superior: bool = False  # ◇ the superior department's pilot sets the field


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix from a day on, with its source."""

    valid_from: date
    basis: str
    cells: tuple[Cell, ...]


_COVERAGE = {
    "●": Coverage.REQUIRED,
    "◐": Coverage.CONNECTED,
    "–": Coverage.NONE,
    "": Coverage.NONE,
}
SIGNS = {Coverage.REQUIRED: "●", Coverage.CONNECTED: "◐", Coverage.NONE: "–"}

_ROWS_2017 = (
    # agency, permit 许可, penalty 处罚, coercion 强制, collection 征收, fee 收费, inspection 检查
    (ALL_AGENCIES, "–", "●", "◐", "–", "–", "◐"),
    ("住建局", "–", "●", "◐", "●", "–", "◐"),
    ("国土局", "–", "●", "◐", "●", "–", "◐"),
    ("市监局", "●", "●", "◐", "–", "–", "◐"),
    ("城管局", "●", "●", "◐", "–", "–", "◐"),
    ("农业局", "●", "●", "◐", "–", "–", "◐"),
    ("审批局", "●", "●", "◐", "–", "–", "◐"),
    ("公安局", "–", "●", "◐", "–", "●", "◐"),
    ("人社局", "–", "●", "◐", "–", "●", "◐"),
    ("民政局", "–", "●", "◐", "–", "●", "◐"),
    ("卫计委", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
    ("文广新局", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
    ("烟草局", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
    ("商务局", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
    ("地税局", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
    ("交通局", "◇", "●◇", "◐◇", "◇", "◇", "◐◇"),
)


def sign_of(coverage: Coverage, *, by_superior: bool) -> str:
    """Return the sign of a cell."""
    return SIGNS[coverage] + "◇" * by_superior


def cell_of(agency: str, act_type: ActType, sign: str) -> Cell:
    """Return the cell that a sign stands for."""
    return Cell(agency, act_type, _COVERAGE[sign.removesuffix("◇")], sign.endswith("◇"))


def _cells(rows: tuple[tuple[str, ...], ...]) -> tuple[Cell, ...]:
    return tuple(
        cell_of(row[0], act_type, sign)
        for row in rows
        for act_type, sign in zip(COLUMNS, row[1:], strict=True)
    )


PILOT = Matrix(date(2017, 1, 1), SEED.whole.words, _cells(_ROWS_2017))
# The notice of 2018 takes the three systems to every agency; it does not name fees.
NATIONWIDE = Matrix(
    date(2018, 12, 5),
    NOTICE_118.whole.words,
    _cells(((ALL_AGENCIES, "●", "●", "●", "●", "–", "●"),)),
)
# The regulation binds all enforcement, whatever the act.
REGULATION = Matrix(
    date(2020, 1, 1),
    BUSINESS_ENVIRONMENT.art(58).words,
    _cells(((ALL_AGENCIES, "●", "●", "●", "●", "●", "●"),)),
)
MATRICES = (PILOT, NATIONWIDE, REGULATION)
