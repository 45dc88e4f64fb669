"""Do the case numbers of every body and year go as far as cases were given them (立案号核对)?

Case numbers are no documents, so the documents room does not check the series 立.
"""

import re
from collections.abc import Iterator
from uuid import UUID

from zhifa.cases.numbers import CASE_WORD
from zhifa.documents import selectors as documents
from zhifa.law.errors import NotFound
from zhifa.registry import selectors as registry

_NUMBER = re.compile(r"〔(\d{4})〕(\d+)号$")


class Given:
    """The highest case number given by every body in every year."""

    def __init__(self) -> None:
        self._highest: dict[tuple[UUID, int], int] = {}

    def add(self, body_id: UUID, number: str) -> None:
        """Take note of a number that the body gave; one that cannot be read is found by its case."""
        if said := _NUMBER.search(number):
            key = body_id, int(said[1])
            self._highest[key] = max(int(said[2]), self._highest.get(key, 0))

    def differences(self) -> Iterator[str]:
        """Name body, series and year where the series does not end at the highest number; one query.

        A series that was only started (起始号) has no case yet: its last number is the one before its first.
        """
        left = dict(self._highest)
        for body_id, year, series in documents.series_of_word(CASE_WORD):
            if series.last != left.pop((body_id, year), series.first - 1):
                yield _name(body_id, year)
        for body_id, year in left:
            yield _name(body_id, year)


def _name(body_id: UUID, year: int) -> str:
    try:
        body = registry.body(body_id).identity.name
    except NotFound:
        body = str(body_id)
    return f"{body} {CASE_WORD}〔{year}〕"
