"""The closed lists and small values a penalty case is made of (处罚案件的要素); glossary sections 5 and 6."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

import msgspec

from zhifa_verify.canonical import canonical_json


class PartyKind(StrEnum):
    """What the party is (当事人类型)."""

    PERSON = "person"
    ORGANISATION = "organisation"
    INDIVIDUAL_BUSINESS = "individual_business"


class CaseSource(StrEnum):
    """Where a case comes from (案件来源)."""

    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    REPORT = "report"
    TRANSFER = "transfer"
    SUPERIOR_ASSIGNMENT = "superior_assignment"
    OTHER = "other"


class PenaltyKind(StrEnum):
    """The kinds of penalty (处罚种类): APL art. 9."""

    WARNING = "warning"
    PUBLIC_CRITICISM = "public_criticism"
    FINE = "fine"
    CONFISCATE_ILLEGAL_GAINS = "confiscate_illegal_gains"
    CONFISCATE_ILLEGAL_PROPERTY = "confiscate_illegal_property"
    SUSPEND_LICENCE = "suspend_licence"
    LOWER_QUALIFICATION = "lower_qualification"
    REVOKE_LICENCE = "revoke_licence"
    RESTRICT_BUSINESS = "restrict_business"
    ORDER_SUSPENSION = "order_suspension"
    ORDER_CLOSURE = "order_closure"
    RESTRICT_EMPLOYMENT = "restrict_employment"
    ADMINISTRATIVE_DETENTION = "administrative_detention"
    OTHER = "other"


# A hearing is a right whatever the amount: APL art. 63 items 3 to 5.
HEARING_KINDS = frozenset(
    {
        PenaltyKind.LOWER_QUALIFICATION,
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.ORDER_SUSPENSION,
        PenaltyKind.ORDER_CLOSURE,
        PenaltyKind.RESTRICT_EMPLOYMENT,
    }
)
PAID_KINDS = frozenset({PenaltyKind.FINE, PenaltyKind.CONFISCATE_ILLEGAL_GAINS})
DONE_BY_SERVICE = frozenset({PenaltyKind.WARNING, PenaltyKind.PUBLIC_CRITICISM})
# Lightest first; whether one penalty is heavier than another is judged by kind, then by amount.
WEIGHT = {kind: weight for weight, kind in enumerate(PenaltyKind)}


class Outcome(StrEnum):
    """What is decided or proposed (处理结论): APL art. 57."""

    PENALTY = "penalty"
    NO_PENALTY_MINOR = "no_penalty_minor"  # slight, corrected, harmless: art. 33(1)
    NO_PENALTY_FIRST = "no_penalty_first"  # first, slight, corrected: art. 33(1), second sentence
    NO_PENALTY_NO_FAULT = "no_penalty_no_fault"  # art. 33(2)
    NO_PENALTY_NOT_RESPONSIBLE = "no_penalty_not_responsible"  # under 14, incapacity: art. 30, 31
    NO_PENALTY_TIME_BARRED = "no_penalty_time_barred"  # art. 36
    NO_VIOLATION = "no_violation"  # art. 57(1) item 3


class ServiceMethod(StrEnum):
    """How a document reaches the party (送达方式): CPL art. 87 to 95."""

    DIRECT = "direct"
    LIEN = "lien"
    ELECTRONIC = "electronic"
    MAIL = "mail"
    ENTRUSTED = "entrusted"
    RELAYED = "relayed"
    PUBLIC_NOTICE = "public_notice"


class ReviewOpinion(StrEnum):
    """What the legal reviewer answers (法制审核意见): glossary section 9."""

    APPROVE = "approve"
    CORRECT = "correct"
    SUPPLEMENT_PAPERS = "supplement_papers"
    SUPPLEMENT_FACTS = "supplement_facts"
    NO_PENALTY = "no_penalty"
    REVOKE_CASE = "revoke_case"
    TRANSFER = "transfer"
    OTHER = "other"


# Opinions that let a decision of their own kind go on (procedures.md 3.2, guards).
PASSING = frozenset(
    {
        ReviewOpinion.APPROVE,
        ReviewOpinion.NO_PENALTY,
        ReviewOpinion.REVOKE_CASE,
        ReviewOpinion.TRANSFER,
    }
)


class ReviewContent(StrEnum):
    """The seven contents of a legal review (法制审核内容): MOT art. 72, which repeats 国办发〔2018〕118号."""

    SUBJECT = "subject"
    PROCEDURE = "procedure"
    FACTS = "facts"
    LAW = "law"
    POWER = "power"
    DOCUMENTS = "documents"
    CRIME = "crime"


class PreservationDisposal(StrEnum):
    """What becomes of evidence registered for preservation (登记保存的处理): SAMR art. 35."""

    RECORD = "record"
    EXAMINE = "examine"
    COERCE = "coerce"
    CONFISCATE = "confiscate"
    RELEASE = "release"


class GateQuestion(StrEnum):
    """The two grounds of a major decision no program can judge: APL art. 58(1) items 1 and 3."""

    PUBLIC_INTEREST = "public_interest"
    COMPLEX = "complex"


class LinkKind(StrEnum):
    """Why another case belongs to this one: ACL art. 18 and 19 (P3c); APL art. 72(1) item 4 (P16)."""

    COERCIVE_MEASURE = "coercive_measure"
    COURT_ENFORCEMENT = "court_enforcement"
    OWN_ENFORCEMENT = "own_enforcement"
    RELATED_CASE = "related_case"


class MajorGround(StrEnum):
    """Why a decision is major (重大理由): APL art. 58(1)."""

    PUBLIC_INTEREST = "public_interest"
    HEARING_HELD = "hearing_held"
    COMPLEX = "complex"
    CATALOGUE = "catalogue"  # by law or regulation, or the body's own catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party of the case (当事人)."""

    id: UUID
    kind: PartyKind
    name: str
    identifier: str = ""  # identity number or social credit code
    address: str = ""
    phone: str = ""
    representative: str = ""  # legal representative, head or operator
    born_on: date | None = None
    guardian: str = ""

    def is_same_as(self, other: "Party") -> bool:
        """Whether that is this person or organisation under the same number, or without one the same name."""
        if self.kind is not other.kind:
            return False
        if self.identifier:
            return self.identifier == other.identifier
        return self.name == other.name

    def is_minor(self, on: date) -> bool:
        """Whether this is a natural person under 18 on that day (未成年人)."""
        age = self.age(on)
        return age is not None and age < 18

    def age(self, on: date) -> int | None:
        """Return the age in full years on a day, or None where no birth date is known."""
        if self.born_on is None:
            return None
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (0 if had_birthday else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One place in an act, as the draft of a decision cites it (法律条款)."""

    act: str
    article: int
    paragraph: int = 0
    item: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRef:
    """One piece of evidence the draft rests on, named by its digest (证据)."""

    name: str
    source: str
    proves: str
    pages: int = 1
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyItem:
    """One penalty of the draft (处罚内容); the amount in fen belongs to money alone.

    Of several parties each is punished for his own part (APL art. 5(2)); without a party it is all of them.
    """

    kind: PenaltyKind
    amount_fen: int = 0
    detail: str = ""
    party: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """What the agency means to decide (拟处理意见): exactly what a review passes or refuses.

    Number, date, seal and QR code lie outside it (design.md section 4, Gate).
    """

    outcome: Outcome
    facts_found: str
    evidence: tuple[EvidenceRef, ...]
    violated: tuple[Provision, ...]
    basis: tuple[Provision, ...]
    discretion_grade: str
    discretion_reasons: str
    penalties: tuple[PenaltyItem, ...]
    reasons: str
    defence_answer: str = ""
    order_correction: str = ""
    template_key: str = "penalty_decision"
    template_version: str = ""

    def canonical(self) -> str:
        """Return the one JSON text the digest is taken over (RFC 8785)."""
        return canonical_json(msgspec.to_builtins(self)).decode()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the canonical text, in hex."""
        return _digest(self)

    def of(self, party: UUID | None) -> "DecisionDraft":
        """Return the draft as far as it concerns one party: his own penalties, and those of all."""
        own = tuple(item for item in self.penalties if item.party in {None, party})
        return self if own == self.penalties else replace(self, penalties=own)

    @property
    def apart(self) -> bool:
        """Whether each of several parties pays his own: every sum of money names whose it is."""
        owed = [item.party for item in self.penalties if item.kind in PAID_KINDS]
        return bool(owed) and None not in owed

    @property
    def performers(self) -> frozenset[UUID | None]:
        """Return who has something other than money to do; None: all together."""
        done = DONE_BY_SERVICE | PAID_KINDS
        return frozenset(item.party for item in self.penalties if item.kind not in done)

    def payable_by(self, party: UUID | None) -> int:
        """Return what one party has to pay in, together with the others where they are not told apart."""
        return self.of(party).payable_fen if self.apart else self.payable_fen

    @property
    def amount_fen(self) -> int:
        """Return all money of the draft: fines and confiscations."""
        return sum(item.amount_fen for item in self.penalties)

    @property
    def payable_fen(self) -> int:
        """Return what the party has to pay in: fines and confiscated gains, not things."""
        return self.fen(*PAID_KINDS)

    @property
    def needs_performance(self) -> bool:
        """Whether something other than money is to be done (停产停业、没收物品……)."""
        return bool(set(self.kinds) - DONE_BY_SERVICE - PAID_KINDS)

    @property
    def kinds(self) -> tuple[PenaltyKind, ...]:
        """Return the kinds of penalty, each once, lightest first."""
        return tuple(sorted({item.kind for item in self.penalties}, key=WEIGHT.__getitem__))

    def fen(self, *kinds: PenaltyKind) -> int:
        """Return the money of these kinds."""
        return sum(item.amount_fen for item in self.penalties if item.kind in kinds)


@lru_cache(maxsize=256)
def _digest(draft: DecisionDraft) -> str:
    return hashlib.sha256(draft.canonical().encode()).hexdigest()


def is_heavier(new: DecisionDraft, old: DecisionDraft) -> bool:
    """Whether `new` punishes a party harder than `old`: a kind more, or more money of any kind.

    Source: APL art. 45(2), art. 62 (a defence may not make the penalty heavier).
    """
    if new.outcome is not Outcome.PENALTY:
        return False
    if old.outcome is not Outcome.PENALTY:
        return True
    named = {item.party for item in (*new.penalties, *old.penalties)}
    of_one = any(_heavier(new.of(party), old.of(party)) for party in named)
    return of_one or _heavier(new, old)  # what all paid together each pays now


def _heavier(new: DecisionDraft, old: DecisionDraft) -> bool:
    more = set(new.kinds) - set(old.kinds)
    return bool(more) or any(new.fen(kind) > old.fen(kind) for kind in new.kinds)


def needs_new_notice(new: DecisionDraft, old: DecisionDraft) -> bool:
    """Whether the party has to be told again: new facts, a new basis or a heavier proposal.

    Who is not punished after all need not be told before.
    Source: APL art. 44, art. 62; procedures.md 3.2, hard gates.
    """
    return new.outcome is Outcome.PENALTY and (
        new.facts_found != old.facts_found
        or (new.violated, new.basis) != (old.violated, old.basis)
        or is_heavier(new, old)
    )
