"""The notice that corrects a document is served too (补正通知书的送达): who still has to get it, and the act.

No step of the procedure: nothing of the case changes by it. It is judged by the rules for serving the
decision (APL art. 61; CPL art. 87 to 95), and put on the same paper, a 送达回证.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhifa import clock
from zhifa.cases import entries, paperwork, services
from zhifa.cases.papers import Matter
from zhifa.cases.papers.closing import receipt
from zhifa.cases.standing import standing
from zhifa.documents import selectors as documents
from zhifa.documents import services as making
from zhifa.documents.selectors import MadeDocument
from zhifa.journal import selectors as record
from zhifa.journal import services as journal
from zhifa.law.actors import ActorId
from zhifa.law.citations import APL, CPL
from zhifa.law.errors import NotFound, Refused, Violation
from zhifa.procedures import actions as a
from zhifa.procedures import definitions, history
from zhifa.procedures.facts import Facts
from zhifa.procedures.guards import acting, deciding
from zhifa.procedures.guards.acting import Found
from zhifa.procedures.model import Judged
from zhifa.procedures.values import Party
from zhifa.registry import selectors as registry

NOTICE = "correction_notice"
_RULES = (
    acting.right_person, acting.able_officers, acting.party_of_the_case, acting.guardian_known,
    deciding.service_valid,
)  # fmt: skip


def to_serve(notice: MadeDocument, facts: Facts, served: Iterable[UUID]) -> tuple[Party, ...]:
    """Return the parties who still have to get the notice; one about one party goes to that one."""
    done = set(served)
    return tuple(
        party
        for party in facts.parties
        if notice.party in (None, party.id) and party.id not in done
    )


def receivers(case_id: UUID, notice_id: UUID) -> tuple[UUID, ...]:
    """Return the parties that got the notice already, as the record says; one query."""
    return tuple(
        UUID(entry.body["party"])
        for entry in record.entries(entries.stream(case_id))
        if entry.kind == entries.PAPER_SERVED
        and entry.body
        and entry.body["document"] == str(notice_id)
    )


@transaction.atomic(durable=True)
def serve_notice(
    *,
    case_id: UUID,
    notice_id: UUID,
    data: a.ServeParty,
    actor: ActorId,
    on: date,
    at: datetime,
    seen: int,
) -> UUID:
    """Record that a notice of correction was served on a party, and return its 送达回证.

    on    local date of the service
    seen  the version of the case the actor had before them

    Raises NotFound if there is no such notice in the case, Conflict, and Refused with every broken rule.
    """
    case = services.locked(case_id, seen=seen)
    notice = documents.document(notice_id)
    if notice is None or notice.subject != case_id or notice.type_key != NOTICE:
        raise NotFound
    facts, today = history.decode_facts(case.facts), clock.beijing_date(at)
    found = standing(
        case.body_id, case.unit_id, actor=actor, facts=facts, data=data, on=on, known_on=today
    )
    step = definitions.get(case.procedure, case.procedure_version).step("decided", "serve")
    judged = Judged(
        step=step, facts=facts, data=data, circumstances=found.circumstances,
        context=found.context, on=on,
    )  # fmt: skip
    broken = [violation for rule in _RULES for violation in rule(judged)]
    broken += _own(judged, notice, receivers(case_id, notice_id), today)
    if broken:
        raise Refused("serve_notice", tuple(broken))
    body = registry.body(case.body_id)
    matter = Matter(
        data=data, facts=facts, case_number=case.number, body=paperwork.particulars(body),
        people=paperwork.people_of(facts, actor, found), context=found.context, actor=actor, on=on,
    )  # fmt: skip
    paper = receipt(matter, notice.title, number=notice.number)
    made = making.make(
        type_key=paper.type_key,
        values=paper.values,
        subject=case_id,
        body_id=case.body_id,
        body_name=body.name,
        office_word=body.identity.office_word,
        party=paper.party,
        made_on=on,
        actor=actor,
        at=at,
        demo=case.is_demo,
    )
    entry = entries.PaperServed(
        document=str(notice_id),
        number=notice.number,
        receipt=str(made.id),
        party=str(data.party),
        method=data.method.value,
        receiver=data.receiver,
        on=on.isoformat(),
    )
    journal.append(entries.PAPER_SERVED, entries.stream(case_id), actor=actor, at=at, body=entry)
    return made.id


def _own(judged: Judged, notice: MadeDocument, served: Iterable[UUID], today: date) -> Found:
    """What the rules of the decision's service do not ask: the day, and to whom this one goes."""
    if judged.on > today:
        yield Violation("step.in_future", APL.art(47), today.isoformat())
    if judged.on < notice.made_on:
        yield Violation("correction.served_too_early", APL.art(47), notice.made_on.isoformat())
    if judged.data.party in served:
        yield Violation("correction.served_already", CPL.art(87))
    elif notice.party not in (None, judged.data.party):
        yield Violation("correction.another_party", APL.art(61))
