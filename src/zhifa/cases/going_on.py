"""The cases of bodies that ended, for the body that goes on with them (承继办理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from zhifa.cases.models import Case
from zhifa.registry import selectors as registry


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """A case that a body left open when it ended, and who handled it."""

    id: UUID
    number: str
    title: str
    former: str  # the body's name
    unit: str  # that handled it there; empty if none did
    shared: bool  # the body was split: another successor may have to go on with this one


def left_behind(body_id: UUID, on: date) -> list[LeftBehind]:
    """Return the cases, not archived, of the bodies that ended and that this one follows, by number.

    Two queries, one more for each body that is followed.
    """
    former = {one.body: one for one in registry.followed(body_id, on=on)}
    units = {unit.id: unit.name for key in former for unit in registry.units(key)}
    rows = Case.objects.filter(body_id__in=former).exclude(state="archived").order_by("number")
    return [
        LeftBehind(
            id=row.id, number=row.number, title=row.title, former=former[row.body_id].name,
            unit=units.get(row.unit_id, "") if row.unit_id else "",
            shared=former[row.body_id].shared,
        )
        for row in rows
    ]  # fmt: skip


def open_cases_of(bodies: Sequence[UUID]) -> dict[UUID, int]:
    """Return by body how many cases are not archived, for who keeps the bodies; one query.

    Only the number: row security shows an administrator no case.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, cases FROM zhifa_open_cases(%s::uuid[])", [list(bodies)])
        return dict(cursor.fetchall())
