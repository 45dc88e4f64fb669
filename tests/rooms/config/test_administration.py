"""The log of administration: everything that was done outside of cases, for the audit administrator (管理日志)."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import build
from tests.rooms.cases.work import casework, small, told
from tests.signing_in import sign_in

from zhifa.accounts import entries as people_entries
from zhifa.accounts.models import Person
from zhifa.config import administration
from zhifa.config.demo import stories
from zhifa.config.wording import ENTRIES
from zhifa.disclosure.entries import POLICY_CHOSEN
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import Denied
from zhifa.registry import entries as registry_entries
from zhifa.registry import services
from zhifa.registry.rules import BodyKind, Contact, Mark, Role, SuccessionKind

pytestmark = pytest.mark.django_db
AT = build.AT
PLACE = "/desk/administration/"


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: AT)


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def audit(city):
    return build.appointed(Role.AUDIT_ADMINISTRATOR, city.supervision)


def lines(audit, **narrowed):
    """Return every line, whatever page it stands on."""
    found, number = [], 0
    while True:
        number += 1
        page = administration.log(audit, on=build.ON, page=number, **narrowed)
        found += page.rows
        if not page.has_next:
            return found


def test_every_kind_of_entry_about_people_and_registry_has_words():
    kinds = {
        value
        for module in (people_entries, registry_entries)
        for value in vars(module).values()
        if isinstance(value, str) and re.fullmatch(r"(?!zhifa)[a-z]+(\.[a-z_]+)+", value)
    }

    assert len(kinds) > 30
    assert kinds | {POLICY_CHOSEN} == set(ENTRIES)


def test_what_was_done_is_told_in_words_the_newest_first(city, audit):
    person = city.handlers[0]
    security = build.appointed(Role.SECURITY_ADMINISTRATOR, city.supervision)
    services.deactivate_person(person_id=person, reason="调离", actor=city.administrator, at=AT)
    services.set_setting(
        key="penalty.major_person_fen", value=500_000, body_id=None, valid_from=build.ON,
        basis="演示文件", mark=Mark.POLICY, actor=city.supervisor, at=AT,
    )  # fmt: skip

    first, second, third = lines(audit)[:3]
    assert (first.what, first.about, first.details) == (
        "选择设置", "重大处罚标准：公民罚款金额", "5,000.00 元；全市；自 2026-03-02 起；演示文件",
    )  # fmt: skip
    assert (second.what, second.details) == ("停用用户", "调离")
    assert second.href == f"/desk/registry/people/{person}/"
    assert (third.what, third.who) == ("登记任职", "平台")
    assert third.details == "海门区司法局 安全管理员；自 2024-01-01 起"
    assert third.href == f"/desk/registry/people/{security}/"


def test_every_act_of_the_registry_is_told_with_what_it_says(city, audit):
    body, handler = city.body, city.handlers[0]
    services.change_contact(body_id=body, contact=Contact(phone="0513-1"), actor=SYSTEM, at=AT)
    unit = build.unit(body, "食品科")
    services.end_unit(unit_id=unit, valid_until=build.ON, reason="撤并", actor=SYSTEM, at=AT)
    helper = build.body("演示辅助中心", kind=BodyKind.ENTRUSTED_ORGANIZATION)
    deed = services.add_deed(
        entrusting=body, entrusted=helper, number="委1号", matters="市容巡查", scope="全区",
        valid_from=date(2026, 1, 1), valid_until=date(2028, 12, 31), actor=SYSTEM, at=AT,
    )  # fmt: skip
    services.publish_deed(deed_id=deed, published_on=build.ON, actor=SYSTEM, at=AT)
    card = build.certificate(build.appointed(Role.CASE_HANDLER, body), body)
    services.suspend_certificate(
        certificate_id=card, valid_from=build.ON, reason="调查", actor=SYSTEM, at=AT
    )
    services.lift_suspension(certificate_id=card, last=build.ON, reason="查清", actor=SYSTEM, at=AT)
    services.renew_certificate(
        certificate_id=card, valid_from=build.ON, valid_until=date(2031, 3, 1), actor=SYSTEM, at=AT
    )
    services.end_item(
        item_id=city.item, valid_until=build.ON, reason="修法", actor=city.supervisor, at=AT
    )
    services.define_item(
        body_id=body, content=build.item_content("D-1", name="演示草稿"), actor=handler, at=AT
    )
    told_of = {line.what: line for line in reversed(lines(audit))}

    assert told_of["终止内设机构"].details == "最后一天 2026-03-02；撤并"
    assert told_of["登记委托书"].details == "委1号，委托演示辅助中心；2026-01-01 至 2028-12-31"
    assert told_of["公布委托书"].details == "2026-03-02 公布"
    assert told_of["暂扣执法证件"].details == "2026-03-02；调查"
    assert "换证" in next(line.details for line in lines(audit) if line.what == "登记执法证件")
    assert told_of["终止权力事项"].details == "最后一天 2026-03-02；修法"
    assert told_of["终止权力事项"].href == f"/desk/registry/items/{city.item}/"
    draft = next(line for line in lines(audit) if line.about == "D-1 演示草稿")
    assert draft.href == ""  # not approved: read in its body alone
    assert told_of["修改主体的联系方式"].href == f"/desk/registry/bodies/{body}/"
    assert told_of["登记法制审核人员资格"].details == "证书号 A20183206840001"
    assert told_of["确认主体资格"].details == "2024-01-01 确认；2024-01-01 公告"


def test_what_follows_from_a_change_of_bodies_is_told(city, audit):
    new = build.body("海门区综合行政执法局", supervised_by=city.supervision, valid_from=build.ON)
    other = build.body("海门区演示局", supervised_by=city.supervision)
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(other,), successors=(new,), on=build.ON,
        basis="改革方案", predecessors_end=True, actor=SYSTEM, at=AT,
    )  # fmt: skip

    line = next(line for line in lines(audit) if line.what == "登记主体变更")
    assert line.details == ("合并；海门区演示局 → 海门区综合行政执法局，自 2026-03-02 起；改革方案")


def test_other_cities_and_cases_stay_out(city, audit):
    abroad = build.city("通州区", office_word="通市监", number=2)
    services.deactivate_person(
        person_id=abroad.handlers[0], reason="别的城市", actor=abroad.administrator, at=AT
    )
    work = told(casework(city, small()), stories.to_verified)
    free = build.person("演示无职")

    found = lines(audit)
    assert not [line for line in found if "通州" in line.about + line.details]
    assert "别的城市" not in {line.details for line in found}
    assert {line.what for line in found} <= set(ENTRIES.values())
    assert not [line for line in found if work.number in line.details + line.about]
    assert [line.about for line in found if str(free) in line.href] == ["演示无职"]


def test_the_list_is_narrowed_by_who_by_kind_and_by_day(city, audit):
    services.reset_password(
        person_id=city.handlers[0],
        reason="忘记密码",
        actor=city.administrator,
        at=AT + timedelta(days=1),
    )
    Person.objects.filter(pk=city.administrator).update(name="演示管理")

    assert {line.what for line in lines(audit, who="演示管理")} == {"重置密码"}
    assert lines(audit, who="查无此人") == []
    assert {line.what for line in lines(audit, kind="officer.appointed")} == {"登记任职"}
    assert [line.what for line in lines(audit, day=date(2026, 3, 3))] == ["重置密码"]
    assert "重置密码" not in {line.what for line in lines(audit, day=date(2026, 3, 2))}
    assert lines(audit, day=date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    "address",
    [
        "/desk/administration/?day=9999-12-31", "/desk/administration/?day=0001-01-01",
        "/desk/administration/?page=" + "9" * 4400, "/desk/registry/holidays/?year=" + "9" * 4400,
        "/desk/registry/matrix/?on=0001-01-01", "/desk/registry/bodies/?page=" + "9" * 4400,
    ],
    ids=lambda address: address[:40],
)  # fmt: skip
def test_what_no_calendar_and_no_list_has_is_answered(audit, address):
    assert sign_in(audit).get(address).status_code == 200


def test_it_is_for_the_audit_administrator_alone_and_only_read(city, audit):
    security = build.appointed(Role.SECURITY_ADMINISTRATOR, city.supervision)
    for person in (city.administrator, security, city.supervisor, city.leader):
        with pytest.raises(Denied, match=r"role\.missing"):
            administration.log(person, on=build.ON, page=1)
        assert PLACE not in sign_in(person).get("/desk/").content.decode()
    desk = sign_in(audit)
    assert PLACE in desk.get("/desk/").content.decode()
    page = desk.get(PLACE).content.decode()
    assert "登记任职" in page
    assert "person." not in re.sub(r"<[^>]+>", "", page)
    assert desk.post(PLACE, {"reason": "x"}).status_code == 405
    assert "没有符合条件的记录" in desk.get(PLACE, {"who": "查无此人"}).content.decode()
    for odd in ({"page": "999"}, {"page": "x"}, {"day": "x"}, {"kind": "case.step_taken"},
                {"who": "\0"}):  # fmt: skip
        assert desk.get(PLACE, odd).status_code == 200, odd


def test_it_takes_as_many_queries_however_much_was_done(city, audit):
    with CaptureQueriesContext(connection) as few:
        administration.log(audit, on=build.ON, page=1)
    for _ in range(20):
        build.officer(city.body)
    with CaptureQueriesContext(connection) as many:
        page = administration.log(audit, on=build.ON, page=1, kind="person.created")

    assert len(page.rows) > 20
    assert len(few) == len(many) == 13
