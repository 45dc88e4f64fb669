"""Reading what changes by date: settings and the calendar (可配置的规定、工作日历)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Max, Q

from zhifa.law.actors import ActorId
from zhifa.law.calendar import Calendar
from zhifa.law.holidays import NOTICES, DaysOff, Notice
from zhifa.procedures.facts import Policy
from zhifa.registry import models, policy
from zhifa.registry.policy import Value
from zhifa.registry.rules import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value of a setting and where it comes from."""

    key: str
    body: UUID | None  # None: for all bodies
    valid_from: date
    value: Value
    basis: str
    mark: Mark
    set_by: ActorId


def settings(body_id: UUID | None, *, on: date) -> dict[str, Value]:
    """Return every setting of the catalogue as it holds for a body on that day; one query."""
    rows = (
        models.Setting.objects.filter(
            Q(body=body_id) | Q(body=None), valid_from__lte=on, key__in=policy.CATALOGUE
        )
        .order_by("key", "body", "-valid_from", "-id")
        .distinct("key", "body")
    )
    return effective((row.key, row.body_id is not None, row.value) for row in rows)


def effective(rows: Iterable[tuple[str, bool, object]]) -> dict[str, Value]:
    """Return every setting of the catalogue from what is stored: key, whether a body's own, value.

    A body's own value holds unless it is looser than the city's; what nobody set has its default.
    """
    values = {key: known.default for key, known in policy.CATALOGUE.items()}
    read = [(own, key, policy.read(key, value)) for key, own, value in rows]
    for own, key, value in sorted(read, key=itemgetter(0)):  # the city's first
        if not own or policy.CATALOGUE[key].stricter(value, values[key]):
            values[key] = value
    return values


def penalty_policy(body_id: UUID, *, on: date) -> Policy:
    """Return what the settings mean for a body's penalty cases on that day; one query."""
    return policy.policy(settings(body_id, on=on))


def setting_history(key: str) -> list[Setting]:
    """Return every value ever chosen for a setting, newest first; one query."""
    rows = models.Setting.objects.filter(key=key).order_by("-valid_from", "-id")
    return [
        Setting(
            key=row.key, body=row.body_id, valid_from=row.valid_from,
            value=policy.read(row.key, row.value), basis=row.basis, mark=Mark(row.mark),
            set_by=ActorId(row.set_by),
        )
        for row in rows
    ]  # fmt: skip


def holiday_notices() -> list[Notice]:
    """Return the notices that hold: those shipped and those imported, by year and issue; one query."""
    imported = [_notice(row) for row in models.HolidayNotice.objects.all()]
    return sorted([*NOTICES, *imported], key=lambda notice: (notice.year, notice.issued_on))


def calendar(*, as_of: date | None = None) -> Calendar:
    """Return the working days by all notices, shipped and imported; one query when nothing changed.

    as_of  leave out notices issued after that day: the calendar as it was known then
    """
    newest = models.HolidayNotice.objects.aggregate(newest=Max("id"))["newest"]
    return calendar_of(newest or 0, as_of=as_of)


def calendar_of(newest: int, *, as_of: date | None = None) -> Calendar:
    """Return the calendar by the notices up to the one with the id `newest`; no query if it is known.

    Notices are written once and never deleted, so their last id is the version of the whole.
    """
    notices = _known(connection.settings_dict["NAME"], newest)
    if as_of is not None:
        notices = tuple(notice for notice in notices if notice.issued_on <= as_of)
    return _calendar(notices)


@lru_cache(maxsize=4)
def _known(database: str, newest: int) -> tuple[Notice, ...]:
    rows = models.HolidayNotice.objects.filter(pk__lte=newest).order_by("pk") if newest else ()
    return (*NOTICES, *(_notice(row) for row in rows))


@lru_cache(maxsize=32)
def _calendar(notices: tuple[Notice, ...]) -> Calendar:
    return Calendar.of(notices)


def _notice(row: models.HolidayNotice) -> Notice:
    return Notice(
        year=row.year, number=row.number, title=row.title, issued_on=row.issued_on,
        source=row.source, holidays=msgspec.convert(row.holidays, tuple[DaysOff, ...]),
    )  # fmt: skip
