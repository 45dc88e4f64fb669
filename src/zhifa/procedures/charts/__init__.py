"""Flow charts drawn from the definitions that run (执法流程图)."""

from zhifa.procedures.charts.drawing import drawn
from zhifa.procedures.charts.flow import ChartStep, Going, NoFlow, chart_of, chart_steps, footnotes
from zhifa.procedures.model import Procedure

__all__ = ["ChartStep", "Going", "NoFlow", "chart_steps", "chart_svg"]


def chart_svg(procedure: Procedure, *, progress: Going | None = None) -> str:
    """Return the flow chart of a procedure as one SVG element, always the same text.

    progress  how far a case has come; None: the chart for everybody

    Raises NoFlow if the procedure has no chart.
    """
    return drawn(chart_of(procedure, progress), footnotes=footnotes(procedure))
