"""The registry's pages: what each person sees, may do and may not, through Django's client."""

import html
import io
import re
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import build
from tests.signing_in import sign_in

from zhifa.accounts.access import acting
from zhifa.law.actors import SYSTEM
from zhifa.registry import selectors, services
from zhifa.registry.imports import columns, running, runs
from zhifa.registry.rules import BodyKind, ItemState, Role
from zhifa.registry.scope_matrix import PILOT
from zhifa.registry.seen import seen_of
from zhifa.registry.sheets import writing
from zhifa.registry.sheets.opening import open_sheets

pytestmark = pytest.mark.django_db

OPEN = (
    "home", "bodies", "officers", "officers_expiring", "items", "matrix", "settings", "holidays", "imports",
)  # fmt: skip


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: build.AT)


@pytest.fixture
def city():
    made = build.city()
    services.set_scope_matrix(matrix=PILOT, bodies={"市监局": made.body}, actor=SYSTEM, at=build.AT)
    return made


@pytest.fixture
def as_(client):
    """Return a function that signs a person in and gives the client."""
    return partial(sign_in, client=client)


def at(name, *args):
    return reverse(f"registry:{name}", args=args)


def page(client, name, *args, **query):
    response = client.get(at(name, *args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


@pytest.mark.parametrize("who", ["handlers", "supervisor", "administrator", "leader"])
def test_open_pages_answer_everybody_who_signed_in(as_, city, who):
    person = getattr(city, who)
    desk = as_(person[0] if isinstance(person, tuple) else person)
    for name in OPEN:
        assert desk.get(at(name), follow=True).status_code == 200, name
    for name, key in (
        ("body", city.body), ("body", city.supervision), ("item", city.item),
        ("setting", "penalty.review_first"), ("template", "bodies"), ("export", "holidays"),
    ):  # fmt: skip
        assert desk.get(at(name, key)).status_code == 200, name


def test_nobody_is_led_to_the_sign_in(client, city):
    for name in OPEN:
        assert client.get(at(name)).url.startswith("/accounts/login/"), name


# Who may open which form; everybody else gets 403, or 404 where the thing itself is not for them.
FORMS = {
    "new_body": ((), {"administrator"}),
    "contact": (("body",), {"administrator"}),
    "follow_on": (("body",), {"administrator"}),
    "merge": (("body",), {"administrator"}),
    "split": (("body",), {"administrator"}),
    "add_unit": (("body",), {"administrator"}),
    "end_unit": (("body", "unit"), {"administrator"}),
    "add_deed": (("body",), {"administrator"}),
    "confirm_capacity": (("body",), {"supervisor"}),
    "new_item": (("body",), {"handler"}),
    "edit_item": (("item",), {"handler"}),
    "end_item": (("item",), {"supervisor"}),
    "approve_item": (("item",), {"supervisor"}),
    "return_item": (("item",), {"supervisor"}),
    "people": ((), {"administrator"}),
    "person": (("handler",), {"administrator"}),
    "appoint": (("handler",), {"administrator"}),
    "issue_certificate": (("handler",), {"administrator", "supervisor"}),
    "qualify": (("handler",), {"administrator", "supervisor"}),
    "choose_setting": (("key",), {"supervisor"}),
    "set_matrix": ((), {"supervisor"}),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_open_only_to_those_who_may(as_, city, name):
    given = {
        "body": city.body, "unit": city.unit, "item": city.item, "handler": city.handlers[1],
        "key": "penalty.review_first",
    }  # fmt: skip
    wanted, allowed = FORMS[name]
    address = at(name, *(given[one] for one in wanted))
    people = {
        "administrator": city.administrator, "supervisor": city.supervisor,
        "handler": city.handlers[0], "leader": city.leader,
    }  # fmt: skip
    for who, person in people.items():
        status = as_(person).get(address).status_code
        assert status == (200 if who in allowed else 403), who


def test_a_body_is_registered_changed_and_followed(as_, city):
    desk = as_(city.administrator)
    form = {"name": "演示镇综合行政执法局", "kind": "administrative_organ", "valid_from": "2026-01-01",
            "code": "demo-town", "supervised_by": str(city.supervision), "superior": ""}  # fmt: skip
    assert desk.post(at("new_body"), form).status_code == 302
    town = selectors.body_by_code("demo-town")
    change = {"phone": "0513-1", "seen": seen_of(town.contact)}
    assert desk.post(at("contact", town.id), change).status_code == 302
    assert selectors.body(town.id).contact.phone == "0513-1"
    unit = {"name": "执法中队", "kind": "handling", "valid_from": "2026-01-02"}
    assert desk.post(at("add_unit", town.id), unit).status_code == 302
    capacity = {"confirmed_on": "2026-01-05", "published_on": "2026-01-06"}
    assert as_(city.supervisor).post(at("confirm_capacity", town.id), capacity).status_code == 302
    change = form | {"change": "rename", "basis": "演示方案", "name": "演示街道综合行政执法局",
                     "code": "demo-street", "valid_from": "2026-03-01"}  # fmt: skip
    keeper = as_(city.administrator)
    assert "核对更名" in keeper.post(at("follow_on", town.id), change).content.decode()
    assert keeper.post(at("follow_on", town.id), change | {"confirmed": "1"}).status_code == 302
    street = selectors.body_by_code("demo-street")
    text = page(desk, "body", street.id)
    assert "演示镇综合行政执法局" in text
    assert "更名" in text
    assert "执法中队" in text
    assert "演示镇综合行政执法局" not in page(desk, "bodies")
    assert "演示镇综合行政执法局" in page(desk, "bodies", past="on")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"credit_code": "913305005517544823"}, "校验"),
        ({"code": "", "credit_code": ""}, "主体编码由字母"),
        ({"name": "12345"}, "至少要有一个文字"),
        ({"valid_from": "2026-02-30"}, "日期写成"),
    ],
)
def test_bad_entries_come_back_filled(as_, city, change, words):
    form = {
        "name": "演示局",
        "kind": "administrative_organ",
        "valid_from": "2026-01-01",
        "code": "x",
    }
    response = as_(city.administrator).post(at("new_body"), form | change)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert (form | change)["name"] in response.content.decode()


