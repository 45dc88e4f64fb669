"""Reading reviews: frozen values, stated order, known number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.procedures.values import ReviewContent, ReviewOpinion
from zhifa.review.models import Opinion, ReviewPass, Submission
from zhifa.review.rules import Check


@dataclass(frozen=True, slots=True)
class QueuedReview:
    """One line of the reviewers' queue."""

    id: UUID
    subject: UUID
    title: str
    grounds: tuple[str, ...]
    kinds: tuple[str, ...]
    amount_fen: int
    submitted_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """An opinion as it was given."""

    submission: UUID
    reviewer: ActorId
    value: ReviewOpinion
    checks: tuple[Check, ...]
    text: str
    given_on: date
    draft_sha256: str


@dataclass(frozen=True, slots=True)
class ReviewDossier:
    """One submission with its draft, and the draft reviewed before it, to show what changed."""

    id: UUID
    subject: UUID
    body: UUID
    title: str
    draft_sha256: str
    draft_json: str
    earlier_draft_json: str
    grounds: tuple[str, ...]
    kinds: tuple[str, ...]
    amount_fen: int
    handlers: tuple[ActorId, ...]
    submitted_on: date
    due_on: date
    answered: bool


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass and whether it still holds."""

    id: UUID
    subject: UUID
    draft_sha256: str
    outcome: ReviewOpinion
    given_on: date  # the day of the opinion; `granted_at` is when it was entered
    granted_at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one case as they stand, by column: whatever they say is no error here."""

    submissions: dict[UUID, dict[str, Any]]
    opinions: dict[UUID, dict[str, Any]]  # by submission
    passes: dict[UUID, dict[str, Any]]


def open_reviews(*, bodies: frozenset[UUID], excluding_handler: ActorId) -> list[QueuedReview]:
    """Return what waits for review in these bodies, most urgent first; one query.

    bodies  those of the past too that they followed: a submission stays with the body that made it

    A person's own cases are left out: a handler does not review (SAMR art. 49).
    """
    rows = (
        Submission.objects.filter(body_id__in=bodies, answered_at=None)
        .exclude(handlers__contains=[excluding_handler])
        .order_by("due_on", "submitted_at")
    )
    return [
        QueuedReview(
            row.id, row.subject, row.title, tuple(row.grounds), tuple(row.kinds), row.amount_fen,
            row.submitted_on, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def dossier(submission: UUID, *, bodies: frozenset[UUID]) -> ReviewDossier | None:
    """Return one submission of these bodies, or of one of the past among them, or None; two queries."""
    row = Submission.objects.filter(id=submission, body_id__in=bodies).first()
    if row is None:
        return None
    earlier = (
        Submission.objects.filter(subject=row.subject, submitted_at__lt=row.submitted_at)
        .order_by("-submitted_at")
        .values_list("draft_json", flat=True)
        .first()
    )
    return ReviewDossier(
        row.id, row.subject, row.body_id, row.title, row.draft_sha256, row.draft_json, earlier or "",
        tuple(row.grounds), tuple(row.kinds), row.amount_fen,
        tuple(ActorId(handler) for handler in row.handlers), row.submitted_on, row.due_on,
        row.answered_at is not None,
    )  # fmt: skip


def open_submission(subject: UUID) -> UUID | None:
    """Return the submission of this case that waits for an answer; one query."""
    return (
        Submission.objects.filter(subject=subject, answered_at=None)
        .values_list("id", flat=True)
        .first()
    )


def opinions(subject: UUID) -> list[GivenOpinion]:
    """Return every opinion on this case, oldest first; one query."""
    rows = (
        Opinion.objects.filter(submission__subject=subject)
        .select_related("submission")
        .order_by("given_at")
    )
    return [
        GivenOpinion(
            row.submission_id, ActorId(row.reviewer), ReviewOpinion(row.value),
            tuple(
                Check(ReviewContent(check["content"]), check["holds"], check["note"])
                for check in row.checks
            ),
            row.text, row.given_on, row.submission.draft_sha256,
        )
        for row in rows
    ]  # fmt: skip


def valid_pass(subject: UUID) -> Pass | None:
    """Return the pass that holds for this case, or None; one query."""
    return next((one for one in passes(subject) if one.voided_at is None), None)


def passes(subject: UUID) -> list[Pass]:
    """Return every pass of this case, oldest first, voided ones included; one query."""
    rows = (
        ReviewPass.objects.filter(subject=subject).select_related("opinion").order_by("granted_at")
    )
    return [
        Pass(row.id, row.subject, row.draft_sha256, ReviewOpinion(row.outcome),
             row.opinion.given_on, row.granted_at, row.voided_at)
        for row in rows
    ]  # fmt: skip


def kept(subject: UUID) -> Kept:
    """Return the rows of this case column by column, to be compared with its record; three queries."""
    submissions = Submission.objects.filter(subject=subject).values()
    opinions = Opinion.objects.filter(submission__subject=subject).values()
    granted = ReviewPass.objects.filter(subject=subject).values()
    return Kept(
        submissions={row["id"]: dict(row) for row in submissions},
        opinions={row["submission_id"]: dict(row) for row in opinions},
        passes={row["id"]: dict(row) for row in granted},
    )
