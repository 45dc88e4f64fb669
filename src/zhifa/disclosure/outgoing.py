"""Parcels: made in the transaction that releases them, built and sent by a job (待发公示包).

A parcel is sent until the portal's receipt is there. What was built is kept, so that it is the same bytes
however often it is sent; the portal answers the same package with the same receipt.
"""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from procrastinate.contrib.django import app as jobs

from zhifa.disclosure import entries, last_look, packages
from zhifa.disclosure.models import Parcel, Publication, Turn
from zhifa.disclosure.packages import PackageFile, Receipt, Said
from zhifa.disclosure.rules import RECALL, State
from zhifa.documents import selectors as documents
from zhifa.journal import selectors as record
from zhifa.journal import services as journal
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.errors import NotFound
from zhifa.store import Store, from_url
from zhifa_verify.canonical import canonical_json

SEND, RECORD_IN_CASE = "disclosure.send", "disclosure.record_in_case"
FILE_NAME = "公开版本.pdf"
_OF_BODY = ("body", "officer", "power_item")  # what the registry has to show of a body


class NotAsRecorded(Exception):
    """A document is not what its record says; the portal is not told of it (与记录不符)."""


class NotInLogYet(Exception):
    """The entry that proves the document waits for the sequencer; it comes within seconds."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a parcel is about."""

    kind: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The entry whose receipt a parcel carries, and the document it has to name."""

    sealed_entry: int
    document_sha256: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The last parcel about a subject."""

    kind: str  # "withdrawal" if it was taken back
    title: str
    sequence: int
    data_sha256: str
    released_at: datetime
    received_at: datetime | None
    problem: str

    def says_other_than(self, data: Mapping[str, Any]) -> bool:
        """Whether the record has changed since, or was withdrawn."""
        return self.kind == "withdrawal" or digest_of(data) != self.data_sha256


def store() -> Store:
    """Return the area of this installation's store that holds public versions and packages."""
    return from_url(settings.STORE_URL, "disclosure")


