"""Is every case what its record says (案件复演)? The journal folded again, compared with the tables.

The record is replayed by the same engine that took the steps (decision 0001); what differs is named by case
and by what differs, so that `zhifa verify` can say which decision was touched.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhifa.cases import entries, replay_review, tables
from zhifa.cases.models import Case, CaseParty, CaseTerm, Decision
from zhifa.cases.replay_numbers import Given
from zhifa.documents import selectors as documents
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Entry
from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue, Refused
from zhifa.procedures import definitions, engine, history
from zhifa.procedures.facts import Facts
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
_COLUMNS = (
    "title", "state", "version", "is_major", "handlers", "power_item", "filed_on", "closed_on",
    "correction_asked",
)  # fmt: skip
_TERM_COLUMNS = (
    "key", "about", "variant", "started_on", "due_on", "warn_on", "provisional", "earliest",
    "ended_on",
)  # fmt: skip


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
        facts = engine.replay(procedure, events, calendar_of=calendar_of)
    except (Refused, BadValue) as fault:
        yield Difference("case.not_replayable", f"{row.number}: {fault}")
        return
    encoded: dict[str, Any] = json.loads(canonical_json(history.encode_facts(facts)))
    if entries.digest(encoded) != bodies[-1]["facts_sha256"]:
        yield Difference("case.record_differs", row.number)
    if row.facts != encoded:
        yield Difference("case.facts", f"{row.number}：{_first_key(row.facts, encoded)}")
    moved = [entry.body for entry in found if entry.kind == entries.SUCCEEDED and entry.body]
    yield from _columns(row, facts, bodies[0], moved[-1] if moved else bodies[0])
    yield from _terms(row, facts)
    yield from _parties(row, facts)
    yield from _decision(row, facts, bodies)
    yield from _review(
        row,
        steps,
        lambda count: engine.replay(procedure, events[:count], calendar_of=calendar_of),
    )
    others = [
        entry.body[_PAPER_OF[entry.kind]]
        for entry in found
        if entry.kind in _PAPER_OF and entry.body
    ]
    yield from _documents(row, bodies, others)


def _first_key(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return the first fact that differs, by name."""
    return next((key for key in sorted({*found, *wanted}) if found.get(key) != wanted.get(key)), "")


def _columns(
    row: Case, facts: Facts, first: dict[str, Any], place: dict[str, Any]
) -> Iterator[Difference]:
    """Columns that repeat facts, and what was said at the beginning; `place` says who handles it now."""
    wanted = Case(id=row.id)
    tables.set_columns(wanted, facts, at=row.changed_at)
    for name in _COLUMNS:
        if getattr(row, name) != getattr(wanted, name):
            yield Difference("case.column", f"{row.number}：{name}")
    kept = {"number": row.number, "procedure": row.procedure, "version": row.procedure_version}
    for name, value in kept.items():
        if first[name] != value:
            yield Difference("case.column", f"{row.number}：{name}")
    unit = str(row.unit_id) if row.unit_id else None
    if (place["body"], place["unit"]) != (str(row.body_id), unit):
        yield Difference("case.column", f"{row.number}：body")


def _terms(row: Case, facts: Facts) -> Iterator[Difference]:
    rows = {term.position: term for term in CaseTerm.objects.filter(case_id=row.id)}
    for position, term in enumerate(facts.terms):
        wanted = tables.term_row(row.id, position, term)
        found = rows.pop(position, None)
        if found is None or any(
            getattr(found, name) != getattr(wanted, name) for name in _TERM_COLUMNS
        ):
            yield Difference("case.term", f"{row.number}：{term.key}")
    for position, left in rows.items():
        if left.ended_on is None:
            yield Difference("case.term", f"{row.number}：{left.key}（{position}）")


def _parties(row: Case, facts: Facts) -> Iterator[Difference]:
    found = {
        (party.id, party.kind, party.name, party.identifier)
        for party in CaseParty.objects.filter(case_id=row.id, dropped=False)
    }
    wanted = {(party.id, party.kind.value, party.name, party.identifier) for party in facts.parties}
    if found != wanted:
        yield Difference("case.parties", row.number)


def _decision(row: Case, facts: Facts, bodies: list[dict[str, Any]]) -> Iterator[Difference]:
    """The decision is written once: a day corrected later stands in the facts, not in its row."""
    found = Decision.objects.filter(case_id=row.id).first()
    if found is None and facts.decision is None:
        return
    if found is None or facts.decision is None:
        yield Difference("case.decision", row.number)
        return
    decided = facts.decision
    pairs = (
        ("outcome", found.outcome, decided.outcome.value),
        ("draft_sha256", found.draft_sha256, decided.draft_sha256),
        ("decided_on", found.decided_on.isoformat(), _entered_on(bodies, "decide")),
        ("decided_by", found.decided_by, decided.by),
    )
    for name, is_now, was in pairs:
        if is_now != was:
            yield Difference("case.decision", f"{row.number}：{name}")


def _entered_on(bodies: list[dict[str, Any]], action: str) -> str:
    days = [body["event"]["on"] for body in bodies if body["event"]["action"] == action]
    return str(days[-1]) if days else ""


def _review(
    row: Case, steps: list[Entry], facts_after: Callable[[int], Facts]
) -> Iterator[Difference]:
    for code, column in replay_review.differences(row, steps, facts_after):
        yield Difference(code, f"{row.number}：{column}" if column else row.number)


def _documents(row: Case, bodies: list[dict[str, Any]], others: list[str]) -> Iterator[Difference]:
    made = {UUID(name) for body in bodies for name in body["documents"]} | set(map(UUID, others))
    found = {one.id for one in documents.documents_of(row.id)}
    if made - found:
        yield Difference("case.document_missing", row.number)
    if found - made:
        yield Difference("case.document_unrecorded", row.number)
