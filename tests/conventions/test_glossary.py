"""The glossary names what the code names (术语与代码一致)."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_ROW = re.compile(
    r"^\| (?P<term>[^|`]+) \| `(?P<name>\w+)` \| `(?P<place>[^`|]+)` \| (?P<said>[^|]+) \|$"
)
_LINES = (_ROOT / "docs/glossary.md").read_text().splitlines()
_ROWS = [found for line in _LINES if (found := _ROW.match(line))]


def _stands(name: str, place: str) -> bool:
    return re.search(rf"\b{name}\b", (_ROOT / "src/zhifa" / place).read_text()) is not None


def test_every_line_of_a_table_is_understood():
    others = {"| Term | Name in code | Where | Meaning |", "| --- | --- | --- | --- |"}
    assert [
        line
        for line in _LINES
        if line.startswith("|") and line not in others and not _ROW.match(line)
    ] == []
    assert len(_ROWS) > 50


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["name"])
def test_every_name_stands_where_the_glossary_says(row):
    assert _stands(row["name"], row["place"])


def test_names_in_the_explanations_exist_somewhere():
    code = "\n".join(path.read_text() for path in (_ROOT / "src").rglob("*.py"))
    said = {name for row in _ROWS for name in re.findall(r"`(\w+)`", row["said"])}
    assert {name for name in said if not re.search(rf"\b{name}\b", code)} == set()


def test_one_word_for_one_thing():
    terms = [row["term"] for row in _ROWS]
    assert sorted(set(terms)) == sorted(terms)
