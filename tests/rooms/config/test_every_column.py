"""No column of a table that carries the record is changed past the services without `zhifa verify` saying so.

Every column of these rooms, as it is there now or will be added: who adds one has it compared with the
record, or says below why nothing rests on it.
"""

import os
import shutil
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db import connection, transaction
from django.test import override_settings
from tests import build
from tests.clones import Clone
from tests.rooms.cases.work import casework, large, small, told
from tests.rooms.disclosure.conftest import print_and_log
from tests.rooms.disclosure.test_policy import choose
from tests.rooms.disclosure.test_publication import deliver, release

from zhifa import clock
from zhifa.cases import replay
from zhifa.cases.numbers import start_numbers
from zhifa.config.demo import stories
from zhifa.disclosure import selectors as disclosure
from zhifa.documents import selectors as documents
from zhifa.evidence import selectors as evidence
from zhifa.procedures import actions as a
from zhifa.procedures.values import ReviewOpinion

# Columns on which nothing rests, so that a change of them is no difference.
MISSED = {
    "cases_caseterm.id": "a name for the row alone: its place is (case, position)",
    "cases_decision.id": "a name for the row alone: there is one a case, found by the case",
    "review_opinion.id": "a name for the row: a pass names it, and is found if it no longer does",
    "documents_numberseries.id": "a name for the row alone: a series is body, word and year",
    "disclosure_turn.id": "a name for the row alone: it names its entry",
    "disclosure_policychoice.id": "a name for the row alone: it names its entry",
    "disclosure_parcel.attempts": "how often it was tried is counted, not journalled",
}
ROOMS = {
    "cases": (replay.differences,),
    "review": (replay.differences,),
    "documents": (documents.differences, replay.differences),
    "evidence": (evidence.differences,),
    "disclosure": (disclosure.differences,),
}
TABLES = {
    model._meta.db_table: (room, [field.column for field in model._meta.concrete_fields])
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
}
COLUMNS = [(table, column) for table, (_, columns) in TABLES.items() for column in columns]

# How a value is changed, by its type in PostgreSQL; `{}` is the column.
OTHER = {
    "text": "CASE WHEN {0} ~ '^[0-9a-f]{{64}}$' THEN translate({0}, '0123456789abcdef',"
            " '123456789abcdef0') ELSE coalesce({0}, '') || 'x' END",
    "varchar": "CASE WHEN {0} ~ '^[0-9a-f]{{64}}$' THEN translate({0}, '0123456789abcdef',"
               " '123456789abcdef0') ELSE coalesce({0}, '') || 'x' END",
    "int2": "coalesce({0}, 0) + 1",
    "int4": "coalesce({0}, 0) + 1",
    "int8": "coalesce({0}, 0) + 1000000",
    "numeric": "coalesce({0}, 0) + 1",
    "bool": "NOT {0}",
    "date": "coalesce({0}, '2026-05-05') + 1",
    "timestamptz": "coalesce({0}, now()) + interval '1 hour'",
    "uuid": "gen_random_uuid()",
    "jsonb": "'{{\"x\": 1}}'",
    "_uuid": "array_append({0}, gen_random_uuid())",
    "_varchar": "array_append({0}, 'x')",
}  # fmt: skip
_EMPTY = {"text": "{} = ''", "varchar": "coalesce({}, '') = ''"}
# Whoever owns the tables is held up by none of this.
_UNBOUND = """
SET session_replication_role = replica;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
        WHERE contype IN ('c', 'u') AND conrelid::regclass::text = ANY(ARRAY[{}])
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname); END LOOP;
    FOR one IN SELECT indexrelid::regclass AS name FROM pg_index
        WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text = ANY(ARRAY[{}])
    LOOP EXECUTE format('DROP INDEX %s', one.name); END LOOP;
END $$;
"""


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker, tmp_path_factory):
    """A major case with a voided and a used review, published, and a clue, in databases of their own;
    the default connection is whose owns the server, past every trigger and constraint."""
    folder = tmp_path_factory.mktemp("every_column")
    portal = configured.PORTAL | {"folder": str(folder / "portal")}
    clone = Clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_columns")
    clone.create()
    clone.use()
    clock.allow_moving()
    store = (folder / "store").as_uri()
    try:
        with django_db_blocker.unblock(), override_settings(STORE_URL=store, PORTAL=portal):
            _a_city_at_work()
            with clone.signed_in("postgres"):
                names = ", ".join(f"'{table}'" for table in TABLES)
                with connection.cursor() as cursor:
                    cursor.execute(_UNBOUND.format(names, names))
                yield clone
    finally:
        clock.release()
        django_db_setup.use()
        clone.drop()
        shutil.rmtree(folder)


