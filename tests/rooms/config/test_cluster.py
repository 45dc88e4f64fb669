"""The embedded PostgreSQL through what happens to it in an office: kills, power cuts, full disks."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhifa.config.postgres.binaries import PostgresProblem
from zhifa.config.postgres.cluster import Cluster, connect

HOLD = """
import sys, time
from pathlib import Path
from zhifa.config.postgres.cluster import Cluster
with Cluster.at(Path(sys.argv[1])).running():
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def data_dir(open_folder) -> Path:
    return open_folder() / "data"


def held(data_dir: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "up\n"
    return process


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_what_was_written_is_there_after_a_second_start(data_dir):
    cluster = Cluster.at(data_dir)
    with cluster.running(), connect(cluster.login("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('龘')")

    with cluster.running(), connect(cluster.login("owner")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("龘",)


def test_the_logins_are_separate_and_none_is_above_the_others(data_dir):
    cluster = Cluster.at(data_dir)
    with cluster.running(), connect(cluster.login("web")) as connection:
        rows = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'zhifa%'"
            " AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole ORDER BY 1"
        ).fetchall()

    assert [name for (name,) in rows] == [
        "zhifa_auditor", "zhifa_owner", "zhifa_portal", "zhifa_web", "zhifa_worker",
    ]  # fmt: skip


def test_the_portal_login_cannot_open_the_workbench_database(data_dir):
    cluster = Cluster.at(data_dir)
    with cluster.running(), pytest.raises(Exception, match="permission denied for database"):
        connect(cluster.login("portal", name="zhifa"))


def test_a_second_owner_is_told_who_has_the_folder(data_dir):
    process = held(data_dir)
    try:
        with pytest.raises(PostgresProblem, match=str(process.pid)), Cluster.at(data_dir).running():
            pass
    finally:
        process.terminate()
        process.wait()
        stop_orphan(data_dir)


def stop_orphan(data_dir: Path) -> None:
    if (data_dir / "postgres" / "postmaster.pid").exists():
        with Cluster.at(data_dir).running():
            pass


def test_a_server_that_outlived_its_supervisor_is_stopped_and_started_anew(data_dir):
    process = held(data_dir)
    orphan = postmaster(data_dir)
    process.kill()
    process.wait()

    with Cluster.at(data_dir).running() as cluster:
        assert postmaster(data_dir) != orphan
        assert cluster.answers()


def test_a_killed_server_recovers(data_dir):
    cluster = Cluster.at(data_dir)
    process = held(data_dir)
    with connect(cluster.login("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    os.kill(postmaster(data_dir), signal.SIGKILL)
    process.kill()
    process.wait()
    time.sleep(0.5)  # the server's other processes notice and end

    with cluster.running(), connect(cluster.login("owner")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_folder_of_another_version_is_named_and_left_alone(data_dir):
    cluster = Cluster.at(data_dir)
    cluster.create()
    (cluster.folder / "PG_VERSION").write_text("14\n")

    with pytest.raises(PostgresProblem, match="PostgreSQL 14"), cluster.running():
        pass


def test_no_room_on_the_disk_leaves_nothing_behind(data_dir, monkeypatch):
    usage = shutil.disk_usage(data_dir.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10 * 2**20))

    with pytest.raises(PostgresProblem, match="10 MB"):
        Cluster.at(data_dir).create()
    assert not list(data_dir.glob("postgres*"))


def test_a_cut_creation_leaves_nothing_half(data_dir, monkeypatch):
    cluster = Cluster.at(data_dir)
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        cluster.create()
    assert not cluster.folder.exists()
    monkeypatch.undo()

    cluster.create()
    with cluster.running():
        assert cluster.answers()


def test_a_broken_cluster_shows_the_servers_own_last_words(data_dir):
    cluster = Cluster.at(data_dir)
    cluster.create()
    (cluster.folder / "global" / "pg_control").unlink()

    with pytest.raises(PostgresProblem, match="pg_control"), cluster.running():
        pass


def test_a_long_path_still_has_a_socket(data_dir):
    cluster = Cluster.at(data_dir / ("a" * 60) / ("b" * 60))
    with cluster.running():
        assert cluster.answers()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user for the server")
def test_a_folder_the_servers_user_cannot_reach_is_refused_with_advice(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(PostgresProblem, match="ZHIFA_DATA_DIR"):
        Cluster.at(closed / "data")
