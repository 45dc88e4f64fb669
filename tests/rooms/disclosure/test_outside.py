"""What the portal and the last backup have seen is found missing, however consistently it was cut away."""

from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from tests.rooms.config.test_every_column import OTHER
from tests.rooms.disclosure.test_publication import as_, deliver, release, withdraw

from zhifa import clock
from zhifa.config import verification, witnesses, wording
from zhifa.config.backup import Root
from zhifa.config.last_backup import note_backup
from zhifa.config.log_reach import Seen, compared, differences
from zhifa.disclosure import outgoing, selectors, services
from zhifa.disclosure.rules import WithdrawalGround
from zhifa.journal import selectors as journal
from zhifa.journal import services as sequencer

# Everything beyond a checkpoint goes, and every table of the record says so.
_CUT = """
SET session_replication_role = replica;
CREATE TEMP TABLE gone AS SELECT entry_id FROM journal_leaf WHERE index >= {size};
DELETE FROM journal_checkpoint WHERE size > {size};
DELETE FROM journal_leaf WHERE index >= {size};
DELETE FROM journal_body WHERE entry_id IN (SELECT entry_id FROM gone);
DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM gone);
DELETE FROM journal_stream;
INSERT INTO journal_stream SELECT DISTINCT ON (stream) stream, sequence, digest FROM journal_entry
 ORDER BY stream, sequence DESC;
"""


@pytest.fixture
def published(folders, case_id, city):
    """A published decision, its receipt in the log; signed in as whoever owns the server."""
    release(case_id, city)
    deliver(city.publisher)
    with as_(city.publisher):
        sequencer.integrate(clock.now())
    for alias in connections:
        connections[alias].close()
    with folders.signed_in("postgres"):
        yield


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found(folder) -> list[str]:
    return [one.code for one in differences(folder)]


def test_a_log_is_as_long_as_the_portal_saw_it(published, tmp_path):
    assert found(tmp_path) == []
    assert [one for one in verification.differences(full=False) if not one.harmless] == []
    first, *_ = journal.signed_roots()

    run(_CUT.format(size=first))

    rooms = {one.room: one.words for one in verification.differences(full=False)}
    assert rooms["日志"].startswith("日志比外面见过的短")
    assert "记录" not in rooms  # it agrees with itself


def test_a_log_is_as_long_as_the_last_backup_says(published, tmp_path):
    first, *_, last = journal.signed_roots()
    note_backup(tmp_path, at=clock.now(), journal=Root(last, journal.signed_roots()[last]))
    assert found(tmp_path) == []

    run(_CUT.format(size=last - 1))

    (*_, cut) = differences(tmp_path)
    assert cut.code == "log.cut"
    assert cut.about == f"最近一次备份见过 {last} 条，现在 {max(journal.signed_roots())} 条"
    assert first < last


def test_a_checkpoint_that_was_seen_is_kept_and_has_its_root(published, tmp_path):
    with connections["portal"].cursor() as cursor:
        cursor.execute("SELECT max(size) FROM portal_checkpoint")
        ((seen,),) = cursor.fetchall()
    run(
        "SET session_replication_role = replica;"
        f"UPDATE journal_checkpoint SET root = sha256('x') WHERE size = {seen}"
    )
    assert found(tmp_path) == ["log.other_root"]
    run(f"DELETE FROM journal_checkpoint WHERE size = {seen}")
    assert found(tmp_path) == ["log.checkpoint_lost"]


@pytest.mark.parametrize(
    ("states", "codes"),
    [
        ([], []),
        ([("门户", 4, "b"), ("门户", 9, "c")], []),
        ([("门户", 4, "x")], ["log.other_root"]),
        ([("门户", 5, "b")], ["log.checkpoint_lost"]),
        ([("门户", 10, "d"), ("门户", 12, "e"), ("备份", 11, "f")], ["log.cut", "log.cut"]),
    ],
)
def test_states_seen_outside_are_compared_with_those_that_were_signed(states, codes):
    got = list(compared([Seen(*one) for one in states], {2: "a", 4: "b", 9: "c"}))
    assert [one.code for one in got] == codes
    assert set(codes) <= set(wording.WORDS)


