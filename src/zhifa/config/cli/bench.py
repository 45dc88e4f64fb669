"""bench: what this machine can do, each figure with its limit beside it (性能测量)."""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import zhifa
from zhifa.config.postgres.cluster import Cluster

# Each is a module of `bench/` in the checkout, with `run() -> dict`.
BENCHMARKS = {
    "steps": "办案步骤的速度：服务、原始语句、网页",
    "log": "记录入日志、核验与重建的速度",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    bench = commands.add_parser("bench", help="性能测量（需要源代码目录，用临时数据库）")
    bench.add_argument("name", metavar="NAME", choices=BENCHMARKS, help="、".join(
        f"{name} {words}" for name, words in BENCHMARKS.items()
    ))  # fmt: skip
    bench.add_argument("--json", action="store_true", help="输出 JSON")
    bench.set_defaults(run=_bench, django=False)


def _bench(arguments: argparse.Namespace) -> int:
    root = Path(zhifa.__file__).resolve().parents[2]
    if not (root / "bench" / f"{arguments.name}.py").is_file():
        print(
            "✗ 性能测量只能在源代码目录里运行：安装包中没有 bench/。请先 git clone", file=sys.stderr
        )
        return 1
    figures = _measured(arguments.name, root)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if arguments.json else _text(figures))
    return 0


def _measured(name: str, root: Path) -> dict[str, Any]:
    """Run a benchmark in an installation of its own: a real record is never written to."""
    for variable in [variable for variable in os.environ if variable.startswith("ZHIFA_")]:
        del os.environ[variable]
    with tempfile.TemporaryDirectory(prefix="zhifa-bench-") as folder:
        Path(folder).chmod(0o755)  # the server's own user walks through it
        os.environ["ZHIFA_DATA_DIR"] = folder
        with Cluster.at(Path(folder)).running():
            subprocess.run([sys.executable, "-m", "zhifa", "migrate"], check=True)
            return _run(name, root)


def _run(name: str, root: Path) -> dict[str, Any]:
    import django  # noqa: PLC0415  (only now is there an installation)
    from django.db import connections  # noqa: PLC0415

    django.setup()
    sys.path.insert(0, str(root))
    try:
        figures: dict[str, Any] = importlib.import_module(f"bench.{name}").run()
    finally:
        connections.close_all()
    return figures


def _text(report: dict[str, Any]) -> str:
    return "\n".join(
        f"{one['name']}: {one['value']:,.0f} {one['unit']}"
        f" = {one['ratio']:.0%} × {one['limit']['name']} ({one['limit']['value']:,.0f})"
        + (f", aim {one['aim']:,.0f}" if one["aim"] else "")
        for one in report["figures"]
    )
