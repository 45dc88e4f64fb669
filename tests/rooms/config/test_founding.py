"""A real city started from a file: everything or nothing, and only where nothing is."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from zhifa.accounts import selectors as accounts
from zhifa.config import founding
from zhifa.documents import services as documents
from zhifa.law.errors import BadValue, Conflict
from zhifa.registry import selectors as registry
from zhifa.registry import services
from zhifa.registry.imports import running
from zhifa.registry.rules import BodyKind, Identity, Role, UnitKind

ON, AT = date(2026, 11, 23), datetime(2026, 11, 23, 1, tzinfo=UTC)


def _example(**changes):
    loaded = tomllib.loads(founding.EXAMPLE)
    loaded["body"] |= changes
    return loaded


def test_the_example_can_be_used_as_it_is():
    parsed = founding.parse(_example())

    assert parsed.supervision.kind is BodyKind.SUPERVISION_BODY
    assert parsed.can_grow
    assert parsed.body.office_word == "示市监"
    assert set(parsed.administrators) == set(founding.ADMINISTRATORS.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda f: f["body"].pop("name"), "[body] 缺少 name", id="no name"),
        pytest.param(lambda f: f["body"].update(kind="boss"), "kind 只能是", id="unknown kind"),
        pytest.param(lambda f: f["body"].update(nmae="x"), "不认识 nmae", id="typing error"),
        pytest.param(lambda f: f["body"].update(valid_from="2019-02-30"), "valid_from", id="no such day"),
        pytest.param(
            lambda f: f["body"].pop("capacity_published_on"), "要么都写", id="half of the capacity"
        ),
        pytest.param(
            lambda f: f["administrators"]["audit"].update(login="xitong"),
            "登录名不能相同", id="one person twice",
        ),
        pytest.param(
            lambda f: f["administrators"]["audit"].update(name="张某"), "姓名不能相同",
            id="one name twice",
        ),
        pytest.param(lambda f: f["administrators"].pop("audit"), "audit", id="two administrators"),
        pytest.param(lambda f: f["numbers"].update(罚=0), "大于零", id="number zero"),
        pytest.param(lambda f: f["numbers"].update(罚=10**12), "不超过", id="number no body has"),
        pytest.param(
            lambda f: f["body"].update(credit_code="91320684MA1XXXXXX1"), "credit_code：统一社会信用代码",
            id="wrong credit code",
        ),
        pytest.param(
            lambda f: f["body"].update(office_word="监" * 21), "office_word：机关代字不超过20个字",
            id="office word too long",
        ),
        pytest.param(
            lambda f: f["administrators"]["audit"].update(login="王某"),
            "[administrators.audit] 登录名由", id="login name",
        ),
        pytest.param(lambda f: f["numbers"].update(判=3), "不认识 判", id="unknown series"),
        pytest.param(lambda f: f.update(body="x"), "[body] 应是一节", id="not a table"),
        pytest.param(
            lambda f: f["supervision"].pop("code"), "[supervision] 缺少 code", id="no code above"
        ),
        pytest.param(
            lambda f: f["supervision"].update(kind="entrusted_organization"),
            "[supervision] kind 只能是", id="what cannot supervise",
        ),
        pytest.param(
            lambda f: f["supervision"].update(capacity_confirmed_on="2019-01-01"),
            "[supervision] 里不认识 capacity_confirmed_on", id="a capacity above",
        ),
        pytest.param(
            lambda f: f["supervision"].update(code="SJ001"), "code 不能相同", id="one body twice"
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_every_problem(change, said):
    loaded = _example()
    change(loaded)

    with pytest.raises(founding.BadFounding) as problem:
        founding.parse(loaded)

    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.toml", b"[body"), ("a.json", b"{"), ("a.toml", b"\xff\xfe"), ("none.toml", None)],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(founding.BadFounding):
        founding.read_file(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b"[body]\nname = = 1", "第 2 行第 8 个字符处写得不对"),
        ("a.json", b'{"body":\n x}', "第 2 行第 2 个字符处写得不对"),
        ("a.toml", b"a = [", "末尾不完整"),
        ("a.toml", b"\xff\xfe", "不是 UTF-8"),
        ("a.json", b"[1]", "一节一节"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_where_and_in_chinese(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(founding.BadFounding, match=said):
        founding.read_file(tmp_path / name)


@pytest.fixture
def as_worker(own_database):
    """The terminal acts as the worker's login."""
    from django.db import connections

    connections["default"].close()
    before = dict(connections["default"].settings_dict)
    connections["default"].settings_dict |= {
        key: connections["worker"].settings_dict[key] for key in ("USER", "PASSWORD")
    }
    yield
    connections["default"].close()
    connections["default"].settings_dict |= before


