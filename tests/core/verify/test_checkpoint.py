import json

import pytest
from tests.core.verify import plain
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa_verify import checkpoint, note
from zhifa_verify.checkpoint import BadCheckpoint, Checkpoint, Proof
from zhifa_verify.note import BadNote, Signer
from zhifa_verify.tree import BadProof

SIGNER = Signer.of("example.com/log", bytes(range(32)))
FORMER = Signer.of("example.com/log", bytes(32))
ENTRIES = [b"a", b"b", b"c", b"d", b"e"]
HEAD = Checkpoint("example.com/log", 5, plain.mth(ENTRIES))
PROOF = Proof(2, tuple(plain.path(2, ENTRIES)), HEAD.signed(SIGNER))
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@needs_shared_data
def test_published_tree_texts():
    """golang.org/x/mod's descriptions of a tree are checkpoints; two of these five are wrong."""
    texts = json.loads((SHARED_DATA / "transparency" / "tlog-tree-text.json").read_text())

    for text in (texts[0], texts[1], texts[4]):
        found = checkpoint.parse_text(text)
        assert (found.origin, found.size) == ("go.sum database tree", 123456789012)
        assert found.text() == text
    for text in (texts[2], texts[3]):
        with pytest.raises(BadCheckpoint):
            checkpoint.parse_text(text)


def test_the_example_of_the_specification():
    text = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"

    found = checkpoint.parse_text(text)

    assert (found.origin, found.size, found.extensions) == (
        "example.com/behind-the-sofa", 20852163, (),
    )  # fmt: skip
    assert found.text() == text


def test_extension_lines_are_kept():
    text = f"o\n0\n{ROOT}\nfirst\nsecond\n"

    assert checkpoint.parse_text(text).extensions == ("first", "second")
    assert checkpoint.parse_text(text).text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        f"o\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"o\n01\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n1\n{ROOT[:-4]}\n",
        f"o\n1\n{ROOT[:-1]}\n",
        f"o\n1\n{ROOT}\n\n",
        f"o\n1\n{ROOT}\n\nextension\n",
        f"o\n{10**19}\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint(text):
    with pytest.raises(BadCheckpoint) as refused:
        checkpoint.parse_text(text)

    assert refused.value.code == "checkpoint.format"


def test_the_log_goes_on_under_another_key():
    keys = [SIGNER.verifier, FORMER.verifier]

    assert checkpoint.open_checkpoint(HEAD.signed(SIGNER), keys) == HEAD
    assert checkpoint.open_checkpoint(HEAD.signed(FORMER), keys) == HEAD
    assert checkpoint.open_checkpoint(HEAD.signed(FORMER, SIGNER), keys) == HEAD
    with pytest.raises(BadNote):
        checkpoint.open_checkpoint(HEAD.signed(FORMER), [SIGNER.verifier])


def test_a_checkpoint_of_another_log_is_not_taken_for_this_one():
    """A witness may sign any log's checkpoint; only the log's own signature makes it its own."""
    other = Checkpoint("other.example/log", 5, HEAD.root).signed(SIGNER)

    with pytest.raises(BadCheckpoint) as refused:
        checkpoint.open_checkpoint(other, [SIGNER.verifier])

    assert refused.value.code == "checkpoint.origin"


@pytest.mark.parametrize("extra", [b"", b"anything"])
def test_a_proof_is_written_as_specified_and_holds(extra):
    proof = Proof(PROOF.index, PROOF.hashes, PROOF.checkpoint, extra)
    lines = proof.text().split("\n")

    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1] == ("extra YW55dGhpbmc=" if extra else "index 2")
    assert proof.text().endswith("\n\n" + HEAD.signed(SIGNER))
    assert checkpoint.parse_proof(proof.text()) == proof
    assert proof.verify(b"c", [SIGNER.verifier]) == HEAD


def test_a_tree_of_one_has_an_empty_proof():
    head = Checkpoint("example.com/log", 1, plain.mth([b"a"]))
    text = Proof(0, (), head.signed(SIGNER)).text()

    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log\n1\n")
    assert checkpoint.parse_proof(text).verify(b"a", [SIGNER.verifier]) == head


def test_another_entry_is_not_proved():
    with pytest.raises(BadProof):
        PROOF.verify(b"d", [SIGNER.verifier])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("index 2", "index 02"),
        ("index 2", "index"),
        ("index 2", "leaf 2"),
        ("index 2\n", ""),
        ("\n\n", "\n"),
        ("index 2", "extra !\nindex 2"),
        ("index 2", "extra \nextra \nindex 2"),
        ("index 2\n", "index 2\nAAAA\n"),
    ],
)
def test_what_is_no_proof(old, new):
    with pytest.raises(BadCheckpoint) as refused:
        checkpoint.parse_proof(PROOF.text().replace(old, new))

    assert refused.value.code == "proof.format"


def test_nothing_after_the_header_is_no_proof():
    for text in ("c2sp.org/tlog-proof@v1\n\nrest", "c2sp.org/tlog-proof@v1\nextra YQ==\n\nrest"):
        with pytest.raises(BadCheckpoint):
            checkpoint.parse_proof(text)


def test_a_proof_in_which_the_checkpoint_was_changed():
    changed = Proof(PROOF.index, PROOF.hashes, PROOF.checkpoint.replace("\n5\n", "\n6\n"))

    with pytest.raises(BadNote):
        changed.verify(b"c", [SIGNER.verifier])
    assert note.parse(changed.checkpoint).text != HEAD.text()
