"""Is every case what its record says (案件复演)? The journal folded again, compared with the tables.

The record is replayed by the same engine that took the steps (decision 0001); what differs is named by case
and by what differs, so that `zhifa verify` can say which decision was touched.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from zhifa.cases import entries, replay_review, replay_tables
from zhifa.cases.models import Case
from zhifa.cases.replay_numbers import Given
from zhifa.cases.replay_tables import Told
from zhifa.documents import selectors as documents
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Entry
from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue, Refused
from zhifa.procedures import corrections, definitions, engine, history
from zhifa.registry import selectors as registry
from zhifa_verify.canonical import canonical_json


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of a case that is not as its record says."""

    code: str
    about: str  # the number of the case, and what of it
    harmless: bool = False


# What entries that are no steps call the paper they left behind.
_PAPER_OF = {entries.PAPER_CORRECTED: "notice", entries.PAPER_SERVED: "receipt"}


def differences() -> Iterator[Difference]:
    """Return everything that differs, case by case in the order of their numbers.

    A case whose journal bodies were erased cannot be replayed; that is said, not passed over.
    """
    calendar_of = history.known_calendars(registry.holiday_notices())
    recorded = set(journal.streams("case:"))
    given = Given()
    for row in Case.objects.order_by("number").iterator(chunk_size=200):
        recorded.discard(entries.stream(row.id))
        found = journal.entries(entries.stream(row.id))
        given.add(*_numbered(row, found))
        yield from _case(row, found, calendar_of)
    for stream in sorted(recorded):
        yield Difference("case.missing", stream)
    for about in given.differences():
        yield Difference("case.number_series", about)


def _numbered(row: Case, found: list[Entry]) -> tuple[UUID, str]:
    """Return which body gave which number; of a record that was erased the row says it."""
    first = next((entry.body for entry in found if entry.kind == entries.STEP_TAKEN), None)
    return (UUID(first["body"]), first["number"]) if first else (row.body_id, row.number)


def _case(
    row: Case, found: list[Entry], calendar_of: Callable[[str], Calendar]
) -> Iterator[Difference]:
    steps = [entry for entry in found if entry.kind == entries.STEP_TAKEN]
    if any(entry.body is None for entry in steps):
        yield Difference("case.erased", row.number)
        return
    if not steps:
        yield Difference("case.without_record", row.number)
        return
    bodies: list[dict[str, Any]] = [entry.body for entry in steps if entry.body is not None]
    procedure = definitions.get(bodies[0]["procedure"], bodies[0]["version"])
    events = [history.decode_event(procedure, body["event"]) for body in bodies]
    try:
        folds = engine.folds(procedure, events, calendar_of=calendar_of)
    except (Refused, BadValue) as fault:
        yield Difference("case.not_replayable", f"{row.number}: {fault}")
        return
    for sequence, wrong in corrections.unlawful(procedure, events, calendar_of=calendar_of):
        yield Difference("case.correction_unlawful", f"{row.number}：{sequence}（{wrong.code}）")
    told = Told(
        procedure=procedure, found=found, steps=steps, bodies=bodies, events=events, folds=folds,
        calendar_of=calendar_of,
    )  # fmt: skip
    encoded: dict[str, Any] = json.loads(canonical_json(history.encode_facts(told.facts)))
    if entries.digest(encoded) != bodies[-1]["facts_sha256"]:
        yield Difference("case.record_differs", row.number)
    if row.facts != encoded:
        yield Difference("case.facts", f"{row.number}：{_first_key(row.facts, encoded)}")
    beside = chain(replay_tables.differences(row, told), replay_review.differences(row, told))
    for code, what in beside:
        yield Difference(code, f"{row.number}：{what}" if what else row.number)
    others = [
        entry.body[_PAPER_OF[entry.kind]]
        for entry in found
        if entry.kind in _PAPER_OF and entry.body
    ]
    yield from _documents(row, bodies, others)


def _first_key(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return the first fact that differs, by name."""
    return next((key for key in sorted({*found, *wanted}) if found.get(key) != wanted.get(key)), "")


def _documents(row: Case, bodies: list[dict[str, Any]], others: list[str]) -> Iterator[Difference]:
    made = {UUID(name) for body in bodies for name in body["documents"]} | set(map(UUID, others))
    found = documents.ids_of(row.id)
    if made - found:
        yield Difference("case.document_missing", row.number)
    if found - made:
        yield Difference("case.document_unrecorded", row.number)
