"""What a body chooses to publish: its own lines first, the city's next, and never against a ban."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.rooms.disclosure.test_pages import text, url
from tests.rooms.disclosure.test_publication import as_, begin, shown, turn
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.disclosure import policy
from zhifa.disclosure.rules import Act, PolicyLine, Treatment
from zhifa.law.citations import NOTICE_118
from zhifa.law.errors import Denied, Refused
from zhifa.procedures.values import PartyKind

FORM = {
    "treatment": "withhold",
    "act_type": "penalty",
    "party": "",
    "basis": "海市监〔2026〕9号（演示）",
}


def choose(actor, body_id, *, days=-40, **line):
    wanted = {
        "treatment": Treatment.WITHHOLD,
        "basis": NOTICE_118.whole,
        "note": "文件（演示）",
    } | line
    with as_(actor):
        policy.choose(
            body_id=body_id, line=PolicyLine(**wanted), actor=actor, on=clock.today(),
            at=clock.now(), valid_from=clock.today() + timedelta(days=days),
        )  # fmt: skip


def treatments(city):
    with as_(city.reviewer):
        return [line.treatment.value for line in policy.table(city.body, on=clock.today())][:-3]


def test_the_newest_line_of_the_body_comes_before_the_citys(city):
    choose(city.supervisor, None, treatment=Treatment.PUBLISH)
    choose(city.reviewer, city.body, treatment=Treatment.WITHHOLD, days=-50)
    choose(city.reviewer, city.body, treatment=Treatment.ANONYMISE)
    choose(city.reviewer, city.body, days=1)

    assert treatments(city) == ["anonymise", "withhold", "publish"]


def test_only_whose_business_it_is_may_choose(city):
    for actor, body_id in (
        (city.editor, city.body),
        (city.reviewer, None),
        (city.reviewer, city.supervision),
    ):
        with pytest.raises(Denied):
            choose(actor, body_id)
    with pytest.raises(Refused) as refused:
        choose(city.reviewer, city.body, treatment=Treatment.PUBLISH, party=PartyKind.PERSON)
    assert [str(one.basis) for one in refused.value.violations] == ["PIPL 28"]


def test_what_a_body_withholds_is_not_cleared(case_id, city):
    choose(city.reviewer, city.body)
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)

    with pytest.raises(Refused) as refused:
        turn(made, Act.CLEAR, city.reviewer)
    assert [one.code for one in refused.value.violations] == ["withhold.body_policy"]
    turn(made, Act.WITHHOLD, city.reviewer, reason="本局规定")
    assert shown(made, city.reviewer).treatment is Treatment.WITHHOLD


def test_a_choice_is_made_on_its_page_and_stays(city):
    page = sign_in(city.reviewer)
    assert "法律禁止公示的情形" in text(page.get(url("policy", city.body)))
    assert page.post(url("policy", city.body), FORM).status_code == 422  # since when?
    wanted = FORM | {"valid_from": "2026-03-02"}
    refused = page.post(
        url("policy", city.body), wanted | {"treatment": "publish", "party": "person"}
    )
    assert (refused.status_code, "个人信息保护法第二十八条" in text(refused)) == (409, True)
    assert page.post(url("policy", city.body), wanted).status_code == 302

    assert "海市监〔2026〕9号（演示）" in text(sign_in(city.editor).get(url("policy", city.body)))
    assert sign_in(city.editor).post(url("policy", city.body), wanted).status_code == 403
    assert sign_in(city.administrator).get(url("policy", city.body)).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_policychoice SET treatment = 'publish'")
