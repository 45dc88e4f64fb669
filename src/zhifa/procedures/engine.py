"""The one place where a case moves (程序引擎): what forbids a step, and the facts after it.

Pure. The page shows `blockers`, the service calls `advance`, verification folds with `replay`, and
`proofs` walks every path with the same functions: one rule, no twins.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from zhifa.law.calendar import Calendar
from zhifa.law.citations import APL
from zhifa.law.errors import BadValue, Violation
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
    "correct",
    "correction_blockers",
    "decode_event",
    "decode_facts",
    "encode_event",
    "encode_facts",
    "known_calendars",
    "replay",
]
CalendarOf = Callable[[str], Calendar]

CORRECT = "correct"  # needs every step of the case: see `correct`


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
        raise ValueError("a correction needs every step of the case: engine.correct")
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
    facts = replace(
        facts,
        sequence=facts.sequence + 1,
        last_on=max(facts.last_on or taken.on, taken.on),
        last_by=taken.actor,
    )
    facts = RECORDERS[step.action](facts, taken)
    about = getattr(taken.data, "party", "")
    facts = terms.after(facts, step.action, about=str(about), on=taken.on, context=taken.context)
    target = step.target(facts) if callable(step.target) else step.target or facts.state
    if target != facts.state:
        facts = replace(facts, state=target, entered_on=facts.last_on)
    return facts


# --- corrections ---------------------------------------------------------------------------


def replay(procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf) -> Facts:
    """Return the facts that follow from the steps of a case, each judged as it was judged then.

    Where a correcting step names an earlier one, the facts are folded again with the new value;
    rules which that shows to have been broken stand in `findings`, as "sequence:code".

    Raises NoSuchStep or StepRefused for a step that was not lawful, and BadEvent.
    """
    return _replayed(procedure, events, calendar_of=calendar_of)[0]


def correction_blockers(
    procedure: Procedure,
    events: Sequence[Event],
    data: a.Correct | None,
    *,
    circumstances: Circumstances,
    context: Context,
    on: date,
    today: date,
    calendar_of: CalendarOf,
) -> tuple[Violation, ...]:
    """Return every rule that forbids a correction; `data` is None while a page asks beforehand.

    Raises NoSuchStep if nothing is corrected any more in this state, and as `replay` does.
    """
    facts, history = _replayed(procedure, events, calendar_of=calendar_of)
    found = blockers(
        procedure, facts, CORRECT, data=data, circumstances=circumstances, context=context,
        on=on, today=today,
    )  # fmt: skip
    if data is None:
        return found
    return (*found, *_wrong_correction(procedure, facts, history, data, circumstances.actor,
                                       today, calendar_of))  # fmt: skip


def correct(
    procedure: Procedure,
    events: Sequence[Event],
    data: a.Correct,
    *,
    circumstances: Circumstances,
    context: Context,
    on: date,
    today: date,
    calendar_of: CalendarOf,
) -> Transition:
    """Return the transition of a correcting step: facts folded again, state and terms as follow.

    events  every step of the case so far, in order, earlier corrections included

    Raises as `correction_blockers`, and StepRefused with every broken rule.
    """
    violations = correction_blockers(
        procedure, events, data, circumstances=circumstances, context=context, on=on,
        today=today, calendar_of=calendar_of,
    )  # fmt: skip
    if violations:
        raise StepRefused(CORRECT, violations)
    before, history = _replayed(procedure, events, calendar_of=calendar_of)
    event = Event(
        sequence=before.sequence + 1,
        action=CORRECT,
        on=on,
        data=data,
        circumstances=circumstances,
        policy=context.policy,
        calendar=calendar_key(context.calendar),
    )
    after = _refolded(
        procedure, [*_with_correction(procedure, history, data), event], calendar_of=calendar_of
    )
    return Transition(
        action=CORRECT,
        source=before.state,
        target=after.state,
        on=on,
        basis=procedure.step(before.state, CORRECT).basis,
        documents=(),
        facts=after,
        findings=tuple(one for one in after.findings if one not in before.findings),
    )


def _replayed(
    procedure: Procedure, events: Iterable[Event], *, calendar_of: CalendarOf
) -> tuple[Facts, list[Event]]:
    """Return the facts, and the steps with every correction so far put in its place."""
    facts, history = Facts(), list[Event]()
    for event in events:
        if event.action == CORRECT:
            history = [*_with_correction(procedure, history, event.data), event]
            facts = _refolded(procedure, history, calendar_of=calendar_of)
            continue
        facts = advance(
            procedure, facts, event.action, event.data, circumstances=event.circumstances,
            context=context_of(event, calendar_of), on=event.on, today=event.on,
        ).facts  # fmt: skip
        history.append(event)
    return facts, history


def _with_correction(
    procedure: Procedure, history: Sequence[Event], data: a.Correct
) -> list[Event]:
    """Return the steps with the new value in the place of the wrong one. Raises BadEvent."""

    def put_right(event: Event) -> Event:
        new = event.data
        if data.data_json:
            try:
                value = msgspec.json.decode(data.data_json)
            except msgspec.DecodeError as problem:
                raise BadEvent("event.malformed", str(problem)) from problem
            new = decode_data(procedure.data_class(event.action), value)
        return replace(event, on=data.happened_on or event.on, data=new)

    return [put_right(event) if event.sequence == data.sequence else event for event in history]


def _refolded(procedure: Procedure, history: Iterable[Event], *, calendar_of: CalendarOf) -> Facts:
    """Return the facts of corrected steps; what was not allowed after all is noted, not refused.

    Raises NoSuchStep where a step could not have been taken at all, and BadValue where the days
    of a term contradict each other.
    """
    facts = Facts()
    for event in history:
        if event.action == CORRECT:
            facts = replace(
                facts,
                sequence=event.sequence,
                last_by=event.circumstances.actor,
                corrected=(*facts.corrected, event.data.sequence),
            )
            continue
        context = context_of(event, calendar_of)
        broken = blockers(
            procedure, facts, event.action, data=event.data, circumstances=event.circumstances,
            context=context, on=event.on,
        )  # fmt: skip
        taken = Taken(
            data=event.data, on=event.on, circumstances=event.circumstances, context=context
        )
        facts = folded(procedure.step(facts.state, event.action), facts, taken)
        noted = tuple(f"{event.sequence}:{violation.code}" for violation in broken)
        facts = replace(facts, findings=tuple(dict.fromkeys((*facts.findings, *noted))))
    return facts


# Legal acts, not records: another content is another act. Their day may have been entered wrong.
_ACTS = frozenset({"answer_gate", "report", "revise_draft", "give_opinion", "discuss", "decide"})


def _wrong_correction(
    procedure: Procedure,
    facts: Facts,
    history: Sequence[Event],
    data: a.Correct,
    actor: UUID,
    today: date,
    calendar_of: CalendarOf,
) -> Iterator[Violation]:
    """Yield what is wrong with a correction itself: APL art. 47, the record is true and whole."""
    basis = APL.art(47)
    if data.approver == actor:
        yield Violation("correction.self_approved", basis)
    named = next((event for event in history if event.sequence == data.sequence), None)
    if named is None or named.action == CORRECT:
        yield Violation("correction.no_such_step", basis, str(data.sequence))
        return
    if data.data_json and named.action in _ACTS:
        yield Violation("correction.is_an_act", basis, named.action)
        return
    if data.happened_on is not None and data.happened_on > today:
        yield Violation("step.in_future", basis, today.isoformat())
    try:
        new = _with_correction(procedure, history, data)
        if new == list(history):
            yield Violation("correction.nothing_changed", basis)
        yield from _undone(facts, _refolded(procedure, new, calendar_of=calendar_of))
    except BadEvent as problem:
        yield Violation("correction.data_invalid", basis, problem.about)
    except NoSuchStep as problem:
        yield Violation("correction.breaks_the_course", basis, problem.action)
    except BadValue as problem:
        yield Violation("correction.days_contradict", basis, problem.code)


def _undone(before: Facts, after: Facts) -> Iterator[Violation]:
    """Yield what a correction may not undo: who handled the case, and whom it was held against.

    Who handled it does not judge it (APL art. 57, 58, 64 item 4; SAMR art. 49), so nobody is struck out of
    the record by a correction: he is replaced by reassigning. And whoever was told is punished, nobody
    else (APL art. 44): a party told of the proposal stays the same person.
    """
    if before.ever_handled_by - after.ever_handled_by:
        yield Violation("correction.handler_dropped", APL.art(42, 1))
    if set(after.handlers) - before.ever_handled_by:
        yield from acting.judges_own_case(after, after.handlers)
    for notice in before.notices:
        told, now = before.party(notice.party), after.party(notice.party)
        if told is not None and (now is None or not told.is_same_as(now)):
            yield Violation("correction.another_party", APL.art(44), told.name)
