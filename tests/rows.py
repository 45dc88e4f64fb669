"""Raw rows for tests of the lower rooms, where a case is only something that rows belong to.

Whole cases are made by services (`tests/build.py`); here row security just needs a case that is there, and
somebody who sees it.
"""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection

from zhifa.cases.models import Case, Decision
from zhifa.registry.models import Appointment, Body

HEAD = UUID(int=9_000)  # an agency head sees every case of the body


def case_in_sight(case_id: UUID, body_id: UUID) -> None:
    """Insert body, head and case, and act as that head on this connection from now on."""
    Body.objects.create(
        id=body_id,
        code=f"TEST-{body_id.int}",
        kind="administrative_organ",
        name="海门区市场监督管理局（演示）",
        short_name="市场监管局",
        valid_from=date(2020, 1, 1),
    )
    Appointment.objects.create(
        person_id=HEAD,
        body_id=body_id,
        role="agency_head",
        valid_from=date(2020, 1, 1),
        appointed_by=HEAD,
    )
    act_as(HEAD)
    another_case(case_id, body_id)


def another_case(case_id: UUID, body_id: UUID) -> None:
    """Insert one more case of a body that is there already."""
    Case.objects.create(
        id=case_id,
        body_id=body_id,
        number=f"海市监立〔2026〕{case_id.int}号",
        title="演示案件",
        procedure="penalty.ordinary",
        procedure_version="2021-07-15",
        state="filed",
        facts={},
        opened_on=date(2026, 11, 1),
        changed_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


def decided(case_id: UUID, outcome: str = "penalty") -> None:
    """Insert the decision of a case, of no text: a paper of it may be made then."""
    Decision.objects.create(
        case_id=case_id,
        outcome=outcome,
        draft_sha256="",
        is_major=False,
        decided_on=date(2026, 11, 1),
        decided_by=HEAD,
    )


def act_as(person: UUID) -> None:
    """Let row security see this person on this connection; the day is the database's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhifa.actor', %s, false)", [str(person)])


def in_sight_where_needed(request: pytest.FixtureRequest, case_id: UUID, body_id: UUID) -> None:
    """Have the case in sight if the test has a database, for every connection if it has its own."""
    if "own_database" in request.fixturenames:
        clone = request.getfixturevalue("own_database")
        case_in_sight(case_id, body_id)
        clone.act_as(HEAD)
    elif request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        case_in_sight(case_id, body_id)
