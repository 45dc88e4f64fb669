"""Real files are taken for what they are; cut, empty and misnamed ones are refused."""

import io
import re
import wave
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import av
import pytest
from PIL import Image
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.clock import BEIJING
from zhifa.evidence import content, formats, photos, structure, wording
from zhifa.law.errors import BadValue

# Pillow says so when it skips what it cannot read of an EXIF block; so do we, by saying nothing.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

MEDIA, DOCUMENTS = SHARED_DATA / "media", SHARED_DATA / "documents"
SMALLEST = MEDIA / "smallest"
PDFS = sorted(
    [*DOCUMENTS.glob("pdf/*.pdf"), *DOCUMENTS.glob("pdfa-2b/*.pdf"), *DOCUMENTS.glob("*.pdf")]
)
OFDS = sorted(DOCUMENTS.glob("ofd/*.ofd"))
PHOTOS = sorted(MEDIA.glob("exif/*.jpg"))
# A fragmented header without its fragments holds no picture, and is told apart below.
VIDEOS = sorted(
    path for path in [*MEDIA.glob("*.mp4"), *MEDIA.glob("mp4/*.mp4")]
    if path.name != "bipbop_nonfragment_header.mp4"
)  # fmt: skip


def judged(data: bytes, name: str) -> str:
    """Return the media type, or the code of the refusal."""
    try:
        return content.inspect(io.BytesIO(data), name).media_type
    except BadValue as refused:
        return refused.code


def names(paths):
    return [path.name for path in paths]


@needs_shared_data
@pytest.mark.parametrize(
    "path", [*PDFS, *OFDS, *PHOTOS, *VIDEOS], ids=names([*PDFS, *OFDS, *PHOTOS, *VIDEOS])
)
def test_whole_files_are_taken_and_cut_ones_refused(path, caplog):
    data = path.read_bytes()
    taken = {"pdf": {"application/pdf"}, "ofd": {"application/ofd"}, "jpg": {"image/jpeg"},
             "mp4": {"video/mp4", "audio/mp4"}}[formats.ending(path.name)]  # fmt: skip

    assert judged(data, path.name) in taken
    for tenths in (1, 3, 5, 7, 9):
        assert judged(data[: len(data) * tenths // 10], path.name) in {
            "file.truncated",
            "file.damaged",
        }


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jpeg.jpg", "image/jpeg"),
        ("png-transparent.png", "image/png"),
        ("png-truncated.png", "file.damaged"),
        ("tiff.tif", "image/tiff"),
        ("mp4-with-audio.mp4", "audio/mp4"),
        ("webm.webm", "video/webm"),
        ("Mpeg4.mp4", "file.nothing_recorded"),
        ("AudioVideoInterleave.avi", "file.nothing_recorded"),
        ("wav.wav", "file.nothing_recorded"),
        ("mp3.mp3", "file.damaged"),  # one frame: no player can tell what it is
        ("pdf.pdf", "file.truncated"),  # a header and one object, without an end
        ("zip.zip", "file.unknown_type"),
        ("gzip.gz", "file.unknown_type"),
        ("rar5.rar", "file.unknown_type"),
    ],
)
def test_the_smallest_files_of_each_kind(name, expected):
    assert judged((SMALLEST / name).read_bytes(), name) == expected


@needs_shared_data
def test_a_recording_without_its_fragments_holds_nothing():
    path = MEDIA / "mp4" / "bipbop_nonfragment_header.mp4"

    assert judged(path.read_bytes(), path.name) == "file.nothing_recorded"


@needs_shared_data
@pytest.mark.parametrize(
    ("path", "pages"),
    [
        ("pdf/pdflatex-4-pages.pdf", 4),
        ("pdf/habibi.pdf", 1),
        ("pdf/libreoffice-writer-password.pdf", None),
    ],
)
def test_pages_are_counted_unless_a_password_hides_them(path, pages):
    with (DOCUMENTS / path).open("rb") as file:
        assert content.inspect(file, path).pages == pages


@needs_shared_data
def test_a_photo_says_when_and_where_it_was_taken():
    path = MEDIA / "exif" / "jpg-gps-DSCN0010.jpg"
    with path.open("rb") as file:
        photo = content.inspect(file, path.name).photo

    assert photo == photos.Photo(
        640, 480,
        datetime(2008, 10, 22, 16, 28, 39, tzinfo=BEIJING),
        Decimal("43.467448"), Decimal("11.885127"), "NIKON COOLPIX P6000",
    )  # fmt: skip


def picture(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 50).save(file, kind, **options)
    return file.getvalue()


def sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setparams((1, 2, 8000, 0, "NONE", ""))
        recording.writeframes(bytes(16000))
    return file.getvalue()


def video(kind: str, codec: str) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as container:
        if codec == "libmp3lame":
            stream = container.add_stream(codec, rate=8000)
            frame = av.AudioFrame(format="s16p", layout="mono", samples=8000)
            frame.sample_rate = 8000
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            packets = stream.encode(frame)
        else:
            stream = container.add_stream(codec, rate=5)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            packets = [
                packet
                for _ in range(5)
                for packet in stream.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 48))))
            ]
        container.mux([*packets, *stream.encode(None)])
    return file.getvalue()


