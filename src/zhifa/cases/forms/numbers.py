"""The form that says from which numbers a body goes on (起始号)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhifa.cases.numbers import NumberLine, seen_of
from zhifa.documents.services import FIRST_NUMBER_MOST


class NumbersForm(forms.Form):
    """One field for each series of which no number was given yet."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, lines: Sequence[NumberLine]) -> None:
        super().__init__(data, initial={"seen": seen_of(lines)})
        self._firsts = {
            f"first_{place}": line for place, line in enumerate(lines) if not line.begun
        }
        for name, line in self._firsts.items():
            hint = f"更名、变更以前用到 {line.before} 号" if line.before else ""
            self.fields[name] = forms.IntegerField(
                label=f"{line.title}（{line.word}）从几号开始", min_value=1,
                max_value=FIRST_NUMBER_MOST, help_text=hint,
                initial=max(line.first, line.before + 1),
            )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether there is a series without a number."""
        return bool(self._firsts)

    def firsts(self) -> dict[str, int]:
        """Return by word what is to change. Only of a valid form."""
        return {
            line.word: self.cleaned_data[name]
            for name, line in self._firsts.items()
            if self.cleaned_data[name] != line.first
        }
