"""Notice, defence, hearing and discussion (告知、陈述申辩、听证、集体讨论)."""

from dataclasses import dataclass
from datetime import date, time

from zhifa.documents.values.parts import (
    CaseRef,
    Contact,
    Endorsement,
    EvidenceLine,
    Officer,
    Official,
    Party,
    PenaltyItem,
    Provision,
    Spell,
    Utterance,
)


@dataclass(frozen=True, slots=True)
class PenaltyPriorNotice:
    """行政处罚(听证)事先告知书 (P6, APL art. 44 and 63).

    `hearing_days` is None where the party has no right to a hearing; both periods are working
    days (APL art. 85). `silence_waives` is true only where the field rule says so (SAMR art. 57).
    """

    case: CaseRef
    parties: tuple[Party, ...]
    filed_on: date
    facts: str
    evidence: tuple[EvidenceLine, ...]
    violated: tuple[Provision, ...]
    basis: tuple[Provision, ...]
    discretion: str
    proposed: tuple[PenaltyItem, ...]
    statement_days: int
    hearing_days: int | None
    silence_waives: bool
    contact: Contact
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementDefenceRecord:
    """陈述申辩笔录 (P7, APL art. 45)."""

    case: CaseRef
    parties: tuple[Party, ...]
    speaker: str
    capacity: str  # 当事人, 委托代理人, ...
    spell: Spell
    place: str
    officers: tuple[Officer, ...]
    recorder: str
    statement: str
    attachments: tuple[str, ...] = ()
    speaker_id_number: str = ""
    speaker_phone: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One point of the defence, what was found of it, and whether it is accepted."""

    claim: str
    finding: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class ReexaminationOpinion:
    """陈述申辩复核意见书 (P7, APL art. 45): every point is re-examined."""

    case: CaseRef
    parties: tuple[Party, ...]
    notice_number: str
    notice_served_on: date
    claims: tuple[Claim, ...]
    conclusion: str
    endorsements: tuple[Endorsement, ...]


@dataclass(frozen=True, slots=True)
class HearingNotice:
    """听证通知书 (3.3, APL art. 64, SAMR_HEARING art. 20).

    `closed_reason` says why a hearing is not public; empty means that it is.
    """

    case: CaseRef
    parties: tuple[Party, ...]
    requested_on: date
    hearing_on: date
    begins_at: time | None  # None: the hour is told apart
    place: str
    host: Official
    clerk: Official
    recusal_until_on: date
    contact: Contact
    members: tuple[Official, ...] = ()
    closed_reason: str = ""


@dataclass(frozen=True, slots=True)
class HearingRecord:
    """听证笔录 (3.3, APL art. 64 item 8)."""

    case: CaseRef
    parties: tuple[Party, ...]
    spell: Spell
    place: str
    host: Official
    clerk: Official
    handlers: tuple[Officer, ...]
    attendees: tuple[Official, ...]  # who came for the party, witnesses, third parties
    statements: tuple[Utterance, ...]
    members: tuple[Official, ...] = ()
    closed_reason: str = ""


@dataclass(frozen=True, slots=True)
class HearingReport:
    """听证报告 (3.3, SAMR_HEARING art. 29)."""

    case: CaseRef
    parties: tuple[Party, ...]
    spell: Spell
    place: str
    host: Official
    clerk: Official
    attendees: tuple[Official, ...]
    facts: str
    investigators_view: str
    party_view: str
    evidence: tuple[EvidenceLine, ...]
    findings: str
    proposal: str
    on: date
    members: tuple[Official, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """What one head said and how they voted (讨论意见)."""

    name: str
    post: str
    opinion: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class CollectiveDiscussionRecord:
    """集体讨论笔录 (P10, APL art. 57(2)): attendance, each opinion, vote, result, dissent."""

    case: CaseRef
    parties: tuple[Party, ...]
    spell: Spell
    place: str
    chair: Official
    recorder: Official
    in_attendance: tuple[Official, ...]
    absent: tuple[Utterance, ...]  # who, and why: recusal among the reasons
    presentation: str
    review_result: str
    votes: tuple[Vote, ...]
    conclusion: str
