"""What the journal keeps about a document (文书记录): one stream for each, `document:<uuid>`."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.documents.models import Document

MADE = "document.made"
PRINTED = "document.printed"  # an internal form or record
SERIES_STARTED = "document.series_started"
SEALED = "document.sealed"  # an outward document
SERIES_STREAMS = "numbers:"


def stream(document_id: UUID) -> str:
    """Return the journal stream of a document."""
    return f"document:{document_id}"


def series_stream(body_id: UUID) -> str:
    """Return the journal stream of a body's series of numbers."""
    return f"{SERIES_STREAMS}{body_id}"


@dataclass(frozen=True, slots=True)
class SeriesStarted:
    """A body's numbers of a kind go on, in that year, from a number used before (起始号)."""

    body: UUID
    word: str
    year: int
    first: int


@dataclass(frozen=True, slots=True)
class Made:
    """A document was made; its data are named by their digest, they stand in the row."""

    subject: UUID
    body: UUID
    type_key: str
    template_version: str
    number: str
    token: str
    party: UUID | None
    step_sequence: int | None
    made_on: date
    draft_sha256: str
    data_sha256: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The file was printed, and sealed if it goes out: no party and no content, so that the
    entry can be shown to anybody who has the document in hand."""

    number: str
    token: str
    sha256: str
    pages: int
    template_version: str  # that printed it: a later release may, if the first print was lost


def made(row: Document) -> Made:
    """Return what is journalled of a document when it is made."""
    return Made(
        subject=row.subject,
        body=row.body_id,
        type_key=row.type_key,
        template_version=row.template_version,
        number=row.number or "",
        token=row.token,
        party=row.party,
        step_sequence=row.step_sequence,
        made_on=row.made_on,
        draft_sha256=row.draft_sha256,
        data_sha256=hashlib.sha256(row.data.encode()).hexdigest(),
    )


def sealed(row: Document, *, template_version: str) -> Sealed:
    """Return what is journalled of a document when its file is there."""
    return Sealed(
        number=row.number or "",
        token=row.token,
        sha256=row.sha256,
        pages=row.pages,
        template_version=template_version,
    )
