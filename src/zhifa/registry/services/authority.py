"""Who may change what in the registry (登记权限). The platform itself (SYSTEM) sets up a city: `zhifa init`.

An administrator keeps his own body and those directly under it; a supervisor judges those his
body supervises; nobody decides about himself.
"""

from datetime import date
from uuid import UUID

from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.errors import Denied
from zhifa.registry import models
from zhifa.registry.rules import Role
from zhifa.registry.spells import valid


def holds(actor: ActorId, *roles: Role, on: date, body: UUID | None = None) -> bool:
    """Whether the actor holds one of the roles on that day, in the body or, without one, anywhere."""
    if actor == SYSTEM:
        return True
    held = models.Appointment.objects.filter(valid(on), person_id=actor, role__in=roles)
    return (held if body is None else held.filter(body=body)).exists()


def require(actor: ActorId, *roles: Role, on: date, body: UUID | None = None) -> None:
    """Raise Denied unless the actor holds one of the roles, in the body or, without one, anywhere."""
    if not holds(actor, *roles, on=on, body=body):
        raise Denied("role.missing")


def require_administrator(
    actor: ActorId, body: models.Body, *, on: date, role: Role = Role.SYSTEM_ADMINISTRATOR
) -> None:
    """Raise Denied unless the actor is administrator of the body or of one right above it."""
    above = {body.pk, body.supervised_by_id, body.superior_id} - {None}
    require_in(actor, role, above, on=on)


def require_supervisor(actor: ActorId, body: models.Body, *, on: date) -> None:
    """Raise Denied unless the actor is a supervisor over the body: SUPERVISION art. 6."""
    require_in(actor, Role.SUPERVISOR, {body.supervised_by_id or body.pk}, on=on)


def require_in(actor: ActorId, role: Role, bodies: "set[UUID | None]", *, on: date) -> None:
    """Raise Denied unless the actor holds the role in one of the bodies."""
    if actor == SYSTEM:
        return
    held = models.Appointment.objects.filter(valid(on), person_id=actor, role=role, body__in=bodies)
    if not held.exists():
        raise Denied("role.missing")


def require_keeper(actor: ActorId, body: models.Body, *, on: date) -> None:
    """Raise Denied unless the actor keeps the cards of the body's officers: the supervisor, who issues
    them, or the administrator, who enters them.
    """
    if holds(actor, Role.SUPERVISOR, on=on, body=body.supervised_by_id or body.pk):
        return
    require_administrator(actor, body, on=on)


def require_keeper_of(actor: ActorId, person_id: UUID, *, on: date) -> None:
    """Raise Denied unless the actor keeps one of the bodies the person works in, or any if in none."""
    require(actor, Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR, on=on)
    bodies = workplaces(person_id, on=on)
    if bodies and not any(_keeps(actor, body, on=on) for body in bodies):
        raise Denied("role.missing")


def _keeps(actor: ActorId, body: models.Body, *, on: date) -> bool:
    try:
        require_keeper(actor, body, on=on)
    except Denied:
        return False
    return True


def workplaces(person_id: UUID, *, on: date) -> list[models.Body]:
    """Return the bodies a person works in on that day; one query."""
    held = valid(on, prefix="appointments__")
    rows = models.Body.objects.filter(held, appointments__person_id=person_id)
    return list(rows.order_by("id").distinct())


def not_about_oneself(actor: ActorId, person_id: UUID) -> None:
    """Raise Denied if someone would decide about himself."""
    if actor == person_id:
        raise Denied("own_work")
