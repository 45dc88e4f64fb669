"""Gapless numbers (文号): one series a body, kind of document and year."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Max

from zhifa.documents.models import NumberSeries
from zhifa.registry import selectors as registry


def next_number(*, body: UUID, office_word: str, kind_word: str, on: date) -> str:
    """Return the next number, e.g. 海市监罚〔2026〕12号; joins the caller's transaction.

    The row of the series stays locked until that transaction ends, so two documents made at the
    same time get neighbouring numbers, and one rolled back leaves no gap. A body that followed another under
    the same word (更名) goes on from the number that one has come to.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_numberseries SET last = last + 1"
            " WHERE body_id = %s AND word = %s AND year = %s RETURNING last",
            [body, kind_word, on.year],
        )
        row = cursor.fetchone()
        if row is None:
            first = given_before(body, office_word, on=on).get(kind_word, 0) + 1
            cursor.execute(
                "INSERT INTO documents_numberseries AS series (body_id, word, year, first, last)"
                " VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT (body_id, word, year) DO UPDATE SET last = series.last + 1"
                " RETURNING last",
                [body, kind_word, on.year, first, first],
            )
            row = cursor.fetchone()
    return f"{office_word}{kind_word}〔{on.year}〕{row[0]}号"


def given_before(body: UUID, office_word: str, *, on: date) -> dict[str, int]:
    """Return the last numbers that bodies this one followed gave in that year under the same 机关代字.

    By word of the series, those of which a number was given; a query, one for each of the bodies, and one more.
    """
    former = [
        one.body
        for one in registry.followed(body, on=on)
        if registry.body(one.body).identity.office_word == office_word
    ]
    given = NumberSeries.objects.filter(body_id__in=former, year=on.year, last__gte=F("first"))
    return dict(given.values_list("word").annotate(last=Max("last")))


def start_series(*, body: UUID, kind_word: str, year: int, first: int) -> None:
    """Let a series begin at `first`, as when a body joins in the middle of a year (起始号).

    What was said before holds until the first number is given. Raises ValueError once it is: a gap would be
    left, or a number given twice.
    """
    series, created = NumberSeries.objects.get_or_create(
        body_id=body, word=kind_word, year=year, defaults={"first": first, "last": first - 1}
    )
    if created:
        return
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    if series.last >= series.first:
        raise ValueError(f"the series {kind_word} of {year} has begun at {series.first}")
    series.first, series.last = first, first - 1
    series.save(update_fields=["first", "last"])
