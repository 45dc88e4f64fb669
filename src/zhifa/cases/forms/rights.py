"""Forms of notice, defence and hearing (告知、陈述申辩、听证), and of service (送达)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from zhifa.cases.forms.base import Day, LongText, Minute, StepForm, Text, YesNo
from zhifa.cases.forms.investigation import OfPartyForm
from zhifa.cases.forms.people import PersonField
from zhifa.cases.wording import options
from zhifa.procedures import actions as a
from zhifa.procedures.values import ServiceMethod


class ServePartyForm(OfPartyForm):
    """A document handed to one party: notice or decision."""

    says = a.ServeParty
    files_label = "签收的送达回证、照片或者截图"
    half: ClassVar[frozenset[str]] = frozenset(
        {"party", "method", "receiver", "relation", "place", "time", "witness"}
    )
    basis: ClassVar[Mapping[str, str]] = {
        "method": "行政处罚法第六十一条、民事诉讼法第八十七条至第九十五条",
        "confirmation_signed": "行政处罚法第六十一条第二款：电子送达须签订确认书",
        "witness": "民事诉讼法第八十九条：留置送达须有见证人签名或者影像记录",
    }

    method = forms.TypedChoiceField(
        label="送达方式", choices=options(ServiceMethod), coerce=ServiceMethod
    )
    receiver = Text("签收人", longest=50)
    relation = Text("签收人与当事人的关系", longest=50, required=False, help_text="本人签收的留空")
    place = Text("送达地点", required=False)
    time = Minute("送达时间", required=False)
    confirmation_signed = forms.BooleanField(label="当事人已签订送达地址确认书", required=False)
    witness = Text("见证人", longest=50, required=False)
    note = LongText(
        "说明", rows=2, longest=2000, required=False, help_text="拒收、留置、公告的经过"
    )

    def done_with(self) -> frozenset[Any]:
        """Return who has been told, or has received the decision."""
        facts = self.known.facts
        found = facts.served if self.action == "serve" else facts.notices
        return frozenset(one.party for one in found) if self.action != "renotify" else frozenset()

    def prefilled(self) -> Mapping[str, Any]:
        """Return who signs for the party that comes next, and where."""
        facts, done = self.known.facts, self.done_with()
        party = next((one for one in facts.parties if one.id not in done), None)
        if party is None:
            return {}
        receiver = party.guardian or party.representative or party.name
        return {"party": str(party.id), "receiver": receiver, "place": party.address}

    def prepare(self) -> None:
        """Name what is handed over."""
        super().prepare()
        if self.action == "notify_hearing":
            self.files_label = "签收的听证通知书回证"  # type: ignore[misc]


class RecordDefenceForm(OfPartyForm):
    """陈述申辩 with its re-examination."""

    says = a.RecordDefence
    files_label = "陈述申辩书等材料"
    basis: ClassVar[Mapping[str, str]] = {"reexamination": "行政处罚法第四十五条：应当进行复核"}

    half: ClassVar[frozenset[str]] = frozenset(
        {"party", "speaker", "capacity", "place", "began_at", "ended_at"}
    )
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        (
            "陈述申辩",
            (
                "party",
                "speaker",
                "capacity",
                "place",
                "happened_on",
                "began_at",
                "ended_at",
                "text",
            ),
        ),
        ("复核", ("reexamination", "accepted")),
    )

    speaker = Text("陈述申辩人", longest=50, required=False, help_text="当事人本人的留空")
    capacity = Text("身份", longest=50, required=False, help_text="委托代理人等")
    place = Text("地点", required=False)
    began_at = Minute("开始时间", required=False)
    ended_at = Minute("结束时间", required=False)
    text = LongText("陈述申辩的内容", rows=6)
    reexamination = LongText("复核情况", rows=4)
    accepted = YesNo("是否采纳", words=(("yes", "采纳"), ("no", "不采纳")))


class StatementForm(OfPartyForm):
    """What a party declares: the defence waived, a hearing asked for."""

    files_label = "当事人签名的书面材料"

    statement = LongText("当事人的声明", rows=3)


class WaiveDefenceForm(StatementForm):
    """放弃陈述申辩."""

    says = a.WaiveDefence
    basis: ClassVar[Mapping[str, str]] = {"statement": "行政处罚法第六十二条：须明确放弃并有记录"}


class RequestHearingForm(StatementForm):
    """要求听证."""

    says = a.RequestHearing
    basis: ClassVar[Mapping[str, str]] = {"statement": "行政处罚法第六十四条第一项：五日内提出"}

    def prefilled(self) -> Mapping[str, Any]:
        """Return the party that has the right."""
        told = [one for one in self.known.facts.notices if one.hearing_right]
        return {"party": str(told[0].party)} if told else {}


class AppointHostForm(StepForm):
    """指定听证主持人."""

    says = a.AppointHost
    half: ClassVar[frozenset[str]] = frozenset({"host", "clerk"})
    basis: ClassVar[Mapping[str, str]] = {
        "host": "行政处罚法第六十四条第四项：由非本案调查人员主持"
    }

    host = PersonField(label="听证主持人")
    clerk = PersonField(label="记录员")

    def prepare(self) -> None:
        """Offer who holds the office and has not handled the case."""
        self.fields["host"].offer(self.known.hosts)  # type: ignore[attr-defined]
        self.fields["clerk"].offer(self.known.clerks)  # type: ignore[attr-defined]


class HandPapersForm(StepForm):
    """移交案件材料."""

    says = a.HandPapers

    note = LongText("移交的材料", rows=3, longest=2000, required=False)


class FixHearingDayForm(StepForm):
    """确定听证日期."""

    says = a.FixHearingDay
    half: ClassVar[frozenset[str]] = frozenset({"hearing_on", "begins_at"})
    basis: ClassVar[Mapping[str, str]] = {
        "hearing_on": "行政处罚法第六十四条第二项：举行听证的七日前通知",
        "public": "行政处罚法第六十四条第三项",
    }

    hearing_on = Day("听证日期")
    begins_at = Minute("开始时间")
    place = Text("听证地点")
    public = YesNo("是否公开举行")
    closed_reason = Text(
        "不公开的理由", required=False, help_text="涉及国家秘密、商业秘密或者个人隐私"
    )

    def clean(self) -> dict[str, Any]:
        """Ask why a hearing is not public."""
        said = super().clean() or {}
        if said.get("public") is False and not said.get("closed_reason"):
            self.add_error("closed_reason", "不公开举行的，请写明理由")
        return said

    def prefilled(self) -> Mapping[str, Any]:
        """Return the first lawful day if the notice goes out today."""
        return {"hearing_on": self.known.earliest_hearing, "public": "yes"}

    def prepare(self) -> None:
        """Say why that is the first day."""
        if self.known.earliest_hearing:
            day = self.known.earliest_hearing.isoformat()
            self.fields["hearing_on"].help_text = f"今天送达听证通知的，最早可以在 {day} 举行"


class AnnounceForm(StepForm):
    """公告听证、公告送达."""

    says = a.Announce
    files_label = "公告的照片、截图或者样报"

    medium = Text("公告的地方", help_text="网站、报纸或者公告栏的名称")
    text = LongText("公告内容", rows=4)


class OpenHearingForm(StepForm):
    """听证开始."""

    says = a.OpenHearing

    present = LongText("到场人员", rows=2, longest=2000)

    def prefilled(self) -> Mapping[str, Any]:
        """Return the party that asked for it."""
        hearing = self.known.facts.hearing
        party = self.known.facts.party(hearing.party) if hearing else None
        return {"present": party.representative or party.name} if party else {}


class CloseHearingForm(StepForm):
    """听证结束."""

    says = a.CloseHearing
    files_label = "听证的全程录音录像、签名的听证笔录"

    half: ClassVar[frozenset[str]] = frozenset({"began_at", "ended_at"})

    began_at = Minute("开始时间")
    ended_at = Minute("结束时间")
    record = LongText("听证笔录", rows=12, help_text="一人一行，如 主持人：……")


class ReportHearingForm(StepForm):
    """听证报告."""

    says = a.ReportHearing

    report = LongText("听证情况和认定的事实", rows=8)
    investigators_view = LongText("调查人员的意见", rows=3, required=False)
    party_view = LongText("当事人的意见", rows=3, required=False)
    advice = LongText("处理建议", rows=3)


class EndHearingForm(StepForm):
    """听证终止."""

    says = a.EndHearing
    basis: ClassVar[Mapping[str, str]] = {"no_show": "行政处罚法第六十四条第六项：视为放弃听证权利"}

    no_show = YesNo("情形", words=(("yes", "无正当理由不出席或者中途退出"), ("no", "撤回听证申请")))
    reason = LongText("经过", rows=3)
