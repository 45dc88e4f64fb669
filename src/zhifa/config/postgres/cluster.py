"""One embedded database cluster: its folder, its logins, its life."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from zhifa.config import keys
from zhifa.config.environment import Login
from zhifa.config.postgres.binaries import (
    Account,
    PostgresProblem,
    program_environment,
    program_folder,
    reachable_by,
    run,
    server_account,
)

LOGINS = ("owner", "web", "worker", "auditor", "portal")
WORKBENCH, PORTAL = "zhifa", "zhifa_portal"
_NEEDED_BYTES = 500 * 1024 * 1024  # an empty cluster is 40 MB, its write-ahead log grows to 320
_LEAST_BYTES = 100 * 1024 * 1024  # below this a running server soon stops on a full disk
_ORPHAN_SECONDS = 15.0
_SOCKET_PATH_LIMIT = 100  # sun_path holds 108 bytes, `.s.PGSQL.5432` included


@dataclass(frozen=True, slots=True)
class Cluster:
    """An embedded cluster in `data_dir`; make one with `at`."""

    data_dir: Path
    account: Account | None

    @classmethod
    def at(cls, data_dir: Path) -> "Cluster":
        """Return the cluster of `data_dir`, which need not exist yet.

        Raises PostgresProblem if the server's user could not reach that folder.
        """
        account = server_account()
        existing = next(folder for folder in [data_dir, *data_dir.parents] if folder.exists())
        if not existing.is_dir():
            raise PostgresProblem(
                f"数据文件夹 {data_dir} 用不了：{existing} 是文件，不是文件夹。请用 ZHIFA_DATA_DIR 另选一处"
            )
        if account and not reachable_by(existing, account):
            raise PostgresProblem(
                f"数据文件夹 {data_dir} 对用户 {account.name} 不可进入（PostgreSQL 不能以 root 运行）。"
                "请用 ZHIFA_DATA_DIR 另选一处，例如 /var/lib/zhifa"
            )
        return cls(data_dir, account)

    @property
    def folder(self) -> Path:
        return self.data_dir / "postgres"

    @property
    def socket_folder(self) -> Path:
        """A folder for the socket whose path is short enough for the kernel."""
        own = self.data_dir / "run"
        if len(bytes(own)) <= _SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
            return own
        name = sha256(bytes(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"zhifa-{name}"

    def login(self, kind: str, *, name: str | None = None) -> Login:
        """Return the login `kind` (one of LOGINS, or `postgres`) to its database."""
        database = name or (PORTAL if kind == "portal" else WORKBENCH)
        user = "postgres" if kind == "postgres" else f"zhifa_{kind}"
        return Login(user, self._passwords()[kind], str(self.socket_folder), "5432", database)

    def _passwords(self) -> dict[str, str]:
        """Return the password of each login, made on first use."""
        loaded: dict[str, str] = json.loads(
            keys.read_or_make(self.data_dir, "logins.json", _new_passwords)
        )
        return loaded

    # --- creation -------------------------------------------------------------------------

    def create(self) -> None:
        """Create the cluster if there is none; whole or not at all.

        Raises PostgresProblem if there is no room, or if the folder belongs to another
        version of the server.
        """
        version_file = self.folder / "PG_VERSION"
        if version_file.exists():
            self._check_version(version_file.read_text().strip())
            self._check_room(_LEAST_BYTES, "请清理磁盘后再启动，数据没有损坏")
            return
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._check_room(_NEEDED_BYTES, "请清理磁盘或用 ZHIFA_DATA_DIR 另选一处")
        self._initdb(self._passwords()["postgres"])

    def _check_version(self, found: str) -> None:
        programs = program_folder(self.data_dir, self.account)
        offered = run([str(programs / "postgres"), "--version"], account=self.account).stdout
        if f") {found}." not in offered:
            raise PostgresProblem(
                f"数据文件夹 {self.data_dir} 由 PostgreSQL {found} 建立，而现在的程序是 {offered.strip()}。"
                "请用原来的版本做 zhifa backup，再在新的数据文件夹做 zhifa restore"
            )

    def _check_room(self, needed: int, advice: str) -> None:
        free = shutil.disk_usage(self.data_dir).free
        if free < needed:
            raise PostgresProblem(
                f"{self.data_dir} 所在磁盘只剩 {free // 2**20} MB，至少需要 {needed // 2**20} MB。{advice}"
            )

    def _initdb(self, password: str) -> None:
        """Initialise beside the final place and rename, so that a cut start leaves nothing half."""
        with tempfile.TemporaryDirectory(prefix="new-", dir=self.data_dir) as name:
            workspace = Path(name)
            password_file = workspace / "password"
            password_file.touch(mode=0o600)
            password_file.write_text(password)
            self._give(workspace)
            self._give(password_file)
            result = run(
                [
                    str(program_folder(self.data_dir, self.account) / "initdb"),
                    "-D", str(workspace / "cluster"), "-U", "postgres",
                    "-A", "scram-sha-256", f"--pwfile={password_file}",
                    "-E", "UTF8", "--locale=C.UTF-8",
                ],
                account=self.account,
            )  # fmt: skip
            if result.returncode:
                raise PostgresProblem(f"建立内置数据库失败：\n{result.stderr.strip()}")
            (workspace / "cluster").rename(self.folder)

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    # --- life -----------------------------------------------------------------------------

    @contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Run the server for as long as the block lasts; one owner at a time.

        A crash left behind is recovered by the server itself; there is no time limit while
        it lives. Raises PostgresProblem if another process runs this folder, or if the
        server ends while starting (its own last words included).
        """
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise PostgresProblem(
                f"数据文件夹 {self.data_dir} 建不了，请核对路径和权限，或者用 ZHIFA_DATA_DIR 另选一处"
            ) from None
        with _lock(self.data_dir / "lock"):
            self.create()
            self._end_orphan()
            server = self._start()
            try:
                self._wait_until_ready(server)
                self._ensure_logins()
                yield self
            finally:
                _stop(server)

    def held(self) -> bool:
        """Return whether a process runs this folder now: a server that outlived its own does not."""
        if not (self.data_dir / "lock").exists():
            return False
        try:
            with _lock(self.data_dir / "lock", quiet=True):
                return False
        except PostgresProblem:
            return True

    def answers(self) -> bool:
        """Return whether a server of this folder accepts connections now."""
        if not self.folder.exists():
            return False
        try:
            with self._superuser("postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def _end_orphan(self) -> None:
        """Stop a server that outlived a supervisor killed without warning; we hold the lock."""
        if self.answers():
            stop = str(program_folder(self.data_dir, self.account) / "pg_ctl")
            run([stop, "stop", "-D", str(self.folder), "-m", "fast", "-w"], account=self.account)
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while self._server_lives() and time.monotonic() < deadline:
            time.sleep(0.1)

    def _server_lives(self) -> bool:
        """Whether the process that the folder names still exists, if only to be buried."""
        try:
            os.kill(int((self.folder / "postmaster.pid").read_text().split()[0]), 0)
        except (FileNotFoundError, IndexError, ProcessLookupError):
            return False
        except PermissionError:
            pass
        return True

    def _start(self) -> subprocess.Popen[bytes]:
        self._prepare_socket_folder()
        programs = program_folder(self.data_dir, self.account)
        log = self._open_log()
        try:
            return subprocess.Popen(
                [str(programs / "postgres"), "-D", str(self.folder), "-h", "",
                 "-k", str(self.socket_folder), *_settings()],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                env=program_environment(),
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                start_new_session=True,  # Ctrl-C reaches us first, and we stop it in order
            )  # fmt: skip
        finally:
            log.close()

    def _prepare_socket_folder(self) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.uid if self.account else os.geteuid()
        if folder.stat().st_uid not in {owner, os.geteuid()} or folder.is_symlink():
            raise PostgresProblem(f"文件夹 {folder} 属于别的用户，不能使用；请联系管理员删除它")
        self._give(folder)

    def _open_log(self) -> IO[bytes]:
        return (self.data_dir / "postgres.log").open("ab")

    def _wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        while server.poll() is None:
            try:
                with self._superuser("postgres"):
                    return
            except psycopg.OperationalError:
                time.sleep(0.05)
        lines = (self.data_dir / "postgres.log").read_text(errors="replace").splitlines()
        raise PostgresProblem(
            "内置数据库没有启动，它最后说：\n" + "\n".join(lines[-8:])
            + f"\n完整日志：{self.data_dir / 'postgres.log'}"
        )  # fmt: skip

    def _superuser(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return connect(self.login("postgres", name=database), autocommit=True)

    def _ensure_logins(self) -> None:
        """Create the separate logins and the two databases; again and again without harm."""
        passwords = self._passwords()
        with self._superuser("postgres") as connection:
            ensure_logins(connection, {f"zhifa_{kind}": passwords[kind] for kind in LOGINS})
            for database, owner in ((WORKBENCH, "zhifa_owner"), (PORTAL, "zhifa_portal")):
                ensure_database(connection, database, owner=owner)


def ensure_logins(
    connection: "psycopg.Connection[tuple[object, ...]]", logins: dict[str, str]
) -> None:
    """Create each login (name to password) that does not exist; none may own or create roles."""
    for user, password in logins.items():
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user]).fetchone()
        if not exists:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(user), sql.Literal(password)
                )
            )


