"""What the journal keeps about people: the kinds of entries and their contents; never a password."""

from dataclasses import dataclass
from uuid import UUID

CREATED = "person.created"
PASSWORD_RESET = "person.password_reset"  # noqa: S105  (the kind of an entry)
PASSWORD_CHANGED = "person.password_changed"  # noqa: S105  (the kind of an entry)
DEACTIVATED = "person.deactivated"
ACTIVATED = "person.activated"
SECOND_FACTOR_ADDED = "person.second_factor_added"
SECOND_FACTOR_RENEWED = "person.second_factor_renewed"
SECOND_FACTOR_REMOVED = "person.second_factor_removed"
SECOND_FACTOR_RESET = "person.second_factor_reset"  # taken off by the security administrator


@dataclass(frozen=True, slots=True)
class PersonCreated:
    """A sign-in was made for someone."""

    person: UUID
    login_name: str
    name: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A sign-in was changed: its password, its second factor taken off by somebody else, or whether it
    may be used, with the reason given.
    """

    person: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorChanged:
    """Somebody switched his own second factor on or off, or made it anew; never a secret or a code."""

    person: UUID
    factor: str  # totp, recovery_codes


def stream(person_id: UUID) -> str:
    """Return the stream of a person's entries."""
    return f"person:{person_id}"
