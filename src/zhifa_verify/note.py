"""Signed notes (C2SP signed-note): text with Ed25519 signatures under it, each by a named key."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhifa_verify.errors import NotVerified

_ED25519 = 1
_KEY_BYTES, _ID_BYTES = 32, 4
_MAX_SIGNATURES, _MAX_BYTES = 100, 1_000_000
_SIGNATURE_LINE = re.compile(r"— ([^ \n]+) ([A-Za-z0-9+/=]+)\Z")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadKey(ValueError):
    """A text is no key: `code` is key.format, .name, .algorithm or .id."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadNote(NotVerified):
    """A note that must not be believed: `code` is note.format, .unsigned or .signature."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key by which a note is believed."""

    name: str
    key_id: bytes
    key: bytes

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Return the key in a text `<name>+<id>+<base64>`; raises BadKey."""
        name, key_id, encoded = _split_key(text.strip(), parts=3)
        return cls(name, key_id, _public(name, key_id, encoded))

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encode(bytes([_ED25519]) + self.key)}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Return whether `signature` was made with this key over `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and the public one that belongs to it."""

    seed: bytes
    verifier: Verifier

    @classmethod
    def of(cls, name: str, seed: bytes) -> "Signer":
        """Return the signer of `name` with a seed of 32 random bytes; raises BadKey."""
        if not _is_name(name):
            raise BadKey("key.name")
        if len(seed) != _KEY_BYTES:
            raise BadKey("key.format")
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return cls(seed, Verifier(name, _key_id(name, public), public))

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Return the key in a text `PRIVATE+KEY+<name>+<id>+<base64>`; raises BadKey."""
        prefix, _, rest = text.strip().partition("PRIVATE+KEY+")
        if prefix or not rest:
            raise BadKey("key.format")
        name, key_id, encoded = _split_key(rest, parts=3)
        signer = cls.of(name, _algorithm_checked(encoded))
        if signer.verifier.key_id != key_id:
            raise BadKey("key.id")
        return signer

    def __repr__(self) -> str:  # a seed never shows in a log
        return f"Signer({self.verifier})"

    def text(self) -> str:
        """Return the key as it is kept in a file."""
        name, key_id = self.verifier.name, self.verifier.key_id.hex()
        return f"PRIVATE+KEY+{name}+{key_id}+{_encode(bytes([_ED25519]) + self.seed)}"

    def line(self, text: str) -> str:
        """Return the signature line over `text`."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"— {self.verifier.name} {_encode(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart; nothing in it is believed yet."""

    text: str
    signatures: tuple[Signature, ...]


def sign(text: str, *signers: Signer, others: str = "") -> str:
    """Return `text` as a note signed by each signer.

    others  signature lines that stand under the text already, kept in front

    Raises BadNote if the text cannot be a note's: empty, without a newline at its end, or with
    control characters.
    """
    if not text.endswith("\n") or not _is_text(text):
        raise BadNote("note.format")
    return f"{text}\n{others}" + "".join(signer.line(text) for signer in signers)


def parse(note: str) -> Note:
    """Return the parts of a note; raises BadNote("note.format")."""
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n") or not _is_text(note):
        raise BadNote("note.format")
    lines = block[:-1].split("\n")
    if len(lines) > _MAX_SIGNATURES:
        raise BadNote("note.format")
    return Note(f"{text}\n", tuple(_signature(line) for line in lines))


def open_note(note: str, verifiers: Sequence[Verifier]) -> tuple[str, tuple[Verifier, ...]]:
    """Return the text of a note and the known keys that signed it.

    Signatures of keys that are not known are ignored, so that witnesses may sign too. Raises
    BadNote: note.format, note.signature if a known key's signature is false, note.unsigned
    if no known key signed at all.
    """
    parsed = parse(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed: dict[Verifier, None] = {}
    for line in parsed.signatures:
        verifier = known.get((line.name, line.key_id))
        if verifier is None or verifier in signed:
            continue
        if not verifier.verifies(parsed.text, line.signature):
            raise BadNote("note.signature")
        signed[verifier] = None
    if not signed:
        raise BadNote("note.unsigned")
    return parsed.text, tuple(signed)


def decode_base64(text: str) -> bytes:
    """Return the bytes of canonical, padded base64; raises ValueError for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError("not base64") from problem
    if _encode(data) != text:
        raise ValueError("not the only way to write these bytes")
    return data


def _signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.match(line)
    if not match or not _is_name(match[1]):
        raise BadNote("note.format")
    try:
        data = decode_base64(match[2])
    except ValueError as problem:
        raise BadNote("note.format") from problem
    if len(data) <= _ID_BYTES:
        raise BadNote("note.format")
    return Signature(match[1], data[:_ID_BYTES], data[_ID_BYTES:])


def _split_key(text: str, *, parts: int) -> tuple[str, bytes, bytes]:
    """Return name, key id and encoded key; the base64 at the end may hold plus signs itself."""
    pieces = text.split("+", parts - 1)
    if len(pieces) != parts or not re.fullmatch("[0-9a-f]{8}", pieces[1]):
        raise BadKey("key.format")
    if not _is_name(pieces[0]):
        raise BadKey("key.name")
    try:
        return pieces[0], bytes.fromhex(pieces[1]), decode_base64(pieces[2])
    except ValueError as problem:
        raise BadKey("key.format") from problem


def _algorithm_checked(encoded: bytes) -> bytes:
    if encoded[:1] != bytes([_ED25519]):
        raise BadKey("key.algorithm")
    return encoded[1:]


def _public(name: str, key_id: bytes, encoded: bytes) -> bytes:
    key = _algorithm_checked(encoded)
    if len(key) != _KEY_BYTES:
        raise BadKey("key.format")
    if _key_id(name, key) != key_id:
        raise BadKey("key.id")
    return key


def _key_id(name: str, key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([_ED25519]) + key).digest()[:_ID_BYTES]


def _is_text(text: str) -> bool:
    """Whether it is UTF-8 of a sensible length without control characters but the newline."""
    try:
        return len(text.encode()) <= _MAX_BYTES and not _CONTROL.search(text)
    except UnicodeEncodeError:
        return False


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()
