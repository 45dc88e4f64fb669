"""demo: the demo city, and the main job told step by step (演示)."""

import argparse
import sys

from zhifa.config.environment import read


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    demo = commands.add_parser("demo", help="载入演示城市，并逐步演示主线")
    demo.add_argument("--city-only", action="store_true", help="只载入演示城市")
    demo.set_defaults(run=_demo, django=True)


def _demo(arguments: argparse.Namespace) -> int:
    return load_city()


def load_city() -> int:
    """Load the demo city unless it is there, and return the exit status; Django is set up."""
    from zhifa.config.demo import loading  # noqa: PLC0415  (Django is set up first)

    environment = read()
    if environment.production:
        print("✗ 正式环境不能载入演示数据", file=sys.stderr)
        return 1
    try:
        if not loading.is_loaded():
            loading.load(environment.data_dir, say=print)
    except loading.LoadCut as cut:
        print(f"✗ {cut}", file=sys.stderr)
        return 1
    return 0
