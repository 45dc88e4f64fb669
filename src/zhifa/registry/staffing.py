"""Who works in a body without what the work asks for (人员配备): cards, qualifications to review."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhifa.accounts import selectors as accounts
from zhifa.law.actors import ActorId
from zhifa.registry import models
from zhifa.registry.rules import Role
from zhifa.registry.spells import valid


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role in a body."""

    person: ActorId
    name: str
    body: UUID
    body_name: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A legal reviewer, and what entitles the person to review: APL art. 58(2)."""

    who: Holder
    number: str  # of the legal professional qualification; empty: none was recorded
    since: date | None
    first_review_on: date | None


def without_card(bodies: frozenset[UUID], *, on: date) -> list[Holder]:
    """Return the case handlers of these bodies who have no certificate there, by body and name.

    One that is revoked is none; one that ran out waits to be renewed. Two queries, none for no bodies.
    """
    cards = models.Certificate.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=on), person_id=OuterRef("person_id"),
        body=OuterRef("body"),
    )  # fmt: skip
    return _named(_holding(bodies, Role.CASE_HANDLER, on=on).filter(~Exists(cards)))


def reviewers(bodies: frozenset[UUID], *, on: date) -> list[Reviewer]:
    """Return the legal reviewers of these bodies with their qualifications, by body and name.

    Three queries, none for no bodies.
    """
    holders = _named(_holding(bodies, Role.LEGAL_REVIEWER, on=on))
    rows = models.ReviewerQualification.objects.filter(pk__in={one.person for one in holders})
    held = {row.person_id: row for row in rows}
    return [_reviewer(one, held.get(one.person)) for one in holders]


def _reviewer(who: Holder, row: models.ReviewerQualification | None) -> Reviewer:
    if row is None:
        return Reviewer(who, "", None, None)
    return Reviewer(who, row.number, row.since, row.first_review_on)


def _holding(bodies: frozenset[UUID], role: Role, *, on: date) -> QuerySet[models.Appointment]:
    return models.Appointment.objects.filter(valid(on), role=role, body__in=bodies)


def _named(rows: QuerySet[models.Appointment]) -> list[Holder]:
    """Return each person once in a body, also who holds the role in several units."""
    held = set(rows.values_list("person_id", "body_id", "body__short_name"))
    names = accounts.names(person for person, *_ in held)
    found = [
        Holder(ActorId(person), names.get(person, ""), body, body_name)
        for person, body, body_name in held
    ]
    return sorted(found, key=lambda one: (one.body_name, one.name, one.person))