def test_a_person_is_appointed_and_ended(as_, city):
    desk = as_(city.administrator)
    person = build.person("演示新人")
    form = {"place": f"{city.body}:{city.unit}", "role": "case_handler", "valid_from": "2026-03-01"}
    assert desk.post(at("appoint", person), form).status_code == 302
    (held,) = selectors.appointments(person)
    assert held.role is Role.CASE_HANDLER
    again = desk.post(at("appoint", person), form)
    assert again.status_code == 422
    assert "任期重叠" in again.content.decode()
    head = desk.post(
        at("appoint", person), form | {"place": str(city.body), "role": "handling_unit_head"}
    )
    assert "哪个机构的负责人" in head.content.decode()
    end = {"valid_until": "2026-03-01", "reason": "调离"}
    assert desk.post(at("end_appointment", person, held.id), end).status_code == 302
    assert selectors.appointments(person)[0].valid_until == date(2026, 3, 1)


def test_a_certificate_from_issue_to_revocation(as_, city):
    desk = as_(city.administrator)
    person = build.appointed(Role.CASE_HANDLER, city.body)
    form = {"body": str(city.body), "number": "A1", "fields_": "市场监管", "valid_from": "2024-01-01",
            "valid_until": "2026-04-01"}  # fmt: skip
    assert desk.post(at("issue_certificate", person), form).status_code == 302
    (card,) = selectors.certificates_of(person, on=build.ON)
    assert "A1" in page(desk, "officers_expiring")
    waits = as_(person).get("/desk/").content.decode()
    assert "本人的执法证件即将到期" in waits
    desk = as_(city.administrator)
    suspend = {"valid_from": "2026-03-02", "reason": "演示"}
    assert desk.post(at("suspend_certificate", person, card.id), suspend).status_code == 302
    assert "解除暂扣" in page(desk, "officers")
    lift = {"on": "2026-03-02", "reason": "演示"}
    assert desk.post(at("lift_suspension", person, card.id), lift).status_code == 302
    renew = {"number": "A2", "valid_from": "2026-03-02", "valid_until": "2031-03-01"}
    assert desk.post(at("renew_certificate", person, card.id), renew).status_code == 302
    new = selectors.certificates_of(person, on=build.ON)[0]
    assert new.number == "A2"
    assert "A1" not in page(desk, "officers_expiring")
    revoke = {"on": "2026-03-02", "reason": "演示"}
    assert desk.post(at("revoke_certificate", person, new.id), revoke).status_code == 302
    assert desk.get(at("renew_certificate", city.handlers[0], new.id)).status_code == 404


