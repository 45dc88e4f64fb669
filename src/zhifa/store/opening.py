"""Which store an installation uses (存储地址): said by a URL, one area of it for each room."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from zhifa.store.folder import FolderStore
from zhifa.store.port import Store


class BadStoreUrl(ValueError):
    """The URL names no store that this release can use."""


@cache
def from_url(url: str, area: str = "") -> Store:
    """Return the store at `url`, and in it the area of one room ("evidence", "documents", ...).

    url   file:///absolute/folder, percent-encoded
    area  a folder of its own in it, so that each room can tell what none of its rows refers to

    One object a process: opening a store removes what killed processes left behind. Raises
    BadStoreUrl.
    """
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or not parts.path.startswith("/"):
        raise BadStoreUrl("ZHIFA_STORE_URL 应写成 file:///文件夹的绝对路径")
    return FolderStore(Path(unquote(parts.path)) / area)
