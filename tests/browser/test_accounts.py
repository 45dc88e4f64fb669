"""Passwords, second factor and the list of people, on desk and phone, light and dark."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import expect
from tests import build

from zhifa.accounts.models import Person
from zhifa.law.actors import SYSTEM
from zhifa.registry import services
from zhifa.registry.rules import BodyKind, Role

PASSWORD = "demo-Zhifa-2026"
BOTH = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])


@pytest.fixture(scope="module")
def administrator(site) -> str:
    """Return the login name of a system administrator, with a colleague beside him."""
    made = services.create_person(
        login_name="guan.li", name="演示管理员", is_demo=True, demo_password=PASSWORD, actor=SYSTEM,
        at=build.AT,
    )  # fmt: skip
    body = build.body("海门区司法局", kind=BodyKind.SUPERVISION_BODY)
    build.appointed(Role.SYSTEM_ADMINISTRATOR, body, who=made.id)
    build.officer(body)
    return "guan.li"


@BOTH
@pytest.mark.parametrize(
    "path",
    ["/desk/me/password/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/logout/",
     "/desk/registry/people/", "/desk/registry/people/new/"],
)  # fmt: skip
def test_pages_about_signing_in(as_person, site, administrator, check_page, path, phone):
    page = as_person(administrator, PASSWORD, phone=phone)
    page.goto(site.path(path))  # what asks for the password once more is looked at as it asks
    check_page(page)


@pytest.fixture(scope="module")
def keepers(site, administrator) -> dict[str, str]:
    """Return the addresses that the security and the audit administrator look at, by login name."""
    body = build.body("演示区司法局", kind=BodyKind.SUPERVISION_BODY)
    for login, role in (
        ("guan.an", Role.SECURITY_ADMINISTRATOR), ("guan.shen", Role.AUDIT_ADMINISTRATOR),
    ):  # fmt: skip
        made = services.create_person(
            login_name=login, name=f"演示{login[-2:]}", is_demo=True, demo_password=PASSWORD,
            actor=SYSTEM, at=build.AT,
        )  # fmt: skip
        build.appointed(role, body, who=made.id)
    lost = build.appointed(Role.SUPERVISOR, body)
    TOTP.activate(Person.objects.get(pk=lost), "JBSWY3DPEHPK3PXP")
    return {"guan.an": f"/desk/registry/people/{lost}/", "guan.shen": "/desk/administration/"}


@BOTH
def test_what_the_security_and_the_audit_administrator_look_at(
    as_person, site, keepers, check_page, phone
):
    page = as_person("guan.an", PASSWORD, phone=phone)
    page.goto(site.path(keepers["guan.an"]))
    expect(page.get_by_role("heading", name="解除第二道验证")).to_be_visible()
    check_page(page)
    page = as_person("guan.shen", PASSWORD, phone=phone)
    page.get_by_role("link", name="管理日志").click()
    expect(page.get_by_role("cell", name="登记任职").first).to_be_visible()
    check_page(page)


def test_a_lost_second_factor_is_taken_off_with_a_reason(as_person, site, keepers):
    page = as_person("guan.an", PASSWORD)
    page.goto(site.path(keepers["guan.an"]))
    page.get_by_label("理由").fill("手机丢失，已当面核实")
    page.get_by_role("button", name="解除").click()
    expect(page.get_by_text("已解除第二道验证")).to_be_visible()
    expect(page.get_by_role("heading", name="解除第二道验证")).to_have_count(0)


def test_a_newcomer_from_the_administrators_desk_to_a_password_of_his_own(
    as_person, visitor, site, administrator, check_page
):
    page = as_person(administrator, PASSWORD)
    page.goto(site.path("/desk/registry/people/new/"))
    page.get_by_label("姓名").fill("演示新人")
    page.get_by_label("登录名").fill("xin.ren")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_text("只显示这一次")).to_be_visible()
    check_page(page)
    temporary = page.locator("code").inner_text()
    page.get_by_role("link", name="已交给本人").click()
    expect(page.get_by_role("heading", name="演示新人", level=1)).to_be_visible()
    check_page(page)

    own = visitor("/accounts/login/")
    own.get_by_label("登录名").fill("xin.ren")
    own.get_by_label("密码").fill(temporary)
    own.get_by_role("button", name="登录").click()
    expect(own).to_have_url(re.compile("/desk/me/password/$"))
    check_page(own)
    own.get_by_label("现在的密码").fill(temporary)
    own.get_by_label("新密码", exact=True).fill("short")
    own.get_by_label("再输一次新密码").fill("short")
    own.get_by_role("button", name="修改密码").click()
    expect(own.get_by_role("alert")).to_be_visible()
    check_page(own)
    own.get_by_label("现在的密码").fill(temporary)
    own.get_by_label("新密码", exact=True).fill(PASSWORD)
    own.get_by_label("再输一次新密码").fill(PASSWORD)
    own.get_by_role("button", name="修改密码").click()
    expect(own).to_have_url(re.compile("/desk/$"))
    expect(own.get_by_text("密码已修改")).to_be_visible()


def test_the_second_factor_is_set_up_and_shown(as_person, site, administrator, check_page):
    page = as_person(administrator, PASSWORD)
    page.goto(site.path("/accounts/2fa/totp/activate/"))
    expect(page.get_by_role("heading", name="确认是您本人")).to_be_visible()
    check_page(page)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    check_page(page)
