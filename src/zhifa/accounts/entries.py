"""What the journal keeps about people: the kinds of entries and their contents; never a password."""

from dataclasses import dataclass
from uuid import UUID

CREATED = "person.created"
PASSWORD_RESET = "person.password_reset"  # noqa: S105  (the kind of an entry)
PASSWORD_CHANGED = "person.password_changed"  # noqa: S105  (the kind of an entry)
DEACTIVATED = "person.deactivated"
ACTIVATED = "person.activated"


@dataclass(frozen=True, slots=True)
class PersonCreated:
    """A sign-in was made for someone."""

    person: UUID
    login_name: str
    name: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A sign-in was changed: its password, or whether it may be used, with the reason given."""

    person: UUID
    reason: str = ""


def stream(person_id: UUID) -> str:
    """Return the stream of a person's entries."""
    return f"person:{person_id}"
