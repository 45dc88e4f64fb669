"""A client of `bench.log` in a process of its own: appends entries, one transaction each."""

import sys
from dataclasses import dataclass
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  (the settings come first)

from zhifa import clock  # noqa: E402
from zhifa.journal import services  # noqa: E402
from zhifa.law.actors import ActorId  # noqa: E402

_ACTOR = ActorId(UUID(int=1))
_STREAMS = 50  # cases one officer has open


@dataclass(frozen=True, slots=True)
class Said:
    """About what a step of a case says: 600 bytes."""

    step: str
    happened_on: str
    officers: tuple[str, ...]
    facts: dict[str, str]


_BODY = Said(
    "investigate",
    "2026-07-01",
    (str(UUID(int=2)), str(UUID(int=3))),
    {f"fact_{number}": "现场检查发现当事人未按规定留存进货凭证" for number in range(6)},
)


def through_the_journal(client: str, number: int, per_commit: int) -> None:
    """Append as a service does."""
    with transaction.atomic():
        for place in range(per_commit):
            services.append(
                "case.step_taken",
                f"case:{client}-{(number + place) % _STREAMS}",
                actor=_ACTOR,
                at=clock.now(),
                body=_BODY,
            )


def plain_insert(client: str, number: int, per_commit: int) -> None:
    """Insert rows of the same size and commit: the least a record could cost."""
    with transaction.atomic(), connection.cursor() as cursor:
        for place in range(per_commit):
            cursor.execute(
                "INSERT INTO bench_plain (stream, body) VALUES (%s, %s)",
                [f"case:{client}-{(number + place) % _STREAMS}", _TEXT],
            )


_TEXT = "现场检查发现当事人未按规定留存进货凭证" * 6
_WAYS = {"journal": through_the_journal, "plain": plain_insert}


def main(way: str, client: str, count: int, per_commit: int) -> None:
    """Say that we are ready, wait for the word, do it, say so."""
    work = _WAYS[way]
    work(client, 0, per_commit)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(0, count, per_commit):
        work(client, number, per_commit)
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
