"""From the frozen data of a document to the file that is kept (文书印制与用印)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string

from zhifa.documents import canonical, rendering, wording
from zhifa.documents.fonts import font_set
from zhifa.documents.glyphs import unprintable
from zhifa.documents.rendering import Frame
from zhifa.documents.seals import SealProvider
from zhifa.documents.values import TYPES
from zhifa.law.errors import BadValue
from zhifa.store import Store, from_url


@dataclass(frozen=True, slots=True)
class Frozen:
    """Everything the print of a document depends on, but templates and fonts."""

    type_key: str
    template_version: str
    frame: Frame
    values: Any  # of the class that `values.TYPES` names for the type
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file and what made it."""

    pdf: bytes
    sha256: str
    pages: int
    sealed: bool
    press: str  # canonical JSON: template version and the font of every role


_ESCAPED = "\\u00"  # JSON writes controls so, and a person may have typed it


def store() -> Store:
    """Return the area of this installation's store that holds finished documents."""
    return from_url(settings.STORE_URL, "documents")


def font_folder() -> Path | None:
    """Return the office's own fonts, if the installation has any."""
    folder: Path | None = settings.DOCUMENTS["FONT_DIR"]
    return folder


@cache
def seal_provider(path: str) -> SealProvider:
    """Return the provider that the settings name; one object a process."""
    provider: SealProvider = import_string(path)(settings.DOCUMENTS["KEYS"])
    return provider


def freeze(type_key: str, values: Any, *, frame: Frame, timestamp: datetime) -> str:
    """Return the canonical JSON that is stored.

    Raises BadValue (text.unprintable) for characters that have no place in print, or that no font
    at hand has, so that they are refused where they are entered and not found by the job that prints.
    """
    data = canonical.encode(
        {
            "type": type_key,
            "template_version": TYPES[type_key].template_version,
            "frame": frame,
            "values": values,
            "timestamp": timestamp,
        }
    ).decode()
    characters = "".join(sorted(set(data)))
    if _ESCAPED in data or not wording.is_printable(characters):
        wording.dressed(values)  # tells exactly, but walks through everything: a step is in haste
    if without_glyph := unprintable(characters, font_folder()):
        raise BadValue("text.unprintable", "、".join(f"U+{ord(one):04X}" for one in without_glyph))
    return data


def thaw(data: str) -> Frozen:
    """Return what was frozen: the inverse of `freeze`."""
    parts = json.loads(data)
    kind = TYPES[parts["type"]]
    return Frozen(
        kind.key,
        parts["template_version"],
        msgspec.convert(parts["frame"], Frame),
        msgspec.convert(parts["values"], kind.values),
        datetime.fromisoformat(parts["timestamp"]),
    )


def print_whole(data: str) -> Printed:
    """Return the file of frozen data, sealed if it goes out; the same bytes however often.

    The seal claims the instant at which the document was made, not that of the print: a print
    repeated after a fall gives the same file. Raises as `rendering.render` does.
    """
    frozen = thaw(data)
    made = rendering.render(
        frozen.type_key,
        frozen.values,
        frame=frozen.frame,
        timestamp=frozen.timestamp,
        font_folder=font_folder(),
    )
    pdf, sealed = made.pdf, TYPES[frozen.type_key].outward and made.seal is not None
    if sealed and made.seal is not None:
        provider = seal_provider(settings.DOCUMENTS["SEAL_PROVIDER"])
        pdf = provider.seal(pdf, made.seal, frozen.frame.body_name, frozen.timestamp)
    return Printed(pdf, hashlib.sha256(pdf).hexdigest(), made.pages, sealed, press_now(made))


def press_now(made: rendering.Rendered) -> str:
    """Return what printed a file, as it is kept beside it."""
    fonts = dict(font_set(font_folder()).used)
    return canonical.encode({"template_version": made.template_version, "fonts": fonts}).decode()


def preview(type_key: str, values: Any, *, body_name: str, demo: bool = False) -> list[bytes]:
    """Return the pages of a draft as PNG pictures; it has no number, no seal and no QR code.

    Raises as `rendering.render` does.
    """
    return rendering.preview_png(
        type_key,
        values,
        frame=Frame(body_name=body_name, draft=True, demo=demo),
        font_folder=font_folder(),
    )


def preview_pdf(
    type_key: str, values: Any, *, body_name: str, on: date, at: datetime, demo: bool = False
) -> bytes:
    """Return a draft as PDF; as `preview`."""
    return rendering.render(
        type_key,
        values,
        frame=Frame(body_name=body_name, draft=True, demo=demo, sealed_on=on),
        timestamp=at,
        font_folder=font_folder(),
    ).pdf
