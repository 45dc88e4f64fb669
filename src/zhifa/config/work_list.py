"""What waits for a person (待办): the tasks of every room in one list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from django.urls import reverse

from zhifa.cases import asked
from zhifa.cases import selectors as cases
from zhifa.cases.going_on import left_behind
from zhifa.cases.handing_on import left_by_handlers
from zhifa.cases.wording import why_words
from zhifa.disclosure.selectors import tasks_for as disclosure_tasks
from zhifa.law.actors import ActorId
from zhifa.law.calendar import Calendar
from zhifa.law.term_catalogue import CATALOGUE, IN_WORKING_DAYS
from zhifa.procedures.wording import ACTIONS
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role
from zhifa.registry.tasks_for import tasks_for as registry_tasks


class Task(Protocol):
    """What a room's `selectors.tasks_for(person, on)` returns for each thing that waits."""

    @property
    def kind(self) -> str: ...  # code of the act that waits; words by the room
    @property
    def title(self) -> str: ...  # 案名 or number: what it concerns
    @property
    def why(self) -> str: ...  # one short sentence: what is to be done and why by this person
    @property
    def href_name(self) -> str: ...  # URL name of the page where it is done
    @property
    def href_args(self) -> tuple[object, ...]: ...
    @property
    def due_on(self) -> date | None: ...  # None: no term runs
    @property
    def late(self) -> bool: ...
    @property
    def working(self) -> bool: ...  # the term counts working days


TasksFor = Callable[[ActorId, date], Iterable[Task]]


# A step whose name says how it ends is not what somebody waits for.
_AWAITED = {
    "pass_case_review": "案件审核",
    "open_hearing": "举行听证",
    "close_hearing": "结束听证",
}


@dataclass(frozen=True, slots=True)
class _CaseTask:
    """A case that waits, in words."""

    kind: str
    title: str
    why: str
    href_args: tuple[object, ...]
    due_on: date | None = None
    late: bool = False
    working: bool = False
    href_name: str = "cases:detail"


def _when(kind: str, from_on: date | None) -> str:
    """Return from when it can be done; a hearing is held on its day, neither before nor after."""
    if from_on is None:
        return ""
    day = from_on.isoformat()
    return f"，定于 {day} 举行" if kind == "open_hearing" else f"，{day} 后可办"


def _reasons(task: cases.Task) -> str:
    words = "；".join(map(why_words, task.why))
    return f"：{words}" if words else ""


def _term(task: cases.Task) -> str:
    """Return which term it is that ends on the day beside: not always that of the next step."""
    return f"（期限：{CATALOGUE[task.term].name}）" if task.term else ""


def _casework(person: ActorId, on: date) -> Iterable[Task]:
    for task in cases.tasks_for(person, on):
        step = _AWAITED.get(task.kind) or ACTIONS.get(task.kind, task.kind)
        when = _when(task.kind, task.from_on)
        yield _CaseTask(
            kind=task.kind,
            title=task.title,
            why=f"{task.number} 待{step}{when}{_reasons(task)}{_term(task)}",
            href_args=(task.case_id,),
            due_on=task.due_on,
            late=task.late,
            working=task.term in IN_WORKING_DAYS,
        )
    for case, papers in groupby(cases.unsigned_papers(person, on), key=itemgetter(0)):
        titles = "、".join(dict.fromkeys(paper.title for _, paper in papers))
        yield _CaseTask(
            kind="sign_paper",
            title=case.title,
            why=f"{case.number} {titles}待签名并上传扫描件",
            href_args=(case.id,),
        )
    if left := left_by_handlers(person, on):
        yield _CaseTask(
            kind="reassign",
            title="承办人已离岗的案件",
            why=f"{left} 件在办案件的承办人已离岗，需要移交",
            href_args=(),
            href_name="cases:reassign_work",
        )
    for case, due_on in asked.gate_questions(person, on):
        yield _CaseTask(
            kind="answer_gate",
            title=case.title,
            why=f"{case.number} 待{ACTIONS['answer_gate']}",
            href_args=(case.id,),
            due_on=due_on,
            late=due_on is not None and due_on < on,
            working="T01" in IN_WORKING_DAYS,
        )
    for case, due_on in asked.preservations(person, on):
        yield _CaseTask(
            kind="dispose_preservation",
            title=case.title,
            why=f"{case.number} 待{ACTIONS['dispose_preservation']}",
            href_args=(case.id,),
            due_on=due_on,
            late=due_on is not None and due_on < on,
            working="T02" in IN_WORKING_DAYS,
        )
    for case, wanted in asked.corrections(person, on):
        yield _CaseTask(
            kind="correct",
            title=case.title,
            why=f"{case.number} 第 {wanted.corrects} 步申请更正，待批准",
            href_args=(case.id, wanted.sequence),
            href_name="cases:answer_correction",
        )
    for body_id in registry.scope(person, on=on).bodies(Role.AGENCY_HEAD):
        if former := left_behind(body_id, on):
            yield _CaseTask(
                kind="go_on",
                title="原机关未办结的案件",
                why=f"原机关留下 {len(former)} 件未办结案件，待承继",
                href_args=(body_id,),
                href_name="cases:go_on",
            )


# Every room that has something waiting for people; the work list asks each in this order.
ROOMS: tuple[TasksFor, ...] = (_casework, disclosure_tasks, registry_tasks)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the work list."""

    kind: str
    title: str
    why: str
    href: str
    due_on: date | None
    days_left: int | None  # working days or calendar days; negative once late
    working: bool  # which of the two
    late: bool


def tasks_for(person: ActorId, *, on: date) -> list[Waiting]:
    """Return what waits for `person`: late first, then by nearest term, then what has none."""
    calendar = registry.calendar()
    waiting = [_line(task, on, calendar) for room in ROOMS for task in room(person, on)]
    return sorted(waiting, key=lambda line: (not line.late, line.due_on or date.max, line.title))


def _line(task: Task, on: date, calendar: Calendar) -> Waiting:
    left = None
    if task.due_on is not None:
        working = calendar.working_days(on, task.due_on) if task.working else None
        left = (task.due_on - on).days if working is None else working
    return Waiting(
        kind=task.kind,
        title=task.title,
        why=task.why,
        href=reverse(task.href_name, args=task.href_args),
        due_on=task.due_on,
        days_left=left,
        working=task.working,
        late=task.late,
    )
