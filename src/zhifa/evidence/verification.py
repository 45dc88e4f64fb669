"""Whether evidence is still what was received and journalled (证据核对), for `zhifa verify`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from zhifa.evidence import blobs, entries
from zhifa.evidence.models import Blob, EvidenceItem
from zhifa.evidence.rules import CustodyAction
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Entry, Narrowed
from zhifa.store import Missing, hashed


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was recorded."""

    code: str
    about: str  # the item and its column, or the digest concerned
    harmless: bool = False  # worth knowing, nothing to repair


_AT_ONCE = 200  # items
_PHOTO = (
    "photo_taken_at", "photo_latitude", "photo_longitude", "photo_camera", "photo_width",
    "photo_height",
)  # fmt: skip
# What moves an original, and whether it is out afterwards.
_MOVES = {CustodyAction.HANDED_OVER.value: True, CustodyAction.RETURNED.value: False}


def differences() -> Iterator[Difference]:
    """Return everything that is not as it was recorded, read from end to end.

    Rows against the journal first, in the order they were received; then contents, by ascending
    digest; then what lies in the store without a row. Three queries for every two hundred items, and one
    reading of every content; each is read in pieces.
    """
    yield from _of_items()
    known = set()
    for sha256, sm3, size in Blob.objects.order_by("sha256").values_list("sha256", "sm3", "size"):
        known.add(sha256)
        yield from of_content(sha256, sm3, size)
    for sha256 in blobs.store().contents():
        if sha256 not in known:
            yield Difference("blob.orphan", sha256, harmless=True)


def of_content(sha256: str, sm3: str, size: int) -> Iterator[Difference]:
    """Read one content again and return what differs, by both digests."""
    try:
        with blobs.store().open(sha256) as file:
            now = hashed(file)
    except (Missing, ValueError):  # ValueError: nothing is kept under what is no digest
        yield Difference("blob.missing", sha256)
        return
    if now.sha256 != sha256:
        yield Difference("blob.sha256", sha256)
    if now.sm3 != sm3:
        yield Difference("blob.sm3", sha256)
    if now.size != size:
        yield Difference("blob.size", sha256)


def _of_items() -> Iterator[Difference]:
    recorded = set(journal.streams("evidence:"))
    rows = EvidenceItem.objects.select_related("blob").order_by("received_at", "id")
    waiting = rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(waiting, _AT_ONCE)):
        told = _told(some)
        for row in some:
            recorded.discard(entries.stream(row.pk))
            name = f"{row.name} {row.pk}"
            found = told[entries.stream(row.pk)]
            if not found or found[0].kind != entries.RECEIVED:
                yield Difference("evidence.not_journalled", name)
                continue
            for column in _columns(row, found):
                yield Difference("evidence.column", f"{name}：{column}")
    for stream in sorted(recorded):
        yield Difference("evidence.missing", stream.removeprefix("evidence:"))


def _told(rows: Sequence[EvidenceItem]) -> dict[str, list[Entry]]:
    """Return what the journal tells of these items, by stream, first to last; two queries."""
    told: dict[str, list[Entry]] = {entries.stream(row.pk): [] for row in rows}
    newest_first = journal.entries_of(journal.ids_of(list(told), Narrowed()))
    for entry in reversed(newest_first):
        told[entry.stream].append(entry)
    return told


def _columns(row: EvidenceItem, found: Sequence[Entry]) -> Iterator[str]:
    """Return the columns that are not as the entries of the item say; what was erased says nothing."""
    first = found[0]
    if first.body is not None:
        yield from _received(_plain(entries.received(row)), first.body)
    if row.received_at != first.at:
        yield "received_at"
    if row.received_by != first.actor:
        yield "received_by"
    custody = [entry.body for entry in found if entry.kind == entries.CUSTODY_NOTED]
    if None not in custody and row.handed_to != _handed_to(custody):
        yield "handed_to"
    yield from _exclusion(row, [entry for entry in found if entry.kind == entries.EXCLUDED])


def _received(row: dict[str, Any], said: dict[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if key == "photo":
            yield from (
                name
                for name, now, then in zip(_PHOTO, value, said[key], strict=False)
                if now != then
            )
        elif value != said[key]:
            yield "body_id" if key == "body" else key


def _handed_to(custody: Sequence[Any]) -> str:
    """Return who has the original after all of this; empty: it is here."""
    moved = [body for body in custody if body["action"] in _MOVES]
    return moved[-1]["counterpart"] if moved and _MOVES[moved[-1]["action"]] else ""


def _exclusion(row: EvidenceItem, excluded: Sequence[Entry]) -> Iterator[str]:
    last = excluded[-1] if excluded else None
    if row.excluded_at != (last.at if last else None):
        yield "excluded_at"
    if row.excluded_by != (last.actor if last else None):
        yield "excluded_by"
    if last is None or last.body is not None:
        reason = last.body["reason"] if last and last.body else ""
        if row.exclusion_reason != reason:
            yield "exclusion_reason"


def _plain(body: object) -> Any:
    """Return an entry's body as the journal gives it back."""
    return msgspec.json.decode(msgspec.json.encode(body))
