"""Documents in a browser: the file appears by itself when the worker has printed it."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.clicking import PASSWORD, with_password
from tests.rooms.cases.desk import PARTY, Desk

from zhifa.documents import selectors


@pytest.fixture(scope="module")
def desk(site) -> Desk:
    made = Desk()
    made.register(parties=[PARTY])
    return made


@pytest.fixture(scope="module")
def login(desk) -> str:
    return with_password({"handler": desk.city.handlers[0]})["handler"]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_document_is_listed_shown_and_read(as_person, site, desk, login, check_page, phone):
    page = as_person(login, PASSWORD, phone=phone)
    page.goto(site.path(f"/desk/documents/of/{desk.case_id}/"))
    page.get_by_role("link", name="案件来源登记表", exact=True).click()
    expect(page.get_by_role("link", name="打开")).to_be_visible()
    check_page(page)

    address = page.get_by_role("link", name="打开").get_attribute("href")
    answer = page.request.get(site.path(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    page.get_by_role("link", name="本案全部文书").click()
    expect(page.get_by_role("cell", name=re.compile("^(文号 )?海.*〔2026〕1号"))).to_be_visible()
    check_page(page)


def test_who_is_not_of_the_body_finds_no_document(as_person, site, desk):
    from tests import build

    logins = with_password({"stranger": build.person("演示外人")})
    page = as_person(logins["stranger"], PASSWORD)
    for path in (f"of/{desk.case_id}/", *_documents(desk)):
        assert page.goto(site.path(f"/desk/documents/{path}")).status == 404


def _documents(desk: Desk) -> list[str]:
    from zhifa import clock
    from zhifa.accounts.access import acting

    with acting(desk.city.handlers[0], on=clock.today()):
        made = selectors.documents_of(desk.case_id)
    assert made
    return [f"{made[0].id}/", f"{made[0].id}/file/"]
