"""Random walks over lawful steps: what must hold on every path of every case."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.procedures import walk as w

from zhifa.procedures import corrections, engine
from zhifa.procedures.facts import Facts, Policy
from zhifa.procedures.model import StepRefused
from zhifa.procedures.tries import THEMES, Act, Theme, around
from zhifa.procedures.values import Outcome

POLICIES = (
    Policy(),
    Policy(field="samr", review_first=True),
    Policy(field="mara", discuss_major=False),
)


class Path:
    """One walk: lawful steps chosen by chance, each kept as an event."""

    def __init__(self, policy: Policy) -> None:
        self.walk = w.Walk(policy=policy)
        self.facts = Facts()
        self.events: list[engine.Event] = []

    def tried(self, act: Act, days: int) -> bool:
        """Take an act so many days later; False if the law does not allow it."""
        on = (self.facts.last_on or w.DAY) + timedelta(days=days)
        rows = [s for s in engine.available(w.PROCEDURE, self.facts) if s.action == act.action]
        if not rows:
            return False
        person = around(act.role or rows[0].roles[0])
        data: Any = act.data(self.facts, on)
        try:
            transition = engine.advance(
                w.PROCEDURE, self.facts, act.action, data, circumstances=person,
                context=self.walk.context, on=on, today=on,
            )  # fmt: skip
        except StepRefused:
            return False
        assert (transition.source, transition.on) == (self.facts.state, on)
        assert transition.target in rows[0].leads_to(transition.source)
        self.facts = transition.facts
        self.events.append(
            engine.Event(
                sequence=self.facts.sequence, action=act.action, on=on, data=data,
                circumstances=person, policy=self.walk.policy,
                calendar=engine.calendar_key(w.CALENDAR),
            )
        )  # fmt: skip
        return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), policy=st.sampled_from(POLICIES), theme=st.sampled_from(THEMES))
def test_every_path_keeps_the_law(data: st.DataObject, policy: Policy, theme: Theme) -> None:
    path = Path(policy)
    told, passed = "", ""
    if data.draw(st.booleans()):
        _begin(path, theme)
    for _ in range(data.draw(st.integers(5, 45))):
        known = {step.action for step in engine.available(w.PROCEDURE, path.facts)}
        moves = list(theme.moves(path.facts, known - corrections.ACTIONS))
        if not moves:
            break
        before = path.facts
        days = data.draw(st.sampled_from((0, 1, 8, 30, 45)))
        for act in data.draw(st.sampled_from(moves)):
            if not path.tried(act, days):
                break
            facts = path.facts
            if act.action in {"notify", "renotify"}:
                told = facts.draft_sha256
            if act.action == "give_opinion":
                passed = facts.draft_sha256 if act.says == "approve" else ""
            if act.action == "decide" and act.says == Outcome.PENALTY:
                assert told
                assert facts.all_notified()
                assert not facts.is_major or passed == facts.draft_sha256
            _holds(before, facts)
            before, days = facts, 0
    again = engine.replay(
        w.PROCEDURE,
        [engine.decode_event(w.PROCEDURE, engine.encode_event(event)) for event in path.events],
        calendar_of=engine.known_calendars(),
    )
    assert again == path.facts


def _begin(path: Path, theme: Theme) -> None:
    """Walk to the report, so that chance is spent on what comes after."""
    for action in (
        "register_clue", "verify", "file", "investigate", "inspect_on_site", "answer_gate", "report",
    ):  # fmt: skip
        for act in next(theme.moves(path.facts, {action})):
            assert path.tried(act, 0)


def _holds(before: Facts, after: Facts) -> None:
    """What no step may do: lower the gate, take back time, lose a term, reopen one that ended."""
    assert after.sequence == before.sequence + 1
    assert after.is_major >= before.is_major
    assert set(after.grounds) >= set(before.grounds)
    assert before.last_on is None or (after.last_on or before.last_on) >= before.last_on
    assert len(after.terms) >= len(before.terms)
    for old, new in zip(before.terms, after.terms, strict=False):
        assert (old.key, old.about, old.started_on) == (new.key, new.about, new.started_on)
        assert old.ended_on is None or new == old
        if old.due_on and new.due_on:
            assert new.due_on >= old.due_on
    assert before.decision is None or after.decision == before.decision
