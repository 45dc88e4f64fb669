"""The open cases of a person who leaves (移交在办案件): who has any, and which this head may hand on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Func

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


def handing_on(
    leaving: UUID | None, *, actor: ActorId, bodies: frozenset[UUID], on: date
) -> HandingOn:
    """Return what there is to hand on in these bodies; a handful of queries.

    Row security keeps out the cases of other units for whoever heads one only.
    """
    at_work = (
        Case.objects.filter(selectors.visible(registry.scope(actor, on=on)), body_id__in=bodies)
        .exclude(state__in=("closed", "archived"))
        .annotate(person=Func(F("handlers"), function="unnest"))
        .values_list("person", flat=True)
        .distinct()
    )
    names = people.names(at_work)
    ordered = sorted(names.items(), key=lambda one: one[1])
    cases = selectors.open_work(ActorId(leaving), actor=actor, on=on) if leaving else []
    officers = [one for body in sorted(bodies) for one in registry.officers(body, on=on)]
    return HandingOn(
        people=tuple(KnownPerson(id=person, name=name) for person, name in ordered),
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
