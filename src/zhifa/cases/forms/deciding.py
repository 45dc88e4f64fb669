"""Forms of review, discussion, decision, performance and the end of a case (审核、决定、执行、结案)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from zhifa.cases.forms.base import Day, LongText, Minute, StepForm, Text, YesNo
from zhifa.cases.forms.drafting import YuanField
from zhifa.cases.forms.investigation import OfPartyForm
from zhifa.cases.forms.people import PersonField
from zhifa.cases.forms.rows import Row
from zhifa.cases.rules import ended_by
from zhifa.cases.wording import additional_fines_words, enum_words, options
from zhifa.procedures import actions as a
from zhifa.procedures.values import LinkKind, Outcome


class CaseReviewForm(StepForm):
    """案件审核意见."""

    says = a.CaseReview
    basis: ClassVar[Mapping[str, str]] = {
        "text": "市场监督管理行政处罚程序规定第五十三条、第五十四条"
    }

    text = LongText("审核意见", rows=5)


class SubmitReviewForm(StepForm):
    """送法制审核."""

    says = a.SubmitReview

    note = LongText("送审说明", rows=3, longest=2000, required=False)


class VoteRow(Row):
    """One head's opinion."""

    title: ClassVar[str] = "参加讨论的负责人及其意见"
    hint: ClassVar[str] = "至少两人；不同意见如实记录；没有参加的人留空"
    add_words: ClassVar[str] = "加一人"
    spare: ClassVar[int] = 2
    least: ClassVar[int] = 2
    least_words: ClassVar[str] = "集体讨论至少要有两名负责人发表意见"
    presets: ClassVar[frozenset[str]] = frozenset({"person", "post"})
    spans: ClassVar[Mapping[str, int]] = {"opinion": 12}

    person = Text("姓名", longest=50)
    post = Text("职务", longest=50, required=False)
    agrees = forms.TypedChoiceField(
        label="是否同意拟处理意见",
        choices=(("", "请选择"), ("yes", "同意"), ("no", "不同意")),
        coerce=lambda value: value == "yes",
    )
    opinion = LongText("意见", rows=2, longest=2000)

    def said(self) -> a.Vote:
        """Return the opinion."""
        return a.Vote(**self.cleaned_data)


