"""What is no step of a case is done by nobody else either: opened, corrected, signed, published (越权办理).

Each form is sent, filled in as it should be, by everybody of the city who may not send it; then by
who may, from whom it is taken, so that the others' failed for who they are.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.rooms.access.drawn import drawn
from tests.rooms.access.table import EVERYBODY, OVERSEE, SEES_CASE, SEES_PUBLICATION
from tests.rooms.access.test_access import clients, undone  # noqa: F401  (a fixture)
from tests.rooms.access.test_writing import written
from tests.rooms.access.world import World
from tests.rooms.cases.desk import PARTY, flat

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.cases.correction import correcting
from zhifa.cases.granting import granting
from zhifa.config.demo.pictures import photograph
from zhifa.disclosure import outgoing, packages
from zhifa.disclosure import selectors as disclosure
from zhifa.disclosure.models import Parcel
from zhifa.disclosure.rules import Act, WithdrawalGround
from zhifa.documents import selectors as documents

pytestmark = pytest.mark.xdist_group("access")


@pytest.fixture
def city(worlds) -> World:
    return worlds[0]


@pytest.fixture(autouse=True)
def _at_the_desk(worlds, django_db_blocker) -> Iterator[None]:
    clock.move_to(worlds[0].now)
    with django_db_blocker.unblock():
        yield


def refused(
    city: World,
    desks: dict[UUID, Client],
    path: str,
    form: Any,
    *,
    may: set[str],
    sees: frozenset[str] = SEES_CASE,
) -> None:
    """Let everybody else send a form: who sees the thing is told so, who does not finds nothing."""
    before, wrong = written(city.people["agency_heads"]), []
    for who in EVERYBODY - may:
        answer = desks[city.people[who]].post(path, form())
        expected = {403, 404, 409, 422} if who in sees else {404}
        if answer.status_code not in expected or written(city.people["agency_heads"]) != before:
            wrong.append((who, answer.status_code))
    assert wrong == [], path


def taken(city: World, desks: dict[UUID, Client], path: str, form: Any, who: str) -> None:
    """Let who may send the form; it is taken, and something is written."""
    before = written(city.people["agency_heads"])
    answer = desks[city.people[who]].post(path, form())
    assert answer.status_code == 302, (who, answer.content.decode())
    assert written(city.people["agency_heads"]) != before, who


def test_only_officers_open_a_case(city, clients):  # noqa: F811
    path = reverse("cases:new")
    number = uuid4()

    def form() -> dict[str, Any]:
        on = clock.today().isoformat()
        fields = {
            "case_id": number, "seen": "0", "power_item": city.objects["item_id"], "title": "",
            "source": "inspection", "summary": "检查发现。", "place": "店内", "discovered_on": on,
            "offence_ended_on": "", "happened_on": on,
        }  # fmt: skip
        return flat(fields, {"parties": [PARTY]})

    refused(city, clients, path, form, may={"handlers", "stranger"}, sees=EVERYBODY)
    for who in ("handlers", "stranger"):
        with undone():
            taken(city, clients, path, form, who)


def test_only_who_works_on_a_case_corrects_an_entry(city, clients):  # noqa: F811
    case_id, handler = city.objects["case_id"], city.people["handlers"]
    path = reverse("cases:correct", args=(case_id, 2))

    def form() -> dict[str, Any]:
        with acting(handler, on=clock.today()):
            page = correcting(case_id, 2, actor=handler, on=clock.today())
            said = drawn(page.form()) | drawn(page.step_form())
        return said | {
            "findings": "核查情况有误，现予更正。", "correction-reason": "登记有误",
        }  # fmt: skip

    may = {"handlers"}
    refused(city, clients, path, form, may=may)
    with undone():
        taken(city, clients, path, form, "handlers")


def test_only_a_head_who_is_another_grants_a_correction(city, clients):  # noqa: F811
    case_id, asked = city.objects["case_id"], city.objects["asked"]
    path = reverse("cases:answer_correction", args=(case_id, asked))

    def form() -> dict[str, Any]:
        with acting(city.people["unit_head"], on=clock.today()):
            page = granting(case_id, asked, actor=city.people["unit_head"], on=clock.today())
            return drawn(page.form()) | {"grant": "yes"}

    refused(city, clients, path, form, may={"unit_head", "agency_heads"})
    with undone():
        taken(city, clients, path, form, "unit_head")


def test_who_only_reads_ties_no_signed_paper_to_a_document(city, clients):  # noqa: F811
    path = reverse("cases:sign_paper", args=(city.objects["case_id"], city.objects["document_id"]))
    picture = photograph("越权", taken_at=clock.now())

    def form() -> dict[str, Any]:
        return {"signer": "演示", "signed_on": clock.today().isoformat(),
                "files": SimpleUploadedFile("签名.jpg", picture)}  # fmt: skip

    refused(city, clients, path, form, may=set(SEES_CASE - OVERSEE))
    with undone():
        taken(city, clients, path, form, "handlers")


def test_only_the_head_corrects_a_served_document(city, clients):  # noqa: F811
    case_id, head = city.objects["case_id"], city.people["agency_heads"]
    with acting(head, on=clock.today()):
        notice = documents.latest(case_id, "penalty_prior_notice")
    path = reverse("cases:correct_paper", args=(case_id, notice.id))

    def form() -> dict[str, Any]:
        return {
            "reasons": "笔误", "happened_on": clock.today().isoformat(), "errors-place": ["第1页"],
            "errors-wrong": ["店内"], "errors-right": ["店内冷柜"], "seen": "0",
        }  # fmt: skip

    refused(city, clients, path, form, may={"agency_heads"})
    with undone():
        taken(city, clients, path, form, "agency_heads")


TURNS = (
    (Act.SUBMIT, "editor"), (Act.AGREE, "unit_head"), (Act.CLEAR, "reviewer"),
    (Act.RELEASE, "publisher"),
)  # fmt: skip


@pytest.fixture
def arrives(monkeypatch):
    """Let the portal's receipt of a released publication come, as the worker brings it."""

    class Portal:
        def send(self, package: bytes) -> packages.Receipt:
            return packages.Receipt("0" * 64, "decision", "", 1, clock.now(), "0" * 64)

    monkeypatch.setattr(outgoing, "_built", lambda row: b"")
    monkeypatch.setattr(packages, "channel", Portal)

    def arrived(publication: UUID, by: UUID) -> None:
        with acting(by, on=clock.today()):
            parcel = Parcel.objects.get(publication_id=publication)
            outgoing.send(parcel.pk, at=clock.now())

    return arrived


