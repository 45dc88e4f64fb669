"""Papers of collecting evidence and of judging it (P3 to P5, P9). Pure."""

from zhifa.cases.papers import parts
from zhifa.cases.papers.inputs import Matter, Paper
from zhifa.documents.values.codes import CaseReviewContent, Endorser
from zhifa.documents.values.investigation import (
    CaseReviewCheck,
    CaseReviewOpinion,
    DisposedGoods,
    GateAnswer,
    Interviewee,
    InterviewRecord,
    InvestigationReport,
    LegalReviewOpinion,
    OnsiteInspectionRecord,
    PreservationDisposition,
    PreservationInventory,
    PreservationNotice,
    ReviewCheck,
)
from zhifa.documents.values.parts import Goods, Guardian, Question
from zhifa.law.errors import BadValue
from zhifa.procedures import actions as a
from zhifa.procedures import values as v

# Why a decision is major, in the order of APL art. 58(1).
GROUND_WORDS = {
    v.MajorGround.PUBLIC_INTEREST: "涉及重大公共利益",
    v.MajorGround.HEARING_HELD: "直接关系当事人或者第三人重大权益，经过听证程序",
    v.MajorGround.COMPLEX: "案件情况疑难复杂、涉及多个法律关系",
    v.MajorGround.CATALOGUE: "属于法律、法规规定或者本机关重大执法决定法制审核目录所列情形",
}


def inspect_on_site(matter: Matter) -> tuple[Paper, ...]:
    """现场检查笔录 (APL art. 55, SAMR art. 29)."""
    data: a.InspectOnSite = matter.data
    values = OnsiteInspectionRecord(
        cause=matter.facts.title,
        party=parts.party(parts.party_of(matter)),
        place=data.place,
        spell=parts.spell(matter.on, data.began_at, data.ended_at),
        officers=parts.handlers(matter),
        recorder=matter.person(matter.actor).name,
        on_site=parts.officials(data.present),
        recusal_requested=data.recusal_requested,
        findings=data.findings,
        recording=data.recording,
        party_remark=data.remark,
        witness=data.witness,
        refusal=data.refusal,
    )
    return (Paper(type_key="onsite_inspection_record", values=values, party=data.party),)


def interview(matter: Matter) -> tuple[Paper, ...]:
    """询问笔录 (APL art. 55, SAMR art. 28)."""
    data: a.Interview = matter.data
    before = [
        one
        for one in matter.earlier
        if one.type_key == "interview_record"
        and one.values.interviewee.name == data.interviewee.strip()
    ]
    values = InterviewRecord(
        case=parts.case_ref(matter),
        nth=len(before) + 1,
        spell=parts.spell(matter.on, data.began_at, data.ended_at),
        place=data.place,
        interviewee=_interviewee(matter, data),
        officers=parts.handlers(matter),
        recorder=matter.person(matter.actor).name,
        certificate_answer=data.certificate_answer,
        recusal_answer=data.recusal_answer,
        questions=tuple(Question(one.question, one.answer) for one in data.questions),
    )
    return (Paper(type_key="interview_record", values=values),)


def _interviewee(matter: Matter, data: a.Interview) -> Interviewee:
    """Who is heard, with what is known if it is a party, or who stands for one."""
    name = data.interviewee.strip()
    for one in matter.facts.parties:
        if one.kind is v.PartyKind.PERSON and one.name == name:
            return Interviewee(
                name, data.relation, id_number=one.identifier, born_on=one.born_on,
                phone=one.phone, address=one.address,
                guardian=Guardian(one.guardian) if one.guardian else None,
            )  # fmt: skip
        if one.representative == name:
            return Interviewee(name, data.relation, employer=one.name, phone=one.phone)
    return Interviewee(name, data.relation)


def register_preservation(matter: Matter) -> tuple[Paper, ...]:
    """先行登记保存证据通知书 with its 清单 (APL art. 56, SAMR art. 34)."""
    data: a.RegisterPreservation = matter.data
    whose = parts.party_of(matter)
    term = matter.facts.term("T02", str(matter.facts.sequence))
    filed = matter.last("filing_approval")
    goods = tuple(
        Goods(one.name, one.quantity, one.specification, one.producer, one.batch, note=one.note)
        for one in data.items
    )
    notice = PreservationNotice(
        case=parts.case_ref(matter),
        party=parts.party(whose),
        violated=filed.values.violated if filed else (),
        goods=goods,
        place=data.place,
        keeper=data.keeper or whose.name,
        conditions=data.conditions,
        from_on=matter.on,
        until_on=parts.day(term.due_on if term else None),
        officers=parts.handlers(matter),
    )
    inventory = PreservationInventory(
        "", notice.party, data.place, goods, notice.officers, matter.on
    )
    return (
        Paper(type_key="preservation_notice", values=notice, party=data.party),
        Paper(
            type_key="preservation_inventory",
            values=inventory,
            party=data.party,
            follows="preservation_notice",
        ),
    )


