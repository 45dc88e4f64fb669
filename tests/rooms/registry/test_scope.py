"""Who sees what, on which day, through which appointment."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests import build
from tests.rooms.registry.sight import seen_by_database

from zhifa.law.actors import SYSTEM, ActorId
from zhifa.registry import selectors, services
from zhifa.registry.rules import Role, SuccessionKind

pytestmark = pytest.mark.django_db

ON = build.ON
NOBODY: frozenset[UUID] = frozenset()


def test_each_person_of_a_city_sees_what_the_work_needs_and_no_more():
    city = build.city()
    first, second = city.handlers
    case = {"body": city.body, "unit": city.unit, "handlers": [first]}
    other_unit = {**case, "unit": build.unit(city.body, "食品科")}
    other_body = {**case, "body": build.body("海门区农业农村局", supervised_by=city.supervision)}
    unsupervised = {**case, "body": build.body("通州区市场监督管理局")}

    sees = {
        name: [
            seen_by_database(actor, **one)[0]
            for one in (case, other_unit, other_body, unsupervised)
        ]
        for name, actor in {
            "handler": first,
            "colleague": second,
            "unit head": city.unit_head,
            "agency head": city.agency_heads[0],
            "legal reviewer": city.legal_reviewer,
            "publisher": city.publisher,
            "leader": city.leader,
            "supervisor": city.supervisor,
            "administrator": city.administrator,
            "nobody": None,
            "a stranger": ActorId(uuid4()),
        }.items()
    }

    assert sees == {
        "handler": [True, True, False, False],
        "colleague": [False, False, False, False],
        "unit head": [True, False, True, True],  # his unit, whatever body a row names
        "agency head": [True, True, False, False],
        "legal reviewer": [True, True, False, False],
        "publisher": [True, True, False, False],
        "leader": [True, True, False, False],
        "supervisor": [True, True, True, False],
        "administrator": [False, False, False, False],
        "nobody": [False, False, False, False],
        "a stranger": [False, False, False, False],
    }


@pytest.mark.parametrize(
    ("on", "seen"),
    [
        pytest.param(date(2026, 1, 31), False, id="the day before the appointment"),
        pytest.param(date(2026, 2, 1), True, id="its first day"),
        pytest.param(date(2026, 2, 28), True, id="its last day"),
        pytest.param(date(2026, 3, 1), False, id="the day after"),
    ],
)
def test_an_appointment_counts_from_its_first_day_to_its_last(on, seen):
    body = build.body()
    head = build.appointed(
        Role.AGENCY_HEAD, body, valid_from=date(2026, 2, 1), valid_until=date(2026, 2, 28)
    )

    assert seen_by_database(head, body=body, unit=None, handlers=[], on=on) == (seen, seen)
    assert selectors.scope(head, on=on).may(Role.AGENCY_HEAD, body) is seen


def test_without_a_day_the_database_takes_its_own():
    head = build.appointed(Role.AGENCY_HEAD, build.body())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('zhifa.actor', %s, false), set_config('zhifa.today', '', false)",
            [str(head)],
        )
        cursor.execute("SELECT zhifa_today() = (now() AT TIME ZONE 'Asia/Shanghai')::date")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT set_config('zhifa.actor', '', false)")


def test_whoever_works_in_a_successor_sees_what_its_predecessors_began():
    old, new = build.body("海门市市场监督管理局"), build.body("海门区市场监督管理局")
    head = build.appointed(Role.AGENCY_HEAD, new)
    handler = build.appointed(Role.CASE_HANDLER, new)
    services.succeed(
        kind=SuccessionKind.MERGE, predecessors=(old, build.body("海门市物价局")), successors=(new,),
        on=date(2025, 7, 1), basis="机构改革方案", actor=SYSTEM, at=build.AT,
    )  # fmt: skip
    case = {"body": old, "unit": None, "handlers": [handler]}

    assert seen_by_database(head, **case, on=date(2025, 6, 30)) == (False, False)
    assert seen_by_database(head, **case) == (True, True)
    assert seen_by_database(handler, **case) == (True, True)
    assert old in selectors.scope(head, on=ON).case_bodies
    assert old not in selectors.scope(head, on=date(2025, 6, 30)).case_bodies


def test_a_body_that_goes_on_beside_a_new_one_keeps_its_cases_to_itself():
    old, new = build.body("海门市市场监督管理局"), build.body("海门市知识产权局")
    head = build.appointed(Role.AGENCY_HEAD, new)
    services.succeed(
        kind=SuccessionKind.SPLIT, predecessors=(old,), successors=(new,), on=date(2025, 7, 1),
        basis="机构改革方案", actor=SYSTEM, at=build.AT, predecessors_end=False,
    )  # fmt: skip

    assert seen_by_database(head, body=old, unit=None, handlers=[]) == (False, False)
    assert selectors.scope(head, on=ON).case_bodies == {new}


def test_scope_says_which_roles_and_where_in_one_query(django_assert_num_queries):
    city = build.city()
    with django_assert_num_queries(1):
        scope = selectors.scope(city.unit_head, on=ON)
    with django_assert_num_queries(1):
        above = selectors.scope(city.supervisor, on=ON)
    with django_assert_num_queries(1):
        stranger = selectors.scope(ActorId(uuid4()), on=ON)

    assert scope.roles(city.body) == (Role.HANDLING_UNIT_HEAD,)
    assert scope.bodies() == scope.bodies(Role.HANDLING_UNIT_HEAD) == {city.body}
    assert scope.bodies(Role.AGENCY_HEAD) == NOBODY
    assert scope.units() == scope.units(Role.HANDLING_UNIT_HEAD) == {city.unit}
    assert not scope.may(Role.AGENCY_HEAD, city.body)
    assert above.case_bodies == {city.body}
    assert above.member_bodies == {city.supervision}
    assert (stranger.held, stranger.case_bodies, stranger.member_bodies) == ((), NOBODY, NOBODY)
