"""The steps of a case: open it, take one, answer a review.

Every step is judged once by the engine and written by `writing.write`, all in one transaction or nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhifa import clock
from zhifa.cases.models import Case
from zhifa.cases.numbers import CASE_WORD
from zhifa.cases.standing import standing
from zhifa.cases.writing import Done, write
from zhifa.documents import services as documents
from zhifa.evidence import services as evidence
from zhifa.evidence.rules import Particulars
from zhifa.evidence.services import Deposit
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, NotFound
from zhifa.procedures import actions as a
from zhifa.procedures import definitions, engine, history
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Procedure, Transition
from zhifa.procedures.values import ReviewOpinion
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import Standing
from zhifa.review.rules import Check

ORDINARY = "penalty.ordinary"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a step: received already, and what is said about it."""

    deposit: Deposit
    said: Particulars


@transaction.atomic(durable=True)
def open_case(
    *,
    case_id: UUID,
    body_id: UUID,
    unit_id: UUID | None,
    data: a.RegisterClue,
    actor: ActorId,
    on: date,
    at: datetime,
    is_demo: bool = False,
) -> Done:
    """Register a clue as a new case of the ordinary penalty procedure (P1, SAMR art. 18).

    case_id  made with the form, so that the same form sent twice opens one case

    Raises Conflict if the form was sent already, NotFound for a body out of scope, and StepRefused.
    """
    body = registry.body(body_id)
    procedure = definitions.latest(ORDINARY)
    case = Case(
        id=case_id,
        body_id=body_id,
        unit_id=unit_id,
        procedure=procedure.key,
        procedure_version=procedure.version,
        facts={},
        opened_on=on,
        is_demo=is_demo or body.identity.is_demo,
    )
    if Case.objects.filter(id=case_id).exists():
        raise Conflict("case.opened_already")
    found = standing_of(case, actor=actor, facts=Facts(), data=data, on=on, at=at)
    transition = _judged(procedure, Facts(), "register_clue", data, found, on=on, at=at)
    case.number = documents.next_number(
        body_id=body_id, office_word=body.identity.office_word, kind_word=CASE_WORD, on=on
    )
    return write(case, procedure, Facts(), transition, data, found, actor=actor, at=at, is_new=True)


@transaction.atomic(durable=True)
def take_step(
    *,
    case_id: UUID,
    action: str,
    data: Any,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
    attachments: Sequence[Attachment] = (),
) -> Done:
    """Take one step of the case's procedure and journal it, or change nothing.

    data  the data class of that action (`procedures.actions`)
    on    local date on which the act took place, the day the law judges it by
    at    when it was entered
    seen  the version of the case the actor had before them

    Raises NotFound (also when out of scope), Conflict if someone else was first, NoSuchStep, and
    StepRefused with every broken rule.
    """
    return _take(case_id, action, data, actor=actor, on=on, at=at, seen=seen, attached=attachments)


@transaction.atomic(durable=True)
def give_opinion(
    *,
    case_id: UUID,
    value: ReviewOpinion,
    checks: tuple[Check, ...],
    text: str,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
) -> Done:
    """Answer the legal review of a case (P9, APL art. 58): the opinion and the step are one.

    Raises as `take_step`, and Refused for an opinion that is not complete.
    """
    data = a.GiveOpinion(value=value, text=text)
    return _take(case_id, "give_opinion", data, actor=actor, on=on, at=at, seen=seen, checks=checks)


def _take(
    case_id: UUID,
    action: str,
    data: Any,
    *,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
    attached: Sequence[Attachment] = (),
    checks: tuple[Check, ...] = (),
) -> Done:
    case = locked(case_id, seen=seen)
    return take_locked(
        case, action, data, actor=actor, on=on, at=at, attached=attached, checks=checks
    )


def take_locked(
    case: Case,
    action: str,
    data: Any,
    *,
    actor: ActorId,
    on: date,
    at: datetime,
    attached: Sequence[Attachment] = (),
    checks: tuple[Check, ...] = (),
) -> Done:
    """Judge and write a step of a locked case; a correction has services of its own."""
    procedure = definitions.get(case.procedure, case.procedure_version)
    facts = history.decode_facts(case.facts)
    found = standing_of(case, actor=actor, facts=facts, data=data, on=on, at=at)
    items = [_received(case, one, actor=actor, at=at) for one in attached]
    if isinstance(data, a.CollectEvidence) and items:
        data = replace(data, evidence=items[0], sha256=attached[0].deposit.stored.sha256)
    transition = _judged(procedure, facts, action, data, found, on=on, at=at)
    return write(
        case, procedure, facts, transition, data, found,
        actor=actor, at=at, items=items, checks=checks,
    )  # fmt: skip


def locked(case_id: UUID, *, seen: int | None = None) -> Case:
    """Return a case, its row locked for the caller's transaction.

    Raises NotFound, also when it is out of scope, and Conflict if it is not as it was seen.
    """
    case = Case.objects.select_for_update().filter(id=case_id).first()
    if case is None:
        raise NotFound
    if seen is not None and case.version != seen:
        raise Conflict("case.changed_meanwhile")
    return case


def standing_of(
    case: Case, *, actor: ActorId, facts: Facts, data: Any, on: date, at: datetime
) -> Standing:
    """Return how the registry stands for a step that says `data` on that day."""
    return standing(
        case.body_id, case.unit_id, actor=actor, facts=facts, data=data, on=on,
        known_on=clock.beijing_date(at),
    )  # fmt: skip


def _received(case: Case, one: Attachment, *, actor: ActorId, at: datetime) -> UUID:
    return evidence.receive(
        one.deposit, subject=case.id, body_id=case.body_id, said=one.said, actor=actor, at=at
    )


def _judged(
    procedure: Procedure,
    facts: Facts,
    action: str,
    data: Any,
    found: Standing,
    *,
    on: date,
    at: datetime,
) -> Transition:
    return engine.advance(
        procedure,
        facts,
        action,
        data,
        circumstances=found.circumstances,
        context=found.context,
        on=on,
        today=clock.beijing_date(at),
    )
