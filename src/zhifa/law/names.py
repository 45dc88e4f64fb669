"""Names of people and organisations (姓名、名称): what may stand in one."""

import unicodedata

from zhifa.law.errors import BadValue

# Of the credit exchange, lengths not checked against its annex (unverified): defaults only.
PERSON_NAME_LONGEST = 50
ORGANISATION_NAME_LONGEST = 200


class BadName(BadValue):
    """The text cannot be a name."""


def check_name(text: str, *, longest: int) -> str:
    """Return the name as it was given; rare characters (𬭎, 䶮) count one each and are welcome.

    longest  in characters; the person's and the organisation's defaults stand above

    Raises BadName: name.empty, name.surrogate, name.edge_space, name.control, name.private_use,
    name.no_letter, name.too_long.
    """
    if not text.strip():
        raise BadName("name.empty")
    if len(text) > longest:
        raise BadName("name.too_long", str(longest))
    for position, character in enumerate(text, start=1):
        if code := _REFUSED.get(unicodedata.category(character)):
            raise BadName(code, str(position))
        if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
            raise BadName("name.control", str(position))  # no characters, by definition
    if text != text.strip():
        raise BadName("name.edge_space")
    if not any(_may_be_letter(character) for character in text):
        raise BadName("name.no_letter")
    return text


# By Unicode category. Unassigned (Cn) is let through: a character newer than our tables.
_REFUSED = {
    "Cs": "name.surrogate",
    "Cc": "name.control",
    "Cf": "name.control",  # invisible marks and those that turn the direction of writing
    "Zl": "name.control",
    "Zp": "name.control",
    "Co": "name.private_use",
}


def _may_be_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" or unicodedata.category(character) == "Cn"
