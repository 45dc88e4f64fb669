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
from zhifa.registry.rules import BodyKind, Contact, Role
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
    host = build.body("演示区综合局", supervised_by=office)
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
        office=office, body=body, host=host, unit=unit, approved=approved, draft=draft, **people,
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
        f"bodies/{place.body}/follow-on/", f"bodies/{place.body}/merge/",
        f"bodies/{place.body}/split/", f"bodies/{place.body}/units/new/", "officers/",
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
    page.goto(site.path("/desk/registry/matrix/set/"))
    check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_what_a_merger_and_a_split_will_do_is_shown_first(
    as_person, site, place, check_page, phone
):
    page = as_person("reg-admin", PASSWORD, phone=phone)
    page.goto(site.path(f"/desk/cases/numbers/{place.body}/"))
    check_page(page)
    for kind, choose in (
        ("merge", lambda: page.get_by_label("并入哪个主体").select_option(str(place.host))),
        ("split", lambda: page.get_by_label("演示区综合局").check()),
    ):
        page.goto(site.path(f"/desk/registry/bodies/{place.body}/{kind}/"))
        choose()
        if kind == "split":
            page.get_by_label("终止，由分立出来的主体承继").check()
        page.get_by_label("承继日期").fill("2027-01-01")
        page.get_by_label("依据").fill("机构改革方案（演示）")
        page.get_by_role("button", name="下一步：核对").click()
        expect(page.get_by_role("button", name="确认登记")).to_be_visible()
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_what_a_renaming_will_do_is_shown_first(as_person, site, place, check_page, phone):
    page = as_person("reg-admin", PASSWORD, phone=phone)
    page.goto(site.path(f"/desk/registry/bodies/{place.body}/follow-on/"))
    page.get_by_label("名称", exact=True).fill("演示区市场监督管理和知识产权局")
    page.get_by_label("主体编码").fill("demo-renamed")
    page.get_by_label("变更后的第一天").fill("2027-01-01")
    page.get_by_label("依据").fill("机构改革方案（演示）")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("button", name="确认登记更名")).to_be_visible()
    expect(page.get_by_text("本年的文号接着原主体的编")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("主体编码")).to_have_value("demo-renamed")


def test_an_agency_more_in_the_matrix(as_person, site, place):
    page = as_person("reg-office", PASSWORD)
    page.goto(site.path("/desk/registry/matrix/set/?notice=2"))
    page.get_by_label("机关", exact=True).last.fill("甲局")
    page.get_by_role("button", name="再加一个机关").click()
    expect(page.get_by_label("机关", exact=True)).to_have_count(2)
    expect(page.get_by_label("机关", exact=True).last).to_have_value("")
    page.get_by_label("机关", exact=True).last.fill("乙局")
    page.get_by_label("起始日期").fill("2024-05-06")
    page.get_by_role("button", name="登记实施范围").click()
    expect(page.get_by_role("rowheader", name="乙局")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_two_people_with_one_form_open(as_person, site, place, check_page, phone):
    page = as_person("reg-admin", PASSWORD, phone=phone)
    page.goto(site.path(f"/desk/registry/bodies/{place.host}/contact/"))
    services.change_contact(
        body_id=place.host, contact=Contact(phone=f"0513-{phone:d}"), actor=SYSTEM, at=AT
    )
    page.get_by_label("地址", exact=True).fill(f"演示路{phone:d}号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("别人已经改过这里的内容")).to_be_visible()
    expect(page.get_by_label("地址", exact=True)).to_have_value(f"演示路{phone:d}号")
    check_page(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已修改")).to_be_visible()


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
