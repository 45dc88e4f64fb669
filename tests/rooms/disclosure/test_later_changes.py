"""What happens to a case after its decision was served, and what may be published of it then."""

import pytest
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    codes,
    deliver,
    page_of,
    release,
    shown,
    turn,
    withdraw,
)

from zhifa import clock
from zhifa.cases import selectors as cases
from zhifa.cases import services as casework
from zhifa.disclosure import selectors
from zhifa.disclosure.rules import Act, State, WithdrawalGround
from zhifa.law.citations import APL
from zhifa.law.errors import Refused
from zhifa.procedures import actions as a


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
