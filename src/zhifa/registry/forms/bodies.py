"""Forms about bodies and their parts (执法主体表单)."""

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django import forms

from zhifa.registry.forms.fields import (
    Day,
    LongText,
    LookedOverForm,
    Seen,
    Text,
    choice,
    put_choices,
)
from zhifa.registry.rules import BodyKind, Contact, Identity, SuccessionKind, UnitKind
from zhifa.registry.seen import seen_of
from zhifa.registry.wording import BODY_KINDS, SUCCESSIONS, UNIT_KINDS


class ContactForm(forms.Form):
    """Where to find a body, to complain, to pay, to appeal."""

    address = Text("地址", required=False)
    phone = Text("电话", longest=60, required=False)
    hours = Text("办公时间", required=False)
    website = Text("网址", required=False)
    supervision_phone = Text("监督电话", longest=60, required=False)
    supervision_address = Text("监督地址", required=False)
    supervision_url = Text("网上投诉", required=False)
    payment_bank = Text("代收银行", required=False)
    payment_account = Text("缴款账号", longest=60, required=False)
    payment_address = Text("缴款地点", required=False)
    reconsideration_body = Text("复议机关", required=False)
    court = Text("管辖法院", required=False)
    seen = Seen()

    @classmethod
    def of(cls, contact: Contact) -> dict[str, str]:
        """Return a contact as the form's initial values."""
        return asdict(contact) | {"seen": seen_of(contact)}

    def contact(self) -> Contact:
        """Return what was entered."""
        return Contact(**{one.name: self.cleaned_data[one.name] for one in fields(Contact)})


class NamedForm(LookedOverForm):
    """What makes a body this body, but for the bodies over it."""

    name = Text("名称")
    short_name = Text("简称", longest=60, required=False, help_text="不写时用全称")
    kind = choice("类别", BODY_KINDS)
    credit_code = Text("统一社会信用代码", longest=18, required=False)
    code = Text("主体编码", longest=40, required=False, help_text="不写时用统一社会信用代码")
    region_code = Text("行政区划代码", longest=12, required=False)
    office_word = Text("机关代字", longest=20, required=False, help_text="用于文书字号，如 海市监")
    valid_from = Day("成立日期")

    def named(
        self, *, supervised_by: UUID | None, superior: UUID | None, is_demo: bool
    ) -> Identity:
        """Return what was entered, under those bodies."""
        said = self.cleaned_data
        return Identity(
            code=said["code"] or said["credit_code"], kind=BodyKind(said["kind"]),
            name=said["name"], short_name=said["short_name"] or said["name"][:60],
            valid_from=said["valid_from"], credit_code=said["credit_code"],
            region_code=said["region_code"], office_word=said["office_word"],
            supervised_by=supervised_by, superior=superior, is_demo=is_demo,
        )  # fmt: skip


class IdentityForm(NamedForm):
    """What makes a new body this body."""

    supervised_by = choice("监督机构", {}, required=False)
    superior = choice("上级机关", {}, required=False)
    field_order = (
        "name", "short_name", "kind", "credit_code", "code", "region_code", "office_word",
        "supervised_by", "superior", "valid_from",
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("supervised_by", "superior"):
            put_choices(self.fields[name], bodies, empty="没有")

    def identity(self) -> Identity:
        """Return what was entered."""
        said = self.cleaned_data
        return self.named(
            supervised_by=_id(said["supervised_by"]), superior=_id(said["superior"]), is_demo=False
        )


class FollowOnForm(NamedForm):
    """The body goes on under another name or region code; it stays under the bodies it was under."""

    change = choice(
        "变更",
        {one: SUCCESSIONS[one] for one in (SuccessionKind.RENAME, SuccessionKind.REGION_CODE)},
    )
    basis = Text("依据", longest=300, help_text="机构改革方案、批复的名称和文号")
    field_order = ("change", "basis", "valid_from")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["valid_from"].label = "变更后的第一天"

    def changes(self, former: Identity) -> list[tuple[str, str, str]]:
        """Return what will read otherwise: the label, what it was, what it will be."""
        new = self.follower(former)
        found = [
            (str(self.fields[one].label), getattr(former, one), getattr(new, one))
            for one in ("name", "short_name", "credit_code", "code", "region_code", "office_word")
        ]
        found.append(("类别", BODY_KINDS[former.kind], BODY_KINDS[new.kind]))
        return [(label, old, now) for label, old, now in found if old != now]

    def follower(self, former: Identity) -> Identity:
        """Return what was entered, of the body that follows `former`."""
        return self.named(
            supervised_by=former.supervised_by, superior=former.superior, is_demo=former.is_demo
        )


class UnitForm(forms.Form):
    """A part of a body."""

    name = Text("名称", longest=60)
    kind = choice("类别", UNIT_KINDS)
    valid_from = Day("设立日期")
    entrusted_body = choice("受委托组织", {}, required=False)

    def __init__(self, *args: Any, entrusted: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        put_choices(self.fields["entrusted_body"], entrusted, empty="不是受委托组织")

    def values(self) -> dict[str, Any]:
        """Return what was entered, for the service."""
        said = self.cleaned_data
        return {
            "name": said["name"], "kind": UnitKind(said["kind"]), "valid_from": said["valid_from"],
            "entrusted_body": _id(said["entrusted_body"]),
        }  # fmt: skip


class EndForm(forms.Form):
    """Something ends with a day, for a reason."""

    valid_until = Day("最后一天")
    reason = Text("理由", longest=300)


class DeedForm(forms.Form):
    """An entrustment deed: APL art. 20."""

    entrusted = choice("受委托组织", {})
    number = Text("委托书文号", longest=100)
    matters = LongText("委托事项")
    scope = LongText("委托权限")
    valid_from = Day("起始日期")
    valid_until = Day("终止日期")

    def __init__(self, *args: Any, entrusted: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        put_choices(self.fields["entrusted"], entrusted)


class PublishedForm(forms.Form):
    """The day something was published."""

    published_on = Day("公布日期")


class CapacityForm(forms.Form):
    """A body is confirmed as one that may enforce: SUPERVISION art. 17."""

    confirmed_on = Day("确认日期")
    published_on = Day("公告日期")


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
