"""Reading publications (公示查询): frozen values, stated order, known number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import Q, QuerySet

from zhifa.accounts import selectors as people
from zhifa.cases import disclosing
from zhifa.cases import selectors as cases
from zhifa.disclosure import outgoing, rules
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.public_version import (
    Field,
    public_document,
    public_fields,
    secrets_of,
)
from zhifa.disclosure.records import records
from zhifa.disclosure.redaction import Mark, marks
from zhifa.disclosure.rules import Act, Ground, Move, Ruling, State, Treatment, WithdrawalGround
from zhifa.disclosure.sources import Source, source
from zhifa.disclosure.wording import ACTS, STATES
from zhifa.law.actors import ActorId
from zhifa.law.calendar import Calendar
from zhifa.law.errors import NotFound, Violation
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role, Scope
from zhifa.store import StoreProblem

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
class Segment:
    """A stretch of a text; `mark` says what was done with it."""

    text: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field side by side, cut at its marks."""

    key: str
    original: tuple[Segment, ...]
    public: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A stretch that may be a personal number; a person decides."""

    text: str
    why: str
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """What this person may do with a publication now, and what stands against it."""

    act: Act
    reasoned: bool
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """One act that was done."""

    title: str
    at: datetime
    by: str
    text: str
    href: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A package and how far it came."""

    kind: str
    sequence: int
    released_at: datetime
    received_at: datetime | None
    package_sha256: str
    receipt_sha256: str
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True)
class PublicationView:
    """Everything the page of a publication shows."""

    id: UUID
    case_id: UUID
    document_id: UUID
    number: str
    title: str
    state: State
    version: int
    treatment: Treatment
    ruling: Ruling
    due_on: date | None
    published_until: date
    fields: tuple[FieldView, ...]
    suggestions: tuple[Suggestion, ...]
    hidden: tuple[tuple[str, str], ...]
    found: tuple[Ground, ...]
    moves: tuple[MoveView, ...]
    may_edit: bool
    may_withdraw: bool
    turns: tuple[TurnView, ...]
    parcels: tuple[ParcelView, ...]
    portal_path: str  # of the public page; empty unless it is published
    reason: str
    ground: WithdrawalGround | None


@dataclass(frozen=True, slots=True)
class Change:
    """A record of the registry beside what the public reads."""

    kind: str
    key: str
    title: str
    status: str  # new, changed, gone, same
    released_at: datetime | None
    received_at: datetime | None
    problem: str


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


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was recorded (`zhifa verify`)."""

    code: str
    about: str
    harmless: bool = False


def queue(actor: ActorId, *, on: date) -> Queue:
    """Return what disclosure has to do for the bodies this person sees; eight queries."""
    scope = registry.scope(actor, on=on)
    calendar = registry.calendar()
    waiting = [
        one for one in disclosing.due_disclosures() if _sees(scope, one.body_id, one.unit_id)
    ]
    rows = list(
        _visible(scope).exclude(state__in=(State.PUBLISHED, State.WITHDRAWN, State.WITHHELD))
    )
    begun = dict(
        Publication.objects.filter(case_id__in=[one.case_id for one in waiting])
        .exclude(state=State.WITHDRAWN)
        .values_list("case_id", "id")
    )
    closed = (State.PUBLISHED, State.WITHDRAWN, State.WITHHELD)
    recent = list(_visible(scope).filter(state__in=closed).order_by("-changed_at")[:_RECENT])
    problems = _problems([*rows, *recent])
    lines = [_line(row, scope, problems, calendar, on) for row in rows]
    return Queue(
        to_begin=tuple(
            _to_begin(one, scope, calendar, on, rules.EDITOR, None)
            for one in waiting
            if one.term == disclosing.TO_PUBLISH and one.case_id not in begun
        ),
        under_way=tuple(sorted(
            (line for line in lines if line.state in _OPEN),
            key=lambda line: (line.due_on or date.max, line.number),
        )),
        to_withdraw=tuple(
            _to_begin(one, scope, calendar, on, rules.PUBLISHER, begun.get(one.case_id))
            for one in waiting
            if one.term == disclosing.TO_WITHDRAW
        ),
        on_the_way=tuple(line for line in lines if line.state not in _OPEN),
        recent=tuple(_line(row, scope, problems, calendar, on) for row in recent),
    )  # fmt: skip


def publication(publication_id: UUID, *, actor: ActorId, on: date) -> PublicationView:
    """Return one publication. Raises NotFound, also when it is out of scope."""
    row = Publication.objects.filter(pk=publication_id).first()
    scope = registry.scope(actor, on=on)
    if row is None or not _sees(scope, row.body_id, row.unit_id):
        raise NotFound
    found = source(row.case_id)
    grounds = tuple(map(Ground, row.found))
    ruled = rules.ruling(found.decision, found=grounds)
    secrets = secrets_of(
        found,
        hidden=tuple((text, stands_for) for text, stands_for in row.hidden),
        kept=tuple(text for text, _ in row.kept),
    )
    state = State(row.state)
    return PublicationView(
        id=row.id,
        case_id=row.case_id,
        document_id=row.document_id,
        number=row.number,
        title=row.title,
        state=state,
        version=row.version,
        treatment=ruled.treatment,
        ruling=ruled,
        due_on=row.due_on,
        published_until=row.published_until,
        fields=tuple(_field(one, row.public) for one in public_fields(found, secrets)),
        suggestions=_suggestions(found, row),
        hidden=tuple((text, stands_for) for text, stands_for in row.hidden),
        found=grounds,
        moves=tuple(_moves(row, scope, ruled)),
        may_edit=state is State.DRAFT and scope.may(Role.DISCLOSURE_EDITOR, row.body_id),
        may_withdraw=state is State.PUBLISHED and scope.may(Role.DISCLOSURE_PUBLISHER, row.body_id),
        turns=tuple(_turns(row)),
        parcels=tuple(_parcel(one) for one in row.parcels.order_by("sequence")),
        portal_path=f"/decisions/{row.number}/" if state is State.PUBLISHED else "",
        reason=row.reason,
        ground=WithdrawalGround(row.withdrawal_ground) if row.withdrawal_ground else None,
    )


def public_pdf(publication_id: UUID, *, actor: ActorId, on: date) -> bytes:
    """Return the public version as it is now: drawn anew for a draft, else as it was frozen.

    Raises NotFound, also when it is out of scope.
    """
    row = Publication.objects.filter(pk=publication_id).first()
    if row is None or not _sees(registry.scope(actor, on=on), row.body_id, row.unit_id):
        raise NotFound
    if row.file_sha256:
        with outgoing.store().open(row.file_sha256) as file:
            return file.read()
    found = source(row.case_id)
    hidden = tuple((text, stands_for) for text, stands_for in row.hidden)
    return public_document(
        found, secrets_of(found, hidden=hidden, kept=tuple(text for text, _ in row.kept))
    )


def publication_of(case_id: UUID) -> UUID | None:
    """Return the publication of a case's decision, or None; one query."""
    return Publication.objects.filter(case_id=case_id).values_list("id", flat=True).first()


