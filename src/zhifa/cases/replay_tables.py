"""Are the tables of a case what follows from its record (案件各表核对)?

What was written once, as the decision, and what a correction took away is compared with the facts as they
stood then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhifa.cases import entries, expectation, tables
from zhifa.cases.models import Case, CaseParty, CaseTerm, Decision
from zhifa.journal.selectors import Entry
from zhifa.law.calendar import Calendar
from zhifa.procedures import history
from zhifa.procedures.facts import Facts, RunningTerm
from zhifa.procedures.history import Event
from zhifa.procedures.model import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the record tells of a case: its entries, its steps, and the facts after each of them."""

    procedure: Procedure
    found: Sequence[Entry]  # every entry, first to last
    steps: Sequence[Entry]
    bodies: Sequence[dict[str, Any]]  # what the steps say
    events: Sequence[Event]
    folds: Sequence[Facts]
    calendar_of: Callable[[str], Calendar]

    @property
    def facts(self) -> Facts:
        """Return the facts as they stand."""
        return self.folds[-1]

    @property
    def decided(self) -> int | None:
        """Return which step decided the case, counted from 0."""
        return next((n for n, facts in enumerate(self.folds) if facts.decision), None)


# What differs: the code, and what of it.
Found = Iterator[tuple[str, str]]
_COLUMNS = (
    "title", "state", "version", "is_major", "handlers", "power_item", "filed_on", "closed_on",
    "opened_on", "awaits_action", "awaits_role", "awaits_from", "changed_at", "overlay_version",
    "correction_asked",
)  # fmt: skip
_TERM_COLUMNS = (
    "key", "about", "variant", "started_on", "due_on", "warn_on", "provisional", "earliest",
    "ended_on",
)  # fmt: skip
_DECISION_COLUMNS = (
    "outcome", "draft_sha256", "is_major", "review_pass", "decided_on", "decided_by",
)  # fmt: skip


def differences(row: Case, told: Told) -> Found:
    """Yield what differs in the row of a case and the rows beside it; three queries."""
    yield from _columns(row, told)
    yield from _terms(row, told.folds)
    yield from _parties(row, told.folds)
    yield from _decision(row, told)


def _columns(row: Case, told: Told) -> Found:
    """Columns that repeat facts, and what was said at the beginning."""
    first, last = told.bodies[0], told.events[-1]
    wanted = Case(id=row.id, opened_on=told.events[0].on)  # overlay_version: none is in use
    tables.set_columns(wanted, told.facts, at=_changed_at(told.found))
    awaited = expectation.expected(
        told.procedure,
        told.facts,
        circumstances=last.circumstances,
        context=history.context_of(last, told.calendar_of),
        on=last.on,
    )
    wanted.awaits_action, wanted.awaits_role = awaited.action, awaited.role
    wanted.awaits_from = awaited.from_on
    for name in _COLUMNS:
        if getattr(row, name) != getattr(wanted, name):
            yield "case.column", name
    kept = {"number": row.number, "procedure": row.procedure, "version": row.procedure_version}
    for name, value in kept.items():
        if first[name] != value:
            yield "case.column", name
    if first.get("demo", row.is_demo) != row.is_demo:
        yield "case.column", "is_demo"
    moved = [entry.body for entry in told.found if entry.kind == entries.SUCCEEDED and entry.body]
    place = moved[-1] if moved else first  # who handles it now
    unit = str(row.unit_id) if row.unit_id else None
    if (place["body"], place["unit"]) != (str(row.body_id), unit):
        yield "case.column", "body"


def _changed_at(found: Sequence[Entry]) -> datetime:
    moving = {entries.STEP_TAKEN, entries.SUCCEEDED}
    return [entry.at for entry in found if entry.kind in moving][-1]


def _terms(row: Case, folds: Sequence[Facts]) -> Found:
    every = list(CaseTerm.objects.filter(case_id=row.id).order_by("id"))
    rows = {term.position: term for term in every}
    if len(rows) < len(every):
        yield "case.term", ""
    for position, term in _every_term(folds).items():
        wanted = tables.term_row(row.id, position, term)
        found = rows.pop(position, None)
        if found is None or any(
            getattr(found, name) != getattr(wanted, name) for name in _TERM_COLUMNS
        ):
            yield "case.term", term.key
    for position, left in rows.items():
        yield "case.term", f"{left.key}（{position}）"


def _every_term(folds: Sequence[Facts]) -> dict[int, RunningTerm]:
    """Return the terms by their place; one that a correction emptied is ended on its first day."""
    kept: dict[int, RunningTerm] = {}
    before: tuple[RunningTerm, ...] = ()
    for facts in folds:
        kept.update(enumerate(facts.terms))
        for position in range(len(facts.terms), len(before)):
            kept[position] = replace(before[position], ended_on=before[position].started_on)
        before = facts.terms
    return kept


_PartyRow = tuple[int, str, str, str, bool]


def _parties(row: Case, folds: Sequence[Facts]) -> Found:
    found: dict[UUID, _PartyRow] = {
        party.id: (party.position, party.kind, party.name, party.identifier, party.dropped)
        for party in CaseParty.objects.filter(case_id=row.id)
    }
    if found != _every_party(folds):
        yield "case.parties", ""


def _every_party(folds: Sequence[Facts]) -> dict[UUID, _PartyRow]:
    """Return what is written of every party; one that a correction took away is marked as dropped."""
    kept: dict[UUID, _PartyRow] = {}
    for facts in folds:
        kept = {key: (*party[:4], True) for key, party in kept.items()}
        for position, party in enumerate(facts.parties):
            kept[party.id] = (position, party.kind.value, party.name, party.identifier, False)
    return kept


def _decision(row: Case, told: Told) -> Found:
    """The decision is written once: a day corrected later stands in the facts, not in its row."""
    rows, when = list(Decision.objects.filter(case_id=row.id)), told.decided
    if len(rows) != (0 if when is None else 1):
        yield "case.decision", ""
        return
    if when is None:
        return
    (found,) = rows
    wanted = tables.decision_row(
        row.id, after=told.folds[when], review_pass=_held(told.bodies[: when + 1])
    )
    for name in _DECISION_COLUMNS:
        if getattr(found, name) != getattr(wanted, name):
            yield "case.decision", name


def _held(bodies: Sequence[dict[str, Any]]) -> UUID | None:
    """Return the pass that held after these steps."""
    held = None
    for body in bodies:
        review = body["review"]
        if review and review["granted"]:
            held = UUID(review["granted"])
        elif review and review["voided"]:
            held = None
    return held
