"""What each database login may do (数据库登录的权限), said once, applied after every migration.

The owner makes tables; the web and the worker login use them; append-only tables are read by them and
written through functions of the owner; the auditor reads everything. None but the owner can disable a
trigger or escape row security (design.md section 2, database).
"""

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

# Written only through the owner's functions, or never changed once written.
READ_ONLY = {
    "journal_entry",
    "journal_body",
    "journal_stream",
    "journal_pending",
    "journal_leaf",
    "journal_tile",
    "journal_checkpoint",
    "accounts_login_kind",
}
APPEND_ONLY = {"django_migrations": "", "evidence_blob": "SELECT, INSERT"}
# Functions of the owner, closed to everybody else: which login may call them (decision 0004).
FUNCTIONS = {"journal_append": ("web", "worker"), "journal_extend": ("worker",)}
# Rows that carry no record of enforcement and may be deleted.
DELETABLE_PREFIXES = ("django_session", "axes_", "procrastinate_", "mfa_", "account_")


# pgtrigger lets a session name triggers to skip (`SET pgtrigger.ignore`). No trigger of ours may be skipped
# by whoever can set a variable, so the owner answers "no", again after every migration.
_NO_TRIGGER_IS_IGNORED = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE RETURN false
"""


def apply() -> None:
    """Grant each login what it may do in the workbench database; again and again without harm.

    All at once: who works meanwhile never finds a right taken away that is given back a moment later.
    """
    databases = connections.databases
    web, worker, auditor = (databases[kind]["USER"] for kind in ("web", "worker", "auditor"))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        quote = connections["owner"].ops.quote_name
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for user in (web, worker, auditor):
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quote(user)}")
            cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quote(user)}")
        cursor.execute(_NO_TRIGGER_IS_IGNORED)
        _close_database(cursor, (web, worker, auditor))
        for table in tables:
            for user in (web, worker):
                cursor.execute(f"GRANT {rights(table)} ON {quote(table)} TO {quote(user)}")
        for user in (web, worker):
            cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(user)}")
        for function, kinds in FUNCTIONS.items():
            for kind in kinds:
                login = quote(databases[kind]["USER"])
                cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {login}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {quote(auditor)}")
        if "accounts_login_kind" in tables:
            cursor.execute("DELETE FROM accounts_login_kind")
            cursor.executemany(
                "INSERT INTO accounts_login_kind (login, kind) VALUES (%s, %s)",
                [(databases[kind]["USER"], kind) for kind in ("web", "worker", "owner", "auditor")],
            )


def _close_database(cursor: CursorWrapper, users: tuple[str, ...]) -> None:
    """Let these logins connect and nobody else, and none of them make temporary tables.

    A temporary table would stand before ours where a trigger looks something up by its name.
    """
    database = connections["owner"].ops.quote_name(connections.databases["owner"]["NAME"])
    cursor.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    for user in map(connections["owner"].ops.quote_name, users):
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM {user}")
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {user}")


def rights(table: str) -> str:
    """Return the rights of the web and worker logins on a table."""
    if table in READ_ONLY:
        return "SELECT"
    if table in APPEND_ONLY:
        return APPEND_ONLY[table] or "SELECT"
    if table.startswith(DELETABLE_PREFIXES):
        return "SELECT, INSERT, UPDATE, DELETE"
    return "SELECT, INSERT, UPDATE"
