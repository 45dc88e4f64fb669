"""What a person enters at each step (各环节填写的内容): one frozen class an action.

Who, when and on which version stand beside these (see `engine.Event`); here is only what the step itself
says. Money is in fen, days are local dates, parties and officers are named by id.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    GateQuestion,
    LinkKind,
    Outcome,
    Party,
    PreservationDisposal,
    Provision,
    ReviewOpinion,
    ServiceMethod,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClue:
    """P1 案件来源登记."""

    title: str
    source: CaseSource
    summary: str
    place: str
    discovered_on: date
    offence_ended_on: date | None = None  # of a continuing act, its end (APL art. 36)
    grave_harm: bool = False  # life, health or financial safety: five years instead of two
    parties: tuple[Party, ...] = ()
    power_item: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """P1 核查."""

    findings: str
    facts_suspected: bool
    parties: tuple[Party, ...] = ()  # as they are known now; empty leaves them as they were


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """P2 立案: at least two officers are assigned."""

    reason: str
    handlers: tuple[UUID, ...]
    violated: tuple[Provision, ...] = ()  # what the party is suspected to have broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """An act that carries nothing but its reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Hand the case to the body or the organ it belongs to (移送): APL art. 22 to 26, 27."""

    recipient: str
    reason: str
    suspected_crime: bool = False
    crime: str = ""  # its name, for the police
    provisions: tuple[Provision, ...] = ()  # of the criminal law
    copy_to: str = ""  # the people's procuratorate


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigate:
    """P3 开始调查."""

    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectOnSite:
    """P3 现场检查."""

    party: UUID
    place: str
    began_at: str  # 10:20, Beijing time
    ended_at: str
    certificate_shown: bool
    rights_told: bool
    findings: str
    present: str = ""  # who was there for the party: 王某（经营者）
    witness: str = ""
    recusal_requested: bool = False
    recording: str = ""  # the audio and video taken, with its device
    remark: str = ""  # what the party says of the record
    refusal: str = ""  # why the party did not sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of an interview with its answer (问、答)."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """P3 询问."""

    interviewee: str
    relation: str  # to the case: party, operator, witness
    place: str
    began_at: str
    ended_at: str
    certificate_shown: bool
    rights_told: bool
    questions: tuple[Question, ...]
    certificate_answer: str = ""  # to the set question whether the certificates were seen
    recusal_answer: str = ""  # to the set question whether a recusal is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAudit:
    """P3b 电子技术监控记录的审核: what must hold of the device and of this record: APL art. 41."""

    device: str
    legal_audit: str  # 法制审核: by whom, when
    technical_audit: str  # 技术审核: by whom, when
    published: str  # where the place of the device was made public
    record_audited: bool  # this record is true, clear, complete and exact
    party_told: str  # how the party was told, and can look it up and answer


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    """Another case that belongs to this one (关联案件): coercive measures (P3c), execution (P16)."""

    kind: LinkKind
    reference: str  # number of the case or of the decision
    authority: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectEvidence:
    """P3 收集证据: what was collected stands in the evidence room; here is what it is for."""

    name: str
    kind: str
    source: str
    proves: str
    pages: int = 1
    evidence: UUID | None = None
    sha256: str = ""
    monitor: MonitoringAudit | None = None  # None: not by a device


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservedItem:
    """One thing registered for preservation (先行登记保存物品)."""

    name: str
    quantity: str
    note: str = ""
    specification: str = ""
    producer: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPreservation:
    """P3a 先行登记保存: APL art. 56."""

    party: UUID
    place: str
    items: tuple[PreservedItem, ...]
    reason: str
    keeper: str = ""  # empty: the party
    conditions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposePreservation:
    """P3a 登记保存处理: within seven working days."""

    preservation: int  # sequence of the registering step
    disposal: PreservationDisposal
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendForTesting:
    """送检测、检验、检疫、鉴定."""

    subject: str
    institution: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveResult:
    """收到检测、检验、检疫、鉴定结果."""

    testing: int  # sequence of the sending step
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGate:
    """One of the two questions no program can judge, answered with a reason: APL art. 58(1)."""

    question: GateQuestion
    yes: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """P4 调查终结报告: carries the proposal."""

    draft: DecisionDraft
    course: str  # course of the investigation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDraft:
    """Change the proposal (修改拟处理意见): voids a pass and a discussion."""

    draft: DecisionDraft
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReview:
    """P5 案件审核意见."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeParty:
    """A document handed to one party: the prior notice (P6) or the decision (P12)."""

    party: UUID
    method: ServiceMethod
    receiver: str
    place: str = ""
    note: str = ""
    confirmation_signed: bool = False  # electronic service needs it: APL art. 61
    witness: str = ""
    time: str = ""  # 10:20, Beijing time
    relation: str = ""  # of the receiver to the party


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDefence:
    """P7 陈述申辩 with its re-examination (复核): APL art. 45."""

    party: UUID
    text: str
    reexamination: str
    accepted: bool
    speaker: str = ""  # empty: the party, or who represents it
    capacity: str = ""  # 委托代理人, ...
    place: str = ""
    began_at: str = ""
    ended_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveDefence:
    """P7 an express, recorded waiver made after the notice: APL art. 62."""

    party: UUID
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHearing:
    """P8 申请听证: within five working days; an oral request is written down."""

    party: UUID
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointHost:
    """P8 指定听证主持人: not a handler of the case (APL art. 64 item 4)."""

    host: UUID
    clerk: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPapers:
    """P8 移交案件材料 to the host."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixHearingDay:
    """P8 确定听证日期."""

    hearing_on: date
    place: str
    public: bool
    begins_at: str = ""  # 09:00, Beijing time
    closed_reason: str = ""  # why it is not public


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """P8 公告听证, and T35 公告送达: where it was announced."""

    medium: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHearing:
    """P8 听证开始."""

    present: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseHearing:
    """P8 听证结束: the record is signed."""

    record: str  # a line for each turn: 主持人：……
    began_at: str = ""
    ended_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHearing:
    """P8 听证报告."""

    report: str
    advice: str
    investigators_view: str = ""  # empty: as in the record
    party_view: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHearing:
    """P8 no-show or withdrawal: deemed waived (APL art. 64 item 6)."""

    no_show: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReview:
    """P9 送法制审核."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOpinion:
    """P9 法制审核意见; checklist and reasons stand in the review room."""

    value: ReviewOpinion
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One head's opinion in a collective discussion."""

    person: str
    agrees: bool
    opinion: str
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discuss:
    """P10 集体讨论: APL art. 57(2)."""

    votes: tuple[Vote, ...]
    conclusion: str
    chair: str = ""  # empty: who votes first
    place: str = ""
    began_at: str = ""
    ended_at: str = ""
    absent: str = ""  # who, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """P11 决定."""

    outcome: Outcome
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendTerm:
    """Extend a running term that allows it (延长期限)."""

    term: str
    count: int
    reason: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment:
    """P14 缴款."""

    party: UUID
    amount_fen: int
    receipt_number: str
    complete: bool
    additional_fen: int = 0  # 加处罚款 paid besides the fine: APL art. 72(1) item 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform:
    """P14 履行 of what is not money, or the end of execution by the court (P16)."""

    party: UUID
    what: str
    complete: bool
    by_court: bool = False  # the court has ended the execution: SAMR art. 77


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """P13 公示: where it stands."""

    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """P14 暂缓或者分期缴纳: APL art. 66."""

    party: UUID
    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Reconsideration or suit, or what became of the decision (复议、诉讼、变更)."""

    party: UUID
    authority: str
    note: str
    annulled: bool = False  # the decision is gone: nothing is left to perform
    concluded: bool = False  # 已审结: the remedy has ended and the decision stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """P17 结案."""

    event: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """P18 归档."""

    volume: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign:
    """Other officers take the case over (变更承办人)."""

    handlers: tuple[UUID, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRecusal:
    """回避: decided by the head; the investigation does not stop meanwhile (APL art. 43)."""

    officer: UUID
    reason: str
    granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection:
    """A wrong entry named, with what should have stood there (申请更正)."""

    sequence: int
    reason: str
    happened_on: date | None = None  # None: the day was right
    data_json: str = ""  # canonical JSON of the corrected data; empty: the data were right


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """A head grants what was asked: from now on it stands in the entry's place (批准更正)."""

    asked: int  # sequence of the step that asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseCorrection:
    """The entry stays as it is (不同意更正)."""

    asked: int
    reason: str


Data = (
    RegisterClue | Verify | File | Reasoned | HandOver | Investigate | InspectOnSite | Interview
    | CollectEvidence | RegisterPreservation | DisposePreservation | SendForTesting
    | ReceiveResult | AnswerGate | Report | ReviseDraft | CaseReview | ServeParty
    | RecordDefence | WaiveDefence | RequestHearing | AppointHost | HandPapers | FixHearingDay | Announce
    | OpenHearing | CloseHearing | ReportHearing | EndHearing | SubmitReview | GiveOpinion
    | Discuss | Decide | ExtendTerm | RecordPayment | Perform | Publish | Instalment | Remedy | Close | Archive
    | Reassign | DecideRecusal | LinkCase | AskCorrection | Correct | RefuseCorrection
)  # fmt: skip
