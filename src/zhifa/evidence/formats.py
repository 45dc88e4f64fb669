"""Which files Zhifa takes as evidence, told by their first bytes and never by their names alone.

A name that promises something else than the content is refused: what opens here must open the same
way in court. Old binary office files, archives and formats without a stated end are not taken yet.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its media type, and the endings its names may have."""

    media_type: str
    endings: frozenset[str]


def _format(media_type: str, *endings: str) -> Format:
    return Format(media_type, frozenset(endings))


JPEG = _format("image/jpeg", "jpg", "jpeg")
PNG = _format("image/png", "png")
TIFF = _format("image/tiff", "tif", "tiff")
BMP = _format("image/bmp", "bmp")
WEBP = _format("image/webp", "webp")
HEIC = _format("image/heic", "heic", "heif")
PDF = _format("application/pdf", "pdf")
MP4 = _format("video/mp4", "mp4", "m4v", "m4a", "mov", "3gp")
AVI = _format("video/x-msvideo", "avi")
MATROSKA = _format("video/webm", "webm", "mkv")
WAV = _format("audio/wav", "wav")
MP3 = _format("audio/mpeg", "mp3")
TEXT = _format("text/plain", "txt", "csv", "log")
DOCX = _format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = _format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
PPTX = _format("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
OFD = _format("application/ofd", "ofd")

PICTURES = (JPEG, PNG, TIFF, BMP, WEBP)
RECORDINGS = (MP4, AVI, MATROSKA, WAV, MP3)
# An office file is a zip archive with one part that only its kind has.
OFFICE_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
    "OFD.xml": OFD,
}

HEAD_BYTES = 64  # as many as `sniffed` wants to see
ZIP_SIGNATURE = b"PK\x03\x04"
_STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
    (b"%PDF-", PDF),
    (b"\x1aE\xdf\xa3", MATROSKA),
    (b"ID3", MP3),
    (b"\xff\xfe", TEXT),  # a byte order mark; before MP3, whose frames begin alike
)
_RIFF = {b"AVI ": AVI, b"WAVE": WAV, b"WEBP": WEBP}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free"}


def sniffed(head: bytes) -> Format | None:
    """Return what a file that begins with `head` claims to be; None: text, an archive or unknown."""
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] in _BOXES:
        return HEIC if head[8:12] in _HEIF_BRANDS else MP4
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return MP3 if _begins_mpeg_frame(head) else None


def _begins_mpeg_frame(head: bytes) -> bool:
    """Whether an MPEG audio frame of layer III begins here: eleven set bits, then version and layer."""
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08


def ending(file_name: str) -> str:
    """Return the ending of a file name in lower case, without its dot; empty if it has none."""
    stem, dot, last = file_name.rpartition(".")
    return last.lower() if dot and stem else ""
