"""A real city started from a file: everything or nothing, and only where nothing is."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from zhifa.accounts import selectors as accounts
from zhifa.config import founding
from zhifa.documents import services as documents
from zhifa.law.errors import BadValue, Conflict
from zhifa.registry import selectors as registry
from zhifa.registry.rules import Role

ON, AT = date(2026, 11, 23), datetime(2026, 11, 23, 1, tzinfo=UTC)


def _example(**changes):
    loaded = tomllib.loads(founding.EXAMPLE)
    loaded["body"] |= changes
    return loaded


def test_the_example_can_be_used_as_it_is():
    parsed = founding.parse(_example())

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
        pytest.param(lambda f: f["numbers"].update(判=3), "不认识 判", id="unknown series"),
        pytest.param(lambda f: f.update(body="x"), "[body] 应是一节", id="not a table"),
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


def test_a_city_starts_with_three_administrators_its_word_and_its_numbers(as_worker):
    loaded = _example()
    loaded["numbers"] = {"罚": 57}

    opened = founding.found(founding.parse(loaded), on=ON, at=AT)

    assert [one.founder.login for one in opened] == ["xitong", "anquan", "shenji"]
    people = {one.login_name: one for one in accounts.people()}
    assert all(one.must_change_password and not one.is_demo for one in people.values())
    (body,) = registry.every_body()
    held = registry.scope(people["xitong"].id, on=ON).held
    assert {(one.role, one.body) for one in held} == {(Role.SYSTEM_ADMINISTRATOR, body.id)}
    from django.db import transaction

    with transaction.atomic():
        number = documents.next_number(body_id=body.id, office_word="示市监", kind_word="罚", on=ON)
    assert number == "示市监罚〔2026〕57号"


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
