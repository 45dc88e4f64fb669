"""Which settings a body may choose (可配置的规定), their defaults, and that none may loosen the law.

A setting that the catalogue does not know does not exist. Values for the whole city hold for every body;
a body's own value may only be stricter (design.md section 4, Procedure: an overlay may tighten).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from zhifa.law.citations import APL, SAMR, SAMR_HEARING, Article
from zhifa.law.errors import BadValue, Violation
from zhifa.law.terms import FIELDS
from zhifa.procedures.facts import Policy
from zhifa.procedures.values import PenaltyKind
from zhifa.registry.rules import Mark

Value = bool | int | str | tuple[str, ...]  # what a setting may be; a list comes back as a tuple
Stored = bool | int | str | list[str]  # the same as JSON

_DEFAULT = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One setting of the catalogue."""

    key: str
    default: Value
    basis: Article
    mark: Mark
    reads: Callable[[Value], bool]  # whether a value of the right type is one of those allowed
    lawful: Callable[[Value], bool] = lambda value: True
    stricter: Callable[[Value, Value], bool] = lambda new, base: True  # new, the city's


def _text_in(allowed: Mapping[str, str]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, str) and (value == "" or value in allowed)


def _yes_or_no(value: Value) -> bool:
    return isinstance(value, bool)


def _amount(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 10**13


def _kinds(value: Value) -> bool:
    return isinstance(value, tuple) and set(value) <= set(PenaltyKind)


def _not_higher(new: Value, base: Value) -> bool:
    return cast("int", new) <= cast("int", base)


def _covers(new: Value, base: Value) -> bool:
    return set(cast("tuple[str, ...]", new)) >= set(cast("tuple[str, ...]", base))


def _threshold(key: str, default: int, basis: Article, mark: Mark) -> Known:
    return Known(
        key=key, default=default, basis=basis, mark=mark, reads=_amount, stricter=_not_higher
    )


CATALOGUE: dict[str, Known] = {
    known.key: known
    for known in (
        Known(
            key="penalty.field",
            default=_DEFAULT.field,
            basis=APL.whole,
            mark=Mark.POLICY,
            reads=_text_in(FIELDS),
        ),
        Known(
            key="penalty.review_first",
            default=_DEFAULT.review_first,
            basis=SAMR.art(50),
            mark=Mark.POLICY,
            reads=_yes_or_no,
        ),
        Known(
            key="penalty.discuss_major",
            default=_DEFAULT.discuss_major,
            basis=APL.art(57, 2),
            mark=Mark.VERIFIED,
            reads=_yes_or_no,
            lawful=lambda value: value is True,  # a duty; a body cannot be let off
        ),
        _threshold(
            "penalty.hearing_person_fen",
            _DEFAULT.hearing_person_fen,
            SAMR_HEARING.art(5),
            Mark.UNVERIFIED,
        ),
        _threshold(
            "penalty.hearing_organisation_fen",
            _DEFAULT.hearing_organisation_fen,
            SAMR_HEARING.art(5),
            Mark.UNVERIFIED,
        ),
        Known(
            key="penalty.major_kinds",
            default=tuple(str(kind) for kind in _DEFAULT.major_kinds),
            basis=APL.art(58, 1),
            mark=Mark.POLICY,
            reads=_kinds,
            # statutory criteria always apply and cannot be removed.
            lawful=lambda value: _covers(value, tuple(_DEFAULT.major_kinds)),
            stricter=_covers,
        ),
        _threshold(
            "penalty.major_person_fen", _DEFAULT.major_person_fen, APL.art(58, 1), Mark.POLICY
        ),
        _threshold(
            "penalty.major_organisation_fen",
            _DEFAULT.major_organisation_fen,
            APL.art(58, 1),
            Mark.POLICY,
        ),
    )
}


def read(key: str, stored: object) -> Value:
    """Return a setting's value from its JSON form.

    Raises BadValue: setting.unknown, setting.value.
    """
    known = CATALOGUE.get(key)
    if known is None:
        raise BadValue("setting.unknown", key)
    if isinstance(stored, list) and all(isinstance(one, str) for one in stored):
        stored = tuple(stored)
    if not isinstance(stored, bool | int | str | tuple) or not known.reads(stored):
        raise BadValue("setting.value", key)
    return stored


def stored(value: Value) -> Stored:
    """Return the JSON form of a value."""
    return list(value) if isinstance(value, tuple) else value


def lawful(key: str, value: Value, *, city: Value | None) -> tuple[Violation, ...]:
    """Return why a value may not be chosen: it loosens the law, or for a body what the city has set.

    city  the value that holds for all bodies, when one body chooses for itself; None for the city
    """
    known = CATALOGUE[key]
    found = []
    if not known.lawful(value):
        found.append(Violation("setting.loosens_law", known.basis, key))
    if city is not None and not known.stricter(value, city):
        found.append(Violation("setting.looser_than_city", known.basis, key))
    return tuple(found)


def policy(values: Mapping[str, Value]) -> Policy:
    """Return what the settings mean for penalty cases; what is not set has its default."""
    chosen = {key: values.get(key, known.default) for key, known in CATALOGUE.items()}
    kinds = cast("tuple[str, ...]", chosen["penalty.major_kinds"])
    return Policy(
        field=cast("str", chosen["penalty.field"]),
        review_first=cast("bool", chosen["penalty.review_first"]),
        discuss_major=cast("bool", chosen["penalty.discuss_major"]),
        hearing_person_fen=cast("int", chosen["penalty.hearing_person_fen"]),
        hearing_organisation_fen=cast("int", chosen["penalty.hearing_organisation_fen"]),
        major_kinds=tuple(PenaltyKind(kind) for kind in kinds),
        major_person_fen=cast("int", chosen["penalty.major_person_fen"]),
        major_organisation_fen=cast("int", chosen["penalty.major_organisation_fen"]),
    )
