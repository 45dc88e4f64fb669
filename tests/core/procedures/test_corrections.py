"""A wrong entry is corrected by a step that names it: what followed is worked out anew."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from tests.core.procedures import walk as w
from tests.core.procedures.test_guards import after_all, opinion, preserved, requested

from zhifa.procedures import actions as a
from zhifa.procedures import corrections, engine
from zhifa.procedures.corrections import Record
from zhifa.procedures.facts import Facts, Policy
from zhifa.procedures.model import NoSuchStep, StepRefused, Transition
from zhifa.procedures.recording import RECORDERS, Taken
from zhifa.procedures.values import (
    PartyKind,
    PenaltyItem,
    PenaltyKind,
    ReviewOpinion,
    ServiceMethod,
)


def sequence_of(walk: w.Walk, action: str) -> int:
    return next(event.sequence for event in reversed(walk.events) if event.action == action)


def correction(walk: w.Walk, action: str, **changes: Any) -> a.AskCorrection:
    made = a.AskCorrection(sequence=sequence_of(walk, action), reason="录入有误")
    return replace(made, **changes)


def as_json(data: object) -> str:
    return msgspec.json.encode(data).decode()


def taker(walk: w.Walk, data: a.AskCorrection) -> str:
    """Return the role that took the step which is to be corrected."""
    event = next(one for one in walk.events if one.sequence == data.sequence)
    return event.circumstances.roles[0]


def record(walk: w.Walk, who: str) -> Record:
    return Record(
        procedure=walk.procedure, events=walk.events, calendar_of=lambda _: w.CALENDAR,
        circumstances=walk.circumstances(who), context=walk.context, on=walk.day, today=walk.day,
    )  # fmt: skip


def kept(walk: w.Walk, transition: Transition, data: object, who: str) -> Transition:
    """Keep the step, and check that a replay says the same."""
    walk.facts = transition.facts
    walk.events.append(
        engine.Event(
            sequence=walk.facts.sequence, action=transition.action, on=walk.day, data=data,
            circumstances=walk.circumstances(who), policy=walk.policy,
            calendar=engine.calendar_key(w.CALENDAR),
        )
    )  # fmt: skip
    assert walk.replayed() == walk.facts
    return transition


def ask(walk: w.Walk, data: a.AskCorrection, who: str = "") -> a.Correct:
    who = who or taker(walk, data)
    kept(walk, corrections.ask(record(walk, who), data), data, who)
    return a.Correct(asked=walk.facts.sequence)


def grant(walk: w.Walk, asked: a.Correct, who: str) -> Transition:
    return kept(walk, corrections.grant(record(walk, who), asked), asked, who)


def correct(walk: w.Walk, data: a.AskCorrection) -> Transition:
    """Ask for a correction as who took the step, and have another head grant it."""
    head = "handling_unit_head" if taker(walk, data) == "agency_head" else "agency_head"
    return grant(walk, ask(walk, data), head)


def refused(walk: w.Walk, data: a.AskCorrection | None, who: str = "case_handler") -> set[str]:
    found = corrections.asking_blockers(record(walk, who), data)
    return {violation.code for violation in found}


def wrong(walk: w.Walk, data: a.AskCorrection) -> set[str]:
    """Return what forbids a correction to who took the step."""
    return refused(walk, data, taker(walk, data))


def test_a_wrong_day_moves_the_terms() -> None:
    walk = w.investigating()
    before = walk.facts.term("T01")
    day = walk.facts.filed_on
    assert before
    assert before.due_on
    assert day
    walk.day += timedelta(days=3)
    transition = correct(walk, correction(walk, "file", happened_on=day - timedelta(days=1)))
    after = walk.facts.term("T01")
    assert after
    assert after.due_on == before.due_on - timedelta(days=1)
    assert (transition.source, transition.target) == ("investigating", "investigating")
    assert walk.facts.corrected == (3,)
    assert transition.findings == ()


def test_wrong_data_are_put_right_and_the_case_goes_on() -> None:
    walk = w.noticed()
    data = correction(walk, "register_clue", data_json=as_json(w.clue(title="销售变质食品")))
    correct(walk, data)
    assert walk.facts.title == "销售变质食品"
    w.decided(after_all(walk))
    correct(walk, correction(walk, "verify", happened_on=w.DAY))
    w.all_served(walk)
    assert walk.replayed() == walk.facts


def test_what_was_not_allowed_after_all_is_noted() -> None:
    """The notice was served nine days later than entered: the decision came too early."""
    walk = w.small_decided()
    told_on = next(event.on for event in walk.events if event.action == "notify")
    late = correction(walk, "notify", happened_on=told_on + timedelta(days=9))
    transition = correct(walk, late)
    number = sequence_of(walk, "decide")
    assert transition.findings == (f"{number}:defence.period_running",)
    assert walk.facts.findings == transition.findings
    assert walk.facts.state == "decided"
    again = correction(walk, "notify", happened_on=told_on)
    assert correct(walk, again).findings == ()
    assert walk.facts.findings == ()


def test_the_state_follows_a_corrected_step() -> None:
    walk = w.reported(None, None, w.COMPANY)
    walk.take("pass_case_review", a.CaseReview(text=""), "case_reviewer")
    walk.take("notify", w.served(), "agency_head")
    both = as_json(w.clue(w.COMPANY, w.SHOPKEEPER))  # the other party was forgotten
    transition = correct(walk, correction(walk, "register_clue", data_json=both))
    assert (transition.source, transition.target) == ("noticed", "case_reviewed")
    assert transition.findings == ()


def test_a_hearing_may_lose_its_ground() -> None:
    """A correction voids the notice: later steps of the hearing find none, and none is made up."""
    walk = requested()
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    walk.take(
        "fix_hearing_day",
        a.FixHearingDay(hearing_on=walk.day + timedelta(days=20), place="", public=True),
        "case_handler",
    )
    walk.take("notify_hearing", w.served(), "case_handler")
    clue = w.clue(w.COMPANY, w.SHOPKEEPER)
    data = correction(walk, "register_clue", data_json=as_json(clue))
    assert "correction.breaks_the_course" in refused(walk, data)  # the other party was never told


CASES: dict[str, tuple[Any, dict[str, Any], set[str]]] = {
    "no reason": ({"reason": " "}, {}, {"reason.missing"}),
    "another's case": ({}, {"who": "third_handler"}, {"handler.not_assigned"}),
    "another's step": ({}, {"who": "agency_head"}, {"role.missing"}),
    "no such step": ({"sequence": 99}, {}, {"correction.no_such_step"}),
    "in the future": (
        {"happened_on": w.DAY + timedelta(days=99)},
        {},
        {"step.in_future", "correction.before_previous"},
    ),
    "before the step before": (
        {"happened_on": w.DAY - timedelta(days=1)}, {}, {"step.before_previous"},
    ),
    "data of another step": ({"data_json": '{"reason":"x"}'}, {}, {"correction.data_invalid"}),
    "unknown data": (
        {"data_json": '{"findings":"x","facts_suspected":true,"secret":1}'},
        {},
        {"correction.data_invalid"},
    ),
    "no JSON": ({"data_json": "{"}, {}, {"correction.data_invalid"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_forbids_a_correction(name: str) -> None:
    changes, more, codes = CASES[name]
    walk = w.investigating()
    better = a.Verify(findings="另有查明", facts_suspected=True)
    data = correction(walk, "verify", data_json=as_json(better))
    assert refused(walk, data) == set()
    assert refused(walk, replace(data, **changes), **more) == codes


def test_nothing_changed() -> None:
    walk = w.investigating()
    assert wrong(walk, correction(walk, "investigate")) == {"correction.nothing_changed"}
    assert refused(walk, None) == set()


def test_who_could_not_take_a_step_does_not_say_what_should_stand_there() -> None:
    """The investigator does not rewrite the host's record of the hearing: APL art. 64 item 4."""
    walk = w.heard(requested())
    record_of = next(one.data for one in walk.events if one.action == "close_hearing")
    data = correction(
        walk, "close_hearing", data_json=as_json(replace(record_of, record="当事人承认违法"))
    )
    assert "role.missing" in refused(walk, data)
    assert refused(walk, data, "hearing_host") == set()
    around = walk.circumstances("hearing_host", actor=w.PEOPLE["third_handler"])
    known = replace(record(walk, "hearing_host"), circumstances=around)
    codes = {one.code for one in corrections.asking_blockers(known, data)}
    assert codes == {"hearing.another_host"}


