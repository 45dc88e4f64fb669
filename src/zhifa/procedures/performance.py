"""What not paying in time costs (加处罚款): APL art. 72, 73; ACL art. 45. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from zhifa.law.money import additional_fine_fen
from zhifa.procedures.facts import Facts
from zhifa.procedures.values import Outcome, PenaltyKind


@dataclass(frozen=True, slots=True)
class AdditionalFine:
    """The additional fine as it stands on a day; the agency may charge it, the record only counts."""

    since: date  # the first day that counts: the day after the last day for payment
    days: int  # that count, up to and including the day asked for
    paused_days: int  # of reconsideration and suit, which do not count
    fen: int
    most_fen: int  # never more than the fine that was not paid in time
    paid_fen: int  # of it
    grows: bool  # the fine is still unpaid, the bound not reached and nothing pauses it


def additional_fine(facts: Facts, on: date, party: UUID) -> AdditionalFine | None:
    """Return what has been added to a fine that a party did not pay in time; None while nothing is overdue.

    Of several parties who are not told apart it is the one of all. Three per cent a day of what was
    overdue and is still unpaid, from the day after the last day for payment (of the last party served who
    owes it, as deferred) to the day it is paid, at most that sum: APL art. 72(1) item 1. Days of
    reconsideration or suit do not count: APL art. 73(3). After the decision was changed nothing is
    computed: what is due then follows from the change.
    """
    due_on = _last_day(facts, party)
    if due_on is None or on <= due_on:
        return None
    account = facts.account(party)
    overdue = _fine(facts, party) - sum(one.fen for one in account if one.on <= due_on)
    if overdue <= 0:
        return None
    added = days = paused = 0
    unpaid, day = overdue, due_on
    while day < on and unpaid > 0 and added < overdue:
        day += timedelta(days=1)
        if _in_dispute(facts, day):
            paused += 1
        else:
            days += 1
            added = min(overdue, added + additional_fine_fen(unpaid, 1))
        unpaid -= sum(one.fen for one in account if one.on == day)
    return AdditionalFine(
        since=due_on + timedelta(days=1),
        days=days,
        paused_days=paused,
        fen=added,
        most_fen=overdue,
        paid_fen=sum(one.additional_fen for one in account),
        grows=unpaid > 0 and added < overdue and not _in_dispute(facts, on),
    )


def additional_fines(facts: Facts, on: date) -> dict[UUID, AdditionalFine]:
    """Return the additional fines as they stand: of each party who pays apart, else one for all."""
    apart = facts.draft is not None and facts.draft.apart
    parties = facts.parties if apart else facts.parties[:1]
    found = {one.id: additional_fine(facts, on, one.id) for one in parties}
    return {party: added for party, added in found.items() if added is not None}


def _last_day(facts: Facts, party: UUID) -> date | None:
    """Return the last day for payment, once every party has been served and nothing was changed."""
    if facts.decision is None or facts.decision.outcome is not Outcome.PENALTY:
        return None
    if not facts.all_served() or facts.decision_changed_on is not None:
        return None
    own = str(party) if facts.draft is not None and facts.draft.apart else ""
    days = [
        one.due_on
        for one in facts.terms
        if one.key == "T06" and one.due_on is not None and own in {"", one.about}
    ]
    return max(days, default=None)


def _fine(facts: Facts, party: UUID) -> int:
    draft = facts.draft
    if draft is None:
        return 0
    return (draft.of(party) if draft.apart else draft).fen(PenaltyKind.FINE)


def _in_dispute(facts: Facts, day: date) -> bool:
    """Whether reconsideration or suit is under way on that day, its first and last day included."""
    return any(
        one.since <= day and (one.until is None or day <= one.until) for one in facts.remedies
    )
