"""What happens to an item of evidence (证据保管), and why it is set aside (排除)."""

from typing import Any

from django import forms

from zhifa.cases.forms.base import LongText, Pick, Text
from zhifa.evidence import rules
from zhifa.evidence.rules import MAX_NAME, MAX_TEXT, CustodyAction
from zhifa.evidence.selectors import Item
from zhifa.evidence.wording import CUSTODY


class CustodyForm(forms.Form):
    """What is noted of an item by hand."""

    action = Pick("登记什么")
    counterpart = Text("交给谁、由谁交还", longest=MAX_NAME)
    purpose = Text(
        "用途",
        longest=MAX_NAME,
        required=False,
        help_text="例如：送检、移送公安机关；归还时可以不填",
    )

    def __init__(self, data: Any = None, *, item: Item) -> None:
        super().__init__(data)
        self.fields["action"].choices = [  # type: ignore[attr-defined]
            (one.value, CUSTODY[one]) for one in rules.notable(item.handed_to)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a purpose whenever something leaves."""
        said = super().clean() or {}
        returned = said.get("action") == CustodyAction.RETURNED.value
        if not returned and "purpose" not in self.errors and not said.get("purpose"):
            self.add_error("purpose", "请写明用途，例如送检")
        return said

    def noted(self) -> CustodyAction:
        """Return what is noted. Only of a valid form."""
        return CustodyAction(self.cleaned_data["action"])


class ExclusionForm(forms.Form):
    """Why an item is set aside."""

    reason = LongText("排除的理由", rows=3, longest=MAX_TEXT)
