"""Reading who works where as what, and with which certificate (任职与执法证件)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from zhifa.accounts import selectors as accounts
from zhifa.accounts.selectors import Account
from zhifa.law.actors import ActorId
from zhifa.registry import models
from zhifa.registry.rules import Role
from zhifa.registry.selectors.succession import followed
from zhifa.registry.spells import valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """One appointment with the name of whom it is of (任职)."""

    id: UUID
    person: ActorId
    name: str
    body: UUID
    body_name: str
    unit: UUID | None
    unit_name: str
    role: Role
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate as it stands on a day (执法证件)."""

    id: UUID
    person: ActorId
    body: UUID
    number: str
    holder_name: str
    fields: str
    valid_from: date
    valid_until: date
    suspended: bool
    revoked_on: date | None

    def counts(self, on: date) -> bool:
        """Whether its holder may enforce on that day, by this card: APL art. 42."""
        return (
            self.valid_from <= on <= self.valid_until
            and not self.suspended
            and (self.revoked_on is None or on < self.revoked_on)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A case handler of a body, and the certificate of that body, if there is one (执法人员)."""

    person: ActorId
    name: str
    units: tuple[UUID, ...]
    certificate: Certificate | None
    may_enforce: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """What entitles a person to review penalties (法制审核资格)."""

    person: ActorId
    number: str
    since: date | None
    first_review_on: date | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list of people."""

    account: Account
    held: tuple[Appointed, ...]


def everybody(*, on: date, name: str = "") -> list[PersonLine]:
    """Return everyone who has a sign-in, with the offices held on that day; three queries.

    name  a part of the name or of the login name

    Those who can sign in come first, then by login name.
    """
    found = [
        account
        for account in accounts.people()
        if name in account.name or name.lower() in account.login_name
    ]
    held: dict[UUID, list[Appointed]] = {account.id: [] for account in found}
    rows = models.Appointment.objects.filter(valid(on), person_id__in=held)
    for one in _named(rows):
        held[one.person].append(one)
    return [PersonLine(account, tuple(held[account.id])) for account in found]


def people_with_role(body_id: UUID, role: Role, *, on: date) -> list[Appointed]:
    """Return who holds a role in a body on that day, by name; two queries."""
    return _named(models.Appointment.objects.filter(valid(on), body=body_id, role=role))


def holders(bodies: Iterable[UUID], role: Role, *, on: date) -> dict[UUID, frozenset[UUID]]:
    """Return by body who holds a role there on that day; bodies without any are left out; one query."""
    rows = models.Appointment.objects.filter(valid(on), body__in=set(bodies), role=role)
    found = defaultdict[UUID, set[UUID]](set)
    for body, person in rows.values_list("body_id", "person_id"):
        found[body].add(person)
    return {body: frozenset(people) for body, people in found.items()}


def staff(body_id: UUID, *, on: date) -> list[Appointed]:
    """Return every appointment in a body that counts on that day, by name; two queries."""
    return _named(models.Appointment.objects.filter(valid(on), body=body_id))


def appointments(person_id: UUID) -> list[Appointed]:
    """Return all appointments of a person, past ones too, newest first; two queries."""
    found = _named(models.Appointment.objects.filter(person_id=person_id))
    return sorted(found, key=lambda one: (one.valid_from, one.body_name, one.role), reverse=True)


def officers(body_id: UUID, *, on: date) -> list[Officer]:
    """Return the case handlers of a body on that day, by name, with their certificates.

    Five queries, however many there are. Those whose card does not count are listed too: the page
    says why they cannot be chosen.
    """
    handlers = people_with_role(body_id, Role.CASE_HANDLER, on=on)
    cards = certificates(body_id, {one.person for one in handlers}, on=on)
    people = dict.fromkeys(one.person for one in handlers)
    names = {one.person: one.name for one in handlers}
    return [
        Officer(
            person=person,
            name=names[person],
            units=tuple(one.unit for one in handlers if one.person == person and one.unit),
            certificate=(card := cards.get(person)),
            may_enforce=card is not None and card.counts(on),
        )
        for person in people
    ]


def certificates(body_id: UUID, people: Iterable[UUID], *, on: date) -> dict[ActorId, Certificate]:
    """Return by person the certificate of that body, or of one it followed, that is valid on that day, else
    the latest one.

    Three queries.
    """
    bodies = [body_id, *(one.body for one in followed(body_id, on=on))]
    rows = models.Certificate.objects.filter(body__in=bodies, person_id__in=set(people)).order_by(
        "valid_from"
    )
    found: dict[ActorId, Certificate] = {}
    for row in _certificates(rows, on=on):
        held = found.get(row.person)
        if held is None or not held.counts(on):
            found[row.person] = row
    return found


def certificates_of(person_id: UUID, *, on: date) -> list[Certificate]:
    """Return all certificates of a person, newest first; two queries."""
    rows = models.Certificate.objects.filter(person_id=person_id).order_by("-valid_from", "number")
    return _certificates(rows, on=on)


def qualification(person_id: UUID) -> Qualification | None:
    """Return what entitles a person to review penalties, or None; one query."""
    row = models.ReviewerQualification.objects.filter(pk=person_id).first()
    if row is None:
        return None
    return Qualification(
        person=ActorId(row.person_id), number=row.number, since=row.since,
        first_review_on=row.first_review_on,
    )  # fmt: skip


def _certificates(rows: QuerySet[models.Certificate], *, on: date) -> list[Certificate]:
    kept = list(rows)
    suspended = set(
        models.CertificateSuspension.objects.filter(
            valid(on), certificate__in=[row.pk for row in kept]
        ).values_list("certificate_id", flat=True)
    )
    return [
        Certificate(
            id=row.pk, person=ActorId(row.person_id), body=row.body_id, number=row.number,
            holder_name=row.holder_name, fields=row.fields, valid_from=row.valid_from,
            valid_until=row.valid_until, suspended=row.pk in suspended, revoked_on=row.revoked_on,
        )
        for row in kept
    ]  # fmt: skip


def _named(rows: QuerySet[models.Appointment]) -> list[Appointed]:
    kept = list(rows.select_related("body", "unit"))
    names = accounts.names(row.person_id for row in kept)
    found = [
        Appointed(
            id=row.pk, person=ActorId(row.person_id), name=names.get(row.person_id, ""),
            body=row.body_id, body_name=row.body.short_name, unit=row.unit_id,
            unit_name=row.unit.name if row.unit else "", role=Role(row.role),
            valid_from=row.valid_from, valid_until=row.valid_until,
        )
        for row in kept
    ]  # fmt: skip
    order = list(Role)
    return sorted(found, key=lambda one: (one.name, order.index(one.role), one.valid_from, one.id))
