"""Discussion, decision, service, performance and the end of a case (决定、送达、执行、结案)."""

from zhifa.law.citations import APL, CPL, SAMR
from zhifa.law.errors import Violation
from zhifa.law.money import yuan
from zhifa.procedures import actions as a
from zhifa.procedures import terms
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.guards.hearings import (
    defence_over,
    hearing_over,
    hearing_request_over,
    notified,
)
from zhifa.procedures.guards.reviews import penal
from zhifa.procedures.model import Judged
from zhifa.procedures.performance import additional_fine, additional_fines
from zhifa.procedures.values import ServiceMethod


def heard_before_penalty(judged: Judged) -> Found:
    """No penalty before the party was told and could be heard: APL art. 44, 45, 62 to 65."""
    if penal(judged.facts):
        for guard in (notified, defence_over, hearing_request_over, hearing_over):
            yield from guard(judged)


def discussed(judged: Judged) -> Found:
    """A complex or major penalty is discussed collectively, on exactly this text: APL art. 57(2)."""
    facts = judged.facts
    wanted = facts.is_major and penal(facts) and judged.context.policy.discuss_major
    if wanted and facts.discussion_sha256 != facts.draft_sha256:
        yield Violation("discussion.missing", APL.art(57, 2))


def several_heads(judged: Judged) -> Found:
    """A collective discussion has at least two heads who say their opinion: APL art. 57(2)."""
    if not isinstance(judged.data, a.Discuss):
        return
    heads = {(vote.person.strip(), vote.post.strip()) for vote in judged.data.votes}
    if len(heads) < 2:  # namesakes are told apart by their post
        yield Violation("discussion.too_few", APL.art(57, 2))


def not_by_the_reviewer(judged: Judged) -> Found:
    """Who reviewed the case does not decide it as well: APL art. 57(1), 58(1)."""
    if judged.circumstances.actor in judged.facts.reviewed_by:
        yield Violation("decision.by_reviewer", APL.art(58, 1))


def decides_the_draft(judged: Judged) -> Found:
    """What is decided is what was drafted, told and reviewed: APL art. 44, 58."""
    if not isinstance(judged.data, a.Decide):
        return
    if judged.facts.draft is None or judged.data.outcome is not judged.facts.draft.outcome:
        yield Violation("decision.differs_from_draft", APL.art(57))


def extension_allowed(judged: Judged) -> Found:
    """Only a running term whose rule allows it is extended, in time: procedures.md section 1 rule 8."""
    data = judged.data
    if not isinstance(data, a.ExtendTerm):
        return
    yield from _extension(judged, data.term, data.about, data.count)


def deferral_allowed(judged: Judged) -> Found:
    """Payment is put off once, to a later day, while its term still runs: APL art. 66(2)."""
    data = judged.data
    if not isinstance(data, a.Instalment):
        if not any(term.key == "T06" for term in judged.facts.running()):
            yield Violation("term.not_running", APL.art(66, 2))
        return
    term = judged.facts.term("T06", str(data.party))
    ends_on = terms.due_of(term, context=judged.context).ends_on if term else None
    if term is None or ends_on is None or term.ended_on is not None:
        yield Violation("term.not_running", APL.art(66, 2))
    elif data.until <= ends_on:
        yield Violation("payment.deferral_too_short", APL.art(66, 2), ends_on.isoformat())
    else:
        yield from _extension(judged, "T06", str(data.party), (data.until - ends_on).days)


def _extension(judged: Judged, key: str, about: str, count: int) -> Found:
    term = judged.facts.term(key, about)
    if term is None or term.ended_on is not None:
        yield Violation("term.not_running", APL.art(85))
        return
    rule = terms.rule_of(term, context=judged.context)
    if len(term.extensions) >= len(rule.extensions):
        yield Violation("term.no_extension", rule.basis[0])
        return
    step = rule.extensions[len(term.extensions)]
    if count < 1 or (step.at_most is not None and count > step.at_most):
        yield Violation("term.extension_too_long", rule.basis[0], str(step.at_most or ""))
    ends_on = terms.due_of(term, context=judged.context).ends_on
    if ends_on is not None and judged.on > ends_on:
        yield Violation("term.extension_late", rule.basis[0], ends_on.isoformat())


