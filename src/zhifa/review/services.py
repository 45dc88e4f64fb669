"""What can be done in a review. Every act here moves a case too, so each joins the transaction of a
service in `cases` and refuses to run outside one."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import connection

from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, Refused
from zhifa.procedures.values import PASSING, ReviewOpinion
from zhifa.review.models import Opinion, ReviewPass, Submission
from zhifa.review.rules import (
    Check,
    ReviewSubmission,
    opinion_complete,
    reviewer_may_review,
)


class NotJoined(RuntimeError):
    """Called outside the transaction of the service that moves the case."""


def submit(submission: ReviewSubmission, *, actor: ActorId, on: date, at: datetime) -> UUID:
    """Put a frozen draft before the legal unit and return the submission's id.

    Raises Conflict if this case already waits for an opinion.
    """
    _joined()
    if Submission.objects.filter(subject=submission.subject, answered_at=None).exists():
        raise Conflict("review.already_submitted")
    row = Submission.objects.create(
        subject=submission.subject,
        body_id=submission.body,
        title=submission.title,
        draft_sha256=submission.draft_sha256,
        draft_json=submission.draft_json,
        template_key=submission.template_key,
        template_version=submission.template_version,
        grounds=list(submission.grounds),
        kinds=list(submission.kinds),
        amount_fen=submission.amount_fen,
        handlers=list(submission.handlers),
        submitted_by=actor,
        submitted_at=at,
        submitted_on=on,
        due_on=submission.due_on,
    )
    return row.id


def give_opinion(
    *,
    submission_id: UUID,
    reviewer: ActorId,
    qualified: bool,
    value: ReviewOpinion,
    checks: tuple[Check, ...],
    text: str,
    on: date,
    at: datetime,
) -> UUID | None:
    """Record a reviewer's opinion; return the id of the pass if it passes, else None.

    Raises Refused with every broken rule (handler, qualification, contents), and Conflict if the
    submission was answered by someone else first.
    """
    _joined()
    row = Submission.objects.select_for_update().get(id=submission_id)
    if row.answered_at is not None:
        raise Conflict("review.already_answered")
    handlers = tuple(ActorId(handler) for handler in row.handlers)
    if violations := (
        *reviewer_may_review(reviewer=reviewer, handlers=handlers, qualified=qualified),
        *opinion_complete(value=value, checks=checks, text=text),
    ):
        raise Refused("opinion", violations)
    opinion = Opinion.objects.create(
        submission=row,
        reviewer=reviewer,
        value=value,
        checks=[msgspec.to_builtins(check) for check in checks],
        text=text,
        given_on=on,
        given_at=at,
    )
    row.answered_at = at
    row.save(update_fields=["answered_at"])
    if value not in PASSING:
        return None
    granted = ReviewPass.objects.create(
        opinion=opinion,
        subject=row.subject,
        draft_sha256=row.draft_sha256,
        outcome=value,
        granted_at=at,
    )
    return granted.id


def void_pass(subject: UUID, *, reason: str, at: datetime) -> bool:
    """Void the pass of this case if one holds, and return whether one did.

    A changed draft, new facts, or under "review first" a defence or a hearing void it (design.md
    section 4, Gate).
    """
    _joined()
    changed = ReviewPass.objects.filter(subject=subject, voided_at=None).update(
        voided_at=at, void_reason=reason
    )
    return changed > 0


def _joined() -> None:
    if not connection.in_atomic_block:
        raise NotJoined("review services join the transaction of a service in cases")
