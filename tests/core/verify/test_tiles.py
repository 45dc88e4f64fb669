import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.verify import plain

from zhifa_verify import tiles, tree
from zhifa_verify.tiles import BadTile

HELD = [str(number).encode() for number in range(66_000)]
LEAVES = [tree.leaf_hash(entry) for entry in HELD]


def grown(*steps):
    """Extend an empty tree step by step; return the last extension and every tile."""
    every, size, last = {}, 0, tiles.extend(0, [], {})
    for step in steps:
        edge = {key: every[key] for key in tiles.edge_keys(size)}
        last = tiles.extend(size, LEAVES[size : size + step], edge)
        every |= last.tiles
        size = last.size
    return last, every


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ((0, 0), "tile/0/000"),
        ((0, 0, 5), "tile/0/000.p/5"),
        ((1, 1234067), "tile/1/x001/x234/067"),
        ((63, 999, 255), "tile/63/999.p/255"),
        ((0, 1000), "tile/0/x001/000"),
    ],
)
def test_paths_as_specified(key, path):
    level, index, *width = key
    assert tiles.path(*key) == path
    assert tiles.parse_path(path) == (level, index, *(width or [256]))


def test_paths_of_entry_bundles():
    assert tiles.entries_path(1234067, 7) == "tile/entries/x001/x234/067.p/7"
    assert tiles.parse_path("tile/entries/x001/x234/067.p/7") == (None, 1234067, 7)


@pytest.mark.parametrize(
    "path",
    ["tile/64/000", "tile/00/000", "tile/0/0", "tile/0/000.p/0", "tile/0/000.p/256",
     "tile/0/000.p/05", "tile/0/x000/000", "tile/0/x001/x000", "tile/0/000\n", "tile/-1/000",
     "/tile/0/000", "tile/0/1000", "tile/data/000"],
)  # fmt: skip
def test_what_is_no_path(path):
    with pytest.raises(ValueError, match="path"):
        tiles.parse_path(path)


def test_the_example_of_the_specification():
    """A tree of 70 000: 273 full level 0 tiles and one of 112, one full level 1 tile, 17, 1."""
    assert [tiles.width_at(0, index, 70_000) for index in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert [tiles.width_at(1, index, 70_000) for index in (0, 1, 2)] == [256, 17, 0]
    assert [tiles.width_at(2, index, 70_000) for index in (0, 1)] == [1, 0]
    assert tiles.edge_keys(70_000) == [(0, 273), (1, 1), (2, 0)]
    assert tiles.edge_keys(256) == [(1, 0)]


def test_a_large_tree_cut_by_the_formal_definition():
    last, every = grown(65_536, 464)

    assert last.root == plain.mth(HELD)
    for level, index in [(0, 0), (0, 255), (0, 256), (0, 257), (1, 0), (1, 1), (2, 0)]:
        assert every[level, index] == plain.tile(HELD, level, index), (level, index)
    assert {key for key in every if key[0]} == {(1, 0), (1, 1), (2, 0)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6))
@example([256])
@example([255, 1, 1])
@example([1, 511])
def test_growing_in_steps_is_growing_at_once(steps):
    last, every = grown(*steps)
    at_once, whole = grown(sum(steps))

    assert last.root == at_once.root == plain.mth(HELD[: sum(steps)])
    assert every == whole


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 700), st.data())
def test_proofs_out_of_tiles_are_the_plain_ones(size, data):
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size))
    _, every = grown(size)
    read = tiles.reader(lambda keys: {key: every[key] for key in keys})

    assert tree.inclusion_proof(index, size, read) == plain.path(index, HELD[:size])
    assert tree.consistency_proof(first, size, read) == plain.proof(first, HELD[:size])


def test_one_reading_for_a_proof():
    _, every = grown(700)
    asked = []

    def load(keys):
        asked.append(set(keys))
        return every

    tree.inclusion_proof(300, 700, tiles.reader(load))

    assert len(asked) == 1


@pytest.mark.parametrize("edge", [{}, {(0, 0): b"x" * 32}, {(0, 0): b"x" * 64, (1, 0): b"y" * 32}])
def test_an_edge_that_does_not_fit_is_refused(edge):
    with pytest.raises(BadTile):
        tiles.extend(2, LEAVES[2:3], edge)


def test_a_missing_or_narrow_tile_is_named():
    with pytest.raises(BadTile, match="tile/0/000"):
        tree.inclusion_proof(0, 4, tiles.reader(lambda keys: {(0, 0): b"x" * 64}))


def test_bundles_of_entries():
    assert tiles.entry_bundle([b"", b"abc"]) == b"\x00\x00\x00\x03abc"
