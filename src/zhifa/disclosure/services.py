"""What people do with a publication (公示办理): draft, mask, submit, agree, clear, release, return, withhold,
withdraw. Every act is one transaction with its entry; what has to go out is sent by a job."""

import io
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from zhifa.disclosure import entries, last_look, outgoing, policy, redaction, rules
from zhifa.disclosure.authority import authority
from zhifa.disclosure.beside import beside
from zhifa.disclosure.models import Publication, Turn
from zhifa.disclosure.public_version import (
    is_suggestion,
    leak_violations,
    left_in,
    penalty_words,
    public_document,
    public_fields,
    public_text,
    secrets_of,
    whole_text,
)
from zhifa.disclosure.rules import Act, Ground, State, WithdrawalGround
from zhifa.disclosure.sources import Source, source
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused, Violation
from zhifa.law.legal_time import due
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.procedures.values import PartyKind
from zhifa.registry import selectors as registry

RECORD_WITHHOLDING = "disclosure.record_withholding"
_DUE = CATALOGUE["T39"]
_SHOWN = 200  # characters of what was entered that a message repeats: as many as the form takes
_PARTY_KINDS = {
    PartyKind.PERSON: "natural_person",
    PartyKind.ORGANISATION: "legal_person",
    PartyKind.INDIVIDUAL_BUSINESS: "individual_business",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """What the editor adds to the automatic redaction (编辑意见)."""

    hidden: tuple[tuple[str, str], ...] = ()  # a text to take out, and what stands for it
    kept: tuple[tuple[str, str], ...] = ()  # a suggestion that is no personal number, and why
    found: tuple[Ground, ...] = ()


@transaction.atomic(durable=True)
def draft(*, case_id: UUID, actor: ActorId, on: date, at: datetime) -> UUID:
    """Begin the publication of a served decision and return its id; the editor's work (P13).

    One that was withdrawn, as for wrong content, begins again under the same address.

    Raises NotFound (also out of scope), Denied, and Conflict: disclosure.begun_already,
    .no_decision, .not_served, .not_printed. Raises Refused for a withdrawn one whose decision was
    changed: it stays withdrawn.
    """
    found = source(case_id)
    decision = found.decision
    _allowed(rules.EDITOR, decision.body_id, decision.unit_id, actor=actor, on=on)
    row = Publication.objects.select_for_update().filter(document_id=decision.document_id).first()
    if row is not None and row.state != State.WITHDRAWN:
        raise Conflict("disclosure.begun_already")
    if row is not None:
        if violations := rules.beginning_again(decision):
            raise Refused("disclosure.draft", violations)
        _begin_again(row, actor=actor, at=at)
        return row.id
    row = Publication(
        case_id=case_id,
        document_id=decision.document_id,
        body_id=decision.body_id,
        unit_id=decision.unit_id,
        number=decision.number,
        title=decision.title,
        authors=[actor],
        treatment=policy.ruling(found, ()).treatment.value,
        rules_version=rules.RULES_VERSION,
        due_on=due(_DUE, start=decision.served_on, calendar=registry.calendar()).due_on,
        published_until=rules.published_until(decision.kinds, decision.decided_on),
        changed_at=at,
        is_demo=decision.is_demo,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError as fault:  # another editor began in the same moment
        raise Conflict("disclosure.begun_already") from fault
    _turn(row, "draft", actor=actor, at=at)
    return row.id


@transaction.atomic(durable=True)
def mask(
    *, publication_id: UUID, masking: Masking, actor: ActorId, on: date, at: datetime, seen: int
) -> None:
    """Change what is taken out of a draft.

    Raises NotFound, Denied, Conflict (not a draft any more, or changed since it was seen), and
    BadValue: disclosure.kept_without_reason, .kept_is_certain, .hidden_is_absent.
    """
    row = _locked(publication_id, seen=seen)
    _allowed(rules.EDITOR, row.body_id, row.unit_id, actor=actor, on=on)
    if row.state != State.DRAFT:
        raise Conflict("disclosure.moved_on")
    found = source(row.case_id)
    _check_masking(found, masking)
    row.hidden = [list(pair) for pair in masking.hidden]
    row.kept = [list(pair) for pair in masking.kept]
    row.found = [ground.value for ground in masking.found]
    row.treatment = policy.ruling(found, masking.found).treatment.value
    _authored(row, actor)
    _turn(row, "mask", actor=actor, at=at)


@transaction.atomic(durable=True)
def take_turn(
    *,
    publication_id: UUID,
    act: Act,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
    reason: str = "",
) -> None:
    """Take a publication one step on: submit, agree, clear, release, return or withhold.

    Submitting freezes what the public will read and makes the document; releasing sends it. Both
    refuse while anything private is left. Raises NotFound, Denied, Conflict, BadValue, and
    Refused with every broken rule.
    """
    row = _locked(publication_id, seen=seen)
    line = rules.move(act, State(row.state))
    if line is None or act is Act.WITHDRAW:
        raise Conflict("disclosure.moved_on")
    _allowed(line.role, row.body_id, row.unit_id, actor=actor, on=on)
    found = source(row.case_id)
    ruled = policy.ruling(found, tuple(map(Ground, row.found)))
    violations = rules.objections(
        line, actor=actor, authors=frozenset(row.authors), reason=reason, ruled=ruled
    )
    if act is Act.SUBMIT:
        row.treatment = ruled.treatment.value
        violations += _freeze(row, found, actor)
    if act in {Act.CLEAR, Act.RELEASE}:
        violations += last_look.left(row, found, pdf=outgoing.frozen(row))
    if violations:
        raise Refused(f"disclosure.{act}", violations)
    row.state = line.target.value
    row.reason = reason if line.reasoned else ""
    if act is Act.RETURN:
        row.public, row.file_sha256, row.file_size = {}, "", 0
    _turn(row, act.value, actor=actor, at=at, reason=reason)
    if act is Act.RELEASE:
        _send(row, found, actor=actor, at=at)
    if act is Act.WITHHOLD:
        jobs.configure_task(RECORD_WITHHOLDING, queue="disclosure").defer(
            publication_id=str(row.id)
        )


@transaction.atomic(durable=True)
def withdraw(
    *,
    publication_id: UUID,
    ground: WithdrawalGround,
    reason: str,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
) -> None:
    """Take a published decision back: its content goes, reason and time stay (APL art. 48(2), T09).

    reason  is published; it may not name anybody: the leak test reads it too

    Raises NotFound, Denied, Conflict, and Refused.
    """
    row = _locked(publication_id, seen=seen)
    line = rules.move(Act.WITHDRAW, State(row.state))
    if line is None:
        raise Conflict("disclosure.moved_on")
    _allowed(line.role, row.body_id, row.unit_id, actor=actor, on=on)
    found = source(row.case_id)
    ruled = policy.ruling(found, tuple(map(Ground, row.found)))
    violations = rules.objections(
        line, actor=actor, authors=frozenset(row.authors), reason=reason, ruled=ruled
    )
    violations += rules.explained(reason)
    secrets = secrets_of(found, hidden=_pairs(row.hidden), kept=_texts(row.kept))
    violations += leak_violations(redaction.leaks([("reason", reason)], secrets))
    if violations:
        raise Refused("disclosure.withdraw", violations)
    row.state, row.reason, row.withdrawal_ground = State.WITHDRAWING.value, reason, ground.value
    _turn(row, Act.WITHDRAW.value, actor=actor, at=at, reason=reason)
    outgoing.withdraw(
        outgoing.Subject("decision", row.number, row.title), reason=reason, body_id=row.body_id,
        publication=row, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic(durable=True)
def publish_records(
    *, body_id: UUID, wanted: frozenset[tuple[str, str]], actor: ActorId, on: date, at: datetime
) -> int:
    """Publish what the registry says of a body now, and withdraw what it does not say any more.

    wanted  (kind, key) of the records to bring up to date; those that have not changed are left out

    Its publishers do so; for a body that ended, those of who followed it, and the supervision.

    Returns how many packages were released. Raises NotFound, Denied, and Refused if a record says
    what no public record may.
    """
    registry.body(body_id)
    if not authority(actor, on=on).keeps_records(body_id, on):
        raise Denied("role.missing")
    found = beside(body_id, on=on)
    now, shown = found.now, found.shown
    released = 0
    for kind, key in sorted(wanted & (set(now) | set(shown))):
        record, last = now.get((kind, key)), shown.get((kind, key))
        if record is None and last is not None and last.kind != "withdrawal":
            outgoing.withdraw(
                outgoing.Subject(kind, key, last.title), reason="已不在登记之列", body_id=body_id,
                publication=None, actor=actor, at=at,
            )  # fmt: skip
            released += 1
        elif record is not None and (last is None or last.says_other_than(record.data)):
            outgoing.release(
                outgoing.Subject(kind, key, record.title), record.data, body_id=body_id,
                actor=actor, at=at,
            )  # fmt: skip
            released += 1
    return released


def _begin_again(row: Publication, *, actor: ActorId, at: datetime) -> None:
    row.state, row.round, row.authors = State.DRAFT.value, row.round + 1, [actor]
    row.public, row.file_sha256, row.file_size = {}, "", 0
    row.reason = row.withdrawal_ground = ""
    row.version += 1
    row.changed_at = at
    row.save()
    _turn(row, "draft", actor=actor, at=at)


def _send(row: Publication, found: Source, *, actor: ActorId, at: datetime) -> None:
    decision = found.decision
    data: dict[str, Any] = {
        "number": row.number,
        **row.public,
        "act_type": decision.act_type,
        "body": found.body.identity.credit_code,
        "body_name": found.content.frame.body_name,
        "party_kind": _PARTY_KINDS[decision.parties[0].kind],
        "kinds": list(penalty_words(decision)),
        "amount_fen": decision.amount_fen,
        "decided_on": decision.decided_on.isoformat(),
        "served_on": decision.served_on.isoformat(),
        "published_until": row.published_until.isoformat(),
        "is_major": decision.is_major,
        "review": (
            {"unit": decision.review_unit, "passed_on": decision.reviewed_on.isoformat()}
            if decision.reviewed_on
            else None
        ),
        "document_sha256": decision.document_sha256,
        "file": {"name": outgoing.FILE_NAME, "sha256": row.file_sha256, "size": row.file_size},
    }
    outgoing.release(
        outgoing.Subject("decision", row.number, row.title),
        data,
        body_id=row.body_id,
        publication=row,
        proof=outgoing.Proof(decision.sealed_entry, decision.document_sha256),
        file_sha256=row.file_sha256,
        actor=actor,
        at=at,
    )


def _freeze(row: Publication, found: Source, actor: ActorId) -> tuple[Violation, ...]:
    """Fix what the public will read, and return what was left in it."""
    secrets = secrets_of(found, hidden=_pairs(row.hidden), kept=_texts(row.kept))
    text = public_text(public_fields(found, secrets))
    pdf = public_document(found, secrets)
    if leaks := left_in(text, pdf, secrets):
        return leak_violations(leaks)
    stored = outgoing.store().put(io.BytesIO(pdf))
    row.public, row.file_sha256, row.file_size = asdict(text), stored.sha256, stored.size
    _authored(row, actor)
    return ()


def _check_masking(found: Source, masking: Masking) -> None:
    plain = secrets_of(found, hidden=(), kept=())
    fields = public_fields(found, plain)
    originals = [one.original for one in fields] + [whole_text(found.content.values)]
    for text, reason in masking.kept:
        if not reason.strip():
            raise BadValue("disclosure.kept_without_reason", text[:_SHOWN])
        if not is_suggestion(text, originals, plain):
            raise BadValue("disclosure.kept_is_certain", text[:_SHOWN])
    for text, _ in masking.hidden:
        if len(text.strip()) < 2 or not any(text in original for original in originals):
            raise BadValue("disclosure.hidden_is_absent", text[:_SHOWN])


def _locked(publication_id: UUID, *, seen: int) -> Publication:
    row = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if row is None:
        raise NotFound
    if row.version != seen:
        raise Conflict("seen.outdated")
    return row


def _allowed(role: str, body_id: UUID, unit_id: UUID | None, *, actor: ActorId, on: date) -> None:
    """Refuse a person who does not hold the role there on that day: Denied("role.missing")."""
    if not authority(actor, on=on).holds(role, body_id, unit_id):
        raise Denied("role.missing")


def _authored(row: Publication, actor: ActorId) -> None:
    if actor not in row.authors:
        row.authors = [*row.authors, actor]


def _turn(row: Publication, act: str, *, actor: ActorId, at: datetime, reason: str = "") -> None:
    """Write the row and down who did it, with its journal entry."""
    if act != "draft":
        row.version += 1
        row.changed_at = at
        row.save()
    entry = journal.append(
        entries.KINDS[act], entries.stream(row.id), actor=actor, at=at,
        body=entries.turned(row, reason=reason),
    )  # fmt: skip
    Turn.objects.create(publication=row, act=act, actor=actor, at=at, reason=reason, entry=entry.id)


def _pairs(stored: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((text, stands_for) for text, stands_for in stored)


def _texts(stored: list[list[str]]) -> tuple[str, ...]:
    return tuple(text for text, _ in stored)
