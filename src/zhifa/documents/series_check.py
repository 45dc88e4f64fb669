"""Do the series of numbers go as far as documents carry them, from where they were said to begin (文号序列核对)?"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Func, IntegerField, Max, Min, Value
from django.db.models.functions import Cast, ExtractYear

from zhifa.documents import entries
from zhifa.documents.models import Document, NumberSeries
from zhifa.documents.values import TYPES
from zhifa.journal import selectors as journal
from zhifa.journal.selectors import Narrowed

Key = tuple[UUID, str, int]  # body, word, year


@dataclass(frozen=True, slots=True)
class Carried:
    """The numbers of one series that something carries."""

    lowest: int
    highest: int
    count: int


def series_differences() -> Iterator[tuple[str, str]]:
    """Yield what differs in the series of the documents: a code, and the series; four queries.

    A series that was only started (起始号) has no number yet: its last is the one before its first.
    """
    words = {kind.number_word for kind in TYPES.values() if kind.number_word}
    left, said = _carried(), {key: first for key, first in started().items() if key[1] in words}
    for row in NumberSeries.objects.filter(word__in=words).order_by("body_id", "word", "year"):
        key, about = (row.body_id, row.word, row.year), _name(row.word, row.year)
        carried = left.pop(key, None)
        given = Carried(row.first, row.last, row.last - row.first + 1)
        if carried != (given if given.count else None):
            yield "number.gap", about
        elif said.get(key, row.first if given.count else None) != row.first:
            yield "number.series_start", about
        said.pop(key, None)
    for _, word, year in sorted({*left, *said}):
        yield "number.series_missing", _name(word, year)


def started() -> dict[Key, int]:
    """Return from which number series were said to begin (起始号), of every word; two queries."""
    narrowed = Narrowed(kind=entries.SERIES_STARTED)
    ids = journal.ids_of(list(journal.streams(entries.SERIES_STREAMS)), narrowed)
    bodies = [entry.body for entry in reversed(journal.entries_of(ids)) if entry.body]
    return {(UUID(one["body"]), one["word"], one["year"]): one["first"] for one in bodies}


def _carried() -> dict[Key, Carried]:
    """Return the numbers that documents carry; a number that cannot be read is found by its document."""
    number = Func(F("number"), Value(r"〕(\d{1,9})号$"), function="substring")
    rows = (
        Document.objects.exclude(number=None)
        .annotate(year=ExtractYear("made_on"), given=Cast(number, IntegerField()))
        .values("body_id", "type_key", "year")
        .annotate(lowest=Min("given"), highest=Max("given"), count=Count("id"))
    )
    return {
        (row["body_id"], TYPES[row["type_key"]].number_word, row["year"]): Carried(
            row["lowest"] or 0, row["highest"] or 0, row["count"]
        )
        for row in rows
        if row["type_key"] in TYPES
    }


def _name(word: str, year: int) -> str:
    return f"{word}〔{year}〕"
