"""What `make` says on a machine without a Python that will do: never only that a file is not there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

# Answers as a Python of that version would: the questions are told apart by what they import.
_FAKE = """#!/bin/sh
case "$*" in
  *print*) echo {version} ;;
  *version_info*) exit {old} ;;
  *ensurepip*) exit {no_venv} ;;
  "-m venv"*) echo "a venv is made"; exit 1 ;;
  *) exit 1 ;;
esac
"""


def _make(folder: Path, python: str) -> "subprocess.CompletedProcess[str]":
    """Run `make run` with a virtual environment that is not there yet."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAG"))
    }
    return subprocess.run(
        ["make", "run", f"VENV={folder}/venv", f"PYTHON={python}"],
        cwd=_ROOT, env=kept | {"PATH": f"{folder}:{kept['PATH']}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _fake(
    folder: Path, name: str, *, version: str = "3.11.2", old: int = 0, no_venv: int = 0
) -> str:
    program = folder / name
    program.write_text(_FAKE.format(version=version, old=old, no_venv=no_venv))
    program.chmod(0o755)
    return name


def test_no_python_is_named_with_the_command_that_installs_it(tmp_path):
    found = _make(tmp_path, "python-nonexistent")

    assert found.returncode != 0
    assert "找不到 Python（python-nonexistent），需要 3.11 或更新" in found.stderr
    assert "Python (python-nonexistent) is not there" in found.stderr
    assert "apt-get install python3 python3-venv" in found.stderr
    assert "No such file" not in found.stderr


def test_a_python_that_is_too_old_is_named_with_its_version(tmp_path):
    found = _make(tmp_path, _fake(tmp_path, "python3", version="3.9.2", old=1))

    assert found.returncode != 0
    assert "需要 Python 3.11 或更新，python3 是 3.9.2" in found.stderr
    assert "3.11 or newer is needed, python3 is 3.9.2" in found.stderr
    assert "apt-get install python3 python3-venv" in found.stderr
    assert "make run PYTHON=python3.11" in found.stderr


@pytest.mark.parametrize(
    ("name", "package"),
    [("python3", "python3-venv"), ("python3.12", "python3.12-venv")],
)
def test_a_missing_venv_module_is_named_with_its_package(tmp_path, name, package):
    found = _make(tmp_path, _fake(tmp_path, name, no_venv=1))

    assert found.returncode != 0
    assert f"{name} 缺少 venv 模块" in found.stderr
    assert f"{name} has no venv module" in found.stderr
    assert f"apt-get install {package}\n" in found.stderr


def test_a_python_that_does_not_run_is_told_as_it_says(tmp_path):
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\necho libpython is gone >&2\nexit 127\n")
    broken.chmod(0o755)

    found = _make(tmp_path, "python3")

    assert found.returncode != 0
    assert "不能运行：libpython is gone" in found.stderr


def test_where_nothing_is_lacking_the_environment_is_made(tmp_path):
    found = _make(tmp_path, _fake(tmp_path, "python3"))

    assert "a venv is made" in found.stdout
    assert "✗" not in found.stderr


def test_git_is_named_as_well(tmp_path):
    for name in ("sh", "printf"):
        (tmp_path / name).symlink_to(shutil.which(name))
    _fake(tmp_path, "python3")

    found = subprocess.run(
        ["sh", str(_ROOT / "tools/preflight.sh"), "python3"],
        env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert found.returncode == 1
    assert "apt-get install git" in found.stderr
