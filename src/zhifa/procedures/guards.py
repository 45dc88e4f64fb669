"""What forbids a step of a penalty (不得为之的情形): one generator a rule, each with its article.

A guard yields every violation it finds. One that needs the data of the step says nothing while a page
asks beforehand (`judged.data is None`).
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from zhifa.law.citations import APL, CPL, SAMR, SAMR_HEARING, TRANSFER, Article
from zhifa.law.errors import Violation
from zhifa.law.legal_time import due, in_time
from zhifa.procedures import actions as a
from zhifa.procedures import gate
from zhifa.procedures.model import Judged
from zhifa.procedures.values import (
    DecisionDraft,
    Outcome,
    ReviewOpinion,
    ServiceMethod,
    is_heavier,
    needs_new_notice,
)

Found = Iterator[Violation]


# --- who acts ------------------------------------------------------------------------------


def two_officers(judged: Judged) -> Found:
    """At least two officers, each with a certificate that holds on that day: APL art. 42."""
    able = [officer for officer in judged.circumstances.officers if officer.may_enforce(judged.on)]
    for officer in judged.circumstances.officers:
        if not officer.may_enforce(judged.on):
            yield Violation("officer.certificate_invalid", APL.art(42), officer.name)
    if len(able) < 2:
        yield Violation("officers.too_few", APL.art(42))


def body_may_act(judged: Judged) -> Found:
    """The body has capacity and the power item is in force: APL art. 17, 38."""
    if not judged.circumstances.body_has_capacity:
        yield Violation("body.without_capacity", APL.art(38))
    if not judged.circumstances.power_item_valid:
        yield Violation("power_item.not_in_force", APL.art(38))


def certificate_shown(judged: Judged) -> Found:
    """The certificate is shown first, else the person may refuse: APL art. 55."""
    if isinstance(judged.data, a.InspectOnSite | a.Interview) and not judged.data.certificate_shown:
        yield Violation("certificate.not_shown", APL.art(55))


def rights_told(judged: Judged) -> Found:
    """Rights are told at the first contact: SAMR art. 21 to 24; APL art. 44."""
    if (
        isinstance(judged.data, a.InspectOnSite | a.Interview)
        and not judged.data.rights_told
        and not judged.facts.rights_told
    ):
        yield Violation("rights.not_told", APL.art(44))


def reviewer_is_no_handler(judged: Judged) -> Found:
    """Who reviews a case has not handled it: SAMR art. 49."""
    if judged.circumstances.actor in {*judged.facts.handlers, *judged.facts.former_handlers}:
        yield Violation("reviewer.is_handler", SAMR.art(49))


def reviewer_qualified(judged: Judged) -> Found:
    """First-time reviewers of penalties hold the national legal qualification: APL art. 58(2)."""
    if not judged.circumstances.reviewer_qualified:
        yield Violation("reviewer.not_qualified", APL.art(58, 2))


# --- clue and filing -----------------------------------------------------------------------


def parties_known(judged: Judged) -> Found:
    """There is somebody to act against: APL art. 40, 59."""
    if not judged.facts.parties:
        yield Violation("party.unknown", APL.art(40))


def facts_are_suspected(judged: Judged) -> Found:
    """Filing follows suspected facts: APL art. 54; SAMR art. 19."""
    if not judged.facts.facts_suspected:
        yield Violation("filing.no_facts", APL.art(54))


def enough_handlers(judged: Judged) -> Found:
    """At least two different officers are assigned: APL art. 42; SAMR art. 19."""
    if isinstance(judged.data, a.File | a.Reassign) and len(set(judged.data.handlers)) < 2:
        yield Violation("handlers.too_few", APL.art(42))


def within_limitation(judged: Judged) -> Found:
    """Discovered within two years (five with grave harm) of the act or its end: APL art. 36."""
    facts = judged.facts
    if facts.offence_ended_on is None or facts.discovered_on is None:
        return
    limit = due(
        judged.context.catalogue["T10"],
        start=facts.offence_ended_on,
        calendar=judged.context.calendar,
        variant="grave" if facts.grave_harm else "",
        field=judged.context.policy.field,
    )
    if not in_time(limit, facts.discovered_on):
        yield Violation("limitation.over", APL.art(36))


# --- investigation -------------------------------------------------------------------------


def party_of_the_case(judged: Judged) -> Found:
    """The step names a party of this case."""
    named: UUID | None = getattr(judged.data, "party", None)
    if named is not None and judged.facts.party(named) is None:
        yield Violation("party.not_of_this_case", APL.art(40))


def open_preservation(judged: Judged) -> Found:
    """What is disposed of was registered and is not yet disposed of: APL art. 56."""
    waiting = {item.sequence for item in judged.facts.preservations if item.finished_on is None}
    if not waiting or (
        isinstance(judged.data, a.DisposePreservation) and judged.data.preservation not in waiting
    ):
        yield Violation("preservation.none_open", APL.art(56))


def preservation_disposed(judged: Judged) -> Found:
    """Registered evidence is disposed of before the investigation is concluded: APL art. 56."""
    if any(item.finished_on is None for item in judged.facts.preservations):
        yield Violation("preservation.still_open", APL.art(56))


def open_testing(judged: Judged) -> Found:
    """A result answers a testing under way: SAMR art. 31, 64."""
    waiting = {item.sequence for item in judged.facts.testings if item.finished_on is None}
    if not waiting or (
        isinstance(judged.data, a.ReceiveResult) and judged.data.testing not in waiting
    ):
        yield Violation("testing.none_open", SAMR.art(64))


def testing_finished(judged: Judged) -> Found:
    """No testing is under way when the investigation is concluded: APL art. 54."""
    if any(item.finished_on is None for item in judged.facts.testings):
        yield Violation("testing.still_open", APL.art(54))


def evidence_collected(judged: Judged) -> Found:
    """The facts rest on evidence: APL art. 40, 46, 54."""
    if not judged.facts.evidence:
        yield Violation("evidence.none", APL.art(46))


def inspected_or_interviewed(judged: Judged) -> Found:
    """The investigation was conducted and recorded: APL art. 54, 55."""
    if not judged.facts.inspections and not judged.facts.interviews:
        yield Violation("investigation.nothing_recorded", APL.art(54))


def gate_answered(judged: Judged) -> Found:
    """Both judged grounds are answered by handler and unit head: APL art. 58(1) items 1, 3."""
    for question, role in gate.unanswered(judged.facts):
        yield Violation("gate.unanswered", APL.art(58, 1), f"{question}:{role}")


def gate_only_upward(judged: Judged) -> Found:
    """Once reported, a no may become a yes, never back: APL art. 58(1)."""
    if not isinstance(judged.data, a.AnswerGate) or judged.facts.draft is None:
        return
    had_yes = any(
        one.yes and one.question == judged.data.question for one in judged.facts.gate_answers
    )
    if had_yes and not judged.data.yes:
        yield Violation("gate.yes_turned_back", APL.art(58, 1))


def draft_complete(judged: Judged) -> Found:
    """The proposal names facts, evidence, basis, penalties, discretion and reasons: APL art. 57, 59."""
    draft: DecisionDraft | None = getattr(judged.data, "draft", None)
    if draft is None:
        return
    wanted = {
        "draft.facts_missing": draft.facts_found.strip(),
        "draft.evidence_missing": draft.evidence,
        "draft.reasons_missing": draft.reasons.strip(),
    }
    if draft.outcome is Outcome.PENALTY:
        wanted |= {
            "draft.violated_missing": draft.violated,
            "draft.basis_missing": draft.basis,
            "draft.penalties_missing": draft.penalties,
            "draft.discretion_missing": draft.discretion_reasons.strip(),
        }
    for code, present in wanted.items():
        if not present:
            yield Violation(code, APL.art(59))
    if draft.outcome is not Outcome.PENALTY and draft.penalties:
        yield Violation("draft.penalties_without_penalty", APL.art(57))


def no_penalty_under_fourteen(judged: Judged) -> Found:
    """A person under 14 is not punished: APL art. 30."""
    draft = getattr(judged.data, "draft", None) or judged.facts.draft
    day: date = judged.facts.offence_ended_on or judged.facts.discovered_on or judged.on
    if draft is None or draft.outcome is not Outcome.PENALTY:
        return
    for party in judged.facts.parties:
        age = party.age(day)
        if age is not None and age < 14:
            yield Violation("party.under_fourteen", APL.art(30), party.name)


def not_heavier_for_defence(judged: Judged) -> Found:
    """A defence or a hearing may not make the penalty heavier: APL art. 45(2).

    New facts found since are another matter: they need a new notice and so are not covered.
    """
    data = judged.data
    told = judged.facts.notice_draft
    if not isinstance(data, a.ReviseDraft) or told is None:
        return
    heard = bool(judged.facts.defences) or judged.facts.hearing_held
    if heard and data.draft.facts_found == told.facts_found and is_heavier(data.draft, told):
        yield Violation("draft.heavier_for_defence", APL.art(45, 2))


# --- reviews -------------------------------------------------------------------------------


def not_major(judged: Judged) -> Found:
    """A major penalty goes to legal review, not to case review: SAMR art. 49, 50."""
    draft = judged.facts.draft
    if judged.facts.is_major and draft is not None and draft.outcome is Outcome.PENALTY:
        yield Violation("case_review.major_needs_legal_review", APL.art(58, 1))


def is_major(judged: Judged) -> Found:
    """Legal review is asked for major decisions: APL art. 58(1)."""
    if not judged.facts.is_major:
        yield Violation("review.not_major", APL.art(58, 1))


def no_pass_yet(judged: Judged) -> Found:
    """A text that has passed is not reviewed twice."""
    if judged.facts.review_pass is not None:
        yield Violation("review.already_passed", APL.art(58))


def reviewed_before_notice(judged: Judged) -> Found:
    """What must be checked before the party is told ("review first": SAMR art. 50; else art. 49)."""
    facts = judged.facts
    draft = facts.draft
    if draft is None or draft.outcome is not Outcome.PENALTY:
        yield Violation("notice.no_penalty_proposed", APL.art(44))
        return
    if not facts.is_major:
        if facts.case_review_sha256 != facts.draft_sha256:
            yield Violation("case_review.not_passed", SAMR.art(49))
    elif judged.context.policy.review_first and not _pass_holds(judged):
        yield Violation("review.not_passed", APL.art(58, 1))


def review_after_hearing_rights(judged: Judged) -> Found:
    """Default order [policy]: review after statement, defence and hearing; SAMR: before the notice."""
    if not judged.facts.notices and not judged.context.policy.review_first:
        yield Violation("review.before_notice", APL.art(58, 1))


def _pass_holds(judged: Judged) -> bool:
    passed = judged.facts.review_pass
    return passed is not None and passed.sha256 == judged.facts.draft_sha256


def checked(judged: Judged) -> Found:
    """A major decision has a valid pass of exactly this text, any other a passed case review."""
    facts = judged.facts
    if facts.is_major:
        if not _pass_holds(judged):
            yield Violation("review.not_passed", APL.art(58, 1))
    elif facts.case_review_sha256 != facts.draft_sha256 and facts.review_pass is None:
        yield Violation("case_review.not_passed", SAMR.art(49))


def as_the_pass_says(judged: Judged) -> Found:
    """no_penalty, revoke_case and transfer pass only their own outcome: procedures.md 3.2."""
    passed = judged.facts.review_pass
    if passed is None:
        return
    outcome = judged.data.outcome if isinstance(judged.data, a.Decide) else None
    if outcome is Outcome.PENALTY and passed.opinion is not ReviewOpinion.APPROVE:
        yield Violation("review.passed_something_else", APL.art(58, 1))


# --- the party is heard --------------------------------------------------------------------


def notified(judged: Judged) -> Found:
    """Every party was told what is proposed, and of its rights: APL art. 44."""
    facts = judged.facts
    if not facts.all_notified():
        yield Violation("notice.not_given", APL.art(44))
    elif (
        facts.draft is not None
        and facts.notice_draft is not None
        and needs_new_notice(facts.draft, facts.notice_draft)
    ):
        yield Violation("notice.outdated", APL.art(44))


def defence_over(judged: Judged) -> Found:
    """Time to state and to defend is over for every party, or expressly waived: APL art. 45, 62."""
    yield from _over(judged, "T47", "defence.period_running", APL.art(45, 1))


def hearing_request_over(judged: Judged) -> Found:
    """Nobody can ask for a hearing any more: APL art. 64 item 1."""
    yield from _over(judged, "T04", "hearing.period_running", APL.art(64, item=1))


def _over(judged: Judged, key: str, code: str, basis: Article) -> Found:
    for notice in judged.facts.notices:
        term = judged.facts.term(key, str(notice.party))
        party = judged.facts.party(notice.party)
        if term is None or term.ended_on is not None or party is None:
            continue
        if term.due_on is None or judged.on <= term.due_on:
            yield Violation(code, basis, party.name)


def hearing_over(judged: Judged) -> Found:
    """A hearing that was asked for was held to its report, or has ended: APL art. 63 to 65."""
    if judged.facts.hearing is not None and not judged.facts.hearing.over:
        yield Violation("hearing.not_over", APL.art(63))


def may_request_hearing(judged: Judged) -> Found:
    """The party was told of the right, asks in time, and no hearing is under way: APL art. 63, 64."""
    if judged.facts.hearing is not None:
        yield Violation("hearing.requested_already", APL.art(64))
    if not isinstance(judged.data, a.RequestHearing):
        return
    notice = judged.facts.notice(judged.data.party)
    if notice is None or not notice.hearing_right:
        yield Violation("hearing.no_right", APL.art(63))
        return
    term = judged.facts.term("T04", str(judged.data.party))
    if term is not None and term.due_on is not None and judged.on > term.due_on:
        yield Violation("hearing.requested_late", APL.art(64, item=1))


def hearing_requested(judged: Judged) -> Found:
    """There is a hearing to prepare: APL art. 64."""
    if judged.facts.hearing is None or judged.facts.hearing.over:
        yield Violation("hearing.not_requested", APL.art(64))


def host_is_no_handler(judged: Judged) -> Found:
    """Host and clerk are no handlers of the case: APL art. 64 item 4."""
    if not isinstance(judged.data, a.AppointHost):
        return
    handlers = {*judged.facts.handlers, *judged.facts.former_handlers}
    if {judged.data.host, judged.data.clerk} & handlers:
        yield Violation("hearing.host_is_handler", APL.art(64, item=4))
    if judged.data.host == judged.data.clerk:
        yield Violation("hearing.host_is_clerk", APL.art(64, item=4))


def host_appointed(judged: Judged) -> Found:
    """A host was appointed before the day is fixed: APL art. 64 item 4."""
    if judged.facts.hearing is not None and judged.facts.hearing.host is None:
        yield Violation("hearing.no_host", APL.art(64, item=4))


def acts_as_host(judged: Judged) -> Found:
    """The hearing is conducted by the host who was appointed: APL art. 64 item 4."""
    hearing = judged.facts.hearing
    if hearing is not None and hearing.host not in {None, judged.circumstances.actor}:
        yield Violation("hearing.another_host", APL.art(64, item=4))


def hearing_day_fixed(judged: Judged) -> Found:
    """Time and place are fixed before anybody is told of them: APL art. 64 item 2."""
    if judged.facts.hearing is not None and judged.facts.hearing.hearing_on is None:
        yield Violation("hearing.no_day", APL.art(64, item=2))


def hearing_announced_in_time(judged: Judged) -> Found:
    """Seven working days lie between notice and hearing, three after an announcement: T05, T49."""
    hearing = judged.facts.hearing
    if hearing is None:
        return
    if hearing.notified_on is None:
        yield Violation("hearing.not_notified", APL.art(64, item=2))
    earliest = judged.facts.term("T05")
    if earliest is not None and earliest.due_on is not None and judged.on < earliest.due_on:
        yield Violation("hearing.too_early", APL.art(64, item=2), earliest.due_on.isoformat())
    if not hearing.public:
        return
    if hearing.announced_on is None:
        yield Violation("hearing.not_announced", SAMR_HEARING.art(22))
    announced = judged.facts.term("T49")
    if announced is not None and announced.due_on is not None and judged.on < announced.due_on:
        yield Violation(
            "hearing.announced_late", SAMR_HEARING.art(22), announced.due_on.isoformat()
        )


def on_the_fixed_day(judged: Judged) -> Found:
    """The hearing opens on the day it was fixed for: APL art. 64 item 2."""
    hearing = judged.facts.hearing
    if hearing is not None and hearing.hearing_on not in {None, judged.on}:
        yield Violation("hearing.another_day", APL.art(64, item=2))


# --- decision, service, end ----------------------------------------------------------------


def discussed(judged: Judged) -> Found:
    """A complex or major penalty is discussed collectively, on exactly this text: APL art. 57(2)."""
    facts = judged.facts
    penal = facts.draft is not None and facts.draft.outcome is Outcome.PENALTY
    if (
        facts.is_major
        and penal
        and judged.context.policy.discuss_major
        and facts.discussion_sha256 != facts.draft_sha256
    ):
        yield Violation("discussion.missing", APL.art(57, 2))


def several_heads(judged: Judged) -> Found:
    """A collective discussion has at least two heads who say their opinion: APL art. 57(2)."""
    if isinstance(judged.data, a.Discuss) and len(judged.data.votes) < 2:
        yield Violation("discussion.too_few", APL.art(57, 2))


def decides_the_draft(judged: Judged) -> Found:
    """What is decided is what was drafted, told and reviewed: APL art. 44, 58."""
    if not isinstance(judged.data, a.Decide) or judged.facts.draft is None:
        return
    if judged.data.outcome is not judged.facts.draft.outcome:
        yield Violation("decision.differs_from_draft", APL.art(57))


def extension_allowed(judged: Judged) -> Found:
    """Only a running term whose rule allows it is extended, in time: procedures.md section 1 rule 8."""
    data = judged.data
    if not isinstance(data, a.ExtendTerm):
        return
    term = judged.facts.term(data.term, data.about)
    if term is None or term.ended_on is not None:
        yield Violation("term.not_running", APL.art(85))
        return
    rule = judged.context.catalogue[data.term].rule(
        term.started_on, field=judged.context.policy.field, variant=term.variant
    )
    if len(term.extensions) >= len(rule.extensions):
        yield Violation("term.no_extension", rule.basis[0])
        return
    step = rule.extensions[len(term.extensions)]
    if data.count < 1 or (step.at_most is not None and data.count > step.at_most):
        yield Violation("term.extension_too_long", rule.basis[0], str(step.at_most))
    if term.due_on is not None and judged.on > term.due_on:
        yield Violation("term.extension_late", rule.basis[0])


def not_served_yet(judged: Judged) -> Found:
    """Each party is served once: CPL art. 87."""
    named = getattr(judged.data, "party", None)
    if any(one.party == named for one in judged.facts.served):
        yield Violation("service.done_already", CPL.art(87))


def service_valid(judged: Judged) -> Found:
    """Each method of service has its own conditions: APL art. 61; CPL art. 89, 95."""
    data = judged.data
    if not isinstance(data, a.ServeParty):
        return
    if data.method is ServiceMethod.ELECTRONIC and not data.confirmation_signed:
        yield Violation("service.no_confirmation", APL.art(61, 2))
    if data.method is ServiceMethod.LIEN and not data.witness.strip() and not data.note.strip():
        yield Violation("service.lien_unproved", CPL.art(89))
    if data.method is not ServiceMethod.PUBLIC_NOTICE:
        return
    notice = judged.facts.term("T35")
    if judged.facts.service_notice_on is None or notice is None:
        yield Violation("service.not_announced", CPL.art(95))
    elif notice.due_on is not None and judged.on < notice.due_on:
        yield Violation("service.announced_late", CPL.art(95), notice.due_on.isoformat())


def fully_paid(judged: Judged) -> Found:
    """The fine is paid in full when payment is recorded as complete: APL art. 67."""
    draft = judged.facts.draft
    if not isinstance(judged.data, a.RecordPayment) or draft is None:
        return
    if judged.data.amount_fen <= 0:
        yield Violation("payment.no_amount", APL.art(67))
    if judged.data.complete and judged.facts.paid_fen + judged.data.amount_fen < draft.amount_fen:
        yield Violation("payment.incomplete", APL.art(67))


def closing_event_happened(judged: Judged) -> Found:
    """There is an event that ends the case: T45; SAMR art. 77."""
    if judged.facts.closing_event_on is None:
        yield Violation("closing.no_event", SAMR.art(77))


def crime_report_complete(judged: Judged) -> Found:
    """A suspected crime is handed over, with its reason and recipient: transfer rule art. 5."""
    if isinstance(judged.data, a.HandOver) and not (
        judged.data.recipient.strip() and judged.data.reason.strip()
    ):
        yield Violation("transfer.incomplete", TRANSFER.art(5))


def reason_given(judged: Judged) -> Found:
    """Suspending, ending, returning and reassigning have a reason that is recorded: APL art. 47."""
    reason = getattr(judged.data, "reason", None)
    if isinstance(reason, str) and not reason.strip():
        yield Violation("reason.missing", APL.art(47))
