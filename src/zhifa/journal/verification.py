"""Whether the record is still what was recorded (记录核对), for `zhifa verify`.

Everything is recomputed from the entries up: chains, commitments, the tree, and what was signed. Each
part reads in one statement, so entries that are appended meanwhile are no difference.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from zhifa.journal import selectors
from zhifa.journal.models import Checkpoint, Entry, Leaf
from zhifa.journal.services import ERASED
from zhifa_verify import checkpoint, entry, tiles, tree
from zhifa_verify.canonical import NotCanonical, canonical_json
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import Verifier

_CHUNK = 2000  # rows held at once
_TILES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was recorded; `wording` has the words."""

    code: str
    about: str  # stream and number of an entry, or the place in the log
    harmless: bool = False  # worth knowing: a content that was erased as the law demands


def differences() -> Iterator[Difference]:
    """Yield everything that differs, entries before the log over them, in a stated order.

    Eight queries however large the record is, and one for 64 tiles of 256 entries.
    """
    yield from _chains()
    yield from _found("stream.head", _WRONG_HEADS)
    yield from _found("entry.lost", _LOST)
    yield from _found("entry.twice", _TWICE)
    yield from _found("entry.content_stray", _STRAY)
    yield from _log()
    yield from _found("log.leaf_order", _DISORDERED)
    yield from _found("log.checkpoint_missing", _UNSIGNED)


def _chains() -> Iterator[Difference]:
    """Compare every entry with its digest, its content, and the entry before it."""
    rows = Entry.objects.select_related("content__erasure__content").order_by("stream", "sequence")
    stream, sequence, previous = "", 0, b""
    for row in rows.iterator(chunk_size=_CHUNK):
        if row.stream != stream:
            stream, sequence, previous = row.stream, 0, bytes.fromhex(entry.FIRST_PREVIOUS)
        if row.sequence != sequence + 1:
            yield Difference("entry.gap", name(row))
        elif row.previous != previous:
            yield Difference("entry.previous", name(row))
        if row.digest != selectors.header(row).digest():
            yield Difference("entry.digest", name(row))
        yield from _content(row)
        sequence, previous = row.sequence, bytes(row.digest)


def _content(row: Entry) -> Iterator[Difference]:
    content = getattr(row, "content", None)
    if content is None:
        yield Difference("entry.content_missing", name(row))
    elif content.erasure is not None:
        yield from _erasure(row, content.erasure)
    elif row.commitment != entry.commitment(bytes(content.salt), content.text.encode()):
        yield Difference("entry.commitment", name(row))
    elif not _is_canonical(content.text):
        yield Difference("entry.not_canonical", name(row))


def _erasure(row: Entry, erasure: Entry) -> Iterator[Difference]:
    """Say by whom a content was erased, if the record says so as well."""
    said = json.loads(erasure.content.text or "{}")
    if erasure.kind != ERASED or said.get("digest") != row.digest.hex():
        yield Difference("entry.erasure_unrecorded", name(row))
        return
    by = f"{name(row)}（{erasure.at:%Y-%m-%d}，{erasure.actor}）"
    yield Difference("entry.erased", by, harmless=True)


def _is_canonical(text: str) -> bool:
    try:
        return canonical_json(json.loads(text)) == text.encode()
    except (NotCanonical, ValueError, RecursionError):
        return False


def name(row: Entry) -> str:
    """Return how an entry is named: `case:<uuid>#3`."""
    return f"{row.stream}#{row.sequence}"


