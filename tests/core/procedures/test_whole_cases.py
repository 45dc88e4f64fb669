"""Lawful ordinary cases from the clue to the archive, in every order the law allows."""

from datetime import timedelta

import pytest
from tests.core.procedures import walk as w

from zhifa.procedures import actions as a
from zhifa.procedures import definitions
from zhifa.procedures.facts import Policy
from zhifa.procedures.values import MajorGround, Outcome, PenaltyItem, PenaltyKind


def _to_the_archive(walk: w.Walk) -> w.Walk:
    walk.take("close", a.Close(event="履行完毕", summary="结案"), "agency_head", after=1)
    return walk.take("archive", a.Archive(volume="正卷", pages=40), "archivist", after=1)


def test_a_small_case() -> None:
    walk = w.all_served(w.small_decided())
    assert walk.facts.state == "served"
    walk.take("record_payment", w.pay(), "case_handler", after=3)
    assert (walk.facts.state, walk.facts.closing_event_on) == ("performing", walk.day)
    walk.take("record_publication", a.Publish(reference="p"), "disclosure_publisher")
    _to_the_archive(walk)
    assert walk.facts.state == "archived"
    assert not walk.facts.is_major
    assert {term.key for term in walk.facts.running()} == {"T36", "T37"}  # the party's own
    assert walk.replayed() == walk.facts


def test_a_major_case_with_a_hearing() -> None:
    walk = w.heard(w.requested(w.noticed(w.draft(w.MAJOR_FEN))))
    assert walk.facts.grounds == (MajorGround.HEARING_HELD, MajorGround.CATALOGUE)
    assert walk.refused("decide", None, "agency_head") == {
        "review.not_passed",
        "discussion.missing",
    }
    w.passed(walk).take("discuss", w.DISCUSSION, "agency_head")
    w.all_served(w.decided(walk))
    walk.take("record_payment", w.pay(w.MAJOR_FEN), "case_handler", after=2)
    _to_the_archive(walk)
    assert walk.replayed() == walk.facts


def test_a_major_case_reviewed_before_the_notice() -> None:
    walk = w.noticed(w.draft(w.MAJOR_FEN), w.Walk(policy=Policy(review_first=True)))
    assert walk.facts.review_pass is not None
    walk.day = walk.day.replace(month=4)
    walk.take("discuss", w.DISCUSSION, "agency_head")
    w.all_served(w.decided(walk))
    assert walk.replayed() == walk.facts


def test_reviewed_first_and_again_after_the_hearing() -> None:
    walk = w.Walk(policy=Policy(review_first=True))
    w.heard(w.requested(w.noticed(w.draft(w.MAJOR_FEN), walk)))
    assert walk.facts.review_pass is None  # the hearing has voided it
    assert "review.not_passed" in walk.refused("discuss", w.DISCUSSION, "agency_head")
    w.passed(walk).take("discuss", w.DISCUSSION, "agency_head")
    w.decided(walk)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.PENALTY], ids=str)
def test_no_penalty_is_decided_after_case_review(outcome: Outcome) -> None:
    walk = w.reported(w.draft(outcome=outcome, penalties=()))
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    assert w.decided(walk).last
    assert walk.last is not None
    assert walk.last.documents == ("no_penalty_decision",)
    w.all_served(walk)
    assert walk.facts.closing_event_on == walk.day
    assert {term.key for term in walk.facts.running()} == {"T36", "T37", "T45"}
    _to_the_archive(walk)
    assert walk.replayed() == walk.facts


def test_a_licence_revoked_is_major_whatever_the_amount() -> None:
    revoked = (PenaltyItem(kind=PenaltyKind.REVOKE_LICENCE),)
    assert w.reported(w.draft(penalties=revoked)).facts.grounds == (MajorGround.CATALOGUE,)


def test_definitions_are_found_by_key_and_version() -> None:
    assert definitions.get("penalty.ordinary", "2021-07-15") is w.PROCEDURE
    for key, version in (("penalty.ordinary", "1996-10-01"), ("permit", "2021-07-15")):
        with pytest.raises(definitions.NoSuchProcedure):
            definitions.get(key, version)
    with pytest.raises(definitions.NoSuchProcedure):
        definitions.latest("permit")


def test_a_remedy_that_is_learnt_after_the_case_was_archived_has_its_own_day() -> None:
    walk = w.all_served(w.small_decided())
    served_on = walk.day
    walk.take("record_payment", w.pay(), "case_handler", after=2)
    _to_the_archive(walk)
    early = a.Remedy(party=w.COMPANY.id, authority="海门区演示政府", note="")
    codes = {
        one.code
        for one in walk.why(
            "record_reconsideration", early, "case_handler", on=served_on - timedelta(days=1)
        )
    }
    assert codes == {"step.before_previous"}
    walk.take("record_reconsideration", early, "case_handler", on=served_on + timedelta(days=1))
    assert walk.facts.reconsidered == (w.COMPANY.id,)
