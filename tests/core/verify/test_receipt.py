import json

import pytest
from tests.core.verify import made

from zhifa_verify import receipt
from zhifa_verify.errors import NotVerified
from zhifa_verify.receipt import BadReceipt

KEYS = [made.LOG.verifier]
FILE = made.receipt(document=made.SHA256).to_bytes()


def changed(*path, to):
    """Return the receipt's file with one member changed."""
    value = json.loads(FILE)
    inner = value
    for name in path[:-1]:
        inner = inner[name]
    if to is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return json.dumps(value).encode()


def test_a_receipt_is_read_as_it_was_written_and_holds():
    read = receipt.parse(FILE)

    assert read == made.receipt(document=made.SHA256)
    assert read.to_bytes() == FILE
    assert read.verify(KEYS).size == 5
    read.verify_document(made.PDF)
    assert read.names(made.SHA256)


def test_a_receipt_without_its_content_proves_the_entry_and_no_document():
    read = receipt.parse(made.receipt(shown=False).to_bytes())

    assert read.verify(KEYS).origin == "zhifa.example/log"
    assert not read.names(made.SHA256)
    with pytest.raises(BadReceipt) as refused:
        read.verify_document(made.PDF)
    assert refused.value.code == "receipt.withheld"


def test_another_document_is_not_proved():
    for read in (receipt.parse(FILE), made.receipt()):
        with pytest.raises(BadReceipt) as refused:
            read.verify_document(b"another")
        assert refused.value.code == "receipt.document_differs"


def test_a_document_the_content_does_not_name():
    read = made.receipt(body={"sha256": 1, "other": made.SHA256}, document=made.SHA256)

    with pytest.raises(BadReceipt) as refused:
        read.verify(KEYS)
    assert refused.value.code == "receipt.document_differs"


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        (("header", "kind"), "document.burnt", "receipt.digest"),
        (("header", "sequence"), 2, "receipt.digest"),
        (("header", "recorded_at"), "2025-07-01T01:02:03.456789Z", "receipt.digest"),
        (("header", "actor"), "\ud800", "receipt.format"),
        (("header", "sequence"), 2**60, "receipt.format"),
        (("digest",), "0" * 64, "receipt.digest"),
        (("body", "pages"), 3, "receipt.content"),
        (("body", "pages"), 2**60, "receipt.format"),
        (("salt",), "0" * 64, "receipt.content"),
        (("document", "sha256"), "0" * 64, "receipt.document_differs"),
        (("inclusion", "index"), 3, "inclusion.mismatch"),
        (("inclusion", "index"), 5, "inclusion.out_of_range"),
        (("inclusion", "hashes"), [], "inclusion.length"),
        (("checkpoint",), "", "note.format"),
        (("checkpoint",), "zhifa.example/log\n5\n\ud800\n\n— a AAAAAAAA\n", "note.format"),
    ],
)
def test_what_was_changed_is_found(path, to, code):
    with pytest.raises(NotVerified) as refused:
        receipt.parse(changed(*path, to=to)).verify(KEYS)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"{}", id="an empty object"),
        pytest.param(b"[" * 100_000, id="nested too deeply"),
        pytest.param(b'{"a":1,"a":2}', id="a name twice"),
        pytest.param(b'{"a":1.5}', id="a float"),
        pytest.param(b'{"a":NaN}', id="no number"),
        pytest.param(b"1" * 5000, id="a huge number"),
        pytest.param(changed("format", to="zhifa-receipt/v2"), id="another format"),
        pytest.param(changed("other", to=1), id="an unknown member"),
        pytest.param(changed("salt", to=...), id="a body without salt"),
        pytest.param(changed("body", to=...), id="a salt without body"),
        pytest.param(changed("salt", to="00"), id="a short salt"),
        pytest.param(changed("digest", to="G" * 64), id="no hexadecimal"),
        pytest.param(changed("digest", to=1), id="a number for a text"),
        pytest.param(changed("header", "format", to="zhifa-entry/v2"), id="another entry"),
        pytest.param(changed("header", "extra", to=""), id="an unknown member of the header"),
        pytest.param(changed("header", "sequence", to="1"), id="a text for a number"),
        pytest.param(changed("header", "sequence", to=True), id="true for a number"),
        pytest.param(changed("header", to=[]), id="a list for an object"),
        pytest.param(changed("inclusion", "hashes", to={}), id="an object for a list"),
        pytest.param(changed("inclusion", "hashes", to=["AAAA"]), id="a short hash"),
        pytest.param(changed("inclusion", "hashes", to=["!"]), id="no base64"),
        pytest.param(changed("document", to={}), id="an empty document"),
        pytest.param(changed("checkpoint", to=...), id="no checkpoint"),
    ],
)
def test_what_is_no_receipt(data):
    with pytest.raises(BadReceipt) as refused:
        receipt.parse(data)

    assert refused.value.code == "receipt.format"
