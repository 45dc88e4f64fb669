"""Is what stands in the review room what the case's record says (法制审核核对)?

What was asked about is derived again from the facts as they stood then, what was answered is read from
the step of the opinion.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.cases import submitting
from zhifa.cases.models import Case
from zhifa.cases.replay_tables import Told
from zhifa.journal.selectors import Entry
from zhifa.law.errors import Conflict
from zhifa.procedures.facts import Facts
from zhifa.review import selectors as reviews
from zhifa.review.rules import ReviewSubmission

# What stands in a row under another name than in the request.
_COLUMN_OF = {"body": "body_id"}


def differences(row: Case, told: Told) -> Iterator[tuple[str, str]]:
    """Return what differs: the code, and the column ("" if rows are missing or too many).

    Three queries.
    """
    kept = reviews.kept(row.id)
    asked: dict[UUID, dict[str, Any]] = {}
    answered: dict[UUID, dict[str, Any]] = {}
    granted: dict[UUID, dict[str, Any]] = {}
    held: dict[str, Any] = {}  # the last pass
    for entry, body, facts in zip(told.steps, told.bodies, told.folds, strict=True):
        review, action = body["review"], body["event"]["action"]
        if review and review["voided"]:
            held.update(voided_at=entry.at, void_reason=action)
        if not review or not review["submission"]:
            continue
        submission = UUID(review["submission"])
        if action == "submit_review":
            case = Case(id=row.id, body_id=UUID(body["body"]))
            asked[submission] = _asked(case, entry, body, facts)
            continue
        answered[submission] = _answered(entry, body, review)
        asked[submission]["answered_at"] = entry.at
        if review["granted"]:
            held = {
                "opinion_id": kept.opinions.get(submission, {}).get("id"),
                "draft_sha256": asked[submission].get("draft_sha256"),
                "outcome": body["event"]["data"]["value"],
                "granted_at": entry.at,
                "voided_at": None,
                "void_reason": "",
            }
            granted[UUID(review["granted"])] = held
    yield from _compared("case.review_submission", kept.submissions, asked)
    yield from _compared("case.review_opinion", kept.opinions, answered)
    yield from _compared("case.review_pass", kept.passes, granted)


def _asked(case: Case, entry: Entry, body: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the columns of a submission that was made by this step."""
    said: dict[str, Any] = {
        "submitted_by": entry.actor,
        "submitted_at": entry.at,
        "submitted_on": date.fromisoformat(body["event"]["on"]),
        "answered_at": None,
    }
    try:
        asked = submitting.submission(case, facts)
    except Conflict:
        return said
    for field in fields(ReviewSubmission):
        value = getattr(asked, field.name)
        column = _COLUMN_OF.get(field.name, field.name)
        said[column] = list(value) if isinstance(value, tuple) else value
    return said


def _answered(entry: Entry, body: dict[str, Any], review: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of the opinion that was given by this step."""
    return {
        "reviewer": entry.actor,
        "value": body["event"]["data"]["value"],
        "checks": review["checks"],
        "text": body["event"]["data"]["text"],
        "given_on": date.fromisoformat(body["event"]["on"]),
        "given_at": entry.at,
    }


def _compared(
    code: str, found: Mapping[UUID, dict[str, Any]], wanted: Mapping[UUID, dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    if found.keys() != wanted.keys():
        yield code, ""
    for key, columns in wanted.items():
        if key not in found:
            continue
        for column, value in columns.items():
            if found[key][column] != value:
                yield code, column
