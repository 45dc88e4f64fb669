"""The only reading of the time (时钟). Everything else gets the time as an argument.

Demo and test mode may set the clock to a past day, and from then on only move it forward; production
refuses to start with a movable clock (`config.checks`).
"""

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")  # one zone, no summer time since 1991

_movable = False
_offset = timedelta(0)


class ClockFixed(RuntimeError):
    """The clock may not be moved: not in demo or test mode, or not backwards."""


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """Return the present local date (Beijing)."""
    return beijing_date(now())


def beijing_date(instant: datetime) -> date:
    """Return the local date of an aware instant."""
    return instant.astimezone(BEIJING).date()


def allow_moving() -> None:
    """Let this process move its clock; called by the demo and the tests only."""
    global _movable
    _movable = True


def move_to(instant: datetime) -> None:
    """Make `now` return `instant` and run on from there.

    Raises ClockFixed if the clock is not movable, or if `instant` lies before a day the
    clock was already moved to: once set, it only goes forward.
    """
    global _offset
    if not _movable:
        raise ClockFixed("the clock moves in demo and test mode only")
    if _offset and instant < now():
        raise ClockFixed("the clock moves forward only")
    _offset = instant - datetime.now(UTC)


def release() -> None:
    """Go back to real time; the demo does so when its story has reached today."""
    global _offset
    _offset = timedelta(0)


def movable() -> bool:
    """Return whether this process may move its clock."""
    return _movable


def moved() -> bool:
    """Return whether the clock shows another time than the machine's."""
    return bool(_offset)
