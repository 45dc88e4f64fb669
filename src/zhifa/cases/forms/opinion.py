"""The form of a legal review (法制审核意见): seven contents, a value, reasons."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from zhifa.cases.forms.base import Day, LongText, Text
from zhifa.cases.wording import options
from zhifa.procedures.values import ReviewContent, ReviewOpinion
from zhifa.procedures.wording import REVIEW_CONTENTS
from zhifa.review.rules import Check

_HOLDS = (("yes", "符合"), ("no", "不符合"))


class OpinionForm(forms.Form):
    """Each of the seven contents is answered; what does not hold is explained."""

    value = forms.TypedChoiceField(
        label="审核意见", coerce=ReviewOpinion, widget=forms.RadioSelect,
        choices=options(ReviewOpinion),
    )  # fmt: skip
    text = LongText("理由和建议", rows=5)
    happened_on = Day("审核日期")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, seen: int, today: date) -> None:
        self.today = today
        super().__init__(data, initial={"seen": seen, "happened_on": today})
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        for content in ReviewContent:
            self.fields[f"{content}_holds"] = forms.ChoiceField(
                label=REVIEW_CONTENTS[content], choices=_HOLDS, widget=forms.RadioSelect
            )
            self.fields[f"{content}_note"] = Text(
                "不符合的，写明哪里不符合", longest=500, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for an explanation of what does not hold, and refuse to approve against it."""
        said = super().clean() or {}
        for content in ReviewContent:
            failing = said.get(f"{content}_holds") == "no"
            if failing and not said.get(f"{content}_note"):
                self.add_error(f"{content}_note", "不符合的，请说明哪里不符合")
            if failing and said.get("value") is ReviewOpinion.APPROVE:
                words = f"“{REVIEW_CONTENTS[content]}”不符合，不能同意"
                self.add_error("value", ValidationError(words, code="opinion.approves_against"))
        return said

    def clean_happened_on(self) -> date:
        """Refuse a day in the future."""
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise ValidationError("审核日期不能晚于今天")
        return day

    def checks(self) -> tuple[Check, ...]:
        """Return the findings on the seven contents. Only of a valid form."""
        said = self.cleaned_data
        return tuple(
            Check(content, said[f"{content}_holds"] == "yes", said[f"{content}_note"])
            for content in ReviewContent
        )

    @property
    def contents(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Return the two fields of each content, in order."""
        for content in ReviewContent:
            yield self[f"{content}_holds"], self[f"{content}_note"]
