"""Tables of the office into the registry and out again, against a real database."""

import hashlib
import json
import re
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from tests import build
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.accounts import selectors as accounts
from zhifa.accounts.models import Person
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.calendar import Calendar
from zhifa.law.errors import Refused
from zhifa.law.holidays import NOTICES
from zhifa.law.identifiers import BadIdentifier, check_uscc
from zhifa.registry import selectors, services, wording
from zhifa.registry.imports import columns, running
from zhifa.registry.imports.report import Outcome
from zhifa.registry.rules import Role, SuccessionKind
from zhifa.registry.sheets import writing
from zhifa.registry.sheets.model import BadSheet
from zhifa.registry.sheets.opening import open_sheets
from zhifa.registry.sheets.tables import Column, find_table

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
ON = date(2026, 11, 20)

JUSTICE = {
    "code": "demo-justice", "kind": "行政执法监督机构", "name": "演示市司法局",
    "valid_from": "2019-01-01", "legal_units": "执法监督科",
}  # fmt: skip
MARKET = {
    "kind": "行政机关", "name": "演示市市场监督管理局", "short_name": "演示市监局",
    "credit_code": "11320100MB1886843H", "region_code": "320614", "office_word": "演市监",
    "supervised_by": "演示市司法局", "valid_from": "2019-01-01",
    "handling_units": "综合执法大队、食品科", "legal_units": "法规科", "phone": "0513-82100000",
}  # fmt: skip


def table(kind, rows, form="xlsx"):
    cols = running.KINDS[kind].columns
    used = tuple(one for one in cols if one.needed or any(one.key in row for row in rows))
    return writing.csv_text(used, rows) if form == "csv" else writing.xlsx(used, rows, title="表")


def take(kind, rows, **options):
    data = rows if isinstance(rows, bytes) else table(kind, rows)
    given = {"actor": SYSTEM, "on": ON, "at": AT} | options
    return running.run(running.KINDS[kind], data, **given)


def bad(report):
    return [(line.row, one.column, one.code) for line in report.lines for one in line.bad]


def outcomes(report):
    return [line.outcome.value for line in report.lines]


@pytest.fixture
def city(db):
    report = take("bodies", [MARKET, JUSTICE])
    assert bad(report) == []
    return selectors.body_by_code("11320100MB1886843H")


def test_bodies_are_registered_with_those_above_them_first(city):
    justice = selectors.body_by_code("demo-justice")
    assert city.identity.supervised_by == justice.id
    assert city.identity.code == "11320100MB1886843H"
    assert city.contact.phone == "0513-82100000"
    assert [(one.name, one.kind.value) for one in selectors.units(city.id, ON)] == [
        ("综合执法大队", "handling"),
        ("食品科", "handling"),
        ("法规科", "legal"),
    ]
    assert city.capacity_confirmed_on is None


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({"credit_code": "913305005517544823"}, ("credit_code", "uscc.check_digit"), id="check digit"),
        pytest.param({"credit_code": "91330302l19373061U"}, ("credit_code", "uscc.letter_case"), id="l for 1"),
        pytest.param({"credit_code": "330181000040494"}, ("credit_code", "uscc.old_registration_number"), id="old number"),
        pytest.param({"credit_code": ""}, ("code", "cell.missing"), id="neither code"),
        pytest.param({"code": "编码"}, ("code", "body.code"), id="code of other characters"),
        pytest.param({"office_word": "演 市监"}, ("office_word", "body.office_word"), id="office word with a blank"),
        pytest.param({"region_code": "990614"}, ("region_code", "division.province"), id="no such province"),
        pytest.param({"name": ""}, ("name", "cell.missing"), id="no name"),
        pytest.param({"name": "12345"}, ("name", "name.no_letter"), id="a number for a name"),
        pytest.param({"name": "长" * 201}, ("name", "cell.too_long"), id="overlong"),
        pytest.param({"name": "甲\u202e乙局"}, ("name", "name.control"), id="turns the writing"),
        pytest.param({"kind": "公司"}, ("kind", "cell.not_a_choice"), id="no kind of body"),
        pytest.param({"valid_from": "2026-02-30"}, ("valid_from", "cell.no_such_day"), id="no such day"),
        pytest.param({"valid_from": ""}, ("valid_from", "cell.missing"), id="no day"),
        pytest.param({"supervised_by": "无此机构"}, ("supervised_by", "import.body_unknown"), id="unknown supervisor"),
        pytest.param({"phone": "1" * 61}, ("phone", "cell.too_long"), id="phone"),
    ],
)  # fmt: skip
def test_bad_bodies(change, found):
    report = take("bodies", [JUSTICE, MARKET | change])
    assert (3, *found) in bad(report)
    assert outcomes(report) == ["good", "bad"]
    assert report.written == 0
    assert selectors.every_body() == []


