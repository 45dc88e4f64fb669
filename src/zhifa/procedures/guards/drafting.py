"""What a proposal must and must not be (拟处理意见)."""

from datetime import date

from zhifa.law.citations import APL
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.model import Judged
from zhifa.procedures.values import PAID_KINDS, DecisionDraft, Outcome, is_heavier


def _draft(judged: Judged) -> DecisionDraft | None:
    """Return the proposal being made, else the one of the case."""
    if isinstance(judged.data, a.Report | a.ReviseDraft):
        return judged.data.draft
    return judged.facts.draft


def draft_complete(judged: Judged) -> Found:
    """The proposal names facts, evidence, basis, penalties, discretion and reasons: APL art. 57, 59."""
    if not isinstance(judged.data, a.Report | a.ReviseDraft):
        return
    draft = judged.data.draft
    penal = draft.outcome is Outcome.PENALTY
    for code, present in (
        ("draft.facts_missing", draft.facts_found.strip()),
        ("draft.evidence_missing", draft.evidence),
        ("draft.reasons_missing", draft.reasons.strip()),
        ("draft.violated_missing", draft.violated or not penal),
        ("draft.basis_missing", draft.basis or not penal),
        ("draft.penalties_missing", draft.penalties or not penal),
        ("draft.discretion_missing", draft.discretion_reasons.strip() or not penal),
    ):
        if not present:
            yield Violation(code, APL.art(59))
    if draft.penalties and not penal:
        yield Violation("draft.penalties_without_penalty", APL.art(57))
    if any(item.amount_fen < 0 for item in draft.penalties):
        yield Violation("draft.amount_negative", APL.art(59))


def each_party_named(judged: Judged) -> Found:
    """A penalty is of a party of the case, and no party of a penalty is left without: APL art. 40, 59."""
    draft, parties = _draft(judged), judged.facts.parties
    if draft is None:
        return
    if {item.party for item in draft.penalties} - {None, *(one.id for one in parties)}:
        yield Violation("draft.penalty_of_nobody", APL.art(40))
    money = {item.party is None for item in draft.penalties if item.kind in PAID_KINDS}
    if len(money) > 1:  # nobody could say who still owes what
        yield Violation("draft.partly_apart", APL.art(59))
    if draft.penalties:
        for one in parties:
            if not draft.of(one.id).penalties:
                yield Violation("draft.party_without_penalty", APL.art(59), one.name)


def no_penalty_under_fourteen(judged: Judged) -> Found:
    """A person under 14 is not punished: APL art. 30."""
    draft = _draft(judged)
    day: date = judged.facts.offence_ended_on or judged.facts.discovered_on or judged.on
    if draft is None or draft.outcome is not Outcome.PENALTY:
        return
    for party in judged.facts.parties:
        age = party.age(day)
        if age is not None and age < 14:
            yield Violation("party.under_fourteen", APL.art(30), party.name)


def not_heavier_for_defence(judged: Judged) -> Found:
    """A defence or a hearing may not make the penalty heavier: APL art. 45(2).

    New facts found since are another matter: they need a new notice and so are not covered.
    """
    told = judged.facts.notice_draft
    if not isinstance(judged.data, a.ReviseDraft) or told is None:
        return
    draft = judged.data.draft
    heard = bool(judged.facts.defences) or judged.facts.hearing is not None
    if heard and draft.facts_found == told.facts_found and is_heavier(draft, told):
        yield Violation("draft.heavier_for_defence", APL.art(45, 2))


def changes_something(judged: Judged) -> Found:
    """A revision changes the proposal: otherwise nothing is revised, APL art. 57."""
    if isinstance(judged.data, a.ReviseDraft) and (
        judged.data.draft.digest == judged.facts.draft_sha256
    ):
        yield Violation("draft.unchanged", APL.art(57))
