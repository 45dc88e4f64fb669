"""What a person had before them when changing something (所见版本): two who edit at once are told apart.

Content has no version of its own: its digest says which content was seen.
"""

import hashlib

import msgspec

from zhifa.law.errors import Conflict
from zhifa.registry.rules import Contact, ItemContent

NOTHING = ""  # there was none
OUTDATED = "edit.outdated"


def seen_of(value: Contact | ItemContent | None) -> str:
    """Return the mark of a content, to be sent back with what is entered; NOTHING if there is none."""
    if value is None:
        return NOTHING
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


def require_seen(seen: str | None, value: Contact | ItemContent | None) -> None:
    """Raise Conflict if another content than this one was seen; None: it was not asked for."""
    if seen is not None and seen != seen_of(value):
        raise Conflict(OUTDATED)
