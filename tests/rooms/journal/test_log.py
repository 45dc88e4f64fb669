import hashlib
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from tests.core.verify import plain
from tests.rooms.journal.made import ACTOR, AT, Said, append, several

from zhifa.journal import selectors, services, tasks
from zhifa.law.errors import Conflict, NotFound
from zhifa_verify import checkpoint, receipt, tiles, tree
from zhifa_verify.cli import main
from zhifa_verify.note import Signer

pytestmark = pytest.mark.usefixtures("record")


def digests():
    """The leaves of the log, in order, straight from the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM journal_leaf JOIN journal_entry ON id = entry_id ORDER BY index"
        )
        return [bytes(digest) for (digest,) in cursor.fetchall()]


def test_an_empty_log():
    assert services.integrate(AT) == 0

    state = selectors.log_state()
    assert (state.size, state.root_hex, state.checkpoint) == (0, tree.EMPTY_ROOT.hex(), "")
    assert selectors.checkpoints() == []
    with pytest.raises(NotFound):
        selectors.checkpoint_note()


def test_the_log_is_the_plain_tree_over_the_digests(log_keys):
    entries = several(5) + several(300)
    assert services.integrate(AT) == 305
    assert services.integrate(AT) == 0

    assert digests() == [bytes.fromhex(entry.digest) for entry in entries]
    state = selectors.log_state()
    assert (state.size, state.root_hex) == (305, plain.mth(digests()).hex())
    signed = checkpoint.open_checkpoint(selectors.checkpoint_note(), log_keys)
    assert (signed.size, signed.root.hex()) == (305, state.root_hex)
    assert selectors.unintegrated_count() == 0


def test_the_log_grows_by_checkpoints_that_are_consistent(log_keys):
    sizes = []
    for count in (1, 1, 254, 3, 300):
        several(count)
        services.integrate(AT + timedelta(seconds=len(sizes)))
        sizes.append(selectors.log_state().size)

    assert sizes == [1, 2, 256, 259, 559]
    found = selectors.checkpoints(limit=4)
    assert [one.size for one in found] == [559, 259, 256, 2]
    assert [one.root_hex for one in found] == [
        plain.mth(digests()[: one.size]).hex() for one in found
    ]
    assert found[0].at == AT + timedelta(seconds=4)
    proof = selectors.consistency_proof(2, 559)
    assert proof == plain.proof(2, digests())
    for first, second in ((0, 5), (3, 2), (1, 560)):
        with pytest.raises(NotFound):
            selectors.consistency_proof(first, second)


def test_tiles_and_bundles_are_those_of_the_specification():
    several(300)
    services.integrate(AT)
    held = digests()

    assert selectors.tile(0, 0) == plain.tile(held, 0, 0)
    assert selectors.tile(0, 1, 44) == plain.tile(held, 0, 1)
    assert selectors.tile(0, 1, 7) == plain.tile(held, 0, 1)[: 7 * 32]
    assert selectors.tile(1, 0, 1) == plain.tile(held, 1, 0)
    assert selectors.entry_bundle(0) == tiles.entry_bundle(held[:256])
    assert selectors.entry_bundle(1, 44) == tiles.entry_bundle(held[256:])
    for level, index, width in ((0, 1, 45), (0, 1, 256), (0, 2, 1), (2, 0, 1), (0, 0, 0)):
        with pytest.raises(NotFound):
            selectors.tile(level, index, width)
    for index, width in ((1, 45), (2, 1), (0, 0)):
        with pytest.raises(NotFound):
            selectors.entry_bundle(index, width)


def test_batches_are_one_checkpoint_each(monkeypatch):
    monkeypatch.setattr(services, "_BATCH", 100)
    several(200)

    assert services.integrate(AT) == 200
    assert [one.size for one in selectors.checkpoints()] == [200, 100]


def test_receipts_hold_for_the_command(log_keys, tmp_path, capsys):
    document = tmp_path / "document.pdf"
    document.write_bytes(b"%PDF-1.7")
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    several(9)
    entry = append("document:1", sha256=sha256, kind="document.sealed")
    assert selectors.receipt(entry.id) is None
    assert selectors.tlog_proof(entry.id) is None
    services.integrate(AT)
    several(300)
    services.integrate(AT)

    closed, opened = selectors.receipt(entry.id), selectors.receipt(entry.id, open_body=True)
    assert "您好".encode() not in closed
    assert "您好".encode() in opened
    named = selectors.receipt(entry.id, open_body=True, document_sha256=sha256)
    assert receipt.parse(named).document_sha256 == sha256
    for data, more, status in (
        (closed, [], 0),
        (closed, ["--document", str(document)], 1),
        (opened, ["--document", str(document)], 0),
        (named, ["--document", str(document)], 0),
    ):
        path = tmp_path / "receipt.json"
        path.write_bytes(data)
        keys = [part for key in log_keys for part in ("--key", str(key))]
        assert main([str(path), *keys, *more]) == status
    proof = checkpoint.parse_proof(selectors.tlog_proof(entry.id))
    assert proof.verify(bytes.fromhex(entry.digest), log_keys).size == 310


def test_reading_takes_a_known_number_of_queries(django_assert_num_queries):
    entry = several(300)[7]
    services.integrate(AT)

    with django_assert_num_queries(3):
        selectors.receipt(entry.id, open_body=True)
    with django_assert_num_queries(1):
        selectors.entries("case:1")
    with django_assert_num_queries(2):
        selectors.consistency_proof(3, 300)
    for wrong in (selectors.receipt, selectors.tlog_proof):
        with pytest.raises(NotFound):
            wrong(10**9)


def test_the_log_goes_on_under_a_new_key(settings, log_keys):
    several(2)
    services.integrate(AT)
    first = selectors.checkpoint_note()
    fresh = Signer.of(settings.JOURNAL["origin"], bytes(range(32)))
    settings.JOURNAL = settings.JOURNAL | {
        "signer": fresh.text(),
        "log_keys": (*settings.JOURNAL["log_keys"], str(fresh.verifier)),
    }
    several(2)
    services.integrate(AT)

    keys = [*log_keys, fresh.verifier]
    assert checkpoint.open_checkpoint(first, keys).size == 2
    assert checkpoint.open_checkpoint(selectors.checkpoint_note(), [fresh.verifier]).size == 4
    assert selectors.verifier_keys() == tuple(map(str, keys))


def test_two_sequencers_at_once_neither_lose_nor_double():
    several(500)

    def work(_):
        try:
            return services.integrate(AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))

    assert sorted(done) == [0, 0, 0, 500]
    assert selectors.log_state().root_hex == plain.mth(digests()).hex()


def test_appending_goes_on_while_the_log_grows():
    def write(worker):
        try:
            for number in range(40):
                append(f"case:{worker}", text=str(number))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, worker) for worker in range(4)]
        while not all(writer.done() for writer in writers):
            services.integrate(AT)
    services.integrate(AT)

    assert selectors.log_state().size == 160
    assert selectors.log_state().root_hex == plain.mth(digests()).hex()
    for worker in range(4):
        indexes = [entry.leaf_index for entry in selectors.entries(f"case:{worker}")]
        assert indexes == sorted(indexes)


def test_only_what_is_committed_gets_into_the_log():
    with transaction.atomic():
        services.append("case.opened", "case:1", actor=ACTOR, at=AT, body=Said())
        assert services.integrate(AT) == 0
    assert services.integrate(AT) == 1


STOPS_BEFORE_IT_COMMITS = """
import sys, datetime
import django
django.setup()
from django.db import connections, transaction
for alias in connections:
    if alias != "portal":
        connections[alias].settings_dict["NAME"] = sys.argv[1]
