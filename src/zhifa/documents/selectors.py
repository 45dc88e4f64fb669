"""Reading documents: frozen values, stated order, known number of queries."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from zhifa.documents import numbering, press, verification
from zhifa.documents.models import Document, NumberSeries
from zhifa.documents.rendering import Frame
from zhifa.documents.series_check import started
from zhifa.documents.values import SIGNED_BY_PARTY, TYPES
from zhifa.documents.verification import Difference
from zhifa.law.errors import NotFound


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
    made_by: UUID
    token: str
    sha256: str  # empty until rendered
    pages: int
    sealed_entry: int | None
    draft_sha256: str

    @property
    def ready(self) -> bool:
        """Whether the file is there."""
        return bool(self.sha256)

    @property
    def outward(self) -> bool:
        """Whether it is served: with a red head, a seal and a QR code."""
        return TYPES[self.type_key].outward

    @property
    def file_name(self) -> str:
        """Return the name under which the file is saved."""
        return f"{self.title}{self.number and ' ' + self.number}.pdf"


@dataclass(frozen=True, slots=True)
class Series:
    """One series of numbers of a body in a year (文号序列)."""

    word: str
    first: int
    last: int  # the last number given; one less than `first` before the first is

    @property
    def begun(self) -> bool:
        """Whether a number of it was given."""
        return self.last >= self.first


@dataclass(frozen=True, slots=True)
class Content:
    """What a document says, as it was frozen."""

    type_key: str
    template_version: str
    frame: Frame
    values: Any  # of the class that `values.TYPES` names for the type
    at: datetime


def documents_of(subject: UUID) -> list[MadeDocument]:
    """Return the documents of a case in the order they were made; one query."""
    return [_made(row) for row in _light().filter(subject=subject).order_by("made_entry")]


def document(document_id: UUID) -> MadeDocument | None:
    """Return one document, or None, also when it is out of scope; one query."""
    row = _light().filter(id=document_id).first()
    return _made(row) if row else None


def by_token(token: str) -> MadeDocument | None:
    """Return the document with that check token, or None; one query."""
    row = _light().filter(token=token).first()
    return _made(row) if row else None


def latest(subject: UUID, type_key: str, party: UUID | None = None) -> MadeDocument | None:
    """Return the last document of a type of a case, for one party or for all; one query.

    A document that names no party is for every one of them.
    """
    found = _light().filter(subject=subject, type_key=type_key).order_by("-made_at", "-id")
    for row in found:
        if party is None or row.party in (None, party):
            return _made(row)
    return None


def content(document_id: UUID) -> Content:
    """Return what a document says; one query. Raises NotFound, also when it is out of scope."""
    data = Document.objects.filter(pk=document_id).values_list("data", flat=True).first()
    if data is None:
        raise NotFound
    frozen = press.thaw(data)
    return Content(
        frozen.type_key, frozen.template_version, frozen.frame, frozen.values, frozen.timestamp
    )


def said_in(subject: UUID, type_keys: Collection[str]) -> list[tuple[MadeDocument, Any]]:
    """Return the documents of these types of a case with their values, in the order they were made;
    one query."""
    rows = Document.objects.filter(subject=subject, type_key__in=type_keys)
    return [(_made(row), press.thaw(row.data).values) for row in rows.order_by("made_entry")]


def file(document_id: UUID) -> BinaryIO:
    """Return the finished file for reading; the caller closes it; one query.

    Raises NotFound, also while it is not printed yet, and Missing if the store has lost it.
    """
    row = _light().filter(pk=document_id).first()
    if row is None or not row.sha256:
        raise NotFound
    return press.store().open(row.sha256)


def to_be_signed(subjects: Collection[UUID]) -> list[MadeDocument]:
    """Return the records of these cases that a party signs on paper, in the order of making; one
    query. Which of them have a signed scan is known to the evidence room."""
    rows = _light().filter(subject__in=subjects, type_key__in=SIGNED_BY_PARTY)
    return [_made(row) for row in rows.order_by("made_at", "id")]


def unlike_record(document_id: UUID) -> tuple[str, ...]:
    """Return what in a printed document's row is not as its record says; empty if there is none."""
    row = Document.objects.filter(pk=document_id).first()
    return verification.unlike_record(row) if row else ()


def differences(*, full: bool = False) -> Iterator[Difference]:
    """Return everything that is not as it was recorded (`zhifa verify`); see `verification`."""
    return verification.differences(full=full)


def _light() -> Any:
    """The rows without the data, which lists do not need."""
    return Document.objects.defer("data", "press")


def _made(row: Document) -> MadeDocument:
    return MadeDocument(
        row.id, row.subject, row.body_id, row.type_key, TYPES[row.type_key].title,
        row.number or "", row.party, row.step_sequence, row.made_on, row.made_at, row.made_by,
        row.token, row.sha256, row.pages, row.sealed_entry, row.draft_sha256,
    )  # fmt: skip


def ids_of(subject: UUID) -> set[UUID]:
    """Return the ids of the documents of a case, whatever else their rows say; one query."""
    return set(Document.objects.filter(subject=subject).values_list("id", flat=True))


def series(body_id: UUID, year: int) -> dict[str, Series]:
    """Return a body's series of numbers of that year, by their word; one query."""
    rows = NumberSeries.objects.filter(body_id=body_id, year=year)
    return {row.word: Series(row.word, row.first, row.last) for row in rows}


def given_before(body_id: UUID, office_word: str, year: int) -> dict[str, int]:
    """Return the last numbers of that year of bodies this one follows under the same word (更名).

    By word of the series; a query, one for each of the bodies, and one more.
    """
    return numbering.given_before(body_id, office_word, on=date(year, 12, 31))


def series_of_word(word: str) -> list[tuple[UUID, int, Series]]:
    """Return the series of that word of every body and year: body, year, series; one query."""
    rows = NumberSeries.objects.filter(word=word).order_by("body_id", "year")
    return [(row.body_id, row.year, Series(row.word, row.first, row.last)) for row in rows]


def series_words() -> set[str]:
    """Return the words of which there is a series of any body and year; one query."""
    return set(NumberSeries.objects.values_list("word", flat=True))


def series_started(word: str) -> dict[tuple[UUID, int], int]:
    """Return from which numbers the series of that word were said to begin: by body and year; two queries."""
    return {
        (body_id, year): first for (body_id, of, year), first in started().items() if of == word
    }
