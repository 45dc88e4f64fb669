"""Pages that no other module opens, looked at on desk and phone (每一页): disclosure, portal, registry forms.

One city with a served decision; its publication is taken from the draft to the public and back again,
and whoever is on turn is looked at.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from urllib.parse import quote

import pytest
from django.db import connections
from playwright.sync_api import Page, expect
from tests import build
from tests.browser.clicking import PASSWORD, from_case_list, from_work_list, send, with_password
from tests.rooms.access.world import World, world
from tests.rooms.cases.desk import Desk

from zhifa import clock
from zhifa.law.actors import SYSTEM
from zhifa.registry import services as registry
from zhifa.registry.rules import BodyKind, Identity, SuccessionKind

_BACKGROUND_SECONDS = 60  # what the worker seals and sends
_FILING = 3  # the step of 批准立案


@pytest.fixture(scope="module")
def place(site) -> World:
    """Return a city with a served case, one in legal review, and every object of the registry.

    Made in a thread of its own: Playwright's loop stays in this one, and sealing needs another.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_world).result()


def _world() -> World:
    clock.allow_moving()
    try:
        return world("海门区", "海市监", 1)
    finally:
        clock.release()
        connections.close_all()


@pytest.fixture(scope="module")
def logins(place) -> dict[str, str]:
    return with_password(place.people)


@pytest.fixture
def at(as_person, logins):
    """Return a function: the page of a person, signed in."""
    return lambda who: as_person(logins[who], PASSWORD)


# --- the workbench -----------------------------------------------------------------------------

WORKBENCH = [
    ("unit_head", "/desk/"),
    ("handlers", "/desk/"),
    ("agency_heads", "/desk/cases/{case_id}/papers/{decision}/correct/"),
    ("supervisor", "/desk/disclosure/policy/{body_id}/"),
    ("reviewer", "/desk/disclosure/policy/{body_id}/"),
]
REGISTRY = [
    ("administrator", "bodies/{body_id}/units/{unit_id}/end/"),
    ("administrator", "bodies/{body_id}/deeds/new/"),
    ("administrator", "bodies/{body_id}/deeds/{deed_id}/publish/"),
    ("administrator", "bodies/{body_id}/deeds/{deed_id}/end/"),
    ("supervisor", "bodies/{body_id}/capacity/"),
    ("supervisor", "items/{item_id}/end/"),
    ("supervisor", "items/{draft_item}/"),
    ("supervisor", "items/{draft_item}/approve/"),
    ("supervisor", "items/{draft_item}/return/"),
    ("handlers", "items/of/{body_id}/draft/"),
    ("administrator", "people/new/"),
    ("administrator", "people/{person_id}/"),
    ("administrator", "people/{person_id}/appointments/{appointment_id}/end/"),
    ("administrator", "people/{person_id}/qualification/"),
    ("administrator", "people/{person_id}/certificates/{certificate_id}/renew/"),
    ("administrator", "people/{person_id}/certificates/{certificate_id}/suspend/"),
    ("administrator", "people/{person_id}/certificates/{certificate_id}/revoke/"),
    ("administrator", "imports/{run_id}/"),
]


def test_pages_of_the_workbench(at, site, place, look_at):
    _look_at_all(at, site, place, look_at, WORKBENCH)


def test_forms_of_the_registry(at, site, place, look_at):
    registry.submit_item(
        item_id=place.objects["draft_item"], actor=place.people["handlers"], at=clock.now()
    )
    table = [(who, f"/desk/registry/{path}") for who, path in REGISTRY]
    _look_at_all(at, site, place, partial(look_at, dark=False), table)


def _look_at_all(at, site, place, look_at, table):
    pages: dict[str, Page] = {}
    for who, path in table:
        page = pages[who] = pages.get(who) or at(who)
        answer = page.goto(site.path(path.format(**place.objects)))
        assert answer.status == 200, (who, path)
        look_at(page)


def test_a_suspended_certificate_is_given_back(at, site, place, look_at):
    page = at("administrator")
    page.goto(site.path(f"/desk/registry/people/{place.objects['person_id']}/"))
    page.get_by_role("link", name="暂扣", exact=True).click()
    for field in page.locator("form[method=post] input[type=date]").all():
        field.fill(clock.today().isoformat())
    for field in page.locator("main textarea, main input[type=text]").all():
        field.fill("执法资格复核。")
    page.locator("main form .btn-primary").click()
    page.get_by_role("link", name="解除暂扣").click()
    look_at(page)


