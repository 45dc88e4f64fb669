"""What a step means in the review room (送审与审核): a frozen draft goes in, an opinion or a void pass comes out."""

from datetime import datetime
from typing import Any

import msgspec

from zhifa.cases import entries
from zhifa.cases.models import Case
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Transition
from zhifa.registry.selectors import Standing
from zhifa.review import selectors as reviews
from zhifa.review import services as review
from zhifa.review.rules import Check, ReviewSubmission


def in_review_room(
    case: Case,
    before: Facts,
    transition: Transition,
    data: Any,
    found: Standing,
    *,
    checks: tuple[Check, ...],
    actor: ActorId,
    at: datetime,
) -> entries.ReviewEntry | None:
    """Do in the review room what the step means there; return its trace, None if it means nothing.

    Joins the step's transaction. Raises Conflict if another answered the submission first, and Refused for
    an opinion that is not complete.
    """
    after, on = transition.facts, transition.on
    if transition.action == "submit_review":
        made = review.submit(submission(case, after), actor=actor, on=on, at=at)
        return entries.ReviewEntry(submission=str(made))
    if isinstance(data, a.GiveOpinion):
        open_one = reviews.open_submission(case.id)
        if open_one is None:
            raise Conflict("review.already_answered")
        granted = review.give_opinion(
            submission_id=open_one,
            reviewer=actor,
            qualified=found.circumstances.reviewer_qualified,
            value=data.value,
            checks=checks,
            text=data.text,
            on=on,
            at=at,
        )
        return entries.ReviewEntry(
            submission=str(open_one),
            granted=str(granted) if granted else "",
            checks=tuple(msgspec.to_builtins(check) for check in checks),
        )
    if before.review_pass is not None and after.review_pass is None:
        voided = review.void_pass(case.id, reason=transition.action, at=at)
        return entries.ReviewEntry(voided=voided)
    return None


def submission(case: Case, facts: Facts) -> ReviewSubmission:
    """Return what a review of the case is asked about, of facts after it was submitted.

    Raises Conflict without a draft or the term of the review (T43).
    """
    draft = facts.draft
    term = facts.term("T43")
    if draft is None or term is None or term.due_on is None:
        raise Conflict("review.no_draft")
    return ReviewSubmission(
        subject=case.id,
        body=case.body_id,
        title=facts.title,
        draft_sha256=facts.draft_sha256,
        draft_json=draft.canonical(),
        template_key=draft.template_key,
        template_version=draft.template_version,
        grounds=tuple(facts.grounds),
        kinds=tuple(draft.kinds),
        amount_fen=draft.amount_fen,
        handlers=tuple(map(ActorId, (*facts.handlers, *facts.former_handlers))),
        due_on=term.due_on,
    )