def test_rare_characters_are_names():
    report = take("bodies", [JUSTICE | {"name": "演示𬭎䶮县司法局"}])
    assert (bad(report), report.written) == ([], 1)
    assert selectors.body_by_code("demo-justice").name == "演示𬭎䶮县司法局"


def test_duplicates_in_a_file():
    report = take("bodies", [JUSTICE, MARKET, MARKET | {"code": "b", "name": "演示乙局"}])
    assert set(bad(report)) == {
        (4, "credit_code", "import.twice_in_file"),
        (4, "office_word", "import.twice_in_file"),
    }


def test_bodies_over_each_other_in_a_circle():
    one = JUSTICE | {"code": "a", "name": "演示甲局", "superior": "演示乙局"}
    two = JUSTICE | {"code": "b", "name": "演示乙局", "superior": "演示甲局"}
    report = take("bodies", [one, two])
    assert {code for _, _, code in bad(report)} == {"import.refers_in_circle"}


def test_what_is_registered_already(city):
    changed = MARKET | {"phone": "0513-1", "supervised_by": "demo-justice"}
    report = take("bodies", [JUSTICE, MARKET, changed | {"code": "x", "name": "演示丙局"}])
    assert outcomes(report) == ["same", "same", "bad"]
    report = take("bodies", [changed])
    assert [one.about for line in report.lines for one in line.bad] == ["电话"]


def test_a_clash_with_another_body(city):
    report = take("bodies", [MARKET | {"code": "other", "name": "演示丁局"}])
    assert set(bad(report)) == {
        (2, "credit_code", "import.exists_otherwise"),
        (2, "office_word", "import.exists_otherwise"),
    }


def test_half_bad_files_are_written_whole_or_not_at_all():
    rows = [JUSTICE, MARKET, MARKET | {"code": "bad", "credit_code": "1"}]
    assert take("bodies", rows).written == 0
    assert selectors.every_body() == []
    kept = take("bodies", rows, keep_good=True)
    assert (kept.written, kept.is_clean) == (2, False)
    assert len(selectors.every_body()) == 2


def test_what_was_written_is_journalled_with_the_digest_of_the_file():
    data = table("bodies", [JUSTICE, MARKET])
    take("bodies", data)
    (entry,) = journal.entries(f"import:{hashlib.sha256(data).hexdigest()}")
    assert entry.body == {"kind": "bodies", "sha256": hashlib.sha256(data).hexdigest(), "rows": 2,
                          "written": 2, "bad": 0}  # fmt: skip


def test_a_row_under_a_body_that_was_refused_is_refused_too(city):
    """The code is free, but the service finds the office word taken by a body of the same day."""
    over = {
        "code": "over",
        "kind": "行政机关",
        "name": "演示上局",
        "valid_from": "2018-01-01",
        "office_word": "演市监",
    }
    under = {
        "code": "under",
        "kind": "行政机关",
        "name": "演示下局",
        "valid_from": "2018-01-01",
        "superior": "over",
    }
    report = take("bodies", [under, over], keep_good=True)
    assert outcomes(report) == ["bad", "bad"]
    assert report.written == 0


