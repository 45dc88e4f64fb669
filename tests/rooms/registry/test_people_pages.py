"""The administrator's pages about people: listed, made, reset, closed; and nobody else's."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from tests import build
from tests.signing_in import sign_in

from zhifa.accounts import selectors as accounts
from zhifa.accounts.models import Person
from zhifa.journal import selectors as journal
from zhifa.registry import selectors
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: build.AT)


@pytest.fixture
def desk(client, city, now_is_the_day):
    return sign_in(city.administrator, client)


def test_people_are_listed_with_their_offices(desk, city):
    page = desk.get("/desk/registry/people/").content.decode()
    assert "承办机构负责人" in page
    assert "海门区市场监督管理局" in page
    login = accounts.person(city.unit_head).login_name
    found = desk.get("/desk/registry/people/", {"name": login}).content.decode()
    assert login in found
    assert accounts.person(city.archivist).login_name not in found
    assert "没有找到" in desk.get("/desk/registry/people/", {"name": "查无此人"}).content.decode()


def test_the_list_takes_three_queries_however_many_there_are(city, django_assert_num_queries):
    with django_assert_num_queries(3):
        lines = selectors.everybody(on=build.ON)
    assert len(lines) == 16
    assert {len(one.held) for one in lines} == {1}
    assert {one.held[0].role for one in lines} >= {Role.CASE_HANDLER, Role.SUPERVISOR}


def test_a_new_person_is_made_and_the_password_shown_once(desk):
    form = {"login_name": "xin.lai", "name": "演示新"}
    page = desk.post("/desk/registry/people/new/", form, follow=True)
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    password = re.search(r'<code class="fs-2">(.*?)</code>', page.content.decode())[1]
    made = accounts.find_by_login("xin.lai")
    assert page.redirect_chain == [(f"/desk/registry/people/{made.id}/password/new/", 302)]
    assert Person.objects.get(pk=made.id).check_password(password)
    assert password not in desk.get(f"/desk/registry/people/{made.id}/").content.decode()

    again = desk.post("/desk/registry/people/new/", form)
    assert again.status_code == 422
    assert "已有人使用" in again.content.decode()
    assert 'value="演示新"' in again.content.decode()  # the form comes back filled
    bad = desk.post("/desk/registry/people/new/", {"login_name": "A B", "name": "\u200b"})
    assert bad.status_code == 422


def shown(page) -> str:
    return re.search(r'<code class="fs-2">(.*?)</code>', page.content.decode())[1]


def test_a_password_is_reset_with_its_reason_and_shown_once(desk, city):
    person = city.handlers[0]
    place = f"/desk/registry/people/{person}/"
    page = desk.get(place).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    before = Person.objects.get(pk=person).password
    missing = desk.post(f"{place}password/", {"seen": seen, "reason": " "}, follow=True)
    assert "请写明理由" in missing.content.decode()
    assert Person.objects.get(pk=person).password == before

    form = {"seen": seen, "reason": "忘记密码，当面核实"}
    page = desk.post(f"{place}password/", form, follow=True)
    assert page.redirect_chain == [(f"{place}password/new/", 302)]
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert Person.objects.get(pk=person).check_password(shown(page))
    entry = journal.entries(f"person:{person}")[-1]
    assert (entry.kind, entry.body["reason"]) == ("person.password_reset", "忘记密码，当面核实")
    again = desk.get(f"{place}password/new/", follow=True)
    assert again.redirect_chain == [(place, 302)]
    assert "只显示一次" in again.content.decode()
    assert shown(page) not in again.content.decode()


def test_a_form_sent_twice_gives_one_password(desk, city):
    person = city.handlers[0]
    place = f"/desk/registry/people/{person}/"
    seen = re.search(r'name="seen" value="(\w+)"', desk.get(place).content.decode())[1]
    for _ in range(2):
        desk.post(f"{place}password/", {"seen": seen, "reason": "忘记密码"})
    kinds = [entry.kind for entry in journal.entries(f"person:{person}")]
    assert kinds.count("person.password_reset") == 1
    page = desk.get(f"{place}password/new/")
    assert "没有再重置" in page.content.decode()
    assert Person.objects.get(pk=person).check_password(shown(page))


def test_a_password_waits_for_its_page_sealed_and_not_for_long(desk, city, monkeypatch):
    person = city.handlers[0]
    place = f"/desk/registry/people/{person}/"
    seen = re.search(r'name="seen" value="(\w+)"', desk.get(place).content.decode())[1]
    desk.post(f"{place}password/", {"seen": seen, "reason": "忘记密码"})
    of, sealed = desk.session["shown_once"]
    assert of == str(person)
    assert not re.search(r"\w{4}-\w{4}-\w{4}", sealed)
    monkeypatch.setattr("zhifa.clock.now", lambda: build.AT + timedelta(minutes=6))
    late = desk.get(f"{place}password/new/", follow=True).content.decode()
    assert "只显示一次" in late


def test_a_sign_in_is_closed_and_opened(desk, city):
    person = city.handlers[0]
    place = f"/desk/registry/people/{person}/"
    missing = desk.post(f"{place}deactivate/", {"reason": ""}, follow=True)
    assert "请写明理由" in missing.content.decode()
    assert accounts.person(person).is_active
    closed = desk.post(f"{place}deactivate/", {"reason": "调离"}, follow=True).content.decode()
    assert "已停用" in closed
    assert not accounts.person(person).is_active
    opened = desk.post(f"{place}activate/", {"reason": "调回"}, follow=True).content.decode()
    assert "已恢复登录" in opened


def test_a_lost_second_factor_is_taken_off_and_the_sessions_end(client, city, now_is_the_day):
    person = city.handlers[0]
    TOTP.activate(Person.objects.get(pk=person), "JBSWY3DPEHPK3PXP")
    theirs = Client()
    sign_in(person, theirs)
    assert theirs.get("/desk/me/").status_code == 200
    place = f"/desk/registry/people/{person}/"
    sign_in(city.administrator, client)
    assert "解除第二道验证" not in client.get(place).content.decode()
    assert client.post(f"{place}second-factor/", {"reason": "x"}).status_code == 403

    security = build.appointed(Role.SECURITY_ADMINISTRATOR, city.supervision)
    sign_in(security, client)
    page = client.get(place).content.decode()
    assert "当面核实本人身份" in page
    assert "重置密码" not in page
    missing = client.post(f"{place}second-factor/", {"reason": " "}, follow=True)
    assert "请写明理由" in missing.content.decode()
    assert accounts.has_second_factor(person)
    done = client.post(f"{place}second-factor/", {"reason": "手机丢失"}, follow=True)
    assert "已解除第二道验证" in done.content.decode()
    assert "当面核实本人身份" not in done.content.decode()
    assert theirs.get("/desk/me/").status_code == 302
    again = client.post(f"{place}second-factor/", {"reason": "x"})
    assert again.status_code == 409
    assert "没有开启第二道验证" in again.content.decode()
    own = client.post(f"/desk/registry/people/{security}/second-factor/", {"reason": "x"})
    assert own.status_code == 403


def test_nobody_else_gets_in(client, city, now_is_the_day):
    place = f"/desk/registry/people/{city.handlers[0]}/"
    assert client.get(place).status_code == 302
    for other in (city.unit_head, city.supervisor, city.leader):
        sign_in(other, client)
        for path in (place, "/desk/registry/people/", "/desk/registry/people/new/"):
            assert client.get(path).status_code == 403
        assert client.post(f"{place}password/").status_code == 403
        assert client.post(f"{place}deactivate/", {"reason": "x"}).status_code == 403
    sign_in(city.administrator, client)
    own = client.post(f"/desk/registry/people/{city.administrator}/password/", {"reason": "x"})
    assert own.status_code == 403
    unknown = client.get("/desk/registry/people/00000000-0000-0000-0000-000000000009/")
    assert unknown.status_code == 404
