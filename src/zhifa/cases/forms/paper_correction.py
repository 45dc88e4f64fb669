"""The clerical errors of a served document (补正): where, what stands there, what should."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from zhifa.cases.forms.base import Day, LongText, Text
from zhifa.cases.forms.rows import Row, RowSet
from zhifa.documents.selectors import MadeDocument
from zhifa.documents.values.decisions import Correction


class ErrorRow(Row):
    """One clerical error and what stands in its place."""

    add_words = "再加一处"
    least = 1
    least_words = "请至少写明一处差错"
    title = "差错"
    spans: ClassVar[Mapping[str, int]] = {"place": 4, "wrong": 4, "right": 4}

    place = Text("位置", help_text="例如：第1页“住所”一栏")
    wrong = Text("原文", longest=2000)
    right = Text("更正为", longest=2000)

    def clean(self) -> dict[str, Any]:
        """Refuse a correction that changes nothing."""
        said = super().clean() or {}
        if said.get("wrong") and said.get("wrong") == said.get("right"):
            self.add_error("right", "更正后的文字与原文相同")
        return said

    def said(self) -> Correction:
        """Return the correction. Only of a valid row."""
        said = self.cleaned_data
        return Correction(said["place"], said["wrong"], said["right"])


class PaperCorrectionForm(forms.Form):
    """Why, and on which day; the errors are rows of their own."""

    reasons = LongText("补正的理由", rows=3, longest=2000)
    happened_on = Day("补正日期")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, paper: MadeDocument, today: date, seen: int) -> None:
        """Ask about a document that so many notices have corrected already."""
        self.paper = paper
        self.today = today
        super().__init__(data, initial={"happened_on": today, "seen": seen})
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        self.rows = RowSet(ErrorRow, "errors", data=data, first=(), today=today)

    @property
    def every_row(self) -> tuple[RowSet, ...]:
        """Return its only set of rows, as other forms name theirs."""
        return (self.rows,)

    def is_valid(self) -> bool:
        """Whether both the form and its rows are right."""
        own = super().is_valid()
        return self.rows.is_valid() and own

    def clean_happened_on(self) -> date:
        """Refuse a day before the document, or in the future."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError("补正日期不能晚于今天")
        if day < self.paper.made_on:
            raise forms.ValidationError(f"补正日期不能早于文书日期 {self.paper.made_on}")
        return day

    def corrections(self) -> tuple[Correction, ...]:
        """Return the corrections. Only of a valid form."""
        return self.rows.said()
