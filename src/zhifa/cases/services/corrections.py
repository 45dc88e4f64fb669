"""A wrong entry is corrected (更正): one person asks, a head who is somebody else grants or refuses.

What was entered stays in the record; the step that was granted names it (design.md section 4).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa import clock
from zhifa.cases import record
from zhifa.cases.models import Case
from zhifa.cases.services.steps import locked, standing_of
from zhifa.cases.writing import Done, write
from zhifa.law.actors import ActorId
from zhifa.procedures import actions as a
from zhifa.procedures import corrections, definitions, engine, history
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Procedure
from zhifa.registry.selectors import Standing


@transaction.atomic(durable=True)
def ask_correction(
    *, case_id: UUID, data: a.AskCorrection, actor: ActorId, on: date, at: datetime, seen: int
) -> Done:
    """Ask for a wrong entry to be corrected (申请更正); nothing follows from it until a head grants it.

    Raises as `take_step`, with every rule that the correction itself breaks.
    """
    case, procedure, before, found = _opened(case_id, data, actor=actor, on=on, at=at, seen=seen)
    today = clock.beijing_date(at)
    known = record.for_correction(case_id, procedure, found, on=on, today=today)
    transition = corrections.ask(known, data)
    return write(case, procedure, before, transition, data, found, actor=actor, at=at)


@transaction.atomic(durable=True)
def grant_correction(
    *, case_id: UUID, data: a.Correct, actor: ActorId, on: date, at: datetime, seen: int
) -> Done:
    """Grant a correction that another asked for (批准更正): what followed is worked out anew.

    Rules that this shows to have been broken stand in the findings. Raises as `take_step`.
    """
    case, procedure, before, found = _opened(case_id, data, actor=actor, on=on, at=at, seen=seen)
    today = clock.beijing_date(at)
    known = record.for_correction(case_id, procedure, found, on=on, today=today)
    transition = corrections.grant(known, data)
    return write(case, procedure, before, transition, data, found, actor=actor, at=at)


@transaction.atomic(durable=True)
def refuse_correction(
    *, case_id: UUID, data: a.RefuseCorrection, actor: ActorId, on: date, at: datetime, seen: int
) -> Done:
    """Refuse a correction that another asked for (不同意更正): the entry stays. Raises as `take_step`."""
    case, procedure, before, found = _opened(case_id, data, actor=actor, on=on, at=at, seen=seen)
    transition = engine.advance(
        procedure, before, "refuse_correction", data, circumstances=found.circumstances,
        context=found.context, on=on, today=clock.beijing_date(at),
    )  # fmt: skip
    return write(case, procedure, before, transition, data, found, actor=actor, at=at)


def _opened(
    case_id: UUID, data: object, *, actor: ActorId, on: date, at: datetime, seen: int
) -> tuple[Case, Procedure, Facts, Standing]:
    case = locked(case_id, seen=seen)
    procedure = definitions.get(case.procedure, case.procedure_version)
    facts = history.decode_facts(case.facts)
    found = standing_of(case, actor=actor, facts=facts, data=data, on=on, at=at)
    return case, procedure, facts, found
