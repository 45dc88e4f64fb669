"""A small log, a receipt and a package made from them, for the tests."""

import base64
import hashlib
import json

from tests.core.verify import plain

from zhifa_verify.canonical import canonical_json
from zhifa_verify.checkpoint import Checkpoint, Proof
from zhifa_verify.entry import FIRST_PREVIOUS, Header, commitment
from zhifa_verify.note import Signer, sign
from zhifa_verify.receipt import Content, Receipt

LOG = Signer.of("zhifa.example/log", bytes(range(32)))
PUBLISHER = Signer.of("zhifa.example/publisher", bytes(reversed(range(32))))
PDF, REDACTED = b"%PDF-1.7 sealed", b"%PDF-1.7 redacted"
SHA256, REDACTED_SHA256 = (hashlib.sha256(data).hexdigest() for data in (PDF, REDACTED))
BODY = {"number": "示例〔2026〕1号", "pages": 2, "files": [{"sha256": SHA256, "name": None}]}


def receipt(*, body=BODY, shown=True, document=""):
    """Return a receipt of the third entry of a log of five."""
    salt = hashlib.sha256(b"salt").digest()
    header = Header(
        stream="document:11111111-1111-4111-8111-111111111111",
        sequence=1,
        kind="document.sealed",
        actor="00000000-0000-0000-0000-000000000000",
        at="2026-07-01T01:02:03.000000Z",
        recorded_at="2026-07-01T01:02:03.456789Z",
        commitment=commitment(salt, canonical_json(body)).hex(),
        previous=FIRST_PREVIOUS,
    )
    entries = [b"1", b"2", header.digest(), b"4", b"5"]
    head = Checkpoint("zhifa.example/log", 5, plain.mth(entries))
    proof = Proof(2, tuple(plain.path(2, entries)), head.signed(LOG))
    return Receipt(header, header.digest(), proof, Content(body, salt) if shown else None, document)


def package(*, proof=None, data=None, files=(REDACTED,), signer=PUBLISHER):
    """Return a package about the document, as `docs/publication-package.md` has it."""
    proof = receipt().to_bytes() if proof is None else proof
    data = {
        "document_sha256": SHA256,
        "file": {"name": "a.pdf", "sha256": REDACTED_SHA256, "size": len(REDACTED)},
    } if data is None else data  # fmt: skip
    payload = canonical_json(
        {"kind": "decision", "key": "示例〔2026〕1号", "sequence": 1,
         "published_at": "2026-07-02T00:00:00Z", "data": data}
    )  # fmt: skip
    proved = hashlib.sha256(proof).hexdigest() if proof else "-"
    digest = hashlib.sha256(payload).hexdigest()
    return {
        "format": "zhifa-publication/1",
        "payload": payload.decode(),
        "signature": sign(f"zhifa-publication/1\n{digest}\n{proved}\n", signer),
        "receipt": proof.decode(),
        "files": [{"name": "a.pdf", "content": base64.b64encode(file).decode()} for file in files],
    }


def written(path, value):
    """Write bytes, or a value as JSON, and return the path."""
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return path
