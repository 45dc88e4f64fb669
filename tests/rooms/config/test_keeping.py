"""One file out, one file in: a whole installation, through the command line, with its own clusters."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("keeping")

_RECORD = """
import datetime, uuid, dataclasses, django
django.setup()
from django.db import transaction
from zhifa.journal import services
from zhifa.law.actors import SYSTEM
@dataclasses.dataclass(frozen=True)
class Said:
    text: str
at = datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC)
for number in range(300):
    with transaction.atomic():
        services.append("test.said", f"test:{number % 7}", actor=SYSTEM, at=at, body=Said("执法"))
services.integrate(at)
"""


def _run(folder: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = ["-c", code] if code else ["-m", "zhifa", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIFA_")}
    return subprocess.run(
        [sys.executable, *command],
        env=kept | {"ZHIFA_DATA_DIR": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def backed_up(open_folder) -> tuple[Path, Path]:
    """An installation with 300 entries and a stored file, and its backup."""
    from zhifa.config.postgres.cluster import Cluster

    place = open_folder()
    source = place / "data"
    assert _run(source, "migrate").returncode == 0
    with Cluster.at(source).running():
        made = _run(source, code=_RECORD)
        assert made.returncode == 0, made.stderr
        (source / "store" / "evidence").mkdir(parents=True)
        (source / "store" / "evidence" / "note").write_text("证据")
        written = _run(source, "backup", str(place / "city.tar"))
        assert written.returncode == 0, written.stderr
    return source, place / "city.tar"


def test_a_restore_brings_back_everything_and_proves_it(backed_up, open_folder):
    source, file = backed_up
    target = open_folder() / "data"

    restored = _run(target, "restore", str(file))

    assert restored.returncode == 0, restored.stderr
    assert "300 条" in restored.stdout
    for name in ("session.key", "log.key", "publisher.key", "logins.json"):
        key = target / "keys" / name
        assert key.read_text() == (source / "keys" / name).read_text()
        assert key.stat().st_mode & 0o077 == 0
    assert (target / "store" / "evidence" / "note").read_text() == "证据"
    assert "restore-" not in " ".join(path.name for path in target.iterdir())
    again = _run(target, "restore", str(file))
    assert again.returncode == 1
    assert "不是空的" in again.stderr


def test_a_backup_never_overwrites_and_is_for_its_owner_only(backed_up):
    source, file = backed_up

    again = _run(source, "backup", str(file))

    assert again.returncode == 1
    assert "已经存在" in again.stderr
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_into_a_folder_that_is_not_there_says_so(backed_up):
    source, file = backed_up

    written = _run(source, "backup", str(file.parent / "nowhere" / "city.tar"))

    assert written.returncode == 1
    assert "没有这个文件夹" in written.stderr
    assert "Traceback" not in written.stderr


def _cut(file: Path, target: Path) -> None:
    target.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _manifest_gone(file: Path, target: Path) -> None:
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for info in old:
            if info.name != "manifest.json":
                new.addfile(info, old.extractfile(info))


def _changed(file: Path, target: Path) -> None:
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for info in old:
            content = old.extractfile(info)
            if info.name == "store/evidence/note":
                content = io.BytesIO("证物".encode())
            new.addfile(info, content)


def _other_root(file: Path, target: Path) -> None:
    """Whole in itself, but the manifest names another record than the dump holds."""
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for info in old:
            content = old.extractfile(info)
            if info.name == "manifest.json":
                loaded = json.loads(content.read())
                loaded["journal"]["root"] = "00" * 32
                changed = json.dumps(loaded).encode()
                info.size = len(changed)
                content = io.BytesIO(changed)
            new.addfile(info, content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(_cut, "不完整", id="cut short"),
        pytest.param(_manifest_gone, "清单没有了", id="no manifest"),
        pytest.param(_changed, "store/evidence/note 被改动", id="one file changed"),
        pytest.param(_other_root, "与备份不符", id="another record"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_and_leaves_nothing(
    backed_up, open_folder, spoil, said
):
    place = open_folder()
    spoil(backed_up[1], place / "spoilt.tar")
    target = place / "data"

    refused = _run(target, "restore", str(place / "spoilt.tar"))

    assert refused.returncode == 1
    assert said in refused.stderr
    assert {path.name for path in target.iterdir()} <= {"lock", "postgres.log"}
