"""When a term ends, and why (期限计算): procedures.md section 1, rules 1 to 11, as functions.

All days are local days in China, all instants Beijing time. Nothing here reads a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from zhifa.law.calendar import FIRST_DAY, LAST_DAY, Calendar, OutOfCalendar
from zhifa.law.citations import CIVIL_CODE, Article
from zhifa.law.counting import ONE_DAY, Spell, days_in, end_of, merged, plus_days
from zhifa.law.errors import BadValue
from zhifa.law.terms import (
    Approver,
    Back,
    BadTerm,
    ExtensionStep,
    Kind,
    Length,
    Rolls,
    Rule,
    StopKind,
    Term,
    Told,
    Unit,
)

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


class BadStart(BadValue):
    """The term cannot run from what was given as its start."""


class BadStop(BadValue):
    """A stop ends before it begins, or is not of a kind that stops this term."""


class BadExtension(BadValue):
    """An extension is too long, one too many, too late, or not the approver's to give."""


class Status(StrEnum):
    """How a running term stands."""

    OK = "ok"
    WARN = "warn"
    LATE = "late"
    STOPPED = "stopped"  # a stop is open: the end is not known yet


@dataclass(frozen=True, slots=True)
class Stop:
    """Days left out of a term, both ends included; without a last day it is still open."""

    first: date
    last: date | None
    kind: StopKind | None = None  # None: not said, taken as one that the term allows


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension granted, counted in the unit of the step that allows it."""

    count: int
    approved_on: date | None = None  # None: only asking what would follow
    approver: Approver | None = None  # None: the one the law names


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that was applied to a term; `reasons_zh.words` puts it into Chinese."""

    code: str  # stable and language-free
    basis: Article | None = None
    first: date | None = None
    last: date | None = None
    at: datetime | None = None
    count: int | None = None
    unit: Unit | None = None
    about: str = ""  # the key or name of what is meant: a field, an approver, a holiday


@dataclass(frozen=True, slots=True)
class Due:
    """When a term ends, what that rests on, and every rule that was applied.

    A term in days has `due_on`, one in hours `due_at`; both are missing while a stop is open.
    """

    term: str
    unit: Unit
    kind: Kind
    due_on: date | None
    due_at: datetime | None
    ends_on: date | None  # before moving off a rest day: an extension is approved by then
    warn_on: date | None  # the last working day up to the end; an earliest day has none
    provisional: bool  # rests on a day no notice has settled yet
    reasons: tuple[Reason, ...]


def due(
    term: Term,
    *,
    start: date | datetime | Due,
    calendar: Calendar,
    stops: Sequence[Stop] = (),
    extensions: Sequence[Extension] = (),
    field: str = "",
    variant: str = "",
    before: bool = False,
) -> Due:
    """Return the day or instant at which a term ends, with every rule applied as a reason.

    start       local day of the event, the day after it being day one; an aware instant, which
                a term in hours needs; or the term this one is chained to: it runs from that end
    calendar    working days, each announced or provisional
    stops       spells left out, both ends included; what overlaps counts once
    extensions  in the order granted; the first is judged by the rule's first step, and so on
    field       key of the field rule the body is under, of FIELDS
    variant     key of a named case of the term
    before      `start` is the later event, and asked is how late the earlier act is in time

    Source: the rule's own articles; how to count: procedures.md section 1.
    Raises NotInForce, BadTerm, BadStart, BadStop, BadExtension and OutOfCalendar.
    """
    day = _start_day(start)
    branch = term.branch(field=field, variant=variant)
    run = _Run(term.key, branch.rules.on(day), day, calendar, [])
    run.open(start, wanted=field, field=branch.field, variant=branch.name)
    if before:
        if stops or extensions:
            raise BadTerm("term.before_alone", term.key)
        return run.counted_back()
    for stop in stops:
        _check_stop(run.rule, stop)
    if run.rule.length.unit is Unit.HOUR:
        if extensions:
            raise BadExtension("extension.too_many", term.key)
        return run.in_hours(start)
    return run.in_days(stops, extensions)


