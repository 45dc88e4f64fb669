"""How bodies follow one another (主体承继): merged, split, renamed, under another region code."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue
from zhifa.registry import entries, models
from zhifa.registry.rules import (
    ADMINISTRATORS,
    BodyKind,
    Identity,
    ItemState,
    Role,
    SuccessionKind,
    UnitKind,
)
from zhifa.registry.services import authority, bodies, dated, items, officers, rows


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
    rehearsed: bool = False,
) -> None:
    """Record that registered bodies followed others (合并、分立), and end those with the day before.

    on                the successors' first day as such
    predecessors_end  False where the old body goes on beside the new (派生分立)
    rehearsed         do everything and take it back: would it be possible?

    What a merged body has, units, offices, powers in force, goes over to the one successor, unless it has
    the same already. Those of a body that splits and ends, end with it: who gets which, the plan of the
    reform says, and each successor enters its own.

    Raises NotFound, Denied, BadValue (succession.…, reason.missing), Conflict.
    """
    _check_shape(kind, predecessors, successors)
    basis = rows.reason(basis)
    known = {key: rows.locked(models.Body, key) for key in sorted({*predecessors, *successors})}
    for row in known.values():
        authority.require_administrator(actor, row, on=beijing_date(at))
    ending = [key for key in predecessors if predecessors_end and key not in successors]
    _check_days(known, predecessors, successors, ending=ending, on=on)
    heirs = [known[key] for key in successors]
    for key in ending:
        heir = heirs[0] if kind is SuccessionKind.MERGE else _overseer(known[key], heirs, on=on)
        rows.end(known[key], on - timedelta(days=1))
        if kind is SuccessionKind.MERGE:
            _carry_over(known[key], heirs[0], on=on, actor=actor, at=at)
        else:
            _wind_up(known[key], heir, on=on, reason=basis, actor=actor, at=at)
    _link(kind, predecessors, successors, on=on, basis=basis, actor=actor, at=at,
          predecessors_end=predecessors_end)  # fmt: skip
    if rehearsed:
        transaction.set_rollback(True)


@transaction.atomic
def follow_on(
    *,
    kind: SuccessionKind,
    body_id: UUID,
    identity: Identity,
    basis: str,
    actor: ActorId,
    at: datetime,
    rehearsed: bool = False,
) -> UUID:
    """Let a body go on under another name or region code (更名、区划代码变更); return the new body's id.

    The new body begins on `identity.valid_from`. It is the same office: contact and confirmed capacity,
    units, open appointments, the powers in force and its own settings go over; certificates count on
    (`zhifa_lineage`).
    It stays under the bodies it was under.

    rehearsed  do everything and take it back: would it be possible?

    Raises NotFound, Denied, BadValue (succession.shape, succession.above_changed, …), Conflict.
    """
    if kind not in {SuccessionKind.RENAME, SuccessionKind.REGION_CODE}:
        raise BadValue("succession.shape")
    basis = rows.reason(basis)
    old = rows.locked(models.Body, body_id)
    authority.require_administrator(actor, old, on=beijing_date(at))
    if (identity.supervised_by, identity.superior) != (old.supervised_by_id, old.superior_id):
        raise BadValue("succession.above_changed")
    if identity.valid_from <= old.valid_from:
        raise BadValue("succession.before_body", old.name)
    contact = bodies.contact_of(old)
    new = bodies.new_body(identity, contact)
    new.capacity_confirmed_on = new.capacity_published_on = None
    if old.capacity_published_on is not None:
        new.capacity_confirmed_on = new.capacity_published_on = identity.valid_from
    rows.end(old, identity.valid_from - timedelta(days=1))
    bodies.register(new, identity, contact, actor=actor, at=at)
    _link(kind, (body_id,), (new.pk,), on=identity.valid_from, basis=basis, actor=actor, at=at,
          predecessors_end=True)  # fmt: skip
    _carry_over(old, new, on=identity.valid_from, actor=actor, at=at)
    dated.carry_over(old, new, on=identity.valid_from, actor=actor, at=at)
    if rehearsed:
        transaction.set_rollback(True)
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


def _check_days(
    known: Mapping[UUID, models.Body],
    predecessors: tuple[UUID, ...],
    successors: tuple[UUID, ...],
    *,
    ending: Sequence[UUID],
    on: date,
) -> None:
    """Who is followed exists the day before; who follows exists on the day, and so does who goes on."""
    last = on - timedelta(days=1)
    for key in predecessors:
        body = known[key]
        if body.valid_from > last:
            raise BadValue("succession.before_body", body.name)
        if body.valid_until is not None and body.valid_until < (last if key in ending else on):
            raise BadValue("succession.ended", body.name)
    for key in successors:
        body = known[key]
        if body.valid_from > on:
            raise BadValue("succession.successor_later", body.name)
        if body.valid_until is not None and body.valid_until < on:
            raise BadValue("succession.ended", body.name)


def _overseer(old: models.Body, heirs: Sequence[models.Body], *, on: date) -> models.Body | None:
    """Return which successor takes over what a split body oversees; None if it oversees nothing.

    Raises BadValue (succession.oversees) unless exactly one of them is a supervision body: nobody may be
    left without one (SUPERVISION art. 6).
    """
    if not _under(old, on=on).exists():
        return None
    able = [one for one in heirs if one.kind == BodyKind.SUPERVISION_BODY]
    if len(able) != 1:
        raise BadValue("succession.oversees", old.name)
    return able[0]


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
    """End what is open in the old body and open it in the new one, entry by entry.

    What the new one has already (a unit of that name, the same office of a person, a power of that code)
    is not opened twice.
    """
    last = on - timedelta(days=1)
    _move_subordinates(old, new, on=on)
    former = list(models.Unit.objects.filter(_still_open(on), body=old).order_by("id"))
    units = {unit.pk: _unit_in(new, unit, on=on, actor=actor, at=at) for unit in former}
    for row in models.Appointment.objects.filter(_still_open(on), body=old).order_by("id"):
        until = row.valid_until
        officers.close(row, last, reason="", actor=actor, at=at)
        place = units.get(row.unit_id) if row.unit_id else None
        since = max(on, row.valid_from)
        same = models.Appointment.objects.filter(
            _meets(since, until), person_id=row.person_id, body=new, unit=place, role=row.role
        )
        if not same.exists():
            officers.open_appointment(
                person_id=row.person_id, body=new, unit_id=place, role=Role(row.role),
                valid_from=since, valid_until=until, actor=actor, at=at,
            )  # fmt: skip
    for unit in former:
        rows.end(unit, last)
    for item in _powers(old, on=on):
        same_code = models.PowerItem.objects.filter(
            _meets(max(on, item.valid_from), item.valid_until),
            body=new, code=item.code, state=ItemState.APPROVED,
        )  # fmt: skip
        if same_code.exists():
            items.close(item, last, reason="", actor=actor, at=at)
        else:
            items.carry_over(item, new, on=on, actor=actor, at=at)


def _wind_up(
    old: models.Body,
    overseer: models.Body | None,
    *,
    on: date,
    reason: str,
    actor: ActorId,
    at: datetime,
) -> None:
    """End what is open in a body that split and ended.

    overseer  takes over the bodies under it, with the three administrators: somebody has to go on
              keeping them
    """
    last = on - timedelta(days=1)
    if overseer is not None:
        _move_subordinates(old, overseer, on=on)
    for row in models.Appointment.objects.filter(_still_open(on), body=old).order_by("id"):
        until, role = row.valid_until, Role(row.role)
        officers.close(row, last, reason=reason, actor=actor, at=at)
        if overseer is not None and role in ADMINISTRATORS:
            officers.open_appointment(
                person_id=row.person_id, body=overseer, unit_id=None, role=role,
                valid_from=max(on, row.valid_from), valid_until=until, actor=actor, at=at,
            )  # fmt: skip
    for unit in models.Unit.objects.filter(_still_open(on), body=old).order_by("id"):
        bodies.close_unit(unit, last, reason=reason, actor=actor, at=at)
    for item in _powers(old, on=on):
        items.close(item, last, reason=reason, actor=actor, at=at)


def _unit_in(
    body: models.Body, unit: models.Unit, *, on: date, actor: ActorId, at: datetime
) -> UUID:
    """Return the body's unit of that name, opened if there is none."""
    since = max(on, unit.valid_from)
    found = models.Unit.objects.filter(_meets(since, None), body=body, name=unit.name).first()
    if found is not None:
        return found.pk
    return bodies.open_unit(
        body, name=unit.name, kind=UnitKind(unit.kind), valid_from=since,
        entrusted=unit.entrusted_body, actor=actor, at=at,
    )  # fmt: skip


def _powers(body: models.Body, *, on: date) -> QuerySet[models.PowerItem]:
    approved = models.PowerItem.objects.filter(body=body, state=ItemState.APPROVED)
    return approved.filter(_still_open(on)).order_by("id")


def _still_open(on: date) -> Q:
    """What has not ended before that day."""
    return Q(valid_until=None) | Q(valid_until__gte=on)


def _meets(since: date, until: date | None) -> Q:
    """What shares a day with the spell."""
    return _still_open(since) & (Q() if until is None else Q(valid_from__lte=until))


def _under(body: models.Body, *, on: date) -> QuerySet[models.Body]:
    over = Q(supervised_by=body) | Q(superior=body)
    return models.Body.objects.filter(_still_open(on), over)


def _move_subordinates(old: models.Body, new: models.Body, *, on: date) -> None:
    """Put the bodies under the old one under the new one, and the new one, if it was, under whom the
    old one was under.
    """
    for column in ("supervised_by", "superior"):
        below = _under(old, on=on).filter(**{column: old})
        below.filter(pk=new.pk).update(**{column: getattr(old, column)})
        below.exclude(pk=new.pk).update(**{column: new})
