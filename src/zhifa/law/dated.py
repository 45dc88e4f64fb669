"""What the law may change, by the day each text came into force (按施行日期分版本的值)."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from zhifa.law.errors import BadValue

T = TypeVar("T")


class NotInForce(BadValue):
    """No version of the rule applied on that day."""

    def __init__(self, day: date, *, first: date) -> None:
        super().__init__("rule.not_in_force", f"{day.isoformat()} < {first.isoformat()}")
        self.day = day
        self.first = first  # the first day on which there is a version


@dataclass(frozen=True, slots=True, init=False)
class Dated(Generic[T]):
    """Values in the order in which they came into force; each holds until the next one."""

    versions: tuple[tuple[date, T], ...]

    def __init__(self, versions: Mapping[date, T]) -> None:
        if not versions:
            raise ValueError("a dated value needs at least one version")
        ordered = tuple(sorted(versions.items(), key=lambda version: version[0]))
        object.__setattr__(self, "versions", ordered)

    def on(self, day: date) -> T:
        """Return the value in force on `day`. Raises NotInForce before the first version."""
        index = bisect_right(self.versions, day, key=lambda version: version[0])
        if not index:
            raise NotInForce(day, first=self.first)
        return self.versions[index - 1][1]

    @property
    def first(self) -> date:
        """Return the first day on which there is a value."""
        return self.versions[0][0]

    @property
    def latest(self) -> T:
        """Return the value of the newest version, which may not be in force yet."""
        return self.versions[-1][1]

    def with_version(self, day: date, value: T) -> "Dated[T]":
        """Return a copy in which `value` holds from `day` on, until the next version."""
        return Dated({**dict(self.versions), day: value})
