"""The pages of the sign-in library are about whoever signed in, and about nobody else (他人的登录不可及)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from tests import build
from tests.conventions.test_routes import all_routes

from zhifa.accounts.models import Person
from zhifa.journal import selectors as journal
from zhifa.law.actors import SYSTEM
from zhifa.registry import services as registry

pytestmark = pytest.mark.django_db
PASSWORD, SECRET = "demo-Zhifa-2026", "JBSWY3DPEHPK3PXP"
# Every address below /accounts/: a new one has to be looked at here.
ADDRESSES = (
    "login/", "logout/", "inactive/", "reauthenticate/", "2fa/", "2fa/authenticate/",
    "2fa/reauthenticate/", "2fa/totp/activate/", "2fa/totp/deactivate/", "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/", "2fa/recovery-codes/download/",
)  # fmt: skip
ASKS_AGAIN = "2fa/totp/activate/"


def person(login_name):
    return registry.create_person(
        login_name=login_name, name=f"演示{login_name}", is_demo=True, demo_password=PASSWORD,
        actor=SYSTEM, at=build.AT,
    ).id  # fmt: skip


@pytest.fixture
def owner():
    """Return somebody whose second factor is on, with spare codes."""
    made = person("owner")
    row = Person.objects.get(pk=made)
    TOTP.activate(row, SECRET)
    RecoveryCodes.activate(row)
    return made


def kept(owner):
    """Return all that signs the owner in, and all that was noted about it."""
    row = Person.objects.get(pk=owner)
    factors = (
        Authenticator.objects.filter(user=row).order_by("pk").values_list("pk", "type", "data")
    )
    noted = [entry.digest for entry in journal.entries(f"person:{owner}")]
    return row.password, row.is_active, row.get_session_auth_hash(), list(factors), noted


def secrets_of(owner):
    row = Authenticator.objects.get(user=owner, type="recovery_codes")
    return (*row.wrap().get_unused_codes(), SECRET, str(owner))


def names_of(owner):
    """Return what a form could be told to be about somebody else by."""
    factor = Authenticator.objects.filter(user=owner).first()
    return {
        "user": str(owner), "user_id": str(owner), "id": str(factor.pk), "pk": str(factor.pk),
        "authenticator": str(factor.pk), "login": "owner", "password": PASSWORD, "code": "000000",
    }  # fmt: skip


def entered(login_name):
    """Sign in with the password and confirm it again, as the pages of the second factor want."""
    client = Client()
    assert (
        client.post("/accounts/login/", {"login": login_name, "password": PASSWORD}).url == "/desk/"
    )
    client.get(f"/accounts/{ASKS_AGAIN}")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_every_address_of_the_sign_in_is_tried():
    found = {
        route.path.removeprefix("/accounts/")
        for route in all_routes()
        if route.path.startswith("/accounts/")
    }
    assert found == set(ADDRESSES)
    assert not [path for path in found if "<" in path]  # none names somebody


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_sees_or_changes_how_another_signs_in(owner, path):
    person("other")
    client, before, hidden = entered("other"), kept(owner), secrets_of(owner)
    for method, data in (("get", names_of(owner)), ("post", names_of(owner))):
        answer = getattr(client, method)(f"/accounts/{path}", data)
        assert answer.status_code < 500, method
        assert not [one for one in hidden if one in answer.content.decode()], method
    assert kept(owner) == before


@pytest.mark.parametrize("path", ADDRESSES)
def test_who_knows_the_password_alone_gets_no_further(owner, path):
    """Between password and second factor one is nobody yet."""
    client, before, hidden = Client(), kept(owner), secrets_of(owner)
    client.post("/accounts/login/", {"login": "owner", "password": PASSWORD})
    for method in ("get", "post"):
        answer = getattr(client, method)(f"/accounts/{path}", names_of(owner))
        assert not [one for one in hidden if one in answer.content.decode()], method
        assert client.get("/desk/me/").status_code == 302, method
    assert kept(owner) == before


def test_a_browser_that_changes_hands_keeps_nothing_of_the_first(owner):
    first = person("first")
    client = entered("first")
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    offered = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    client.post("/accounts/logout/")
    person("second")
    client.post("/accounts/login/", {"login": "second", "password": PASSWORD})
    asked = client.get("/accounts/2fa/totp/activate/", follow=True).content.decode()

    assert "确认是您本人" in asked  # the first one's word does not count for the second
    assert offered not in asked
    assert not Authenticator.objects.filter(user=first).exists()
