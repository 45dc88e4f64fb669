"""A body that was merged: its publisher is told, brings the portal up to date, and the public sees who follows."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests import build
from tests.browser.clicking import PASSWORD, from_work_list, with_password

from zhifa import clock
from zhifa.config.demo.city import credit_code
from zhifa.law.actors import SYSTEM
from zhifa.registry import services
from zhifa.registry.rules import SuccessionKind

OLD, NEW = "启东区市场监督管理局", "启东区综合执法局"


@pytest.fixture(scope="module")
def city(site) -> build.City:
    return build.city("启东区", office_word="启市监", number=23)


@pytest.fixture(scope="module")
def logins(city) -> dict[str, str]:
    return with_password({"publisher": city.publisher})


def merged(city) -> None:
    """Let the body be merged into another from today on."""
    heir = build.body(
        NEW, supervised_by=city.supervision, office_word="启综执", credit_code=credit_code(24),
        region_code="320681",
    )  # fmt: skip
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(city.body,), successors=(heir,),
        on=clock.today(), basis="机构改革方案（演示）", actor=SYSTEM, at=clock.now() - timedelta(days=1),
    )  # fmt: skip


def test_a_merged_body_is_shown_as_ended(as_person, site, city, logins, visitor, check_page):
    page = as_person(logins["publisher"], PASSWORD)
    page.goto(site.path(f"/desk/disclosure/records/{city.body}/"))
    page.get_by_role("button", name="发布选中的").click()
    expect(page.get_by_text("门户与登记一致")).to_be_visible()
    merged(city)

    page.goto(site.path("/desk/"))
    expect(page.get_by_text("从已终止的主体转来 2 项")).to_be_visible()
    from_work_list(page, "该主体已终止")
    expect(page.get_by_text(f"由{NEW}承继")).to_be_visible()
    check_page(page)
    phone = as_person(logins["publisher"], PASSWORD, phone=True)
    for path in (f"/desk/disclosure/records/{city.body}/", "/desk/disclosure/"):
        phone.goto(site.path(path))
        check_page(phone)
    page.get_by_role("button", name="发布选中的").click()
    expect(page.get_by_text("项，正在送往门户")).to_be_visible()

    public = visitor("/bodies/")
    for _ in range(30):
        if public.get_by_role("heading", name="已终止的主体").count():
            break
        public.wait_for_timeout(1000)
        public.reload()
    check_page(public)
    public.get_by_role("link", name=OLD).click()
    expect(public.get_by_text("不再行使行政执法权")).to_be_visible()
    check_page(public)
