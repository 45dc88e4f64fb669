"""Electronic seals (电子印章): the port that a provider fills, and the demonstration provider.

A real seal comes from the office's own signature service. The built-in provider is for
demonstration: its red circle says so, and its certificate is one it made itself.
"""

import hashlib
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pylopdf_fonts_zh_cn
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhifa.documents.rendering import SealPlace

DIAMETER_PT = 42 * 72 / 25.4  # 4.2 cm, 国发〔1999〕25号 for bodies of county level (unverified)
PAGE_HEIGHT_PT = 297 * 72 / 25.4
FIELD = "zhifa-seal"
_RED = (200, 16, 46, 255)
_PIXELS = 600


class SealProvider(Protocol):
    """Puts a body's seal on a finished PDF."""

    def seal(self, pdf: bytes, place: SealPlace, body_name: str, at: datetime) -> bytes:
        """Return the PDF with the seal drawn and signed; the bytes given remain its beginning."""


def demonstration_certificate(
    key: ec.EllipticCurvePrivateKey, *, body_name: str, valid_from: datetime, valid_days: int
) -> x509.Certificate:
    """Return a self-signed certificate of that key (P-256), marked 演示, for the built-in provider.

    The same every time: its serial number is drawn from the public key, its signature by RFC 6979.
    """
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, body_name[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, "演示电子印章（仅供演示，无法律效力）"),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(identifier.digest[:16], "big") >> 1)
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + timedelta(days=valid_days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )


class DemonstrationSeal:
    """The built-in provider: a drawn circle, a PAdES signature by a certificate of its own."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._signer = _SameSignature(
            signing_cert=_asn1(certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(  # type: ignore[no-untyped-call]  # (asn1crypto has no types)
                key.private_bytes(
                    serialization.Encoding.DER,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            ),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    def seal(self, pdf: bytes, place: SealPlace, body_name: str, at: datetime) -> bytes:
        """Return the PDF with the seal at its place, signed; `at` is the time it claims.

        The time is the caller's, not a timestamp authority's. Raises ValueError if the file is
        no PDF, has no such page or is sealed already.
        """
        half = DIAMETER_PT / 2
        across, up = place.x_pt, PAGE_HEIGHT_PT - place.y_pt
        box = (round(across - half), round(up - half), round(across + half), round(up + half))
        style = StaticStampStyle(
            border_width=0,
            background=PdfImage(seal_picture(body_name), name=FIELD),
            background_opacity=1,
        )
        try:
            writer = _MetadataKept(io.BytesIO(pdf))
            signer = _DatedSigner(
                at,
                signers.PdfSignatureMetadata(
                    field_name=FIELD,
                    md_algorithm="sha256",
                    subfilter=fields.SigSeedSubFilter.PADES,
                    reason="电子印章（仅供演示，无法律效力）",
                    name=body_name,
                ),
                signer=self._signer,
                stamp_style=style,
                new_field_spec=fields.SigFieldSpec(FIELD, on_page=place.page - 1, box=box),
            )
            return bytes(signer.sign_pdf(writer).getbuffer())
        except (PdfError, SigningError) as fault:
            raise ValueError(f"cannot be sealed: {fault}") from fault


_VALID_FROM, _VALID_DAYS = datetime(2017, 1, 1, tzinfo=UTC), 50 * 365
KeyReader = Callable[[str, Callable[[], str]], str]  # name of a key file, how to make it: its text


class DemonstrationSeals:
    """The built-in provider for every body of an installation: one key, one certificate a body.

    A certificate need not be kept: key and name make the same one again (`certificate`).
    """

    def __init__(self, keys: KeyReader) -> None:
        loaded = serialization.load_pem_private_key(
            keys("seal.key", _new_key).encode(), password=None
        )
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise TypeError("seal.key is no elliptic curve key")
        self._key = loaded
        self._seals: dict[str, DemonstrationSeal] = {}

    def certificate(self, body_name: str) -> x509.Certificate:
        """Return the certificate of a body's demonstration seal."""
        return demonstration_certificate(
            self._key, body_name=body_name, valid_from=_VALID_FROM, valid_days=_VALID_DAYS
        )

    def seal(self, pdf: bytes, place: SealPlace, body_name: str, at: datetime) -> bytes:
        """Return the PDF with the body's seal; the same bytes for the same input."""
        if body_name not in self._seals:
            self._seals[body_name] = DemonstrationSeal(self._key, self.certificate(body_name))
        return self._seals[body_name].seal(pdf, place, body_name, at)


def _new_key() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


