"""How each step changes the facts (案情的演进): one small function an action, no judgement.

State and terms are the engine's; here stands only what the step says. A step that is lawful in itself
may take the ground from another: a changed draft voids the pass and the discussion, and if the party
would have to be told anew, the notice as well (procedures.md 3.2, guards).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.procedures import actions as a
from zhifa.procedures import gate
from zhifa.procedures.facts import (
    Circumstances,
    Context,
    CorrectionAsked,
    Decided,
    Facts,
    GateAnswer,
    Hearing,
    Linked,
    Notice,
    OpenItem,
    Passed,
    Payment,
    RemedySpell,
    Served,
)
from zhifa.procedures.terms import due_of, extended, fully_performed, hearing_right
from zhifa.procedures.values import PASSING, DecisionDraft, Outcome, ReviewOpinion, needs_new_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step being recorded: what was said, when, by whom, under what circumstances."""

    data: Any
    on: date
    circumstances: Circumstances
    context: Context

    @property
    def actor(self) -> UUID:
        return self.circumstances.actor


Recorder = Callable[[Facts, Taken], Facts]


def _register_clue(facts: Facts, step: Taken) -> Facts:
    data: a.RegisterClue = step.data
    return replace(
        facts,
        title=data.title,
        source=data.source,
        discovered_on=data.discovered_on,
        offence_ended_on=data.offence_ended_on,
        grave_harm=data.grave_harm,
        parties=data.parties,
        power_item=data.power_item,
        registered_by=step.actor,
        handlers=(step.actor,),
    )


def _verify(facts: Facts, step: Taken) -> Facts:
    data: a.Verify = step.data
    return replace(
        facts,
        verification=data.findings,
        facts_suspected=data.facts_suspected,
        parties=data.parties or facts.parties,
    )


def _file(facts: Facts, step: Taken) -> Facts:
    data: a.File = step.data
    return replace(facts, filed_on=step.on, filed_by=step.actor, handlers=data.handlers)


def _closing_event(facts: Facts, step: Taken) -> Facts:
    """The case leaves this body or is not taken up: what was under way falls away with it."""
    return replace(
        facts, closing_event_on=step.on, suspended_on=None, hearing=None, service_notice_on=None
    )


def _return_from_transfer(facts: Facts, step: Taken) -> Facts:
    return replace(facts, closing_event_on=None, filed_on=facts.filed_on or step.on)


def _inspect(facts: Facts, step: Taken) -> Facts:
    data: a.InspectOnSite = step.data
    return replace(
        facts, inspections=facts.inspections + 1, rights_told=facts.rights_told or data.rights_told
    )


def _interview(facts: Facts, step: Taken) -> Facts:
    data: a.Interview = step.data
    return replace(
        facts, interviews=facts.interviews + 1, rights_told=facts.rights_told or data.rights_told
    )


def _collect(facts: Facts, step: Taken) -> Facts:
    return replace(facts, evidence=facts.evidence + 1)


def _register_preservation(facts: Facts, step: Taken) -> Facts:
    item = OpenItem(sequence=facts.sequence, began_on=step.on)
    return replace(facts, preservations=(*facts.preservations, item))


def _dispose_preservation(facts: Facts, step: Taken) -> Facts:
    done = _finished(facts.preservations, step.data.preservation, step.on)
    return replace(facts, preservations=done)


def _send_for_testing(facts: Facts, step: Taken) -> Facts:
    return replace(
        facts, testings=(*facts.testings, OpenItem(sequence=facts.sequence, began_on=step.on))
    )


def _receive_result(facts: Facts, step: Taken) -> Facts:
    return replace(
        facts,
        testings=_finished(facts.testings, step.data.testing, step.on),
        evidence=facts.evidence + 1,
    )


def _finished(items: tuple[OpenItem, ...], sequence: int, on: date) -> tuple[OpenItem, ...]:
    return tuple(
        replace(item, finished_on=on) if item.sequence == sequence else item for item in items
    )


def _suspend(facts: Facts, step: Taken) -> Facts:
    return replace(facts, suspended_on=step.on)


