"""Numbers that identify organisations, people and places (统一社会信用代码、公民身份号码等).

Each check returns the value it was given or raises BadIdentifier with a code that says exactly
what is wrong. Nothing is repaired: the edge strips blanks, and says so.
"""

import re
from datetime import date

from zhifa.law.errors import BadValue

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, 组织机构代码
_ID_WEIGHTS = tuple(pow(2, place, 11) for place in range(17, 0, -1))
_ID_CHECKS = "10X98765432"
# GB/T 2260, first two figures, Hong Kong, Macao and Taiwan included; 83: Taiwan residents' cards.
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_OLDEST_BIRTH = date(1850, 1, 1)


class BadIdentifier(BadValue):
    """The number is not one; `position` counts characters from 1, 0 where it is not one place."""

    def __init__(self, code: str, position: int = 0) -> None:
        super().__init__(code, str(position) if position else "")
        self.position = position


def check_uscc(text: str) -> str:
    """Return the unified social credit code (统一社会信用代码), 18 characters in capitals.

    Source: GB 32100-2015; its characters 9 to 17 are an organisation code, GB 11714.
    Raises BadIdentifier: uscc.old_registration_number, uscc.length, uscc.letter_case,
    uscc.character, uscc.region, uscc.subject_code, uscc.check_digit.
    """
    if re.fullmatch(r"[0-9]{13}|[0-9]{15}", text):
        raise BadIdentifier("uscc.old_registration_number")
    if len(text) != 18:
        raise BadIdentifier("uscc.length")
    for position, character in enumerate(text, start=1):
        if character not in _USCC_ALPHABET:
            lower = character.isascii() and character.islower()
            raise BadIdentifier("uscc.letter_case" if lower else "uscc.character", position)
    if not re.fullmatch(r"[0-9]{6}", text[2:8]):
        raise BadIdentifier("uscc.region")
    if text[16] != subject_check(text[8:16]):
        raise BadIdentifier("uscc.subject_code", 17)
    total = sum(
        _USCC_ALPHABET.index(character) * weight
        for character, weight in zip(text[:17], _USCC_WEIGHTS, strict=True)
    )
    if text[17] != _USCC_ALPHABET[-total % 31]:
        raise BadIdentifier("uscc.check_digit", 18)
    return text


def subject_check(text: str) -> str:
    """Return the check character of an organisation code's first eight (GB 11714)."""
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(text, _SUBJECT_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def check_id_number(text: str, *, on: date) -> str:
    """Return the citizen's identity number (公民身份号码), 18 characters, the last may be X.

    on  the day by which the holder must have been born

    Regions are not looked up: those of cancelled counties stay in the numbers.
    Source: GB 11643. Raises BadIdentifier: id.length, id.letter_case, id.character,
    id.birth_date, id.birth_after_today, id.check_digit.
    """
    if len(text) != 18:
        raise BadIdentifier("id.length")
    if text[17] == "x":
        raise BadIdentifier("id.letter_case", 18)
    for position, character in enumerate(text, start=1):
        if character not in ("0123456789X" if position == 18 else "0123456789"):
            raise BadIdentifier("id.character", position)
    born = _birth_date(text)
    if born is None:
        raise BadIdentifier("id.birth_date", 7)
    if born > on:
        raise BadIdentifier("id.birth_after_today", 7)
    if text[17] != id_check(text[:17]):
        raise BadIdentifier("id.check_digit", 18)
    return text


def id_check(text: str) -> str:
    """Return the check character of an identity number's first seventeen figures."""
    total = sum(int(figure) * weight for figure, weight in zip(text, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def is_id_number(text: str) -> bool:
    """Return whether the text could be an identity number of any person, of whatever day."""
    return (
        re.fullmatch(r"[0-9]{17}[0-9X]", text) is not None
        and text[:2] in PROVINCES
        and _birth_date(text) is not None
        and text[17] == id_check(text[:17])
    )


def check_division_code(text: str) -> str:
    """Return the administrative division code: 6 figures, 9 for a township, 12 for a village.

    Only the form and the province are judged; which codes existed when is reference data.
    Source: GB/T 2260; nine figures GB/T 10114 (unverified).
    Raises BadIdentifier: division.length, division.character, division.province.
    """
    if len(text) not in (6, 9, 12):
        raise BadIdentifier("division.length")
    for position, character in enumerate(text, start=1):
        if character not in "0123456789":
            raise BadIdentifier("division.character", position)
    if text[:2] not in PROVINCES:
        raise BadIdentifier("division.province", 1)
    return text


def masked(text: str, *, head: int = 3, tail: int = 4) -> str:
    """Return the number with stars between its first and last characters, of the same length.

    The defaults are those for showing an identity number [policy]; a text too short to keep
    anything back is hidden whole.
    """
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def _birth_date(text: str) -> date | None:
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
    return born if born >= _OLDEST_BIRTH else None
