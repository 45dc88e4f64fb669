"""Reading documents: frozen values, stated order, known number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhifa.documents.models import Document
from zhifa.documents.values import TYPES


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """One document as lists and pages show it."""

    id: UUID
    subject: UUID
    body: UUID
    type_key: str
    title: str
    number: str
    party: UUID | None
    step_sequence: int | None
    made_on: date
    made_at: datetime
    token: str
    sha256: str  # empty until rendered
    pages: int
    sealed_entry: int | None
    draft_sha256: str

    @property
    def ready(self) -> bool:
        """Whether the file is there."""
        return bool(self.sha256)


def documents_of(subject: UUID) -> list[MadeDocument]:
    """Return the documents of a case in the order they were made; one query."""
    return [
        _made(row) for row in Document.objects.filter(subject=subject).order_by("made_at", "id")
    ]


def document(document_id: UUID) -> MadeDocument | None:
    """Return one document, or None; one query."""
    row = Document.objects.filter(id=document_id).first()
    return _made(row) if row else None


def _made(row: Document) -> MadeDocument:
    return MadeDocument(
        row.id, row.subject, row.body_id, row.type_key, TYPES[row.type_key].title,
        row.number or "", row.party, row.step_sequence, row.made_on, row.made_at, row.token,
        row.sha256, row.pages, row.sealed_entry, row.draft_sha256,
    )  # fmt: skip
