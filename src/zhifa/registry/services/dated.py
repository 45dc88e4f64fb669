"""What changes by date: settings, the scope matrix, holidays (可配置的规定、试点范围、节假日)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, Min, Q

from zhifa.clock import beijing_date
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Refused
from zhifa.law.holidays import Notice
from zhifa.registry import entries, models, policy, selectors
from zhifa.registry.policy import Value
from zhifa.registry.rules import Mark, Role
from zhifa.registry.scope_matrix import Matrix, sign_of
from zhifa.registry.services import authority, rows

_SATURDAY = 5
_LONGEST_HOLIDAY_DAYS = 15


@transaction.atomic
def set_setting(
    *,
    key: str,
    value: Value,
    body_id: UUID | None,
    valid_from: date,
    basis: str,
    mark: Mark,
    actor: ActorId,
    at: datetime,
) -> None:
    """Choose a setting from a day on, for a body or, without one, for all.

    A body's head chooses for the body, a supervisor for all. Raises NotFound, Denied, BadValue
    (setting.unknown, setting.value, reason.missing), and Refused if the value loosens the law, or for
    a body what the city has set.
    """
    on = beijing_date(at)
    if body_id is None:
        authority.require(actor, Role.SUPERVISOR, on=on)
    else:
        rows.locked(models.Body, body_id)
        authority.require(actor, Role.AGENCY_HEAD, on=on, body=body_id)
    value = policy.read(key, policy.stored(value))
    city = None if body_id is None else selectors.settings(None, on=valid_from)[key]
    if violations := policy.lawful(key, value, city=city):
        raise Refused("setting.choose", violations)
    row = models.Setting(
        key=key, body_id=body_id, valid_from=valid_from, value=policy.stored(value),
        basis=rows.reason(basis), mark=mark.value,
    )  # fmt: skip
    _choose(row, actor=actor, at=at)


def carry_over(
    old: models.Body, new: models.Body, *, on: date, actor: ActorId, at: datetime
) -> None:
    """Let what a body has chosen for itself go on under its new name: what holds, and what will hold."""
    held: dict[str, models.Setting] = {}
    later = []
    for row in models.Setting.objects.filter(body=old).order_by("valid_from", "id"):
        if row.valid_from <= on:
            held[row.key] = row
        else:
            later.append(row)
    for row in (*held.values(), *later):
        copy = models.Setting(
            key=row.key, body=new, valid_from=max(on, row.valid_from), value=row.value,
            basis=row.basis, mark=row.mark,
        )  # fmt: skip
        _choose(copy, actor=actor, at=at)


def _choose(row: models.Setting, *, actor: ActorId, at: datetime) -> None:
    """Write a setting and journal it."""
    row.set_by, row.set_at = actor, at
    rows.insert(row)
    entry = entries.SettingChosen(
        row.key, row.body_id, row.valid_from, row.value, row.basis, Mark(row.mark)
    )
    stream = entries.setting_stream(row.key)
    journal.append(entries.SETTING_CHOSEN, stream, actor=actor, at=at, body=entry)


@transaction.atomic
def set_scope_matrix(
    *,
    matrix: Matrix,
    bodies: Mapping[str, UUID],
    actor: ActorId,
    at: datetime,
    replaces: bool = False,
) -> None:
    """Let a matrix hold from its day on, until one that begins later; the one before ends the day before: R-06.

    bodies    which registered body each agency's name means; an agency may stay without one
    replaces  what was set for the same day is taken back: it was wrong

    Raises Denied, BadValue (reason.missing, scope.empty, scope.twice), Conflict (scope.overlaps).
    """
    authority.require(actor, Role.SUPERVISOR, on=beijing_date(at))
    basis = rows.reason(matrix.basis)
    _check_matrix(matrix)
    last = matrix.valid_from - timedelta(days=1)
    held = models.ScopeCell.objects.select_for_update().exclude(valid_until__lt=F("valid_from"))
    for earlier in held.filter(
        Q(valid_until=None) | Q(valid_until__gt=last), valid_from__lt=matrix.valid_from
    ):
        rows.end(earlier, last)
    if replaces:
        for wrong in held.filter(valid_from=matrix.valid_from):
            rows.end(wrong, last)
    later = held.filter(valid_from__gt=matrix.valid_from).aggregate(first=Min("valid_from"))[
        "first"
    ]
    agencies = list(dict.fromkeys(cell.agency for cell in matrix.cells))
    for cell in matrix.cells:
        rows.insert(
            models.ScopeCell(
                agency=cell.agency, body_id=bodies.get(cell.agency), act_type=cell.act_type.value,
                coverage=cell.coverage.value, by_superior=cell.by_superior,
                position=agencies.index(cell.agency), basis=basis,
                valid_from=matrix.valid_from,
                valid_until=later - timedelta(days=1) if later else None,
            )
        )  # fmt: skip
    signs = tuple(
        (cell.agency, cell.act_type.value, sign_of(cell.coverage, by_superior=cell.by_superior))
        for cell in matrix.cells
    )
    entry = entries.MatrixSet(matrix.valid_from, basis, signs, replaces)
    stream = entries.setting_stream("scope_matrix")
    journal.append(entries.MATRIX_SET, stream, actor=actor, at=at, body=entry)


@transaction.atomic
def add_holiday_notice(*, notice: Notice, actor: ActorId, at: datetime) -> None:
    """Add a yearly notice on days off that came after this release.

    Raises Denied unless a system administrator asks, BadValue (holidays.…), Conflict (holidays.known).
    """
    authority.require(actor, Role.SYSTEM_ADMINISTRATOR, on=beijing_date(at))
    _check_notice(notice)
    row = models.HolidayNotice(
        year=notice.year, number=notice.number, title=notice.title, issued_on=notice.issued_on,
        source=notice.source, holidays=msgspec.to_builtins(notice.holidays),
    )  # fmt: skip
    rows.insert(row)
    stream = entries.setting_stream("holidays")
    entry = entries.HolidaysAdded(notice)
    journal.append(entries.HOLIDAYS_ADDED, stream, actor=actor, at=at, body=entry)


def _check_matrix(matrix: Matrix) -> None:
    """Every kind of act of an agency has one cell; there is at least one."""
    if not matrix.cells:
        raise BadValue("scope.empty")
    places = [(cell.agency, cell.act_type) for cell in matrix.cells]
    for agency, act_type in places:
        if places.count((agency, act_type)) > 1:
            raise BadValue("scope.twice", agency)


def _check_notice(notice: Notice) -> None:
    """The days must be ones a notice of that year can set; the last of December belong to the next."""
    if not (notice.number.strip() and notice.source.strip() and notice.holidays):
        raise BadValue("holidays.incomplete")
    off = {day for holiday in notice.holidays for day in holiday.days()}
    worked = {day for holiday in notice.holidays for day in holiday.make_up}
    for holiday in notice.holidays:
        length = (holiday.last - holiday.first).days + 1
        if not holiday.name.strip() or not 1 <= length <= _LONGEST_HOLIDAY_DAYS:
            raise BadValue("holidays.spell", holiday.name)
    for day in sorted(off | worked):
        if day.year != notice.year and (day.year, day.month) != (notice.year - 1, 12):
            raise BadValue("holidays.other_year", day.isoformat())
    for day in sorted(worked):
        if day.weekday() < _SATURDAY or day in off:
            raise BadValue("holidays.make_up", day.isoformat())