def _resume(facts: Facts, step: Taken) -> Facts:
    return replace(facts, suspended_on=None)


def _terminate(facts: Facts, step: Taken) -> Facts:
    return replace(facts, suspended_on=None, closing_event_on=step.on)


def _answer_gate(facts: Facts, step: Taken) -> Facts:
    data: a.AnswerGate = step.data
    role = gate.answering_role(facts, step.circumstances)
    answer = GateAnswer(
        question=data.question, role=role, by=step.actor, yes=data.yes, reason=data.reason
    )
    kept = tuple(
        one for one in facts.gate_answers if (one.question, one.role) != (data.question, role)
    )
    facts = replace(facts, gate_answers=(*kept, answer))
    return gate.judged(facts, step.context) if facts.draft else facts


def _report(facts: Facts, step: Taken) -> Facts:
    data: a.Report = step.data
    return _with_draft(facts, data.draft, step)


def _revise_draft(facts: Facts, step: Taken) -> Facts:
    data: a.ReviseDraft = step.data
    told = facts.notice_draft
    if told is not None and needs_new_notice(data.draft, told):
        facts = without_notice(facts)
    return _with_draft(facts, data.draft, step)


def _with_draft(facts: Facts, draft: DecisionDraft, step: Taken) -> Facts:
    """Return the facts with the proposal; another text voids pass and discussion."""
    if draft.digest != facts.draft_sha256:
        facts = replace(
            facts,
            draft=draft,
            draft_sha256=draft.digest,
            review_pass=None,
            review_opinion=None,
            discussion_sha256="",
        )
    return gate.judged(_by_author(facts, step), step.context)


def _by_author(facts: Facts, step: Taken) -> Facts:
    return replace(facts, authors=tuple(sorted({*facts.authors, step.actor})))


def without_notice(facts: Facts) -> Facts:
    """Return the facts as if the party had not been told: what rested on the notice falls with it."""
    return replace(
        facts,
        notices=(),
        notice_draft=None,
        defences=(),
        waivers=(),
        hearing=None,
        service_notice_on=None,
    )


def _case_review(facts: Facts, step: Taken) -> Facts:
    return replace(facts, case_review_sha256=facts.draft_sha256, case_review_by=step.actor)


def _notify(facts: Facts, step: Taken) -> Facts:
    data: a.ServeParty = step.data
    asked = hearing_right(facts, data.party, step.context)
    notice = Notice(party=data.party, served_on=step.on, hearing_right=asked)
    facts = replace(facts, notices=(*facts.notices, notice), notice_draft=facts.draft)
    return replace(facts, service_notice_on=None) if facts.all_notified() else facts


def _renotify(facts: Facts, step: Taken) -> Facts:
    """The first notice of another text takes the place of all that were given before."""
    fresh = facts.notice_draft is not None and facts.notice_draft != facts.draft
    return _notify(without_notice(facts) if fresh else facts, step)


def _record_defence(facts: Facts, step: Taken) -> Facts:
    data: a.RecordDefence = step.data
    facts = replace(facts, defences=tuple(sorted({*facts.defences, data.party})))
    return _void_first_review(facts, step)


def _void_first_review(facts: Facts, step: Taken) -> Facts:
    """Under "review first" a recorded defence or a held hearing voids the pass."""
    return replace(facts, review_pass=None) if step.context.policy.review_first else facts


def _waive_defence(facts: Facts, step: Taken) -> Facts:
    data: a.WaiveDefence = step.data
    return replace(facts, waivers=tuple(sorted({*facts.waivers, data.party})))


def _request_hearing(facts: Facts, step: Taken) -> Facts:
    data: a.RequestHearing = step.data
    hearing = facts.hearing
    if hearing is not None and not hearing.over:
        return _hearing(facts, others=(*hearing.others, data.party))
    return replace(facts, hearing=Hearing(party=data.party, requested_on=step.on))


