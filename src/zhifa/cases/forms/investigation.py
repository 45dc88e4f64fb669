"""Forms of the investigation (调查取证): inspection, interview, evidence, preservation, testing."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from zhifa.cases.forms.base import LongText, Minute, StepForm, Text, YesNo
from zhifa.cases.forms.people import PartyField
from zhifa.cases.forms.rows import Row
from zhifa.cases.wording import options
from zhifa.evidence.rules import EvidenceKind
from zhifa.procedures import actions as a
from zhifa.procedures.values import GateQuestion, PreservationDisposal

_CERTIFICATE = "行政处罚法第五十五条：应当主动出示执法证件"
_RIGHTS = "行政处罚法第四十四条"
_OF_THE_DEVICE = (
    "device", "legal_audit", "technical_audit", "published", "party_told", "record_audited",
)  # fmt: skip


class InvestigateForm(StepForm):
    """开始调查."""

    says = a.Investigate

    plan = LongText("调查安排", required=False)


class OfPartyForm(StepForm):
    """A step that concerns one party of the case."""

    party = PartyField(label="当事人")

    def prepare(self) -> None:
        """Offer the parties of the case."""
        self.fields["party"].offer(self.parties(left_out=self.done_with()))  # type: ignore[attr-defined]

    def done_with(self) -> frozenset[Any]:
        """Return the parties that need this step no more; they stand last."""
        return frozenset()


class _Spelled(StepForm):
    """A record with a beginning and an end on one day."""

    place = Text("地点")
    began_at = Minute("开始时间")
    ended_at = Minute("结束时间")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        said = super().clean() or {}
        if said.get("began_at") and said.get("ended_at") and said["ended_at"] < said["began_at"]:
            self.add_error("ended_at", ValidationError("结束时间早于开始时间", code="spell.ends"))
        return said


class _Contact(StepForm):
    """A contact in person: certificate and rights."""

    certificate_shown = forms.BooleanField(label="已出示执法证件", required=False)
    rights_told = forms.BooleanField(label="已告知陈述、申辩和申请回避等权利", required=False)


class InspectOnSiteForm(OfPartyForm, _Spelled, _Contact):
    """现场检查."""

    says = a.InspectOnSite
    files_label = "现场照片、录像"
    half: ClassVar[frozenset[str]] = frozenset(
        {"party", "place", "began_at", "ended_at", "present", "witness"}
    )
    basis: ClassVar[Mapping[str, str]] = {
        "certificate_shown": _CERTIFICATE,
        "rights_told": _RIGHTS,
    }
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("检查", ("party", "place", "happened_on", "began_at", "ended_at", "present", "witness")),
        ("告知", ("certificate_shown", "rights_told", "recusal_requested")),
        ("情况", ("findings", "recording", "remark", "refusal")),
    )

    findings = LongText("现场情况", rows=8, help_text="写看到的事实，不写结论")
    present = Text("现场负责人或者在场人", required=False)
    witness = Text("见证人", required=False, help_text="当事人不在场或者拒绝签名时填写")
    recusal_requested = forms.BooleanField(label="当事人申请回避", required=False)
    recording = Text(
        "音像记录", required=False, help_text="用什么设备、录了什么，如 执法记录仪录像8分31秒"
    )
    remark = LongText("当事人对笔录的意见", rows=1, longest=2000, required=False)
    refusal = Text("拒绝签名的情况", required=False)

    def prefilled(self) -> Mapping[str, Any]:
        """Return the place of the clue and who speaks for the party."""
        parties = self.known.facts.parties
        return {
            "place": self.known.earlier("register_clue", "place"),
            "present": parties[0].representative or parties[0].name if parties else "",
        }


class QuestionRow(Row):
    """One question with its answer."""

    title: ClassVar[str] = "问答"
    hint: ClassVar[str] = "出示证件和回避的问答由文书自动写入；用不到的行留空即可"
    add_words: ClassVar[str] = "加一个问题"
    spare: ClassVar[int] = 3
    least: ClassVar[int] = 1
    least_words: ClassVar[str] = "至少记录一个问题和回答"
    spans: ClassVar[Mapping[str, int]] = {"question": 12, "answer": 12}

    question = LongText("问", rows=1)
    answer = LongText("答", rows=2)

    def said(self) -> a.Question:
        """Return question and answer."""
        return a.Question(**self.cleaned_data)


class InterviewForm(_Spelled, _Contact):
    """询问."""

    says = a.Interview
    files_label = "询问的录音录像"
    row_types: ClassVar[Mapping[str, type[Row]]] = {"questions": QuestionRow}
    half: ClassVar[frozenset[str]] = frozenset(
        {
            "interviewee", "relation", "place", "began_at", "ended_at", "certificate_answer",
            "recusal_answer",
        }
    )  # fmt: skip
    basis: ClassVar[Mapping[str, str]] = {
        "certificate_shown": _CERTIFICATE,
        "rights_told": _RIGHTS,
    }
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("询问", ("interviewee", "relation", "place", "happened_on", "began_at", "ended_at")),
        ("告知", ("certificate_shown", "rights_told", "certificate_answer", "recusal_answer")),
        ("", ("questions",)),
    )

    interviewee = Text("被询问人", longest=50)
    relation = Text("与本案关系", longest=50, help_text="当事人、法定代表人、经营者、证人等")
    certificate_answer = Text("对“是否看清执法证件”的回答", initial="看清楚了。")
    recusal_answer = Text("对“是否申请回避”的回答", initial="不申请回避。")

    def prefilled(self) -> Mapping[str, Any]:
        """Return who speaks for the first party, and where the body is asked from."""
        parties = self.known.facts.parties
        if not parties:
            return {}
        speaker = parties[0].representative
        return {
            "interviewee": speaker or parties[0].name,
            "relation": "法定代表人、负责人或者经营者" if speaker else "当事人",
            "place": self.known.earlier("interview", "place"),
        }

    def parts(self) -> dict[str, Any]:
        """Return the questions with the rest."""
        return super().parts() | {"questions": self.rows["questions"].said()}


class CollectEvidenceForm(StepForm):
    """收集证据: the file becomes an item of the evidence room."""

    says = a.CollectEvidence
    files_label = "证据文件"
    half: ClassVar[frozenset[str]] = frozenset(
        {"kind", "pages", "source", "happened_on", *_OF_THE_DEVICE}
    )
    basis: ClassVar[Mapping[str, str]] = {
        "kind": "行政处罚法第四十六条",
        "device": "行政处罚法第四十一条",
    }
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("", ("name", "kind", "source", "proves", "pages")),
        ("由电子技术监控设备收集的，另填", _OF_THE_DEVICE),
    )

    name = Text("证据名称")
    kind = forms.ChoiceField(label="证据种类", choices=options(EvidenceKind))
    source = Text("证据来源", help_text="由谁提供、在何处提取")
    proves = LongText("证明什么", rows=2, longest=2000)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=100_000, initial=1)
    device = Text("设备名称、编号", required=False)
    legal_audit = Text("法制审核", required=False, help_text="审核单位和日期")
    technical_audit = Text("技术审核", required=False, help_text="审核单位和日期")
    published = Text("设置地点的公布", required=False, help_text="在何处公布、公布日期")
    party_told = Text("告知当事人", required=False, help_text="告知方式、日期和查询渠道")
    record_audited = forms.BooleanField(
        label="本条记录已经审核，真实、清晰、完整、准确", required=False
    )

    def parts(self) -> dict[str, Any]:
        """Return the audit of the device only where a device collected it."""
        said = self.cleaned_data
        audit = a.MonitoringAudit(**{name: said[name] for name in _OF_THE_DEVICE})
        given = any(said[name] for name in _OF_THE_DEVICE)
        return super().parts() | {"monitor": audit if given else None}


class PreservedRow(Row):
    """One thing registered for preservation."""

    title: ClassVar[str] = "先行登记保存的物品"
    spare: ClassVar[int] = 2
    least: ClassVar[int] = 1
    least_words: ClassVar[str] = "至少登记一件物品"

    name = Text("名称")
    quantity = Text("数量", longest=50, help_text="连同单位，如 11袋")
    specification = Text("规格", required=False)
    producer = Text("生产者", required=False)
    batch = Text("批号、生产日期", required=False)
    note = Text("备注", required=False)

    def said(self) -> a.PreservedItem:
        """Return the thing."""
        return a.PreservedItem(**self.cleaned_data)


class RegisterPreservationForm(OfPartyForm):
    """先行登记保存."""

    says = a.RegisterPreservation
    row_types: ClassVar[Mapping[str, type[Row]]] = {"items": PreservedRow}
    half: ClassVar[frozenset[str]] = frozenset({"party", "place", "keeper", "conditions"})
    basis: ClassVar[Mapping[str, str]] = {"reason": "行政处罚法第五十六条"}
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("", ("party", "place", "keeper", "conditions", "reason")),
        ("", ("items",)),
    )

    place = Text("保存地点")
    keeper = Text("保管人", longest=50, required=False, help_text="留空即由当事人保管")
    conditions = Text("保存条件", required=False)
    reason = LongText("理由", help_text="证据可能灭失或者以后难以取得的情形")

    def prefilled(self) -> Mapping[str, Any]:
        """Return the place of the clue."""
        return {"place": self.known.earlier("register_clue", "place")}

    def parts(self) -> dict[str, Any]:
        """Return the things with the rest."""
        return super().parts() | {"items": self.rows["items"].said()}


class _OfItemForm(StepForm):
    """A step that finishes what an earlier one began."""

    def _offer(self, name: str, items: Sequence[Any]) -> None:
        field = self.fields[name]
        field.choices = [(item.sequence, item.words) for item in items]  # type: ignore[attr-defined]


class DisposePreservationForm(_OfItemForm):
    """登记保存处理."""

    says = a.DisposePreservation
    basis: ClassVar[Mapping[str, str]] = {
        "disposal": "行政处罚法第五十六条：七日内及时作出处理决定"
    }

    preservation = forms.TypedChoiceField(label="处理哪一次登记保存", coerce=int)
    disposal = forms.TypedChoiceField(
        label="处理", choices=options(PreservationDisposal), coerce=PreservationDisposal
    )
    reason = LongText("理由")

    def prepare(self) -> None:
        """Offer what is open."""
        self._offer("preservation", self.known.preservations)


class SendForTestingForm(StepForm):
    """送检测、检验、检疫、鉴定."""

    says = a.SendForTesting
    half: ClassVar[frozenset[str]] = frozenset({"subject", "institution"})

    subject = Text("送检物品")
    institution = Text("检测、检验、检疫、鉴定机构")
    purpose = LongText("要求", rows=2)


class ReceiveResultForm(_OfItemForm):
    """收到检测、检验、检疫、鉴定结果."""

    says = a.ReceiveResult
    files_label = "检验报告、鉴定意见"

    testing = forms.TypedChoiceField(label="哪一次送检", coerce=int)
    result = LongText("结论")

    def prepare(self) -> None:
        """Offer what is open."""
        self._offer("testing", self.known.testings)


class AnswerGateForm(StepForm):
    """The two questions no program can judge."""

    says = a.AnswerGate
    basis: ClassVar[Mapping[str, str]] = {"question": "行政处罚法第五十八条第一款"}

    question = forms.TypedChoiceField(
        label="问题", choices=options(GateQuestion), coerce=GateQuestion, widget=forms.RadioSelect
    )
    yes = YesNo("回答")
    reason = LongText("理由", rows=3)

    def prefilled(self) -> Mapping[str, Any]:
        """Return the first question that has fewer than two answers."""
        answers = [answer.question for answer in self.known.facts.gate_answers]
        open_ones = [question for question in GateQuestion if answers.count(question) < 2]
        return {"question": open_ones[0].value} if open_ones else {}
