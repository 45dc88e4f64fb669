"""How fast the record becomes a signed log, how fast it is checked and rebuilt (zhifa bench log)."""

import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connections

from bench.figures import Figure, rate, report
from zhifa import clock
from zhifa.journal import selectors, services
from zhifa_verify import receipt, tiles, tree
from zhifa_verify.note import Signer, Verifier

_ROOT = Path(__file__).parent.parent
CLIENTS, ENTRIES = 4, 2000  # clients at once, entries each
LEAVES = 1_000_000
_PAIR = bytes(65)  # what an inner node is the hash of


def run(
    *, clients: int = CLIENTS, entries: int = ENTRIES, leaves: int = LEAVES
) -> dict[str, object]:
    """Return the figures; needs an empty installation whose tables are migrated."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            " stream text, body text)"
        )
        cursor.execute(
            f'GRANT INSERT ON bench_plain TO "{connections["web"].settings_dict["USER"]}"'
        )
    figures = [
        *(_appending(clients, entries, per_commit) for per_commit in (1, 10)),
        Figure("sequencer alone, from a backlog", _backlog(clients, entries), "entries/s",
               "two hashes an entry", _hashes() / 2, aim=2000),
        *_checks(),
        _rebuild(leaves),
    ]  # fmt: skip
    return report("log", figures, clients=clients, entries=clients * entries, leaves=leaves)


def _appending(clients: int, entries: int, per_commit: int) -> Figure:
    """Append from several clients while the sequencer signs, until everything is signed."""
    plain = _clients("plain", clients, entries, per_commit)
    appended = _clients("journal", clients, entries, per_commit, sequencer=True)
    return Figure(
        f"append to signed checkpoint, {clients} clients, {per_commit} a commit", appended,
        "entries/s", "plain insert, as many clients and commits", plain, aim=2000,
    )  # fmt: skip


def _hashes() -> float:
    """Return how many inner nodes of a tree this machine hashes a second, measured now."""
    return rate(_thousand_hashes, batch=1000)


def _thousand_hashes() -> None:
    for _ in range(1000):
        sha256(_PAIR).digest()


def _clients(
    way: str, clients: int, count: int, per_commit: int = 1, *, sequencer: bool = False
) -> float:
    """Return how many entries a second all clients together bring to their end."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "bench.appending", way, str(client), str(count), str(per_commit)],
            cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for client in range(clients)
    ]  # fmt: skip
    for process in processes:
        _said(process, "ready")
    services.integrate(clock.now())  # what the clients warmed up with
    stop = threading.Event()
    integrating = threading.Thread(target=_sequencer, args=(stop,))
    start = time.perf_counter()
    if sequencer:
        integrating.start()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _said(process, "done")
    if sequencer:
        stop.set()
        integrating.join()
        services.integrate(clock.now())
        assert selectors.unintegrated_count() == 0
    elapsed = time.perf_counter() - start
    for process in processes:
        process.communicate()
    return clients * count / elapsed


def _said(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout
    if process.stdout.readline().strip() != word:
        raise RuntimeError("a client of the benchmark ended early")


def _sequencer(stop: threading.Event) -> None:
    """Sign twice a second, as the worker does every two seconds."""
    try:
        while not stop.wait(0.5):
            services.integrate(clock.now())
    finally:
        connections.close_all()


def _backlog(clients: int, entries: int) -> float:
    """Return how many entries a second the sequencer alone integrates."""
    _clients("journal", clients, entries, 10)
    count = selectors.unintegrated_count()
    start = time.perf_counter()
    integrated = services.integrate(clock.now())
    elapsed = time.perf_counter() - start
    assert integrated == count
    return integrated / elapsed


def _checks() -> list[Figure]:
    """Check receipts as `zhifa-verify` does, and proofs alone."""
    verifiers = [Verifier.parse(key) for key in selectors.verifier_keys()]
    (entry, *_) = selectors.entries("case:0-7")
    written = selectors.receipt(entry.id, open_body=True)
    assert written
    read = receipt.parse(written)
    checkpoint = read.verify(verifiers)
    signer = Signer.parse(settings.JOURNAL["signer"])
    text = checkpoint.text()
    line = signer.line(text)
    signature = receipt.decode_base64(line.split()[2])[4:]
    verified = rate(lambda: verifiers[0].verifies(text, signature))

    def proof() -> None:
        tree.verify_inclusion(
            tree.leaf_hash(read.digest), index=read.proof.index, size=checkpoint.size,
            proof=read.proof.hashes, root=checkpoint.root,
        )  # fmt: skip

    return [
        Figure("inclusion proofs checked", rate(proof), "proofs/s",
               "hashes a proof needs", _hashes() / (len(read.proof.hashes) + 1)),
        Figure("receipts read and checked, signature included",
               rate(lambda: receipt.parse(written).verify(verifiers)), "receipts/s",
               "Ed25519 signatures checked", verified),
    ]  # fmt: skip


def _rebuild(leaves: int) -> Figure:
    """Rebuild a log from the digests of its entries: every leaf, tile and the root."""
    digests = [number.to_bytes(32, "big") for number in range(leaves)]
    start = time.perf_counter()
    size, edge, root = 0, {}, tree.EMPTY_ROOT
    for at in range(0, leaves, 1 << 16):
        grown = tiles.extend(
            size, [tree.leaf_hash(one) for one in digests[at : at + (1 << 16)]], edge
        )
        size, root = grown.size, grown.root
        known = {**edge, **grown.tiles}
        edge = {key: known[key] for key in tiles.edge_keys(size)}
    elapsed = time.perf_counter() - start
    assert root != tree.EMPTY_ROOT
    return Figure(f"rebuild of {leaves} leaves ({elapsed:.2f} s)", leaves / elapsed, "leaves/s",
                  "two hashes a leaf", _hashes() / 2)  # fmt: skip
