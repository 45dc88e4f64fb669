"""Signing in is asked for at every page but the public ones (style.md 4.10)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# What has to answer before, or while, somebody signs in; the library itself asks for the rest.
SIGN_IN_ROUTES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its name with the room before it, the pattern, what answers."""

    name: str
    path: str
    view: object

    @property
    def room(self) -> str:
        return self.name.partition(":")[0] if ":" in self.name else ""


def all_routes(
    resolver: URLResolver | None = None, path: str = "", room: str = ""
) -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_routes(pattern, here, pattern.namespace or room)
        elif isinstance(pattern, URLPattern):
            name = f"{room}:{pattern.name or ''}" if room else (pattern.name or "")
            yield Route(name, "/" + here, pattern.callback)


def test_only_portal_and_sign_in_answer_without_signing_in():
    open_routes = {
        route.name for route in all_routes() if not getattr(route.view, "signed_in_only", False)
    }
    workbench = {name for name in open_routes if not name.startswith("portal:")}

    assert workbench <= SIGN_IN_ROUTES


def test_the_workbench_lies_under_desk_and_the_portal_does_not():
    for route in all_routes():
        if route.room == "portal":
            assert not route.path.startswith(("/desk/", "/accounts/")), route
        elif route.room:
            assert route.path.startswith("/desk/"), route


def test_no_two_routes_of_the_workbench_share_a_path():
    paths = [route.path for route in all_routes()]

    assert sorted({path for path in paths if paths.count(path) > 1}) == []


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_sign_in_page_from_every_plain_page(client):
    for route in all_routes():
        if route.room not in {"", "portal"} and "<" not in route.path:
            answer = client.get(route.path)
            assert answer.status_code in {302, 405}, route
            if answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/login/"), route