def _a_city_at_work():
    city = build.city()
    start_numbers(
        body_id=city.body, firsts={"立": 7}, actor=city.administrator, at=clock.now()
    )  # fmt: skip
    told(casework(city, small()), stories.to_clue)
    work = told(casework(city, large()), stories.to_heard)
    clock.move_to(work.day_after("T47", "T04"))
    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "同意。")
    lighter = work.draft(reasons="补充说明：已经召回，酌情从轻。")
    work.step("revise_draft", a.ReviseDraft(draft=lighter, reason="采纳意见"), by=city.handlers[0])
    work.submit_review()
    work.opinion(ReviewOpinion.APPROVE, "修改后的文本，同意。")
    work.discuss()
    work.decide()
    clock.move_to(work.on_working_day(1))
    work.serve()
    print_and_log(city, work.case_id)
    release(work.case_id, city)
    deliver(city.publisher)
    choose(city.supervisor, None)


@contextmanager
def taken_back():
    """Do something to the tables that is not kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def found(table) -> list[str]:
    room, _ = TABLES[table]
    return [
        f"{one.code} {one.about}"
        for differences in ROOMS[room]
        for one in differences()
        if not one.harmless
    ]


def test_nothing_differs_in_what_the_services_wrote(record):
    assert [one for table in TABLES for one in found(table)] == []


def test_what_may_be_missed_is_still_there():
    assert set(MISSED) <= {f"{table}.{column}" for table, column in COLUMNS}


@pytest.mark.parametrize(
    ("table", "column"),
    [one for one in COLUMNS if ".".join(one) not in MISSED],
    ids=[".".join(one) for one in COLUMNS if ".".join(one) not in MISSED],
)
def test_a_changed_column_is_found(record, table, column):
    done = 0
    for empty in (False, True):
        with taken_back() as cursor:
            cursor.execute(
                "SELECT udt_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND (table_name, column_name) = (%s, %s)",
                [table, column],
            )
            ((kind,),) = cursor.fetchall()
            is_empty = _EMPTY.get(kind, "{} IS NULL").format(f'"{column}"')
            other = OTHER[kind].format(f'"{column}"')
            cursor.execute(
                f'UPDATE {table} SET "{column}" = {other} WHERE ctid ='
                f" (SELECT ctid FROM {table} WHERE ({is_empty}) = {empty} LIMIT 1)"
            )
            done += cursor.rowcount
            assert cursor.rowcount == 0 or found(table), "set" if not empty else "filled in"
    assert done, f"the data above have no row of {table}"


@pytest.mark.parametrize("table", list(TABLES))
def test_a_row_taken_out_or_put_in_is_found(record, table):
    _, columns = TABLES[table]
    with taken_back() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE ctid = (SELECT min(ctid) FROM {table})")
        assert cursor.rowcount == 1
        assert found(table)
    with taken_back() as cursor:
        key = "gen_random_uuid()" if _is_uuid(cursor, table, columns[0]) else "-1"
        first, *others = [f'"{column}"' for column in columns]
        copied = ", ".join(others)
        cursor.execute(
            f"INSERT INTO {table} ({first}, {copied}) SELECT {key}, {copied} FROM {table} LIMIT 1"
        )
        assert found(table)


def _is_uuid(cursor, table, column) -> bool:
    cursor.execute(
        "SELECT udt_name = 'uuid' FROM information_schema.columns WHERE table_schema = 'public'"
        " AND (table_name, column_name) = (%s, %s)",
        [table, column],
    )
    return cursor.fetchone()[0]
