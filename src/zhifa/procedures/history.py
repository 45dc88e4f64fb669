"""A step as the journal keeps it, and the facts as the case's row keeps them (案件历程的存储形式).

Both are plain JSON values: days as ISO text, ids as text, lists of the law by their codes.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec

from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue
from zhifa.law.holidays import NOTICES, Notice
from zhifa.procedures.facts import Circumstances, Context, Facts, Policy
from zhifa.procedures.model import Procedure
from zhifa_verify.canonical import canonical_json

T = TypeVar("T")


class BadEvent(BadValue):
    """What is stored is not a step of this procedure, or not the facts of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step with all that judging it again needs."""

    sequence: int  # 1 for the first step of the case
    action: str
    on: date  # the day the act took place
    data: Any  # of the class the procedure names for the action
    circumstances: Circumstances
    policy: Policy
    calendar: str  # `calendar_key` of the calendar it was judged by


def calendar_key(calendar: Calendar) -> str:
    """Return what names a calendar: the day of its latest notice, and a digest of all of them."""
    return _key(calendar.notices)


def known_calendars(notices: Iterable[Notice] = NOTICES) -> Callable[[str], Calendar]:
    """Return a function that finds a calendar by its key, as it stood after any of the notices.

    The function raises BadEvent (event.unknown_calendar).
    """
    every = tuple(notices)
    days = sorted({notice.issued_on for notice in every}, reverse=True)
    found: dict[str, Calendar] = {}
    unseen = iter([*days, None])  # from the newest back; None: before any notice

    def find(key: str) -> Calendar:
        while key not in found:
            day = next(unseen, key)
            if isinstance(day, str):
                raise BadEvent("event.unknown_calendar", key)
            calendar = Calendar.of(every if day else (), as_of=day)
            found[calendar_key(calendar)] = calendar
        return found[key]

    return find


def encode_event(event: Event) -> dict[str, Any]:
    """Return the step as plain JSON values."""
    return _encoded(event)


def decode_event(procedure: Procedure, value: dict[str, Any]) -> Event:
    """Return the step that `encode_event` made; the procedure says of which class its data are.

    Raises BadEvent (event.malformed) for a wrong type, and for anything it does not know;
    NoSuchStep for an action the procedure does not have.
    """
    event = _decoded(value, Event)
    data = _decoded(event.data, procedure.data_class(event.action))
    return replace(event, data=data)


def encode_facts(facts: Facts) -> dict[str, Any]:
    """Return the facts as plain JSON values."""
    return _encoded(facts)


def decode_facts(value: dict[str, Any]) -> Facts:
    """Return the facts that `encode_facts` made. Raises BadEvent (event.malformed)."""
    return _decoded(value, Facts)


def context_of(event: Event, calendar_of: Callable[[str], Calendar]) -> Context:
    """Return by what the step was judged."""
    return Context(calendar=calendar_of(event.calendar), policy=event.policy)


def decode_data(kind: type[T], value: object) -> T:
    """Return what was filled in, of that class. Raises BadEvent (event.malformed)."""
    return _decoded(value, kind)


@cache
def _key(notices: tuple[Notice, ...]) -> str:
    latest = max((notice.issued_on for notice in notices), default=None)
    digest = hashlib.sha256(canonical_json(msgspec.to_builtins(notices))).hexdigest()
    return f"{latest.isoformat() if latest else 'none'}-{digest[:12]}"


def _encoded(value: object) -> dict[str, Any]:
    encoded: dict[str, Any] = msgspec.to_builtins(value)
    return encoded


def _decoded(value: object, kind: type[T]) -> T:
    try:
        decoded = msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as problem:
        raise BadEvent("event.malformed", str(problem)) from problem
    if unknown := _unknown(value, msgspec.to_builtins(decoded)):
        raise BadEvent("event.malformed", unknown)
    return decoded


def _unknown(value: object, known: object) -> str:
    """Return the first key that the class does not have, "" if there is none."""
    if isinstance(value, dict) and isinstance(known, dict):
        inner = (_unknown(value[key], known[key]) if key in known else str(key) for key in value)
        return next(filter(None, inner), "")
    if isinstance(value, list | tuple) and isinstance(known, list | tuple):
        inner = (_unknown(one, other) for one, other in zip(value, known, strict=True))
        return next(filter(None, inner), "")
    return ""
