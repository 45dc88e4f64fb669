"""The first day that the form proposes for a hearing: seven working days lie between (APL art. 64 item 2)."""

from datetime import date

import pytest
from tests.core.procedures import walk as w

from zhifa.cases.prefill import earliest_hearing
from zhifa.procedures.facts import Context, Policy


@pytest.mark.parametrize(
    ("told_on", "first"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 12), id="the day after the seventh"),
        pytest.param(date(2026, 3, 4), date(2026, 3, 16), id="which is a Saturday"),
    ],
)
def test_seven_working_days_lie_between(told_on, first):
    context = Context(calendar=w.CALENDAR, policy=Policy())
    assert earliest_hearing(context, told_on) == first