def test_a_dry_run_finds_in_every_row_what_writing_finds():
    made = build.city()
    heir = build.body("综合执法局", supervised_by=made.supervision)
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(made.body,), successors=(heir,),
        on=date(2026, 7, 1), basis="机构改革方案", actor=SYSTEM, at=build.AT,
    )  # fmt: skip
    codes = [selectors.body(one).identity.code for one in (heir, made.body)]
    rows = [
        {"body": codes[min(place, 1)], "name": "演示甲", "login_name": f"imported{place}",
         "number": f"苏F{place:08}", "fields": "市场监管", "issued_on": "2026-08-01",
         "expires_on": "2029-01-01"}
        for place in range(7)
    ]  # fmt: skip
    for actor in (SYSTEM, made.administrator):
        checked, written = (
            take("officers", rows, actor=actor, dry_run=dry_run) for dry_run in (True, False)
        )
        assert bad(checked) == bad(written) == [(row, "", "body.ended") for row in range(3, 9)]
        assert (checked.takeable, written.written) == (1, 0)
    kept = take("officers", rows, actor=made.administrator, keep_good=True)
    assert kept.written == checked.takeable


def test_nobody_signs_in_as_who_was_imported_before_a_password_is_set(city):
    row = {"body": city.identity.code, "name": "演示乙", "login_name": "imported"}
    assert take("officers", [row]).written == 1
    person = Person.objects.get(login_name="imported")
    assert (person.has_usable_password(), person.must_change_password) == (False, True)
    new = services.reset_password(person_id=person.pk, reason="首次登录", actor=SYSTEM, at=AT)
    person.refresh_from_db()
    assert person.check_password(new)


def test_a_dry_run_writes_nothing():
    report = take("bodies", [JUSTICE, MARKET], dry_run=True)
    assert (outcomes(report), report.written) == (["good", "good"], 0)
    assert selectors.every_body() == []


def test_who_may_not_is_told_so_row_by_row(city):
    clerk = services.create_person(login_name="clerk", name="演示员", actor=SYSTEM, at=AT).id
    report = take("bodies", [JUSTICE | {"code": "new", "name": "演示戊局"}], actor=clerk)
    assert bad(report) == [(2, "", "role.missing")]
    assert len(selectors.every_body()) == 2


ANNA = {
    "body": "演示市监局", "name": "演示䶮", "unit": "综合执法大队", "number": "10060012023001",
    "fields": "市场监管", "issued_on": "2024-01-01", "expires_on": "2028-12-31",
}  # fmt: skip


def test_officers_get_a_sign_in_a_role_and_a_certificate(city):
    head = ANNA | {"name": "演示队长", "login_name": "head", "number": "", "fields": "",
                   "issued_on": "", "expires_on": "", "roles": "承办机构负责人、执法人员",
                   "qualification": "A2020", "qualified_on": "2020-03-01"}  # fmt: skip
    report = take("officers", [ANNA, head])
    assert (bad(report), report.written) == ([], 2)
    (anna, boss) = sorted(selectors.officers(city.id, on=ON), key=lambda one: one.name)
    assert (anna.name, anna.may_enforce, anna.certificate.number) == (
        "演示䶮",
        True,
        "10060012023001",
    )
    assert boss.certificate is None
    account = accounts.find_by_login("10060012023001")
    assert (account.name, account.must_change_password) == ("演示䶮", True)
    assert [
        one.name for one in selectors.people_with_role(city.id, Role.HANDLING_UNIT_HEAD, on=ON)
    ] == ["演示队长"]
    assert selectors.qualification(boss.person).number == "A2020"
    assert outcomes(take("officers", [ANNA, head])) == ["same", "same"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({"name": ""}, ("name", "cell.missing"), id="no name"),
        pytest.param({"name": "长" * 51}, ("name", "name.too_long"), id="overlong name"),
        pytest.param({"body": "无此局"}, ("body", "import.body_unknown"), id="unknown body"),
        pytest.param({"body": ""}, ("body", "import.body_missing"), id="no body"),
        pytest.param({"unit": "无此科"}, ("unit", "import.unit_unknown"), id="unknown unit"),
        pytest.param({"roles": "局座"}, ("roles", "cell.not_a_choice"), id="unknown role"),
        pytest.param({"roles": "承办机构负责人", "unit": ""}, ("unit", "import.unit_needed"), id="head of nothing"),
        pytest.param({"fields": ""}, ("fields", "import.needed_of"), id="card without field"),
        pytest.param({"expires_on": "2023-01-01"}, ("expires_on", "import.end_before_start"), id="ends first"),
        pytest.param({"login_name": "张三"}, ("login_name", "login_name.format"), id="login name"),
        pytest.param({"number": "", "login_name": ""}, ("login_name", "cell.missing"), id="neither"),
    ],
)  # fmt: skip
def test_bad_officers(city, change, found):
    report = take("officers", [ANNA | change])
    assert (2, *found) in bad(report)
    assert report.written == 0


