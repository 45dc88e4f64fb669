"""What the database shows to whom (行级权限)."""

from datetime import date
from uuid import UUID

from django.db import connection
from tests import build

from zhifa.accounts.access import acting
from zhifa.law.actors import ActorId


def seen_by_database(
    actor: ActorId | None,
    *,
    body: UUID,
    unit: UUID | None,
    handlers: list[UUID],
    on: date = build.ON,
) -> tuple[bool, bool]:
    """Return whether the case and the body are visible by the functions row security asks."""
    with acting(actor, on=on), connection.cursor() as cursor:
        cursor.execute(
            "SELECT zhifa_case_visible(%s, %s, %s::uuid[]), zhifa_body_visible(%s)",
            [body, unit, handlers, body],
        )
        return cursor.fetchone()
