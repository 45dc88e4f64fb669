"""Correcting an old entry: what became of its people since does not stand in the way (更正旧记录)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests import build
from tests.rooms.cases.correcting import corrected
from tests.rooms.cases.desk import FIRST, PROVISION, SPELL, Desk, said
from tests.rooms.cases.test_pages import photo

from zhifa import clock
from zhifa.cases import selectors
from zhifa.law.actors import SYSTEM
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts
from zhifa.registry import selectors as registry
from zhifa.registry import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Return a case that is filed."""
    made = Desk()
    made.register()
    made.done("verify", made.city.handlers[0], FIRST, findings="属实。", facts_suspected="yes")
    made.done(
        "file", made.city.agency_heads[0], FIRST + timedelta(days=3), {"violated": [PROVISION]},
        reason="涉嫌违法。", handlers=[str(one) for one in made.city.handlers],
    )  # fmt: skip
    return made


def entered(on: date, **changes: object) -> dict[str, object]:
    """Return the filing as its form sends it, and why it is to be corrected."""
    return {
        "reason": "涉嫌违法。", "happened_on": on.isoformat(), "seen": "3",
        **{f"violated-{key}": [value] for key, value in PROVISION.items()},
        "correction-reason": "日期录错", "correction-case_version": "3",
    } | changes  # fmt: skip


def filing(desk: Desk, on: date, **changes: object) -> dict[str, object]:
    return entered(on, handlers=[str(one) for one in desk.city.handlers], **changes)


def answered(desk: Desk, who: UUID, asked: int, **fields: object) -> HttpResponse:
    address = reverse("cases:answer_correction", args=(desk.case_id, asked))
    fields.setdefault("case_version", str(asked))
    return desk.client(who).post(address, fields)


def facts(desk: Desk) -> Facts:
    with build.acting(desk.city.agency_heads[0], on=date(2026, 11, 1)):
        return selectors.case(desk.case_id).facts


def waiting(desk: Desk, who: UUID) -> bool:
    return "申请更正，待批准" in desk.client(who).get("/desk/").content.decode()


def test_a_correction_is_asked_for_shown_to_a_head_and_granted(desk):
    head, unit_head = desk.city.agency_heads[0], desk.city.unit_head
    page = desk.client(head).get(desk.url("correct", 3))
    assert "涉嫌违法" in page.content.decode()
    answer = desk.client(head).post(desk.url("correct", 3), filing(desk, FIRST + timedelta(days=2)))
    assert answer.status_code == 302, said(answer)
    assert facts(desk).filed_on == FIRST + timedelta(days=3)  # nothing follows from asking
    assert (waiting(desk, unit_head), waiting(desk, head)) == (True, False)

    address = reverse("cases:answer_correction", args=(desk.case_id, 4))
    shown = said(desk.client(unit_head).get(address))
    for day in (3, 2):
        assert (FIRST + timedelta(days=day)).isoformat() in shown  # before and after
    assert "日期录错" in shown
    assert "届满 → " in shown  # the terms that would move
    own = desk.client(head).get(address)
    assert "自己申请的更正自己不能批准" in said(own)
    assert answered(desk, head, 4, grant="yes").status_code == 409

    done = answered(desk, unit_head, 4, grant="yes")
    assert done.status_code == 302, said(done)
    assert facts(desk).filed_on == FIRST + timedelta(days=2)
    case = desk.client(head).get(desk.url("detail") + "?tab=papers").content.decode()
    assert "已由第 5 步更正" in case
    assert "所记内容已更正" in case  # beside the 立案审批表
    assert waiting(desk, unit_head) is False
    assert desk.client(unit_head).get(address).status_code == 404


