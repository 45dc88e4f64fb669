"""The demo city as a person has it from the command line: told twice, verified, changed, backed up, restored.

The tests are one story and run in this order, on one installation of their own.
"""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zhifa.config.postgres.cluster import Cluster, connect
from zhifa.procedures import definitions

pytestmark = pytest.mark.xdist_group("keeping")

_DJANGO = """
import json
import django
from django.conf import settings
settings.DATABASES["default"] = settings.DATABASES["worker"]
django.setup()
"""
# What the work lists of everybody show, and what forbids the decision of a case the review sent back.
_LOOK = """
from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors as cases
from zhifa.cases.models import Case
from zhifa.config import work_list
from zhifa.config.demo import city, people
from zhifa.disclosure.models import Publication
on = clock.today()
built = city.found(on)
lines = []
for one in people.PEOPLE:
    person = built.people[one.login]
    with acting(person, on=on):
        for line in work_list.tasks_for(person, on=on):
            lines.append([one.login, line.kind, line.href, line.why, line.late])
rows = list(Case.objects.all())
head = built.people["sj-jz"]
with acting(head, on=on):
    back = next(row for row in rows if row.awaits_action == "revise_draft")
    view = cases.case_for(back.id, actor=head, on=on)
    stand = cases.case_standing(view, actor=head, on=on)
    decide = next(one for one in cases.choices(view, stand, on=on) if one.action == "decide")
print(json.dumps({
    "cases": [[str(row.id), row.state, row.awaits_action] for row in rows],
    "lines": lines,
    "blocked": [one.code for one in decide.violations],
    "publications": list(Publication.objects.values_list("state", flat=True)),
}))
"""
_PDF = """
import hashlib
from zhifa.documents import selectors as documents
with documents.file({id!r}) as file:
    print(json.dumps(hashlib.sha256(file.read()).hexdigest()))
"""
_COUNTS = (
    "cases_case", "documents_document", "evidence_item", "disclosure_publication", "journal_entry",
)  # fmt: skip
_FINE = '"amount_fen":3'
# Numbers, digests and addresses are another run's own.
_OWN = re.compile(r"https?://\S+|/[\w./-]+|[0-9a-f]{16,}|\d+")


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder of its own, and what is run on it."""

    folder: Path

    def run(self, *arguments: str, code: str = "") -> "subprocess.CompletedProcess[str]":
        command = ["-c", _DJANGO + code] if code else ["-m", "zhifa", *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIFA_")}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        own = {"ZHIFA_DATA_DIR": str(self.folder), "ZHIFA_PORT": str(port)}
        return subprocess.run(
            [sys.executable, *command], env=kept | own, capture_output=True, text=True, check=False
        )

    def says(self, code: str) -> Any:
        found = self.run(code=code)
        assert found.returncode == 0, found.stderr
        return json.loads(found.stdout.splitlines()[-1])

    def rows(
        self, statement: str, *values: object, login: str = "auditor"
    ) -> list[tuple[Any, ...]]:
        with connect(Cluster.at(self.folder).login(login)) as connection:
            return list(connection.execute(statement, values))

    def counts(self) -> dict[str, int]:
        return {name: self.rows(f"SELECT count(*) FROM {name}")[0][0] for name in _COUNTS}

    def published(self) -> dict[str, str]:
        """Return every table of the portal, and every file of its folder, by content."""
        names = self.rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", login="portal"
        )
        tables = {
            name: repr(self.rows(f"SELECT t::text FROM {name} t ORDER BY 1", login="portal"))
            for (name,) in names
            if name.startswith("portal_")
        }
        files = {
            str(path.relative_to(self.folder)): path.read_bytes().hex()
            for path in (self.folder / "portal").rglob("*")
            if path.is_file()
        }
        assert files
        return tables | files


def _told(output: str) -> list[str]:
    """Return chapters and verdicts of the story, without what is another run's own."""
    lines = [line.strip() for line in output.splitlines()]
    return [_OWN.sub("#", line) for line in lines if line.startswith(("【", "✓", "×"))]


@pytest.fixture(scope="module")
def told_once(open_folder) -> "tuple[Installation, subprocess.CompletedProcess[str]]":
    """An empty folder, and the first command ever run on it: `zhifa demo`."""
    city = Installation(open_folder() / "data")
    return city, city.run("demo")


@pytest.fixture(scope="module")
def city(told_once) -> Iterator[Installation]:
    """The installation with its database up, so that each command need not start it."""
    found, first = told_once
    assert first.returncode == 0, first.stdout + first.stderr
    with Cluster.at(found.folder).running():
        yield found


