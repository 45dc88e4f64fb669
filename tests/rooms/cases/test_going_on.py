"""The open cases of a body that was merged, renamed or split, and who goes on with them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import build
from tests.rooms.cases.work import casework, small, told
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import replay, services
from zhifa.cases.going_on import left_behind, open_cases_of
from zhifa.cases.models import Case
from zhifa.config.demo import stories
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import NotFound
from zhifa.registry import services as registry
from zhifa.registry.rules import Role, SuccessionKind, UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def works(city):
    """Two cases of the body, filed."""
    return [told(casework(city, small()), stories.to_filed) for _ in range(2)]


@pytest.fixture
def split(city, works):
    """Return a function that lets the body split into two, and gives their heads and units by name."""

    def done(kind=SuccessionKind.SPLIT, *, ends=True, names=("甲局", "乙局")):
        on = clock.today() + timedelta(days=1)
        found = {}
        for name in names:
            body = build.body(name, supervised_by=city.supervision)
            unit = build.unit(body, f"{name}执法队")
            found[name] = (body, unit, build.appointed(Role.AGENCY_HEAD, body))
        registry.succeed(
            kind=kind, predecessors=(city.body,), successors=tuple(one[0] for one in found.values()),
            on=on, basis="机构改革方案", actor=SYSTEM, at=clock.now(), predecessors_end=ends,
        )  # fmt: skip
        clock.move_to(clock.now() + timedelta(days=2))
        return found

    return done


def take(place, cases, *, unit=None):
    body, own, head = place
    with acting(head, on=clock.today()):
        return services.go_on_with(
            body_id=body, unit_id=unit or own, case_ids=[work.case_id for work in cases], actor=head,
            on=clock.today(), at=clock.now(),
        )  # fmt: skip


def left(place):
    body, _, head = place
    with acting(head, on=clock.today()):
        return left_behind(body, clock.today())


def test_a_body_that_goes_on_keeps_its_cases(city, works, split):
    place = split(ends=False, names=("甲局",))["甲局"]

    assert left(place) == []
    with pytest.raises(NotFound):  # out of sight: they are the other body's own
        take(place, works)
    with acting(city.agency_heads[0], on=clock.today()):
        assert {case.body_id for case in Case.objects.all()} == {city.body}


def test_the_numbers_stay_with_the_body_that_gave_them(works, split):
    place = split(SuccessionKind.MERGE, names=("甲局",))["甲局"]
    take(place, works)

    with acting(place[2], on=clock.today()):
        assert list(replay.differences()) == []


def test_after_a_split_each_takes_its_own_and_none_is_taken_twice(works, split):
    places = split()
    first, second = works

    assert {(row.id, row.unit, row.former, row.shared) for row in left(places["甲局"])} == {
        (work.case_id, "综合执法大队", "海门区市场监督管理局", True) for work in works
    }
    assert take(places["甲局"], [first]) == 1
    assert [row.id for row in left(places["乙局"])] == [second.case_id]
    with pytest.raises(NotFound):  # it is the other's now, and out of sight
        take(places["乙局"], works)
    assert take(places["乙局"], [second]) == 1
    assert left(places["乙局"]) == []


def test_a_unit_that_handles_no_cases_takes_none(works, split):
    place = split(SuccessionKind.MERGE, names=("甲局",))["甲局"]
    legal = build.unit(place[0], "法制科", UnitKind.LEGAL)
    with pytest.raises(NotFound):
        take(place, works, unit=legal)


def test_cases_left_over_two_changes_are_found(city, works, split):
    first = split(SuccessionKind.MERGE, names=("甲局",))["甲局"]
    last = build.body("丙局", supervised_by=city.supervision)
    head = build.appointed(Role.AGENCY_HEAD, last)
    registry.succeed(
        kind=SuccessionKind.MERGE, predecessors=(first[0],), successors=(last,),
        on=clock.today(), basis="机构改革方案", actor=SYSTEM, at=clock.now(),
    )  # fmt: skip
    found = left((last, None, head))
    assert {row.id for row in found} == {work.case_id for work in works}
    assert not any(row.shared for row in found)


def test_who_keeps_the_body_is_told_how_many_cases_are_open(city, works):
    for person, counted in (
        (city.administrator, {city.body: 2}), (city.agency_heads[0], {}), (build.person(), {}),
    ):  # fmt: skip
        with acting(person, on=clock.today()):
            assert open_cases_of([city.body, city.supervision]) == counted
            if person == city.administrator:
                assert not Case.objects.exists()


# The page.


@pytest.fixture
def page(client):
    """Return a function that opens or sends the page as the head of a place."""

    def asked(place, said=None):
        body, _, head = place
        sign_in(head, client)
        address = reverse("cases:go_on", args=[body])
        return client.post(address, said) if said is not None else client.get(address)

    return asked


@pytest.mark.parametrize(
    ("kind", "names", "chosen"),
    [
        pytest.param(SuccessionKind.SPLIT, ("甲局", "乙局"), 0, id="none after a split"),
        pytest.param(SuccessionKind.MERGE, ("甲局",), 2, id="all after a merger"),
    ],
)
def test_what_is_chosen_beforehand(split, page, kind, names, chosen):
    place = split(kind, names=names)["甲局"]
    text = page(place).content.decode()
    assert text.count("checked") == chosen
    assert text.count("（海门区市场监督管理局综合执法大队）") == 2


def test_the_page_takes_what_is_chosen_and_comes_back_if_another_was_first(works, split, page):
    places = split()
    one, other = works
    said = {"cases": [str(one.case_id)], "unit": str(places["甲局"][1])}
    assert page(places["甲局"], said).status_code == 302
    late = page(places["乙局"], said | {"unit": str(places["乙局"][1])})
    assert (late.status_code, "已经由别的机关接办" in late.content.decode()) == (422, True)
    none = page(places["乙局"], {"unit": str(places["乙局"][1])})
    assert "请勾选要接办的案件" in none.content.decode()
    assert str(other.case_id) in none.content.decode()


def test_a_successor_without_a_handling_unit_is_told_so(city, works, split, page):
    body = build.body("丙局", supervised_by=city.supervision)
    head = build.appointed(Role.AGENCY_HEAD, body)
    registry.succeed(
        kind=SuccessionKind.SPLIT, predecessors=(city.body,), successors=(body,),
        on=clock.today(), basis="机构改革方案", actor=SYSTEM, at=clock.now(),
    )  # fmt: skip
    assert "还没有承办机构" in page((body, None, head)).content.decode()
