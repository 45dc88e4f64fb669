"""The database's own idea of who sees what (行级权限): the SQL behind every room's policies.

How a room protects its tables, in its migration (which depends on `registry.0001`)::

    migrations.RunSQL(row_security.case_table("cases_case"), row_security.dropped("cases_case"))
    migrations.RunSQL(row_security.child_table("cases_caseterm", column="case_id",
                                               parent="cases_case"), ...)

Rows of lower rooms that belong to a case (evidence, documents, reviews) are protected the same way by
the migration of `cases`, with `column="subject"`: the higher room knows both.

The functions answer with arrays, and policies ask for them in a sub-select::

    body_id = ANY((SELECT zhifa_case_bodies())::uuid[])

so PostgreSQL asks once a query, not once a row, and can still use an index on the column. A function of
the row's own columns (`zhifa_case_visible`) is asked for every row: use it for single rows, never in a
policy. The sub-select needs the cast: without it `= ANY (SELECT ...)` compares with rows.

Who acts is `zhifa.actor`, the day by which appointments count `zhifa.today` (both set by
`accounts.access.acting`); nobody sees nothing. The logins of worker, owner and auditor see every body;
`rules.scope` is the same in Python, and a test holds the two together. The functions themselves stand in
`migrations/_functions_0001`. Migrations call what is here: once released, add, do not change.

Registry's own tables hold what is public anyway (bodies, officers, powers) and have no policies.
"""


def case_table(
    table: str, *, body: str = "body_id", unit: str = "unit_id", people: str = "handlers"
) -> str:
    """Return the SQL that protects a table whose rows stand for cases.

    unit, people  columns of the unit that handles it and of those who work on it (uuid[], best with a
                  GIN index); empty if the table has none
    """
    visible = []  # in this order: what is found on the left spares the functions on its right
    if people:
        visible.append(
            f"({people} @> ARRAY[(SELECT zhifa_actor())]"
            f" AND {body} = ANY((SELECT zhifa_own_bodies())::uuid[]))"
        )
    if unit:
        visible.append(f"{unit} = ANY((SELECT zhifa_case_units())::uuid[])")
    visible.append(f"{body} = ANY((SELECT zhifa_case_bodies())::uuid[])")
    member = f"{body} = ANY((SELECT zhifa_member_bodies())::uuid[])"
    return _policies(table, read=" OR ".join(visible), write=member)


def body_table(table: str, *, body: str = "body_id") -> str:
    """Return the SQL that protects a table whose rows are affairs of a body as a whole."""
    member = f"{body} = ANY((SELECT zhifa_member_bodies())::uuid[])"
    overseen = f"{body} = ANY((SELECT zhifa_case_bodies())::uuid[])"
    return _policies(table, read=f"{member} OR {overseen}", write=member)


def child_table(table: str, *, column: str, parent: str, key: str = "id") -> str:
    """Return the SQL that shows a row to whoever sees the row of `parent` it points at."""
    seen = f"EXISTS (SELECT FROM {parent} p WHERE p.{key} = {table}.{column})"
    return _policies(table, read=seen, write=seen)


def dropped(table: str) -> str:
    """Return the SQL that takes the protection away again."""
    policies = "".join(
        f"DROP POLICY IF EXISTS {name} ON {table};\n" for name in ("seen", "added", "changed")
    )
    return f"{policies}ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def _policies(table: str, *, read: str, write: str) -> str:
    """What is read; what may be added; what may be changed: only what is read, by who works there."""
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON {table} FOR SELECT USING ({read});
CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({write});
CREATE POLICY changed ON {table} FOR UPDATE USING (({read}) AND ({write})) WITH CHECK ({write});
"""
