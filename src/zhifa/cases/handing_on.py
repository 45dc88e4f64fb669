"""The open cases of a person who leaves (移交在办案件): who has any, and which this head may hand on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from zhifa.accounts import selectors as people
from zhifa.cases import selectors
from zhifa.cases.known import KnownPerson
from zhifa.cases.models import Case
from zhifa.cases.selectors import CaseRow
from zhifa.law.actors import ActorId
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role

_HEADS = (Role.HANDLING_UNIT_HEAD, Role.AGENCY_HEAD)


@dataclass(frozen=True, slots=True)
class HandingOn:
    """Whose cases can be handed on, which they are, and who can take them over."""

    people: tuple[KnownPerson, ...]
    leaving: UUID | None
    cases: tuple[CaseRow, ...]
    takers: tuple[KnownPerson, ...]


def may_hand_on(actor: ActorId, *, on: date) -> frozenset[UUID]:
    """Return the bodies in which the person heads a unit or the body; two queries."""
    return registry.scope(actor, on=on).bodies(*_HEADS)


def left_by_handlers(person: ActorId, on: date) -> int:
    """Return how many open cases a head has to hand on because a handler has left (承办人已离岗).

    Four queries at most, one for whoever heads nothing, whatever the number of closed cases.
    """
    scope = registry.scope(person, on=on)
    own_units = Q(
        body_id__in=scope.bodies(Role.HANDLING_UNIT_HEAD),
        unit_id__in=scope.units(Role.HANDLING_UNIT_HEAD),
    )
    bodies = scope.bodies(*_HEADS)
    teams = _teams(Q(body_id__in=scope.bodies(Role.AGENCY_HEAD)) | own_units) if bodies else []
    gone = _gone(teams, on=on) if teams else {}
    return sum(team.cases for team in teams if gone[team.body_id].intersection(team.handlers))


@dataclass(frozen=True, slots=True)
class _Team:
    """Who handles open cases together, and how many."""

    body_id: UUID
    handlers: tuple[UUID, ...]
    cases: int


def _teams(which: Q) -> list[_Team]:
    """Return who handles these cases as long as they are open; one query on the index of open cases."""
    rows = (
        Case.objects.filter(which)
        .exclude(state="archived")
        .exclude(state="closed")
        .order_by()
        .values_list("body_id", "handlers")
        .annotate(cases=Count("id"))
    )
    return [_Team(body, tuple(handlers), cases) for body, handlers, cases in rows]


def _gone(teams: list[_Team], *, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return by body the handlers who hold that office there no more, or cannot sign in; two queries."""
    bodies = {team.body_id for team in teams}
    there = registry.holders(bodies, Role.CASE_HANDLER, on=on)
    out = people.signed_out(person for team in teams for person in team.handlers)
    return {
        body: frozenset(
            person
            for team in teams
            if team.body_id == body
            for person in team.handlers
            if person in out or person not in there.get(body, ())
        )
        for body in bodies
    }


def handing_on(
    leaving: UUID | None, *, actor: ActorId, bodies: frozenset[UUID], on: date
) -> HandingOn:
    """Return what there is to hand on in these bodies; a handful of queries.

    Row security keeps out the cases of other units for whoever heads one only.
    """
    mine = selectors.visible(registry.scope(actor, on=on)) & Q(body_id__in=bodies)
    teams = _teams(mine)
    gone = {person for body, left in _gone(teams, on=on).items() for person in left}
    names = people.names({person for team in teams for person in team.handlers})
    ordered = sorted(names.items(), key=lambda one: (one[0] not in gone, one[1]))
    cases = selectors.open_work(ActorId(leaving), actor=actor, on=on) if leaving else []
    officers = [one for body in sorted(bodies) for one in registry.officers(body, on=on)]
    return HandingOn(
        people=tuple(
            KnownPerson(id=person, name=name, note="已离岗" if person in gone else "")
            for person, name in ordered
        ),
        leaving=leaving,
        cases=tuple(one for one in cases if one.body_id in bodies),
        takers=tuple(
            KnownPerson(
                id=one.person, name=one.name,
                note=one.certificate.number if one.certificate else "",
                barred="" if one.may_enforce else "没有有效的执法证",
            )
            for one in officers
            if one.person != leaving
        ),
    )  # fmt: skip
