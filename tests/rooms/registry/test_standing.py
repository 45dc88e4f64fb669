"""What a step of a case asks the registry: roles, certificates, capacity, powers, settings, calendar."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests import build

from zhifa.law.actors import SYSTEM
from zhifa.law.errors import NotFound
from zhifa.law.holidays import DaysOff, Notice
from zhifa.registry import selectors, services
from zhifa.registry.rules import BodyKind, Identity, Mark, Role, SuccessionKind, UnitKind

pytestmark = pytest.mark.django_db
ON, AT = build.ON, build.AT


def ask(body, *, actor=SYSTEM, officers=(), power_item=None, on=ON, **more):
    return selectors.standing(
        body, actor=actor, officers=officers, power_item=power_item, on=on, **more
    )


def test_a_step_gets_everything_in_one_query(django_assert_num_queries):
    city = build.city()
    ask(city.body)  # the calendar is built once a process

    with django_assert_num_queries(1):
        standing = ask(
            city.body, actor=city.handlers[0], officers=city.handlers, power_item=city.item,
            unit=city.unit, known_on=ON,
        )  # fmt: skip

    assert standing.roles == ("case_handler",)
    assert standing.units == (city.unit,)
    assert [one.id for one in standing.officers] == list(city.handlers)
    assert all(one.may_enforce(ON) and one.name == "演示甲" for one in standing.officers)
    assert standing.body_has_capacity
    assert standing.power_item_valid
    assert not standing.reviewer_qualified
    assert standing.policy == selectors.penalty_policy(city.body, on=ON)
    assert standing.circumstances.roles == standing.roles
    assert standing.context.calendar == selectors.calendar(as_of=ON)


@pytest.mark.parametrize(
    ("entered_on", "roles"),
    [
        pytest.param(ON, ("agency_head",), id="in office, dated back"),
        pytest.param(ON + timedelta(days=1), (), id="out of office since yesterday, dated back"),
    ],
)
def test_who_has_lost_an_office_does_not_date_back_into_it(entered_on, roles):
    body = build.body()
    head = build.appointed(Role.AGENCY_HEAD, body, valid_until=ON)

    asked = ask(body, actor=head, on=ON - timedelta(days=3), known_on=entered_on)
    assert asked.roles == roles


def test_an_office_that_was_given_anew_is_held_on_both_days():
    body = build.body()
    head = build.appointed(Role.AGENCY_HEAD, body, valid_until=ON)
    build.appointed(Role.AGENCY_HEAD, body, who=head, valid_from=ON + timedelta(days=1))

    assert ask(body, actor=head, known_on=ON + timedelta(days=9)).roles == ("agency_head",)


def test_the_head_of_another_unit_is_no_head_here():
    body = build.body()
    here, there = build.unit(body), build.unit(body, "食品科")
    head = build.appointed(Role.HANDLING_UNIT_HEAD, body, unit_id=here)

    assert ask(body, actor=head, unit=here).roles == ("handling_unit_head",)
    assert ask(body, actor=head, unit=there).roles == ()
    assert ask(body, actor=head).roles == ("handling_unit_head",)


def test_an_officer_without_any_certificate_is_named_all_the_same(django_assert_num_queries):
    body = build.body()
    bare, certified = build.appointed(Role.CASE_HANDLER, body), build.officer(body)
    ask(body)

    with django_assert_num_queries(2):
        first, second = ask(body, officers=[bare, certified]).officers

    assert (first.id, first.name, first.certificate_number) == (bare, "演示甲", "")
    assert not first.may_enforce(ON)
    assert second.may_enforce(ON)


@pytest.mark.parametrize(
    ("on", "may"),
    [
        pytest.param(date(2025, 12, 31), False, id="the day before it was issued"),
        pytest.param(date(2026, 1, 1), True, id="the day of issue"),
        pytest.param(date(2026, 6, 30), True, id="its last day"),
        pytest.param(date(2026, 7, 1), False, id="expired"),
    ],
)
def test_a_certificate_counts_to_its_last_day(on, may):
    body = build.body()
    officer = build.appointed(Role.CASE_HANDLER, body)
    build.certificate(officer, body, valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))

    assert ask(body, officers=[officer], on=on).officers[0].may_enforce(on) is may
    assert selectors.officers(body, on=on)[0].may_enforce is may


def test_a_suspended_or_revoked_certificate_does_not_count_and_a_renewed_one_does():
    body = build.body()
    officer = build.appointed(Role.CASE_HANDLER, body)
    card = build.certificate(officer, body, valid_until=date(2026, 12, 31))

    def may(on: date) -> bool:
        listed = selectors.officers(body, on=on)[0].may_enforce
        asked = ask(body, officers=[officer], on=on).officers[0].may_enforce(on)
        assert asked is listed
        return asked

    services.suspend_certificate(
        certificate_id=card, valid_from=date(2026, 3, 1), reason="调查期间", actor=SYSTEM, at=AT
    )
    assert [may(date(2026, 2, 28)), may(date(2026, 3, 1)), may(date(2026, 5, 1))] == [
        True,
        False,
        False,
    ]
    services.lift_suspension(
        certificate_id=card, last=date(2026, 3, 10), reason="调查结束", actor=SYSTEM, at=AT
    )
    assert [may(date(2026, 3, 10)), may(date(2026, 3, 11))] == [False, True]
    services.renew_certificate(
        certificate_id=card, valid_from=date(2026, 6, 1), valid_until=date(2031, 5, 31), actor=SYSTEM,
        at=AT,
    )  # fmt: skip
    assert [may(date(2026, 5, 31)), may(date(2026, 6, 1)), may(date(2030, 1, 1))] == [
        True,
        True,
        True,
    ]
    new = selectors.certificates_of(officer, on=ON)[0]
    services.revoke_certificate(
        certificate_id=new.id, revoked_on=date(2027, 1, 1), reason="调离", actor=SYSTEM, at=AT
    )
    assert [may(date(2026, 12, 31)), may(date(2027, 1, 1))] == [True, False]


@pytest.mark.parametrize(
    ("number", "since", "first", "qualified"),
    [
        pytest.param("A2020", date(2020, 3, 1), None, True, id="holds the qualification"),
        pytest.param("A2026", date(2026, 3, 3), None, False, id="only from tomorrow"),
        pytest.param("", None, date(2017, 12, 31), True, id="reviewed before the rule: art. 58(2)"),
        pytest.param("", None, date(2018, 1, 1), False, id="a first-timer without it"),
    ],
)
def test_who_may_review(number, since, first, qualified):
    body = build.body()
    reviewer = build.appointed(Role.LEGAL_REVIEWER, body)
    services.record_qualification(
        person_id=reviewer, number=number, since=since, first_review_on=first, actor=SYSTEM, at=AT
    )

    assert ask(body, actor=reviewer).reviewer_qualified is qualified


def test_a_body_has_capacity_while_it_exists_and_once_it_is_published():
    body = build.body(confirmed=False, valid_from=date(2026, 1, 1))
    assert not ask(body).body_has_capacity
    services.confirm_capacity(
        body_id=body,
        confirmed_on=date(2026, 1, 5),
        published_on=date(2026, 1, 9),
        actor=SYSTEM,
        at=AT,
    )

    assert not ask(body, on=date(2026, 1, 8)).body_has_capacity
    assert ask(body, on=date(2026, 1, 9)).body_has_capacity
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(body,), successors=(build.body("演示新局"),),
        on=date(2026, 7, 1), basis="机构改革", actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert ask(body, on=date(2026, 6, 30)).body_has_capacity
    assert not ask(body, on=date(2026, 7, 1)).body_has_capacity


def test_an_entrusted_organisation_acts_in_the_other_name_while_its_deed_is_published_and_runs():
    body = build.body()
    team = build.body("海门区卫生监督所", kind=BodyKind.ENTRUSTED_ORGANIZATION)
    unit = services.add_unit(
        body_id=body, name="卫生监督所", kind=UnitKind.HANDLING, valid_from=build.SINCE,
        entrusted_body=team, actor=SYSTEM, at=AT,
    )  # fmt: skip

    def holds(on: date) -> bool:
        return ask(body, unit=unit, on=on).body_has_capacity

    assert not ask(team).body_has_capacity  # never in its own name: APL art. 20(4)
    assert not holds(ON)
    deed = services.add_deed(
        entrusting=body, entrusted=team, number="海卫委〔2026〕1号", matters="公共场所卫生处罚",
        scope="调查、拟处罚", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31), actor=SYSTEM,
        at=AT,
    )  # fmt: skip
    assert not holds(ON)  # not published: APL art. 20(2)
    services.publish_deed(deed_id=deed, published_on=date(2026, 2, 1), actor=SYSTEM, at=AT)
    assert [holds(date(2026, 1, 31)), holds(ON), holds(date(2027, 1, 1))] == [False, True, False]
    services.end_deed(
        deed_id=deed, valid_until=date(2026, 6, 30), reason="提前解除", actor=SYSTEM, at=AT
    )
    assert [holds(date(2026, 6, 30)), holds(date(2026, 7, 1))] == [True, False]
    assert not ask(build.body("别的局"), unit=unit).body_has_capacity  # not a unit of this body


def test_only_an_approved_power_of_this_body_is_one():
    city = build.city()
    draft = services.define_item(
        body_id=city.body,
        content=build.item_content("320614-CF-002"),
        actor=city.handlers[0],
        at=AT,
    )

    assert ask(city.body, power_item=city.item).power_item_valid
    assert ask(city.body).power_item_valid  # none chosen yet
    assert not ask(city.body, power_item=draft).power_item_valid
    assert not ask(city.body, power_item=uuid4()).power_item_valid
    assert not ask(build.body("别的局"), power_item=city.item).power_item_valid
    assert not ask(city.body, power_item=city.item, on=date(2023, 12, 31)).power_item_valid


def test_a_certificate_counts_on_in_the_lists_of_the_body_that_follows():
    city = build.city()
    heir = build.body("综合执法局")
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(city.body,), successors=(heir,), on=ON,
        basis="机构改革方案", actor=SYSTEM, at=AT,
    )  # fmt: skip
    found = selectors.officers(heir, on=ON + timedelta(days=1))
    assert {(one.person, one.may_enforce) for one in found} == {
        (person, True) for person in city.handlers
    }


def test_a_power_of_a_former_body_counts_as_long_as_its_successor_has_it():
    city = build.city()
    heir, other = build.body("综合执法局"), build.body("别的局")
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(city.body,), successors=(heir,), on=ON,
        basis="机构改革方案", actor=SYSTEM, at=AT,
    )  # fmt: skip
    after = ON + timedelta(days=2)
    assert ask(heir, power_item=city.item, on=after).power_item_valid
    assert not ask(city.body, power_item=city.item, on=after).power_item_valid
    assert not ask(other, power_item=city.item, on=after).power_item_valid

    (carried,) = selectors.power_items(heir, on=after)
    last = ON + timedelta(days=9)
    services.end_item(item_id=carried.id, valid_until=last, reason="事项取消", actor=SYSTEM, at=AT)
    assert ask(heir, power_item=city.item, on=last).power_item_valid
    assert not ask(heir, power_item=city.item, on=last + timedelta(days=1)).power_item_valid


def test_settings_of_the_day_reach_the_step():
    city = build.city()
    services.set_setting(
        key="penalty.review_first", value=True, body_id=city.body, valid_from=ON, basis="本局制度",
        mark=Mark.POLICY, actor=city.agency_heads[0], at=AT,
    )  # fmt: skip

    assert ask(city.body).policy.review_first
    assert not ask(city.body, on=ON - timedelta(days=1)).policy.review_first
    assert not ask(build.body("别的局")).policy.review_first


def test_a_renamed_bodys_officers_keep_their_cards_and_their_roles():
    body = build.body("海门市市场监督管理局", region_code="320684")
    officer = build.officer(body)
    new = services.follow_on(
        kind=SuccessionKind.REGION_CODE,
        body_id=body,
        identity=Identity(
            code="320614-SJ", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="海门区市场监督管理局",
            short_name="市监局", valid_from=date(2025, 7, 1), region_code="320614",
        ),
        basis="撤市设区", actor=SYSTEM, at=AT,
    )  # fmt: skip

    before = ask(body, actor=officer, officers=[officer], on=date(2025, 6, 30))
    after = ask(new, actor=officer, officers=[officer], on=date(2025, 7, 1))
    assert before.roles == after.roles == ("case_handler",)
    assert before.body_has_capacity
    assert after.body_has_capacity
    assert all(one.officers[0].may_enforce(one.on) for one in (before, after))
    assert ask(body, actor=officer, on=date(2025, 7, 1)).roles == ()


def test_a_step_knows_the_holiday_notices_of_its_day_of_entry(django_assert_num_queries):
    body = build.body()
    assert ask(body).calendar.is_working_day(date(2027, 2, 8))
    holiday = DaysOff("春节", date(2027, 2, 5), date(2027, 2, 11), (date(2027, 1, 31),))
    services.add_holiday_notice(
        notice=Notice(
            2027, "国办发明电〔2026〕9号", "2027年部分节假日安排的通知", date(2026, 11, 5), "演示来源", (holiday,)
        ),
        actor=SYSTEM, at=AT,
    )  # fmt: skip

    assert not ask(body).calendar.is_working_day(date(2027, 2, 8))
    with django_assert_num_queries(1):
        early = ask(body, known_on=date(2026, 11, 4)).calendar
    assert early.is_working_day(date(2027, 2, 8))


def test_an_unknown_body_has_no_standing():
    with pytest.raises(NotFound):
        ask(uuid4())
