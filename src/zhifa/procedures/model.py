"""What a procedure is made of (程序): a literal table of steps, read by people and by the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhifa.law.citations import Article
from zhifa.law.errors import Refused, Violation
from zhifa.procedures.facts import Circumstances, Context, Facts

SAME = ""  # as a target: the state stays
NEW = ""  # as a source: the case does not exist yet


class Recording(StrEnum):
    """How a step must be recorded (记录方式): APL art. 47."""

    TEXT = "text"
    AV_BY_CATALOGUE = "av_by_catalogue"  # 音像记录事项清单
    CONTINUOUS_AV = "continuous_av"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that a guard sees. `data` is None while a page asks what is missing beforehand."""

    step: "Step"

    facts: Facts
    data: Any  # the data class of the step's action, or None
    circumstances: Circumstances
    context: Context
    on: date  # the day the act took place


Guard = Callable[[Judged], Iterator[Violation]]
Follows = Callable[[Facts, Any], date | None]


def last_step(facts: Facts, _: Any) -> date | None:
    """Return the latest day of any step: what most steps follow."""
    return facts.last_on


def entry(facts: Facts, _: Any) -> date | None:
    """Return since when the case is in this state: for records that may be entered late."""
    return facts.entered_on


def own_notice(facts: Facts, data: Any) -> date | None:
    """Return the day on which the party the step concerns was told, else as `last_step`."""
    told = facts.notice(data.party) if data is not None else None
    return told.served_on if told else facts.last_on


def own_service(facts: Facts, data: Any) -> date | None:
    """Return the day on which the party the step concerns received the decision, else as `entry`.

    What a party does about a decision may be learnt after the case was archived: APL art. 73.
    """
    party = data.party if data is not None else None
    served = [one.on for one in facts.served if party in {None, one.party}]
    return min(served, default=facts.entered_on)


def new_text(facts: Facts, _: Any) -> date | None:
    """Return from when another text can be told (重新告知): APL art. 44.

    For the first party the latest day of any step, since the text was written and checked by then; for
    the others the first of the days on which one was told of it.
    """
    told = (
        [notice.served_on for notice in facts.notices] if facts.notice_draft == facts.draft else []
    )
    return min(told, default=facts.last_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a procedure: who may do what, from where to where, on what basis."""

    action: str
    sources: tuple[str, ...]
    target: str | Callable[[Facts], str]  # of the facts after the step
    targets: tuple[str, ...] = ()  # where a computed target can lead; SAME: it may stay
    roles: tuple[str, ...]
    basis: Article
    data: type[Any]
    guards: tuple[Guard, ...] = ()
    officers: int = 0  # how many with valid certificates
    documents: tuple[str, ...] = ()
    choice: Callable[[Any], tuple[str, ...]] | None = None  # of the documents, by the data
    recording: Recording = Recording.TEXT
    own_case: bool = True  # a case handler acts in the cases assigned to him
    approval: bool = False  # nobody approves his own work
    follows: Follows = last_step  # a step is not dated before the one it follows
    of_record: bool = False  # about the record, no act of the case: nothing has to follow its day

    def leads_to(self, source: str) -> tuple[str, ...]:
        """Return every state this step can lead to from `source`."""
        if not isinstance(self.target, str):
            return tuple(target or source for target in self.targets)
        return (self.target or source,)

    def documents_for(self, data: Any) -> tuple[str, ...]:
        """Return the documents this step makes with that data."""
        return self.choice(data) if self.choice else self.documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure in one version (执法程序): steps, where it begins and where it ends."""

    key: str
    version: str  # the day this text came into force
    name: str
    steps: tuple[Step, ...]
    final: frozenset[str]

    def step(self, state: str, action: str) -> Step:
        """Return the step `action` from `state`; raises NoSuchStep."""
        rows = [step for step in self.steps if step.action == action]
        for step in rows:
            if state in step.sources:
                return step
        raise NoSuchStep(state, action, rows[0].basis if rows else None)

    def from_state(self, state: str) -> tuple[Step, ...]:
        """Return the steps that leave or stay in `state`, in the order of the table."""
        return tuple(step for step in self.steps if state in step.sources)

    def states(self) -> tuple[str, ...]:
        """Return every state, in the order the table first names it."""
        found: dict[str, None] = {}
        for step in self.steps:
            for source in step.sources:
                found.setdefault(source)
                for target in step.leads_to(source):
                    found.setdefault(target)
        return tuple(state for state in found if state)

    def roles_of(self, action: str) -> frozenset[str]:
        """Return who may take the action in any state."""
        return frozenset(
            role for step in self.steps if step.action == action for role in step.roles
        )

    def data_class(self, action: str) -> type[Any]:
        """Return what is filled in at `action`; raises NoSuchStep."""
        for step in self.steps:
            if step.action == action:
                return step.data
        raise NoSuchStep("", action)


class NoSuchStep(Refused):
    """The procedure has no such action in this state. Nothing was changed.

    basis  of the action where the procedure has it; None if it knows no such action
    """

    def __init__(self, state: str, action: str, basis: Article | None = None) -> None:
        about = f"{action}:{state}"
        why = () if basis is None else (Violation("step.not_in_state", basis, about),)
        super().__init__(f"no {action} in {state or 'a new case'}", why)
        self.state = state
        self.action = action


class StepRefused(Refused):
    """The law does not allow this step on this day. Nothing was changed."""

    def __init__(self, action: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(action, violations)
        self.action = action


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step that the law allows, and the facts after it."""

    action: str
    source: str
    target: str
    on: date
    basis: Article
    documents: tuple[str, ...]
    facts: Facts
    about: UUID | None = None  # the party a step concerns
    findings: tuple[str, ...] = ()  # what a correction newly showed to have been broken
