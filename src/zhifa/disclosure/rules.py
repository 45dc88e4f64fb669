"""What may be published, by whose word, and when (公示规则); pure.

Bans of the law come first and nobody can lift them; then a table of policy says what is published
as it is, what without names, and what not at all (three-systems.md 2.3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.citations import (
    APL,
    NOTICE_118,
    OPEN_INFORMATION,
    PIPL,
    PSL,
    SAMR_PUBLICITY,
    Article,
)
from zhifa.law.counting import plus_months
from zhifa.law.errors import Violation
from zhifa.procedures.values import PartyKind, PenaltyKind

RULES_VERSION = "2026-11-25"  # of the policy table and of redaction; kept with every publication


class Treatment(StrEnum):
    """What is done with a decision (公示方式)."""

    PUBLISH = "publish"
    ANONYMISE = "anonymise"
    WITHHOLD = "withhold"


class Ground(StrEnum):
    """Why something is not published (不予公开理由), three-systems.md 2.3."""

    STATE_SECRET = "state_secret"  # noqa: S105  (a ground, no password)
    LAW_FORBIDS = "law_forbids"
    ENDANGERS_SECURITY = "endangers_security_stability"
    TRADE_SECRET = "trade_secret"  # noqa: S105
    PRIVACY = "privacy"
    MINOR = "minor"
    SERIES_CASE = "series_case"
    INTERNAL_PROCESS = "internal_process"
    CASE_FILE = "case_file_information"
    PUBLIC_SECURITY = "public_security_record"
    DECISION_CHANGED = "decision_changed"
    WARNING_ONLY = "warning_only"
    BODY_POLICY = "body_policy"
    NO_SOCIAL_IMPACT = "no_social_impact"


# Whoever wishes otherwise: what one of these concerns is not published.
BANS: dict[Ground, Article] = {
    Ground.STATE_SECRET: OPEN_INFORMATION.art(14),  # and APL art. 50
    Ground.LAW_FORBIDS: OPEN_INFORMATION.art(14),
    Ground.ENDANGERS_SECURITY: OPEN_INFORMATION.art(14),
    Ground.TRADE_SECRET: OPEN_INFORMATION.art(15),  # and APL art. 50
    Ground.PRIVACY: OPEN_INFORMATION.art(15),  # and APL art. 50
    Ground.MINOR: PIPL.art(31),  # sensitive under 14; under 18 by policy [policy]
    Ground.SERIES_CASE: OPEN_INFORMATION.art(14),  # would harm a connected investigation
    Ground.INTERNAL_PROCESS: OPEN_INFORMATION.art(16, 1),
    Ground.CASE_FILE: OPEN_INFORMATION.art(16, 2),
    Ground.PUBLIC_SECURITY: PSL.art(136),  # records are sealed
    Ground.DECISION_CHANGED: APL.art(48, 2),  # what would be withdrawn is not published
}
# What a person has to look for; the others a program can see.
ASKED = (
    Ground.STATE_SECRET, Ground.LAW_FORBIDS, Ground.ENDANGERS_SECURITY, Ground.TRADE_SECRET,
    Ground.PRIVACY, Ground.SERIES_CASE, Ground.INTERNAL_PROCESS, Ground.CASE_FILE,
    Ground.NO_SOCIAL_IMPACT,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """A party as disclosure sees it (行政相对人); what is unknown is empty."""

    kind: PartyKind
    name: str
    identifier: str = ""  # identity number, or social credit code
    address: str = ""
    phone: str = ""
    representative: str = ""  # legal representative, head or operator
    guardian: str = ""
    born_on: date | None = None
    minor: bool = False  # under 18 when the decision was made


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionToPublish:
    """A served decision with everything that publishing it has to know (待公示决定), frozen."""

    case_id: UUID
    case_version: int
    case_number: str
    title: str  # 案名
    body_id: UUID
    unit_id: UUID | None
    handlers: tuple[UUID, ...]
    act_type: str
    field: str  # the field rule of the body: samr, mara, police, ... (law.terms.FIELDS)
    parties: tuple[Counterparty, ...]
    others: tuple[Counterparty, ...]  # witnesses and others who were heard
    kinds: tuple[PenaltyKind, ...]
    amount_fen: int
    decided_on: date
    served_on: date
    is_major: bool
    reviewed_on: date | None
    review_unit: str
    document_id: UUID
    document_type: str
    document_sha256: str  # of the sealed original
    token: str
    number: str
    sealed_entry: int
    is_demo: bool
    changed_on: date | None = None  # varied, revoked, declared illegal or void: APL art. 48(2)
    former: tuple[Counterparty, ...] = ()  # parties as papers and earlier steps have them


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """The fields of a decision that everybody reads (公示摘要), redacted."""

    case_name: str
    party: str
    facts: str
    legal_basis: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One line of the policy table; what is empty holds for all. The first that fits counts."""

    treatment: Treatment
    basis: Article
    act_type: str = ""
    party: PartyKind | None = None
    only_kinds: frozenset[PenaltyKind] = frozenset()  # the decision holds none but these
    ground: Ground | None = None  # why, where it is withheld
    note: str = ""  # the body's own document, where it has chosen

    def fits(self, decision: DecisionToPublish) -> bool:
        """Whether the line speaks of this decision."""
        return (
            self.act_type in ("", decision.act_type)
            and (self.party is None or self.party in {one.kind for one in decision.parties})
            and (not self.only_kinds or set(decision.kinds) <= self.only_kinds)
        )


