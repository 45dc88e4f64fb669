"""Pixels: how wide every lane and channel is, where each shape stands and each line runs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from zhifa.procedures.charts.geometry import Box, Point, half_span
from zhifa.procedures.charts.layout import Cell, Words, cells, words_of
from zhifa.procedures.charts.model import Chart, Edge, Lane, Node
from zhifa.procedures.charts.routing import Route, Spot, routes, spot_of
from zhifa.procedures.charts.tracks import Bundle, End, Leg, LegId, grouped, legs_of, tracks

HEADER = 34.0  # height of the lanes' titles
_GAP = 13.0  # between parallel lines
_CHANNEL, _OUTER, _PAD = 66.0, 22.0, 13.0  # a channel holds the words of an edge
_ROW_CHANNEL = 24.0
_BORDER = 5.0  # around everything
_ASIDE = 10.0  # from the border of a lane, in the middle of a channel, to the lines beside it
_MARGIN = 4.0  # beside the widest node of a lane
_INSET = 0.3  # of a grid step: what touches a node from two sides does not meet


@dataclass(frozen=True, slots=True)
class Shape:
    """A node in its place."""

    node: Node
    words: Words
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """An edge in its place, from border to border."""

    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A lane in its place."""

    lane: Lane
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in pixels; the header lies between 0 and HEADER."""

    width: float
    height: float
    columns: tuple[Column, ...]
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]


def placed(chart: Chart) -> Placed:
    """Return the chart in pixels."""
    where = cells(chart)
    words = {node.id: words_of(node) for node in chart.nodes}
    ways = routes(chart, where)
    offsets, room = _offsets(ways)
    across = _Axis.across(chart, where, words, room)
    down = _Axis.down(chart, where, words, room)
    shapes = tuple(
        Shape(node, words[node.id], _box(where[node.id], words[node.id], across, down))
        for node in chart.nodes
    )
    boxes = {shape.node.id: shape for shape in shapes}
    lines = tuple(
        Line(route.edge, _points(number, route, offsets, across, down, boxes))
        for number, route in enumerate(ways)
    )
    count = len(chart.lanes)
    inner = [across.centers[2 * lane] - _ASIDE for lane in range(1, count)]
    borders = [across.starts[0], *inner, across.end]
    columns = tuple(
        Column(lane, left, right)
        for lane, (left, right) in zip(chart.lanes, pairwise(borders), strict=True)
    )
    return Placed(across.end + _BORDER, down.end, columns, shapes, lines)


Offsets = dict[LegId, float]
_Line = tuple[bool, int]  # vertical, number


def _offsets(ways: tuple[Route, ...]) -> tuple[Offsets, dict[_Line, int]]:
    """Return how far each leg lies beside its grid line, and how many tracks each line has."""
    by_line: dict[_Line, list[Leg]] = defaultdict(list)
    for leg in legs_of(ways):
        by_line[leg.vertical, leg.line].append(leg)
    offsets: Offsets = {}
    room: dict[_Line, int] = {}
    for line, legs in by_line.items():
        bundles = [_bundle(group, ways) for group in grouped(legs)]
        places = tracks(bundles, 0.0)
        for bundle, (track, count) in zip(bundles, places, strict=True):
            for leg_id in bundle.legs:
                offsets[leg_id] = (track - (count - 1) / 2) * _GAP
        room[line] = max(count for _, count in places)
    return offsets, room


def _bundle(legs: list[Leg], ways: tuple[Route, ...]) -> Bundle:
    ends = [end for leg in legs for end in _ends(leg, ways[leg.id[0]].spots)]
    low, high = min(end.at for end in ends), max(end.at for end in ends)
    return Bundle(
        legs[0].family, legs[0].forward, tuple(leg.id for leg in legs), low, high, tuple(ends)
    )


def _ends(leg: Leg, spots: tuple[Spot, ...]) -> Iterable[End]:
    """Yield both ends of a leg, and to which side its edge goes on there."""
    place = leg.id[1]
    axis = 1 if leg.vertical else 0
    other = 1 - axis
    for spot, beyond in (
        (spots[place], spots[place - 1] if place else None),
        (spots[place + 1], spots[place + 2] if place + 2 < len(spots) else None),
    ):
        at = float(spot[axis])
        if beyond is None:  # a node stands there
            yield End(at + (_INSET if at == leg.low else -_INSET), 0)
        else:
            yield End(at, 1 if beyond[other] > spot[other] else -1)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where the grid lines of one direction lie."""

    starts: tuple[float, ...]
    centers: tuple[float, ...]
    end: float

    @classmethod
    def of(cls, begin: float, sizes: list[float], *, aside: float = 0.0) -> "_Axis":
        starts, centers = [], []
        for number, size in enumerate(sizes):
            starts.append(begin)
            inner = number % 2 == 0 and 0 < number < len(sizes) - 1
            centers.append(begin + size / 2 + (aside if inner else 0.0))
            begin += size
        return cls(tuple(starts), tuple(centers), begin)

    @classmethod
    def across(
        cls, chart: Chart, where: dict[str, Cell], words: dict[str, Words], room: dict[_Line, int]
    ) -> "_Axis":
        count = len(chart.lanes)
        widest = [120.0] * count
        for name, cell in where.items():
            widest[cell.lane] = max(widest[cell.lane], words[name].width)
        sizes = []
        for line in range(2 * count + 1):
            lines = room.get((True, line), 0)
            if line % 2:
                sizes.append(widest[line // 2] + 2 * _MARGIN)
            else:
                least = _OUTER if line in (0, 2 * count) else _CHANNEL
                sizes.append(max(least, 2 * _PAD + (lines - 1) * _GAP + 2 * _ASIDE))
        return cls.of(_BORDER, sizes, aside=_ASIDE)

    @classmethod
    def down(
        cls, chart: Chart, where: dict[str, Cell], words: dict[str, Words], room: dict[_Line, int]
    ) -> "_Axis":
        count = 1 + max(cell.row for cell in where.values())
        tallest = [0.0] * count
        for name, cell in where.items():
            tallest[cell.row] = max(tallest[cell.row], words[name].height)
        sizes = []
        for line in range(2 * count + 1):
            lines = room.get((False, line), 0)
            wanted = 2 * _PAD + (lines - 1) * _GAP
            sizes.append(tallest[line // 2] if line % 2 else max(_ROW_CHANNEL, wanted))
        return cls.of(HEADER, sizes)


def _box(cell: Cell, words: Words, across: _Axis, down: _Axis) -> Box:
    x, y = spot_of(cell)
    middle, height = across.centers[x], down.centers[y]
    return Box(
        middle - words.width / 2,
        height - words.height / 2,
        middle + words.width / 2,
        height + words.height / 2,
    )


def _points(
    number: int,
    route: Route,
    offsets: Offsets,
    across: _Axis,
    down: _Axis,
    shapes: dict[str, Shape],
) -> tuple[Point, ...]:
    legs = list(pairwise(route.spots))
    runs = []  # x of a vertical leg, y of a horizontal one
    for place, (a, b) in enumerate(legs):
        vertical = a[0] == b[0]
        center = across.centers[a[0]] if vertical else down.centers[a[1]]
        runs.append((vertical, center + offsets[number, place]))
    first = _port(shapes[route.edge.source], *runs[0], legs[0], at_start=True)
    last = _port(shapes[route.edge.target], *runs[-1], legs[-1], at_start=False)
    corners = [
        (one, other) if vertical else (other, one) for (vertical, one), (_, other) in pairwise(runs)
    ]
    return (first, *corners, last)


def _port(
    shape: Shape, vertical: bool, run: float, leg: tuple[Spot, Spot], *, at_start: bool
) -> Point:
    """Return where a leg meets the border of the shape it starts from or ends in."""
    (x, y), (u, v) = leg
    forward = (v > y) if vertical else (u > x)
    sign = 1 if forward is at_start else -1
    middle = shape.box.center
    offset = run - (middle[0] if vertical else middle[1])
    span = half_span(shape.node.kind, offset, vertical=vertical, box=shape.box)
    return (run, middle[1] + sign * span) if vertical else (middle[0] + sign * span, run)
