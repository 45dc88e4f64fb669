"""Forms about powers (权力事项表单): every column of the list, R-18."""

from typing import Any

from django import forms

from zhifa.registry.forms.fields import Day, FilterForm, LongText, Seen, Text, choice
from zhifa.registry.imports.bases import bases_text, read_bases
from zhifa.registry.rules import ActType, ItemContent, ItemState
from zhifa.registry.wording import ACT_TYPES, ITEM_STATES


class ItemForm(forms.Form):
    """One power; a draft may leave columns empty, and then cannot be handed in."""

    code = Text("事项编码", longest=60)
    name = Text("事项名称", longest=500)
    act_type = choice("执法行为种类", ACT_TYPES)
    scope = LongText("执法范围", required=False, rows=3, help_text="对谁、在哪里")
    content = LongText("执法内容", required=False)
    procedure = LongText("执法程序", required=False)
    supervision = LongText("监督方式", required=False, rows=3, help_text="监督电话、地址、网上投诉")
    bases = LongText(
        "依据", required=False, rows=8,
        help_text="每条一段：第一行写【法律】《名称》第几条，下一行起写原文；几条之间另起一行",
    )  # fmt: skip
    time_limit = Text("办理时限", required=False)
    fee = Text("收费情况", required=False, help_text="不收费的写“不收费”")
    valid_from = Day("施行日期")
    seen = Seen()

    @classmethod
    def of(cls, content: ItemContent) -> dict[str, Any]:
        """Return a version as the form's initial values."""
        names = ("code", "name", "scope", "content", "procedure", "supervision", "time_limit", "fee",
                 "valid_from")  # fmt: skip
        values = {name: getattr(content, name) for name in names}
        return values | {"act_type": content.act_type.value, "bases": bases_text(content.bases)}

    def item(self, *, is_demo: bool = False) -> ItemContent:
        """Return what was entered."""
        said = self.cleaned_data
        return ItemContent(
            code=said["code"], name=" ".join(said["name"].split()), act_type=ActType(said["act_type"]),
            valid_from=said["valid_from"], scope=said["scope"], content=said["content"],
            procedure=said["procedure"], supervision=said["supervision"],
            bases=read_bases(said["bases"]), time_limit=said["time_limit"], fee=said["fee"],
            is_demo=is_demo,
        )  # fmt: skip


class ItemFilterForm(FilterForm):
    """What the list of powers is narrowed to."""

    q = forms.CharField(label="名称、编码", required=False, max_length=100)
    body = choice("执法主体", {}, required=False)
    act_type = choice("种类", ACT_TYPES, empty="全部", required=False)
    state = choice(
        "状态", {state: ITEM_STATES[state] for state in ItemState}, empty="全部", required=False
    )


class RemarkForm(forms.Form):
    """The office's word on a power."""

    remark = LongText("审核意见", rows=3, longest=500)


class ApproveForm(forms.Form):
    """The office agrees to the text that was read; a remark may be added."""

    seen = Seen()
    remark = LongText("审核意见", rows=3, longest=500, required=False)
