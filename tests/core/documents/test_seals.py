"""The demonstration seal: drawn where the template says, and any change to the file is found."""

import io
import re
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image, ImageChops
from tests.core.documents import samples

from zhifa.documents import rendering, seals
from zhifa.documents.rendering import SealPlace

KEY = ec.derive_private_key(20260508, ec.SECP256R1())
OTHER_KEY = ec.derive_private_key(20260509, ec.SECP256R1())
SEALED_AT = samples.MADE_AT + timedelta(minutes=5)


def certificate(key: ec.EllipticCurvePrivateKey = KEY) -> x509.Certificate:
    return seals.demonstration_certificate(
        key, body_name=samples.BODY, valid_from=samples.MADE_AT, valid_days=365
    )


CERTIFICATE = certificate()


@pytest.fixture(scope="module")
def plain() -> rendering.Rendered:
    key = "correction_notice"
    return rendering.render(
        key, samples.SAMPLES[key], frame=samples.frame(key), timestamp=samples.MADE_AT
    )


@pytest.fixture(scope="module")
def sealed(plain: rendering.Rendered) -> bytes:
    assert plain.seal is not None
    provider: seals.SealProvider = seals.DemonstrationSeal(KEY, CERTIFICATE)
    return provider.seal(plain.pdf, plain.seal, samples.BODY, SEALED_AT)


def verify(
    pdf: bytes, *, trusted: x509.Certificate = CERTIFICATE, days: int = 1
) -> seals.SealCheck:
    return seals.verify(pdf, trusted=(trusted,), at=SEALED_AT + timedelta(days=days))


def test_a_sealed_document_holds(plain: rendering.Rendered, sealed: bytes) -> None:
    assert sealed.startswith(plain.pdf)
    assert verify(sealed) == seals.SealCheck(
        sealed=True, holds=True, signer=samples.BODY, at=SEALED_AT
    )


def test_the_seal_lies_where_the_template_says(plain: rendering.Rendered, sealed: bytes) -> None:
    assert plain.seal is not None
    page = pypdf.PdfReader(io.BytesIO(sealed)).pages[plain.seal.page - 1]
    left, low, right, high = (float(side) for side in page["/Annots"][0].get_object()["/Rect"])
    assert (left + right) / 2 == pytest.approx(plain.seal.x_pt, abs=1)
    assert (low + high) / 2 == pytest.approx(seals.PAGE_HEIGHT_PT - plain.seal.y_pt, abs=1)
    assert right - left == pytest.approx(seals.DIAMETER_PT, abs=2)


def test_a_sealed_document_stays_pdf_a(plain: rendering.Rendered, sealed: bytes) -> None:
    root = pypdf.PdfReader(io.BytesIO(sealed)).root_object
    before = pypdf.PdfReader(io.BytesIO(plain.pdf)).root_object
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()
    assert root["/Metadata"].get_data() == before["/Metadata"].get_data()
    assert root["/OutputIntents"]
    annotation = pypdf.PdfReader(io.BytesIO(sealed)).pages[0]["/Annots"][0].get_object()
    appearance = annotation["/AP"]["/N"].get_object()
    assert "/Font" not in appearance["/Resources"]  # none that is not embedded
    assert int(annotation["/F"]) & 4  # it prints


def test_no_time_but_the_given_one_is_written(sealed: bytes) -> None:
    assert set(re.findall(rb"D:(20\d{6})", sealed)) == {b"20260508"}


def test_any_changed_byte_of_the_document_is_found(
    plain: rendering.Rendered, sealed: bytes
) -> None:
    for place in range(200, len(plain.pdf), len(plain.pdf) // 12):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert not verify(bytes(changed)).holds, place


def test_bytes_added_afterwards_are_found(sealed: bytes) -> None:
    assert verify(sealed + b"\n% added").holds is False
    writer = pypdf.PdfWriter(io.BytesIO(sealed), incremental=True)
    writer.add_metadata({"/Title": "changed"})
    grown = io.BytesIO()
    writer.write(grown)
    assert verify(grown.getvalue()).holds is False


def test_a_stranger_and_an_expired_certificate_are_not_trusted(sealed: bytes) -> None:
    assert verify(sealed, trusted=certificate(OTHER_KEY)) == seals.SealCheck(
        sealed=True, holds=False, signer=samples.BODY, at=SEALED_AT
    )
    assert verify(sealed, days=400).holds is False


def test_no_seal_two_seals_and_no_pdf(plain: rendering.Rendered, sealed: bytes) -> None:
    nothing = seals.SealCheck(sealed=False, holds=False)
    assert verify(plain.pdf) == nothing
    assert verify(b"") == nothing
    assert verify(b"%PDF-1.7 not really") == nothing
    assert verify(sealed[: len(sealed) // 2]).holds is False
    assert verify(sealed[:-500]).holds is False


@pytest.mark.parametrize("pdf", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_cannot_be_sealed(pdf: bytes) -> None:
    provider = seals.DemonstrationSeal(KEY, CERTIFICATE)
    with pytest.raises(ValueError, match="cannot be sealed"):
        provider.seal(pdf, SealPlace(1, 300, 300), samples.BODY, SEALED_AT)


def test_a_sealed_document_is_not_sealed_again(sealed: bytes) -> None:
    provider = seals.DemonstrationSeal(KEY, CERTIFICATE)
    with pytest.raises(ValueError, match="cannot be sealed"):
        provider.seal(sealed, SealPlace(1, 300, 300), samples.BODY, SEALED_AT)


def test_a_page_that_is_not_there(plain: rendering.Rendered) -> None:
    provider = seals.DemonstrationSeal(KEY, CERTIFICATE)
    with pytest.raises(ValueError, match="cannot be sealed"):
        provider.seal(plain.pdf, SealPlace(9, 300, 300), samples.BODY, SEALED_AT)


def test_the_certificate_says_it_is_a_demonstration() -> None:
    assert "仅供演示" in CERTIFICATE.subject.rfc4514_string()
    assert CERTIFICATE.serial_number == certificate().serial_number
    assert CERTIFICATE.not_valid_before_utc == datetime(2026, 5, 8, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["局", samples.BODY, "海门区演示综合行政执法局" * 4, "王䶮𬭎局"])
def test_the_picture_is_red_on_nothing_whatever_the_name(name: str) -> None:
    picture = seals.seal_picture(name)
    assert picture.size == (600, 600)
    assert picture.getpixel((0, 0))[3] == 0
    red, green, blue, _ = Image.composite(
        picture, Image.new("RGBA", picture.size, (200, 16, 46, 255)), picture.getchannel("A")
    ).split()
    assert red.getextrema()[0] > 150
    assert ImageChops.lighter(green, blue).getextrema()[1] < 120
    assert picture.getchannel("A").crop((250, 340, 350, 380)).getextrema()[1] > 200  # 仅供演示
