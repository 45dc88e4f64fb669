"""What must not stand in any file of ours."""

import re
import subprocess
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("src/zhifa/*/templates/**/*.html"))

# Put together here, so that this file does not hold what it looks for.
_HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "npmmirror" + ".com",
]
_PLACES = ["/" + "work/", "/" + "root/"]
_FORBIDDEN = re.compile("|".join(map(re.escape, _HOSTS + _PLACES)))
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=\s*[\"']|javascript:", re.IGNORECASE)
_FILTER_WORK = re.compile(r"\|add:|\bwidthratio\b|\.objects\b|_set\.all")


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_registry_or_a_place_of_one_machine():
    found = []
    for path in _files():
        if not path.is_file() or path.name == "LICENSE":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in set(_FORBIDDEN.findall(text))]

    assert found == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src/zhifa"))
)
def test_a_template_holds_no_script_runs_no_query_and_can_be_read(path):
    text = path.read_text(encoding="utf-8")

    assert _SCRIPT.findall(text) == []
    assert _FILTER_WORK.findall(text) == []
    get_template(str(path).split("/templates/", 1)[1])


def test_no_template_stands_before_another_rooms():
    names = [str(path).split("/templates/", 1)[1] for path in TEMPLATES]

    assert sorted({name for name in names if names.count(name) > 1}) == []
