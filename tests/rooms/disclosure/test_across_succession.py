"""What happens to a publication, and to what a body showed the public, when the body is followed by another."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests import build
from tests.rooms.disclosure.test_pages import publish_all, records, text, url
from tests.rooms.disclosure.test_publication import (
    as_,
    begin,
    deliver,
    page_of,
    release,
    shown,
    turn,
    withdraw,
)
from tests.signing_in import sign_in

from zhifa import clock
from zhifa.cases import selectors as cases
from zhifa.cases import services as casework
from zhifa.config.demo.city import credit_code
from zhifa.disclosure import selectors, services, tasks
from zhifa.disclosure.models import Parcel
from zhifa.disclosure.rules import Act, State, Treatment, WithdrawalGround
from zhifa.procedures.actions import Remedy
from zhifa.procedures.model import StepRefused
from zhifa.registry import selectors as bodies
from zhifa.registry import services as registry
from zhifa.registry.rules import Role, SuccessionKind


@pytest.fixture
def heir(city):
    """Return a body into which the city's agency is merged, the day after."""
    on = clock.today() + timedelta(days=1)
    made = build.body(
        "海门区综合执法局", supervised_by=city.supervision, office_word="海综执",
        credit_code=credit_code(7), region_code="320614",
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


def left(actor):
    with as_(actor):
        return [(one.body, one.changes) for one in selectors.left_shown(actor, on=clock.today())]


def waiting(actor):
    return [
        (one.href_name, one.href_args)
        for one in selectors.tasks_for(actor, clock.today())
        if one.kind == "disclosure.records"
    ]


def test_a_body_that_was_merged_is_shown_as_ended_with_its_successor(case_id, city, heir):
    release(case_id, city)
    deliver(city.publisher)
    publish_all(city)
    assert left(city.publisher) == []
    new = heir()
    old = credit_code(1)
    keys = {(kind, key) for kind, key in records(city)}
    assert {kind for kind, _ in keys} == {"body", "power_item"}  # officers and charts are used on

    for person, also in ((city.publisher, [(new, 2)]), (city.supervisor, [])):
        assert left(person) == [(city.body, 2), *also]  # two cards go over to the successor
        with as_(person):
            pages = [(body,) for body, _ in left(person)]
            assert waiting(person) == [("disclosure:records", args) for args in pages]
        page = sign_in(person).get(reverse("disclosure:queue")).content.decode()
        assert url("records", city.body) in page
        assert "海门区综合执法局承继" in text(sign_in(person).get(url("records", city.body)))
    stranger = build.appointed(Role.DISCLOSURE_PUBLISHER, build.body("别的局"))
    assert (left(stranger), left(city.editor)) == ([], [])
    assert sign_in(stranger).get(url("records", city.body)).status_code == 404

    publish_all(city, by=city.supervisor)
    assert left(city.publisher) == [(new, 2)]
    site = Client()
    page = text(site.get(f"/bodies/{old}/"))
    assert ("已终止" in page, "海门区综合执法局" in page, "0513" in page) == (True, True, False)
    bodies_page = text(site.get("/bodies/"))
    assert bodies_page.index("已终止的主体") < bodies_page.index("海门区市场监督管理局")
    assert site.get("/charts/penalty.ordinary/").status_code == 200
    assert site.get(f"/items/{old}:320614-CF-001/").status_code == 410
    assert "海市监罚" in text(site.get(f"/decisions/?body={old}"))  # the history stays

    publish_all(replace(city, body=new))
    assert "前身" in text(site.get(f"/bodies/{credit_code(7)}/"))
    assert f"/bodies/{credit_code(7)}/" in text(site.get(f"/bodies/{old}/"))
    assert site.get("/charts/penalty.ordinary/").status_code == 200
    assert left(city.publisher) == []


def test_what_goes_over_under_its_address_is_not_taken_down(city, heir):
    publish_all(city)
    cards = [key for kind, key in records(city) if kind == "officer"]
    new = heir()
    publish_all(replace(city, body=new))  # the successor is first
    assert {kind for kind, _ in records(city)} == {"body", "power_item"}
    with as_(city.publisher):
        forged = frozenset({("officer", key) for key in cards} | {("chart", "penalty.ordinary")})
        assert services.publish_records(
            body_id=city.body, wanted=forged, actor=city.publisher, on=clock.today(), at=clock.now()
        ) == 0  # fmt: skip
    publish_all(city)
    site = Client()
    assert [site.get(f"/officers/{key}/").status_code for key in cards] == [200, 200]
    assert all("海门区综合执法局" in text(site.get(f"/officers/{key}/")) for key in cards)


def test_a_chart_is_taken_down_when_nobody_uses_it_any_more(city, monkeypatch):
    publish_all(city)
    with as_(city.publisher):
        monkeypatch.setattr("zhifa.disclosure.records._charts", lambda: iter(()))
    assert records(city)["chart", "penalty.ordinary"] == "gone"


def test_a_body_that_was_never_public_says_no_farewell(city, heir):
    heir()
    assert left(city.publisher) == []
    assert records(city) == {}


def test_who_follows_takes_back_what_nobody_has_taken_over(case_id, city, heir):
    made = release(case_id, city)
    deliver(city.publisher)
    heir()
    withdraw(made, city, WithdrawalGround.WRONG_CONTENT, "公示内容有错误")
    deliver(city.publisher)
    assert shown(made, city.publisher).state is State.WITHDRAWN
    with as_(city.publisher):
        assert cases.case(case_id).facts.published_on is None
        assert list(selectors.differences()) == []
    with as_(city.handlers[0]), pytest.raises(StepRefused, match=r"role\.missing"):
        casework.take_step(  # whoever handles cases there has to take it over first
            case_id=case_id, action="record_decision_change", actor=city.handlers[0],
            data=Remedy(party=uuid4(), authority="法院", note=""), on=clock.today(),
            at=clock.now(), seen=cases.case(case_id).version,
        )  # fmt: skip
