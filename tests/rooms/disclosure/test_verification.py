"""What is changed past the services in publications, turns, parcels and choices is named against the record."""

import pytest
from django.db import connection, transaction
from tests.rooms.disclosure.test_policy import choose
from tests.rooms.disclosure.test_publication import as_, begin, deliver, mask, turn, withdraw

from zhifa import clock
from zhifa.disclosure import entries, selectors, services, wording
from zhifa.disclosure.rules import Act, WithdrawalGround
from zhifa.journal import selectors as journal

# What is done to the tables -> what is found, and where.
CHANGES = [
    ("UPDATE disclosure_publication SET public = '{}'", "publication.column", "public"),
    ("UPDATE disclosure_publication SET number = 'x'", "publication.column", "number"),
    ("UPDATE disclosure_publication SET authors = '{}'", "publication.column", "authors"),
    (
        "UPDATE disclosure_publication SET file_sha256 = repeat('0', 64)",
        "publication.column", "file_sha256",
    ),
    ("UPDATE disclosure_publication SET hidden = '[]'", "publication.column", "hidden、kept"),
    ("UPDATE disclosure_publication SET hidden = '1.5'", "publication.unreadable", ""),
    ("UPDATE disclosure_publication SET state = 'published'", "publication.column", "state"),
    ("UPDATE disclosure_publication SET reason = ''", "publication.column", "reason"),
    ("UPDATE disclosure_publication SET changed_at = now()", "publication.column", "changed_at"),
    ("UPDATE disclosure_publication SET id = gen_random_uuid()", "publication.not_journalled", ""),
    ("DELETE FROM disclosure_publication", "publication.missing", ""),
    ("DELETE FROM disclosure_turn WHERE act = 'clear'", "publication.turns", ""),
    ("UPDATE disclosure_turn SET actor = gen_random_uuid()", "publication.turns", ""),
    ("DELETE FROM disclosure_parcel WHERE kind = 'decision'", "parcel.missing", ""),
    ("DELETE FROM disclosure_parcel WHERE kind = 'body'", "publication.missing", ""),
    ("UPDATE disclosure_parcel SET id = gen_random_uuid()", "parcel.not_journalled", ""),
    (
        "UPDATE disclosure_parcel SET file_sha256 = '' WHERE kind = 'decision'",
        "parcel.released_differs", "file_sha256",
    ),
    (
        "UPDATE disclosure_parcel SET released_by = gen_random_uuid()",
        "parcel.released_differs", "released_by",
    ),
    (
        "UPDATE disclosure_parcel SET receipt = '{}' WHERE receipt <> ''",
        "parcel.received_differs", "receipt",
    ),
    (
        "UPDATE disclosure_parcel SET receipt = '', received_at = NULL",
        "parcel.received_differs", "received_at",
    ),
    (
        "UPDATE disclosure_parcel SET receipt = '{}', received_at = now() WHERE kind = 'body'",
        "parcel.received_differs", "received_at",
    ),
    ("UPDATE disclosure_policychoice SET basis = 'x'", "policy.differs", "x"),
    ("DELETE FROM disclosure_policychoice", "policy.differs", "文件（演示）"),
]  # fmt: skip


@pytest.fixture
def recorded(folders, case_id, city):
    """A decision published with a mask and withdrawn, a body's record on its way, a choice."""
    made = _masked(case_id, city)
    deliver(city.publisher)
    withdraw(made, city, WithdrawalGround.REVOKED, "处罚决定被依法撤销")
    deliver(city.publisher)
    choose(city.supervisor, None)
    with as_(city.publisher):
        on = clock.today()
        one = next(one for one in selectors.record_changes(city.body, on=on) if one.kind == "body")
        services.publish_records(
            body_id=city.body, wanted=frozenset({(one.kind, one.key)}), actor=city.publisher,
            on=on, at=clock.now(),
        )  # fmt: skip
    with folders.signed_in("postgres"):
        yield made


def _masked(case_id, city):
    made = begin(case_id, city)
    mask(made, city, hidden=(("演示便利店", "某店"),))
    turn(made, Act.SUBMIT, city.editor)
    turn(made, Act.AGREE, city.unit_head)
    turn(made, Act.CLEAR, city.reviewer)
    turn(made, Act.RELEASE, city.publisher)
    return made


def found():
    return [(one.code, one.about) for one in selectors.differences()]


def test_what_was_changed_is_named(recorded):
    assert found() == []
    for statement, code, about in CHANGES:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
            named = [one for one in found() if one[0] == code and about in one[1]]
            assert named, (statement, found())
            assert code in wording.DIFFERENCES
            transaction.set_rollback(True)
    assert found() == []


def test_a_publication_whose_record_was_erased_says_that_it_cannot_be_compared(recorded):
    entry = journal.entries(entries.stream(recorded))[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE journal_body SET salt = NULL, text = NULL, erasure_id = entry_id"
            " WHERE entry_id = %s",
            [entry.id],
        )
        got = list(selectors.differences())
        transaction.set_rollback(True)
    assert [one.code for one in got] == ["publication.erased", "parcel.erased", "parcel.erased"]
    assert all(one.harmless and "罚〔" in one.about for one in got)
