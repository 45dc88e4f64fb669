"""The next step of a case as its row keeps it (待办): which, whose, from when. Pure."""

from dataclasses import dataclass
from datetime import date

from zhifa.cases import rules
from zhifa.law.errors import Violation
from zhifa.procedures.facts import Facts
from zhifa.procedures.model import Judged, NoSuchStep, Procedure, Step
from zhifa.registry.selectors import Standing

# Rules about the person who acts say nothing of whether the case is ready.
_PERSONAL = frozenset({"reviewer.is_handler", "reviewer.not_qualified", "hearing.another_host"})


@dataclass(frozen=True, slots=True)
class Awaited:
    """The step that is expected next; empty at the end of a case."""

    action: str = ""
    role: str = ""
    from_on: date | None = None


def expected(procedure: Procedure, facts: Facts, found: Standing, *, on: date) -> Awaited:
    """Return the first step that only time stands against, else the most regular one."""
    steps = [
        step
        for action in rules.candidates(facts, found.context)
        if (step := _step(procedure, facts.state, action))
    ]
    for step in steps:
        broken = _broken(step, facts, found, on)
        if not broken:
            return Awaited(step.action, step.roles[0])
        if day := rules.earliest(broken, facts):
            return Awaited(step.action, step.roles[0], day)
    return Awaited(steps[0].action, steps[0].roles[0]) if steps else Awaited()


def _step(procedure: Procedure, state: str, action: str) -> Step | None:
    try:
        return procedure.step(state, action)
    except NoSuchStep:
        return None


def _broken(step: Step, facts: Facts, found: Standing, on: date) -> tuple[Violation, ...]:
    judged = Judged(
        step=step,
        facts=facts,
        data=None,
        circumstances=found.circumstances,
        context=found.context,
        on=on,
    )
    return tuple(
        violation
        for guard in step.guards
        for violation in guard(judged)
        if violation.code not in _PERSONAL
    )
