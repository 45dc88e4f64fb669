"""The storage port (存储): content kept by its digest, in a folder now, an object store later.

`from_url` gives the store an installation is set up with; see `port` for what every store promises.
"""

from zhifa.store.folder import FolderStore
from zhifa.store.opening import BadStoreUrl, from_url
from zhifa.store.port import (
    CHUNK_BYTES,
    Damaged,
    Missing,
    Readable,
    Staged,
    Store,
    Stored,
    StoreFull,
    StoreProblem,
    hashed,
)

__all__ = [
    "CHUNK_BYTES",
    "BadStoreUrl",
    "Damaged",
    "FolderStore",
    "Missing",
    "Readable",
    "Staged",
    "Store",
    "StoreFull",
    "StoreProblem",
    "Stored",
    "from_url",
    "hashed",
]
