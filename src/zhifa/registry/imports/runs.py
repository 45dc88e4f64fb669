"""Imports that a person starts on the page (导入任务): checked, confirmed, written; found again later.

Small files are dealt with at once, long ones by a job; the person may leave and come back.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from zhifa.clock import beijing_date
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound
from zhifa.registry.imports import running
from zhifa.registry.imports.report import Outcome, Report
from zhifa.registry.imports.running import Progress
from zhifa.registry.imports.states import OPEN, RunState
from zhifa.registry.models import ImportRun
from zhifa.registry.sheets.model import BadSheet
from zhifa.registry.wording import words

WORK = "registry.import"  # name of the job
_AT_ONCE_BYTES = 200_000
_AT_ONCE_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One import as its page shows it."""

    id: UUID
    kind: str
    body_code: str
    file_name: str
    state: RunState
    keep_good: bool
    done_rows: int
    all_rows: int
    report: Report | None
    problem: str
    made_at: datetime
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to come: a job or the person's word."""
        return self.state in OPEN

    @property
    def works(self) -> bool:
        """Whether a job is at it."""
        return self.state in {RunState.CHECKING, RunState.WRITING}


@transaction.atomic
def bring(
    *, kind: str, file_name: str, content: bytes, body_code: str, actor: ActorId, at: datetime
) -> UUID:
    """Take a file in, check it now or by a job, and return the run's id.

    Raises BadValue (import.kind_unknown).
    """
    if kind not in running.KINDS:
        raise BadValue("import.kind_unknown", kind[:20])
    row = ImportRun(
        person_id=actor, kind=kind, body_code=body_code, file_name=file_name[-200:],
        content=content, made_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    if len(content) <= _AT_ONCE_BYTES:
        work(row.pk, at=at)
    else:
        jobs.configure_task(WORK, queue="registry").defer(run_id=str(row.pk))
    return row.pk


@transaction.atomic
def confirm(*, run_id: UUID, keep_good: bool, actor: ActorId, at: datetime) -> None:
    """Have a checked file written: all of it, or without the bad rows.

    Raises NotFound, Conflict (import.not_waiting), BadValue (import.has_bad_rows).
    """
    row = _locked(run_id, actor)
    if row.state != RunState.CHECKED:
        raise Conflict("import.not_waiting")
    report = _report(row)
    if not keep_good and report is not None and not report.is_clean:
        raise BadValue("import.has_bad_rows")
    row.state, row.keep_good, row.done_rows = RunState.WRITING.value, keep_good, 0
    row.save(update_fields=["state", "keep_good", "done_rows"])
    if report is not None and report.takeable <= _AT_ONCE_ROWS:
        work(run_id, at=at)
    else:
        jobs.configure_task(WORK, queue="registry").defer(run_id=str(run_id))


@transaction.atomic
def give_up(*, run_id: UUID, actor: ActorId, at: datetime) -> None:
    """Drop a checked file without writing it. Raises NotFound, Conflict (import.not_waiting)."""
    row = _locked(run_id, actor)
    if row.state != RunState.CHECKED:
        raise Conflict("import.not_waiting")
    row.state, row.content, row.ended_at = RunState.GIVEN_UP.value, None, at
    row.save(update_fields=["state", "content", "ended_at"])


def work(run_id: UUID, *, at: datetime, progress: Progress = lambda done, of: None) -> None:
    """Do what is next with a run: check it, or write it. Done already: nothing happens.

    What is written and the run's own end stand in one transaction. The row is not locked while rows
    are written, so `progress` may note on another connection how far it has come.
    """
    row = ImportRun.objects.get(pk=run_id)
    if row.state not in {RunState.CHECKING, RunState.WRITING} or row.content is None:
        return
    writes = row.state == RunState.WRITING
    with transaction.atomic():
        try:
            report = running.run(
                running.KINDS[row.kind], bytes(row.content), actor=ActorId(row.person_id),
                on=beijing_date(at), at=at, body=row.body_code, keep_good=row.keep_good,
                dry_run=not writes, progress=progress,
            )  # fmt: skip
        except BadSheet as problem:
            _end(row, RunState.UNREADABLE, at=at, problem=words(problem.code, problem.about)[:300])
            return
        row.report = msgspec.to_builtins(report)
        row.all_rows = len(report.lines)
        if not writes:
            row.state = RunState.CHECKED.value
            row.save(update_fields=["report", "all_rows", "state"])
            return
        written = report.written or not report.count(Outcome.BAD)
        _end(row, RunState.DONE if written else RunState.REFUSED, at=at)


def person_of(run_id: UUID) -> ActorId:
    """Return who brought a file; one query. Raises NotFound."""
    found = ImportRun.objects.filter(pk=run_id).values_list("person_id", flat=True).first()
    if found is None:
        raise NotFound
    return ActorId(found)


def note_progress(run_id: UUID, done: int, of: int, *, using: str) -> None:
    """Note on another connection how far a run has come."""
    ImportRun.objects.using(using).filter(pk=run_id).update(done_rows=done, all_rows=of)


def run(run_id: UUID, *, actor: ActorId) -> Run:
    """Return one's own run; one query. Raises NotFound."""
    row = ImportRun.objects.filter(pk=run_id, person_id=actor).first()
    if row is None:
        raise NotFound
    return _run(row)


def own_runs(actor: ActorId, *, most: int = 30) -> list[Run]:
    """Return one's last runs without their rows, newest first; one query."""
    rows = ImportRun.objects.filter(person_id=actor).defer("content", "report").order_by("-made_at")
    return [_run(row, with_report=False) for row in rows[:most]]


def waiting_runs(actor: ActorId) -> list[Run]:
    """Return one's runs that are under way or wait for one's word, oldest first; one query."""
    rows = ImportRun.objects.filter(person_id=actor, state__in=OPEN)
    found = rows.defer("content", "report").order_by("made_at")
    return [_run(row, with_report=False) for row in found]


def _end(row: ImportRun, state: RunState, *, at: datetime, problem: str = "") -> None:
    row.state, row.problem, row.content, row.ended_at = state.value, problem, None, at
    row.save()


def _locked(run_id: UUID, actor: ActorId) -> ImportRun:
    row = ImportRun.objects.select_for_update().filter(pk=run_id, person_id=actor).first()
    if row is None:
        raise NotFound
    return row


def _report(row: ImportRun) -> Report | None:
    return msgspec.convert(row.report, Report) if row.report is not None else None


def _run(row: ImportRun, *, with_report: bool = True) -> Run:
    return Run(
        id=row.pk, kind=row.kind, body_code=row.body_code, file_name=row.file_name,
        state=RunState(row.state), keep_good=row.keep_good, done_rows=row.done_rows,
        all_rows=row.all_rows, report=_report(row) if with_report else None, problem=row.problem,
        made_at=row.made_at, ended_at=row.ended_at,
    )  # fmt: skip