def test_a_head_refuses_a_correction_and_says_why(desk):
    head, unit_head = desk.city.agency_heads[0], desk.city.unit_head
    desk.client(head).post(desk.url("correct", 3), filing(desk, FIRST + timedelta(days=2)))
    bare = answered(desk, unit_head, 4, grant="no")
    assert bare.status_code == 422
    assert "请写明理由" in said(bare)
    assert "请选择" in said(answered(desk, unit_head, 4)) or "必填" in said(
        answered(desk, unit_head, 4)
    )
    stale = answered(desk, unit_head, 4, grant="no", reason="与审批表一致", case_version="3")
    assert stale.status_code == 409

    done = answered(desk, unit_head, 4, grant="no", reason="与审批表一致")
    assert done.status_code == 302
    assert facts(desk).filed_on == FIRST + timedelta(days=3)
    assert "与审批表一致" in desk.client(head).get(desk.url("detail")).content.decode()


def test_who_could_not_take_the_step_does_not_correct_it(desk):
    handler = desk.city.handlers[0]
    page = desk.client(handler).get(desk.url("detail")).content.decode()
    assert desk.url("correct", 2) in page
    assert desk.url("correct", 3) not in page
    answer = desk.client(handler).post(
        desk.url("correct", 3), filing(desk, FIRST + timedelta(days=2))
    )
    assert answer.status_code == 409
    assert "机关负责人" in said(answer)


def test_a_correction_without_reason_or_difference_is_said_beside_the_form(desk):
    head = desk.city.agency_heads[0]
    same = filing(desk, FIRST + timedelta(days=3))
    bare = desk.client(head).post(desk.url("correct", 3), same | {"correction-reason": ""})
    nothing = desk.client(head).post(desk.url("correct", 3), same)
    assert bare.status_code == 422
    assert nothing.status_code == 409
    assert "更正前后没有变化" in said(nothing)


def test_an_officer_whose_certificate_was_suspended_since_stays_in_the_entry(desk):
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    card = registry.certificates_of(handler, on=clock.today())[0]
    services.suspend_certificate(
        certificate_id=card.id, valid_from=clock.today(), reason="复核", actor=SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    page = desk.client(head).get(desk.url("correct", 3)).content.decode()
    assert "暂扣" not in page

    answer = desk.client(head).post(desk.url("correct", 3), filing(desk, FIRST + timedelta(days=2)))

    assert answer.status_code == 302, said(answer)
    assert answered(desk, desk.city.unit_head, 4, grant="yes").status_code == 302
    assert facts(desk).filed_on == FIRST + timedelta(days=2)


def test_a_paper_that_was_signed_on_the_right_day_is_tied_to_the_wrong_one(
    desk, tmp_path, settings
):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    handler, entered_on = desk.city.handlers[0], FIRST + timedelta(days=5)
    desk.done("investigate", desk.city.unit_head, FIRST + timedelta(days=3), plan="")
    desk.done(
        "inspect_on_site", handler, entered_on, party=desk.party(), **SPELL, certificate_shown="on",
        rights_told="on", findings="货架旁有广告", present="王演示", witness="", recording="",
        remark="", refusal="",
    )  # fmt: skip
    day = entered_on - timedelta(days=1)
    data = a.AskCorrection(sequence=5, reason="笔录上的日期是前一天", happened_on=day)
    corrected(desk.case_id, data, by=handler, head=desk.city.unit_head)
    tab = desk.client(handler).get(desk.url("detail") + "?tab=papers").content.decode()
    address = next(part for part in tab.split('"') if part.endswith("/signed/"))
    sent = {"signer": "王演示", "signed_on": day.isoformat()}
    early = {**sent, "signed_on": (day - timedelta(days=1)).isoformat()}
    assert desk.client(handler).post(address, early | {"files": photo()}).status_code == 422
    done = desk.client(handler).post(address, sent | {"files": photo()})
    assert done.status_code == 302, said(done)


def test_handlers_named_in_another_order_are_no_other_content(desk):
    """A form lists officers in an order of its own: a day alone is asked to be corrected."""
    turned = [str(one) for one in reversed(desk.city.handlers)]
    for handlers in (turned, list(reversed(turned))):
        sent = filing(desk, FIRST + timedelta(days=3)) | {"handlers": handlers}
        answer = desk.client(desk.city.agency_heads[0]).post(desk.url("correct", 3), sent)
        assert "更正前后没有变化" in said(answer)
