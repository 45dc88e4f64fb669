"""A case whose body is renamed, merged or split on the way (主体承继): every step after it can be taken."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from tests import build
from tests.rooms.cases.correcting import corrected
from tests.rooms.cases.work import casework, large, small
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases import replay, selectors, services
from zhifa.config.demo import stories
from zhifa.config.demo.city import credit_code
from zhifa.law.actors import SYSTEM
from zhifa.procedures import actions as a
from zhifa.procedures.values import ReviewOpinion
from zhifa.registry import selectors as bodies
from zhifa.registry import services as registry
from zhifa.registry.rules import BodyKind, Identity, Role, SuccessionKind

pytestmark = pytest.mark.django_db
RENAME, MERGE, SPLIT = SuccessionKind.RENAME, SuccessionKind.MERGE, SuccessionKind.SPLIT


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()


@pytest.fixture
def city():
    return build.city()


def renamed(city, on):
    """Let the body go on under another name; return the new one."""
    return registry.follow_on(
        kind=RENAME,
        body_id=city.body,
        identity=Identity(
            code="B-HEIR", kind=BodyKind.ADMINISTRATIVE_ORGAN, name="海门区综合执法局",
            short_name="综合执法局", valid_from=on, credit_code=credit_code(7),
            region_code="320614", office_word="海综执", supervised_by=city.supervision, is_demo=True,
        ),
        basis="机构改革方案", actor=SYSTEM, at=clock.now(),
    )  # fmt: skip


def succeeded(city, kind, on):
    """Let the body be followed by another that is there already; return that one."""
    heir = build.body("海门区综合执法局", supervised_by=city.supervision, office_word="海综执")
    registry.succeed(
        kind=kind, predecessors=(city.body,), successors=(heir,), on=on, basis="机构改革方案",
        actor=SYSTEM, at=clock.now(),
    )  # fmt: skip
    return heir


def staffed(city, work, heir):
    """Appoint in a successor whoever worked in the body that split, and enter its power."""
    desk = work.desk
    unit = build.unit(heir)
    for role, who, place in (
        *((Role.CASE_HANDLER, one, unit) for one in desk.officers),
        (Role.HANDLING_UNIT_HEAD, desk.unit_head, unit), (Role.AGENCY_HEAD, desk.head, None),
        (Role.AGENCY_HEAD, city.agency_heads[1], None),
        (Role.CASE_REVIEWER, desk.case_reviewer, None), (Role.LEGAL_REVIEWER, desk.legal_reviewer, None),
        (Role.HEARING_HOST, desk.host, None), (Role.HEARING_CLERK, desk.clerk, None),
        (Role.ARCHIVIST, desk.archivist, None), (Role.DISCLOSURE_PUBLISHER, desk.publisher, None),
    ):  # fmt: skip
        build.appointed(role, heir, who=who, unit_id=place)
    build.approved_item(heir, writer=desk.officers[0], supervisor=city.supervisor)


def go_on(city, work, kind):
    """Let the body be followed from tomorrow on, and the successor take the case over."""
    on = clock.today() + timedelta(days=1)
    heir = renamed(city, on) if kind is RENAME else succeeded(city, kind, on)
    if kind is SPLIT:
        staffed(city, work, heir)
    clock.move_to(datetime.combine(on, time(8, 0), tzinfo=clock.BEIJING))
    (unit,) = bodies.units(heir, on)
    with acting(work.desk.head, on=on):
        services.go_on_with(
            body_id=heir, unit_id=unit.id, case_ids=[work.case_id], actor=work.desk.head, on=on,
            at=clock.now(),
        )  # fmt: skip
    work.desk = replace(work.desk, body=heir, unit=unit.id)
    return heir


def told(work, teller, *, stop, then):
    """Run a story; after so many of its days do something else, and go on."""
    days = 0
    for days, instant in enumerate(teller(work), start=1):
        if days == stop:
            then()
        if instant > clock.now():
            clock.move_to(instant)
    assert days >= stop
    return work


def state_of(work):
    """Return how far the case has come; its record bears it out."""
    with acting(work.desk.head, on=clock.today()):
        assert list(replay.differences()) == []
    return work.facts.state


@pytest.mark.parametrize("day", range(1, 19))
def test_every_step_of_a_major_case_can_be_taken_after_a_renaming(city, day):
    work = casework(city, large())
    told(work, stories.major_closed, stop=day, then=lambda: go_on(city, work, RENAME))
    assert state_of(work) == "archived"


@pytest.mark.parametrize("kind", [MERGE, SPLIT])
@pytest.mark.parametrize("day", [5, 8, 12, 14])
def test_a_case_comes_to_its_end_after_a_merger_or_a_split(city, kind, day):
    work = casework(city, large())
    told(work, stories.major_closed, stop=day, then=lambda: go_on(city, work, kind))
    assert state_of(work) == "archived"


def correct_report(work):
    """Correct the day of the report, as the officer of the body that goes on."""
    who = work.desk.officers[0]
    with acting(who, on=clock.today()):
        filed = next(one for one in selectors.timeline(work.case_id) if one.action == "report")
    day = a.AskCorrection(
        sequence=filed.sequence, reason="登记有误", happened_on=filed.on + timedelta(days=1)
    )
    corrected(work.case_id, day, by=who, head=work.desk.head)


@pytest.mark.parametrize("kind", [RENAME, MERGE, SPLIT])
def test_what_the_former_body_entered_is_corrected(city, kind):
    def then():
        go_on(city, work, kind)
        correct_report(work)

    work = casework(city, small())
    told(work, stories.to_decided, stop=6, then=then)
    assert state_of(work) == "decided"


@pytest.fixture
def waiting(city):
    """A major case before the legal reviewer."""
    work = casework(city, large())
    for instant in stories.in_review(work):
        clock.move_to(max(instant, clock.now()))
    return work


def asked(work, name, *args):
    answer = sign_in(work.desk.legal_reviewer).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("kind", [RENAME, MERGE, SPLIT])
def test_what_waits_for_review_is_reviewed_by_the_body_that_goes_on(city, waiting, kind):
    go_on(city, waiting, kind)

    _, queue = asked(waiting, "review:queue")
    assert reverse("cases:opinion", args=[waiting.case_id]) in queue
    status, page = asked(waiting, "cases:opinion", waiting.case_id)
    assert (status, "法制审核" in page) == (200, True)
    waiting.opinion(ReviewOpinion.APPROVE, "同意。")
    assert waiting.facts.state == "reviewed"
    assert asked(waiting, "cases:opinion", waiting.case_id)[0] == 404
    other = build.appointed(Role.LEGAL_REVIEWER, build.body("别的局"))
    assert sign_in(other).get(reverse("cases:opinion", args=[waiting.case_id])).status_code == 404


def test_a_review_waits_until_the_body_that_follows_has_taken_the_case_over(city, waiting):
    on = clock.today() + timedelta(days=1)
    renamed(city, on)
    clock.move_to(datetime.combine(on, time(8, 0), tzinfo=clock.BEIJING))

    assert reverse("cases:opinion", args=[waiting.case_id]) in asked(waiting, "review:queue")[1]
    status, page = asked(waiting, "cases:opinion", waiting.case_id)
    assert (status, "接办" in page) == (409, True)
