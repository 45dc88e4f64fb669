"""Where a person works as a case handler (承办岗位), and what can be picked there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.cases.known import PowerItemOption
from zhifa.law.actors import ActorId
from zhifa.registry import selectors as registry
from zhifa.registry.rules import ActType, Role

_MOST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class Office:
    """One appointment as a case handler."""

    body: UUID
    unit: UUID | None
    words: str

    @property
    def key(self) -> str:
        """Return how a form names it."""
        return f"{self.body}|{self.unit or ''}"


def offices(actor: ActorId, *, on: date) -> list[Office]:
    """Return where the person handles cases; four queries and two a body."""
    held = [one for one in registry.scope(actor, on=on).held if one.role is Role.CASE_HANDLER]
    found = []
    for one in held:
        body = registry.body(one.body)
        units = {unit.id: unit.name for unit in registry.units(one.body)} if one.unit else {}
        unit_name = units.get(one.unit, "") if one.unit else ""
        found.append(Office(one.body, one.unit, f"{body.name} {unit_name}".strip()))
    return found


def penalty_items(body: UUID, words: str, *, on: date, chosen: str = "") -> list[PowerItemOption]:
    """Return the penalties of a body in force whose name or code has every word; one query.

    chosen  the id of the one that was picked already: it comes first, whatever the words
    """
    wanted = words.split()
    found = [
        PowerItemOption(id=item.id, name=item.content.name, code=item.content.code)
        for item in registry.power_items(body, on=on)
        if item.content.act_type is ActType.PENALTY
        and (
            str(item.id) == chosen
            or all(word in f"{item.content.name} {item.content.code}" for word in wanted)
        )
    ]
    found.sort(key=lambda item: str(item.id) != chosen)
    return found[:_MOST_ITEMS]
