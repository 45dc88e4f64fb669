"""Where the words of an edge stand: beside its line, near its beginning, free of everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zhifa.procedures.charts.geometry import Box, Point, segments
from zhifa.procedures.charts.layout import EDGE_LABEL_SIZE
from zhifa.procedures.charts.model import EdgeKind
from zhifa.procedures.charts.placing import Line, Placed
from zhifa.procedures.charts.text import width

_NEAR, _BESIDE = 7.0, 5.0  # from the node, from the line
_STEP = 8.0
_HEIGHT = EDGE_LABEL_SIZE + 2


@dataclass(frozen=True, slots=True)
class Label:
    """The words of one edge in their place."""

    text: str
    kind: EdgeKind
    box: Box

    @property
    def baseline(self) -> Point:
        """Return where the first character stands."""
        return self.box.left, self.box.bottom - 3


def labels(chart: Placed) -> tuple[Label, ...]:
    """Return a place for the words of every edge that has some."""
    lines = [piece for line in chart.lines for piece in segments(line.points)]
    found: list[Label] = []
    for line in chart.lines:
        if line.edge.label:
            taken = [shape.box for shape in chart.shapes] + [label.box for label in found]
            box = _best(line, taken, lines, chart)
            found.append(Label(line.edge.label, line.edge.kind, box))
    return tuple(found)


def _best(line: Line, taken: list[Box], lines: list[Box], chart: Placed) -> Box:
    """Return the first free place; if none is, the one that lies on the fewest lines."""
    free = [
        box
        for box in _places(line)
        if box.left >= 2
        and box.right <= chart.width - 2
        and not any(box.overlaps(other, 1.0) for other in taken)
    ]
    crossed = [sum(box.overlaps(piece, 1.5) for piece in lines) for box in free]
    return free[crossed.index(min(crossed))]


def _places(line: Line) -> Iterator[Box]:
    """Yield places beside the line, from its beginning on."""
    wide = width(line.edge.label, EDGE_LABEL_SIZE)
    for (x, y), (u, v) in pairwise(line.points):
        length = abs(u - x) + abs(v - y)
        for step in range(1 + int(max(0.0, length - _NEAR) // _STEP)):
            along = _NEAR + step * _STEP
            if x == u:
                middle = y + along if v > y else y - along
                top = middle if v > y else middle - _HEIGHT
                for left in (x + _BESIDE, x - _BESIDE - wide):
                    yield Box(left, top, left + wide, top + _HEIGHT)
            else:
                start = x + along if u > x else x - along - wide
                for top in (y - _BESIDE + 2 - _HEIGHT, y + _BESIDE - 2):
                    yield Box(start, top, start + wide, top + _HEIGHT)
