"""The next step of a case as its row keeps it (待办): which, whose, from when. Pure."""

from dataclasses import dataclass
from datetime import date

from zhifa.cases import rules
from zhifa.law.errors import Violation
from zhifa.procedures.facts import Circumstances, Context, Facts
from zhifa.procedures.model import Judged, NoSuchStep, Procedure, Step

# Rules about the person who acts say nothing of whether the case is ready.
_PERSONAL = frozenset({"reviewer.is_handler", "reviewer.not_qualified", "hearing.another_host"})


@dataclass(frozen=True, slots=True)
class Awaited:
    """The step that is expected next; empty at the end of a case."""

    action: str = ""
    role: str = ""
    from_on: date | None = None


def expected(
    procedure: Procedure,
    facts: Facts,
    *,
    circumstances: Circumstances,
    context: Context,
    on: date,
) -> Awaited:
    """Return the first step that only time stands against, else the most regular one.

    `zhifa verify` works it out again for cases of any age: whoever changes what is expected brings the
    rows of the cases up to date with a migration.
    """
    steps = [
        step
        for action in rules.candidates(facts, context)
        if (step := _step(procedure, facts.state, action))
    ]
    for step in steps:
        broken = _broken(
            Judged(
                step=step,
                facts=facts,
                data=None,
                circumstances=circumstances,
                context=context,
                on=on,
            )
        )
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


def _broken(judged: Judged) -> tuple[Violation, ...]:
    return tuple(
        violation
        for guard in judged.step.guards
        for violation in guard(judged)
        if violation.code not in _PERSONAL
    )
