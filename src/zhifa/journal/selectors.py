"""What is read from the record (记录): entries, the state of the log, proofs and receipts."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from zhifa.journal import models
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound
from zhifa_verify import checkpoint, entry, tiles, tree
from zhifa_verify import receipt as receipts


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream."""

    id: int
    stream: str
    sequence: int
    kind: str
    actor: ActorId
    at: datetime
    recorded_at: datetime
    body: dict[str, Any] | None  # None: erased
    digest: str  # hex
    leaf_index: int | None  # None: not in the log yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a list of entries is narrowed to."""

    kind: str = ""  # empty: every kind
    actors: frozenset[UUID] | None = None  # None: whoever acted
    since: datetime | None = None  # entered then or later
    before: datetime | None = None  # entered earlier than that


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log reaches."""

    size: int
    root_hex: str
    checkpoint: str  # a signed note; empty until the first one is signed


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One signed state of the log."""

    size: int
    root_hex: str
    note: str
    at: datetime


def entries(stream: str) -> list[Entry]:
    """Return the entries of a stream, first to last; one query."""
    return _entries(models.Entry.objects.filter(stream=stream).order_by("sequence"))


def ids_of(streams: Collection[str], narrowed: Narrowed) -> list[int]:
    """Return the ids of the entries of these streams, newest first; one query.

    Finds them stream by stream, so that a list of few does not wait for the many of other streams.
    """
    among = RawSQL("journal_entry.stream = ANY(%s)", [list(streams)], output_field=BooleanField())
    rows = models.Entry.objects.filter(among)
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    if narrowed.actors is not None:
        rows = rows.filter(actor__in=narrowed.actors)
    if narrowed.since is not None:
        rows = rows.filter(at__gte=narrowed.since)
    if narrowed.before is not None:
        rows = rows.filter(at__lt=narrowed.before)
    return list(rows.order_by("-id").values_list("id", flat=True))


def entries_of(ids: Collection[int]) -> list[Entry]:
    """Return these entries, newest first; one query."""
    return _entries(models.Entry.objects.filter(id__in=ids).order_by("-id"))


def _entries(found: QuerySet[models.Entry]) -> list[Entry]:
    rows = found.values_list(
        "id", "stream", "sequence", "kind", "actor", "at", "recorded_at", "content__text", "digest",
        "leaf__index",
    )  # fmt: skip
    return [
        Entry(
            entry_id, name, sequence, kind, ActorId(actor), at, recorded_at,
            None if text is None else json.loads(text), bytes(digest).hex(), leaf_index,
        )
        for entry_id, name, sequence, kind, actor, at, recorded_at, text, digest, leaf_index in rows
    ]  # fmt: skip


def streams(prefix: str) -> Iterator[str]:
    """Yield the streams whose names begin with `prefix`, in order; one query, read in pieces."""
    rows = models.Stream.objects.filter(stream__startswith=prefix).order_by("stream")
    yield from rows.values_list("stream", flat=True).iterator()


def log_state() -> LogState:
    """Return the latest signed state of the log; one query."""
    latest = models.Checkpoint.objects.order_by("-size").first()
    if latest is None:
        return LogState(0, tree.EMPTY_ROOT.hex(), "")
    return LogState(latest.size, latest.root.hex(), latest.note)


def unintegrated_count() -> int:
    """Return how many entries wait for the sequencer; one query."""
    return models.Pending.objects.count()


def checkpoints(*, limit: int = 100) -> list[Checkpoint]:
    """Return the latest checkpoints, the newest first; one query."""
    rows = models.Checkpoint.objects.order_by("-size")[:limit]
    return [Checkpoint(row.size, row.root.hex(), row.note, row.at) for row in rows]


def signed_roots() -> dict[int, str]:
    """Return every state of the log that was signed: size -> root (hex); one query."""
    rows = models.Checkpoint.objects.order_by("size").values_list("size", "root")
    return {size: root.hex() for size, root in rows.iterator()}


