"""A proposal in words (拟处理意见), and what two versions of it differ in. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

import msgspec

from zhifa.cases.wording import enum_words
from zhifa.documents import wording as papers
from zhifa.documents.values import parts
from zhifa.law.money import yuan
from zhifa.procedures.values import (
    DecisionDraft,
    EvidenceRef,
    Outcome,
    Party,
    PenaltyItem,
    Provision,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One heading of a proposal with what stands under it."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What was taken out of a heading, and what was put in."""

    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def read(draft_json: str) -> DecisionDraft:
    """Return a draft from its canonical text."""
    return msgspec.json.decode(draft_json.encode(), type=DecisionDraft)


def lines(draft: DecisionDraft, parties: Iterable[Party] = ()) -> list[Line]:
    """Return a proposal as pages show it, heading by heading; empty ones are left out.

    parties  of the case, where a penalty may be for one of several
    """
    names = {one.id: one.name for one in parties}
    found = (
        Line("结论", (enum_words(draft.outcome),)),
        Line("认定的事实", _texts(draft.facts_found)),
        Line("证据", tuple(evidence_words(one) for one in draft.evidence)),
        Line("违反的条款", tuple(provision_words(one) for one in draft.violated)),
        Line("处罚依据", tuple(provision_words(one) for one in draft.basis)),
        Line("裁量档次", _texts(draft.discretion_grade)),
        Line("裁量理由", _texts(draft.discretion_reasons)),
        Line("处罚", tuple(penalty_words(one, names) for one in draft.penalties)),
        Line("理由", _texts(draft.reasons)),
        Line("对陈述申辩的答复", _texts(draft.defence_answer)),
        Line("责令改正", _texts(draft.order_correction)),
    )
    return [line for line in found if line.texts]


def changes(old: DecisionDraft, new: DecisionDraft, parties: Sequence[Party] = ()) -> list[Change]:
    """Return what differs between two versions, in the order of the headings."""
    before = {line.label: line.texts for line in lines(old, parties)}
    after = {line.label: line.texts for line in lines(new, parties)}
    return list(_changes(before, after))


def _changes(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> Iterator[Change]:
    for label in dict.fromkeys((*before, *after)):
        old, new = before.get(label, ()), after.get(label, ())
        if old != new:
            yield Change(
                label,
                tuple(text for text in old if text not in new),
                tuple(text for text in new if text not in old),
            )


def provision_words(one: Provision) -> str:
    """Return an article as documents cite it."""
    return papers.provision_words(
        parts.Provision(act=one.act, article=one.article, paragraph=one.paragraph, item=one.item)
    )


def evidence_words(one: EvidenceRef) -> str:
    """Return a piece of evidence: name, source, pages, what it proves."""
    proves = f"，证明{one.proves}" if one.proves else ""
    return f"{one.name}（{one.source}，{one.pages}页）{proves}"


def penalty_words(one: PenaltyItem, names: Mapping[UUID, str] = MappingProxyType({})) -> str:
    """Return a penalty with its amount in yuan; of one of several parties with the name before it."""
    amount = f"{yuan(one.amount_fen)} 元" if one.amount_fen else ""
    detail = f"（{one.detail}）" if one.detail else ""
    whose = f"{names[one.party]}：" if one.party and one.party in names else ""
    return f"{whose}{enum_words(one.kind)} {amount}{detail}".strip()


def brief(draft: DecisionDraft | None) -> str:
    """Return the proposal in one line: 罚款 5,000.00 元；没收违法所得 312.50 元."""
    if draft is None:
        return ""
    if draft.outcome is not Outcome.PENALTY:
        return enum_words(draft.outcome)
    return "；".join(penalty_words(one) for one in draft.penalties)


def brief_of(said: Mapping[str, Any]) -> str:
    """Return a journalled proposal in one line."""
    return brief(msgspec.convert(said, DecisionDraft))


def payment_words(said: Mapping[str, Any]) -> str:
    """Return a journalled payment in one line."""
    rest = "，已缴清" if said["complete"] else ""
    added = f"，加处罚款 {yuan(said['additional_fen'])} 元" if said.get("additional_fen") else ""
    return f"缴款 {yuan(said['amount_fen'])} 元{added}，凭证 {said['receipt_number']}{rest}"


def _texts(text: Any) -> tuple[str, ...]:
    return tuple(line for line in str(text).splitlines() if line.strip())
