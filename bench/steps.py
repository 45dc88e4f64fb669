"""How many steps of cases a second (zhifa bench steps): by services, raw, and over HTTP.

Each client is a process with eight cases of its own, as an officer has. The same statements sent raw through psycopg to a copy of the
database, and a plain insert-and-commit, are the limits measured in the same run.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from bench import browsing
from bench.figures import Figure, report
from zhifa import clock
from zhifa.config.demo import city, loading, matters, stories
from zhifa.config.demo.casework import Casework
from zhifa.config.postgres import cluster as postgres

_ROOT = Path(__file__).parent.parent
CLIENTS, CASES, STEPS, OVER_HTTP = 4, 8, 384, 192


def run(
    *, clients: int = CLIENTS, steps: int = STEPS, over_http: int = OVER_HTTP
) -> dict[str, object]:
    """Return the figures; needs an empty installation whose tables are migrated."""
    built = city.build(clock.now(), today=clock.today())
    desk = loading.desk(built, "market")
    works = [
        [_investigating(built, desk, CASES * client + number) for number in range(CASES)]
        for client in range(2 * clients)
    ]
    _prepare()
    jobs = [
        {
            "cases": {str(work.case_id): work.version for work in mine},
            "officer": str(desk.officers[0]), "count": steps, "copy": _copy_url(),
        }
        for mine in works[:clients]
    ]  # fmt: skip
    with _started(jobs) as processes:
        statements = [said["statements"] for said in _turn(processes)]
        ours, raw, plain = (
            clients * steps / max(said["seconds"] for said in _turn(processes)) for _ in range(3)
        )
    pages = browsing.rate(works[clients:], steps=over_http)
    return report(
        "steps",
        [
            Figure(f"steps by services, {clients} clients", ours, "steps/s",
                   "the same statements raw through psycopg", raw, aim=300),
            Figure(f"steps by services, {clients} clients", ours, "steps/s",
                   "plain insert and commit", plain),
            Figure(f"steps over HTTP, {clients} clients", pages, "steps/s",
                   "steps by services", ours, aim=170),
        ],
        clients=clients, steps=clients * steps, cases_a_client=CASES, statements_a_step=sum(statements) / clients,
    )  # fmt: skip


def _investigating(built: city.City, desk: Any, number: int) -> Casework:
    """Return a case under investigation, everything on one day."""
    shop = matters.shop(f"测量用商店{number}（演示）", city.credit_code(number, kind="92"), "王某")
    work = Casework(desk, matters.expired_food(shop), built.items["food"])
    for _ in stories.to_investigating(work):
        pass  # the clock stays where it is
    return work


def _prepare() -> None:
    """Make the table of the plain rate, and the copy the raw statements go to."""
    web = connections["web"].settings_dict
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)"
        )
        cursor.execute(f'GRANT INSERT ON bench_plain TO "{web["USER"]}"')
    connections.close_all()
    held = postgres.Cluster.at(settings.ENVIRONMENT.data_dir)
    with postgres.connect(held.login("postgres", name="postgres"), autocommit=True) as server:
        server.execute(
            f"CREATE DATABASE bench_copy TEMPLATE {postgres.WORKBENCH} STRATEGY file_copy"
        )


def _copy_url() -> str:
    web = connections["web"].settings_dict
    return (
        f"host={web['HOST']} port={web['PORT']} user={web['USER']} password={web['PASSWORD']}"
        " dbname=bench_copy"
    )


@contextmanager
def _started(jobs: list[dict[str, Any]]) -> Iterator[list["subprocess.Popen[str]"]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bench.stepping", json.dumps(job)],
            cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for job in jobs
    ]  # fmt: skip
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _turn(processes: list["subprocess.Popen[str]"]) -> list[dict[str, Any]]:
    """Return what each client says, and let all go on together."""
    said = []
    for process in processes:
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("a client of the benchmark ended early")
        said.append(json.loads(line))
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return said
