"""The scope matrix set by the office: a day, its basis, a line for each agency; every one kept."""

from datetime import date

import pytest
from django.urls import reverse
from tests import build
from tests.signing_in import sign_in

from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict
from zhifa.registry import selectors, services
from zhifa.registry.rules import ActType, Coverage
from zhifa.registry.scope_matrix import (
    COLUMNS,
    MATRICES,
    NATIONWIDE,
    PILOT,
    REGULATION,
    Cell,
    Matrix,
)

pytestmark = pytest.mark.django_db
AT = build.AT
ADDRESS, SEEN = reverse("registry:set_matrix"), reverse("registry:matrix")


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: AT)


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def office(client, city):
    return sign_in(city.supervisor, client)


def put(matrix, **more):
    services.set_scope_matrix(matrix=matrix, bodies={}, actor=SYSTEM, at=AT, **more)


def spells():
    return [(one.valid_from, one.valid_until) for one in selectors.scope_matrices()]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_matrices_may_be_entered_in_any_order(order, django_assert_num_queries):
    for place in order:
        put(MATRICES[place])
    with django_assert_num_queries(1):
        assert spells() == [
            (REGULATION.valid_from, None),
            (NATIONWIDE.valid_from, date(2019, 12, 31)),
            (PILOT.valid_from, date(2018, 12, 4)),
        ]
    assert [one.agencies for one in selectors.scope_matrices()] == [0, 0, 15]


def test_one_of_the_same_day_takes_the_place_of_a_wrong_one():
    put(REGULATION)
    with pytest.raises(Conflict, match=r"scope\.overlaps"):
        put(REGULATION)
    put(Matrix(REGULATION.valid_from, "更正", NATIONWIDE.cells), replaces=True)
    assert [one.act_type for one in selectors.scope_matrix(build.ON)[0].cells] == list(COLUMNS)
    assert [(one.basis, one.taken_back) for one in selectors.scope_matrices()] == [
        ("更正", False), (REGULATION.basis, True),
    ]  # fmt: skip


CELL = Cell("甲局", ActType.FEE, Coverage.REQUIRED)


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        pytest.param(Matrix(build.ON, "x", ()), "scope.empty", id="no line"),
        pytest.param(Matrix(build.ON, "x", (CELL, CELL)), "scope.twice", id="a cell twice"),
        pytest.param(Matrix(build.ON, " ", (CELL,)), "reason.missing", id="no basis"),
    ],
)
def test_what_is_no_matrix(matrix, code):
    with pytest.raises(BadValue, match=code.replace(".", r"\.")):
        put(matrix)


def sent(*lines, **more):
    """Return the form: each line an agency and its six signs; the first is for all."""
    rows = [("", "●●●●●●"), *lines]
    form = {
        "valid_from": "2026-03-01",
        "basis": "司发〔2026〕1号",
        "agency": [row[0] for row in rows],
    }
    for place, act_type in enumerate(COLUMNS):
        form[act_type.value] = [signs[place] for _, signs in rows]
    return form | more


def test_the_page_begins_with_what_holds_or_with_a_notice(office, city):
    assert 'value="甲局"' not in office.get(ADDRESS).content.decode()
    put(PILOT)
    text = office.get(ADDRESS).content.decode()
    assert text.count("data-row>") == 15
    assert 'value="卫计委"' in text
    text = office.get(ADDRESS, {"notice": "2"}).content.decode()
    assert 'value="2020-01-01"' in text
    assert text.count("data-row>") == 1
    assert office.get(ADDRESS, {"notice": "99"}).status_code == 200


def test_a_matrix_is_set_and_seen(office, city):
    name = selectors.body(city.body).short_name
    form = sent((name, ("●", "●", "◐", "–", "–◇", "●")), ("没有登记的局", "●●●–●●"), ("", "––––––"))
    answer = office.post(ADDRESS, form)
    assert answer.url == f"{SEEN}?on=2026-03-01"
    every, mine, other = selectors.scope_matrix(build.ON)
    assert (every.agency, mine.body, other.body) == ("", city.body, None)
    fee = next(cell for cell in mine.cells if cell.act_type is ActType.FEE)
    assert (fee.coverage, fee.by_superior) == (Coverage.NONE, True)
    page = office.get(SEEN).content.decode()
    assert "司发〔2026〕1号" in page
    assert "历次范围" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"basis": ""}, "需要改正", id="no basis"),
        pytest.param({"valid_from": "2026-02-30"}, "日期写成", id="no such day"),
        pytest.param({"fee": ["●", "◆", "●"]}, "没有这个选项", id="a sign of one's own"),
        pytest.param({"agency": ["", "甲局", "甲局"]}, "写了两行", id="an agency twice"),
        pytest.param({"agency": ["", "局" * 61, "乙局"]}, "60", id="an overlong name"),
    ],
)
def test_what_is_wrong_comes_back_filled(office, city, change, words):
    answer = office.post(ADDRESS, sent(("甲局", "●●●●●●"), ("乙局", "●●●●●●")) | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="甲局"' in answer.content.decode() or "agency" in change
    assert selectors.scope_matrices() == []


def test_a_line_more_without_a_script(office, city):
    answer = office.post(ADDRESS, sent(("甲局", "●●●●●●"), add_row="1"))
    assert (answer.status_code, answer.content.decode().count("data-row>")) == (200, 2)


def test_the_same_day_is_corrected_on_purpose(office, city):
    assert office.post(ADDRESS, sent()).status_code == 302
    again = office.post(ADDRESS, sent(("甲局", "●●●●●●")))
    assert "请勾选“改正”" in again.content.decode()
    assert office.post(ADDRESS, sent(("甲局", "●●●●●●"), replaces="on")).status_code == 302
    assert "已改正" in office.get(SEEN).content.decode()
