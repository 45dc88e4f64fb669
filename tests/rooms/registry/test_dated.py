"""What changes by date: settings that may only tighten, the scope matrix, holidays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests import build

from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.law.calendar import Calendar
from zhifa.law.errors import BadValue, Conflict, Denied, NotFound, Refused
from zhifa.law.holidays import NOTICES, DaysOff, Notice
from zhifa.procedures.facts import Policy
from zhifa.procedures.values import PenaltyKind
from zhifa.registry import models, selectors, services
from zhifa.registry.rules import ActType, Coverage, Mark
from zhifa.registry.scope_matrix import MATRICES, PILOT

pytestmark = pytest.mark.django_db
ON, AT = build.ON, build.AT
FEN = "penalty.hearing_person_fen"


@pytest.fixture
def city():
    return build.city()


def choose(key, value, *, body=None, valid_from=ON, actor=SYSTEM):
    services.set_setting(
        key=key, value=value, body_id=body, valid_from=valid_from, basis="演示依据", mark=Mark.POLICY,
        actor=actor, at=AT,
    )  # fmt: skip


def test_what_nobody_set_is_as_the_procedures_have_it(city):
    assert selectors.penalty_policy(city.body, on=ON) == Policy()


def test_a_setting_holds_from_its_day_and_the_later_entry_of_a_day_counts(
    city, django_assert_num_queries
):
    choose(FEN, 500_000, actor=city.supervisor)
    choose(FEN, 400_000, actor=city.supervisor)
    choose(FEN, 300_000, valid_from=date(2026, 6, 1), actor=city.supervisor)

    def fen(on: date) -> int:
        return selectors.penalty_policy(city.body, on=on).hearing_person_fen

    assert [fen(ON - timedelta(days=1)), fen(ON), fen(date(2026, 6, 1))] == [
        1_000_000,
        400_000,
        300_000,
    ]
    with django_assert_num_queries(1):
        history = selectors.setting_history(FEN)
    assert [one.value for one in history] == [300_000, 400_000, 500_000]
    assert len(journal.entries(f"setting:{FEN}")) == 3
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        models.Setting.objects.update(value=1)


def test_a_bodys_own_value_holds_for_it_alone_and_never_looser_than_the_citys(city):
    head = city.agency_heads[0]
    choose(FEN, 800_000, body=city.body, actor=head)
    assert selectors.penalty_policy(city.body, on=ON).hearing_person_fen == 800_000
    assert selectors.penalty_policy(build.body("别的局"), on=ON).hearing_person_fen == 1_000_000
    choose(FEN, 500_000, actor=city.supervisor)  # the city is stricter from now on
    assert selectors.penalty_policy(city.body, on=ON).hearing_person_fen == 500_000
    with pytest.raises(Refused, match=r"setting\.looser_than_city"):
        choose(FEN, 500_001, body=city.body, actor=head)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        pytest.param("penalty.discuss_major", False, "setting.loosens_law", id="APL art. 57(2)"),
        pytest.param(
            "penalty.major_kinds", (PenaltyKind.REVOKE_LICENCE.value,), "setting.loosens_law",
            id="statutory criteria cannot be removed: R-42",
        ),
    ],
)  # fmt: skip
def test_no_setting_loosens_the_law(city, key, value, problem):
    with pytest.raises(Refused, match=problem):
        choose(key, value)
    with pytest.raises(Refused, match=problem):
        choose(key, value, body=city.body)


def test_more_kinds_may_be_major(city):
    kinds = (*Policy().major_kinds, PenaltyKind.CONFISCATE_ILLEGAL_PROPERTY)
    choose("penalty.major_kinds", tuple(map(str, kinds)), body=city.body)
    assert selectors.penalty_policy(city.body, on=ON).major_kinds == kinds


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        pytest.param("penalty.colour", 1, "setting.unknown", id="unknown"),
        pytest.param(FEN, 0, "setting.value", id="nothing"),
        pytest.param(FEN, True, "setting.value", id="yes is no amount"),
        pytest.param(FEN, "100", "setting.value", id="text is no amount"),
        pytest.param("penalty.review_first", 1, "setting.value", id="a number is no yes"),
        pytest.param("penalty.field", "navy", "setting.value", id="no such field"),
        pytest.param("penalty.major_kinds", ("flogging",), "setting.value", id="no such penalty"),
    ],
)
def test_values_a_setting_cannot_have(key, value, problem):
    with pytest.raises(BadValue, match=problem):
        choose(key, value)


def test_who_chooses_settings(city):
    with pytest.raises(Denied, match=r"role\.missing"):
        choose(FEN, 1, actor=city.agency_heads[0])  # for all bodies
    with pytest.raises(Denied, match=r"role\.missing"):
        choose(FEN, 1, body=city.body, actor=city.supervisor)
    with pytest.raises(NotFound):
        choose(FEN, 1, body=city.item)


SIGNS = {Coverage.REQUIRED: "●", Coverage.CONNECTED: "◐", Coverage.NONE: "–"}
# seed-requirements section 2, copied once more by hand from the notice's text:
# penalty everywhere, coercion and inspection where connected with it (相关联的)
NAMED = {
    ActType.COLLECTION: {"住建局", "国土局"},
    ActType.PERMIT: {"市监局", "城管局", "农业局", "审批局"},
    ActType.FEE: {"公安局", "人社局", "民政局"},
}
BY_SUPERIOR = {"卫计委", "文广新局", "烟草局", "商务局", "地税局", "交通局"}


def load_matrices(city):
    for matrix in MATRICES:
        services.set_scope_matrix(
            matrix=matrix, bodies={"市监局": city.body}, actor=city.supervisor, at=AT
        )


def test_the_scope_matrix_is_the_notices(city, django_assert_num_queries):
    load_matrices(city)
    with django_assert_num_queries(1):
        rows = selectors.scope_matrix(date(2017, 5, 25))

    assert len(rows) == 16
    assert {row.agency for row in rows} == set().union(*NAMED.values(), BY_SUPERIOR, {""})
    assert rows[0].agency == ""
    for row in rows:
        cells = {cell.act_type: cell for cell in row.cells}
        assert SIGNS[cells[ActType.PENALTY].coverage] == "●"
        assert SIGNS[cells[ActType.COERCION].coverage] == "◐"
        assert SIGNS[cells[ActType.INSPECTION].coverage] == "◐"
        for act, agencies in NAMED.items():
            assert (cells[act].coverage is Coverage.REQUIRED) is (row.agency in agencies)
        assert {cell.by_superior for cell in row.cells} == {row.agency in BY_SUPERIOR}
        assert row.body == (city.body if row.agency == "市监局" else None)


@pytest.mark.parametrize(
    ("act", "on", "who"),
    [
        pytest.param(
            ActType.FEE, date(2017, 6, 1), ["公安局", "人社局", "民政局"], id="fees: three bodies"
        ),
        pytest.param(ActType.COLLECTION, date(2017, 6, 1), ["住建局", "国土局"], id="collection"),
        pytest.param(ActType.PENALTY, date(2017, 6, 1), [""], id="penalties: every agency"),
        pytest.param(
            ActType.INSPECTION, date(2017, 6, 1), [], id="inspections: only where connected"
        ),
        pytest.param(ActType.INSPECTION, date(2018, 12, 5), [""], id="118: every agency"),
        pytest.param(ActType.FEE, date(2019, 6, 1), [], id="118 does not name fees"),
        pytest.param(ActType.FEE, date(2020, 1, 1), [""], id="the regulation: all enforcement"),
        pytest.param(ActType.PENALTY, date(2016, 12, 31), [], id="before the pilot"),
    ],
)
def test_who_must(city, act, on, who):
    load_matrices(city)
    assert [one.agency for one in selectors.who_must(act, on=on)] == who


def test_a_matrix_is_set_by_a_supervisor_and_once_a_day(city):
    with pytest.raises(Denied, match=r"role\.missing"):
        services.set_scope_matrix(matrix=PILOT, bodies={}, actor=city.agency_heads[0], at=AT)
    services.set_scope_matrix(matrix=PILOT, bodies={}, actor=city.supervisor, at=AT)
    with pytest.raises(Conflict, match=r"scope\.overlaps"):
        services.set_scope_matrix(matrix=PILOT, bodies={}, actor=city.supervisor, at=AT)
    (entry,) = journal.entries("setting:scope_matrix")
    assert ["卫计委", "penalty", "●◇"] in entry.body["cells"]


SPRING = DaysOff(
    "春节", date(2027, 2, 5), date(2027, 2, 11), (date(2027, 1, 31), date(2027, 2, 14))
)
NOTICE = Notice(
    2027,
    "国办发明电〔2026〕9号",
    "2027年部分节假日安排的通知",
    date(2026, 11, 5),
    "演示来源",
    (SPRING,),
)


def add(notice, actor=SYSTEM):
    services.add_holiday_notice(notice=notice, actor=actor, at=AT)


def test_an_imported_notice_changes_the_calendar(city, django_assert_num_queries):
    assert selectors.calendar() == Calendar.of(NOTICES)
    assert selectors.calendar().missing_notice(date(2027, 2, 8)) == 2027
    add(NOTICE, city.administrator)

    calendar = selectors.calendar()
    assert calendar == Calendar.of([*NOTICES, NOTICE])
    assert not calendar.is_working_day(date(2027, 2, 8))
    assert calendar.is_working_day(date(2027, 2, 14))
    assert selectors.calendar(as_of=date(2026, 11, 4)) == Calendar.of(NOTICES)
    with django_assert_num_queries(1):
        assert selectors.calendar() is calendar
    assert selectors.holiday_notices()[-1] == NOTICE
    assert journal.entries("setting:holidays")[-1].body["notice"]["year"] == 2027
    with pytest.raises(Conflict, match=r"holidays\.known"):
        add(NOTICE)
    later = replace(NOTICE, issued_on=date(2027, 1, 20), holidays=(replace(SPRING, make_up=()),))
    add(later)  # a changed arrangement replaces the year's
    assert not selectors.calendar().is_working_day(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"holidays": ()}, "holidays.incomplete", id="no holiday"),
        pytest.param({"number": " "}, "holidays.incomplete", id="no number"),
        pytest.param({"source": ""}, "holidays.incomplete", id="no source"),
        pytest.param(
            {"holidays": (replace(SPRING, last=date(2027, 2, 1)),)}, "holidays.spell", id="ends first"
        ),
        pytest.param(
            {"holidays": (replace(SPRING, last=date(2027, 3, 11)),)}, "holidays.spell", id="five weeks"
        ),
        pytest.param({"holidays": (replace(SPRING, name=""),)}, "holidays.spell", id="no name"),
        pytest.param({"year": 2028}, "holidays.other_year", id="another year"),
        pytest.param(
            {"holidays": (replace(SPRING, make_up=(date(2027, 2, 15),)),)}, "holidays.make_up",
            id="a Monday worked in exchange",
        ),
        pytest.param(
            {"holidays": (replace(SPRING, make_up=(date(2027, 2, 6),)),)}, "holidays.make_up",
            id="worked and off",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_a_notice(change, problem):
    with pytest.raises(BadValue, match=problem):
        add(replace(NOTICE, **change))


def test_only_a_system_administrator_adds_notices(city):
    with pytest.raises(Denied, match=r"role\.missing"):
        add(NOTICE, city.supervisor)
