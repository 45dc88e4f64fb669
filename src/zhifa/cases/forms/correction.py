"""What a correction itself says (更正): why, and who approved it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhifa.cases.forms.base import LongText
from zhifa.cases.forms.people import PersonField
from zhifa.cases.known import KnownPerson


class CorrectionForm(forms.Form):
    """Reason and approver; what should have stood there is the form of the step itself."""

    prefix = "correction"

    reason = LongText("更正的理由", rows=3, longest=2000)
    approver = PersonField(label="批准人")
    case_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, approvers: Sequence[KnownPerson], version: int) -> None:
        super().__init__(data, initial={"case_version": version})
        self.fields["approver"].offer(approvers)  # type: ignore[attr-defined]
