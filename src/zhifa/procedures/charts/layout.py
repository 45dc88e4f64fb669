"""Where nodes stand: the row of each (longest path over the main edges), and its natural size."""

from dataclasses import dataclass
from graphlib import TopologicalSorter

from zhifa.procedures.charts.model import Chart, Node
from zhifa.procedures.charts.text import width, wrap

LABEL_SIZE, NOTE_SIZE, EDGE_LABEL_SIZE = 13.0, 10.5, 12.0
LABEL_LINE, NOTE_LINE = 17.0, 14.0
_TASK_WIDTH, _TASK_EMS, _TASK_HEIGHT = 167.0, 9.5, 38.0
_DIAMOND_WIDTH, _DIAMOND_EMS, _DIAMOND_HEIGHT = 172.0, 6.5, 52.0
_NOTE_EMS = 14.0


@dataclass(frozen=True, slots=True)
class Words:
    """The wrapped words of a node and the size (pixels) they need inside its shape."""

    label: tuple[str, ...]
    note: tuple[str, ...]
    limit: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a node: one node at most in a lane's row."""

    lane: int
    row: int


def words_of(node: Node) -> Words:
    """Return the node's words in lines, and the smallest size in pixels that holds them."""
    if node.kind == "decision":
        return _diamond(node)
    label = wrap(node.label, _TASK_EMS)
    note = _note(node)
    limit = wrap(node.limit, _NOTE_EMS) if node.limit else ()
    small = (*note, *limit)
    text = len(label) * LABEL_LINE + len(small) * NOTE_LINE
    widest = max(width(line, LABEL_SIZE) for line in label)
    widest = max([widest, *(width(line, NOTE_SIZE) for line in small)])
    wide, high = max(_TASK_WIDTH, widest + 20), max(_TASK_HEIGHT, text + 14)
    return Words(label, note, limit, wide, high)


def _note(node: Node) -> tuple[str, ...]:
    """Return the note in lines; a break in it is kept."""
    parts = node.note.split("\n") if node.note else []
    return tuple(line for part in parts for line in wrap(part, _NOTE_EMS))


def _diamond(node: Node) -> Words:
    """A line's corners must lie inside the slanted sides, so the height follows the words."""
    label = wrap(node.label, _DIAMOND_EMS)
    note = _note(node)
    lines = [(width(line, LABEL_SIZE), LABEL_LINE) for line in label]
    lines += [(width(line, NOTE_SIZE), NOTE_LINE) for line in note]
    wide = max(_DIAMOND_WIDTH, max(line for line, _ in lines) * 1.6)
    top = -sum(line for _, line in lines) / 2
    high = _DIAMOND_HEIGHT
    for line, line_height in lines:
        corner = max(abs(top), abs(top + line_height)) - 2
        high = max(high, 2 * corner / (1 - line / wide))
        top += line_height
    return Words(label, note, (), wide, high)


def cells(chart: Chart) -> dict[str, Cell]:
    """Return the place of every node.

    A node stands below everything that leads to it; beside its predecessor, in the same row,
    when that stands in another lane with nothing between them.
    """
    lanes = {lane.id: index for index, lane in enumerate(chart.lanes)}
    before = chart.main_predecessors()
    placed: dict[str, Cell] = {}
    taken: set[Cell] = set()
    for node in _by_rank(chart, before):
        above = [placed[name] for name in before[node.id]]
        cell = _place(node, lanes[node.lane], above, taken)
        placed[node.id] = cell
        taken.add(cell)
    return _without_empty_rows(placed)


def _by_rank(chart: Chart, before: dict[str, tuple[str, ...]]) -> list[Node]:
    rank: dict[str, int] = {}
    for name in TopologicalSorter(before).static_order():
        rank[name] = 1 + max((rank[other] for other in before[name]), default=-1)
    return sorted(chart.nodes, key=lambda node: rank[node.id])  # stable: then the chart's order


def _place(node: Node, lane: int, above: list[Cell], taken: set[Cell]) -> Cell:
    last = max((cell.row for cell in above), default=-1)
    if last >= node.row and _beside(lane, last, above, taken):
        return Cell(lane, last)
    row = max(last + 1, node.row)
    while Cell(lane, row) in taken:
        row += 1
    return Cell(lane, row)


def _beside(lane: int, row: int, above: list[Cell], taken: set[Cell]) -> bool:
    if Cell(lane, row) in taken:
        return False
    for cell in above:
        low, high = sorted((lane, cell.lane))
        if cell.row == row and any(Cell(other, row) in taken for other in range(low + 1, high)):
            return False
    return True


def _without_empty_rows(placed: dict[str, Cell]) -> dict[str, Cell]:
    used = sorted({cell.row for cell in placed.values()})
    new = {row: index for index, row in enumerate(used)}
    return {name: Cell(cell.lane, new[cell.row]) for name, cell in placed.items()}