def ensure_database(
    connection: "psycopg.Connection[tuple[object, ...]]", name: str, *, owner: str
) -> None:
    """Create database `name` if it does not exist, closed to everybody but its owner."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    database = sql.Identifier(name)
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(owner))
    )
    users = [f"zhifa_{kind}" for kind in ("web", "worker", "auditor")] if name == WORKBENCH else []
    close_database(connection, name, users)


def close_database(
    connection: "psycopg.Connection[tuple[object, ...]]", name: str, users: list[str]
) -> None:
    """Let nobody but the owner and `users` connect, and nobody but the owner make temporary tables.

    A temporary table would stand before ours where a trigger looks something up by its name.
    """
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for user in users:
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(user))
        )


def connect(login: Login, *, autocommit: bool = False) -> "psycopg.Connection[tuple[object, ...]]":
    """Return a plain connection for `login`."""
    return psycopg.connect(
        user=login.user,
        password=login.password,
        host=login.host,
        port=login.port,
        dbname=login.name,
        autocommit=autocommit,
        connect_timeout=10,
    )


def _settings() -> list[str]:
    """What differs from the server's defaults; `wal_level` lets a city move on-line to a cluster."""
    values = {
        "max_connections": "60",
        "shared_buffers": "256MB",
        "wal_level": "logical",
        "timezone": "UTC",
        "log_timezone": "Asia/Shanghai",
        "log_min_messages": "warning",
        "idle_in_transaction_session_timeout": "600s",
        "unix_socket_permissions": "0777",  # the folder itself is closed
    }
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop in order: SIGINT is PostgreSQL's fast shutdown; it never hangs on clients."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        server.wait()


@contextmanager
def _lock(path: Path, *, quiet: bool = False) -> Iterator[None]:
    """Hold the data folder; a second owner is told who has it. `quiet`: only to look."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise PostgresProblem(
                f"数据文件夹 {path.parent} 正在被另一个进程使用（进程号 {file.read().strip() or '未知'}）。"
                "同一数据文件夹只能启动一次"
            ) from None
        if not quiet:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def _new_passwords() -> str:
    return json.dumps({kind: secrets.token_urlsafe(24) for kind in (*LOGINS, "postgres")})
