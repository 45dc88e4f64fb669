"""A wrong entry is put right (更正): asked for by who could take the step, granted by another. Pure.

The record is true and whole (APL art. 47): what was entered stays, a step names it and says what should
have stood there. A correction cannot say what could not have been entered, nor turn the order of the
days round; what it shows to have been broken further on is noted in the findings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zhifa.law.calendar import Calendar
from zhifa.law.citations import APL
from zhifa.law.errors import BadValue, Violation
from zhifa.procedures import actions as a
from zhifa.procedures import engine
from zhifa.procedures.engine import ASK, CORRECT, Refolded
from zhifa.procedures.facts import Circumstances, Context, Facts
from zhifa.procedures.guards import acting
from zhifa.procedures.history import BadEvent, Event, calendar_key, context_of
from zhifa.procedures.model import Judged, NoSuchStep, Procedure, StepRefused, Transition
from zhifa.procedures.values import Party

ANSWERS = frozenset({CORRECT, "refuse_correction"})
ACTIONS = ANSWERS | {ASK}
# Legal acts, not records: another content is another act. Their day may have been entered wrong.
ACTS = frozenset({"answer_gate", "report", "revise_draft", "give_opinion", "discuss", "decide"})

# A day may show that a rule was broken, and is noted; these say that it cannot be the day at all.
_CANNOT_BE = frozenset({"step.before_previous", "clue.discovered_later", "clue.offence_ends_later"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case as far as a correction looks at it: every step so far, and by what it is judged now."""

    procedure: Procedure
    events: Sequence[Event]  # in order, earlier corrections included
    calendar_of: Callable[[str], Calendar]
    circumstances: Circumstances  # of who asks or grants
    context: Context
    on: date
    today: date

    def blockers(self, facts: Facts, action: str, data: object) -> tuple[Violation, ...]:
        """Return what forbids the step itself, whatever it corrects."""
        return engine.blockers(
            self.procedure, facts, action, data=data, circumstances=self.circumstances,
            context=self.context, on=self.on, today=self.today,
        )  # fmt: skip


def asking_blockers(record: Record, data: a.AskCorrection | None) -> tuple[Violation, ...]:
    """Return every rule that forbids asking for a correction; `data` is None beforehand.

    Raises NoSuchStep if nothing is corrected any more in this state, and as `engine.replay`.
    """
    facts, history = _replayed(record)
    found = record.blockers(facts, ASK, data)
    if data is None:
        return found
    return (
        *found,
        *_of_others(record, facts, history, data),
        *_wrong(record, facts, history, data),
    )


def ask(record: Record, data: a.AskCorrection) -> Transition:
    """Return the transition of asking; raises as `asking_blockers`, and StepRefused."""
    if violations := asking_blockers(record, data):
        raise StepRefused(ASK, violations)
    facts, _ = _replayed(record)
    return engine.advance(
        record.procedure, facts, ASK, data, circumstances=record.circumstances,
        context=record.context, on=record.on, today=record.today,
    )  # fmt: skip


def granting_blockers(record: Record, data: a.Correct) -> tuple[Violation, ...]:
    """Return every rule that forbids granting a correction that was asked for; raises as `ask`."""
    facts, history = _replayed(record)
    found = record.blockers(facts, CORRECT, data)
    if any(one.code == "correction.none_asked" for one in found):
        return found
    return (*found, *_wrong(record, facts, history, engine.asked_in(history, data)))


def grant(record: Record, data: a.Correct) -> Transition:
    """Return the transition of a correction: facts folded again, state and terms as follow.

    Raises as `granting_blockers`, and StepRefused with every broken rule.
    """
    if violations := granting_blockers(record, data):
        raise StepRefused(CORRECT, violations)
    return granted(record, data)


