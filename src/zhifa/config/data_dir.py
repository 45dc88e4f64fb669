"""Where the data of a checkout lie (数据文件夹): `var/` in it, or a place that PostgreSQL's user can reach.

As root the server runs as an unprivileged user. A checkout in a closed folder (a home, a temporary folder) is out
of that user's reach; then the data lie under /var/lib/zhifa, named by the checkout. Only the standard library
here: `make` asks before anything is installed.
"""

import hashlib
import os
from pathlib import Path


def of_checkout(checkout: Path) -> Path:
    """Return the data folder of a checkout."""
    closed = any(not place.stat().st_mode & 0o001 for place in [checkout, *checkout.parents])
    if os.geteuid() == 0 and closed:
        name = hashlib.sha256(bytes(checkout)).hexdigest()[:12]
        return Path("/var/lib/zhifa") / f"{checkout.name}-{name}"
    return checkout / "var"


def checkout_of(module: Path) -> Path | None:
    """Return the checkout a module of ours stands in, None if it was installed without one."""
    root = module.resolve().parents[3]
    return root if (root / "Makefile").is_file() and (root / "pyproject.toml").is_file() else None
