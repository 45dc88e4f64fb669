"""An item of evidence in a browser: the picture is looked at, the original goes out, it is set aside."""

import pytest
from playwright.sync_api import expect
from tests.browser.clicking import PASSWORD, sign_ins
from tests.browser.test_case import under_investigation
from tests.rooms.cases.desk import Desk


@pytest.fixture(scope="module")
def desk(site) -> Desk:
    made = Desk()
    under_investigation(made)
    return made


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_item_from_the_case_to_its_chain(as_person, site, desk, check_page, phone):
    page = as_person(sign_ins(desk.city)["handler"], PASSWORD, phone=phone)
    page.goto(site.path(desk.url("detail")))
    page.get_by_role("link", name="现场照片" if phone else "广告照片", exact=False).first.click()
    chain = page.get_by_role("region", name="保管记录")
    expect(chain.get_by_role("row")).to_have_count(2)
    check_page(page)

    page.get_by_text("显示照片").click()
    expect(page.locator(".case-preview img")).to_have_js_property("naturalWidth", 64)
    page.get_by_label("交给谁、由谁交还").fill("演示检测中心")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("请写明用途")).to_be_visible()
    page.get_by_label("用途").fill("送检")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("已登记到保管记录")).to_be_visible()
    expect(chain).to_contain_text("调阅")
    expect(chain).to_contain_text("演示检测中心")

    page.get_by_text("排除这件证据").click()
    page.get_by_label("排除的理由").fill("取证程序违法")
    check_page(page)
    page.get_by_role("button", name="排除", exact=True).click()
    expect(page.get_by_text("已排除").first).to_be_visible()
    expect(page.get_by_text("不得作为认定案件事实的根据")).to_be_visible()
