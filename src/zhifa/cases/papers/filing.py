"""Papers of clue and filing, and of an investigation that rests or ends (P1, P2, P3d). Pure."""

from zhifa.cases.papers import parts
from zhifa.cases.papers.inputs import Matter, Paper
from zhifa.documents.values.codes import Endorser
from zhifa.documents.values.decisions import CaseTransferLetter, CriminalTransferLetter, Material
from zhifa.documents.values.filing import (
    CaseSourceRegister,
    FilingApproval,
    FilingRefusalApproval,
    Resumption,
    Suspension,
    Termination,
)
from zhifa.documents.values.parts import Endorsement
from zhifa.procedures import actions as a


def register_clue(matter: Matter) -> tuple[Paper, ...]:
    """案件来源登记表 (SAMR art. 18)."""
    data: a.RegisterClue = matter.data
    clue = f"{data.summary}\n发生地点：{data.place}" if data.place else data.summary
    values = CaseSourceRegister(
        source=parts.source(matter),
        received_on=data.discovered_on,
        registered_on=matter.on,
        clue=clue,
        registered_by=matter.person(matter.actor).name,
        parties=parts.parties(matter),
        endorsements=parts.to_sign(Endorser.HANDLING_UNIT_HEAD),
    )
    return (Paper(type_key="case_source_register", values=values),)


def file(matter: Matter) -> tuple[Paper, ...]:
    """立案审批表 (APL art. 54, SAMR art. 19)."""
    data: a.File = matter.data
    summary = [matter.facts.verification, data.reason]
    values = FilingApproval(
        case=parts.case_ref(matter),
        source=parts.source(matter),
        clue_on=parts.day(matter.facts.discovered_on),
        parties=parts.parties(matter),
        facts="\n".join(dict.fromkeys(filter(None, summary))),
        violated=parts.provisions(data.violated),
        handlers=parts.handlers(matter),
        endorsements=_approved(matter, "同意立案。"),
    )
    return (Paper(type_key="filing_approval", values=values),)


def refuse_filing(matter: Matter) -> tuple[Paper, ...]:
    """不予立案审批表 (SAMR art. 20)."""
    data: a.Reasoned = matter.data
    values = FilingRefusalApproval(
        cause=matter.facts.title,
        source=parts.source(matter),
        clue_on=parts.day(matter.facts.discovered_on),
        parties=parts.parties(matter),
        verification=matter.facts.verification,
        reasons=data.reason,
        endorsements=_approved(matter, "同意不予立案。"),
    )
    return (Paper(type_key="filing_refusal_approval", values=values),)


def suspend(matter: Matter) -> tuple[Paper, ...]:
    """中止调查审批表 (SAMR art. 46)."""
    data: a.Reasoned = matter.data
    values = Suspension(
        case=parts.case_ref(matter),
        filed_on=parts.day(matter.facts.filed_on),
        parties=parts.parties(matter),
        findings=parts.known_facts(matter),
        reasons=data.reason,
        from_on=matter.on,
        endorsements=_approved(matter, "同意中止调查。"),
    )
    return (Paper(type_key="suspension", values=values),)


def resume(matter: Matter) -> tuple[Paper, ...]:
    """恢复调查审批表 (SAMR art. 46)."""
    data: a.Reasoned = matter.data
    before = matter.last("suspension")
    values = Resumption(
        case=parts.case_ref(matter),
        filed_on=parts.day(matter.facts.filed_on),
        parties=parts.parties(matter),
        suspended_on=parts.day(before.on if before else None),
        suspension_reasons=before.values.reasons if before else "",
        reasons=data.reason,
        from_on=matter.on,
        endorsements=_approved(matter, "同意恢复调查。"),
    )
    return (Paper(type_key="resumption", values=values),)


def terminate(matter: Matter) -> tuple[Paper, ...]:
    """终止调查审批表 (SAMR art. 47)."""
    data: a.Reasoned = matter.data
    values = Termination(
        case=parts.case_ref(matter),
        filed_on=parts.day(matter.facts.filed_on),
        parties=parts.parties(matter),
        findings=parts.known_facts(matter),
        reasons=data.reason,
        disposal=_things(matter),
        endorsements=_approved(matter, "同意终止调查。"),
    )
    return (Paper(type_key="termination", values=values),)


def hand_over(matter: Matter) -> tuple[Paper, ...]:
    """涉嫌犯罪案件移送书 (行政执法机关移送涉嫌犯罪案件的规定 art. 5 to 8), or 案件移送书 (APL art. 22 to 25)."""
    data: a.HandOver = matter.data
    if not data.suspected_crime:
        return (_to_another_body(matter, data),)
    values = CriminalTransferLetter(
        case=parts.case_ref(matter),
        recipient=data.recipient,
        parties=parts.parties(matter),
        facts="\n".join(dict.fromkeys((parts.known_facts(matter), data.reason))),
        suspected_crime=data.crime or "犯罪",
        provisions=parts.provisions(data.provisions),
        materials=_materials(matter),
        officers=parts.handlers(matter),
        contact=parts.contact(matter),
        copy_to=data.copy_to,
    )
    return (Paper(type_key="criminal_transfer_letter", values=values),)


def _to_another_body(matter: Matter, data: a.HandOver) -> Paper:
    values = CaseTransferLetter(
        case=parts.case_ref(matter),
        recipient=data.recipient,
        parties=parts.parties(matter),
        facts=parts.known_facts(matter),
        reasons=data.reason,
        materials=_materials(matter),
        officers=parts.handlers(matter),
        contact=parts.contact(matter),
    )
    return Paper(type_key="case_transfer_letter", values=values)


def _approved(matter: Matter, opinion: str) -> tuple[Endorsement, ...]:
    """The boxes of a form the head decides: the unit's to be signed, the head's filled."""
    head = matter.person(matter.actor)
    return (
        *parts.to_sign(Endorser.HANDLING_UNIT_HEAD),
        parts.signed(Endorser.AGENCY_HEAD, opinion, head, matter.on),
    )


def _things(matter: Matter) -> str:
    """What became of preserved things, as the case knows it."""
    items = matter.facts.preservations
    if not items:
        return "本案没有先行登记保存的物品。"
    if all(item.finished_on for item in items):
        return "先行登记保存的物品均已依法处理。"
    return "尚有先行登记保存的物品，应当依法及时处理。"


_GOES_ALONG = (
    "investigation_report", "onsite_inspection_record", "interview_record", "preservation_inventory",
)  # fmt: skip


def _materials(matter: Matter) -> tuple[Material, ...]:
    """The papers that go along: report, records, list of things, the evidence of the draft (art. 6)."""
    papers = [
        Material(one.title, 1, one.pages, one.number)
        for key in _GOES_ALONG
        for one in matter.earlier
        if one.type_key == key
    ]
    draft = matter.facts.draft
    known = {paper.name for paper in papers}
    listed = [Material(e.name, 1, e.pages) for e in draft.evidence] if draft else []
    return (*papers, *(one for one in listed if one.name not in known))
