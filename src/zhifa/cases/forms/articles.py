"""Articles of acts as rows (法律条款)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from zhifa.cases.forms.base import LongText, Text
from zhifa.cases.forms.rows import Row
from zhifa.procedures.values import Provision


class ProvisionRow(Row):
    """One article."""

    add_words: ClassVar[str] = "加一条"
    spans: ClassVar[Mapping[str, int]] = {
        "act": 6, "article": 2, "paragraph": 2, "item": 2, "text": 12,
    }  # fmt: skip

    act = Text("法律、法规、规章名称")
    article = forms.IntegerField(label="条", min_value=1, max_value=999)
    paragraph = forms.IntegerField(label="款", min_value=1, max_value=99, required=False)
    item = forms.IntegerField(label="项", min_value=1, max_value=99, required=False)
    text = LongText("条文", rows=1, required=False)

    def clean_act(self) -> str:
        """Return the title without its marks."""
        title: str = self.cleaned_data["act"]
        return title.strip("《》 ")

    def said(self) -> Provision:
        """Return the article as a value."""
        said = self.cleaned_data
        return Provision(
            act=said["act"],
            article=said["article"],
            paragraph=said["paragraph"] or 0,
            item=said["item"] or 0,
            text=said["text"],
        )


def provision_row(one: Provision) -> dict[str, Any]:
    """Return an article as a row takes it back."""
    return {
        "act": one.act,
        "article": one.article,
        "paragraph": one.paragraph or None,
        "item": one.item or None,
        "text": one.text,
    }
