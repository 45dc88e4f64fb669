"""The one place where a case moves (程序引擎): what forbids a step, and the facts after it.

Pure. The page shows `blockers`, the service calls `advance`, verification folds with `replay`, and
`proofs` walks every path with the same functions: one rule, no twins.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from zhifa.law.calendar import Calendar
from zhifa.law.errors import Violation
from zhifa.procedures import actions as a
from zhifa.procedures import terms
from zhifa.procedures.facts import Circumstances, Context, Facts
from zhifa.procedures.guards import acting
from zhifa.procedures.history import (
    BadEvent,
    Event,
    calendar_key,
    context_of,
    decode_data,
    decode_event,
    decode_facts,
    encode_event,
    encode_facts,
    known_calendars,
)
from zhifa.procedures.model import Judged, NoSuchStep, Procedure, Step, StepRefused, Transition
from zhifa.procedures.overlays import RULES
from zhifa.procedures.recording import RECORDERS, Taken

__all__ = [
    "ASK",
    "CORRECT",
    "BadEvent",
    "Event",
    "NoSuchStep",
    "StepRefused",
    "Transition",
    "advance",
    "available",
    "blockers",
    "calendar_key",
    "decode_event",
    "decode_facts",
    "encode_event",
    "encode_facts",
    "folds",
    "known_calendars",
    "put_right",
    "refolded",
    "replay",
    "replayed",
]
CalendarOf = Callable[[str], Calendar]

ASK, CORRECT = "ask_correction", "correct"  # need every step of the case: see `corrections`


def available(procedure: Procedure, facts: Facts) -> tuple[Step, ...]:
    """Return the steps the table has for the state, in its order, forbidden or not."""
    return procedure.from_state(facts.state)


def blockers(
    procedure: Procedure,
    facts: Facts,
    action: str,
    *,
    data: Any,
    circumstances: Circumstances,
    context: Context,
    on: date,
    today: date | None = None,
) -> tuple[Violation, ...]:
    """Return every rule that forbids the step on that day; empty means go ahead.

    data   what was filled in, or None to ask beforehand what is missing
    on     local date on which the act took place
    today  local date of entry; None: the step is not judged by it

    Raises NoSuchStep if the procedure has no such action in this state.
    """
    step = procedure.step(facts.state, action)
    judged = Judged(
        step=step, facts=facts, data=data, circumstances=circumstances, context=context, on=on
    )
    found = [*acting.right_person(judged), *acting.able_officers(judged)]
    found.extend(acting.right_day(judged, today))
    own = (RULES[rule] for of, rule in context.policy.requires if of == action)
    for guard in (*step.guards, *own):
        found.extend(guard(judged))
    return tuple(dict.fromkeys(found))


def advance(
    procedure: Procedure,
    facts: Facts,
    action: str,
    data: Any,
    *,
    circumstances: Circumstances,
    context: Context,
    on: date,
    today: date,
) -> Transition:
    """Return the transition `action` makes; change nothing.

    on     local date on which the act took place, the day the law judges it by
    today  local date of entry: nothing is dated after it

    Raises NoSuchStep if the procedure has no such action in this state, and StepRefused, with
    every broken rule, if the law forbids it on that day.
    """
    if action == CORRECT:
        raise ValueError("a correction needs every step of the case: corrections.grant")
    violations = blockers(
        procedure, facts, action, data=data, circumstances=circumstances, context=context,
        on=on, today=today,
    )  # fmt: skip
    if violations:
        raise StepRefused(action, violations)
    step = procedure.step(facts.state, action)
    taken = Taken(data=data, on=on, circumstances=circumstances, context=context)
    after = folded(step, facts, taken)
    return Transition(
        action=action,
        source=facts.state,
        target=after.state,
        on=on,
        basis=step.basis,
        documents=step.documents_for(data),
        facts=after,
        about=getattr(data, "party", None),
    )


def folded(step: Step, facts: Facts, taken: Taken) -> Facts:
    """Return the facts after a step, judged or not: what it says, its terms, its state."""
    facts = replace(facts, sequence=facts.sequence + 1, last_by=taken.actor)
    if not step.of_record:
        facts = replace(facts, last_on=max(facts.last_on or taken.on, taken.on))
    facts = RECORDERS[step.action](facts, taken)
    about = getattr(taken.data, "party", "")
    facts = terms.after(facts, step.action, about=str(about), on=taken.on, context=taken.context)
    target = step.target(facts) if callable(step.target) else step.target or facts.state
    if target != facts.state:
        facts = replace(facts, state=target, entered_on=facts.last_on)
    return facts


# --- the record folded again ---------------------------------------------------------------


def replay(procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf) -> Facts:
    """Return the facts that follow from the steps of a case, each judged as it was judged then.

    Where a correction was granted, the facts are folded again with the new value; rules which that
    shows to have been broken stand in `findings`, as "sequence:code".

    Raises NoSuchStep or StepRefused for a step that was not lawful, and BadEvent.
    """
    return replayed(procedure, events, calendar_of=calendar_of)[0]


def folds(
    procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf
) -> tuple[Facts, ...]:
    """Return the facts after every one of these steps, as they stood then; the last are those of `replay`.

    Raises as `replay` does.
    """
    return tuple(facts for facts, _ in _folds(procedure, events, calendar_of=calendar_of))


def replayed(
    procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf
) -> tuple[Facts, list[Event]]:
    """Return the facts, and the steps with every granted correction put in its place; as `replay`."""
    return [(Facts(), list[Event]()), *_folds(procedure, events, calendar_of=calendar_of)][-1]


def _folds(
    procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf
) -> Iterator[tuple[Facts, list[Event]]]:
    """Yield the facts after every step, and the steps so far with every correction in its place."""
    facts, history = Facts(), list[Event]()
    folded_so_far: list[Facts] = []
    for event in events:
        if event.action == CORRECT:
            history = [*put_right(procedure, history, asked_in(history, event.data)), event]
            facts = refolded(
                procedure, history, calendar_of=calendar_of, major=major_since(folded_so_far)
            ).facts
        else:
            facts = advance(
                procedure, facts, event.action, event.data, circumstances=event.circumstances,
                context=context_of(event, calendar_of), on=event.on, today=event.on,
            ).facts  # fmt: skip
            history.append(event)
        folded_so_far.append(facts)
        yield facts, history


def major_since(folds: Sequence[Facts]) -> int | None:
    """Return with which step a case became major, as it was judged then; None: it did not.

    Once major, always major, whatever a correction shows (design.md section 4, Gate).
    """
    return next((facts.sequence for facts in folds if facts.is_major), None)


def asked_in(history: Sequence[Event], data: a.Correct) -> a.AskCorrection:
    """Return what the granted correction says. Raises BadEvent if nobody asked for it."""
    for event in history:
        if event.sequence == data.asked and event.action == ASK:
            asked: a.AskCorrection = event.data
            return asked
    raise BadEvent("event.malformed", f"asked: {data.asked}")


def put_right(
    procedure: Procedure, history: Sequence[Event], asked: a.AskCorrection
) -> list[Event]:
    """Return the steps with the new value in the place of the wrong one. Raises BadEvent."""

    def corrected(event: Event) -> Event:
        new = event.data
        if asked.data_json:
            try:
                value = msgspec.json.decode(asked.data_json)
            except msgspec.DecodeError as problem:
                raise BadEvent("event.malformed", str(problem)) from problem
            new = decode_data(procedure.data_class(event.action), value)
        return replace(event, on=asked.happened_on or event.on, data=new)

    return [corrected(event) if event.sequence == asked.sequence else event for event in history]


@dataclass(frozen=True, slots=True)
class Refolded:
    """Facts folded again from corrected steps, and what was not allowed after all, step by step."""

    facts: Facts
    before: dict[int, Facts]  # by sequence: what a step found
    broken: dict[int, tuple[Violation, ...]]


def refolded(
    procedure: Procedure,
    history: Iterable[Event],
    *,
    calendar_of: CalendarOf,
    major: int | None = None,
) -> Refolded:
    """Fold corrected steps; what was not allowed after all is noted, not refused.

    major  with which step the case became major: `major_since`

    Raises NoSuchStep where a step could not have been taken at all, and BadValue where the days
    of a term contradict each other.
    """
    facts = Facts()
    before, broken = dict[int, Facts](), dict[int, tuple[Violation, ...]]()
    for event in history:
        context = context_of(event, calendar_of)
        step = procedure.step(facts.state, event.action)
        before[event.sequence] = facts
        found = () if step.of_record else blockers(
            procedure, facts, event.action, data=event.data, circumstances=event.circumstances,
            context=context, on=event.on,
        )  # fmt: skip
        broken[event.sequence] = found
        taken = Taken(
            data=event.data, on=event.on, circumstances=event.circumstances, context=context
        )
        facts = folded(step, facts, taken)
        noted = tuple(f"{event.sequence}:{violation.code}" for violation in found)
        is_major = facts.is_major or (major is not None and facts.sequence >= major)
        findings = tuple(dict.fromkeys((*facts.findings, *noted)))
        facts = replace(facts, findings=findings, is_major=is_major)
    return Refolded(facts, before, broken)
