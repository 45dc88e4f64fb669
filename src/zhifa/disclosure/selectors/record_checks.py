"""Are publications, what was done with them and their parcels what the journal says (公示各表核对)?

A publication is as its last act left it, moved on by what the portal has received since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec

from zhifa.disclosure import entries
from zhifa.disclosure.models import Parcel, PolicyChoice, Publication, Turn
from zhifa.disclosure.rules import RECALL, Act, State
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Entry, Narrowed
from zhifa_verify.canonical import NotCanonical, canonical_json


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was recorded (`zhifa verify`)."""

    code: str
    about: str
    harmless: bool = False


_AT_ONCE = 200
_ACT_OF = {kind: act for act, kind in entries.KINDS.items()}
# What stands in a row under another name than in the entry.
_COLUMN_OF = {
    "case": "case_id", "document": "document_id", "body": "body_id", "unit": "unit_id",
    "ground": "withdrawal_ground", "masking_sha256": "hidden、kept", "public_sha256": "public",
    "demo": "is_demo", "publication": "publication_id",
}  # fmt: skip
_REASONED = {Act.RETURN.value, Act.WITHHOLD.value, Act.WITHDRAW.value, RECALL}


def record_differences() -> Iterator[Difference]:
    """Yield what is not as the journal says: four queries for every two hundred rows, and five more."""
    recorded = set(journal.streams(entries.STREAMS))
    publications = Publication.objects.order_by("id").iterator(chunk_size=_AT_ONCE)
    while some := list(islice(publications, _AT_ONCE)):
        yield from _of_publications(some, recorded)
    alone = Parcel.objects.filter(publication=None).order_by("id").iterator(chunk_size=_AT_ONCE)
    while parcels := list(islice(alone, _AT_ONCE)):
        told = _told(map(entries.parcel_stream, parcels))
        recorded.difference_update(told)
        for parcel in parcels:
            yield from _of_parcels([parcel], told[entries.parcel_stream(parcel)])
    for stream in sorted(recorded):
        yield Difference("publication.missing", stream.removeprefix(entries.STREAMS))
    yield from _of_policy()


def _told(streams: Iterable[str]) -> dict[str, list[Entry]]:
    """Return what the journal tells of these streams, first to last; two queries."""
    told: dict[str, list[Entry]] = {stream: [] for stream in streams}
    for entry in reversed(journal.entries_of(journal.ids_of(list(told), Narrowed()))):
        told[entry.stream].append(entry)
    return told


def _of_publications(rows: Sequence[Publication], recorded: set[str]) -> Iterator[Difference]:
    told = _told(entries.stream(row.pk) for row in rows)
    recorded.difference_update(told)
    ids = [row.pk for row in rows]
    turns, parcels = (
        defaultdict[UUID, list[Turn]](list),
        defaultdict[UUID | None, list[Parcel]](list),
    )
    for turn in Turn.objects.filter(publication_id__in=ids).order_by("entry", "id"):
        turns[turn.publication_id].append(turn)
    for parcel in Parcel.objects.filter(publication_id__in=ids).order_by("id"):
        parcels[parcel.publication_id].append(parcel)
    for row in rows:
        found = told[entries.stream(row.pk)]
        yield from _of_publication(row, found, turns[row.pk])
        yield from _of_parcels(parcels[row.pk], found)


def _of_publication(
    row: Publication, found: Sequence[Entry], turns: Sequence[Turn]
) -> Iterator[Difference]:
    acts = [entry for entry in found if entry.kind in _ACT_OF]
    if not acts:
        yield Difference("publication.not_journalled", row.number)
        return
    if any(entry.body is None for entry in found):
        yield Difference("publication.erased", row.number, harmless=True)
        return
    if [_turn_row(turn) for turn in turns] != [_turn_told(entry) for entry in acts]:
        yield Difference("publication.turns", row.number)
    try:
        now = _plain(entries.turned(row, reason=""))
    except (NotCanonical, TypeError, RecursionError):
        yield Difference("publication.unreadable", row.number)
        return
    wanted, changed_at = _as_left(found)
    now["reason"] = row.reason
    for key, value in now.items():
        if key in wanted and value != wanted[key]:
            yield Difference("publication.column", f"{row.number}：{_COLUMN_OF.get(key, key)}")
    if row.changed_at != changed_at:
        yield Difference("publication.column", f"{row.number}：changed_at")


