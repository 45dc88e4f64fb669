"""Who may act on what in disclosure (公示职权): roles in a body, or in the one that took it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.disclosure import rules
from zhifa.law.actors import ActorId
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role, Scope

_ROLES = tuple(Role(role) for role in (rules.EDITOR, rules.HEAD, rules.REVIEWER, rules.PUBLISHER))


@dataclass(frozen=True, slots=True)
class Authority:
    """A person's roles on a day, and for which bodies of the past they stand in."""

    scope: Scope
    heirs: Mapping[UUID, frozenset[UUID]]  # a former body -> those of its heirs the person works in

    def holds(self, role: str, body_id: UUID, unit_id: UUID | None = None) -> bool:
        """Whether the person holds the role there; a unit's head only for that unit."""
        if role == rules.HEAD and unit_id is not None:
            return unit_id in self.scope.units(Role.HANDLING_UNIT_HEAD)
        places = {body_id, *self.heirs.get(body_id, ())}
        return any(self.scope.may(Role(role), place) for place in places)

    def keeps_records(self, body_id: UUID, on: date) -> bool:
        """Whether the person publishes what the registry says of the body, or said of it before it ended."""
        return self.holds(rules.PUBLISHER, body_id) or body_id in self.ended(on)

    def ended(self, on: date) -> frozenset[UUID]:
        """Return the bodies that ended and whose records this person brings up to date: as publisher of who
        followed, or as supervisor over them (SUPERVISION art. 6); one query for a supervisor."""
        mine = {
            former
            for former, heirs in self.heirs.items()
            if any(self.scope.may(Role.DISCLOSURE_PUBLISHER, heir) for heir in heirs)
        }
        if offices := self.scope.bodies(Role.SUPERVISOR):
            mine |= {
                one.id
                for one in registry.every_body()
                if one.identity.supervised_by in offices
                and one.valid_until is not None
                and one.valid_until < on
            }
        return frozenset(mine)

    def sees(self, body_id: UUID, unit_id: UUID | None) -> bool:
        """Whether a publication of that body and unit is in scope; row security says the same."""
        return self.scope.sees_case(body=body_id, unit=unit_id, handlers=frozenset())


def authority(actor: ActorId, *, on: date) -> Authority:
    """Return what a person may do; one query, and one for each body the person works in."""
    scope = registry.scope(actor, on=on)
    heirs: dict[UUID, frozenset[UUID]] = {}
    for body_id in scope.bodies(*_ROLES):
        for former in registry.followed(body_id, on=on):
            heirs[former.body] = heirs.get(former.body, frozenset()) | {body_id}
    return Authority(scope, heirs)
