"""Case review and legal review (案件审核、法制审核): the gate before a decision."""

from zhifa.law.citations import APL, SAMR
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.guards.hearings import (
    defence_over,
    hearing_over,
    hearing_request_over,
    notified,
)
from zhifa.procedures.model import Judged
from zhifa.procedures.values import Outcome, ReviewOpinion

_NO_PENALTY = frozenset(Outcome) - {Outcome.PENALTY}
# What each passing opinion lets through; a transfer lets no decision through (procedures.md 3.2).
_LETS_THROUGH = {
    ReviewOpinion.APPROVE: frozenset(Outcome),
    ReviewOpinion.NO_PENALTY: _NO_PENALTY,
    ReviewOpinion.REVOKE_CASE: frozenset({Outcome.NO_VIOLATION}),
    ReviewOpinion.TRANSFER: frozenset(),
}


def penal(facts: Facts) -> bool:
    """Whether a penalty is proposed."""
    return facts.draft is not None and facts.draft.outcome is Outcome.PENALTY


def pass_holds(facts: Facts) -> bool:
    """Whether exactly this text has passed the legal review."""
    return facts.review_pass is not None and facts.review_pass.sha256 == facts.draft_sha256


def not_major(judged: Judged) -> Found:
    """A major penalty goes to legal review, not to case review: SAMR art. 49, 50."""
    if judged.facts.is_major and penal(judged.facts):
        yield Violation("case_review.major_needs_legal_review", APL.art(58, 1))


def changed_since_review(judged: Judged) -> Found:
    """A text that has been reviewed is not reviewed twice: SAMR art. 49."""
    if judged.facts.case_review_sha256 == judged.facts.draft_sha256:
        yield Violation("case_review.done_already", SAMR.art(49))


def is_major(judged: Judged) -> Found:
    """Legal review is asked for major decisions: APL art. 58(1)."""
    if not judged.facts.is_major:
        yield Violation("review.not_major", APL.art(58, 1))


def no_pass_yet(judged: Judged) -> Found:
    """A text that has passed is not reviewed twice: APL art. 58."""
    if pass_holds(judged.facts):
        yield Violation("review.already_passed", APL.art(58))


def reviewed_before_notice(judged: Judged) -> Found:
    """What must be checked before the party is told ("review first": SAMR art. 50; else art. 49)."""
    facts = judged.facts
    if not penal(facts):
        yield Violation("notice.no_penalty_proposed", APL.art(44))
    elif not facts.is_major:
        if facts.case_review_sha256 != facts.draft_sha256:
            yield Violation("case_review.not_passed", SAMR.art(49))
    elif judged.context.policy.review_first and not pass_holds(facts):
        told_in_part = facts.notice_draft == facts.draft  # one party's defence has voided the pass
        if not told_in_part:
            yield Violation("review.not_passed", APL.art(58, 1))


def heard_before_review(judged: Judged) -> Found:
    """Review comes after notice, statement, defence and hearing ([policy]; SAMR art. 50).

    Under "review first" a text of which nobody was told yet goes first; where no penalty is
    proposed nobody has to be heard before.
    """
    facts = judged.facts
    if not penal(facts) or (judged.context.policy.review_first and not facts.notices):
        return
    for guard in (notified, defence_over, hearing_request_over, hearing_over):
        yield from guard(judged)


def checked(judged: Judged) -> Found:
    """A major decision has a valid pass of exactly this text, any other a passed case review."""
    facts = judged.facts
    if pass_holds(facts):
        return
    if facts.is_major:
        yield Violation("review.not_passed", APL.art(58, 1))
    elif facts.case_review_sha256 != facts.draft_sha256:
        yield Violation("case_review.not_passed", SAMR.art(49))


def as_the_pass_says(judged: Judged) -> Found:
    """no_penalty, revoke_case and transfer pass only their own outcome: procedures.md 3.2."""
    passed, draft = judged.facts.review_pass, judged.facts.draft
    if passed is None or draft is None or not pass_holds(judged.facts):
        return
    if draft.outcome not in _LETS_THROUGH[passed.opinion]:
        yield Violation("review.passed_something_else", APL.art(58, 1))


def opinion_explained(judged: Judged) -> Found:
    """Anything but a plain approval says why: APL art. 58; SAMR art. 54."""
    data = judged.data
    if (
        isinstance(data, a.GiveOpinion)
        and data.value is not ReviewOpinion.APPROVE
        and not data.text.strip()
    ):
        yield Violation("opinion.text_missing", APL.art(58))
