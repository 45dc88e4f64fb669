"""The ordinary penalty procedure (行政处罚普通程序): procedures.md 3.2 and 3.3 as a literal table.

Read it from top to bottom as a case runs. Coercive measures (P3c) and other enforcement (P16) are
procedures of their own, to which a case only links.
"""

from typing import Any

from zhifa.law.citations import APL, CPL, SAMR, SAMR_HEARING, TRANSFER
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.procedures.guards import (
    acting,
    deciding,
    drafting,
    filing,
    hearings,
    investigation,
    reviews,
)
from zhifa.procedures.model import (
    NEW,
    SAME,
    Procedure,
    Recording,
    Step,
    entry,
    new_text,
    own_notice,
    own_service,
)
from zhifa.procedures.values import PASSING, Outcome, ReviewOpinion

HANDLER, UNIT_HEAD, HEAD = "case_handler", "handling_unit_head", "agency_head"
HOST = "hearing_host"
CASE_REVIEWER, LEGAL_REVIEWER = "case_reviewer", "legal_reviewer"
DISCLOSURE_REVIEWER, PUBLISHER = "disclosure_reviewer", "disclosure_publisher"

_HEARD = ("noticed", "heard", "reviewed", "discussed")  # the party has been told
_REPORTED = ("investigated", "case_reviewed", *_HEARD)
_TO_NOTIFY = ("investigated", "case_reviewed", "reviewed")
_UNDER_WAY = (
    "clue", "verified", "filed", "investigating", "suspended", "investigated", "case_reviewed",
    "noticed", "hearing", "heard", "in_review", "reviewed", "discussed", "decided", "served",
    "performing",
)  # fmt: skip
_ENDED = ("not_filed", "transferred", "terminated")  # left to be closed; nobody enforces in them
_BY_TWO = tuple(state for state in _UNDER_WAY if state not in {"clue", "verified"})
_CORRECTABLE = (*_UNDER_WAY, *_ENDED, "closed")
_OWED = ("decided", "served", "performing")  # who is served pays, though another is not served yet
_AFTER_SERVICE = ("served", "performing", "closed", "archived")


def _when_all_notified(facts: Facts) -> str:
    return "noticed" if facts.all_notified() else facts.state


def _when_all_served(facts: Facts) -> str:
    return "served" if facts.all_served() else facts.state


def _when_performing(facts: Facts) -> str:
    return "performing" if facts.all_served() else facts.state


def _after_revision(facts: Facts) -> str:
    return "investigated" if facts.state == "case_reviewed" else facts.state


def _after_opinion(facts: Facts) -> str:
    if facts.review_opinion in PASSING:
        return "reviewed"
    if facts.review_opinion is ReviewOpinion.SUPPLEMENT_FACTS:
        return "investigating"
    return "noticed" if facts.all_notified() else "investigated"


def _transfer_papers(data: Any) -> tuple[str, ...]:
    return ("criminal_transfer_letter" if data.suspected_crime else "case_transfer_letter",)


def _decision_paper(data: Any) -> tuple[str, ...]:
    return ("penalty_decision" if data.outcome is Outcome.PENALTY else "no_penalty_decision",)


