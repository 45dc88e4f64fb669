"""Every code these rooms raise has words (用语)."""

import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

import zhifa.accounts
import zhifa.registry
from zhifa.accounts.wording import WORDS as ACCOUNT_WORDS
from zhifa.registry.rules import ItemContent, Role
from zhifa.registry.services.rows import _CLASHES
from zhifa.registry.wording import WORDS

_RAISED = re.compile(r"""(?:BadValue|Conflict|Violation)\(\s*"([a-z_]+\.[a-z_]+)\"""")


def raised(package) -> set[str]:
    place = Path(package.__file__).parent
    files = [*place.glob("*.py"), *place.glob("services/*.py")]
    return {code for file in files for code in _RAISED.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("code", sorted(raised(zhifa.accounts)))
def test_account_codes_have_words(code):
    assert code in ACCOUNT_WORDS


@pytest.mark.parametrize("code", sorted(raised(zhifa.registry) | set(_CLASHES.values())))
def test_registry_codes_have_words(code):
    assert code in WORDS


@pytest.mark.parametrize("name", [one["NAME"] for one in settings.AUTH_PASSWORD_VALIDATORS])
def test_a_weak_password_is_said_in_words(name):
    source = inspect.getsource(import_string(name))
    (code,) = set(re.findall(r'code="(password_[a-z_]+)"', source))
    assert code.replace("_", ".", 1) in ACCOUNT_WORDS


def test_roles_and_missing_columns_have_words():
    empty = ItemContent(code="1", name="x", act_type="penalty", valid_from=None)
    wanted = {*map(str, Role), *(f"item.{name}_missing" for name in empty.missing())}
    assert wanted <= WORDS.keys()
    assert {"item.bases_incomplete_missing", "setting.loosens_law"} <= WORDS.keys()
