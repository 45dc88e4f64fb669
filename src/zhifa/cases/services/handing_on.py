"""Cases go to other hands: of a person who leaves (移交), of a body that ended (承继)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from zhifa.cases import entries
from zhifa.cases.models import Case
from zhifa.cases.services.steps import locked, take_locked
from zhifa.cases.writing import Done
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, Denied, NotFound, Refused
from zhifa.procedures import actions as a
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role, UnitKind

FOLLOW = "disclosure.follow_case"  # by name: that room stands above this one


class HandingOnRefused(Refused):
    """One of several cases cannot be handed on, for these reasons. Nothing was changed, in none of them."""

    def __init__(self, number: str, why: Refused) -> None:
        super().__init__(f"{number}: {why.what}", why.violations)
        self.number = number


@transaction.atomic(durable=True)
def reassign_work(
    *,
    case_ids: Sequence[UUID],
    leaving: ActorId,
    taking_over: ActorId,
    reason: str,
    actor: ActorId,
    on: date,
    at: datetime,
) -> list[Done]:
    """Hand the open cases of a person who leaves to another officer, all of them or none.

    Raises HandingOnRefused, which names the case, if the law or its state forbids it for one;
    NotFound, and Conflict if the person no longer handles one of the cases.
    """
    done = []
    for case_id in sorted(case_ids):
        case = locked(case_id)
        if leaving not in case.handlers:
            raise Conflict("case.changed_meanwhile")
        kept = [one for one in case.handlers if one not in (leaving, taking_over)]
        data = a.Reassign(handlers=(taking_over, *kept), reason=reason)
        try:
            done.append(take_locked(case, "reassign", data, actor=actor, on=on, at=at))
        except Refused as why:
            raise HandingOnRefused(case.number, why) from why
    return done


@transaction.atomic(durable=True)
def go_on_with(
    *,
    body_id: UUID,
    unit_id: UUID,
    case_ids: Sequence[UUID],
    actor: ActorId,
    on: date,
    at: datetime,
) -> int:
    """Let a body go on with these cases of a body it followed, all of them or none; return how many.

    unit_id  of the successor, which handles them from now on

    The number, the record and the handlers stay. Raises NotFound, Denied unless the head of the
    successor asks, and Conflict if a case is not, or not any more, of a body that ended and that it
    followed (APL art. 22; R-63): one that goes on beside it keeps its own.
    """
    if body_id not in registry.scope(actor, on=on).bodies(Role.AGENCY_HEAD):
        raise Denied("role.missing")
    if unit_id not in {
        unit.id for unit in registry.units(body_id, on) if unit.kind is UnitKind.HANDLING
    }:
        raise NotFound
    former = {one.body: one.basis for one in registry.followed(body_id, on=on)}
    for case_id in sorted(case_ids):
        case = locked(case_id)
        if case.body_id not in former:
            raise Conflict("case.not_followed")
        if Case.objects.filter(body_id=body_id, number=case.number).exists():
            raise Conflict("case.number_taken")
        entry = entries.Succeeded(
            body=str(body_id),
            unit=str(unit_id),
            former=str(case.body_id),
            basis=former[case.body_id],
        )
        case.body_id, case.unit_id, case.changed_at = body_id, unit_id, at
        case.save(update_fields=["body_id", "unit_id", "changed_at"])
        journal.append(entries.SUCCEEDED, entries.stream(case_id), actor=actor, at=at, body=entry)
        jobs.configure_task(FOLLOW, queue="disclosure").defer(case_id=str(case_id))
    return len(case_ids)
