"""Reading evidence: frozen values, stated order, known number of queries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhifa.accounts import selectors as people
from zhifa.evidence import entries, verification
from zhifa.evidence.models import EvidenceItem
from zhifa.evidence.photos import Photo
from zhifa.evidence.rules import EXCLUDED, CustodyAction, EvidenceKind
from zhifa.evidence.verification import Difference
from zhifa.journal import selectors as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound

# What is said by the kind of an entry; of the others the entry itself says it.
_ACTIONS = {entries.RECEIVED: CustodyAction.RECEIVED.value, entries.EXCLUDED: EXCLUDED}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence as pages and other rooms see it."""

    id: UUID
    subject: UUID
    body_id: UUID
    kind: EvidenceKind
    name: str
    source: str
    obtained_on: date
    obtained_at: datetime | None
    obtained_by: tuple[ActorId, ...]
    place: str
    pages: int | None
    note: str
    signs_document: UUID | None
    signer: str
    sha256: str
    sm3: str
    size: int  # bytes
    media_type: str
    file_name: str
    photo: Photo | None
    received_at: datetime
    received_by: ActorId
    handed_to: str  # who has the original; empty: it is here
    excluded_at: datetime | None
    exclusion_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLine:
    """One link of the chain in which an item was kept (保管链条)."""

    sequence: int
    at: datetime
    by: str  # name
    action: str  # code: a CustodyAction, or that it was set aside
    counterpart: str  # who got the original or a copy, or brought it back
    purpose: str  # why; for an item that was set aside, the reason
    digest: str  # of the entry in the record


def items(subject: UUID) -> list[Item]:
    """Return the evidence of a case in the order it was received, excluded items too; one query."""
    rows = EvidenceItem.objects.select_related("blob").filter(subject=subject)
    return [_item(row) for row in rows.order_by("received_at", "id")]


def item(item_id: UUID) -> Item:
    """Return one item; one query. Raises NotFound, also when it is out of scope."""
    row = EvidenceItem.objects.select_related("blob").filter(pk=item_id).first()
    if row is None:
        raise NotFound
    return _item(row)


def signed_scans(document_id: UUID) -> list[Item]:
    """Return the scans of the signed paper of a document, not excluded, oldest first; one query."""
    rows = EvidenceItem.objects.select_related("blob").filter(
        signs_document=document_id, excluded_at=None
    )
    return [_item(row) for row in rows.order_by("received_at", "id")]


def scanned_documents(subjects: Collection[UUID]) -> frozenset[UUID]:
    """Return the documents of these cases whose signed paper was scanned, not excluded; one query."""
    rows = EvidenceItem.objects.filter(
        subject__in=subjects, signs_document__isnull=False, excluded_at=None
    )
    return frozenset(filter(None, rows.values_list("signs_document", flat=True)))


def custody(item_id: UUID) -> list[CustodyLine]:
    """Return what happened to an item while it was kept, oldest first; two queries.

    Only for an item the person may see: call `item` before.
    """
    found = journal.entries(entries.stream(item_id))
    names = people.names({entry.actor for entry in found})
    return [
        CustodyLine(
            sequence=entry.sequence,
            at=entry.at,
            by=names.get(entry.actor, ""),
            action=_ACTIONS.get(entry.kind) or said.get("action", ""),
            counterpart=said.get("counterpart", ""),
            purpose=said.get("purpose", "") or said.get("reason", ""),
            digest=entry.digest,
        )
        for entry in found
        for said in (entry.body or {},)
    ]


def verify(item_id: UUID) -> tuple[Difference, ...]:
    """Read the content of an item again and return what differs, by both digests; one query.

    Raises NotFound.
    """
    found = item(item_id)
    return tuple(verification.of_content(found.sha256, found.sm3, found.size))


def differences() -> Iterator[Difference]:
    """Return everything that is not as it was recorded (`zhifa verify`); see `verification`."""
    return verification.differences()


def _item(row: EvidenceItem) -> Item:
    photo = None
    if row.photo_width and row.photo_height:
        photo = Photo(
            row.photo_width, row.photo_height, row.photo_taken_at,
            row.photo_latitude, row.photo_longitude, row.photo_camera,
        )  # fmt: skip
    return Item(
        id=row.pk,
        subject=row.subject,
        body_id=row.body_id,
        kind=EvidenceKind(row.kind),
        name=row.name,
        source=row.source,
        obtained_on=row.obtained_on,
        obtained_at=row.obtained_at,
        obtained_by=tuple(ActorId(person) for person in row.obtained_by),
        place=row.place,
        pages=row.pages,
        note=row.note,
        signs_document=row.signs_document,
        signer=row.signer,
        sha256=row.blob.sha256,
        sm3=row.blob.sm3,
        size=row.blob.size,
        media_type=row.blob.media_type,
        file_name=row.file_name,
        photo=photo,
        received_at=row.received_at,
        received_by=ActorId(row.received_by),
        handed_to=row.handed_to,
        excluded_at=row.excluded_at,
        exclusion_reason=row.exclusion_reason,
    )
