import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa_verify import note
from zhifa_verify.note import BadKey, BadNote, Signer, Verifier

SIGNER = Signer.of("example.com/log", bytes(range(32)))
WITNESS = Signer.of("witness.example", bytes(32))
TEXT = "example.com/log\n7\n\nline\n"
SIGNED = note.sign(TEXT, SIGNER)


def published():
    return json.loads((SHARED_DATA / "transparency" / "signed-note-vectors.json").read_text())


def line(name, data):
    return f"— {name} {base64.b64encode(data).decode()}\n"


@needs_shared_data
def test_the_published_keys():
    enoch, private, unknown, peter, misshapen = published()["keys"]

    assert str(Verifier.parse(enoch)) == enoch
    assert str(Verifier.parse(peter)) == peter
    signer = Signer.parse(private)
    assert (signer.text(), str(signer.verifier)) == (private, peter)
    for text, code in ((unknown, "key.algorithm"), (misshapen, "key.format")):
        with pytest.raises(BadKey) as refused:
            Verifier.parse(text)
        assert refused.value.code == code


@needs_shared_data
def test_the_published_note_is_signed_and_opened_byte_for_byte():
    vectors = published()
    enoch, peter = (Verifier.parse(vectors["keys"][number]) for number in (0, 3))
    signed, text = vectors["texts"]
    enoch_line, peter_line = (f"{found}\n" for found in vectors["signature_lines"])

    assert note.sign(text, Signer.parse(vectors["keys"][1])) == signed
    assert note.open_note(signed, [peter]) == (text, (peter,))
    both = f"{text}\n{enoch_line}{peter_line}"
    assert note.open_note(both, [peter]) == (text, (peter,))
    assert note.open_note(both, [peter, enoch]) == (text, (enoch, peter))
    assert note.sign(text, Signer.parse(vectors["keys"][1]), others=enoch_line) == both


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.binary(min_size=32, max_size=32))
def test_what_was_signed_is_opened_again(text, seed):
    signer = Signer.of("name", seed)
    signed = note.sign(text + "\n", signer)

    assert note.open_note(signed, [signer.verifier]) == (text + "\n", (signer.verifier,))
    assert Signer.parse(signer.text()) == signer
    assert Verifier.parse(str(signer.verifier)) == signer.verifier


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param(SIGNED.replace("7", "8"), "note.signature", id="text changed"),
        pytest.param(note.sign(TEXT, WITNESS), "note.unsigned", id="another key"),
        pytest.param(TEXT, "note.format", id="no signature"),
        pytest.param(TEXT + "\n", "note.format", id="no signature line"),
        pytest.param(SIGNED[:-1], "note.format", id="cut short"),
        pytest.param(SIGNED + "rest", "note.format", id="something after it"),
        pytest.param(SIGNED.replace("—", "-"), "note.format", id="a hyphen"),
        pytest.param(SIGNED.replace("line", "li\x00ne"), "note.format", id="control character"),
        pytest.param(SIGNED.replace("line", "li\rne"), "note.format", id="carriage return"),
        pytest.param(SIGNED.replace("line", "\ud800"), "note.format", id="lone surrogate"),
        pytest.param(SIGNED.replace("line", "x" * 1_000_001), "note.format", id="too long"),
        pytest.param(SIGNED + WITNESS.line(TEXT) * 100, "note.format", id="too many signatures"),
        pytest.param(SIGNED + line("a+b", b"12345"), "note.format", id="plus in a name"),
        pytest.param(SIGNED + line("a\u3000b", b"12345"), "note.format", id="space in a name"),
        pytest.param(SIGNED + line("name", b"1234"), "note.format", id="no signature after the id"),
        pytest.param(SIGNED + "— name AAAAAAAB=\n", "note.format", id="not base64"),
        pytest.param(SIGNED + "— name AAAAAAB=\n", "note.format", id="base64 with bits left over"),
        pytest.param(
            f"{TEXT}\n" + line("example.com/log", SIGNER.verifier.key_id + b"short"),
            "note.signature",
            id="a known key's false signature",
        ),
    ],
)
def test_what_is_not_believed(changed, code):
    with pytest.raises(BadNote) as refused:
        note.open_note(changed, [SIGNER.verifier])

    assert refused.value.code == code


def test_unknown_signatures_are_ignored():
    """Witnesses cosign (C2SP tlog-cosignature): 72 bytes under another key, or any other length."""
    cosignature = line("witness.example", b"\x01\x02\x03\x04" + bytes(72))
    same_name = line("example.com/log", b"\x01\x02\x03\x04" + bytes(64))
    same_id = line("other.example", SIGNER.verifier.key_id + bytes(64))
    signed = note.sign(TEXT, SIGNER, others=cosignature + same_name + same_id)

    assert note.open_note(signed, [SIGNER.verifier]) == (TEXT, (SIGNER.verifier,))
    assert [found.name for found in note.parse(signed).signatures] == [
        "witness.example", "example.com/log", "other.example", "example.com/log",
    ]  # fmt: skip


def test_a_second_signature_of_one_key_counts_once():
    twice = SIGNED + line("example.com/log", SIGNER.verifier.key_id + bytes(64))

    assert note.open_note(twice, [SIGNER.verifier]) == (TEXT, (SIGNER.verifier,))


@pytest.mark.parametrize("text", ["", "no newline", "control\x1f\n", "\ud800\n"])
def test_what_cannot_be_signed(text):
    with pytest.raises(BadNote):
        note.sign(text, SIGNER)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "key.format"),
        ("name", "key.format"),
        ("name+xyz+AQ==", "key.format"),
        ("name+0123456+AQ==", "key.format"),
        ("name+01234567+A", "key.format"),
        ("na me+01234567+AQ==", "key.name"),
        ("+01234567+AQ==", "key.name"),
        ("name+01234567+", "key.algorithm"),
        ("name+01234567+" + base64.b64encode(b"\x04" + bytes(32)).decode(), "key.algorithm"),
        ("name+01234567+" + base64.b64encode(b"\x01" + bytes(31)).decode(), "key.format"),
        ("name+01234567+" + base64.b64encode(b"\x01" + bytes(32)).decode(), "key.id"),
    ],
)
def test_what_is_no_key(text, code):
    with pytest.raises(BadKey) as refused:
        Verifier.parse(text)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (str(SIGNER.verifier), "key.format"),
        ("PRIVATE+KEY+", "key.format"),
        (SIGNER.text().replace("PRIVATE", "PUBLIC"), "key.format"),
        (SIGNER.text().replace(SIGNER.verifier.key_id.hex(), "00000000"), "key.id"),
        ("PRIVATE+KEY+name+01234567+AQ==", "key.format"),
    ],
)
def test_what_is_no_private_key(text, code):
    with pytest.raises(BadKey) as refused:
        Signer.parse(text)

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["", "a b", "a+b"])
def test_a_signer_has_a_name(name):
    with pytest.raises(BadKey):
        Signer.of(name, bytes(32))


def test_a_seed_never_shows():
    assert SIGNER.text() not in repr(SIGNER)
    assert SIGNER.seed.hex() not in repr(SIGNER)
    assert "example.com/log" in repr(SIGNER)