def test_officers_that_clash_in_the_file_or_with_others(city):
    take("officers", [ANNA])
    other = ANNA | {"name": "演示乙", "login_name": "yi"}
    report = take(
        "officers", [ANNA | {"name": "演示另名"}, other, other | {"name": "演示丙", "number": "2"}]
    )
    assert bad(report) == [
        (2, "login_name", "import.person_other_name"),
        (3, "number", "import.certificate_elsewhere"),
        (4, "login_name", "import.twice_in_file"),
        (4, "login_name", "import.person_other_name"),
    ]


def test_a_new_card_renews_the_old_one(city):
    take("officers", [ANNA])
    new = ANNA | {"number": "10060012026009", "login_name": "10060012023001", "issued_on": "2026-11-01",
                  "expires_on": "2031-10-31"}  # fmt: skip
    report = take("officers", [new])
    assert (bad(report), report.written) == ([], 1)
    (officer,) = selectors.officers(city.id, on=ON)
    assert officer.certificate.number == "10060012026009"


ITEM = {
    "code": "320214001000", "name": "对经营超过保质期食品的处罚", "act_type": "行政处罚",
    "scope": "本市食品经营者", "content": "立案、调查、告知、决定", "procedure": "普通程序",
    "supervision": "监督电话 0513-82100001", "time_limit": "90日", "fee": "不收费",
    "bases": "【法律】《中华人民共和国食品安全法》第一百二十四条\n违反本法规定……", "valid_from": "2026-01-01",
}  # fmt: skip


def test_complete_items_are_good_and_incomplete_ones_drafts_that_say_why(city):
    report = take(
        "power-items", [ITEM, ITEM | {"code": "2", "scope": "", "fee": ""}], body="演示市监局"
    )
    assert outcomes(report) == ["good", "draft"]
    assert [one.about for one in report.lines[1].notes] == ["执法范围、收费情况"]
    lacking, full = selectors.every_item(city.id)
    assert full.content.missing() == ()
    assert lacking.content.missing() == ("scope", "fee")
    with pytest.raises(Refused) as refused:
        services.submit_item(item_id=lacking.id, actor=SYSTEM, at=AT)
    assert [one.code for one in refused.value.violations] == [
        "item.scope_missing",
        "item.fee_missing",
    ]


def test_a_draft_is_written_anew_a_submitted_item_is_not(city):
    take("power-items", [ITEM], body="演示市监局")
    report = take("power-items", [ITEM | {"fee": "按标准收费"}], body="演示市监局")
    assert [one.code for one in report.lines[0].notes] == ["import.draft_anew"]
    (item,) = selectors.every_item(city.id)
    assert item.content.fee == "按标准收费"
    services.submit_item(item_id=item.id, actor=SYSTEM, at=AT)
    assert bad(take("power-items", [ITEM], body="演示市监局")) == [(2, "code", "import.item_waits")]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({"act_type": "20"}, ("act_type", "import.act_type_other"), id="public service"),
        pytest.param({"act_type": ""}, ("act_type", "cell.missing"), id="no act type"),
        pytest.param({"code": ""}, ("code", "cell.missing"), id="no code"),
        pytest.param({"name": "长" * 501}, ("name", "cell.too_long"), id="overlong name"),
        pytest.param({"fee": "长" * 201}, ("fee", "cell.too_long"), id="overlong fee"),
        pytest.param({"valid_from": "今年"}, ("valid_from", "cell.day_format"), id="no day"),
    ],
)  # fmt: skip
def test_bad_items(city, change, found):
    report = take("power-items", [ITEM | change], body="演示市监局")
    assert (2, *found) in bad(report)
    assert report.written == 0