def granted(record: Record, data: a.Correct) -> Transition:
    """Return what a correction brings about, whoever grants it; raises as `engine.replay`."""
    before, history = _replayed(record)
    event = Event(
        sequence=before.sequence + 1,
        action=CORRECT,
        on=record.on,
        data=data,
        circumstances=record.circumstances,
        policy=record.context.policy,
        calendar=calendar_key(record.context.calendar),
    )
    asked = engine.asked_in(history, data)
    new = [*engine.put_right(record.procedure, history, asked), event]
    after = _refolded(record, new).facts
    return Transition(
        action=CORRECT,
        source=before.state,
        target=after.state,
        on=record.on,
        basis=record.procedure.step(before.state, CORRECT).basis,
        documents=(),
        facts=after,
        findings=tuple(one for one in after.findings if one not in before.findings),
    )


def unlawful(
    procedure: Procedure, events: Sequence[Event], *, calendar_of: Callable[[str], Calendar]
) -> Iterator[tuple[int, Violation]]:
    """Yield the corrections of a record that could not have been asked for or granted, by step.

    A replay puts every granted correction in its place; whether it was lawful is asked here.
    """
    for number, event in enumerate(events):
        if event.action not in {ASK, CORRECT}:
            continue
        record = Record(
            procedure=procedure,
            events=events[:number],
            calendar_of=calendar_of,
            circumstances=event.circumstances,
            context=context_of(event, calendar_of),
            on=event.on,
            today=event.on,
        )
        judge = asking_blockers if event.action == ASK else granting_blockers
        yield from ((event.sequence, one) for one in judge(record, event.data))


def _replayed(record: Record) -> tuple[Facts, list[Event]]:
    return engine.replayed(record.procedure, record.events, calendar_of=record.calendar_of)


def _refolded(record: Record, history: Sequence[Event]) -> Refolded:
    folds = engine.folds(record.procedure, record.events, calendar_of=record.calendar_of)
    return engine.refolded(
        record.procedure, history, calendar_of=record.calendar_of, major=engine.major_since(folds)
    )


def _of_others(
    record: Record, facts: Facts, history: Sequence[Event], data: a.AskCorrection
) -> Iterator[Violation]:
    """Who could not take a step does not say what should have stood there: APL art. 47.

    The investigator does not rewrite the host's record of the hearing, nor the handler the head's filing.
    """
    named = next((event for event in history if event.sequence == data.sequence), None)
    if named is None or named.action in ACTIONS:
        return  # said by `_wrong`
    if any(one.corrects == data.sequence for one in facts.corrections_asked):
        yield Violation("correction.asked_already", APL.art(47), str(data.sequence))
    before = _refolded(record, history).before[data.sequence]
    judged = Judged(
        step=record.procedure.step(before.state, named.action), facts=facts, data=named.data,
        circumstances=record.circumstances, context=record.context, on=record.on,
    )  # fmt: skip
    yield from acting.right_person(judged)
    for guard in judged.step.guards:
        yield from (one for one in guard(judged) if one.code in acting.PERSONAL)


def _wrong(
    record: Record, facts: Facts, history: Sequence[Event], data: a.AskCorrection
) -> Iterator[Violation]:
    """Yield what is wrong with a correction itself: APL art. 47, the record is true and whole."""
    basis = APL.art(47)
    named = next((event for event in history if event.sequence == data.sequence), None)
    if named is None or named.action in ACTIONS:
        yield Violation("correction.no_such_step", basis, str(data.sequence))
        return
    if data.data_json and named.action in ACTS:
        yield Violation("correction.is_an_act", basis, named.action)
        return
    if data.happened_on is not None and data.happened_on > record.today:
        yield Violation("step.in_future", basis, record.today.isoformat())
    try:
        new = engine.put_right(record.procedure, history, data)
        if new == list(history):
            yield Violation("correction.nothing_changed", basis)
        after = _refolded(record, new)
        yield from _undone(record, facts, after.facts)
        yield from _not_to_be_entered(record, data, new, named, after)
        yield from _out_of_order(record, history, new, data.sequence, after)
    except BadEvent as problem:
        yield Violation("correction.data_invalid", basis, problem.about)
    except NoSuchStep as problem:
        yield Violation("correction.breaks_the_course", basis, problem.action)
    except BadValue as problem:
        yield Violation("correction.days_contradict", basis, problem.code)


