from uuid import UUID

import pytest
from tests import rows

CASE, BODY = UUID(int=100), UUID(int=200)


@pytest.fixture(autouse=True)
def _case_in_sight(request: pytest.FixtureRequest) -> None:
    rows.in_sight_where_needed(request, CASE, BODY)
