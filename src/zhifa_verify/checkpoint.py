"""The signed state of a log (C2SP tlog-checkpoint), and the proof of one entry (C2SP tlog-proof)."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhifa_verify import note
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import Signer, Verifier, decode_base64
from zhifa_verify.tree import HASH_BYTES, leaf_hash, verify_inclusion

_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z")
_PROOF_HEADER = "c2sp.org/tlog-proof@v1"


class BadCheckpoint(NotVerified):
    """Not a checkpoint or not a proof: `code` is checkpoint.format, .origin or proof.format."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states about itself at one size."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "\n".join([self.origin, str(self.size), root, *self.extensions, ""])

    def signed(self, *signers: Signer) -> str:
        """Return the checkpoint as a signed note."""
        return note.sign(self.text(), *signers)


def parse_text(text: str) -> Checkpoint:
    """Return the checkpoint in the text of a note; raises BadCheckpoint("checkpoint.format")."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _DECIMAL.match(lines[1]):
        raise BadCheckpoint("checkpoint.format")
    return Checkpoint(lines[0], int(lines[1]), _hash(lines[2], "checkpoint"), tuple(lines[3:-1]))


def open_checkpoint(text: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Return the checkpoint in a note that the log itself signed.

    verifiers  keys of the log: the present one, and those it signed with before

    Raises BadNote if it is not signed by them, BadCheckpoint if it is none, or if the log in it
    (its origin) bears another name than the key that signed (checkpoint.origin).
    """
    body, signed_by = note.open_note(text, verifiers)
    checkpoint = parse_text(body)
    if checkpoint.origin not in {verifier.name for verifier in signed_by}:
        raise BadCheckpoint("checkpoint.origin")
    return checkpoint


@dataclass(frozen=True, slots=True)
class Proof:
    """That one entry stands in a log: its place, the way up to the root, and the checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str  # a signed note
    extra: bytes = b""  # not covered by any signature

    def text(self) -> str:
        """Return the proof as it is kept in a file."""
        encoded = [base64.b64encode(piece).decode() for piece in self.hashes]
        extra = [f"extra {base64.b64encode(self.extra).decode()}"] if self.extra else []
        lines = [_PROOF_HEADER, *extra, f"index {self.index}", *encoded]
        return "\n".join([*lines, "", self.checkpoint])

    def verify(self, entry: bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
        """Return the checkpoint, after checking that `entry` stands in its tree.

        Raises BadNote, BadCheckpoint or BadProof.
        """
        checkpoint = open_checkpoint(self.checkpoint, verifiers)
        verify_inclusion(
            leaf_hash(entry),
            index=self.index,
            size=checkpoint.size,
            proof=self.hashes,
            root=checkpoint.root,
        )
        return checkpoint


def parse_proof(text: str) -> Proof:
    """Return the proof in a file; raises BadCheckpoint("proof.format")."""
    head, blank, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if header != _PROOF_HEADER or not blank or not lines:
        raise BadCheckpoint("proof.format")
    extra = b""
    try:
        if lines[0].startswith("extra "):
            extra = decode_base64(lines.pop(0).removeprefix("extra "))
    except ValueError as problem:
        raise BadCheckpoint("proof.format") from problem
    word, _, index = lines[0].partition(" ") if lines else ("", "", "")
    if word != "index" or not _DECIMAL.match(index):
        raise BadCheckpoint("proof.format")
    hashes = tuple(_hash(line, "proof") for line in lines[1:])
    return Proof(int(index), hashes, checkpoint, extra)


def _hash(text: str, what: str) -> bytes:
    try:
        data = decode_base64(text)
    except ValueError as problem:
        raise BadCheckpoint(f"{what}.format") from problem
    if len(data) != HASH_BYTES:
        raise BadCheckpoint(f"{what}.format")
    return data
