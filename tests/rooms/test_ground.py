import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_tests_run_under_the_web_login_in_a_database_that_knows_chinese():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, datctype, pg_get_userbyid(datdba), '执' ~ '\\w'"
            " FROM pg_roles, pg_database"
            " WHERE rolname = current_user AND datname = current_database()"
        )

        assert cursor.fetchone() == ("zhifa_web", False, "C.UTF-8", "zhifa_owner", True)
