import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from tests.rooms.journal.made import ACTOR, AT, Said, append

from zhifa import clock
from zhifa.journal import selectors, services
from zhifa_verify.canonical import NotCanonical


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Everything:
    day: date
    at: datetime
    who: UUID
    colour: Colour
    names: tuple[str, ...]
    chosen: frozenset[str]
    nested: dict[str, int]
    nothing: None = None


EVERYTHING = Everything(
    date(2026, 7, 1),
    AT,
    UUID(int=9),
    Colour.RED,
    ("䶮", "𬭎\x00\n"),
    frozenset("cab"),
    {"b": 1, "a": 2},
)


@pytest.mark.django_db
def test_an_entry_is_read_as_it_was_written():
    written = services.append("case.opened", "case:1", actor=ACTOR, at=AT, body=EVERYTHING)

    (entry,) = selectors.entries("case:1")
    assert (entry.id, entry.sequence, entry.digest) == (written.id, 1, written.digest)
    assert (entry.kind, entry.actor, entry.at) == ("case.opened", ACTOR, AT)
    assert entry.leaf_index is None
    assert abs(entry.recorded_at - clock.now()) < timedelta(minutes=1)
    assert entry.body == {
        "day": "2026-07-01", "at": "2026-07-01T09:30:15.123456Z", "who": str(UUID(int=9)),
        "colour": "red", "names": ["䶮", "𬭎\x00\n"], "chosen": ["a", "b", "c"],
        "nested": {"a": 2, "b": 1}, "nothing": None,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_database_computes_what_the_specification_says():
    """Written out here by hand, without the code that the verifier uses."""
    first = services.append("case.opened", 'case:"\\', actor=ACTOR, at=AT, body=Said("一"))
    second = services.append("case.closed", 'case:"\\', actor=ACTOR, at=AT, body=Said("二"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT salt, text, commitment, recorded_at FROM journal_body JOIN journal_entry"
            " ON id = entry_id WHERE id = %s",
            [second.id],
        )
        salt, text, commitment, recorded_at = cursor.fetchone()

    assert text == '{"sha256":"","text":"二"}'
    assert len(salt) == 32
    assert hashlib.sha256(bytes(salt) + text.encode()).digest() == bytes(commitment)
    header = {
        "actor": str(ACTOR),
        "at": "2026-07-01T09:30:15.123456Z",
        "commitment": bytes(commitment).hex(),
        "format": "zhifa-entry/v1",
        "kind": "case.closed",
        "previous": first.digest,
        "recorded_at": recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "sequence": 2,
        "stream": 'case:"\\',
    }
    plain = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == second.digest


@pytest.mark.django_db
def test_one_round_trip(django_assert_num_queries):
    with django_assert_num_queries(1):
        services.append("case.opened", "case:1", actor=ACTOR, at=AT, body=Said())


@pytest.mark.django_db
def test_streams_are_counted_each_for_itself_and_listed():
    for stream in ("case:b", "case:a", "case:b", "document:a"):
        append(stream)

    assert [entry.sequence for entry in selectors.entries("case:b")] == [1, 2]
    assert list(selectors.streams("case:")) == ["case:a", "case:b"]
    assert selectors.entries("case:none") == []


@pytest.mark.django_db
def test_an_instant_is_the_same_in_every_zone():
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    services.append("case.opened", "case:1", actor=ACTOR, at=beijing, body=Said())

    assert selectors.entries("case:1")[0].at == AT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        pytest.param({"at": datetime(2026, 7, 1)}, ValueError, id="naive time"),  # noqa: DTZ001
        pytest.param({"body": Said(text=1.5)}, NotCanonical, id="float"),
        pytest.param({"body": Said(text="\ud800")}, ValueError, id="surrogate"),
        pytest.param({"stream": "case"}, DatabaseError, id="stream without a thing"),
        pytest.param({"stream": "case:a b"}, DatabaseError, id="blank in a stream"),
        pytest.param({"stream": "case:" + "x" * 201}, DatabaseError, id="overlong stream"),
        pytest.param({"kind": "opened"}, DatabaseError, id="kind without subject"),
        pytest.param({"kind": "案件.立案"}, DatabaseError, id="kind that is no code"),
    ],
)
def test_what_is_not_taken(changed, error):
    arguments = {
        "kind": "case.opened",
        "stream": "case:1",
        "actor": ACTOR,
        "at": AT,
        "body": Said(),
    }
    with pytest.raises(error), transaction.atomic():
        services.append(**(arguments | changed))

    assert selectors.entries("case:1") == []


def test_outside_a_transaction_nothing_is_written(record):
    with pytest.raises(TransactionManagementError):
        services.append("case.opened", "case:1", actor=ACTOR, at=AT, body=Said())

    assert selectors.unintegrated_count() == 0


def test_a_rollback_leaves_no_gap(record):
    append()
    with transaction.atomic():
        services.append("case.step_taken", "case:1", actor=ACTOR, at=AT, body=Said())
        services.append("case.opened", "case:2", actor=ACTOR, at=AT, body=Said())
        transaction.set_rollback(True)
    append()

    assert [entry.sequence for entry in selectors.entries("case:1")] == [1, 2]
    assert list(selectors.streams("case:")) == ["case:1"]
    services.integrate(AT)
    assert selectors.log_state().size == 2


def test_many_at_once_leave_no_gap_and_lose_nothing(record):
    """Eight connections, a shared stream and own ones, some transactions taken back."""

    def work(worker):
        try:
            for number in range(25):
                with transaction.atomic():
                    append_here("case:shared", f"{worker}/{number}")
                    append_here(f"case:{worker}", str(number))
                    transaction.set_rollback(number % 5 == 4)
        finally:
            connections.close_all()

    def append_here(stream, text):
        services.append("case.step_taken", stream, actor=ACTOR, at=AT, body=Said(text))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    shared = selectors.entries("case:shared")
    assert [entry.sequence for entry in shared] == list(range(1, 161))
    assert len({entry.body["text"] for entry in shared}) == 160
    for worker in range(8):
        texts = [entry.body["text"] for entry in selectors.entries(f"case:{worker}")]
        assert texts == [str(number) for number in range(25) if number % 5 != 4]
    assert selectors.unintegrated_count() == 320


def test_two_first_entries_at_once(record):
    def work(number):
        try:
            return append(f"case:{number // 2}").sequence
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        sequences = list(pool.map(work, range(80)))

    assert sorted(sequences) == [1] * 40 + [2] * 40
