"""One entry of the journal: its header, the digest over it, and the commitment to its content.

The digest is the content of the Merkle leaf, so the log can be public down to its tiles without
showing who did what. docs/journal-format.md has the words and the test vectors.
"""

from dataclasses import asdict, dataclass
from hashlib import sha256

from zhifa_verify.canonical import canonical_json

FORMAT = "zhifa-entry/v1"
FIRST_PREVIOUS = "0" * 64  # what the first entry of a stream follows


@dataclass(frozen=True, slots=True)
class Header:
    """What the digest of an entry is taken of; digests are in hexadecimal."""

    stream: str
    sequence: int  # 1, 2, 3, ... in its stream
    kind: str
    actor: str  # UUID
    at: str  # when it was entered: UTC with microseconds, 2026-07-01T01:02:03.000000Z
    recorded_at: str  # when the database wrote it, the same way
    commitment: str
    previous: str

    def digest(self) -> bytes:
        """Return SHA-256 over the canonical JSON of the header and its format."""
        return sha256(canonical_json({"format": FORMAT, **asdict(self)})).digest()


def commitment(salt: bytes, body: bytes) -> bytes:
    """Return SHA-256 over the salt (32 random bytes) and the body as canonical JSON."""
    return sha256(salt + body).digest()