def test_a_publication_goes_on_by_the_four_people_alone(city, clients, arrives):  # noqa: F811
    publication = city.objects["publication_id"]

    def form(**said: str) -> dict[str, Any]:
        head = city.people["agency_heads"]
        with acting(head, on=clock.today()):
            seen = disclosure.publication(publication, actor=head, on=clock.today()).version
        return {"seen": seen, "reason": "内容属实"} | said

    turn = reverse("disclosure:turn", args=(publication,))
    mask = reverse("disclosure:mask", args=(publication,))
    withdraw = reverse("disclosure:withdraw", args=(publication,))
    seen_by = {"sees": SEES_PUBLICATION}
    with undone():
        refused(city, clients, mask, form, may={"editor"}, **seen_by)
        for act, who in TURNS:
            refused(city, clients, turn, partial(form, act=act), may={who}, **seen_by)
            for back in (Act.RETURN, Act.WITHHOLD):  # by whose turn it is, at most
                refused(city, clients, turn, partial(form, act=back), may={who}, **seen_by)
            taken(city, clients, turn, partial(form, act=act), who)
        arrives(publication, city.people["publisher"])
        back = partial(form, ground=WithdrawalGround.REVOKED, reason="处罚决定被撤销")
        refused(city, clients, withdraw, back, may={"publisher"}, **seen_by)
        taken(city, clients, withdraw, back, "publisher")
