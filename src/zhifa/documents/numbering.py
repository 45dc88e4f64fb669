"""Gapless numbers (文号): one series a body, kind of document and year."""

from uuid import UUID

from django.db import connection

from zhifa.documents.models import NumberSeries


def next_number(*, body: UUID, office_word: str, kind_word: str, year: int) -> str:
    """Return the next number, e.g. 海市监罚〔2026〕12号; joins the caller's transaction.

    The row of the series stays locked until that transaction ends, so two documents made at the
    same time get neighbouring numbers, and one rolled back leaves no gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_numberseries AS series (body_id, word, year, first, last)"
            " VALUES (%s, %s, %s, 1, 1)"
            " ON CONFLICT (body_id, word, year) DO UPDATE SET last = series.last + 1"
            " RETURNING last",
            [body, kind_word, year],
        )
        (last,) = cursor.fetchone()
    return f"{office_word}{kind_word}〔{year}〕{last}号"


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
