"""The closed lists and small values of the registry, and what follows from appointments alone (登记规则).

Pure: who sees which cases is decided here and, a second time, by the database (`row_security`); a
differential test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhifa.law.actors import ActorId
from zhifa.law.citations import APL, SEED, SUPERVISION
from zhifa.law.errors import Violation


class BodyKind(StrEnum):
    """What a body is (主体类别): glossary section 2; APL art. 17 to 21."""

    ADMINISTRATIVE_ORGAN = "administrative_organ"
    AUTHORIZED_ORGANIZATION = "authorized_organization"
    ENTRUSTED_ORGANIZATION = "entrusted_organization"  # never in its own name: APL art. 20
    SUPERVISION_BODY = "supervision_body"  # justice department: SUPERVISION art. 6


class UnitKind(StrEnum):
    """What a part of a body does (内设机构)."""

    HANDLING = "handling"  # 承办机构
    LEGAL = "legal"  # 法制机构


class SuccessionKind(StrEnum):
    """How one body follows another (主体变更)."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    REGION_CODE = "region_code"


class Role(StrEnum):
    """What a person is appointed to do in a body (职务): glossary section 3."""

    CASE_HANDLER = "case_handler"
    HANDLING_UNIT_HEAD = "handling_unit_head"
    AGENCY_HEAD = "agency_head"
    CASE_REVIEWER = "case_reviewer"
    HEARING_HOST = "hearing_host"
    HEARING_CLERK = "hearing_clerk"
    LEGAL_REVIEWER = "legal_reviewer"
    DISCLOSURE_EDITOR = "disclosure_editor"
    DISCLOSURE_REVIEWER = "disclosure_reviewer"
    DISCLOSURE_PUBLISHER = "disclosure_publisher"
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


# Three people, never one in two of them (三员分立); none of them sees a case.
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
# See every case of their body. Hearing hosts and clerks too: who hears a case is named from case to
# case, and the papers must lie before him first [policy].
WHOLE_BODY = frozenset(
    {
        Role.AGENCY_HEAD,
        Role.CASE_REVIEWER,
        Role.HEARING_HOST,
        Role.HEARING_CLERK,
        Role.LEGAL_REVIEWER,
        Role.DISCLOSURE_EDITOR,
        Role.DISCLOSURE_REVIEWER,
        Role.DISCLOSURE_PUBLISHER,
        Role.ARCHIVIST,
        Role.LEADER,
    }
)
# See every case of the bodies that their own body supervises: SUPERVISION art. 6.
OVERSEEING = frozenset({Role.SUPERVISOR, Role.LEADER})
# Work in a body: may enter something there.
STAFF = frozenset(Role) - ADMINISTRATORS


class ActType(StrEnum):
    """The kinds of enforcement act (执法行为种类): glossary section 5."""

    PERMIT = "permit"
    PENALTY = "penalty"
    COERCION = "coercion"
    COLLECTION = "collection"
    FEE = "fee"
    INSPECTION = "inspection"
    REQUISITION = "requisition"
    BENEFIT = "benefit"
    CONFIRMATION = "confirmation"
    ADJUDICATION = "adjudication"
    REWARD = "reward"


class ForceLevel(StrEnum):
    """What kind of text a power rests on (效力层级): glossary section 4."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENT_RULE = "department_rule"
    LOCAL_RULE = "local_rule"
    NORMATIVE_DOCUMENT = "normative_document"


class ItemState(StrEnum):
    """How far a power item has come (事项状态)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


class Coverage(StrEnum):
    """Whether an agency's acts of one kind are under the three systems (试点范围): R-06."""

    REQUIRED = "required"  # ●
    CONNECTED = "connected"  # ◐ only where connected with a penalty (相关联的)
    NONE = "none"  # – not named


