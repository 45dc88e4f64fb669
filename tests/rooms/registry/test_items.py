"""Powers: a draft may lack columns, what is handed in may not, and nobody approves his own (R-18, R-22)."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests import build

from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.registry import models, selectors, services
from zhifa.registry.rules import ItemState, Role

pytestmark = pytest.mark.django_db
ON, AT = build.ON, build.AT
CODE = "320614-CF-777"


@pytest.fixture
def city():
    return build.city()


def define(city, **change):
    content = build.item_content(CODE, **change)
    return services.define_item(body_id=city.body, content=content, actor=city.handlers[0], at=AT)


def submit(city, item):
    services.submit_item(item_id=item, actor=city.handlers[0], at=AT)


def approve(city, item, actor=None):
    services.approve_item(item_id=item, actor=actor or city.supervisor, at=AT)


def test_an_item_goes_from_draft_to_approved_and_every_move_is_journalled(city):
    item = define(city)
    assert selectors.power_item(item).state is ItemState.DRAFT
    submit(city, item)
    assert [one.id for one in selectors.items_to_approve(frozenset({city.body}))] == [item]
    services.return_item(item_id=item, remark="请补充依据", actor=city.supervisor, at=AT)
    assert selectors.power_item(item).remark == "请补充依据"
    assert define(city, content="改过") == item  # the same draft, written anew
    submit(city, item)
    approve(city, item)

    read = selectors.power_item(item)
    assert (read.state, read.approved_by, read.approved_on) == (
        ItemState.APPROVED,
        city.supervisor,
        ON,
    )
    assert read.content == build.item_content(CODE, content="改过")
    assert read.in_force(ON)
    assert not read.in_force(date(2023, 12, 31))
    assert item in {one.id for one in selectors.power_items(city.body, on=ON)}
    assert [entry.kind.split(".")[1] for entry in journal.entries(f"item:{item}")] == [
        "defined", "submitted", "returned", "defined", "submitted", "approved",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({"scope": ""}, ["item.scope_missing"], id="no scope"),
        pytest.param({"content": " "}, ["item.content_missing"], id="blank content"),
        pytest.param({"procedure": ""}, ["item.procedure_missing"], id="no procedure"),
        pytest.param({"supervision": ""}, ["item.supervision_missing"], id="no supervision"),
        pytest.param({"bases": ()}, ["item.bases_missing"], id="no basis"),
        pytest.param({"time_limit": ""}, ["item.time_limit_missing"], id="no time limit"),
        pytest.param({"fee": ""}, ["item.fee_missing"], id="nothing said of fees"),
        pytest.param(
            {"scope": "", "fee": ""}, ["item.scope_missing", "item.fee_missing"], id="every gap"
        ),
    ],
)
def test_a_row_that_lacks_a_required_column_stays_a_draft(city, change, codes):
    item = define(city, **change)
    with pytest.raises(Refused) as refused:
        submit(city, item)
    assert [one.code for one in refused.value.violations] == codes
    assert selectors.power_item(item).state is ItemState.DRAFT
    with pytest.raises(IntegrityError), transaction.atomic():  # for raw rows too
        models.PowerItem.objects.filter(pk=item).update(
            state="submitted", submitted_by=city.handlers[0]
        )


def test_a_basis_has_its_words(city):
    basis = build.item_content().bases[0]
    item = define(city, bases=(basis, type(basis)(
        act=basis.act, article=basis.article, text="", force_level=basis.force_level,
    )))  # fmt: skip
    with pytest.raises(Refused, match=r"item\.bases_incomplete_missing"):
        submit(city, item)


def test_nobody_approves_his_own_work_and_only_the_office_above_approves(city):
    writer_and_judge = build.appointed(Role.SUPERVISOR, city.supervision)
    build.appointed(Role.CASE_HANDLER, city.body, who=writer_and_judge)
    item = services.define_item(
        body_id=city.body, content=build.item_content(CODE), actor=writer_and_judge, at=AT
    )
    with pytest.raises(Denied, match=r"role\.missing"):
        services.submit_item(item_id=item, actor=city.supervisor, at=AT)
    services.submit_item(item_id=item, actor=writer_and_judge, at=AT)
    stranger = build.appointed(Role.SUPERVISOR, build.body("别的司法局"))
    with pytest.raises(Denied, match="own_work"):
        approve(city, item, writer_and_judge)
    for actor in (city.agency_heads[0], city.administrator, stranger):
        with pytest.raises(Denied, match=r"role\.missing"):
            approve(city, item, actor)
    with pytest.raises(Denied, match=r"role\.missing"):
        services.define_item(
            body_id=city.body, content=build.item_content("x"), actor=city.administrator, at=AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():  # for raw rows too
        models.PowerItem.objects.filter(pk=item).update(
            state="approved", approved_by=writer_and_judge, approved_on=ON
        )
    approve(city, item)


def test_states_follow_one_another(city):
    item = define(city)
    with pytest.raises(Conflict, match=r"item\.not_submitted"):
        approve(city, item)
    with pytest.raises(Conflict, match=r"item\.not_approved"):
        services.end_item(item_id=item, valid_until=ON, reason="x", actor=city.supervisor, at=AT)
    submit(city, item)
    with pytest.raises(Conflict, match=r"item\.submitted_already"):
        define(city)
    with pytest.raises(Conflict, match=r"item\.not_a_draft"):
        submit(city, item)
    with pytest.raises(BadValue, match=r"reason\.missing"):
        services.return_item(item_id=item, remark="", actor=city.supervisor, at=AT)
    approve(city, item)
    with pytest.raises(Conflict, match=r"item\.not_submitted"):
        approve(city, item)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        models.PowerItem.objects.filter(pk=item).update(name="改")


def test_a_revised_item_holds_from_its_day_and_ends_the_one_before(city):
    first = build.approved_item(
        city.body, writer=city.handlers[0], supervisor=city.supervisor, code=CODE
    )
    second = build.approved_item(
        city.body, writer=city.handlers[0], supervisor=city.supervisor, code=CODE,
        valid_from=date(2026, 6, 1), fee="按标准收费",
    )  # fmt: skip

    def in_force(on: date) -> set:
        return {one.id for one in selectors.power_items(city.body, on=on)} & {first, second}

    assert in_force(date(2026, 5, 31)) == {first}
    assert in_force(date(2026, 6, 1)) == {second}
    assert [one.id for one in selectors.every_item(city.body) if one.content.code == CODE] == [
        second, first,
    ]  # fmt: skip
    assert journal.entries(f"item:{second}")[-1].body["ends"] == str(first)
    services.end_item(
        item_id=second,
        valid_until=date(2026, 12, 31),
        reason="法律修改",
        actor=city.supervisor,
        at=AT,
    )
    assert in_force(date(2027, 1, 1)) == set()
    for last, wrong, problem in (
        (date.min, BadValue, r"spell\.end"),
        (date(2026, 12, 31), Conflict, r"spell\.ended_already"),
    ):
        with pytest.raises(wrong, match=problem):
            services.end_item(
                item_id=first if last == date.min else second, valid_until=last, reason="x",
                actor=city.supervisor, at=AT,
            )  # fmt: skip


def test_two_versions_cannot_hold_from_the_same_day(city):
    build.approved_item(city.body, writer=city.handlers[0], supervisor=city.supervisor, code=CODE)
    item = define(city)
    submit(city, item)
    with pytest.raises(Conflict, match=r"item\.overlaps"):
        approve(city, item)
    assert selectors.power_item(item).state is ItemState.SUBMITTED


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"name": " "}, "item.name", id="no name"),
        pytest.param({"name": "对" * 501}, "item.too_long", id="overlong name"),
        pytest.param({"fee": "元" * 201}, "item.too_long", id="overlong fee"),
    ],
)
def test_what_cannot_be_an_item(city, change, problem):
    with pytest.raises(BadValue, match=problem):
        define(city, **change)


def test_unknown_items_and_bodies(city):
    with pytest.raises(NotFound):
        selectors.power_item(uuid4())
    with pytest.raises(NotFound):
        submit(city, uuid4())
    with pytest.raises(NotFound):
        services.define_item(body_id=uuid4(), content=build.item_content(), actor=SYSTEM, at=AT)


def test_lists_take_one_query(city, django_assert_num_queries):
    for read in (
        lambda: selectors.power_items(city.body, on=ON),
        lambda: selectors.every_item(city.body),
        lambda: selectors.items_to_approve(frozenset({city.body})),
        lambda: selectors.power_item(city.item),
    ):
        with django_assert_num_queries(1):
            read()
