"""What waits for whom (待办): reviewers and hosts belong to a unit that handles no case."""

import pytest
from tests import build
from tests.rooms.cases.work import casework, small, told

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import selectors
from zhifa.config.demo import stories
from zhifa.registry.rules import Role, UnitKind

pytestmark = pytest.mark.django_db


def test_a_reviewer_of_the_legal_unit_finds_what_waits_for_the_role(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    city = build.city()
    work = told(casework(city, small()), stories.to_investigated)
    legal = build.unit(city.body, "法制科", UnitKind.LEGAL)
    reviewer = build.appointed(Role.CASE_REVIEWER, city.body, unit_id=legal)
    other_head = build.appointed(Role.HANDLING_UNIT_HEAD, city.body, unit_id=legal)

    with acting(reviewer, on=clock.today()):
        tasks = selectors.tasks_for(reviewer, clock.today())
    assert [(task.case_id, task.kind) for task in tasks] == [(work.case_id, "pass_case_review")]
    with acting(other_head, on=clock.today()):
        assert selectors.tasks_for(other_head, clock.today()) == []
