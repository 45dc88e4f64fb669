"""Every rule that says no, each with a case in which it does; `codes` are all that forbid the step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.core.procedures import walk as w

from zhifa.law.citations import APL
from zhifa.procedures import actions as a
from zhifa.procedures import engine
from zhifa.procedures.facts import Policy
from zhifa.procedures.model import NoSuchStep, StepRefused
from zhifa.procedures.values import (
    GateQuestion,
    Outcome,
    PenaltyItem,
    PenaltyKind,
    PreservationDisposal,
    ReviewOpinion,
    ServiceMethod,
)

MAJOR = w.draft(w.MAJOR_FEN)
STRANGER = UUID(int=999)
FILE = a.File(reason="涉嫌违法", handlers=w.HANDLERS)


def verified(*parties: Any, **clue: Any) -> w.Walk:
    walk = w.Walk().take("register_clue", w.clue(*parties, **clue), "case_handler")
    return walk.take("verify", a.Verify(findings="属实", facts_suspected=True), "case_handler")


def preserved(walk: w.Walk) -> w.Walk:
    items = (a.PreservedItem(name="账册", quantity="1本"),)
    data = a.RegisterPreservation(party=w.COMPANY.id, place="店内", items=items, reason="可能灭失")
    return walk.take("register_preservation", data, "agency_head")


def disposal(sequence: int) -> a.DisposePreservation:
    return a.DisposePreservation(
        preservation=sequence, disposal=PreservationDisposal.RELEASE, reason="无须保存"
    )


def being_tested(walk: w.Walk) -> w.Walk:
    data = a.SendForTesting(subject="样品", institution="演示检测", purpose="检测")
    return walk.take("send_for_testing", data, "case_handler", after=1)


def monitored(**changes: Any) -> a.CollectEvidence:
    audit = a.MonitoringAudit(
        device="演示探头1号", legal_audit="法制科 2026-01-05", technical_audit="计量所 2026-01-06",
        published="本机关网站 2026-01-10", record_audited=True, party_told="短信，可在网上查询",
    )  # fmt: skip
    return replace(w.EVIDENCE, monitor=replace(audit, **changes))


def revision(draft: Any) -> a.ReviseDraft:
    return a.ReviseDraft(draft=draft, reason="复核")


def report(**changes: Any) -> a.Report:
    return a.Report(draft=w.draft(**changes), course="依法调查")


def defended(walk: w.Walk) -> w.Walk:
    data = a.RecordDefence(
        party=w.COMPANY.id, text="请求从轻", reexamination="不予采纳", accepted=False
    )
    return walk.take("record_defence", data, "case_handler")


def waived(walk: w.Walk, party: Any = w.COMPANY) -> w.Walk:
    data = a.WaiveDefence(party=party.id, statement="放弃")
    return walk.take("waive_defence", data, "case_handler")


def opinion(value: ReviewOpinion, text: str = "意见") -> a.GiveOpinion:
    return a.GiveOpinion(value=value, text=text)


def in_review() -> w.Walk:
    walk = w.noticed(MAJOR)
    walk.day += timedelta(days=20)
    return walk.take("submit_review", a.SubmitReview(), "case_handler")


def no_penalty_opinion() -> w.Walk:
    return in_review().take("give_opinion", opinion(ReviewOpinion.NO_PENALTY), "legal_reviewer")


def major_discussed() -> w.Walk:
    walk = w.passed(after_all(w.noticed(MAJOR)))
    return walk.take("discuss", w.DISCUSSION, "agency_head")


def after_all(walk: w.Walk) -> w.Walk:
    walk.day += timedelta(days=20)
    return walk


def appointment(host: UUID = w.PEOPLE["hearing_host"], clerk: UUID = w.PEOPLE["hearing_clerk"]):
    return a.AppointHost(host=host, clerk=clerk)


def fixing(days: int = 21) -> a.FixHearingDay:
    return a.FixHearingDay(hearing_on=w.DAY + timedelta(days=days), place="会议室", public=True)


def requested() -> w.Walk:
    return w.requested(w.noticed(MAJOR))


def appointed() -> w.Walk:
    return requested().take("appoint_host", appointment(), "agency_head")


def fixed() -> w.Walk:
    return appointed().take("fix_hearing_day", fixing(30), "case_handler")


def fixed_near(days: int) -> w.Walk:
    walk = appointed()
    near = a.FixHearingDay(hearing_on=walk.day + timedelta(days=days), place="会议室", public=False)
    return walk.take("fix_hearing_day", near, "case_handler")


def recused(walk: w.Walk, who: str) -> w.Walk:
    data = a.DecideRecusal(officer=w.PEOPLE[who], reason="利害关系", granted=True)
    return walk.take("decide_recusal", data, "agency_head")


def announced(walk: w.Walk) -> w.Walk:
    return walk.take(
        "publish_service_notice", a.Announce(medium="网站", text="公告"), "case_handler"
    )


def performing() -> w.Walk:
    walk = w.all_served(w.small_decided())
    return walk.take("record_payment", w.pay(100, complete=False), "case_handler")


def transferred() -> w.Walk:
    data = a.HandOver(recipient="公安机关", reason="涉嫌犯罪", suspected_crime=True)
    return w.investigating().take("hand_over", data, "agency_head")


def deferral(until: date) -> a.Instalment:
    return a.Instalment(party=w.COMPANY.id, until=until, reason="经济困难")


def _checked(walk: w.Walk) -> w.Walk:
    return walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")


def _nobody() -> w.Walk:
    walk = w.Walk().take("register_clue", replace(w.clue(), parties=()), "case_handler")
    return walk.take("verify", a.Verify(findings="", facts_suspected=True), "case_handler")


def _answer_again(*, yes: bool) -> w.Walk:
    answer = a.AnswerGate(question=GateQuestion.COMPLEX, yes=yes, reason="依据案情")
    return w.reported().take("answer_gate", answer, "handling_unit_head")


def _outdated() -> w.Walk:
    """A notice that a correction has shown to be of another text."""
    walk = after_all(w.noticed())
    other = w.draft(facts_found="另有两批")
    walk.facts = replace(walk.facts, draft=other, draft_sha256=other.digest)
    return walk


def _two_decided() -> w.Walk:
    return w.decided(after_all(w.noticed(None, None, w.COMPANY, w.SHOPKEEPER)))


def _decided_without_penalty() -> w.Walk:
    walk = w.decided(_checked(w.reported(w.NO_PENALTY)))
    return w.all_served(walk)


def _warned() -> w.Walk:
    warning = (PenaltyItem(kind=PenaltyKind.WARNING),)
    return w.all_served(w.decided(after_all(w.noticed(w.draft(penalties=warning)))))


Stretch = Callable[[], w.Walk]
CASES: dict[str, tuple[Stretch, str, Any, str, dict[str, Any], set[str]]] = {
    # --- a device that recorded: APL art. 41 -------------------------------------------------
    "an audited record of a device": (w.investigating, "collect_evidence", monitored(), "case_handler", {}, set()),
    "a device without technical audit": (w.investigating, "collect_evidence", monitored(technical_audit=" "), "case_handler", {}, {"monitor.not_audited"}),
    "a device whose place nobody knows": (w.investigating, "collect_evidence", monitored(published=""), "case_handler", {}, {"monitor.place_not_published"}),
    "a record nobody audited": (w.investigating, "collect_evidence", monitored(record_audited=False), "case_handler", {}, {"monitor.record_not_audited"}),
    "a party that was not told": (w.investigating, "collect_evidence", monitored(party_told=""), "case_handler", {}, {"monitor.party_not_told"}),
    # --- people -----------------------------------------------------------------------------
    "another role": (verified, "file", FILE, "case_handler", {}, {"role.missing", "approval.own_work"}),
    "another handler": (w.investigating, "collect_evidence", w.EVIDENCE, "third_handler", {}, {"handler.not_assigned"}),
    "own work": (verified, "file", FILE, "case_handler", {"roles": ("agency_head",)}, {"approval.own_work"}),
    "drafted it": (
        lambda: w.reported().take("return_case_review", w.REASON, "case_reviewer").take(
            "report", report(amount_fen=400_000), "handling_unit_head"),
        "pass_case_review", a.CaseReview(text=""), "handling_unit_head", {"roles": ("case_reviewer",)},
        {"approval.own_work"},
    ),
    "recused": (lambda: recused(w.investigating(), "third_handler"), "collect_evidence", w.EVIDENCE, "third_handler", {}, {"handler.not_assigned", "actor.recused"}),
    "one certificate has run out": (
        w.investigating, "collect_evidence", w.EVIDENCE, "case_handler",
        {"officers": (w.officer(w.HANDLERS[0]), w.officer(w.HANDLERS[1], valid_until=date(2026, 1, 1)))},
        {"officer.certificate_invalid", "officers.too_few"},
    ),
    "one officer is suspended": (
        w.investigating, "collect_evidence", w.EVIDENCE, "case_handler",
        {"officers": (w.officer(w.HANDLERS[0]), w.officer(w.HANDLERS[1], suspended=True))},
        {"officer.certificate_invalid", "officers.too_few"},
    ),
    "an officer nobody knows": (verified, "file", a.File(reason="涉嫌", handlers=(w.HANDLERS[0], STRANGER)), "agency_head", {}, {"officer.certificate_invalid", "officers.too_few"}),
    "the same officer twice": (verified, "file", a.File(reason="涉嫌", handlers=(w.HANDLERS[0],) * 2), "agency_head", {}, {"officers.too_few"}),
    "nobody chosen yet": (verified, "file", None, "agency_head", {}, set()),
    "a recused officer assigned": (
        lambda: recused(w.investigating(), "third_handler"), "reassign",
        a.Reassign(handlers=(w.HANDLERS[0], w.PEOPLE["third_handler"]), reason="人手不足"),
        "handling_unit_head", {}, {"officer.recused"},
    ),
    "a stranger recused and assigned": (
        lambda: w.investigating().take("decide_recusal", a.DecideRecusal(officer=STRANGER, reason="利害", granted=True), "agency_head"),
        "reassign", a.Reassign(handlers=(*w.HANDLERS, STRANGER), reason="人手不足"), "handling_unit_head", {},
        {"officer.recused", "officer.certificate_invalid"},
    ),
    "nobody able takes over a clue": (
        verified, "reassign", a.Reassign(handlers=(STRANGER,), reason="调离"), "agency_head", {},
        {"officer.certificate_invalid", "officers.none"},
    ),
    "one officer takes over a clue": (
        verified, "reassign", a.Reassign(handlers=(w.PEOPLE["third_handler"],), reason="调离"),
        "handling_unit_head", {}, set(),
    ),
    "one officer for what is filed": (
        w.filed, "reassign", a.Reassign(handlers=(w.PEOPLE["third_handler"],), reason="调离"),
        "handling_unit_head", {}, {"officers.too_few"},
    ),
    "left with one handler": (lambda: recused(w.investigating(), "second_handler"), "collect_evidence", w.EVIDENCE, "case_handler", {}, {"officers.too_few"}),
    "no capacity": (verified, "file", FILE, "agency_head", {"body_has_capacity": False}, {"body.without_capacity"}),
    "item out of force": (verified, "file", FILE, "agency_head", {"power_item_valid": False}, {"power_item.not_in_force"}),
    "certificate not shown": (w.investigating, "interview", w.interview(certificate_shown=False), "case_handler", {}, {"certificate.not_shown"}),
    "rights not told": (w.investigating, "inspect_on_site", w.inspection(rights_told=False), "case_handler", {}, {"rights.not_told"}),
    "rights told before": (
        lambda: w.investigating().take("inspect_on_site", w.inspection(), "case_handler"),
        "interview", w.interview(rights_told=False), "case_handler", {}, set(),
    ),
    "reviewed by a handler": (w.reported, "pass_case_review", a.CaseReview(text=""), "second_handler", {"roles": ("case_reviewer",)}, {"reviewer.is_handler", "approval.own_work"}),
    "reviewer without qualification": (in_review, "give_opinion", w.APPROVE, "legal_reviewer", {"reviewer_qualified": False}, {"reviewer.not_qualified"}),
    "party of another case": (w.investigating, "inspect_on_site", w.inspection(party=STRANGER), "case_handler", {}, {"party.not_of_this_case"}),
    "minor without guardian": (
        lambda: _checked(w.reported(None, None, replace(w.YOUTH, guardian=" "))),
        "notify", w.served(w.YOUTH), "agency_head", {}, {"party.guardian_unknown"},
    ),
    "minor with guardian": (lambda: _checked(w.reported(None, None, w.YOUTH)), "notify", w.served(w.YOUTH), "agency_head", {}, set()),
    "no reason": (verified, "refuse_filing", a.Reasoned(reason=" "), "agency_head", {}, {"reason.missing"}),
    "no reason asked beforehand": (verified, "refuse_filing", None, "agency_head", {}, set()),
    # --- dates ------------------------------------------------------------------------------
    "before the step it follows": (verified, "file", FILE, "agency_head", {"on": w.DAY - timedelta(days=1)}, {"step.before_previous"}),
    "an earlier record entered late": (
        lambda: w.investigating().take("interview", w.interview(), "case_handler", after=5),
        "inspect_on_site", w.inspection(), "case_handler", {"on": w.DAY + timedelta(days=3)}, set(),
    ),
    "before the case was in this state": (w.investigating, "inspect_on_site", w.inspection(), "case_handler", {"on": w.DAY}, {"step.before_previous"}),
    "defence before the notice": (w.noticed, "record_defence", a.RecordDefence(party=w.COMPANY.id, text="", reexamination="", accepted=False), "case_handler", {"on": w.DAY}, {"notice.not_given", "step.before_previous"}),
    # --- clue and filing --------------------------------------------------------------------
    "discovered after it was registered": (w.Walk, "register_clue", w.clue(discovered_on=date(2026, 4, 1)), "case_handler", {}, {"clue.discovered_later"}),
    "an act that ends after it was registered": (
        w.Walk, "register_clue", w.clue(offence_ended_on=w.DAY + timedelta(days=1)), "case_handler", {},
        {"clue.offence_ends_later"},
    ),
    "an act that still went on when it was discovered": (
        w.Walk, "register_clue", w.clue(discovered_on=w.DAY - timedelta(days=1)), "case_handler", {}, set(),
    ),
    "a party twice": (w.Walk, "register_clue", w.clue(w.COMPANY, w.COMPANY), "case_handler", {}, {"party.entered_twice"}),
    "clue asked beforehand": (w.Walk, "register_clue", None, "case_handler", {}, set()),
    "no party": (_nobody, "file", FILE, "agency_head", {}, {"party.unknown"}),
    "no facts": (
        lambda: w.Walk().take("register_clue", w.clue(), "case_handler").take("verify", a.Verify(findings="不实", facts_suspected=False), "case_handler"),
        "file", FILE, "agency_head", {}, {"filing.no_facts"},
    ),
    "time barred": (lambda: verified(offence_ended_on=date(2023, 3, 1)), "file", FILE, "agency_head", {}, {"limitation.over"}),
    "grave harm: five years": (lambda: verified(offence_ended_on=date(2023, 3, 1), grave_harm=True), "file", FILE, "agency_head", {}, set()),
    "grave harm before the five years": (lambda: verified(offence_ended_on=date(2021, 7, 1), grave_harm=True), "file", FILE, "agency_head", {}, {"limitation.over"}),
    "before any text": (lambda: verified(offence_ended_on=date(2008, 1, 1)), "file", FILE, "agency_head", {}, {"limitation.over"}),
    "before the calendar": (lambda: verified(offence_ended_on=date(1990, 1, 1)), "file", FILE, "agency_head", {}, {"limitation.over"}),
    "end of the act unknown": (lambda: verified(offence_ended_on=None), "file", FILE, "agency_head", {}, set()),
    "handed over to nobody": (w.investigating, "hand_over", a.HandOver(recipient="", reason="涉嫌犯罪"), "agency_head", {}, {"transfer.incomplete"}),
    # --- investigation ----------------------------------------------------------------------
    "nothing preserved": (w.investigating, "dispose_preservation", None, "agency_head", {}, {"preservation.none_open"}),
    "another preservation": (lambda: preserved(w.investigating()), "dispose_preservation", disposal(99), "agency_head", {}, {"preservation.none_open"}),
    "disposed before registered": (lambda: preserved(after_all(w.investigating())), "dispose_preservation", disposal(5), "agency_head", {"on": w.DAY + timedelta(days=5)}, {"preservation.none_open"}),
    "preservation open": (lambda: preserved(w.reported()), "pass_case_review", a.CaseReview(text=""), "case_reviewer", {}, {"preservation.still_open"}),
    "no testing": (w.investigating, "receive_result", None, "case_handler", {}, {"testing.none_open"}),
    "another testing": (lambda: being_tested(w.investigating()), "receive_result", a.ReceiveResult(testing=1, result=""), "case_handler", {}, {"testing.none_open"}),
    "testing open": (lambda: being_tested(w.reportable()), "report", report(), "case_handler", {}, {"testing.still_open"}),
    "nothing investigated": (
        w.investigating, "report", None, "case_handler", {},
        {"evidence.none", "investigation.nothing_recorded", "gate.unanswered"},
    ),
    "yes turned back": (
        lambda: _answer_again(yes=True), "answer_gate", a.AnswerGate(question=GateQuestion.COMPLEX, yes=False, reason="不复杂"),
        "handling_unit_head", {}, {"gate.yes_turned_back"},
    ),
    "no turned into yes": (w.reported, "answer_gate", a.AnswerGate(question=GateQuestion.COMPLEX, yes=True, reason="复杂"), "handling_unit_head", {}, set()),
    "yes taken back before the report": (
        lambda: w.answered(w.investigating(), yes=frozenset(GateQuestion)), "answer_gate",
        a.AnswerGate(question=GateQuestion.COMPLEX, yes=False, reason="不复杂"), "case_handler", {}, set(),
    ),
    # --- proposal ---------------------------------------------------------------------------
    "empty proposal": (
        w.reportable, "report",
        report(facts_found="", evidence=(), reasons="", violated=(), basis=(), penalties=(), discretion_reasons=""),
        "case_handler", {},
        {f"draft.{what}_missing" for what in ("facts", "evidence", "reasons", "violated", "basis", "penalties", "discretion")},
    ),
    "no penalty with a fine": (w.reportable, "report", report(outcome=Outcome.NO_PENALTY_MINOR), "case_handler", {}, {"draft.penalties_without_penalty"}),
    "negative amount": (w.reportable, "report", report(amount_fen=-1), "case_handler", {}, {"draft.amount_negative"}),
    "under fourteen": (lambda: w.reportable(None, replace(w.YOUTH, born_on=date(2015, 1, 1))), "report", report(), "case_handler", {}, {"party.under_fourteen"}),
    "under fourteen, not punished": (lambda: w.reportable(None, replace(w.YOUTH, born_on=date(2015, 1, 1))), "report", report(outcome=Outcome.NO_PENALTY_NOT_RESPONSIBLE, penalties=()), "case_handler", {}, set()),
    "a penalty of nobody": (w.reportable, "report", a.Report(draft=w.draft(penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=1, party=UUID(int=7)),)), course="x"), "case_handler", {}, {"draft.penalty_of_nobody", "draft.party_without_penalty"}),
    "a party without penalty": (lambda: w.reportable(None, w.COMPANY, w.SHOPKEEPER), "report", a.Report(draft=w.draft(penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=1, party=w.COMPANY.id),)), course="x"), "case_handler", {}, {"draft.party_without_penalty"}),
    "money partly of one": (w.reportable, "report", a.Report(draft=w.draft(penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=1, party=w.COMPANY.id), PenaltyItem(kind=PenaltyKind.FINE, amount_fen=1))), course="x"), "case_handler", {}, {"draft.partly_apart"}),
    "heavier for a defence": (lambda: defended(w.noticed()), "revise_draft", revision(w.draft(600_000)), "case_handler", {}, {"draft.heavier_for_defence"}),
    "heavier for a hearing": (requested, "revise_draft", revision(w.draft(w.MAJOR_FEN + 1)), "case_handler", {}, {"draft.heavier_for_defence"}),
    "heavier on new facts": (lambda: defended(w.noticed()), "revise_draft", revision(w.draft(600_000, facts_found="另有两批")), "case_handler", {}, set()),
    "heavier without a defence": (w.noticed, "revise_draft", revision(w.draft(600_000)), "case_handler", {}, set()),
    "no change": (w.noticed, "revise_draft", revision(w.draft()), "case_handler", {}, {"draft.unchanged"}),
    # --- reviews ----------------------------------------------------------------------------
    "major to case review": (lambda: w.reported(MAJOR), "pass_case_review", a.CaseReview(text=""), "case_reviewer", {}, {"case_review.major_needs_legal_review"}),
    "reviewed twice": (w.noticed, "pass_case_review", a.CaseReview(text=""), "case_reviewer", {}, {"case_review.done_already"}),
    "not major": (lambda: after_all(w.noticed()), "submit_review", a.SubmitReview(), "case_handler", {}, {"review.not_major"}),
    "review before the notice": (lambda: w.reported(MAJOR), "submit_review", a.SubmitReview(), "case_handler", {}, {"notice.not_given"}),
    "review first": (lambda: w.reported(MAJOR, w.Walk(policy=Policy(review_first=True))), "submit_review", a.SubmitReview(), "case_handler", {}, set()),
    "passed already": (lambda: w.passed(after_all(w.noticed(MAJOR))), "submit_review", a.SubmitReview(), "case_handler", {}, {"review.already_passed"}),
    "notice before case review": (w.reported, "notify", w.served(), "agency_head", {}, {"case_review.not_passed"}),
    "notice before legal review": (lambda: w.reported(MAJOR, w.Walk(policy=Policy(review_first=True))), "notify", w.served(), "agency_head", {}, {"review.not_passed"}),
    "notice without a penalty": (lambda: _checked(w.reported(w.NO_PENALTY)), "notify", w.served(), "agency_head", {}, {"notice.no_penalty_proposed"}),
    "opinion without words": (in_review, "give_opinion", opinion(ReviewOpinion.CORRECT, " "), "legal_reviewer", {}, {"opinion.text_missing"}),
    "not as the pass says": (no_penalty_opinion, "discuss", w.DISCUSSION, "agency_head", {}, {"review.passed_something_else"}),
    "no review": (lambda: after_all(w.noticed(MAJOR)), "discuss", w.DISCUSSION, "agency_head", {}, {"review.not_passed"}),
    "small case changed": (lambda: after_all(w.noticed()).take("revise_draft", revision(w.draft(400_000)), "case_handler"), "decide", None, "agency_head", {}, {"case_review.not_passed"}),
    # --- the party is heard -----------------------------------------------------------------
    "not told": (lambda: _checked(w.reported()), "decide", a.Decide(outcome=Outcome.PENALTY), "agency_head", {}, {"notice.not_given"}),
    "told already": (w.noticed, "renotify", w.served(), "agency_head", {}, {"notice.given_already"}),
    "nobody told, asked beforehand": (lambda: _checked(w.reported()), "notify", None, "agency_head", {}, set()),
    "notice outdated": (_outdated, "decide", None, "agency_head", {}, {"notice.outdated", "case_review.not_passed"}),
    "outdated notice given anew": (_outdated, "renotify", w.served(), "agency_head", {}, {"case_review.not_passed"}),
    "period running": (w.noticed, "decide", a.Decide(outcome=Outcome.PENALTY), "agency_head", {}, {"defence.period_running"}),
    "period waived": (lambda: waived(w.noticed()), "decide", a.Decide(outcome=Outcome.PENALTY), "agency_head", {}, set()),
    "silence": (w.noticed, "decide", a.Decide(outcome=Outcome.PENALTY), "agency_head", {"after": 10}, set()),
    "right to a hearing": (lambda: waived(w.noticed(MAJOR)), "submit_review", a.SubmitReview(), "case_handler", {}, {"hearing.period_running"}),
    "hearing under way": (lambda: after_all(requested()), "submit_review", a.SubmitReview(), "case_handler", {}, {"hearing.not_over"}),
    "no right": (w.noticed, "request_hearing", a.RequestHearing(party=w.COMPANY.id, statement=""), "case_handler", {}, {"hearing.no_right"}),
    "no right, asked beforehand": (w.noticed, "request_hearing", None, "case_handler", {}, {"hearing.no_right"}),
    "a right, asked beforehand": (lambda: w.noticed(MAJOR), "request_hearing", None, "case_handler", {}, set()),
    "asked late": (lambda: w.noticed(MAJOR), "request_hearing", a.RequestHearing(party=w.COMPANY.id, statement=""), "case_handler", {"after": 20}, {"hearing.requested_late"}),
    "asked twice": (requested, "request_hearing", a.RequestHearing(party=w.COMPANY.id, statement=""), "case_handler", {}, {"hearing.requested_already"}),
    "not asked": (w.noticed, "appoint_host", appointment(), "agency_head", {}, {"hearing.not_requested"}),
    "host is a handler": (requested, "appoint_host", appointment(host=w.HANDLERS[0]), "agency_head", {}, {"hearing.host_is_handler"}),
    "host is the clerk": (requested, "appoint_host", appointment(host=STRANGER, clerk=STRANGER), "agency_head", {}, {"hearing.host_is_clerk"}),
    "host recused": (lambda: recused(requested(), "hearing_host"), "appoint_host", appointment(), "agency_head", {}, {"hearing.host_recused"}),
    "host asked beforehand": (requested, "appoint_host", None, "agency_head", {}, set()),
    "no host": (requested, "fix_hearing_day", fixing(), "case_handler", {}, {"hearing.no_host"}),
    "day past": (appointed, "fix_hearing_day", fixing(0), "case_handler", {}, {"hearing.day_not_ahead"}),
    "no day": (appointed, "notify_hearing", w.served(), "case_handler", {}, {"hearing.no_day"}),
    "told of the day": (lambda: fixed().take("notify_hearing", w.served(), "case_handler"), "notify_hearing", w.served(), "case_handler", {}, {"hearing.notified_already"}),
    "told too late of the day": (lambda: fixed_near(9), "notify_hearing", w.served(), "case_handler", {}, {"hearing.notified_late"}),
    "too late, asked beforehand": (lambda: fixed_near(9), "notify_hearing", None, "case_handler", {}, {"hearing.notified_late"}),
    "told in time, entered late": (lambda: fixed_near(14), "notify_hearing", None, "case_handler", {"after": 9}, set()),
    "told seven days before": (lambda: fixed_near(14), "notify_hearing", w.served(), "case_handler", {}, set()),
    "opened unprepared": (
        fixed, "open_hearing", a.OpenHearing(present=""), "hearing_host", {"on": w.DAY + timedelta(days=30)},
        {"hearing.not_notified", "hearing.not_announced"},
    ),
    "opened too early": (
        lambda: w.prepared(requested()), "open_hearing", a.OpenHearing(present=""), "hearing_host", {"after": 1},
        {"hearing.too_early", "hearing.announced_late", "hearing.another_day"},
    ),
    "another host": (lambda: w.prepared(requested()), "open_hearing", a.OpenHearing(present=""), "hearing_clerk", {"roles": ("hearing_host",), "after": 21}, {"hearing.another_host"}),
    "reported twice": (lambda: w.heard(requested()), "report_hearing", a.ReportHearing(report="", advice=""), "hearing_host", {}, {"hearing.reported_already"}),
    # --- decision, service, end -------------------------------------------------------------
    "not discussed": (lambda: w.passed(after_all(w.noticed(MAJOR))), "decide", None, "agency_head", {}, {"discussion.missing"}),
    "one head twice": (lambda: w.passed(after_all(w.noticed(MAJOR))), "discuss", replace(w.DISCUSSION, votes=w.DISCUSSION.votes[:1] * 2), "agency_head", {}, {"discussion.too_few"}),
    "one head": (lambda: w.passed(after_all(w.noticed(MAJOR))), "discuss", replace(w.DISCUSSION, votes=w.DISCUSSION.votes[:1]), "agency_head", {}, {"discussion.too_few"}),
    "decided by the reviewer": (major_discussed, "decide", None, "legal_reviewer", {"roles": ("agency_head",)}, {"decision.by_reviewer"}),
    "decided otherwise": (lambda: after_all(w.noticed()), "decide", a.Decide(outcome=Outcome.NO_VIOLATION), "agency_head", {}, {"decision.differs_from_draft"}),
    "term does not run": (w.investigating, "extend_term", a.ExtendTerm(term="T43", count=1, reason="复杂"), "agency_head", {}, {"term.not_running"}),
    "no extension": (w.investigating, "extend_term", a.ExtendTerm(term="T01", count=1, reason="复杂"), "agency_head", {}, {"term.no_extension"}),
    "extension asked beforehand": (w.investigating, "extend_term", None, "agency_head", {}, set()),
    "too long": (lambda: w.investigating(w.Walk(policy=Policy(field="samr"))), "extend_term", a.ExtendTerm(term="T01", count=31, reason="复杂"), "agency_head", {}, {"term.extension_too_long"}),
    "nothing": (lambda: w.investigating(w.Walk(policy=Policy(field="samr"))), "extend_term", a.ExtendTerm(term="T01", count=0, reason="复杂"), "agency_head", {}, {"term.extension_too_long"}),
    "too late": (lambda: w.investigating(w.Walk(policy=Policy(field="samr"))), "extend_term", a.ExtendTerm(term="T01", count=30, reason="复杂"), "agency_head", {"after": 200}, {"term.extension_late"}),
    "served already": (lambda: _two_decided().take("serve", w.served(), "case_handler"), "serve", w.served(), "case_handler", {}, {"service.done_already"}),
    "service asked beforehand": (w.small_decided, "serve", None, "case_handler", {}, set()),
    "no confirmation": (w.small_decided, "serve", w.served(method=ServiceMethod.ELECTRONIC), "case_handler", {}, {"service.no_confirmation"}),
    "left unproved": (w.small_decided, "serve", w.served(method=ServiceMethod.LIEN), "case_handler", {}, {"service.lien_unproved"}),
    "not announced": (w.small_decided, "serve", w.served(method=ServiceMethod.PUBLIC_NOTICE), "case_handler", {}, {"service.not_announced"}),
    "announced late": (lambda: announced(w.small_decided()), "serve", w.served(method=ServiceMethod.PUBLIC_NOTICE), "case_handler", {"after": 29}, {"service.announced_late"}),
    "announced in time": (lambda: announced(w.small_decided()), "serve", w.served(method=ServiceMethod.PUBLIC_NOTICE), "case_handler", {"after": 31}, set()),
    "announced twice": (lambda: announced(w.small_decided()), "publish_service_notice", None, "case_handler", {}, {"service.announced_already"}),
    "nothing due": (_decided_without_penalty, "record_payment", None, "case_handler", {}, {"payment.nothing_due"}),
    "no amount": (performing, "record_payment", w.pay(0, complete=False), "case_handler", {}, {"payment.no_amount"}),
    "not in full": (performing, "record_payment", w.pay(1), "case_handler", {}, {"payment.incomplete"}),
    "deferred too short": (performing, "grant_instalments", deferral(w.DAY), "agency_head", {}, {"payment.deferral_too_short"}),
    "deferral asked beforehand": (performing, "grant_instalments", None, "agency_head", {}, set()),
    "deferred without a term": (_warned, "grant_instalments", deferral(w.DAY), "agency_head", {}, {"term.not_running"}),
    "deferred late": (performing, "grant_instalments", deferral(w.DAY + timedelta(days=200)), "agency_head", {"after": 30}, {"term.extension_late"}),
    "nothing published": (performing, "record_withdrawal", w.REASON, "disclosure_publisher", {}, {"publication.none"}),
    "published twice": (lambda: performing().take("record_publication", a.Publish(), "disclosure_publisher"), "record_publication", a.Publish(), "disclosure_publisher", {}, {"publication.done_already"}),
    "nothing ends the case": (performing, "close", a.Close(event="", summary=""), "agency_head", {}, {"closing.no_event"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_forbids_a_step(name: str) -> None:
    build, action, data, who, more, codes = CASES[name]
    assert build().refused(action, data, who, **more) == codes


def test_a_refusal_carries_every_broken_rule_with_its_article() -> None:
    walk = w.investigating()
    with pytest.raises(StepRefused) as refusal:
        walk.take("report", report(facts_found=""), "case_handler")
    codes = {violation.code for violation in refusal.value.violations}
    assert {"evidence.none", "draft.facts_missing", "gate.unanswered"} <= codes
    assert all(violation.basis.article for violation in refusal.value.violations)
    assert walk.facts.state == "investigating"


def test_nothing_is_dated_in_the_future() -> None:
    walk = w.Walk()
    with pytest.raises(StepRefused, match=r"step\.in_future"):
        engine.advance(
            walk.procedure, walk.facts, "register_clue", w.clue(),
            circumstances=walk.circumstances("case_handler"), context=walk.context,
            on=w.DAY, today=w.DAY - timedelta(days=1),
        )  # fmt: skip


def test_a_step_the_state_does_not_have() -> None:
    with pytest.raises(NoSuchStep, match="no decide in a new case"):
        w.Walk().take("decide", a.Decide(outcome=Outcome.PENALTY), "agency_head")
    with pytest.raises(NoSuchStep) as gone:
        w.PROCEDURE.step("closed", "reassign")
    assert [(one.code, one.basis, one.about) for one in gone.value.violations] == [
        ("step.not_in_state", APL.art(42, 1), "reassign:closed")
    ]
    with pytest.raises(NoSuchStep) as unknown:
        w.PROCEDURE.data_class("unheard_of")
    assert unknown.value.violations == ()


def test_the_work_of_a_leaver_can_be_handed_on_until_the_case_is_closed() -> None:
    states = {state for step in w.PROCEDURE.steps for state in step.sources if state}
    able = {s for step in w.PROCEDURE.steps if step.action == "reassign" for s in step.sources}
    assert states - able == {"closed", "archived"}


def test_the_notice_is_asked_for_each_party_once() -> None:
    walk = _checked(w.reported(None, None, w.COMPANY, w.SHOPKEEPER))
    walk.take("notify", w.served(), "agency_head")
    assert walk.facts.state == "case_reviewed"
    assert walk.refused("notify", w.served(), "agency_head") == {"notice.given_already"}
    walk.take("notify", w.served(w.SHOPKEEPER), "agency_head")
    assert walk.facts.state == "noticed"


def test_a_case_comes_back_from_the_police() -> None:
    walk = transferred()
    assert walk.last
    assert walk.last.documents == ("criminal_transfer_letter",)
    walk.take("return_from_transfer", w.REASON, "agency_head", after=30)
    assert (walk.facts.state, walk.facts.closing_event_on) == ("investigating", None)
    again = walk.facts.term("T01")
    assert again is not None
    assert again.started_on == walk.day


def test_another_body_gets_a_letter_and_no_criminal_papers() -> None:
    data = a.HandOver(recipient="另一机关", reason="无管辖权")
    walk = w.investigating().take("hand_over", data, "agency_head")
    assert walk.last
    assert walk.last.documents == ("case_transfer_letter",)


def test_what_all_paid_together_each_does_not_pay_after_a_defence() -> None:
    walk = w.noticed(w.draft(500_000), None, w.COMPANY, w.SHOPKEEPER)
    each = tuple(
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=500_000, party=one.id)
        for one in walk.facts.parties
    )
    revised = a.ReviseDraft(draft=w.draft(penalties=each), reason="分开处罚")
    assert walk.refused("revise_draft", revised, "case_handler") == set()
    assert defended(walk).refused("revise_draft", revised, "case_handler") == {
        "draft.heavier_for_defence"
    }


def test_the_host_prepares_the_hearing_that_is_his() -> None:
    walk = requested()
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    walk.take("hand_papers_to_host", a.HandPapers(), "case_handler")
    day = a.FixHearingDay(hearing_on=walk.day + timedelta(days=21), place="三楼", public=True)
    another = {"actor": STRANGER}
    assert walk.refused("fix_hearing_day", day, "hearing_host", **another) == {
        "hearing.another_host"
    }
    assert walk.refused("fix_hearing_day", day, "third_handler") == {
        "handler.not_assigned", "hearing.another_host",
    }  # fmt: skip
    for who in ("hearing_host", "second_handler"):
        assert walk.refused("fix_hearing_day", day, who) == set()
    walk.take("fix_hearing_day", day, "hearing_host")
    assert walk.refused("notify_hearing", w.served(), "hearing_host") == set()
