"""Boxes and lines in pixels, and where a line meets the border of a shape."""

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from zhifa.procedures.charts.model import NodeKind

Point = tuple[float, float]

CORNER, FOLD = 6.0, 10.0  # rounded corner of a task, folded corner of a document


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def center(self) -> Point:
        """Return the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: "Box", margin: float = 0.0) -> bool:
        """Say if the boxes share more than a border, or come closer than the margin."""
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.top < other.bottom + margin
            and other.top < self.bottom + margin
        )


def around(points: tuple[Point, ...]) -> Box:
    """Return the smallest box that holds the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def segments(points: tuple[Point, ...]) -> list[Box]:
    """Return the straight pieces of an orthogonal line as boxes without thickness."""
    return [around(pair) for pair in pairwise(points)]


def half_span(kind: NodeKind, offset: float, *, vertical: bool, box: Box) -> float:
    """Return how far from the middle of a shape its border lies, `offset` beside the middle line.

    `vertical`: measured up or down, else sideways.
    """
    wide, high = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    along, across = (high, wide) if vertical else (wide, high)
    if kind == "decision":
        return along * (1 - abs(offset) / across)
    if kind in ("start", "end"):
        inset = abs(offset) - (across - high)
        return along if inset <= 0 else along - high + sqrt(high * high - inset * inset)
    return along
