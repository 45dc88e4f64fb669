"""What a person may see and be on a day (权限范围)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.registry import models, rules
from zhifa.registry.rules import OVERSEEING, Held, Role, Scope
from zhifa.registry.spells import valid


def scope(actor: ActorId, *, on: date) -> Scope:
    """Return what follows from the person's appointments on that day; deny by default.

    Two queries, one more for those who oversee other bodies. The database judges the same by
    `zhifa_case_visible`.
    """
    rows = models.Appointment.objects.filter(valid(on), person_id=actor).order_by(
        "body_id", "role", "unit_id"
    )
    held = tuple(
        Held(Role(role), body, unit)
        for role, body, unit in rows.values_list("role", "body_id", "unit_id")
    )
    overseers = {one.body for one in held if one.role in OVERSEEING}
    return rules.scope(
        actor=actor,
        on=on,
        held=held,
        supervised=_supervised(overseers) if overseers else {},
        predecessors=_predecessors(on) if held else {},
    )


def _supervised(overseers: set[UUID]) -> dict[UUID, frozenset[UUID]]:
    rows = models.Body.objects.filter(supervised_by__in=overseers)
    return _grouped(rows.values_list("supervised_by_id", "id"))


def _predecessors(on: date) -> dict[UUID, frozenset[UUID]]:
    rows = models.Succession.objects.filter(on__lte=on)
    return _grouped(rows.values_list("successor_id", "predecessor_id"))


def _grouped(pairs: Iterable[tuple[UUID | None, UUID]]) -> dict[UUID, frozenset[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for key, value in pairs:
        if key is not None:
            found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}
