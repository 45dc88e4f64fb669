"""What a photo says about itself (照片信息): when, where and with what it was taken.

Facts claimed by the camera, shown beside the item and never taken for proven: anybody can set a
camera's clock.
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, DecimalException
from typing import Any

from PIL import ExifTags, Image

from zhifa.clock import BEIJING

_UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, SyntaxError, OSError, struct.error,
    ArithmeticError, DecimalException,
)  # fmt: skip
_MICRO = Decimal("0.000001")  # of a degree: about ten centimetres


@dataclass(frozen=True, slots=True)
class Photo:
    """The size of a picture in pixels, and what its EXIF block claims."""

    width: int
    height: int
    taken_at: datetime | None = None  # Beijing time is assumed if the camera names no zone
    latitude: Decimal | None = None  # degrees, north positive, WGS 84
    longitude: Decimal | None = None  # degrees, east positive
    camera: str = ""


def read(image: Image.Image) -> Photo:
    """Return what an opened picture says; a damaged EXIF block says nothing."""
    width, height = image.size
    try:
        exif = image.getexif()
        details, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        maker = (exif.get(ExifTags.Base.Make), exif.get(ExifTags.Base.Model))
    except _UNREADABLE:
        return Photo(width, height)
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, 90)
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, 180)
    both = latitude is not None and longitude is not None
    return Photo(
        width,
        height,
        _taken_at(details),
        latitude if both else None,
        longitude if both else None,
        " ".join(_text(part) for part in maker if _text(part))[:120],
    )


def _text(value: object) -> str:
    """Return a text without the padding and the control characters some cameras leave in it."""
    return "".join(char for char in str(value or "") if char.isprintable()).strip()


def _taken_at(details: dict[int, Any]) -> datetime | None:
    said = _text(details.get(ExifTags.Base.DateTimeOriginal))
    zone = _text(details.get(ExifTags.Base.OffsetTimeOriginal))
    try:
        if zone:
            return datetime.strptime(f"{said} {zone}", "%Y:%m:%d %H:%M:%S %z")
        return datetime.strptime(said, "%Y:%m:%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return None


def _degrees(gps: dict[int, Any], value: int, reference: int, limit: int) -> Decimal | None:
    """Return an angle from its degrees, minutes and seconds; None if it is none."""
    try:
        degrees, minutes, seconds = (
            Decimal(int(part.numerator)) / Decimal(int(part.denominator)) for part in gps[value]
        )
        angle = (degrees + minutes / 60 + seconds / 3600).quantize(_MICRO)
    except (*_UNREADABLE, AttributeError):
        return None
    if not 0 <= angle <= limit:
        return None
    return -angle if _text(gps.get(reference)).upper() in {"S", "W"} else angle