def checkpoint_note() -> str:
    """Return the latest checkpoint as it is served; raises NotFound before the first."""
    if note := log_state().checkpoint:
        return note
    raise NotFound


def verifier_keys() -> tuple[str, ...]:
    """Return the public keys of the log, present and former, as text (C2SP signed-note)."""
    return tuple(settings.JOURNAL["log_keys"])


def tile(level: int, index: int, width: int = tiles.WIDTH) -> bytes:
    """Return a tile as it is served (C2SP tlog-tiles); raises NotFound if it is not so wide."""
    found = load_tiles([(level, index)]).get((level, index), b"")
    wanted = width * tree.HASH_BYTES
    if not 0 < wanted <= len(found):
        raise NotFound
    return found[:wanted]


def entry_bundle(index: int, width: int = tiles.WIDTH) -> bytes:
    """Return the leaves under a level 0 tile as they are served: digests, never contents."""
    start = index * tiles.WIDTH
    rows = models.Leaf.objects.filter(index__gte=start, index__lt=start + width).order_by("index")
    digests = [bytes(digest) for digest in rows.values_list("entry__digest", flat=True)]
    if not 0 < width == len(digests):
        raise NotFound
    return tiles.entry_bundle(digests)


def consistency_proof(first: int, second: int) -> list[bytes]:
    """Return the proof that the log at size `second` extends that at `first`; two queries.

    Raises NotFound if the log has never been so large, or `first` is not between 1 and `second`.
    """
    if not 0 < first <= second <= log_state().size:
        raise NotFound
    return tree.consistency_proof(first, second, tiles.reader(load_tiles))


def receipt(entry_id: int, *, open_body: bool = False, document_sha256: str = "") -> bytes | None:
    """Return the receipt of an entry (zhifa-receipt/v1), or None while it is not in the log.

    open_body        show what the entry says, too: only where everybody may read it
    document_sha256  the document it is about, which the opened body has to name

    Three queries. Raises NotFound if there is no such entry.
    """
    found = _found(entry_id)
    if (proof := _proof(found)) is None:
        return None
    content = None
    text, salt = found.content.text, found.content.salt
    if open_body and text is not None and salt is not None:
        content = receipts.Content(json.loads(text), bytes(salt))
    return receipts.Receipt(
        header(found), bytes(found.digest), proof, content, document_sha256
    ).to_bytes()


def tlog_proof(entry_id: int) -> str | None:
    """Return the proof of an entry's digest as C2SP tlog-proof, or None while it is not in the log.

    Three queries. Raises NotFound if there is no such entry.
    """
    proof = _proof(_found(entry_id))
    return proof.text() if proof else None


def header(row: models.Entry) -> entry.Header:
    """Return what the digest of a row has been taken of."""
    return entry.Header(
        stream=row.stream,
        sequence=row.sequence,
        kind=row.kind,
        actor=str(row.actor),
        at=_instant(row.at),
        recorded_at=_instant(row.recorded_at),
        commitment=row.commitment.hex(),
        previous=row.previous.hex(),
    )


def _found(entry_id: int) -> models.Entry:
    row = models.Entry.objects.filter(pk=entry_id).select_related("content", "leaf").first()
    if row is None:
        raise NotFound
    return row


def _proof(row: models.Entry) -> checkpoint.Proof | None:
    """Return the proof against the latest checkpoint: it covers every leaf there is."""
    leaf: models.Leaf | None = getattr(row, "leaf", None)
    if leaf is None:
        return None
    state = log_state()
    hashes = tree.inclusion_proof(leaf.index, state.size, tiles.reader(load_tiles))
    return checkpoint.Proof(leaf.index, tuple(hashes), state.checkpoint)


def load_tiles(keys: Collection[tiles.Key]) -> Mapping[tiles.Key, bytes]:
    """Return the stored tiles of these levels and places; one query."""
    rows = models.Tile.objects.filter(pk__in=list(keys)).values_list("level", "index", "hashes")
    return {(level, index): bytes(hashes) for level, index, hashes in rows}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