class Mark(StrEnum):
    """How far a setting's value can be trusted (依据核对情况)."""

    POLICY = "policy"  # chosen by the body where the law leaves a choice
    UNVERIFIED = "unverified"  # from a restatement, the text was not read
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What makes a body this body, from its first day to its last (主体身份)."""

    code: str  # of the platform, unique; the credit code where there is one
    kind: BodyKind
    name: str
    short_name: str
    valid_from: date
    credit_code: str = ""
    region_code: str = ""
    office_word: str = ""  # 机关代字, such as 海市监
    supervised_by: UUID | None = None  # the supervision body over it
    superior: UUID | None = None  # the same-line department or government above it
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where to find a body, to complain, to pay, to appeal (联系、监督、缴款与救济途径)."""

    address: str = ""
    phone: str = ""
    hours: str = ""
    website: str = ""
    supervision_phone: str = ""
    supervision_address: str = ""
    supervision_url: str = ""
    payment_bank: str = ""
    payment_account: str = ""
    payment_address: str = ""
    reconsideration_body: str = ""
    court: str = ""


NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One article a power rests on, with its words (依据)."""

    act: str
    article: str
    text: str
    force_level: ForceLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContent:
    """What a power item says: the columns of the seed's list (权力清单): R-18."""

    code: str
    name: str
    act_type: ActType
    valid_from: date
    scope: str = ""  # 执法范围
    content: str = ""  # 执法内容
    procedure: str = ""  # 执法程序
    supervision: str = ""  # 监督方式
    bases: tuple[LegalBasis, ...] = ()
    time_limit: str = ""
    fee: str = ""
    is_demo: bool = False

    def missing(self) -> tuple[str, ...]:
        """Return the columns that are required and empty, in the order of the list."""
        required = ("scope", "content", "procedure", "supervision", "bases", "time_limit", "fee")
        empty = [name for name in required if not _filled(getattr(self, name))]
        if "bases" not in empty and not all(
            basis.act.strip() and basis.article.strip() and basis.text.strip()
            for basis in self.bases
        ):
            empty.append("bases_incomplete")
        return tuple(empty)


def _filled(value: "str | tuple[LegalBasis, ...]") -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def item_complete(content: ItemContent) -> tuple[Violation, ...]:
    """Return a violation for each required column that is empty: R-18; one reads them all at once."""
    return tuple(Violation(f"item.{name}_missing", SEED.whole) for name in content.missing())


def reviewer_is_qualified(
    *, number: str, since: date | None, first_review_on: date | None, on: date
) -> bool:
    """Whether a person may review a penalty decision on that day: APL art. 58(2).

    number, since    of the legal professional qualification (法律职业资格), held from that day
    first_review_on  the day of the first review; whoever began before the rule came into force on
                     2018-01-01 (unverified) is not a first-timer and needs none
    """
    if number and since is not None and since <= on:
        return True
    return first_review_on is not None and first_review_on < QUALIFICATION_NEEDED_FROM


QUALIFICATION_NEEDED_FROM = date(2018, 1, 1)  # (unverified): three-systems.md


def deed_is_lawful(
    *,
    matters: str,
    scope: str,
    valid_from: date,
    valid_until: date,
    entrusting_kind: BodyKind,
    entrusted_kind: BodyKind,
) -> tuple[Violation, ...]:
    """What a deed must state, and between whom it is made: APL art. 20, 21."""
    wanted = {
        "deed.matters_missing": bool(matters.strip()),
        "deed.scope_missing": bool(scope.strip()),
        "deed.ends_before_it_begins": valid_from <= valid_until,
    }
    found = [Violation(code, APL.art(20, 2)) for code, holds in wanted.items() if not holds]
    if entrusting_kind is BodyKind.ENTRUSTED_ORGANIZATION:
        found.append(Violation("deed.entrusted_further", APL.art(20, 4)))
    if entrusted_kind is not BodyKind.ENTRUSTED_ORGANIZATION:
        found.append(Violation("deed.not_an_entrusted_organization", APL.art(21)))
    return tuple(found)


