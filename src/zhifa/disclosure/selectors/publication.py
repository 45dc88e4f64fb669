"""One publication as its page shows it (公示详情)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.conf import settings

from zhifa.accounts import selectors as people
from zhifa.disclosure import outgoing, policy, rules
from zhifa.disclosure.authority import Authority, authority
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.public_version import (
    Field,
    public_document,
    public_fields,
    secrets_of,
    whole_text,
)
from zhifa.disclosure.redaction import Mark, marks
from zhifa.disclosure.rules import Act, Ground, Ruling, State, Treatment, WithdrawalGround
from zhifa.disclosure.sources import Source, source
from zhifa.disclosure.wording import ACTS, WORDS
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound, Violation


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
    recalled_at: datetime | None


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


def publication(publication_id: UUID, *, actor: ActorId, on: date) -> PublicationView:
    """Return one publication. Raises NotFound, also when it is out of scope."""
    row = Publication.objects.filter(pk=publication_id).first()
    person = authority(actor, on=on)
    if row is None or not person.sees(row.body_id, row.unit_id):
        raise NotFound
    found = source(row.case_id)
    grounds = tuple(map(Ground, row.found))
    ruled = policy.ruling(found, grounds)
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
        moves=tuple(_moves(row, person, ruled)),
        may_edit=state is State.DRAFT and person.holds(rules.EDITOR, row.body_id),
        may_withdraw=state is State.PUBLISHED and person.holds(rules.PUBLISHER, row.body_id),
        turns=tuple(_turns(row)),
        parcels=tuple(_parcel(one) for one in row.parcels.order_by("sequence")),
        portal_path=f"/decisions/{row.number}/" if state is State.PUBLISHED else "",
        reason=_reason(row.reason),
        ground=WithdrawalGround(row.withdrawal_ground) if row.withdrawal_ground else None,
    )


def public_pdf(publication_id: UUID, *, actor: ActorId, on: date) -> bytes:
    """Return the public version as it is now: drawn anew for a draft, else as it was frozen.

    Raises NotFound, also when it is out of scope.
    """
    row = Publication.objects.filter(pk=publication_id).first()
    if row is None or not authority(actor, on=on).sees(row.body_id, row.unit_id):
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


def portal_url(path: str) -> str:
    """Return the public address of a page of the portal."""
    return f"{settings.ENVIRONMENT.public_url}{path}"


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
    texts.append(whole_text(found.content.values))
    suspected = {
        text[mark.first : mark.last]: mark.why.value
        for text in texts
        for mark in marks(text, secrets)
        if mark.suggestion
    }
    return tuple(
        Suggestion(text, why, text in kept, kept.get(text, "")) for text, why in suspected.items()
    )


def _moves(row: Publication, person: Authority, ruled: Ruling) -> Iterator[MoveView]:
    for line in rules.moves_from(State(row.state)):
        if line.act is Act.WITHDRAW:
            continue
        if person.holds(line.role, row.body_id, row.unit_id):
            violations = rules.objections(
                line,
                actor=person.scope.actor,
                authors=frozenset(row.authors),
                reason="-",
                ruled=ruled,
            )
            yield MoveView(line.act, line.reasoned, violations)


def _turns(row: Publication) -> Iterator[TurnView]:
    turns = list(row.turns.order_by("id"))
    names = people.names({one.actor for one in turns})
    for one in turns:
        yield TurnView(ACTS[one.act], one.at, names.get(one.actor, "系统"), _reason(one.reason))


def _reason(text: str) -> str:
    """Return a reason as somebody wrote it, or in words what the system gave by its codes."""
    codes = text.split(", ")
    return "；".join(WORDS[code] for code in codes) if set(codes) <= set(WORDS) else text


def _parcel(row: Parcel) -> ParcelView:
    receipt = msgspec.json.decode(row.receipt)["sha256"] if row.receipt else ""
    return ParcelView(
        row.kind, row.sequence, row.released_at, row.received_at, row.package_sha256, receipt,
        row.attempts, row.problem, row.recalled_at,
    )  # fmt: skip