def test_nobody_grants_what_he_asked_for_himself() -> None:
    walk = w.investigating()
    plan = as_json(a.Investigate(plan="先查仓库"))
    asked = ask(walk, correction(walk, "investigate", data_json=plan))
    assert walk.facts.corrections_asked[0].by == w.PEOPLE["handling_unit_head"]
    assert walk.facts.corrected == ()
    with pytest.raises(StepRefused, match=r"correction\.self_approved"):
        grant(walk, asked, "handling_unit_head")
    with pytest.raises(StepRefused, match=r"role\.missing"):
        grant(walk, asked, "case_handler")
    grant(walk, asked, "agency_head")
    assert walk.facts.corrections_asked == ()
    assert walk.facts.corrected == (4,)
    with pytest.raises(StepRefused, match=r"correction\.none_asked"):
        grant(walk, asked, "agency_head")


def test_a_head_who_works_on_the_case_grants_nothing_in_it() -> None:
    walk = w.investigating()
    asked = ask(walk, correction(walk, "verify", happened_on=w.DAY))
    around = walk.circumstances("case_handler", roles=("case_handler", "handling_unit_head"))
    known = replace(record(walk, "case_handler"), circumstances=around)
    codes = {one.code for one in corrections.granting_blockers(known, asked)}
    assert codes == {"approval.own_work", "correction.self_approved"}


