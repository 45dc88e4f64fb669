"""What is written to the record (记录)."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import connection
from django.db.transaction import TransactionManagementError

from zhifa.law.actors import ActorId
from zhifa_verify.canonical import canonical_json


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
