"""Everything a guard may judge: the facts of a case, and what the case itself cannot know (案情)."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhifa.law.calendar import Calendar
from zhifa.law.legal_time import Extension, Stop
from zhifa.law.term_catalogue import CATALOGUE
from zhifa.law.terms import Term
from zhifa.procedures.values import (
    CaseSource,
    DecisionDraft,
    GateQuestion,
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

    party: UUID
    requested_on: date
    host: UUID | None = None
    clerk: UUID | None = None
    papers_on: date | None = None
    hearing_on: date | None = None
    place: str = ""
    public: bool = True
    notified_on: date | None = None
    announced_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    reported_on: date | None = None
    ended_on: date | None = None  # no-show or withdrawn

    @property
    def over(self) -> bool:
        """Whether it was held to its report, or has ended without."""
        return self.reported_on is not None or self.ended_on is not None


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
class Facts:
    """The fold of every step of a case; the only thing guards see of its past."""

    state: str = ""
    sequence: int = 0  # how many steps were taken; the version a person has seen
    last_on: date | None = None
    last_by: UUID | None = None
    title: str = ""
    source: CaseSource | None = None
    discovered_on: date | None = None
    offence_ended_on: date | None = None
    grave_harm: bool = False
    parties: tuple[Party, ...] = ()
    power_item: UUID | None = None
    registered_by: UUID | None = None
    facts_suspected: bool = False
    filed_on: date | None = None
    filed_by: UUID | None = None
    handlers: tuple[UUID, ...] = ()
    former_handlers: tuple[UUID, ...] = ()
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
    closing_event_on: date | None = None
    closed_on: date | None = None
    published_on: date | None = None
    decision_changed_on: date | None = None
    terms: tuple[RunningTerm, ...] = ()
    corrected: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()  # rules that a correction showed to have been broken

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
    """By what the step is judged: the calendar as it was known, the catalogue of terms, settings."""

    calendar: Calendar
    policy: Policy = field(default_factory=Policy)
    catalogue: dict[str, Term] = field(default_factory=lambda: CATALOGUE)
