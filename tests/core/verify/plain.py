"""RFC 6962 section 2.1 word for word, and slow: what the clever code is compared with.

Nothing here is shared with `zhifa_verify`.
"""

import hashlib


def mth(entries):
    """The Merkle Tree Hash of a list of entries."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m, entries):
    """PATH(m, D[n]), section 2.1.1."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m, entries):
    """PROOF(m, D[n]), section 2.1.2."""
    return subproof(m, entries, True)


def subproof(m, entries, known):
    if m == len(entries):
        return [] if known else [mth(entries)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], known), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]


def root_from_path(index, size, leaf_hash, hashes):
    """The root that a proof leads to, walking down from the top as PATH is defined."""
    if size == 1:
        assert hashes == []
        return leaf_hash
    *lower, last = hashes
    k = split(size)
    if index < k:
        left, right = root_from_path(index, k, leaf_hash, lower), last
    else:
        left, right = last, root_from_path(index - k, size - k, leaf_hash, lower)
    return hashlib.sha256(b"\x01" + left + right).digest()


def tile(entries, level, index):
    """The tile of C2SP tlog-tiles by its formal definition: MTHs of whole spans of entries."""
    span = 256**level
    starts = [(index * 256 + i) * span for i in range(256)]
    return b"".join(
        mth(entries[start : start + span]) for start in starts if start + span <= len(entries)
    )
