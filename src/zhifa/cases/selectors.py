"""Reading cases: frozen values, stated order, known number of queries. Row security keeps out what is out
of scope; nothing here widens it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from zhifa import clock
from zhifa.accounts import selectors as people
from zhifa.cases import entries
from zhifa.cases.models import Case, CaseTerm
from zhifa.cases.rules import EXPLAINED, OF_THE_PARTY, Why, why
from zhifa.cases.standing import standing
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.evidence import selectors as evidence
from zhifa.journal import selectors as journal
from zhifa.law.actors import ActorId
from zhifa.law.citations import Article
from zhifa.law.errors import NotFound, Violation
from zhifa.procedures import definitions, engine, history
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Procedure
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role, Scope
from zhifa.registry.selectors import Standing

PAGE_ROWS = 50
# The running term of the agency that ends first; the party's own time makes nobody here late.
_NEAREST = Min(
    "terms__due_on",
    filter=Q(terms__ended_on=None, terms__earliest=False) & ~Q(terms__key__in=OF_THE_PARTY),
)
_NEAREST_KEY = (
    CaseTerm.objects.filter(case=OuterRef("pk"), ended_on=None, earliest=False)
    .exclude(due_on=None)
    .exclude(key__in=OF_THE_PARTY)
    .order_by("due_on", "position")
    .values("key")[:1]
)


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
class CaseRow:
    """One line of a list of cases."""

    id: UUID
    number: str
    title: str
    body_id: UUID
    state: str
    is_major: bool
    parties: tuple[str, ...]
    handlers: tuple[str, ...]
    opened_on: date
    awaits_action: str
    awaits_role: str
    awaits_from: date | None
    due_on: date | None  # of the running term that ends first
    late: bool
    changed_at: datetime
    is_demo: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a list, and how many rows there are in all."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_ROWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list of cases is narrowed to; empty values narrow nothing."""

    text: str = ""  # in number, title, party's name or identifier
    states: tuple[str, ...] = ()
    mine: bool = False
    late: bool = False
    major: bool = False
    order: str = "changed"  # changed, due, number


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
    corrected_by: int  # sequence of the step that corrected it, 0 if none did


@dataclass(frozen=True, slots=True)
class CaseTitle:
    """What a case is called."""

    id: UUID
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for a person (待办)."""

    kind: str  # the action that is expected
    title: str
    number: str
    case_id: UUID
    state: str
    due_on: date | None
    term: str  # the key of the term that ends then; empty: none runs
    from_on: date | None
    late: bool
    is_major: bool
    why: tuple[Why, ...] = ()


def visible(scope: Scope) -> Q:
    """Return what narrows cases to those a person may see; row security says it a second time.

    Every list of this room goes through here, every page of one case through `case_for`.
    """
    own = Q(handlers__contains=[scope.actor], body_id__in=scope.own_bodies)
    return own | Q(body_id__in=scope.case_bodies) | Q(unit_id__in=scope.case_units)


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

    Only for a case the person may see: call `case` before.
    """
    found = journal.entries(entries.stream(case_id))
    names = people.names({entry.actor for entry in found})
    corrected = {
        entry.body["event"]["data"]["sequence"]: entry.body["event"]["sequence"]
        for entry in found
        if entry.kind == entries.STEP_TAKEN
        and entry.body
        and entry.body["event"]["action"] == "correct"
    }
    return [_timeline_entry(entry, names, corrected) for entry in found]


def _timeline_entry(
    entry: journal.Entry, names: dict[UUID, str], corrected: dict[int, int]
) -> TimelineEntry:
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
        corrected_by=corrected.get(sequence, 0),
    )


