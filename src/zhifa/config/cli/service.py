"""serve, worker, migrate: the processes of an installation (启动与升级)."""

import argparse
import os
import sys

from zhifa.config import running
from zhifa.config.environment import Environment, Role, read
from zhifa.config.postgres.binaries import PostgresProblem


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    serve = commands.add_parser("serve", help="启动数据库、网站和后台任务")
    serve.add_argument("--demo", action="store_true", help="首次启动时载入演示城市")
    serve.set_defaults(run=_serve, django=False)
    worker = commands.add_parser("worker", help="只运行后台任务")
    worker.set_defaults(run=_worker, django=True)
    migrate = commands.add_parser("migrate", help="升级数据库结构")
    migrate.add_argument(
        "--demo", action="store_true", help=argparse.SUPPRESS
    )  # for serve: one start
    migrate.set_defaults(run=_migrate, django=True)
    doctor = commands.add_parser("doctor", help="体检：哪里不好、怎么办")
    doctor.set_defaults(run=_doctor, django=False)


def _serve(arguments: argparse.Namespace) -> int:
    return running.serve(read(), demo=arguments.demo)


def _worker(_: argparse.Namespace) -> int:
    from zhifa.config import worker  # noqa: PLC0415  (Django is set up first)

    return worker.run()


def _migrate(arguments: argparse.Namespace) -> int:
    from zhifa.config import migration  # noqa: PLC0415  (Django is set up first)

    migration.migrate()
    return _load_city(read()) if arguments.demo else 0


def _load_city(environment: Environment) -> int:
    """Load the demo city unless it is there; one process for both makes a quick second start."""
    from zhifa.config.demo import loading  # noqa: PLC0415  (Django is set up first)

    if environment.production:
        print("✗ 正式环境不能载入演示数据", file=sys.stderr)
        return 1
    try:
        if not loading.is_loaded():
            loading.load(environment.data_dir, say=_say)
    except loading.LoadCut as cut:
        print(f"✗ {cut}", file=sys.stderr)
        return 1
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


def _doctor(_: argparse.Namespace) -> int:
    """Look at everything that can be looked at, even where something else is broken."""
    import django  # noqa: PLC0415  (set up only if the environment can be read)

    from zhifa.config import doctor  # noqa: PLC0415

    print("环境变量")
    print("\n".join(doctor.variables(os.environ)))
    environment = read()
    findings = list(doctor.machine(environment))
    try:
        with running.database(environment):
            django.setup()
            from zhifa.config import doctor_database  # noqa: PLC0415

            findings += doctor_database.databases()
            if environment.role is not Role.PORTAL:
                from zhifa.config import doctor_record  # noqa: PLC0415

                findings += doctor_record.record(environment)
    except PostgresProblem as problem:
        findings.append(doctor.Finding("数据库", doctor.State.BAD, str(problem)))
    print("\n体检")
    print("\n".join(str(finding) for finding in findings))
    bad = sum(finding.state is doctor.State.BAD for finding in findings)
    print(f"\n{f'有 {bad} 处需要处理' if bad else '一切正常'}")
    return 1 if bad else 0
