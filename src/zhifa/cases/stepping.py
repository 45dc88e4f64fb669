"""A step about to be taken (办理一步): the case, the choice, what is known, and what forbids it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhifa.cases import prefill, selectors, wording
from zhifa.cases.forms import OWN_PAGES, form_class
from zhifa.cases.forms.base import StepForm
from zhifa.cases.forms.drafting import DraftForm
from zhifa.cases.known import Known
from zhifa.cases.remedies import Missing, missing
from zhifa.cases.selectors import CaseView, StepChoice, TimelineEntry
from zhifa.cases.standing import standing
from zhifa.law.actors import ActorId
from zhifa.law.errors import NotFound, Violation
from zhifa.procedures import engine
from zhifa.procedures.cautions import cautions
from zhifa.procedures.model import NoSuchStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepping:
    """Everything the page of a step stands on."""

    case: CaseView
    choice: StepChoice
    choices: tuple[StepChoice, ...]
    roles: tuple[str, ...]  # of the person
    known: Known
    record: tuple[TimelineEntry, ...]
    data: type[Any]
    field: str  # the department's rule the body is under

    @property
    def action(self) -> str:
        """Return the code of the step."""
        return self.choice.action

    @property
    def final(self) -> str:
        """Return what the step brings about for good, or an empty text."""
        return wording.FINAL.get(self.action, "")

    @property
    def hint(self) -> str:
        """Return what to know before filling in."""
        return wording.HINTS.get(self.action, "")

    def form(self, data: Any = None) -> StepForm:
        """Return the form of the step, bound or prefilled."""
        return form_class(self.data)(data, action=self.action, known=self.known)

    def missing(self, violations: Iterable[Violation]) -> tuple[Missing, ...]:
        """Return broken rules, each with the step by which this person can mend it."""
        return missing(violations, self.choices, self.roles)

    def cautions(self, form: StepForm) -> tuple[Violation, ...]:
        """Return what forbids nothing but should not be overlooked, for a proposal being written."""
        if not isinstance(form, DraftForm):
            return cautions(self.case.facts)
        return cautions(self.case.facts, form.draft() if form.is_bound else None)

    def since(self, seen: int) -> tuple[TimelineEntry, ...]:
        """Return the steps taken after the version that was seen."""
        return tuple(entry for entry in self.record if entry.sequence > seen)


def stepping(case_id: UUID, action: str, *, actor: ActorId, on: date) -> Stepping:
    """Return the step of a case; about twelve queries.

    Raises NotFound, also for a step that has a page of its own, and NoSuchStep if the state does
    not know it (any more).
    """
    found = selectors.case_for(case_id, actor=actor, on=on)
    try:
        data = found.procedure.data_class(action)
    except NoSuchStep:
        raise NotFound from None
    if data in OWN_PAGES or not found.state:
        raise NotFound
    stand = selectors.case_standing(found, actor=actor, on=on)
    choices = selectors.choices(found, stand, on=on)
    choice = next((one for one in choices if one.action == action), None)
    if choice is None:
        raise NoSuchStep(found.state, action)
    record = selectors.timeline(case_id)
    return Stepping(
        case=found,
        choice=choice,
        choices=tuple(choices),
        roles=stand.roles,
        known=prefill.known(found, stand, record, data=data, on=on),
        record=tuple(record),
        data=data,
        field=stand.policy.field,
    )


def forbidding(
    found: CaseView, action: str, data: Any, *, actor: ActorId, on: date, today: date
) -> tuple[Violation, ...]:
    """Return every rule that forbids the step with this data on that day; one query."""
    stand = standing(
        found.body_id, found.unit_id, actor=actor, facts=found.facts, data=data, on=on,
        known_on=today,
    )  # fmt: skip
    return engine.blockers(
        found.procedure, found.facts, action, data=data, circumstances=stand.circumstances,
        context=stand.context, on=on, today=today,
    )  # fmt: skip
