"""The form that takes over the cases of a former body (承继办理)."""

from collections.abc import Sequence
from typing import Any

from django import forms


class SuccessionForm(forms.Form):
    """Which unit handles them from now on."""

    unit = forms.ChoiceField(label="今后的承办机构")

    def __init__(self, data: Any, *, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # (a choice field)
