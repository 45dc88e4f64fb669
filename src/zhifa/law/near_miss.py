"""Identity numbers in running text, mistyped ones too (疑似公民身份号码), for redaction.

A number with one wrong, swapped, lost or doubled character fails its check digit and still gives
its holder away; so it is flagged for a person to look at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhifa.law.identifiers import PROVINCES, BadIdentifier, check_uscc, is_id_number

# Full-width figures and letters, and letters that pass for figures, one character for one.
_READ_AS = str.maketrans("０１２３４５６７８９ＸｘxOoＯｏlIｌＩ", "0123456789XXX0000" + "1111")
_RUN = re.compile(
    r"(?<![0-9A-Z])[0-9](?:[ \u00a0\u3000·.\-－]?[0-9]){13,18}(?:[ \-]?X)?(?![0-9A-Z])"
)
_SEPARATORS = re.compile(r"[^0-9X]")


class SuspectKind(StrEnum):
    """How sure it is that the text names a person."""

    ID = "id"  # check digit, birth date and province are right
    NEAR = "near"  # one mistake away from that
    OLD = "old"  # 15 figures, as issued until 1999


@dataclass(frozen=True, slots=True)
class Suspect:
    """A stretch of the text: `text[first:last]`."""

    first: int
    last: int
    kind: SuspectKind


def suspect_id_numbers(text: str) -> tuple[Suspect, ...]:
    """Return every stretch that is an identity number or one mistake away from one, in order.

    Blanks, dots and dashes between figures, full-width figures and l, I, O for 1 and 0 are seen
    through. A valid credit code of the business register, which may consist of figures only, is not
    flagged; one that begins as a province does is, for it may be a person's number mistyped.
    """
    found = (
        (match, _kind(_SEPARATORS.sub("", match.group())))
        for match in _RUN.finditer(text.translate(_READ_AS))
    )
    return tuple(Suspect(match.start(), match.end(), kind) for match, kind in found if kind)


def _kind(figures: str) -> SuspectKind | None:
    if is_id_number(figures):
        return SuspectKind.ID
    if figures.startswith("9") and _is_uscc(figures):
        return None
    if len(figures) == 15:
        return SuspectKind.OLD if _is_old(figures) else None
    return SuspectKind.NEAR if any(map(is_id_number, _mended(figures))) else None


def _is_uscc(figures: str) -> bool:
    try:
        check_uscc(figures)
    except BadIdentifier:
        return False
    return True


def _is_old(figures: str) -> bool:
    try:
        date(1900 + int(figures[6:8]), int(figures[8:10]), int(figures[10:12]))
    except ValueError:
        return False
    return figures[:2] in PROVINCES


def _mended(figures: str) -> Iterator[str]:
    """Return every number of 18 characters that is one mistake away."""
    if len(figures) == 18:
        for place, old in enumerate(figures):
            for new in "0123456789X":
                yield figures[:place] + new + figures[place + 1 :]
            yield figures[:place] + figures[place + 1 : place + 2] + old + figures[place + 2 :]
    elif len(figures) == 19:
        for place in range(19):
            yield figures[:place] + figures[place + 1 :]
    elif len(figures) == 17:
        for place in range(18):
            for new in "0123456789X":
                yield figures[:place] + new + figures[place:]