def test_an_entry_has_one_correction_that_waits() -> None:
    walk = w.investigating()
    asked = ask(walk, correction(walk, "verify", happened_on=w.DAY))
    better = as_json(a.Verify(findings="另有查明", facts_suspected=True))
    again = correction(walk, "verify", data_json=better)
    assert refused(walk, again) == {"correction.asked_already"}
    grant(walk, asked, "agency_head")
    assert refused(walk, again) == set()


def test_what_is_refused_changes_nothing() -> None:
    walk = w.investigating()
    before = walk.facts
    asked = ask(walk, correction(walk, "verify", happened_on=w.DAY))
    no = a.RefuseCorrection(asked=asked.asked, reason="与笔录一致")
    assert walk.refused("refuse_correction", replace(no, reason=""), "agency_head") == {
        "reason.missing"
    }
    walk.take("refuse_correction", no, "agency_head", after=3)
    assert replace(walk.facts, sequence=before.sequence, last_by=before.last_by) == before
    assert walk.replayed() == walk.facts


def test_asking_moves_no_day() -> None:
    """A step that happened before somebody asked can still be entered after it."""
    walk = w.investigating()
    last = walk.facts.last_on
    walk.day += timedelta(days=5)
    ask(walk, correction(walk, "verify", happened_on=w.DAY))
    assert walk.facts.last_on == last


def test_a_correction_does_not_say_what_could_not_be_entered() -> None:
    """Electronic service needs the party's written consent: CPL art. 90."""
    walk = w.noticed()
    told = next(one.data for one in walk.events if one.action == "notify")
    data = replace(told, method=ServiceMethod.ELECTRONIC)
    codes = wrong(walk, correction(walk, "notify", data_json=as_json(data)))
    assert codes == {"service.no_confirmation"}


def test_the_parties_stay_those_that_the_legal_review_passed() -> None:
    walk = w.noticed(w.draft(w.MAJOR_FEN))
    moved = as_json(w.clue(replace(w.COMPANY, address="另一地址")))
    data = correction(walk, "register_clue", data_json=moved)
    assert wrong(walk, data) == set()
    w.passed(after_all(walk))
    assert wrong(walk, data) == {"correction.in_review"}
    w.decided(walk.take("discuss", w.DISCUSSION, "agency_head"))
    assert wrong(walk, data) == set()  # the paper of the decision stays as it is


def test_who_was_told_does_not_become_another_by_two_corrections() -> None:
    """First the number of another is added, then his name."""
    bare = replace(w.COMPANY, identifier="")
    walk = w.noticed(None, None, bare)
    numbered = replace(bare, identifier="91320684MA1ABCDE0X")
    correct(walk, correction(walk, "register_clue", data_json=as_json(w.clue(numbered))))
    other = replace(numbered, name="另一家演示公司")
    data = correction(walk, "register_clue", data_json=as_json(w.clue(other)))
    assert wrong(walk, data) == {"correction.another_party"}


