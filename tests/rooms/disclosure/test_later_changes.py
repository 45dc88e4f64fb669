"""What happens to a case after its decision was served, and what may be published of it then."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from tests.rooms.cases.correcting import corrected
from tests.rooms.disclosure.test_pages import url
from tests.rooms.disclosure.test_policy import choose
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    codes,
    deliver,
    page_of,
    person_matter,
    release,
    shown,
    somebody_more,
    text_of,
    turn,
    withdraw,
)
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.cases import selectors as cases
from zhifa.cases import services as casework
from zhifa.config.demo.casework import Casework
from zhifa.disclosure import last_look, outgoing, selectors, tasks
from zhifa.disclosure.models import Parcel, Publication
from zhifa.disclosure.rules import Act, Ground, State, Treatment, WithdrawalGround
from zhifa.disclosure.sources import source
from zhifa.law.citations import APL
from zhifa.law.errors import Conflict, Refused
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


def facts_of(case_id, city):
    with as_(city.publisher):
        return cases.case(case_id).facts


def test_what_is_withheld_ends_the_term_of_publication(case_id, city):
    change_decision(case_id, city, annulled=False)
    assert facts_of(case_id, city).term("T39").ended_on == clock.today()
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    with as_(city.reviewer):
        (line,) = selectors.queue(city.reviewer, on=clock.today() + timedelta(days=60)).under_way
    assert (line.left, line.late) == (None, False)
    turn(made, Act.WITHHOLD, city.reviewer, reason="复议决定已变更原决定")
    with as_(city.publisher):
        assert [one.code for one in selectors.differences()] == ["publication.not_in_case"]
    with as_(city.reviewer):
        for _ in range(2):  # a job that runs twice does it once
            tasks.record_withholding(publication_id=str(made))
        assert list(selectors.differences()) == []
    facts = facts_of(case_id, city)
    assert (facts.withheld_on, facts.term("T09")) == (clock.today(), None)


def test_a_policy_that_withholds_ends_the_term_too(case_id, city):
    made = cleared(case_id, city)
    mask_as_secret(made, city)
    turn(made, Act.WITHHOLD, city.publisher, reason="涉及商业秘密")
    with as_(city.publisher):
        tasks.record_withholding(publication_id=str(made))
        assert selectors.queue(city.publisher, on=clock.today()).to_begin == ()
    assert facts_of(case_id, city).term("T39").ended_on == clock.today()
    last = cases_timeline(case_id, city)[-1]
    assert (last.action, last.actor) == ("record_withholding", city.publisher)


def cases_timeline(case_id, city):
    with as_(city.publisher):
        return cases.timeline(case_id)


def mask_as_secret(publication_id, city):
    """Let the ground of a ban be known that nobody had seen before it was cleared."""
    with as_(city.publisher):
        Publication.objects.filter(pk=publication_id).update(found=[Ground.TRADE_SECRET])


def cleared(case_id, city):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    turn(made, Act.CLEAR, city.reviewer)
    return made


def test_what_was_cleared_is_withheld_by_its_publisher(case_id, city):
    made = cleared(case_id, city)
    with pytest.raises(Refused) as refused:
        turn(made, Act.WITHHOLD, city.publisher, reason="不想公示")
    assert codes(refused) == ["disclosure.no_ground_to_withhold"]
    change_decision(case_id, city, annulled=True)
    turn(made, Act.WITHHOLD, city.publisher, reason="复议决定已撤销原决定")
    assert shown(made, city.publisher).state is State.WITHHELD


@pytest.mark.parametrize("annulled", [True, False], ids=["annulled", "varied"])
def test_what_is_changed_after_its_release_is_not_sent(case_id, city, annulled):
    made = release(case_id, city)
    change_decision(case_id, city, annulled=annulled)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert (found.state, found.portal_path) == (State.CLEARED, "")
    assert Client().get(f"/decisions/{quote(found.number)}/").status_code == 404
    assert selectors.unsent() == []
    facts = facts_of(case_id, city)
    assert facts.published_on is None
    assert not {"T09", "T39"} & {one.key for one in facts.running()}

    page = sign_in(city.publisher).get(url("publication", made)).content.decode()
    for words in ("发送前收回", "决定已被变更、撤销", "没有送到门户"):
        assert words in page, words
    with as_(city.publisher):
        (line,) = selectors.queue(city.publisher, on=clock.today()).under_way
        assert (line.id, line.mine, line.problem) == (made, True, "")
    turn(made, Act.WITHHOLD, city.publisher, reason="决定已变更")
    assert shown(made, city.publisher).state is State.WITHHELD


def test_what_was_recalled_is_neither_sent_nor_received(case_id, city):
    release(case_id, city)
    change_decision(case_id, city, annulled=True)
    deliver(city.publisher)
    parcel = Parcel.objects.get(subject_kind="decision")
    with as_(city.publisher):
        outgoing.send(parcel.id, at=clock.now())
    parcel.refresh_from_db()
    assert (parcel.received_at, parcel.attempts, parcel.package_sha256) == (None, 0, "")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Parcel.objects.filter(pk=parcel.pk).update(recalled_at=None)


def test_what_policy_withholds_after_the_release_is_not_sent(case_id, city):
    made = release(case_id, city)
    choose(city.reviewer, city.body)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert (found.state, found.treatment) == (State.CLEARED, Treatment.WITHHOLD)
    assert "本机关的公示范围" in found.reason


def test_who_was_heard_after_the_release_is_looked_for_before_it_is_sent(
    case_id, city, monkeypatch
):
    made = release(case_id, city)
    somebody_more(monkeypatch)
    deliver(city.publisher)

    found = shown(made, city.publisher)
    assert (found.state, "其他人姓名" in found.reason) == (State.CLEARED, True)


def test_what_is_not_served_after_all_is_not_sent(case_id, city, monkeypatch):
    def not_served(case_id):
        raise Conflict("disclosure.not_served")

    made = release(case_id, city)
    with monkeypatch.context() as patched:
        patched.setattr(last_look, "source", not_served)
        deliver(city.publisher)
    assert "没有送达" in shown(made, city.publisher).reason


def test_a_publication_that_crossed_with_the_change_is_taken_back_within_three_days(
    case_id, city, monkeypatch
):
    made = release(case_id, city)
    change_decision(case_id, city, annulled=False)
    monkeypatch.setattr(
        last_look, "against_sending", lambda row, *, pdf: ()
    )  # in that very instant
    deliver(city.publisher)
    facts = facts_of(case_id, city)
    assert [one.key for one in facts.running() if one.key in {"T09", "T39"}] == ["T09"]
    with as_(city.publisher):
        (line,) = selectors.queue(city.publisher, on=clock.today()).to_withdraw
    assert (line.publication, line.mine) == (made, True)


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
    number = {"identifier": "320684198005010013"}  # who was told stays the same person: by it
    told = person_matter()
    told = replace(told, parties=(replace(told.parties[0], **number),))
    case_id = serve(replace(told, present="钱店员（店员）"))
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
