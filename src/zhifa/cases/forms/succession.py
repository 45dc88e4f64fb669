"""The form that takes over cases of a former body (承继办理)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from zhifa.cases.going_on import LeftBehind


class SuccessionForm(forms.Form):
    """Which cases, and which unit handles them from now on."""

    cases = forms.MultipleChoiceField(
        label="接办哪些案件", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请勾选要接办的案件",
            "invalid_choice": "勾选的案件中有的已经由别的机关接办，请看过下面最新的情况再选",
        },
    )  # fmt: skip
    unit = forms.ChoiceField(label="今后的承办机构")

    def __init__(
        self, data: Any, *, rows: Sequence[LeftBehind], units: Sequence[tuple[str, str]]
    ) -> None:
        """Offer the cases; those that another successor may have to take are not chosen for anybody."""
        super().__init__(data, initial={"cases": [str(row.id) for row in rows if not row.shared]})
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (str(row.id), f"{row.number} {row.title}（{row.former}{row.unit}）") for row in rows
        ]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # (a choice field)

    def chosen(self) -> list[UUID]:
        """Return the cases to go on with. Only of a valid form."""
        return [UUID(one) for one in self.cleaned_data["cases"]]