def test_who_was_decided_on_does_not_become_another() -> None:
    walk = w.reported(w.NO_PENALTY)
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    w.decided(walk)
    other = replace(w.COMPANY, name="另一家演示公司", identifier="91320684MA1ABCDE0X")
    data = correction(walk, "register_clue", data_json=as_json(w.clue(other)))
    assert wrong(walk, data) == {"correction.another_party"}
    both = as_json(w.clue(w.COMPANY, w.SHOPKEEPER))
    assert wrong(walk, correction(walk, "register_clue", data_json=both)) == {
        "correction.parties_decided"
    }


def test_a_party_dropped_or_added_by_a_correction_needs_another_proposal() -> None:
    own = tuple(
        PenaltyItem(kind=PenaltyKind.FINE, amount_fen=100_000, party=one.id)
        for one in (w.COMPANY, w.SHOPKEEPER)
    )
    walk = w.reported(w.draft(penalties=own), None, w.COMPANY, w.SHOPKEEPER)
    correct(walk, correction(walk, "register_clue", data_json=as_json(w.clue(w.COMPANY))))
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    assert walk.refused("notify", w.served(), "agency_head") == {"draft.penalty_of_nobody"}
    walk = w.reported(w.draft(penalties=own[:1]))
    both = as_json(w.clue(w.COMPANY, w.SHOPKEEPER))
    correct(walk, correction(walk, "register_clue", data_json=both))
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    assert walk.refused("notify", w.served(), "agency_head") == {"draft.party_without_penalty"}


def test_a_correction_that_was_not_lawful_is_found_in_the_record() -> None:
    """Whoever writes past the services is found by whoever reads the record again."""
    walk = w.small_decided()
    far = correction(walk, "decide", happened_on=w.DAY - timedelta(days=500))
    walk.take("ask_correction", far, "agency_head")
    asked = a.Correct(asked=walk.facts.sequence)
    kept(
        walk,
        corrections.granted(record(walk, "handling_unit_head"), asked),
        asked,
        "handling_unit_head",
    )
    found = corrections.unlawful(walk.procedure, walk.events, calendar_of=lambda _: w.CALENDAR)
    codes = {(sequence, violation.code) for sequence, violation in found}
    asked_at = walk.facts.sequence - 1
    assert {(asked_at, "step.before_previous"), (asked_at + 1, "step.before_previous")} <= codes
    walk = w.investigating()
    correct(walk, correction(walk, "verify", happened_on=w.DAY))
    assert (
        list(corrections.unlawful(walk.procedure, walk.events, calendar_of=lambda _: w.CALENDAR))
        == []
    )


def test_a_case_is_not_archived_while_a_correction_waits() -> None:
    walk = w.all_served(w.small_decided()).take("record_payment", w.pay(), "case_handler")
    walk.take("close", a.Close(event="", summary=""), "agency_head")
    asked = ask(walk, correction(walk, "verify", happened_on=w.DAY))
    archive = a.Archive(volume="", pages=1)
    assert walk.refused("archive", archive, "archivist") == {"correction.waits"}
    grant(walk, asked, "agency_head")
    assert walk.refused("archive", archive, "archivist") == set()


def test_what_would_be_another_act_is_no_correction() -> None:
    walk = w.reported(None, None, w.COMPANY, w.SHOPKEEPER)
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer")
    walk.take("notify", w.served(), "agency_head")
    data = correction(walk, "notify", data_json=as_json(w.served(w.SHOPKEEPER)))
    assert "correction.served_another" in wrong(walk, data)
    proof = next(one.data for one in walk.events if one.action == "collect_evidence")
    other = as_json(replace(proof, sha256="f" * 64))
    data = correction(walk, "collect_evidence", data_json=other)
    assert wrong(walk, data) == {"correction.another_file"}
    walk = w.heard(requested())
    host = a.AppointHost(host=UUID(int=77), clerk=w.PEOPLE["hearing_clerk"])
    data = correction(walk, "appoint_host", data_json=as_json(host))
    assert "correction.host_changed" in wrong(walk, data)


