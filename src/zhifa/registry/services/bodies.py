"""What is done with bodies and their parts (执法主体登记)."""

from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Refused
from zhifa.law.names import check_name
from zhifa.registry import entries, models, rules
from zhifa.registry.identity import SHORT_NAME_LONGEST, check
from zhifa.registry.rules import NO_CONTACT, BodyKind, Contact, Identity, UnitKind
from zhifa.registry.seen import require_seen
from zhifa.registry.services import authority, rows

_CONTACT_LONGEST = {field.name: 200 for field in fields(Contact)} | {
    "phone": 60, "supervision_phone": 60, "payment_account": 60,
}  # fmt: skip


@transaction.atomic
def register_body(
    *, identity: Identity, contact: Contact = NO_CONTACT, actor: ActorId, at: datetime
) -> UUID:
    """Enter a body and return its id; it enforces nothing until its capacity is confirmed.

    Raises Denied unless the system administrator of the body above asks, BadValue (body.code, name.…,
    uscc.…, division.…, contact.too_long) and Conflict (body.…_taken).
    """
    row = new_body(identity, contact)
    authority.require_administrator(actor, row, on=beijing_date(at))
    return register(row, identity, contact, actor=actor, at=at)


@transaction.atomic
def change_contact(
    *, body_id: UUID, contact: Contact, actor: ActorId, at: datetime, seen: str | None = None
) -> None:
    """Change where a body is found and how it is complained about, paid and appealed against.

    seen  `seen_of` the contact that the actor had before them; None: whatever stands there

    Raises NotFound, Denied, BadValue, Conflict (edit.outdated).
    """
    row = rows.locked(models.Body, body_id)
    authority.require_administrator(actor, row, on=beijing_date(at))
    require_seen(seen, contact_of(row))
    names = _put_contact(row, contact)
    rows.update(row, *names)
    entry = entries.ContactChanged(body_id, contact)
    journal.append(
        entries.CONTACT_CHANGED, entries.body_stream(body_id), actor=actor, at=at, body=entry
    )


@transaction.atomic
def confirm_capacity(
    *, body_id: UUID, confirmed_on: date, published_on: date, actor: ActorId, at: datetime
) -> None:
    """Confirm, and record as published, that a body may enforce in its own name: SUPERVISION art. 17.

    Raises NotFound, Denied unless its supervisor asks, Refused (capacity.…), Conflict.
    """
    row = rows.locked(models.Body, body_id)
    authority.require_supervisor(actor, row, on=beijing_date(at))
    violations = rules.capacity_confirmable(
        kind=BodyKind(row.kind),
        body_valid_from=row.valid_from,
        confirmed_on=confirmed_on,
        published_on=published_on,
    )
    if violations:
        raise Refused("body.confirm_capacity", violations)
    if row.capacity_confirmed_on is not None:
        raise Conflict("capacity.confirmed_already")
    row.capacity_confirmed_on, row.capacity_published_on = confirmed_on, published_on
    rows.update(row, "capacity_confirmed_on", "capacity_published_on")
    entry = entries.CapacityConfirmed(body_id, confirmed_on, published_on)
    journal.append(
        entries.CAPACITY_CONFIRMED, entries.body_stream(body_id), actor=actor, at=at, body=entry
    )


@transaction.atomic
def add_unit(
    *,
    body_id: UUID,
    name: str,
    kind: UnitKind,
    valid_from: date,
    actor: ActorId,
    at: datetime,
    entrusted_body: UUID | None = None,
) -> UUID:
    """Set up a part of a body and return its id.

    entrusted_body  an entrusted organisation that handles cases in this body's name: APL art. 20

    Raises NotFound, Denied, BadValue, Conflict (unit.name_taken).
    """
    body = rows.locked(models.Body, body_id)
    authority.require_administrator(actor, body, on=beijing_date(at))
    entrusted = rows.locked(models.Body, entrusted_body) if entrusted_body else None
    return open_unit(
        body, name=name, kind=kind, valid_from=valid_from, entrusted=entrusted, actor=actor, at=at
    )


