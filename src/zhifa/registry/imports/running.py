"""One import from the file to the registry (导入): judged row by row, written whole or not at all."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction

from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.registry.imports import bodies, columns, holidays, officers, power_items
from zhifa.registry.imports.report import Judged, Outcome, Report
from zhifa.registry.rules import Scope
from zhifa.registry.sheets import writing
from zhifa.registry.sheets.cells import Finding
from zhifa.registry.sheets.opening import open_sheets
from zhifa.registry.sheets.tables import Column, find_table

Progress = Callable[[int, int], None]  # rows done, rows in all


class Writer(Protocol):
    """Writes the rows of a kind through the services."""

    def in_order(self, rows: Sequence[tuple[int, Any]]) -> list[tuple[int, Any]]:
        """Return the rows, by their place, in the order in which they can be written."""

    def write(self, row: Any) -> None:
        """Write one row."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table that can be imported and exported."""

    key: str
    title: str
    columns: tuple[Column, ...]
    judge: Callable[..., list[Judged[Any]]]
    writer: Callable[..., Writer]
    export: Callable[..., Iterator[dict[str, str]]]
    has_states: bool = False  # what is exported may be narrowed to a state


KINDS = {
    one.key: one
    for one in (
        Kind("bodies", "执法主体", columns.BODIES, bodies.judge, bodies.Writer, bodies.export),
        Kind("officers", "执法人员", columns.OFFICERS, officers.judge, officers.Writer, officers.export),
        Kind("power-items", "行政权力事项", columns.POWER_ITEMS, power_items.judge, power_items.Writer,
             power_items.export, has_states=True),
        Kind("holidays", "节假日安排", columns.HOLIDAYS, holidays.judge, holidays.Writer, holidays.export),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableImported:
    """What the journal keeps of a table that was written: which file, how many rows, with bad ones or not."""

    kind: str
    sha256: str
    rows: int
    written: int
    bad: int


def run(
    kind: Kind,
    data: bytes,
    *,
    actor: ActorId,
    on: date,
    at: datetime,
    body: str = "",
    keep_good: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, of: None,
) -> Report:
    """Import a file and return what became of each row.

    body       code of the body, where the rows do not name one
    keep_good  write the good rows although others are bad; otherwise all are written, or none
    dry_run    write nothing: every good row is written and taken back, so that it finds what writing would

    A row that a service refuses counts as bad. Raises BadSheet if the file cannot be read as this kind.
    """
    table = find_table(open_sheets(data), kind.columns)
    with transaction.atomic():
        judged = kind.judge(table, on=on, body=body)
        may_write = (
            dry_run or keep_good or all(one.line.outcome is not Outcome.BAD for one in judged)
        )
        if may_write:
            writer = kind.writer(actor=actor, on=on, at=at)
            judged = _write(judged, writer, progress=progress)
        clean = all(one.line.outcome is not Outcome.BAD for one in judged)
        kept = may_write and not dry_run and (clean or keep_good)
        if not kept:
            transaction.set_rollback(True)
        lines = tuple(one.line for one in judged)
        report = Report(kind.key, lines, table.unknown, table.passed_over)
        if kept and report.takeable:
            report = replace(report, written=report.takeable)
            _note(report, data, actor=actor, at=at)
    return report


def _note(report: Report, data: bytes, *, actor: ActorId, at: datetime) -> None:
    digest = hashlib.sha256(data).hexdigest()
    bad = report.count(Outcome.BAD)
    entry = TableImported(report.kind, digest, len(report.lines), report.written, bad)
    journal.append("registry.table_imported", f"import:{digest}", actor=actor, at=at, body=entry)


def export(
    kind: Kind,
    *,
    on: date,
    body: str = "",
    form: str = "xlsx",
    scope: Scope | None = None,
    state: str = "",
    keep: Callable[[Mapping[str, str]], bool] | None = None,
) -> bytes:
    """Return what is registered of a kind as a file: `xlsx` or `csv`. Raises BadSheet.

    scope  of whom it is for; None: everything, drafts of every body too
    state  only power items in this state, empty for all; other kinds have none
    keep   only rows of which this holds
    """
    if state and kind.has_states:
        rows = kind.export(on=on, body=body, scope=scope, state=state)
    else:
        rows = kind.export(on=on, body=body, scope=scope)
    rows = filter(keep, rows) if keep else rows
    if form == "csv":
        return writing.csv_text(kind.columns, rows)
    return writing.xlsx(kind.columns, rows, title=kind.title)


def template(kind: Kind) -> bytes:
    """Return an empty workbook of a kind, with how to fill it in."""
    return writing.xlsx(kind.columns, (), title=kind.title)


def _write(judged: list[Judged[Any]], writer: Writer, *, progress: Progress) -> list[Judged[Any]]:
    """Write the rows that can be taken over, each in a savepoint; return them with what was refused."""
    found = list(judged)
    takeable = [
        (place, one.value)
        for place, one in enumerate(judged)
        if one.value is not None and one.line.outcome in {Outcome.GOOD, Outcome.DRAFT}
    ]
    try:
        ordered = writer.in_order(takeable)
    except BadValue as problem:
        return [
            one.refused(Finding("", problem.code, problem.about)) if one.value else one
            for one in found
        ]
    for done, (place, value) in enumerate(ordered, start=1):
        try:
            with transaction.atomic():
                writer.write(value)
        except (BadValue, Conflict, Denied, NotFound, Refused) as refused:
            found[place] = found[place].refused(*_findings(refused))
        if done % 50 == 0 or done == len(ordered):
            progress(done, len(ordered))
    return found


def _findings(refused: Exception) -> list[Finding]:
    match refused:
        case Refused():
            return [Finding("", one.code, one.about) for one in refused.violations]
        case BadValue():
            return [Finding("", refused.code, refused.about)]
        case Conflict() | Denied():
            return [Finding("", refused.code)]
        case _:
            return [Finding("", "import.not_found")]
