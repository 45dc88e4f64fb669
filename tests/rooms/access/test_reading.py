"""Who only reads enters nothing; what was read stays nowhere; rows of another city are not there (只读与行级权限)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from tests.rooms.access.test_access import clients, undone  # noqa: F401  (a fixture)

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.config.demo.pictures import photograph
from zhifa.store import StoreFull

pytestmark = pytest.mark.xdist_group("access")

# What belongs to cases, by how a row says which.
TABLES = {
    "cases_case": "id",
    "cases_caseparty": "case_id",
    "cases_caseterm": "case_id",
    "cases_decision": "case_id",
    "documents_document": "subject",
    "evidence_item": "subject",
    "review_submission": "subject",
    "review_reviewpass": "subject",
    "disclosure_publication": "case_id",
}


@pytest.fixture(autouse=True)
def _at_the_desk(worlds, django_db_blocker):
    clock.move_to(worlds[0].now)
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize(
    ("who", "status"),
    [("handlers", 302), ("unit_head", 302), ("leader", 403), ("supervisor", 404)],
)
def test_who_only_reads_brings_no_signed_paper(worlds, clients, who, status):  # noqa: F811
    own = worlds[0]
    address = reverse("cases:sign_paper", args=(own.objects["case_id"], own.objects["document_id"]))
    sent = {"signer": "演示", "signed_on": clock.today().isoformat(),
            "files": SimpleUploadedFile("签名.jpg", photograph(who, taken_at=clock.now()))}  # fmt: skip
    with undone():
        answer = clients[own.people[who]].post(address, sent)

    assert answer.status_code == status


def test_a_full_disk_is_said_beside_the_form(worlds, clients, monkeypatch):  # noqa: F811
    def no_room(*given, **more):
        raise StoreFull("no room")

    monkeypatch.setattr("zhifa.evidence.services.deposit", no_room)
    own = worlds[0]
    address = reverse("cases:sign_paper", args=(own.objects["case_id"], own.objects["document_id"]))
    sent = {"signer": "演示签名人", "signed_on": clock.today().isoformat(),
            "files": SimpleUploadedFile("签名.jpg", b"x")}  # fmt: skip
    answer = clients[own.people["handlers"]].post(address, sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "签名.jpg：存储空间已满" in page
    assert "演示签名人" in page


@pytest.mark.parametrize("address", ["/desk/", "/desk/cases/", "/desk/cases/export/", "/desk/me/"])
def test_what_a_person_was_shown_stays_in_no_cache(worlds, clients, address):  # noqa: F811
    answer = clients[worlds[0].people["agency_heads"]].get(address)

    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("text", ["\0", "甲\0乙", "%", "_", "\\", "𬭎䶮", "长" * 5000])
def test_any_text_can_be_searched_for(worlds, clients, text):  # noqa: F811
    desk = clients[worlds[0].people["agency_heads"]]

    for address in ("/desk/search/", "/desk/cases/", "/desk/registry/officers/"):
        assert desk.get(address, {"q": text}).status_code in {200, 302}, address


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_another_city_is_seen_by_raw_sql(worlds, table):
    own, other = worlds
    cases = [other.objects["case_id"], other.objects["reviewed_case"]]
    for person in own.people.values():
        with acting(person, on=clock.today()), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {TABLES[table]} = ANY(%s)", [cases])
            assert cursor.fetchone() == (0,), person
    with acting(other.people["agency_heads"], on=clock.today()), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {TABLES[table]} = ANY(%s)", [cases])
        seen = cursor.fetchone()[0]
    assert seen > 0 or table in {"review_reviewpass"}, table


def test_every_table_that_names_a_case_is_tried(worlds):
    """A new table with a case in it has to be entered above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name IN ('case_id', 'subject') AND data_type = 'uuid'"
        )
        found = {name for (name,) in cursor.fetchall()}

    assert found <= set(TABLES)
