"""Taking packages in (收件): all of one, or nothing; the same one again changes nothing."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connections, transaction

from zhifa.portal import files
from zhifa.portal.contents import (
    Body,
    Chart,
    Decision,
    DocumentReceipt,
    Officer,
    PowerItem,
    Published,
    Withdrawal,
    subject,
)
from zhifa.portal.intake import Opened, open_package
from zhifa.portal.models import Checkpoint, Item, Package
from zhifa.portal.proofs import Proof
from zhifa.portal.rules import PackageRefused, Problem
from zhifa_verify.canonical import canonical_json


@dataclass(frozen=True, slots=True)
class Receipt:
    """That the portal has a package (收件回执): the same for the same package, however often sent."""

    package_sha256: str
    kind: str  # of what was published or withdrawn
    key: str
    sequence: int
    received_at: datetime
    sha256: str  # of the canonical JSON of the fields above


def take_in(package: bytes, *, at: datetime) -> Receipt:
    """Take a signed package in and return the receipt.

    A withdrawal erases what was published under that address and leaves reason and time; a newer
    version replaces the one before it, whose content is erased as well: the portal keeps what
    it shows and nothing else. A sender that gets no receipt sends again; only then is what a
    killed process left unerased certain to be gone.

    Raises PackageRefused with every problem found, and StoreFull.
    """
    opened = open_package(package, files.trusted_keys())
    for file in opened.files:
        files.store().put(io.BytesIO(file.content))
    files.store().put(io.BytesIO(package))
    try:
        with transaction.atomic(using="portal", durable=True):
            row = _recorded(opened, at=at)
    except PackageRefused:
        _forget(opened)
        raise
    _erase_what_is_not_shown(row)
    return _receipt(row)


def _recorded(opened: Opened, *, at: datetime) -> Package:
    """Write the package down and show it, unless it is here already; one at a time a subject."""
    kind, key = subject(opened.payload, opened.data)
    _lock(kind, key)
    if known := Package.objects.filter(sha256=opened.sha256).first():
        return known
    shown = Item.objects.filter(kind=kind, key=key).first()
    if shown and opened.payload.sequence <= shown.sequence:
        raise PackageRefused([Problem("sequence.not_newer", str(shown.sequence))])
    if isinstance(opened.data, Withdrawal) and (shown is None or shown.withdrawn_at is not None):
        raise PackageRefused([Problem("withdrawal.nothing_to_withdraw", key)])
    if opened.proof:
        _keep_checkpoint(opened.proof, at=at)
    row = package_row(opened, at=at)
    row.save(force_insert=True, using="portal")
    item = shown or Item(kind=kind, key=key)
    show(opened, item)
    item.package = row
    item.save(using="portal")
    return row


def _lock(kind: Published, key: str) -> None:
    """Let one package of a subject in at a time, also the first, when there is no row to lock."""
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{kind}:{key}"])


def package_row(opened: Opened, *, at: datetime) -> Package:
    """Return the line about a package that was taken in at that time, not saved."""
    kind, key = subject(opened.payload, opened.data)
    return Package(
        sha256=opened.sha256,
        kind=opened.payload.kind,
        subject_kind=kind,
        key=key,
        sequence=opened.payload.sequence,
        payload_sha256=opened.payload_sha256,
        file_sha256=opened.files[0].sha256 if opened.files else "",
        signer=opened.signer,
        size=opened.size,
        published_at=opened.payload.published_at,
        received_at=at,
    )


def show(opened: Opened, item: Item) -> None:
    """Make the item what the package says, its columns drawn from the content; saves nothing."""
    if item.sequence is None:
        item.first_published_at = opened.payload.published_at
    item.sequence = opened.payload.sequence
    if isinstance(opened.data, Withdrawal):
        item.data = item.receipt = item.title = item.party = item.file_sha256 = item.file_name = ""
        item.withdrawn_at, item.withdrawn_reason = opened.data.at, opened.data.reason
        return
    item.data, item.receipt = opened.data_json, opened.receipt
    item.withdrawn_at, item.withdrawn_reason = None, ""
    drawn = _columns(opened.data)
    item.title, item.party, item.body, item.act_type = (
        drawn.title, drawn.party, drawn.body, drawn.act_type,
    )  # fmt: skip
    item.dated_on = item.published_until = None
    item.document_sha256 = item.file_sha256 = item.file_name = ""
    if isinstance(opened.data, Body):
        item.dated_on = opened.data.ended_on
    if isinstance(opened.data, Decision):
        item.dated_on, item.published_until = opened.data.decided_on, opened.data.published_until
    if isinstance(opened.data, Decision | DocumentReceipt):
        item.document_sha256 = opened.data.document_sha256
    for file in opened.files:
        item.file_sha256, item.file_name = file.sha256, file.name


Shown = Body | Officer | PowerItem | Chart | Decision | DocumentReceipt


@dataclass(frozen=True, slots=True)
class _Columns:
    title: str
    party: str = ""
    body: str = ""
    act_type: str = ""


def _columns(data: Shown) -> _Columns:
    match data:
        case Body():
            return _Columns(data.name, body=data.credit_code)
        case Officer():
            return _Columns(data.name, body=data.body)
        case PowerItem():
            return _Columns(data.name, body=data.body, act_type=data.act_type)
        case Chart():
            return _Columns(data.title)
        case Decision():
            return _Columns(data.case_name, data.party, data.body, data.act_type)
    return _Columns(data.number)


def _keep_checkpoint(proof: Proof, *, at: datetime) -> None:
    """Keep the state of the log; two roots at one size mean that the log shows two pasts."""
    seen, _ = Checkpoint.objects.get_or_create(
        origin=proof.origin, size=proof.tree_size,
        defaults={"root": proof.root, "note": proof.checkpoint, "seen_at": at},
    )  # fmt: skip
    if seen.root != proof.root:
        raise PackageRefused([Problem("receipt.fork", str(proof.tree_size))])


def _erase_what_is_not_shown(package: Package) -> None:
    """Erase the contents of this subject that were replaced or taken back.

    A file that another record shows as well stays. What cannot be erased raises: the sender gets
    no receipt and comes again.
    """
    of_subject = Package.objects.filter(subject_kind=package.subject_kind, key=package.key)
    shown = Item.objects.get(kind=package.subject_kind, key=package.key)
    for old in of_subject.exclude(pk=shown.package_id):
        files.store().erase(old.sha256)
        if old.file_sha256 and not Item.objects.filter(file_sha256=old.file_sha256).exists():
            files.store().erase(old.file_sha256)


def _forget(opened: Opened) -> None:
    """Erase what a refused package brought, unless a package that was taken in has it too."""
    if not Package.objects.filter(sha256=opened.sha256).exists():
        files.store().erase(opened.sha256)
    for file in opened.files:
        if not Item.objects.filter(file_sha256=file.sha256).exists():
            files.store().erase(file.sha256)


def _receipt(row: Package) -> Receipt:
    fields = {
        "package_sha256": row.sha256,
        "kind": row.subject_kind,
        "key": row.key,
        "sequence": row.sequence,
        "received_at": row.received_at.astimezone(UTC).isoformat(),
    }
    return Receipt(
        row.sha256, row.subject_kind, row.key, row.sequence, row.received_at,
        sha256(canonical_json(fields)).hexdigest(),
    )  # fmt: skip
