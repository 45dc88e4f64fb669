"""Whoever has the owner's login can change anything; every change is found by name."""

import pytest
from django.db import connections
from tests.rooms.journal.made import ACTOR, AT, append, as_owner, several

from zhifa.journal import services, verification, wording
from zhifa_verify.note import Signer

pytestmark = pytest.mark.usefixtures("record")


@pytest.fixture
def entries():
    """Six entries of three streams, in the log under two checkpoints; and two that wait."""
    written = several(4)
    services.integrate(AT)
    written += several(2)
    services.integrate(AT)
    several(2)
    return written


def found():
    return [(one.code, one.about) for one in verification.differences()]


def test_an_untouched_record(entries):
    assert found() == []


def test_an_empty_record():
    assert found() == []


@pytest.mark.parametrize("at_once", [1, 64])
def test_a_record_of_more_than_one_tile(monkeypatch, at_once):
    monkeypatch.setattr(verification, "_TILES_AT_ONCE", at_once)
    several(509, streams=7)
    services.integrate(AT)
    several(3)
    services.integrate(AT)

    assert found() == []
    as_owner("UPDATE journal_tile SET hashes = sha256('x') || substr(hashes, 33) WHERE index = 1")
    as_owner("UPDATE journal_tile SET hashes = sha256('x') || substr(hashes, 33) WHERE level = 1")
    assert found() == [("log.tile", "tile/0/001"), ("log.tile", "tile/1/000")]


TAMPERED = [
    pytest.param(
        "UPDATE journal_body SET text = replace(text, '0', '9') WHERE entry_id = %s",
        0,
        [("entry.commitment", "case:0#1")],
        id="one byte of a content",
    ),
    pytest.param(
        "UPDATE journal_body SET salt = salt || 'x'::bytea WHERE entry_id = %s",
        0,
        [("entry.commitment", "case:0#1")],
        id="a salt",
    ),
    pytest.param(
        "UPDATE journal_entry SET kind = 'case.closed' WHERE id = %s",
        3,
        [("entry.digest", "case:0#2")],
        id="a kind",
    ),
    pytest.param(
        "UPDATE journal_entry SET recorded_at = recorded_at - interval '1 day' WHERE id = %s",
        3,
        [("entry.digest", "case:0#2")],
        id="a time",
    ),
    pytest.param(
        "UPDATE journal_entry SET digest = sha256('x') WHERE id = %s",
        0,
        [
            ("entry.digest", "case:0#1"),
            ("entry.previous", "case:0#2"),
            ("log.checkpoint_root", "4"),
            ("log.tile", "tile/0/000"),
        ],
        id="a digest",
    ),
    pytest.param(
        "UPDATE journal_entry SET previous = sha256('x') WHERE id = %s",
        3,
        [("entry.previous", "case:0#2"), ("entry.digest", "case:0#2")],
        id="a previous digest",
    ),
    pytest.param(
        "UPDATE journal_entry SET sequence = 9 WHERE id = %s",
        3,
        [
            ("entry.gap", "case:0#3"),
            ("entry.gap", "case:0#9"),
            ("entry.digest", "case:0#9"),
            ("stream.head", "case:0"),
            ("log.leaf_order", "case:0#9"),
        ],
        id="a number",
    ),
    pytest.param(
        "DELETE FROM journal_body WHERE entry_id = %s",
        1,
        [("entry.content_missing", "case:1#1")],
        id="a content deleted",
    ),
    pytest.param(
        "UPDATE journal_body SET salt = NULL, text = NULL, erasure_id = entry_id WHERE entry_id = %s",
        1,
        [("entry.erasure_unrecorded", "case:1#1")],
        id="a content erased in silence",
    ),
    pytest.param(
        "DELETE FROM journal_leaf WHERE entry_id = %s",
        4,
        [("entry.lost", "case:0#3"), ("log.leaf_gap", "4")],
        id="a leaf deleted",
    ),
    pytest.param(
        "DELETE FROM journal_leaf WHERE entry_id = %s",
        5,
        [("entry.lost", "case:1#2"), ("log.leaf_gap", "5")],
        id="the last leaf deleted",
    ),
    pytest.param(
        "INSERT INTO journal_pending VALUES (%s)",
        0,
        [("entry.twice", "case:0#1")],
        id="an entry waiting again",
    ),
    pytest.param(
        "UPDATE journal_stream SET sequence = 9 WHERE stream = 'case:1' AND %s > 0",
        0,
        [("stream.head", "case:1")],
        id="a head",
    ),
    pytest.param(
        "DELETE FROM journal_stream WHERE stream = 'case:1' AND %s > 0",
        0,
        [("stream.head", "case:1")],
        id="a head deleted",
    ),
    pytest.param(
        "UPDATE journal_tile SET hashes = sha256('x') || substr(hashes, 33) WHERE %s > 0",
        0,
        [("log.tile", "tile/0/000")],
        id="a tile",
    ),
    pytest.param(
        "DELETE FROM journal_tile WHERE %s > 0",
        0,
        [("log.tile", "tile/0/000")],
        id="a tile deleted",
    ),
    pytest.param(
        "UPDATE journal_checkpoint SET root = sha256('x') WHERE size = 4 AND %s > 0",
        0,
        [("log.checkpoint_text", "4"), ("log.checkpoint_root", "4")],
        id="a root",
    ),
    pytest.param(
        "UPDATE journal_checkpoint SET note = replace(note, '4', '5') WHERE size = 4 AND %s > 0",
        0,
        [("log.checkpoint_signature", "4")],
        id="a signed text",
    ),
    pytest.param(
        "DELETE FROM journal_checkpoint WHERE size = 6 AND %s > 0",
        0,
        [("log.checkpoint_missing", "4")],
        id="the last checkpoint",
    ),
    pytest.param(
        "DELETE FROM journal_checkpoint WHERE %s > 0",
        0,
        [("log.checkpoint_missing", "0")],
        id="every checkpoint",
    ),
]


