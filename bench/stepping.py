"""A client of `bench.steps` in a process of its own: takes steps of its own case, one transaction each.

Three ways: by the services, by the same statements sent raw through psycopg to a copy of the database, and
by a plain insert. The statements of the first are what the second sends.
"""

import base64
import json
import re
import sys
import time
from contextlib import ExitStack
from secrets import token_bytes
from typing import Any
from uuid import UUID, uuid4

import django

django.setup()

import psycopg  # noqa: E402  (the settings come first)
from django.db import connection  # noqa: E402

from zhifa import clock  # noqa: E402
from zhifa.accounts.access import acting  # noqa: E402
from zhifa.cases import services  # noqa: E402
from zhifa.law.actors import ActorId  # noqa: E402
from zhifa.procedures import actions as a  # noqa: E402
from zhifa.procedures.values import GateQuestion  # noqa: E402

Statement = tuple[str, Any]

# A record with its document, a piece of evidence, and two answers: what an investigation is made of.
STEPS: tuple[tuple[str, Any], ...] = (
    (
        "interview",
        a.Interview(
            interviewee="王某（演示）", relation="经营者", place="本机关询问室", began_at="14:30",
            ended_at="15:20", certificate_shown=True, rights_told=True,
            questions=(a.Question(question="这批饼干何时购进？", answer="上月购进，有单据。"),),
        ),
    ),
    (
        "collect_evidence",
        a.CollectEvidence(
            name="进货单据", kind="documentary", source="当事人提供", proves="购进数量", pages=2
        ),
    ),
    (
        "answer_gate",
        a.AnswerGate(question=GateQuestion.COMPLEX, yes=False, reason="案情单一"),
    ),
    (
        "answer_gate",
        a.AnswerGate(question=GateQuestion.PUBLIC_INTEREST, yes=False, reason="影响限于个案"),
    ),
)  # fmt: skip


class Client:
    """One officer with a desk full of cases, taken one after the other."""

    def __init__(self, cases: dict[str, int], officer: ActorId) -> None:
        self.versions = {UUID(case): version for case, version in cases.items()}
        self.cases = list(self.versions)
        self.officer = officer
        self.sent: list[list[Statement]] = []

    def by_services(self, number: int) -> None:
        """Take the next step as the page does."""
        case_id = self.cases[number % len(self.cases)]
        action, data = STEPS[number // len(self.cases) % len(STEPS)]
        done = services.take_step(
            case_id=case_id, action=action, data=data, actor=self.officer,
            on=clock.today(), at=clock.now(), seen=self.versions[case_id],
        )  # fmt: skip
        self.versions[case_id] = done.version

    def noted(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Keep a statement as it is sent."""
        self.sent[-1].append((sql, params))
        return execute(sql, params, many, context)


def main(job: dict[str, Any]) -> None:
    """Follow the words on standard input: each way is measured when it is its turn."""
    client = Client(job["cases"], ActorId(UUID(job["officer"])))
    count, round_long = job["count"], len(STEPS) * len(job["cases"])
    with ExitStack() as stack:
        stack.enter_context(acting(client.officer, on=clock.today()))
        for number in range(round_long):
            client.by_services(number)
        with connection.execute_wrapper(client.noted):
            for number in range(round_long):
                client.sent.append([])
                client.by_services(number)
        _turn({"statements": sum(map(len, client.sent)) / len(client.sent)})
        start = time.perf_counter()
        for number in range(count):
            client.by_services(number)
        _turn({"seconds": time.perf_counter() - start})
    with psycopg.connect(job["copy"], autocommit=True, prepare_threshold=2) as raw:
        raw.execute("SELECT set_config('zhifa.actor', %s, false)", [str(client.officer)])
        _turn({"seconds": _raw(raw, client.sent, count)})
        start = time.perf_counter()
        for _ in range(count):
            with raw.transaction():
                raw.execute("INSERT INTO bench_plain (body) VALUES (%s)", ["现场检查" * 60])
        _turn({"seconds": time.perf_counter() - start})


def _raw(raw: "psycopg.Connection[Any]", steps: list[list[Statement]], count: int) -> float:
    """Send the statements of the noted steps again and again, each step in a transaction of its own.

    What a step made new (a document's id, its token) is made new each time, before the clock starts.
    """
    fresh = [_renewed(steps, number % len(steps)) for number in range(count)]
    start = time.perf_counter()
    for statements in fresh:
        with raw.transaction(), raw.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
    return time.perf_counter() - start


def _renewed(steps: list[list[Statement]], number: int) -> list[Statement]:
    elsewhere = {
        found
        for other, statements in enumerate(steps)
        if other != number
        for _, params in statements
        for found in _NEW.findall(str(params))
    }
    mine = {found for _, params in steps[number] for found in _NEW.findall(str(params))}
    new = {old: _like(old) for old in mine - elsewhere}
    return [(sql, _replaced(params, new)) for sql, params in steps[number]]


_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NEW = re.compile(rf"{_UUID}|\b[a-z2-7]{{26}}\b")  # ids, and the tokens of documents


def _like(old: str) -> str:
    return str(uuid4()) if "-" in old else base64.b32encode(token_bytes(16)).decode()[:26].lower()


def _replaced(value: Any, new: dict[str, str]) -> Any:
    match value:
        case UUID():
            return UUID(new.get(str(value), str(value)))
        case str():
            return _NEW.sub(lambda found: new.get(found[0], found[0]), value)
        case list() | tuple():
            return type(value)(_replaced(one, new) for one in value)
    return value


def _turn(said: dict[str, Any]) -> None:
    print(json.dumps(said), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
