"""The picture as SVG: shapes, lines, words; nothing that acts or fetches, and always the same text."""

from xml.sax.saxutils import escape, quoteattr

from zhifa.procedures.charts.geometry import CORNER, FOLD, Box, Point
from zhifa.procedures.charts.labels import Label, labels
from zhifa.procedures.charts.layout import (
    EDGE_LABEL_SIZE,
    LABEL_LINE,
    LABEL_SIZE,
    NOTE_LINE,
    NOTE_SIZE,
)
from zhifa.procedures.charts.model import Chart
from zhifa.procedures.charts.placing import HEADER, Column, Line, Placed, Shape, placed

_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_BLUE, _INK, _GREY, _RED = "#1d4f91", "#1c2733", "#5b6472", "#b3261e"
_LANES = ("#f3f7fc", "#fafcfe")
_FILLS = {
    "done": ("#e5f3ea", "#2c7a4b"),
    "current": ("#fdecd2", "#b06a00"),
    "open": ("#fff", _BLUE),
}
_ARROW, _HALF = 8.0, 4.2
_BEND = 6.0  # radius where a line turns
_TITLE, _FOOT = 44.0, 20.0


def drawn(chart: Chart, *, footnotes: tuple[str, ...] = ()) -> str:
    """Return the chart as one SVG element with its title, its lanes and its footnotes below."""
    plan = placed(chart)
    height = _TITLE + plan.height + 14 + len(footnotes) * _FOOT
    words = labels(plan)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_n(plan.width)} '
        f'{_n(height)}" width="{_n(plan.width)}" height="{_n(height)}" '
        f"font-family={quoteattr(_FONT)}>",
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{_n(plan.width)}" height="{_n(height)}" fill="#fff"/>',
        _text(chart.title, plan.width / 2, 28, 18, _INK, bold=True),
        f'<g transform="translate(0 {_n(_TITLE)})">',
        *(_column(column, plan, number) for number, column in enumerate(plan.columns)),
        *(_line(line) for line in plan.lines),
        *(_arrow(line) for line in plan.lines),
        *(_shape(shape) for shape in plan.shapes),
        *(_label(label) for label in words),
        "</g>",
        *(
            _text(note, 8, _TITLE + plan.height + 24 + number * _FOOT, 12, _GREY, anchor="start")
            for number, note in enumerate(footnotes)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _n(value: float) -> str:
    """Return a number with one decimal at most, the same on every machine."""
    return f"{round(value, 1):g}"


def _text(
    words: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    anchor: str = "middle",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def _column(column: Column, plan: Placed, number: int) -> str:
    left, wide = column.left, column.right - column.left
    middle = (column.left + column.right) / 2
    return "\n".join(
        (
            f'<rect x="{_n(left)}" y="0" width="{_n(wide)}" height="{_n(plan.height)}" '
            f'fill="{_LANES[number % 2]}" stroke="#d5deea"/>',
            f'<rect x="{_n(left)}" y="0" width="{_n(wide)}" height="{_n(HEADER - 6)}" '
            f'fill="{_BLUE}" stroke="#fff"/>',
            _text(column.lane.title, middle, (HEADER - 6) / 2 + 4.8, 13.5, "#fff", bold=True),
        )
    )


def _line(line: Line) -> str:
    points = [*line.points[:-1], _before_tip(line.points)]
    colour = _RED if line.edge.kind == "return" else _GREY
    dashes = ' stroke-dasharray="5 3"' if line.edge.kind == "return" else ""
    return (
        f'<path d="{_rounded(points)}" fill="none" stroke="{colour}" stroke-width="1.4"{dashes}/>'
    )


def _rounded(points: list[Point]) -> str:
    """Return a path through the points with round corners."""
    parts = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_BEND, _length(before, here) / 2, _length(here, after) / 2)
        start, end = _towards(here, before, radius), _towards(here, after, radius)
        parts.append(f"L{_n(start[0])} {_n(start[1])}")
        parts.append(f"Q{_n(here[0])} {_n(here[1])} {_n(end[0])} {_n(end[1])}")
    parts.append(f"L{_n(points[-1][0])} {_n(points[-1][1])}")
    return "".join(parts)


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, goal: Point, distance: float) -> Point:
    """Return the point so far from `start` on the upright line to `goal`."""
    whole = _length(start, goal) or 1.0
    share = distance / whole
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def _before_tip(points: tuple[Point, ...]) -> Point:
    return _towards(points[-1], points[-2], _ARROW - 1)


def _arrow(line: Line) -> str:
    tip, back = line.points[-1], _towards(line.points[-1], line.points[-2], _ARROW)
    aside = (_HALF, 0.0) if tip[0] == back[0] else (0.0, _HALF)
    corners = (
        tip,
        (back[0] + aside[0], back[1] + aside[1]),
        (back[0] - aside[0], back[1] - aside[1]),
    )
    colour = _RED if line.edge.kind == "return" else _GREY
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _shape(shape: Shape) -> str:
    node, box, words = shape.node, shape.box, shape.words
    fill, border = _FILLS[node.state]
    width = "2.2" if node.state == "current" else "1.4"
    look = f'fill="{fill}" stroke="{border}" stroke-width="{width}"'
    middle, center = box.center
    high = len(words.label) * LABEL_LINE + (len(words.note) + len(words.limit)) * NOTE_LINE
    y = center - high / 2
    parts = [f"<g data-node={quoteattr(node.id)}>", _outline(node.kind, box, look)]
    for line in words.label:
        parts.append(_text(line, middle, y + LABEL_LINE - 4, LABEL_SIZE, _INK))
        y += LABEL_LINE
    for line in words.note:
        parts.append(_text(line, middle, y + NOTE_LINE - 4, NOTE_SIZE, _GREY))
        y += NOTE_LINE
    for line in words.limit:
        parts.append(_text(line, middle, y + NOTE_LINE - 4, NOTE_SIZE, "#9a5b00"))
        y += NOTE_LINE
    if node.number:
        inset = 6.0 if node.kind in ("start", "end") else 0.0  # their corners are cut off
        parts.append(_badge(node.number, (box.left + inset, box.top + inset), border))
    parts.append("</g>")
    return "\n".join(parts)


def _badge(number: int, place: Point, colour: str) -> str:
    x, y = place
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="8.5" fill="#fff" stroke="{colour}"/>' + _text(
        str(number), x, y + 3.6, 10, colour, bold=True
    )


def _outline(kind: str, box: Box, look: str) -> str:
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    middle, center = box.center
    if kind == "decision":
        corners = ((middle, top), (right, center), (middle, bottom), (left, center))
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
        return f'<polygon points="{points}" {look}/>'
    if kind == "document":
        return (
            f'<path d="M{_n(left)} {_n(top)}H{_n(right - FOLD)}L{_n(right)} {_n(top + FOLD)}'
            f'V{_n(bottom)}H{_n(left)}Z" {look}/>'
        )
    radius = (bottom - top) / 2 if kind in ("start", "end") else CORNER
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" '
        f'height="{_n(bottom - top)}" rx="{_n(radius)}" {look}/>'
    )


def _label(label: Label) -> str:
    colour = _RED if label.kind == "return" else _GREY
    x, y = label.baseline
    return _text(label.text, x, y, EDGE_LABEL_SIZE, colour, anchor="start")