@pytest.fixture(scope="module")
def decision(city) -> tuple[str, str]:
    """The newest penalty decision with the large fine: its id and its number."""
    ((key, number),) = city.rows(
        "SELECT id::text, number FROM documents_document WHERE type_key = 'penalty_decision' "
        "AND strpos(data, %s) > 0 ORDER BY made_at DESC LIMIT 1",
        _FINE,
    )
    return key, number


def test_the_demo_is_told_to_its_end_on_an_empty_folder(told_once):
    _, first = told_once

    assert first.returncode == 0, first.stdout + first.stderr
    assert "主线演示完成" in first.stdout
    for refused in (
        "证件过期的人员不能被指派办案",
        "告知之前",
        "送审以前作出决定",
        "决定再次被拒绝",
    ):
        assert any(refused in line for line in first.stdout.splitlines() if "✓" in line)


def test_it_is_told_again_with_the_same_chapters_and_verdicts(city, told_once):
    second = city.run("demo")

    assert second.returncode == 0, second.stdout + second.stderr
    assert "主线演示完成" in second.stdout
    assert _told(second.stdout) == _told(told_once[1].stdout)
    assert sum(line.startswith("【") for line in _told(second.stdout)) == 8


def test_the_demo_city_has_a_case_in_every_state_and_each_waits_for_somebody(city):
    found = city.says(_LOOK)

    states = {state for _, state, _ in found["cases"]}
    assert states == set(definitions.latest("penalty.ordinary").states())
    for case, state, action in found["cases"]:
        if state != "archived":
            waits = [line for line in found["lines"] if line[1] == action and case in line[2]]
            assert waits, (state, action)
    for action, login, words in (
        ("close_hearing", "sj-fz", "待结束听证"),
        ("open_hearing", "sj-fz", "待举行听证，定于"),
        ("verify", "ny-cb1", "待核查"),
    ):
        assert any(
            (line[0], line[1]) == (login, action) and words in line[3] for line in found["lines"]
        )
    assert any(line[4] for line in found["lines"])  # one late
    assert "review.not_passed" in found["blocked"]  # one blocked: the review sent it back
    assert "withdrawn" in found["publications"]  # one withdrawn


def test_the_record_of_the_whole_city_is_found_clean(city):
    found = city.run("verify")

    assert found.returncode == 0, found.stdout
    assert "✓ 记录、日志、案件、文书、证据、公示、门户都与记录相符" in found.stdout
    assert "✗" not in found.stdout


def _put(city: Installation, key: str, data: str) -> None:
    """Write a document's data as the owner of the table, with its triggers off."""
    with connect(Cluster.at(city.folder).login("owner")) as connection:
        connection.execute("ALTER TABLE documents_document DISABLE TRIGGER USER")
        connection.execute("UPDATE documents_document SET data = %s WHERE id = %s", (data, key))
        connection.execute("ALTER TABLE documents_document ENABLE TRIGGER USER")


def test_one_changed_byte_of_a_decision_is_found_by_its_number(city, decision):
    key, number = decision
    ((before,),) = city.rows("SELECT data FROM documents_document WHERE id = %s", key)
    place = before.index(_FINE) + len(_FINE) - 1
    _put(city, key, before[:place] + "1" + before[place + 1 :])
    try:
        found = city.run("verify")
    finally:
        _put(city, key, before)

    assert found.returncode == 1
    (named,) = [line for line in found.stdout.splitlines() if line.startswith("✗ 文书")]
    assert named.endswith(f"（{number}）")
    assert f"✗ 第一处不符：{named.removeprefix('✗ ')}" in found.stdout
    assert "怎么办" in found.stdout
    for way in ("zhifa backup", "数据库所有者", "zhifa restore"):
        assert way in found.stdout
    again = city.run("verify")
    assert again.returncode == 0, again.stdout


def test_a_restored_backup_is_the_same_city(city, decision, open_folder):
    place = open_folder()
    written = city.run("backup", str(place / "city.tar"))
    assert written.returncode == 0, written.stderr
    other = Installation(place / "data")

    restored = other.run("restore", str(place / "city.tar"))

    assert restored.returncode == 0, restored.stderr
    with Cluster.at(other.folder).running():
        verified = other.run("verify")
        assert verified.returncode == 0, verified.stdout
        assert "都与记录相符" in verified.stdout
        assert other.counts() == city.counts()
        assert all(other.counts().values())
        pdf = _PDF.format(id=decision[0])
        assert other.says(pdf) == city.says(pdf)
        assert other.published() == city.published()