def _as_left(found: Sequence[Entry]) -> tuple[dict[str, Any], datetime]:
    """Return the columns as the last act and what the portal received since have left them, and when."""
    left: dict[str, Any] = {}
    reason, changed_at = "", found[0].at
    withdrawals = set()
    for entry in found:
        said: Mapping[str, Any] = entry.body or {}
        if entry.kind in _ACT_OF:
            act = _ACT_OF[entry.kind]
            if act != "mask":
                reason = said["reason"] if act in _REASONED else ""
            left, changed_at = dict(said) | {"reason": reason}, entry.at
        elif entry.kind == entries.RELEASED and said["kind"] == "withdrawal":
            withdrawals.add(said["parcel"])
        elif entry.kind == entries.RECEIVED:
            arrived = State.WITHDRAWN if said["parcel"] in withdrawals else State.PUBLISHED
            left |= {"state": arrived.value, "version": left["version"] + 1}
            changed_at = entry.at
    return left, changed_at


def _turn_row(turn: Turn) -> tuple[Any, ...]:
    return (turn.entry, turn.act, turn.actor, turn.at, turn.reason)


def _turn_told(entry: Entry) -> tuple[Any, ...]:
    said: Mapping[str, Any] = entry.body or {}
    return (entry.id, _ACT_OF[entry.kind], entry.actor, entry.at, said["reason"])


def _of_parcels(parcels: Sequence[Parcel], found: Sequence[Entry]) -> Iterator[Difference]:
    """Compare the parcels of a stream with what it says of them."""
    if any(entry.body is None for entry in found):
        for row in parcels:
            yield Difference("parcel.erased", f"{row.subject_kind} {row.key}", harmless=True)
        return
    released, received = (
        {entry.body["parcel"]: entry for entry in found if entry.kind == kind and entry.body}
        for kind in (entries.RELEASED, entries.RECEIVED)
    )
    recalled = _recalled(found)
    for row in parcels:
        about = f"{row.subject_kind} {row.key}"
        if row.recalled_at != recalled.get(str(row.pk)):
            yield Difference("parcel.released_differs", f"{about}：recalled_at")
        out, arrived = released.pop(str(row.pk), None), received.pop(str(row.pk), None)
        if out is None:
            yield Difference("parcel.not_journalled", about)
            continue
        for column in _released(row, out):
            yield Difference("parcel.released_differs", f"{about}：{column}")
        for column in _received(row, arrived):
            yield Difference("parcel.received_differs", f"{about}：{column}")
    for missing in sorted({*released, *received}):
        yield Difference("parcel.missing", missing)


def _recalled(found: Sequence[Entry]) -> dict[str, datetime]:
    """Return when a parcel was taken back before it was sent: the last one released before that."""
    last, recalled = "", dict[str, datetime]()
    for entry in found:
        if entry.kind == entries.RELEASED and entry.body:
            last = entry.body["parcel"]
        elif _ACT_OF.get(entry.kind) == RECALL:
            recalled[last] = entry.at
    return recalled


def _released(row: Parcel, entry: Entry) -> Iterator[str]:
    said: Mapping[str, Any] = entry.body or {}
    for key, value in _plain(entries.released(row)).items():
        if key in said and said[key] != value:
            yield _COLUMN_OF.get(key, key)
    if row.released_by != entry.actor:
        yield "released_by"
    if row.released_at != entry.at:
        yield "released_at"


def _received(row: Parcel, entry: Entry | None) -> Iterator[str]:
    """Compare what the portal answered; until it has, nothing of it stands in the row."""
    if entry is None or entry.body is None:
        if row.received_at or row.receipt:
            yield "received_at"
        return
    said = entry.body
    receipt = {
        "package_sha256": said["package_sha256"],
        "kind": row.subject_kind,
        "key": row.key,
        "sequence": row.sequence,
        "received_at": said["received_at"],
        "sha256": said["receipt_sha256"],
    }
    at = row.received_at.astimezone(UTC).isoformat() if row.received_at else ""
    pairs = (
        ("package_sha256", row.package_sha256, said["package_sha256"]),
        ("received_at", at, said["received_at"]),
        ("receipt", row.receipt, canonical_json(receipt).decode()),
        ("problem", row.problem, ""),
    )
    for column, is_now, was in pairs:
        if is_now != was:
            yield column


def _of_policy() -> Iterator[Difference]:
    """Compare the choices of what is published, written once each; three queries."""
    told = {
        entry.id: entry
        for entry in journal.entries(entries.POLICY_STREAM)
        if entry.kind == entries.POLICY_CHOSEN
    }
    for row in PolicyChoice.objects.order_by("id"):
        entry = told.pop(row.entry, None)
        if (
            entry is None
            or (row.chosen_by, row.chosen_at) != (entry.actor, entry.at)
            or entry.body not in (None, _plain(entries.chosen(row)))
        ):
            yield Difference("policy.differs", row.basis)
    for entry in told.values():
        yield Difference("policy.differs", entry.body["basis"] if entry.body else str(entry.id))


def _plain(body: object) -> Any:
    """Return an entry's body as the journal gives it back."""
    return msgspec.json.decode(msgspec.json.encode(body))
