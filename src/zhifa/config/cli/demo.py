"""demo: the demo city, and the main job told step by step (演示)."""

import argparse
import sys

from zhifa.config.environment import Environment, read


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this topic."""
    demo = commands.add_parser("demo", help="载入演示城市，并逐步演示主线")
    demo.add_argument("--city-only", action="store_true", help="只载入演示城市")
    demo.set_defaults(run=_demo, django=True)


def _demo(arguments: argparse.Namespace) -> int:
    from zhifa.config import migration  # noqa: PLC0415  (Django is set up first)
    from zhifa.config.demo import checks, loading, visiting  # noqa: PLC0415

    environment = read()
    if environment.production:
        print("✗ 正式环境不能载入演示数据", file=sys.stderr)
        return 1
    migration.migrate()  # the first command of a new installation may well be this one
    try:
        if not loading.is_loaded():
            loading.load(environment.data_dir, say=_say)
        if not arguments.city_only:
            _tell(environment)
    except (loading.LoadCut, checks.NotHeld, visiting.NoServer) as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    return 0


def _tell(environment: Environment) -> None:
    from zhifa import clock  # noqa: PLC0415
    from zhifa.config.demo import checks, city, jobs, main_job, visiting  # noqa: PLC0415

    _say("正在生成文书、签发检查点、发送公示包……")
    jobs.run()
    folder = environment.data_dir / "demo"
    folder.mkdir(exist_ok=True)
    with visiting.site(environment) as site:
        job = main_job.MainJob(city.found(clock.today()), site, folder, checks.Teller(_say))
        job.tell()
    _say("\n主线演示完成：以上各项全部成立。")


def _say(text: str) -> None:
    print(text, flush=True)
