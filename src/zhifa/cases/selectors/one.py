"""One case: its facts, the steps that the state knows, its record."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhifa import clock
from zhifa.accounts import selectors as people
from zhifa.cases import entries
from zhifa.cases.models import Case
from zhifa.cases.standing import standing
from zhifa.journal import selectors as journal
from zhifa.law.actors import ActorId
from zhifa.law.citations import Article
from zhifa.law.errors import NotFound, Violation
from zhifa.procedures import definitions, engine, history
from zhifa.procedures.corrections import ANSWERS
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Procedure
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import Standing


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with its facts."""

    id: UUID
    number: str
    title: str
    body_id: UUID
    unit_id: UUID | None
    state: str
    version: int  # what `seen` is compared with
    facts: Facts
    procedure: Procedure
    is_demo: bool
    opened_on: date
    changed_at: datetime
    awaits_action: str
    awaits_role: str
    awaits_from: date | None


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step that the procedure has in this state, and everything that forbids it today."""

    action: str
    roles: tuple[str, ...]
    basis: Article
    documents: tuple[str, ...]
    violations: tuple[Violation, ...]
    mine: bool  # the person has a role for it

    @property
    def possible(self) -> bool:
        """Whether nothing forbids it as far as can be told before the form is filled in."""
        return not self.violations


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of the case's record."""

    entry_id: int
    sequence: int  # of the step; 0 for an entry that is no step
    kind: str
    action: str
    on: date
    at: datetime
    recorded_at: datetime
    actor: UUID
    actor_name: str
    data: dict[str, Any]
    documents: tuple[UUID, ...]
    attachments: tuple[UUID, ...]
    digest: str
    leaf_index: int | None
    corrected_by: int = 0  # sequence of the step that corrected it, 0 if none did


def case_for(case_id: UUID, *, actor: ActorId, on: date) -> CaseView:
    """Return one case that the person may see on that day; two queries.

    Raises NotFound, also when it is out of scope.
    """
    found = case(case_id)
    scope = registry.scope(actor, on=on)
    handlers = frozenset(found.facts.handlers)
    if not scope.sees_case(body=found.body_id, unit=found.unit_id, handlers=handlers):
        raise NotFound
    return found


def case(case_id: UUID) -> CaseView:
    """Return one case, for a job that no person asks for; one query. Raises NotFound."""
    row = Case.objects.filter(id=case_id).first()
    if row is None:
        raise NotFound
    return CaseView(
        id=row.id,
        number=row.number,
        title=row.title,
        body_id=row.body_id,
        unit_id=row.unit_id,
        state=row.state,
        version=row.version,
        facts=history.decode_facts(row.facts),
        procedure=definitions.get(row.procedure, row.procedure_version),
        is_demo=row.is_demo,
        opened_on=row.opened_on,
        changed_at=row.changed_at,
        awaits_action=row.awaits_action,
        awaits_role=row.awaits_role,
        awaits_from=row.awaits_from,
    )


def case_standing(found: CaseView, *, actor: ActorId, on: date) -> Standing:
    """Return how the registry stands for a step of this case on that day; one query."""
    return standing(
        found.body_id, found.unit_id, actor=actor, facts=found.facts, data=None, on=on, known_on=on
    )


def choices(found: CaseView, stand: Standing, *, on: date) -> list[StepChoice]:
    """Return every step of the state in the order of the table; no query."""
    return [
        StepChoice(
            action=step.action,
            roles=step.roles,
            basis=step.basis,
            documents=step.documents,
            violations=engine.blockers(
                found.procedure,
                found.facts,
                step.action,
                data=None,
                circumstances=stand.circumstances,
                context=stand.context,
                on=on,
                today=on,
            ),
            mine=bool(set(step.roles) & set(stand.circumstances.roles)),
        )
        for step in engine.available(found.procedure, found.facts)
    ]


def timeline(case_id: UUID) -> list[TimelineEntry]:
    """Return the record of a case, oldest first; two queries.

    A correction that was granted says what was asked for. Only for a case the person may see: call
    `case` before.
    """
    found = journal.entries(entries.stream(case_id))
    names = people.names({entry.actor for entry in found})
    shown = [_timeline_entry(entry, names) for entry in found]
    said = {one.sequence: one.data for one in shown if one.action == engine.ASK}
    shown = [
        replace(one, data={**said.get(one.data["asked"], {}), **one.data})
        if one.action in ANSWERS
        else one
        for one in shown
    ]
    corrected = {
        one.data.get("sequence"): one.sequence for one in shown if one.action == engine.CORRECT
    }
    return [replace(one, corrected_by=corrected.get(one.sequence, 0)) for one in shown]


def _timeline_entry(entry: journal.Entry, names: dict[UUID, str]) -> TimelineEntry:
    body = entry.body or {}
    event = body.get("event", {})
    sequence, said = event.get("sequence", 0), event.get("on") or body.get("on")
    return TimelineEntry(
        entry_id=entry.id,
        sequence=sequence,
        kind=entry.kind,
        action=event.get("action", ""),
        on=date.fromisoformat(said) if said else clock.beijing_date(entry.at),
        at=entry.at,
        recorded_at=entry.recorded_at,
        actor=entry.actor,
        actor_name=names.get(entry.actor, ""),
        data=event.get("data", {}) if event else body,
        documents=tuple(map(UUID, body.get("documents", ()))),
        attachments=tuple(map(UUID, body.get("attachments", ()))),
        digest=entry.digest,
        leaf_index=entry.leaf_index,
    )
