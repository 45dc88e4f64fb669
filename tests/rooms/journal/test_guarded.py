"""What no login can do to the record by raw SQL."""

import pytest
from django.db import DatabaseError, ProgrammingError, connections, transaction
from tests.rooms.journal.made import AT, append, several

from zhifa.journal import services

pytestmark = pytest.mark.usefixtures("record")

TABLES = (
    "journal_entry", "journal_body", "journal_stream", "journal_pending", "journal_leaf",
    "journal_tile", "journal_checkpoint",
)  # fmt: skip
KEYS = {"journal_body": "entry_id", "journal_pending": "entry_id", "journal_leaf": "index",
        "journal_tile": "level", "journal_stream": "sequence", "journal_checkpoint": "size"}  # fmt: skip


def run(alias, sql, *arguments):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.mark.parametrize("alias", ["default", "web", "worker", "auditor"])
def test_the_logins_only_read(alias):
    append()
    services.integrate(AT)
    for table in TABLES:
        key = KEYS.get(table, "id")
        run(alias, f"SELECT * FROM {table}")
        for sql in (
            f"INSERT INTO {table} SELECT * FROM {table}",
            f"UPDATE {table} SET {key} = {key}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        ):
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                run(alias, sql)


def test_the_owner_too_changes_nothing_that_was_written():
    append()
    services.integrate(AT)
    for table in ("journal_entry", "journal_leaf", "journal_checkpoint"):
        key = KEYS.get(table, "id")
        for sql in (
            f"UPDATE {table} SET {key} = {key} + 1",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(DatabaseError, match=r"Cannot|never emptied"):
                run("owner", sql)


def test_contents_are_only_erased_and_tiles_only_grow():
    several(3)
    services.integrate(AT)
    for sql in (
        "UPDATE journal_body SET text = '{}'",
        "UPDATE journal_body SET salt = NULL, text = NULL",
        "DELETE FROM journal_body",
        "TRUNCATE journal_body",
        "UPDATE journal_tile SET hashes = substr(hashes, 1, 32)",
        "UPDATE journal_tile SET index = index + 1",
        "UPDATE journal_tile SET hashes = substr(hashes, 33, 32) || hashes",
        "DELETE FROM journal_tile",
        "TRUNCATE journal_tile",
    ):
        with pytest.raises(DatabaseError, match=r"Cannot|never emptied"):
            run("owner", sql)


EXTEND = (
    "SELECT journal_extend(%s, %s::bigint[], '{0}', '{0}', ARRAY[repeat('x', 32)::bytea],"
    " repeat('x', 32)::bytea, 'note', now())"
)
ERASE = "SELECT journal_erase(%s, gen_random_uuid(), now(), 'reason')"


def test_who_may_call_which_function():
    entry = append()
    for alias in ("default", "web", "auditor"):
        with pytest.raises(ProgrammingError, match=r"permission denied"):
            run(alias, EXTEND, 0, [entry.id])
    for alias in ("default", "web", "worker", "auditor"):
        with pytest.raises(ProgrammingError, match=r"permission denied"):
            run(alias, ERASE, entry.id)
    with pytest.raises(ProgrammingError, match=r"permission denied"):
        run("auditor", "SELECT journal_append('a.b', 'c:d', gen_random_uuid(), now(), '{}')")


@pytest.mark.parametrize(
    ("size", "entries", "message"),
    [
        pytest.param(1, "fresh", "log has grown", id="another size"),
        pytest.param(2, "old", "0 of 1", id="an entry that is in the log"),
        pytest.param(2, "none", "0 of 0", id="no entry"),
        pytest.param(2, "twice", "1 of 2", id="an entry twice"),
        pytest.param(2, "missing", "0 of 1", id="an entry that does not exist"),
    ],
)
def test_the_log_takes_pending_entries_once_and_at_its_end(size, entries, message):
    old, _ = several(2)
    services.integrate(AT)
    fresh = append()
    given = {"fresh": [fresh.id], "old": [old.id], "none": [], "twice": [fresh.id] * 2,
             "missing": [10**9]}[entries]  # fmt: skip

    with pytest.raises(DatabaseError, match=message):
        run("worker", EXTEND, size, given)


def test_a_body_that_is_no_json_is_not_taken():
    with pytest.raises(DatabaseError, match="json"):
        run("web", "SELECT journal_append('a.b', 'c:d', gen_random_uuid(), now(), '{')")


def test_the_time_of_recording_is_the_databases_own():
    """`at` may be any day (an act is entered later); `recorded_at` cannot be chosen."""
    ((recorded, now),) = run(
        "web",
        "WITH a AS (SELECT id FROM journal_append('a.b', 'c:d', gen_random_uuid(),"
        " '2001-01-01', '{}')) SELECT 1, now() FROM a",
    )
    ((recorded_at,),) = run("web", "SELECT recorded_at FROM journal_entry WHERE stream = 'c:d'")

    assert recorded == 1
    assert recorded_at >= now


def test_functions_are_not_led_astray_by_the_callers_schema():
    """A login that may make temporary tables (ours may not) could give them the same names; the functions
    do not look there."""
    database = connections["web"].settings_dict["NAME"]
    run("owner", f'GRANT TEMPORARY ON DATABASE "{database}" TO zhifa_web')
    connections["web"].close()
    run("web", "CREATE TEMPORARY TABLE journal_entry (id bigint)")
    rows = run(
        "web",
        "SELECT sequence FROM public.journal_append('a.b', 'c:d', gen_random_uuid(), now(), '{}')",
    )

    assert rows == [(1,)]
    assert run("web", "SELECT count(*) FROM public.journal_entry") == [(1,)]
    connections["web"].close()
