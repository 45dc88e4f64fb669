"""A store in a folder of this machine, or one that several machines share (文件夹存储).

    aa/bb/<sha256>   contents, read-only, under the first two bytes of their digest
    incoming/        what is being received; `incoming/lock` is held, shared, meanwhile

A content becomes visible by one rename after it was flushed to the disk, so that a process killed at
any moment leaves either nothing or the whole. What it was receiving stays in `incoming` and is
removed by the next start that finds nobody receiving.
"""

import errno
import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from zhifa.store.port import Damaged, Missing, Readable, Stored, StoreFull, hashed

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = 0o440


class FolderStore:
    """Keeps contents in `path`, which is made if need be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._incoming = path / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._remove_leftovers()

    def put(self, stream: Readable) -> Stored:
        """Keep everything `stream` gives; see `port.Store.put`."""
        with self.stage(stream) as staged:
            return staged.keep()

    @contextmanager
    def stage(self, stream: Readable) -> Iterator["StagedFile"]:
        """Receive everything `stream` gives, to be looked at before it is kept."""
        with self._receiving():
            descriptor, name = tempfile.mkstemp(dir=self._incoming)
            received = Path(name)
            try:
                with _room_needed(), os.fdopen(descriptor, "wb") as file:
                    stored = hashed(stream, file.write)
                    file.flush()
                    os.fchmod(file.fileno(), _READ_ONLY)
                    os.fsync(file.fileno())
                yield StagedFile(self, received, stored)
            finally:
                received.unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """Return the content for reading. Raises Missing."""
        try:
            return self._file(sha256).open("rb")
        except FileNotFoundError:
            raise Missing(sha256) from None

    def exists(self, sha256: str) -> bool:
        """Return whether the content is there."""
        return self._file(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Return its length in bytes. Raises Missing."""
        try:
            return self._file(sha256).stat().st_size
        except FileNotFoundError:
            raise Missing(sha256) from None

    def verify(self, sha256: str) -> bool:
        """Read it again; return whether it is what it is named. Raises Missing."""
        with self.open(sha256) as file:
            return hashed(file).sha256 == sha256

    def contents(self) -> Iterator[str]:
        """Return the SHA-256 of everything kept, in ascending order."""
        for outer in sorted(self.path.glob("[0-9a-f][0-9a-f]")):
            for inner in sorted(outer.iterdir()):
                yield from sorted(file.name for file in inner.iterdir())

    def _file(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise ValueError("a content is named by 64 lower-case hexadecimal digits")
        return self.path / sha256[:2] / sha256[2:4] / sha256

    def adopt(self, received: Path, stored: Stored) -> Stored:
        """Give a received file its name; the file that has the name already is never replaced.

        Two processes may rename the same content at once: both bring the same bytes.
        """
        place = self._file(stored.sha256)
        if place.exists():
            if not self.verify(stored.sha256):
                raise Damaged(stored.sha256)
            return stored
        with _room_needed():
            place.parent.mkdir(parents=True, exist_ok=True)
            received.rename(place)
            for folder in (place.parent, place.parent.parent, self.path):
                _flush(folder)
        return stored

    @contextmanager
    def _receiving(self) -> Iterator[None]:
        """Say that something is being received; the system lets go of it when the process ends."""
        with (self._incoming / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def _remove_leftovers(self) -> None:
        """Remove what killed processes were receiving, unless someone is receiving now."""
        with (self._incoming / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # the next start will find them
            for leftover in self._incoming.iterdir():
                if leftover.name != "lock":
                    leftover.unlink()


class StagedFile:
    """A content received into `incoming`; see `port.Staged`."""

    def __init__(self, store: FolderStore, received: Path, stored: Stored) -> None:
        self._store = store
        self._received = received
        self._stored = stored

    @property
    def stored(self) -> Stored:
        """Return its digests and size."""
        return self._stored

    def open(self) -> BinaryIO:
        """Return it for reading."""
        return self._received.open("rb")

    def keep(self) -> Stored:
        """Make it part of the store. Raises Damaged and StoreFull."""
        return self._store.adopt(self._received, self._stored)


@contextmanager
def _room_needed() -> Iterator[None]:
    """Turn a full disk, a used-up quota and a file size limit into StoreFull."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise StoreFull(str(problem)) from problem
        raise


def _flush(folder: Path) -> None:
    """Have the names in a folder on the disk, so that a power cut does not forget a rename."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