NOTICE = {
    "year": "2027",
    "number": "国办发明电〔2026〕0号",
    "issued_on": "2026-11-05",
    "source": "演示",
}
DAYS = [
    NOTICE | {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
    NOTICE
    | {
        "name": "春节",
        "first": "2027-02-05",
        "last": "2027-02-12",
        "make_up": "2027-02-14、2027-02-20",
    },
]


def test_a_notice_becomes_part_of_the_calendar():
    report = take("holidays", DAYS)
    assert (bad(report), report.written) == ([], 2)
    calendar = selectors.calendar()
    assert calendar.is_working_day(date(2027, 2, 14))
    assert not calendar.is_working_day(date(2027, 2, 8))
    assert calendar.announced(date(2027, 5, 1))
    assert outcomes(take("holidays", DAYS)) == ["same", "same"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        pytest.param({"make_up": "2027-02-15"}, ("make_up", "import.make_up_weekday"), id="a Monday"),
        pytest.param({"make_up": "2027-02-06"}, ("make_up", "import.make_up_off"), id="off and worked"),
        pytest.param({"last": "2027-02-01"}, ("last", "import.holiday_order"), id="ends first"),
        pytest.param({"first": "2028-02-05", "last": "2028-02-06"}, ("first", "import.holiday_year"), id="year"),
        pytest.param({"number": "其他"}, ("number", "import.notice_differs"), id="two numbers"),
        pytest.param({"first": "2027-01-02"}, ("last", "import.holiday_order"), id="too long"),
        pytest.param({"first": "2027-01-03", "last": "2027-01-04"}, ("first", "import.twice_in_file"), id="a day twice"),
        pytest.param({"source": ""}, ("source", "cell.missing"), id="no source"),
    ],
)  # fmt: skip
def test_bad_notices_are_held_back_whole(change, found):
    report = take("holidays", [DAYS[0], DAYS[1] | change], keep_good=True)
    assert (3, *found) in bad(report)
    assert report.written == 0
    assert (2, "", "import.notice_has_bad_rows") in bad(report) or found[
        1
    ] == "import.twice_in_file"


@needs_shared_data
@pytest.mark.parametrize("year", range(2017, 2027))
def test_our_notices_are_those_of_the_shared_data(year):
    """What we ship, row by row as exported, marks the same days as an independent table."""
    published = json.loads((SHARED_DATA / "holidays" / f"{year}.json").read_text("utf-8"))["days"]
    calendar = Calendar.of()
    assert {day["date"]: not day["isOffDay"] for day in published} == {
        day["date"]: calendar.is_working_day(date.fromisoformat(day["date"])) for day in published
    }
    (notice,) = [one for one in NOTICES if one.year == year][-1:]
    days = [day for holiday in notice.holidays for day in (*holiday.days(), *holiday.make_up)]
    assert {day.isoformat() for day in days} <= {day["date"] for day in published}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["bodies", "officers", "power-items", "holidays"])
def test_what_is_exported_imports_as_the_same(city, kind, form):
    take("officers", [ANNA | {"roles": "执法人员、法制审核人员"}])
    take("power-items", [ITEM, ITEM | {"code": "2", "fee": ""}], body="演示市监局")
    take("holidays", DAYS)
    data = running.export(running.KINDS[kind], on=ON, form=form)
    report = take(kind, data)
    assert report.lines
    assert set(outcomes(report)) == {"same"}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_makes_the_same_registry_elsewhere(form):
    """Everything exported, then taken into a city that has nothing: the exports are equal."""
    kinds = ("bodies", "officers", "power-items", "holidays")

    def exported():
        return {kind: running.export(running.KINDS[kind], on=ON, form=form) for kind in kinds}

    here = transaction.savepoint()
    take("bodies", [MARKET, JUSTICE])
    take(
        "officers",
        [
            ANNA
            | {
                "roles": "执法人员、法制审核人员",
                "qualification": "A1",
                "qualified_on": "2019-01-01",
            }
        ],
    )
    take("power-items", [ITEM, ITEM | {"code": "2", "fee": "=1+1", "bases": ""}], body="演示市监局")
    take("holidays", DAYS)
    files = exported()
    transaction.savepoint_rollback(here)
    assert selectors.every_body() == []

    for kind in kinds:
        assert bad(take(kind, files[kind])) == []
    again = exported()
    for kind in kinds:
        cols = running.KINDS[kind].columns
        assert _rows(again[kind], cols) == _rows(files[kind], cols)


