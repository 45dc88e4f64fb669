"""Whether a recording is there to its end (录音录像完整性), told by the lengths it states itself.

Players show what is left of a cut recording without a word; the lengths in its own headers do not lie.
"""

from typing import BinaryIO

from zhifa.law.errors import BadValue

_EBML, _SEGMENT = 0x1A45DFA3, 0x18538067


def check_boxes(stream: BinaryIO, size: int, *, needed: frozenset[bytes]) -> None:
    """Check the boxes of an ISO base media file (MP4, MOV, HEIC; ISO/IEC 14496-12).

    needed  outermost boxes that have to be there

    Raises BadValue: file.truncated, file.damaged.
    """
    seen, at = set(), 0
    while at < size:
        stream.seek(at)
        header = stream.read(16)
        if len(header) < 8:
            raise BadValue("file.truncated")
        length, kind = int.from_bytes(header[:4]), header[4:8]
        if length == 1:  # the length stands behind, in 64 bits
            length = int.from_bytes(header[8:16])
        elif length == 0:  # to the end of the file
            length = size - at
        if length < 8:
            raise BadValue("file.damaged")
        seen.add(kind)
        at += length
    if at > size or not needed <= seen:
        raise BadValue("file.truncated")


def check_riff(stream: BinaryIO, size: int) -> None:
    """Check the stated length of a RIFF file (AVI, WAV). Raises BadValue: file.truncated."""
    stream.seek(4)
    if int.from_bytes(stream.read(4), "little") + 8 > size:
        raise BadValue("file.truncated")


def check_matroska(stream: BinaryIO, size: int) -> None:
    """Check the stated length of a Matroska or WebM file (RFC 8794, RFC 9559).

    A live recording may leave the length of its segment open; then there is nothing to compare.
    Raises BadValue: file.truncated, file.damaged.
    """
    stream.seek(0)
    kind, length = _element(stream)
    if kind != _EBML or length is None:
        raise BadValue("file.damaged")
    stream.seek(length, 1)
    kind, length = _element(stream)
    if kind != _SEGMENT:
        raise BadValue("file.damaged")
    if length is not None and stream.tell() + length > size:
        raise BadValue("file.truncated")


def _element(stream: BinaryIO) -> tuple[int, int | None]:
    """Return the id and the length of the element that begins here; None: length unknown."""
    kind, _ = _number(stream, keep_marker=True)
    length, width = _number(stream, keep_marker=False)
    return kind, None if length == (1 << 7 * width) - 1 else length


def _number(stream: BinaryIO, *, keep_marker: bool) -> tuple[int, int]:
    """Return a number of variable length and how many bytes it took."""
    first = stream.read(1)
    if not first:
        raise BadValue("file.truncated")
    width = 9 - first[0].bit_length()
    rest = stream.read(width - 1)
    if width > 8 or len(rest) < width - 1:
        raise BadValue("file.truncated")
    value = first[0] if keep_marker else first[0] & (0xFF >> width)
    return int.from_bytes(bytes([value]) + rest), width
