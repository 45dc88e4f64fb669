"""What is done about the people of a body: appointments, certificates, qualifications (人员管理)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa.accounts import selectors as accounts
from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, NotFound
from zhifa.registry import entries, models
from zhifa.registry.rules import Role
from zhifa.registry.services import authority, rows

_NUMBER_LONGEST = 40


@transaction.atomic
def appoint(
    *,
    person_id: UUID,
    body_id: UUID,
    role: Role,
    valid_from: date,
    actor: ActorId,
    at: datetime,
    unit_id: UUID | None = None,
    valid_until: date | None = None,
) -> UUID:
    """Appoint a person to a role in a body, perhaps in one unit, and return the appointment's id.

    valid_until  the last day it counts; None: until it is ended

    Raises NotFound, Denied (role.missing, own_work), BadValue (body.ended, unit.missing,
    unit.other_body, spell.end) and Conflict (appointment.overlaps, appointment.three_administrators).
    """
    authority.not_about_oneself(actor, person_id)
    body = rows.locked(models.Body, body_id)
    authority.require_administrator(actor, body, on=beijing_date(at))
    _check_there(body, valid_until)
    accounts.person(person_id)
    return open_appointment(
        person_id=person_id, body=body, unit_id=unit_id, role=role, valid_from=valid_from,
        valid_until=valid_until, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def end_appointment(
    *, appointment_id: UUID, valid_until: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """End an appointment with that day, the last it counts; open cases stay to be reassigned.

    One that has not begun is taken back: it ends the day before its first.

    Raises NotFound, Denied, BadValue (reason.missing, spell.end), Conflict (spell.ended_already).
    """
    row, today = rows.locked(models.Appointment, appointment_id), beijing_date(at)
    authority.not_about_oneself(actor, row.person_id)
    authority.require_administrator(actor, row.body, on=today)
    rows.require_endable(row, valid_until, today=today)
    close(row, valid_until, reason=rows.reason(reason), actor=actor, at=at)


@transaction.atomic
def issue_certificate(
    *,
    person_id: UUID,
    body_id: UUID,
    number: str,
    fields: str,
    valid_from: date,
    valid_until: date,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Record an enforcement certificate and return its id: SUPERVISION art. 17(2).

    Raises NotFound, Denied, BadValue (body.ended, certificate.number, certificate.fields, spell.end)
    and Conflict (certificate.number_taken, certificate.overlaps).
    """
    authority.not_about_oneself(actor, person_id)
    body = rows.locked(models.Body, body_id)
    authority.require_keeper(actor, body, on=beijing_date(at))
    _check_there(body, valid_from)  # it counts on in a body that follows
    return _issue(
        person_id=person_id, body=body, number=number, fields=fields, valid_from=valid_from,
        valid_until=valid_until, replaces=None, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def renew_certificate(
    *,
    certificate_id: UUID,
    valid_from: date,
    valid_until: date,
    actor: ActorId,
    at: datetime,
    number: str = "",
) -> UUID:
    """Replace a certificate by one that counts from that day on, and return the new one's id.

    number  of the new card; empty: the same number goes on

    Raises NotFound, Denied, BadValue, Conflict.
    """
    old = rows.locked(models.Certificate, certificate_id)
    authority.not_about_oneself(actor, old.person_id)
    authority.require_keeper(actor, old.body, on=beijing_date(at))
    if valid_from <= old.valid_from:
        raise BadValue("spell.end", valid_from.isoformat())
    if old.revoked_on is None and valid_from <= old.valid_until:
        old.revoked_on = valid_from
        rows.update(old, "revoked_on")
    return _issue(
        person_id=old.person_id, body=old.body, number=number or old.number, fields=old.fields,
        valid_from=valid_from, valid_until=valid_until, replaces=old.pk, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def suspend_certificate(
    *,
    certificate_id: UUID,
    valid_from: date,
    reason: str,
    actor: ActorId,
    at: datetime,
    valid_until: date | None = None,
) -> None:
    """Let a certificate not count from that day on, or for a spell (暂扣).

    Raises NotFound, Denied, BadValue, Conflict (certificate.suspended_already).
    """
    card = rows.locked(models.Certificate, certificate_id)
    authority.not_about_oneself(actor, card.person_id)
    authority.require_keeper(actor, card.body, on=beijing_date(at))
    _check_spell(valid_from, valid_until)
    why = rows.reason(reason)
    rows.insert(
        models.CertificateSuspension(
            certificate=card, valid_from=valid_from, valid_until=valid_until, reason=why
        )
    )
    _note_card(entries.CERTIFICATE_SUSPENDED, card, valid_from, why, actor=actor, at=at)


@transaction.atomic
def lift_suspension(
    *, certificate_id: UUID, last: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """Let a suspended certificate count again after that day.

    Raises NotFound, Denied, BadValue (reason.missing, spell.end), Conflict (spell.ended_already).
    """
    card = rows.locked(models.Certificate, certificate_id)
    authority.not_about_oneself(actor, card.person_id)
    authority.require_keeper(actor, card.body, on=beijing_date(at))
    suspension = card.suspensions.order_by("-valid_from").first()
    if suspension is None:
        raise NotFound
    why = rows.reason(reason)
    rows.require_endable(suspension, last, today=beijing_date(at))
    rows.end(suspension, last)
    _note_card(entries.SUSPENSION_LIFTED, card, last, why, actor=actor, at=at)


@transaction.atomic
def revoke_certificate(
    *, certificate_id: UUID, revoked_on: date, reason: str, actor: ActorId, at: datetime
) -> None:
    """End a certificate for good; from that day on it does not count (注销).

    Raises NotFound, Denied, BadValue, Conflict.
    """
    card, today = rows.locked(models.Certificate, certificate_id), beijing_date(at)
    authority.not_about_oneself(actor, card.person_id)
    authority.require_keeper(actor, card.body, on=today)
    if revoked_on < card.valid_from:
        raise BadValue("spell.end", card.valid_from.isoformat())
    if card.revoked_on is not None and card.revoked_on <= max(revoked_on, today):
        raise BadValue("spell.end", card.revoked_on.isoformat())
    why = rows.reason(reason)
    card.revoked_on = revoked_on
    rows.update(card, "revoked_on")
    _note_card(entries.CERTIFICATE_REVOKED, card, revoked_on, why, actor=actor, at=at)


@transaction.atomic
def record_qualification(
    *,
    person_id: UUID,
    actor: ActorId,
    at: datetime,
    number: str = "",
    since: date | None = None,
    first_review_on: date | None = None,
) -> None:
    """Record what entitles a person to review penalties, replacing what stood there: APL art. 58(2).

    number, since    of the legal professional qualification
    first_review_on  when the person first reviewed

    Raises NotFound, Denied, BadValue (qualification.incomplete).
    """
    authority.not_about_oneself(actor, person_id)
    authority.require_keeper_of(actor, person_id, on=beijing_date(at))
    accounts.person(person_id)
    if bool(number) != (since is not None) or len(number) > _NUMBER_LONGEST:
        raise BadValue("qualification.incomplete")
    models.ReviewerQualification.objects.update_or_create(
        person_id=person_id,
        defaults={"number": number, "since": since, "first_review_on": first_review_on},
    )
    journal.append(
        entries.QUALIFICATION_RECORDED,
        entries.officer_stream(person_id),
        actor=actor,
        at=at,
        body=entries.QualificationRecorded(person_id, number, since, first_review_on),
    )


def open_appointment(
    *,
    person_id: UUID,
    body: models.Body,
    unit_id: UUID | None,
    role: Role,
    valid_from: date,
    valid_until: date | None,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Insert an appointment and journal it; return its id."""
    if role is Role.HANDLING_UNIT_HEAD and unit_id is None:
        raise BadValue("unit.missing")
    _check_spell(valid_from, valid_until)
    unit = rows.locked(models.Unit, unit_id) if unit_id else None
    if unit is not None and unit.body_id != body.pk:
        raise BadValue("unit.other_body", unit.name)
    row = models.Appointment(
        person_id=person_id, body=body, unit=unit, role=role.value, valid_from=valid_from,
        valid_until=valid_until, appointed_by=actor,
    )  # fmt: skip
    rows.insert(row)
    journal.append(
        entries.APPOINTED,
        entries.officer_stream(person_id),
        actor=actor,
        at=at,
        body=entries.AppointmentMade(
            row.pk, person_id, body.pk, unit_id, role, valid_from, valid_until
        ),
    )
    return row.pk


def close(
    row: models.Appointment, last: date, *, reason: str, actor: ActorId, at: datetime
) -> None:
    """End an appointment with that day and journal it."""
    rows.end(row, last)
    entry = entries.Ended(row.pk, row.valid_until or last, reason)
    stream = entries.officer_stream(row.person_id)
    journal.append(entries.APPOINTMENT_ENDED, stream, actor=actor, at=at, body=entry)


def _issue(
    *,
    person_id: UUID,
    body: models.Body,
    number: str,
    fields: str,
    valid_from: date,
    valid_until: date,
    replaces: UUID | None,
    actor: ActorId,
    at: datetime,
) -> UUID:
    holder = accounts.person(person_id)
    if not 0 < len(number.strip()) <= _NUMBER_LONGEST:
        raise BadValue("certificate.number")
    if not fields.strip():
        raise BadValue("certificate.fields")
    _check_spell(valid_from, valid_until)
    row = models.Certificate(
        person_id=person_id, body=body, number=number.strip(), holder_name=holder.name,
        fields=fields.strip(), valid_from=valid_from, valid_until=valid_until,
    )  # fmt: skip
    rows.insert(row)
    journal.append(
        entries.CERTIFICATE_ISSUED,
        entries.officer_stream(person_id),
        actor=actor,
        at=at,
        body=entries.CertificateIssued(
            row.pk, person_id, body.pk, row.number, row.holder_name, row.fields, valid_from,
            valid_until, replaces,
        ),
    )  # fmt: skip
    return row.pk


def _note_card(
    kind: str, card: models.Certificate, on: date, reason: str, *, actor: ActorId, at: datetime
) -> None:
    entry = entries.CertificateBarred(card.pk, on, reason)
    journal.append(kind, entries.officer_stream(card.person_id), actor=actor, at=at, body=entry)


def _check_there(body: models.Body, day: date | None) -> None:
    """Refuse what a body would be given beyond its last day; None: for good. Raises BadValue (body.ended)."""
    last = body.valid_until
    if last is not None and (day is None or day > last):
        raise BadValue("body.ended", f"{body.name}，{last.isoformat()}")


def _check_spell(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise BadValue("spell.end", valid_until.isoformat())
