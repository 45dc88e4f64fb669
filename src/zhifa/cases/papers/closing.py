"""Papers of service and of the end of a case (P12, P17). Pure."""

from zhifa.cases.papers import parts
from zhifa.cases.papers.inputs import Matter, Paper
from zhifa.cases.rules import ended_by
from zhifa.documents.values.codes import ClosingKind, Endorser
from zhifa.documents.values.decisions import ClosingReport, ServedDocument, ServiceReceipt
from zhifa.procedures import actions as a
from zhifa.procedures import values as v

_DECISIONS = ("penalty_decision", "no_penalty_decision")
# With the reason why: CPL art. 89, 95.
_LEFT = (v.ServiceMethod.LIEN, v.ServiceMethod.PUBLIC_NOTICE)


def serve(matter: Matter) -> tuple[Paper, ...]:
    """送达回证 of the decision (APL art. 61)."""
    decision = matter.last(*_DECISIONS)
    title, number = (decision.title, decision.number) if decision else ("行政处罚决定书", "")
    return (receipt(matter, title, number=number),)


def receipt(matter: Matter, title: str, *, number: str = "", follows: str = "") -> Paper:
    """Return the 送达回证 of one document to one party (APL art. 61, CPL art. 87 to 95)."""
    data: a.ServeParty = matter.data
    left = data.method in _LEFT
    values = ServiceReceipt(
        case=parts.case_ref(matter),
        recipient=parts.party_of(matter).name,
        documents=(ServedDocument(title, number, 1),),
        method=data.method,
        place=data.place,
        servers=parts.handlers(matter),
        served_on=matter.on,
        served_time=parts.clock_time(data.time),
        received_by=data.receiver,
        relation=data.relation,
        refusal=data.note if left else "",
        witness=data.witness,
        note="" if left else data.note,
    )
    return Paper(type_key="service_receipt", values=values, party=data.party, follows=follows)


def close(matter: Matter) -> tuple[Paper, ...]:
    """结案报告 (SAMR art. 77)."""
    data: a.Close = matter.data
    facts, draft = matter.facts, matter.facts.draft
    decision = matter.last(*_DECISIONS)
    decided = facts.decision
    penal = decided is not None and decided.outcome is v.Outcome.PENALTY
    head = matter.person(matter.actor)
    values = ClosingReport(
        case=parts.case_ref(matter),
        source=parts.source(matter),
        parties=parts.parties(matter),
        handlers=parts.handlers(matter),
        filed_on=facts.filed_on,
        kind=_kind(matter),
        facts=parts.known_facts(matter),
        performance="\n".join(dict.fromkeys(filter(None, (data.event, data.summary)))),
        closing_event_on=parts.day(facts.closing_event_on),
        endorsements=(
            *parts.to_sign(Endorser.CASE_HANDLER, Endorser.HANDLING_UNIT_HEAD),
            parts.signed(Endorser.AGENCY_HEAD, "同意结案。", head, matter.on),
        ),
        decision_number=decision.number if decision else "",
        decided_on=decided.on if decided else None,
        served_on=max((one.on for one in facts.served), default=None),
        penalties=parts.penalties(draft, facts.parties) if penal and draft is not None else (),
    )
    return (Paper(type_key="closing_report", values=values),)


def _kind(matter: Matter) -> ClosingKind:
    """The event that closes the case; without a decision, the last paper that ended it tells."""
    facts = matter.facts
    if facts.decision is not None:
        return ended_by(facts)
    ended = matter.last("termination", "filing_refusal_approval")
    if ended is None or ended.on != facts.closing_event_on:
        return ClosingKind.HANDED_OVER
    return ClosingKind.TERMINATED if ended.type_key == "termination" else ClosingKind.NOT_FILED
