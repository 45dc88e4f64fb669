"""What the command line says to whoever wrote it wrong: in Chinese, what to write instead, never a traceback."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhifa.config.cli import main, parsing


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param([], "还没有写：命令", id="nothing"),
        pytest.param(["nosuch"], "命令 不能写 'nosuch'，可以写：'serve'", id="unknown command"),
        pytest.param(["deadline"], "还没有写：动作", id="half a command"),
        pytest.param(["deadline", "explain", "T01"], "还没有写：--start", id="an option is missing"),
        pytest.param(["deadline", "list", "x"], "没有这样的参数：x", id="too much"),
        pytest.param(["deadline", "explain", "T01", "--start"], "--start 后面要写内容", id="cut off"),
        pytest.param(["deadline", "list", "--json=1"], "--json 后面不能写内容", id="a switch"),
        pytest.param(["deadline", "explain", "T01", "--st", "2026-01-01"], "--st 不完整", id="short"),
        pytest.param(["keys", "rotate", "x"], "KIND 不能写 'x'，可以写：'log'", id="unknown kind"),
        pytest.param(["restore", ""], "文件：没有写文件名", id="an empty name"),
    ],
)  # fmt: skip
def test_misuse_is_told_in_chinese(written, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(written)

    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"✗ {said}".split("'")[0])
    assert "用法：zhifa" in told
    assert not {"usage", "error", "argument"} & set(told.replace(":", " ").split())


def test_help_is_in_chinese(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["keys", "rotate", "--help"])

    assert ended.value.code == 0
    assert "usage" not in (said := capsys.readouterr().out)
    assert "options" not in said
    assert "显示用法" in said


@pytest.mark.parametrize("where", ["there", "nowhere/x.svg", "file/x.svg", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_with_what_to_do(where, tmp_path, capsys):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").write_text("x")

    assert main(["procedures", "chart", "penalty.ordinary", "--out", str(tmp_path / where)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("✗ ")
    assert "请" in said


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC])
def test_a_place_one_may_not_write_to_is_told_apart(number):
    assert "请" in parsing.path_words(OSError(number, os.strerror(number), "/there"))


def test_a_disk_that_fills_up_is_told_without_a_name():
    assert "磁盘已满" in parsing.path_words(OSError(errno.ENOSPC, "full"))


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "x", "/there"), OSError(errno.ENOENT, "x")])
def test_another_fault_of_the_system_rises(fault):
    assert parsing.path_words(fault) == ""


def test_a_folder_is_no_file(tmp_path: Path, capsys):
    assert main(["restore", str(tmp_path)]) == 1
    assert "是文件夹" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "nothing")]) == 1
    assert "没有这个文件" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["/etc/passwd", "/etc/passwd/x", "/proc/nowhere"])
@pytest.mark.parametrize("command", [["serve"], ["doctor"], ["keys", "list"]])
def test_a_data_folder_that_can_be_none_is_named_with_what_to_do(folder, command):
    told = subprocess.run(
        [sys.executable, "-m", "zhifa", *command], capture_output=True, text=True, check=False,
        env=os.environ | {"ZHIFA_DATA_DIR": folder, "ZHIFA_PORT": "1"},
    )  # fmt: skip

    assert told.returncode == 1
    assert "✗ " in (said := told.stdout + told.stderr)
    assert folder in said
    assert "Traceback" not in said
    assert command == ["keys", "list"] or "ZHIFA_DATA_DIR 另选一处" in said
