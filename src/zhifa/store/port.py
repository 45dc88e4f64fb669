"""What every store promises (存储端口), and the two digests of a content.

Content is named by its SHA-256 and never changed: the same content put twice is kept once, and
nothing is ever overwritten or deleted through this port. SM3 (GB/T 32905-2016) stands beside it
for bodies that have to show a national digest.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cryptography.hazmat.primitives import hashes

CHUNK_BYTES = 1024 * 1024  # read and written at a time: memory stays the same however large a file


class Readable(Protocol):
    """Anything bytes can be read from, once, front to back."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """The digests (lower-case hexadecimal) and the size of one content."""

    sha256: str
    sm3: str
    size: int  # bytes


class StoreProblem(Exception):
    """The store cannot do what it was asked; nothing half done is left. `code` is stable."""

    code = "store.problem"


class StoreFull(StoreProblem):
    """There is no room left on the disk, or the quota is used up."""

    code = "store.full"


class Missing(StoreProblem):
    """No content with this digest is there."""

    code = "store.missing"


class Damaged(StoreProblem):
    """What lies under this digest is no longer the content it names."""

    code = "store.damaged"


class Staged(Protocol):
    """A content received whole and hashed, but not kept yet."""

    @property
    def stored(self) -> Stored:
        """Return its digests and size."""
        ...

    def open(self) -> BinaryIO:
        """Return it for reading, seekable; the caller closes it."""
        ...

    def keep(self) -> Stored:
        """Make it part of the store, for good, and return its digests.

        Raises Damaged if other bytes lie under its digest already, and StoreFull.
        """
        ...


class Store(Protocol):
    """A place that keeps contents by their SHA-256."""

    def put(self, stream: Readable) -> Stored:
        """Keep everything `stream` gives, hashing it on the way; once, however often it is put.

        Raises StoreFull or Damaged; then, or when `stream` raises, nothing of it is visible.
        """
        ...

    def stage(self, stream: Readable) -> AbstractContextManager[Staged]:
        """Receive everything `stream` gives, to be looked at before it is kept.

        What is not kept when the block ends is thrown away. Raises StoreFull.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Return the content for reading, seekable; the caller closes it. Raises Missing."""
        ...

    def exists(self, sha256: str) -> bool:
        """Return whether the content is there (not whether it is whole)."""
        ...

    def size(self, sha256: str) -> int:
        """Return its length in bytes, as it lies there. Raises Missing."""
        ...

    def verify(self, sha256: str) -> bool:
        """Read it again from end to end; return whether it is what it is named. Raises Missing."""
        ...

    def contents(self) -> Iterator[str]:
        """Return the SHA-256 of everything kept, in ascending order."""
        ...


def hashed(stream: Readable, write: Callable[[bytes], object] | None = None) -> Stored:
    """Read `stream` to its end in pieces of CHUNK_BYTES, hand each to `write`, return the digests."""
    sha256, sm3, size = hashes.Hash(hashes.SHA256()), hashes.Hash(hashes.SM3()), 0
    while piece := stream.read(CHUNK_BYTES):
        sha256.update(piece)
        sm3.update(piece)
        size += len(piece)
        if write:
            write(piece)
    return Stored(sha256.finalize().hex(), sm3.finalize().hex(), size)