# --- a wrong entry -----------------------------------------------------------------------------


def test_a_wrong_day_is_corrected_on_the_page_and_the_term_is_computed_anew(
    at, site, place, look_at
):
    page, unit_head = at("agency_heads"), at("unit_head")
    from_case_list(page, _number(place, "reviewed_case"))
    before = _due(page)

    page.get_by_role("link", name=f"更正 第 {_FILING} 步").click()
    expect(page.get_by_role("heading", name="申请更正：批准立案")).to_be_visible()
    day = page.get_by_label("办理日期")
    earlier = date.fromisoformat(day.input_value()) - timedelta(days=1)
    day.fill(earlier.isoformat())
    page.get_by_label("更正的理由").fill("立案审批表上的日期是前一天，录入时写错。")
    send(page, "申请更正")
    expect(page.get_by_text(f"已申请更正第 {_FILING} 步")).to_be_visible()
    assert _due(page) == before  # nothing follows before another has granted it
    look_at(page)

    unit_head.goto(site.path("/desk/"))
    unit_head.get_by_role("link").filter(has_text=f"第 {_FILING} 步申请更正").first.click()
    expect(unit_head.get_by_text(f"→ {before - timedelta(days=1)} 届满").first).to_be_visible()
    look_at(unit_head)
    unit_head.get_by_label("同意更正", exact=True).check()
    send(unit_head, "提交审批意见")
    expect(unit_head.get_by_text(f"已更正第 {_FILING} 步，期限已重新计算")).to_be_visible()
    assert _due(unit_head) == before - timedelta(days=1)
    filing = unit_head.locator(f"#step-{_FILING}")
    expect(filing).to_contain_text(re.compile(r"已由第 \d+ 步更正"))  # kept, and struck out
    look_at(unit_head)
    unit_head.get_by_role("link", name="作出行政处罚决定", exact=True).click()
    expect(unit_head.get_by_text(earlier.isoformat()).first).to_be_visible()


def test_a_notice_of_correction_is_made_once(at, site, place, look_at):
    """Two tabs with the same form: the second is told what was made, and keeps what was typed."""
    page = at("agency_heads")
    tabs = [page, page.context.new_page()]
    for tab in tabs:
        tab.goto(
            site.path("/desk/cases/{case_id}/papers/{decision}/correct/".format(**place.objects))
        )
        tab.get_by_role("textbox", name="位置").first.fill("第1页")
        tab.get_by_label("原文").first.fill("店内")
        tab.get_by_label("更正为").first.fill("店内冷柜")
        tab.get_by_label("补正的理由").fill("打印时漏字。")
    for tab in tabs:
        send(tab, "制作补正通知书")
    expect(tabs[0].get_by_text("已制作补正通知书")).to_be_visible()
    expect(tabs[1].get_by_text("这份文书已经补正过")).to_be_visible()
    expect(tabs[1].get_by_label("更正为").first).to_have_value("店内冷柜")
    look_at(tabs[1])


def _due(page: Page) -> date:
    """Return until when the decision has to be made, as the page of the case says."""
    row = page.locator(".case-terms li").filter(has_text="作出行政处罚决定")
    return date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", row.inner_text())[0])


def _number(place: World, case: str) -> str:
    from zhifa.accounts.access import acting
    from zhifa.cases import selectors

    with acting(place.people["handlers"], on=clock.today()):
        return selectors.case(place.objects[case]).number


# --- a body that followed another --------------------------------------------------------------