class DiscussForm(StepForm):
    """集体讨论."""

    says = a.Discuss
    row_types: ClassVar[Mapping[str, type[Row]]] = {"votes": VoteRow}
    basis: ClassVar[Mapping[str, str]] = {"conclusion": "行政处罚法第五十七条第二款"}
    half: ClassVar[frozenset[str]] = frozenset({"chair", "place", "began_at", "ended_at"})
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("会议", ("happened_on", "place", "began_at", "ended_at", "chair", "absent")),
        ("", ("votes",)),
        ("结论", ("conclusion",)),
    )

    place = Text("地点")
    began_at = Minute("开始时间")
    ended_at = Minute("结束时间")
    chair = Text("主持人", longest=50, required=False, help_text="留空即为第一位发表意见的负责人")
    absent = Text("缺席人员和原因", required=False, help_text="回避的也写在这里")
    conclusion = LongText("讨论结论", rows=4)

    def prefilled_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the heads of the body, whose opinions are asked."""
        return {"votes": [{"person": head.name, "post": head.note} for head in self.known.heads]}

    def parts(self) -> dict[str, Any]:
        """Return the votes with the conclusion."""
        return super().parts() | {"votes": self.rows["votes"].said()}


class DecideForm(StepForm):
    """决定: the draft, word for word."""

    says = a.Decide

    outcome = forms.TypedChoiceField(
        label="结论", coerce=Outcome, choices=(), widget=forms.RadioSelect
    )
    remark = LongText("批示", rows=2, longest=2000, required=False)

    def prepare(self) -> None:
        """Offer what was drafted and nothing else."""
        draft = self.known.facts.draft
        offered = (draft.outcome,) if draft else tuple(Outcome)
        field = self.fields["outcome"]
        field.choices = [(one.value, enum_words(one)) for one in offered]  # type: ignore[attr-defined]

    def prefilled(self) -> Mapping[str, Any]:
        """Return the outcome of the draft."""
        draft = self.known.facts.draft
        return {"outcome": draft.outcome.value} if draft else {}


class ExtendTermForm(StepForm):
    """延长期限."""

    says = a.ExtendTerm
    half: ClassVar[frozenset[str]] = frozenset({"count"})

    which = forms.ChoiceField(label="延长哪个期限", widget=forms.RadioSelect)
    count = forms.IntegerField(label="延长多少", min_value=1, max_value=1000)
    reason = LongText("理由")

    def prepare(self) -> None:
        """Offer the running terms whose rule allows it."""
        field = self.fields["which"]
        field.choices = [  # type: ignore[attr-defined]
            (f"{term.key}|{term.about}", _term_words(term)) for term in self.known.terms
        ]

    def parts(self) -> dict[str, Any]:
        """Return key and subject of the term."""
        key, _, about = self.cleaned_data["which"].partition("|")
        return super().parts() | {"term": key, "about": about}


def _term_words(term: Any) -> str:
    most = f"最多延长{term.at_most}{term.unit}" if term.at_most else f"以{term.unit}计"
    return f"{term.words}（{most}，由{term.approver}批准）"


class RecordPaymentForm(OfPartyForm):
    """缴款."""

    says = a.RecordPayment
    files_label = "缴款凭证"
    half: ClassVar[frozenset[str]] = frozenset(
        {"party", "amount_fen", "additional_fen", "receipt_number"}
    )
    basis: ClassVar[Mapping[str, str]] = {
        "amount_fen": "行政处罚法第六十七条：作出决定的机关与收缴罚款的机构分离",
        "additional_fen": "行政处罚法第七十二条、第七十三条",
    }

    amount_fen = YuanField("金额（元）", help_text="只缴加处罚款的，填 0")
    additional_fen = YuanField("另缴加处罚款（元）", required=False)
    receipt_number = Text("凭证号码", longest=60)
    complete = YesNo("是否已经缴清")

    def prefilled(self) -> Mapping[str, Any]:
        """Return what is still due."""
        facts = self.known.facts
        owing = [one.id for one in facts.parties if not facts.has_paid(one.id)]
        if facts.draft is None or not owing or (facts.draft.apart and len(owing) > 1):
            return {}  # whose payment it is, is not known yet
        left = facts.draft.payable_by(owing[0]) - sum(one.fen for one in facts.account(owing[0]))
        return {"party": str(owing[0]), "amount_fen": left if left > 0 else None}

    def prepare(self) -> None:
        """Ask for the additional fine only where the time for payment is over."""
        super().prepare()
        added = additional_fines_words(self.known.facts, self.known.today)
        if added:
            self.fields["additional_fen"].help_text = added
        else:
            self.fields["additional_fen"].widget = forms.HiddenInput()

    def parts(self) -> dict[str, Any]:
        """Return no additional fine as nothing."""
        return super().parts() | {"additional_fen": self.cleaned_data["additional_fen"] or 0}


class PerformForm(OfPartyForm):
    """履行 of what is not money, or the end of execution by the court."""

    says = a.Perform
    files_label = "履行的证明"

    what = LongText("履行情况", rows=3)
    complete = YesNo("是否全部履行完毕")
    by_court = forms.BooleanField(label="人民法院裁定终结执行", required=False)


class PublishForm(StepForm):
    """公示."""

    says = a.Publish

    reference = Text("公示地址或者编号", required=False)


class InstalmentForm(OfPartyForm):
    """暂缓或者分期缴纳."""

    says = a.Instalment
    half: ClassVar[frozenset[str]] = frozenset({"party", "until"})
    basis: ClassVar[Mapping[str, str]] = {
        "reason": "行政处罚法第六十六条：确有经济困难，经申请和批准"
    }

    until = Day("缴至")
    reason = LongText("理由", rows=3)


class RemedyForm(OfPartyForm):
    """行政复议、行政诉讼、决定的变更."""

    says = a.Remedy
    half: ClassVar[frozenset[str]] = frozenset({"party", "authority"})

    authority = Text("受理机关")
    note = LongText("情况", rows=3)
    annulled = forms.BooleanField(label="原处罚决定已被撤销或者确认无效", required=False)
    concluded = forms.BooleanField(
        label="已经审结、原决定不变（维持、驳回、撤回申请等）", required=False,
        help_text="登记开始时不勾选；审结后再登记一次并勾选，加处罚款从次日起继续计算",
    )  # fmt: skip

    def prefilled(self) -> Mapping[str, Any]:
        """Return that it is over, where it was recorded as begun."""
        suit = self.action == "record_suit"
        running = [one for one in self.known.facts.remedies if one.until is None]
        return {"concluded": any(one.suit is suit for one in running)}

    def prepare(self) -> None:
        """Ask for annulment where the decision was changed, for the end where it was not."""
        super().prepare()
        changed = self.action == "record_decision_change"
        self.fields["concluded" if changed else "annulled"].widget = forms.HiddenInput()


class LinkCaseForm(StepForm):
    """关联案件: coercive measures and execution are cases of their own."""

    says = a.LinkCase
    half: ClassVar[frozenset[str]] = frozenset({"kind", "reference", "authority"})
    basis: ClassVar[Mapping[str, str]] = {
        "kind": "行政强制法第十八条、第十九条；行政处罚法第七十二条"
    }

    kind = forms.TypedChoiceField(label="什么案件", choices=options(LinkKind), coerce=LinkKind)
    reference = Text("案号或者决定书文号", longest=100)
    authority = Text("办理机关")
    note = LongText("说明", rows=2, longest=2000, required=False)


class CloseForm(StepForm):
    """结案."""

    says = a.Close
    basis: ClassVar[Mapping[str, str]] = {"event": "市场监督管理行政处罚程序规定第七十七条"}

    event = Text("结案事由")
    summary = LongText("办理和执行情况", rows=5)

    def prefilled(self) -> Mapping[str, Any]:
        """Return the event that ends the case, as the record has it."""
        return {"event": enum_words(ended_by(self.known.facts))}


class ArchiveForm(StepForm):
    """归档."""

    says = a.Archive
    half: ClassVar[frozenset[str]] = frozenset({"volume", "pages"})

    volume = Text("档案号", longest=60)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=100_000)


class DecideRecusalForm(StepForm):
    """回避."""

    says = a.DecideRecusal
    basis: ClassVar[Mapping[str, str]] = {"granted": "行政处罚法第四十三条：决定前不停止调查"}

    officer = PersonField(label="申请谁回避")
    reason = LongText("理由", rows=3)
    granted = YesNo("决定", words=(("yes", "准予回避"), ("no", "驳回申请")))

    def prepare(self) -> None:
        """Offer who handles the case."""
        handlers = set(self.known.facts.handlers)
        officers = [one for one in self.known.officers if one.id in handlers]
        self.fields["officer"].offer(officers)  # type: ignore[attr-defined]
