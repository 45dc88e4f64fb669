"""The proposal of a case (拟处理意见): facts, evidence, articles, penalties in yuan, reasons."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django import forms
from django.core.exceptions import ValidationError

from zhifa.cases.forms.articles import ProvisionRow, provision_row
from zhifa.cases.forms.base import LongText, StepForm, Text
from zhifa.cases.forms.rows import Row
from zhifa.cases.wording import enum_words, options
from zhifa.law.errors_zh import error_words
from zhifa.law.money import BadAmount, parse_yuan, yuan
from zhifa.procedures import actions as a
from zhifa.procedures.values import (
    DONE_BY_SERVICE,
    PAID_KINDS,
    DecisionDraft,
    EvidenceRef,
    Outcome,
    PenaltyItem,
    PenaltyKind,
)

_BARE = PAID_KINDS | DONE_BY_SERVICE


class YuanField(forms.CharField):
    """An amount entered in yuan and kept in fen."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "5,000.00"})
        super().__init__(label=label, max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> int | None:
        """Return the fen, or None if nothing was entered."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text.replace("，", ",").removesuffix("元"))
        except BadAmount as wrong:
            raise ValidationError(error_words(wrong), code=wrong.code) from None

    def prepare_value(self, value: Any) -> Any:
        """Return fen as yuan."""
        return yuan(value) if isinstance(value, int) else value


class ViolatedRow(ProvisionRow):
    """An article that was broken."""

    title: ClassVar[str] = "违反的条款"


class BasisRow(ProvisionRow):
    """An article the penalty rests on."""

    title: ClassVar[str] = "处罚依据"


class PenaltyRow(Row):
    """One penalty; the amount belongs to fines and confiscated gains alone."""

    title: ClassVar[str] = "拟作出的处罚"
    hint: ClassVar[str] = (
        "罚款、没收违法所得填金额；没收物品、吊销、停产停业等写明对象和期限；不予处罚的留空"
    )
    add_words: ClassVar[str] = "加一项处罚"
    presets: ClassVar[frozenset[str]] = frozenset({"party"})
    spans: ClassVar[Mapping[str, int]] = {"party": 12, "kind": 4, "amount_fen": 3, "detail": 5}

    party = forms.TypedChoiceField(
        label="当事人", required=False, coerce=UUID, empty_value=None, choices=()
    )
    kind = forms.TypedChoiceField(
        label="种类", choices=[("", "请选择"), *options(PenaltyKind)], coerce=PenaltyKind
    )
    amount_fen = YuanField("金额（元）", required=False)
    detail = Text("内容", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a fine without an amount, a warning with one, a closure that says nothing."""
        said = super().clean() or {}
        kind = said.get("kind")
        if not kind:
            return said
        amount = said.get("amount_fen")
        if kind in PAID_KINDS and not amount and "amount_fen" not in self.errors:
            self.add_error("amount_fen", f"{enum_words(kind)}须写明金额")
        if kind not in PAID_KINDS and amount:
            self.add_error("amount_fen", f"{enum_words(kind)}没有金额，写在内容里")
        if kind not in _BARE and not said.get("detail"):
            self.add_error("detail", f"{enum_words(kind)}须写明对象、范围或者期限")
        return said

    def said(self) -> PenaltyItem:
        """Return the penalty."""
        said = self.cleaned_data
        return PenaltyItem(
            kind=said["kind"],
            amount_fen=said["amount_fen"] or 0,
            detail=said["detail"],
            party=said.get("party"),
        )


class DraftForm(StepForm):
    """A step that carries the proposal; of several parties each penalty names whom it is for."""

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        parties = self.parties()
        for row in self.rows["penalties"].forms:
            if len(parties) > 1:
                row.fields["party"].choices = [("", "全体当事人"), *parties]  # type: ignore[attr-defined]
            else:
                del row.fields["party"]

    half: ClassVar[frozenset[str]] = frozenset({"discretion_grade"})
    row_types: ClassVar[Mapping[str, type[Row]]] = {
        "violated": ViolatedRow,
        "basis": BasisRow,
        "penalties": PenaltyRow,
    }
    basis: ClassVar[Mapping[str, str]] = {
        "facts_found": "行政处罚法第四十条、第五十九条",
        "evidence": "行政处罚法第四十六条",
        "discretion_reasons": "行政处罚法第三十四条",
        "outcome": "行政处罚法第五十七条",
    }
    sections_of: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = (
        ("事实和证据", ("course", "facts_found", "evidence")),
        ("", ("violated",)),
        ("", ("basis",)),
        ("处理意见", ("outcome", "discretion_grade", "discretion_reasons")),
        ("", ("penalties",)),
        ("理由", ("reasons", "defence_answer", "order_correction", "reason")),
    )

    outcome = forms.TypedChoiceField(
        label="结论", choices=options(Outcome), coerce=Outcome, widget=forms.RadioSelect
    )
    facts_found = LongText("认定的事实", rows=8)
    evidence = forms.MultipleChoiceField(
        label="据以认定的证据", widget=forms.CheckboxSelectMultiple, required=False
    )
    discretion_grade = Text("裁量档次", required=False)
    discretion_reasons = LongText("裁量理由", required=False)
    reasons = LongText("处理理由", rows=4)
    defence_answer = LongText("对陈述申辩的答复", required=False, rows=3)
    order_correction = LongText("责令改正", required=False, rows=2)

    def prepare(self) -> None:
        """Offer all that was collected, and the grades of the benchmark."""
        offered = _with_earlier(self.known.evidence, self.known.facts.draft)
        self._offered = {evidence_key(one): one for one in offered}
        field = self.fields["evidence"]
        field.choices = [  # type: ignore[attr-defined]
            (key, _evidence_words(one)) for key, one in self._offered.items()
        ]
        if self.known.grades:
            self.fields["discretion_grade"] = forms.ChoiceField(
                label="裁量档次",
                required=False,
                choices=[("", "请选择"), *((grade, grade) for grade in self.known.grades)],
            )

    def prefilled(self) -> Mapping[str, Any]:
        """Return the draft as it stands, or what the record gives for a first one."""
        draft = self.known.facts.draft
        if draft is None:
            offered = _with_earlier(self.known.evidence, None)
            return {
                "outcome": Outcome.PENALTY.value,
                "evidence": [evidence_key(one) for one in offered],
            }
        return {
            "outcome": draft.outcome.value,
            "facts_found": draft.facts_found,
            "evidence": [evidence_key(one) for one in draft.evidence],
            "discretion_grade": draft.discretion_grade,
            "discretion_reasons": draft.discretion_reasons,
            "reasons": draft.reasons,
            "defence_answer": draft.defence_answer,
            "order_correction": draft.order_correction,
        }

    def prefilled_rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return articles and penalties of the draft, or the articles of the power item."""
        draft = self.known.facts.draft
        return {
            "violated": [provision_row(one) for one in (draft or self.known).violated],
            "basis": [provision_row(one) for one in (draft or self.known).basis],
            "penalties": [_penalty_row(one) for one in draft.penalties] if draft else [],
        }

    def draft(self) -> DecisionDraft:
        """Return the proposal as it was entered."""
        said = self.cleaned_data
        penal = said["outcome"] is Outcome.PENALTY
        template = "penalty_decision" if penal else "no_penalty_decision"
        return DecisionDraft(
            outcome=said["outcome"],
            facts_found=said["facts_found"],
            evidence=tuple(self._offered[key] for key in said["evidence"]),
            violated=self.rows["violated"].said(),
            basis=self.rows["basis"].said(),
            discretion_grade=said["discretion_grade"],
            discretion_reasons=said["discretion_reasons"],
            penalties=self.rows["penalties"].said(),
            reasons=said["reasons"],
            defence_answer=said["defence_answer"],
            order_correction=said["order_correction"],
            template_key=template,
            template_version=self.known.template_versions.get(template, ""),
        )

    def parts(self) -> dict[str, Any]:
        """Return the draft and the rest."""
        return super().parts() | {"draft": self.draft()}


class ReportForm(DraftForm):
    """调查终结报告."""

    says = a.Report

    course = LongText("调查经过", rows=5)


class ReviseDraftForm(DraftForm):
    """修改拟处理意见."""

    says = a.ReviseDraft

    reason = LongText("修改理由", rows=2)


def _with_earlier(
    collected: Sequence[EvidenceRef], draft: DecisionDraft | None
) -> tuple[EvidenceRef, ...]:
    """Return what the draft rests on already, then what was collected besides."""
    earlier = draft.evidence if draft else ()
    named = {(one.name, one.sha256) for one in earlier}
    return (*earlier, *(one for one in collected if (one.name, one.sha256) not in named))


def evidence_key(one: EvidenceRef) -> str:
    """Return by what a form names a piece of evidence: its content, not its place among others.

    Others come and go between one form and the next, in a draft kept by the browser too.
    """
    return sha256(msgspec.json.encode(one)).hexdigest()[:20]


def _evidence_words(one: EvidenceRef) -> str:
    proves = f"，证明{one.proves}" if one.proves else ""
    return f"{one.name}（{one.source}，{one.pages}页{proves}）"


def _penalty_row(one: PenaltyItem) -> dict[str, Any]:
    return {
        "party": str(one.party) if one.party else "", "kind": one.kind.value,
        "amount_fen": one.amount_fen or None, "detail": one.detail,
    }  # fmt: skip
