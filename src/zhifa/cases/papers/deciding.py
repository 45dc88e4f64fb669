"""The decision (P11): exactly the draft that was passed, in the form the law demands. Pure."""

from datetime import date

from zhifa.cases.papers import parts
from zhifa.cases.papers.inputs import Matter, Paper
from zhifa.documents.values.decisions import NoPenaltyDecision, PenaltyDecision
from zhifa.documents.values.parts import Goods, Payment, Remedies
from zhifa.procedures import values as v


def decide(matter: Matter) -> tuple[Paper, ...]:
    """行政处罚决定书 or 不予行政处罚决定书 (APL art. 57, 59), by the outcome of the draft."""
    draft = parts.draft_of(matter)
    if draft.outcome is v.Outcome.PENALTY:
        key, values = "penalty_decision", _penalty(matter, draft)
        return (Paper(type_key=key, values=values, draft_sha256=matter.facts.draft_sha256),)
    return (
        Paper(
            type_key="no_penalty_decision",
            values=_no_penalty(matter, draft),
            draft_sha256=matter.facts.draft_sha256,
        ),
    )


def _penalty(matter: Matter, draft: v.DecisionDraft) -> PenaltyDecision:
    facts = matter.facts
    numbers = [
        one.number
        for party in facts.parties
        if (one := matter.last("penalty_prior_notice", party=party.id))
    ]
    hearing_on = facts.hearing.opened_on if facts.hearing and facts.hearing_held else None
    told_on = sorted({one.served_on for one in facts.notices})
    return PenaltyDecision(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        filed_on=parts.day(facts.filed_on),
        facts=draft.facts_found,
        evidence=parts.evidence(draft),
        notice_number="、".join(dict.fromkeys(numbers)),
        notice_served_on=told_on[-1] if told_on else matter.on,
        earlier_notices_on=tuple(told_on[:-1]),
        defence=_defence(matter, draft, hearing_on),
        violated=parts.provisions(draft.violated),
        basis=parts.provisions(draft.basis),
        discretion=parts.discretion(draft),
        penalties=parts.penalties(draft, facts.parties),
        remedies=_remedies(matter),
        payment=_payment(matter) if draft.payable_fen else None,
        performance=_performance(draft),
        hearing_on=hearing_on,
        legally_reviewed=facts.review_pass is not None,
        discussed=facts.discussion_sha256 == facts.draft_sha256,
        orders=parts.orders(draft),
        confiscated=_confiscated(matter, draft),
        copies=2 + len(facts.parties),
    )


def _no_penalty(matter: Matter, draft: v.DecisionDraft) -> NoPenaltyDecision:
    return NoPenaltyDecision(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        filed_on=parts.day(matter.facts.filed_on),
        facts=draft.facts_found,
        evidence=parts.evidence(draft),
        ground=parts.ground(draft),
        reasons=parts.discretion(draft),
        basis=parts.provisions(draft.basis),
        remedies=_remedies(matter),
        violated=parts.provisions(draft.violated),
        defence=draft.defence_answer,
        orders=parts.orders(draft),
        copies=2 + len(matter.facts.parties),
    )


def _defence(matter: Matter, draft: v.DecisionDraft, hearing_on: date | None) -> str:
    """What was said in defence and what became of it; the draft's answer where there is one."""
    if draft.defence_answer:
        return draft.defence_answer
    facts = matter.facts
    if facts.defences or hearing_on is not None:
        heard = ("陈述、申辩意见", "复核意见") if facts.defences else ("", "")
        at_hearing = ("听证意见", "听证报告") if hearing_on is not None else ("", "")
        what, where = (
            "、".join(filter(None, pair)) for pair in zip(heard, at_hearing, strict=True)
        )
        return f"当事人的{what}已经复核，详见{where}。"
    if {party.id for party in facts.parties} <= set(facts.waivers):
        return "当事人明确放弃陈述、申辩权利。"
    return "当事人在规定的期限内未提出陈述、申辩意见，也未要求听证。"


def _remedies(matter: Matter) -> Remedies:
    """Where and until when the decision can be challenged: ARL art. 20, ALL art. 46."""
    return Remedies(
        matter.body.reconsideration_body,
        parts.length(matter, "T36", matter.on),
        matter.body.court,
        parts.length(matter, "T37", matter.on),
    )


def _payment(matter: Matter) -> Payment:
    """Where a fine is paid; the additional fine applies (APL art. 59 item 4, 67, 72)."""
    body = matter.body
    return Payment(
        body.payment_bank,
        body.payment_address,
        parts.length(matter, "T06", matter.on),
        additional_fine=True,
        account_number=body.payment_account,
    )


def _performance(draft: v.DecisionDraft) -> str:
    """The way of what is not paid in money (APL art. 59 item 4)."""
    if not draft.needs_performance:
        return ""
    return "其他处罚内容自本决定书送达之日起履行，由本机关依法监督执行。"


def _confiscated(matter: Matter, draft: v.DecisionDraft) -> tuple[Goods, ...]:
    """The preserved things that were to be confiscated, if the draft confiscates property."""
    if v.PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY not in draft.kinds:
        return ()
    return tuple(
        one.goods
        for paper in matter.earlier
        if paper.type_key == "preservation_disposition"
        for one in paper.values.disposed
        if one.measure is v.PreservationDisposal.CONFISCATE
    )
