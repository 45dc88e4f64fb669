"""Do the case numbers of every body and year go as far as cases were given them (立案号核对)?

Case numbers are no documents, so the documents room does not check the series 立.
"""

import re
from collections.abc import Iterator
from uuid import UUID

from zhifa.cases.numbers import CASE_WORD, number_words
from zhifa.documents import selectors as documents
from zhifa.law.errors import NotFound
from zhifa.registry import selectors as registry

_NUMBER = re.compile(r"〔(\d{4})〕(\d+)号$")


class Given:
    """The lowest and the highest case number given by every body in every year."""

    def __init__(self) -> None:
        self._reach: dict[tuple[UUID, int], tuple[int, int]] = {}

    def add(self, body_id: UUID, number: str) -> None:
        """Take note of a number that the body gave; one that cannot be read is found by its case."""
        if said := _NUMBER.search(number):
            key, given = (body_id, int(said[1])), int(said[2])
            lowest, highest = self._reach.get(key, (given, given))
            self._reach[key] = min(given, lowest), max(given, highest)

    def differences(self) -> Iterator[str]:
        """Name body, series and year where the series does not reach from the first number given to the last,
        and words of which there is no series; five queries.

        A series that was only started (起始号) has no case yet: its last number is the one before its first.
        """
        left, said = dict(self._reach), documents.series_started(CASE_WORD)
        for body_id, year, series in documents.series_of_word(CASE_WORD):
            key = body_id, year
            reach = left.pop(key, None)
            first = said.pop(key, reach[0] if reach else None)
            if first is None or (series.first, series.last) != (reach or (first, first - 1)):
                yield _name(body_id, year)
        for body_id, year in sorted({*left, *said}):
            yield _name(body_id, year)
        yield from sorted(documents.series_words() - set(number_words()))


def _name(body_id: UUID, year: int) -> str:
    try:
        body = registry.body(body_id).identity.name
    except NotFound:
        body = str(body_id)
    return f"{body} {CASE_WORD}〔{year}〕"
