"""The packages that went to the portal (发出的公示包), for who compares the portal with them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from zhifa.disclosure import outgoing
from zhifa.disclosure.models import Parcel
from zhifa.store import StoreProblem


@dataclass(frozen=True, slots=True)
class SentPackage:
    """One package, by its digest."""

    subject_kind: str
    key: str
    sequence: int
    sha256: str
    received_at: datetime | None  # none: the portal's receipt has not come back


def sent_packages() -> Iterator[SentPackage]:
    """Yield every package that was built, subject by subject in their order; one query, read in pieces.

    The portal may have one whose receipt has not come back, so those are among them.
    """
    rows = Parcel.objects.exclude(package_sha256="").order_by("subject_kind", "key", "sequence")
    columns = rows.values_list("subject_kind", "key", "sequence", "package_sha256", "received_at")
    for row in columns.iterator():
        yield SentPackage(*row)


def package_content(sha256: str) -> bytes | None:
    """Return a package as it was sent; None if the store has it no more, or another under its name."""
    try:
        with outgoing.store().open(sha256) as file:
            content = file.read()
    except (StoreProblem, ValueError):  # ValueError: nothing is kept under what is no digest
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None
