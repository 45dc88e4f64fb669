"""After a split: the head of a successor picks the cases to go on with, and leaves the others."""

from datetime import date

import pytest
from playwright.sync_api import expect
from tests import build
from tests.browser.clicking import PASSWORD, with_password
from tests.rooms.cases.desk import Desk

from zhifa import clock
from zhifa.law.actors import SYSTEM
from zhifa.registry import services
from zhifa.registry.rules import Role, SuccessionKind


@pytest.fixture(scope="module")
def head(site) -> str:
    """Split a body with two cases into two, and return the login name of one successor's head."""
    first = Desk()
    for desk in (first, Desk(city=first.city)):
        assert desk.register().status_code == 302
    heads = []
    parts = [build.body(name, supervised_by=first.city.supervision) for name in ("甲局", "乙局")]
    for body in parts:
        build.unit(body, "执法队")
        heads.append(build.appointed(Role.AGENCY_HEAD, body))
    services.succeed(
        kind=SuccessionKind.SPLIT, predecessors=(first.city.body,), successors=tuple(parts),
        on=date(2026, 6, 1), basis="机构改革方案（演示）", actor=SYSTEM, at=clock.now(),
    )  # fmt: skip
    return with_password({"head": heads[0]})["head"]


def test_the_cases_of_a_split_body_are_picked(as_person, head, check_page):
    for phone, left in ((True, 2), (False, 1)):  # on the phone first, and one is taken
        _one_is_picked(as_person(head, PASSWORD, phone=phone), check_page, left)


def _one_is_picked(page, check_page, left: int) -> None:
    page.get_by_role("link", name="未办结案件，待承继").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(left)
    assert not any(box.is_checked() for box in boxes.all())
    expect(page.get_by_text("（海门区市场监督管理局综合执法大队）").first).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="接办勾选的案件").click()
    expect(page.get_by_text("请勾选要接办的案件")).to_be_visible()
    check_page(page)
    boxes.first.check()
    page.get_by_role("button", name="接办勾选的案件").click()
    expect(page.get_by_text("已接办 1 件案件")).to_be_visible()
