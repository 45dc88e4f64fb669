"""What waits for a person (待办): a step of a case, the signature of a record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from zhifa.cases.models import Case, CaseTerm
from zhifa.cases.rules import EXPLAINED, OF_THE_PARTY, Why, why
from zhifa.cases.selectors.lists import NEAREST, visible
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.evidence import selectors as evidence
from zhifa.law.actors import ActorId
from zhifa.procedures import history
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role

_NEAREST_KEY = (
    CaseTerm.objects.filter(case=OuterRef("pk"), ended_on=None, earliest=False)
    .exclude(due_on=None)
    .exclude(key__in=OF_THE_PARTY)
    .order_by("due_on", "position")
    .values("key")[:1]
)


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
        .annotate(due_on=NEAREST, term=Subquery(_NEAREST_KEY))
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
