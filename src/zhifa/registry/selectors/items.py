"""Reading powers and the scope matrix (行政权力事项、试点范围)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Count, F, Q

from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound
from zhifa.registry import models
from zhifa.registry.rules import ActType, Coverage, ItemContent, ItemState, LegalBasis
from zhifa.registry.scope_matrix import ALL_AGENCIES
from zhifa.registry.spells import valid


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerItem:
    """A power of a body in one version, and how far it has come."""

    id: UUID
    body: UUID
    content: ItemContent
    state: ItemState
    valid_until: date | None
    defined_by: ActorId
    submitted_by: ActorId | None
    approved_by: ActorId | None
    approved_on: date | None
    remark: str

    def in_force(self, on: date) -> bool:
        """Whether the item may be acted on, on that day: approved, and in its spell."""
        return (
            self.state is ItemState.APPROVED
            and self.content.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of the scope matrix."""

    act_type: ActType
    coverage: Coverage
    by_superior: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One agency's line; the line without an agency is for all that have none of their own."""

    agency: str
    body: UUID | None
    basis: str
    cells: tuple[MatrixCell, ...]  # in the order of ActType


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSpell:
    """A matrix that was set: from when to when it held, and how many agencies had a line of their own."""

    valid_from: date
    valid_until: date | None
    basis: str
    agencies: int

    @property
    def taken_back(self) -> bool:
        """Whether another was set for the same day in its place."""
        return self.valid_until is not None and self.valid_until < self.valid_from


@dataclass(frozen=True, slots=True)
class Obliged:
    """An agency whose acts of a kind are under the three systems; without a name: every agency."""

    agency: str
    body: UUID | None


def power_items(body_id: UUID, *, on: date) -> list[PowerItem]:
    """Return the items of a body in force on that day, by act type, then code; one query."""
    rows = models.PowerItem.objects.filter(
        valid(on), body=body_id, state=ItemState.APPROVED
    ).order_by("act_type", "code")
    return [_item(row) for row in rows]


def every_item(body_id: UUID) -> list[PowerItem]:
    """Return all versions of a body's items, drafts too, by code, newest first; one query."""
    rows = models.PowerItem.objects.filter(body=body_id).order_by("code", "-valid_from", "id")
    return [_item(row) for row in rows]


def items_to_approve(bodies: frozenset[UUID]) -> list[PowerItem]:
    """Return what these bodies have submitted and nobody has judged yet, by body and code; one query."""
    rows = models.PowerItem.objects.filter(body__in=bodies, state=ItemState.SUBMITTED).order_by(
        "body__name", "code"
    )
    return [_item(row) for row in rows]


def open_version(body_id: UUID, code: str) -> PowerItem | None:
    """Return the version of a power that is not approved yet, if there is one; one query."""
    row = models.PowerItem.objects.filter(
        body=body_id, code=code, state__in=(ItemState.DRAFT, ItemState.SUBMITTED)
    ).first()
    return _item(row) if row else None


def power_item(item_id: UUID) -> PowerItem:
    """Return one item in one version; one query. Raises NotFound."""
    row = models.PowerItem.objects.filter(pk=item_id).first()
    if row is None:
        raise NotFound
    return _item(row)


def scope_matrix(on: date) -> list[MatrixRow]:
    """Return the matrix that holds on that day, in the order of its source; one query."""
    rows: dict[str, list[models.ScopeCell]] = {}
    for cell in models.ScopeCell.objects.filter(valid(on)).order_by("position", "id"):
        rows.setdefault(cell.agency, []).append(cell)
    order = list(ActType)
    return [
        MatrixRow(
            agency,
            cells[0].body_id,
            cells[0].basis,
            tuple(
                MatrixCell(ActType(cell.act_type), Coverage(cell.coverage), cell.by_superior)
                for cell in sorted(cells, key=lambda cell: order.index(ActType(cell.act_type)))
            ),
        )
        for agency, cells in rows.items()
    ]


def scope_matrices() -> list[MatrixSpell]:
    """Return every matrix ever set, newest first, those taken back after the one that holds; one query."""
    rows = (
        models.ScopeCell.objects.values("valid_from", "valid_until", "basis")
        .annotate(agencies=Count("agency", filter=~Q(agency=ALL_AGENCIES), distinct=True))
        .order_by("-valid_from", F("valid_until").desc(nulls_first=True))
    )
    return [MatrixSpell(**row) for row in rows]


def who_must(act_type: ActType, *, on: date) -> list[Obliged]:
    """Return whose acts of that kind are in scope in full (●), in the order of the source; one query.

    If all agencies are, the answer is one line without a name, and no other.
    """
    rows = models.ScopeCell.objects.filter(
        valid(on), act_type=act_type, coverage=Coverage.REQUIRED
    ).order_by("position", "id")
    found = [Obliged(row.agency, row.body_id) for row in rows]
    return [one for one in found if one.agency == ALL_AGENCIES] or found


def _item(row: models.PowerItem) -> PowerItem:
    return PowerItem(
        id=row.pk,
        body=row.body_id,
        content=ItemContent(
            code=row.code, name=row.name, act_type=ActType(row.act_type),
            valid_from=row.valid_from, scope=row.scope, content=row.content,
            procedure=row.procedure, supervision=row.supervision,
            bases=msgspec.convert(row.bases, tuple[LegalBasis, ...]),
            time_limit=row.time_limit, fee=row.fee, is_demo=row.is_demo,
        ),
        state=ItemState(row.state),
        valid_until=row.valid_until,
        defined_by=ActorId(row.defined_by),
        submitted_by=ActorId(row.submitted_by) if row.submitted_by else None,
        approved_by=ActorId(row.approved_by) if row.approved_by else None,
        approved_on=row.approved_on,
        remark=row.remark,
    )  # fmt: skip