def capacity_confirmable(
    *, kind: BodyKind, body_valid_from: date, confirmed_on: date, published_on: date
) -> tuple[Violation, ...]:
    """Only a body that enforces in its own name, and exists, is confirmed: SUPERVISION art. 17."""
    found = []
    if kind is BodyKind.ENTRUSTED_ORGANIZATION:
        found.append(Violation("capacity.entrusted", APL.art(20, 4)))
    if confirmed_on < body_valid_from:
        found.append(Violation("capacity.before_body", SUPERVISION.art(17)))
    if published_on < confirmed_on:
        found.append(Violation("capacity.published_before_confirmed", SUPERVISION.art(17)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Held:
    """One appointment that counts on the day in question."""

    role: Role
    body: UUID
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see and be on one day; deny by default (design.md section 4, Access)."""

    actor: ActorId
    on: date
    held: tuple[Held, ...]
    case_bodies: frozenset[UUID]  # sees every case of these
    case_units: frozenset[UUID]  # sees the cases these units handle
    own_bodies: frozenset[UUID]  # sees there the cases he works on
    member_bodies: frozenset[UUID]  # works there: may enter something
    review_bodies: frozenset[UUID]  # reviews there (法制审核) what was submitted

    def bodies(self, *roles: Role) -> frozenset[UUID]:
        """Return the bodies in which the person holds one of these roles; without roles, any."""
        wanted = frozenset(roles) or frozenset(Role)
        return frozenset(one.body for one in self.held if one.role in wanted)

    def units(self, *roles: Role) -> frozenset[UUID]:
        """Return the units in which the person holds one of these roles; without roles, any."""
        wanted = frozenset(roles) or frozenset(Role)
        return frozenset(one.unit for one in self.held if one.unit and one.role in wanted)

    def roles(self, body: UUID) -> tuple[Role, ...]:
        """Return the person's roles in a body, in the order of the list of roles."""
        mine = {one.role for one in self.held if one.body == body}
        return tuple(role for role in Role if role in mine)

    def may(self, role: Role, body: UUID) -> bool:
        """Whether the person holds the role in that body."""
        return any(one.role is role and one.body == body for one in self.held)

    def sees_case(self, *, body: UUID, unit: UUID | None, handlers: frozenset[UUID]) -> bool:
        """Whether a case is in scope; `zhifa_case_visible` is the database's twin of this."""
        return (
            body in self.case_bodies
            or (unit is not None and unit in self.case_units)
            or (self.actor in handlers and body in self.own_bodies)
        )

    def sees_body(self, body: UUID) -> bool:
        """Whether a body's own affairs are in scope; twin: `zhifa_body_visible`."""
        return body in self.member_bodies or body in self.case_bodies


def scope(
    *,
    actor: ActorId,
    on: date,
    held: tuple[Held, ...],
    supervised: Mapping[UUID, frozenset[UUID]],
    predecessors: Mapping[UUID, frozenset[UUID]],
) -> Scope:
    """Return what follows from appointments: own case, own unit, own body, supervised bodies.

    supervised    by supervising body, the bodies under it
    predecessors  by body, those it directly followed and that ended before `on`; who works in a successor
                  carries on what its predecessors began
    """

    def with_past(bodies: frozenset[UUID]) -> frozenset[UUID]:
        return _with_predecessors(bodies, predecessors)

    def where(*roles: Role) -> frozenset[UUID]:
        return frozenset(one.body for one in held if one.role in roles)

    overseen = (supervised.get(body, frozenset()) for body in where(*OVERSEEING))
    return Scope(
        actor=actor,
        on=on,
        held=held,
        case_bodies=with_past(where(*WHOLE_BODY).union(*overseen)),
        case_units=frozenset(
            one.unit for one in held if one.role is Role.HANDLING_UNIT_HEAD and one.unit
        ),
        own_bodies=with_past(where(Role.CASE_HANDLER)),
        member_bodies=with_past(where(*STAFF)),
        review_bodies=with_past(where(Role.LEGAL_REVIEWER)),
    )


def _with_predecessors(
    bodies: frozenset[UUID], predecessors: Mapping[UUID, frozenset[UUID]]
) -> frozenset[UUID]:
    found, unseen = set(bodies), list(bodies)
    while unseen:
        new = predecessors.get(unseen.pop(), frozenset()) - found
        found |= new
        unseen.extend(new)
    return frozenset(found)
