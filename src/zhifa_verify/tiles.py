"""The tree cut into tiles of 256 hashes (C2SP tlog-tiles): how they are named, grow and are read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhifa_verify.tree import HASH_BYTES, Node, complete_root, fold

WIDTH = 256
_LEVEL_BITS = 8
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-5]?[0-9]|6[0-3])/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?\Z"
)

Key = tuple[int, int]  # level and index of a tile
Load = Callable[[Collection[Key]], Mapping[Key, bytes]]


class BadTile(Exception):
    """A tile is missing, or too narrow for the tree it is said to belong to."""


def path(level: int, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile: tile/0/x001/234/067, or tile/0/000.p/5 if it is not full."""
    return f"tile/{level}/{_place(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Return the path of the bundle of entries under a level 0 tile."""
    return f"tile/entries/{_place(index, width)}"


def parse_path(text: str) -> tuple[int | None, int, int]:
    """Return level (None for a bundle of entries), index and width; raises ValueError."""
    match = _PATH.match(text)
    if not match:
        raise ValueError("not the path of a tile")
    level = None if match["level"] == "entries" else int(match["level"])
    index = int(match["index"].replace("/", "").replace("x", ""))
    width = int(match["width"] or WIDTH)
    canonical = entries_path(index, width) if level is None else path(level, index, width)
    if text != canonical:
        raise ValueError("not the only way to write this path")
    return level, index, width


def width_at(level: int, index: int, size: int) -> int:
    """Return how many hashes tile `index` of `level` holds in a tree of `size` leaves; 0: none."""
    return max(0, min(WIDTH, (size >> _LEVEL_BITS * level) - index * WIDTH))


def edge_keys(size: int) -> list[Key]:
    """Return the partial tiles at the right edge of a tree, the lowest level first."""
    levels = range(size.bit_length() // _LEVEL_BITS + 1)
    counts = [(level, size >> _LEVEL_BITS * level) for level in levels]
    return [(level, count // WIDTH) for level, count in counts if count % WIDTH]


def entry_bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as they are served: each with its length before it, two bytes, big-endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


@dataclass(frozen=True, slots=True)
class Extension:
    """What a tree became: its size and root, and every tile that is new or has grown."""

    size: int
    root: bytes
    tiles: dict[Key, bytes]


def extend(size: int, leaves: Sequence[bytes], edge: Mapping[Key, bytes]) -> Extension:
    """Return the tree of `size` leaves extended by the hashes of new `leaves`.

    edge  the partial tiles of the tree as it was, by `edge_keys`

    Raises BadTile if they are not exactly that.
    """
    if {key: len(hashes) for key, hashes in edge.items()} != {
        (level, index): width_at(level, index, size) * HASH_BYTES
        for level, index in edge_keys(size)
    }:
        raise BadTile("the edge does not fit the size")
    tiles: dict[Key, bytes] = {}
    level, hashes = 0, b"".join(leaves)
    while hashes:
        index = (size >> _LEVEL_BITS * level) // WIDTH
        hashes = edge.get((level, index), b"") + hashes
        above = []
        for at in range(0, len(hashes), WIDTH * HASH_BYTES):
            tile = hashes[at : at + WIDTH * HASH_BYTES]
            tiles[level, index] = tile
            if len(tile) == WIDTH * HASH_BYTES:
                above.append(complete_root(tile))
            index += 1
        level, hashes = level + 1, b"".join(above)
    total = size + len(leaves)
    return Extension(total, root(total, {**edge, **tiles}), tiles)


def root(size: int, tiles: Mapping[Key, bytes]) -> bytes:
    """Return the root of a tree of `size` leaves from the tiles at its edge."""
    pieces = []
    for level, index in reversed(edge_keys(size)):
        hashes, at = tiles[level, index], 0
        width = width_at(level, index, size)
        for bit in reversed(range(_LEVEL_BITS)):
            if width >> bit & 1:
                end = at + (HASH_BYTES << bit)
                pieces.append(complete_root(hashes[at:end]))
                at = end
    return fold(pieces)


def reader(load: Load) -> Callable[[Sequence[Node]], list[bytes]]:
    """Return a function that reads nodes out of tiles, calling `load` once for all of them.

    Raises BadTile when a tile is missing or too narrow.
    """

    def read(nodes: Sequence[Node]) -> list[bytes]:
        places = [_place_in_tile(node) for node in nodes]
        tiles = load({key for key, _, _ in places})
        return [_node(tiles, key, start, end) for key, start, end in places]

    return read


def _node(tiles: Mapping[Key, bytes], key: Key, start: int, end: int) -> bytes:
    tile = tiles.get(key, b"")
    if len(tile) < end:
        raise BadTile(f"tile {path(*key)} is missing or too narrow")
    return complete_root(tile[start:end])


def _place_in_tile(node: Node) -> tuple[Key, int, int]:
    """Return the tile that holds what a node is made of, and where in its bytes."""
    level, index = node
    tile_level, height = divmod(level, _LEVEL_BITS)
    tile_index, place = divmod(index << height, WIDTH)
    start = place * HASH_BYTES
    return (tile_level, tile_index), start, start + (HASH_BYTES << height)


def _place(index: int, width: int) -> str:
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    partial = "" if width == WIDTH else f".p/{width}"
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]]) + partial