def digest_of(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content as canonical JSON."""
    return sha256(canonical_json(data)).hexdigest()


def release(
    subject: Subject,
    data: Mapping[str, Any],
    *,
    body_id: UUID,
    actor: ActorId,
    at: datetime,
    publication: Publication | None = None,
    proof: Proof | None = None,
    file_sha256: str = "",
    kind: str = "",
) -> UUID:
    """Make the next parcel about a subject and ask for it to be sent; return its id.

    Joins the caller's transaction. Subjects are numbered one at a time.
    """
    sequence = _next_sequence(subject)
    text = canonical_json(data)
    row = Parcel.objects.create(
        body_id=body_id,
        publication=publication,
        kind=kind or subject.kind,
        subject_kind=subject.kind,
        key=subject.key,
        title=subject.title,
        sequence=sequence,
        data=text.decode(),
        data_sha256=sha256(text).hexdigest(),
        sealed_entry=proof.sealed_entry if proof else None,
        document_sha256=proof.document_sha256 if proof else "",
        file_sha256=file_sha256,
        file_name=FILE_NAME if file_sha256 else "",
        released_by=actor,
        released_at=at,
    )
    journal.append(
        entries.RELEASED, entries.parcel_stream(row), actor=actor, at=at, body=entries.released(row)
    )
    jobs.configure_task(SEND, queue="disclosure", lock=f"{subject.kind}:{subject.key}").defer(
        parcel_id=str(row.id)
    )
    return row.id


def withdraw(
    subject: Subject,
    *,
    reason: str,
    body_id: UUID,
    publication: Publication | None,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Make the parcel that takes a publication back, and ask for it to be sent."""
    data = {
        "kind": subject.kind,
        "key": subject.key,
        "reason": reason,
        "at": at.astimezone(UTC).isoformat(),
    }
    return release(
        subject, data, body_id=body_id, actor=actor, at=at, publication=publication,
        kind="withdrawal",
    )  # fmt: skip


@transaction.atomic
def release_document_receipt(document_id: UUID, *, at: datetime) -> None:
    """Have the portal know that a sealed document exists: token, number, digest; once.

    Raises NotFound, and NotAsRecorded for a row that the record does not bear out.
    """
    document = documents.document(document_id)
    if document is None or document.sealed_entry is None:
        raise NotFound
    subject = Subject("document_receipt", document.token, document.number or document.title)
    _lock(subject)
    if Parcel.objects.filter(subject_kind=subject.kind, key=subject.key).exists():
        return
    if codes := documents.unlike_record(document_id):
        raise NotAsRecorded(f"document {document_id}: " + ", ".join(codes))
    data = {
        "token": document.token,
        "number": document.number or document.title,
        "document_sha256": document.sha256,
    }
    release(
        subject, data, body_id=document.body, actor=SYSTEM, at=at,
        proof=Proof(document.sealed_entry, document.sha256),
    )  # fmt: skip


def send(parcel_id: UUID, *, at: datetime) -> None:
    """Build a parcel's package once, send it, keep the receipt; a second run finds it received.

    A decision that may not be published any more is recalled instead.

    Raises NotFound; NotInLogYet and packages.NotReached, upon which it is sent again later; and
    packages.NotTaken: the portal will not have it, and a person has to look.
    """
    row = Parcel.objects.filter(pk=parcel_id).first()
    if row is None:
        raise NotFound
    if row.received_at is not None or row.recalled_at is not None or _recalled(row, at=at):
        return
    package = _built(row)
    try:
        receipt = packages.channel().send(package)
    except (packages.NotTaken, packages.NotReached) as problem:
        _note_problem(row, str(problem))
        raise
    with transaction.atomic():
        _received(parcel_id, receipt, at=at)


def frozen(publication: Publication) -> bytes:
    """Return the public version of a decision as it was frozen."""
    with store().open(publication.file_sha256) as file:
        return file.read()


def latest_of_body(body_id: UUID) -> dict[tuple[str, str], Latest]:
    """Return the last parcel about each record of a body, and about the city's charts; one query.

    What another body has published since, as who follows it does, is no record of it any more.
    """
    rows = _last(Q(body_id=body_id, subject_kind__in=_OF_BODY) | Q(subject_kind="chart"))
    return {(row.subject_kind, row.key): _latest(row) for row in rows}


def still_shown(bodies: Collection[UUID]) -> dict[UUID, dict[tuple[str, str], Latest]]:
    """Return by body what the public still reads of its records; one query."""
    found: dict[UUID, dict[tuple[str, str], Latest]] = {}
    wanted = Q(body_id__in=bodies, subject_kind__in=_OF_BODY)
    for row in _last(wanted).exclude(kind="withdrawal"):
        found.setdefault(row.body_id, {})[row.subject_kind, row.key] = _latest(row)
    return found


def _last(wanted: Q) -> "QuerySet[Parcel]":
    later = Parcel.objects.filter(
        subject_kind=OuterRef("subject_kind"),
        key=OuterRef("key"),
        sequence__gt=OuterRef("sequence"),
    )
    return Parcel.objects.filter(wanted, ~Exists(later)).order_by("subject_kind", "key")


def _latest(row: Parcel) -> Latest:
    return Latest(
        row.kind, row.title, row.sequence, row.data_sha256, row.released_at, row.received_at,
        row.problem,
    )  # fmt: skip


@transaction.atomic
def _recalled(parcel: Parcel, *, at: datetime) -> bool:
    """Look once more at what policy says; give a decision that may not go out back to its publisher, with
    the reasons. Return whether.
    """
    if parcel.publication_id is None or parcel.kind == "withdrawal":
        return False
    row = Publication.objects.select_for_update().get(pk=parcel.publication_id)
    violations = last_look.against_sending(row, pdf=frozen(row))
    if not violations:
        return False
    Parcel.objects.filter(pk=parcel.pk).update(recalled_at=at)
    row.state, row.version = State.CLEARED.value, row.version + 1
    row.reason = ", ".join(dict.fromkeys(one.code for one in violations))
    row.changed_at = at
    row.save(update_fields=["state", "version", "reason", "changed_at"])
    entry = journal.append(
        entries.KINDS[RECALL], entries.stream(row.id), actor=SYSTEM, at=at,
        body=entries.turned(row, reason=row.reason),
    )  # fmt: skip
    Turn.objects.create(
        publication=row, act=RECALL, actor=SYSTEM, at=at, reason=row.reason, entry=entry.id
    )
    return True


def _next_sequence(subject: Subject) -> int:
    _lock(subject)
    last = (
        Parcel.objects.filter(subject_kind=subject.kind, key=subject.key)
        .order_by("-sequence")
        .values_list("sequence", flat=True)
        .first()
    )
    return (last or 0) + 1


def _lock(subject: Subject) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))",
            [f"parcel:{subject.kind}:{subject.key}"],
        )