def record_changes(body_id: UUID, *, on: date) -> list[Change]:
    """Return every record of a body's registry beside what was published of it, changed ones first."""
    shown = outgoing.latest_of_body(body_id)
    now = {(one.kind, one.key): one for one in records(body_id, on=on)}
    changes = []
    for pair in {**now, **shown}:
        record, last = now.get(pair), shown.get(pair)
        if record is None and (last is None or last.kind == "withdrawal"):
            continue
        status = (
            "gone" if record is None
            else "new" if last is None or last.kind == "withdrawal"
            else "changed" if last.says_other_than(record.data)
            else "same"
        )  # fmt: skip
        changes.append(
            Change(
                *pair,
                record.title if record else last.title if last else "",
                status,
                last.released_at if last else None,
                last.received_at if last else None,
                last.problem if last else "",
            )
        )
    return sorted(changes, key=lambda one: (one.status == "same", _ORDER[one.kind], one.key))


def unsent() -> list[UUID]:
    """Return the parcels that the portal has not received, oldest first; one query."""
    rows = Parcel.objects.filter(received_at=None).order_by("released_at", "sequence")
    return list(rows.values_list("id", flat=True))


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
    return [*begin, *turn, *withdraw]


def differences() -> Iterator[Difference]:
    """Yield what is not as it was recorded; reads everything, for the auditor."""
    for parcel in Parcel.objects.order_by("released_at").iterator():
        if outgoing.digest_of(msgspec.json.decode(parcel.data)) != parcel.data_sha256:
            yield Difference("parcel.data", f"{parcel.subject_kind} {parcel.key}")
        for sha256 in filter(None, (parcel.package_sha256, parcel.file_sha256)):
            if code := _store_fault(sha256):
                yield Difference(code, f"{parcel.subject_kind} {parcel.key}")
    for row in Publication.objects.filter(state__in=(State.PUBLISHED, State.WITHDRAWN)):
        recorded = cases.case(row.case_id).facts.published_on is not None
        if recorded != (row.state == State.PUBLISHED):
            yield Difference("publication.not_in_case", row.number)


_ORDER = {kind: place for place, kind in enumerate(("body", "officer", "power_item", "chart"))}


def _store_fault(sha256: str) -> str:
    try:
        return "" if outgoing.store().verify(sha256) else "parcel.file_damaged"
    except StoreProblem:
        return "parcel.file_missing"


def _visible(scope: Scope) -> "QuerySet[Publication]":
    return Publication.objects.filter(
        Q(body_id__in=scope.case_bodies) | Q(unit_id__in=scope.case_units)
    )


