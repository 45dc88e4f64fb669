"""What a correction itself says (更正): why it is asked for, and why it is refused."""

from typing import Any

from django import forms

from zhifa.cases.forms.base import LongText


class CorrectionForm(forms.Form):
    """The reason; what should have stood there is the form of the step itself."""

    prefix = "correction"

    reason = LongText("更正的理由", rows=3, longest=2000)
    case_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"case_version": version})


class AnswerForm(forms.Form):
    """Whether the head grants it; a refusal says why."""

    grant = forms.TypedChoiceField(
        label="审批意见",
        choices=(("yes", "同意更正"), ("no", "不同意更正")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = LongText("不同意的理由", rows=3, longest=2000, required=False)
    case_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"case_version": version})

    def clean(self) -> dict[str, Any]:
        """Ask why a correction is refused (APL art. 47: the record says it)."""
        said = super().clean() or {}
        if said.get("grant") is False and not said.get("reason"):
            self.add_error("reason", "不同意的，请写明理由，申请人会看到")
        return said
