"""Which characters can be printed at all (可印字符), read from the fonts' own tables.

A text is judged when it is entered: the job that prints it could only fail, with nobody there to
choose another character. Source of the formats: OpenType `cmap`, subtables 4 and 12.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

_FONT_FILES = {".otf", ".ttf", ".ttc", ".otc"}
# Blanks and marks are laid out without a glyph of their own.
_LAID_OUT = ("Z", "M", "C")


def unprintable(text: str, font_folder: Path | None) -> tuple[str, ...]:
    """Return the characters of a text that no font at hand can print, each once, in order."""
    covered = printable(font_folder)
    return tuple(
        one
        for one in dict.fromkeys(text)
        if ord(one) not in covered
        and unicodedata.category(one)[0] not in _LAID_OUT
        and not _composed(one, covered)
    )


def _composed(character: str, covered: frozenset[int]) -> bool:
    """Whether a letter can be printed as what it is made of: the letter under its accent, or the
    character that a compatibility ideograph stands for."""
    parts = unicodedata.normalize("NFD", character)
    return parts != character and all(ord(part) in covered for part in parts)


@cache
def printable(font_folder: Path | None) -> frozenset[int]:
    """Return every code point that a font of the office or of the floor has (read once)."""
    folders = [Path(pylopdf_fonts_zh_cn.serif_path()).parent]
    folders += [font_folder] if font_folder else []
    files = [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _FONT_FILES
    ]
    return frozenset(point for file in files for point in code_points(file.read_bytes()))


def code_points(font: bytes) -> Iterator[int]:
    """Return the code points that a font file maps to a glyph; none for what is no font."""
    for start in _fonts(font):
        table = _table(font, start, b"cmap")
        if table is None:
            continue
        (count,) = struct.unpack_from(">H", font, table + 2)
        for index in range(count):
            (offset,) = struct.unpack_from(">I", font, table + 4 + index * 8 + 4)
            yield from _subtable(font, table + offset)


def _fonts(font: bytes) -> Iterator[int]:
    """Where each font of the file begins: a collection holds several."""
    if font[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", font, 8)
        yield from struct.unpack_from(f">{count}I", font, 12)
    elif font[:4] in (b"OTTO", b"true", b"\x00\x01\x00\x00"):
        yield 0


def _table(font: bytes, start: int, tag: bytes) -> int | None:
    (count,) = struct.unpack_from(">H", font, start + 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + index * 16)
        if name == tag:
            return int(offset)
    return None


def _subtable(font: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        for index in range(groups):
            first, last, glyph = struct.unpack_from(">III", font, at + 16 + index * 12)
            yield from range(first + (0 if glyph else 1), last + 1)
    elif kind == 4:
        yield from _segments(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Subtable 4: segments of the basic plane, by offset into an array or by a shift."""
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    shifts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * doubled)
    offsets_at = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    for index in range(count):
        for point in range(starts[index], min(ends[index], 0xFFFE) + 1):
            if offsets[index]:
                place = offsets_at + 2 * index + offsets[index] + 2 * (point - starts[index])
                (glyph,) = struct.unpack_from(">H", font, place)
            else:
                glyph = (point + shifts[index]) & 0xFFFF
            if glyph:
                yield point
