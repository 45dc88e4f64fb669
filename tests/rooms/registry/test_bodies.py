"""Bodies, their parts and their succession: registered, confirmed, merged, split, renamed."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests import build

from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.registry import models, selectors, services
from zhifa.registry.rules import (
    BodyKind,
    Contact,
    Identity,
    ItemState,
    Role,
    SuccessionKind,
    UnitKind,
)
from zhifa.registry.services import rows

pytestmark = pytest.mark.django_db
ON, AT, SINCE = build.ON, build.AT, build.SINCE
NEXT = date(2026, 7, 1)


def identity(**change):
    wanted = {
        "code": "320614-1", "kind": BodyKind.ADMINISTRATIVE_ORGAN, "name": "海门区市场监督管理局",
        "short_name": "市监局", "valid_from": SINCE,
    }  # fmt: skip
    return Identity(**(wanted | change))


def kinds(body):
    return [entry.kind for entry in journal.entries(f"body:{body}")]


def test_a_body_is_registered_with_everything_the_public_and_documents_need():
    contact = Contact(
        address="海门区演示路1号", phone="0513-00000000", supervision_phone="0513-00000001",
        payment_bank="演示银行", payment_account="6222", reconsideration_body="海门区人民政府",
        court="海门区人民法院",
    )  # fmt: skip
    wanted = identity(
        credit_code="11320684MA1WT52N0X", region_code="320614", office_word="海市监", is_demo=True
    )
    made = services.register_body(identity=wanted, contact=contact, actor=SYSTEM, at=AT)

    body = selectors.body(made)
    assert (body.identity, body.contact, body.valid_until) == (wanted, contact, None)
    assert body.exists(SINCE)
    assert not body.exists(date(2023, 12, 31))
    assert (
        selectors.body_by_code("320614-1") == selectors.body_by_code("11320684MA1WT52N0X") == body
    )
    (entry,) = journal.entries(f"body:{made}")
    assert entry.body["identity"]["office_word"] == "海市监"
    with pytest.raises(NotFound):
        selectors.body_by_code("")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"code": ""}, "body.code", id="no code"),
        pytest.param({"code": "海门"}, "body.code", id="a code of characters"),
        pytest.param({"name": ""}, "name.empty", id="no name"),
        pytest.param({"name": "海" * 201}, "name.too_long", id="overlong name"),
        pytest.param({"short_name": "海" * 61}, "name.too_long", id="overlong short name"),
        pytest.param({"credit_code": "11320684MA1WT52N0Y"}, "uscc.check_digit", id="credit code"),
        pytest.param({"region_code": "990614"}, "division.province", id="region code"),
    ],
)
def test_what_cannot_be_a_body(change, problem):
    with pytest.raises(BadValue, match=problem):
        services.register_body(identity=identity(**change), actor=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"code": "320614-1"}, "body.code_taken", id="code"),
        pytest.param(
            {"credit_code": "11320684MA1WT52N0X"}, "body.credit_code_taken", id="credit code"
        ),
        pytest.param({"office_word": "海市监"}, "body.office_word_taken", id="document word"),
    ],
)
def test_two_bodies_of_one_time_share_no_code(change, problem):
    first = identity(credit_code="11320684MA1WT52N0X", office_word="海市监")
    services.register_body(identity=first, actor=SYSTEM, at=AT)
    second = identity(**({"code": "320614-2"} | change))
    with pytest.raises(Conflict, match=problem):
        services.register_body(identity=second, actor=SYSTEM, at=AT)


def test_only_the_administrator_of_the_body_above_registers():
    city = build.city()
    below = identity(supervised_by=city.supervision)
    with pytest.raises(Denied, match=r"role\.missing"):
        services.register_body(identity=below, actor=city.supervisor, at=AT)
    with pytest.raises(Denied, match=r"role\.missing"):
        services.register_body(identity=identity(), actor=city.administrator, at=AT)
    made = services.register_body(identity=below, actor=city.administrator, at=AT)
    services.change_contact(
        body_id=made, contact=Contact(phone="12345"), actor=city.administrator, at=AT
    )
    assert selectors.body(made).contact.phone == "12345"
    assert kinds(made) == ["body.registered", "body.contact_changed"]
    with pytest.raises(BadValue, match=r"contact\.too_long"):
        services.change_contact(
            body_id=made, contact=Contact(phone="1" * 61), actor=city.administrator, at=AT
        )
    with pytest.raises(NotFound):
        services.register_body(identity=identity(code="x", superior=uuid4()), actor=SYSTEM, at=AT)


def test_capacity_is_confirmed_once_by_the_supervisor():
    city = build.city()
    made = build.body("新局", supervised_by=city.supervision, confirmed=False)

    def confirm(body=made, actor=city.supervisor, confirmed_on=SINCE, published_on=SINCE):
        services.confirm_capacity(
            body_id=body, confirmed_on=confirmed_on, published_on=published_on, actor=actor, at=AT
        )

    with pytest.raises(Denied, match=r"role\.missing"):
        confirm(actor=city.administrator)
    with pytest.raises(Refused) as refused:
        confirm(confirmed_on=date(2023, 1, 2), published_on=date(2023, 1, 1))
    assert [one.code for one in refused.value.violations] == [
        "capacity.before_body", "capacity.published_before_confirmed",
    ]  # fmt: skip
    entrusted = build.body(
        "受委托", kind=BodyKind.ENTRUSTED_ORGANIZATION, supervised_by=city.supervision
    )
    with pytest.raises(Refused) as refused:
        confirm(entrusted)
    assert str(refused.value.violations[0]) == "capacity.entrusted [APL 20(4)]"
    confirm()
    with pytest.raises(Conflict, match=r"capacity\.confirmed_already"):
        confirm()


def test_units_have_a_name_of_their_own_while_they_exist():
    body = build.body()
    unit = build.unit(body, "一科")
    with pytest.raises(Conflict, match=r"unit\.name_taken"):
        build.unit(body, "一科")
    services.end_unit(
        unit_id=unit, valid_until=date(2025, 12, 31), reason="撤并", actor=SYSTEM, at=AT
    )
    with pytest.raises(Conflict, match=r"spell\.ended_already"):
        services.end_unit(
            unit_id=unit, valid_until=date(2025, 12, 31), reason="撤并", actor=SYSTEM, at=AT
        )
    services.add_unit(
        body_id=body,
        name="一科",
        kind=UnitKind.LEGAL,
        valid_from=date(2026, 1, 1),
        actor=SYSTEM,
        at=AT,
    )
    assert [(one.name, one.kind) for one in selectors.units(body, ON)] == [("一科", UnitKind.LEGAL)]
    assert len(selectors.units(body)) == 2


def test_a_deed_states_matter_scope_and_term_and_is_made_with_an_entrusted_organisation():
    body, team = build.body(), build.body("执法队", kind=BodyKind.ENTRUSTED_ORGANIZATION)

    def deed(**change):
        wanted = {
            "entrusting": body, "entrusted": team, "number": "1", "matters": "m", "scope": "s",
            "valid_from": SINCE, "valid_until": ON,
        } | change  # fmt: skip
        return services.add_deed(actor=SYSTEM, at=AT, **wanted)

    for change, codes in (
        ({"matters": " ", "scope": ""}, {"deed.matters_missing", "deed.scope_missing"}),
        ({"valid_until": date(2023, 1, 1)}, {"deed.ends_before_it_begins"}),
        ({"entrusted": build.body("别的局")}, {"deed.not_an_entrusted_organization"}),
        (
            {
                "entrusting": team,
                "entrusted": build.body("二队", kind=BodyKind.ENTRUSTED_ORGANIZATION),
            },
            {"deed.entrusted_further"},
        ),
    ):
        with pytest.raises(Refused) as refused:
            deed(**change)
        assert {one.code for one in refused.value.violations} == codes
    made = deed()
    services.publish_deed(deed_id=made, published_on=ON, actor=SYSTEM, at=AT)
    with pytest.raises(Conflict, match=r"deed\.published_already"):
        services.publish_deed(deed_id=made, published_on=ON, actor=SYSTEM, at=AT)
    with pytest.raises(BadValue, match=r"spell\.end"):
        services.end_deed(
            deed_id=made, valid_until=date(2027, 1, 1), reason="x", actor=SYSTEM, at=AT
        )
    (read,) = selectors.deeds(team)
    assert (read.id, read.published_on, read.matters) == (made, ON, "m")
    assert kinds(body)[-2:] == ["body.deed_added", "body.deed_published"]
    services.end_deed(deed_id=made, valid_until=date(2026, 3, 1), reason="x", actor=SYSTEM, at=AT)
    with pytest.raises(Conflict, match=r"spell\.ended_already"):
        services.end_deed(
            deed_id=made, valid_until=date(2026, 3, 1), reason="x", actor=SYSTEM, at=AT
        )


def succeed(kind, predecessors, successors, **more):
    services.succeed(
        kind=kind, predecessors=predecessors, successors=successors, on=NEXT, basis="机构改革方案",
        actor=SYSTEM, at=AT, **more,
    )  # fmt: skip


def test_bodies_merge_into_one_and_split_from_one():
    first, second = build.body("工商局"), build.body("质监局")
    merged = build.body("市监局", valid_from=NEXT)
    succeed(SuccessionKind.MERGE, (first, second), (merged,))

    assert [one.id for one in selectors.bodies(date(2026, 6, 30))] == [first, second]
    assert [one.id for one in selectors.bodies(NEXT)] == [merged]
    assert {one.id for one in selectors.every_body()} == {first, second, merged}
    links = selectors.succession(merged)
    assert [(one.predecessor_name, one.successor_name, one.on) for one in links] == [
        ("工商局", "市监局", NEXT), ("质监局", "市监局", NEXT),
    ]  # fmt: skip
    assert kinds(first)[-1] == kinds(second)[-1] == kinds(merged)[-1] == "body.succeeded"

    rest, new = build.body("城管局"), build.body("综合执法局", valid_from=NEXT)
    succeed(SuccessionKind.SPLIT, (rest,), (new,), predecessors_end=False)
    assert selectors.body(rest).valid_until is None
    with pytest.raises(Conflict, match=r"succession\.known"):
        succeed(SuccessionKind.SPLIT, (rest,), (new,), predecessors_end=False)


def test_the_absorbing_body_of_a_merger_goes_on_and_takes_over_what_the_other_supervised():
    old, new = (build.body(name, kind=BodyKind.SUPERVISION_BODY) for name in ("法制办", "司法局"))
    below = build.body("市监局", supervised_by=old)
    succeed(SuccessionKind.MERGE, (old, new), (new,))

    assert selectors.body(new).valid_until is None
    assert selectors.body(old).valid_until == date(2026, 6, 30)
    assert selectors.body(below).identity.supervised_by == new


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param(SuccessionKind.MERGE, 2, 2, id="a merger into two"),
        pytest.param(SuccessionKind.MERGE, 0, 1, id="a merger of none"),
        pytest.param(SuccessionKind.SPLIT, 2, 1, id="a split of two"),
        pytest.param(SuccessionKind.SPLIT, 1, 0, id="a split into none"),
        pytest.param(SuccessionKind.RENAME, 1, 1, id="a renaming is for follow_on"),
        pytest.param(SuccessionKind.MERGE, 1, 0, id="a merger into nothing"),
    ],
)
def test_shapes_that_are_no_succession(kind, before, after):
    bodies = [build.body(f"局{number}") for number in range(before + after)]
    with pytest.raises(BadValue, match=r"succession\.shape"):
        succeed(kind, tuple(bodies[:before]), tuple(bodies[before:]))


def test_a_body_does_not_follow_itself():
    body = build.body()
    with pytest.raises(BadValue, match=r"succession\.shape"):
        succeed(SuccessionKind.MERGE, (body,), (body,))


def test_a_split_body_may_go_on_among_its_successors():
    old, new = build.body("住建局"), build.body("城管局", valid_from=NEXT)
    succeed(SuccessionKind.SPLIT, (old,), (old, new))
    assert selectors.body(old).valid_until is None
    assert [one.successor for one in selectors.succession(old)] == [new]


def test_a_body_without_capacity_has_none_under_its_new_name():
    old = build.body(confirmed=False)
    new = services.follow_on(
        kind=SuccessionKind.RENAME, body_id=old, identity=identity(valid_from=NEXT), basis="更名",
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert selectors.body(new).capacity_confirmed_on is None


def test_a_breach_of_the_database_without_a_name_of_ours_is_a_fault():
    other = models.Unit(body_id=build.body(), name="x", kind="kitchen", valid_from=SINCE)
    with pytest.raises(IntegrityError, match="unit_kind"):
        rows.insert(other)


def test_haimen_city_becomes_haimen_district_with_everything_that_is_open():
    city = build.city()
    later = build.person()
    services.appoint(
        person_id=later, body_id=city.body, role=Role.ARCHIVIST, valid_from=date(2026, 9, 1),
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    new = services.follow_on(
        kind=SuccessionKind.REGION_CODE,
        body_id=city.body,
        identity=identity(
            code="320614-9", office_word="海市监", valid_from=NEXT, region_code="320614",
            supervised_by=city.supervision,
        ),
        basis="国务院批复：撤销海门市，设立南通市海门区",
        actor=city.administrator,
        at=AT,
    )  # fmt: skip

    old = selectors.body(city.body)
    assert old.valid_until == date(2026, 6, 30)
    (unit,) = selectors.units(new, NEXT)
    assert unit.name == "综合执法大队"
    assert selectors.units(city.body, NEXT) == []
    before = {(one.person, one.role) for one in selectors.staff(city.body, on=date(2026, 6, 30))}
    after = {(one.person, one.role) for one in selectors.staff(new, on=NEXT)}
    assert before == after
    assert selectors.staff(city.body, on=NEXT) == []
    assert later in {one.person for one in selectors.staff(new, on=date(2026, 9, 1))}
    (head,) = selectors.people_with_role(new, Role.HANDLING_UNIT_HEAD, on=NEXT)
    assert (head.person, head.unit) == (city.unit_head, unit.id)
    (item,) = selectors.power_items(new, on=NEXT)
    assert item.content.code == selectors.power_item(city.item).content.code
    assert (item.state, item.approved_by) == (ItemState.APPROVED, city.supervisor)
    assert selectors.power_items(city.body, on=NEXT) == []
    assert selectors.power_item(city.item).valid_until == date(2026, 6, 30)
    assert [entry.kind for entry in journal.entries(f"item:{item.id}")] == ["item.carried_over"]
    (link,) = selectors.succession(new)
    assert (link.kind, link.predecessor, link.on) == (SuccessionKind.REGION_CODE, city.body, NEXT)
    with pytest.raises(Conflict, match=r"spell\.ended_already"):
        services.follow_on(
            kind=SuccessionKind.RENAME, body_id=city.body,
            identity=identity(
                code="x", valid_from=date(2027, 1, 1), supervised_by=city.supervision
            ),
            basis="再次更名",
            actor=SYSTEM, at=AT,
        )  # fmt: skip


def test_a_renamed_supervision_body_goes_on_supervising():
    city = build.city()
    new = services.follow_on(
        kind=SuccessionKind.RENAME, body_id=city.supervision,
        identity=identity(
            code="320614-8", kind=BodyKind.SUPERVISION_BODY, name="海门区司法局（新）", valid_from=NEXT
        ),
        basis="更名", actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert selectors.body(city.body).identity.supervised_by == new
    assert selectors.scope(city.supervisor, on=NEXT).case_bodies == {city.body}
    with pytest.raises(BadValue, match=r"succession\.shape"):
        services.follow_on(
            kind=SuccessionKind.MERGE,
            body_id=new,
            identity=identity(),
            basis="x",
            actor=SYSTEM,
            at=AT,
        )


def test_the_database_refuses_impossible_bodies_and_links():
    first, second = build.body("甲局"), build.body("乙局")
    for row in (
        models.Body(code="1", kind="guild", name="x", short_name="x", valid_from=SINCE),
        models.Body(
            code="1", kind="administrative_organ", name="x", short_name="x", valid_from=ON,
            valid_until=SINCE,
        ),
        models.Body(
            code="1", kind="administrative_organ", name="x", short_name="x", valid_from=SINCE,
            capacity_published_on=SINCE,
        ),
        models.Succession(
            kind="merge", predecessor_id=first, successor_id=first, on=ON, basis="x"
        ),
        models.Succession(
            kind="marriage", predecessor_id=first, successor_id=second, on=ON, basis="x"
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_lists_take_one_query(django_assert_num_queries):
    city = build.city()
    for read in (
        lambda: selectors.bodies(ON),
        selectors.every_body,
        lambda: selectors.units(city.body),
        lambda: selectors.deeds(city.body),
        lambda: selectors.succession(city.body),
        lambda: selectors.body(city.body),
    ):
        with django_assert_num_queries(1):
            read()
