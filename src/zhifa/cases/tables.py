"""The tables of a case follow its facts (案件各表与案情一致); only what changed is written."""

from datetime import datetime
from uuid import UUID

from zhifa.cases.models import Case, CaseParty, CaseTerm, Decision
from zhifa.procedures.facts import Facts, RunningTerm
from zhifa.procedures.values import Party


def write_parties(case_id: UUID, *, before: tuple[Party, ...], after: tuple[Party, ...]) -> None:
    """Bring the parties in line; one that a correction took away stays, marked as dropped."""
    if before == after:
        return
    rows = [
        CaseParty(
            id=party.id,
            case_id=case_id,
            position=position,
            kind=party.kind,
            name=party.name,
            identifier=party.identifier,
        )
        for position, party in enumerate(after)
    ]
    CaseParty.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["position", "kind", "name", "identifier", "dropped"],
    )
    gone = {party.id for party in before} - {party.id for party in after}
    if gone:
        CaseParty.objects.filter(case_id=case_id, id__in=gone).update(dropped=True)


def write_terms(
    case_id: UUID, *, before: tuple[RunningTerm, ...], after: tuple[RunningTerm, ...]
) -> None:
    """Bring the terms in line; a place that a correction emptied is ended on its first day."""
    rows = [
        term_row(case_id, position, term)
        for position, term in enumerate(after)
        if position >= len(before) or before[position] != term
    ]
    if rows:
        CaseTerm.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["case", "position"],
            update_fields=[
                "key", "about", "variant", "started_on", "due_on", "warn_on", "provisional",
                "earliest", "ended_on",
            ],
        )  # fmt: skip
    for position in range(len(after), len(before)):
        CaseTerm.objects.filter(case_id=case_id, position=position).update(
            ended_on=before[position].started_on
        )


def term_row(case_id: UUID, position: int, term: RunningTerm) -> CaseTerm:
    """Return the row of one term, not saved."""
    return CaseTerm(
        case_id=case_id,
        position=position,
        key=term.key,
        about=term.about,
        variant=term.variant,
        started_on=term.started_on,
        due_on=term.due_on,
        warn_on=term.warn_on,
        provisional=term.provisional,
        earliest=term.earliest,
        ended_on=term.ended_on,
    )


def write_decision(case_id: UUID, *, before: Facts, after: Facts, review_pass: UUID | None) -> None:
    """Write the decision once; the database compares it with case and pass (design.md section 4)."""
    if after.decision is not None and before.decision is None:
        decision_row(case_id, after=after, review_pass=review_pass).save(force_insert=True)


def decision_row(case_id: UUID, *, after: Facts, review_pass: UUID | None) -> Decision:
    """Return the row of the decision in these facts, not saved."""
    decision = after.decision
    if decision is None:
        raise ValueError("these facts hold no decision")
    return Decision(
        case_id=case_id,
        outcome=decision.outcome,
        draft_sha256=decision.draft_sha256,
        is_major=after.is_major,
        review_pass=review_pass,
        decided_on=decision.on,
        decided_by=decision.by,
    )


def set_columns(case: Case, facts: Facts, *, at: datetime) -> None:
    """Set the columns that repeat a part of the facts; saves nothing."""
    case.title = facts.title
    case.state = facts.state
    case.version = facts.sequence
    case.is_major = facts.is_major
    case.handlers = list(facts.handlers)
    case.filed_on = facts.filed_on
    case.closed_on = facts.closed_on
    case.power_item = facts.power_item
    case.correction_asked = bool(facts.corrections_asked)
    case.changed_at = at