def test_a_power_from_draft_to_approval(as_, city):
    writer, form = city.handlers[0], {
        "code": "D1", "name": "演示事项", "act_type": "penalty", "scope": "演示", "content": "演示",
        "procedure": "普通程序", "time_limit": "90日", "fee": "不收费", "valid_from": "2026-03-02",
        "bases": "【法律】《中华人民共和国广告法》第九条\n广告不得有下列情形",
    }  # fmt: skip
    desk = as_(writer)
    assert desk.post(at("new_item", city.body), form).status_code == 302
    item = next(one for one in selectors.every_item(city.body) if one.content.code == "D1")
    text = page(desk, "item", item.id)
    assert "监督方式没有填写" in text
    assert "报送审核" not in text
    assert desk.post(at("submit_item", item.id)).status_code == 409
    change = form | {"supervision": "电话", "seen": seen_of(item.content)}
    assert desk.post(at("edit_item", item.id), change).status_code == 302
    assert desk.post(at("submit_item", item.id)).status_code == 302
    outsider = build.person("演示外人")
    assert as_(outsider).get(at("item", item.id)).status_code == 404
    assert "演示事项" not in page(as_(outsider), "items")
    office = as_(city.supervisor)
    assert "审核报送的权力事项（1 项）" in office.get("/desk/").content.decode()
    assert "演示事项" in page(office, "items_of", city.body, "submitted")
    assert office.post(at("return_item", item.id), {"remark": "补充依据"}).status_code == 302
    assert "权力事项被退回" in as_(writer).get("/desk/").content.decode()
    assert "补充依据" in page(as_(writer), "item", item.id)
    assert as_(writer).post(at("submit_item", item.id)).status_code == 302
    read = {"remark": "", "seen": seen_of(selectors.power_item(item.id).content)}
    assert as_(writer).post(at("approve_item", item.id), read).status_code == 403
    assert as_(city.supervisor).post(at("approve_item", item.id), read).status_code == 302
    assert selectors.power_item(item.id).state is ItemState.APPROVED
    assert "演示事项" in page(as_(outsider), "items", q="演示事项")


def test_the_scope_matrix_of_a_day_and_who_must(as_, city):
    desk = as_(city.leader)
    text = page(desk, "matrix", on="2017-06-01", act_type="fee")
    assert "公安局、人社局、民政局（3 个）" in text
    now, _, history = text.partition("历次范围")
    assert now.count("<tr>") == 17  # headings, all agencies, and fifteen of the notice
    assert history.count("<tr>") == 2
    assert "没有登记实施范围" in page(desk, "matrix", on="2016-01-01")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("penalty.review_first", "yes", "是"),
        ("penalty.major_person_fen", "5,000.00", "5,000.00 元"),
        ("penalty.field", "samr", "市场监督管理"),
    ],
)
def test_settings_are_chosen_from_a_day_on(as_, city, key, value, words):
    office = as_(city.supervisor)
    form = {"value": value, "valid_from": "2026-03-02", "basis": "演示文件", "mark": "policy"}
    assert office.post(at("choose_setting", key), form).status_code == 302
    assert words in page(office, "setting", key)
    assert words in page(office, "settings")


