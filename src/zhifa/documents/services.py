"""Making documents, printing them, correcting a clerical error in one (制作、印制、补正文书).

A document is data first (docs/decisions/0005): `make` freezes them, gives the number and asks for
the print in the transaction of the step; `render_document` prints when the worker comes to it.
"""

import base64
import io
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from zhifa import clock
from zhifa.documents import entries, numbering, press, selectors, verification
from zhifa.documents.models import Document
from zhifa.documents.rendering import Frame
from zhifa.documents.values import TYPES
from zhifa.documents.values.decisions import Correction, CorrectionNotice
from zhifa.documents.values.parts import CaseRef
from zhifa.journal import services as journal
from zhifa.law.actors import SYSTEM, ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound
from zhifa.registry import selectors as registry

RENDER = "documents.render"
FIRST_NUMBER_MOST = 999_999
SEND_RECEIPT = "disclosure.send_document_receipt"  # by name: that room stands above this one


class NotAsMade(Exception):
    """A row is not what the record says was made; it is neither printed nor sealed (与制作记录不符)."""

    def __init__(self, document_id: UUID, codes: tuple[str, ...]) -> None:
        super().__init__(f"document {document_id}: " + ", ".join(codes))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was made: what a step wants to know of it at once."""

    id: UUID
    number: str  # empty: its type takes none
    token: str


def make(
    *,
    type_key: str,
    values: Any,
    subject: UUID,
    body_id: UUID,
    body_name: str,
    office_word: str,
    made_on: date,
    actor: ActorId,
    at: datetime,
    party: UUID | None = None,
    step_sequence: int | None = None,
    draft_sha256: str = "",
    demo: bool = False,
) -> Made:
    """Freeze a document, give it its number, journal it and ask for its print; return its id.

    values       of the class that `values.TYPES` names for the type
    subject      the case it belongs to; whether `actor` may make it is judged by the service there
    office_word  the body's own word in its numbers (机关代字)
    made_on      成文日期, whose year the number carries
    demo         the print says that the document is a demonstration

    Joins the caller's transaction and refuses to run outside one. The row of the number series
    stays locked until it ends. Raises KeyError for an unknown type, TypeError for values of
    another, and BadValue (text.unprintable).
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a document is made in its step's transaction")
    kind = TYPES[type_key]
    if not isinstance(values, kind.values):
        raise TypeError(f"{type_key} wants {kind.values.__name__}, not {type(values).__name__}")
    number = _number(body_id, office_word, kind.number_word, made_on)
    token = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
    frame = Frame(
        body_name=body_name,
        number=number,
        sealed_on=made_on,
        qr_url=settings.DOCUMENTS["CHECK_URL"] + token if kind.outward else "",
        demo=demo,
    )
    row = Document(
        id=uuid4(),
        subject=subject,
        body_id=body_id,
        type_key=type_key,
        template_version=kind.template_version,
        number=number or None,
        party=party,
        step_sequence=step_sequence,
        data=press.freeze(type_key, values, frame=frame, timestamp=at),
        draft_sha256=draft_sha256,
        made_on=made_on,
        made_by=actor,
        made_at=at,
        token=token,
    )
    entry = journal.append(
        entries.MADE, entries.stream(row.id), actor=actor, at=at, body=entries.made(row)
    )
    row.made_entry = entry.id
    row.save(force_insert=True)
    ask_for_print(row.id)
    return Made(row.id, number, token)


def ask_for_print(document_id: UUID) -> None:
    """Defer the job that prints; in the caller's transaction, so that neither is without the other."""
    jobs.configure_task(RENDER, queue="documents", lock=f"document:{document_id}").defer(
        document_id=str(document_id)
    )


def render_document(document_id: UUID, *, at: datetime) -> None:
    """Print a document from its frozen data, seal it if it goes out, keep the file, journal it.

    Done once: a document that is printed already is left as it is. The print runs outside the
    transaction; a process killed on the way leaves at most a file that the next run makes again,
    byte for byte. No row is sealed that came into the table past `make`: it stays unprinted, and
    `zhifa verify` names it. Raises NotFound, NotAsMade, what `rendering.render` raises, and
    StoreFull or Damaged.
    """
    row = Document.objects.filter(pk=document_id).first()
    if row is None:
        raise NotFound
    if row.rendered_at is not None:
        return
    if codes := verification.unlike_making(row):
        raise NotAsMade(document_id, codes)
    printed = press.print_whole(row.data)
    press.store().put(io.BytesIO(printed.pdf))
    with transaction.atomic():
        _keep(document_id, printed, at=at)


