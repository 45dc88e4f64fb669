"""Steps and facts go through JSON and come back the same; anything else is refused."""

import json
import typing
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.procedures import walk as w
from tests.core.procedures.test_guards import major_discussed, preserved

from zhifa.law.calendar import Calendar
from zhifa.law.holidays import NOTICES
from zhifa.law.legal_time import Extension, Stop
from zhifa.law.terms import Approver, StopKind
from zhifa.procedures import actions as a
from zhifa.procedures import engine, history
from zhifa.procedures.facts import Facts, Hearing, Policy, RunningTerm
from zhifa.procedures.model import NoSuchStep
from zhifa.procedures.values import Party, PartyKind

EVERY_DATA = typing.get_args(a.Data)
st.register_type_strategy(date, st.dates(date(2010, 1, 1), date(2100, 1, 1)))
st.register_type_strategy(
    Stop,
    st.builds(Stop, st.dates(), st.none() | st.dates(), st.none() | st.sampled_from(StopKind)),
)
st.register_type_strategy(
    Extension,
    st.builds(
        Extension,
        st.integers(1, 99),
        approved_on=st.none() | st.dates(),
        approver=st.none() | st.sampled_from(Approver),
    ),
)


def through_json(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(value, ensure_ascii=False))
    return found


@pytest.mark.parametrize("kind", EVERY_DATA, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_filled_in_comes_back(kind: type[Any], data: st.DataObject) -> None:
    made = data.draw(st.from_type(kind))
    stored = through_json(history._encoded(made))
    assert history.decode_data(kind, stored) == made


@given(
    facts=st.builds(
        Facts,
        parties=st.lists(st.from_type(Party), max_size=2).map(tuple),
        terms=st.lists(st.from_type(RunningTerm), max_size=2).map(tuple),
        hearing=st.none() | st.from_type(Hearing),
        last_on=st.none() | st.dates(),
    )
)
def test_facts_come_back(facts: Facts) -> None:
    assert engine.decode_facts(through_json(engine.encode_facts(facts))) == facts


@pytest.mark.parametrize(
    "build", [w.Walk, w.filed, lambda: preserved(w.investigating()), w.noticed, major_discussed]
)
def test_a_case_comes_back_step_by_step(build: Any) -> None:
    walk: w.Walk = build()
    assert engine.decode_facts(through_json(engine.encode_facts(walk.facts))) == walk.facts
    for event in walk.events:
        stored = through_json(engine.encode_event(event))
        assert engine.decode_event(walk.procedure, stored) == event


def _stored(**changes: Any) -> dict[str, Any]:
    return through_json(engine.encode_event(w.filed().events[-1])) | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": "3"},
        {"on": "2026-02-30"},
        {"secret": 1},
        {"data": {"reason": "涉嫌"}},
        {"data": {"reason": "涉嫌", "handlers": [], "secret": 1}},
        {"circumstances": {"actor": "nobody", "roles": []}},
        {"circumstances": {"actor": str(UUID(int=1)), "roles": [], "officers": [{"id": 1}]}},
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(engine.BadEvent) as problem:
        engine.decode_event(w.PROCEDURE, _stored(**changes))
    assert problem.value.code == "event.malformed"


def test_unknown_keys_are_found_however_deep() -> None:
    walk = w.filed()
    stored = through_json(engine.encode_facts(walk.facts))
    stored["parties"][0]["nickname"] = "x"
    with pytest.raises(engine.BadEvent) as problem:
        engine.decode_facts(stored)
    assert problem.value.about == "nickname"


def test_an_action_the_procedure_does_not_have() -> None:
    with pytest.raises(NoSuchStep):
        engine.decode_event(w.PROCEDURE, _stored(action="unheard_of"))


def test_a_calendar_is_named_by_its_notices() -> None:
    now, then = Calendar.of(), Calendar.of(as_of=date(2024, 1, 1))
    keys = {engine.calendar_key(one) for one in (now, then, Calendar.of(()))}
    assert len(keys) == 3
    assert engine.calendar_key(Calendar.of()) == engine.calendar_key(now)
    find = engine.known_calendars()
    for calendar in (now, then):
        assert find(engine.calendar_key(calendar)) == calendar
    with pytest.raises(engine.BadEvent, match="unknown_calendar"):
        find("2020-01-01-abc")


def test_without_notices_there_is_still_a_calendar() -> None:
    empty = Calendar.of(())
    assert engine.known_calendars(())(engine.calendar_key(empty)) == empty
    assert engine.calendar_key(empty).startswith("none-")
    assert len(NOTICES) > 5


def test_the_digest_of_a_proposal_follows_every_word() -> None:
    draft = w.draft()
    assert draft.digest == w.draft().digest
    assert replace(draft, defence_answer="不予采纳").digest != draft.digest
    assert json.loads(draft.canonical())["outcome"] == "penalty"


def test_the_policy_of_each_kind_of_party() -> None:
    policy = Policy()
    assert policy.hearing_fen(PartyKind.PERSON) < policy.hearing_fen(PartyKind.ORGANISATION)
    assert policy.major_fen(PartyKind.PERSON) < policy.major_fen(PartyKind.INDIVIDUAL_BUSINESS)
