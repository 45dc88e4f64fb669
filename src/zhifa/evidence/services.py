"""What a person can do with evidence: take it in, note its custody, look at it, set it aside.

A file is taken from its sender first (`deposit`, no transaction: an upload may take minutes), and
becomes an item of a case afterwards (`receive`, in the transaction of the service that attaches it).
If the process is killed in between, the content lies in the store without a row: harmless, and
named by `selectors.differences`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from zhifa import clock
from zhifa.evidence import blobs, content, entries, rules
from zhifa.evidence.content import Content
from zhifa.evidence.models import Blob, EvidenceItem
from zhifa.evidence.photos import Photo
from zhifa.evidence.rules import MAX_NAME, CustodyAction, Particulars
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound, Refused
from zhifa.store import Damaged, Readable, Stored

MAX_FILE_BYTES = 2 * 1024**3  # a technical limit, not a legal one: about an hour of recorded video


@dataclass(frozen=True, slots=True)
class Deposit:
    """A file that was received whole, found to be what it is called, and kept."""

    stored: Stored
    content: Content
    file_name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of an item, ready to be sent; whoever gets it closes `file`."""

    file: BinaryIO
    file_name: str
    media_type: str
    size: int


class _Limited:
    """A stream that refuses to give more than MAX_FILE_BYTES."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._left = MAX_FILE_BYTES

    def read(self, size: int, /) -> bytes:
        piece = self._stream.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise BadValue("file.too_large")
        return piece


def deposit(stream: Readable, *, file_name: str) -> Deposit:
    """Take a file from its sender, hashing it on the way, and keep it if it is whole.

    Raises BadValue (file.…, see `content.inspect`, and file.name_length, file.too_large): then nothing
    is kept; and StoreFull or Damaged.
    """
    if not 0 < len(file_name.strip()) <= MAX_NAME:
        raise BadValue("file.name_length")
    store = blobs.store()
    with store.stage(_Limited(stream)) as staged:
        with staged.open() as file:
            found = content.inspect(file, file_name)
        return Deposit(staged.keep(), found, file_name)


@transaction.atomic
def receive(
    deposited: Deposit,
    *,
    subject: UUID,
    body_id: UUID,
    said: Particulars,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Make a deposited file an item of evidence of `subject` and return its id.

    subject  the case it belongs to; whether `actor` may add to it is judged by the service there
    at       when it was entered

    Joins the caller's transaction. Raises Refused with every broken rule, and Conflict if the
    subject has an item with the same content that was not excluded.
    """
    obtained_on = clock.beijing_date(said.obtained_at) if said.obtained_at else None
    violations = rules.receivable(said, obtained_on=obtained_on, on=clock.beijing_date(at))
    if violations:
        raise Refused("evidence.receive", violations)
    stored = deposited.stored
    blob = Blob(stored.sha256, stored.sm3, stored.size, deposited.content.media_type)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    photo = deposited.content.photo or Photo(0, 0)
    item = EvidenceItem(
        subject=subject,
        body_id=body_id,
        kind=said.kind.value,
        name=said.name.strip(),
        source=said.source.strip(),
        obtained_on=said.obtained_on,
        obtained_at=said.obtained_at,
        obtained_by=list(said.obtained_by),
        place=said.place.strip(),
        pages=said.pages or deposited.content.pages,
        note=said.note.strip(),
        signs_document=said.signs_document,
        signer=said.signer.strip(),
        blob=blob,
        file_name=deposited.file_name,
        photo_width=photo.width or None,
        photo_height=photo.height or None,
        photo_taken_at=photo.taken_at,
        photo_latitude=photo.latitude,
        photo_longitude=photo.longitude,
        photo_camera=photo.camera,
        received_at=at,
        received_by=actor,
    )
    _insert(item)
    journal.append(
        entries.RECEIVED, entries.stream(item.pk), actor=actor, at=at, body=entries.received(item)
    )
    return item.pk


@transaction.atomic
def note_custody(
    *,
    item_id: UUID,
    action: CustodyAction,
    actor: ActorId,
    at: datetime,
    counterpart: str = "",
    purpose: str = "",
) -> None:
    """Journal what happened to an item while it was kept.

    counterpart  to whom it was handed or exported, or who brought it back

    Raises NotFound, and Refused with every broken rule.
    """
    item = _locked(item_id)
    violations = rules.custody_possible(
        action, handed_to=item.handed_to, counterpart=counterpart, purpose=purpose
    )
    if violations:
        raise Refused("evidence.note_custody", violations)
    whereabouts = {CustodyAction.HANDED_OVER: counterpart.strip(), CustodyAction.RETURNED: ""}
    if action in whereabouts:
        item.handed_to = whereabouts[action]
        item.save(update_fields=["handed_to"])
    entry = entries.CustodyNoted(action.value, counterpart.strip(), purpose.strip())
    journal.append(entries.CUSTODY_NOTED, entries.stream(item_id), actor=actor, at=at, body=entry)


def view(*, item_id: UUID, actor: ActorId, at: datetime) -> Opened:
    """Journal that an item is looked at and return its content, checked against its digest.

    The content is read to its end before, outside any transaction.

    Raises NotFound, Missing if the content is gone, and Damaged if it is no longer what was received.
    """
    item = EvidenceItem.objects.select_related("blob").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    store = blobs.store()
    if not store.verify(item.blob.sha256):
        raise Damaged(item.blob.sha256)
    note_custody(item_id=item_id, action=CustodyAction.VIEWED, actor=actor, at=at)
    return Opened(
        store.open(item.blob.sha256), item.file_name, item.blob.media_type, item.blob.size
    )


@transaction.atomic
def exclude(*, item_id: UUID, reason: str, actor: ActorId, at: datetime) -> None:
    """Set an item aside as obtained illegally (APL art. 46 paragraph 3); it is kept all the same.

    Raises NotFound, Refused without a reason, and Conflict if it was set aside already.
    """
    if violations := rules.excludable(reason):
        raise Refused("evidence.exclude", violations)
    item = _locked(item_id)
    if item.excluded_at is not None:
        raise Conflict("evidence.already_excluded")
    item.excluded_at, item.excluded_by, item.exclusion_reason = at, actor, reason.strip()
    item.save(update_fields=["excluded_at", "excluded_by", "exclusion_reason"])
    entry = entries.Excluded(item.exclusion_reason)
    journal.append(entries.EXCLUDED, entries.stream(item_id), actor=actor, at=at, body=entry)


def _insert(item: EvidenceItem) -> None:
    """Insert a row; two people may bring the same file at once, and the database decides."""
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as refused:
        if "one_item_a_content" in str(refused):
            raise Conflict("evidence.same_file") from None
        raise


def _locked(item_id: UUID) -> EvidenceItem:
    item = EvidenceItem.objects.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise NotFound
    return item
