"""A spell of days as the database compares it (有效期)."""

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func, Q


class Spell(Func):
    """The days from the first column to the second, both included; without an end it goes on.

    An end on the day before the start is an empty spell: something taken back before it began.
    """

    template = "daterange(%(expressions)s + 1, '[)')"
    output_field = DateRangeField()


def valid(on: date, *, prefix: str = "") -> Q:
    """Return the condition that a row is valid on that day; `prefix` as in `body__`."""
    started = Q(**{f"{prefix}valid_from__lte": on})
    open_ended = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": on})
    return started & open_ended
