"""Opening a package (收件): who signed it, what it says, what it proves; nothing is stored here.

The order is the order of trust: form, signature, digests, content, rules, the log's proof. What a
stranger sends never reaches further than the signature.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from zhifa.portal import proofs, rules
from zhifa.portal.contents import Content, Decision, DocumentReceipt, File, Payload, decode
from zhifa.portal.rules import PackageRefused, Problem, TrustedKeys
from zhifa_verify.canonical import NotCanonical, canonical_json
from zhifa_verify.note import BadNote, Verifier, open_note

FORMAT: Literal["zhifa-publication/1"] = "zhifa-publication/1"
MAX_BYTES = 40 * 1024 * 1024  # a document of 20 MB in base64, and what stands around it
_MAX_NOTE, _MAX_PAYLOAD, _MAX_RECEIPT = 10_000, 4_000_000, 100_000
NOTHING = "-"
_SIGNED_BY = re.compile(r"^— (\S+) ", re.MULTILINE)  # the first signature of a C2SP signed note


class Package(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A package as it travels (公示包): JSON, strictly these fields."""

    format: Literal["zhifa-publication/1"]
    payload: Annotated[str, Meta(max_length=_MAX_PAYLOAD)]  # canonical JSON, as signed
    signature: Annotated[str, Meta(max_length=_MAX_NOTE)]  # a C2SP signed note
    receipt: Annotated[str, Meta(max_length=_MAX_RECEIPT)]  # of the log; empty where none is wanted
    files: Annotated[tuple[File, ...], Meta(max_length=1)]


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that holds: nothing in it is doubted any more."""

    sha256: str
    size: int
    signer: str
    payload: Payload
    payload_sha256: str
    data: Content
    data_json: str
    receipt: str
    proof: proofs.Proof | None
    files: tuple[File, ...]


def signed_text(payload: bytes, receipt: bytes) -> str:
    """Return the text that a publisher signs: what kind of statement, and the digests it covers."""
    proved = sha256(receipt).hexdigest() if receipt else NOTHING
    return f"{FORMAT}\n{sha256(payload).hexdigest()}\n{proved}\n"


def open_package(data: bytes, keys: TrustedKeys) -> Opened:
    """Return what is in a package. Raises PackageRefused with every problem of its layer."""
    package = _decoded(data)
    signer = _signer(package, keys)
    payload = _payload(package.payload)
    content = _content(payload)
    found = [
        *rules.text_problems(msgspec.json.decode(package.payload), ""),
        *rules.problems(payload, content, package.files, has_receipt=bool(package.receipt)),
    ]
    if found:
        raise PackageRefused(found)
    return Opened(
        sha256(data).hexdigest(), len(data), signer, payload,
        sha256(package.payload.encode()).hexdigest(), content, bytes(payload.data).decode(),
        package.receipt, _proof(package.receipt, content, keys.logs), package.files,
    )  # fmt: skip


def reopened(data: bytes) -> Opened:
    """Return what is in a package that was taken in before: its digest vouches for it, it is not judged again.

    Raises PackageRefused for what is no package.
    """
    package = _decoded(data)
    payload = _payload(package.payload)
    signed_by = _SIGNED_BY.search(package.signature)
    return Opened(
        sha256(data).hexdigest(), len(data), signed_by[1] if signed_by else "", payload,
        sha256(package.payload.encode()).hexdigest(), _content(payload), bytes(payload.data).decode(),
        package.receipt, None, package.files,
    )  # fmt: skip


def _decoded(data: bytes) -> Package:
    if len(data) > MAX_BYTES:
        raise PackageRefused([Problem("package.too_large", str(len(data)))])
    try:
        return msgspec.json.decode(data, type=Package)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise PackageRefused([Problem("package.form", _where(fault))]) from fault


def _signer(package: Package, keys: TrustedKeys) -> str:
    verifiers = [Verifier.parse(key) for key in keys.publishers]
    try:
        text, signed_by = open_note(package.signature, verifiers)
    except BadNote as fault:
        raise PackageRefused([Problem("package.signature", fault.code)]) from fault
    if text != signed_text(package.payload.encode(), package.receipt.encode()):
        raise PackageRefused([Problem("package.digest")])
    return signed_by[0].name


def _payload(text: str) -> Payload:
    try:
        payload = msgspec.json.decode(text, type=Payload)
        written_again = canonical_json(msgspec.json.decode(text))
    except (msgspec.DecodeError, NotCanonical, RecursionError) as fault:
        raise PackageRefused([Problem("package.form", _where(fault))]) from fault
    if written_again != text.encode():
        raise PackageRefused([Problem("package.not_canonical")])
    return payload


def _content(payload: Payload) -> Content:
    try:
        return decode(payload.kind, bytes(payload.data))
    except msgspec.DecodeError as fault:
        raise PackageRefused([Problem("package.form", _where(fault))]) from fault


def _proof(receipt: str, content: Content, logs: Sequence[str]) -> proofs.Proof | None:
    """Check that the log proves the document the content names."""
    if not isinstance(content, Decision | DocumentReceipt):
        return None
    try:
        proof = proofs.proved(receipt, logs)
    except proofs.BadReceipt as fault:
        raise PackageRefused([Problem("receipt.invalid", fault.code)]) from fault
    token = content.token if isinstance(content, DocumentReceipt) else proof.token
    named = (content.document_sha256, content.number, token)
    if (proof.document_sha256, proof.number, proof.token) != named:
        raise PackageRefused([Problem("receipt.other_document")])
    return proof


def _where(fault: Exception) -> str:
    """Return the path that is wrong, without the value that stands there."""
    _, _, path = str(fault).rpartition(" - at `$")
    return path.rstrip("`") if path else ""
