"""The form of a scope matrix (实施范围表单): a day, what it rests on, a line for each agency."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from zhifa.registry.forms.fields import Day, Text
from zhifa.registry.scope_matrix import ALL_AGENCIES, COLUMNS, Cell, Matrix, cell_of, sign_of
from zhifa.registry.wording import ACT_TYPES, COVERAGES, words

MOST_LINES = 200
EVERYBODY = "所有行政执法机关"
BY_SUPERIOR = "领域由上级部门确定"
_SIGNS = [
    (sign_of(coverage, by_superior=above), f"{sign_of(coverage, by_superior=above)} {text}")
    for above in (False, True)
    for coverage, text in (
        (one, f"{words_}；{BY_SUPERIOR}" if above else words_) for one, words_ in COVERAGES.items()
    )
]


class MatrixForm(forms.Form):
    """From which day on, and by which document."""

    valid_from = Day("起始日期")
    basis = Text("依据", longest=300, help_text="文件名称、文号、条款")
    replaces = forms.BooleanField(
        label="改正：代替同一天起的范围", required=False,
        help_text="同一天已经登记过、填错了才勾选；原来的留在历史里",
    )  # fmt: skip


class LineForm(forms.Form):
    """One agency, and a sign for each kind of act."""

    agency = Text("机关", longest=60, required=False)

    def __init__(self, data: Any = None, *, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id=False)
        self.fields["agency"].widget.attrs.update(
            {"list": "agencies", "class": "form-control", "aria-label": "机关"}
        )
        for act_type in COLUMNS:
            field = forms.ChoiceField(label=ACT_TYPES[act_type], choices=_SIGNS)
            field.widget.attrs.update({"class": "form-select", "aria-label": ACT_TYPES[act_type]})
            self.fields[act_type.value] = field

    def cells(self, agency: str) -> tuple[Cell, ...]:
        """Return the cells of the line. Only of a valid one."""
        return tuple(cell_of(agency, one, self.cleaned_data[one.value]) for one in COLUMNS)

    @property
    def signs(self) -> list[forms.BoundField]:
        """Return the fields of the signs, in the order of the columns."""
        return [self[one.value] for one in COLUMNS]


class Lines:
    """The lines of a matrix: the first is for all agencies, the others each for one; blank ones are dropped."""

    def __init__(
        self, data: QueryDict | None, *, first: Sequence[Cell] = (), more: bool = False
    ) -> None:
        self.error = ""
        if data is None:
            agencies = dict.fromkeys([ALL_AGENCIES, *(cell.agency for cell in first)])
            sent = [LineForm(initial=_initial(agency, first)) for agency in agencies]
        else:
            columns = {name: data.getlist(name) for name in ("agency", *COLUMNS)}
            count = min(MOST_LINES, max(map(len, columns.values())))
            sent = [
                LineForm(
                    {name: got[place] if place < len(got) else "" for name, got in columns.items()}
                )
                for place in range(max(1, count))
            ]
        self.everybody, self.named = sent[0], sent[1:]
        if more or not self.named:
            self.named.append(LineForm())

    def is_valid(self) -> bool:
        """Whether every line that names an agency is right, and none is named twice."""
        lines = [self.everybody, *self._filled()]
        valid = all(line.is_valid() for line in lines)
        names = [line.cleaned_data["agency"] for line in lines[1:] if valid]
        twice = next((name for name in names if names.count(name) > 1), "")
        self.error = words("scope.twice", twice) if twice else ""
        return valid and not twice

    def matrix(self, *, valid_from: date, basis: str) -> Matrix:
        """Return what was entered. Only of valid lines."""
        cells = list(self.everybody.cells(ALL_AGENCIES))
        for line in self._filled():
            cells += line.cells(line.cleaned_data["agency"])
        return Matrix(valid_from, basis, tuple(cells))

    def _filled(self) -> list[LineForm]:
        return [
            line for line in self.named if line.is_bound and str(line["agency"].value()).strip()
        ]


def _initial(agency: str, cells: Sequence[Cell]) -> dict[str, str]:
    signs = {
        cell.act_type.value: sign_of(cell.coverage, by_superior=cell.by_superior)
        for cell in cells
        if cell.agency == agency
    }
    return {"agency": agency} | signs