_WRONG_HEADS = """
SELECT coalesce(s.stream, e.stream) FROM journal_stream s FULL JOIN (
    SELECT DISTINCT ON (stream) stream, sequence, digest FROM journal_entry
     ORDER BY stream, sequence DESC) e USING (stream)
 WHERE (s.sequence, s.digest) IS DISTINCT FROM (e.sequence, e.digest) ORDER BY 1
"""
_LOST = """
SELECT e.stream || '#' || e.sequence FROM journal_entry e
 WHERE NOT EXISTS (SELECT FROM journal_pending p WHERE p.entry_id = e.id)
   AND NOT EXISTS (SELECT FROM journal_leaf l WHERE l.entry_id = e.id) ORDER BY e.id
"""
_TWICE = """
SELECT e.stream || '#' || e.sequence FROM journal_entry e
  JOIN journal_pending p ON p.entry_id = e.id JOIN journal_leaf l ON l.entry_id = e.id ORDER BY e.id
"""
_STRAY = """
SELECT b.entry_id::text FROM journal_body b
 WHERE NOT EXISTS (SELECT FROM journal_entry e WHERE e.id = b.entry_id) ORDER BY b.entry_id
"""
_DISORDERED = """
SELECT stream || '#' || sequence FROM (
    SELECT e.stream, e.sequence, l.index,
           lag(l.index) OVER (PARTITION BY e.stream ORDER BY e.sequence) AS before
      FROM journal_leaf l JOIN journal_entry e ON e.id = l.entry_id) places
 WHERE index < before ORDER BY index
"""
_UNSIGNED = """
SELECT index::text FROM journal_leaf
 WHERE index >= (SELECT coalesce(max(size), 0) FROM journal_checkpoint) ORDER BY index LIMIT 1
"""


def _found(code: str, query: str) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        yield from [Difference(code, about) for (about,) in cursor.fetchall()]


def _log() -> Iterator[Difference]:
    """Grow the tree again from its leaves; compare tiles, and roots where they were signed."""
    if (state := selectors.log_state()).size == 0:
        return
    signed = Checkpoint.objects.filter(size__lte=state.size).order_by("size")
    waiting = signed.iterator(chunk_size=_CHUNK)
    leaves = (
        Leaf.objects.filter(index__lt=state.size)
        .order_by("index")
        .values_list("index", "entry__digest")
        .iterator(chunk_size=_CHUNK)
    )
    verifiers = [Verifier.parse(key) for key in selectors.verifier_keys()]
    growing, cut = tree.CompactRange(), _Cutter()
    held = True  # once a root differs, all later ones do
    for row in waiting:
        yield from _signature(row, verifiers)
        for index, digest in leaves if row.size > growing.size else ():
            if index != growing.size:
                yield Difference("log.leaf_gap", str(growing.size))
                return
            leaf = tree.leaf_hash(bytes(digest))
            growing.append(leaf)
            yield from cut.add(leaf)
            if growing.size == row.size:
                break
        if growing.size != row.size:
            yield Difference("log.leaf_gap", str(growing.size))
            return
        if held and growing.root() != row.root:
            held = False
            yield Difference("log.checkpoint_root", str(row.size))
    yield from cut.rest()


def _signature(row: Checkpoint, verifiers: list[Verifier]) -> Iterator[Difference]:
    try:
        found = checkpoint.open_checkpoint(row.note, verifiers)
    except NotVerified:
        yield Difference("log.checkpoint_signature", str(row.size))
        return
    if (found.size, found.root) != (row.size, row.root):
        yield Difference("log.checkpoint_text", str(row.size))


@dataclass(slots=True)
class _Cutter:
    """Cuts leaves into tiles again and compares them with the stored ones."""

    edge: list[bytearray] = field(default_factory=lambda: [bytearray()])
    counts: list[int] = field(default_factory=lambda: [0])
    full: dict[tiles.Key, bytes] = field(default_factory=dict)

    def add(self, piece: bytes, level: int = 0) -> Iterator[Difference]:
        """Take the next hash of a level; yield the tiles that differ, some at a time."""
        if level == len(self.edge):
            self.edge.append(bytearray())
            self.counts.append(0)
        self.edge[level] += piece
        if len(self.edge[level]) == tiles.WIDTH * tree.HASH_BYTES:
            tile = bytes(self.edge[level])
            self.full[level, self.counts[level]] = tile
            self.edge[level].clear()
            self.counts[level] += 1
            yield from self.add(tree.complete_root(tile), level + 1)
        if len(self.full) >= _TILES_AT_ONCE:
            yield from self._compared()

    def rest(self) -> Iterator[Difference]:
        """Yield what differs in the tiles left over, the partial ones included."""
        places = zip(self.counts, self.edge, strict=True)
        for level, (index, hashes) in enumerate(places):
            if hashes:
                self.full[level, index] = bytes(hashes)
        yield from self._compared()

    def _compared(self) -> Iterator[Difference]:
        stored = selectors.load_tiles(list(self.full))
        for key, hashes in self.full.items():
            if not stored.get(key, b"").startswith(hashes):
                yield Difference("log.tile", tiles.path(*key))
        self.full.clear()
