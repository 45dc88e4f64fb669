"""Bodies merge and split: what goes over, what ends, what is refused, and the pages that record it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests import build
from tests.signing_in import sign_in

from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound
from zhifa.registry import selectors, services
from zhifa.registry.rules import BodyKind, Identity, Mark, Role, SuccessionKind

pytestmark = pytest.mark.django_db
AT, SINCE = build.AT, build.SINCE
NEXT, LAST = date(2026, 7, 1), date(2026, 6, 30)
MERGE, SPLIT = SuccessionKind.MERGE, SuccessionKind.SPLIT


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: AT)


@pytest.fixture
def city():
    return build.city()


def succeed(kind, predecessors, successors, *, actor=SYSTEM, on=NEXT, basis="机构改革方案", **more):
    services.succeed(
        kind=kind, predecessors=predecessors, successors=successors, on=on, basis=basis, actor=actor,
        at=AT, **more,
    )  # fmt: skip


def offices(body, on):
    return {(one.person, one.role, one.unit_name) for one in selectors.staff(body, on=on)}


def test_what_a_merged_body_has_goes_over(city):
    new = build.body("市场监督管理局（新）", valid_from=NEXT, supervised_by=city.supervision)
    before = offices(city.body, LAST)
    succeed(MERGE, (city.body, build.body("物价局")), (new,))

    assert offices(new, NEXT) == before
    assert offices(city.body, NEXT) == set()
    assert [one.name for one in selectors.units(new, NEXT)] == ["综合执法大队"]
    assert selectors.units(city.body, NEXT) == []
    (item,) = selectors.power_items(new, on=NEXT)
    assert item.content == replace(selectors.power_item(city.item).content, valid_from=NEXT)
    assert selectors.power_items(city.body, on=NEXT) == []


def test_what_the_absorbing_body_has_already_is_not_opened_twice(city):
    host = build.body("综合执法局", supervised_by=city.supervision)
    unit = build.unit(host)  # of the same name
    both = city.handlers[0]
    build.appointed(Role.CASE_HANDLER, host, who=both, unit_id=unit)
    build.approved_item(host, writer=both, supervisor=city.supervisor)
    succeed(MERGE, (city.body,), (host,))

    assert [one.id for one in selectors.units(host, NEXT)] == [unit]
    mine = [one for one in selectors.staff(host, on=NEXT) if one.person == both]
    assert [(one.role, one.unit) for one in mine] == [(Role.CASE_HANDLER, unit)]
    assert city.unit_head in {one.person for one in selectors.staff(host, on=NEXT)}
    (item,) = selectors.power_items(host, on=NEXT)
    assert item.content.valid_from == SINCE
    assert selectors.power_item(city.item).valid_until == LAST
    assert journal.entries(f"item:{city.item}")[-1].kind == "item.ended"


def test_what_a_split_body_has_ends_with_it(city):
    parts = tuple(build.body(name, valid_from=NEXT) for name in ("市监局", "知识产权局"))
    succeed(SPLIT, (city.body,), parts)

    assert selectors.body(city.body).valid_until == LAST
    assert offices(city.body, LAST)
    assert offices(city.body, NEXT) == set()
    assert selectors.units(city.body, NEXT) == []
    assert selectors.power_items(city.body, on=NEXT) == []
    assert [entry.kind for entry in journal.entries(f"body:{city.body}")][-2:] == [
        "body.unit_ended", "body.succeeded",
    ]  # fmt: skip


def test_a_body_that_goes_on_beside_the_new_one_keeps_everything(city):
    new = build.body("城管局", valid_from=NEXT)
    before = offices(city.body, NEXT)
    succeed(SPLIT, (city.body,), (new,), predecessors_end=False)

    assert selectors.body(city.body).valid_until is None
    assert offices(city.body, NEXT) == before
    assert selectors.followed(new, on=NEXT) == []


def test_a_split_supervision_body_leaves_nobody_without_one(city):
    court, justice = (
        build.body(name, kind=kind, valid_from=NEXT)
        for name, kind in (
            ("法律援助中心", BodyKind.AUTHORIZED_ORGANIZATION), ("司法局", BodyKind.SUPERVISION_BODY),
        )
    )  # fmt: skip
    with pytest.raises(BadValue, match=r"succession\.oversees"):
        succeed(SPLIT, (city.supervision,), (court,))
    succeed(SPLIT, (city.supervision,), (court, justice))

    assert selectors.body(city.body).identity.supervised_by == justice
    (administrator,) = selectors.people_with_role(justice, Role.SYSTEM_ADMINISTRATOR, on=NEXT)
    assert administrator.person == city.administrator


def test_a_supervision_body_that_merges_into_one_below_it_does_not_supervise_itself(city):
    top = build.body("人民政府")
    old = build.body("法制办", kind=BodyKind.SUPERVISION_BODY, supervised_by=top)
    new = build.body("司法局", kind=BodyKind.SUPERVISION_BODY, supervised_by=old)
    succeed(MERGE, (old,), (new,))
    assert selectors.body(new).identity.supervised_by == top


@pytest.mark.parametrize(
    ("kind", "days", "on", "code"),
    [
        pytest.param(MERGE, (NEXT, None, SINCE), NEXT, "before_body", id="first day of the old"),
        pytest.param(MERGE, (SINCE, date(2026, 6, 1), SINCE), NEXT, "ended", id="ended long ago"),
        pytest.param(MERGE, (SINCE, None, date(2026, 7, 2)), NEXT, "successor_later", id="too soon"),
        pytest.param(SPLIT, (NEXT, None, SINCE), NEXT, "before_body", id="a split before it exists"),
    ],
)  # fmt: skip
def test_days_on_which_nobody_can_follow(kind, days, on, code):
    begins, ends, heir_begins = days
    old, new = build.body("甲局", valid_from=begins), build.body("乙局", valid_from=heir_begins)
    if ends:
        succeed(MERGE, (old,), (build.body("丙局"),), on=ends)
    with pytest.raises(BadValue, match=rf"succession\.{code}"):
        succeed(kind, (old,), (new,), on=on)


def test_a_successor_that_ended_follows_nobody():
    gone, old = build.body("乙局"), build.body("甲局")
    succeed(MERGE, (gone,), (build.body("丙局"),), on=date(2026, 5, 1))
    with pytest.raises(BadValue, match=r"succession\.ended"):
        succeed(MERGE, (old,), (gone,))


def test_a_successor_that_was_forgotten_is_added_later():
    old, first, second = (build.body(name) for name in ("甲局", "乙局", "丙局"))
    succeed(SPLIT, (old,), (first,))
    succeed(SPLIT, (old,), (second,))
    assert {one.successor for one in selectors.lineage(old).after} == {first, second}


def test_only_who_keeps_all_of_them_records_it(city):
    elsewhere = build.body("别处的局")
    with pytest.raises(Denied, match=r"role\.missing"):
        succeed(MERGE, (city.body,), (elsewhere,), actor=city.administrator)
    with pytest.raises(NotFound):
        succeed(MERGE, (city.body,), (uuid4(),), actor=city.administrator)
    with pytest.raises(BadValue, match=r"reason\.missing"):
        succeed(MERGE, (city.body,), (elsewhere,), basis=" ")


def test_a_rehearsal_changes_nothing(city):
    new = build.body("新局")
    succeed(MERGE, (city.body,), (new,), rehearsed=True)
    assert selectors.body(city.body).valid_until is None
    assert selectors.succession(new) == []
    assert journal.entries(f"body:{new}")[-1].kind == "body.capacity_confirmed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"supervised_by": None}, "above_changed", id="without a supervisor"),
        pytest.param({"valid_from": SINCE}, "before_body", id="from its first day"),
    ],
)
def test_a_renaming_leaves_a_body_where_it_is(city, change, code):
    wanted = {
        "code": "x1", "kind": BodyKind.ADMINISTRATIVE_ORGAN, "name": "新名局", "short_name": "新名局",
        "valid_from": NEXT, "supervised_by": city.supervision,
    }  # fmt: skip
    with pytest.raises(BadValue, match=rf"succession\.{code}"):
        services.follow_on(
            kind=SuccessionKind.RENAME, body_id=city.body, identity=Identity(**(wanted | change)),
            basis="更名", actor=city.administrator, at=AT,
        )  # fmt: skip


def test_the_lineage_reaches_over_several_changes_both_ways(django_assert_num_queries):
    first, second, third, side = (build.body(name) for name in ("甲局", "乙局", "丙局", "丁局"))
    succeed(MERGE, (first,), (second,), on=date(2025, 1, 1))
    succeed(SPLIT, (second,), (third, side), on=date(2026, 1, 1))

    with django_assert_num_queries(1):
        found = selectors.lineage(third)
    assert [(one.predecessor_name, one.kind) for one in found.before] == [
        ("甲局", MERGE), ("乙局", SPLIT),
    ]  # fmt: skip
    assert found.after == ()
    assert [one.successor_name for one in selectors.lineage(first).after] == [
        "乙局",
        "丙局",
        "丁局",
    ]
    with django_assert_num_queries(1):
        followed = selectors.followed(third, on=build.ON)
    assert [(one.name, one.shared) for one in followed] == [("乙局", True), ("甲局", True)]
    assert selectors.followed(third, on=date(2025, 6, 1)) == []


def test_what_a_body_has_chosen_goes_on_under_its_new_name(city):
    for day, chosen in ((SINCE, False), (date(2026, 5, 1), True), (date(2026, 9, 1), False)):
        services.set_setting(
            key="penalty.review_first", value=chosen, body_id=city.body, valid_from=day,
            basis="本局制度", mark=Mark.POLICY, actor=city.agency_heads[0], at=AT,
        )  # fmt: skip
    new = services.follow_on(
        kind=SuccessionKind.RENAME, body_id=city.body, basis="更名", actor=city.administrator, at=AT,
        identity=Identity(
            code="x1", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="新名局", short_name="新名局",
            valid_from=NEXT, supervised_by=city.supervision,
        ),
    )  # fmt: skip
    chosen = [
        selectors.settings(new, on=day)["penalty.review_first"]
        for day in (NEXT, date(2026, 8, 31), date(2026, 9, 1))
    ]
    assert chosen == [True, True, False]
    history = [one for one in selectors.setting_history("penalty.review_first") if one.body == new]
    assert {one.basis for one in history} == {"本局制度"}
    assert len(history) == 2


# The pages.


@pytest.fixture
def desk(client, city):
    return sign_in(city.administrator, client)


def at(name, *args):
    return reverse(f"registry:{name}", args=args)


def test_a_merger_is_entered_looked_over_and_confirmed(desk, city):
    other = build.body("物价局", supervised_by=city.supervision)
    form = {"name": "市场监管新局", "kind": "administrative_organ", "valid_from": "2026-07-01",
            "code": "new-1", "supervised_by": str(city.supervision), "superior": ""}  # fmt: skip
    assert f"?merge={city.body}" in desk.get(at("merge", city.body)).content.decode()
    made = desk.post(f"{at('new_body')}?merge={city.body}", form)
    assert made.url == at("merge", city.body)
    new = selectors.body_by_code("new-1").id
    assert "市场监管新局（2026-07-01 起）" in desk.get(at("merge", city.body)).content.decode()

    said = {
        "merged": [str(city.body), str(other)],
        "into": str(new),
        "on": "2026-07-01",
        "basis": "三定",
    }
    look = desk.post(at("merge", city.body), said)
    text = look.content.decode()
    assert look.status_code == 200
    for words in (
        "到 2026-06-30 为止",
        "1 个（综合执法大队），转到承继的主体",
        "0 件",
        "主体资格还没有确认",
    ):
        assert words in text, words
    assert selectors.body(city.body).valid_until is None
    again = desk.post(at("merge", city.body), said | {"back": "1"})
    assert 'value="三定"' in again.content.decode()
    assert desk.post(at("merge", city.body), said | {"confirmed": "1"}).status_code == 302
    assert selectors.body(other).valid_until == LAST
    page = desk.get(at("body", new)).content.decode()
    assert page.index("从哪里来") < page.index("物价局") < page.index("由谁承继")


RENAMED = {
    "change": "rename", "basis": "三定方案", "name": "综合执法局", "kind": "administrative_organ",
    "code": "new-1", "office_word": "海综执", "region_code": "320614", "valid_from": "2026-07-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "numbers"), [("海综执", "从 1 号另编"), ("海市监", "接着原主体的编")]
)
def test_a_renaming_is_looked_over_before_it_is_recorded(desk, city, word, numbers):
    said = RENAMED | {"office_word": word}
    look = desk.post(at("follow_on", city.body), said)
    text = look.content.decode()
    assert look.status_code == 200
    for words in (
        "核对更名", "海门区市场监督管理局", "综合执法局", "到 2026-06-30 为止",
        "1 个（综合执法大队），转到变更后的主体", "执法证件继续有效", "1 项，转到变更后的主体",
        "0 件", numbers,
    ):  # fmt: skip
        assert words in text, words
    assert ("机关代字" in text.split("<tbody>")[1].split("</tbody>")[0]) == (word != "海市监")
    assert "行政区划代码</td>" not in text  # it stays
    assert selectors.body(city.body).valid_until is None
    assert selectors.succession(city.body) == []
    again = desk.post(at("follow_on", city.body), said | {"back": "1"})
    assert 'value="三定方案"' in again.content.decode()
    done = desk.post(at("follow_on", city.body), said | {"confirmed": "1"})
    assert done.status_code == 302
    assert selectors.body(city.body).valid_until == LAST


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"valid_from": "2023-01-01"}, "不晚于原主体的成立日期", id="before it exists"),
        pytest.param({"basis": ""}, "必填", id="no basis"),
        pytest.param({"code": "taken"}, "已", id="the code is taken"),
    ],
)
def test_a_renaming_that_is_not_possible_is_not_offered_for_confirmation(desk, city, change, words):
    if "code" in change:
        change = {"code": selectors.body(city.supervision).identity.code}
    for confirmed in ({}, {"confirmed": "1"}):
        answer = desk.post(at("follow_on", city.body), RENAMED | change | confirmed)
        assert answer.status_code == 422
        assert words in answer.content.decode() or change == {"basis": ""}
        assert "核对更名" not in answer.content.decode()
    assert selectors.body(city.body).valid_until is None


@pytest.mark.parametrize("goes_on", ["yes", "no"])
def test_a_split_says_whether_the_old_body_goes_on(desk, city, goes_on):
    parts = [build.body(name, supervised_by=city.supervision) for name in ("甲局", "乙局")]
    said = {"parts": list(map(str, parts)), "goes_on": goes_on, "on": "2026-07-01", "basis": "三定"}
    text = desk.post(at("split", city.body), said).content.decode()
    assert ("继续存在" in text, "到 2026-06-30 撤销" in text) == (goes_on == "yes", goes_on == "no")
    assert desk.post(at("split", city.body), said | {"confirmed": "1"}).status_code == 302
    assert selectors.body(city.body).valid_until == (LAST if goes_on == "no" else None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"into": str(uuid4())}, "没有这个主体", id="unknown body"),
        pytest.param({"into": "other"}, "不能同时是被合并", id="itself"),
        pytest.param({"on": "2024-01-01"}, "不晚于原主体的成立日期", id="before it exists"),
        pytest.param({"on": "2026-02-30"}, "日期写成", id="no such day"),
        pytest.param({"basis": ""}, "必填", id="no basis"),
    ],
)
def test_what_cannot_be_merged_comes_back_filled(desk, city, change, words):
    other = build.body("物价局", supervised_by=city.supervision)
    host = build.body("综合局", supervised_by=city.supervision)
    said = {"merged": [str(other)], "into": str(host), "on": "2026-07-01", "basis": "三定方案"}
    if change == {"into": "other"}:
        change = {"into": str(other)}
    for confirmed in ({}, {"confirmed": "1"}):
        answer = desk.post(at("merge", city.body), said | change | confirmed)
        assert answer.status_code == 422
        assert words in answer.content.decode() or change == {"basis": ""}
    assert selectors.succession(other) == []


def test_a_body_that_ended_is_not_merged_again(desk, city):
    other = build.body("物价局", supervised_by=city.supervision)
    host = build.body("综合局", supervised_by=city.supervision)
    said = {"merged": [str(other)], "into": str(host), "on": "2026-07-01", "basis": "三定方案"}
    assert desk.post(at("merge", city.body), said | {"confirmed": "1"}).status_code == 302
    second = desk.post(at("merge", city.body), said | {"on": "2026-09-01", "confirmed": "1"})
    assert "已经终止" in second.content.decode()
    same = desk.post(at("merge", city.body), said | {"confirmed": "1"})
    assert "已经登记" in same.content.decode()
    with pytest.raises(Conflict, match=r"succession\.known"):
        succeed(MERGE, (other,), (host,))


def test_a_strange_return_address_is_not_found(desk, city):
    assert desk.get(at("new_body") + "?merge=//evil.example").status_code == 404
