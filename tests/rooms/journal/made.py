"""Entries for the tests of the record."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections, transaction

from zhifa.journal import services
from zhifa.law.actors import ActorId

ACTOR = ActorId(UUID(int=7))
AT = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    text: str = "您好"
    sha256: str = ""


def append(stream="case:1", *, text="您好", sha256="", kind="case.step_taken"):
    """Append one entry in a transaction of its own."""
    with transaction.atomic():
        return services.append(kind, stream, actor=ACTOR, at=AT, body=Said(text, sha256))


def several(count, streams=3):
    return [append(f"case:{number % streams}", text=str(number)) for number in range(count)]


def as_owner(sql, *arguments):
    """Change a table with its triggers off, as somebody with the owner's login could."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relname LIKE 'journal_%'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, arguments)
        changed = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert changed > 0