def not_served_yet(judged: Judged) -> Found:
    """Each party is served once: CPL art. 87."""
    if judged.data is not None and any(
        one.party == judged.data.party for one in judged.facts.served
    ):
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


def not_announced_yet(judged: Judged) -> Found:
    """One public notice at a time: CPL art. 95."""
    if judged.facts.service_notice_on is not None:
        yield Violation("service.announced_already", CPL.art(95))


def served_first(judged: Judged) -> Found:
    """What is decided is owed once it was served: APL art. 61, 66."""
    served = {one.party for one in judged.facts.served}
    if not served or (judged.data is not None and judged.data.party not in served):
        yield Violation("service.not_yet", APL.art(61))


def fully_paid(judged: Judged) -> Found:
    """The fine is paid in full when payment is recorded as complete: APL art. 67."""
    facts, data = judged.facts, judged.data
    draft = facts.draft if penal(facts) else None
    left_to_add = [one.fen - one.paid_fen for one in additional_fines(facts, judged.on).values()]
    if draft is None or not draft.payable_fen or (facts.paid and max(left_to_add, default=0) <= 0):
        yield Violation("payment.nothing_due", APL.art(67))
    if not isinstance(data, a.RecordPayment):
        return
    due_fen = draft.payable_by(data.party) if draft else 0
    paid_fen = sum(one.fen for one in facts.account(data.party))
    added = additional_fine(facts, judged.on, data.party)
    if min(data.amount_fen, data.additional_fen) < 0 or not data.amount_fen + data.additional_fen:
        yield Violation("payment.no_amount", APL.art(67))
    if data.complete and paid_fen + data.amount_fen < due_fen:
        yield Violation("payment.incomplete", APL.art(67))
    if paid_fen + data.amount_fen > due_fen:
        yield Violation("payment.too_much", APL.art(67), yuan(due_fen - paid_fen))
    if data.additional_fen and added is None:
        yield Violation("payment.nothing_added", APL.art(72, 1))
    elif added and data.additional_fen > added.most_fen - added.paid_fen:
        most = yuan(added.most_fen - added.paid_fen)
        yield Violation("payment.too_much_added", APL.art(72, 1), most)


def reconsideration_runs(judged: Judged) -> Found:
    """Only a reconsideration that was recorded can end: APL art. 73."""
    yield from _remedy_runs(judged, suit=False)


def suit_runs(judged: Judged) -> Found:
    """Only a suit that was recorded can end: APL art. 73."""
    yield from _remedy_runs(judged, suit=True)


def _remedy_runs(judged: Judged, *, suit: bool) -> Found:
    data = judged.data
    if isinstance(data, a.Remedy) and data.concluded:
        running = (
            one.party == data.party and one.suit is suit and one.until is None
            for one in judged.facts.remedies
        )
        if not any(running):
            yield Violation("remedy.none_running", APL.art(73, 1))


def published(judged: Judged) -> Found:
    """Only what is published is withdrawn: APL art. 48(2)."""
    if judged.facts.published_on is None:
        yield Violation("publication.none", APL.art(48, 2))


def not_published(judged: Judged) -> Found:
    """What is published is not published twice: APL art. 48(1)."""
    if judged.facts.published_on is not None:
        yield Violation("publication.done_already", APL.art(48, 1))


def not_withheld(judged: Judged) -> Found:
    """What was decided not to be published is neither published nor decided again: APL art. 48(1)."""
    if judged.facts.withheld_on is not None:
        yield Violation("publication.withheld", APL.art(48, 1))


def closing_event_happened(judged: Judged) -> Found:
    """There is an event that ends the case: T45; SAMR art. 77."""
    if judged.facts.closing_event_on is None:
        yield Violation("closing.no_event", SAMR.art(77))
