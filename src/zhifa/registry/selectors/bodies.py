"""Reading bodies and their parts (执法主体)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhifa.law.errors import NotFound
from zhifa.registry import models
from zhifa.registry.rules import BodyKind, Contact, Identity, Role, Scope, UnitKind
from zhifa.registry.spells import valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body with everything that is said about it."""

    id: UUID
    identity: Identity
    contact: Contact
    valid_until: date | None
    capacity_confirmed_on: date | None
    capacity_published_on: date | None

    @property
    def name(self) -> str:
        """Return its full name, as documents show it."""
        return self.identity.name

    @property
    def short_name(self) -> str:
        """Return the name lists show."""
        return self.identity.short_name

    def kept_by(self, scope: Scope) -> bool:
        """Whether the person keeps it: as system administrator, its own or right above it."""
        above = {self.id, self.identity.supervised_by, self.identity.superior} - {None}
        return bool(scope.bodies(Role.SYSTEM_ADMINISTRATOR) & above)

    def exists(self, on: date) -> bool:
        """Whether the body exists on that day."""
        return self.identity.valid_from <= on and (
            self.valid_until is None or on <= self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a body (承办机构、法制机构)."""

    id: UUID
    body: UUID
    name: str
    kind: UnitKind
    entrusted_body: UUID | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An entrustment deed (委托书)."""

    id: UUID
    entrusting: UUID
    entrusted: UUID
    number: str
    matters: str
    scope: str
    valid_from: date
    valid_until: date
    published_on: date | None


def body(body_id: UUID) -> Body:
    """Return one body; one query. Raises NotFound."""
    return _one(models.Body.objects.filter(pk=body_id))


def body_by_code(code: str) -> Body:
    """Return the body with that code of the platform, or with that credit code.

    A credit code that one body inherited from another means the later. One query. Raises NotFound.
    """
    return _one(models.Body.objects.filter(Q(code=code) | Q(credit_code=code) & ~Q(credit_code="")))


def bodies(on: date) -> list[Body]:
    """Return the bodies that exist on that day, by region code, then name; one query."""
    rows = models.Body.objects.filter(valid(on)).order_by("region_code", "name", "code")
    return [_body(row) for row in rows]


def every_body() -> list[Body]:
    """Return all bodies, those of the past too, in the order they came into being; one query."""
    return [_body(row) for row in models.Body.objects.order_by("valid_from", "name", "code")]


def units(body_id: UUID, on: date | None = None) -> list[Unit]:
    """Return a body's units, by kind, then name; without a day also those of the past. One query."""
    rows = models.Unit.objects.filter(body=body_id).order_by("kind", "name", "valid_from")
    if on is not None:
        rows = rows.filter(valid(on))
    return [
        Unit(
            id=row.pk, body=row.body_id, name=row.name, kind=UnitKind(row.kind),
            entrusted_body=row.entrusted_body_id, valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    ]  # fmt: skip


def deeds(body_id: UUID) -> list[Deed]:
    """Return the deeds a body has given or holds, newest first; one query."""
    rows = models.EntrustmentDeed.objects.filter(
        Q(entrusting=body_id) | Q(entrusted=body_id)
    ).order_by("-valid_from", "number")
    return [
        Deed(
            id=row.pk, entrusting=row.entrusting_id, entrusted=row.entrusted_id, number=row.number,
            matters=row.matters, scope=row.scope, valid_from=row.valid_from,
            valid_until=row.valid_until, published_on=row.published_on,
        )
        for row in rows
    ]  # fmt: skip


def _one(rows: QuerySet[models.Body]) -> Body:
    row = rows.order_by("-valid_from").first()
    if row is None:
        raise NotFound
    return _body(row)


def _body(row: models.Body) -> Body:
    return Body(
        id=row.pk,
        identity=Identity(
            code=row.code, kind=BodyKind(row.kind), name=row.name, short_name=row.short_name,
            valid_from=row.valid_from, credit_code=row.credit_code, region_code=row.region_code,
            office_word=row.office_word, supervised_by=row.supervised_by_id,
            superior=row.superior_id, is_demo=row.is_demo,
        ),
        contact=contact(row),
        valid_until=row.valid_until,
        capacity_confirmed_on=row.capacity_confirmed_on,
        capacity_published_on=row.capacity_published_on,
    )  # fmt: skip


def contact(row: models.Body) -> Contact:
    """Return what a row says about finding, paying and appealing."""
    return Contact(
        address=row.address, phone=row.phone, hours=row.hours, website=row.website,
        supervision_phone=row.supervision_phone, supervision_address=row.supervision_address,
        supervision_url=row.supervision_url, payment_bank=row.payment_bank,
        payment_account=row.payment_account, payment_address=row.payment_address,
        reconsideration_body=row.reconsideration_body, court=row.court,
    )  # fmt: skip