from zhifa.journal import services
class Waits(services.Checkpoint):
    def signed(self, *signers):
        print("about to write", flush=True)
        note = super().signed(*signers)
        if sys.argv[2] == "before":
            sys.stdin.read()
        return note
services.Checkpoint = Waits
if sys.argv[2] == "after":
    with transaction.atomic(using="worker"):
        services._integrate_batch.__wrapped__(datetime.datetime.now(datetime.UTC))
        print("written", flush=True)
        sys.stdin.read()
else:
    services.integrate(datetime.datetime.now(datetime.UTC))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_killed_sequencer_leaves_the_log_as_it_was(record, moment):
    several(3)
    services.integrate(AT)
    before = selectors.log_state()
    several(300)
    with subprocess.Popen(
        [sys.executable, "-c", STOPS_BEFORE_IT_COMMITS, record.names["zhifa"], moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"about to write\n"
        if moment == "after":
            assert process.stdout.readline() == b"written\n"
        process.send_signal(signal.SIGKILL)

    assert selectors.log_state() == before
    assert selectors.unintegrated_count() == 300
    assert services.integrate(AT) == 300
    assert selectors.log_state().root_hex == plain.mth(digests()).hex()


def test_the_job_brings_entries_into_the_log():
    several(2)

    tasks.integrate(timestamp=0)

    assert selectors.log_state().size == 2


def test_a_content_is_erased_and_the_record_says_so(log_keys):
    entry, other = append(text="张三的手机号"), append()
    services.integrate(AT)
    before = receipt.parse(selectors.receipt(entry.id, open_body=True))

    services.erase_body(entry_id=entry.id, actor=ACTOR, at=AT, reason="个人信息保护法第四十七条")

    services.integrate(AT)
    (erased, kept) = selectors.entries("case:1")
    assert (erased.body, erased.digest) == (None, entry.digest)
    assert kept.digest == other.digest
    (erasure,) = selectors.entries("journal:erasures")
    assert (erasure.kind, erasure.actor) == (services.ERASED, ACTOR)
    assert erasure.body == {
        "digest": entry.digest, "entry": entry.id, "reason": "个人信息保护法第四十七条",
        "sequence": 1, "stream": "case:1",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt, text FROM journal_body WHERE entry_id = %s", [entry.id])
        assert cursor.fetchone() == (None, None)
    after = receipt.parse(selectors.receipt(entry.id, open_body=True))
    assert after.content is None
    assert after.verify(log_keys).size == 3
    assert before.verify(log_keys).size == 2  # who kept a receipt can still show what was said


def test_what_is_not_erased():
    entry = append()
    services.erase_body(entry_id=entry.id, actor=ACTOR, at=AT, reason="一")
    (erasure,) = selectors.entries("journal:erasures")

    for entry_id, error, code in (
        (entry.id, Conflict, "journal.erased"),
        (erasure.id, Conflict, "journal.is_erasure"),
        (10**9, NotFound, None),
    ):
        with pytest.raises(error) as refused:
            services.erase_body(entry_id=entry_id, actor=ACTOR, at=AT, reason="二")
        assert getattr(refused.value, "code", None) == code
    assert len(selectors.entries("journal:erasures")) == 1
