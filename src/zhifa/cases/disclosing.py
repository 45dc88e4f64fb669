"""What the disclosure room asks of cases (公示所需): which decisions wait to be published or withdrawn."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhifa.cases.models import CaseTerm

TO_PUBLISH, TO_WITHDRAW = "T39", "T09"


@dataclass(frozen=True, slots=True)
class DueDisclosure:
    """A case whose decision has to be published, or taken back, by a day."""

    case_id: UUID
    number: str
    title: str
    body_id: UUID
    unit_id: UUID | None
    term: str  # T39 to publish, T09 to withdraw
    started_on: date
    due_on: date | None  # None while the term is stopped


def due_disclosures() -> list[DueDisclosure]:
    """Return every running term of publication and withdrawal in scope, nearest first; one query."""
    rows = (
        CaseTerm.objects.filter(key__in=(TO_PUBLISH, TO_WITHDRAW), ended_on=None)
        .select_related("case")
        .order_by("due_on", "case__number")
    )
    return [
        DueDisclosure(
            row.case_id, row.case.number, row.case.title, row.case.body_id, row.case.unit_id,
            row.key, row.started_on, row.due_on,
        )
        for row in rows
    ]  # fmt: skip
