"""Forms from the clue to the filed case, and its leaving again (案源、核查、立案、移送)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from zhifa.cases.forms.articles import ProvisionRow, provision_row
from zhifa.cases.forms.base import Day, LongText, StepForm, Text, YesNo
from zhifa.cases.forms.parties import PartyRow, row_of
from zhifa.cases.forms.people import PeopleField
from zhifa.cases.forms.rows import Row
from zhifa.cases.wording import options
from zhifa.procedures import actions as a
from zhifa.procedures.values import CaseSource, Party

# 对使用国家机关名义发布广告的处罚: the item is named after its penalty, the case after the offence.
_ITEM = re.compile(r"^对(?:违反.{1,40}?规定，?)?(.+?)(?:等?行为)?的(?:行政)?处罚$")


class SuspectedRow(ProvisionRow):
    """An article that is suspected to be broken."""

    title: ClassVar[str] = "涉嫌违反的条款"


class CrimeRow(ProvisionRow):
    """An article of the criminal law."""

    title: ClassVar[str] = "涉嫌触犯的刑法条款"
    hint: ClassVar[str] = "不涉嫌犯罪的留空"


class RegisterClueForm(StepForm):
    """案件来源登记."""

    says = a.RegisterClue
    half: ClassVar[frozenset[str]] = frozenset(
        {"source", "place", "discovered_on", "offence_ended_on", "happened_on"}
    )
    row_types: ClassVar[Mapping[str, type[Row]]] = {"parties": PartyRow}
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("线索", ("source", "summary", "place", "discovered_on", "offence_ended_on", "grave_harm")),
        ("", ("parties",)),
        ("案件名称", ("title",)),
    )

    case_id = forms.UUIDField(widget=forms.HiddenInput)
    power_item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    source = forms.TypedChoiceField(
        label="案件来源", choices=options(CaseSource), coerce=CaseSource
    )
    summary = LongText("线索内容", rows=5, help_text="何时、何地、何人、涉嫌何种违法行为")
    place = Text("违法行为发生地")
    discovered_on = Day(
        "发现或者收到线索日期",
        help_text="自行发现的填发现之日，投诉、举报、移送、交办的填收到材料之日；核查期限从这一天起算",
    )
    offence_ended_on = Day(
        "违法行为终了日期",
        required=False,
        help_text="连续或者继续状态的，填终了之日；不明或者还没有终了的留空",
    )
    grave_harm = forms.BooleanField(
        label="涉及公民生命健康安全、金融安全且有危害后果（追究时效为五年）", required=False
    )
    title = Text("案件名称", required=False, help_text="留空则按当事人和事项自动生成")

    def prefilled(self) -> Mapping[str, Any]:
        """Return a fresh id, so that the same form sent twice opens one case, and today."""
        return {"case_id": uuid4(), "discovered_on": self.known.today, "seen": 0}

    def prepare(self) -> None:
        """Keep the browser's calendar from the future, and say what the day of the register is."""
        for name in ("discovered_on", "offence_ended_on"):
            self.fields[name].widget.attrs["max"] = self.known.today.isoformat()
        self.fields["happened_on"].label = "登记日期"
        self.fields["happened_on"].help_text = "登记这条线索的日期；不能晚于今天"

    def clean(self) -> dict[str, Any]:
        """Refuse days in the future, and days after the one on which the clue is registered."""
        said = super().clean() or {}
        registered = said.get("happened_on")
        for name, more in (("discovered_on", ""), ("offence_ended_on", "；还没有终了的，请留空")):
            day = said.get(name)
            if day and day > self.known.today:
                self.add_error(name, f"不能晚于今天{more}")
            elif day and registered and day > registered:
                self.add_error(name, f"不能晚于登记日期{more}")
        return said

    def parts(self) -> dict[str, Any]:
        """Return the clue with its parties."""
        return super().parts() | {"parties": own_parties(self)}

    def said_of(self, item_name: str) -> a.RegisterClue:
        """Return the clue, with a title made of the parties and the power item if none was given."""
        said: a.RegisterClue = self.said()
        first = said.parties[0].name if said.parties else "当事人不明"
        more = "等" if len(said.parties) > 1 else ""
        offence = _ITEM.sub(r"\1", item_name) or "违法"
        return replace(said, title=said.title or f"{first}{more}涉嫌{offence}案")


