"""A judged step is written everywhere it shows (步骤落账): tables, review, documents, one journal entry.

Joins the transaction of the service that judged it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhifa.cases import entries, expectation, paperwork, submitting, tables
from zhifa.cases.models import Case
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict
from zhifa.procedures import history
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Procedure, Transition
from zhifa.registry.selectors import Standing
from zhifa.review import selectors as reviews
from zhifa.review.rules import Check


@dataclass(frozen=True, slots=True)
class Done:
    """What a step left behind."""

    case_id: UUID
    number: str
    version: int
    state: str
    documents: tuple[UUID, ...]


def write(
    case: Case,
    procedure: Procedure,
    before: Facts,
    transition: Transition,
    data: Any,
    found: Standing,
    *,
    actor: ActorId,
    at: datetime,
    items: Sequence[UUID] = (),
    checks: tuple[Check, ...] = (),
    is_new: bool = False,
) -> Done:
    """Write a judged step and return what it left behind.

    items   evidence that came with it
    checks  the reviewer's findings, for an opinion

    Raises Conflict if the case was opened already, or the review answered by someone else.
    """
    after, on = transition.facts, transition.on
    encoded = history.encode_facts(after)
    tables.set_columns(case, after, at=at)
    case.facts = encoded
    expected = expectation.expected(
        procedure, after, circumstances=found.circumstances, context=found.context, on=on
    )
    case.awaits_action, case.awaits_role = expected.action, expected.role
    case.awaits_from = expected.from_on
    if is_new:
        _insert(case)
    reviewed = submitting.in_review_room(
        case, before, transition, data, found, checks=checks, actor=actor, at=at
    )
    held = reviews.valid_pass(case.id) if after.decision and not before.decision else None
    tables.write_decision(
        case.id, before=before, after=after, review_pass=held.id if held else None
    )
    if not is_new:
        case.save()
    tables.write_parties(case.id, before=before.parties, after=after.parties)
    tables.write_terms(case.id, before=before.terms, after=after.terms)
    papers_made = paperwork.make(case, transition, data, found, checks=checks, actor=actor, at=at)
    event = history.Event(
        sequence=after.sequence,
        action=transition.action,
        on=on,
        data=data,
        circumstances=found.circumstances,
        policy=found.context.policy,
        calendar=history.calendar_key(found.context.calendar),
    )
    journal.append(
        entries.STEP_TAKEN,
        entries.stream(case.id),
        actor=actor,
        at=at,
        body=entries.StepTaken(
            case=str(case.id),
            number=case.number,
            body=str(case.body_id),
            unit=str(case.unit_id) if case.unit_id else None,
            procedure=procedure.key,
            version=procedure.version,
            source=transition.source,
            target=transition.target,
            event=history.encode_event(event),
            facts_sha256=entries.digest(encoded),
            documents=tuple(map(str, papers_made)),
            attachments=tuple(map(str, items)),
            review=reviewed,
            demo=case.is_demo,
        ),
    )
    return Done(case.id, case.number, case.version, case.state, papers_made)


def _insert(case: Case) -> None:
    """Insert the row; a form sent twice at once meets the primary key."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as refused:
        if "cases_case_pkey" in str(refused):
            raise Conflict("case.opened_already") from None
        raise
