"""What the log's receipt of a document proves (日志证明), checked at intake and shown on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhifa_verify import receipt
from zhifa_verify.checkpoint import Checkpoint, parse_text
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import Verifier, parse
from zhifa_verify.receipt import Receipt

_SEALED = "document.sealed"  # the only kind of entry that a document can be proved by


class BadReceipt(Exception):
    """The log does not prove the document; `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Proof:
    """One entry's place in the log, as people read it; digests are hexadecimal."""

    document_sha256: str
    number: str  # of the document, as the entry says
    token: str
    entry_digest: str
    leaf_number: int  # counted from one
    path: tuple[str, ...]
    origin: str
    tree_size: int
    root: str
    checkpoint: str  # a signed note


def proved(text: str, logs: Sequence[str]) -> Proof:
    """Return what the receipt proves, after checking all of it against the log's keys.

    Raises BadReceipt.
    """
    verifiers = [Verifier.parse(key) for key in logs]
    try:
        read = receipt.parse(text.encode())
        checkpoint = read.verify(verifiers)
    except NotVerified as fault:
        raise BadReceipt(fault.code) from fault
    return _proof(read, checkpoint)


def shown(text: str) -> Proof:
    """Return what a receipt that was checked at intake says, to be shown."""
    read = receipt.parse(text.encode())
    return _proof(read, parse_text(parse(read.proof.checkpoint).text))


def _proof(read: Receipt, checkpoint: Checkpoint) -> Proof:
    body = read.content.body if read.content else None
    if read.header.kind != _SEALED or not isinstance(body, dict):
        raise BadReceipt("receipt.not_a_sealed_document")
    return Proof(
        str(body.get("sha256", "")), str(body.get("number", "")), str(body.get("token", "")),
        read.digest.hex(), read.proof.index + 1,
        tuple(piece.hex() for piece in read.proof.hashes),
        checkpoint.origin, checkpoint.size, checkpoint.root.hex(),
        read.proof.checkpoint,
    )  # fmt: skip
