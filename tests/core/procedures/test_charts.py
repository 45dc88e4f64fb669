"""The chart as it is drawn: nothing crosses a box, every arrow and every word can be seen."""

import itertools
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.procedures import walk as w

from zhifa.portal.charts import chart_faults
from zhifa.procedures.charts import Going, NoFlow, chart_steps, chart_svg
from zhifa.procedures.charts.drawing import drawn
from zhifa.procedures.charts.flow import chart_of
from zhifa.procedures.charts.geometry import Box, segments
from zhifa.procedures.charts.labels import labels
from zhifa.procedures.charts.model import Chart, Edge, Lane, Node
from zhifa.procedures.charts.placing import Placed, placed
from zhifa.procedures.charts.text import width, wrap
from zhifa.procedures.charts.tracks import Bundle, End, crossings, tracks
from zhifa.procedures.definitions import ALL
from zhifa.procedures.wording import ACTIONS

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"


def faults(plan: Placed) -> list[str]:
    """Return what cannot be read in a plan: crossed boxes, words on words, hidden arrows."""
    found = []
    boxes = {shape.node.id: shape.box for shape in plan.shapes}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        if a.overlaps(b, 4):
            found.append(f"{one} touches {other}")
    for line in plan.lines:
        ends = (line.edge.source, line.edge.target)
        pieces = segments(line.points)
        for name, box in boxes.items():
            inner = Box(box.left + 0.6, box.top + 0.6, box.right - 0.6, box.bottom - 0.6)
            kind = next(shape.node.kind for shape in plan.shapes if shape.node.id == name)
            if name in ends and kind in ("decision", "start", "end"):
                continue  # their border lies inside the box
            if any(piece.overlaps(inner) for piece in pieces):
                found.append(f"{ends} crosses {name}")
        for (x, y), (u, v) in itertools.pairwise(line.points):
            if x != u and y != v:
                found.append(f"{ends} runs aslant")
        last = abs(line.points[-1][0] - line.points[-2][0]) + abs(
            line.points[-1][1] - line.points[-2][1]
        )
        if last < 8:
            found.append(f"{ends} has no room for its arrow: {last}")
        if any(not (0 <= x <= plan.width and 0 <= y <= plan.height) for x, y in line.points):
            found.append(f"{ends} leaves the page")
    words = labels(plan)
    for label in words:
        for name, box in boxes.items():
            if label.box.overlaps(box):
                found.append(f"{label.text} lies on {name}")
    for one_label, other_label in itertools.combinations(words, 2):
        if one_label.box.overlaps(other_label.box):
            found.append(f"{one_label.text} lies on {other_label.text}")
    return found


@pytest.mark.parametrize("procedure", ALL, ids=lambda one: one.key)
def test_the_published_chart_can_be_read(procedure: object) -> None:
    plan = placed(chart_of(w.PROCEDURE))
    assert faults(plan) == []
    lines = [piece for line in plan.lines for piece in segments(line.points)]
    for label in labels(plan):
        assert not any(label.box.overlaps(piece) for piece in lines), label.text


def test_it_may_be_published_and_is_always_the_same() -> None:
    svg = chart_svg(w.PROCEDURE)
    assert chart_faults(svg) == ()
    assert svg == chart_svg(w.PROCEDURE)
    root = ElementTree.fromstring(svg)
    arrows = [one for one in root.iter(f"{SVG}polygon") if one.get("stroke") is None]
    assert len(arrows) == len(chart_of(w.PROCEDURE).edges)
    assert root.findtext(f"{SVG}title") == "行政处罚普通程序流程图"


def test_the_chart_in_the_documentation_is_the_one_that_runs() -> None:
    """Draw it anew with `make docs`."""
    kept = ROOT / "docs" / "procedures" / "penalty.ordinary.svg"
    assert kept.read_text(encoding="utf-8") == chart_svg(w.PROCEDURE)


def test_the_steps_as_text() -> None:
    steps = chart_steps(w.PROCEDURE)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    named = {action for step in steps for action in step.actions}
    assert set(ACTIONS) - named == {
        "extend_term",
        "reassign",
        "decide_recusal",
        "link_case",
        "ask_correction",
        "correct",
        "refuse_correction",
    }
    decide = next(step for step in steps if "decide" in step.actions)
    assert (decide.role, decide.basis.words, decide.limit) == (
        "机关负责人",
        "行政处罚法第五十七条第一款",
        "90日",
    )


