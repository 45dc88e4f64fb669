"""Which way every edge goes: A* over a coarse grid of channels and cells, without pixels.

Vertical lines 0, 1, 2... are channel, lane, channel...; horizontal lines 0, 1, 2... are channel,
row, channel... Where an odd line meets an odd line is a cell, and only there a node stands. Every
line has room for any number of parallel tracks (`tracks`), so that a route is never wrong, only
long or tangled, and its cost says how much.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from zhifa.procedures.charts.layout import Cell
from zhifa.procedures.charts.model import Chart, Edge

Spot = tuple[int, int]  # a vertical and a horizontal line of the grid
Family = tuple[str, str]  # target and kind: edges of one family may merge
_Unit = tuple[Spot, Spot]  # one move

_MOVES: tuple[Spot, ...] = ((0, 1), (1, 0), (-1, 0), (0, -1))
_STEP_ACROSS, _STEP_DOWN = 70.0, 40.0  # about half a lane, half a row, in pixels
_MERGED = 0.4  # share of the length that counts along a line of the same family
_BEND, _CROSSING, _MEETING = 45.0, 70.0, 8.0
_PARALLEL_CHANNEL, _PARALLEL_CELL, _SAME_PORT = 12.0, 40.0, 90.0
_PASSES = 3  # every edge is routed again, knowing all others


@dataclass(frozen=True, slots=True)
class Route:
    """An edge and the spots where it starts, bends and ends."""

    edge: Edge
    spots: tuple[Spot, ...]

    @property
    def family(self) -> Family:
        """Return what it may merge with: edges to the same target of the same kind."""
        return self.edge.target, self.edge.kind


def spot_of(cell: Cell) -> Spot:
    """Return the spot of a cell."""
    return 2 * cell.lane + 1, 2 * cell.row + 1


def routes(chart: Chart, cells: dict[str, Cell]) -> tuple[Route, ...]:
    """Return a route for every edge of the chart, in its order."""
    nodes = {name: spot_of(cell) for name, cell in cells.items()}
    size = (2 * len(chart.lanes) + 1, 2 * max(cell.row for cell in cells.values()) + 3)
    grid = _Grid(size, frozenset(nodes.values()))
    order = sorted(chart.edges, key=lambda edge: _urgency(edge, nodes))
    paths: dict[Edge, tuple[Spot, ...]] = {}
    for _ in range(_PASSES):
        for edge in order:
            if edge in paths:
                grid.lift(edge, paths[edge])
            paths[edge] = grid.path(edge, nodes[edge.source], nodes[edge.target])
            grid.lay(edge, paths[edge])
    return tuple(Route(edge, _corners(paths[edge])) for edge in chart.edges)


def _urgency(edge: Edge, nodes: dict[str, Spot]) -> tuple[bool, int]:
    """Main edges first, and short before long: what can be straight shall be."""
    (x, y), (u, v) = nodes[edge.source], nodes[edge.target]
    return edge.kind == "return", abs(x - u) + abs(y - v)


def _corners(path: tuple[Spot, ...]) -> tuple[Spot, ...]:
    inner = [
        here
        for before, here, after in zip(path, path[1:], path[2:], strict=False)
        if (before[0] == here[0]) != (here[0] == after[0])
    ]
    return path[0], *inner, path[-1]


@dataclass(slots=True)
class _Grid:
    size: Spot
    nodes: frozenset[Spot]
    users: dict[_Unit, list[tuple[Edge, Spot]]] = field(default_factory=lambda: defaultdict(list))
    through: dict[Spot, list[tuple[Edge, bool]]] = field(default_factory=lambda: defaultdict(list))

    def lay(self, edge: Edge, path: tuple[Spot, ...]) -> None:
        for unit, forward in _units(path):
            self.users[unit].append((edge, forward))
        for spot, vertical in _straights(path):
            self.through[spot].append((edge, vertical))

    def lift(self, edge: Edge, path: tuple[Spot, ...]) -> None:
        for unit, forward in _units(path):
            self.users[unit].remove((edge, forward))
        for spot, vertical in _straights(path):
            self.through[spot].remove((edge, vertical))

    def path(self, edge: Edge, start: Spot, goal: Spot) -> tuple[Spot, ...]:
        """Return the cheapest way from node to node, spot by spot; there always is one."""
        best: dict[tuple[Spot, Spot], float] = {}
        came: dict[tuple[Spot, Spot], tuple[Spot, Spot]] = {}
        queue: list[tuple[float, float, Spot, Spot]] = [(0.0, 0.0, start, (0, 0))]
        while True:
            _, cost, spot, move = heappop(queue)
            if spot == goal:
                return _trace(came, spot, move)
            if cost > best.get((spot, move), cost):
                continue
            for turn in _MOVES:
                after = (spot[0] + turn[0], spot[1] + turn[1])
                if not self._free(after, goal) or turn == (-move[0], -move[1]):
                    continue
                total = cost + self._cost(edge, spot, move, turn, goal=after == goal)
                if total < best.get((after, turn), total + 1):
                    best[after, turn] = total
                    came[after, turn] = (spot, move)
                    heappush(queue, (total + _least(after, goal), total, after, turn))

    def _free(self, spot: Spot, goal: Spot) -> bool:
        inside = 0 <= spot[0] < self.size[0] and 0 <= spot[1] < self.size[1]
        return inside and (spot == goal or spot not in self.nodes)

    def _cost(self, edge: Edge, spot: Spot, move: Spot, turn: Spot, *, goal: bool) -> float:
        after = (spot[0] + turn[0], spot[1] + turn[1])
        cost = _STEP_ACROSS if turn[0] else _STEP_DOWN
        unit = (min(spot, after), max(spot, after))
        port = goal or move == (0, 0)
        merged = False
        for other, way in self.users[unit]:
            if _family(other) == _family(edge) and way == turn:
                merged = True
            else:
                cost += _parallel(unit, port=port)
        if merged:
            cost *= _MERGED
        if move == (0, 0):
            return cost + _leaving(edge, turn)
        if goal:
            cost += _entering(edge, turn)
        return cost + self._turning(edge, spot, move, turn)

    def _turning(self, edge: Edge, spot: Spot, move: Spot, turn: Spot) -> float:
        strangers = [
            vertical for other, vertical in self.through[spot] if _family(other) != _family(edge)
        ]
        if turn != move:
            return _BEND + _MEETING * len(strangers)
        return _CROSSING * strangers.count(turn[1] == 0)


def _family(edge: Edge) -> Family:
    return edge.target, edge.kind


def _parallel(unit: _Unit, *, port: bool) -> float:
    if port:
        return _SAME_PORT
    (x, y), (u, _) = unit
    line = y if x != u else x
    return _PARALLEL_CELL if line % 2 else _PARALLEL_CHANNEL


def _leaving(edge: Edge, turn: Spot) -> float:
    """Main edges leave below or sideways, returns sideways."""
    if turn == (0, -1):
        return 150.0
    return 60.0 if edge.kind == "return" and turn == (0, 1) else 0.0


def _entering(edge: Edge, turn: Spot) -> float:
    """Main edges enter from above or sideways, returns sideways."""
    if turn == (0, -1):
        return 150.0
    return 60.0 if edge.kind == "return" and turn == (0, 1) else 0.0


def _least(spot: Spot, goal: Spot) -> float:
    across, down = abs(spot[0] - goal[0]), abs(spot[1] - goal[1])
    return _MERGED * (across * _STEP_ACROSS + down * _STEP_DOWN)


def _trace(
    came: dict[tuple[Spot, Spot], tuple[Spot, Spot]], spot: Spot, move: Spot
) -> tuple[Spot, ...]:
    path = [spot]
    while (spot, move) in came:
        spot, move = came[spot, move]
        path.append(spot)
    return tuple(reversed(path))


def _units(path: tuple[Spot, ...]) -> list[tuple[_Unit, Spot]]:
    return [((min(a, b), max(a, b)), (b[0] - a[0], b[1] - a[1])) for a, b in pairwise(path)]


def _straights(path: tuple[Spot, ...]) -> list[tuple[Spot, bool]]:
    """Return the inner spots that the path passes without a bend, and if it runs downwards."""
    return [
        (here, before[0] == here[0])
        for before, here, after in zip(path, path[1:], path[2:], strict=False)
        if (before[0] == here[0]) == (here[0] == after[0])
    ]
