"""What must hold when a major decision is reviewed (法制审核规则); pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.citations import APL, MOT, SAMR
from zhifa.law.errors import Violation


class OpinionValue(StrEnum):
    """What the reviewer answers (审核意见), glossary section 9."""

    APPROVE = "approve"
    CORRECT = "correct"
    SUPPLEMENT_PAPERS = "supplement_papers"
    SUPPLEMENT_FACTS = "supplement_facts"
    NO_PENALTY = "no_penalty"
    REVOKE_CASE = "revoke_case"
    TRANSFER = "transfer"
    OTHER = "other"


# Opinions that let a decision of their own kind go on (procedures.md 3.2, guards).
PASSING = frozenset(
    {OpinionValue.APPROVE, OpinionValue.NO_PENALTY, OpinionValue.REVOKE_CASE, OpinionValue.TRANSFER}
)


class Content(StrEnum):
    """The seven contents of a review (审核内容): MOT art. 72, which repeats 国办发〔2018〕118号."""

    SUBJECT = "subject"
    PROCEDURE = "procedure"
    FACTS = "facts"
    LAW = "law"
    POWER = "power"
    DOCUMENTS = "documents"
    CRIME = "crime"


CONTENT_WORDS: dict[Content, str] = {
    Content.SUBJECT: "执法主体合法，执法人员具备执法资格",
    Content.PROCEDURE: "执法程序合法",
    Content.FACTS: "案件事实清楚，证据合法充分",
    Content.LAW: "适用法律、法规、规章准确，裁量基准运用适当",
    Content.POWER: "没有超越本机关法定权限",
    Content.DOCUMENTS: "执法文书完备、规范",
    Content.CRIME: "违法行为不涉嫌犯罪，无需移送司法机关",
}

OPINION_WORDS: dict[OpinionValue, str] = {
    OpinionValue.APPROVE: "同意",
    OpinionValue.CORRECT: "建议纠正",
    OpinionValue.SUPPLEMENT_PAPERS: "退回补正材料",
    OpinionValue.SUPPLEMENT_FACTS: "建议补充调查",
    OpinionValue.NO_PENALTY: "建议不予处罚",
    OpinionValue.REVOKE_CASE: "建议撤销案件",
    OpinionValue.TRANSFER: "建议移送",
    OpinionValue.OTHER: "其他意见",
}


@dataclass(frozen=True, slots=True)
class Check:
    """The reviewer's finding on one of the seven contents."""

    content: Content
    holds: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSubmission:
    """What a review is asked about, frozen: the draft, not the case (送审材料)."""

    subject: UUID  # the case
    body: UUID
    title: str
    draft_sha256: str
    draft_json: str  # the canonical draft data that the digest is taken over
    template_key: str
    template_version: str
    grounds: tuple[str, ...]  # why the decision is major, as codes
    kinds: tuple[str, ...]
    amount_fen: int
    handlers: tuple[ActorId, ...]
    due_on: date  # T43


def reviewer_may_review(
    *, reviewer: ActorId, handlers: tuple[ActorId, ...], qualified: bool
) -> tuple[Violation, ...]:
    """Return what forbids this person to review; empty means go ahead.

    Source: APL art. 58 (national legal professional qualification of who reviews penalties for the
    first time); SAMR art. 49 (a handler does not review).
    """
    found = []
    if reviewer in handlers:
        found.append(Violation("reviewer.is_handler", SAMR.art(49)))
    if not qualified:
        found.append(Violation("reviewer.not_qualified", APL.art(58, 2)))
    return tuple(found)


def opinion_complete(
    *, value: OpinionValue, checks: tuple[Check, ...], text: str
) -> tuple[Violation, ...]:
    """Return what an opinion still lacks: each of the seven contents, reasons, consistency.

    Source: APL art. 58 (review is written, before the decision); MOT art. 72 (contents).
    """
    found = []
    answered = {check.content for check in checks}
    found += [
        Violation("opinion.content_missing", MOT.art(72), CONTENT_WORDS[content])
        for content in Content
        if content not in answered
    ]
    failing = [check for check in checks if not check.holds]
    found += [
        Violation("opinion.note_missing", MOT.art(72), CONTENT_WORDS[check.content])
        for check in failing
        if not check.note.strip()
    ]
    if value is OpinionValue.APPROVE and failing:
        found.append(Violation("opinion.approves_against_findings", APL.art(58)))
    if not text.strip():
        found.append(Violation("opinion.reasons_missing", APL.art(58)))
    return tuple(found)
