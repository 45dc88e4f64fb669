"""The report of an import in words, for the terminal, the page and a file (导入报告)."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhifa.registry.imports.report import Outcome, Report
from zhifa.registry.imports.running import KINDS, Kind
from zhifa.registry.imports.states import RunState
from zhifa.registry.sheets import writing
from zhifa.registry.sheets.cells import Finding
from zhifa.registry.sheets.tables import Column
from zhifa.registry.wording import words

OUTCOMES = {
    Outcome.GOOD: "可导入",
    Outcome.DRAFT: "导入为草稿",
    Outcome.SAME: "已有，无变化",
    Outcome.BAD: "有错",
}
_WRITTEN = {Outcome.GOOD: "已导入", Outcome.DRAFT: "已导入为草稿"}
TONES = {Outcome.GOOD: "ok", Outcome.DRAFT: "info", Outcome.SAME: "quiet", Outcome.BAD: "warn"}
STATES = {
    RunState.CHECKING: "正在检查",
    RunState.CHECKED: "已检查，等您确认",
    RunState.WRITING: "正在写入",
    RunState.DONE: "已导入",
    RunState.REFUSED: "写入时发现有错的行，没有写入任何一行",
    RunState.UNREADABLE: "不能读取",
    RunState.GIVEN_UP: "已放弃",
}
_SIGNS = {Outcome.GOOD: "✓", Outcome.DRAFT: "△", Outcome.SAME: "=", Outcome.BAD: "✗"}
_REPORT = (
    Column("row", "行号", width=8),
    Column("what", "内容", width=36),
    Column("outcome", "结果", width=14),
    Column("text", "说明", width=90),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the report."""

    row: int
    what: str
    outcome: str
    tone: str
    sign: str
    text: str


def lines(kind: Kind, report: Report) -> Iterator[Told]:
    """Return every row in words, in the order of the file."""
    headings = {column.key: column.heading for column in kind.columns}
    for line in report.lines:
        found = line.bad if line.outcome in {Outcome.BAD, Outcome.SAME} else line.notes
        text = "；".join(_told(one, headings) for one in found)
        yield Told(
            line.row,
            line.what,
            label(line.outcome, report),
            TONES[line.outcome],
            _SIGNS[line.outcome],
            text,
        )


def label(outcome: Outcome, report: Report) -> str:
    """Return an outcome in words; what was written is no longer only possible."""
    return (_WRITTEN.get(outcome) if report.written else None) or OUTCOMES[outcome]


def notes(report: Report) -> list[str]:
    """Return what concerns the file as a whole."""
    found = []
    if report.unknown_columns:
        found.append(f"没有读取的列：{'、'.join(report.unknown_columns)}")
    if report.passed_over:
        found.append(f"没有读取的工作表：{'、'.join(report.passed_over)}（一次只读一个工作表）")
    return found


def summary(report: Report, *, dry_run: bool) -> str:
    """Return in one sentence what became of the file."""
    counts = "，".join(
        f"{label(outcome, report)} {count} 行"
        for outcome in Outcome
        if (count := report.count(outcome))
    )
    all_rows = f"共 {len(report.lines)} 行：{counts or '没有内容'}"
    if dry_run:
        return f"{all_rows}。只是检查，没有写入"
    if report.written:
        return f"✓ {all_rows}。已写入 {report.written} 行"
    if report.is_clean:
        return f"✓ {all_rows}。没有要写入的内容"
    return f"✗ {all_rows}。没有写入任何一行；改正后再导入，或者选择只导入没有错的行"


def as_file(report: Report) -> bytes:
    """Return the report as a workbook."""
    rows = (
        {"row": str(one.row), "what": one.what, "outcome": one.outcome, "text": one.text[:32_000]}
        for one in lines(KINDS[report.kind], report)
    )
    return writing.xlsx(_REPORT, rows, title="导入报告")


def _told(finding: Finding, headings: dict[str, str]) -> str:
    text = words(finding.code, finding.about)
    heading = headings.get(finding.column, "")
    return f"{heading}：{text}" if heading else text
