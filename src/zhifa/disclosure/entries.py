"""What the journal keeps about publishing (公示记录): one stream a publication, one a public record."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from zhifa.disclosure.models import Parcel, PolicyChoice, Publication
from zhifa_verify.canonical import canonical_json

RELEASED, RECEIVED = "publication.parcel_released", "publication.parcel_received"
# The act that made an entry, in the past.
KINDS = {
    "draft": "publication.drafted",
    "mask": "publication.masked",
    "submit": "publication.submitted",
    "agree": "publication.agreed",
    "clear": "publication.cleared",
    "release": "publication.released",
    "return": "publication.returned",
    "withhold": "publication.withheld",
    "withdraw": "publication.withdrawal_released",
    "recall": "publication.recalled",
}


STREAMS = "publication:"
POLICY_STREAM, POLICY_CHOSEN = "setting:publication.policy", "publication.policy_chosen"


@dataclass(frozen=True, slots=True)
class PolicyChosen:
    """A body, or the city for all, chose what is published."""

    body: UUID | None
    act_type: str
    party: str
    only_kinds: tuple[str, ...]
    treatment: str
    basis: str
    valid_from: date


def stream(publication_id: UUID) -> str:
    """Return the journal stream of a publication."""
    return f"{STREAMS}{publication_id}"


def parcel_stream(parcel: Parcel) -> str:
    """Return the stream a parcel belongs to: its publication's, or its own."""
    return stream(parcel.publication_id or parcel.id)


@dataclass(frozen=True, slots=True)
class Turned:
    """Somebody acted on a publication; the private texts that were taken out are counted, not kept.

    What is named by its digest stands in the row, for whoever may see it.
    """

    case: UUID
    document: UUID
    number: str
    state: str
    version: int
    treatment: str
    rules_version: str
    found: tuple[str, ...]
    hidden: int
    kept: int
    file_sha256: str
    reason: str
    ground: str
    body: UUID
    unit: UUID | None
    title: str
    round: int
    authors: tuple[UUID, ...]
    masking_sha256: str  # of what is hidden and what is kept
    public_sha256: str
    file_size: int
    due_on: date | None
    published_until: date
    demo: bool


@dataclass(frozen=True, slots=True)
class ParcelReleased:
    """A package is to be sent."""

    parcel: UUID
    kind: str
    subject_kind: str
    key: str
    sequence: int
    data_sha256: str
    file_sha256: str
    body: UUID
    publication: UUID | None
    title: str
    sealed_entry: int | None
    document_sha256: str
    file_name: str


@dataclass(frozen=True, slots=True)
class ParcelReceived:
    """The portal has a package."""

    parcel: UUID
    package_sha256: str
    receipt_sha256: str
    received_at: str


def turned(row: Publication, *, reason: str) -> Turned:
    """Return what is journalled of an act on a publication."""
    return Turned(
        case=row.case_id,
        document=row.document_id,
        number=row.number,
        state=row.state,
        version=row.version,
        treatment=row.treatment,
        rules_version=row.rules_version,
        found=tuple(row.found),
        hidden=len(row.hidden),
        kept=len(row.kept),
        file_sha256=row.file_sha256,
        reason=reason,
        ground=row.withdrawal_ground,
        body=row.body_id,
        unit=row.unit_id,
        title=row.title,
        round=row.round,
        authors=tuple(row.authors),
        masking_sha256=_digest([row.hidden, row.kept]),
        public_sha256=_digest(row.public),
        file_size=row.file_size,
        due_on=row.due_on,
        published_until=row.published_until,
        demo=row.is_demo,
    )


def released(parcel: Parcel) -> ParcelReleased:
    """Return what is journalled when a parcel is released."""
    return ParcelReleased(
        parcel.id, parcel.kind, parcel.subject_kind, parcel.key, parcel.sequence,
        parcel.data_sha256, parcel.file_sha256, parcel.body_id, parcel.publication_id, parcel.title,
        parcel.sealed_entry, parcel.document_sha256, parcel.file_name,
    )  # fmt: skip


def chosen(row: PolicyChoice) -> PolicyChosen:
    """Return what is journalled of a choice of what is published."""
    return PolicyChosen(
        row.body_id, row.act_type, row.party, tuple(row.only_kinds), row.treatment, row.basis,
        row.valid_from,
    )  # fmt: skip


def _digest(value: Any) -> str:
    return sha256(canonical_json(value)).hexdigest()
