"""What disclosure has to do (公示队列): due, under way, to be taken back; and whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhifa.cases import disclosing
from zhifa.disclosure import rules
from zhifa.disclosure.authority import Authority, authority
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.rules import Act, Move, State, Treatment
from zhifa.disclosure.selectors.records import left_shown
from zhifa.disclosure.wording import LEFT_SHOWN, STATES
from zhifa.law.actors import ActorId
from zhifa.law.calendar import Calendar
from zhifa.registry import selectors as registry

_OPEN = (State.DRAFT, State.SUBMITTED, State.AGREED, State.CLEARED)
_RECENT = 20


@dataclass(frozen=True, slots=True)
class ToBegin:
    """A served decision that nobody has begun to publish."""

    case_id: UUID
    number: str
    title: str
    due_on: date | None
    left: int | None  # working days; negative once late
    late: bool
    mine: bool  # the person may begin
    publication: UUID | None  # the one to be taken back


@dataclass(frozen=True, slots=True)
class Line:
    """One publication in a list."""

    id: UUID
    number: str
    title: str
    state: State
    treatment: Treatment
    due_on: date | None
    left: int | None  # working days while it is not out; None afterwards
    late: bool
    mine: bool  # waits for a role the person holds, and is not the person's own work
    problem: str  # why it does not arrive
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """What must be published by when, what is under way, and what has to be taken back."""

    to_begin: tuple[ToBegin, ...]
    under_way: tuple[Line, ...]
    to_withdraw: tuple[ToBegin, ...]  # the decision was changed: three working days
    on_the_way: tuple[Line, ...]
    recent: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for a person (待办)."""

    kind: str
    title: str
    why: str
    href_name: str
    href_args: tuple[object, ...]
    due_on: date | None
    late: bool
    working: bool = True  # T09, T39 and T40 count working days


def queue(actor: ActorId, *, on: date) -> Queue:
    """Return what disclosure has to do for the bodies this person sees; eight queries."""
    person = authority(actor, on=on)
    calendar = registry.calendar()
    waiting = [one for one in disclosing.due_disclosures() if person.sees(one.body_id, one.unit_id)]
    rows = list(
        _visible(person).exclude(state__in=(State.PUBLISHED, State.WITHDRAWN, State.WITHHELD))
    )
    begun = dict(
        Publication.objects.filter(case_id__in=[one.case_id for one in waiting])
        .exclude(state=State.WITHDRAWN)
        .values_list("case_id", "id")
    )
    closed = (State.PUBLISHED, State.WITHDRAWN, State.WITHHELD)
    recent = list(_visible(person).filter(state__in=closed).order_by("-changed_at")[:_RECENT])
    problems = _problems([*rows, *recent])
    running = {one.case_id for one in waiting if one.term == disclosing.TO_PUBLISH}
    lines = [
        _line(row, person, problems, calendar, on, running=row.case_id in running) for row in rows
    ]
    return Queue(
        to_begin=tuple(
            _to_begin(one, person, calendar, on, rules.EDITOR, None)
            for one in waiting
            if one.term == disclosing.TO_PUBLISH and one.case_id not in begun
        ),
        under_way=tuple(sorted(
            (line for line in lines if line.state in _OPEN),
            key=lambda line: (line.due_on or date.max, line.number),
        )),
        to_withdraw=tuple(
            _to_begin(one, person, calendar, on, rules.PUBLISHER, begun.get(one.case_id))
            for one in waiting
            if one.term == disclosing.TO_WITHDRAW
        ),
        on_the_way=tuple(line for line in lines if line.state not in _OPEN),
        recent=tuple(
            _line(row, person, problems, calendar, on, running=False) for row in recent
        ),
    )  # fmt: skip


def tasks_for(person: ActorId, on: date) -> list[Task]:
    """Return what waits for a person in disclosure; late first is for the caller to sort."""
    found = queue(person, on=on)
    begin = [
        Task("disclosure.begin", one.title, f"{one.number} 待编辑公示", "disclosure:queue", (),
             one.due_on, one.late)
        for one in found.to_begin
        if one.mine
    ]  # fmt: skip
    turn = [
        Task(f"disclosure.{line.state}", line.title, f"{line.number} {STATES[line.state]}",
             "disclosure:publication", (line.id,), line.due_on, line.late)
        for line in found.under_way
        if line.mine
    ]  # fmt: skip
    withdraw = [
        Task("disclosure.withdraw", one.title, f"{one.number} 决定已变更，待撤回公示",
             "disclosure:queue", (), one.due_on, one.late)
        for one in found.to_withdraw
        if one.mine
    ]  # fmt: skip
    left = [
        Task("disclosure.records", one.name, LEFT_SHOWN[one.went_over].format(one.changes),
             "disclosure:records", (one.body,), None, False)
        for one in left_shown(person, on=on)
    ]  # fmt: skip
    return [*begin, *turn, *withdraw, *left]


def _visible(person: Authority) -> "QuerySet[Publication]":
    """Return the publications in scope; row security says the same."""
    return Publication.objects.filter(
        Q(body_id__in=person.scope.case_bodies) | Q(unit_id__in=person.scope.case_units)
    )


def _to_begin(
    one: disclosing.DueDisclosure,
    person: Authority,
    calendar: Calendar,
    on: date,
    role: str,
    publication_id: UUID | None,
) -> ToBegin:
    left = calendar.working_days(on, one.due_on) if one.due_on else None
    late = one.due_on is not None and one.due_on < on
    mine = person.holds(role, one.body_id)
    return ToBegin(
        one.case_id, one.number, one.title, one.due_on, left, late, mine, publication_id
    )  # fmt: skip


def _line(
    row: Publication,
    person: Authority,
    problems: dict[UUID, str],
    calendar: Calendar,
    on: date,
    *,
    running: bool,
) -> Line:
    """Return one line; `running`: the term of publication (T39) still runs in the case."""
    state = State(row.state)
    waiting = running and state in _OPEN and row.due_on is not None
    return Line(
        row.id, row.number, row.title, state, Treatment(row.treatment), row.due_on,
        calendar.working_days(on, row.due_on) if waiting and row.due_on else None,
        waiting and row.due_on is not None and row.due_on < on,
        any(_may(person, move, row) for move in rules.moves_from(state)),
        problems.get(row.id, ""), row.changed_at,
    )  # fmt: skip


def _may(person: Authority, move: Move, row: Publication) -> bool:
    if move.act is Act.WITHDRAW or (move.others_work and person.scope.actor in row.authors):
        return False
    return person.holds(move.role, row.body_id, row.unit_id)


def _problems(rows: Iterable[Publication]) -> dict[UUID, str]:
    found = Parcel.objects.filter(
        publication_id__in=[row.id for row in rows], received_at=None, recalled_at=None
    ).values_list("publication_id", "problem")
    return {row_id: problem for row_id, problem in found if row_id}