def in_time(found: Due, done: date | datetime) -> bool:
    """Return whether an act was in time; one sent by post is done when it was posted.

    Source: CPL art. 85, ALL interpretation art. 48; for the agency's own post [policy].
    A term that is stopped is kept; an earliest day is kept from that day on.
    """
    if found.due_at is not None:
        return _instant(done) <= found.due_at
    if found.due_on is None:
        return True
    day = _local_day(done)
    return day >= found.due_on if found.kind is Kind.EARLIEST else day <= found.due_on


def remaining(found: Due, on: date | datetime, calendar: Calendar) -> int | None:
    """Return what is left of the term: working days, calendar days or full hours by its unit.

    0 on the last day, negative once it is over, None while a stop is open.
    Raises BadStart for a term in hours without an instant, and OutOfCalendar.
    """
    if found.due_at is not None:
        return int((found.due_at - _instant(on)) // timedelta(hours=1))
    if found.due_on is None:
        return None
    day = _local_day(on)
    if found.unit is Unit.WORKING_DAY:
        return calendar.working_days(day, found.due_on)
    return (found.due_on - day).days


def status(found: Due, on: date | datetime) -> Status:
    """Return how the term stands on a day or, for hours, at an instant.

    An earliest day is never late and never warned of.
    """
    if found.due_on is None and found.due_at is None:
        return Status.STOPPED
    if found.kind is Kind.EARLIEST:
        return Status.OK
    if not in_time(found, on):
        return Status.LATE
    warned = found.warn_on is not None and _local_day(on) >= found.warn_on
    return Status.WARN if warned else Status.OK


@dataclass(slots=True)
class _Run:
    """One computation: what stays the same in it, and the reasons gathered on the way."""

    term: str
    rule: Rule
    start: date
    calendar: Calendar
    reasons: list[Reason]

    def open(self, start: date | datetime | Due, *, wanted: str, field: str, variant: str) -> None:
        """Note from where the term runs, how long it is and on what that rests."""
        rule = self.rule
        if isinstance(start, Due):
            self.reasons.append(Reason("start.chained", first=self.start, about=start.term))
            if start.provisional:
                self.reasons.append(Reason("start.provisional", about=start.term))
        if field:
            self.reasons.append(Reason("field.own_rule", about=field))
        elif wanted:
            self.reasons.append(Reason("field.common_rule", about=wanted))
        if variant:
            self.reasons.append(Reason("variant.case", about=variant))
        self.reasons.append(
            Reason("length", rule.basis[0], count=rule.length.count, unit=rule.length.unit)
        )
        self.reasons.extend(Reason("length.also", basis) for basis in rule.basis[1:])
        if rule.unit_basis:
            self.reasons.append(Reason("unit.working_days", rule.unit_basis))
        self.reasons.extend(Reason(f"mark.{mark}") for mark in sorted(rule.marks))

    def in_hours(self, start: date | datetime | Due) -> Due:
        """Return the end of a term in hours: from the minute of the event, never moved."""
        if not isinstance(start, datetime):
            raise BadStart("start.time_needed", self.term)
        begun = _instant(start).replace(second=0, microsecond=0)
        self.reasons.append(Reason("start.minute", at=begun))
        if self.rule.length.count > 24 * (LAST_DAY - self.start).days:
            raise OutOfCalendar(f"{begun.isoformat()} +{self.rule.length.count}h")
        at = begun + timedelta(hours=self.rule.length.count)
        return self._due(at.date(), at=at)

    def in_days(self, stops: Sequence[Stop], extensions: Sequence[Extension]) -> Due:
        """Return the end of a term in days, months or years."""
        self._note_counting()
        left_out = merged((stop.first, stop.last) for stop in stops if stop.last)
        opened = [stop.first for stop in stops if not stop.last]
        end = self._end(self.rule.length, self.start, left_out)
        for number, extension in enumerate(extensions):
            if any(first <= end for first in opened):
                break  # the end to be extended is not known: nothing to judge the approval by
            step = self._step(number, extension)
            _check_extension(extension, step, end)
            self._note_extension(extension, step, end)
            end = self._end(Length(extension.count, step.unit), end, left_out)
        self._note_stops(stops, left_out, end)
        if any(first <= end for first in opened):
            return self._unknown()
        if self.rule.length.unit is Unit.WORKING_DAY:
            self._note_holidays(end)
            self._note_unannounced(self.start + ONE_DAY, end)
        if self.rule.kind is Kind.EARLIEST:
            self.reasons.append(Reason("earliest.day_after", last=end))
            return self._due(plus_days(end, 1), ends_on=end)
        return self._due(self._rolled(end), ends_on=end)

    def counted_back(self) -> Due:
        """Return the last day for an act that has to come so long before the event (rule 5)."""
        self._note_counting()
        if not self.rule.back:
            raise BadTerm("term.not_before", self.term)
        count = self.rule.length.count
        if self.rule.length.unit is Unit.WORKING_DAY:
            nth = self.calendar.add_working_days(self.start, -count)
            self._note_unannounced(nth, self.start - ONE_DAY)
        elif count >= (self.start - FIRST_DAY).days:
            raise OutOfCalendar(f"{self.start.isoformat()} -{count}")
        else:
            nth = self.start - timedelta(days=count)
        last = nth - ONE_DAY if self.rule.back is Back.CLEAR else nth
        self.reasons.append(Reason(f"before.{self.rule.back}", first=nth, last=self.start))
        found = self._due(last)
        return replace(found, kind=Kind.DEADLINE, warn_on=self.calendar.last_working_day(last))

    def _end(self, length: Length, after: date, left_out: Sequence[Spell]) -> date:
        end = end_of(length, after=after, calendar=self.calendar, left_out=left_out)
        if length.unit in (Unit.MONTH, Unit.YEAR):
            plain = end_of(length, after=after, calendar=self.calendar, left_out=())
            if plain.day != after.day:
                self.reasons.append(Reason("month.last_day", CIVIL_CODE.art(202), last=plain))
        return end

    def _rolled(self, end: date) -> date:
        """Return the end moved off a rest day, if the rule lets it move (rule 3)."""
        rolls, resting = self.rule.rolls, self.calendar.is_rest_day(end)
        if rolls is Rolls.COUNTED:
            return end
        if rolls is Rolls.NO:
            if resting:
                self.reasons.append(Reason("roll.stays", first=end))
            return end
        moved = self.calendar.next_working_day(end)
        if resting:
            names = (holiday.name for holiday in self.calendar.holidays(end, end))
            self.reasons.append(
                Reason(f"roll.{rolls}", self.rule.roll_basis, first=end, last=moved,
                       about="、".join(names))
            )  # fmt: skip
        self._note_unannounced(end, moved)
        return moved

    def _step(self, number: int, extension: Extension) -> ExtensionStep:
        if extension.count < 1:
            raise BadExtension("extension.nothing", self.term)
        if not self.rule.extensions:
            raise BadExtension("extension.not_allowed", self.term)
        if number >= len(self.rule.extensions):
            raise BadExtension("extension.too_many", self.term)
        return self.rule.extensions[number]

    def _note_counting(self) -> None:
        self.reasons.append(Reason("start.not_counted", self.rule.counting_basis, first=self.start))
        if self.rule.counting_basis is None:
            self.reasons.append(Reason("counting.default"))

    def _note_extension(self, extension: Extension, step: ExtensionStep, end: date) -> None:
        self.reasons.append(
            Reason("extension.added", step.basis or self.rule.basis[-1], first=extension.approved_on, last=end,
                   count=extension.count, unit=step.unit, about=step.approver)
        )  # fmt: skip
        if step.told is not Told.NOBODY:
            self.reasons.append(Reason("extension.told", about=step.told))

    def _note_stops(self, stops: Sequence[Stop], left_out: Sequence[Spell], end: date) -> None:
        for stop in stops:
            code = "stop.open" if stop.last is None else "stop.spell"
            self.reasons.append(
                Reason(code, first=stop.first, last=stop.last, about=stop.kind or "")
            )
        if left_out:
            unit = self.rule.length.unit
            lost = sum(
                days_in(spell, after=self.start, until=end, unit=unit, calendar=self.calendar)
                for spell in left_out
            )
            counted_in = unit if unit is Unit.WORKING_DAY else Unit.CALENDAR_DAY
            self.reasons.append(Reason("stop.left_out", count=lost, unit=counted_in))

    def _note_holidays(self, end: date) -> None:
        for holiday in self.calendar.holidays(self.start + ONE_DAY, end):
            self.reasons.append(
                Reason("holiday.off", first=holiday.first, last=holiday.last, about=holiday.name)
            )
        for day in self.calendar.make_up_days(self.start + ONE_DAY, end):
            self.reasons.append(Reason("holiday.make_up", first=day))

    def _note_unannounced(self, first: date, last: date) -> None:
        day = self.calendar.first_unannounced(first, last)
        if day is not None:
            self.reasons.append(
                Reason("provisional", first=day, count=self.calendar.missing_notice(day))
            )

    def _unknown(self) -> Due:
        return Due(
            self.term, self.rule.length.unit, self.rule.kind, due_on=None, due_at=None,
            ends_on=None, warn_on=None, provisional=False, reasons=tuple(self.reasons),
        )  # fmt: skip

    def _due(self, day: date, *, at: datetime | None = None, ends_on: date | None = None) -> Due:
        provisional = any(reason.code in _UNSETTLED for reason in self.reasons)
        warn_on = None
        if self.rule.kind is Kind.DEADLINE:
            warn_on = max(self.calendar.last_working_day(day), min(self.start, day))
            unsettled = self.calendar.first_unannounced(warn_on, day)
            if unsettled is not None and not provisional:
                self.reasons.append(
                    Reason(
                        "warn.provisional",
                        first=warn_on,
                        count=self.calendar.missing_notice(unsettled),
                    )
                )
        return Due(
            self.term, self.rule.length.unit, self.rule.kind,
            due_on=None if at else day, due_at=at, ends_on=ends_on or day, warn_on=warn_on,
            provisional=provisional, reasons=tuple(self.reasons),
        )  # fmt: skip


_UNSETTLED = frozenset({"provisional", "start.provisional"})


def _check_stop(rule: Rule, stop: Stop) -> None:
    if stop.last is not None and stop.last < stop.first:
        raise BadStop("stop.ends_before_it_begins", f"{stop.first}:{stop.last}")
    if not rule.stops:
        raise BadStop("stop.not_allowed")
    if stop.kind is not None and stop.kind not in rule.stops:
        raise BadStop("stop.wrong_kind", stop.kind)


def _check_extension(extension: Extension, step: ExtensionStep, end: date) -> None:
    """Refuse what the step does not allow; the last day before the end moves is still in time."""
    if step.at_most is not None and extension.count > step.at_most:
        raise BadExtension("extension.too_long", f"{extension.count} > {step.at_most}")
    if extension.approver is not None and extension.approver is not step.approver:
        raise BadExtension("extension.wrong_approver", extension.approver)
    if extension.approved_on is not None and extension.approved_on > end:
        raise BadExtension("extension.too_late", f"{extension.approved_on} > {end}")


def _start_day(start: date | datetime | Due) -> date:
    if isinstance(start, Due):
        if start.due_on is None:
            raise BadStart("start.end_unknown", start.term)
        start = start.due_on
    day = _local_day(start)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutOfCalendar(day.isoformat())
    return day


def _instant(moment: date | datetime) -> datetime:
    if not isinstance(moment, datetime):
        raise BadStart("start.time_needed")
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment.astimezone(BEIJING)


def _local_day(moment: date | datetime) -> date:
    return _instant(moment).date() if isinstance(moment, datetime) else moment
