"""What the values of a body must be (主体登记项), wherever they come from: a page, a sheet, a question. Pure."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from zhifa.law.errors import BadValue
from zhifa.law.identifiers import check_division_code, check_uscc
from zhifa.law.names import ORGANISATION_NAME_LONGEST, check_name
from zhifa.registry.rules import Identity

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
SHORT_NAME_LONGEST = 60
_OFFICE_WORD_LONGEST = 20


def _check_code(text: str) -> None:
    if not _CODE.fullmatch(text):
        raise BadValue("body.code", text[:40])


def _check_office_word(text: str) -> None:
    if len(text) > _OFFICE_WORD_LONGEST or any(letter.isspace() for letter in text):
        raise BadValue("body.office_word", text[:40])


# What a value of a body must be; each raises BadValue.
_OF_IDENTITY: Mapping[str, Callable[[str], object]] = {
    "code": _check_code,
    "name": partial(check_name, longest=ORGANISATION_NAME_LONGEST),
    "short_name": partial(check_name, longest=SHORT_NAME_LONGEST),
    "credit_code": check_uscc,
    "region_code": check_division_code,
    "office_word": _check_office_word,
}
_MAY_BE_EMPTY = frozenset({"credit_code", "region_code", "office_word"})


def check_value(name: str, text: str) -> None:
    """Judge one value of an `Identity` by its name; what has no rule of its own passes.

    Raises BadValue: body.code, body.office_word, name.…, uscc.…, division.….
    """
    judge = _OF_IDENTITY.get(name)
    if judge and (text or name not in _MAY_BE_EMPTY):
        judge(text)


def check(identity: Identity) -> None:
    """Judge every value of a body. Raises BadValue, as `check_value` does."""
    for name in _OF_IDENTITY:
        check_value(name, getattr(identity, name))
