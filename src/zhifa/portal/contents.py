"""What each kind of package carries (公示内容): the contract of docs/publication-package.md, typed.

Only what everyone may read stands here: no identity numbers, no private telephone numbers, no names
of parties but the one that was redacted before it left the workbench. Fields that are not listed are
refused, so that nothing reaches the site by mistake. The texts are for readers and in Chinese.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct


class Kind(StrEnum):
    """The kinds of package (公示包种类)."""

    BODY = "body"
    OFFICER = "officer"
    POWER_ITEM = "power_item"
    CHART = "chart"
    DECISION = "decision"
    DOCUMENT_RECEIPT = "document_receipt"
    WITHDRAWAL = "withdrawal"


class Published(StrEnum):
    """The kinds that can be withdrawn: every kind but the withdrawal itself."""

    BODY = "body"
    OFFICER = "officer"
    POWER_ITEM = "power_item"
    CHART = "chart"
    DECISION = "decision"
    DOCUMENT_RECEIPT = "document_receipt"


class BodyKind(StrEnum):
    """The kinds of enforcement body (执法主体种类), APL arts. 17 to 21."""

    ADMINISTRATIVE_ORGAN = "administrative_organ"
    AUTHORIZED_ORGANIZATION = "authorized_organization"
    ENTRUSTED_ORGANIZATION = "entrusted_organization"


class ActType(StrEnum):
    """The kinds of enforcement act (执法行为种类), glossary section 5."""

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


# The kinds that the pilot's portal shows apart (六类): R-06.
SIX = (
    ActType.PERMIT,
    ActType.PENALTY,
    ActType.COERCION,
    ActType.COLLECTION,
    ActType.FEE,
    ActType.INSPECTION,
)


class PartyKind(StrEnum):
    """The kinds of party (当事人种类)."""

    NATURAL_PERSON = "natural_person"
    LEGAL_PERSON = "legal_person"
    UNINCORPORATED = "unincorporated"
    INDIVIDUAL_BUSINESS = "individual_business"  # a natural person in business: Civil Code art. 54


# A key is a segment of a permanent address: no slash, no blank, no control character. `$` alone would
# let a line feed pass at the end in Python; with `(?!\n)` it means the same as in JSON Schema.
_Key = Annotated[
    str, Meta(min_length=1, max_length=200, pattern=r"^[^\s/\\?#%\x00-\x1f\x7f]+$(?!\n)")
]
_Word = Annotated[str, Meta(min_length=1, max_length=200)]
_Name = Annotated[str, Meta(min_length=1, max_length=500)]
_Line = Annotated[str, Meta(max_length=500)]
_Text = Annotated[str, Meta(max_length=50_000)]
_Svg = Annotated[str, Meta(min_length=1, max_length=1_000_000)]
_Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
_Address = Annotated[str, Meta(max_length=500, pattern=r"^(https?://[^\s\"'<>]+)?$(?!\n)")]
_FileName = Annotated[str, Meta(pattern=r"^[^/\\\x00-\x1f\x7f]{1,200}$(?!\n)")]
_FileSize = Annotated[int, Meta(ge=1, le=20 * 1024 * 1024)]  # bytes
_Fen = Annotated[int, Meta(ge=0, lt=2**53)]
_Number = Annotated[int, Meta(ge=1, le=10_000)]


class _Content(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A value decoded strictly: every field stands there, none besides."""


class Supervision(_Content, frozen=True):
    """Where to complain about a body (监督渠道)."""

    phone: _Line
    address: _Line
    url: _Address


class Predecessor(_Content, frozen=True):
    """A body whose powers this one took over (前身)."""

    name: _Word
    credit_code: _Line  # empty where there was none
    until: date


class Successor(_Content, frozen=True):
    """A body that goes on instead (承继的主体)."""

    name: _Word
    credit_code: _Line  # empty where there is none


