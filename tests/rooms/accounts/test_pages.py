"""Signing in, the forced first password, the lock-out and the second factor, without any JavaScript."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from tests import build

from zhifa.accounts import selectors as accounts
from zhifa.accounts import services
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.registry import services as registry

pytestmark = pytest.mark.django_db
GOOD = "海门-guess-this-7"
CONFIRM = "/accounts/reauthenticate/"


@pytest.fixture
def newcomer():
    return registry.create_person(login_name="newcomer", name="演示甲", actor=SYSTEM, at=build.AT)


@pytest.fixture
def officer(newcomer):
    services.change_own_password(
        actor=newcomer.id, old=newcomer.temporary_password, new=GOOD, at=build.AT
    )
    return newcomer.id


def sign_in(client, password=GOOD, **more):
    return client.post("/accounts/login/", {"login": "newcomer", "password": password}, **more)


def test_a_stranger_is_led_to_the_sign_in_and_back(client, officer):
    answer = client.get("/desk/me/password/")
    assert (answer.status_code, answer["Location"]) == (
        302, "/accounts/login/?next=%2Fdesk%2Fme%2Fpassword%2F",
    )  # fmt: skip
    answer = client.post("/desk/me/password/", {"old": "x"})
    assert answer["Location"] == "/accounts/login/?next=%2Fdesk%2F"
    answer = client.get("/desk/me/password/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/accounts/login/")
    assert "登录工作台" in client.get("/accounts/login/").content.decode()
    assert sign_in(client)["Location"] == "/desk/"


BACK = "/accounts/login/?next=%2Fdesk%2Fcases%2F%3Fq%3D1"


@pytest.mark.parametrize(
    ("headers", "way"),
    [
        pytest.param({"Referer": "http://testserver/desk/cases/?q=1"}, BACK, id="the form's page"),
        pytest.param(
            {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/cases/?q=1#x",
             "Referer": "http://testserver/desk/"},
            BACK, id="the page of a part",
        ),
        pytest.param({"Referer": "http://elsewhere.example/desk/x/"}, "", id="another site"),
        pytest.param({"Referer": "http://testserver//elsewhere.example/"}, "", id="not the desk"),
        pytest.param({"Referer": "javascript:alert(1)"}, "", id="no page at all"),
        pytest.param({}, "", id="nothing said"),
    ],
)  # fmt: skip
def test_who_is_signed_out_in_mid_form_is_led_back_to_its_page(client, officer, headers, way):
    answer = client.post("/desk/me/password/", {"old": "x"}, headers=headers)
    place = answer.headers.get("HX-Redirect") or answer["Location"]
    assert place == (way or "/accounts/login/?next=%2Fdesk%2F")
    page = client.get(place).content.decode()
    assert "登录已经过期，刚才的内容没有提交" in page
    signed_in = client.post(place, {"login": "newcomer", "password": GOOD})
    assert signed_in["Location"] == ("/desk/cases/?q=1" if way else "/desk/")


def test_a_part_that_is_fetched_leads_back_to_the_whole_page(client, officer):
    answer = client.get(
        "/desk/me/password/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/cases/?q=1"},
    )
    assert answer["HX-Redirect"] == BACK


def test_the_first_sign_in_leads_to_a_password_of_ones_own_and_nowhere_else(client, newcomer):
    sign_in(client, newcomer.temporary_password)
    answer = client.get("/desk/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/me/password/")
    page = client.get("/desk/me/password/").content.decode()
    assert "临时密码" in page

    wrong = client.post("/desk/me/password/", {"old": "x", "new": GOOD, "again": GOOD})
    assert wrong.status_code == 422
    assert "原密码不对" in wrong.content.decode()
    typo = client.post(
        "/desk/me/password/", {"old": newcomer.temporary_password, "new": GOOD, "again": "y"}
    )
    assert "两次输入的新密码不一样" in typo.content.decode()
    weak = client.post(
        "/desk/me/password/", {"old": newcomer.temporary_password, "new": "1", "again": "1"}
    )
    assert "新密码太短" in weak.content.decode()
    done = client.post(
        "/desk/me/password/", {"old": newcomer.temporary_password, "new": GOOD, "again": GOOD}
    )
    assert (done.status_code, done["Location"]) == (302, "/desk/")
    assert client.get("/desk/me/").status_code == 200  # still signed in


def test_a_changed_password_ends_other_sessions(client, officer):
    sign_in(client)
    services.change_own_password(actor=officer, old=GOOD, new=GOOD + "x", at=build.AT)
    assert client.get("/desk/me/").status_code == 302


def test_a_wrong_password_is_said_in_chinese_and_the_eighth_locks(client, officer):
    answer = sign_in(client, "wrong")
    assert "登录名或者密码不对" in answer.content.decode()
    for _ in range(7):
        answer = sign_in(client, "wrong")
    assert answer.status_code == 429
    assert "登录暂时锁定" in answer.content.decode()
    assert sign_in(client).status_code == 429  # the right one too
    assert sign_in(client, REMOTE_ADDR="192.0.2.1").status_code == 302  # not from elsewhere
    registry.create_person(
        login_name="other",
        name="演示乙",
        is_demo=True,
        demo_password=GOOD,
        actor=SYSTEM,
        at=build.AT,
    )
    other = client.post("/accounts/login/", {"login": "other", "password": GOOD})
    assert other.status_code == 302  # nor anybody else in the same office


def test_a_closed_person_is_turned_away(client, officer):
    sign_in(client)
    registry.deactivate_person(person_id=officer, reason="调离", actor=SYSTEM, at=build.AT)
    assert client.get("/desk/me/").status_code == 302  # the session that was open
    assert sign_in(client).status_code != 302 or client.get("/desk/me/").status_code == 302


def test_who_is_let_in_again_has_to_sign_in_again(client, officer):
    sign_in(client)
    registry.deactivate_person(person_id=officer, reason="借调", actor=SYSTEM, at=build.AT)
    registry.activate_person(person_id=officer, reason="调回", actor=SYSTEM, at=build.AT)
    assert client.get("/desk/me/").status_code == 302  # the session of before
    assert sign_in(client).status_code == 302
    assert client.get("/desk/me/").status_code == 200


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "password/change/", "email/", "2fa/webauthn/"]
)
def test_what_the_library_offers_beyond_is_closed(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_second_factor_from_activation_to_signing_in_with_a_code_and_with_a_spare_one(
    client, officer
):
    sign_in(client)
    assert "未开启" in client.get("/accounts/2fa/").content.decode()
    again = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert "确认是您本人" in again.content.decode()
    assert "密码不对" in client.post(CONFIRM, {"password": "wrong"}).content.decode()
    client.post(CONFIRM, {"password": GOOD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    refused = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "验证码不对" in refused.content.decode()
    done = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    spare = re.findall(r"<li><code>(\w+)</code></li>", done.content.decode())
    assert len(spare) == 10
    assert spare[0] in client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    assert "已开启" in client.get("/accounts/2fa/").content.decode()

    client.post("/accounts/logout/")
    answer = sign_in(client)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/desk/me/").status_code == 302  # the password alone is not enough
    assert "第二道验证" in client.get("/accounts/2fa/authenticate/").content.decode()
    answer = client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    assert answer["Location"] == "/desk/"
    assert client.get("/desk/me/").status_code == 200

    client.post("/accounts/2fa/reauthenticate/", {"code": spare[1]})
    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert "关闭手机验证器" in page
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    assert "未开启" in client.get("/accounts/2fa/").content.decode()
    told = [(one.kind, one.actor, one.body["factor"])
            for one in journal.entries(f"person:{officer}") if "second_factor" in one.kind]  # fmt: skip
    assert told == [
        ("person.second_factor_added", officer, "recovery_codes"),
        ("person.second_factor_added", officer, "totp"),
        ("person.second_factor_renewed", officer, "recovery_codes"),
        ("person.second_factor_removed", officer, "recovery_codes"),
        ("person.second_factor_removed", officer, "totp"),
    ]


def test_a_second_factor_that_cannot_be_journalled_is_not_switched_on(client, officer, monkeypatch):
    sign_in(client)
    client.post(CONFIRM, {"password": GOOD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]

    def fails(*given, **more):
        raise ConnectionError

    monkeypatch.setattr("zhifa.journal.services.append", fails)
    with pytest.raises(ConnectionError):
        client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert not accounts.has_second_factor(officer)


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
