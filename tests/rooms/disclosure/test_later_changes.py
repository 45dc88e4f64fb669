"""What happens to a case after its decision was served, and what may be published of it then."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client
from tests.rooms.cases.correcting import corrected
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    codes,
    deliver,
    page_of,
    person_matter,
    release,
    shown,
    text_of,
    turn,
    withdraw,
)

from zhifa import clock
from zhifa.cases import selectors as cases
from zhifa.cases import services as casework
from zhifa.config.demo.casework import Casework
from zhifa.disclosure import selectors
from zhifa.disclosure.rules import Act, State, WithdrawalGround
from zhifa.disclosure.sources import source
from zhifa.law.citations import APL
from zhifa.law.errors import Refused
from zhifa.procedures import actions as a
from zhifa_verify.canonical import canonical_json


def change_decision(case_id, city, *, annulled):
    """Record that another authority varied or annulled the decision."""
    with as_(city.handlers[0]):
        case = cases.case(case_id)
        data = a.Remedy(
            party=case.facts.parties[0].id, authority="海门区人民政府", note="复议决定",
            annulled=annulled,
        )  # fmt: skip
        casework.take_step(
            case_id=case_id, action="record_decision_change", data=data, actor=city.handlers[0],
            on=clock.today(), at=clock.now(), seen=case.version,
        )  # fmt: skip


@pytest.mark.parametrize("annulled", [True, False], ids=["annulled", "varied"])
def test_a_decision_that_was_changed_is_not_published_but_withheld(case_id, city, annulled):
    change_decision(case_id, city, annulled=annulled)
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)

    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.reviewer)
    assert codes(refused) == ["withhold.decision_changed"]
    assert refused.value.violations[0].basis == APL.art(48, 2)
    turn(made, Act.WITHHOLD, city.reviewer, reason="复议决定已撤销原决定")
    assert shown(made, city.reviewer).state is State.WITHHELD
    assert selectors.unsent() == []


def test_a_decision_that_is_changed_on_the_way_is_not_released(case_id, city):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    turn(made, Act.CLEAR, city.reviewer)
    change_decision(case_id, city, annulled=True)

    with pytest.raises(Refused) as refused:
        turn(made, Act.RELEASE, city.publisher)
    assert codes(refused) == ["withhold.decision_changed"]


def test_what_was_withdrawn_because_it_was_annulled_stays_withdrawn(case_id, city):
    made = release(case_id, city)
    deliver(city.publisher)
    change_decision(case_id, city, annulled=True)
    withdraw(made, city, WithdrawalGround.REVOKED, "处罚决定被依法撤销")
    deliver(city.publisher)

    with pytest.raises(Refused) as refused:
        begin(case_id, city)
    assert codes(refused) == ["disclosure.decision_changed"]
    assert refused.value.violations[0].basis == APL.art(48, 2)
    found = shown(made, city.publisher)
    assert (found.state, page_of(found)[0]) == (State.WITHDRAWN, 410)


def correct_party(case_id, city, **change):
    """Correct how the first step wrote down the only party."""
    with as_(city.handlers[0]):
        first = next(one for one in cases.timeline(case_id) if one.action == "register_clue")
        clue = msgspec.convert(first.data, a.RegisterClue)
        right = replace(clue, parties=(replace(clue.parties[0], **change),))
    data = a.AskCorrection(
        sequence=first.sequence, reason="登记有误",
        data_json=canonical_json(msgspec.to_builtins(right)).decode(),
    )  # fmt: skip
    corrected(case_id, data, by=city.handlers[0], head=city.unit_head)


def interview_of_an_assistant(work):
    asked = a.Interview(
        interviewee="钱店员", relation="店员", place="店内", began_at="14:30", ended_at="15:20",
        certificate_shown=True, rights_told=True,
        questions=(a.Question(question="何时进货？", answer="上月。"),),
    )  # fmt: skip
    return work.step("interview", asked, by=work.desk.officers[0])


def test_a_person_whose_name_was_corrected_is_not_named_by_the_frozen_decision(
    serve, city, monkeypatch
):
    monkeypatch.setattr(Casework, "interview", interview_of_an_assistant)
    case_id = serve(replace(person_matter(), present="钱店员（店员）"))
    number = {"identifier": "320684198005010013"}
    correct_party(case_id, city, **number)  # who was told stays the same person: by the number
    correct_party(case_id, city, name="欧阳更正", address="南通市海门区另一小区1幢1室", **number)
    with as_(city.handlers[0]):  # and one of the day alone, which says nothing of the party
        found = next(one for one in cases.timeline(case_id) if one.action == "verify")
    day = a.AskCorrection(
        sequence=found.sequence, reason="登记有误", happened_on=found.on - timedelta(days=1)
    )
    corrected(case_id, day, by=city.handlers[0], head=city.unit_head)
    made = release(case_id, city)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    status, page = page_of(found)
    answer = Client().get(f"/decisions/{quote(found.number)}/document.pdf")
    pdf = text_of(b"".join(answer.streaming_content)).replace("\n", "")
    assert (status, "欧阳某" in page, "欧阳某" in pdf) == (200, True, True)
    private = ("欧阳演示", "欧阳更正", "文汇路", "另一小区")
    assert [value for value in private if value in page or value in pdf] == []
    with as_(city.publisher):
        decision = source(case_id).decision
    assert {"欧阳演示", "欧阳更正"} <= {one.name for one in decision.former}