def test_what_was_major_stays_major() -> None:
    """The amount is large for a person, not for the organisation that the party was."""
    walk = w.reported(w.draft(5_000_000), None, w.SHOPKEEPER)
    assert walk.facts.is_major
    kind = replace(w.SHOPKEEPER, kind=PartyKind.ORGANISATION)
    correct(walk, correction(walk, "register_clue", data_json=as_json(w.clue(kind))))
    assert walk.facts.parties[0].kind is PartyKind.ORGANISATION
    assert walk.facts.is_major
    told = w.served(kind)
    walk.take("notify", told, "agency_head", after=1)
    w.passed(after_all(walk))
    correct(walk, correction(walk, "verify", happened_on=w.DAY))
    assert walk.facts.is_major
    assert walk.facts.findings == ()  # what was lawful then is no breach now


def test_a_clue_is_not_registered_before_it_was_discovered() -> None:
    walk = w.investigating()
    early = correction(walk, "register_clue", happened_on=w.DAY - timedelta(days=400))
    assert wrong(walk, early) == {"clue.discovered_later", "clue.offence_ends_later"}


def test_a_step_is_not_dated_after_the_one_that_follows_it() -> None:
    walk = w.passed(after_all(w.noticed(w.draft(w.MAJOR_FEN))))
    given_on = next(one.on for one in walk.events if one.action == "give_opinion")
    walk.day = given_on + timedelta(days=9)
    late = correction(walk, "submit_review", happened_on=given_on + timedelta(days=1))
    assert wrong(walk, late) == {"correction.before_previous"}


def test_an_act_is_not_rewritten() -> None:
    walk = w.small_decided()
    data = correction(walk, "report", data_json="{}")
    assert wrong(walk, data) == {"correction.is_an_act"}
    with pytest.raises(StepRefused, match=r"correction\.is_an_act"):
        correct(walk, data)


def test_an_answer_of_the_gate_is_an_act() -> None:
    walk = w.small_decided()
    asked = next(event.data for event in walk.events if event.action == "answer_gate")
    data = correction(walk, "answer_gate", data_json=as_json(replace(asked, yes=not asked.yes)))
    assert wrong(walk, data) == {"correction.is_an_act"}


def test_nobody_is_struck_out_of_the_record() -> None:
    """Who handled the case would be free to judge it: he is replaced by reassigning."""
    walk = w.noticed()
    kept = (w.HANDLERS[0], w.PEOPLE["third_handler"])
    data = a.File(reason="涉嫌违法", handlers=kept)
    assert wrong(walk, correction(walk, "file", data_json=as_json(data))) == {
        "correction.handlers_changed"
    }


def test_who_reviewed_the_case_is_not_made_its_handler() -> None:
    walk = w.passed(after_all(w.noticed(w.draft(w.MAJOR_FEN))))
    data = a.File(reason="涉嫌违法", handlers=(*w.HANDLERS, w.PEOPLE["legal_reviewer"]))
    codes = wrong(walk, correction(walk, "file", data_json=as_json(data)))
    assert "correction.handlers_changed" in codes


def test_who_hears_the_party_does_not_take_the_case_over() -> None:
    walk = requested()
    walk.take(
        "appoint_host",
        a.AppointHost(host=w.PEOPLE["hearing_host"], clerk=w.PEOPLE["hearing_clerk"]),
        "agency_head",
    )
    for who in ("hearing_host", "hearing_clerk"):
        data = a.Reassign(handlers=(*w.HANDLERS, w.PEOPLE[who]), reason="人手不足")
        assert "handler.is_host" in walk.refused("reassign", data, "handling_unit_head")


def test_the_party_that_was_told_stays_the_same() -> None:
    walk = w.investigating()
    other = replace(w.COMPANY, name="另一家演示公司")
    data = correction(walk, "register_clue", data_json=as_json(w.clue(other)))
    assert refused(walk, data) == set()  # nobody was told yet
    walk = w.noticed()
    data = correction(walk, "register_clue", data_json=as_json(w.clue(other)))
    assert refused(walk, data) == {"correction.another_party"}
    numbered = replace(w.COMPANY, identifier="91320684MA1ABCDE0X")
    correct(walk, correction(walk, "register_clue", data_json=as_json(w.clue(numbered))))
    renamed = w.clue(replace(numbered, name="演示商贸（海门）有限公司"))
    data = correction(walk, "register_clue", data_json=as_json(renamed))
    assert wrong(walk, data) == {"correction.another_party"}  # told without the number
    known = replace(w.COMPANY, identifier="91320684MA1ABCDE0X")
    walk = w.noticed(None, None, known)
    data = correction(walk, "register_clue", data_json=as_json(renamed))
    assert wrong(walk, data) == set()