def office(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<a/>" * 40)
    return file.getvalue()


def heic() -> bytes:
    """Return boxes as a phone writes them; their content is not looked into."""
    boxes = (b"ftyp", b"heic" + bytes(8)), (b"meta", bytes(40)), (b"mdat", bytes(400))
    return b"".join((8 + len(body)).to_bytes(4) + kind + body for kind, body in boxes)


WHOLE = {
    "照片.PNG": (lambda: picture("PNG"), "image/png"),
    "照片.jpeg": (lambda: picture("JPEG"), "image/jpeg"),
    "照片.webp": (lambda: picture("WEBP", lossless=True), "image/webp"),
    "照片.bmp": (lambda: picture("BMP"), "image/bmp"),
    "照片.tif": (lambda: picture("TIFF"), "image/tiff"),
    "照片.heic": (heic, "image/heic"),
    "录音.wav": (sound, "audio/wav"),
    "录像.mp4": (lambda: video("mp4", "mpeg4"), "video/mp4"),
    "录像.mov": (lambda: video("mov", "mpeg4"), "video/mp4"),
    "录像.avi": (lambda: video("avi", "mpeg4"), "video/x-msvideo"),
    "录像.mkv": (lambda: video("matroska", "mpeg4"), "video/webm"),
    "表.xlsx": (lambda: office("xl/workbook.xml"), formats.XLSX.media_type),
    "文.docx": (lambda: office("word/document.xml"), formats.DOCX.media_type),
    "讲.pptx": (lambda: office("ppt/presentation.xml"), formats.PPTX.media_type),
}


@pytest.mark.parametrize("name", WHOLE)
def test_every_kind_is_taken_whole_and_refused_when_cut(name):
    make, media_type = WHOLE[name]
    data = make()

    assert judged(data, name) == media_type
    for tenths in (1, 3, 5, 7, 9):
        assert judged(data[: len(data) * tenths // 10], name) in {"file.truncated", "file.damaged"}


def test_a_sound_recording_is_taken():
    assert judged(video("mp3", "libmp3lame"), "录音.mp3") == "audio/mpeg"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param("证人证言".encode(), "证言.txt", "text/plain", id="UTF-8"),
        pytest.param("证人证言".encode("gb18030"), "证言.txt", "text/plain", id="GB 18030"),
        pytest.param(
            "证人证言".encode("utf-16"), "证言.txt", "text/plain", id="UTF-16 with its mark"
        ),
        pytest.param(b"a,b\r\n1,2\r\n", "表.csv", "text/plain", id="CSV"),
        pytest.param(b"", "空.txt", "file.empty", id="0 bytes"),
        pytest.param(b"a\x00b", "数.txt", "file.unknown_type", id="a NUL"),
        pytest.param(b"\xff\xfea", "数.txt", "file.unknown_type", id="half of a UTF-16 character"),
        pytest.param(b"\x80\x00\xff", "数.txt", "file.unknown_type", id="no text at all"),
        pytest.param(b"RIFF\x10\0\0\0XXXX", "声.wav", "file.unknown_type", id="another RIFF"),
    ],
)
def test_text(data, name, expected):
    assert judged(data, name) == expected


@pytest.mark.parametrize("name", ["合同.pdf", "照片.png", "照片", ".jpg", "照片.jpg.exe"])
def test_a_name_that_promises_something_else_is_refused(name):
    assert judged(picture("JPEG"), name) == "file.name_mismatch"


def test_a_renamed_text_is_no_picture():
    assert judged("不是照片".encode(), "照片.jpg") == "file.name_mismatch"


def test_an_archive_that_is_no_office_file_is_refused():
    assert judged(office("payload.exe"), "文.docx") == "file.unknown_type"


def test_an_office_file_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(content, "MAX_UNPACKED_BYTES", 100)

    assert judged(office("word/document.xml"), "文.docx") == "file.unpacks_too_large"


def test_one_changed_byte_in_an_office_file_is_found():
    data = office("word/document.xml")
    at = data.index(b"<a/>")

    assert judged(data[:at] + b"!" + data[at + 1 :], "文.docx") == "file.damaged"


def test_a_picture_of_too_many_pixels_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)

    assert judged(picture("PNG"), "照片.png") == "file.picture_too_large"


