"""serve, worker, migrate: the processes of an installation (启动与升级)."""

import argparse

from zhifa.config import running
from zhifa.config.environment import read


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    serve = commands.add_parser("serve", help="启动数据库、网站和后台任务")
    serve.add_argument("--demo", action="store_true", help="首次启动时载入演示城市")
    serve.set_defaults(run=_serve, django=False)
    worker = commands.add_parser("worker", help="只运行后台任务")
    worker.set_defaults(run=_worker, django=True)
    migrate = commands.add_parser("migrate", help="升级数据库结构")
    migrate.set_defaults(run=_migrate, django=True)


def _serve(arguments: argparse.Namespace) -> int:
    return running.serve(read(), demo=arguments.demo)


def _worker(_: argparse.Namespace) -> int:
    from zhifa.config import worker  # noqa: PLC0415  (Django is set up first)

    return worker.run()


def _migrate(_: argparse.Namespace) -> int:
    from zhifa.config import migration  # noqa: PLC0415  (Django is set up first)

    migration.migrate()
    return 0
