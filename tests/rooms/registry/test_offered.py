"""What a page of the registry offers a person can be opened by that person, and what waits is found (可点即可办)."""

import re

import pytest
from django.urls import reverse
from tests import build
from tests.signing_in import sign_in

from zhifa.law.actors import SYSTEM
from zhifa.registry import selectors, services, staffing
from zhifa.registry.rules import Role

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'href="(/desk/[^"#]*)"')
ROLES = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@pytest.fixture(autouse=True)
def now_is_the_day(monkeypatch):
    monkeypatch.setattr("zhifa.clock.now", lambda: build.AT)


@pytest.fixture
def city():
    return build.city()


@pytest.fixture
def people(city):
    """Return one person of each kind, by what they are."""
    return {
        "handler": city.handlers[0], "unit_head": city.unit_head, "head": city.agency_heads[0],
        "supervisor": city.supervisor, "leader": city.leader, "administrator": city.administrator,
        "archivist": city.archivist, "publisher": city.publisher,
        "security": build.appointed(ROLES[0], city.supervision),
        "audit": build.appointed(ROLES[1], city.supervision),
    }  # fmt: skip


def pages(city):
    handler, reviewer = city.handlers[1], city.legal_reviewer
    return [
        "/desk/", "/desk/registry/bodies/", "/desk/registry/officers/", "/desk/registry/items/",
        "/desk/registry/matrix/", "/desk/registry/settings/", "/desk/registry/holidays/",
        "/desk/registry/imports/", "/desk/registry/people/", "/desk/me/",
        f"/desk/registry/bodies/{city.body}/", f"/desk/registry/bodies/{city.supervision}/",
        f"/desk/registry/items/{city.item}/", f"/desk/registry/people/{handler}/",
        f"/desk/registry/people/{reviewer}/", f"/desk/registry/people/{city.administrator}/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "who",
    ["handler", "unit_head", "head", "supervisor", "leader", "administrator", "archivist", "publisher",
     "security", "audit"],
)  # fmt: skip
def test_every_link_of_the_registry_opens_for_whom_it_is_shown(city, people, who):
    build.appointed(Role.CASE_HANDLER, city.body)  # without a card
    desk, links = sign_in(people[who]), set()
    for path in pages(city):
        answer = desk.get(path)
        if answer.status_code == 200:
            links |= set(_LINK.findall(answer.content.decode()))
    closed = {link: desk.get(link).status_code for link in sorted(links)}

    assert len(links) > 10
    assert {link: status for link, status in closed.items() if status not in {200, 302}} == {}


@pytest.mark.parametrize(
    ("who", "label", "shown"),
    [
        ("administrator", "用户", True), ("security", "用户", True), ("audit", "用户", True),
        ("supervisor", "用户", False), ("handler", "用户", False), ("leader", "用户", False),
    ],
)  # fmt: skip
def test_the_navigation_leads_to_the_people_whom_it_concerns(people, who, label, shown):
    desk = sign_in(people[who])
    page = desk.get("/desk/").content.decode()

    assert (f'href="{reverse("registry:people")}"' in page) is shown
    assert (desk.get(reverse("registry:people")).status_code == 200) is shown
    tabs = desk.get(reverse("registry:bodies")).content.decode()
    assert ("用户与任职" in tabs) is shown


def test_only_the_system_administrator_is_offered_to_make_people(people):
    for who in ("security", "audit"):
        desk = sign_in(people[who])
        assert "新建用户" not in desk.get(reverse("registry:people")).content.decode()
        assert desk.get(reverse("registry:new_person")).status_code == 403
    assert (
        "新建用户"
        in sign_in(people["administrator"]).get("/desk/registry/people/").content.decode()
    )


def test_the_supervisor_issues_a_card_and_records_a_qualification_from_the_list(city, people):
    newcomer = build.appointed(Role.CASE_HANDLER, city.body)
    beginner = build.appointed(Role.LEGAL_REVIEWER, city.body)
    desk = sign_in(people["supervisor"])
    page = desk.get(reverse("registry:officers")).content.decode()
    issue, qualify = (
        reverse("registry:issue_certificate", args=(newcomer,)),
        reverse("registry:qualify", args=(beginner,)),
    )
    assert issue in page
    assert qualify in page
    assert reverse("registry:issue_certificate", args=(city.handlers[0],)) not in page
    card = {"body": str(city.body), "number": "N1", "fields_": "市场监管", "valid_from": "2026-03-02",
            "valid_until": "2031-03-01"}  # fmt: skip
    assert desk.post(issue, card).url == reverse("registry:officers")
    held = {"number": "A20233206840001", "since": "2023-03-01", "first_review_on": ""}
    assert desk.post(qualify, held).url == reverse("registry:officers")
    page = desk.get(reverse("registry:officers")).content.decode()
    assert issue not in page
    assert "A20233206840001" in page
    other = sign_in(people["handler"]).get(reverse("registry:officers")).content.decode()
    assert "A20233206840001" not in other
    assert desk.get(reverse("registry:appoint", args=(newcomer,))).status_code == 403


def test_who_lacks_a_card_and_who_may_review_is_read_at_once(city, django_assert_num_queries):
    lacking = build.appointed(Role.CASE_HANDLER, city.body, unit_id=city.unit)
    build.appointed(Role.CASE_HANDLER, city.body, who=lacking)  # of the whole body as well
    revoked = build.officer(city.body)
    services.issue_certificate(
        person_id=lacking, body_id=city.supervision, number="X1", fields="x", valid_from=build.SINCE,
        valid_until=build.ON, actor=SYSTEM, at=build.AT,
    )  # fmt: skip
    (held,) = selectors.certificates_of(revoked, on=build.ON)
    services.revoke_certificate(
        certificate_id=held.id, revoked_on=build.ON, reason="调离", actor=SYSTEM, at=build.AT
    )
    with django_assert_num_queries(2):
        found = staffing.without_card(frozenset({city.body}), on=build.ON)
    assert {one.person for one in found} == {lacking, revoked}
    assert len(found) == 2
    with django_assert_num_queries(3):
        (reviewer,) = staffing.reviewers(frozenset({city.body}), on=build.ON)
    assert (reviewer.who.person, reviewer.number) == (city.legal_reviewer, "A20183206840001")
    with django_assert_num_queries(0):
        assert staffing.without_card(frozenset(), on=build.ON) == []
        assert staffing.reviewers(frozenset(), on=build.ON) == []
