"""Where the portal keeps packages and redacted documents (公示文件), and how withdrawn ones go.

Every other room keeps what it was given for ever; here a withdrawn content has to go, so the
portal's store can do one thing more than the port.
"""

from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from zhifa.portal.rules import TrustedKeys
from zhifa.store import FolderStore, Store


class ErasableStore(Store, Protocol):
    """A store from which a content can be erased."""

    def erase(self, sha256: str) -> None:
        """Remove the content for good; no fault if it is not there."""
        ...


class ErasableFolder(FolderStore):
    """A folder whose contents can be erased."""

    def erase(self, sha256: str) -> None:
        """Remove the content for good; no fault if it is not there."""
        self._file(sha256).unlink(missing_ok=True)


@cache
def _folder(path: Path) -> ErasableFolder:
    return ErasableFolder(path)


def store() -> ErasableStore:
    """Return the store named by `settings.PORTAL["folder"]`; one object a process."""
    return _folder(Path(settings.PORTAL["folder"]))


def trusted_keys() -> TrustedKeys:
    """Return the keys named by `settings.PORTAL`: "publisher_keys" and "log_keys"."""
    return TrustedKeys(
        publishers=tuple(settings.PORTAL["publisher_keys"]), logs=tuple(settings.PORTAL["log_keys"])
    )
