"""Which step the law expects next, and of whom (下一步). Pure.

A suggestion only: what may be done is the engine's to say. The order is that of procedures.md 3.2; of
several steps that lead on from a state, the first that nothing but time stands against is expected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhifa.documents.values.codes import ClosingKind
from zhifa.law.errors import Violation
from zhifa.procedures.facts import Context, Facts
from zhifa.procedures.terms import fully_performed
from zhifa.procedures.values import Outcome, ReviewOpinion

# Time the law gives the party: when it is over nobody is late, the party just can no longer.
OF_THE_PARTY = frozenset({"T04", "T36", "T37", "T47"})

# What leads on from a state, most regular way first.
_ONWARD: Mapping[str, tuple[str, ...]] = {
    "clue": ("verify",),
    "verified": ("file", "refuse_filing"),
    "filed": ("investigate",),
    "investigating": ("report",),
    "suspended": ("resume",),
    "investigated": ("pass_case_review", "submit_review", "notify"),
    "case_reviewed": ("notify", "decide"),
    "noticed": ("submit_review", "discuss", "decide"),
    "hearing": ("close_hearing",),
    "heard": ("report_hearing", "submit_review", "discuss", "decide"),
    "in_review": ("give_opinion",),
    "reviewed": ("notify", "discuss", "decide"),
    "discussed": ("decide",),
    "decided": ("serve",),
    "served": ("close", "record_payment", "perform"),
    "performing": ("close", "record_payment", "perform"),
    "not_filed": ("close",),
    "terminated": ("close",),
    "transferred": ("close",),
    "closed": ("archive",),
}
# From the request for a hearing to its report (APL art. 64), in order.
_HEARING = (
    ("host", "appoint_host"),
    ("papers_on", "hand_papers_to_host"),
    ("hearing_on", "fix_hearing_day"),
)
# What the reviewer sent back is put right before it is submitted again (SAMR art. 54).
_TO_PUT_RIGHT = frozenset({ReviewOpinion.CORRECT, ReviewOpinion.OTHER})
# Only time stands against a step that these alone forbid.
TIME_ONLY = frozenset(
    {
        "defence.period_running", "hearing.period_running", "hearing.too_early",
        "hearing.announced_late", "hearing.another_day",
    }
)  # fmt: skip


# Steps of which it may have to be said why they are expected.
EXPLAINED = frozenset({"close", "record_payment", "perform", "revise_draft"})
_ENDED_BY = {"not_filed": ClosingKind.NOT_FILED, "terminated": ClosingKind.TERMINATED}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason for which a step is expected, and the day it arose."""

    code: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """The step that is expected next."""

    action: str
    from_on: date | None = None  # the first day it can be taken; None: at once


def candidates(facts: Facts, context: Context) -> tuple[str, ...]:
    """Return the steps that lead on from here, the most regular first; empty at the end."""
    hearing = facts.hearing
    if facts.state == "noticed" and hearing is not None and not hearing.over:
        for field, action in _HEARING:
            if getattr(hearing, field) is None:
                return (action,)
        if set(hearing.askers) - set(hearing.notified):
            return ("notify_hearing",)
        if hearing.public and hearing.announced_on is None:
            return ("announce_hearing",)
        return ("open_hearing",)
    if facts.review_opinion in _TO_PUT_RIGHT and facts.state in {"noticed", "investigated"}:
        return ("revise_draft", "submit_review")
    draft = facts.draft
    penal = draft is not None and draft.outcome is Outcome.PENALTY
    left_out = set()
    if facts.state == "verified":
        left_out.add("refuse_filing" if facts.facts_suspected else "file")
    if facts.is_major or facts.case_review_sha256 == facts.draft_sha256:
        left_out.add("pass_case_review")
    if not facts.is_major or facts.review_pass is not None:
        left_out.add("submit_review")
    if not context.policy.review_first and facts.state == "investigated":
        left_out.add("submit_review")
    if not (facts.is_major and penal and context.policy.discuss_major):
        left_out.add("discuss")
    if not penal or facts.all_notified():
        left_out.add("notify")
    if facts.paid or draft is None or not draft.amount_fen:
        left_out.add("record_payment")
    if facts.performed or draft is None or not draft.needs_performance:
        left_out.add("perform")
    if facts.closing_event_on is None and facts.state in {"served", "performing"}:
        left_out.add("close")
    if hearing is not None and hearing.reported_on is not None:
        left_out.add("report_hearing")
    return tuple(step for step in _ONWARD.get(facts.state, ()) if step not in left_out)


def ended_by(facts: Facts) -> ClosingKind:
    """Return the event that ends a case which waits to be closed: SAMR art. 77.

    Whether a change of the decision annulled it is not kept apart; then the two days are the same.
    """
    decision = facts.decision
    if decision is None:
        return _ENDED_BY.get(facts.state, ClosingKind.HANDED_OVER)
    if decision.outcome is not Outcome.PENALTY:
        return ClosingKind.NO_PENALTY
    if fully_performed(facts):
        return ClosingKind.PERFORMED
    if facts.decision_changed_on is not None and (
        facts.decision_changed_on == facts.closing_event_on
    ):
        return ClosingKind.DECISION_ANNULLED
    return ClosingKind.COURT_EXECUTION_ENDED


def why(facts: Facts, action: str) -> tuple[Why, ...]:
    """Return why a case waits for that step, where its state alone does not say it; often nothing."""
    found = []
    if action == "close" and facts.closing_event_on is not None:
        found.append(Why(f"close.{ended_by(facts).value}", facts.closing_event_on))
    if action == "revise_draft" and facts.review_opinion in _TO_PUT_RIGHT:
        found.append(Why("review.to_put_right"))
    changed = facts.decision_changed_on
    if changed is not None and action in EXPLAINED and found[:1] != [_annulled(changed)]:
        found.append(Why("decision.changed", changed))
    return tuple(found)


def _annulled(on: date) -> Why:
    return Why(f"close.{ClosingKind.DECISION_ANNULLED.value}", on)


def earliest(violations: tuple[Violation, ...], facts: Facts) -> date | None:
    """Return until when time alone forbids the step, None if something else forbids it.

    Of a term that must be over it is the last day; of a hearing, the day it was fixed for.
    """
    if any(found.code not in TIME_ONLY for found in violations):
        return None
    days = [
        term.due_on
        for term in facts.running()
        if term.key in {"T04", "T05", "T47", "T49"} and term.due_on is not None
    ]
    hearing = facts.hearing
    if hearing and hearing.hearing_on and any(v.code == "hearing.another_day" for v in violations):
        days.append(hearing.hearing_on)
    return max(days, default=None)
