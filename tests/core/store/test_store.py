"""The storage port, and the folder store behind it."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhifa import store
from zhifa.store import BadStoreUrl, Damaged, FolderStore, Missing, StoreFull, folder

MB = 1024 * 1024
ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
ABC_SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
ABCD16_SM3 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.fixture
def kept(tmp_path):
    return FolderStore(tmp_path / "store")


def files(place: Path) -> set[str]:
    return {
        str(path.relative_to(place))
        for path in place.rglob("*")
        if path.is_file() and path.name != "lock"
    }


class Blocks:
    """A stream of `count` different pieces that never exists as a whole."""

    def __init__(self, count: int, fails: Exception | None = None) -> None:
        self.count, self.given, self.largest, self.fails = count, 0, 0, fails

    def read(self, size: int, /) -> bytes:
        self.largest = max(self.largest, size)
        if self.given == self.count:
            if self.fails:
                raise self.fails
            return b""
        self.given += 1
        return self.given.to_bytes(8, "big") * (size // 8)


@pytest.mark.parametrize(
    ("content", "sm3"),
    [
        pytest.param(b"abc", ABC_SM3, id="GB/T 32905-2016 A.1"),
        pytest.param(b"abcd" * 16, ABCD16_SM3, id="GB/T 32905-2016 A.2"),
    ],
)
def test_both_digests_match_the_published_examples(kept, content, sm3):
    stored = kept.put(BytesIO(content))

    assert stored.sm3 == sm3
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)


def test_a_content_lies_under_its_digest_read_only_and_can_be_read_again(kept):
    stored = kept.put(BytesIO(b"abc"))

    assert stored.sha256 == ABC_SHA256
    assert files(kept.path) == {f"ba/78/{ABC_SHA256}"}
    assert (kept.path / "ba" / "78" / ABC_SHA256).stat().st_mode & 0o777 == 0o440
    with kept.open(ABC_SHA256) as file:
        assert file.read() == b"abc"
    assert kept.exists(ABC_SHA256)
    assert kept.size(ABC_SHA256) == 3
    assert kept.verify(ABC_SHA256)
    assert list(kept.contents()) == [ABC_SHA256]


@pytest.fixture
def hasty_disk(monkeypatch):
    """Do not wait for the disk: many puts, none of which has to outlive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=8))
def test_what_is_put_in_any_order_and_number_comes_out_again(tmp_path, hasty_disk, contents):
    kept = FolderStore(tmp_path / hashlib.sha256(repr(contents).encode()).hexdigest())

    put = [kept.put(BytesIO(content)) for content in contents for _ in range(2)]

    assert list(kept.contents()) == sorted({hashlib.sha256(c).hexdigest() for c in contents})
    assert {stored.sha256 for stored in put} == set(kept.contents())
    for content in contents:
        with kept.open(hashlib.sha256(content).hexdigest()) as file:
            assert file.read() == content


def test_the_same_content_is_kept_once_and_its_file_is_not_replaced(kept):
    first = kept.put(BytesIO(b"abc"))
    place = kept.path / "ba" / "78" / ABC_SHA256
    inode = place.stat().st_ino

    assert kept.put(BytesIO(b"abc")) == first
    assert place.stat().st_ino == inode
    assert files(kept.path) == {f"ba/78/{ABC_SHA256}"}


def test_a_content_that_was_changed_is_found_and_never_covered_up(kept):
    kept.put(BytesIO(b"abc"))
    place = kept.path / "ba" / "78" / ABC_SHA256
    place.chmod(0o600)
    place.write_bytes(b"abd")

    assert not kept.verify(ABC_SHA256)
    with pytest.raises(Damaged):
        kept.put(BytesIO(b"abc"))
    assert place.read_bytes() == b"abd"


def test_what_is_not_there_is_said(kept):
    nothing = "0" * 64

    assert not kept.exists(nothing)
    for ask in (kept.open, kept.size, kept.verify):
        with pytest.raises(Missing):
            ask(nothing)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "ba78", ABC_SHA256.upper(), ABC_SHA256 + "\n"]
)
def test_only_a_digest_names_a_content(kept, name):
    with pytest.raises(ValueError, match="64"):
        kept.open(name)


