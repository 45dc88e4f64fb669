"""The policies every room uses, on tables of their own, by raw SQL under the web login."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections
from tests import build

from zhifa.accounts.access import acting
from zhifa.registry import row_security
from zhifa.registry.rules import Role

ON = build.ON


@pytest.fixture
def city(own_database):
    """A city, and tables protected as `cases` protects its own, with one case each way."""
    city = build.city()
    with connections["owner"].cursor() as cursor:
        cursor.execute("""
            CREATE TABLE t_case (id int PRIMARY KEY, body_id uuid, unit_id uuid, handlers uuid[]);
            CREATE TABLE t_child (id int PRIMARY KEY, case_id int);
            CREATE TABLE t_body (id int PRIMARY KEY, body_id uuid);
            GRANT SELECT, INSERT, UPDATE ON t_case, t_child, t_body TO zhifa_web, zhifa_worker
        """)
        for sql in (
            row_security.case_table("t_case"),
            row_security.child_table("t_child", column="case_id", parent="t_case"),
            row_security.body_table("t_body"),
        ):
            cursor.execute(sql)
        cursor.execute(
            "INSERT INTO t_case VALUES (1, %s, %s, %s), (2, %s, NULL, '{}'), (3, %s, NULL, NULL)",
            [city.body, city.unit, [city.handlers[0]], city.body, uuid4()],
        )
        cursor.execute("INSERT INTO t_child VALUES (10, 1), (20, 2), (30, 3)")
        cursor.execute("INSERT INTO t_body VALUES (1, %s), (2, %s)", [city.body, city.supervision])
    yield city
    connections.close_all()


def seen(actor, table: str, alias: str = "default") -> list[int]:
    with acting(actor, on=ON), connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY id")
        return [row for (row,) in cursor.fetchall()]


def run(actor, sql: str, *values) -> int:
    with acting(actor, on=ON), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_rows_are_shown_to_whoever_is_concerned(city):
    for actor, cases, bodies in (
        (None, [], []),
        (city.administrator, [], []),
        (city.handlers[0], [1], [1]),
        (city.handlers[1], [], [1]),
        (city.unit_head, [1], [1]),
        (city.agency_heads[0], [1, 2], [1]),
        (city.legal_reviewer, [1, 2], [1]),
        (city.supervisor, [1, 2], [1, 2]),
    ):
        assert seen(actor, "t_case") == cases
        assert seen(actor, "t_child") == [case * 10 for case in cases]
        assert seen(actor, "t_body") == bodies
    with connections["worker"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM t_case")
        assert cursor.fetchone() == (2,)  # every registered body's
    assert seen(None, "t_case", "owner") == [1, 2, 3]


def test_a_kept_plan_judges_whoever_acts_now(city):
    turns = [city.agency_heads[0], city.handlers[0], None, city.supervisor, city.handlers[1]]
    expected = [[1, 2], [1], [], [1, 2], []]
    for _ in range(4):  # the server keeps a plan, and after five runs a general one
        assert [seen(actor, "t_case") for actor in turns] == expected
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["SELECT id FROM t_case%"],
        )
        ((general,),) = cursor.fetchall()
    assert general > len(turns)


def test_rows_are_added_and_changed_by_those_who_work_there(city):
    head, supervisor, stranger = city.agency_heads[0], city.supervisor, build.person()
    insert = "INSERT INTO t_case VALUES (%s, %s, NULL, '{}')"
    assert run(head, insert, 4, city.body) == 1
    for actor in (supervisor, stranger, city.administrator, None):
        with pytest.raises(DatabaseError, match="row-level security"):
            run(actor, insert, 5, city.body)
    assert run(head, "UPDATE t_case SET unit_id = %s WHERE id = 4", city.unit) == 1
    assert run(supervisor, "UPDATE t_case SET unit_id = NULL WHERE id = 4") == 0  # reads only
    assert run(city.handlers[1], "UPDATE t_case SET unit_id = NULL") == 0  # sees none
    with pytest.raises(DatabaseError, match="row-level security"):  # not into another body
        run(head, "UPDATE t_case SET body_id = %s WHERE id = 4", city.supervision)
    assert run(head, "INSERT INTO t_child VALUES (40, 4)") == 1
    with pytest.raises(DatabaseError, match="row-level security"):
        run(city.handlers[1], "INSERT INTO t_child VALUES (41, 4)")
    assert run(city.handlers[1], "INSERT INTO t_body VALUES (3, %s)", city.body) == 1


def test_protection_is_taken_away_again(city):
    with connections["owner"].cursor() as cursor:
        for table in ("t_child", "t_case"):
            cursor.execute(row_security.dropped(table))
    assert seen(None, "t_case") == [1, 2, 3]


def test_the_question_is_asked_once_a_query_and_an_index_can_answer(city):
    head = city.agency_heads[0]
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE INDEX ON t_case (body_id)")
        cursor.execute("CREATE INDEX ON t_case (unit_id)")
        cursor.execute("CREATE INDEX ON t_case USING gin (handlers) WITH (fastupdate = off)")
        cursor.execute(
            "INSERT INTO t_case SELECT 1000 + n, gen_random_uuid(), NULL, '{}'"
            " FROM generate_series(1, 20000) n"
        )
        cursor.execute("ANALYZE t_case")
    with acting(head, on=ON), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT TEXT) SELECT * FROM t_case")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on t_case" not in plan
    assert "BitmapOr" in plan
    assert "loops=20" not in plan
    assert seen(head, "t_case") == [1, 2]
    role = build.appointed(Role.LEADER, city.supervision)
    assert seen(role, "t_case") == [1, 2]
