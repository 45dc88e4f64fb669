"""The installation's own keys (密钥): sessions, the log, publication; files only we can read.

They lie in `keys/` of the data folder, each made on first use. `zhifa backup` takes them along,
encrypted only by the care of whoever keeps the file (docs/keys.md).
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def session_key(data_dir: Path) -> str:
    """Return the key that signs sessions and forms, made on first use."""
    return read_or_make(data_dir, "session.key", lambda: secrets.token_urlsafe(64))


def read_or_make(data_dir: Path, name: str, make: Callable[[], str]) -> str:
    """Return the text of key file `name`, written once by whoever comes first."""
    folder = data_dir / "keys"
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
