"""Whether documents are still what was made and journalled (文书核对), for `zhifa verify`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from zhifa.documents import canonical, entries, press
from zhifa.documents.fonts import font_set
from zhifa.documents.models import Document
from zhifa.documents.rendering import TemplateFault
from zhifa.documents.series_check import series_differences
from zhifa.documents.values import TYPES
from zhifa.journal import selectors as journal
from zhifa.law.errors import BadValue
from zhifa.store import Missing, hashed

# What text raises that is no JSON, or not of the form in which it was frozen (JSONDecodeError and the
# fault of an instant are ValueErrors, msgspec's ValidationError is a DecodeError).
_UNREADABLE = (ValueError, KeyError, TypeError, RecursionError, msgspec.DecodeError)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was recorded."""

    code: str
    about: str  # the number of the document, or its id
    harmless: bool = False  # worth knowing, nothing to repair


def differences(*, full: bool = False) -> Iterator[Difference]:
    """Return everything that differs: rows against the journal, files against their digests, the
    numbers of every series against the documents that carry them, the store against the rows.

    full  also print every document again from its data and compare; only where templates and
          fonts are those it was printed with, otherwise it says that it could not

    A document that the record has and the table has not is named too. A row that cannot be read is a
    difference like any other: the rest is looked at all the same.
    Two queries a document and one reading of every file.
    """
    known, recorded = set(), set(journal.streams("document:"))
    for row in Document.objects.order_by("made_at", "id").iterator(chunk_size=200):
        known.add(row.sha256)
        recorded.discard(entries.stream(row.pk))
        for code in _of_row(row):
            yield Difference(code, _name(row), code in _HARMLESS)
        if full and row.sha256 and (found := _printed_again(row)):
            yield Difference(found, _name(row), found in _HARMLESS)
    for stream in sorted(recorded):
        yield Difference("document.missing", stream.removeprefix("document:"))
    for code, about in series_differences():
        yield Difference(code, about)
    for sha256 in press.store().contents():
        if sha256 not in known:
            yield Difference("document.file_orphan", sha256, harmless=True)


_HARMLESS = {"document.not_printed", "document.other_press"}
_PRINTS = {entries.SEALED, entries.PRINTED}
_Bodies = dict[int, journal.Entry]  # the entries of one document


def of_document(document_id: UUID) -> tuple[Difference, ...]:
    """Return what differs in one document; two queries; empty if there is none."""
    row = Document.objects.filter(pk=document_id).first()
    if row is None:
        return ()
    return tuple(Difference(code, _name(row), code in _HARMLESS) for code in _of_row(row))


def unlike_making(row: Document) -> tuple[str, ...]:
    """Return what in a row is not as the record says it was made: asked before it is printed.

    One query for the entries, one for what they say.
    """
    return (*_of_data(row), *_of_making(row, _bodies(row)))


def unlike_record(row: Document) -> tuple[str, ...]:
    """Return what in a printed row is not as the record says it was made and printed.

    Asked before others are told of it. The file itself is not read.
    """
    bodies = _bodies(row)
    return (*_of_data(row), *_of_making(row, bodies), *_of_print(row, bodies))


def _name(row: Document) -> str:
    return row.number or str(row.pk)


def _of_row(row: Document) -> Iterator[str]:
    yield from _of_data(row)
    bodies = _bodies(row)
    yield from _of_making(row, bodies)
    if not row.sha256:
        if any(entry.kind in _PRINTS for entry in bodies.values()):
            yield "document.print_taken_back"
        elif row.pages or row.press or row.rendered_at or row.sealed_entry:
            yield "document.print_not_journalled"
        yield "document.not_printed"
        return
    yield from _of_print(row, bodies)
    yield from _of_file(row)


def _bodies(row: Document) -> _Bodies:
    journalled = journal.entries(entries.stream(row.pk))
    return {entry.id: entry for entry in journalled}


def _of_data(row: Document) -> Iterator[str]:
    """Say whether the columns repeat what the data say."""
    frozen = _thawed(row)
    if frozen is None:
        yield "document.data_unreadable"
        return
    if (frozen.type_key, frozen.template_version) != (row.type_key, row.template_version):
        yield "document.type_differs"
    if frozen.frame.number != (row.number or ""):
        yield "document.number_differs"
    if frozen.frame.sealed_on != row.made_on or frozen.timestamp != row.made_at:
        yield "document.date_differs"
    if TYPES[frozen.type_key].outward and not frozen.frame.qr_url.endswith(row.token):
        yield "document.token_differs"


def _thawed(row: Document) -> press.Frozen | None:
    try:
        return press.thaw(row.data)
    except _UNREADABLE:
        return None


def _of_making(row: Document, bodies: _Bodies) -> Iterator[str]:
    entry = bodies.get(row.made_entry)
    if entry is None or entry.kind != entries.MADE:
        yield "document.not_journalled"
        return
    if entry.body is not None and entry.body != _plain(entries.made(row)):
        yield "document.differs_from_journal"
    if (row.made_by, row.made_at) != (entry.actor, entry.at):
        yield "document.maker_differs"


def _of_print(row: Document, bodies: _Bodies) -> Iterator[str]:
    entry = bodies.get(row.sealed_entry or 0)
    printed_with = _printed_with(row)
    if printed_with is None:
        yield "document.press_unreadable"
    if entry is None or entry.kind not in _PRINTS:
        yield "document.print_not_journalled"
        return
    said = entries.sealed(row, template_version=printed_with or "")
    if row.rendered_at != entry.at or entry.body not in (None, _plain(said)):
        yield "document.print_differs_from_journal"


def _of_file(row: Document) -> Iterator[str]:
    try:
        with press.store().open(row.sha256) as file:
            now = hashed(file)
    except (Missing, ValueError):  # ValueError: nothing is kept under what is no digest
        yield "document.file_missing"
        return
    if now.sha256 != row.sha256:
        yield "document.file_changed"


def _printed_with(row: Document) -> str | None:
    """Return the template's version that printed the file; none if that cannot be read."""
    try:
        return str(msgspec.json.decode(row.press)["template_version"])
    except _UNREADABLE:
        return None


def _printed_again(row: Document) -> str:
    """Say whether the data still give the file; of data that cannot be read it was said already."""
    frozen = _thawed(row)
    if frozen is None:
        return ""
    used = canonical.encode(
        {
            "template_version": TYPES[frozen.type_key].template_version,
            "fonts": dict(font_set(press.font_folder()).used),
        }
    ).decode()
    if used != row.press:
        return "document.other_press"
    try:
        again = press.print_whole(row.data)
    except (BadValue, TemplateFault):
        return "document.not_printable"
    return "" if again.sha256 == row.sha256 else "document.prints_otherwise"


def _plain(body: object) -> Any:
    return msgspec.to_builtins(body)