def _rows(data, cols):
    return [(row.number, row.cells) for row in find_table(open_sheets(data), cols).rows()]


@needs_shared_data
def test_a_real_power_list_becomes_drafts(city):
    data = (SHARED_DATA / "power-lists" / "辽宁省政务服务事项目录-依据样本.json").read_bytes()
    report = take("power-items", data, body="演示市监局")
    assert report.count(Outcome.DRAFT) == 15
    assert bad(report) == [
        (9, "act_type", "import.act_type_other"),  # 99
        (15, "act_type", "import.act_type_other"),  # 10: other powers
        (18, "act_type", "import.act_type_other"),  # 20: public services
    ]
    assert report.unknown_columns == ("授权部门", "实施层级")
    kept = take("power-items", data, body="演示市监局", keep_good=True)
    assert kept.written == 15
    items = {one.content.code: one.content for one in selectors.every_item(city.id)}
    assert items["210973001000"].bases[0].act == "中华人民共和国专利法"
    assert items["210973001000"].bases[0].article == "第六十五条"
    assert all("supervision" in one.missing() for one in items.values())


@needs_shared_data
def test_the_empty_template_of_guangdong_is_known_by_its_columns():
    data = (SHARED_DATA / "power-lists" / "广东权责清单导入模板.xlsx").read_bytes()
    found = find_table(open_sheets(data), columns.POWER_ITEMS)
    assert list(found.rows()) == []
    assert {
        "code",
        "name",
        "act_type",
        "bases",
        "body",
        "supervision",
        "fee",
    } <= found.places.keys()


@needs_shared_data
def test_real_credit_codes_check():
    sample = SHARED_DATA / "uscc" / "统一社会信用代码-有效样本.csv"
    code = (replace(columns.BODIES[4], needed=True),)
    codes = [
        row.cells["credit_code"]
        for row in find_table(open_sheets(sample.read_bytes()), code).rows()
    ]
    rows = [
        {
            "name": f"演示单位{one}",
            "kind": "行政机关",
            "valid_from": "2020-01-01",
            "credit_code": one,
        }
        for one in codes
    ]
    assert len(rows) == 600
    assert take("bodies", rows, dry_run=True).is_clean
    exceptions = (SHARED_DATA / "uscc" / "机关和真实例外.csv").read_bytes()
    table = find_table(
        open_sheets(exceptions), (columns.BODIES[4], Column("ok", "校验位", needed=True))
    )
    found = [(row.cells["credit_code"], row.cells["ok"] == "对") for row in table.rows()]
    for code, right in found:
        if right:
            assert check_uscc(code) == code
        else:
            with pytest.raises(BadIdentifier):
                check_uscc(code)


def test_fifty_thousand_rows_stay_in_memory(city):
    short = {"name": "演示事项", "act_type": "行政处罚", "body": "演示市监局"}
    rows = (short | {"code": f"32{number:06}"} for number in range(50_000))
    data = table("power-items", list(rows))
    tracemalloc.start()
    judged = running.KINDS["power-items"].judge(
        find_table(open_sheets(data), columns.POWER_ITEMS), on=ON
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(one.line.outcome is Outcome.DRAFT for one in judged) == 50_000
    assert peak < 250 * 1024 * 1024


@pytest.mark.parametrize("kind", running.KINDS)
def test_the_template_of_a_kind_has_no_rows_and_says_how(kind):
    assert bad(take(kind, running.template(running.KINDS[kind]), dry_run=True)) == []


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(BadSheet) as caught:
        take("officers", table("holidays", DAYS))
    assert caught.value.code == "sheet.no_headings"


def test_every_code_has_words():
    codes = set(re.findall(r'"((?:import|cell|sheet)\.[a-z_0-9]+)"', _sources()))
    assert codes
    assert {code for code in codes if code not in wording.WORDS} == set()


def _sources():
    room = Path(wording.__file__).parent
    return "".join(
        path.read_text("utf-8")
        for folder in ("imports", "sheets")
        for path in (room / folder).glob("*.py")
    )