def _sees(scope: Scope, body_id: UUID, unit_id: UUID | None) -> bool:
    return scope.sees_case(body=body_id, unit=unit_id, handlers=frozenset())


def _to_begin(
    one: disclosing.DueDisclosure,
    scope: Scope,
    calendar: Calendar,
    on: date,
    role: str,
    publication_id: UUID | None,
) -> ToBegin:
    left = calendar.working_days(on, one.due_on) if one.due_on else None
    late = one.due_on is not None and one.due_on < on
    mine = scope.may(Role(role), one.body_id)
    return ToBegin(
        one.case_id, one.number, one.title, one.due_on, left, late, mine, publication_id
    )  # fmt: skip


def _line(
    row: Publication, scope: Scope, problems: dict[UUID, str], calendar: Calendar, on: date
) -> Line:
    state = State(row.state)
    waiting = state in _OPEN and row.due_on is not None
    return Line(
        row.id, row.number, row.title, state, Treatment(row.treatment), row.due_on,
        calendar.working_days(on, row.due_on) if waiting and row.due_on else None,
        waiting and row.due_on is not None and row.due_on < on,
        any(_may(scope, move, row) for move in rules.moves_from(state)),
        problems.get(row.id, ""), row.changed_at,
    )  # fmt: skip


def _may(scope: Scope, move: Move, row: Publication) -> bool:
    if move.act is Act.WITHDRAW or (move.others_work and scope.actor in row.authors):
        return False
    if move.role == rules.HEAD and row.unit_id is not None:
        return row.unit_id in scope.units(Role.HANDLING_UNIT_HEAD)
    return scope.may(Role(move.role), row.body_id)


def _problems(rows: Iterable[Publication]) -> dict[UUID, str]:
    found = Parcel.objects.filter(
        publication_id__in=[row.id for row in rows], received_at=None
    ).values_list("publication_id", "problem")
    return {row_id: problem for row_id, problem in found if row_id}


def _field(one: Field, frozen: dict[str, str]) -> FieldView:
    """Return a field side by side; what was submitted is shown as it was frozen."""
    public = tuple(_segments(one.original, one.marks, public=True))
    if frozen and frozen[one.key] != one.public:
        public = (Segment(frozen[one.key], None),)
    return FieldView(one.key, tuple(_segments(one.original, one.marks, public=False)), public)


def _segments(text: str, found: tuple[Mark, ...], *, public: bool) -> Iterator[Segment]:
    at = 0
    for mark in found:
        if mark.first > at:
            yield Segment(text[at : mark.first], None)
        yield Segment(mark.replacement if public else text[mark.first : mark.last], mark)
        at = mark.last
    if at < len(text):
        yield Segment(text[at:], None)


def _suggestions(found: Source, row: Publication) -> tuple[Suggestion, ...]:
    """Return what is only suspected, once each, kept or not."""
    secrets = secrets_of(found, hidden=(), kept=())
    kept: dict[str, str] = dict(row.kept)
    texts = [one.original for one in public_fields(found, secrets)]
    texts.append(outgoing.whole_text(found.content.values))
    suspected = {
        text[mark.first : mark.last]: mark.why.value
        for text in texts
        for mark in marks(text, secrets)
        if mark.suggestion
    }
    return tuple(
        Suggestion(text, why, text in kept, kept.get(text, "")) for text, why in suspected.items()
    )


def _moves(row: Publication, scope: Scope, ruled: Ruling) -> Iterator[MoveView]:
    for line in rules.moves_from(State(row.state)):
        if line.act is Act.WITHDRAW:
            continue
        held = scope.may(Role(line.role), row.body_id)
        if line.role == rules.HEAD and row.unit_id is not None:
            held = row.unit_id in scope.units(Role.HANDLING_UNIT_HEAD)
        if held:
            violations = rules.objections(
                line, actor=scope.actor, authors=frozenset(row.authors), reason="-", ruled=ruled
            )
            yield MoveView(line.act, line.reasoned, violations)


def _turns(row: Publication) -> Iterator[TurnView]:
    turns = list(row.turns.order_by("id"))
    names = people.names({one.actor for one in turns})
    for one in turns:
        yield TurnView(ACTS[one.act], one.at, names.get(one.actor, "系统"), one.reason)


def _parcel(row: Parcel) -> ParcelView:
    receipt = msgspec.json.decode(row.receipt)["sha256"] if row.receipt else ""
    return ParcelView(
        row.kind, row.sequence, row.released_at, row.received_at, row.package_sha256, receipt,
        row.attempts, row.problem,
    )  # fmt: skip


def portal_url(path: str) -> str:
    """Return the public address of a page of the portal."""
    return f"{settings.ENVIRONMENT.public_url}{path}"
