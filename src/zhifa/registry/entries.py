"""What the journal keeps about bodies, people's appointments, powers and settings: kinds and contents."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.law.holidays import Notice
from zhifa.registry.policy import Stored
from zhifa.registry.rules import (
    Contact,
    Identity,
    ItemContent,
    Mark,
    Role,
    SuccessionKind,
    UnitKind,
)

BODY_REGISTERED = "body.registered"
CONTACT_CHANGED = "body.contact_changed"
CAPACITY_CONFIRMED = "body.capacity_confirmed"
SUCCEEDED = "body.succeeded"
UNIT_ADDED = "body.unit_added"
UNIT_ENDED = "body.unit_ended"
DEED_ADDED = "body.deed_added"
DEED_PUBLISHED = "body.deed_published"
DEED_ENDED = "body.deed_ended"
APPOINTED = "officer.appointed"
APPOINTMENT_ENDED = "officer.appointment_ended"
CERTIFICATE_ISSUED = "officer.certificate_issued"
CERTIFICATE_SUSPENDED = "officer.certificate_suspended"
SUSPENSION_LIFTED = "officer.suspension_lifted"
CERTIFICATE_REVOKED = "officer.certificate_revoked"
QUALIFICATION_RECORDED = "officer.qualification_recorded"
ITEM_DEFINED = "item.defined"
ITEM_SUBMITTED = "item.submitted"
ITEM_RETURNED = "item.returned"
ITEM_APPROVED = "item.approved"
ITEM_ENDED = "item.ended"
ITEM_CARRIED_OVER = "item.carried_over"
SETTING_CHOSEN = "setting.chosen"
MATRIX_SET = "setting.scope_matrix_set"
HOLIDAYS_ADDED = "setting.holidays_added"


def body_stream(body_id: UUID) -> str:
    """Return the stream of a body's entries."""
    return f"body:{body_id}"


def officer_stream(person_id: UUID) -> str:
    """Return the stream of what a person was appointed and entitled to."""
    return f"officer:{person_id}"


def item_stream(item_id: UUID) -> str:
    """Return the stream of one version of a power item."""
    return f"item:{item_id}"


def setting_stream(key: str) -> str:
    """Return the stream of a setting, of the scope matrix, of the calendar."""
    return f"setting:{key}"


@dataclass(frozen=True, slots=True)
class BodyRegistered:
    """A body was entered."""

    body: UUID
    identity: Identity
    contact: Contact


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """Where to find a body, to complain, to pay or to appeal changed."""

    body: UUID
    contact: Contact


@dataclass(frozen=True, slots=True)
class CapacityConfirmed:
    """The capacity to enforce was confirmed and published: SUPERVISION art. 17."""

    body: UUID
    confirmed_on: date
    published_on: date


@dataclass(frozen=True, slots=True)
class Succeeded:
    """Bodies followed others."""

    kind: SuccessionKind
    predecessors: tuple[UUID, ...]
    successors: tuple[UUID, ...]
    on: date
    basis: str
    predecessors_end: bool


@dataclass(frozen=True, slots=True)
class UnitAdded:
    """A part of a body was set up."""

    unit: UUID
    body: UUID
    name: str
    kind: UnitKind
    entrusted_body: UUID | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class Ended:
    """Something ended with that day, with the reason given."""

    what: UUID
    valid_until: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeedAdded:
    """One body entrusted another: APL art. 20."""

    deed: UUID
    entrusting: UUID
    entrusted: UUID
    number: str
    matters: str
    scope: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class DeedPublished:
    """A deed was published, as APL art. 20(2) demands."""

    deed: UUID
    published_on: date


@dataclass(frozen=True, slots=True)
class AppointmentMade:
    """A person was appointed."""

    appointment: UUID
    person: UUID
    body: UUID
    unit: UUID | None
    role: Role
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CertificateIssued:
    """A certificate was issued, or issued anew in place of another."""

    certificate: UUID
    person: UUID
    body: UUID
    number: str
    holder_name: str
    fields: str
    valid_from: date
    valid_until: date
    replaces: UUID | None


@dataclass(frozen=True, slots=True)
class CertificateBarred:
    """From that day a certificate does not count; or, lifted, does again."""

    certificate: UUID
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class QualificationRecorded:
    """What entitles a person to review was recorded: APL art. 58(2)."""

    person: UUID
    number: str
    since: date | None
    first_review_on: date | None


@dataclass(frozen=True, slots=True)
class ItemDefined:
    """A version of a power item was written, or written anew."""

    item: UUID
    body: UUID
    content: ItemContent


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """A version was handed in, returned with a remark, or approved, which ends another version."""

    item: UUID
    remark: str = ""
    ends: UUID | None = None


@dataclass(frozen=True, slots=True)
class ItemCarriedOver:
    """An approved power went over to the body that followed, unchanged."""

    item: UUID
    replaces: UUID
    body: UUID
    content: ItemContent


@dataclass(frozen=True, slots=True)
class SettingChosen:
    """A setting got a value."""

    key: str
    body: UUID | None
    valid_from: date
    value: Stored
    basis: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class MatrixSet:
    """The scope matrix was set: agency, act type, sign; perhaps in place of one of the same day."""

    valid_from: date
    basis: str
    cells: tuple[tuple[str, str, str], ...]
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class HolidaysAdded:
    """A yearly notice was added."""

    notice: Notice
