"""The installation's own keys (密钥): sessions, the log, publication; files only we can read.

They lie in `keys/` of the data folder, each made on first use. `zhifa backup` takes them along,
encrypted only by the care of whoever keeps the file (docs/keys.md). A signing key is written as
C2SP signed-note does, name first; beside it stand the public keys that are trusted, one a line, so
that what an older key has signed still verifies after the key was changed.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhifa.config.environment import Environment

FOLDER = "keys"  # of the data folder
_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs notes, as text: name, key id and key."""

    private: str  # PRIVATE+KEY+<name>+<id>+<base64>

    @property
    def name(self) -> str:
        return self.private.split("+")[2]

    @property
    def public(self) -> str:
        """The key that others verify with: <name>+<id>+<base64>."""
        seed = base64.b64decode(self.private.split("+", 4)[4])[1:]
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return f"{self.name}+{_key_id(self.name, public)}+{_encoded(public)}"


def signing_key(environment: Environment, kind: str) -> SigningKey:
    """Return the key that signs as `kind` ("log" or "publisher"), made on first use.

    Its name holds a random part, so that two installations never sign under one name.
    """
    host = urlsplit(environment.public_url).netloc
    name = f"{host}/{secrets.token_hex(4)}/{kind}"
    key = SigningKey(read_or_make(environment.data_dir, f"{kind}.key", lambda: _new_key(name)))
    read_or_make(environment.data_dir, f"{kind}.vkeys", lambda: key.public + "\n")
    return key


def rotate(data_dir: Path, kind: str) -> SigningKey:
    """Make a new key of `kind` under the same name and return it; running processes keep the old one.

    Its public key is trusted before it can sign anything; the old private key stays beside it, as
    `<kind>.key.<id>`, until somebody destroys it. Raises FileNotFoundError if there is no key yet.
    """
    folder = data_dir / "keys"
    path = folder / f"{kind}.key"
    old = SigningKey(path.read_text())
    new = SigningKey(_new_key(old.name))
    trusted_keys = folder / f"{kind}.vkeys"
    _replace(trusted_keys, "".join(f"{key}\n" for key in (*trusted(data_dir, kind), new.public)))
    _replace(folder / f"{kind}.key.{old.public.split('+')[1]}", old.private)
    _replace(path, new.private)
    return new


def trusted(data_dir: Path, kind: str) -> tuple[str, ...]:
    """Return the public keys that signatures of `kind` are checked with; none if none is known."""
    path = data_dir / FOLDER / f"{kind}.vkeys"
    lines = path.read_text().splitlines() if path.exists() else []
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def session_key(data_dir: Path) -> str:
    """Return the key that signs sessions and forms, made on first use."""
    return read_or_make(data_dir, "session.key", lambda: secrets.token_urlsafe(64))


def read_or_make(data_dir: Path, name: str, make: Callable[[], str]) -> str:
    """Return the text of key file `name`, written once by whoever comes first."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails if another process was first: then theirs counts
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def _replace(path: Path, text: str) -> None:
    """Write a key file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _new_key(name: str) -> str:
    seed = secrets.token_bytes(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return f"PRIVATE+KEY+{name}+{_key_id(name, public)}+{_encoded(seed)}"


def _encoded(key: bytes) -> str:
    return base64.b64encode(_ED25519 + key).decode()


def _key_id(name: str, public: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).hexdigest()[:8]
