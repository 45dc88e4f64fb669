"""What the owner changes in an item's row is named by item and column, against the item's own record."""

from uuid import UUID

import pytest
from django.db import connection
from tests import rows
from tests.rooms.evidence.test_items import AT, BODY, OTHER, OTHER_CASE, picture, take_in

from zhifa.config.postgres import cluster as postgres
from zhifa.evidence import blobs, selectors, services
from zhifa.evidence.rules import CustodyAction


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORE_URL = (tmp_path / "store").as_uri()
    return blobs.store()


def as_owner(clone, statement: str) -> None:
    """Change a table as nobody may but who owns the server: past every trigger."""
    login = clone.cluster.login("postgres", name=clone.names[postgres.WORKBENCH])
    with postgres.connect(login, autocommit=True) as connected:
        connected.execute("SET session_replication_role = replica")
        connected.execute(statement)


def found() -> list[tuple[str, str]]:
    return [(one.code, one.about) for one in selectors.differences() if not one.harmless]


def handed_over(item_id: UUID) -> None:
    services.note_custody(
        item_id=item_id, action=CustodyAction.HANDED_OVER, actor=OTHER, at=AT,
        counterpart="区公安分局", purpose="移送",
    )  # fmt: skip


# What is set in the row -> the columns that are named.
CHANGES = {
    "name = '别的照片'": "name",
    "kind = 'documentary'": "kind",
    "source = '举报人提供'": "source",
    "obtained_on = obtained_on - 1": "obtained_on",
    "obtained_at = obtained_at - interval '1 second'": "obtained_at",
    "obtained_at = NULL": "obtained_at",
    "obtained_by = obtained_by[1:1]": "obtained_by",
    "place = '别处'": "place",
    "pages = 3": "pages",
    "note = '改了'": "note",
    "signs_document = NULL, signer = ''": "signs_document signer",
    "signer = '别人'": "signer",
    "sha256 = (SELECT max(sha256) FROM evidence_blob WHERE sha256 <> evidence_item.sha256)":
        "sha256 sm3 size",
    "file_name = '另一张.png'": "file_name",
    "photo_taken_at = now()": "photo_taken_at",
    "photo_latitude = 29.9": "photo_latitude",
    "photo_longitude = 121.1": "photo_longitude",
    "photo_camera = 'X'": "photo_camera",
    "photo_width = 9": "photo_width",
    "photo_height = NULL": "photo_height",
    f"subject = '{OTHER_CASE}'": "subject",
    "body_id = gen_random_uuid()": "body_id",
    "received_at = received_at - interval '1 day'": "received_at",
    "received_by = gen_random_uuid()": "received_by",
    "handed_to = ''": "handed_to",
    "excluded_at = now(), excluded_by = gen_random_uuid(), exclusion_reason = '编的'":
        "excluded_at excluded_by exclusion_reason",
}  # fmt: skip


def test_every_column_changed_past_the_triggers_is_named(own_database):
    rows.another_case(OTHER_CASE, BODY)
    item = take_in(
        obtained_at=AT, place="某超市", note="货架", pages=2, signs_document=UUID(int=7), signer="张三"
    )  # fmt: skip
    handed_over(item)
    services.exclude(item_id=take_in(picture(9)), reason="以胁迫方式取得", actor=OTHER, at=AT)
    connection.close()
    assert found() == []
    for change, columns in CHANGES.items():
        as_owner(own_database, "CREATE TABLE kept AS SELECT * FROM evidence_item")
        as_owner(own_database, f"UPDATE evidence_item SET {change} WHERE id = '{item}'")
        named = [about.split("：") for code, about in found() if code == "evidence.column"]
        assert [column for _, column in named] == columns.split(), change
        assert all(str(item) in name for name, _ in named)
        as_owner(own_database, "DELETE FROM evidence_item")
        as_owner(own_database, "INSERT INTO evidence_item SELECT * FROM kept")
        as_owner(own_database, "DROP TABLE kept")
    assert found() == []


def test_an_exclusion_taken_back_or_reworded_is_named(own_database):
    item = take_in()
    services.exclude(item_id=item, reason="以胁迫方式取得", actor=OTHER, at=AT)
    connection.close()
    as_owner(own_database, "UPDATE evidence_item SET exclusion_reason = '别的理由'")
    assert found() == [("evidence.column", f"现场照片 {item}：exclusion_reason")]
    as_owner(
        own_database,
        "UPDATE evidence_item SET excluded_at = NULL, excluded_by = NULL, exclusion_reason = ''",
    )
    assert [about.split("：")[1] for _, about in found()] == [
        "excluded_at", "excluded_by", "exclusion_reason",
    ]  # fmt: skip


def test_what_a_content_is_said_to_be_is_named_with_the_item(own_database):
    item = take_in()
    connection.close()
    as_owner(own_database, "UPDATE evidence_blob SET media_type = 'image/jpeg'")
    assert found() == [("evidence.column", f"现场照片 {item}：media_type")]


def test_an_item_taken_out_or_put_in_is_named(own_database):
    item = take_in()
    connection.close()
    as_owner(own_database, f"UPDATE evidence_item SET id = '{UUID(int=8)}'")
    assert found() == [
        ("evidence.not_journalled", f"现场照片 {UUID(int=8)}"),
        ("evidence.missing", str(item)),
    ]


@pytest.mark.django_db
def test_an_original_that_came_back_is_here():
    item = take_in()
    handed_over(item)
    services.note_custody(
        item_id=item, action=CustodyAction.RETURNED, actor=OTHER, at=AT, counterpart="区公安分局",
        purpose="归还",
    )  # fmt: skip
    assert found() == []
