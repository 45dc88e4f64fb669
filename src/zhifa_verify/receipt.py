"""A receipt (zhifa-receipt/v1, 回执): that one entry stands in the log, checked without us.

The content of the entry may be withheld; then only its commitment is shown, and a document that the
content names cannot be proved by it.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

from zhifa_verify import entry
from zhifa_verify.canonical import NotCanonical, canonical_json
from zhifa_verify.checkpoint import Checkpoint, Proof
from zhifa_verify.entry import Header
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import Verifier, decode_base64
from zhifa_verify.tree import HASH_BYTES

FORMAT = "zhifa-receipt/v1"
_HEX_DIGITS = 64  # 32 bytes: a digest or a salt


class BadReceipt(NotVerified):
    """`code`: receipt.format, .digest, .content, .withheld or .document_differs."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, and the salt that its commitment needs."""

    body: object  # JSON without floats
    salt: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry, its place in the log, and the checkpoint that covers it."""

    header: Header
    digest: bytes
    proof: Proof
    content: Content | None = None  # None: withheld, or erased
    document_sha256: str = ""  # hex; empty if the receipt is not about a document

    def verify(self, verifiers: Sequence[Verifier]) -> Checkpoint:
        """Return the checkpoint that covers the entry, after checking everything but a document.

        verifiers  keys of the log, present and former

        Raises NotVerified: BadReceipt, BadNote, BadCheckpoint or BadProof.
        """
        try:
            digest = self.header.digest()
        except NotCanonical as problem:
            raise BadReceipt("receipt.format") from problem
        if digest != self.digest:
            raise BadReceipt("receipt.digest")
        if self.content:
            self._check_content(self.content)
        if self.document_sha256:
            self._check_named(self.document_sha256)
        return self.proof.verify(self.digest, verifiers)

    def verify_document(self, document: bytes) -> None:
        """Check that the entry names exactly this file; call `verify` as well.

        Raises BadReceipt: receipt.withheld or .document_differs.
        """
        digest = sha256(document).hexdigest()
        if self.document_sha256 and digest != self.document_sha256:
            raise BadReceipt("receipt.document_differs")
        self._check_named(digest)

    def names(self, digest: str) -> bool:
        """Return whether the content is shown and has this digest in a member called `sha256`."""
        return self.content is not None and digest in _named_digests(self.content.body)

    def to_bytes(self) -> bytes:
        """Return the receipt as a file: JSON, readable."""
        value: dict[str, object] = {
            "format": FORMAT,
            "header": {"format": entry.FORMAT, **asdict(self.header)},
            "digest": self.digest.hex(),
        }
        if self.content:
            value |= {"body": self.content.body, "salt": self.content.salt.hex()}
        if self.document_sha256:
            value["document"] = {"sha256": self.document_sha256}
        value["inclusion"] = {
            "index": self.proof.index,
            "hashes": [base64.b64encode(piece).decode() for piece in self.proof.hashes],
        }
        value["checkpoint"] = self.proof.checkpoint
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

    def _check_content(self, content: Content) -> None:
        try:
            body = canonical_json(content.body)
        except NotCanonical as problem:
            raise BadReceipt("receipt.format") from problem
        if entry.commitment(content.salt, body).hex() != self.header.commitment:
            raise BadReceipt("receipt.content")

    def _check_named(self, digest: str) -> None:
        if self.content is None:
            raise BadReceipt("receipt.withheld")
        if not self.names(digest):
            raise BadReceipt("receipt.document_differs")


def parse(data: bytes) -> Receipt:
    """Return the receipt in a file; nothing in it is believed yet.

    Raises BadReceipt("receipt.format").
    """
    return from_json(load_json(data))


def load_json(data: bytes) -> object:
    """Return JSON as the receipt allows it: no floats, no name twice.

    Raises BadReceipt("receipt.format").
    """
    try:
        return json.loads(
            data.decode(), parse_float=_refused, parse_constant=_refused, object_pairs_hook=_object
        )
    except (ValueError, RecursionError) as problem:
        raise BadReceipt("receipt.format") from problem


def from_json(value: object) -> Receipt:
    """Return the receipt in JSON that was loaded by `load_json`; raises BadReceipt."""
    try:
        return _receipt(_mapping(value))
    except (KeyError, ValueError) as problem:
        raise BadReceipt("receipt.format") from problem


def _receipt(value: Mapping[str, object]) -> Receipt:
    known = {"format", "header", "digest", "body", "salt", "document", "inclusion", "checkpoint"}
    if (
        value["format"] != FORMAT
        or not set(value) <= known
        or ("body" in value) != ("salt" in value)
    ):
        raise ValueError("not a receipt of this format")
    inclusion = _mapping(value["inclusion"])
    hashes = tuple(_hash(piece) for piece in _list(inclusion["hashes"]))
    content = None
    if "body" in value:
        content = Content(value["body"], bytes.fromhex(_hex(value["salt"])))
    return Receipt(
        header=_header(_mapping(value["header"])),
        digest=bytes.fromhex(_hex(value["digest"])),
        proof=Proof(_number(inclusion["index"]), hashes, _text(value["checkpoint"])),
        content=content,
        document_sha256=_hex(_mapping(value["document"])["sha256"]) if "document" in value else "",
    )


def _header(value: Mapping[str, object]) -> Header:
    names = {field.name for field in fields(Header)}
    if value["format"] != entry.FORMAT or set(value) != names | {"format"}:
        raise ValueError("not a header of this format")
    texts = {name: _text(value[name]) for name in names - {"sequence"}}
    return Header(sequence=_number(value["sequence"]), **texts)


def _named_digests(value: object) -> Iterator[str]:
    """Yield what stands in members called `sha256`, however deep."""
    match value:
        case Mapping():
            for name, item in value.items():
                if name == "sha256" and isinstance(item, str):
                    yield item
                yield from _named_digests(item)
        case list():
            for item in value:
                yield from _named_digests(item)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refused(text: str) -> object:
    raise ValueError(f"no such number here: {text}")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a number")
    return value


def _hash(value: object) -> bytes:
    piece = decode_base64(_text(value))
    if len(piece) != HASH_BYTES:
        raise ValueError("not a hash")
    return piece


def _hex(value: object) -> str:
    text = _text(value)
    if len(text) != _HEX_DIGITS or text.strip("0123456789abcdef"):
        raise ValueError("not a digest in lower-case hexadecimal")
    return text