def test_a_case_on_the_chart() -> None:
    walk = w.noticed()
    going = Going(walk.facts.state, frozenset(event.action for event in walk.events))
    chart = chart_of(w.PROCEDURE, going)
    state = {node.id: node.state for node in chart.nodes}
    assert (state["file"], state["defence"], state["decide"]) == ("done", "current", "open")
    assert chart_faults(chart_svg(w.PROCEDURE, progress=going)) == ()
    archived = chart_of(w.PROCEDURE, Going("archived", frozenset({"archive"})))
    assert next(node.state for node in archived.nodes if node.id == "archive") == "done"


def test_a_definition_the_flow_does_not_fit() -> None:
    with pytest.raises(NoFlow):
        chart_svg(replace(w.PROCEDURE, key="permit"))
    with pytest.raises(ValueError, match="archive"):
        chart_svg(replace(w.PROCEDURE, steps=w.PROCEDURE.steps[:-1]))
    steps = tuple(
        replace(step, roles=("archivist",)) if step.action == "decide" else step
        for step in w.PROCEDURE.steps
    )
    with pytest.raises(ValueError, match="decide stands in the lane"):
        chart_svg(replace(w.PROCEDURE, steps=steps))


LANES = tuple(Lane(f"l{number}", f"道{number}") for number in range(4))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(2, 9))
    nodes = tuple(
        Node(
            id=f"n{number}",
            lane=draw(st.sampled_from(LANES)).id,
            label=draw(
                st.sampled_from(("调查", "是否属于重大处罚决定", "制作行政处罚决定书并送达"))
            ),
            kind=draw(st.sampled_from(("start", "end", "task", "decision", "document"))),
            note=draw(st.sampled_from(("", "行政处罚法第五十四条"))),
            state=draw(st.sampled_from(("done", "current", "open"))),
            number=draw(st.integers(0, 1)),
        )
        for number in range(count)
    )
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)),
            unique=True,
            max_size=count + 3,
        )
    )
    edges = tuple(
        Edge(f"n{a}", f"n{b}", kind="main" if a < b else "return") for a, b in pairs if a != b
    )
    return Chart("图", LANES, nodes, edges)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chart=charts())
def test_any_chart_can_be_read(chart: Chart) -> None:
    assert faults(placed(chart)) == []
    assert chart_faults(drawn(chart)) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lanes": (LANES[0], LANES[0])}, "same id"),
        ({"nodes": (Node("a", "l0", "甲"), Node("a", "l0", "乙"))}, "same id"),
        ({"nodes": (Node("a", "nowhere", "甲"),)}, "unknown lane"),
        ({"edges": (Edge("a", "a"),)}, "different known nodes"),
        ({"edges": (Edge("a", "x"),)}, "different known nodes"),
        ({"edges": (Edge("a", "b"), Edge("a", "b"))}, "once"),
        ({"edges": (Edge("a", "b"), Edge("b", "a"))}, "circle"),
    ],
)
def test_what_is_no_chart(changes: dict[str, object], words: str) -> None:
    made = {
        "title": "图",
        "lanes": LANES[:1],
        "nodes": (Node("a", "l0", "甲"), Node("b", "l0", "乙")),
        "edges": (),
    } | changes
    with pytest.raises(ValueError, match=words):
        Chart(**made)  # type: ignore[arg-type]


def test_edges_to_one_target_do_not_cross_each_other() -> None:
    def bundle(low: float, high: float, family: str, side: int) -> Bundle:
        return Bundle((family, "main"), True, ((0, 0),), low, high, (End(2.0, side),))

    assert crossings(bundle(0, 4, "a", 1), bundle(1, 5, "a", 1)) == 0
    assert crossings(bundle(0, 4, "a", 1), bundle(1, 5, "b", 1)) == 1
    # the one that turns right stands on the right, whichever comes first
    for order in (("a", 1), ("b", -1)), (("b", -1), ("a", 1)):
        places = tracks([bundle(0, 4, family, side) for family, side in order], 0.0)
        by_family = {family: place for (family, _), (place, _) in zip(order, places, strict=True)}
        assert by_family == {"b": 0, "a": 1}


def test_words_take_room() -> None:
    assert width("中文", 10) == 20
    assert width("e\u0301", 10) == width("e", 10)  # the accent as a mark of its own
    assert width("AB", 10) > width("ab", 10)
    assert wrap("调查终结报告。", 6) == ("调查终结报告。",) or len(wrap("调查终结报告。", 6)) == 2
    assert all(line for line in wrap("是否属于重大处罚、需要法制审核", 6.5))
    assert "。" not in {line[0] for line in wrap("一二三四五。六", 5)}
