"""A publication package (zhifa-publication/1, 公示包): who published it, and what proves it.

docs/publication-package.md specifies the format. What a reader wants to know is checked here; whether
a package may be published at all is for the portal to judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from zhifa_verify import receipt
from zhifa_verify.canonical import NotCanonical, canonical_json
from zhifa_verify.checkpoint import Checkpoint
from zhifa_verify.errors import NotVerified
from zhifa_verify.note import Verifier, decode_base64, open_note
from zhifa_verify.receipt import Receipt

FORMAT = "zhifa-publication/1"
_NO_RECEIPT = "-"


class BadPackage(NotVerified):
    """`code`: package.format, .digest, .files, .receipt_of_other or .document_differs."""


@dataclass(frozen=True, slots=True)
class Package:
    """One published record as it travels; nothing in it is believed yet."""

    payload: bytes  # canonical JSON, as it was signed
    signature: str  # a signed note
    receipt: bytes  # empty where none is wanted
    kind: str
    key: str
    published_at: str
    document_sha256: str  # of the sealed original; empty if the package is not about a document
    named_file: str  # sha256 of the file the payload names, or empty
    files: tuple[bytes, ...]

    def verify(self, verifiers: Sequence[Verifier]) -> "Verified":
        """Return who published it and what its receipt proves, after checking all of it.

        verifiers  keys of the publisher and of the log, present and former

        Raises NotVerified.
        """
        text, signed_by = open_note(self.signature, verifiers)
        proved = sha256(self.receipt).hexdigest() if self.receipt else _NO_RECEIPT
        if text != f"{FORMAT}\n{sha256(self.payload).hexdigest()}\n{proved}\n":
            raise BadPackage("package.digest")
        if [sha256(file).hexdigest() for file in self.files] != list(
            filter(None, [self.named_file])
        ):
            raise BadPackage("package.files")
        if not self.receipt:
            return Verified(signed_by[0].name, None, None)
        read = receipt.parse(self.receipt)
        checkpoint = read.verify(verifiers)
        if not self.document_sha256 or not read.names(self.document_sha256):
            raise BadPackage("package.receipt_of_other")
        return Verified(signed_by[0].name, read, checkpoint)

    def verify_document(self, document: bytes) -> bool:
        """Return whether a file is the sealed original (True) or the published version (False).

        Raises BadPackage("package.document_differs") if it is neither; call `verify` as well.
        """
        digest = sha256(document).hexdigest()
        if digest not in {self.document_sha256, self.named_file}:
            raise BadPackage("package.document_differs")
        return digest == self.document_sha256


@dataclass(frozen=True, slots=True)
class Verified:
    """What was shown of a package."""

    publisher: str
    receipt: Receipt | None
    checkpoint: Checkpoint | None


def from_json(value: object) -> Package:
    """Return the package in JSON that was loaded by `receipt.load_json`; raises BadPackage."""
    try:
        return _package(value)
    except (KeyError, TypeError, ValueError, NotVerified) as problem:
        raise BadPackage("package.format") from problem


def _package(value: object) -> Package:
    match value:
        case {
            "format": "zhifa-publication/1",
            "payload": str(text),
            "signature": str(signature),
            "receipt": str(proof),
            "files": list(files),
            **others,
        } if not others:
            payload = text.encode()
            contents = tuple(decode_base64(file["content"]) for file in files)
            return _with_payload(payload, signature, proof.encode(), contents)
    raise ValueError("not a package of this format")


def _with_payload(
    payload: bytes, signature: str, proof: bytes, files: tuple[bytes, ...]
) -> Package:
    match receipt.load_json(payload):
        case {
            "kind": str(kind),
            "key": str(key),
            "published_at": str(published_at),
            "data": {**data},
        } as value:
            if canonical_json(value) != payload:
                raise NotCanonical("there is one way to write a payload")
            return Package(
                payload, signature, proof, kind, key, published_at,
                _text(data, "document_sha256"), _named_file(data), files,
            )  # fmt: skip
    raise ValueError("not a payload")


def _named_file(data: Mapping[object, object]) -> str:
    file = data.get("file")
    return _text(file, "sha256") if isinstance(file, dict) else ""


def _text(value: Mapping[object, object], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""