def test_what_was_only_looked_at_is_thrown_away(kept):
    with kept.stage(BytesIO(b"abc")) as staged:
        with staged.open() as file:
            assert file.read() == b"abc"
        assert staged.stored.sha256 == ABC_SHA256
        assert not kept.exists(ABC_SHA256)

    assert files(kept.path) == set()


def test_a_stream_that_breaks_off_leaves_nothing(kept):
    with pytest.raises(ConnectionResetError):
        kept.put(Blocks(3, fails=ConnectionResetError()))

    assert files(kept.path) == set()


def test_two_hundred_megabytes_pass_in_pieces(kept):
    kept.put(BytesIO(b"abc"))  # what is made once is made before measuring
    blocks = Blocks(200)

    tracemalloc.start()
    stored = kept.put(blocks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert stored.size == 200 * MB
    assert blocks.largest == MB
    assert peak < 8 * MB
    assert kept.verify(stored.sha256)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_full_disk_is_said_plainly_and_leaves_nothing(kept, monkeypatch, code, call):
    def full(*_: object) -> None:
        raise OSError(code, "no room")

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "rename": (Path, "rename")}[call], full)

    with pytest.raises(StoreFull):
        kept.put(BytesIO(b"abc"))
    monkeypatch.undo()

    assert files(kept.path) == set()
    assert not kept.exists(ABC_SHA256)


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(kept, monkeypatch):
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)

    with pytest.raises(OSError, match="broken") as fault:
        kept.put(BytesIO(b"abc"))
    assert not isinstance(fault.value, StoreFull)


def test_a_file_larger_than_the_system_allows_is_refused_for_real(tmp_path):
    program = (
        "import resource, signal, sys, pathlib, io\n"
        "from zhifa.store import FolderStore, StoreFull\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "kept = FolderStore(pathlib.Path(sys.argv[1]))\n"
        "try:\n"
        "    kept.put(io.BytesIO(bytes(3_000_000)))\n"
        "except StoreFull:\n"
        "    print('full', list(kept.contents()))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "store")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert answer.stdout == "full []\n"
    assert files(tmp_path / "store") == set()


def _killed_while_receiving(place: Path) -> None:
    """Have another process begin to receive, and kill it."""
    program = (
        "import sys, pathlib\n"
        "from zhifa.store import FolderStore\n"
        "class Slow:\n"
        "    given = 0\n"
        "    def read(self, size):\n"
        "        self.given += 1\n"
        "        if self.given == 3:\n"
        "            print('receiving', flush=True)\n"
        "            sys.exit(sys.stdin.read())\n"
        "        return bytes(size)\n"
        "FolderStore(pathlib.Path(sys.argv[1])).put(Slow())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"receiving\n"
        FolderStore(place)
        assert len(files(place)) == 2  # a start beside it lets it receive
        process.send_signal(signal.SIGKILL)


def test_a_process_killed_while_receiving_leaves_nothing_visible_and_the_next_start_cleans(
    tmp_path,
):
    place = tmp_path / "store"
    FolderStore(place).put(BytesIO(b"abc"))

    _killed_while_receiving(place)

    assert len(files(place)) == 2
    assert list(FolderStore(place).contents()) == [ABC_SHA256]
    assert files(place) == {f"ba/78/{ABC_SHA256}"}


def test_a_url_opens_one_store_an_area(tmp_path):
    url = (tmp_path / "文件 1").as_uri()

    documents, evidence = store.from_url(url, "documents"), store.from_url(url, "evidence")
    evidence.put(BytesIO(b"abc"))

    assert store.from_url(url, "evidence") is evidence
    assert not documents.exists(ABC_SHA256)
    assert files(tmp_path / "文件 1") == {f"evidence/ba/78/{ABC_SHA256}"}


@pytest.mark.parametrize(
    "url", ["", "/srv/files", "file://files", "s3://bucket/prefix", "file:relative"]
)
def test_an_address_that_names_no_store_is_refused(url):
    with pytest.raises(BadStoreUrl):
        store.from_url(url)


def test_names_are_flushed_to_the_disk_from_the_inside_out(kept, monkeypatch):
    flushed: list[Path] = []
    monkeypatch.setattr(folder, "_flush", flushed.append)

    kept.put(BytesIO(b"abc"))

    assert flushed == [kept.path / "ba" / "78", kept.path / "ba", kept.path]
