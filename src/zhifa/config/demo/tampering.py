"""Changing one byte behind the platform's back, by SQL, and putting it back (演示篡改).

Only the owner of the tables can do it, with the triggers off: what no login of the platform may. That it is found
all the same is what the record is for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections, transaction


@contextmanager
def one_byte_changed(document_id: UUID, *, old: str, new: str) -> Iterator[None]:
    """Have one character of a document's frozen data replaced for as long as the block lasts."""
    before = _replace(document_id, old, new)
    try:
        yield
    finally:
        _write(document_id, before)


def _replace(document_id: UUID, old: str, new: str) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT data FROM documents_document WHERE id = %s", [document_id])
        before: str = cursor.fetchone()[0]
    if old not in before or len(old) != len(new):
        raise LookupError("the text to change is not there")
    _write(document_id, before.replace(old, new, 1))
    return before


def _write(document_id: UUID, data: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE documents_document DISABLE TRIGGER USER")
        cursor.execute("UPDATE documents_document SET data = %s WHERE id = %s", [data, document_id])
        cursor.execute("ALTER TABLE documents_document ENABLE TRIGGER USER")