class VerifyForm(StepForm):
    """核查: the parties as they are known now."""

    says = a.Verify
    row_types: ClassVar[Mapping[str, type[Row]]] = {"parties": PartyRow}
    basis: ClassVar[Mapping[str, str]] = {"facts_suspected": "行政处罚法第五十四条"}

    findings = LongText("核查情况", rows=6)
    facts_suspected = YesNo("是否有涉嫌违法、应当追究行政责任的事实")

    def prefilled_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the parties as they were registered."""
        return {"parties": [row_of(party) for party in self.known.facts.parties]}

    def parts(self) -> dict[str, Any]:
        """Return nothing for the parties if nothing changed."""
        parties = own_parties(self)
        changed = parties != self.known.facts.parties
        return super().parts() | {"parties": parties if changed else ()}


class HandlersForm(StepForm):
    """Who handles the case."""

    basis: ClassVar[Mapping[str, str]] = {
        "handlers": "行政处罚法第四十二条：执法人员不少于两人，持有效执法证件",
        "reason": "行政处罚法第五十四条",
    }

    handlers = PeopleField("承办人")

    def prefilled(self) -> Mapping[str, Any]:
        """Return who handles the case now."""
        return {"handlers": [str(person) for person in self.known.facts.handlers]}

    def prepare(self) -> None:
        """Offer the officers of the body; whose certificate does not hold stays named."""
        self.fields["handlers"].offer(self.known.officers)  # type: ignore[attr-defined]

    def clean_handlers(self) -> tuple[UUID, ...]:
        """Return the officers; that there are two is said here already."""
        chosen: tuple[UUID, ...] = self.cleaned_data["handlers"]
        if len(chosen) < 2:
            raise ValidationError("至少选两名执法人员", code="handlers.too_few")
        return chosen


class FileForm(HandlersForm):
    """立案: at least two officers."""

    says = a.File
    row_types: ClassVar[Mapping[str, type[Row]]] = {"violated": SuspectedRow}

    reason = LongText("立案理由")

    def prefilled(self) -> Mapping[str, Any]:
        """Return what the verification found, and who registered the case."""
        found = self.known.earlier("verify", "findings")
        return {**super().prefilled(), "reason": found}

    def prefilled_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the articles of the power item."""
        return {"violated": [provision_row(one) for one in self.known.violated]}

    def parts(self) -> dict[str, Any]:
        """Return the articles with the rest."""
        return super().parts() | {"violated": self.rows["violated"].said()}


class ReassignForm(HandlersForm):
    """变更承办人."""

    says = a.Reassign

    reason = LongText("变更理由")


class ReasonedForm(StepForm):
    """An act that carries nothing but its reason."""

    says = a.Reasoned

    reason = LongText("理由")

    _LABELS: ClassVar[Mapping[str, str]] = {
        "refuse_filing": "不予立案的理由",
        "suspend": "中止调查的理由",
        "resume": "恢复调查的理由",
        "terminate": "终止调查的理由",
        "reinvestigate": "退回重新调查的理由，及须补充的事项",
        "return_from_transfer": "受移送机关退回的情况",
        "return_case_review": "退回的理由，及须纠正的事项",
    }

    def prepare(self) -> None:
        """Name the reason by the act."""
        self.fields["reason"].label = self._LABELS.get(self.action, "理由")

    def prefilled(self) -> Mapping[str, Any]:
        """Return the findings of the verification where filing is refused."""
        if self.action == "refuse_filing":
            return {"reason": self.known.earlier("verify", "findings")}
        return {}


class HandOverForm(StepForm):
    """移送."""

    says = a.HandOver
    row_types: ClassVar[Mapping[str, type[Row]]] = {"provisions": CrimeRow}
    basis: ClassVar[Mapping[str, str]] = {"suspected_crime": "行政处罚法第二十七条"}
    half: ClassVar[frozenset[str]] = frozenset({"crime", "copy_to"})

    recipient = Text("移送到", help_text="有管辖权的机关；涉嫌犯罪的，写公安机关")
    reason = LongText("移送理由")
    suspected_crime = YesNo("是否涉嫌犯罪")
    crime = Text("涉嫌的罪名", required=False)
    copy_to = Text("抄送的人民检察院", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the name of the crime where there is one."""
        said = super().clean() or {}
        if said.get("suspected_crime") and not said.get("crime"):
            self.add_error("crime", "涉嫌犯罪的，请写明罪名")
        return said

    def parts(self) -> dict[str, Any]:
        """Return the articles with the rest."""
        return super().parts() | {"provisions": self.rows["provisions"].said()}


def own_parties(form: StepForm) -> tuple[Party, ...]:
    """Return the parties of a form; one that is not of this case gets an id of its own."""
    known = {party.id for party in form.known.facts.parties}
    return tuple(
        party if party.id in known else replace(party, id=uuid4())
        for party in form.rows["parties"].said()
    )
