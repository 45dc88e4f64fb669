"""`zhifa serve` as a person starts it: through kills of each of its processes, and a port that is taken."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from zhifa.config.postgres.cluster import Cluster
from zhifa.config.running import accepts, free_port

pytestmark = pytest.mark.xdist_group("keeping")
_PATIENCE = 60.0


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHIFA_")}
    return kept | {"ZHIFA_DATA_DIR": str(folder), "ZHIFA_PORT": str(port)}


def _until(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)


def _answers(port: int) -> bool:
    if not accepts("127.0.0.1", port):
        return False
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10) as page:
            return "登录" in page.read().decode()
    except OSError:
        return False


def _children(pid: int) -> dict[int, str]:
    """Return the direct children of a process: id to command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == pid:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _child(pid: int, word: str) -> int | None:
    return next((child for child, line in _children(pid).items() if word in line), None)


@pytest.fixture(scope="module")
def folder(open_folder) -> Path:
    return open_folder() / "data"


@contextmanager
def _serving(
    folder: Path, *, before: Sequence[str] = (), stop: int = signal.SIGINT
) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    port = free_port()
    with (folder.parent / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "zhifa", "serve"],
            env=_environment(folder, port), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None, (folder.parent / "serve.log").read_text()
        _until(lambda: _child(process.pid, "zhifa worker"))
        yield process, port
    finally:
        if process.poll() is None:
            process.send_signal(stop)
        process.wait(60)


def test_it_serves_and_stops_in_order(folder):
    with _serving(folder) as (process, port):
        pass

    assert process.returncode == 0
    assert not accepts("127.0.0.1", port)
    assert not Cluster.at(folder).answers()


def test_nothing_it_says_is_in_a_language_the_reader_may_not_know(folder):
    log = folder.parent / "serve.log"
    log.unlink(missing_ok=True)
    with _serving(folder) as (_, port):
        said = log.read_text()

    assert f"http://127.0.0.1:{port}/desk/" in said
    assert not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", log.read_text())
    assert "正在停止" in log.read_text()


def test_a_host_nobody_knows_is_named_with_what_to_do(folder):
    refused = subprocess.run(
        [sys.executable, "-m", "zhifa", "serve"], capture_output=True, text=True, check=False,
        env=_environment(folder, free_port()) | {"ZHIFA_HOST": "no-such-host.invalid"},
    )  # fmt: skip

    assert refused.returncode == 1
    assert "ZHIFA_HOST" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_script_that_started_it_in_the_background_can_stop_it(folder):
    background = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
    with _serving(folder, before=background, stop=signal.SIGTERM) as (process, port):
        pass

    assert process.returncode == 0
    assert not accepts("127.0.0.1", port)


def test_a_killed_worker_and_a_killed_web_server_come_back(folder):
    with _serving(folder) as (process, port):
        for word in ("zhifa worker", "granian"):
            before = _child(process.pid, word)
            assert before
            os.killpg(before, signal.SIGKILL)
            _until(lambda word=word, before=before: _child(process.pid, word) not in {None, before})
        _until(lambda: _answers(port))


def test_a_killed_database_starts_again_with_everything(folder):
    with _serving(folder) as (process, port):
        os.kill(
            int((folder / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL
        )
        _until(lambda: not Cluster.at(folder).answers())
        _until(lambda: Cluster.at(folder).answers() and _answers(port))
        assert process.poll() is None


def test_nothing_of_a_killed_supervisor_stays_and_the_next_start_is_clean(folder):
    with _serving(folder) as (process, port):
        children = _children(process.pid)
        process.kill()
        process.wait()
        _until(lambda: not accepts("127.0.0.1", port))
        assert any("granian" in line for line in children.values())

    started = time.monotonic()
    with _serving(folder) as (process, port):
        assert _answers(port)
    assert time.monotonic() - started < _PATIENCE


def test_a_port_where_something_answers_is_named_with_what_to_do(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "-m", "zhifa", "serve"],
            env=_environment(folder, port), capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert refused.returncode == 1
    assert f"端口 {port}" in refused.stderr
    assert "ZHIFA_PORT" in refused.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param({"ZHIFA_PRODUCTION": "1"}, "ZHIFA_ALLOWED_HOSTS", id="unsafe production"),
        pytest.param({"ZHIFA_PORT": "x"}, "ZHIFA_PORT", id="bad port"),
        pytest.param({"ZHIFA_STORE_URL": "s3://x"}, "ZHIFA_STORE_URL", id="unknown store"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "doctor", "migrate"])
def test_an_environment_that_cannot_be_used_stops_the_start(folder, command, environment, said):
    refused = subprocess.run(
        [sys.executable, "-m", "zhifa", command],
        env=_environment(folder, 8000) | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def _doctor(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "zhifa", "doctor"],
        env=_environment(folder, free_port()) | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_doctor_finds_everything_well(folder):
    found = _doctor(folder)

    assert found.returncode == 0, found.stdout
    assert "一切正常" in found.stdout
    assert "ZHIFA_DATABASE_URL" in found.stdout


def test_the_doctor_names_what_is_wrong_and_hides_secrets(folder):
    key = folder / "keys" / "log.key"
    key.chmod(0o644)
    try:
        found = _doctor(folder, ZHIFA_SECRET_KEY="s" * 60, ZHIFA_FONT_DIR="/nowhere")
    finally:
        key.chmod(0o600)

    assert found.returncode == 1
    assert "chmod 600" in found.stdout
    assert "/nowhere 不存在" in found.stdout
    assert "s" * 60 not in found.stdout


def test_the_doctor_says_why_there_is_no_database(folder):
    version = folder / "postgres" / "PG_VERSION"
    before = version.read_text()
    version.write_text("14\n")
    try:
        found = _doctor(folder)
    finally:
        version.write_text(before)

    assert found.returncode == 1
    assert "PostgreSQL 14" in found.stdout
