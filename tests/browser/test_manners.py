"""What every page does: found with the keyboard, light and dark, phone and paper, drafts that survive."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from tests import build
from tests.browser.clicking import with_password

from zhifa.law.actors import SYSTEM
from zhifa.registry.rules import Role

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
PASSWORD = "demo-Zhifa-2026"


@pytest.fixture(scope="module")
def person(site) -> str:
    """Return the login name of somebody without any office."""
    from django.db import transaction

    from zhifa.accounts import services

    with transaction.atomic():
        services.create_person(
            login_name="manners", name="演示甲", actor=SYSTEM, at=AT, is_demo=True,
            demo_password=PASSWORD,
        )  # fmt: skip
    return "manners"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/no-such-page/"])
def test_pages_without_signing_in(visitor, check_page, path, phone):
    check_page(visitor(path, phone=phone))


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/desk/", "/desk/me/"])
def test_pages_of_everybody(as_person, site, person, check_page, path, phone):
    page = as_person(person, PASSWORD, phone=phone)
    page.goto(site.path(path))

    check_page(page)


@pytest.fixture(scope="module")
def busy(site) -> str:
    """Return the login name of somebody with a long name and four offices in two bodies."""
    city = build.city()
    who = build.person("演示·阿卜杜拉·买买提江")
    for role in (Role.LEGAL_REVIEWER, Role.HEARING_HOST, Role.DISCLOSURE_REVIEWER):
        build.appointed(role, city.body, who=who)
    build.appointed(Role.LEADER, city.supervision, who=who)
    return with_password({"busy": who})["busy"]


def test_the_header_of_somebody_with_several_offices_is_one_line(as_person, busy):
    page = as_person(busy, PASSWORD)
    page.set_viewport_size({"width": 1280, "height": 800})
    roles = page.locator(".zf-roles")

    assert page.locator(".zf-header").bounding_box()["height"] < 64
    for role in ("法制审核人员", "听证主持人", "领导"):
        expect(roles).to_contain_text(role)
    page.set_viewport_size({"width": 390, "height": 844})
    me, out = (page.locator(one).bounding_box() for one in (".zf-me", ".zf-header .zf-plain"))
    assert abs(me["y"] + me["height"] / 2 - out["y"] - out["height"] / 2) < 8  # beside each other
    assert me["x"] + me["width"] <= out["x"]


def test_signing_in_leads_to_the_work_list_which_says_what_will_appear(as_person, person):
    page = as_person(person, PASSWORD)

    expect(page).to_have_url(re.compile(r"/desk/$"))
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    expect(page.get_by_text("现在没有等您办理的事")).to_be_visible()


def test_a_wrong_password_is_said_in_words_and_the_name_is_kept(visitor):
    page = visitor("/accounts/login/")
    page.get_by_label("登录名").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("登录名")).to_have_value("nobody")


def test_the_first_tab_leads_past_the_navigation(as_person, person):
    page = as_person(person, PASSWORD)
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_chosen_theme_is_kept(as_person, site, person):
    page = as_person(person, PASSWORD)
    page.goto(site.path("/desk/me/"))
    page.get_by_role("button", name="深色").click()
    page.goto(site.path("/desk/"))

    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


_FORM = """
<form method="post" action="/sent/" data-draft="step:1">
  <input name="reason" aria-label="理由"><textarea name="facts" aria-label="事实"></textarea>
  <input type="checkbox" name="major" value="yes" aria-label="重大">
  <div id="people" data-rows><div data-row><input name="person" aria-label="人员"></div></div>
  <button type="button" data-add-row="people">再加一人</button>
  <input type="password" name="pin" aria-label="口令"><button>提交</button>