def correct(
    *,
    document_id: UUID,
    corrections: tuple[Correction, ...],
    reasons: str,
    office_word: str,
    made_on: date,
    actor: ActorId,
    at: datetime,
    step_sequence: int | None = None,
    demo: bool = False,
) -> Made:
    """Make the notice that corrects clerical errors in an outward document (补正); return it.

    The document itself stays as it is. Joins the caller's transaction, as `make` does. Raises
    NotFound, and BadValue: correction.not_outward, correction.nothing, correction.no_difference,
    correction.no_reason, correction.before_the_document, correction.in_future.
    """
    row = Document.objects.filter(pk=document_id).first()
    if row is None:
        raise NotFound
    if not TYPES[row.type_key].outward:
        raise BadValue("correction.not_outward", TYPES[row.type_key].title)
    if not corrections:
        raise BadValue("correction.nothing")
    if not reasons.strip():
        raise BadValue("correction.no_reason")
    if made_on < row.made_on:
        raise BadValue("correction.before_the_document", row.made_on.isoformat())
    if made_on > clock.beijing_date(at):
        raise BadValue("correction.in_future")
    for one in corrections:
        if one.wrong.strip() == one.right.strip() or not one.place.strip():
            raise BadValue("correction.no_difference", one.place)
    frozen = press.thaw(row.data)
    return make(
        type_key="correction_notice",
        values=_correction(row, frozen, corrections, reasons),
        subject=row.subject,
        body_id=row.body_id,
        body_name=frozen.frame.body_name,
        office_word=office_word,
        party=row.party,
        step_sequence=step_sequence,
        made_on=made_on,
        actor=actor,
        at=at,
        demo=demo,
    )


def start_series(
    *, body_id: UUID, kind_word: str, year: int, first: int, actor: ActorId, at: datetime
) -> None:
    """Let a series of numbers begin at `first`, and journal it; joins the caller's transaction.

    Whether `actor` may is judged by the service there. Raises Conflict (number.series_begun) once a number
    of it was given, and BadValue: number.first, and number.given_by_former where a body this one followed
    gave such a number under the same word (更名).
    """
    if not 1 <= first <= FIRST_NUMBER_MOST:
        raise BadValue("number.first")
    word = registry.body(body_id).identity.office_word
    given = selectors.given_before(body_id, word, year).get(kind_word, 0)
    if first <= given:
        raise BadValue("number.given_by_former", str(given))
    try:
        numbering.start_series(body=body_id, kind_word=kind_word, year=year, first=first)
    except ValueError as fault:
        raise Conflict("number.series_begun") from fault
    entry = entries.SeriesStarted(body_id, kind_word, year, first)
    stream = entries.series_stream(body_id)
    journal.append(entries.SERIES_STARTED, stream, actor=actor, at=at, body=entry)


def next_number(*, body_id: UUID, office_word: str, kind_word: str, on: date) -> str:
    """Return the next number of a series that no document carries, as 立 of a case (立案号).

    Joins the caller's transaction; see `numbering.next_number`.
    """
    return numbering.next_number(body=body_id, office_word=office_word, kind_word=kind_word, on=on)


def _number(body_id: UUID, office_word: str, kind_word: str, on: date) -> str:
    if not kind_word:
        return ""
    return next_number(body_id=body_id, office_word=office_word, kind_word=kind_word, on=on)


def _keep(document_id: UUID, printed: press.Printed, *, at: datetime) -> None:
    """Record a finished file, unless another process was first with the same one."""
    row = Document.objects.select_for_update().get(pk=document_id)
    if row.rendered_at is not None:
        return
    row.sha256, row.pages, row.press, row.rendered_at = (
        printed.sha256, printed.pages, printed.press, at,
    )  # fmt: skip
    entry = journal.append(
        entries.SEALED if printed.sealed else entries.PRINTED,
        entries.stream(document_id),
        actor=SYSTEM,
        at=at,
        body=entries.sealed(row, template_version=TYPES[row.type_key].template_version),
    )
    row.sealed_entry = entry.id
    row.save(update_fields=["sha256", "pages", "press", "rendered_at", "sealed_entry"])
    if printed.sealed:
        jobs.configure_task(SEND_RECEIPT, queue="disclosure").defer(document_id=str(document_id))


def _correction(
    row: Document, frozen: press.Frozen, corrections: tuple[Correction, ...], reasons: str
) -> CorrectionNotice:
    values = frozen.values
    case: CaseRef = values.case
    return CorrectionNotice(
        case=case,
        parties=values.parties if hasattr(values, "parties") else (values.party,),
        document_title=TYPES[row.type_key].title,
        document_number=row.number or "",
        document_on=row.made_on,
        corrections=corrections,
        reasons=reasons,
    )
