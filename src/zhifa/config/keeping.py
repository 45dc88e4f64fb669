"""Backing up and restoring an installation (备份与恢复); the file itself is `backup`'s.

A restore goes into an empty data folder and empty databases only, and ends by proving that it is complete:
every file by its digest, the record by the root of its log, recomputed from the restored entries.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from zhifa.config import backup, running
from zhifa.config.backup import BadBackup, Manifest, Root
from zhifa.config.environment import Environment, Login
from zhifa.config.last_backup import note_backup
from zhifa.config.postgres.binaries import PostgresProblem
from zhifa.config.postgres.cluster import Cluster, connect

_HARMLESS = {"lock", "postgres.log"}  # what a start that was refused may have left


def folders(environment: Environment) -> dict[str, Path]:
    """Return what lies outside the databases: name in a backup -> folder."""
    return {
        "keys": environment.data_dir / "keys",
        "store": Path(unquote(urlsplit(environment.store_url).path)),
        "portal": environment.data_dir / "portal",
    }


def make(target: Path, *, environment: Environment, journal: Root, at: datetime) -> Manifest:
    """Write a backup of a running installation to `target` and return what it holds.

    Raises FileExistsError if the file is there already, PostgresProblem if a dump fails.
    """
    manifest = backup.write(
        target,
        databases=_owners(environment),
        folders=folders(environment),
        journal=journal,
        release=metadata.version("zhifa"),
        at=at,
    )
    note_backup(environment.data_dir, at=at, journal=journal)
    return manifest


def restore(source: Path, *, environment: Environment, prove: Callable[[Root], Root]) -> Manifest:
    """Restore a backup and return its manifest, or raise and leave the data folder empty again.

    prove  returns the root of the restored log at the size of the one given

    Raises BadBackup if the file is not whole or the restored record is not that of the manifest,
    PostgresProblem if the place is not empty or a database cannot be loaded.
    """
    _refuse_if_used(environment)
    with ExitStack() as undo, ExitStack() as stack:
        undo.callback(
            _empty, environment
        )  # nothing was there before; runs when the database is down
        unpacked = stack.enter_context(backup.workspace(environment.data_dir))
        manifest = backup.unpack(source, unpacked)
        _place(unpacked / "keys", environment.data_dir / "keys", mode=0o600)
        stack.enter_context(running.database(environment))
        for name, login in _owners(environment).items():
            backup.load(unpacked / "database" / name, login)
        for name, folder in folders(environment).items():
            if name != "keys":
                _place(unpacked / name, folder)
        migrated = subprocess.call([sys.executable, "-m", "zhifa", "migrate"])
        if migrated:
            raise PostgresProblem("恢复后的数据库没有升级成功，原因见上")
        found = prove(manifest.journal)
        if found != manifest.journal:
            raise BadBackup(
                f"恢复后的全过程记录与备份不符：备份时 {manifest.journal.size} 条、根 "
                f"{manifest.journal.root}，现在 {found.size} 条、根 {found.root}"
            )
        undo.pop_all()
    return manifest


def _owners(environment: Environment) -> dict[str, Login]:
    """Return the login that owns each database."""
    if environment.embedded:
        cluster = Cluster(environment.data_dir, None)
        return {"workbench": cluster.login("owner"), "portal": cluster.login("portal")}
    given = {"workbench": environment.owner, "portal": environment.portal}
    return {name: login for name, login in given.items() if login}


def _refuse_if_used(environment: Environment) -> None:
    """Refuse to restore over anything: the folder, the store and the databases must be empty."""
    for folder in {environment.data_dir, *folders(environment).values()}:
        found = [path.name for path in folder.glob("*")] if folder.is_dir() else []
        if used := sorted(set(found) - _HARMLESS):
            raise PostgresProblem(
                f"{folder} 不是空的（有 {used[0]} 等 {len(used)} 项）。恢复不会覆盖任何数据，"
                "请用 ZHIFA_DATA_DIR 指定一个空的文件夹"
            )
    if environment.embedded:
        return
    for login in _owners(environment).values():
        with connect(login) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()
        if row and row[0]:
            raise PostgresProblem(f"数据库 {login.name} 里已有 {row[0]} 个表，请换一个空的数据库")


def _empty(environment: Environment) -> None:
    """Take away what a restore that did not succeed has put into the folders."""
    for folder in {environment.data_dir, *folders(environment).values()}:
        for path in folder.glob("*") if folder.is_dir() else []:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in _HARMLESS:
                path.unlink()


def _place(source: Path, target: Path, *, mode: int = 0) -> None:
    """Move a restored folder to where it belongs."""
    if not source.is_dir():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, target, dirs_exist_ok=True)
    if mode:
        target.chmod(0o700)
        for path in target.iterdir():
            path.chmod(mode)
