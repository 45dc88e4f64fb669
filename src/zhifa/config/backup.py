"""One file out, one file in, proof of completeness (备份与恢复).

A backup is a tar: the two databases as `pg_dump` wrote them, the keys, every file of the store, and last
a manifest with the digest of each member and the root of the journal at that moment. A file cut short
has no manifest and is refused. The database is dumped before the store is read: the store is only ever
added to, so whatever the dump names is there.
"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from zhifa.config.environment import Login
from zhifa.config.postgres.binaries import PostgresProblem, wheel_root

FORMAT = "zhifa-backup/v1"
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_SCRIPT_HEAD = 40  # lines of a script in which settings are made
_UNKNOWN_TO_OLD_SERVERS = (b"SET transaction_timeout",)  # new in version 17


class BadBackup(Exception):
    """The file is not a whole backup; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Root:
    """The state of the journal: how many entries the log holds, and their root (hex)."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    release: str
    journal: Root
    members: dict[str, str]  # name -> SHA-256

    def encode(self) -> bytes:
        return json.dumps(
            {
                "format": FORMAT,
                "made_at": self.made_at,
                "release": self.release,
                "journal": {"size": self.journal.size, "root": self.journal.root},
                "members": self.members,
            },
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        ).encode()


def write(
    target: Path,
    *,
    databases: dict[str, Login],
    folders: dict[str, Path],
    journal: Root,
    release: str,
    at: datetime,
) -> Manifest:
    """Write a backup to `target`, whole or not at all, and return its manifest.

    databases   name of the dump in the backup -> the login that owns it
    folders     name of the folder in the backup -> where it lies; keys, and what stores only add to
    journal     the state of the log before the dumps are made, which they therefore hold

    Raises PostgresProblem if a dump fails, FileExistsError if `target` is there already.
    """
    if target.exists():
        raise FileExistsError(target)
    members: dict[str, str] = {}
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tarfile.open(draft, "w") as archive, _scratch(target) as name:
            for database, login in databases.items():
                dump = Path(name) / database
                _dump(login, dump)
                members[f"database/{database}"] = _add(archive, f"database/{database}", dump)
            for prefix, folder in folders.items():
                for path in _files(folder):
                    member = f"{prefix}/{path.relative_to(folder).as_posix()}"
                    members[member] = _add(archive, member, path)
            manifest = Manifest(at.isoformat(), release, journal, members)
            content = manifest.encode()
            info = tarfile.TarInfo(_MANIFEST)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        draft.chmod(0o600)  # it holds the keys
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _scratch(target: Path) -> "tempfile.TemporaryDirectory[str]":
    """A place for the dumps beside the backup: where it has room, they have."""
    return tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent)


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder, checking every byte; return its manifest.

    Raises BadBackup if it is cut short, or if any member is missing, changed, or unknown.
    """
    found: dict[str, str] = {}
    manifest_bytes = b""
    try:
        with tarfile.open(source, "r:") as archive:
            for info in archive:
                content = archive.extractfile(info)
                if content is None:
                    raise BadBackup(f"备份里有不认识的内容：{info.name}")
                if info.name == _MANIFEST:
                    manifest_bytes = content.read()
                    continue
                path = _inside(folder, info.name)
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as out:
                    found[info.name] = _copy(content, out)
    except (tarfile.TarError, EOFError) as problem:
        raise BadBackup("备份文件不完整或不是备份文件，请换一份备份") from problem
    if not manifest_bytes:
        raise BadBackup("备份文件不完整：末尾的清单没有了，请换一份备份")
    manifest = _parse(manifest_bytes)
    for name, digest in sorted(manifest.members.items()):
        if found.get(name) != digest:
            state = "缺失" if name not in found else "被改动"
            raise BadBackup(f"备份里的 {name} {state}，不能恢复")
    if extra := sorted(set(found) - set(manifest.members)):
        raise BadBackup(f"备份里多出清单没有的 {extra[0]}，不能恢复")
    return manifest


def load(dump: Path, login: Login) -> None:
    """Load a dump into an empty database under the login that will own everything in it.

    As a script, whole or not at all: the bundled programs are newer than the oldest server that
    serves, and name a setting which that one does not know.
    """
    script = dump.with_suffix(".sql")
    _call("pg_restore", None, ["--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    settings = _UNKNOWN_TO_OLD_SERVERS
    with script.open("rb") as lines, script.with_suffix(".old.sql").open("wb") as kept:
        head = [lines.readline() for _ in range(_SCRIPT_HEAD)]
        kept.writelines(line for line in head if not line.startswith(settings))
        shutil.copyfileobj(lines, kept, _BLOCK)
    script.unlink()
    _call(
        "psql", login,
        ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
         f"--file={kept.name}", f"--dbname={login.name}"],
    )  # fmt: skip
    Path(kept.name).unlink()


def _dump(login: Login, target: Path) -> None:
    _call("pg_dump", login, ["--format=custom", "--file", str(target), login.name])


def _call(program: str, login: Login | None, arguments: list[str]) -> None:
    path = shutil.which(program, path=str(wheel_root() / "pginstall" / "bin"))
    where: list[str] = []
    if login:
        where = [f"--host={login.host.split(',')[0]}", f"--port={login.port.split(',')[0]}",
                 f"--username={login.user}", "--no-password"]  # fmt: skip
    result = subprocess.run(
        [path or program, *where, *arguments],
        env=os.environ | {"PGPASSWORD": login.password if login else "", "PGOPTIONS": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise PostgresProblem(f"{program} 没有成功：\n{result.stderr.strip()}")


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=content), content)
    return digest


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadBackup(f"备份里的路径越界：{name}")
    return path


def _copy(content: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()


def _parse(content: bytes) -> Manifest:
    try:
        loaded = json.loads(content)
        if loaded["format"] != FORMAT:
            raise BadBackup(f"备份格式是 {loaded['format']}，本程序只认 {FORMAT}")
        return Manifest(
            loaded["made_at"],
            loaded["release"],
            Root(loaded["journal"]["size"], loaded["journal"]["root"]),
            dict(loaded["members"]),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise BadBackup("备份文件的清单损坏，请换一份备份") from problem


@contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Have a private folder beside `folder` for as long as a restore lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=folder) as name:
        yield Path(name)
