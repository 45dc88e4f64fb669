"""Changing one byte behind the platform's back, by SQL, and putting it back (演示篡改).

Only the owner of the tables can do it, with the triggers off: what no login of the platform may. That it is found
all the same is what the record is for. What stood there before is kept in a file meanwhile, so that a demo that
is cut off at that very moment is put right by the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.db import connections, transaction

_KEPT = "changed-"  # followed by the document's id


@contextmanager
def one_byte_changed(document_id: UUID, *, old: str, new: str, folder: Path) -> Iterator[None]:
    """Have one character of a document's frozen data replaced for as long as the block lasts."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT data FROM documents_document WHERE id = %s", [document_id])
        before: str = cursor.fetchone()[0]
    if old not in before or len(old) != len(new):
        raise LookupError("the text to change is not there")
    kept = folder / f"{_KEPT}{document_id}"
    kept.write_text(before)
    _write(document_id, before.replace(old, new, 1))
    try:
        yield
    finally:
        put_back(folder)


def put_back(folder: Path) -> None:
    """Undo what is changed now, or was when an earlier demo was cut off."""
    for kept in folder.glob(f"{_KEPT}*"):
        _write(UUID(kept.name.removeprefix(_KEPT)), kept.read_text())
        kept.unlink()


def _write(document_id: UUID, data: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE documents_document DISABLE TRIGGER USER")
        cursor.execute("UPDATE documents_document SET data = %s WHERE id = %s", [data, document_id])
        cursor.execute("ALTER TABLE documents_document ENABLE TRIGGER USER")