@pytest.mark.parametrize(("sql", "number", "differences"), TAMPERED)
def test_what_was_changed_is_found_by_name(entries, sql, number, differences):
    as_owner(sql, entries[number].id)

    assert found() == differences


def test_a_content_of_no_entry_is_named(entries, record):
    with record.signed_in("postgres"), connections["default"].cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica; INSERT INTO journal_body (entry_id, salt, text)"
            " SELECT -1, salt, text FROM journal_body LIMIT 1"
        )
        assert found() == [("entry.content_stray", "-1")]


def test_a_rewritten_history_is_found_by_its_signatures(entries):
    """The whole chain made anew, consistently, without the log's key: the signed roots differ."""
    as_owner("DELETE FROM journal_pending")
    last = entries[5]
    as_owner("DELETE FROM journal_leaf WHERE entry_id >= %s", last.id)
    as_owner("DELETE FROM journal_body WHERE entry_id >= %s", last.id)
    as_owner("DELETE FROM journal_entry WHERE id >= %s", last.id)
    as_owner("UPDATE journal_stream s SET (sequence, digest) = (SELECT sequence, digest FROM"
             " journal_entry e WHERE e.stream = s.stream ORDER BY sequence DESC LIMIT 1)")  # fmt: skip

    assert found() == [("log.leaf_gap", "5")]


def test_a_checkpoint_signed_by_another_key(entries, settings):
    stranger = Signer.of(settings.JOURNAL["origin"], bytes(32))
    settings.JOURNAL = settings.JOURNAL | {"signer": stranger.text()}
    services.integrate(AT)

    assert found() == [("log.checkpoint_signature", "8")]


def test_a_body_that_was_never_canonical():
    with connections["web"].cursor() as cursor:
        for body in ('{"b":1,"a":2}', "1.5", '"\\ud800"', "[" * 5000 + "]" * 5000):
            cursor.execute(
                "SELECT journal_append('a.b', 'c:d', gen_random_uuid(), now(), %s)", [body]
            )

    assert found() == [("entry.not_canonical", f"c:d#{number}") for number in (1, 2, 3, 4)]


def test_what_was_erased_is_said_and_is_no_fault(entries):
    services.erase_body(entry_id=entries[0].id, actor=ACTOR, at=AT, reason="依法删除")
    services.integrate(AT)

    (erased,) = verification.differences()
    assert (erased.code, erased.harmless) == ("entry.erased", True)
    assert erased.about == f"case:0#1（2026-07-01，{ACTOR}）"


def test_an_erasure_pointed_at_another_entry_is_found(entries):
    services.erase_body(entry_id=entries[0].id, actor=ACTOR, at=AT, reason="依法删除")
    as_owner(
        "UPDATE journal_body b SET salt = NULL, text = NULL, erasure_id = o.erasure_id"
        " FROM journal_body o WHERE o.erasure_id IS NOT NULL AND b.entry_id = %s",
        entries[1].id,
    )

    codes = [code for code, _ in found()]
    assert codes == ["entry.erased", "entry.erasure_unrecorded"]


def test_entries_appended_meanwhile_are_no_difference(entries, monkeypatch):
    parts = {"_content": verification._content, "_signature": verification._signature,
             "_found": verification._found}  # fmt: skip

    def busy(part):
        def working(*arguments):
            append()
            services.integrate(AT)
            append()
            return part(*arguments)

        return working

    for name, part in parts.items():
        monkeypatch.setattr(verification, name, busy(part))
    assert found() == []


def test_every_difference_has_words():
    codes = {code for param in TAMPERED for code, _ in param.values[2]}

    assert codes < set(wording.WORDS)
