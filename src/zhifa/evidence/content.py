"""Looking into a file before it is kept as evidence (证据文件检查): is it what it is called, and whole?"""

import codecs
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

import av
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from zhifa.evidence import formats, photos, structure
from zhifa.evidence.formats import Format
from zhifa.evidence.photos import Photo
from zhifa.law.errors import BadValue
from zhifa.store import CHUNK_BYTES

MAX_UNPACKED_BYTES = 1024**3  # of an office file: a larger one is a trap, not a document
_PDF_TAIL_BYTES = 1024  # readers look for the end mark in the last 1024 bytes
# What the libraries raise for a file that is broken; they promise no common ancestor.
_BROKEN_PICTURE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_BROKEN_PDF = (
    PyPdfError, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError,
    RecursionError, AssertionError,
)  # fmt: skip
_BROKEN_ZIP = (
    zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, zlib.error, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What a file turned out to be."""

    media_type: str
    pages: int | None = None  # of a PDF that opens without a password
    photo: Photo | None = None


def inspect(stream: BinaryIO, file_name: str) -> Content:
    """Return what the file in `stream` (seekable) is.

    Raises BadValue: file.empty, file.unknown_type, file.name_mismatch, file.truncated, file.damaged,
    file.nothing_recorded, file.picture_too_large, file.unpacks_too_large.
    """
    size = stream.seek(0, os.SEEK_END)
    if not size:
        raise BadValue("file.empty")
    kind = _kind(stream)
    if formats.ending(file_name) not in kind.endings:
        raise BadValue("file.name_mismatch")
    stream.seek(0)
    if kind in formats.PICTURES:
        return Content(kind.media_type, photo=_picture(stream, kind))
    if kind in formats.RECORDINGS:
        return Content(_recording(stream, size, kind))
    if kind is formats.HEIC:
        structure.check_boxes(stream, size, needed=frozenset({b"ftyp", b"meta", b"mdat"}))
    if kind is formats.PDF:
        return Content(kind.media_type, pages=_pdf_pages(stream, size))
    return Content(kind.media_type)


def _kind(stream: BinaryIO) -> Format:
    stream.seek(0)
    head = stream.read(formats.HEAD_BYTES)
    if head.startswith(formats.ZIP_SIGNATURE):
        return _office_kind(stream)
    kind = formats.sniffed(head) or formats.TEXT
    if kind is formats.TEXT and not _is_text(stream):
        raise BadValue("file.unknown_type")
    return kind


def _picture(stream: BinaryIO, kind: Format) -> Photo:
    """Read a picture to its end; a JPEG at an eighth of its size, a PNG by its check sums."""
    try:
        if kind is formats.PNG:
            Image.open(stream).verify()  # spoils the image for anything else
            stream.seek(0)
        image = Image.open(stream)
        photo = photos.read(image)
        if kind is not formats.PNG:
            image.draft("L", (1, 1))
            image.load()
    except Image.DecompressionBombError:
        raise BadValue("file.picture_too_large") from None
    except _BROKEN_PICTURE:
        raise BadValue("file.damaged") from None
    return photo


def _recording(stream: BinaryIO, size: int, kind: Format) -> str:
    """Return the media type of a recording that is whole and has picture or sound in it."""
    if kind is formats.MP4:
        structure.check_boxes(stream, size, needed=frozenset({b"moov"}))
    elif kind is formats.MATROSKA:
        structure.check_matroska(stream, size)
    elif kind is not formats.MP3:
        structure.check_riff(stream, size)
    stream.seek(0)
    try:
        with av.open(stream, "r") as container:
            tracks = [*container.streams.video, *container.streams.audio]
            if not tracks or not any(packet.size for packet in container.demux(tracks)):
                raise BadValue("file.nothing_recorded")
            seen = bool(container.streams.video)
    except av.error.FFmpegError:
        raise BadValue("file.damaged") from None
    return kind.media_type if seen else kind.media_type.replace("video/", "audio/")


def _pdf_pages(stream: BinaryIO, size: int) -> int | None:
    """Return the number of pages; None if they open with a password only."""
    stream.seek(max(0, size - _PDF_TAIL_BYTES))
    if b"%%EOF" not in stream.read():
        raise BadValue("file.truncated")
    stream.seek(0)
    try:
        reader = PdfReader(stream)
        pages = None if reader.is_encrypted else len(reader.pages)
    except _BROKEN_PDF:
        raise BadValue("file.damaged") from None
    if pages == 0:
        raise BadValue("file.damaged")
    return pages


def _office_kind(stream: BinaryIO) -> Format:
    """Return which office file a zip archive is, after every part was unpacked and checked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise BadValue("file.unpacks_too_large")
            names = set(archive.namelist())
            broken = archive.testzip()
    except BadValue:
        raise  # a ValueError too
    except _BROKEN_ZIP:
        raise BadValue("file.damaged") from None
    if broken:
        raise BadValue("file.damaged")
    for part, kind in formats.OFFICE_PARTS.items():
        if part in names:
            return kind
    raise BadValue("file.unknown_type")


def _is_text(stream: BinaryIO) -> bool:
    """Whether the file is text: UTF-8, GB 18030, or UTF-16 with its mark, without control characters."""
    stream.seek(0)
    if stream.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return _decodes(stream, "utf-16")
    return _decodes(stream, "utf-8") or _decodes(stream, "gb18030")


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := stream.read(CHUNK_BYTES):
            if any(char < " " and char not in "\t\n\r\f" for char in decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