@transaction.atomic
def end_unit(
    *, unit_id: UUID, valid_until: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """Close a part of a body with that day. Raises NotFound, Denied, BadValue, Conflict."""
    unit, today = rows.locked(models.Unit, unit_id), beijing_date(at)
    authority.require_administrator(actor, unit.body, on=today)
    rows.require_endable(unit, valid_until, today=today)
    close_unit(unit, valid_until, reason=rows.reason(reason), actor=actor, at=at)


@transaction.atomic
def add_deed(
    *,
    entrusting: UUID,
    entrusted: UUID,
    number: str,
    matters: str,
    scope: str,
    valid_from: date,
    valid_until: date,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Record an entrustment deed and return its id; it counts once it is published: APL art. 20.

    Raises NotFound, Denied, and Refused with everything the deed lacks.
    """
    body = rows.locked(models.Body, entrusting)
    authority.require_administrator(actor, body, on=beijing_date(at))
    other = rows.locked(models.Body, entrusted)
    violations = rules.deed_is_lawful(
        matters=matters, scope=scope, valid_from=valid_from, valid_until=valid_until,
        entrusted_kind=BodyKind(other.kind), entrusting_kind=BodyKind(body.kind),
    )  # fmt: skip
    if violations:
        raise Refused("body.add_deed", violations)
    deed = models.EntrustmentDeed(
        entrusting=body, entrusted=other, number=number, matters=matters.strip(),
        scope=scope.strip(), valid_from=valid_from, valid_until=valid_until,
    )  # fmt: skip
    rows.insert(deed)
    entry = entries.DeedAdded(
        deed.pk, entrusting, entrusted, number, matters, scope, valid_from, valid_until
    )
    journal.append(
        entries.DEED_ADDED, entries.body_stream(entrusting), actor=actor, at=at, body=entry
    )
    return deed.pk


@transaction.atomic
def publish_deed(*, deed_id: UUID, published_on: date, actor: ActorId, at: datetime) -> None:
    """Record that a deed was published, from which day on it counts: APL art. 20(2).

    Raises NotFound, Denied, Conflict.
    """
    deed = rows.locked(models.EntrustmentDeed, deed_id)
    authority.require_administrator(actor, deed.entrusting, on=beijing_date(at))
    if deed.published_on is not None:
        raise Conflict("deed.published_already")
    deed.published_on = published_on
    rows.update(deed, "published_on")
    entry = entries.DeedPublished(deed_id, published_on)
    stream = entries.body_stream(deed.entrusting_id)
    journal.append(entries.DEED_PUBLISHED, stream, actor=actor, at=at, body=entry)


@transaction.atomic
def end_deed(
    *, deed_id: UUID, valid_until: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """End an entrustment before its term. Raises NotFound, Denied, BadValue, Conflict."""
    deed, today = rows.locked(models.EntrustmentDeed, deed_id), beijing_date(at)
    authority.require_administrator(actor, deed.entrusting, on=today)
    rows.require_endable(deed, valid_until, today=today)
    if not deed.valid_from <= valid_until <= deed.valid_until:
        raise BadValue("spell.end", valid_until.isoformat())
    deed.valid_until = valid_until
    rows.update(deed, "valid_until")
    entry = entries.Ended(deed_id, valid_until, rows.reason(reason))
    stream = entries.body_stream(deed.entrusting_id)
    journal.append(entries.DEED_ENDED, stream, actor=actor, at=at, body=entry)


def open_unit(
    body: models.Body,
    *,
    name: str,
    kind: UnitKind,
    valid_from: date,
    entrusted: models.Body | None,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Insert a unit and journal it; return its id."""
    check_name(name, longest=SHORT_NAME_LONGEST)
    unit = models.Unit(
        body=body, name=name, kind=kind.value, valid_from=valid_from, entrusted_body=entrusted
    )
    rows.insert(unit)
    entry = entries.UnitAdded(
        unit.pk, body.pk, name, kind, entrusted.pk if entrusted else None, valid_from
    )
    journal.append(entries.UNIT_ADDED, entries.body_stream(body.pk), actor=actor, at=at, body=entry)
    return unit.pk


def close_unit(unit: models.Unit, last: date, *, reason: str, actor: ActorId, at: datetime) -> None:
    """End a unit with that day and journal it."""
    rows.end(unit, last)
    entry = entries.Ended(unit.pk, last, reason)
    stream = entries.body_stream(unit.body_id)
    journal.append(entries.UNIT_ENDED, stream, actor=actor, at=at, body=entry)


def contact_of(row: models.Body) -> Contact:
    """Return what a body says about finding it, paying and appealing."""
    return Contact(**{field.name: getattr(row, field.name) for field in fields(Contact)})


def new_body(identity: Identity, contact: Contact) -> models.Body:
    """Return an unsaved row of checked values. Raises BadValue."""
    check(identity)
    row = models.Body(
        code=identity.code,
        kind=identity.kind.value,
        name=identity.name,
        short_name=identity.short_name,
        credit_code=identity.credit_code,
        region_code=identity.region_code,
        office_word=identity.office_word,
        supervised_by_id=identity.supervised_by,
        superior_id=identity.superior,
        valid_from=identity.valid_from,
        is_demo=identity.is_demo,
    )
    _put_contact(row, contact)
    return row


def _put_contact(row: models.Body, contact: Contact) -> list[str]:
    names = [field.name for field in fields(Contact)]
    for name in names:
        value = getattr(contact, name)
        if len(value) > _CONTACT_LONGEST[name]:
            raise BadValue("contact.too_long", name)
        setattr(row, name, value)
    return names


def register(
    row: models.Body, identity: Identity, contact: Contact, *, actor: ActorId, at: datetime
) -> UUID:
    """Insert a new body and journal it; return its id."""
    for above in (identity.supervised_by, identity.superior):
        if above is not None:
            rows.locked(models.Body, above)  # it exists: NotFound otherwise
    rows.insert(row)
    entry = entries.BodyRegistered(row.pk, identity, contact)
    journal.append(
        entries.BODY_REGISTERED, entries.body_stream(row.pk), actor=actor, at=at, body=entry
    )
    return row.pk