def test_another_text_is_not_told_before_it_was_written() -> None:
    walk = w.noticed()
    told_on = walk.day
    revised = a.ReviseDraft(draft=w.draft(facts_found="另查明销售假酒"), reason="发现新的事实")
    walk.take("revise_draft", revised, "case_handler", after=9)
    walk.take("pass_case_review", a.CaseReview(text="同意"), "case_reviewer", after=1)
    told = walk.why("renotify", w.served(), "agency_head", on=told_on + timedelta(days=1))
    assert {one.code for one in told} == {"step.before_previous"}
    assert walk.refused("renotify", w.served(), "agency_head") == set()


def test_a_correction_is_not_corrected_itself() -> None:
    walk = w.investigating()
    correct(walk, correction(walk, "verify", happened_on=w.DAY))
    for sequence in (walk.facts.sequence, walk.facts.sequence - 1):
        data = a.AskCorrection(sequence=sequence, reason="再改")
        assert refused(walk, data) == {"correction.no_such_step"}


def test_days_of_a_stop_that_contradict_each_other() -> None:
    walk = w.investigating(w.Walk(policy=Policy(field="samr")))
    walk.take("suspend", w.REASON, "agency_head", after=5)
    walk.take("resume", w.REASON, "agency_head", after=1)
    data = correction(walk, "resume", happened_on=w.DAY)
    assert "correction.days_contradict" in refused(walk, data)


def test_an_archived_case_is_not_corrected() -> None:
    walk = w.all_served(w.small_decided()).take("record_payment", w.pay(), "case_handler")
    walk.take("close", a.Close(event="", summary=""), "agency_head")
    walk.take("archive", a.Archive(volume="", pages=1), "archivist")
    with pytest.raises(NoSuchStep):
        refused(walk, None)


def test_a_correction_needs_the_whole_case() -> None:
    walk = w.investigating()
    with pytest.raises(ValueError, match="every step"):
        walk.take("correct", a.Correct(asked=1), "agency_head")


def test_a_removed_extension_ground() -> None:
    """A preservation put right keeps its number, so that its disposal still finds it."""
    walk = preserved(w.investigating())
    number = walk.facts.preservations[0].sequence
    data = correction(walk, "register_preservation", happened_on=walk.day)
    assert wrong(walk, data) == {"correction.nothing_changed"}
    changed = json.loads(as_json(walk.events[-1].data)) | {"place": "仓库"}
    correct(walk, replace(data, data_json=json.dumps(changed, ensure_ascii=False)))
    assert walk.facts.preservations[0].sequence == number


def test_a_corrected_opinion_is_an_act() -> None:
    walk = w.noticed(w.draft(w.MAJOR_FEN))
    after_all(walk).take("submit_review", a.SubmitReview(), "case_handler")
    walk.take("give_opinion", opinion(ReviewOpinion.APPROVE), "legal_reviewer")
    data = correction(walk, "give_opinion", data_json=as_json(opinion(ReviewOpinion.CORRECT)))
    assert wrong(walk, data) == {"correction.is_an_act"}


def test_a_replay_refuses_what_was_not_lawful() -> None:
    walk = w.small_decided()
    walk.events = [event for event in walk.events if event.action != "notify"]
    with pytest.raises(StepRefused, match=r"notice\.not_given"):
        walk.replayed()
    walk.events = [event for event in walk.events if event.action != "investigate"]
    with pytest.raises(NoSuchStep):
        walk.replayed()
    assert engine.replay(walk.procedure, [], calendar_of=lambda _: w.CALENDAR) == Facts()


def test_recorders_find_nothing_to_change() -> None:
    """In a case folded again a step may have lost what it spoke of; nothing is made up."""
    walk = w.filed()
    taken = Taken(
        data=a.AppointHost(host=UUID(int=1), clerk=UUID(int=2)), on=walk.day,
        circumstances=walk.circumstances("agency_head"), context=walk.context,
    )  # fmt: skip
    assert RECORDERS["appoint_host"](walk.facts, taken) == walk.facts
    deferral = a.Instalment(party=w.COMPANY.id, until=walk.day, reason="")
    assert RECORDERS["grant_instalments"](walk.facts, replace(taken, data=deferral)) == walk.facts