ORDINARY_PENALTY = Procedure(
    key="penalty.ordinary",
    version="2021-07-15",  # the day the APL of 2021 came into force
    name="行政处罚普通程序",
    final=frozenset({"archived"}),
    steps=(
        # P1 clue ---------------------------------------------------------------------------
        Step(
            action="register_clue", sources=(NEW,), target="clue", roles=(HANDLER,),
            basis=SAMR.art(18), data=a.RegisterClue, own_case=False,
            guards=(
                acting.body_may_act, filing.discovered_by_then, filing.ended_by_then,
                filing.parties_differ,
            ),
            documents=("case_source_register",),
        ),
        Step(
            action="verify", sources=("clue",), target="verified", roles=(HANDLER,),
            basis=SAMR.art(18), data=a.Verify, guards=(filing.parties_differ,),
        ),
        # P2 filing -------------------------------------------------------------------------
        Step(
            action="file", sources=("verified",), target="filed", roles=(HEAD,),
            basis=APL.art(54, 2), data=a.File, officers=2, approval=True,
            guards=(
                acting.body_may_act, filing.parties_known, filing.facts_are_suspected,
                filing.within_limitation, acting.reason_given,
            ),
            documents=("filing_approval",),
        ),
        Step(
            action="refuse_filing", sources=("verified",), target="not_filed", roles=(HEAD,),
            basis=SAMR.art(20), data=a.Reasoned, approval=True, guards=(acting.reason_given,),
            documents=("filing_refusal_approval",),
        ),
        # P3 investigation ------------------------------------------------------------------
        Step(
            action="investigate", sources=("filed",), target="investigating", roles=(UNIT_HEAD,),
            basis=APL.art(54, 1), data=a.Investigate, officers=2,
        ),
        Step(
            action="inspect_on_site", sources=("investigating",), target=SAME, roles=(HANDLER,),
            basis=APL.art(55), data=a.InspectOnSite, officers=2, follows=entry,
            guards=(
                acting.party_of_the_case, acting.certificate_shown, acting.rights_told,
            ),
            documents=("onsite_inspection_record",), recording=Recording.AV_BY_CATALOGUE,
        ),
        Step(
            action="interview", sources=("investigating",), target=SAME, roles=(HANDLER,),
            basis=APL.art(55), data=a.Interview, officers=2, follows=entry,
            guards=(acting.certificate_shown, acting.rights_told),
            documents=("interview_record",), recording=Recording.AV_BY_CATALOGUE,
        ),
        Step(
            action="collect_evidence", sources=("investigating",), target=SAME, roles=(HANDLER,),
            basis=APL.art(46), data=a.CollectEvidence, officers=2, follows=entry,
            guards=(investigation.monitor_audited,),
            recording=Recording.AV_BY_CATALOGUE,
        ),
        Step(
            action="register_preservation", sources=("investigating", "investigated"), target=SAME,
            roles=(HEAD,), basis=APL.art(56), data=a.RegisterPreservation, officers=2,
            follows=entry, guards=(acting.party_of_the_case, acting.reason_given),
            documents=("preservation_notice", "preservation_inventory"),
            recording=Recording.CONTINUOUS_AV,
        ),
        # Its seven days run on while the investigation is suspended.
        Step(
            action="dispose_preservation",
            sources=("investigating", "investigated", "suspended"), target=SAME, roles=(HEAD,),
            basis=APL.art(56), data=a.DisposePreservation, follows=entry,
            guards=(investigation.open_preservation, acting.reason_given),
            documents=("preservation_disposition",), recording=Recording.CONTINUOUS_AV,
        ),
        Step(
            action="send_for_testing", sources=("investigating",), target=SAME, roles=(HANDLER,),
            basis=SAMR.art(31), data=a.SendForTesting, officers=2,
        ),
        Step(
            action="receive_result", sources=("investigating",), target=SAME, roles=(HANDLER,),
            basis=SAMR.art(31), data=a.ReceiveResult, officers=2,
            guards=(investigation.open_testing,),
        ),
        Step(
            action="suspend", sources=("investigating",), target="suspended", roles=(HEAD,),
            basis=SAMR.art(46), data=a.Reasoned, approval=True, guards=(acting.reason_given,),
            documents=("suspension",),
        ),
        Step(
            action="resume", sources=("suspended",), target="investigating", roles=(HEAD,),
            basis=SAMR.art(46), data=a.Reasoned, approval=True, guards=(acting.reason_given,),
            documents=("resumption",),
        ),
        Step(
            action="terminate", sources=("investigating", "suspended"), target="terminated",
            roles=(HEAD,), basis=SAMR.art(47), data=a.Reasoned, approval=True,
            guards=(acting.reason_given, investigation.preservation_disposed),
            documents=("termination",),
        ),
        Step(
            action="answer_gate", sources=("investigating", *_REPORTED), target=SAME,
            roles=(HANDLER, UNIT_HEAD), basis=APL.art(58, 1), data=a.AnswerGate,
            guards=(investigation.gate_only_upward, acting.reason_given),
        ),
        # P4 report -------------------------------------------------------------------------
        Step(
            action="report", sources=("investigating",), target="investigated",
            roles=(HANDLER, UNIT_HEAD), basis=SAMR.art(48), data=a.Report, officers=2,
            guards=(
                investigation.evidence_collected, investigation.inspected_or_interviewed,
                investigation.testing_finished, investigation.gate_answered,
                drafting.draft_complete, drafting.each_party_named,
                drafting.no_penalty_under_fourteen,
            ),
            documents=("investigation_report",),
        ),
        Step(
            action="revise_draft", sources=_REPORTED, target=_after_revision,
            targets=("investigated", SAME), roles=(HANDLER, UNIT_HEAD), basis=APL.art(45, 1),
            data=a.ReviseDraft, officers=2,
            guards=(
                drafting.changes_something, drafting.draft_complete, drafting.each_party_named,
                drafting.no_penalty_under_fourteen, drafting.not_heavier_for_defence,
                acting.reason_given,
            ),
        ),
        # P5 case review --------------------------------------------------------------------
        Step(
            action="pass_case_review", sources=("investigated",), target="case_reviewed",
            roles=(CASE_REVIEWER,), basis=SAMR.art(49), data=a.CaseReview, own_case=False,
            approval=True,
            guards=(
                acting.reviewer_is_no_handler, reviews.not_major,
                investigation.preservation_disposed,
            ),
            documents=("case_review_opinion",),
        ),
        # After a revision the new text is checked again where the case stands.
        Step(
            action="pass_case_review", sources=_HEARD, target=SAME, roles=(CASE_REVIEWER,),
            basis=SAMR.art(49), data=a.CaseReview, own_case=False, approval=True,
            guards=(
                acting.reviewer_is_no_handler, reviews.not_major, reviews.changed_since_review,
            ),
            documents=("case_review_opinion",),
        ),
        Step(
            action="return_case_review", sources=("investigated",), target="investigating",
            roles=(CASE_REVIEWER,), basis=SAMR.art(56), data=a.Reasoned, own_case=False,
            approval=True, guards=(acting.reviewer_is_no_handler, acting.reason_given),
            documents=("case_review_opinion",),
        ),
        # P6 notice -------------------------------------------------------------------------
        Step(
            action="notify", sources=_TO_NOTIFY, target=_when_all_notified,
            targets=("noticed", SAME), roles=(HEAD,), basis=APL.art(44), data=a.ServeParty,
            approval=True, follows=entry,
            guards=(
                acting.party_of_the_case, acting.guardian_known, hearings.notice_needed,
                reviews.reviewed_before_notice, drafting.each_party_named,
                drafting.no_penalty_under_fourteen,
                investigation.preservation_disposed, deciding.service_valid,
            ),
            documents=("penalty_prior_notice", "service_receipt"),
        ),
        Step(
            action="renotify", sources=_HEARD, target="noticed", roles=(HEAD,),
            basis=APL.art(44), data=a.ServeParty, approval=True, follows=new_text,
            guards=(
                acting.party_of_the_case, acting.guardian_known, hearings.notice_needed,
                reviews.reviewed_before_notice, drafting.each_party_named,
                drafting.no_penalty_under_fourteen,
                deciding.service_valid,
            ),
            documents=("penalty_prior_notice", "service_receipt"),
        ),
        # P7 statement and defence ----------------------------------------------------------
        Step(
            action="record_defence", sources=("noticed",), target=SAME, roles=(HANDLER,),
            basis=APL.art(45, 1), data=a.RecordDefence, officers=2, follows=own_notice,
            guards=(acting.party_of_the_case, hearings.told_before),
            documents=("statement_defence_record", "reexamination_opinion"),
        ),
        Step(
            action="waive_defence", sources=("noticed",), target=SAME, roles=(HANDLER,),
            basis=APL.art(62), data=a.WaiveDefence, officers=2, follows=own_notice,
            guards=(acting.party_of_the_case, hearings.told_before),
            documents=("statement_defence_record",),
        ),
        # P8 hearing (3.3) ------------------------------------------------------------------
        Step(
            action="request_hearing", sources=("noticed",), target=SAME, roles=(HANDLER,),
            basis=APL.art(64, item=1), data=a.RequestHearing, officers=2, follows=own_notice,
            guards=(acting.party_of_the_case, hearings.told_before, hearings.may_request_hearing),
        ),
        Step(
            action="appoint_host", sources=("noticed",), target=SAME, roles=(HEAD,),
            basis=APL.art(64, item=4), data=a.AppointHost,
            guards=(hearings.hearing_requested, hearings.host_is_no_handler),
        ),
        Step(
            action="hand_papers_to_host", sources=("noticed",), target=SAME, roles=(HANDLER,),
            basis=SAMR_HEARING.art(19), data=a.HandPapers, officers=2,
            guards=(hearings.hearing_requested, hearings.host_appointed),
        ),
        Step(
            action="fix_hearing_day", sources=("noticed",), target=SAME, roles=(HANDLER, HOST),
            basis=APL.art(64, item=2), data=a.FixHearingDay, officers=2,
            guards=(
                hearings.hearing_requested, hearings.host_appointed, hearings.prepared_by_its_own,
                hearings.day_ahead,
            ),
        ),
        Step(
            action="notify_hearing", sources=("noticed",), target=SAME, roles=(HANDLER, HOST),
            basis=APL.art(64, item=2), data=a.ServeParty, officers=2,
            guards=(
                hearings.hearing_requested, hearings.hearing_day_fixed,
                hearings.prepared_by_its_own, acting.party_of_the_case, hearings.not_told_of_day_yet,
                hearings.day_not_too_near, deciding.service_valid,
            ),
            documents=("hearing_notice", "service_receipt"),
        ),
        Step(
            action="announce_hearing", sources=("noticed",), target=SAME, roles=(HANDLER, HOST),
            basis=SAMR_HEARING.art(22), data=a.Announce, officers=2,
            guards=(
                hearings.hearing_requested, hearings.hearing_day_fixed,
                hearings.prepared_by_its_own,
            ),
        ),
        Step(
            action="open_hearing", sources=("noticed",), target="hearing", roles=(HOST,),
            basis=APL.art(64), data=a.OpenHearing, own_case=False,
            guards=(
                hearings.hearing_requested, hearings.host_appointed, hearings.acts_as_host,
                hearings.hearing_day_fixed, hearings.on_the_fixed_day,
                hearings.told_of_day_in_time,
            ),
            recording=Recording.CONTINUOUS_AV,
        ),
        Step(
            action="close_hearing", sources=("hearing",), target="heard", roles=(HOST,),
            basis=APL.art(64, item=8), data=a.CloseHearing, own_case=False,
            guards=(hearings.acts_as_host,), documents=("hearing_record",),
            recording=Recording.CONTINUOUS_AV,
        ),
        Step(
            action="report_hearing", sources=("heard",), target=SAME, roles=(HOST,),
            basis=SAMR_HEARING.art(29), data=a.ReportHearing, own_case=False,
            guards=(hearings.acts_as_host, hearings.not_reported_yet),
            documents=("hearing_report",),
        ),
        Step(
            action="end_hearing", sources=("noticed", "hearing"), target="noticed", roles=(HOST,),
            basis=APL.art(64, item=6), data=a.EndHearing, own_case=False,
            guards=(hearings.hearing_requested, hearings.acts_as_host, acting.reason_given),
        ),
        # P9 legal review -------------------------------------------------------------------
        Step(
            action="submit_review", sources=_REPORTED, target="in_review",
            roles=(HANDLER, UNIT_HEAD), basis=APL.art(58, 1), data=a.SubmitReview, officers=2,
            guards=(
                reviews.is_major, reviews.no_pass_yet, reviews.heard_before_review,
                investigation.preservation_disposed,
            ),
        ),
        Step(
            action="give_opinion", sources=("in_review",), target=_after_opinion,
            targets=("reviewed", "noticed", "investigated", "investigating"),
            roles=(LEGAL_REVIEWER,), basis=APL.art(58, 1), data=a.GiveOpinion, own_case=False,
            approval=True,
            guards=(
                acting.reviewer_is_no_handler, acting.reviewer_qualified,
                reviews.opinion_explained,
            ),
            documents=("legal_review_opinion",),
        ),
        Step(
            action="reinvestigate", sources=("case_reviewed", *_HEARD), target="investigating",
            roles=(HEAD,), basis=APL.art(57, 1), data=a.Reasoned, approval=True,
            guards=(acting.reason_given,),
        ),
        # P10 discussion, P11 decision ------------------------------------------------------
        Step(
            action="discuss", sources=_HEARD, target="discussed", roles=(HEAD,),
            basis=APL.art(57, 2), data=a.Discuss, approval=True,
            guards=(
                deciding.heard_before_penalty, reviews.checked, reviews.as_the_pass_says,
                deciding.several_heads,
            ),
            documents=("collective_discussion_record",),
        ),
        Step(
            action="decide", sources=("case_reviewed", *_HEARD), target="decided", roles=(HEAD,),
            basis=APL.art(57, 1), data=a.Decide, approval=True,
            guards=(
                acting.body_may_act, deciding.heard_before_penalty, reviews.checked,
                reviews.as_the_pass_says, deciding.discussed, drafting.each_party_named,
                drafting.no_penalty_under_fourteen,
                deciding.not_by_the_reviewer, deciding.decides_the_draft,
            ),
            documents=("penalty_decision", "no_penalty_decision"), choice=_decision_paper,
        ),
        # P12 service -----------------------------------------------------------------------
        Step(
            action="publish_service_notice", sources=(*_TO_NOTIFY, "noticed", "decided"),
            target=SAME, roles=(HANDLER,), basis=CPL.art(95), data=a.Announce, officers=2,
            guards=(deciding.not_announced_yet,),
        ),
        Step(
            action="serve", sources=("decided",), target=_when_all_served,
            targets=("served", SAME), roles=(HANDLER,), basis=APL.art(61), data=a.ServeParty,
            officers=2, follows=entry,
            guards=(
                acting.party_of_the_case, acting.guardian_known, deciding.not_served_yet,
                deciding.service_valid,
            ),
            documents=("service_receipt",), recording=Recording.AV_BY_CATALOGUE,
        ),
        # P13 publication -------------------------------------------------------------------
        Step(
            action="record_publication", sources=_AFTER_SERVICE, target=SAME, roles=(PUBLISHER,),
            basis=APL.art(48, 1), data=a.Publish, own_case=False, follows=entry,
            guards=(deciding.not_published, deciding.not_withheld),
        ),
        Step(
            action="record_withholding", sources=_AFTER_SERVICE, target=SAME,
            roles=(DISCLOSURE_REVIEWER, PUBLISHER), basis=APL.art(48, 1), data=a.Reasoned,
            own_case=False, follows=entry,
            guards=(deciding.not_published, deciding.not_withheld, acting.reason_given),
        ),
        Step(
            action="record_withdrawal", sources=_AFTER_SERVICE, target=SAME, roles=(PUBLISHER,),
            basis=APL.art(48, 2), data=a.Reasoned, own_case=False, follows=entry,
            guards=(deciding.published, acting.reason_given),
        ),
        # P14, P15 performance --------------------------------------------------------------
        Step(
            action="record_payment", sources=_OWED, target=_when_performing,
            targets=("performing", SAME), roles=(HANDLER,), basis=APL.art(67, 3),
            data=a.RecordPayment, follows=own_service,
            guards=(acting.party_of_the_case, deciding.served_first, deciding.fully_paid),
        ),
        Step(
            action="perform", sources=_OWED, target=_when_performing,
            targets=("performing", SAME), roles=(HANDLER,), basis=APL.art(66, 1), data=a.Perform,
            follows=own_service, guards=(acting.party_of_the_case, deciding.served_first),
        ),
        Step(
            action="grant_instalments", sources=("served", "performing"), target="performing",
            roles=(HEAD,), basis=APL.art(66, 2), data=a.Instalment, approval=True, follows=entry,
            guards=(
                acting.party_of_the_case, deciding.deferral_allowed, acting.reason_given,
            ),
        ),
        Step(
            action="record_reconsideration", sources=_AFTER_SERVICE, target=SAME,
            roles=(HANDLER,), basis=APL.art(73, 1), data=a.Remedy, follows=own_service,
            guards=(acting.party_of_the_case, deciding.reconsideration_runs),
        ),
        Step(
            action="record_suit", sources=_AFTER_SERVICE, target=SAME, roles=(HANDLER,),
            basis=APL.art(73, 1), data=a.Remedy, follows=own_service,
            guards=(acting.party_of_the_case, deciding.suit_runs),
        ),
        Step(
            action="record_decision_change", sources=_AFTER_SERVICE, target=SAME,
            roles=(HANDLER,), basis=APL.art(48, 2), data=a.Remedy, follows=own_service,
            guards=(acting.party_of_the_case,),
        ),
        # side exits ------------------------------------------------------------------------
        Step(
            action="hand_over",
            sources=(
                "clue", "verified", "filed", "investigating", "suspended", "investigated",
                "case_reviewed", *_HEARD,
            ),
            target="transferred", roles=(HEAD,), basis=APL.art(27), data=a.HandOver,
            approval=True, guards=(filing.transfer_complete,),
            documents=("criminal_transfer_letter", "case_transfer_letter"), choice=_transfer_papers,
        ),
        Step(
            action="return_from_transfer", sources=("transferred",), target="investigating",
            roles=(HEAD,), basis=TRANSFER.art(10), data=a.Reasoned,
            guards=(acting.reason_given,),
        ),
        # at any time -----------------------------------------------------------------------
        Step(
            action="extend_term", sources=_UNDER_WAY, target=SAME, roles=(HEAD,),
            basis=APL.art(60), data=a.ExtendTerm, approval=True,
            guards=(deciding.extension_allowed, acting.reason_given),
        ),
        # Two enforce a case that is filed; a clue, and what only has to be closed, has one handler.
        Step(
            action="reassign", sources=_BY_TWO, target=SAME, roles=(UNIT_HEAD, HEAD),
            basis=APL.art(42, 1), data=a.Reassign, officers=2,
            guards=(acting.reason_given, acting.taker_did_not_judge),
        ),
        Step(
            action="reassign", sources=("clue", "verified", *_ENDED), target=SAME,
            roles=(UNIT_HEAD, HEAD), basis=APL.art(42, 1), data=a.Reassign, officers=1,
            guards=(acting.reason_given, acting.taker_did_not_judge),
        ),
        Step(
            action="decide_recusal", sources=_UNDER_WAY, target=SAME, roles=(HEAD,),
            basis=APL.art(43), data=a.DecideRecusal, guards=(acting.reason_given,),
        ),
        # Of coercive measures (P3c) and execution (P16) the link: they are cases of their own.
        Step(
            action="link_case", sources=_UNDER_WAY, target=SAME, roles=(HANDLER, UNIT_HEAD),
            basis=APL.art(72, 1), data=a.LinkCase, follows=entry,
        ),
        # Whoever could take a step asks for its correction, another one grants it: `corrections`.
        Step(
            action="ask_correction", sources=_CORRECTABLE, target=SAME,
            roles=(HANDLER, UNIT_HEAD, HEAD, CASE_REVIEWER, LEGAL_REVIEWER, HOST),
            basis=APL.art(47), data=a.AskCorrection, follows=entry, of_record=True,
            guards=(acting.reason_given,),
        ),
        Step(
            action="correct", sources=_CORRECTABLE, target=SAME, roles=(UNIT_HEAD, HEAD),
            basis=APL.art(47), data=a.Correct, follows=entry, of_record=True, approval=True,
            guards=(acting.asked_by_another,),
        ),
        Step(
            action="refuse_correction", sources=_CORRECTABLE, target=SAME,
            roles=(UNIT_HEAD, HEAD), basis=APL.art(47), data=a.RefuseCorrection, follows=entry,
            of_record=True, approval=True, guards=(acting.asked_by_another, acting.reason_given),
        ),
        # P17, P18 --------------------------------------------------------------------------
        Step(
            action="close",
            sources=("served", "performing", *_ENDED),
            target="closed", roles=(HEAD,), basis=SAMR.art(77), data=a.Close, approval=True,
            guards=(deciding.closing_event_happened,), documents=("closing_report",),
        ),
        Step(
            action="archive", sources=("closed",), target="archived", roles=("archivist",),
            basis=SAMR.art(78), data=a.Archive, own_case=False,
            guards=(acting.no_correction_waits,),
        ),
    ),
)  # fmt: skip
