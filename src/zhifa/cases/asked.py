"""Whose word is asked for besides the next step (待答): the two questions of the gate (APL art. 58(1)), what
becomes of preserved things (APL art. 56), and whether a wrong entry is put right (APL art. 47)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from zhifa.cases.models import Case, CaseTerm
from zhifa.cases.selectors import CaseTitle, visible
from zhifa.law.actors import ActorId
from zhifa.procedures import gate, history
from zhifa.procedures.facts import CorrectionAsked, Facts
from zhifa.procedures.values import GateQuestion
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role


def gate_questions(person: ActorId, on: date) -> Iterator[tuple[CaseTitle, date | None]]:
    """Yield the cases, by number, in which the head of the unit owes the answer to a question that the handler
    has answered, with the last day for the decision (T01): without both no report is made (APL art. 58(1)).

    Before that the investigation goes on and nobody waits. At most two queries.
    """
    scope = registry.scope(person, on=on)
    units = {held.unit for held in scope.held if held.role is Role.HANDLING_UNIT_HEAD}
    if not units:
        return
    decided_by = CaseTerm.objects.filter(case=OuterRef("pk"), key="T01", ended_on=None)
    rows = (
        Case.objects.filter(visible(scope))
        .filter(unit_id__in=units, state="investigating")
        .annotate(due_on=Subquery(decided_by.order_by("position").values("due_on")[:1]))
    )
    for row in rows.order_by("number").only("id", "number", "title", "facts"):
        if _owed(history.decode_facts(row.facts)):
            yield CaseTitle(row.id, row.number, row.title), row.due_on


def _owed(facts: Facts) -> bool:
    """Whether the handler has answered a question that the head of the unit has not."""
    left = set(gate.unanswered(facts))
    return any(
        (question, Role.HANDLING_UNIT_HEAD) in left and (question, Role.CASE_HANDLER) not in left
        for question in GateQuestion
    )


def preservations(person: ActorId, on: date) -> Iterator[tuple[CaseTitle, date | None]]:
    """Yield the cases in which things are registered for preservation and the head has to decide within seven
    working days what becomes of them (T02; APL art. 56), with the day, the nearest first.

    At most two queries.
    """
    scope = registry.scope(person, on=on)
    bodies = scope.bodies(Role.AGENCY_HEAD)
    if not bodies:
        return
    running = CaseTerm.objects.filter(key="T02", ended_on=None, case__body_id__in=bodies)
    rows = running.order_by("due_on", "case__number").values_list(
        "case_id", "case__number", "case__title", "due_on"
    )
    for case_id, number, title, due_on in rows:
        yield CaseTitle(case_id, number, title), due_on


def corrections(person: ActorId, on: date) -> Iterator[tuple[CaseTitle, CorrectionAsked]]:
    """Yield the corrections that others asked for and this head may grant, by number of the case.

    At most two queries.
    """
    scope = registry.scope(person, on=on)
    units = [held.unit for held in scope.held if held.role is Role.HANDLING_UNIT_HEAD]
    mine = Q(body_id__in=scope.bodies(Role.AGENCY_HEAD)) | Q(unit_id__in=list(filter(None, units)))
    rows = Case.objects.filter(visible(scope)).filter(mine, correction_asked=True)
    for row in rows.order_by("number").only("id", "number", "title", "facts"):
        facts = history.decode_facts(row.facts)
        if person in facts.ever_handled_by.union(facts.authors):
            continue  # nobody approves in a case he works on
        for one in facts.corrections_asked:
            if one.by != person:
                yield CaseTitle(row.id, row.number, row.title), one
