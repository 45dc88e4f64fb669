import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.verify import plain
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa_verify import tree
from zhifa_verify.tree import BadProof, CompactRange

VECTORS = SHARED_DATA / "transparency"
SIZES = st.integers(1, 70)


def reader(entries):
    """Read nodes of the plain tree."""
    return lambda nodes: [
        plain.mth(entries[index << level : (index + 1) << level]) for level, index in nodes
    ]


def entries(size):
    return [str(number).encode() for number in range(size)]


def vectors(kind):
    return [
        pytest.param(path, id=str(path.relative_to(VECTORS)))
        for path in sorted((VECTORS / "merkle" / kind).rglob("*.json"))
    ]


def decoded(text):
    return base64.b64decode(text)


@needs_shared_data
@pytest.mark.parametrize("path", vectors("inclusion"))
def test_inclusion_as_published(path):
    vector = json.loads(path.read_text())
    arguments = {
        "index": vector["leafIdx"],
        "size": vector["treeSize"],
        "proof": [decoded(piece) for piece in vector["proof"] or []],
        "root": decoded(vector["root"]),
    }
    if vector["wantErr"]:
        with pytest.raises(BadProof):
            tree.verify_inclusion(decoded(vector["leafHash"]), **arguments)
    else:
        tree.verify_inclusion(decoded(vector["leafHash"]), **arguments)


@needs_shared_data
@pytest.mark.parametrize("path", vectors("consistency"))
def test_consistency_as_published(path):
    vector = json.loads(path.read_text())
    arguments = {
        "first": vector["size1"],
        "second": vector["size2"],
        "first_root": decoded(vector["root1"]),
        "second_root": decoded(vector["root2"]),
        "proof": [decoded(piece) for piece in vector["proof"] or []],
    }
    if vector["wantErr"]:
        with pytest.raises(BadProof):
            tree.verify_consistency(**arguments)
    else:
        tree.verify_consistency(**arguments)


@needs_shared_data
def test_the_tree_of_rfc_6962_as_published():
    vector = json.loads((VECTORS / "rfc6962-tree.json").read_text())
    growing = CompactRange()
    roots = [growing.root()]
    for text in vector["leaf_inputs_hex"]:
        growing.append(tree.leaf_hash(bytes.fromhex(text)))
        roots.append(growing.root())

    assert {str(size): root.hex() for size, root in enumerate(roots)} == vector["root_hash_by_size"]


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_a_growing_tree_has_the_root_of_the_plain_one(entries):
    growing = CompactRange()
    for entry in entries:
        growing.append(tree.leaf_hash(entry))

    assert (growing.size, growing.root()) == (len(entries), plain.mth(entries))


@given(SIZES, st.data())
def test_inclusion_proofs_are_the_plain_ones_and_hold(size, data):
    index = data.draw(st.integers(0, size - 1))
    held = entries(size)
    proof = tree.inclusion_proof(index, size, reader(held))

    assert proof == plain.path(index, held)
    leaf, root = tree.leaf_hash(held[index]), plain.mth(held)
    assert plain.root_from_path(index, size, leaf, proof) == root
    tree.verify_inclusion(leaf, index=index, size=size, proof=proof, root=root)


@given(SIZES, st.data())
def test_consistency_proofs_are_the_plain_ones_and_hold(second, data):
    first = data.draw(st.integers(1, second))
    held = entries(second)
    proof = tree.consistency_proof(first, second, reader(held))

    assert proof == plain.proof(first, held)
    tree.verify_consistency(
        first=first,
        second=second,
        first_root=plain.mth(held[:first]),
        second_root=plain.mth(held),
        proof=proof,
    )


@given(SIZES, st.data())
def test_no_other_leaf_place_or_proof_is_accepted(size, data):
    index = data.draw(st.integers(0, size - 1))
    held = entries(size)
    proof = tree.inclusion_proof(index, size, reader(held))
    leaf, root = tree.leaf_hash(held[index]), plain.mth(held)
    place = data.draw(st.integers(0, len(proof)))
    longer = [*proof[:place], root, *proof[place:]]
    wrong = [
        (tree.leaf_hash(b"another"), index, proof),
        (leaf, index, longer),
        (leaf, index, [*proof, root]),
        *((leaf, other, proof) for other in range(size) if other != index),
        *((leaf, index, proof[:at] + proof[at + 1 :]) for at in range(len(proof))),
    ]
    for changed, at, pieces in wrong:
        with pytest.raises(BadProof):
            tree.verify_inclusion(changed, index=at, size=size, proof=pieces, root=root)


@given(st.integers(2, 60), st.data())
def test_no_rewritten_tree_is_consistent(second, data):
    first = data.draw(st.integers(1, second - 1))
    changed = data.draw(st.integers(0, first - 1))
    old = entries(second)
    new = [*old[:changed], b"changed", *old[changed + 1 :]]

    for proof in (plain.proof(first, old), plain.proof(first, new)):
        with pytest.raises(BadProof):
            tree.verify_consistency(
                first=first,
                second=second,
                first_root=plain.mth(old[:first]),
                second_root=plain.mth(new),
                proof=proof,
            )


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: tree.inclusion_proof(3, 3, reader(entries(3))), "inclusion.out_of_range"),
        (lambda: tree.inclusion_proof(-1, 3, reader(entries(3))), "inclusion.out_of_range"),
        (lambda: tree.consistency_proof(0, 3, reader(entries(3))), "consistency.out_of_range"),
        (lambda: tree.consistency_proof(4, 3, reader(entries(3))), "consistency.out_of_range"),
    ],
)
def test_what_cannot_be_proved(call, code):
    with pytest.raises(BadProof) as refused:
        call()

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("second_root", "proof", "code"),
    [(b"b" * 32, [], "consistency.mismatch"), (b"a" * 32, [b"c" * 32], "consistency.length")],
)
def test_two_trees_of_one_size_are_the_same_tree(second_root, proof, code):
    with pytest.raises(BadProof) as refused:
        tree.verify_consistency(
            first=3, second=3, first_root=b"a" * 32, second_root=second_root, proof=proof
        )

    assert refused.value.code == code
