"""What a flow chart (行政执法流程图) says, before anything is placed."""

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Literal

NodeKind = Literal["start", "end", "task", "decision", "document"]
Progress = Literal["done", "current", "open"]
EdgeKind = Literal["main", "return"]


@dataclass(frozen=True, slots=True)
class Lane:
    """One role's column (泳道)."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Node:
    """One step, question or end of the procedure.

    `row` is the first row it may stand in. `note` is a small second line, as a rule the article,
    `limit` a third one, the time limit; `number` stands in its corner, 0 for none.
    """

    id: str
    lane: str
    label: str
    kind: NodeKind = "task"
    row: int = 0
    state: Progress = "open"
    note: str = ""
    limit: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a node to the next; a return (退回) leads back and takes no part in ranking."""

    source: str
    target: str
    label: str = ""
    kind: EdgeKind = "main"


@dataclass(frozen=True, slots=True)
class Chart:
    """A flow chart with a lane for each role.

    Raises ValueError unless the ids are unique, every node stands in a known lane, every edge
    joins two different nodes once, and the main edges never lead in a circle.
    """

    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        lanes = {lane.id for lane in self.lanes}
        nodes = {node.id for node in self.nodes}
        if len(lanes) < len(self.lanes) or len(nodes) < len(self.nodes):
            raise ValueError("two lanes or two nodes have the same id")
        for node in self.nodes:
            if node.lane not in lanes:
                raise ValueError(f"node {node.id} stands in the unknown lane {node.lane}")
        joined: set[tuple[str, str]] = set()
        for edge in self.edges:
            ends = (edge.source, edge.target)
            if not nodes.issuperset(ends) or ends[0] == ends[1] or ends in joined:
                raise ValueError(f"edge {ends} must join two different known nodes, once")
            joined.add(ends)
        try:
            TopologicalSorter(self.main_predecessors()).prepare()
        except CycleError as error:
            raise ValueError(f"main edges lead in a circle: {error.args[1]}") from error

    def main_predecessors(self) -> dict[str, tuple[str, ...]]:
        """Return for every node the nodes that lead to it by main edges, in the chart's order."""
        before: dict[str, tuple[str, ...]] = {node.id: () for node in self.nodes}
        for edge in self.edges:
            if edge.kind == "main":
                before[edge.target] += (edge.source,)
        return before
