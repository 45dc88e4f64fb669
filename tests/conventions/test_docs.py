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
