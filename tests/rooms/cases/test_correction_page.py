"""Correcting an old entry: what became of its people since does not stand in the way (更正旧记录)."""

from datetime import date, timedelta

import pytest
from tests import build
from tests.rooms.cases.desk import FIRST, PROVISION, Desk, said

from zhifa import clock
from zhifa.law.actors import SYSTEM
from zhifa.registry import selectors as registry
from zhifa.registry import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Return a case that is filed."""
    made = Desk()
    made.register()
    made.done("verify", made.city.handlers[0], FIRST, findings="属实。", facts_suspected="yes")
    made.done(
        "file", made.city.agency_heads[0], FIRST + timedelta(days=3), {"violated": [PROVISION]},
        reason="涉嫌违法。", handlers=[str(one) for one in made.city.handlers],
    )  # fmt: skip
    return made


def test_an_officer_whose_certificate_was_suspended_since_stays_in_the_entry(desk):
    handler, head = desk.city.handlers[0], desk.city.agency_heads[0]
    card = registry.certificates_of(handler, on=clock.today())[0]
    services.suspend_certificate(
        certificate_id=card.id, valid_from=clock.today(), reason="复核", actor=SYSTEM,
        at=clock.now(),
    )  # fmt: skip
    page = desk.client(desk.city.unit_head).get(desk.url("correct", 3)).content.decode()
    assert "暂扣" not in page

    answer = desk.client(desk.city.unit_head).post(desk.url("correct", 3), {
        "handlers": [str(one) for one in desk.city.handlers], "reason": "涉嫌违法。",
        "happened_on": (FIRST + timedelta(days=2)).isoformat(), "seen": "3",
        **{f"violated-{key}": [value] for key, value in PROVISION.items()},
        "correction-reason": "日期录错", "correction-approver": str(head),
        "correction-case_version": "3",
    })  # fmt: skip

    assert answer.status_code == 302, said(answer)
    with build.acting(head, on=date(2026, 11, 1)):
        from zhifa.cases import selectors

        assert selectors.case(desk.case_id).facts.filed_on == FIRST + timedelta(days=2)