def _hearing(facts: Facts, **changes: Any) -> Facts:
    """Return the facts with a changed hearing; none is left where a correction took its ground."""
    if facts.hearing is None:
        return facts
    return replace(facts, hearing=replace(facts.hearing, **changes))


def _appoint_host(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, host=step.data.host, clerk=step.data.clerk)


def _hand_papers(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, papers_on=step.on)


def _fix_hearing_day(facts: Facts, step: Taken) -> Facts:
    data: a.FixHearingDay = step.data
    return _hearing(
        facts,
        hearing_on=data.hearing_on,
        begins_at=data.begins_at,
        place=data.place,
        public=data.public,
        closed_reason=data.closed_reason,
        notified=(),  # of another day everybody is told anew
        announced_on=None,
    )


def _notify_hearing(facts: Facts, step: Taken) -> Facts:
    told = facts.hearing.notified if facts.hearing else ()
    return _hearing(facts, notified=(*told, step.data.party))


def _announce_hearing(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, announced_on=step.on)


def _open_hearing(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, opened_on=step.on, present=step.data.present)


def _close_hearing(facts: Facts, step: Taken) -> Facts:
    facts = replace(_hearing(facts, closed_on=step.on), hearing_held=True)
    return gate.judged(_void_first_review(facts, step), step.context)


def _report_hearing(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, reported_on=step.on)


def _end_hearing(facts: Facts, step: Taken) -> Facts:
    return _hearing(facts, ended_on=step.on)


def _submit_review(facts: Facts, step: Taken) -> Facts:
    return _by_author(replace(facts, review_open=True, review_pass=None), step)


def _give_opinion(facts: Facts, step: Taken) -> Facts:
    data: a.GiveOpinion = step.data
    passed = None
    if data.value in PASSING:
        passed = Passed(sha256=facts.draft_sha256, opinion=data.value, by=step.actor)
    if data.value is ReviewOpinion.SUPPLEMENT_FACTS:
        facts = _reinvestigate(facts, step)
    return replace(facts, review_open=False, review_pass=passed, review_opinion=data.value)


def _reinvestigate(facts: Facts, step: Taken) -> Facts:
    """What is found anew has to be reviewed, told and discussed anew."""
    return replace(
        without_notice(facts),
        review_pass=None,
        review_opinion=None,
        discussion_sha256="",
        case_review_sha256="",
    )


def _return_case_review(facts: Facts, step: Taken) -> Facts:
    return replace(facts, case_review_sha256="")


def _discuss(facts: Facts, step: Taken) -> Facts:
    return replace(facts, discussion_sha256=facts.draft_sha256)


def _decide(facts: Facts, step: Taken) -> Facts:
    data: a.Decide = step.data
    decision = Decided(
        outcome=data.outcome, on=step.on, by=step.actor, draft_sha256=facts.draft_sha256
    )
    return replace(facts, decision=decision, service_notice_on=None)


def _extend_term(facts: Facts, step: Taken) -> Facts:
    data: a.ExtendTerm = step.data
    return _with_extension(facts, data.term, data.about, data.count, step)


def _grant_instalments(facts: Facts, step: Taken) -> Facts:
    data: a.Instalment = step.data
    term = facts.term("T06", str(data.party))
    ends_on = due_of(term, context=step.context).ends_on if term else None
    if ends_on is None:
        return facts
    return _with_extension(facts, "T06", str(data.party), (data.until - ends_on).days, step)


def _with_extension(facts: Facts, key: str, about: str, count: int, step: Taken) -> Facts:
    return replace(
        facts,
        terms=tuple(
            extended(term, count, on=step.on, context=step.context)
            if (term.key, term.about) == (key, about) and term.ended_on is None
            else term
            for term in facts.terms
        ),
    )


def _publish_service_notice(facts: Facts, step: Taken) -> Facts:
    return replace(facts, service_notice_on=step.on)


def _serve(facts: Facts, step: Taken) -> Facts:
    data: a.ServeParty = step.data
    facts = replace(facts, served=(*facts.served, Served(party=data.party, on=step.on)))
    if not facts.all_served():
        return facts
    facts = replace(facts, service_notice_on=None)
    penal = facts.decision is not None and facts.decision.outcome is Outcome.PENALTY
    return _ended_if(facts, step, ended=not penal or fully_performed(facts))


