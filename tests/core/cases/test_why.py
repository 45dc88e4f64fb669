"""Why a case waits for a step, and which steps are past, told from its facts. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.core.procedures import walk as w
from tests.core.procedures.test_guards import opinion, transferred, waived

from zhifa.cases import remedies, rules
from zhifa.cases.rules import Why
from zhifa.cases.selectors import StepChoice
from zhifa.cases.wording import why_words
from zhifa.procedures import actions as a
from zhifa.procedures import engine
from zhifa.procedures.values import ReviewOpinion


def served() -> w.Walk:
    return w.all_served(w.small_decided())


def changed(walk: w.Walk, *, annulled: bool) -> w.Walk:
    data = a.Remedy(party=w.COMPANY.id, authority="演示区政府", note="复议", annulled=annulled)
    return walk.take("record_decision_change", data, "case_handler", after=3)


def reasons(walk: w.Walk) -> list[tuple[str, tuple[Why, ...]]]:
    found = rules.candidates(walk.facts, walk.context)
    return [(action, rules.why(walk.facts, action)) for action in found]


def day(walk: w.Walk) -> date:
    assert walk.facts.last_on
    return walk.facts.last_on


def test_a_decision_that_is_gone_is_closed_because_it_is_gone() -> None:
    walk = changed(served(), annulled=True)
    assert reasons(walk)[0] == ("close", (Why("close.decision_annulled", day(walk)),))
    assert why_words(reasons(walk)[0][1][0]).startswith("行政处罚决定被撤销或者确认无效（2026-")


def test_a_decision_that_is_changed_is_performed_as_it_is_now() -> None:
    walk = changed(served(), annulled=False)
    assert reasons(walk) == [("record_payment", (Why("decision.changed", day(walk)),))]
    walk.take("record_payment", w.pay(), "case_handler", after=2)
    codes = [one.code for one in dict(reasons(walk))["close"]]
    assert codes == ["close.performed", "decision.changed"]


@pytest.mark.parametrize(
    ("walk", "code"),
    [
        pytest.param(transferred, "close.handed_over", id="handed over"),
        pytest.param(
            lambda: served().take("record_payment", w.pay(), "case_handler"),
            "close.performed",
            id="paid",
        ),
        pytest.param(
            lambda: served().take(
                "perform",
                a.Perform(party=w.COMPANY.id, what="终结执行", complete=True, by_court=True),
                "case_handler",
            ),
            "close.court_execution_ended",
            id="ended by a court",
        ),
    ],
)
def test_every_end_of_a_case_is_said(walk: Callable[[], w.Walk], code: str) -> None:
    made = walk()
    assert dict(reasons(made))["close"] == (Why(code, day(made)),)


def test_what_the_reviewer_sent_back_waits_to_be_put_right() -> None:
    walk = waived(w.noticed(w.draft(w.MAJOR_FEN)))
    walk.day += timedelta(days=30)
    walk.take("submit_review", a.SubmitReview(), "case_handler")
    walk.take("give_opinion", opinion(ReviewOpinion.CORRECT), "legal_reviewer")
    assert reasons(walk)[0] == ("revise_draft", (Why("review.to_put_right"),))


def test_what_the_state_says_needs_no_reason() -> None:
    assert reasons(w.investigating()) == [("report", ())]
    assert rules.why(replace(served().facts), "record_payment") == ()


# --- steps that are past --------------------------------------------------------------------


def gone(walk: w.Walk, who: str, **more: object) -> dict[str, list[str]]:
    """Return the steps of the state that are past for this person, and why."""
    found = {}
    for step in engine.available(w.PROCEDURE, walk.facts):
        broken = walk.why(step.action, None, who, after=1)
        choice = StepChoice(step.action, step.roles, step.basis, (), broken, True)
        if (codes := [one.code for one in remedies.past(choice)]) and remedies.is_mine(choice):
            assert all(one.basis.article for one in remedies.past(choice))
            found[step.action] = codes
    return found


HANDLERS_STEPS = {
    "hand_papers_to_host", "fix_hearing_day", "notify_hearing", "announce_hearing",
}  # fmt: skip


def test_after_a_hearing_its_steps_are_past() -> None:
    walk = w.requested(w.noticed(w.draft(w.MAJOR_FEN)))
    assert not HANDLERS_STEPS & set(gone(walk, "case_handler"))
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    walk.take("end_hearing", a.EndHearing(no_show=False, reason="申请人撤回"), "hearing_host")

    assert walk.facts.state == "noticed"
    past = gone(walk, "case_handler")
    assert {past[action][0] for action in HANDLERS_STEPS} == {"hearing.ended_already"}
    assert past["request_hearing"] == ["hearing.requested_already"]
    assert gone(walk, "agency_head")["appoint_host"] == ["hearing.ended_already"]
    assert {"open_hearing", "end_hearing"} <= set(gone(walk, "hearing_host"))


def test_who_may_no_longer_ask_is_told_before_anything_is_filled_in() -> None:
    walk = w.noticed(w.draft(w.MAJOR_FEN))
    assert "request_hearing" not in gone(walk, "case_handler")
    walk.day += timedelta(days=30)
    # Asked in time and entered late: the step stays within reach, and says which day it asks for.
    assert "request_hearing" not in gone(walk, "case_handler")
    (late,) = walk.why("request_hearing", None, "case_handler")
    assert (late.code, late.about) == (
        "hearing.requested_late",
        walk.facts.terms[-1].due_on.isoformat(),
    )
    asked = a.RequestHearing(party=w.COMPANY.id, statement="要求听证")
    told = walk.facts.notices[0].served_on
    assert not walk.why("request_hearing", asked, "case_handler", on=told + timedelta(days=1))
    assert gone(w.noticed(), "case_handler")["request_hearing"] == ["hearing.no_right"]


def test_a_hearing_that_everybody_was_told_of_is_not_told_again() -> None:
    walk = w.requested(w.noticed(w.draft(w.MAJOR_FEN)))
    assert "notify_hearing" not in gone(walk, "case_handler")
    w.prepared(walk)
    assert gone(walk, "case_handler")["notify_hearing"] == ["hearing.notified_already"]


def test_payment_is_put_off_only_while_its_term_runs() -> None:
    assert "grant_instalments" not in gone(served(), "agency_head")
    paid = served().take("record_payment", w.pay(), "case_handler")
    assert gone(paid, "agency_head")["grant_instalments"] == ["term.not_running"]
