"""How far a case has come (办理进度): the main states on one bar, drawn from its facts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhifa.cases.wording import MILESTONES
from zhifa.procedures.facts import Context, Facts
from zhifa.procedures.values import Outcome

# Sources of a side exit: what is left of the bar is closing and archiving.
_EXITS = ("not_filed", "transferred", "terminated")


@dataclass(frozen=True, slots=True)
class Milestone:
    """One main state: `done`, `now` or empty."""

    key: str
    label: str
    state: str


def milestones(facts: Facts, context: Context) -> list[Milestone]:
    """Return the main states in the order this case passes them; the first not done is now."""
    found, now_seen = [], False
    for key, done in _course(facts, context):
        state = "done" if done else "" if now_seen else "now"
        now_seen = now_seen or not done
        found.append(Milestone(key, MILESTONES[key], state))
    return found


def _course(facts: Facts, context: Context) -> Iterator[tuple[str, bool]]:
    yield "clue", facts.state != "clue"
    exit_taken = facts.state if facts.state in _EXITS else ""
    if facts.closed_on is not None and facts.decision is None:
        exit_taken = exit_taken or ("not_filed" if facts.filed_on is None else "terminated")
    if not exit_taken:
        yield from _regular(facts, context)
    else:
        if facts.filed_on is not None:
            yield "filed", True
        yield exit_taken, True
    yield "closed", facts.closed_on is not None
    yield "archived", facts.archived_on is not None


def _regular(facts: Facts, context: Context) -> Iterator[tuple[str, bool]]:
    decided = facts.decision is not None
    draft = facts.draft
    penal = draft is None or draft.outcome is Outcome.PENALTY
    reported = draft is not None and facts.state not in {"investigating", "suspended"}
    reviewed = decided or (
        facts.review_pass is not None and facts.review_pass.sha256 == facts.draft_sha256
    )
    yield "filed", facts.filed_on is not None
    yield "investigated", reported
    if facts.is_major and context.policy.review_first:
        yield "reviewed", reviewed
    elif not facts.is_major:
        checked = facts.case_review_sha256 == facts.draft_sha256
        yield "case_reviewed", reported and (decided or checked)
    if penal:
        told = facts.all_notified()
        hearing = facts.hearing
        yield "noticed", decided or (reported and told)
        if hearing is None:
            yield "heard", decided or (reported and told and _heard(facts))
        else:
            yield "hearing", decided or hearing.over
    if facts.is_major and not context.policy.review_first:
        yield "reviewed", reviewed
    if facts.is_major and penal and context.policy.discuss_major:
        yield "discussed", decided or (reported and facts.discussion_sha256 == facts.draft_sha256)
    yield "decided", decided
    yield "served", decided and facts.all_served()
    if penal:
        yield "performed", facts.closing_event_on is not None and decided


def _heard(facts: Facts) -> bool:
    """Whether every party has defended itself, or said that it will not."""
    spoke = {*facts.defences, *facts.waivers}
    return all(party.id in spoke for party in facts.parties) or facts.state in {
        "in_review", "reviewed", "discussed",
    }  # fmt: skip
