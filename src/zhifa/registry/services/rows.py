"""Rows as services take and write them: locked before they are judged, clashes named (登记数据)."""

from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db import models as tables

from zhifa.law.errors import BadValue, Conflict, NotFound
from zhifa.registry import models

Row = TypeVar("Row", bound=tables.Model)
SpelledRow = (
    models.Body
    | models.Unit
    | models.Appointment
    | models.PowerItem
    | models.CertificateSuspension
    | models.ScopeCell
    | models.EntrustmentDeed
)

# What a constraint of the database means to whoever runs into it.
_CLASHES = {
    "registry_body_code_key": "body.code_taken",
    "one_body_a_credit_code": "body.credit_code_taken",
    "one_body_an_office_word": "body.office_word_taken",
    "followed_once": "succession.known",
    "one_unit_a_name": "unit.name_taken",
    "appointed_once_at_a_time": "appointment.overlaps",
    "three_administrators": "appointment.three_administrators",
    "one_certificate_a_number": "certificate.number_taken",
    "one_certificate_a_person_and_body": "certificate.overlaps",
    "suspended_once_at_a_time": "certificate.suspended_already",
    "one_approved_item_a_code": "item.overlaps",
    "one_open_version_a_code": "item.open_version",
    "one_scope_at_a_time": "scope.overlaps",
    "one_notice_a_day": "holidays.known",
}


def locked(table: type[Row], key: UUID) -> Row:
    """Return one row, locked until the transaction ends. Raises NotFound."""
    row = table._default_manager.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        raise NotFound
    return row


def insert(row: tables.Model) -> None:
    """Insert a row. Raises Conflict if the database finds it clashes with another."""
    _write(row, None, insert=True)


def save(row: tables.Model) -> None:
    """Insert a row or write all its columns. Raises Conflict as `insert` does."""
    _write(row, None, insert=row._state.adding)


def update(row: tables.Model, *fields: str) -> None:
    """Write some columns of a row. Raises Conflict as `insert` does."""
    _write(row, list(fields), insert=False)


def end(row: SpelledRow, last: date) -> None:
    """End a row with that day; one that begins later is taken back before it began.

    Raises Conflict if it ended earlier already.
    """
    if row.valid_until is not None and row.valid_until < last:
        raise Conflict("spell.ended_already")
    row.valid_until = max(last, row.valid_from - timedelta(days=1))
    update(row, "valid_until")


def require_endable(row: SpelledRow, last: date, *, today: date) -> None:
    """Refuse what no person may enter as an end: what has been is not undone, nor ended twice.

    What has not begun yet may be taken back with any day; see `end`.

    Raises BadValue (spell.end) for a day before the first one, and Conflict (spell.ended_already).
    """
    until = row.valid_until
    if until is not None and (until == last or until < max(today, row.valid_from)):
        raise Conflict("spell.ended_already")
    if last < row.valid_from <= today:
        raise BadValue("spell.end", last.isoformat())


def reason(text: str) -> str:
    """Return a reason without blanks around it. Raises BadValue: reason.missing."""
    if not text.strip():
        raise BadValue("reason.missing")
    return text.strip()


def _write(row: tables.Model, fields: list[str] | None, *, insert: bool) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=insert, update_fields=fields)
    except IntegrityError as refused:
        constraint = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        if constraint in _CLASHES:
            raise Conflict(_CLASHES[constraint]) from None
        raise
