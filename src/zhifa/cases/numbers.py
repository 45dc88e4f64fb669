"""From which numbers a body goes on in a year (起始号): what stands, and how it is said."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhifa.clock import beijing_date
from zhifa.documents import selectors as documents
from zhifa.documents import services as numbered
from zhifa.documents.values import TYPES
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, Denied
from zhifa.registry import selectors as registry

CASE_WORD = "立"  # of the case number: 海市监立〔2026〕12号


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One series of a body: what carries its numbers, and how far it has come this year."""

    word: str
    title: str
    first: int
    last: int  # the last number given; 0 before any is
    before: int  # the last one of the body it follows under the same 机关代字; 0 if there is none

    @property
    def begun(self) -> bool:
        """Whether a number was given, so that the start stands."""
        return self.last > 0


def number_words() -> dict[str, str]:
    """Return the series of numbers a body has: word -> what carries it."""
    words = {CASE_WORD: "立案号"}
    return words | {one.number_word: one.title for one in TYPES.values() if one.number_word}


def number_lines(body_id: UUID, year: int) -> list[NumberLine]:
    """Return every series of a body in that year, the case number first; four queries and one for each
    body it follows.

    A body that was renamed and kept its word goes on where the former one stopped: `before`.
    """
    word = registry.body(body_id).identity.office_word
    begun = documents.series(body_id, year)
    former = documents.given_before(body_id, word, year)
    lines = []
    for key, title in number_words().items():
        mine = begun.get(key)
        lines.append(
            NumberLine(
                word=key, title=title, first=mine.first if mine else 1,
                last=mine.last if mine and mine.begun else 0, before=former.get(key, 0),
            )
        )  # fmt: skip
    return lines


def seen_of(lines: Iterable[NumberLine]) -> str:
    """Return the mark of what a person had before them, to be sent back with what is entered."""
    said = [f"{line.word} {line.first} {line.begun}" for line in lines]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@transaction.atomic(durable=True)
def start_numbers(
    *,
    body_id: UUID,
    firsts: Mapping[str, int],
    actor: ActorId,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Let a body's series of this year begin at these numbers, as when it joins in mid-year.

    firsts  by word of the series
    seen    `seen_of` the lines that the actor read; None: whatever stands there

    Raises NotFound, Denied unless the system administrator asks, BadValue (number.first) and Conflict:
    number.series_begun once a number was given, number.outdated if someone else was first.
    """
    on = beijing_date(at)
    if not registry.body(body_id).kept_by(registry.scope(actor, on=on)):
        raise Denied("role.missing")
    _wait_for_others(body_id)
    if seen is not None and seen != seen_of(number_lines(body_id, on.year)):
        raise Conflict("number.outdated")
    for word, first in firsts.items():
        numbered.start_series(
            body_id=body_id, kind_word=word, year=on.year, first=first, actor=actor, at=at
        )


def _wait_for_others(body_id: UUID) -> None:
    """Let one transaction at a time say where a body's numbers begin: a series may have no row yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"first-numbers:{body_id}"]
        )