def _enter(loaded):
    """Start a city, and return its bodies by code and its people by login name."""
    founding.found(founding.parse(loaded), on=ON, at=AT)
    return (
        {body.identity.code: body for body in registry.every_body()},
        {person.login_name: person for person in accounts.people()},
    )


def test_a_city_starts_with_three_administrators_its_word_and_its_numbers(as_worker):
    loaded = _example()
    loaded["numbers"] = {"罚": 57}
    bodies, people = _enter(loaded)

    assert sorted(people) == ["anquan", "shenji", "xitong"]
    assert all(one.must_change_password and not one.is_demo for one in people.values())
    office, body = bodies["SF001"], bodies["SJ001"]
    assert (body.identity.supervised_by, office.identity.supervised_by) == (office.id, None)
    held = registry.scope(people["xitong"].id, on=ON).held
    assert {(one.role, one.body) for one in held} == {(Role.SYSTEM_ADMINISTRATOR, office.id)}
    with transaction.atomic():
        number = documents.next_number(body_id=body.id, office_word="示市监", kind_word="罚", on=ON)
    assert number == "示市监罚〔2026〕57号"


def test_its_administrator_registers_the_other_bodies_by_hand_and_by_table(as_worker):
    bodies, people = _enter(_example())
    administrator, office = people["xitong"].id, bodies["SF001"]
    by_hand = Identity(
        code="CG001", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="示例市城市管理局",
        short_name="市城管局", valid_from=ON, supervised_by=office.id,
    )  # fmt: skip
    made = services.register_body(identity=by_hand, actor=administrator, at=AT)
    services.add_unit(
        body_id=made,
        name="执法大队",
        kind=UnitKind.HANDLING,
        valid_from=ON,
        actor=administrator,
        at=AT,
    )
    table = (
        "主体编码,类别,名称,成立日期,监督机构\n"
        "SJ001,行政机关,示例市市场监督管理局,2019-01-01,市司法局\n"
        "WJ001,行政机关,示例市卫生健康委员会,2019-01-01,市司法局\n"
    )
    report = running.run(running.KINDS["bodies"], table.encode(), actor=administrator, on=ON, at=AT)
    assert [line.outcome.value for line in report.lines] == ["same", "good"]
    assert registry.body_by_code("WJ001").identity.supervised_by == office.id


def test_the_government_may_be_the_root(as_worker):
    loaded = _example()
    loaded["supervision"] |= {"kind": "administrative_organ", "name": "示例市人民政府"}
    bodies, people = _enter(loaded)
    assert {one.body for one in registry.scope(people["xitong"].id, on=ON).held} == {
        bodies["SF001"].id
    }


def test_a_file_of_before_still_starts_one_body(as_worker):
    loaded = _example()
    del loaded["supervision"]
    assert not founding.parse(loaded).can_grow
    bodies, people = _enter(loaded)
    assert {one.body for one in registry.scope(people["xitong"].id, on=ON).held} == {
        bodies["SJ001"].id
    }
    loaded["body"] |= {"kind": "supervision_body"}
    assert founding.parse(loaded).can_grow


def test_two_bodies_with_one_word_are_refused(as_worker):
    loaded = _example()
    loaded["supervision"]["office_word"] = "示市监"
    with pytest.raises(Conflict, match=r"body\.office_word_taken"):
        founding.found(founding.parse(loaded), on=ON, at=AT)
    assert founding.is_empty()


def test_a_city_is_not_started_twice(as_worker):
    founding.found(founding.parse(_example()), on=ON, at=AT)

    with pytest.raises(Conflict):
        founding.found(founding.parse(_example(code="SJ002")), on=ON, at=AT)


def test_what_cannot_be_entered_leaves_nothing_behind(as_worker):
    wanted = founding.parse(_example())
    bad = replace(wanted, body=replace(wanted.body, credit_code="91320684MA1XXXXXX1"))

    with pytest.raises(BadValue):
        founding.found(bad, on=ON, at=AT)

    assert founding.is_empty()


def test_a_body_that_is_yet_to_be_established_is_no_citys_first(as_worker):
    with pytest.raises(founding.BadFounding, match="在今天以后"):
        founding.found(founding.parse(_example(valid_from="2999-01-01")), on=ON, at=AT)

    assert founding.is_empty()