class Body(_Content, frozen=True):
    """An enforcement body (执法主体)."""

    name: _Word
    credit_code: _Key
    kind: BodyKind
    address: _Line
    hours: _Line
    phone: _Line
    website: _Address
    supervision: Supervision
    entrusting_body: _Line  # name of the entrusting organ; empty unless entrusted
    deed: _Line  # title, scope and term of the deed of entrustment; empty unless entrusted
    valid_from: date
    region: Annotated[str, Meta(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$(?!\n)")]
    predecessors: tuple[Predecessor, ...]
    # Of a body that ended, both; of others, neither field stands there.
    ended_on: date | None = None
    successors: tuple[Successor, ...] = ()


class Officer(_Content, frozen=True):
    """A person who may enforce (执法人员): never more than the certificate shows."""

    name: _Word
    certificate_number: _Key
    body: _Key  # credit code
    fields: tuple[_Word, ...]
    valid_until: date


class LegalBasis(_Content, frozen=True):
    """One article a power rests on, with its text (执法依据)."""

    act: _Word
    article: _Word
    text: _Text


class PowerItem(_Content, frozen=True):
    """One power of a body (权责事项)."""

    code: _Key
    name: _Name
    act_type: ActType
    body: _Key  # credit code
    scope: _Text
    content: _Text
    procedure: _Text
    supervision: _Text
    legal_bases: tuple[LegalBasis, ...]
    time_limit: _Line
    fee: _Line
    version_on: date


class ChartStep(_Content, frozen=True):
    """One step of a flow chart, as text (流程步骤)."""

    n: _Number
    label: _Word
    role: _Line
    limit: _Line  # how long it may take; empty if the law sets no limit
    basis: _Line


class Chart(_Content, frozen=True):
    """The flow chart of a procedure (执法流程图), and the same as text."""

    procedure: _Key
    version: _Word  # the day this version came into force, as the definition writes it
    title: _Word
    svg: _Svg
    steps: tuple[ChartStep, ...]


class PassedReview(_Content, frozen=True):
    """Who passed the legal review of a major decision, and when (法制审核)."""

    unit: _Word
    passed_on: date


class FileReference(_Content, frozen=True):
    """A file of this package (随附文件), bound by its digest to what is signed."""

    name: _FileName
    sha256: _Digest
    size: _FileSize


class Decision(_Content, frozen=True):
    """The public record of one decision (行政执法决定)."""

    number: _Key
    case_name: _Name
    act_type: ActType
    body: _Key  # credit code
    body_name: _Word  # as it signed, also when the body was merged since
    party: _Name  # redacted already; several are joined by 、
    party_kind: PartyKind
    facts: _Text
    legal_basis: _Text
    decision: _Text
    kinds: tuple[_Word, ...]  # in words: 警告, 罚款, ... (APL art. 9)
    amount_fen: _Fen
    decided_on: date
    served_on: date
    published_until: date | None  # the last day of publication
    is_major: bool
    review: PassedReview | None
    document_sha256: _Digest  # of the sealed original, which the receipt proves
    file: FileReference | None  # the redacted document; None if only the summary is published

    @property
    def has_one_party(self) -> bool:
        """Whether `party_kind` says what every party is."""
        return "、" not in self.party


class DocumentReceipt(_Content, frozen=True):
    """That a sealed document exists (文书回执): no party, no content."""

    token: Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{16,64}$(?!\n)")]
    number: _Word
    document_sha256: _Digest


class Withdrawal(_Content, frozen=True):
    """That a publication was taken back (撤回公示)."""

    kind: Published
    key: _Key
    reason: Annotated[str, Meta(min_length=1, max_length=500)]
    at: Annotated[datetime, Meta(tz=True)]


Content = Body | Officer | PowerItem | Chart | Decision | DocumentReceipt | Withdrawal

TYPES: dict[Kind, type[Content]] = {
    Kind.BODY: Body,
    Kind.OFFICER: Officer,
    Kind.POWER_ITEM: PowerItem,
    Kind.CHART: Chart,
    Kind.DECISION: Decision,
    Kind.DOCUMENT_RECEIPT: DocumentReceipt,
    Kind.WITHDRAWAL: Withdrawal,
}


class Payload(_Content, frozen=True):
    """What is signed: one version of one public record."""

    kind: Kind
    key: _Key
    sequence: Annotated[int, Meta(ge=1, lt=2**53)]
    published_at: Annotated[datetime, Meta(tz=True)]
    data: msgspec.Raw


class File(_Content, frozen=True):
    """One file that travels with a package."""

    name: _FileName
    sha256: _Digest
    media_type: Literal["application/pdf"]
    size: _FileSize
    content: bytes  # base64


def subject(payload: Payload, data: Content) -> tuple[Published, str]:
    """Return what the payload is about: kind and key; for a withdrawal what it takes back."""
    if isinstance(data, Withdrawal):
        return data.kind, data.key
    return Published(payload.kind), payload.key


def decode(kind: Kind, data: bytes) -> Content:
    """Return the content of that kind. Raises msgspec.ValidationError with the path that is wrong."""
    return msgspec.json.decode(data, type=TYPES[kind])
