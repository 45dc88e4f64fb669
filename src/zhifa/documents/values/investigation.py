"""Collecting evidence and judging it (调查取证、审核)."""

from dataclasses import dataclass
from datetime import date

from zhifa.documents.values.codes import CaseReviewContent, Gender
from zhifa.documents.values.parts import (
    CaseRef,
    Endorsement,
    EvidenceLine,
    Goods,
    Guardian,
    Officer,
    Official,
    Party,
    PenaltyItem,
    Provision,
    Question,
    Spell,
)
from zhifa.procedures.values import CaseSource, PreservationDisposal, ReviewContent, ReviewOpinion


@dataclass(frozen=True, slots=True)
class OnsiteInspectionRecord:
    """现场检查笔录 (P3, APL art. 55, SAMR art. 29)."""

    cause: str
    party: Party
    place: str
    spell: Spell
    officers: tuple[Officer, ...]
    recorder: str
    on_site: tuple[Official, ...]  # who was there for the party (现场负责人)
    recusal_requested: bool
    findings: str
    evidence_taken: tuple[str, ...] = ()
    recording: str = ""  # the audio and video taken, with its device
    party_remark: str = ""
    witness: str = ""
    refusal: str = ""  # why there is no signature of the party


@dataclass(frozen=True, slots=True)
class Interviewee:
    """Who is interviewed (被询问人)."""

    name: str
    relation: str  # to the case: 当事人, 证人, ...
    id_number: str = ""
    gender: Gender | None = None
    born_on: date | None = None
    employer: str = ""
    post: str = ""
    phone: str = ""
    address: str = ""
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """询问笔录 (P3, APL art. 55, SAMR art. 28). The first questions, certificate and recusal, are set."""

    case: CaseRef
    nth: int  # the first, second ... interview of this person
    spell: Spell
    place: str
    interviewee: Interviewee
    officers: tuple[Officer, ...]
    recorder: str
    certificate_answer: str
    recusal_answer: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class PreservationNotice:
    """先行登记保存证据通知书 (P3a, APL art. 56, SAMR art. 34)."""

    case: CaseRef
    party: Party
    violated: tuple[Provision, ...]
    goods: tuple[Goods, ...]
    place: str
    keeper: str
    conditions: str
    from_on: date
    until_on: date  # T-7 working days: reckoned by the caller
    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class PreservationInventory:
    """先行登记保存证据清单, the list that goes with the notice."""

    notice_number: str
    party: Party
    place: str
    goods: tuple[Goods, ...]
    officers: tuple[Officer, ...]
    on: date


@dataclass(frozen=True, slots=True)
class DisposedGoods:
    """One preserved thing and what becomes of it."""

    goods: Goods
    measure: PreservationDisposal


@dataclass(frozen=True, slots=True)
class PreservationDisposition:
    """先行登记保存证据处理决定书 (P3a, APL art. 56, SAMR art. 35)."""

    case: CaseRef
    party: Party
    notice_number: str
    notice_on: date
    reasons: str
    disposed: tuple[DisposedGoods, ...]


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """One of the two grounds of a major decision that no program can judge: APL art. 58(1)."""

    applies: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class InvestigationReport:
    """调查终结报告 (P4, SAMR art. 48)."""

    case: CaseRef
    source: CaseSource
    filed_on: date
    parties: tuple[Party, ...]
    handlers: tuple[Officer, ...]
    course: str  # source, course of the investigation, coercive measures
    facts: str
    evidence: tuple[EvidenceLine, ...]
    violated: tuple[Provision, ...]
    basis: tuple[Provision, ...]
    discretion: str
    proposed: tuple[PenaltyItem, ...]  # empty: no penalty proposed, `proposal` says what instead
    public_interest: GateAnswer
    complexity: GateAnswer
    endorsements: tuple[Endorsement, ...]
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class CaseReviewCheck:
    """The finding on one of the seven contents of an ordinary review."""

    content: CaseReviewContent
    holds: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseReviewOpinion:
    """案件审核意见 (P5, SAMR art. 53 and 54)."""

    case: CaseRef
    parties: tuple[Party, ...]
    handlers: tuple[Officer, ...]
    received_on: date
    proposal: str
    checks: tuple[CaseReviewCheck, ...]
    opinion: ReviewOpinion
    reasons: str
    endorsements: tuple[Endorsement, ...]


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """The finding on one of the seven contents of a legal review."""

    content: ReviewContent
    holds: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class LegalReviewOpinion:
    """法制审核意见书 (P9, APL art. 58; the seven contents: MOT art. 72)."""

    case: CaseRef
    parties: tuple[Party, ...]
    handling_unit: str
    handlers: tuple[Officer, ...]
    received_on: date
    grounds: tuple[str, ...]  # why the decision is major, in words
    proposal: str
    checks: tuple[ReviewCheck, ...]
    opinion: ReviewOpinion
    reasons: str
    reviewer: str
    qualification_number: str  # of the national legal professional qualification, APL art. 58(2)
    draft_digest: str  # SHA-256 of the canonical draft data the opinion binds
    endorsements: tuple[Endorsement, ...]
