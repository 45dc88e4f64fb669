"""The registry in the browser: every page on desk and phone, and a table brought by a person who leaves and returns."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from tests import build

from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Conflict
from zhifa.registry import services
from zhifa.registry.imports import columns
from zhifa.registry.rules import BodyKind, Role
from zhifa.registry.scope_matrix import MATRICES
from zhifa.registry.sheets import writing

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
PASSWORD = "demo-Zhifa-2026"


@pytest.fixture(scope="module")
def place(site) -> SimpleNamespace:
    """Return a small city of its own, and who keeps, writes and judges in it."""
    office = build.body("演示区司法局", kind=BodyKind.SUPERVISION_BODY)
    body = build.body("演示区市场监督管理局", supervised_by=office, office_word="演区监")
    unit = build.unit(body)
    people = {}
    for login, role, where in (
        ("reg-admin", Role.SYSTEM_ADMINISTRATOR, office),
        ("reg-office", Role.SUPERVISOR, office),
        ("reg-officer", Role.CASE_HANDLER, body),
    ):
        people[login] = services.create_person(
            login_name=login, name=f"演示{login[-3:]}", actor=SYSTEM, at=AT, is_demo=True,
            demo_password=PASSWORD,
        ).id  # fmt: skip
        build.appointed(role, where, who=people[login])
    build.certificate(people["reg-officer"], body, valid_until=date(2026, 12, 20))
    build.appointed(Role.CASE_HANDLER, body)  # without a card
    build.appointed(Role.LEGAL_REVIEWER, body)  # without a qualification
    approved = build.approved_item(
        body, writer=people["reg-officer"], supervisor=people["reg-office"], code="DEMO-1"
    )
    draft = services.define_item(
        body_id=body, content=build.item_content("DEMO-2", scope="", bases=()),
        actor=people["reg-officer"], at=AT,
    )  # fmt: skip
    for matrix in MATRICES:
        try:
            services.set_scope_matrix(matrix=matrix, bodies={}, actor=SYSTEM, at=AT)
        except Conflict:
            break  # another module of this run has set it
    return SimpleNamespace(
        office=office, body=body, unit=unit, approved=approved, draft=draft, **people,
        officer=people["reg-officer"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Return a function that writes a table of bodies."""

    def write(*rows):
        path = tmp_path_factory.mktemp("tables") / "演示主体.xlsx"
        path.write_bytes(writing.xlsx(columns.BODIES, rows, title="主体"))
        return path

    return write


ROW = {"kind": "行政机关", "valid_from": "2026-01-01", "supervised_by": "演示区司法局"}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_page_of_the_administrator(as_person, site, place, check_page, phone):
    page = as_person("reg-admin", PASSWORD, phone=phone)
    for path in (
        "bodies/", f"bodies/{place.body}/", "bodies/new/", f"bodies/{place.body}/contact/",
        f"bodies/{place.body}/follow-on/", f"bodies/{place.body}/units/new/", "officers/",
        "officers/expiring/", "items/", f"items/{place.approved}/", "matrix/?on=2017-06-01&act_type=fee",
        "settings/", "settings/penalty.review_first/", "holidays/", "imports/", "people/",
        f"people/{place.officer}/", f"people/{place.officer}/appoint/",
        f"people/{place.officer}/certificates/new/",
    ):  # fmt: skip
        page.goto(site.path(f"/desk/registry/{path}"))
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_pages_of_powers(as_person, site, place, check_page, phone):
    page = as_person("reg-officer", PASSWORD, phone=phone)
    for path in (
        f"items/{place.draft}/",
        f"items/{place.draft}/edit/",
        f"bodies/{place.body}/items/new/",
    ):
        page.goto(site.path(f"/desk/registry/{path}"))
        check_page(page)
    page = as_person("reg-office", PASSWORD, phone=phone)
    page.goto(site.path("/desk/registry/settings/penalty.major_kinds/choose/"))
    check_page(page)
    page.goto(site.path("/desk/registry/officers/"))
    expect(page.get_by_role("heading", name="法制审核人员的资格")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="登记证件").first.click()
    check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_half_bad_table_is_reported_row_by_row(as_person, site, place, check_page, table, phone):
    page = as_person("reg-admin", PASSWORD, phone=phone)
    page.goto(site.path("/desk/registry/imports/?kind=bodies"))
    good = ROW | {"code": f"br-{phone}", "name": "演示𬭎䶮镇执法局"}
    page.get_by_label("文件").set_input_files(table(good, ROW | {"code": "br-2", "name": ""}))
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("必填，这里是空的")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="只导入没有错的 1 行").click()
    expect(page.get_by_text("已写入 1 行")).to_be_visible()
    check_page(page)


def test_a_long_table_is_written_by_a_job_and_found_again(as_person, site, place, table):
    page = as_person("reg-admin", PASSWORD)
    page.goto(site.path("/desk/registry/imports/?kind=bodies"))
    rows = [
        ROW | {"code": f"long-{n}", "name": f"演示第{n}执法中队", "address": "演示路" * 60}
        for n in range(400)
    ]
    page.get_by_label("文件").set_input_files(table(*rows))
    page.get_by_role("button", name="检查").click()
    confirm = page.get_by_role("button", name="全部导入（400 行）")
    confirm.wait_for(timeout=60_000)
    confirm.click()
    page.goto(site.path("/desk/registry/imports/"))
    page.get_by_role("link", name="演示主体.xlsx").first.click()
    page.get_by_text("已写入 400 行").wait_for(timeout=60_000)
    page.goto(site.path("/desk/registry/bodies/?q=long-399"))
    expect(page.get_by_role("link", name="演示第399执法中队")).to_be_visible()