class _SameSignature(signers.SimpleSigner):
    """Signs by RFC 6979: sealing again after a fall gives the same file, not a second one."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        der = self.signing_key.dump()  # type: ignore[no-untyped-call]  # (asn1crypto has no types)
        key = serialization.load_der_private_key(der, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or digest_algorithm != "sha256":
            raise SigningError("a demonstration seal signs with P-256 and SHA-256")
        return key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


class _MetadataKept(IncrementalPdfFileWriter):
    """Leaves the metadata as the document has them, and draws the new file's id from the old file:
    pyHanko would date and number it by the machine, and each sealing would give another file."""

    def _update_meta(self) -> None:
        pass

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        first, _ = super()._handle_id(prev)  # type: ignore[no-untyped-call]  # (untyped there)
        prev.stream.seek(0)
        second = hashlib.sha256(prev.stream.read()).digest()[:16]
        return generic.ArrayObject([first, generic.ByteStringObject(second)])


class _DatedSigner(signers.PdfSigner):
    """Signs with the time it is given: pyHanko would read the machine's clock."""

    def __init__(
        self, at: datetime, metadata: signers.PdfSignatureMetadata, **options: Any
    ) -> None:
        super().__init__(metadata, **options)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What a look at the seal of a document tells."""

    sealed: bool  # there is a signature at all
    holds: bool  # unchanged, trusted, and it covers the entire file
    signer: str = ""  # the organisation in the certificate
    at: datetime | None = None  # the time the signature claims


def verify(pdf: bytes, *, trusted: tuple[x509.Certificate, ...], at: datetime) -> SealCheck:
    """Return whether the seal of a PDF holds, judged at the instant `at`.

    at  an instant the caller can vouch for: of the sealing as journalled, or now

    Bytes appended after sealing make it fail too: a signature that covers only an earlier
    revision proves nothing about what is seen. A file that cannot be read has no seal that holds.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return SealCheck(sealed=bool(signatures), holds=False)
        context = ValidationContext(
            trust_roots=[_asn1(certificate) for certificate in trusted],
            allow_fetching=False,
            moment=at,
        )
        status = validate_pdf_signature(signatures[0], context)
    except (PdfError, SignatureValidationError, ValueError):
        return SealCheck(sealed=False, holds=False)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    signer = status.signing_cert
    in_force = signer.not_valid_before <= at <= signer.not_valid_after  # not asked of a trust root
    return SealCheck(
        sealed=True,
        holds=bool(status.bottom_line) and whole and in_force,
        signer=str(signer.subject.native.get("organization_name", "")),
        at=status.signer_reported_dt,
    )


def seal_picture(body_name: str) -> Image.Image:
    """Return the round red seal of a body as a picture with a transparent ground.

    The name runs round the rim. Star, 仅供演示 and 无法律效力 stand above, between and below the
    two lines the seal is pressed over, the body's name and the date, so that all stay legible.
    """
    scale = 2  # drawn larger, then reduced: the arcs come out smooth
    side = _PIXELS * scale
    picture = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    rim = round(side * 0.02)
    draw.ellipse((rim, rim, side - rim, side - rim), outline=_RED, width=round(side * 0.022))
    draw.polygon(_star(side / 2, side * 0.31, side * 0.105), fill=_RED)
    _ring_text(picture, body_name)
    for line, height, size in (("仅供演示", 0.6, 0.088), ("无法律效力", 0.83, 0.066)):
        draw.text(
            (side / 2, side * height), line, font=_font(round(side * size)), fill=_RED, anchor="mm"
        )
    return picture.resize((_PIXELS, _PIXELS), Image.Resampling.LANCZOS)


def _ring_text(picture: Image.Image, words: str) -> None:
    """Write the name along the upper rim, from lower left to lower right, smaller if it is long."""
    side = picture.width
    radius = side * 0.385
    size = min(side * 0.125, radius * math.radians(260) / max(len(words), 1) * 0.92)
    step = min(math.radians(24), math.radians(250) / max(len(words) - 1, 1))
    font = _font(round(size))
    for place, character in enumerate(words):
        angle = (place - (len(words) - 1) / 2) * step
        tile = Image.new("RGBA", (round(size * 1.6),) * 2, (255, 255, 255, 0))
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height / 2), character, font=font, fill=_RED, anchor="mm"
        )
        turned = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC, expand=True)
        across = side / 2 + radius * math.sin(angle) - turned.width / 2
        down = side / 2 - radius * math.cos(angle) - turned.height / 2
        picture.alpha_composite(turned, (max(0, round(across)), max(0, round(down))))


def _star(across: float, down: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi * corner / 5
        points.append((across + reach * math.sin(angle), down - reach * math.cos(angle)))
    return points


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), size)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    der = certificate.public_bytes(serialization.Encoding.DER)
    loaded: asn1_x509.Certificate = asn1_x509.Certificate.load(der)  # type: ignore[no-untyped-call]
    return loaded
