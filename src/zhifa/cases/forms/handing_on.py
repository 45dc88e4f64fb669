"""Handing on the open cases of a person who leaves (移交在办案件)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from zhifa.cases.forms.base import Day, LongText
from zhifa.cases.forms.people import PersonField
from zhifa.cases.known import KnownPerson
from zhifa.cases.selectors import CaseRow


class HandingOnForm(forms.Form):
    """Which cases, to whom, why."""

    cases = forms.MultipleChoiceField(label="移交哪些案件", widget=forms.CheckboxSelectMultiple)
    taking_over = PersonField(label="由谁接办")
    reason = LongText("理由", rows=2, longest=2000)
    happened_on = Day("移交日期")

    def __init__(
        self, data: Any, *, rows: Sequence[CaseRow], takers: Sequence[KnownPerson], today: Any
    ) -> None:
        every = [str(row.id) for row in rows]
        super().__init__(data, initial={"cases": every, "happened_on": today})
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (str(row.id), f"{row.number} {row.title}") for row in rows
        ]
        self.fields["taking_over"].offer(takers)  # type: ignore[attr-defined]
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()

    def chosen(self) -> list[UUID]:
        """Return the cases to be handed on. Only of a valid form."""
        return [UUID(one) for one in self.cleaned_data["cases"]]
