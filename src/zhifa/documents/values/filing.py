"""Clue, filing and the end of an investigation without a decision (案源、立案、中止、终止)."""

from dataclasses import dataclass
from datetime import date

from zhifa.documents.values.parts import CaseRef, Endorsement, Officer, Party, Provision
from zhifa.procedures.values import CaseSource


@dataclass(frozen=True, slots=True)
class CaseSourceRegister:
    """案件来源登记表 (P1, SAMR art. 18). The informant's name is left empty if it is secret."""

    source: CaseSource
    received_on: date  # discovered, or the material received: the term to decide runs from here
    registered_on: date
    clue: str
    registered_by: str
    parties: tuple[Party, ...] = ()
    informant: str = ""
    informant_phone: str = ""
    attachments: tuple[str, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingApproval:
    """立案审批表 (P2, APL art. 54, SAMR art. 19)."""

    case: CaseRef
    source: CaseSource
    clue_on: date
    parties: tuple[Party, ...]
    facts: str
    violated: tuple[Provision, ...]
    handlers: tuple[Officer, ...]
    endorsements: tuple[Endorsement, ...]


@dataclass(frozen=True, slots=True)
class FilingRefusalApproval:
    """不予立案审批表 (P2, SAMR art. 20)."""

    cause: str
    source: CaseSource
    clue_on: date
    parties: tuple[Party, ...]
    verification: str
    reasons: str
    endorsements: tuple[Endorsement, ...]
    informant_told: str = ""  # how a complainant is to be told


@dataclass(frozen=True, slots=True)
class Suspension:
    """中止调查审批表 (P3d, SAMR art. 46)."""

    case: CaseRef
    filed_on: date
    parties: tuple[Party, ...]
    findings: str
    reasons: str
    from_on: date
    endorsements: tuple[Endorsement, ...]


@dataclass(frozen=True, slots=True)
class Resumption:
    """恢复调查审批表 (P3d, SAMR art. 46)."""

    case: CaseRef
    filed_on: date
    parties: tuple[Party, ...]
    suspended_on: date
    suspension_reasons: str
    reasons: str
    from_on: date
    endorsements: tuple[Endorsement, ...]


@dataclass(frozen=True, slots=True)
class Termination:
    """终止调查审批表 (P3d, SAMR art. 47)."""

    case: CaseRef
    filed_on: date
    parties: tuple[Party, ...]
    findings: str
    reasons: str
    disposal: str  # what happens to seized or preserved things
    endorsements: tuple[Endorsement, ...]
