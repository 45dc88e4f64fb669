"""What a case and its publication learn from each other: the case that its decision was published or withdrawn
(P13), by its own step and entry; the publication who goes on with the case (承继)."""

from datetime import datetime
from uuid import UUID

from zhifa.cases import selectors as cases
from zhifa.cases import services
from zhifa.clock import beijing_date
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.rules import Act
from zhifa.law.actors import ActorId
from zhifa.procedures.actions import Publish, Reasoned


def record(parcel_id: UUID, *, at: datetime) -> None:
    """Take the step in the name of whom released the parcel; once, however often it is asked.

    Raises Conflict if somebody else takes a step at the same time: ask again; and StepRefused.
    """
    parcel = Parcel.objects.select_related("publication").get(pk=parcel_id)
    if parcel.publication is None or parcel.received_at is None:
        return
    case = cases.case(parcel.publication.case_id)
    withdrawn = parcel.kind == "withdrawal"
    if (case.facts.published_on is None) == withdrawn:
        return
    services.take_step(
        case_id=case.id,
        action="record_withdrawal" if withdrawn else "record_publication",
        data=(
            Reasoned(reason=parcel.publication.reason)
            if withdrawn
            else Publish(reference=f"/decisions/{parcel.key}/")
        ),
        actor=ActorId(parcel.released_by),
        on=beijing_date(at),
        at=at,
        seen=case.version,
    )


def record_withholding(publication_id: UUID, *, at: datetime) -> None:
    """Write into the case that its decision is not published, in the name of whom decided so; once.

    Raises Conflict if somebody else takes a step at the same time: ask again; and StepRefused.
    """
    row = Publication.objects.get(pk=publication_id)
    case = cases.case(row.case_id)
    if case.facts.withheld_on is not None:
        return
    turn = row.turns.filter(act=Act.WITHHOLD).latest("id")
    services.take_step(
        case_id=case.id,
        action="record_withholding",
        data=Reasoned(reason=row.reason),
        actor=ActorId(turn.actor),
        on=beijing_date(at),
        at=at,
        seen=case.version,
    )


def follow(case_id: UUID) -> None:
    """Put the publication of a case where the case is handled now: its people go on with it.

    The case's record says who took it over, from whom and by which document. Raises NotFound.
    """
    case = cases.case(case_id)
    Publication.objects.filter(case_id=case_id).update(body_id=case.body_id, unit_id=case.unit_id)
