"""What many documents share: people, parties, provisions, evidence, penalties, remedies."""

from dataclasses import dataclass
from datetime import date, datetime

from zhifa.documents.values.codes import Endorser, Gender
from zhifa.law.errors import BadValue
from zhifa.procedures.values import DONE_BY_SERVICE, PAID_KINDS, PartyKind, PenaltyKind


@dataclass(frozen=True, slots=True)
class Officer:
    """An enforcement officer and the number of the certificate shown (执法人员)."""

    name: str
    certificate_number: str


@dataclass(frozen=True, slots=True)
class Official:
    """A person who acts by virtue of a post (职务)."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who stands for a minor or a person without capacity (监护人)."""

    name: str
    relation: str = ""  # 父亲, 母亲, ...
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """The person or organisation a case is about (当事人); what is unknown is left empty.

    A person has an identity number, an organisation and an individual business have a social
    credit code; an organisation has a legal representative or head, an individual business an
    operator (`representative` either way), whose identity number `id_number` then is.
    Raises BadValue for parts that cannot belong to its kind.
    """

    kind: PartyKind
    name: str
    address: str = ""
    phone: str = ""
    id_number: str = ""
    credit_code: str = ""
    representative: str = ""
    gender: Gender | None = None
    born_on: date | None = None
    guardian: Guardian | None = None

    def __post_init__(self) -> None:
        """Refuse a natural person with a credit code, and an organisation with a guardian."""
        if self.kind is PartyKind.PERSON and (self.credit_code or self.representative):
            raise BadValue("party.person_with_organisation_parts")
        if self.kind is PartyKind.ORGANISATION and (self.guardian or self.gender or self.born_on):
            raise BadValue("party.organisation_with_personal_parts")


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The case a document belongs to."""

    number: str  # 案号 (立案号)
    cause: str  # 案由


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in an act as a document cites it (法律条款).

    An act with a long list of articles may carry inserted ones: 第一百四十条之一 is
    `article=140, inserted=1`. `text` is its wording, where a document quotes it.
    """

    act: str  # the title as published, without 《》
    article: int
    paragraph: int = 0
    item: int = 0
    inserted: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as a document lists it (证据)."""

    name: str
    source: str  # where it comes from: 本局制作, 当事人提供, ...
    pages: int
    proves: str = ""  # what it proves (证明内容)


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of a list of things (物品清单)."""

    name: str
    quantity: str  # with its unit of count: 11袋
    specification: str = ""
    producer: str = ""
    batch: str = ""  # batch number or production date
    unit_price_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PenaltyItem:
    """One penalty of a decision (处罚内容).

    `amount_fen` belongs to a fine and to confiscated gains, and to these alone; `detail` says
    what is confiscated, revoked, suspended or closed, and for how long.
    Raises BadValue: penalty.amount_missing, penalty.amount_not_money, penalty.detail_missing.
    """

    kind: PenaltyKind
    amount_fen: int | None = None
    detail: str = ""
    party: str = ""  # the name, where it is for one of several

    def __post_init__(self) -> None:
        """Refuse a fine without an amount and a warning with one."""
        money = self.kind in PAID_KINDS
        bare = money or self.kind in DONE_BY_SERVICE
        if money and self.amount_fen is None:
            raise BadValue("penalty.amount_missing")
        if not money and self.amount_fen is not None:
            raise BadValue("penalty.amount_not_money")
        if not bare and not self.detail:
            raise BadValue("penalty.detail_missing")


@dataclass(frozen=True, slots=True)
class Endorsement:
    """One box of an approval form; without a name and a day it is printed empty to be signed."""

    endorser: Endorser
    opinion: str = ""
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the party may turn to."""

    name: str
    phone: str
    address: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Where and until when a fine is paid (缴款).

    The bank may add the additional fine only if the decision says so.
    Source: APL art. 59, 67 and 72; 罚款决定与罚款收缴分离实施办法 art. 7.
    """

    bank_name: str
    bank_address: str
    within_days: int  # from receipt of the decision
    additional_fine: bool  # 每日按罚款数额的百分之三加处罚款
    account_name: str = ""
    account_number: str = ""
    electronic: str = ""  # the electronic payment system, where there is one


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where and until when a decision can be challenged (救济途径): ARL art. 20, ALL art. 46."""

    reconsideration_body: str
    reconsideration_days: int
    court: str
    suit_months: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn of a record: a question and its answer, or a speaker and what was said."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an interview with its answer (问、答)."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when something took place; both aware. Not timed: only the day was noted."""

    started_at: datetime
    ended_at: datetime
    timed: bool = True

    def __post_init__(self) -> None:
        """Refuse an end before the beginning, and times without a zone."""
        if self.started_at.tzinfo is None or self.ended_at.tzinfo is None:
            raise BadValue("spell.naive")
        if self.ended_at < self.started_at:
            raise BadValue("spell.ends_before_it_begins")
