"""What the browser tests of casework share: who signs in, and the few moves everybody makes (点击办案)."""

import io
import re
from collections.abc import Mapping
from dataclasses import fields
from uuid import UUID

from django.contrib.auth.hashers import make_password
from PIL import Image
from playwright.sync_api import Page, expect
from tests.build import City

PASSWORD = "demo-Zhifa-2026"


def sign_ins(city: City) -> dict[str, str]:
    """Give everybody of the city a password and return their login names by what they do."""
    people = {field.name: getattr(city, field.name) for field in fields(city)}
    people = {name: who for name, who in people.items() if name not in _PLACES}
    people["handler"], people["second"] = people.pop("handlers")
    people["head"], people["second_head"] = people.pop("agency_heads")
    return with_password(people)


_PLACES = {"supervision", "body", "unit", "item"}


def with_password(people: Mapping[str, UUID]) -> dict[str, str]:
    """Give these people the password of the tests and return their login names."""
    from zhifa.accounts.models import Person

    Person.objects.filter(pk__in=people.values()).update(
        password=make_password(PASSWORD), must_change_password=False
    )
    return {role: Person.objects.get(pk=person).login_name for role, person in people.items()}


def photo(colour: str) -> bytes:
    """Return a picture; each colour is another file."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def send(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).click()


def from_work_list(page: Page, waits: str) -> None:
    """Go from 待办 to what waits there, by clicking."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="待办").click()
    expect(page.get_by_role("heading", name="待办", level=1)).to_be_visible()
    page.get_by_role("link", name=re.compile(waits)).click()


def from_case_list(page: Page, number: str) -> None:
    """Go from the list of cases to one of them, by clicking."""
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="案件").click()
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.get_by_role("heading", name="办理记录")).to_be_visible()