def test_a_setting_that_loosens_the_law_is_refused(as_, city):
    form = {"value": "no", "valid_from": "2026-03-02", "basis": "演示", "mark": "policy"}
    response = as_(city.supervisor).post(at("choose_setting", "penalty.discuss_major"), form)
    assert response.status_code == 409
    assert as_(city.supervisor).get(at("setting", "no.such")).status_code == 404


def test_the_years_of_the_calendar(as_, city):
    text = page(as_(city.leader), "holidays")
    assert "国办发明电〔2025〕7号" in text
    assert "暂定" in text
    assert "2020-01-24" in page(as_(city.leader), "holidays", year="2020")


def bodies_file(*rows):
    used = columns.BODIES[:10]
    return SimpleUploadedFile("主体.xlsx", writing.xlsx(used, rows, title="主体"))


GOOD = {"code": "demo-a", "kind": "行政机关", "name": "演示甲局", "valid_from": "2026-01-01"}
BAD = {"code": "demo-b", "kind": "行政机关", "name": "演示乙局", "valid_from": "昨天"}


def brought(client, city, *rows):
    good = [row | {"supervised_by": selectors.body(city.supervision).identity.code} for row in rows]
    response = client.post(
        at("imports"), {"kind": "bodies", "file": bodies_file(*good), "body": ""}
    )
    assert response.status_code == 302
    return UUID(response.url.rstrip("/").rpartition("/")[2])


def test_a_table_is_checked_confirmed_and_written(as_, city):
    desk = as_(city.administrator)
    run = brought(desk, city, GOOD)
    assert len(selectors.every_body()) == 2
    assert "全部导入（1 行）" in page(desk, "import", run)
    assert "表格已经检查，请确认导入" in desk.get("/desk/").content.decode()
    assert desk.post(at("confirm_import", run)).status_code == 302
    assert selectors.body_by_code("demo-a").name == "演示甲局"
    assert "已导入" in page(desk, "import", run)
    assert desk.post(at("confirm_import", run)).status_code == 409
    report = desk.get(at("import_report", run))
    ((_, heads), *lines) = open_sheets(report.content)[0].rows()
    assert heads[:3] == ["行号", "内容", "结果"]
    assert len(lines) == 1


def test_a_half_bad_table_is_written_whole_or_without_its_bad_rows(as_, city):
    desk = as_(city.administrator)
    run = brought(desk, city, GOOD, BAD)
    text = page(desk, "import", run)
    assert "日期应写成 2026-01-02（昨天）" in text
    assert "全部导入（" not in text
    assert desk.post(at("confirm_import", run)).status_code == 302
    assert len(selectors.every_body()) == 2
    assert desk.post(at("confirm_import", run), {"keep_good": "1"}).status_code == 302
    assert selectors.body_by_code("demo-a").name == "演示甲局"
    assert "演示甲局" not in page(desk, "import", run, only="bad")


def test_a_table_can_be_given_up_and_is_nobody_elses(as_, city):
    run = brought(as_(city.administrator), city, GOOD)
    assert as_(city.supervisor).get(at("import", run)).status_code == 404
    assert as_(city.supervisor).post(at("confirm_import", run)).status_code == 404
    desk = as_(city.administrator)
    assert desk.post(at("give_up_import", run)).status_code == 302
    assert "已放弃" in page(desk, "imports")
    assert len(selectors.every_body()) == 2


