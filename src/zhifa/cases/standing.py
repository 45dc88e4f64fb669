"""How the registry stood when a step is judged (办案条件): roles, certificates, settings, calendar."""

from datetime import date
from typing import Any
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.registry import selectors as registry
from zhifa.registry.selectors import Standing


def standing(
    body_id: UUID,
    unit_id: UUID | None,
    *,
    actor: ActorId,
    facts: Facts,
    data: Any,
    on: date,
    known_on: date,
) -> Standing:
    """Return what holds for the actor in that body on the day `on`; one query as a rule.

    data      of the step, whose officers are looked at if it assigns any; None while a page asks
    known_on  the day of entry: a holiday notice issued later is not known yet
    """
    assigned = data.handlers if isinstance(data, a.File | a.Reassign) else facts.handlers
    return registry.standing(
        body_id,
        unit=unit_id,
        actor=actor,
        officers=assigned,
        power_item=facts.power_item or getattr(data, "power_item", None),
        on=on,
        known_on=known_on,
    )
