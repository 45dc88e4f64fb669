"""What is written to the record (记录): entries, the log over them, and the erasure of a content."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.transaction import TransactionManagementError

from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, NotFound
from zhifa_verify import tiles
from zhifa_verify.canonical import canonical_json
from zhifa_verify.checkpoint import Checkpoint
from zhifa_verify.note import Signer
from zhifa_verify.tree import leaf_hash

SEQUENCER, ERASER = "worker", "owner"  # the logins that may extend the log, and erase
ERASED = "journal.body_erased"
_BATCH = 8192  # entries a checkpoint: the log never grows by more in one transaction


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an entry stands: `digest` (hex) covers its header, its content and what came before."""

    id: int
    sequence: int
    digest: str


def append(kind: str, stream: str, *, actor: ActorId, at: datetime, body: object) -> Appended:
    """Append one entry to `stream` within the caller's transaction; one round trip.

    kind    a past event, such as `case.step_taken`
    stream  what it happened to, such as `case:<uuid>`
    at      when it was entered; the database adds its own `recorded_at`
    body    a frozen dataclass; kept as canonical JSON (RFC 8785)

    The stream stays locked until the transaction ends, so append to the case before its documents: a
    fixed order cannot deadlock. Raises TransactionManagementError outside a transaction, and
    NotCanonical for a body that holds a float or a number no JSON reader would keep.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an entry joins the transaction of what it records")
    if at.tzinfo is None:
        raise ValueError("a naive time is no instant")
    builtins = msgspec.to_builtins(body, str_keys=True, order="deterministic")
    text = canonical_json(builtins).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, sequence, digest FROM journal_append(%s, %s, %s, %s, %s)",
            [kind, stream, actor, at, text],
        )
        return Appended(*cursor.fetchone())


def integrate(at: datetime) -> int:
    """Bring every committed entry into the log and sign its new state; return how many they were.

    Works in batches, each one transaction: all of it or nothing. One sequencer works at a time, a
    second one waits; killed at any moment, it leaves the log as it was. Signs nothing if
    nothing waits.
    """
    total = 0
    while count := _integrate_batch(at):
        total += count
        if count < _BATCH:
            break
    return total


@transaction.atomic(using=SEQUENCER, durable=True)
def _integrate_batch(at: datetime) -> int:
    with connections[SEQUENCER].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('zhifa.journal.sequencer', 0))"
        )
        cursor.execute(
            "SELECT p.entry_id, e.digest FROM journal_pending p"
            " JOIN journal_entry e ON e.id = p.entry_id ORDER BY p.entry_id LIMIT %s",
            [_BATCH],
        )
        if not (waiting := cursor.fetchall()):
            return 0
        size, edge = _edge(cursor)
        leaves = [leaf_hash(digest) for _, digest in waiting]
        grown = tiles.extend(size, leaves, edge)
        signer = Signer.parse(settings.JOURNAL["signer"])
        checkpoint = Checkpoint(settings.JOURNAL["origin"], grown.size, grown.root)
        cursor.execute(
            "SELECT journal_extend(%s, %s::bigint[], %s::integer[], %s::bigint[], %s::bytea[],"
            " %s, %s, %s)",
            [
                size,
                [entry_id for entry_id, _ in waiting],
                [level for level, _ in grown.tiles],
                [index for _, index in grown.tiles],
                list(grown.tiles.values()),
                grown.root,
                checkpoint.signed(signer),
                at,
            ],
        )
    return len(waiting)


def _edge(cursor: CursorWrapper) -> tuple[int, dict[tiles.Key, bytes]]:
    """Return the size of the log and the partial tiles at its right edge."""
    cursor.execute("SELECT coalesce(max(size), 0) FROM journal_checkpoint")
    (size,) = cursor.fetchone()
    keys = tiles.edge_keys(size)
    cursor.execute(
        "SELECT level, index, hashes FROM journal_tile WHERE (level, index) IN"
        " (SELECT * FROM unnest(%s::integer[], %s::bigint[]))",
        [[level for level, _ in keys], [index for _, index in keys]],
    )
    return size, {(level, index): bytes(hashes) for level, index, hashes in cursor.fetchall()}


@transaction.atomic(using=ERASER, durable=True)
def erase_body(*, entry_id: int, actor: ActorId, at: datetime, reason: str) -> Appended:
    """Erase what an entry says, because the law demands it, and journal that it was erased.

    The header stays, and with it chain and log; content and salt are gone, so that nobody can
    guess the content by its commitment. Needs the login of the tables' owner. The entry about it
    stands in the stream `journal:erasures`. Source: 个人信息保护法 art. 47.

    Raises NotFound if there is no such entry, and Conflict (journal.erased, journal.is_erasure) if
    there is nothing to erase or if it says what was erased.
    """
    with connections[ERASER].cursor() as cursor:
        cursor.execute(
            "SELECT e.kind, b.erasure_id FROM journal_body b JOIN journal_entry e"
            " ON e.id = b.entry_id WHERE e.id = %s FOR UPDATE OF b",
            [entry_id],
        )
        found = cursor.fetchone()
        if found is None:
            raise NotFound
        kind, erasure_id = found
        if kind == ERASED:
            raise Conflict("journal.is_erasure")
        if erasure_id is not None:
            raise Conflict("journal.erased")
        cursor.execute(
            "SELECT id, sequence, digest FROM journal_erase(%s, %s, %s, %s)",
            [entry_id, actor, at, reason],
        )
        return Appended(*cursor.fetchone())
