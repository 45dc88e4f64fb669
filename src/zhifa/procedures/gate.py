"""Is the decision major (重大执法决定)? Computed, and never turned back: APL art. 58(1)."""

from dataclasses import replace

from zhifa.procedures.facts import Circumstances, Context, Facts
from zhifa.procedures.values import GateQuestion, MajorGround, Outcome

_JUDGED = {
    GateQuestion.PUBLIC_INTEREST: MajorGround.PUBLIC_INTEREST,
    GateQuestion.COMPLEX: MajorGround.COMPLEX,
}
ASKED_ROLES = ("case_handler", "handling_unit_head")


def grounds(facts: Facts, context: Context) -> tuple[MajorGround, ...]:
    """Return every ground on which this decision is major, by the order of the article."""
    found = {_JUDGED[answer.question] for answer in facts.gate_answers if answer.yes}
    if facts.hearing_held:
        found.add(MajorGround.HEARING_HELD)
    if _in_catalogue(facts, context):
        found.add(MajorGround.CATALOGUE)
    return tuple(ground for ground in MajorGround if ground in found)


def judged(facts: Facts, context: Context) -> Facts:
    """Return the facts with `is_major` and its grounds; once major, always major."""
    every = tuple(
        ground for ground in MajorGround if ground in {*facts.grounds, *grounds(facts, context)}
    )
    return replace(facts, is_major=facts.is_major or bool(every), grounds=every)


def answering_role(facts: Facts, circumstances: Circumstances) -> str:
    """Return as which of the two people asked the actor answers; a handler always as handler."""
    if circumstances.actor in facts.handlers:
        return "case_handler"
    return next((role for role in reversed(ASKED_ROLES) if role in circumstances.roles), "")


def unanswered(facts: Facts) -> tuple[tuple[GateQuestion, str], ...]:
    """Return who still has to answer which of the two judged questions."""
    given = {(answer.question, answer.role) for answer in facts.gate_answers}
    return tuple(
        (question, role)
        for question in GateQuestion
        for role in ASKED_ROLES
        if (question, role) not in given
    )


def _in_catalogue(facts: Facts, context: Context) -> bool:
    """The body's own catalogue ([policy]): by kind of penalty, or by amount and kind of party."""
    draft = facts.draft
    if draft is None or draft.outcome is not Outcome.PENALTY:
        return False
    if set(context.policy.major_kinds) & set(draft.kinds):
        return True
    least = min((context.policy.major_fen(party.kind) for party in facts.parties), default=0)
    return draft.amount_fen >= least > 0
