"""`zhifa init` by questions, at a terminal as a person has it: what cannot be used is said at once and asked again."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from zhifa.cases.numbers import number_words
from zhifa.config import founding
from zhifa.config.cli import asking
from zhifa.config.demo.city import credit_code
from zhifa.config.postgres.cluster import Cluster, connect
from zhifa.registry.rules import BodyKind, Role

pytestmark = pytest.mark.xdist_group("keeping")
_PATIENCE = 60.0
GOOD = credit_code(81)
WRONG = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
# Each question's beginning, the answers that cannot be used with what is said of them, and the one that can.
QUESTIONS = (
    ("监督机构的全称", (), "示例市司法局"),
    ("简称", (), "市司法局"),
    ("主体编码", (), "SF001"),
    ("统一社会信用代码", (), ""),
    ("行政区划代码", (), "320614"),
    ("机关代字", (), ""),
    ("类别", (("3", "只能是 1 至 2"),), "1"),
    ("成立日期", (), "2019-01-01"),
    ("行政执法主体的全称", (("", "不能为空"),), "示例市市场监督管理局"),
    ("简称", (("局" * 61, "名称过长"),), "市市场监管局"),
    ("主体编码", (("编码", "主体编码由字母"),), "SJ001"),
    ("统一社会信用代码", ((WRONG, "校验不符，请逐位核对"), ("123", "应为18位")), GOOD),
    ("行政区划代码", (("32061", "应为6位"),), "320614"),
    ("机关代字", (("示 市监", "不能有空格"), ("监" * 21, "不超过20个字")), "示市监"),
    ("类别", (("3", "只能是 1 至 2"), ("局", "只能是 1 至 2")), "1"),
    ("成立日期", (("2019-02-30", "没有这一天"), ("2999-01-01", "不能在今天以后")), "2019-01-01"),
    ("系统管理员的姓名", (("1", "至少要有一个文字"),), "张某"),
    ("系统管理员的登录名", (("张某", "登录名由小写字母"),), "xitong"),
    ("安全管理员的姓名", (("张某", "不能相同"),), "李某"),
    ("安全管理员的登录名", (("xitong", "不能相同"),), "anquan"),
    ("审计管理员的姓名", (), "王某"),
    ("审计管理员的登录名", (), "shenji"),
)  # fmt: skip


class Terminal:
    """A terminal with a program in it; `read` waits for what the program says."""

    def __init__(self, folder: Path) -> None:
        self.end, far = pty.openpty()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIFA_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zhifa", "init"], stdin=far, stdout=far, stderr=far,
            env=kept | {"ZHIFA_DATA_DIR": str(folder), "TERM": "dumb"}, start_new_session=True,
        )  # fmt: skip
        os.close(far)
        self.said = b""

    def read(self, pattern: str = "") -> str:
        """Return what was said up to and with `pattern`, or up to the end; what follows is kept."""
        wanted, deadline = re.compile(pattern.encode()), time.monotonic() + _PATIENCE
        while not (found := wanted.search(self.said)) or not pattern:
            assert time.monotonic() < deadline, self.said.decode(errors="replace")
            if not select.select([self.end], [], [], 1)[0]:
                continue
            try:
                more = os.read(self.end, 4096)
            except OSError:  # Linux: the program is gone
                more = b""
            if not more:
                assert not pattern, self.said.decode(errors="replace")
                found = None
                break
            self.said += more
        end = found.end() if found else len(self.said)
        said, self.said = self.said[:end].decode(errors="replace"), self.said[end:]
        return said

    def answer(self, text: str) -> None:
        os.write(self.end, (text + "\n").encode())


@contextmanager
def terminal(folder: Path) -> Iterator[Terminal]:
    opened = Terminal(folder)
    try:
        yield opened
    finally:
        if opened.process.poll() is None:
            opened.process.kill()
        opened.process.wait(_PATIENCE)
        os.close(opened.end)


@pytest.fixture(scope="module")
def folder(open_folder) -> Path:
    return open_folder() / "data"


def _asks_again(screen: Terminal, question: str, wrong: tuple[tuple[str, str], ...]) -> None:
    screen.read(f"{question}.*：")
    for answer, said in wrong:
        screen.answer(answer)
        again = screen.read(f"{question}.*：")
        assert re.search(f"✗ .*{said}.*，请重新输入", again), again


def _entered(folder: Path, table: str) -> int:
    with Cluster.at(folder).running(), connect(Cluster.at(folder).login("auditor")) as connection:
        ((count,),) = connection.execute(f"SELECT count(*) FROM {table}")
        return int(str(count))


def test_a_terminal_that_ends_before_the_last_answer_leaves_nothing(folder):
    with terminal(folder) as screen:
        screen.read("监督机构的全称：")
        screen.answer("示例市司法局")
        screen.read("简称：")
        os.write(screen.end, b"\x04")  # Ctrl-D
        said = screen.read()
        assert screen.process.wait(_PATIENCE) == 1

    assert "没有答完，什么也没有写入" in said
    assert "Traceback" not in said
    assert _entered(folder, "registry_body") == 0


def test_a_city_is_opened_by_questions_however_often_an_answer_is_wrong(folder):
    with terminal(folder) as screen:
        for question, wrong, right in QUESTIONS:
            _asks_again(screen, question, wrong)
            screen.answer(right)
        for word, title in number_words().items():
            wrong = (("零", "大于零的整数"), ("0", "大于零的整数")) if word == "罚" else ()
            _asks_again(screen, re.escape(f"{title}（{word}）"), wrong)
            screen.answer("57" if word == "罚" else "")
        summary = screen.read("写入请输入 y，放弃请输入 n：")
        screen.answer("y")
        said = screen.read()
        assert screen.process.wait(_PATIENCE) == 0

    for shown in (GOOD, "SJ001", "示市监", "系统管理员 张某，登录名 xitong", "罚 从 57 号"):
        assert shown in summary
    assert "✓ 已开通：示例市市场监督管理局（机关代字 示市监）" in said
    assert said.count("密码 ") == 3
    assert _entered(folder, "registry_body") == 2
    assert _entered(folder, "registry_appointment") == 3

    with terminal(folder) as screen:  # where a city is, nothing is asked
        said = screen.read()
        assert screen.process.wait(_PATIENCE) == 1
    assert "这里已经有数据，不能再开通" in said
    assert "全称" not in said


def test_without_a_terminal_the_file_is_named(open_folder):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIFA_")}
    found = subprocess.run(
        [sys.executable, "-m", "zhifa", "init"], input="市监局\n",
        env=kept | {"ZHIFA_DATA_DIR": str(open_folder() / "data")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert found.returncode == 1
    assert "请用 --file" in found.stderr


@pytest.fixture
def answers(monkeypatch):
    """Let the questions be answered from a list; returns where to put it."""
    given: list[object] = []

    def answer(_: str) -> str:
        if not given:
            raise EOFError
        first = given.pop(0)
        if isinstance(first, Exception):
            raise first
        return str(first)

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    return given


def _right(end: str) -> list[object]:
    return [
        *(right for _, _, right in QUESTIONS), *("" for _ in number_words()), end,
    ]  # fmt: skip


def test_what_was_answered_is_what_the_city_starts_with(answers):
    answers += _right("Y")

    wanted = asking.asked(on=date(2026, 11, 23))

    assert wanted.supervision
    assert wanted.supervision.kind is BodyKind.SUPERVISION_BODY
    assert (wanted.body.kind, wanted.body.credit_code) == (BodyKind.ADMINISTRATIVE_ORGAN, GOOD)
    assert wanted.body.valid_from == date(2019, 1, 1)
    assert wanted.administrators[Role.AUDIT_ADMINISTRATOR] == founding.Founder("shenji", "王某")
    assert wanted.numbers == {}


def test_who_is_not_sure_writes_nothing(answers):
    answers += _right("n")

    with pytest.raises(founding.BadFounding, match="已放弃"):
        asking.asked(on=date(2026, 11, 23))


def test_a_terminal_of_another_encoding_is_told_and_asked_again(answers, capsys):
    answers += [UnicodeDecodeError("utf-8", b"\xca", 0, 1, "invalid"), *_right("y")]

    assert asking.asked(on=date(2026, 11, 23)).body.name == "示例市市场监督管理局"
    assert "不是 UTF-8" in capsys.readouterr().out
