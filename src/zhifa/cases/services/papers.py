"""What is done with a paper after it was made: its signature is scanned, its errors corrected (补正)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa import clock
from zhifa.cases import entries, record
from zhifa.cases.services.steps import Attachment, locked
from zhifa.documents import selectors as made
from zhifa.documents import services as documents
from zhifa.documents.values.decisions import Correction
from zhifa.evidence import services as evidence
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.errors import Conflict, Denied, NotFound
from zhifa.registry import selectors as registry
from zhifa.registry.rules import OVERSEEING, Role


@transaction.atomic(durable=True)
def attach_signed_paper(
    *,
    case_id: UUID,
    document_id: UUID,
    attachment: Attachment,
    actor: ActorId,
    at: datetime,
) -> UUID:
    """Tie the scan of a signed paper to its document (签名扫描件), and return the item's id.

    No step of the procedure: the record exists, its signature is proved.
    Raises NotFound if the document is not of this case, Denied for who only reads (领导、监督人员),
    and what `evidence.receive` raises.
    """
    case = locked(case_id)
    offices = set(registry.scope(actor, on=clock.beijing_date(at)).roles(case.body_id))
    if actor not in case.handlers and not offices - OVERSEEING:
        raise Denied("role.missing")
    if document_id not in {one.id for one in made.documents_of(case_id)}:
        raise NotFound
    said = replace(attachment.said, signs_document=document_id)
    item = evidence.receive(
        attachment.deposit, subject=case_id, body_id=case.body_id, said=said, actor=actor, at=at
    )
    body = entries.PaperSigned(document=str(document_id), evidence=str(item), signer=said.signer)
    journal.append(entries.PAPER_SIGNED, entries.stream(case_id), actor=actor, at=at, body=body)
    return item


@transaction.atomic(durable=True)
def correct_paper(
    *,
    case_id: UUID,
    document_id: UUID,
    corrections: tuple[Correction, ...],
    reasons: str,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
) -> UUID:
    """Make the notice that corrects clerical errors of a served document (补正), and return its id.

    No step of the procedure: what was decided stays as it is. The head of the body issues it, who is
    head on that day and on the day of entry.

    seen  how many notices had corrected the document when the actor looked

    Raises NotFound if the document is not of this case, Denied, Conflict if it was corrected meanwhile,
    and BadValue as `documents.services.correct`.
    """
    case = locked(case_id)
    for day in {on, clock.beijing_date(at)}:
        if case.body_id not in registry.scope(actor, on=day).bodies(Role.AGENCY_HEAD):
            raise Denied("correction.agency_head_only")
    paper = made.document(document_id)
    if paper is None or paper.subject != case_id:
        raise NotFound
    if len(record.paper_corrections(case_id, document_id)) != seen:
        raise Conflict("correction.made_meanwhile")
    notice = documents.correct(
        document_id=document_id,
        corrections=corrections,
        reasons=reasons,
        office_word=registry.body(case.body_id).identity.office_word,
        made_on=on,
        actor=actor,
        at=at,
        demo=case.is_demo,
    )
    body = entries.PaperCorrected(
        document=str(document_id),
        notice=str(notice.id),
        number=notice.number,
        on=on.isoformat(),
        reasons=reasons,
    )
    journal.append(entries.PAPER_CORRECTED, entries.stream(case_id), actor=actor, at=at, body=body)
    return notice.id