def _built(row: Parcel) -> bytes:
    """Return the package: the one built before, or built now and kept before it is sent."""
    if row.package_sha256:
        with store().open(row.package_sha256) as file:
            return file.read()
    package = packages.build(
        Said(
            kind=row.kind,
            key=row.key,
            sequence=row.sequence,
            published_at=row.released_at,
            data=_loaded(row.data),
            receipt=_receipt_of(row),
            file=_file_of(row),
        ),
        packages.signer(),
    )
    stored = store().put(io.BytesIO(package))
    changed = Parcel.objects.filter(pk=row.pk, package_sha256="").update(
        package_sha256=stored.sha256
    )
    if not changed:  # another run was first: what it built counts
        row.refresh_from_db()
        return _built(row)
    row.package_sha256 = stored.sha256
    return package


def _receipt_of(row: Parcel) -> str:
    if row.sealed_entry is None:
        return ""
    found = record.receipt(row.sealed_entry, open_body=True, document_sha256=row.document_sha256)
    if found is None:
        raise NotInLogYet(str(row.sealed_entry))
    return found.decode()


def _file_of(row: Parcel) -> PackageFile | None:
    if not row.file_sha256:
        return None
    with store().open(row.file_sha256) as file:
        return PackageFile(row.file_name, file.read())


def _received(parcel_id: UUID, receipt: Receipt, *, at: datetime) -> None:
    """Keep the receipt, move the publication on, and have the case know."""
    row = Parcel.objects.select_for_update().get(pk=parcel_id)
    if row.received_at is not None:
        return
    row.receipt = canonical_json(_plain(receipt)).decode()
    row.received_at, row.problem, row.attempts = receipt.received_at, "", row.attempts + 1
    row.save(update_fields=["receipt", "received_at", "problem", "attempts"])
    body = entries.ParcelReceived(
        row.id, row.package_sha256, receipt.sha256, receipt.received_at.astimezone(UTC).isoformat()
    )
    journal.append(entries.RECEIVED, entries.parcel_stream(row), actor=SYSTEM, at=at, body=body)
    if row.publication_id is None:
        return
    arrived = State.WITHDRAWN if row.kind == "withdrawal" else State.PUBLISHED
    publication = Publication.objects.select_for_update().get(pk=row.publication_id)
    publication.state, publication.version = arrived.value, publication.version + 1
    publication.changed_at = at
    publication.save(update_fields=["state", "version", "changed_at"])
    jobs.configure_task(RECORD_IN_CASE, queue="disclosure").defer(parcel_id=str(row.id))


def _plain(receipt: Receipt) -> dict[str, Any]:
    return {
        "package_sha256": receipt.package_sha256,
        "kind": receipt.kind,
        "key": receipt.key,
        "sequence": receipt.sequence,
        "received_at": receipt.received_at.astimezone(UTC).isoformat(),
        "sha256": receipt.sha256,
    }


def _note_problem(row: Parcel, problem: str) -> None:
    Parcel.objects.filter(pk=row.pk, received_at=None).update(
        problem=problem[:200], attempts=row.attempts + 1
    )


def _loaded(text: str) -> Any:
    return msgspec.json.decode(text)
