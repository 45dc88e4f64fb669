"""What happens to a publication, and to what a body showed the public, when the body is followed by another."""

from datetime import timedelta

import pytest
from tests import build
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    deliver,
    page_of,
    shown,
    turn,
)

from zhifa import clock
from zhifa.cases import services as casework
from zhifa.config.demo.city import credit_code
from zhifa.disclosure import tasks
from zhifa.disclosure.models import Parcel
from zhifa.disclosure.rules import Act, State, Treatment
from zhifa.registry import selectors as bodies
from zhifa.registry import services as registry
from zhifa.registry.rules import SuccessionKind


@pytest.fixture
def heir(city):
    """Return a body into which the city's agency is merged, the day after."""
    on = clock.today() + timedelta(days=1)
    made = build.body(
        "海门区综合执法局", supervised_by=city.supervision, office_word="海综执",
        credit_code=credit_code(7),
    )  # fmt: skip

    def merged():
        registry.succeed(
            kind=SuccessionKind.MERGE, predecessors=(city.body,), successors=(made,), on=on,
            basis="机构改革方案（演示）", actor=build.SYSTEM, at=clock.now(),
        )  # fmt: skip
        clock.move_to(clock.now() + timedelta(days=1))
        return made

    return merged


def take_over(heir, city, case_id):
    """Let the head of the successor take the case over, and the job follow."""
    head, on = city.agency_heads[0], clock.today()
    (unit,) = bodies.units(heir, on)
    with as_(head):
        casework.go_on_with(
            body_id=heir, unit_id=unit.id, case_ids=[case_id], actor=head, on=on, at=clock.now()
        )
        tasks.follow_case(case_id=str(case_id))


def test_a_publication_goes_on_with_its_case_and_names_who_decided(case_id, city, heir):
    made = begin(case_id, city)
    turn(made, Act.SUBMIT, city.editor)
    new = heir()
    take_over(new, city, case_id)

    assert shown(made, city.unit_head).treatment is Treatment.PUBLISH
    turn(made, Act.AGREE, city.unit_head)
    turn(made, Act.CLEAR, city.reviewer)
    turn(made, Act.RELEASE, city.publisher)
    deliver(city.publisher)
    status, page = page_of(shown(made, city.publisher))
    assert (status, "海门区市场监督管理局" in page) == (200, True)
    parcel = Parcel.objects.get(subject_kind="decision")
    assert f'"body":"{credit_code(1)}"' in parcel.data
    assert shown(made, city.publisher).state is State.PUBLISHED
