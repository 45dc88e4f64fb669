"""From which numbers a body goes on this year: entered once, by its administrator, before the first."""

import pytest
from django.urls import reverse
from tests import build
from tests.rooms.cases.work import casework, small, told
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.cases.numbers import number_lines, seen_of, start_numbers
from zhifa.config.demo import stories
from zhifa.documents import services as documents
from zhifa.law.actors import SYSTEM
from zhifa.law.errors import BadValue, Conflict, Denied
from zhifa.registry import services as registry
from zhifa.registry.rules import BodyKind, Identity, SuccessionKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


@pytest.fixture
def city():
    return build.city()


def line(body, word):
    return next(one for one in number_lines(body, clock.today().year) if one.word == word)


def start(city, actor, **firsts):
    start_numbers(body_id=city.body, firsts=firsts, actor=actor, at=clock.now())


def test_a_body_goes_on_from_the_numbers_it_has_used(city):
    start(city, city.administrator, 立=41)
    assert (line(city.body, "立").first, line(city.body, "立").begun) == (41, False)
    start(city, city.administrator, 立=14)

    work = told(casework(city, small()), stories.to_filed)
    year = clock.today().year
    assert work.number == f"海市监立〔{year}〕14号"
    assert (line(city.body, "立").last, line(city.body, "罚").begun) == (14, False)
    with pytest.raises(Conflict, match=r"number\.series_begun"):
        start(city, city.administrator, 立=20)


@pytest.mark.parametrize("who", ["supervisor", "unit_head", "leader"])
def test_only_the_administrator_says_so(city, who):
    with pytest.raises(Denied, match=r"role\.missing"):
        start(city, getattr(city, who), 立=41)


def test_all_or_none(city):
    with pytest.raises(BadValue, match=r"number\.first"):
        start(city, city.administrator, 立=41, 罚=0)
    assert line(city.body, "立").first == 1


def test_a_renamed_body_is_told_where_the_former_one_stopped(city):
    told(casework(city, small()), stories.to_filed)
    new = registry.follow_on(
        kind=SuccessionKind.RENAME, body_id=city.body, basis="更名", actor=SYSTEM, at=clock.now(),
        identity=Identity(
            code="NEW", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="海门区市场监管局", short_name="监管局",
            valid_from=clock.today(), supervised_by=city.supervision, office_word="海市监",
        ),
    )  # fmt: skip
    assert (line(new, "立").before, line(new, "立").begun) == (1, False)
    with pytest.raises(BadValue, match=r"number\.given_by_former"):
        start_numbers(body_id=new, firsts={"立": 1}, actor=city.administrator, at=clock.now())

    # Nobody entered a start: the first number is the next one all the same, in every series.
    year = clock.today().year
    for word, expected in (("立", 2), ("案源", 2), ("罚", 1)):
        given = documents.next_number(
            body_id=new, office_word="海市监", kind_word=word, on=clock.today()
        )
        assert given == f"海市监{word}〔{year}〕{expected}号"
    assert (
        documents.next_number(body_id=new, office_word="海监", kind_word="告", on=clock.today())
        == f"海监告〔{year}〕1号"
    )


def test_the_page(client, city):
    sign_in(city.administrator, client)
    address = reverse("cases:numbers", args=[city.body])
    lines = number_lines(city.body, clock.today().year)
    said = {f"first_{place}": one.first for place, one in enumerate(lines)}
    said["seen"] = seen_of(lines)
    assert client.get(address).status_code == 200
    assert address in client.get(reverse("registry:body", args=[city.body])).content.decode()

    bad = client.post(address, said | {"first_0": "0"})
    assert (bad.status_code, line(city.body, "立").first) == (422, 1)
    assert client.post(address, said | {"first_0": "7"}).status_code == 302
    assert line(city.body, "立").first == 7

    second = client.post(address, said | {"first_0": "9"})  # opened before the 7 was entered
    text = second.content.decode()
    assert (second.status_code, line(city.body, "立").first) == (409, 7)
    assert "立案号（立）：从 7 号开始" in text
    assert 'value="9"' in text
    again = said | {"first_0": "9", "seen": seen_of(number_lines(city.body, clock.today().year))}
    assert again["seen"] in text
    assert client.post(address, again).status_code == 302
    assert line(city.body, "立").first == 9

    told(casework(city, small()), stories.to_filed)
    text = client.get(address).content.decode()
    assert ("9 号" in text, 'name="first_0"' in text) == (True, False)
