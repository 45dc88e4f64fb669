"""What people write on a publication (公示表单)."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from zhifa.disclosure.rules import (
    ASKED,
    Act,
    Ground,
    PolicyLine,
    Treatment,
    WithdrawalGround,
)
from zhifa.disclosure.services import Masking
from zhifa.disclosure.wording import GROUNDS, PARTIES, PENALTIES, TREATMENTS, WITHDRAWALS
from zhifa.law.citations import NOTICE_118
from zhifa.procedures.values import PartyKind, PenaltyKind

_REASON = forms.Textarea({"rows": 2, "maxlength": 500})


class _Seen(forms.Form):
    """A form that carries the version of the publication its writer has before them."""

    use_required_attribute = False
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class MaskForm(_Seen):
    """What the editor takes out besides, keeps, and has found (编辑意见).

    Rows come as parallel lists: `hidden` and `stands_for`; `kept` names the suggestions that are
    kept, `kept_reason_<n>` says why, in the order the page lists them (`suggestion`).
    """

    found = forms.MultipleChoiceField(
        label="发现下列情形的，请勾选（不得公示）",
        choices=[(ground.value, GROUNDS[ground]) for ground in ASKED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def masking(self) -> Masking:
        """Return what was written; call when the form is valid."""
        data = cast("QueryDict", self.data)  # views give what was posted
        hidden = zip(data.getlist("hidden"), data.getlist("stands_for"), strict=False)
        kept = set(data.getlist("kept"))
        reasons = dict(zip(data.getlist("suggestion"), data.getlist("kept_reason"), strict=False))
        return Masking(
            hidden=tuple((text, other.strip()) for text, other in hidden if text.strip()),
            kept=tuple((text, reasons.get(text, "")) for text in reasons if text in kept),
            found=tuple(map(Ground, self.cleaned_data["found"])),
        )


class PolicyForm(forms.Form):
    """What a body publishes or not (公示范围)."""

    use_required_attribute = False
    for_all = forms.BooleanField(label="对全部机关", required=False)
    act_type = forms.ChoiceField(
        label="行为种类", choices=[("", "全部"), ("penalty", "行政处罚")], required=False
    )
    party = forms.ChoiceField(
        label="当事人", choices=[("", "全部"), *PARTIES.items()], required=False
    )
    only_kinds = forms.MultipleChoiceField(
        label="只有下列处罚的（不选为不限）",
        choices=list(PENALTIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    treatment = forms.ChoiceField(label="公示方式", choices=list(TREATMENTS.items()))
    valid_from = forms.DateField(
        label="施行日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(label="依据的文件", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def line(self) -> PolicyLine:
        """Return what was chosen; call when the form is valid."""
        data = self.cleaned_data
        return PolicyLine(
            treatment=Treatment(data["treatment"]),
            basis=NOTICE_118.whole,
            act_type=data["act_type"],
            party=PartyKind(data["party"]) if data["party"] else None,
            only_kinds=frozenset(map(PenaltyKind, data["only_kinds"])),
            note=data["basis"],
        )


class TurnForm(_Seen):
    """One step on, with a reason where one is wanted."""

    act = forms.ChoiceField(choices=[(act.value, act.value) for act in Act])
    reason = forms.CharField(label="理由", max_length=500, required=False, widget=_REASON)


class WithdrawForm(_Seen):
    """Taking a publication back (撤回公示)."""

    ground = forms.ChoiceField(
        label="撤回情形",
        choices=[("", "请选择"), *((one.value, WITHDRAWALS[one]) for one in WithdrawalGround)],
    )
    reason = forms.CharField(
        label="向社会说明的原因",
        max_length=500,
        widget=_REASON,
        help_text="会在门户上公开，不要写个人信息。",
    )