def dispose_preservation(matter: Matter) -> tuple[Paper, ...]:
    """先行登记保存证据处理决定书 (APL art. 56, SAMR art. 35)."""
    data: a.DisposePreservation = matter.data
    notice = next(
        (
            one
            for one in matter.earlier
            if one.type_key == "preservation_notice" and one.sequence == data.preservation
        ),
        None,
    )
    if notice is None:
        raise BadValue("preservation.unknown", str(data.preservation))
    values = PreservationDisposition(
        case=parts.case_ref(matter),
        party=notice.values.party,
        notice_number=notice.number,
        notice_on=notice.on,
        reasons=data.reason,
        disposed=tuple(DisposedGoods(one, data.disposal) for one in notice.values.goods),
    )
    return (Paper(type_key="preservation_disposition", values=values, party=notice.party),)


def report(matter: Matter) -> tuple[Paper, ...]:
    """调查终结报告 (SAMR art. 48), with the two answers of APL art. 58(1)."""
    data: a.Report = matter.data
    draft = parts.draft_of(matter)
    penal = draft.outcome is v.Outcome.PENALTY
    author = matter.person(matter.actor)
    values = InvestigationReport(
        case=parts.case_ref(matter),
        source=parts.source(matter),
        filed_on=parts.day(matter.facts.filed_on),
        parties=parts.parties(matter),
        handlers=parts.handlers(matter),
        course=data.course,
        facts=draft.facts_found,
        evidence=parts.evidence(draft),
        violated=parts.provisions(draft.violated),
        basis=parts.provisions(draft.basis),
        discretion=parts.discretion(draft),
        proposed=parts.penalties(draft, matter.facts.parties) if penal else (),
        public_interest=_answer(matter, v.GateQuestion.PUBLIC_INTEREST),
        complexity=_answer(matter, v.GateQuestion.COMPLEX),
        endorsements=(
            parts.signed(Endorser.CASE_HANDLER, "调查终结，报请审批。", author, matter.on),
            *parts.to_sign(Endorser.HANDLING_UNIT_HEAD, Endorser.AGENCY_HEAD),
        ),
        proposal="" if penal else parts.proposal(draft),
    )
    return (
        Paper(
            type_key="investigation_report", values=values, draft_sha256=matter.facts.draft_sha256
        ),
    )


def _answer(matter: Matter, question: v.GateQuestion) -> GateAnswer:
    """What handler and unit head answered; any yes makes it a yes."""
    given = [one for one in matter.facts.gate_answers if one.question is question]
    reasons = dict.fromkeys(one.reason.strip() for one in given)
    return GateAnswer(any(one.yes for one in given), "\n".join(filter(None, reasons)))


def pass_case_review(matter: Matter) -> tuple[Paper, ...]:
    """案件审核意见 that lets the proposal pass: all seven contents hold (SAMR art. 53)."""
    data: a.CaseReview = matter.data
    checks = tuple(CaseReviewCheck(content, True) for content in CaseReviewContent)
    return _case_review(matter, checks, v.ReviewOpinion.APPROVE, data.text)


def return_case_review(matter: Matter) -> tuple[Paper, ...]:
    """案件审核意见 that sends the case back to be investigated further (SAMR art. 54)."""
    words = matter.data.text if isinstance(matter.data, a.CaseReview) else matter.data.reason
    return _case_review(matter, (), v.ReviewOpinion.SUPPLEMENT_FACTS, words)


def _case_review(
    matter: Matter,
    checks: tuple[CaseReviewCheck, ...],
    opinion: v.ReviewOpinion,
    words: str,
) -> tuple[Paper, ...]:
    reported = matter.last("investigation_report")
    values = CaseReviewOpinion(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        handlers=parts.handlers(matter),
        received_on=reported.on if reported else matter.on,
        proposal=parts.proposal(parts.draft_of(matter), matter.facts.parties),
        checks=checks,
        opinion=opinion,
        reasons=words,
        endorsements=(
            parts.signed(Endorser.CASE_REVIEWER, words, matter.person(matter.actor), matter.on),
            *parts.to_sign(Endorser.AGENCY_HEAD),
        ),
    )
    return (
        Paper(
            type_key="case_review_opinion", values=values, draft_sha256=matter.facts.draft_sha256
        ),
    )


def give_opinion(matter: Matter) -> tuple[Paper, ...]:
    """法制审核意见书 (APL art. 58; the seven contents: MOT art. 72)."""
    data: a.GiveOpinion = matter.data
    term = matter.facts.term("T43")
    reviewer = matter.person(matter.actor)
    values = LegalReviewOpinion(
        case=parts.case_ref(matter),
        parties=parts.parties(matter),
        handling_unit=matter.unit_name,
        handlers=parts.handlers(matter),
        received_on=term.started_on if term else matter.on,
        grounds=tuple(GROUND_WORDS[one] for one in GROUND_WORDS if one in matter.facts.grounds),
        proposal=parts.proposal(parts.draft_of(matter), matter.facts.parties),
        checks=tuple(ReviewCheck(one.content, one.holds, one.note) for one in matter.checks),
        opinion=data.value,
        reasons=data.text,
        reviewer=reviewer.name,
        qualification_number=reviewer.qualification_number,
        draft_digest=matter.facts.draft_sha256,
        endorsements=parts.to_sign(Endorser.LEGAL_REVIEW_UNIT),
    )
    return (
        Paper(
            type_key="legal_review_opinion", values=values, draft_sha256=matter.facts.draft_sha256
        ),
    )
