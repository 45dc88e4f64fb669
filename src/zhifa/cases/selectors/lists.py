"""Lists of cases (案件列表): what narrows them, a page, all rows for export, what somebody leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from zhifa.accounts import selectors as people
from zhifa.cases.models import Case
from zhifa.cases.rules import OF_THE_PARTY
from zhifa.law.actors import ActorId
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Scope

PAGE_ROWS = 50
# The running term of the agency that ends first; the party's own time makes nobody here late.
NEAREST = Min(
    "terms__due_on",
    filter=Q(terms__ended_on=None, terms__earliest=False) & ~Q(terms__key__in=OF_THE_PARTY),
)


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


def visible(scope: Scope) -> Q:
    """Return what narrows cases to those a person may see; row security says it a second time.

    Every list of this room goes through here, every page of one case through `case_for`.
    """
    own = Q(handlers__contains=[scope.actor], body_id__in=scope.own_bodies)
    return own | Q(body_id__in=scope.case_bodies) | Q(unit_id__in=scope.case_units)


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
    rows = Case.objects.filter(visible(registry.scope(actor, on=on))).annotate(due_on=NEAREST)
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
