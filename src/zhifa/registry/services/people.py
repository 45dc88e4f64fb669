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
    password_later: bool = False,
) -> Created:
    """Make a sign-in; return it with the temporary password, shown once.

    password_later  without one, until an administrator sets it to hand it over

    Raises Denied unless a system administrator asks, BadValue, and Conflict if the name is taken.
    """
    authority.require(actor, Role.SYSTEM_ADMINISTRATOR, on=beijing_date(at))
    return accounts.create_person(
        login_name=login_name, name=name, actor=actor, at=at, is_demo=is_demo,
        demo_password=demo_password, password_later=password_later,
    )  # fmt: skip


@transaction.atomic
def reset_password(
    *, person_id: UUID, reason: str, actor: ActorId, at: datetime, seen: str | None = None
) -> str:
    """Give someone else a temporary password and return it; it must be changed at sign-in.

    seen  the mark of the password there was when the form was opened; None: whatever stands there

    Raises Denied, NotFound, BadValue (reason.missing), Conflict (password.reset_already).
    """
    _require_over(actor, person_id, at=at)
    return accounts.set_password(person_id=person_id, reason=reason, actor=actor, at=at, seen=seen)


@transaction.atomic
def remove_second_factor(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Take off someone else's second factor, who lost phone and spare codes; their sessions end.

    For the security administrator: with the one who gives passwords, it takes two to sign in as
    somebody else (三员分立).

    Raises Denied (role.missing, own_work), NotFound, BadValue (reason.missing), Conflict
    (second_factor.none).
    """
    _require_over(actor, person_id, role=Role.SECURITY_ADMINISTRATOR, at=at)
    accounts.remove_second_factor(person_id=person_id, reason=reason, actor=actor, at=at)


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


def _require_over(
    actor: ActorId, person_id: UUID, *, at: datetime, role: Role = Role.SYSTEM_ADMINISTRATOR
) -> None:
    """Ask for an administrator over every body the person works in, over any if in none.

    Every one: otherwise the administrator of one body appoints somebody of another, gives him a new
    password and signs in as him there.
    """
    on = beijing_date(at)
    authority.not_about_oneself(actor, person_id)
    authority.require(actor, role, on=on)
    for body in authority.workplaces(person_id, on=on):
        authority.require_administrator(actor, body, role=role, on=on)
