"""The documents: links lead somewhere, pictures stay small, every library has its line (说明文档)."""

import re
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PAGES = sorted([*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")])
_MOST_BYTES = 250_000


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_links_lead_to_files_that_are_there(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    assert [
        link for link in links if not link.startswith("http") and not (page.parent / link).exists()
    ] == []


def test_pictures_are_small_and_shown():
    shown = (_ROOT / "README.md").read_text() + (_ROOT / "README.zh-CN.md").read_text()
    pictures = list((_ROOT / "docs/screenshots").iterdir())
    assert pictures
    assert [one.name for one in pictures if one.stat().st_size >= _MOST_BYTES] == []
    assert [one.name for one in pictures if shown.count(f"/{one.name})") != 2] == []


def test_every_library_has_a_line():
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())
    wanted = [
        re.match(r"[\w-]+", one)[0]
        for one in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    ]
    said = (_ROOT / "docs/decisions/0002-libraries.md").read_text()
    assert [name for name in wanted if not re.search(rf"`{name}\b", said)] == []


def test_every_decision_is_listed():
    folder = _ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text()
    assert [one.name for one in folder.glob("0*.md") if f"({one.name})" not in listed] == []


def test_the_parts_of_pages_are_there():
    said = (_ROOT / "docs/ui.md").read_text()
    folder = _ROOT / "src/zhifa/config"
    parts = re.findall(r"`(parts/\w+\.html)`", said)
    assert parts
    assert [one for one in parts if not (folder / "templates" / one).exists()] == []
    tags = "".join(path.read_text() for path in (folder / "templatetags").glob("*.py"))
    named = re.findall(r"^\| `{% (\w+)", said, re.MULTILINE)
    assert [one for one in named if f"def {one}(" not in tags] == []


def test_what_pages_may_ask_of_the_script_it_does():
    said = (_ROOT / "docs/ui.md").read_text()
    script = (_ROOT / "src/zhifa/config/static/zhifa/zhifa.js").read_text()
    asked = set(re.findall(r"\bdata-([a-z-]+)", said)) - {
        "label"
    }  # that one is for the style sheet
    as_property = {one: re.sub("-(.)", lambda found: found[1].upper(), one) for one in asked}
    done = {
        one for one in asked
        if f"data-{one}" in script or f"dataset.{as_property[one]}" in script or f'"{one}" in' in script
    }  # fmt: skip
    assert asked - done == set()
