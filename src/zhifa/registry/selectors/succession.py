"""Reading how bodies followed one another, and what it means for what is open (主体承继)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhifa.registry import models
from zhifa.registry.rules import ItemState, SuccessionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One body followed another on a day (承继)."""

    kind: SuccessionKind
    predecessor: UUID
    predecessor_name: str
    predecessor_until: date | None  # its last day, if it ended
    successor: UUID
    successor_name: str
    on: date  # the successor's first day
    basis: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """All a body came from, and all that came from it, by day."""

    before: tuple[Link, ...]
    after: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A body that ended and is followed by another, which has to go on with its cases."""

    body: UUID
    name: str
    basis: str
    shared: bool  # it was split on the way: others may have to go on with some of them


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAffairs:
    """What is open in a body on a day: it goes over, or ends, with the body (承继前的清点)."""

    units: tuple[str, ...]
    appointments: int
    items: int
    under: tuple[str, ...]  # bodies it supervises or leads


def succession(body_id: UUID) -> list[Link]:
    """Return what a body followed and what followed it, by day; one query."""
    return _links(Q(predecessor=body_id) | Q(successor=body_id))


def lineage(body_id: UUID) -> Lineage:
    """Return all a body came from and all that came from it, over any number of changes; one query."""
    every = _links(Q())
    return Lineage(_along(every, body_id, backwards=True), _along(every, body_id, backwards=False))


def followed(body_id: UUID, *, on: date) -> list[Followed]:
    """Return the bodies that ended before that day and that this one follows, by name; one query.

    Not a body that goes on beside it (派生分立), nor what that one followed: they are its own.
    """
    by_heir: defaultdict[UUID, list[Link]] = defaultdict(list)
    for link in _links(Q(on__lte=on, predecessor__valid_until__lt=on)):
        by_heir[link.successor].append(link)
    found: dict[UUID, Followed] = {}
    waiting = [(body_id, False)]
    while waiting:
        heir, shared = waiting.pop()
        for link in by_heir[heir]:
            if link.predecessor not in found and link.predecessor != body_id:
                split = shared or link.kind is SuccessionKind.SPLIT
                found[link.predecessor] = Followed(
                    link.predecessor, link.predecessor_name, link.basis, split
                )
                waiting.append((link.predecessor, split))
    return sorted(found.values(), key=lambda one: (one.name, one.body))


def open_affairs(body_id: UUID, *, on: date) -> OpenAffairs:
    """Return what would be open in a body on that day; four queries."""
    still = Q(valid_until=None) | Q(valid_until__gte=on)
    units = models.Unit.objects.filter(still, body=body_id).order_by("kind", "name")
    under = models.Body.objects.filter(still, Q(supervised_by=body_id) | Q(superior=body_id))
    return OpenAffairs(
        units=tuple(units.values_list("name", flat=True)),
        appointments=models.Appointment.objects.filter(still, body=body_id).count(),
        items=models.PowerItem.objects.filter(
            still, body=body_id, state=ItemState.APPROVED
        ).count(),
        under=tuple(under.order_by("name").values_list("name", flat=True)),
    )


def _links(wanted: Q) -> list[Link]:
    rows = models.Succession.objects.filter(wanted).select_related("predecessor", "successor")
    return [
        Link(
            kind=SuccessionKind(row.kind), predecessor=row.predecessor_id,
            predecessor_name=row.predecessor.name, predecessor_until=row.predecessor.valid_until,
            successor=row.successor_id, successor_name=row.successor.name, on=row.on,
            basis=row.basis,
        )
        for row in rows.order_by("on", "id")
    ]  # fmt: skip


def _along(every: Iterable[Link], body_id: UUID, *, backwards: bool) -> tuple[Link, ...]:
    """Return the links that lead from a body one way, by day."""
    by_end: defaultdict[UUID, list[Link]] = defaultdict(list)
    for link in every:
        by_end[link.successor if backwards else link.predecessor].append(link)

    def walk() -> Iterator[Link]:
        seen, waiting = {body_id}, [body_id]
        while waiting:
            for link in by_end[waiting.pop()]:
                yield link
                other = link.predecessor if backwards else link.successor
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)

    return tuple(sorted(walk(), key=lambda link: (link.on, link.predecessor_name)))
