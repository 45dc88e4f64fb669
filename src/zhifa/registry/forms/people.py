"""Forms about what people are and hold (任职与证件表单)."""

from typing import Any
from uuid import UUID

from django import forms

from zhifa.registry.forms.fields import Day, Text, choice, put_choices
from zhifa.registry.rules import Role
from zhifa.registry.wording import ROLES


class AppointForm(forms.Form):
    """A role in a body, perhaps in one unit."""

    place = choice("机关和机构", {}, help_text="承办机构负责人要选到机构")
    role = choice("职务", ROLES)
    valid_from = Day("任职日期")
    valid_until = Day("任期至", required=False, help_text="不填则到免职为止")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        put_choices(self.fields["place"], places)

    def values(self) -> dict[str, Any]:
        """Return what was entered, for the service."""
        said = self.cleaned_data
        body, _, unit = said["place"].partition(":")
        return {
            "body_id": UUID(body), "unit_id": UUID(unit) if unit else None,
            "role": Role(said["role"]), "valid_from": said["valid_from"],
            "valid_until": said["valid_until"],
        }  # fmt: skip


class EndForm(forms.Form):
    """Something ends with a day, for a reason."""

    valid_until = Day("最后一天")
    reason = Text("理由", longest=300)


class CertificateForm(forms.Form):
    """A new enforcement certificate."""

    body = choice("机关", {})
    number = Text("证号", longest=40)
    fields_ = Text("执法领域")
    valid_from = Day("发证日期")
    valid_until = Day("有效期至")

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        put_choices(self.fields["body"], bodies)


class RenewForm(forms.Form):
    """A card that follows the old one."""

    number = Text("新证号", longest=40, required=False, help_text="不填则证号不变")
    valid_from = Day("新证发证日期")
    valid_until = Day("新证有效期至")


class SuspendForm(forms.Form):
    """A card does not count from a day on."""

    valid_from = Day("暂扣日期")
    valid_until = Day("暂扣至", required=False, help_text="不填则到解除为止")
    reason = Text("理由", longest=300)


class DayReasonForm(forms.Form):
    """A day and a reason."""

    on = Day("日期")
    reason = Text("理由", longest=300)


class QualificationForm(forms.Form):
    """What entitles a person to review penalties: APL art. 58(2)."""

    number = Text("法律职业资格证书号", longest=40, required=False)
    since = Day("取得日期", required=False)
    first_review_on = Day(
        "首次从事法制审核的日期", required=False,
        help_text="2018年1月1日以前已经从事的，不要求法律职业资格",
    )  # fmt: skip
