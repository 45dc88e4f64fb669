"""Items of evidence in the database and the store: taken in, kept, moved, looked at, set aside."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import RequestFactory
from PIL import Image
from tests import rows
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.accounts.models import Person
from zhifa.evidence import blobs, selectors, services, views
from zhifa.evidence.rules import CustodyAction, EvidenceKind, Particulars
from zhifa.law.actors import ActorId
from zhifa.law.errors import BadValue, Conflict, NotFound, Refused
from zhifa.store import Damaged, Missing

pytestmark = pytest.mark.django_db

OFFICER, OTHER = ActorId(UUID(int=1)), ActorId(UUID(int=2))
CASE, OTHER_CASE, BODY = UUID(int=100), UUID(int=101), UUID(int=200)
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten o'clock in Beijing
SAID = Particulars(
    kind=EvidenceKind.AUDIOVISUAL,
    name="现场照片",
    source="现场拍摄",
    obtained_on=date(2026, 11, 24),
    obtained_by=(OFFICER, OTHER),
)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return blobs.store()


def picture(shade: int = 0) -> bytes:
    file = io.BytesIO()
    Image.new("L", (8, 8), shade).save(file, "PNG")
    return file.getvalue()


def take_in(data: bytes | None = None, name: str = "照片.png", **change: object) -> UUID:
    deposited = services.deposit(io.BytesIO(picture() if data is None else data), file_name=name)
    return services.receive(
        deposited, subject=CASE, body_id=BODY, said=replace(SAID, **change), actor=OFFICER, at=AT
    )


def file_of(store, item):
    return store.path / item.sha256[:2] / item.sha256[2:4] / item.sha256


def spoil(store, item, data: bytes) -> None:
    place = file_of(store, item)
    place.chmod(0o600)
    place.write_bytes(data)


def test_an_item_is_taken_in_with_everything_said_about_it(store):
    item = selectors.item(take_in(obtained_at=AT, place="某超市", note="货架", pages=2))

    assert (item.subject, item.body_id, item.kind) == (CASE, BODY, EvidenceKind.AUDIOVISUAL)
    assert (item.obtained_by, item.obtained_at) == ((OFFICER, OTHER), AT)
    assert (item.pages, item.place, item.note) == (2, "某超市", "货架")
    assert (item.size, item.media_type, item.file_name) == (len(picture()), "image/png", "照片.png")
    assert (item.photo.width, item.photo.height) == (8, 8)
    assert store.verify(item.sha256)
    assert selectors.items(CASE) == [item]
    assert selectors.items(uuid4()) == []
    assert selectors.verify(item.id) == ()
    assert list(selectors.differences()) == []


@needs_shared_data
def test_a_photo_keeps_when_and_where_it_was_taken_and_a_pdf_its_pages():
    photo = (SHARED_DATA / "media/exif/jpg-gps-DSCN0010.jpg").read_bytes()
    paper = (SHARED_DATA / "documents/pdf/pdflatex-4-pages.pdf").read_bytes()

    first = selectors.item(take_in(photo, "DSCN0010.jpg"))
    second = selectors.item(take_in(paper, "合同.pdf"))

    assert str(first.photo.latitude) == "43.467448"
    assert first.photo.taken_at.isoformat() == "2008-10-22T08:28:39+00:00"
    assert (second.pages, second.photo) == (4, None)


def test_a_scan_of_signed_paper_is_found_by_its_document():
    document = uuid4()
    item_id = take_in(signs_document=document, signer="张演示")
    take_in(picture(1))

    assert [item.id for item in selectors.signed_scans(document)] == [item_id]
    services.exclude(item_id=item_id, reason="签名是代签", actor=OFFICER, at=AT)
    assert selectors.signed_scans(document) == []


def test_every_broken_rule_is_named_and_nothing_is_written():
    with pytest.raises(Refused) as refused:
        take_in(source="", obtained_on=date(2026, 11, 25))

    assert [v.code for v in refused.value.violations] == [
        "evidence.source",
        "evidence.obtained_in_future",
    ]
    assert selectors.items(CASE) == []


def test_today_is_todays_date_in_beijing():
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # half past midnight on the 25th
    deposited = services.deposit(io.BytesIO(picture()), file_name="照片.png")

    item_id = services.receive(
        deposited,
        subject=CASE,
        body_id=BODY,
        said=replace(SAID, obtained_on=date(2026, 11, 25), obtained_at=late),
        actor=OFFICER,
        at=late,
    )

    assert selectors.item(item_id).obtained_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "照片.png", "file.empty"),
        (picture()[:40], "照片.png", "file.damaged"),
        (picture(), "照片.jpg", "file.name_mismatch"),
        (picture(), "", "file.name_length"),
        (picture(), "长" * 197 + ".png", "file.name_length"),
    ],
)
def test_a_file_that_is_not_what_it_claims_leaves_nothing(store, data, name, code):
    with pytest.raises(BadValue) as refused:
        services.deposit(io.BytesIO(data), file_name=name)

    assert refused.value.code == code
    assert list(store.contents()) == []


def test_a_file_above_the_limit_is_refused_while_it_comes_in(store, monkeypatch):
    monkeypatch.setattr(services, "MAX_FILE_BYTES", 10)

    with pytest.raises(BadValue) as refused:
        services.deposit(io.BytesIO(picture()), file_name="照片.png")

    assert refused.value.code == "file.too_large"
    assert list(store.contents()) == []


def test_the_same_file_is_one_item_of_a_case_and_one_content_of_all(store):
    first = take_in()

    with pytest.raises(Conflict, match=r"evidence\.same_file"):
        take_in()
    rows.another_case(OTHER_CASE, BODY)
    other = services.receive(
        services.deposit(io.BytesIO(picture()), file_name="照片.png"),
        subject=OTHER_CASE, body_id=BODY, said=SAID, actor=OTHER, at=AT,
    )  # fmt: skip

    assert selectors.item(other).sha256 == selectors.item(first).sha256
    assert len(list(store.contents())) == 1


def test_excluded_evidence_is_kept_marked_and_may_be_obtained_again_lawfully():
    item_id = take_in()
    services.exclude(item_id=item_id, reason="以胁迫方式取得", actor=OTHER, at=AT)
    again = take_in()

    assert [item.id for item in selectors.items(CASE) if item.excluded_at is None] == [again]
    assert selectors.item(item_id).exclusion_reason == "以胁迫方式取得"
    with pytest.raises(Conflict, match=r"evidence\.already_excluded"):
        services.exclude(item_id=item_id, reason="又一次", actor=OTHER, at=AT)
    with pytest.raises(Refused) as refused:
        services.exclude(item_id=again, reason="", actor=OTHER, at=AT)
    assert [str(v.basis) for v in refused.value.violations] == ["APL 46(3)"]


def test_the_original_leaves_and_comes_back():
    item_id = take_in()

    def note(action: CustodyAction, **said: str) -> None:
        services.note_custody(item_id=item_id, action=action, actor=OFFICER, at=AT, **said)

    note(CustodyAction.HANDED_OVER, counterpart="鉴定机构（演示）", purpose="鉴定")
    assert selectors.item(item_id).handed_to == "鉴定机构（演示）"
    with pytest.raises(Refused) as refused:
        note(CustodyAction.HANDED_OVER, counterpart="法院", purpose="诉讼")
    assert [v.code for v in refused.value.violations] == ["custody.already_out"]
    note(CustodyAction.EXPORTED, counterpart="检察院", purpose="移送")
    note(CustodyAction.RETURNED, counterpart="鉴定机构（演示）")
    assert selectors.item(item_id).handed_to == ""


def test_an_unknown_item_is_not_found():
    unknown = uuid4()

    for ask in (
        lambda: selectors.item(unknown),
        lambda: selectors.verify(unknown),
        lambda: services.view(item_id=unknown, actor=OFFICER, at=AT),
        lambda: services.exclude(item_id=unknown, reason="理由", actor=OFFICER, at=AT),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_look_gives_the_content_and_refuses_one_that_was_changed(store):
    item = selectors.item(take_in())
    with services.view(item_id=item.id, actor=OTHER, at=AT).file as file:
        assert file.read() == picture()

    spoil(store, item, b"something else")

    with pytest.raises(Damaged):
        services.view(item_id=item.id, actor=OTHER, at=AT)
    file_of(store, item).unlink()
    with pytest.raises(Missing):
        services.view(item_id=item.id, actor=OTHER, at=AT)


def test_what_was_changed_lost_or_left_over_is_named(store):
    changed, lost = (selectors.item(take_in(picture(shade))) for shade in (1, 2))
    leftover = services.deposit(io.BytesIO(picture(3)), file_name="照片.png").stored.sha256
    spoil(store, changed, picture(1) + b"!")
    file_of(store, lost).unlink()

    found = {(d.code, d.about, d.harmless) for d in selectors.differences()}

    assert found == {
        ("blob.sha256", changed.sha256, False),
        ("blob.sm3", changed.sha256, False),
        ("blob.size", changed.sha256, False),
        ("blob.missing", lost.sha256, False),
        ("blob.orphan", leftover, True),
    }
    assert [d.code for d in selectors.verify(lost.id)] == ["blob.missing"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_blob SET sm3 = repeat('0', 64)",
        "DELETE FROM evidence_blob",
        "DELETE FROM evidence_item",
        "UPDATE evidence_item SET name = '另一个'",
        "UPDATE evidence_item SET subject = gen_random_uuid()",
        "UPDATE evidence_item SET excluded_at = NULL, excluded_by = NULL, exclusion_reason = ''",
        "UPDATE evidence_item SET exclusion_reason = '别的理由'",
        "INSERT INTO evidence_blob VALUES ('not a digest', repeat('0', 64), 1, 'text/plain')",
    ],
)
def test_the_database_refuses_to_change_evidence(statement):
    services.exclude(item_id=take_in(), reason="以胁迫方式取得", actor=OTHER, at=AT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_page_sends_the_file_under_its_name_and_lets_the_browser_guess_nothing():
    item_id = take_in()
    request = RequestFactory().get("/")
    request.user = Person(id=OFFICER, must_change_password=False)
    request.actor = OFFICER

    response = views.file(request, item_id)

    assert b"".join(response.streaming_content) == picture()
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E7%85%A7")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(picture()))
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    response.close()


def test_another_fault_of_a_row_is_not_taken_for_a_second_upload():
    deposited = services.deposit(io.BytesIO(picture()), file_name="照片.png")

    with pytest.raises(IntegrityError, match="body_id"):
        services.receive(
            deposited, subject=CASE, body_id=None, said=SAID, actor=OFFICER, at=AT
        )  # fmt: skip