# [policy] The city's defaults; a body may withhold less only where the law has no ban.
DEFAULT_POLICY: tuple[PolicyLine, ...] = (
    PolicyLine(
        treatment=Treatment.WITHHOLD,
        basis=SAMR_PUBLICITY.art(2),
        act_type="penalty",
        only_kinds=frozenset({PenaltyKind.WARNING}),
        ground=Ground.WARNING_ONLY,
    ),
    PolicyLine(treatment=Treatment.ANONYMISE, basis=PIPL.art(28), party=PartyKind.PERSON),
    PolicyLine(treatment=Treatment.PUBLISH, basis=NOTICE_118.whole),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be done with a decision, and why."""

    treatment: Treatment
    reasons: tuple[Violation, ...]  # bans, or the line of policy that withholds
    basis: Article

    @property
    def banned(self) -> bool:
        """Whether the law forbids publication, so that no table could allow it."""
        return any(Ground(one.code.rpartition(".")[2]) in BANS for one in self.reasons)


def ruling(
    decision: DecisionToPublish,
    *,
    found: Iterable[Ground] = (),
    table: Sequence[PolicyLine] = DEFAULT_POLICY,
) -> Ruling:
    """Return what is to be done with a decision.

    found  the grounds that people have found on looking; a ban among them cannot be outweighed
    table  the body's policy; a last line that fits everything is expected

    Raises LookupError if no line of the table fits.
    """
    grounds = dict.fromkeys((*_visible_bans(decision), *found))
    bans = [_reason(ground, BANS[ground]) for ground in grounds if ground in BANS]
    if bans:
        return Ruling(Treatment.WITHHOLD, tuple(bans), bans[0].basis)
    if Ground.NO_SOCIAL_IMPACT in grounds:  # the duty covers penalties of some social impact
        reason = _reason(Ground.NO_SOCIAL_IMPACT, APL.art(48, 1))
        return Ruling(Treatment.WITHHOLD, (reason,), reason.basis)
    line = next((line for line in table if line.fits(decision)), None)
    if line is None:
        raise LookupError("the policy table has no line for this decision")
    reasons = (_reason(line.ground, line.basis),) if line.ground else ()
    return Ruling(line.treatment, reasons, line.basis)


def choice_objections(line: PolicyLine) -> tuple[Violation, ...]:
    """Return why a body may not choose this: nobody's name is published by policy (PIPL art. 28)."""
    if line.party is PartyKind.PERSON and line.treatment is Treatment.PUBLISH:
        return (Violation("policy.names_persons", PIPL.art(28)),)
    if not line.note.strip():
        return (Violation("policy.basis_missing", NOTICE_118.whole),)
    return ()


def _visible_bans(decision: DecisionToPublish) -> Iterable[Ground]:
    if decision.field == "police":
        yield Ground.PUBLIC_SECURITY
    if any(party.minor for party in decision.parties):
        yield Ground.MINOR
    if decision.changed_on is not None:  # also if varied: the record holds no text as varied
        yield Ground.DECISION_CHANGED


def _reason(ground: Ground, basis: Article) -> Violation:
    return Violation(f"withhold.{ground.value}", basis)


class State(StrEnum):
    """How far a publication has come (公示环节)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # waits for the head of the handling unit
    AGREED = "agreed"  # waits for the disclosure reviewer
    CLEARED = "cleared"  # waits for the publisher
    RELEASED = "released"  # on its way to the portal
    PUBLISHED = "published"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    WITHHELD = "withheld"  # decided not to be published


class Act(StrEnum):
    """What people do with a publication (公示办理)."""

    DRAFT = "draft"
    SUBMIT = "submit"
    AGREE = "agree"
    CLEAR = "clear"
    RELEASE = "release"
    RETURN = "return"
    WITHHOLD = "withhold"
    WITHDRAW = "withdraw"


RECALL = (
    "recall"  # nobody's act: what may not be published any more is taken back before it is sent
)
EDITOR, HEAD = "disclosure_editor", "handling_unit_head"
REVIEWER, PUBLISHER = "disclosure_reviewer", "disclosure_publisher"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the workflow: who takes a publication from where to where."""

    act: Act
    source: State
    target: State
    role: str
    others_work: bool = False  # nobody approves what they drafted themselves
    reasoned: bool = False


# Editor, head of the unit, reviewer, publisher: NOTICE_118 (unverified: restated in three-systems.md 2.7).
MOVES: tuple[Move, ...] = (
    Move(Act.SUBMIT, State.DRAFT, State.SUBMITTED, EDITOR),
    Move(Act.AGREE, State.SUBMITTED, State.AGREED, HEAD, others_work=True),
    Move(Act.CLEAR, State.AGREED, State.CLEARED, REVIEWER, others_work=True),
    Move(Act.RELEASE, State.CLEARED, State.RELEASED, PUBLISHER, others_work=True),
    Move(Act.RETURN, State.SUBMITTED, State.DRAFT, HEAD, others_work=True, reasoned=True),
    Move(Act.RETURN, State.AGREED, State.DRAFT, REVIEWER, others_work=True, reasoned=True),
    Move(Act.RETURN, State.CLEARED, State.DRAFT, PUBLISHER, others_work=True, reasoned=True),
    Move(Act.WITHHOLD, State.AGREED, State.WITHHELD, REVIEWER, others_work=True, reasoned=True),
    Move(Act.WITHHOLD, State.CLEARED, State.WITHHELD, PUBLISHER, others_work=True, reasoned=True),
    Move(Act.WITHDRAW, State.PUBLISHED, State.WITHDRAWING, PUBLISHER, reasoned=True),
)


def move(act: Act, state: State) -> Move | None:
    """Return the line of the workflow for an act in a state, or None if there is none."""
    return next((one for one in MOVES if (one.act, one.source) == (act, state)), None)


def moves_from(state: State) -> tuple[Move, ...]:
    """Return what can be done in a state, in the order of the workflow."""
    return tuple(one for one in MOVES if one.source is state)


def objections(
    line: Move, *, actor: ActorId, authors: frozenset[UUID], reason: str, ruled: Ruling
) -> tuple[Violation, ...]:
    """Return every rule that forbids the act; roles are asked about elsewhere.

    authors  who drafted or submitted this version: they approve nothing of it
    """
    found = []
    if line.others_work and actor in authors:
        found.append(Violation("disclosure.own_work", NOTICE_118.whole))
    if line.reasoned and not reason.strip():
        found.append(Violation("disclosure.reason_missing", NOTICE_118.whole))
    passing_on = line.act in {Act.CLEAR, Act.RELEASE}
    if passing_on and ruled.treatment is Treatment.WITHHOLD:
        found += ruled.reasons
    if line.act is Act.WITHHOLD and ruled.treatment is not Treatment.WITHHOLD:
        found.append(Violation("disclosure.no_ground_to_withhold", APL.art(48, 1)))
    return tuple(found)


def beginning_again(decision: DecisionToPublish) -> tuple[Violation, ...]:
    """Return why what was withdrawn is not begun again: its decision was changed (APL art. 48(2))."""
    if decision.changed_on is None:
        return ()
    return (Violation("disclosure.decision_changed", BANS[Ground.DECISION_CHANGED]),)


# What is shorter explains nothing to the public [policy]: the law says no number.
EXPLAINS_FROM = 5  # characters; the words of the violation say it too


def explained(reason: str) -> tuple[Violation, ...]:
    """Return what is missing in the reason that is given to the public (公开说明理由): APL art. 48(2)."""
    if 0 < len(reason.strip()) < EXPLAINS_FROM:
        return (Violation("disclosure.reason_too_short", APL.art(48, 2)),)
    return ()


class WithdrawalGround(StrEnum):
    """Why a publication is taken back (撤回理由)."""

    VARIED = "varied"
    REVOKED = "revoked"
    ILLEGAL = "confirmed_illegal"
    VOID = "confirmed_void"
    NOT_TO_PUBLISH = "should_not_be_published"
    WRONG_CONTENT = "wrong_content"
    CREDIT_REPAIR = "credit_repaired"


# Where a change of the decision starts the three working days of T09: APL art. 48(2).
DECISION_CHANGED = frozenset(
    {
        WithdrawalGround.VARIED,
        WithdrawalGround.REVOKED,
        WithdrawalGround.ILLEGAL,
        WithdrawalGround.VOID,
    }
)


# The credit channel's longest terms by what was imposed: serious three years, else one year; what is
# only warned or criticised three months (信用修复管理办法 2026, unverified against its text) [policy].
_SERIOUS = frozenset(
    {
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.RESTRICT_EMPLOYMENT,
        PenaltyKind.ORDER_SUSPENSION,
        PenaltyKind.ORDER_CLOSURE,
    }
)
_SLIGHT = frozenset({PenaltyKind.WARNING, PenaltyKind.PUBLIC_CRITICISM})


def published_until(kinds: Iterable[PenaltyKind], decided_on: date) -> date:
    """Return the last day of publication; it ends by itself on that day."""
    imposed = set(kinds)
    if imposed <= _SLIGHT:
        return plus_months(decided_on, 3)
    return plus_months(decided_on, 36 if imposed & _SERIOUS else 12)
