"""What an administrator does with sign-ins (用户管理); the sign-ins themselves stand in `accounts`."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhifa.accounts import services as accounts
from zhifa.accounts.services import Created
from zhifa.clock import beijing_date
from zhifa.law.actors import ActorId
from zhifa.registry.rules import Role
from zhifa.registry.services import authority


@transaction.atomic
def create_person(
    *,
    login_name: str,
    name: str,
    actor: ActorId,
    at: datetime,
    is_demo: bool = False,
    demo_password: str = "",
) -> Created:
    """Make a sign-in; return it with the temporary password, shown once.

    Raises Denied unless a system administrator asks, BadValue, and Conflict if the name is taken.
    """
    authority.require(actor, Role.SYSTEM_ADMINISTRATOR, on=beijing_date(at))
    return accounts.create_person(
        login_name=login_name, name=name, actor=actor, at=at, is_demo=is_demo,
        demo_password=demo_password,
    )  # fmt: skip


@transaction.atomic
def reset_password(*, person_id: UUID, actor: ActorId, at: datetime) -> str:
    """Give someone else a temporary password and return it; it must be changed at sign-in.

    Raises Denied, NotFound.
    """
    _require_over(actor, person_id, at=at)
    return accounts.set_password(person_id=person_id, actor=actor, at=at)


@transaction.atomic
def deactivate_person(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Close someone's sign-in; appointments and records stay. Raises Denied, NotFound, Conflict."""
    _require_over(actor, person_id, at=at)
    accounts.deactivate_person(person_id=person_id, reason=reason, actor=actor, at=at)


@transaction.atomic
def activate_person(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Open someone's sign-in again. Raises Denied, NotFound, Conflict."""
    _require_over(actor, person_id, at=at)
    accounts.activate_person(person_id=person_id, reason=reason, actor=actor, at=at)


def _require_over(actor: ActorId, person_id: UUID, *, at: datetime) -> None:
    """Ask for a system administrator over every body the person works in, over any if in none.

    Every one: otherwise the administrator of one body appoints somebody of another, gives him a new
    password and signs in as him there.
    """
    on = beijing_date(at)
    authority.not_about_oneself(actor, person_id)
    authority.require(actor, Role.SYSTEM_ADMINISTRATOR, on=on)
    for body in authority.workplaces(person_id, on=on):
        authority.require_administrator(actor, body, on=on)
