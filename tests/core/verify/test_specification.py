"""docs/journal-format.md by its test vectors, first by hand and then by the verifier."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from tests.core.verify import plain
from tests.core.verify.made import written

from zhifa_verify import checkpoint, receipt, tree
from zhifa_verify.cli import main
from zhifa_verify.entry import Header
from zhifa_verify.note import Signer, Verifier

DOCS = Path(__file__).parents[3] / "docs"
VECTORS = json.loads((DOCS / "journal-format.vectors.json").read_text())
DIGESTS = [bytes.fromhex(entry["digest"]) for entry in VECTORS["entries"]]
KEYS = [Verifier.parse(VECTORS["key"])]


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).hexdigest()


@pytest.mark.parametrize("vector", VECTORS["entries"], ids=lambda vector: vector["digest"][:8])
def test_an_entry(vector):
    assert sha256(bytes.fromhex(vector["salt"]), vector["body"].encode()) == vector["commitment"]
    assert sha256(vector["header"].encode()) == vector["digest"]
    assert sha256(b"\x00", bytes.fromhex(vector["digest"])) == vector["leaf_hash"]
    header = json.loads(vector["header"])
    assert header.pop("format") == "zhifa-entry/v1"
    assert header["commitment"] == vector["commitment"]
    assert Header(**header).digest().hex() == vector["digest"]


def test_a_chain():
    headers = [json.loads(entry["header"]) for entry in VECTORS["entries"]]

    assert [header["previous"] for header in headers] == ["0" * 64, "0" * 64, DIGESTS[0].hex()]
    assert [header["sequence"] for header in headers] == [1, 1, 2]


def test_the_tree_and_its_proofs():
    assert [plain.mth(DIGESTS[:size]).hex() for size in range(4)] == VECTORS["roots"]
    for index, hashes in enumerate(VECTORS["inclusion"]):
        pieces = [base64.b64decode(piece) for piece in hashes]
        assert plain.path(index, DIGESTS) == pieces
        tree.verify_inclusion(
            tree.leaf_hash(DIGESTS[index]), index=index, size=3, proof=pieces,
            root=bytes.fromhex(VECTORS["roots"][3]),
        )  # fmt: skip
    consistency = [base64.b64decode(piece) for piece in VECTORS["consistency"]["hashes"]]
    assert plain.proof(VECTORS["consistency"]["first"], DIGESTS) == consistency


def test_what_is_served():
    assert VECTORS["tile"] == {"path": "tile/0/000.p/3", "hex": plain.tile(DIGESTS, 0, 0).hex()}
    bundle = b"".join(b"\x00\x20" + digest for digest in DIGESTS)
    assert VECTORS["entry_bundle"] == {"path": "tile/entries/000.p/3", "hex": bundle.hex()}
    signer = Signer.parse(VECTORS["private_key"])
    root = bytes.fromhex(VECTORS["roots"][3])
    assert checkpoint.Checkpoint(KEYS[0].name, 3, root).signed(signer) == VECTORS["checkpoint"]
    proof = checkpoint.parse_proof(VECTORS["tlog_proof"])
    assert proof.verify(DIGESTS[1], KEYS).size == 3


def test_the_receipts():
    for name in ("receipt", "receipt_without_content"):
        read = receipt.parse(VECTORS[name].encode())
        assert read.to_bytes().decode() == VECTORS[name]
        assert read.verify(KEYS).size == 3
    receipt.parse(VECTORS["receipt"].encode()).verify_document(VECTORS["document"].encode())


def test_the_example_of_a_publication_package(tmp_path, capsys):
    """docs/publication-package.md section 6 names the keys."""
    specification = (DOCS / "publication-package.md").read_text()
    words = [line.split() for line in specification.splitlines()]
    keys = {
        line[0]: line[1] for line in words if len(line) == 2 and line[0] in {"publisher", "log"}
    }
    arguments = ["--key", keys["publisher"], "--key", keys["log"]]

    assert main([str(DOCS / "publication-package.example.json"), *arguments]) == 0
    data = (DOCS / "publication-package.example.json").read_bytes()
    changed = written(tmp_path / "changed.json", data.replace("罚款".encode(), "警告".encode(), 1))
    assert main([str(changed), *arguments]) == 1
    assert "与签名不符" in capsys.readouterr().err