def _not_to_be_entered(
    record: Record, data: a.AskCorrection, new: Sequence[Event], was: Event, after: Refolded
) -> Iterator[Violation]:
    """Yield the rules of the step itself that the new content breaks, and the old did not."""
    if not data.data_json:
        return
    now = next(event for event in new if event.sequence == data.sequence)
    facts = after.before[data.sequence]
    yield from _another_thing(was.data, now.data)
    so_far = _replayed(record)[0]
    if so_far.decision is None and (so_far.review_open or so_far.review_pass is not None):
        yield Violation("correction.in_review", APL.art(58, 1))
    old = engine.blockers(
        record.procedure, facts, was.action, data=was.data, circumstances=was.circumstances,
        context=context_of(was, record.calendar_of), on=now.on,
    )  # fmt: skip
    yield from (one for one in after.broken[data.sequence] if one not in old)


def _another_thing(was: object, now: object) -> Iterator[Violation]:
    """Yield where it would be another act: on another party, whose paper was made, or of another file."""
    if isinstance(was, a.ServeParty) and isinstance(now, a.ServeParty) and was.party != now.party:
        yield Violation("correction.served_another", APL.art(61))
    both = isinstance(was, a.CollectEvidence) and isinstance(now, a.CollectEvidence)
    if both and (was.evidence, was.sha256) != (now.evidence, now.sha256):  # type: ignore[attr-defined]
        yield Violation("correction.another_file", APL.art(46))


def _out_of_order(
    record: Record, history: Sequence[Event], new: Sequence[Event], sequence: int, after: Refolded
) -> Iterator[Violation]:
    """Yield where the days cannot be so; of a later step: that is put right first."""
    known = _refolded(record, history).broken
    for event in new:
        was = {one.code for one in known[event.sequence]}
        for one in after.broken[event.sequence]:
            if one.code not in _CANNOT_BE - was:
                continue
            if event.sequence == sequence:
                yield one
            else:
                yield Violation("correction.before_previous", APL.art(47), event.action)


def _undone(record: Record, before: Facts, after: Facts) -> Iterator[Violation]:
    """Yield what a correction may not undo: who handled the case, and whom it was held against.

    Who handled it does not judge it (APL art. 57, 58, 64 item 4; SAMR art. 49), so nobody is struck out of
    the record or written into it by a correction: he is replaced by reassigning. And whoever was told is
    punished, nobody else (APL art. 44): a party told of the proposal stays the same person. Who held
    the hearing held it (APL art. 64 item 4).
    """
    if before.ever_handled_by != after.ever_handled_by:
        yield Violation("correction.handlers_changed", APL.art(42, 1))
    for told in _told_as(record, before):
        now = after.party(told.id)
        if now is None or not told.is_same_as(now):
            yield Violation("correction.another_party", APL.art(44), told.name)
    if before.decision is not None and len(before.parties) != len(after.parties):
        yield Violation("correction.parties_decided", APL.art(59))
    if before.hearing is not None and before.hearing.opened_on is not None:
        host, clerk = before.hearing.host, before.hearing.clerk
        if after.hearing is None or (after.hearing.host, after.hearing.clerk) != (host, clerk):
            yield Violation("correction.host_changed", APL.art(64, item=4))


def _told_as(record: Record, facts: Facts) -> Iterator[Party]:
    """Yield the parties that were told, or decided on, as they stood then, whatever was corrected since.

    Otherwise one correction would add the number of another, and the next his name.
    """
    told = {notice.party for notice in facts.notices}
    if facts.decision is not None:
        told |= {party.id for party in facts.parties}
    folds = engine.folds(record.procedure, record.events, calendar_of=record.calendar_of)
    for event, then in zip(record.events, folds, strict=True):
        if event.action in {"notify", "renotify", "decide"}:
            of = {event.data.party} if event.action != "decide" else told
            yield from (one for one in then.parties if one.id in told & of)
