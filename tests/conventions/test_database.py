"""What the database itself must hold: tables as the models say, logins that may only what they need."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from zhifa.config import grants

pytestmark = pytest.mark.django_db(databases="__all__")

ALIASES = ("web", "worker", "owner", "auditor", "portal")


def _rows(alias, asked, *arguments):
    with connections[alias].cursor() as cursor:
        cursor.execute(asked, arguments)
        return cursor.fetchall()


def test_migrations_are_in_step_with_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("alias", ["web", "worker", "auditor", "portal"])
def test_only_the_owner_owns_tables_of_the_workbench(alias):
    owned = _rows(
        alias,
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER')"
        " AND c.relkind IN ('r', 'v', 'S')",
    )

    if alias == "portal":
        assert owned
        assert all(name.startswith(("portal_", "django_migrations")) for (name,) in owned)
    else:
        assert owned == []


@pytest.mark.parametrize("alias", ["web", "worker"])
def test_a_login_may_what_is_granted_and_nothing_else(alias):
    for (table,) in _rows("owner", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        granted = {
            right
            for right in (
                "SELECT",
                "INSERT",
                "UPDATE",
                "DELETE",
                "TRUNCATE",
                "TRIGGER",
                "REFERENCES",
            )
            if _rows(alias, "SELECT has_table_privilege(current_user, %s, %s)", table, right)[0][0]
        }
        assert granted == set(grants.rights(table).split(", ")), table


def test_the_auditor_reads_everything_and_writes_nothing():
    for (table,) in _rows("owner", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        for right, expected in (("SELECT", True), ("INSERT, UPDATE, DELETE, TRUNCATE", False)):
            found = _rows(
                "auditor", "SELECT has_table_privilege(current_user, %s, %s)", table, right
            )
            assert found == [(expected,)], (table, right)


@pytest.mark.parametrize("alias", ALIASES)
def test_no_login_escapes_row_security_or_makes_logins(alias):
    asked = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )

    assert _rows(alias, asked) == [(False, False, False, False, False)]


def test_the_portals_login_has_no_way_to_the_workbench():
    login = connections["web"].settings_dict
    asked = "SELECT has_database_privilege(current_user, %s, 'CONNECT')"

    assert _rows("portal", asked, login["NAME"]) == [(False,)]


@pytest.mark.parametrize("alias", ["web", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "TRUNCATE journal_entry",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMPORARY TABLE review_pass (x int)",
        "SET session_replication_role = replica",
        "SET ROLE zhifa_owner",
        "DELETE FROM journal_entry",
        "UPDATE journal_body SET text = ''",
    ],
)
def test_what_would_undo_the_protection_is_refused(alias, statement):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_foreign_key_points_at_a_room_above_or_beside():
    """A room knows the rows of others by plain identifiers."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("zhifa.")}
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None)
        and getattr(field, "concrete", False)
        and field.related_model._meta.app_label not in {model._meta.app_label}
    ]

    assert crossing == []