def test_without_a_portal_at_hand_that_is_said(published, tmp_path, monkeypatch):
    monkeypatch.setattr(witnesses, "portal_is_here", lambda: False)
    (said,) = differences(tmp_path)
    assert (said.code, said.harmless) == ("log.no_witness", True)


# Columns of the portal on which nothing rests.
_NAMES_ONLY = {"portal_item.id", "portal_package.id"}


@pytest.fixture
def on_the_portal(folders, case_id, city):
    """A published decision and a body's record; no trigger holds up whoever owns the portal's tables."""
    release(case_id, city)
    deliver(city.publisher)
    with as_(city.publisher):
        on = clock.today()
        body = next(one for one in selectors.record_changes(city.body, on=on) if one.kind == "body")
        services.publish_records(
            body_id=city.body, wanted=frozenset({(body.kind, body.key)}), actor=city.publisher,
            on=on, at=clock.now(),
        )  # fmt: skip
    deliver(city.publisher)
    with connections["portal"].cursor() as cursor:
        cursor.execute("ALTER TABLE portal_item DROP CONSTRAINT withdrawn_is_empty")
        for table in ("portal_item", "portal_package"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    with folders.signed_in("auditor"):
        yield


def shown_otherwise() -> list[str]:
    return [one.code for one in witnesses.portal_differences()]


@contextmanager
def taken_back():
    with transaction.atomic(using="portal"), connections["portal"].cursor() as cursor:
        yield cursor
        transaction.set_rollback(True, using="portal")


def test_every_column_of_the_portal_is_compared_with_the_packages(on_the_portal):
    assert shown_otherwise() == []
    with connections["portal"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, udt_name FROM information_schema.columns"
            " WHERE table_name IN ('portal_item', 'portal_package')"
        )
        columns = cursor.fetchall()
    for table, column, kind in columns:
        if f"{table}.{column}" in _NAMES_ONLY:
            continue
        with taken_back() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = {OTHER[kind].format(column)}"
                f" WHERE ctid = (SELECT min(ctid) FROM {table})"
            )
            assert shown_otherwise(), f"{table}.{column}"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM portal_item", "portal.item_missing"),
        ("DELETE FROM portal_package", "portal.package_missing"),
        ("UPDATE portal_item SET data = replace(data, '饼干', '面包')", "portal.item_differs"),
        (
            "INSERT INTO portal_item SELECT (jsonb_populate_record(i, jsonb_build_object("
            "'id', -1, 'key', 'x', 'package_id', -1))).* FROM portal_item i LIMIT 1",
            "portal.unknown",
        ),
        (
            "INSERT INTO portal_package SELECT (jsonb_populate_record(p, jsonb_build_object("
            "'id', -1, 'sequence', 9, 'sha256', 'x'))).* FROM portal_package p LIMIT 1",
            "portal.package_unknown",
        ),
    ],
)
def test_what_the_portal_has_too_much_or_too_little_is_named(on_the_portal, statement, code):
    with taken_back() as cursor:
        cursor.execute(statement)
        assert code in shown_otherwise()
    assert code in wording.WORDS


def test_a_withdrawn_publication_and_one_begun_again_are_as_they_were_sent(case_id, city, folders):
    made = release(case_id, city)
    deliver(city.publisher)
    withdraw(made, city, WithdrawalGround.WRONG_CONTENT, "金额写错，更正后重新公示")
    deliver(city.publisher)
    with folders.signed_in("auditor"):
        assert shown_otherwise() == []
        with taken_back() as cursor:
            cursor.execute("UPDATE portal_item SET withdrawn_reason = 'x'")
            assert shown_otherwise() == ["portal.item_differs"]
    release(case_id, city)
    deliver(city.publisher)
    with folders.signed_in("auditor"):
        assert shown_otherwise() == []


def test_a_package_that_cannot_be_read_any_more_says_so(on_the_portal):
    for one in selectors.sent_packages():
        place = outgoing.store().path / one.sha256[:2] / one.sha256[2:4] / one.sha256
        place.unlink()
    assert shown_otherwise() == ["portal.not_compared"] * 2
