"""What the portal and the last backup have seen is found missing, however consistently it was cut away."""

import pytest
from django.db import connection, connections
from tests.rooms.disclosure.test_publication import as_, deliver, release

from zhifa import clock
from zhifa.config import verification, witnesses, wording
from zhifa.config.backup import Root
from zhifa.config.last_backup import note_backup
from zhifa.config.log_reach import Seen, compared, differences
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
