"""The root of the log, computed anew from the entries themselves (重新计算日志根)."""

from collections.abc import Iterator

from zhifa.config.backup import Root
from zhifa.journal import selectors as journal
from zhifa.law.errors import NotFound
from zhifa_verify import tiles, tree


def recomputed(size: int) -> Root:
    """Return the root over the first `size` entries, or over fewer if there are not so many."""
    pending: list[tuple[int, bytes]] = []  # complete subtrees, larger ones first: (leaves, hash)
    count = 0
    for digest in _digests(size):
        count += 1
        node = (1, tree.leaf_hash(digest))
        while pending and pending[-1][0] == node[0]:
            leaves, left = pending.pop()
            node = (2 * leaves, tree.node_hash(left, node[1]))
        pending.append(node)
    return Root(count, tree.fold(hash_ for _, hash_ in pending).hex())


def _digests(size: int) -> Iterator[bytes]:
    """Yield the digests of the first `size` entries of the log, one query for 256."""
    for start in range(0, size, tiles.WIDTH):
        width = min(tiles.WIDTH, size - start)
        try:
            bundle = journal.entry_bundle(start // tiles.WIDTH, width)
        except NotFound:
            return
        yield from _split(bundle)


def _split(bundle: bytes) -> Iterator[bytes]:
    """Yield the entries of a C2SP entry bundle: each has its length before it, in two bytes."""
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2])
        yield bundle[at + 2 : at + 2 + length]
        at += 2 + length