def test_the_head_of_a_successor_is_led_to_the_cases_left_open(as_person, place, look_at):
    desk = Desk(city=build.city("通州区", office_word="通市监", number=2))
    desk.register()
    registry.follow_on(
        kind=SuccessionKind.RENAME, body_id=desk.city.body, basis="机构改革", actor=SYSTEM,
        at=clock.now(),
        identity=Identity(
            code="NEW", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="通州区市场监管和知识产权局",
            short_name="通州市监局", valid_from=clock.today(), supervised_by=desk.city.supervision,
            office_word="通市知", is_demo=True,
        ),
    )  # fmt: skip
    head = with_password({"head": desk.city.agency_heads[0]})["head"]
    page = as_person(head, PASSWORD)
    from_work_list(page, "原机关留下 1 件未办结案件")
    look_at(page)
    send(page, "接办勾选的案件")
    expect(page.get_by_text("已接办 1 件案件")).to_be_visible()


# --- disclosure, and what the public sees of it ------------------------------------------------


def test_a_publication_on_every_desk_and_on_the_portal(at, visitor, site, place, look_at):
    publisher = _registry_made_public(at, site, place, look_at)
    editor = at("editor")
    _queue(editor, look_at)
    from_work_list(editor, "编辑中")
    look_at(editor)
    number = editor.locator(".zf-crumbs [aria-current]").inner_text()
    send(editor, "提交")
    for who, button in (("unit_head", "同意公示"), ("reviewer", "审核通过")):
        page = at(who)
        from_work_list(page, number)
        look_at(page)
        send(page, button)
    from_work_list(publisher, number)
    look_at(publisher)
    send(publisher, "发布")
    _until(publisher, "门户页面")
    look_at(publisher)  # with the form of a withdrawal

    _portal_pages(visitor, place, look_at, number)
    publisher.get_by_label("撤回情形").select_option("决定被依法撤销")
    publisher.get_by_label("向社会说明的原因").fill("行政复议决定撤销原处罚决定。")
    send(publisher, "撤回公示")
    expect(publisher.get_by_text("原网址只显示撤回时间和原因").first).to_be_visible()
    _until(publisher, "已撤回")
    look_at(publisher)
    _queue(publisher, look_at)
    page = visitor(f"/decisions/{quote(number)}/")
    expect(page.get_by_text("这项公示已经撤回")).to_be_visible()
    expect(page.get_by_text("行政复议决定撤销原处罚决定")).to_be_visible()
    look_at(page)


def _queue(page: Page, look_at) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="公示").click()
    look_at(page)


def _registry_made_public(at, site, place, look_at) -> Page:
    """Publish bodies, officers, items and charts, looked at before and after; return the publisher's page."""
    page = at("publisher")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="公示").click()
    page.get_by_role("link", name=re.compile("^登记公示")).click()
    look_at(page)
    page.get_by_role("button", name="发布选中的").click()
    expect(page.get_by_text("门户与登记一致")).to_be_visible()
    _until(page, "已收到", gone="正在发送")
    look_at(page)
    return page


def _portal_pages(visitor, place, look_at, number: str) -> None:
    page = visitor("/")
    look_at(page)
    for link, then in (
        ("执法主体", "main td a[href^='/bodies/']"),
        ("执法人员", "main td a[href^='/officers/']"),
        ("权责清单", "main td a[href^='/items/']"),
        ("执法流程", "main a[href^='/charts/']"),
        ("执法决定", "main td a[href^='/decisions/']"),
    ):
        page.get_by_role("navigation", name="主导航").get_by_role("link", name=link).click()
        look_at(page)
        page.locator(then).first.click()
        expect(page.locator("main h1")).to_be_visible()
        look_at(page)
    page.get_by_role("searchbox", name="全站查找").fill("演示")
    page.get_by_role("searchbox", name="全站查找").press("Enter")
    look_at(page)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="文书核验").click()
    look_at(page)
    for asked in ("海市监罚〔2026〕99号", number):
        page.get_by_role("textbox", name="文号、核验码或文件摘要值").fill(asked)
        send(page, "核验")
        look_at(page)
    page.locator("main").get_by_role("link", name=number).first.click()
    expect(page.get_by_text("这份决定已经公示，查看")).to_be_visible()
    look_at(page)
    missing = visitor("/decisions/none/")
    expect(missing.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    look_at(missing)


def _until(page: Page, words: str, *, gone: str = "正在") -> None:
    """Wait for what the worker does: the page of a publication does not move by itself."""
    for _ in range(_BACKGROUND_SECONDS):
        main = page.locator("main").inner_text()
        if words in main and gone not in main:
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{words}: {main}")