def _ended_if(facts: Facts, step: Taken, *, ended: bool) -> Facts:
    """The first event that ends the case counts: T45."""
    if not ended or facts.closing_event_on is not None:
        return facts
    return replace(facts, closing_event_on=step.on)


def _record_payment(facts: Facts, step: Taken) -> Facts:
    data: a.RecordPayment = step.data
    apart = facts.draft is not None and facts.draft.apart
    payment = Payment(
        on=step.on, fen=data.amount_fen, additional_fen=data.additional_fen, party=data.party
    )
    facts = replace(
        facts, paid_fen=facts.paid_fen + data.amount_fen, payments=(*facts.payments, payment)
    )
    owed = facts.draft.payable_by(data.party) if facts.draft else 0
    complete = data.complete or sum(one.fen for one in facts.account(data.party)) == owed
    if complete and apart:
        facts = replace(facts, paid_by=(*facts.paid_by, data.party))
    everybody = all(facts.has_paid(one.id) for one in facts.parties)
    facts = replace(facts, paid=facts.paid or (everybody if apart else complete))
    return _ended_if(facts, step, ended=fully_performed(facts))


def _perform(facts: Facts, step: Taken) -> Facts:
    data: a.Perform = step.data
    performers = facts.draft.performers if facts.draft else frozenset()
    done = facts.performed or data.complete
    if done and not facts.performed and performers and None not in performers:
        facts = replace(facts, performed_by=(*facts.performed_by, data.party))
        done = performers <= set(facts.performed_by)
    facts = replace(facts, performed=done)
    by_court = data.complete and data.by_court
    return _ended_if(facts, step, ended=by_court or fully_performed(facts))


def _reconsidered(facts: Facts, step: Taken) -> Facts:
    data: a.Remedy = step.data
    if data.concluded:
        return _remedies_over(facts, step, suit=False)
    facts = replace(facts, reconsidered=(*facts.reconsidered, data.party))
    return _remedy_begun(facts, step, suit=False)


def _sued(facts: Facts, step: Taken) -> Facts:
    data: a.Remedy = step.data
    if data.concluded:
        return _remedies_over(facts, step, suit=True)
    return _remedy_begun(replace(facts, sued=(*facts.sued, data.party)), step, suit=True)


def _remedy_begun(facts: Facts, step: Taken, *, suit: bool) -> Facts:
    spell = RemedySpell(party=step.data.party, suit=suit, since=step.on)
    return replace(facts, remedies=(*facts.remedies, spell))


def _remedies_over(facts: Facts, step: Taken, *, suit: bool | None = None) -> Facts:
    """End what runs of the party: of that kind, or of both."""
    return replace(
        facts,
        remedies=tuple(
            replace(one, until=step.on)
            if one.party == step.data.party and one.until is None and suit in {None, one.suit}
            else one
            for one in facts.remedies
        ),
    )


def _decision_changed(facts: Facts, step: Taken) -> Facts:
    data: a.Remedy = step.data
    facts = _remedies_over(facts, step)
    return _ended_if(replace(facts, decision_changed_on=step.on), step, ended=data.annulled)


def _link(facts: Facts, step: Taken) -> Facts:
    data: a.LinkCase = step.data
    link = Linked(kind=data.kind, reference=data.reference, authority=data.authority, on=step.on)
    return replace(facts, linked=(*facts.linked, link))


def _ask_correction(facts: Facts, step: Taken) -> Facts:
    data: a.AskCorrection = step.data
    asked = CorrectionAsked(
        sequence=facts.sequence, corrects=data.sequence, by=step.actor, on=step.on
    )
    return replace(facts, corrections_asked=(*facts.corrections_asked, asked))


def _correct(facts: Facts, step: Taken) -> Facts:
    """The new value stands in its place when the steps are folded again: `engine.replay`."""
    data: a.Correct = step.data
    now = [one.corrects for one in facts.corrections_asked if one.sequence == data.asked]
    return replace(_answered(facts, data.asked), corrected=(*facts.corrected, *now))


