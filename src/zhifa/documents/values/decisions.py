"""Decisions, their service and the end of the case (决定、送达、结案)."""

from dataclasses import dataclass
from datetime import date, time

from zhifa.documents.values.codes import ClosingKind, NoPenaltyGround
from zhifa.documents.values.parts import (
    CaseRef,
    Contact,
    Endorsement,
    EvidenceLine,
    Goods,
    Officer,
    Party,
    Payment,
    PenaltyItem,
    Provision,
    Remedies,
)
from zhifa.law.errors import BadValue
from zhifa.procedures.values import CaseSource, PenaltyKind, ServiceMethod


@dataclass(frozen=True, slots=True)
class PenaltyDecision:
    """行政处罚决定书 (P11, APL art. 59, SAMR art. 62).

    Raises BadValue: decision.without_penalty, decision.fine_without_payment (APL art. 59 item 4;
    罚款决定与罚款收缴分离实施办法 art. 7), decision.payment_without_money.
    """

    case: CaseRef
    parties: tuple[Party, ...]
    filed_on: date
    facts: str
    evidence: tuple[EvidenceLine, ...]
    notice_number: str
    notice_served_on: date
    defence: str  # what was stated in defence or at the hearing, whether accepted and why
    violated: tuple[Provision, ...]
    basis: tuple[Provision, ...]
    discretion: str
    penalties: tuple[PenaltyItem, ...]
    remedies: Remedies
    payment: Payment | None = None
    performance: str = ""  # way and period of what is not paid in money
    hearing_on: date | None = None
    legally_reviewed: bool = False
    discussed: bool = False
    orders: tuple[str, ...] = ()
    confiscated: tuple[Goods, ...] = ()
    copies: int = 3
    earlier_notices_on: tuple[date, ...] = ()  # of several parties: days on which others were told

    def __post_init__(self) -> None:
        """Refuse a decision that lacks what the law wants in it."""
        fined = any(item.kind is PenaltyKind.FINE for item in self.penalties)
        if not self.penalties:
            raise BadValue("decision.without_penalty")
        if fined and self.payment is None:
            raise BadValue("decision.fine_without_payment")
        if self.payment is not None and not any(
            item.amount_fen is not None for item in self.penalties
        ):
            raise BadValue("decision.payment_without_money")


@dataclass(frozen=True, slots=True)
class NoPenaltyDecision:
    """不予行政处罚决定书 (P11, APL art. 57)."""

    case: CaseRef
    parties: tuple[Party, ...]
    filed_on: date
    facts: str
    evidence: tuple[EvidenceLine, ...]
    ground: NoPenaltyGround
    reasons: str
    basis: tuple[Provision, ...]
    remedies: Remedies
    violated: tuple[Provision, ...] = ()
    defence: str = ""
    education: str = ""  # APL art. 33(3): the party is educated
    orders: tuple[str, ...] = ()
    copies: int = 3


@dataclass(frozen=True, slots=True)
class Material:
    """One paper that goes along with a transfer (移送材料)."""

    name: str
    copies: int
    pages: int  # 0: not counted
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriminalTransferLetter:
    """涉嫌犯罪案件移送书 (3.4, 行政执法机关移送涉嫌犯罪案件的规定 art. 5 to 8)."""

    case: CaseRef
    recipient: str  # the public security organ
    parties: tuple[Party, ...]
    facts: str
    suspected_crime: str
    provisions: tuple[Provision, ...]  # of the criminal law
    materials: tuple[Material, ...]
    officers: tuple[Officer, ...]
    contact: Contact
    copy_to: str = ""  # the people's procuratorate


@dataclass(frozen=True, slots=True)
class CaseTransferLetter:
    """案件移送书: to the body that has jurisdiction (APL art. 22 to 25)."""

    case: CaseRef
    recipient: str
    parties: tuple[Party, ...]
    facts: str
    reasons: str
    materials: tuple[Material, ...]
    officers: tuple[Officer, ...]
    contact: Contact


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """One document handed over (送达文书)."""

    title: str
    number: str
    copies: int


@dataclass(frozen=True, slots=True)
class ServiceReceipt:
    """送达回证 (P12, APL art. 61, CPL art. 87 to 95).

    `served_on` and `received_by` stay empty on a receipt that is printed to be signed.
    """

    case: CaseRef
    recipient: str
    documents: tuple[ServedDocument, ...]
    method: ServiceMethod
    place: str
    servers: tuple[Officer, ...]
    served_on: date | None = None
    served_time: time | None = None
    received_by: str = ""
    relation: str = ""  # of who received it to the recipient
    refusal: str = ""  # why it was left, mailed back or announced
    witness: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """结案报告 (P17, SAMR art. 77)."""

    case: CaseRef
    source: CaseSource
    parties: tuple[Party, ...]
    handlers: tuple[Officer, ...]
    filed_on: date | None  # None: it never was
    kind: ClosingKind
    facts: str
    performance: str
    closing_event_on: date
    endorsements: tuple[Endorsement, ...]
    decision_number: str = ""
    decided_on: date | None = None
    served_on: date | None = None
    penalties: tuple[PenaltyItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One clerical error and what stands in its place (更正)."""

    place: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """文书补正通知书: a clerical error in a served document is corrected, nothing else."""

    case: CaseRef
    parties: tuple[Party, ...]
    document_title: str
    document_number: str
    document_on: date
    corrections: tuple[Correction, ...]
    reasons: str
