"""The steps of a case as its journal keeps them (案件历程)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.cases import entries
from zhifa.journal import selectors as journal
from zhifa.law.errors import Conflict
from zhifa.procedures import history
from zhifa.procedures.corrections import Record
from zhifa.procedures.history import Event
from zhifa.procedures.model import Procedure
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import Standing


def events(case_id: UUID, procedure: Procedure) -> list[Event]:
    """Return every step of a case in order, corrections included; one query.

    Raises Conflict if a body was erased: what is gone cannot be folded again.
    """
    steps = [
        entry
        for entry in journal.entries(entries.stream(case_id))
        if entry.kind == entries.STEP_TAKEN
    ]
    bodies = [entry.body for entry in steps if entry.body is not None]
    if len(bodies) < len(steps):
        raise Conflict("case.erased")
    return [history.decode_event(procedure, body["event"]) for body in bodies]


def for_correction(
    case_id: UUID, procedure: Procedure, found: Standing, *, on: date, today: date
) -> Record:
    """Return a case as a correction looks at it; two queries. Raises as `events`."""
    return Record(
        procedure=procedure,
        events=events(case_id, procedure),
        calendar_of=history.known_calendars(registry.holiday_notices()),
        circumstances=found.circumstances,
        context=found.context,
        on=on,
        today=today,
    )


def paper_corrections(case_id: UUID, document_id: UUID) -> list[Mapping[str, Any]]:
    """Return what is recorded of the notices that corrected a document (补正), in order; one query."""
    return [
        entry.body
        for entry in journal.entries(entries.stream(case_id))
        if entry.kind == entries.PAPER_CORRECTED
        and entry.body
        and entry.body["document"] == str(document_id)
    ]
