"""What a person may see and be on a day (权限范围)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from zhifa.law.actors import ActorId
from zhifa.registry import rules
from zhifa.registry.rules import OVERSEEING, Held, Role, Scope

_SQL = """
WITH held AS MATERIALIZED (
    SELECT role, body_id, unit_id FROM registry_appointment
    WHERE person_id = %(actor)s AND valid_from <= %(on)s
      AND (valid_until IS NULL OR valid_until >= %(on)s))
SELECT
    (SELECT json_agg(json_build_array(role, body_id, unit_id) ORDER BY body_id, role, unit_id)
     FROM held),
    (SELECT json_agg(json_build_array(supervised_by_id, id)) FROM registry_body
     WHERE supervised_by_id IN (SELECT body_id FROM held WHERE role = ANY(%(overseeing)s))),
    (SELECT json_agg(json_build_array(s.successor_id, s.predecessor_id))
     FROM registry_succession s JOIN registry_body b ON b.id = s.predecessor_id
     WHERE s."on" <= %(on)s AND b.valid_until < %(on)s AND EXISTS (SELECT FROM held))
"""


def scope(actor: ActorId, *, on: date) -> Scope:
    """Return what follows from the person's appointments on that day; deny by default.

    One query. The database judges the same by `zhifa_case_visible`.
    """
    overseeing = [role.value for role in OVERSEEING]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"actor": actor, "on": on, "overseeing": overseeing})
        held, supervised, predecessors = cursor.fetchone()
    return rules.scope(
        actor=actor,
        on=on,
        held=tuple(
            Held(Role(role), UUID(body), UUID(unit) if unit else None)
            for role, body, unit in held or ()
        ),
        supervised=_grouped(supervised),
        predecessors=_grouped(predecessors),
    )


def _grouped(pairs: list[list[str]] | None) -> Mapping[UUID, frozenset[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for key, value in pairs or ():
        found[UUID(key)].add(UUID(value))
    return {key: frozenset(values) for key, values in found.items()}
