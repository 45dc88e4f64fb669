"""Lists of the registry's pages (列表): filtered in the database, in a stated order, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from zhifa.law.actors import ActorId
from zhifa.registry import models, rules
from zhifa.registry.rules import ActType, ItemState, LegalBasis, Role, Scope
from zhifa.registry.spells import valid

PAGE_ROWS = 50
EXPIRES_SOON_DAYS = 60  # [policy] time enough to order a new card


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """What the list of powers is narrowed to."""

    body: UUID | None = None
    act_type: ActType | None = None
    state: ItemState | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One version of a power in the list."""

    id: UUID
    body: UUID
    body_name: str
    code: str
    name: str
    act_type: ActType
    state: ItemState
    valid_from: date
    valid_until: date | None
    missing: int  # required columns that are empty
    returned: bool  # sent back with a remark
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """An officer's certificate in the list, as it stands on the day."""

    id: UUID
    person: ActorId
    name: str
    body: UUID
    body_name: str
    number: str
    fields: str
    valid_from: date
    valid_until: date
    suspended: bool
    days_left: int  # calendar days; negative once it has run out


class Paged:
    """A page of a list that has been read, as the pagination part draws it."""

    def __init__(self, rows: list[Any], paginator: "Paginator[Any]", number: int) -> None:
        page = paginator.get_page(number)
        self.rows, self.paginator, self.number = rows, paginator, page.number
        self.has_previous, self.has_next = page.has_previous(), page.has_next()
        self.previous_page_number, self.next_page_number = page.number - 1, page.number + 1


def paged(rows: list[Any], number: int) -> Paged:
    """Return a page of rows that stand in memory."""
    paginator = Paginator(rows, PAGE_ROWS)
    return Paged(list(paginator.get_page(number).object_list), paginator, number)


def item_page(scope: Scope, wanted: ItemFilter, *, page: int) -> Paged:
    """Return a page of the powers the person may see, by body, act type and code.

    Approved ones are for everybody; what is not approved yet is for who works in the body, or is
    over it. Two queries.
    """
    paginator = Paginator(_items(scope, wanted), PAGE_ROWS)
    rows = [_item(row) for row in paginator.get_page(page).object_list]
    return Paged(rows, paginator, page)


def cards(
    on: date,
    *,
    body: UUID | None = None,
    within_days: int | None = None,
    text: str = "",
    concerning: tuple[ActorId, frozenset[UUID]] | None = None,
) -> list[CardLine]:
    """Return certificates not revoked on that day, those that run out first at the top; two queries.

    within_days  only those that run out until then, or have run out without a newer one
    concerning   only the person's own, and those of these bodies
    """
    rows = models.Certificate.objects.filter(
        Q(revoked_on=None) | Q(revoked_on__gt=on), valid_from__lte=on + timedelta(days=366)
    )
    if body is not None:
        rows = rows.filter(body=body)
    if concerning is not None:
        rows = rows.filter(Q(person_id=concerning[0]) | Q(body__in=concerning[1]))
    if text:
        rows = rows.filter(Q(holder_name__icontains=text) | Q(number__icontains=text))
    rows = rows.select_related("body").order_by("person_id", "body_id", "-valid_until", "id")
    newest = list(rows.distinct("person_id", "body_id"))
    suspended = set(
        models.CertificateSuspension.objects.filter(
            valid(on), certificate__in=[row.pk for row in newest]
        ).values_list("certificate_id", flat=True)
    )
    found = [
        CardLine(
            id=row.pk, person=ActorId(row.person_id), name=row.holder_name, body=row.body_id,
            body_name=row.body.short_name, number=row.number, fields=row.fields,
            valid_from=row.valid_from, valid_until=row.valid_until, suspended=row.pk in suspended,
            days_left=(row.valid_until - on).days,
        )
        for row in newest
        if within_days is None or (row.valid_until - on).days <= within_days
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.valid_until, one.body_name, one.name))


def submitted(bodies: Iterable[UUID]) -> dict[UUID, int]:
    """Return by body how many powers wait for the office's word; one query."""
    rows = models.PowerItem.objects.filter(body__in=set(bodies), state=ItemState.SUBMITTED)
    found: dict[UUID, int] = {}
    for body in rows.values_list("body_id", flat=True):
        found[body] = found.get(body, 0) + 1
    return found


def returned_to(person: ActorId) -> list[ItemLine]:
    """Return the powers that were sent back to whoever wrote them, by code; one query."""
    rows = models.PowerItem.objects.filter(defined_by=person, state=ItemState.DRAFT)
    return [_item(row) for row in rows.exclude(remark="").select_related("body").order_by("code")]


def supervised_by(scope: Scope) -> list[tuple[UUID, str]]:
    """Return the bodies whose powers the person judges, by name; one query, none for who is none."""
    offices = scope.bodies(Role.SUPERVISOR)
    if not offices:
        return []
    rows = models.Body.objects.filter(
        Q(supervised_by__in=offices) | Q(supervised_by=None, pk__in=offices)
    )
    return list(rows.order_by("short_name").values_list("id", "short_name"))


def administered_by(scope: Scope, role: Role = Role.SYSTEM_ADMINISTRATOR) -> frozenset[UUID]:
    """Return the bodies that the person keeps as this administrator; one query, none for who is none."""
    own = scope.bodies(role)
    if not own:
        return frozenset()
    rows = models.Body.objects.filter(
        Q(pk__in=own) | Q(supervised_by__in=own) | Q(superior__in=own)
    )
    return frozenset(rows.values_list("id", flat=True))


def kept_by(scope: Scope) -> frozenset[UUID]:
    """Return the bodies whose officers' cards the person keeps: supervised or administered; two queries."""
    return administered_by(scope).union(body for body, _ in supervised_by(scope))


def body_names() -> dict[UUID, str]:
    """Return the short names of all bodies; one query."""
    return dict(models.Body.objects.values_list("id", "short_name"))


def _items(scope: Scope, wanted: ItemFilter) -> QuerySet[models.PowerItem]:
    seen = scope.member_bodies | scope.case_bodies | {body for body, _ in supervised_by(scope)}
    rows = models.PowerItem.objects.filter(Q(state=ItemState.APPROVED) | Q(body__in=seen))
    if wanted.body is not None:
        rows = rows.filter(body=wanted.body)
    if wanted.act_type is not None:
        rows = rows.filter(act_type=wanted.act_type)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.text:
        rows = rows.filter(Q(name__icontains=wanted.text) | Q(code__icontains=wanted.text))
    return rows.select_related("body").order_by(
        "body__short_name", "act_type", "code", "-valid_from"
    )


def _item(row: models.PowerItem) -> ItemLine:
    content = rules.ItemContent(
        code=row.code, name=row.name, act_type=ActType(row.act_type), valid_from=row.valid_from,
        scope=row.scope, content=row.content, procedure=row.procedure,
        supervision=row.supervision, bases=tuple(LegalBasis(**one) for one in row.bases),
        time_limit=row.time_limit, fee=row.fee,
    )  # fmt: skip
    return ItemLine(
        id=row.pk, body=row.body_id, body_name=row.body.short_name, code=row.code, name=row.name,
        act_type=content.act_type, state=ItemState(row.state), valid_from=row.valid_from,
        valid_until=row.valid_until, missing=len(content.missing()),
        returned=row.state == ItemState.DRAFT and bool(row.remark), is_demo=row.is_demo,
    )  # fmt: skip
