"""Everything a guard may judge: the facts of a case, and what the case itself cannot know (案情)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from uuid import UUID

from zhifa.law.calendar import Calendar
from zhifa.law.legal_time import Extension, Stop
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import Term
from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    GateQuestion,
    LinkKind,
    MajorGround,
    Outcome,
    Party,
    PartyKind,
    PenaltyKind,
    ReviewOpinion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTerm:
    """One term of the case (期限), running until it has ended."""

    key: str
    about: str = ""  # whom or what it concerns: a party's id, the sequence of a step
    variant: str = ""
    started_on: date
    due_on: date | None  # None while a stop is open
    warn_on: date | None
    provisional: bool
    earliest: bool  # an at-least term: the first day allowed
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """An answer to one of the two judged grounds, by one of the two people asked."""

    question: GateQuestion
    role: str
    by: UUID
    yes: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The prior notice as one party received it (事先告知)."""

    party: UUID
    served_on: date
    hearing_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """The hearing and how far it has come (听证)."""

    party: UUID  # who asked first
    others: tuple[UUID, ...] = ()  # who asked after
    requested_on: date
    host: UUID | None = None
    clerk: UUID | None = None
    papers_on: date | None = None
    hearing_on: date | None = None
    begins_at: str = ""
    place: str = ""
    public: bool = True
    closed_reason: str = ""
    present: str = ""
    notified: tuple[UUID, ...] = ()  # parties told of this day and place
    announced_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    reported_on: date | None = None
    ended_on: date | None = None  # no-show or withdrawn

    @property
    def over(self) -> bool:
        """Whether it was held to its report, or has ended without."""
        return self.reported_on is not None or self.ended_on is not None

    @property
    def stops_terms(self) -> bool:
        """Whether days go uncounted: from the request to the closed record (section 11, notes)."""
        return self.closed_on is None and self.ended_on is None

    @property
    def askers(self) -> tuple[UUID, ...]:
        """Return every party that asked for it, the first one first."""
        return (self.party, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something begun by one step and finished by another: a preservation, a testing."""

    sequence: int
    began_on: date
    finished_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A passed legal review: the text it binds, and what it lets through."""

    sha256: str
    opinion: ReviewOpinion
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decision (决定)."""

    outcome: Outcome
    on: date
    by: UUID
    draft_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The decision as one party received it (送达)."""

    party: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What was paid on a day (缴款)."""

    on: date
    fen: int
    additional_fen: int = 0
    party: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedySpell:
    """From asking for reconsideration, or going to court, to its end (复议、诉讼期间)."""

    party: UUID
    suit: bool
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another case that belongs to this one (关联案件)."""

    kind: LinkKind
    reference: str
    authority: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked:
    """A correction that somebody asked for and nobody has answered (待批准的更正)."""

    sequence: int  # of the step that asked
    corrects: int  # sequence of the wrong entry
    by: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fold of every step of a case; the only thing guards see of its past."""

    state: str = ""
    sequence: int = 0  # how many steps were taken; the version a person has seen
    last_on: date | None = None  # the latest day of any step
    last_by: UUID | None = None
    entered_on: date | None = None  # since when the case is in this state
    title: str = ""
    source: CaseSource | None = None
    discovered_on: date | None = None
    offence_ended_on: date | None = None
    grave_harm: bool = False
    parties: tuple[Party, ...] = ()
    power_item: UUID | None = None
    registered_by: UUID | None = None
    verification: str = ""  # what was found before filing (核查情况)
    facts_suspected: bool = False
    filed_on: date | None = None
    filed_by: UUID | None = None
    handlers: tuple[UUID, ...] = ()
    former_handlers: tuple[UUID, ...] = ()
    recused: tuple[UUID, ...] = ()  # withdrawn from this case: APL art. 43
    authors: tuple[UUID, ...] = ()  # who drafted or sent for review, and so approves nothing
    inspections: int = 0
    interviews: int = 0
    evidence: int = 0
    rights_told: bool = False
    preservations: tuple[OpenItem, ...] = ()
    testings: tuple[OpenItem, ...] = ()
    suspended_on: date | None = None
    gate_answers: tuple[GateAnswer, ...] = ()
    draft: DecisionDraft | None = None
    draft_sha256: str = ""
    is_major: bool = False
    grounds: tuple[MajorGround, ...] = ()
    case_review_sha256: str = ""
    case_review_by: UUID | None = None
    review_open: bool = False
    review_opinion: ReviewOpinion | None = None  # the latest
    review_pass: Passed | None = None
    notices: tuple[Notice, ...] = ()
    notice_draft: DecisionDraft | None = None  # what the party was told
    defences: tuple[UUID, ...] = ()
    waivers: tuple[UUID, ...] = ()
    hearing: Hearing | None = None
    hearing_held: bool = False
    discussion_sha256: str = ""
    decision: Decided | None = None
    service_notice_on: date | None = None
    served: tuple[Served, ...] = ()
    paid_fen: int = 0
    paid: bool = False
    paid_by: tuple[UUID, ...] = ()  # of several who pay apart: who has paid in full
    payments: tuple[Payment, ...] = ()
    performed: bool = False  # what is not money
    performed_by: tuple[UUID, ...] = ()  # of several who perform apart: who has done all of it
    closing_event_on: date | None = None
    closed_on: date | None = None
    archived_on: date | None = None
    reconsidered: tuple[UUID, ...] = ()  # parties that asked for reconsideration
    sued: tuple[UUID, ...] = ()
    remedies: tuple[RemedySpell, ...] = ()
    linked: tuple[Linked, ...] = ()
    published_on: date | None = None
    withheld_on: date | None = None  # decided not to be published
    decision_changed_on: date | None = None
    terms: tuple[RunningTerm, ...] = ()
    corrections_asked: tuple[CorrectionAsked, ...] = ()  # that nobody has answered yet
    corrected: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()  # "sequence:code", rules a correction showed to have been broken

    @property
    def ever_handled_by(self) -> frozenset[UUID]:
        """Return who handles the case, or did: none of them judges it."""
        return frozenset((*self.handlers, *self.former_handlers))

    @property
    def reviewed_by(self) -> frozenset[UUID]:
        """Return whose case review or legal review let the proposal pass."""
        legal = self.review_pass.by if self.review_pass else None
        return frozenset(one for one in (self.case_review_by, legal) if one)

    def party(self, party_id: UUID) -> Party | None:
        """Return one party of the case."""
        return next((one for one in self.parties if one.id == party_id), None)

    def notice(self, party_id: UUID) -> Notice | None:
        """Return the notice that one party received."""
        return next((one for one in self.notices if one.party == party_id), None)

    def all_notified(self) -> bool:
        """Whether every party holds a valid prior notice."""
        return bool(self.parties) and all(self.notice(party.id) for party in self.parties)

    def all_served(self) -> bool:
        """Whether every party has received the decision."""
        return {party.id for party in self.parties} <= {one.party for one in self.served}

    def account(self, party: UUID) -> tuple[Payment, ...]:
        """Return what was paid on the account of a party: his own, or the one of all together."""
        apart = self.draft is not None and self.draft.apart
        return tuple(one for one in self.payments if not apart or one.party == party)

    def has_paid(self, party: UUID) -> bool:
        """Whether nothing is left to pay on the account of a party."""
        owed = self.draft.payable_by(party) if self.draft else 0
        return self.paid or party in self.paid_by or not owed

    def term(self, key: str, about: str = "") -> RunningTerm | None:
        """Return the latest term of that key and subject, running or ended."""
        found = [one for one in self.terms if (one.key, one.about) == (key, about)]
        return found[-1] if found else None

    def running(self) -> tuple[RunningTerm, ...]:
        """Return the terms that have not ended."""
        return tuple(one for one in self.terms if one.ended_on is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerOnDuty:
    """An officer as the registry knew him on that day (执法人员)."""

    id: UUID
    name: str
    certificate_number: str
    valid_from: date | None = None
    valid_until: date | None = None
    suspended: bool = False

    def may_enforce(self, on: date) -> bool:
        """Whether the certificate holds on that day: APL art. 42, 76."""
        return (
            not self.suspended
            and self.valid_from is not None
            and self.valid_until is not None
            and self.valid_from <= on <= self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the case cannot know itself, as it stood when the step was taken; journalled with it."""

    actor: UUID
    roles: tuple[str, ...]  # of the actor in this body on that day
    officers: tuple[OfficerOnDuty, ...] = ()  # assigned, or about to be
    reviewer_qualified: bool = False
    body_has_capacity: bool = True
    power_item_valid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerm:
    """A term the body has shortened for itself (本机关缩短的期限): an overlay's, see `overlays`."""

    key: str
    count: int  # in the unit of the rule it shortens
    field: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The `[policy]` settings of the body on that day; journalled with the step."""

    field: str = ""  # field rule: samr, mara, ... (procedures.md)
    review_first: bool = False  # SAMR: review before the notice, unless a hearing was held
    discuss_major: bool = True  # APL art. 57(2): complex or major
    hearing_person_fen: int = 1_000_000  # SAMR hearing art. 5 (unverified): 10 000 yuan
    hearing_organisation_fen: int = 10_000_000  # 100 000 yuan
    major_kinds: tuple[PenaltyKind, ...] = (
        PenaltyKind.LOWER_QUALIFICATION,
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.ORDER_SUSPENSION,
        PenaltyKind.ORDER_CLOSURE,
        PenaltyKind.RESTRICT_EMPLOYMENT,
    )
    major_person_fen: int = 1_000_000
    major_organisation_fen: int = 10_000_000
    own_terms: tuple[OwnTerm, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()  # action, name of a further rule: overlays.RULES

    def hearing_fen(self, kind: PartyKind) -> int:
        """Return the amount from which a party of that kind may ask for a hearing."""
        return (
            self.hearing_person_fen if kind is PartyKind.PERSON else self.hearing_organisation_fen
        )

    def major_fen(self, kind: PartyKind) -> int:
        """Return the amount from which a decision on such a party is in the catalogue."""
        return self.major_person_fen if kind is PartyKind.PERSON else self.major_organisation_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """By what the step is judged: the calendar as it was known, and the settings of the body."""

    calendar: Calendar
    policy: Policy = field(default_factory=Policy)

    @property
    def catalogue(self) -> Mapping[str, Term]:
        """Return the catalogue of terms with those that the body has shortened."""
        return _catalogue(self.policy.own_terms)


@cache
def _catalogue(own_terms: tuple[OwnTerm, ...]) -> Mapping[str, Term]:
    terms = dict(CATALOGUE)
    for own in own_terms:
        branch = terms[own.key].branch(field=own.field, variant=own.variant)
        for day, rule in branch.rules.versions:
            shorter = replace(rule, length=replace(rule.length, count=own.count))
            terms[own.key] = terms[own.key].amended(
                day, shorter, field=own.field, variant=own.variant
            )
    return MappingProxyType(terms)