def test_a_damaged_recording_is_refused():
    assert judged(b"RIFF\x04\0\0\0AVI " + bytes(40), "录像.avi") == "file.damaged"


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\n%%EOF\n"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"nothing of a document", id="no trailer"),
        pytest.param(
            b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
            b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
            b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
            b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n99\n",
            id="no pages",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_pdf_without_a_page_is_refused(body):
    assert judged(pdf(body), "合同.pdf") == "file.damaged"


def boxes(*pieces: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(pieces))


BOX = (16).to_bytes(4) + b"moov" + bytes(8)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(BOX, None, id="whole"),
        pytest.param(BOX + bytes(4) + b"mdat" + bytes(9), None, id="the last box reaches to the end"),
        pytest.param(BOX + (1).to_bytes(4) + b"mdat" + (20).to_bytes(8) + bytes(4), None, id="64 bits"),
        pytest.param(BOX + (1).to_bytes(4) + b"mdat" + (21).to_bytes(8) + bytes(4), "file.truncated", id="64 bits, cut"),
        pytest.param(BOX + b"\0\0", "file.truncated", id="half a header"),
        pytest.param(BOX + (7).to_bytes(4) + b"mdat", "file.damaged", id="shorter than its header"),
        pytest.param((8).to_bytes(4) + b"free", "file.truncated", id="no moov"),
    ],
)  # fmt: skip
def test_boxes(data, code):
    found = None
    try:
        structure.check_boxes(io.BytesIO(data), len(data), needed=frozenset({b"moov"}))
    except BadValue as refused:
        found = refused.code
    assert found == code


HEADER = b"\x1a\x45\xdf\xa3\x81\x00"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(HEADER + b"\x18\x53\x80\x67\x82ab", None, id="whole"),
        pytest.param(HEADER + b"\x18\x53\x80\x67\x83ab", "file.truncated", id="cut"),
        pytest.param(HEADER + b"\x18\x53\x80\x67\xffab", None, id="length left open"),
        pytest.param(HEADER, "file.truncated", id="nothing behind the header"),
        pytest.param(HEADER + b"\x18\x53", "file.truncated", id="cut within a number"),
        pytest.param(HEADER + b"\x00\x53\x80\x67\x82ab", "file.truncated", id="no number"),
        pytest.param(HEADER + b"\x18\x53\x80\x68\x82ab", "file.damaged", id="no segment"),
        pytest.param(b"\x1a\x45\xdf\xa4\x81\x00", "file.damaged", id="no header"),
        pytest.param(b"\x1a\x45\xdf\xa3\xff", "file.damaged", id="a header without length"),
    ],
)
def test_matroska(data, code):
    found = None
    try:
        structure.check_matroska(io.BytesIO(data), len(data))
    except BadValue as refused:
        found = refused.code
    assert found == code


def with_exif(change) -> photos.Photo:
    """Return what is read of a picture whose EXIF block `change` wrote."""
    exif = Image.Exif()
    change(exif)
    return photos.read(Image.open(io.BytesIO(picture("JPEG", exif=exif))))


def test_a_camera_that_names_its_zone_is_believed():
    def change(exif):
        exif.get_ifd(0x8769).update({0x9003: "2026:11:24 08:00:00", 0x9011: "+09:00"})

    taken = with_exif(change).taken_at

    assert taken is not None
    assert taken.isoformat() == "2026-11-24T08:00:00+09:00"


@pytest.mark.parametrize("said", ["2026:02:30 08:00:00", "0000:00:00 00:00:00", "昨天", ""])
def test_an_impossible_time_is_no_time(said):
    assert with_exif(lambda exif: exif.get_ifd(0x8769).update({0x9003: said})).taken_at is None


def degrees(exif, latitude, longitude, north="N", east="E"):
    exif.get_ifd(0x8825).update({1: north, 2: latitude, 3: east, 4: longitude})


@pytest.mark.parametrize(
    ("latitude", "longitude", "north", "east", "expected"),
    [
        pytest.param((31.0, 53.0, 30.0), (121.0, 10.0, 0.0), "N", "E", ("31.891667", "121.166667"), id="Haimen"),
        pytest.param((31.0, 53.0, 30.0), (121.0, 10.0, 0.0), "S", "W", ("-31.891667", "-121.166667"), id="far away"),
        pytest.param((91.0, 0.0, 0.0), (121.0, 10.0, 0.0), "N", "E", None, id="beyond the pole"),
        pytest.param((31.0, 53.0), (121.0, 10.0, 0.0), "N", "E", None, id="no seconds"),
    ],
)  # fmt: skip
def test_places(latitude, longitude, north, east, expected):
    photo = with_exif(lambda exif: degrees(exif, latitude, longitude, north, east))

    found = (photo.latitude, photo.longitude)
    assert found == ((None, None) if expected is None else tuple(map(Decimal, expected)))


def test_an_exif_block_that_cannot_be_read_says_nothing(monkeypatch):
    def broken(self):
        raise SyntaxError("not a TIFF file")

    monkeypatch.setattr(Image.Image, "getexif", broken)
    monkeypatch.setattr("PIL.JpegImagePlugin.JpegImageFile.getexif", broken, raising=False)

    assert photos.read(Image.open(io.BytesIO(picture("JPEG")))) == photos.Photo(64, 48)


def test_every_code_of_this_room_has_words():
    room = Path(formats.__file__).parent
    used = {
        code
        for path in room.glob("*.py")
        for code in re.findall(
            r'"((?:file|evidence|custody|exclusion|blob|item)\.[a-z0-9_]+)"', path.read_text()
        )
    }

    assert used - set(wording.WORDS) == {"evidence.received", "evidence.custody_noted",
                                         "evidence.excluded", "evidence.receive",
                                         "evidence.note_custody", "evidence.exclude"}  # fmt: skip
