"""A step about to be taken (办理一步): the case, the choice, what is known, and what forbids it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
from zhifa.procedures.cautions import cautions, overdue
from zhifa.procedures.model import NoSuchStep, Step
from zhifa.registry.selectors import Standing


@dataclass(frozen=True, kw_only=True)
class Stepping:
    """Everything the page of a step stands on; what a form that is sent in does not need is not read."""

    case: CaseView
    step: Step
    data: type[Any]
    actor: ActorId
    on: date

    @cached_property
    def stand(self) -> Standing:
        """Return how the registry stands for the person today; one query."""
        return selectors.case_standing(self.case, actor=self.actor, on=self.on)

    @cached_property
    def choices(self) -> tuple[StepChoice, ...]:
        """Return every step of the state with what forbids it."""
        return tuple(selectors.choices(self.case, self.stand, on=self.on))

    @cached_property
    def choice(self) -> StepChoice:
        """Return this step among them."""
        return next(one for one in self.choices if one.action == self.action)

    @cached_property
    def record(self) -> tuple[TimelineEntry, ...]:
        """Return what happened so far; two queries, and as long as the case."""
        return tuple(selectors.timeline(self.case.id))

    @cached_property
    def known(self) -> Known:
        """Return what the form need not ask."""
        return prefill.known(
            self.case, data=self.data, on=self.on,
            standing=lambda: self.stand, record=lambda: self.record,
        )  # fmt: skip

    @property
    def action(self) -> str:
        """Return the code of the step."""
        return self.step.action

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
        return missing(violations, self.choices, self.stand.roles)

    def cautions(self, form: StepForm) -> tuple[Violation, ...]:
        """Return what forbids nothing but should not be overlooked, of a form or a valid one sent in."""
        draft = form.draft() if isinstance(form, DraftForm) and form.is_bound else None
        on = form.cleaned_data["happened_on"] if form.is_bound else self.on
        late = overdue(self.case.facts, self.action, on=on, context=self.stand.context)
        return (*cautions(self.case.facts, draft), *late)

    def since(self, seen: int) -> tuple[TimelineEntry, ...]:
        """Return the steps taken after the version that was seen."""
        return tuple(entry for entry in self.record if entry.sequence > seen)


def stepping(case_id: UUID, action: str, *, actor: ActorId, on: date) -> Stepping:
    """Return the step of a case; two queries, up to ten more for what the page then asks.

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
    step = found.procedure.step(found.state, action)
    return Stepping(case=found, step=step, data=data, actor=actor, on=on)


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
