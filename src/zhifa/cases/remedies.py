"""What to do about a broken rule (补办办法): the step that mends it, if this person may take it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhifa.cases.selectors import StepChoice
from zhifa.law.errors import Violation
from zhifa.procedures.guards.acting import PERSONAL

_REMEDIES = {
    "gate.unanswered": "answer_gate",
    "evidence.none": "collect_evidence",
    "investigation.nothing_recorded": "inspect_on_site",
    "investigation.no_inspection": "inspect_on_site",
    "investigation.no_interview": "interview",
    "preservation.still_open": "dispose_preservation",
    "testing.still_open": "receive_result",
    "case_review.not_passed": "pass_case_review",
    "case_review.major_needs_legal_review": "submit_review",
    "review.not_passed": "submit_review",
    "review.passed_something_else": "revise_draft",
    "notice.not_given": "notify",
    "notice.outdated": "renotify",
    "discussion.missing": "discuss",
    "hearing.no_host": "appoint_host",
    "hearing.no_day": "fix_hearing_day",
    "hearing.notified_late": "fix_hearing_day",
    "hearing.not_notified": "notify_hearing",
    "hearing.not_announced": "announce_hearing",
    "service.not_announced": "publish_service_notice",
    "officers.too_few": "reassign",
    "officer.certificate_invalid": "reassign",
    "closing.no_event": "record_payment",
}

# What these say no step mends: its time is past, or it does not arise in this case as it stands.
_PAST = frozenset(
    {
        "notice.given_already", "notice.no_penalty_proposed", "hearing.no_right",
        "hearing.not_requested", "hearing.ended_already", "hearing.requested_already",
        "hearing.notified_already", "hearing.reported_already",
        "case_review.done_already", "review.not_major", "review.already_passed",
        "service.done_already", "service.announced_already", "payment.nothing_due",
        "publication.none", "publication.done_already", "preservation.none_open",
        "testing.none_open", "term.not_running", "correction.none_asked",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """A broken rule, and the step by which this person can mend it; empty: others must, or time."""

    violation: Violation
    action: str


def is_mine(choice: StepChoice) -> bool:
    """Whether nothing about the person stands against the step."""
    return not any(one.code in PERSONAL for one in choice.violations)


def past(choice: StepChoice) -> tuple[Violation, ...]:
    """Return why the step's time is past, or why it does not arise; empty: it may still be taken."""
    return tuple(one for one in choice.violations if one.code in _PAST)


def missing(
    violations: Iterable[Violation], choices: Sequence[StepChoice], roles: Sequence[str]
) -> tuple[Missing, ...]:
    """Return the broken rules, each with the step that mends it if the person may take that."""
    mine = {one.action for one in choices if is_mine(one)}
    return tuple(Missing(one, _action(one, mine, roles)) for one in violations)


def _action(violation: Violation, mine: set[str], roles: Sequence[str]) -> str:
    action = _REMEDIES.get(violation.code, "")
    asked = violation.about.partition(":")[2] if violation.code == "gate.unanswered" else ""
    return action if action in mine and (not asked or asked in roles) else ""
