"""The pages of a case, opened and sent as a browser would: forms, refusals, lists, reviews."""

from datetime import date, timedelta

import pytest
from tests.rooms.cases.desk import DRAFT, FIRST, PROVISION, SERVED, SPELL, Desk, fine, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def day(count: int) -> date:
    return FIRST + timedelta(days=count)


def registered(desk: Desk) -> Desk:
    answer = desk.register()
    assert answer.status_code == 302, said(answer)
    return desk


def investigating(desk: Desk) -> Desk:
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    registered(desk)
    desk.done("verify", handler, day(1), findings="属实", facts_suspected="yes", **party_again())
    desk.done(
        "file", head, day(2), {"violated": [PROVISION]}, reason="涉嫌违法",
        handlers=[str(one) for one in desk.city.handlers],
    )  # fmt: skip
    desk.done("investigate", desk.city.unit_head, day(3), plan="")
    return desk


def party_again() -> dict[str, str]:
    return {}


def test_a_case_is_clicked_from_clue_to_archive(desk):
    handler, unit_head = desk.city.handlers[0], desk.city.unit_head
    head = desk.city.agency_heads[0]
    investigating(desk)
    party = desk.party()
    desk.done(
        "inspect_on_site", handler, day(3), party=party, **SPELL, certificate_shown="on",
        rights_told="on", findings="货架旁有广告", present="王演示", witness="", recording="",
        remark="", refusal="",
    )  # fmt: skip
    desk.done(
        "collect_evidence", handler, day(4), name="广告照片", kind="documentary", source="本机关拍摄",
        proves="广告内容", pages="2",
    )  # fmt: skip
    for question in ("public_interest", "complex"):
        for person in (handler, unit_head):
            desk.done("answer_gate", person, day(4), question=question, yes="no", reason="事实清楚")
    desk.done(
        "report", handler, day(5), fine("5,000.00"), course="检查、询问", evidence=["0"], **DRAFT
    )
    desk.done("pass_case_review", desk.city.case_reviewer, day(6), text="同意")
    desk.done("notify", head, day(7), party=party, **SERVED)
    desk.done("waive_defence", handler, day(8), party=party, statement="放弃陈述申辩")
    desk.done("decide", head, day(20), outcome="penalty", remark="")
    desk.done("serve", handler, day(21), party=party, **SERVED)
    desk.done(
        "record_payment", handler, day(22), party=party, amount_fen="5,000.00", receipt_number="1",
        complete="yes",
    )  # fmt: skip
    desk.done("close", head, day(23), event="执行完毕", summary="已缴清")
    desk.done("archive", desk.city.archivist, day(24), volume="2026-1", pages="80")

    assert desk.state() == "archived"
    page = desk.client(handler).get(desk.url("detail"))
    assert page.status_code == 200
    assert "已归档" in page.content.decode()