def test_who_may_not_import_is_told_so_before_anything_is_written(as_, city):
    run = brought(as_(city.handlers[0]), city, GOOD)
    assert "有相应职务" in page(as_(city.handlers[0]), "import", run)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7", "不是表格文件"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "另存为 xlsx"),
        (b"a,b\n1,2\n", "没有找到表头"),
    ],
)  # fmt: skip
def test_files_that_are_no_table_say_so(as_, city, content, words):
    desk = as_(city.administrator)
    file = SimpleUploadedFile("表.xls", content)
    response = desk.post(at("imports"), {"kind": "bodies", "file": file, "body": ""}, follow=True)
    assert words in response.content.decode()


def test_a_long_table_is_left_to_a_job(as_, city, monkeypatch):
    monkeypatch.setattr("zhifa.registry.imports.runs._AT_ONCE_BYTES", 10)
    desk = as_(city.administrator)
    run = brought(desk, city, GOOD)
    text = page(desk, "import", run)
    assert "正在检查" in text
    assert 'hx-trigger="every 2s"' in text
    part = desk.get(at("import", run), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    with acting(city.administrator, on=build.ON):
        runs.work(run, at=build.AT)
        runs.work(run, at=build.AT)  # a job may run twice
    done = desk.get(at("import", run), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert "全部导入（1 行）" in page(desk, "import", run)


def names_of(answer, column=1):
    assert answer.status_code == 200
    return {row[column] for _, row in list(open_sheets(answer.content)[0].rows())[1:]}


def export_of(page):
    """Return where the export button of a list leads."""
    return html.unescape(re.search(r'href="(/desk/registry/imports/export/[^"]+)"', page)[1])


def test_an_export_is_of_the_list_as_it_is_narrowed(as_, city):
    for code, name in (("A-1", "对甲的处罚"), ("A-2", "对乙的处罚")):
        services.define_item(
            body_id=city.body,
            content=build.item_content(code, name=name),
            actor=SYSTEM,
            at=build.AT,
        )
    other = build.city("通州区", office_word="通市监", number=2)
    services.define_item(
        body_id=other.body, content=build.item_content("A-1"), actor=SYSTEM, at=build.AT
    )
    desk = as_(city.handlers[0])

    def exported(name, **query):
        return names_of(desk.get(export_of(desk.get(at(name), query).content.decode())))

    assert {"A-1", "A-2"} <= exported("items", body=str(city.body))
    assert exported("items", body=str(city.body), q="a-2", page="7") == {"A-2"}
    assert exported("items", q="乙的") == {"A-2"}
    assert exported("items", act_type="inspection") == set()
    assert exported("items", state="draft") == {"A-1", "A-2"}
    assert exported("items", state="submitted") == set()
    preset = desk.get(reverse("registry:items_of", args=[city.body, "draft"])).content.decode()
    assert names_of(desk.get(export_of(preset))) == {"A-1", "A-2"}
    assert f"body={city.body}&state=draft" in export_of(preset)

    everybody = names_of(desk.get(at("export", "bodies")), column=2)
    assert exported_bodies(desk, q="通州") < everybody
    assert exported_bodies(desk, kind="supervision_body") == {"海门区司法局", "通州区司法局"}


def exported_bodies(desk, **query):
    return names_of(desk.get(export_of(desk.get(at("bodies"), query).content.decode())), column=2)


def test_the_officers_that_are_sent_are_those_of_the_list(as_, city):
    desk = as_(city.administrator)
    soon = build.appointed(Role.CASE_HANDLER, city.body, who=build.person("演示即到期"))
    build.certificate(soon, city.body, valid_until=build.ON + timedelta(days=20))

    def exported(name, **query):
        page = desk.get(at(name), query).content.decode()
        return names_of(desk.get(export_of(page)))

    assert exported("officers_expiring") == {"演示即到期"}
    assert exported("officers", q="即到期") == {"演示即到期"}
    assert len(exported("officers")) > 1
    assert exported("officers", body=str(city.supervision), only="soon") == set()


def test_the_next_page_is_of_the_same_list(as_, city, monkeypatch):
    monkeypatch.setattr("zhifa.registry.listing.PAGE_ROWS", 1)
    for number in range(3):
        services.define_item(
            body_id=city.body, content=build.item_content(f"P-{number}"), actor=SYSTEM, at=build.AT
        )
        soon = build.appointed(Role.CASE_HANDLER, city.body, who=build.person(f"演示{number}"))
        build.certificate(soon, city.body, valid_until=build.ON + timedelta(days=20))
    item = services.define_item(
        body_id=city.body, content=build.item_content("Q-1"), actor=SYSTEM, at=build.AT
    )
    services.submit_item(item_id=item, actor=SYSTEM, at=build.AT)
    desk = as_(city.handlers[0])
    drafts = reverse("registry:items_of", args=[city.body, "draft"])
    for place, count in ((drafts, 3), (at("officers_expiring"), 3)):
        page = desk.get(place).content.decode()
        assert f"共 {count} 条" in page
        following = html.unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
        second = desk.get(place + following).content.decode()
        assert f"共 {count} 条，第 2 / {count} 页" in second
    wider = desk.get(drafts, {"body": str(city.body), "state": "", "q": ""}).content.decode()
    assert "共 3 条" not in wider  # chosen on the form, everything is everything


def test_exports_leave_out_what_is_not_for_the_reader(as_, city):
    services.define_item(
        body_id=city.body, content=build.item_content("DRAFT-1"), actor=SYSTEM, at=build.AT
    )
    outsider = build.person("演示外人")
    exported = {
        who: as_(person).get(at("export", "power-items")).content
        for who, person in (("member", city.handlers[0]), ("outsider", outsider))
    }
    codes = {
        who: {row[1] for _, row in open_sheets(data)[0].rows()} for who, data in exported.items()
    }
    assert "DRAFT-1" in codes["member"]
    assert "DRAFT-1" not in codes["outsider"]
    assert as_(outsider).get(at("export", "officers")).status_code == 403
    assert as_(city.administrator).get(at("export", "officers")).status_code == 200
    other = build.city("通州区", office_word="通市监", number=2)
    for keeper in (other.administrator, other.supervisor):
        data = as_(keeper).get(at("export", "officers")).content
        names = {row[0] for _, row in open_sheets(data)[0].rows()}
        assert selectors.body(other.body).identity.code in names
        assert selectors.body(city.body).identity.code not in names
    assert as_(outsider).get(at("export", "nothing")).status_code == 404


def test_an_entrusted_body_works_by_deed(as_, city):
    desk = as_(city.administrator)
    station = build.body("演示监督所", kind=BodyKind.ENTRUSTED_ORGANIZATION)
    deed = {"entrusted": str(station), "number": "委1号", "matters": "演示", "scope": "演示",
            "valid_from": "2026-01-01", "valid_until": "2027-12-31"}  # fmt: skip
    assert desk.post(at("add_deed", city.body), deed).status_code == 302
    assert "未公布，不生效" in page(desk, "body", city.body)
    (made,) = selectors.deeds(city.body)
    published = {"published_on": "2026-01-10"}
    assert desk.post(at("publish_deed", city.body, made.id), published).status_code == 302
    assert (
        desk.post(
            at("end_deed", city.body, made.id), {"valid_until": "2026-12-31", "reason": "演示"}
        ).status_code
        == 302
    )
    assert (
        desk.post(
            at("end_unit", city.body, city.unit), {"valid_until": "2026-12-31", "reason": "演示"}
        ).status_code
        == 302
    )


@pytest.mark.parametrize("kind", running.KINDS)
def test_templates_are_empty_tables(as_, city, kind):
    response = as_(city.leader).get(at("template", kind))
    assert response["Content-Type"].endswith("sheet")
    assert io.BytesIO(response.content).read(2) == b"PK"
