"""What the journal keeps about an item (证据记录): one stream for each, `evidence:<item>`.

The custody of an item is a chain of its own rather than part of its case's: it can be handed to a
court as one piece, looking at a file never waits for a step of the case, and an item keeps its
chain whatever it belongs to. The case's own entries name items and their digests.
"""

from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from zhifa.evidence.models import EvidenceItem

RECEIVED = "evidence.received"
CUSTODY_NOTED = "evidence.custody_noted"
EXCLUDED = "evidence.excluded"


def stream(item_id: UUID) -> str:
    """Return the journal stream of an item."""
    return f"evidence:{item_id}"


@dataclass(frozen=True, slots=True)
class Received:
    """An item was taken in; everything that never changes about it, in the words of its row."""

    subject: str
    body: str
    kind: str
    name: str
    source: str
    obtained_on: str  # ISO 8601
    obtained_at: str | None
    obtained_by: tuple[str, ...]
    place: str
    pages: int | None
    note: str
    signs_document: str | None
    signer: str
    sha256: str
    sm3: str
    size: int
    media_type: str
    file_name: str
    # taken, latitude, longitude, camera, width, height; each empty if it is not said. The size in pixels was
    # added later: an entry may end with the camera.
    photo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustodyNoted:
    """Something happened to an item while it was kept."""

    action: str
    counterpart: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """An item was set aside as obtained illegally (APL art. 46 paragraph 3)."""

    reason: str


def received(item: EvidenceItem) -> Received:
    """Return what is journalled of an item when it is taken in."""
    taken = item.photo_taken_at.astimezone(UTC).isoformat() if item.photo_taken_at else ""
    return Received(
        subject=str(item.subject),
        body=str(item.body_id),
        kind=item.kind,
        name=item.name,
        source=item.source,
        obtained_on=item.obtained_on.isoformat(),
        obtained_at=item.obtained_at.astimezone(UTC).isoformat() if item.obtained_at else None,
        obtained_by=tuple(map(str, item.obtained_by)),
        place=item.place,
        pages=item.pages,
        note=item.note,
        signs_document=str(item.signs_document) if item.signs_document else None,
        signer=item.signer,
        sha256=item.blob.sha256,
        sm3=item.blob.sm3,
        size=item.blob.size,
        media_type=item.blob.media_type,
        file_name=item.file_name,
        photo=(
            taken,
            "" if item.photo_latitude is None else str(item.photo_latitude),
            "" if item.photo_longitude is None else str(item.photo_longitude),
            item.photo_camera,
            str(item.photo_width or ""),
            str(item.photo_height or ""),
        ),
    )
