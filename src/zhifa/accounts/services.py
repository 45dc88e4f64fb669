"""What can be done with a sign-in. Who may do it for others is judged by `registry.services`, which knows
appointments; these join its transaction and refuse to run outside one."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from zhifa.accounts import entries, selectors
from zhifa.accounts.models import Person
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound
from zhifa.law.names import PERSON_NAME_LONGEST, check_name

_LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_EASY_TO_READ = (
    "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: it is read out or copied by hand
)


class NotJoined(RuntimeError):
    """Called outside the transaction of the service that judges who may."""


@dataclass(frozen=True, slots=True)
class Created:
    """A new person, and the password to hand over; it is shown once and kept nowhere. Empty: none yet."""

    id: ActorId
    temporary_password: str


def check_login_name(login_name: str) -> str:
    """Return a login name as it was given. Raises BadValue (login_name.format)."""
    if not _LOGIN_NAME.fullmatch(login_name):
        raise BadValue("login_name.format", login_name[:60])
    return login_name


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
    """Make a sign-in and return it with its temporary password, to be changed at first sign-in.

    demo_password   what demo people sign in with, openly known; for them only
    password_later  nobody signs in with it until an administrator sets a password to hand over

    Raises BadValue (login_name.format, name.…) and Conflict if the login name is taken.
    """
    _joined()
    check_login_name(login_name)
    if demo_password and not is_demo:
        raise ValueError("only demo people have a password that others know")
    password = "" if password_later else demo_password or _temporary_password()
    row = Person(
        id=uuid4(),
        login_name=login_name,
        name=check_name(name, longest=PERSON_NAME_LONGEST),
        is_demo=is_demo,
        must_change_password=not demo_password,
        password=make_password(password or None),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict("login_name.taken") from None
    entry = entries.PersonCreated(row.pk, login_name, name, is_demo)
    journal.append(entries.CREATED, entries.stream(row.pk), actor=actor, at=at, body=entry)
    return Created(ActorId(row.pk), password)


def set_password(
    *, person_id: UUID, reason: str, actor: ActorId, at: datetime, seen: str | None = None
) -> str:
    """Give a person a new temporary password and return it; every session of theirs ends.

    seen  the mark of the password there was when it was asked for (`selectors.password_mark`), so that
          one request sent twice gives one password; None: whatever stands there

    The second factor stays: who gives passwords must not be able to sign in as somebody else by it.

    Raises NotFound, BadValue (reason.missing), Conflict (password.reset_already).
    """
    _joined()
    row = _locked(person_id)
    if not reason.strip():
        raise BadValue("reason.missing")
    if seen is not None and seen != selectors.mark_of(row):
        raise Conflict("password.reset_already")
    password = _temporary_password()
    row.password, row.must_change_password = make_password(password), True
    row.save(update_fields=["password", "must_change_password"])
    _note(entries.PASSWORD_RESET, row, reason=reason.strip(), actor=actor, at=at)
    return password


@transaction.atomic(durable=True)
def change_own_password(*, actor: ActorId, old: str, new: str, at: datetime) -> None:
    """Change one's own password; other sessions end.

    Raises NotFound, and BadValue: password.wrong, password.same, password.too_short, .too_similar,
    .too_common, .entirely_numeric.
    """
    row = _locked(actor)
    if not check_password(old, row.password):
        raise BadValue("password.wrong")
    if old == new:
        raise BadValue("password.same")
    try:
        validate_password(new, row)
    except ValidationError as weak:
        first = weak.error_list[0].code or ""  # password_too_short, ...
        raise BadValue(first.replace("_", ".", 1)) from None
    row.password, row.must_change_password = make_password(new), False
    row.save(update_fields=["password", "must_change_password"])
    _note(entries.PASSWORD_CHANGED, row, actor=actor, at=at)


@contextmanager
def second_factor_noted(*, actor: ActorId, at: datetime) -> Iterator[None]:
    """Journal what the block does to one's own second factor, in one transaction with it.

    The sign-in library changes the factors; its signals come after the commit, too late for the
    record, so what stands there is compared before and after. Raises NotFound.
    """
    with transaction.atomic(durable=True):
        row = _locked(actor)
        before = _factors(row)
        yield
        after = _factors(row)
        for factor in sorted(before.keys() | after.keys()):
            if before.get(factor) == after.get(factor):
                continue
            kind = entries.SECOND_FACTOR_RENEWED
            if factor not in before:
                kind = entries.SECOND_FACTOR_ADDED
            elif factor not in after:
                kind = entries.SECOND_FACTOR_REMOVED
            entry = entries.SecondFactorChanged(row.pk, factor)
            journal.append(kind, entries.stream(row.pk), actor=actor, at=at, body=entry)


def remove_second_factor(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Take off a person's second factor, spare codes too; every session of theirs ends.

    For whoever lost both: the next sign-in asks for the password alone.

    Raises NotFound, BadValue (reason.missing), and Conflict (second_factor.none) if there is none.
    """
    _joined()
    row = _locked(person_id)
    if not reason.strip():
        raise BadValue("reason.missing")
    if not _factors(row):
        raise Conflict("second_factor.none")
    Authenticator.objects.filter(user=row).delete()
    row.sessions_ended += 1
    row.save(update_fields=["sessions_ended"])
    _note(entries.SECOND_FACTOR_RESET, row, reason=reason.strip(), actor=actor, at=at)


def deactivate_person(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Close a sign-in; the person and every record stay, every session ends for good.

    Raises NotFound, Conflict if it is closed.
    """
    _joined()
    _switch(_locked(person_id), False, entries.DEACTIVATED, reason=reason, actor=actor, at=at)


def activate_person(*, person_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Open a closed sign-in again. Raises NotFound, Conflict if it is open."""
    _joined()
    _switch(_locked(person_id), True, entries.ACTIVATED, reason=reason, actor=actor, at=at)


def _switch(
    row: Person, active: bool, kind: str, *, reason: str, actor: ActorId, at: datetime
) -> None:
    if row.is_active == active:
        raise Conflict("person.active_already" if active else "person.inactive_already")
    if not reason.strip():
        raise BadValue("reason.missing")
    row.is_active = active
    if not active:
        row.sessions_ended += 1  # else an old session would go on once the sign-in is open again
    row.save(update_fields=["is_active", "sessions_ended"])
    _note(kind, row, reason=reason.strip(), actor=actor, at=at)


def _note(kind: str, row: Person, *, reason: str = "", actor: ActorId, at: datetime) -> None:
    entry = entries.PersonChanged(row.pk, reason)
    journal.append(kind, entries.stream(row.pk), actor=actor, at=at, body=entry)


def _factors(row: Person) -> dict[str, int]:
    """Return the keys of a person's authenticators by their kind; made anew, a kind has another key."""
    return dict(Authenticator.objects.filter(user=row).values_list("type", "pk"))


def _temporary_password() -> str:
    """Return three groups of four characters: 58 bits, enough until the first sign-in."""
    groups = ("".join(secrets.choice(_EASY_TO_READ) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _locked(person_id: UUID) -> Person:
    row = Person.objects.select_for_update().filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return row


def _joined() -> None:
    if not connection.in_atomic_block:
        raise NotJoined("accounts services join the transaction of a service in registry")