def case_list(*, actor: ActorId, on: date, wanted: Filter, page: int = 1) -> CasePage:
    """Return one page of the cases the person may see; four queries."""
    rows = _filtered(actor, on, wanted)
    total = rows.count()
    page = max(1, min(page, -(-total // PAGE_ROWS) or 1))
    found = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return CasePage(tuple(_rows(found, on)), total, page)


def every_row(*, actor: ActorId, on: date, wanted: Filter) -> Iterator[CaseRow]:
    """Return all rows of a list, for export; three queries."""
    yield from _rows(_filtered(actor, on, wanted), on)


def _filtered(actor: ActorId, on: date, wanted: Filter) -> "QuerySet[Case]":
    rows = Case.objects.filter(visible(registry.scope(actor, on=on))).annotate(due_on=_NEAREST)
    if text := wanted.text.strip():
        rows = rows.filter(
            Q(number__contains=text) | Q(title__contains=text) | Q(id__in=_cases_of_party(text))
        )
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.mine:
        rows = rows.filter(handlers__contains=[actor])
    if wanted.major:
        rows = rows.filter(is_major=True)
    if wanted.late:
        rows = rows.filter(due_on__lt=on)
    order = {
        "due": ("due_on", "number"),
        "number": ("number",),
        "changed": ("-changed_at", "number"),
    }[wanted.order]
    return rows.order_by(*order)


def _cases_of_party(text: str) -> "QuerySet[Any, UUID]":
    return (
        Case.objects.filter(
            Q(parties__name__contains=text) | Q(parties__identifier=text.upper()),
            parties__dropped=False,
        )
        .order_by()
        .values_list("id", flat=True)
    )


def _rows(found: "QuerySet[Case]", on: date) -> Iterator[CaseRow]:
    rows = list(found.prefetch_related("parties"))
    names = people.names({person for row in rows for person in row.handlers})
    for row in rows:
        due_on: date | None = row.due_on  # type: ignore[attr-defined]  # (annotated)
        parties = sorted(row.parties.all(), key=lambda party: party.position)
        yield CaseRow(
            id=row.id,
            number=row.number,
            title=row.title,
            body_id=row.body_id,
            state=row.state,
            is_major=row.is_major,
            parties=tuple(party.name for party in parties if not party.dropped),
            handlers=tuple(names.get(person, "") for person in row.handlers),
            opened_on=row.opened_on,
            awaits_action=row.awaits_action,
            awaits_role=row.awaits_role,
            awaits_from=row.awaits_from,
            due_on=due_on,
            late=due_on is not None and due_on < on,
            changed_at=row.changed_at,
            is_demo=row.is_demo,
        )


def open_work(person: ActorId, *, actor: ActorId, on: date) -> list[CaseRow]:
    """Return the open cases a person handles, by number: what has to be reassigned when he leaves.

    actor  who asks, and sees no more than is in his scope

    Six queries at most.
    """
    rows = (
        _filtered(actor, on, Filter(order="number"))
        .exclude(state__in=("closed", "archived"))
        .filter(handlers__contains=[person])
    )
    return list(_rows(rows, on))


def unsigned_papers(person: ActorId, on: date) -> list[tuple[CaseTitle, MadeDocument]]:
    """Return the records of a person's open cases whose signed paper was not scanned yet, by case.

    Six queries at most.
    """
    mine = {
        row.id: CaseTitle(row.id, row.number, row.title)
        for row in Case.objects.filter(visible(registry.scope(person, on=on)))
        .filter(handlers__contains=[person])
        .exclude(state__in=("closed", "archived"))
        .only("id", "number", "title")
    }
    waiting = documents.to_be_signed(mine)
    scanned = evidence.scanned_documents(mine)
    found = [(mine[one.subject], one) for one in waiting if one.id not in scanned]
    return sorted(found, key=lambda pair: pair[0].number)


def tasks_for(person: ActorId, on: date) -> list[Task]:
    """Return what waits for a person: own cases, and what waits for a role held; late first.

    Four queries at most, whatever the number of closed cases: the index of open cases answers.
    """
    scope = registry.scope(person, on=on)
    waiting = Q(handlers__contains=[person], awaits_role=Role.CASE_HANDLER.value)
    for held in scope.held:
        if held.role is not Role.CASE_HANDLER:
            # The unit of a case is the one that handles it: reviewers and hosts stand in another.
            own_unit = held.unit if held.role is Role.HANDLING_UNIT_HEAD else None
            place = Q(unit_id=own_unit) if own_unit else Q(body_id=held.body)
            waiting |= place & Q(awaits_role=held.role.value)
    rows = (
        Case.objects.filter(visible(scope))
        .exclude(state="archived")
        .filter(waiting)
        .annotate(due_on=_NEAREST, term=Subquery(_NEAREST_KEY))
        .order_by("due_on", "number")
    )
    return [
        Task(
            kind=row.awaits_action,
            title=row.title,
            number=row.number,
            case_id=row.id,
            state=row.state,
            due_on=row.due_on,
            term=row.term or "",
            from_on=row.awaits_from if row.awaits_from and row.awaits_from >= on else None,
            late=row.due_on is not None and row.due_on < on,
            is_major=row.is_major,
            why=why(history.decode_facts(row.facts), row.awaits_action)
            if row.awaits_action in EXPLAINED
            else (),
        )
        for row in rows
    ]