def _refuse_correction(facts: Facts, step: Taken) -> Facts:
    return _answered(facts, step.data.asked)


def _answered(facts: Facts, asked: int) -> Facts:
    left = tuple(one for one in facts.corrections_asked if one.sequence != asked)
    return replace(facts, corrections_asked=left)


def _published(facts: Facts, step: Taken) -> Facts:
    return replace(facts, published_on=step.on)


def _withheld(facts: Facts, step: Taken) -> Facts:
    return replace(facts, withheld_on=step.on)


def _withdrawn(facts: Facts, step: Taken) -> Facts:
    return replace(facts, published_on=None)


def _close(facts: Facts, step: Taken) -> Facts:
    return replace(facts, closed_on=step.on)


def _archive(facts: Facts, step: Taken) -> Facts:
    return replace(facts, archived_on=step.on)


def _reassign(facts: Facts, step: Taken) -> Facts:
    data: a.Reassign = step.data
    gone = set(facts.handlers) - set(data.handlers)
    former = tuple(sorted({*facts.former_handlers, *gone}))
    return replace(facts, handlers=data.handlers, former_handlers=former)


def _decide_recusal(facts: Facts, step: Taken) -> Facts:
    data: a.DecideRecusal = step.data
    if not data.granted:
        return facts
    facts = replace(facts, recused=tuple(sorted({*facts.recused, data.officer})))
    if data.officer not in facts.handlers:
        return facts
    return replace(
        facts,
        handlers=tuple(one for one in facts.handlers if one != data.officer),
        former_handlers=tuple(sorted({*facts.former_handlers, data.officer})),
    )


def _nothing(facts: Facts, step: Taken) -> Facts:
    return facts


RECORDERS: dict[str, Recorder] = {
    "register_clue": _register_clue,
    "verify": _verify,
    "file": _file,
    "refuse_filing": _closing_event,
    "hand_over": _closing_event,
    "return_from_transfer": _return_from_transfer,
    "investigate": _nothing,
    "inspect_on_site": _inspect,
    "interview": _interview,
    "collect_evidence": _collect,
    "register_preservation": _register_preservation,
    "dispose_preservation": _dispose_preservation,
    "send_for_testing": _send_for_testing,
    "receive_result": _receive_result,
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
    "answer_gate": _answer_gate,
    "report": _report,
    "revise_draft": _revise_draft,
    "pass_case_review": _case_review,
    "return_case_review": _return_case_review,
    "notify": _notify,
    "renotify": _renotify,
    "record_defence": _record_defence,
    "waive_defence": _waive_defence,
    "request_hearing": _request_hearing,
    "appoint_host": _appoint_host,
    "hand_papers_to_host": _hand_papers,
    "fix_hearing_day": _fix_hearing_day,
    "notify_hearing": _notify_hearing,
    "announce_hearing": _announce_hearing,
    "open_hearing": _open_hearing,
    "close_hearing": _close_hearing,
    "report_hearing": _report_hearing,
    "end_hearing": _end_hearing,
    "submit_review": _submit_review,
    "give_opinion": _give_opinion,
    "reinvestigate": _reinvestigate,
    "discuss": _discuss,
    "decide": _decide,
    "extend_term": _extend_term,
    "publish_service_notice": _publish_service_notice,
    "serve": _serve,
    "record_payment": _record_payment,
    "grant_instalments": _grant_instalments,
    "perform": _perform,
    "record_reconsideration": _reconsidered,
    "record_suit": _sued,
    "record_decision_change": _decision_changed,
    "record_publication": _published,
    "record_withholding": _withheld,
    "record_withdrawal": _withdrawn,
    "close": _close,
    "archive": _archive,
    "reassign": _reassign,
    "decide_recusal": _decide_recusal,
    "link_case": _link,
    "ask_correction": _ask_correction,
    "correct": _correct,
    "refuse_correction": _refuse_correction,
}