</form>"""


def _serve_form(page, site, answers):
    """Answer /form/ with a form on a real page and /sent/ as told; return the count of submissions."""
    sent = []
    frame = page.request.get(site.path("/desk/")).text()
    body = re.sub(r"(<main[^>]*>).*(</main>)", rf"\1{_FORM}\2", frame, flags=re.DOTALL)
    done = re.sub(
        r"(<main[^>]*>).*(</main>)", r"\1<p data-done>已记录</p>\2", frame, flags=re.DOTALL
    )

    def on_sent(route):
        sent.append(route.request.post_data)
        answers.pop(0)(route, done)

    page.route("**/form/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/sent/", on_sent)
    page.goto(site.path("/form/"))
    return sent


def _lost(route, done):
    route.abort("connectionreset")


def _done(route, done):
    route.fulfill(body=done, content_type="text/html")


def test_a_lost_connection_gives_the_form_back_filled_and_success_clears_it(
    as_person, site, person
):
    page = as_person(person, PASSWORD)
    _serve_form(page, site, [_lost, _done])
    page.get_by_label("理由").fill("当事人拒绝签收")
    page.get_by_label("事实").fill("两名执法人员到场\n出示证件")
    page.get_by_label("重大").check()
    page.get_by_label("人员").fill("甲")
    page.get_by_role("button", name="再加一人").click()
    page.get_by_label("人员").nth(1).fill("乙")
    page.get_by_label("口令").fill("secret")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url(re.compile("chrome-error"))
    page.goto(site.path("/form/"))

    expect(page.get_by_label("理由")).to_have_value("当事人拒绝签收")
    expect(page.get_by_label("事实")).to_have_value("两名执法人员到场\n出示证件")
    expect(page.get_by_label("重大")).to_be_checked()
    expect(page.get_by_label("人员").nth(1)).to_have_value("乙")
    expect(page.get_by_label("口令")).to_have_value("")
    expect(page.get_by_text("已填回上次没有提交的内容")).to_be_visible()

    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已记录")).to_be_visible()
    page.wait_for_load_state("load")  # the page's script runs after its text is there
    page.goto(site.path("/form/"))
    expect(page.get_by_label("理由")).to_have_value("")


@pytest.fixture(scope="module")
def keeper(site) -> str:
    """Return the login name of an administrator, whose forms are real ones."""
    return with_password(
        {"keeper": build.city("通州区", office_word="通市监", number=2).administrator}
    )["keeper"]


def test_a_session_that_ends_in_mid_form_leads_back_to_it_and_gives_it_back_filled(
    as_person, site, keeper
):
    page = as_person(keeper, PASSWORD)
    page.goto(site.path("/desk/registry/bodies/new/?from=list"))
    page.get_by_label("名称", exact=True).fill("演示城市管理局")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_text("登录已经过期，刚才的内容没有提交")).to_be_visible()

    page.get_by_label("登录名").fill(keeper)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(site.path("/desk/registry/bodies/new/?from=list"))
    expect(page.get_by_label("名称", exact=True)).to_have_value("演示城市管理局")
    expect(page.get_by_text("已填回上次没有提交的内容")).to_be_visible()


def test_a_connection_lost_at_the_confirmation_keeps_what_was_typed_before(as_person, site, person):
    page = as_person(person, PASSWORD)
    frame = page.request.get(site.path("/desk/")).text()
    confirm = """<form method="post" action="/confirmed/" data-draft="step:1" data-bound>
      <input type="hidden" name="reason" value="当事人拒绝签收"><button name="confirmed">确认</button></form>"""
    body = re.sub(r"(<main[^>]*>).*(</main>)", rf"\1{confirm}\2", frame, flags=re.DOTALL)
    _serve_form(
        page, site, [lambda route, done: route.fulfill(body=body, content_type="text/html")]
    )
    page.route("**/confirmed/", lambda route: route.abort("connectionreset"))
    page.get_by_label("理由").fill("当事人拒绝签收")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="确认").click()
    page.wait_for_url(re.compile("chrome-error"))
    page.goto(site.path("/form/"))

    expect(page.get_by_label("理由")).to_have_value("当事人拒绝签收")


def test_a_double_click_sends_the_form_once(as_person, site, person):
    page = as_person(person, PASSWORD)
    sent = _serve_form(page, site, [_done, _done])
    page.get_by_label("理由").fill("一次")
    page.get_by_role("button", name="提交").dblclick(no_wait_after=True)
    expect(page.get_by_text("已记录")).to_be_visible()

    assert len(sent) == 1


def test_a_draft_is_its_persons_own_and_goes_with_signing_out(as_person, site, person):
    page = as_person(person, PASSWORD)
    _serve_form(page, site, [])
    page.get_by_label("理由").fill("不给别人看")
    page.goto(site.path("/desk/"))
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(lambda url: "/desk/" not in url)

    assert (
        page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('zhifa-draft'))")
        == []
    )


def test_a_printed_page_has_no_navigation(as_person, person):
    page = as_person(person, PASSWORD)
    page.emulate_media(media="print")

    expect(page.locator(".zf-header")).to_be_hidden()
    expect(page.get_by_role("heading", name="待办")).to_be_visible()


_FETCHES = '<button hx-get="/part/" hx-target="#place">取</button><div id="place"></div>'


def _serve_fetching(page, site, answer):
    frame = page.request.get(site.path("/desk/")).text()
    body = re.sub(r"(<main[^>]*>).*(</main>)", rf"\1{_FETCHES}\2", frame, flags=re.DOTALL)
    page.route("**/fetching/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/part/", answer)
    page.goto(site.path("/fetching/"))
    page.get_by_role("button", name="取").click()


def test_a_part_that_is_refused_shows_the_reason_instead_of_nothing(as_person, site, person):
    page = as_person(person, PASSWORD)
    refusal = page.request.get(site.path("/no-such-page/"))
    _serve_fetching(
        page, site,
        lambda route: route.fulfill(status=404, body=refusal.text(), content_type="text/html"),
    )  # fmt: skip

    expect(page.get_by_role("heading", name="没有这一页，或者您看不到它")).to_be_visible()
    expect(page.locator("main")).to_have_count(1)


def test_a_part_lost_on_the_way_is_told(as_person, site, person):
    page = as_person(person, PASSWORD)
    _serve_fetching(page, site, lambda route: route.abort("connectionreset"))

    expect(page.get_by_role("alert")).to_contain_text("网络中断")
