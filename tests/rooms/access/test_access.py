"""Every address of the workbench, opened by everybody of one city, and by those of another (越权测试).

design.md section 4, Access: deny by default; what is out of scope is not found.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from tests.conventions.test_routes import Route, all_routes
from tests.rooms.access.table import EVERYBODY, PAGES, SEES_CASE, Page
from tests.rooms.access.world import World
from tests.signing_in import sign_in

from zhifa import clock

pytestmark = pytest.mark.xdist_group("access")

ANSWERED = {200, 302, 409, 422}
METHODS = ("get", "post")
# Who of the one city tries the things of the other: one of each kind of sight.
VISITORS = (
    "handlers", "unit_head", "agency_heads", "legal_reviewer", "publisher", "leader", "supervisor",
    "office_leader", "administrator", "audit_administrator",
)  # fmt: skip
REASON = {"reason": "越权尝试", "remark": "越权尝试"}  # what most forms ask for and nobody may say


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, with the text of tables that were sent."""

    status: int
    text: str


@pytest.fixture(scope="module")
def routes() -> dict[str, Route]:
    return {route.name: route for route in all_routes() if route.path.startswith("/desk/")}


@pytest.fixture(scope="module")
def clients(worlds: tuple[World, World], django_db_blocker) -> dict[UUID, Client]:
    """Return everybody's browser, signed in."""
    with django_db_blocker.unblock():
        return {person: sign_in(person) for one in worlds for person in one.people.values()}


@pytest.fixture(autouse=True)
def _at_the_desk(worlds, django_db_blocker) -> Iterator[None]:
    clock.move_to(worlds[0].now)
    with django_db_blocker.unblock():
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever the block does, also what services want to be outermost."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, path: str) -> Answer:
    with undone():
        answer = getattr(client, method)(path, REASON if method == "post" else None)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(map(book.read, book.namelist()))
    return Answer(answer.status_code, content.decode(errors="replace"))


def address(place: Page, routes: dict[str, Route], world: World) -> str:
    given = world.objects | {
        name: world.objects.get(value, value) for name, value in place.given.items()
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(given[found[1]]), routes[place.name].path)


def expected(place: Page, who: str) -> set[int]:
    if who not in place.sees:
        return {404}
    return ANSWERED if who in place.may else {403}


def expected_abroad(place: Page, who: str, method: str) -> set[int]:
    sent = place.abroad_post if method == "post" else None
    status = sent or place.abroad
    return expected(place, who) if status == 200 else {status}


def leaks(answer: Answer, secrets: tuple[str, ...]) -> list[str]:
    return [text for text in secrets if text in answer.text]


def test_every_address_of_the_workbench_stands_in_the_table(routes):
    assert {one.name for one in PAGES} == set(routes)


def test_everybody_stands_in_the_table(worlds):
    assert set(worlds[0].people) == EVERYBODY


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place.id)
def test_nobody_is_led_to_the_sign_in(place, routes, worlds):
    for method in METHODS:
        with undone():
            answer = getattr(Client(), method)(address(place, routes, worlds[0]))
        assert answer.status_code == 302, method
        assert answer.url.startswith("/accounts/login/"), method


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place.id)
def test_in_ones_own_city_one_gets_what_ones_office_gives(place, routes, worlds, clients):
    own, other = worlds
    path = address(place, routes, own)
    for method in METHODS:
        wrong = []
        for who, person in own.people.items():
            answer = ask(clients[person], method, path)
            if answer.status == 405:
                break  # for nobody
            hidden = other.secrets if who in SEES_CASE else other.secrets + own.secrets
            if answer.status not in expected(place, who) or leaks(answer, hidden):
                wrong.append((who, answer.status, leaks(answer, hidden)))
        assert wrong == [], method


@pytest.mark.parametrize("place", PAGES, ids=lambda place: place.id)
def test_in_another_city_one_finds_nothing(place, routes, worlds, clients):
    own, other = worlds
    back = ("agency_heads", "supervisor")
    for visitors, host, tried in ((own, other, VISITORS), (other, own, back)):
        path = address(place, routes, host)
        for method in METHODS:
            wrong = []
            for who in tried:
                answer = ask(clients[visitors.people[who]], method, path)
                if answer.status == 405:
                    break
                allowed = expected_abroad(place, who, method)
                if answer.status not in allowed or leaks(answer, host.secrets):
                    wrong.append((who, answer.status, leaks(answer, host.secrets)))
            assert wrong == [], (method, path)
