"""The steps of a case as its journal keeps them (案件历程)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhifa.cases import entries
from zhifa.journal import selectors as journal
from zhifa.law.errors import Conflict
from zhifa.procedures import history
from zhifa.procedures.history import Event
from zhifa.procedures.model import Procedure


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


def paper_corrections(case_id: UUID, document_id: UUID) -> list[Mapping[str, Any]]:
    """Return what is recorded of the notices that corrected a document (补正), in order; one query."""
    return [
        entry.body
        for entry in journal.entries(entries.stream(case_id))
        if entry.kind == entries.PAPER_CORRECTED
        and entry.body
        and entry.body["document"] == str(document_id)
    ]
