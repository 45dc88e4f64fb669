"""The Merkle tree of RFC 6962: hashes, proofs, and how they are checked.

A node is named by its level and its place in that level, counted from zero at the left: node (3, 2)
stands over the leaves 16 to 23. Only complete nodes have names; the ragged right edge is put
together from them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from zhifa_verify.errors import NotVerified

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32

Node = tuple[int, int]
Read = Callable[[Sequence[Node]], Sequence[bytes]]  # the hashes of nodes, in the order asked for


class BadProof(NotVerified):
    """The proof does not show what it is said to show."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf that holds `data` (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two others."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Iterable[bytes]) -> bytes:
    """Return the hash over complete subtrees that shrink from left to right."""
    result = b""
    for piece in reversed(list(hashes)):
        result = node_hash(piece, result) if result else piece
    return result or EMPTY_ROOT


def complete_root(hashes: bytes) -> bytes:
    """Return the hash over a power of two of hashes, given end to end."""
    while len(hashes) > HASH_BYTES:
        hashes = b"".join(
            [
                sha256(b"\x01" + hashes[at : at + 2 * HASH_BYTES]).digest()
                for at in range(0, len(hashes), 2 * HASH_BYTES)
            ]
        )
    return hashes


def complete_nodes(start: int, end: int) -> list[Node]:
    """Return the complete nodes, the largest first, that stand over the leaves start to end - 1.

    `start` lies where RFC 6962 splits: at zero, or at a multiple of a power of two not
    smaller than the number of leaves.
    """
    nodes = []
    for level in reversed(range((end - start).bit_length())):
        if (end - start) >> level & 1:
            nodes.append((level, start >> level))
            start += 1 << level
    return nodes


@dataclass(slots=True)
class CompactRange:
    """A tree that grows, and remembers only the complete nodes at its edge."""

    size: int = 0
    edge: list[bytes] = field(default_factory=list)  # the largest subtree first

    def append(self, leaf: bytes) -> None:
        """Add the hash of a leaf."""
        merges = (~self.size & self.size + 1).bit_length() - 1  # ones at the end of the size
        for _ in range(merges):
            leaf = node_hash(self.edge.pop(), leaf)
        self.edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        return fold(self.edge)


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """Return the proof that leaf `index` stands in the tree of `size` leaves (section 2.1.1).

    Raises BadProof("inclusion.out_of_range") if there is no such leaf.
    """
    if not 0 <= index < size:
        raise BadProof("inclusion.out_of_range")
    spans = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return _hashes(reversed(spans), read)


def consistency_proof(first: int, second: int, read: Read) -> list[bytes]:
    """Return the proof that the tree of `second` leaves extends that of `first` (section 2.1.2).

    Raises BadProof("consistency.out_of_range") unless 0 < first <= second.
    """
    if not 0 < first <= second:
        raise BadProof("consistency.out_of_range")
    spans = []
    start, end = 0, second
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    if start:  # the old root itself is known to whoever checks
        spans.append((start, end))
    return _hashes(reversed(spans), read)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that the hash `leaf` stands at `index` of the tree with `root` (RFC 9162 2.1.3.2).

    Raises BadProof with the code inclusion.out_of_range, .length or .mismatch.
    """
    if not 0 <= index < size:
        raise BadProof("inclusion.out_of_range")
    if not _are_hashes(leaf, root, *proof):
        raise BadProof("inclusion.mismatch")
    node, last, result = index, size - 1, leaf
    for piece in proof:
        if last == 0:
            raise BadProof("inclusion.length")
        if node & 1 or node == last:
            result = node_hash(piece, result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, piece)
        node, last = node >> 1, last >> 1
    if last:
        raise BadProof("inclusion.length")
    if result != root:
        raise BadProof("inclusion.mismatch")


def verify_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of `second` leaves extends that of `first` (RFC 9162 2.1.4.2).

    Raises BadProof with the code consistency.out_of_range, .length or .mismatch.
    """
    if not 0 < first <= second:
        raise BadProof("consistency.out_of_range")
    if not _are_hashes(first_root, second_root, *proof):
        raise BadProof("consistency.mismatch")
    if first == second:
        if proof:
            raise BadProof("consistency.length")
        if first_root != second_root:
            raise BadProof("consistency.mismatch")
        return
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    # A first tree that is complete is a node of the second, and its root is not repeated.
    pieces = list(proof) if node else [first_root, *proof]
    if not pieces:
        raise BadProof("consistency.length")
    old = new = pieces[0]
    for piece in pieces[1:]:
        if last == 0:
            raise BadProof("consistency.length")
        if node & 1 or node == last:
            old, new = node_hash(piece, old), node_hash(piece, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, piece)
        node, last = node >> 1, last >> 1
    if last:
        raise BadProof("consistency.length")
    if old != first_root or new != second_root:
        raise BadProof("consistency.mismatch")


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size` (RFC 6962 section 2.1)."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(*pieces: bytes) -> bool:
    return all(len(piece) == HASH_BYTES for piece in pieces)


def _hashes(spans: Iterable[tuple[int, int]], read: Read) -> list[bytes]:
    """Return the hash over each span of leaves, asking for all nodes at once."""
    groups = [complete_nodes(start, end) for start, end in spans]
    found = iter(read([node for group in groups for node in group]))
    return [fold([next(found) for _ in group]) for group in groups]
