"""Signed packages and the way they go (公示包与通道): docs/publication-package.md is the contract.

The channel is a port: the class named in the settings may hand a package to the portal in the same
process, post it, or write it to a folder that is carried across. It answers with the portal's receipt.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from zhifa_verify.canonical import canonical_json
from zhifa_verify.note import Signer, sign
from zhifa_verify.package import FORMAT

_NO_RECEIPT = "-"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That the portal has a package (门户回执)."""

    package_sha256: str
    kind: str
    key: str
    sequence: int
    received_at: datetime
    sha256: str


class NotTaken(Exception):
    """The portal refuses the package, and will refuse it again; `codes` say why."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class NotReached(Exception):
    """The portal could not be asked; sending again may help."""


class Channel(Protocol):
    """The way to the portal (公示通道)."""

    def send(self, package: bytes) -> Receipt:
        """Hand over a package and return the receipt; the same one for the same package.

        Raises NotTaken and NotReached.
        """
        ...


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file that travels with a package."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its digest, as the payload names it."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a package says: one version of one public record."""

    kind: str
    key: str
    sequence: int
    published_at: datetime
    data: Mapping[str, Any]  # by kind, as the contract lists it
    receipt: str = ""
    file: PackageFile | None = None


def build(said: Said, signer: Signer) -> bytes:
    """Return the package, signed; the same bytes for the same content and key."""
    payload = canonical_json(
        {
            "kind": said.kind,
            "key": said.key,
            "sequence": said.sequence,
            "published_at": said.published_at.astimezone(UTC).isoformat(),
            "data": said.data,
        }
    )
    proved = sha256(said.receipt.encode()).hexdigest() if said.receipt else _NO_RECEIPT
    statement = f"{FORMAT}\n{sha256(payload).hexdigest()}\n{proved}\n"
    package = {
        "format": FORMAT,
        "payload": payload.decode(),
        "signature": sign(statement, signer),
        "receipt": said.receipt,
        "files": [_file(said.file)] if said.file else [],
    }
    return json.dumps(package, ensure_ascii=False).encode()


def signer() -> Signer:
    """Return the publisher's key of this installation."""
    return Signer.parse(settings.DISCLOSURE["signer"])


def channel() -> Channel:
    """Return the channel that the settings name."""
    return _channel(settings.DISCLOSURE["channel"])


@cache
def _channel(path: str) -> Channel:
    made: Channel = import_string(path)()
    return made


def _file(file: PackageFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "media_type": "application/pdf",
        "size": len(file.content),
        "content": base64.b64encode(file.content).decode(),
    }
