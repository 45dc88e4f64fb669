"""From values to an official PDF (文书制作): Typst, PDF/A-2b, the same bytes for the same input."""

import hashlib
import io
import json
import threading
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from zhifa.documents import canonical, wording
from zhifa.documents.fonts import FontSet, font_set, stroked
from zhifa.documents.values import TEMPLATES, TYPES, DocumentType
from zhifa.law.errors import BadValue


class TemplateFault(RuntimeError):
    """A template warned: an unknown font, or a layout that does not settle. The print is not kept."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the values: it is given when the document is made, not when it is drafted.

    number     文号, or empty (a draft, or a type that takes none)
    qr_url     the address of the portal's check page, printed as a QR code on outward documents
    sealed_on  成文日期, the day under the body's name
    redacted   the values were redacted for the public; the page says 公开版本
    """

    body_name: str
    number: str = ""
    sealed_on: date | None = None
    qr_url: str = ""
    draft: bool = False
    demo: bool = False
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class SealPlace:
    """The centre of the seal: page from 1, points from the page's left and upper edge."""

    page: int
    x_pt: float
    y_pt: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document as made, with all that is needed to make it again."""

    pdf: bytes
    sha256: str  # hexadecimal, of `pdf`
    pages: int
    template_version: str
    data: bytes  # canonical JSON: type, template version, frame, values, time, font families
    seal: SealPlace | None  # None: a type without a seal


def render(
    type_key: str,
    values: Any,
    *,
    frame: Frame,
    timestamp: datetime,
    font_folder: Path | None = None,
) -> Rendered:
    """Return the document of these values as PDF/A-2b.

    timestamp    aware; written into the file as its time of making
    font_folder  the office's own fonts, preferred to the floor (documents.fonts)

    Safe from several threads. Raises KeyError for an unknown type, TypeError for values of
    another type, TemplateFault if the template warns, and BadValue: frame.number_missing,
    frame.date_missing (an outward document that is no draft), text.unprintable (a character that
    no font has, or that has no place in print).
    """
    kind = _checked(type_key, values, frame)
    fonts = font_set(font_folder)
    press = _press(type_key, font_folder)
    pdf, pages, seal = press.pdf(_input(kind, values, frame, fonts), timestamp)
    data = canonical.encode(
        {
            "type": type_key,
            "template_version": kind.template_version,
            "frame": frame,
            "values": values,
            "timestamp": timestamp,
            "fonts": dict(fonts.used),
        }
    )
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), pages, kind.template_version, data, seal)


def preview_png(
    type_key: str,
    values: Any,
    *,
    frame: Frame,
    ppi: int = 110,
    font_folder: Path | None = None,
) -> list[bytes]:
    """Return the pages as PNG pictures, for looking at on a screen. Raises as `render` does."""
    kind = _checked(type_key, values, frame)
    fonts = font_set(font_folder)
    return _press(type_key, font_folder).png(_input(kind, values, frame, fonts), ppi)


def _checked(type_key: str, values: Any, frame: Frame) -> DocumentType:
    kind = TYPES[type_key]
    if not isinstance(values, kind.values):
        raise TypeError(f"{type_key} wants {kind.values.__name__}, not {type(values).__name__}")
    if kind.outward and not frame.draft:
        if not frame.number:
            raise BadValue("frame.number_missing", type_key)
        if frame.sealed_on is None:
            raise BadValue("frame.date_missing", type_key)
    return kind


def _input(kind: DocumentType, values: Any, frame: Frame, fonts: FontSet) -> str:
    """Return what the template reads, as JSON text."""
    around = {
        field.name: wording.dressed(getattr(frame, field.name)) for field in fields(frame)
    } | {"qr": _qr_svg(frame.qr_url) if frame.qr_url else ""}
    return json.dumps(
        {
            "title": kind.title,
            "values": wording.dressed(values),
            "frame": around,
            "fonts": {role: list(names) for role, names in fonts.families.items()}
            | {"xiaobiaosong_stroke": stroked(fonts)},
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _qr_svg(url: str) -> str:
    picture = io.BytesIO()
    segno.make_qr(url, error="m").save(picture, kind="svg", border=1, scale=4)
    return picture.getvalue().decode()


class _Press:
    """One compiler; its lock keeps a compile and the queries after it together."""

    def __init__(self, kind: DocumentType, fonts: FontSet) -> None:
        self._lock = threading.Lock()
        self._compiler = typst.Compiler(
            str(kind.template), root=str(TEMPLATES), font_paths=fonts.loaded
        )

    def pdf(self, data: str, timestamp: datetime) -> tuple[bytes, int, SealPlace | None]:
        """Return the file, its number of pages and where the seal goes."""
        with self._lock:
            pages = self._compile(
                data, format="pdf", pdf_standards="a-2b", timestamp=int(timestamp.timestamp())
            )
            count = json.loads(self._compiler.query("<pages>", field="value", one=True))
            seals = json.loads(self._compiler.query("<seal>", field="value"))
        place = SealPlace(seals[0]["page"], seals[0]["x"], seals[0]["y"]) if seals else None
        return pages[0], count, place

    def png(self, data: str, ppi: int) -> list[bytes]:
        """Return one picture a page."""
        with self._lock:
            return self._compile(data, format="png", ppi=ppi)

    def _compile(self, data: str, **options: Any) -> list[bytes]:
        try:
            output, warnings = self._compiler.compile_with_warnings(
                sys_inputs={"data": data}, **options
            )
        except typst.TypstError as fault:
            if "could not be displayed" in fault.message:  # PDF/A refuses a missing glyph
                raise BadValue("text.unprintable", fault.message) from fault
            raise
        if warnings:
            raise TemplateFault("; ".join(warning.message for warning in warnings))
        if isinstance(output, list):
            return output
        return [output] if output is not None else []


@cache
def _press(type_key: str, font_folder: Path | None) -> _Press:
    return _Press(TYPES[type_key], font_set(font_folder))
