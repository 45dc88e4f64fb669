"""How bodies follow one another (主体承继): merged, split, renamed, under another region code."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue
from zhifa.registry import entries, models
from zhifa.registry.rules import Contact, Identity, ItemState, Role, SuccessionKind, UnitKind
from zhifa.registry.services import authority, bodies, items, officers, rows


@transaction.atomic
def succeed(
    *,
    kind: SuccessionKind,
    predecessors: tuple[UUID, ...],
    successors: tuple[UUID, ...],
    on: date,
    basis: str,
    actor: ActorId,
    at: datetime,
    predecessors_end: bool = True,
) -> None:
    """Record that registered bodies followed others (合并、分立), and end those with the day before.

    on                the successors' first day as such
    predecessors_end  False where the old body goes on beside the new (派生分立)

    Raises NotFound, Denied, BadValue (succession.shape, reason.missing), Conflict.
    """
    _check_shape(kind, predecessors, successors)
    basis = rows.reason(basis)
    old = {key: rows.locked(models.Body, key) for key in sorted({*predecessors, *successors})}
    for row in old.values():
        authority.require_administrator(actor, row, on=beijing_date(at))
    for key in predecessors:
        if predecessors_end and key not in successors:
            rows.end(old[key], on - timedelta(days=1))
            if kind is SuccessionKind.MERGE:
                _move_subordinates(old[key], old[successors[0]], on=on)
    _link(kind, predecessors, successors, on=on, basis=basis, actor=actor, at=at,
          predecessors_end=predecessors_end)  # fmt: skip


@transaction.atomic
def follow_on(
    *,
    kind: SuccessionKind,
    body_id: UUID,
    identity: Identity,
    basis: str,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Let a body go on under another name or region code (更名、区划代码变更); return the new body's id.

    The new body begins on `identity.valid_from`. It is the same office: contact and confirmed capacity,
    units, open appointments and the powers in force go over; certificates count on (`zhifa_lineage`).

    Raises NotFound, Denied, BadValue, Conflict.
    """
    if kind not in {SuccessionKind.RENAME, SuccessionKind.REGION_CODE}:
        raise BadValue("succession.shape")
    basis = rows.reason(basis)
    old = rows.locked(models.Body, body_id)
    authority.require_administrator(actor, old, on=beijing_date(at))
    contact = Contact(**{field.name: getattr(old, field.name) for field in fields(Contact)})
    new = bodies.new_body(identity, contact)
    new.capacity_confirmed_on = new.capacity_published_on = None
    if old.capacity_published_on is not None:
        new.capacity_confirmed_on = new.capacity_published_on = identity.valid_from
    rows.end(old, identity.valid_from - timedelta(days=1))
    bodies.register(new, identity, contact, actor=actor, at=at)
    _link(kind, (body_id,), (new.pk,), on=identity.valid_from, basis=basis, actor=actor, at=at,
          predecessors_end=True)  # fmt: skip
    _carry_over(old, new, on=identity.valid_from, actor=actor, at=at)
    return new.pk


def _check_shape(
    kind: SuccessionKind, predecessors: tuple[UUID, ...], successors: tuple[UUID, ...]
) -> None:
    """A merger makes one of several, a split several of one; the others are for `follow_on`."""
    one_successor = kind is SuccessionKind.MERGE and len(successors) == 1
    one_predecessor = kind is SuccessionKind.SPLIT and len(predecessors) == 1
    if not (one_successor or one_predecessor) or not predecessors or not successors:
        raise BadValue("succession.shape")
    if set(predecessors) == set(successors):
        raise BadValue("succession.shape")


def _link(
    kind: SuccessionKind,
    predecessors: tuple[UUID, ...],
    successors: tuple[UUID, ...],
    *,
    on: date,
    basis: str,
    actor: ActorId,
    at: datetime,
    predecessors_end: bool,
) -> None:
    """Write the links, and the same entry into the stream of every body concerned."""
    for old in predecessors:
        for new in successors:
            if old != new:
                rows.insert(
                    models.Succession(
                        kind=kind.value, predecessor_id=old, successor_id=new, on=on, basis=basis
                    )
                )
    entry = entries.Succeeded(kind, predecessors, successors, on, basis, predecessors_end)
    for key in sorted({*predecessors, *successors}):
        journal.append(entries.SUCCEEDED, entries.body_stream(key), actor=actor, at=at, body=entry)


def _carry_over(
    old: models.Body, new: models.Body, *, on: date, actor: ActorId, at: datetime
) -> None:
    """End what is open in the old body and open it in the new one, entry by entry."""
    last = on - timedelta(days=1)
    still_open = Q(valid_until=None) | Q(valid_until__gte=on)
    _move_subordinates(old, new, on=on)
    former = list(models.Unit.objects.filter(still_open, body=old).order_by("id"))
    units = {
        unit.pk: bodies.open_unit(
            new, name=unit.name, kind=UnitKind(unit.kind), valid_from=max(on, unit.valid_from),
            entrusted=unit.entrusted_body, actor=actor, at=at,
        )
        for unit in former
    }  # fmt: skip
    for row in models.Appointment.objects.filter(still_open, body=old).order_by("id"):
        until = row.valid_until
        officers.close(row, last, reason="", actor=actor, at=at)
        officers.open_appointment(
            person_id=row.person_id, body=new, unit_id=units.get(row.unit_id) if row.unit_id else None,
            role=Role(row.role), valid_from=max(on, row.valid_from), valid_until=until, actor=actor,
            at=at,
        )  # fmt: skip
    for unit in former:
        rows.end(unit, last)
    approved = models.PowerItem.objects.filter(still_open, body=old, state=ItemState.APPROVED)
    for item in approved.order_by("id"):
        items.carry_over(item, new, on=on, actor=actor, at=at)


def _move_subordinates(old: models.Body, new: models.Body, *, on: date) -> None:
    """Put the bodies under the old one under the new one."""
    existing = models.Body.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    existing.filter(supervised_by=old).update(supervised_by=new)
    existing.filter(superior=old).update(superior=new)
