"""Which terms a case has at each point, when they stop, and when they end."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.core.procedures import walk as w
from tests.core.procedures.test_guards import (
    after_all,
    announced,
    being_tested,
    defended,
    disposal,
    in_review,
    opinion,
    performing,
    preserved,
    requested,
    revision,
    waived,
)

from zhifa.law.terms import StopKind
from zhifa.procedures import actions as a
from zhifa.procedures import terms
from zhifa.procedures.facts import Facts, Policy
from zhifa.procedures.values import (
    PenaltyItem,
    PenaltyKind,
    ReviewOpinion,
    ServiceMethod,
)

SAMR = Policy(field="samr")


def running(walk: w.Walk) -> set[str]:
    return {term.key for term in walk.facts.running()}


def test_filing_ends_the_clue_term_and_starts_the_ninety_days() -> None:
    walk = w.Walk().take("register_clue", w.clue(), "case_handler")
    assert running(walk) == {"T44"}
    walk = w.filed()
    assert running(walk) == {"T01"}
    term = walk.facts.term("T01")
    assert term is not None
    assert term.due_on == walk.facts.filed_on + timedelta(days=90)  # type: ignore[operator]


def test_the_clue_term_runs_from_the_day_the_clue_was_discovered_or_received() -> None:
    told = date(2026, 2, 24)  # a Tuesday; registered on Monday, 2 March
    walk = w.Walk().take("register_clue", w.clue(discovered_on=told), "case_handler")
    term = walk.facts.term("T44")
    assert term is not None
    # 28 February is worked: fifteen working days after the 24th end on 16 March.
    assert (term.started_on, term.due_on) == (told, date(2026, 3, 16))


@pytest.mark.parametrize("told", [date(2020, 5, 6), date(2001, 5, 6)])
def test_a_clue_older_than_the_law_known_here_is_counted_from_its_registration(told: date) -> None:
    walk = w.Walk().take("register_clue", w.clue(discovered_on=told), "case_handler")
    term = walk.facts.term("T44")
    assert term is not None
    assert term.started_on == w.DAY


def test_each_preservation_has_a_term_of_its_own() -> None:
    walk = preserved(preserved(w.investigating()))
    first, second = (item.sequence for item in walk.facts.preservations)
    walk.take("dispose_preservation", disposal(first), "agency_head", after=1)
    assert [term.about for term in walk.facts.running() if term.key == "T02"] == [str(second)]


def test_a_suspension_is_left_out_where_the_field_rule_says_so() -> None:
    plain, samr = (
        w.investigating(w.Walk(policy=policy))
        .take("suspend", w.REASON, "agency_head", after=1)
        .take("resume", w.REASON, "agency_head", after=9)
        for policy in (Policy(), SAMR)
    )
    ends = [walk.facts.term("T01").due_on for walk in (plain, samr)]  # type: ignore[union-attr]
    assert ends[1] - ends[0] >= timedelta(days=10)  # both ends of the stop are left out


def test_two_testings_stop_the_term_until_the_last_result() -> None:
    walk = being_tested(being_tested(w.investigating(w.Walk(policy=SAMR))))
    first, second = (item.sequence for item in walk.facts.testings)
    walk.take("receive_result", a.ReceiveResult(testing=first, result=""), "case_handler", after=3)
    term = walk.facts.term("T01")
    assert term is not None
    assert term.due_on is None
    walk.take("receive_result", a.ReceiveResult(testing=second, result=""), "case_handler", after=3)
    term = walk.facts.term("T01")
    assert term is not None
    assert [(stop.kind, stop.last) for stop in term.stops] == [(StopKind.TESTING, walk.day)]


def test_a_waiver_ends_the_term_of_that_party_alone() -> None:
    walk = waived(w.noticed(None, None, w.COMPANY, w.SHOPKEEPER), w.SHOPKEEPER)
    about = [term.about for term in walk.facts.running() if term.key == "T47"]
    assert about == [str(w.COMPANY.id)]
    assert [one.about for one in walk.why("decide", None, "agency_head")] == [w.COMPANY.name]


def test_a_hearing_that_falls_away_with_its_notice_stops_nothing() -> None:
    walk = w.requested(w.noticed(w.draft(w.MAJOR_FEN), w.Walk(policy=SAMR)))
    assert walk.facts.term("T01").due_on is None  # type: ignore[union-attr]
    walk.day += timedelta(days=2)
    walk.take(
        "revise_draft", revision(w.draft(w.MAJOR_FEN, facts_found="另有两批")), "case_handler"
    )
    term = walk.facts.term("T01")
    assert term is not None
    assert term.due_on is not None
    assert running(walk) == {"T01"}


def test_preparing_a_hearing_step_by_step() -> None:
    walk = requested()
    assert running(walk) >= {"T48"}
    w.prepared(walk)
    assert [term.variant for term in walk.facts.terms if term.key == "T48"] == [
        "host",
        "papers",
        "day",
    ]
    assert running(walk) == {"T01", "T47", "T05", "T49"}
    moved = a.FixHearingDay(hearing_on=walk.day + timedelta(days=40), place="", public=False)
    walk.take("fix_hearing_day", moved, "case_handler")
    assert running(walk) == {"T01", "T47"}  # of another day everybody is told anew
    walk.take("notify_hearing", w.served(), "case_handler")
    walk.take("open_hearing", a.OpenHearing(present=""), "hearing_host", on=moved.hearing_on)
    walk.take("close_hearing", a.CloseHearing(record=""), "hearing_host")
    assert "T50" in running(walk)


def test_a_hearing_in_private_needs_no_announcement() -> None:
    walk = requested()
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    day = a.FixHearingDay(hearing_on=walk.day + timedelta(days=20), place="", public=False)
    walk.take("fix_hearing_day", day, "case_handler").take(
        "notify_hearing", w.served(), "case_handler"
    )
    announcement = a.Announce(medium="", text="")
    walk.take("announce_hearing", announcement, "case_handler")
    assert "T49" not in running(walk)


def test_a_second_party_joins_the_hearing_and_is_told_too() -> None:
    walk = w.requested(w.noticed(w.draft(w.MAJOR_FEN), None, w.COMPANY, w.SHOPKEEPER))
    w.requested(walk, w.SHOPKEEPER)
    assert walk.facts.hearing is not None
    assert walk.facts.hearing.askers == (w.COMPANY.id, w.SHOPKEEPER.id)
    w.heard(walk)
    assert "hearing.requested_late" not in walk.refused("submit_review", None, "case_handler")


def test_a_party_may_ask_once_another_hearing_has_ended() -> None:
    walk = w.requested(w.noticed(w.draft(w.MAJOR_FEN), None, w.COMPANY, w.SHOPKEEPER))
    ended = a.EndHearing(no_show=False, reason="撤回申请")
    walk.take("end_hearing", ended, "hearing_host")
    w.requested(walk, w.SHOPKEEPER)
    assert walk.facts.hearing is not None
    assert walk.facts.hearing.askers == (w.SHOPKEEPER.id,)


def test_missing_papers_stop_the_review_and_new_ones_let_it_run_on() -> None:
    walk = in_review()
    walk.take("give_opinion", opinion(ReviewOpinion.SUPPLEMENT_PAPERS), "legal_reviewer", after=1)
    assert walk.facts.state == "noticed"
    assert walk.facts.term("T43").due_on is None  # type: ignore[union-attr]
    walk.take("submit_review", a.SubmitReview(), "case_handler", after=5)
    assert len([term for term in walk.facts.terms if term.key == "T43"]) == 1
    assert walk.facts.term("T43").due_on is not None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (ReviewOpinion.APPROVE, "reviewed"),
        (ReviewOpinion.NO_PENALTY, "reviewed"),
        (ReviewOpinion.REVOKE_CASE, "reviewed"),
        (ReviewOpinion.TRANSFER, "reviewed"),
        (ReviewOpinion.CORRECT, "noticed"),
        (ReviewOpinion.OTHER, "noticed"),
        (ReviewOpinion.SUPPLEMENT_FACTS, "investigating"),
    ],
    ids=str,
)
def test_every_other_opinion_ends_the_review(value: ReviewOpinion, state: str) -> None:
    walk = in_review().take("give_opinion", opinion(value), "legal_reviewer")
    assert walk.facts.state == state
    assert "T43" not in running(walk)


def test_returned_before_the_notice_a_case_goes_back_to_the_report() -> None:
    walk = w.reported(w.draft(w.MAJOR_FEN), w.Walk(policy=Policy(review_first=True)))
    walk.take("submit_review", a.SubmitReview(), "case_handler")
    walk.take("give_opinion", opinion(ReviewOpinion.CORRECT), "legal_reviewer")
    assert walk.facts.state == "investigated"


def test_new_facts_void_notice_review_and_discussion() -> None:
    walk = defended(w.noticed())
    walk.take("reinvestigate", w.REASON, "agency_head")
    facts = walk.facts
    assert (facts.notices, facts.defences, facts.case_review_sha256) == ((), (), "")
    assert running(walk) == {"T01"}


def test_a_revision_after_case_review_is_reviewed_again() -> None:
    walk = w.reported().take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    walk.take("revise_draft", revision(w.draft(400_000)), "case_handler")
    assert walk.facts.state == "investigated"


def test_a_lighter_proposal_keeps_the_notice() -> None:
    walk = defended(w.noticed())
    walk.take("revise_draft", revision(w.draft(400_000)), "case_handler")
    walk.take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    assert after_all(walk).refused("decide", None, "agency_head") == set()


def test_several_parties_are_told_anew_one_by_one() -> None:
    walk = w.noticed(None, None, w.COMPANY, w.SHOPKEEPER)
    walk.take("revise_draft", revision(w.draft(600_000)), "case_handler")
    walk.take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    walk.take("renotify", w.served(), "agency_head")
    assert walk.refused("decide", None, "agency_head") >= {"notice.not_given"}
    walk.take("renotify", w.served(w.SHOPKEEPER), "agency_head")
    assert after_all(walk).refused("decide", None, "agency_head") == set()


def test_a_party_told_late_of_the_notice_may_act_from_its_own_day() -> None:
    walk = w.reported(None, None, w.COMPANY, w.SHOPKEEPER)
    walk.take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    walk.take("notify", w.served(), "agency_head", after=5)
    early = walk.day - timedelta(days=2)
    walk.take("notify", w.served(w.SHOPKEEPER), "agency_head", on=early)
    assert walk.facts.last_on == early + timedelta(days=2)
    data = a.WaiveDefence(party=w.SHOPKEEPER.id, statement="放弃")
    assert walk.refused("waive_defence", data, "case_handler", on=early) == set()


def test_public_notice_stops_the_ninety_days_and_serves_after_thirty() -> None:
    walk = announced(w.reported(None, w.Walk(policy=SAMR)))
    assert walk.facts.term("T01").due_on is None  # type: ignore[union-attr]
    walk.take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    public = w.served(method=ServiceMethod.PUBLIC_NOTICE)
    walk.take("notify", public, "agency_head", after=30)
    assert walk.facts.service_notice_on is None
    assert walk.facts.term("T01").due_on is not None  # type: ignore[union-attr]
    assert "T35" not in running(walk)


def test_after_service_each_party_has_its_own_terms() -> None:
    walk = w.decided(after_all(w.noticed(None, None, w.COMPANY, w.SHOPKEEPER)))
    assert running(walk) == {"T03"}
    walk.take("serve", w.served(), "case_handler", after=2)
    assert running(walk) == {"T03", "T06", "T36", "T37"}
    walk.take("serve", w.served(w.SHOPKEEPER), "case_handler", after=1)
    assert running(walk) == {"T06", "T36", "T37", "T39"}
    assert len([term for term in walk.facts.running() if term.key == "T06"]) == 2


def test_a_deferral_moves_the_end_of_payment() -> None:
    walk = performing()
    until = walk.day + timedelta(days=90)
    data = a.Instalment(party=w.COMPANY.id, until=until, reason="经济困难")
    walk.take("grant_instalments", data, "agency_head")
    term = walk.facts.term("T06", str(w.COMPANY.id))
    assert term is not None
    assert term.due_on in {until, w.CALENDAR.next_working_day(until)}
    assert walk.refused("grant_instalments", data, "agency_head") == {"payment.deferral_too_short"}
    later = a.Instalment(party=w.COMPANY.id, until=until + timedelta(days=90), reason="困难")
    assert walk.refused("grant_instalments", later, "agency_head") == {"term.no_extension"}


def test_an_extension_is_added() -> None:
    walk = w.investigating(w.Walk(policy=SAMR))
    before = walk.facts.term("T01").due_on  # type: ignore[union-attr]
    data = a.ExtendTerm(term="T01", count=30, reason="案情复杂")
    walk.take("extend_term", data, "agency_head")
    assert walk.facts.term("T01").due_on >= before + timedelta(days=28)  # type: ignore[union-attr,operator]


def test_remedies_and_publication() -> None:
    walk = w.all_served(w.small_decided())
    remedy = a.Remedy(party=w.COMPANY.id, authority="海门区人民政府", note="")
    walk.take("record_reconsideration", remedy, "case_handler")
    walk.take("record_suit", remedy, "case_handler")
    walk.take("record_publication", a.Publish(), "disclosure_publisher")
    assert running(walk) == {"T06"}
    annulled = a.Remedy(party=w.COMPANY.id, authority="法院", note="", annulled=True)
    walk.take("record_decision_change", annulled, "case_handler")
    assert running(walk) == {"T09", "T45"}
    walk.take("record_withdrawal", w.REASON, "disclosure_publisher")
    assert running(walk) == {"T45"}


@pytest.mark.parametrize("annulled", [True, False], ids=["annulled", "varied"])
def test_what_was_changed_before_it_was_published_waits_no_longer(annulled: bool) -> None:
    walk = w.all_served(w.small_decided())
    changed = a.Remedy(party=w.COMPANY.id, authority="法院", note="", annulled=annulled)
    walk.take("record_decision_change", changed, "case_handler")
    assert "T39" not in running(walk)
    assert "T09" not in running(walk)
    walk.take("record_publication", a.Publish(), "disclosure_publisher")  # it was on its way
    assert "T09" in running(walk)
    walk.take("record_withdrawal", w.REASON, "disclosure_publisher")
    assert not {"T09", "T39"} & running(walk)


@pytest.mark.parametrize("role", ["disclosure_reviewer", "disclosure_publisher"])
def test_what_is_withheld_waits_no_longer_and_is_not_published(role: str) -> None:
    walk = w.all_served(w.small_decided())
    walk.take("record_withholding", w.REASON, role)
    assert "T39" not in running(walk)
    refused = walk.refused("record_publication", a.Publish(), "disclosure_publisher")
    assert refused == {"publication.withheld"}
    assert walk.refused("record_withholding", w.REASON, role) == {"publication.withheld"}


@pytest.mark.parametrize(
    ("kind", "amount", "steps", "closes"),
    [
        (PenaltyKind.WARNING, 0, "", True),
        (PenaltyKind.FINE, 100, "", False),
        (PenaltyKind.FINE, 100, "pay", True),
        (PenaltyKind.SUSPEND_LICENCE, 0, "", False),
        (PenaltyKind.SUSPEND_LICENCE, 0, "perform", True),
        (PenaltyKind.FINE, 100, "court", True),
        (PenaltyKind.FINE, 100, "perform", False),
    ],
)
def test_what_ends_a_case(kind: PenaltyKind, amount: int, steps: str, *, closes: bool) -> None:
    penalties = (PenaltyItem(kind=kind, amount_fen=amount),)
    walk = w.noticed(w.draft(penalties=penalties))
    walk = w.all_served(w.decided(after_all(walk)))
    if steps == "pay":
        walk.take("record_payment", w.pay(amount), "case_handler")
    elif steps:
        done = a.Perform(party=w.COMPANY.id, what="", complete=True, by_court=steps == "court")
        walk.take("perform", done, "case_handler")
    assert (walk.facts.closing_event_on is not None) is closes


def test_nothing_is_performed_before_there_is_a_decision() -> None:
    assert not terms.fully_performed(Facts())
    assert not terms.fully_performed(w.reported().facts)


def test_the_right_to_a_hearing() -> None:
    """APL art. 63: by kind, or by money of fines or of confiscations, by kind of party."""
    context = w.Walk().context

    def right(*penalties: PenaltyItem, party: object = w.COMPANY) -> bool:
        facts = Facts(parties=(party,), draft=w.draft(penalties=penalties))  # type: ignore[arg-type]
        return terms.hearing_right(facts, party.id, context)  # type: ignore[attr-defined]

    def fine(amount: int) -> PenaltyItem:
        return PenaltyItem(kind=PenaltyKind.FINE, amount_fen=amount)

    assert right(fine(10_000_000))
    assert not right(fine(9_999_999))
    assert right(fine(1_000_000), party=w.SHOPKEEPER)
    assert right(PenaltyItem(kind=PenaltyKind.REVOKE_LICENCE))
    assert right(PenaltyItem(kind=PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY, amount_fen=10_000_000))
    small, large = (
        replace(fine(1_000), party=w.SHOPKEEPER.id),
        replace(fine(10**8), party=w.COMPANY.id),
    )
    both = Facts(parties=(w.COMPANY, w.SHOPKEEPER), draft=w.draft(penalties=(small, large)))
    asked = [terms.hearing_right(both, one.id, context) for one in both.parties]
    assert asked == [True, False]  # each by what is proposed for him
    assert not terms.hearing_right(Facts(), w.COMPANY.id, context)
    assert not terms.hearing_right(Facts(draft=w.NO_PENALTY), w.COMPANY.id, context)


def test_a_refused_recusal_changes_nothing_and_a_stranger_only_withdraws() -> None:
    walk = w.investigating()
    kept = a.DecideRecusal(officer=w.HANDLERS[0], reason="无关", granted=False)
    assert walk.take("decide_recusal", kept, "agency_head").facts.recused == ()
    gone = a.DecideRecusal(officer=uuid4(), reason="有关", granted=True)
    walk.take("decide_recusal", gone, "agency_head")
    assert walk.facts.handlers == w.HANDLERS


def test_other_officers_take_over() -> None:
    walk = w.investigating()
    new = (w.HANDLERS[0], w.PEOPLE["third_handler"])
    walk.take("reassign", a.Reassign(handlers=new, reason="调离"), "handling_unit_head")
    assert walk.facts.handlers == new
    assert walk.facts.former_handlers == (w.HANDLERS[1],)


def test_ages_are_counted_in_full_years() -> None:
    assert w.YOUTH.age(date(2024, 1, 1)) == 14
    assert w.YOUTH.age(date(2023, 12, 31)) == 13
    assert w.COMPANY.age(date(2024, 1, 1)) is None
    assert not w.COMPANY.is_minor(date(2024, 1, 1))
