"""Every character is either printed by the fonts at hand or refused beforehand."""

import struct
import unicodedata
from dataclasses import replace
from pathlib import Path

import pylopdf_fonts_zh_cn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ImageFont
from tests.core.documents import samples

from zhifa.documents import glyphs, rendering
from zhifa.law.errors import BadValue


def test_rare_names_are_printable_and_pictures_are_not() -> None:
    assert glyphs.unprintable("赵𬭎、王䶮（甲）2026年¥5,000.00", None) == ()
    assert glyphs.unprintable("甲😀乙😀\U0003134a", None) == ("😀", "\U0003134a")
    assert glyphs.unprintable("甲\n 乙\u3000丙", None) == ()
    assert glyphs.unprintable("\ufa15", None) == ()  # a compatibility form of 凞


def test_the_floor_covers_gbk_and_extension_a() -> None:
    covered = glyphs.printable(None)
    gbk = set()
    for high in range(0x81, 0xFF):
        for low in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                gbk.add(ord(bytes((high, low)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    assert {point for point in gbk if 0x4E00 <= point <= 0x9FFF} <= covered
    assert set(range(0x3400, 0x4DB6)) <= covered


def _prints(character: str) -> bool:
    key = "correction_notice"
    values = replace(samples.SAMPLES[key], reasons=f"甲{character}乙")
    try:
        rendering.render(key, values, frame=samples.frame(key), timestamp=samples.MADE_AT)
    except BadValue as refused:
        if refused.code == "text.unprintable":
            return False
        raise
    return True


@settings(max_examples=60, deadline=None)
@given(st.characters(categories=["Lo", "Lu", "Ll", "Sm", "So", "Po", "Nd", "No"]))
def test_what_is_called_printable_prints(character: str) -> None:
    assert glyphs.unprintable(character, None) or _prints(character)


@settings(max_examples=40, deadline=None)
@example("\ufa15")
@given(st.integers(0x3400, 0x323AF).map(chr).filter(lambda one: unicodedata.category(one) == "Lo"))
def test_a_chinese_character_is_called_unprintable_only_if_it_is(character: str) -> None:
    assert _prints(character) == (not glyphs.unprintable(character, None))


def test_the_tables_agree_with_another_reader_of_them() -> None:
    path = pylopdf_fonts_zh_cn.serif_path()
    font = ImageFont.truetype(str(path), 20)
    nothing = font.getmask("\U0003134a").getbbox()
    covered = set(glyphs.code_points(Path(path).read_bytes()))
    for point in range(0x4E00, 0x4E80):
        assert (font.getmask(chr(point)).getbbox() != nothing) or point not in covered


def _font(cmap: bytes, tag: bytes = b"\x00\x01\x00\x00") -> bytes:
    return tag + struct.pack(">HHHH", 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, 28, 0) + cmap


def _format_4() -> bytes:
    """a to c by a shift (b is glyph 0 of it), x and y through the array (x has none)."""
    ends, starts = (0x63, 0x79, 0xFFFF), (0x61, 0x78, 0xFFFF)
    shifts, offsets = (0x10000 - 0x62, 0, 1), (0, 4, 0)
    body = struct.pack(">3H", *ends) + b"\0\0" + struct.pack(">3H", *starts)
    body += struct.pack(">3H", *shifts) + struct.pack(">3H", *offsets) + struct.pack(">2H", 0, 7)
    return struct.pack(">7H", 4, 0, 0, 6, 0, 0, 0) + body


def test_both_kinds_of_table_are_read_and_the_missing_glyph_is_not_counted() -> None:
    head = struct.pack(">HHHHI", 0, 1, 3, 1, 12)
    assert list(glyphs.code_points(_font(head + _format_4()))) == [0x61, 0x63, 0x79]
    groups = struct.pack(">HHIII", 12, 0, 0, 0, 2) + struct.pack(">6I", 65, 66, 0, 97, 98, 9)
    assert list(glyphs.code_points(_font(head + groups, b"OTTO"))) == [66, 97, 98]
    other = struct.pack(">HHI", 6, 0, 0)
    assert list(glyphs.code_points(_font(head + other))) == []


def test_a_collection_holds_several_fonts() -> None:
    head = struct.pack(">HHHHI", 0, 1, 3, 1, 12)
    groups = struct.pack(">HHIII", 12, 0, 0, 0, 1) + struct.pack(">3I", 97, 98, 9)
    one = _font(head + groups)
    inner = one.replace(
        struct.pack(">4sIII", b"cmap", 0, 28, 0), struct.pack(">4sIII", b"cmap", 0, 44, 0)
    )
    collection = b"ttcf" + struct.pack(">III", 0, 1, 16) + inner
    assert list(glyphs.code_points(collection)) == [97, 98]


def test_what_is_no_font_covers_nothing(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("字体")
    (tmp_path / "bad.ttf").write_bytes(b"no font")
    assert glyphs.printable(tmp_path) == glyphs.printable(None)
    assert list(glyphs.code_points(b"\x00\x01\x00\x00" + struct.pack(">HHHH", 0, 0, 0, 0))) == []
