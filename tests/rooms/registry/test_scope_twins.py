"""The scope in Python and the scope in the database are the same, whoever asks (差分测试)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests import build
from tests.rooms.registry.sight import seen_by_database

from zhifa.law.actors import ActorId
from zhifa.registry import models, selectors
from zhifa.registry.rules import ADMINISTRATORS, Role

ON = build.ON


def test_worker_and_auditor_see_every_body_whoever_acts(own_database):
    body = build.body()
    for alias, seen in (("worker", True), ("auditor", True), ("owner", True), ("web", False)):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT zhifa_case_visible(%s, NULL, '{}')", [body])
            assert cursor.fetchone() == (seen,), alias
    connections.close_all()


DAYS = [ON + timedelta(days=offset) for offset in range(-3, 4)]
spells = st.tuples(st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)).map(
    lambda spell: (spell[0], spell[1] and max(spell))
)
appointments = st.tuples(st.sampled_from(list(Role)), st.integers(0, 3), st.booleans(), spells)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(appointments, max_size=5),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3),  # supervises
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(DAYS)), max_size=4),
    st.dictionaries(st.integers(0, 3), st.sampled_from(DAYS), max_size=3),  # ends
)
@example([(Role.LEADER, 0, False, (DAYS[0], None))], [(0, 1)], [(2, 1, DAYS[1])], {2: DAYS[0]})
def test_python_and_the_database_always_agree(own_rows, held, supervises, follows, ends):
    """A differential test: random appointments, supervision and succession, every case of four bodies."""
    bodies, units = own_rows
    actor = ActorId(uuid4())
    for role, where, in_unit, (start, end) in held:
        unit = units[where] if role is Role.HANDLING_UNIT_HEAD or in_unit else None
        clash = models.Appointment.objects.filter(person_id=actor)
        if role in ADMINISTRATORS:
            clash = clash.filter(role__in=ADMINISTRATORS)
        else:
            clash = clash.filter(role=role, body=bodies[where])
        if not clash.exists():
            models.Appointment.objects.create(
                person_id=actor, body_id=bodies[where], unit_id=unit, role=role, valid_from=start,
                valid_until=end, appointed_by=actor,
            )  # fmt: skip
    models.Body.objects.filter(pk__in=bodies).update(supervised_by=None, valid_until=None)
    for number, last in ends.items():
        models.Body.objects.filter(pk=bodies[number]).update(valid_until=last)
    for above, below in supervises:
        models.Body.objects.filter(pk=bodies[below]).update(supervised_by=bodies[above])
    for old, new, on in follows:
        pair = models.Succession.objects.filter(predecessor=bodies[old], successor=bodies[new])
        if old != new and not pair.exists():
            models.Succession.objects.create(
                kind="merge",
                predecessor_id=bodies[old],
                successor_id=bodies[new],
                on=on,
                basis="x",
            )
    scope = selectors.scope(actor, on=ON)

    for body in bodies:
        for unit in (None, *units):
            for handlers in ([], [actor]):
                python = (
                    scope.sees_case(body=body, unit=unit, handlers=frozenset(handlers)),
                    scope.sees_body(body),
                )
                assert python == seen_by_database(actor, body=body, unit=unit, handlers=handlers)
    with connections["owner"].cursor() as cursor:  # written once: only the owner may take them away
        cursor.execute("ALTER TABLE registry_succession DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM registry_succession")
        cursor.execute("ALTER TABLE registry_succession ENABLE TRIGGER USER")


@pytest.fixture
def own_rows(own_database):
    """Four bodies with a unit each, in a database where commits are real."""
    bodies = [build.body(f"演示局{number}") for number in range(4)]
    yield bodies, [build.unit(body) for body in bodies]
    connections.close_all()
