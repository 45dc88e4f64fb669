"""What must hold when a major decision is reviewed (法制审核规则); pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.citations import APL, MOT, SAMR
from zhifa.law.errors import Violation
from zhifa.procedures.values import ReviewContent, ReviewOpinion
from zhifa.procedures.wording import REVIEW_CONTENTS


@dataclass(frozen=True, slots=True)
class Check:
    """The reviewer's finding on one of the seven contents."""

    content: ReviewContent
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
    *, value: ReviewOpinion, checks: tuple[Check, ...], text: str
) -> tuple[Violation, ...]:
    """Return what an opinion still lacks: each of the seven contents, reasons, consistency.

    Source: APL art. 58 (review is written, before the decision); MOT art. 72 (contents).
    """
    found = []
    answered = {check.content for check in checks}
    found += [
        Violation("opinion.content_missing", MOT.art(72), REVIEW_CONTENTS[content])
        for content in ReviewContent
        if content not in answered
    ]
    failing = [check for check in checks if not check.holds]
    found += [
        Violation("opinion.note_missing", MOT.art(72), REVIEW_CONTENTS[check.content])
        for check in failing
        if not check.note.strip()
    ]
    if value is ReviewOpinion.APPROVE and failing:
        found.append(Violation("opinion.approves_against_findings", APL.art(58)))
    if not text.strip():
        found.append(Violation("opinion.reasons_missing", APL.art(58)))
    return tuple(found)
