"""Workbooks of Excel and WPS: xlsx looked through before it is opened, xls and et as they are.

The reader (`python-calamine`) keeps every cell between the first and the last one in memory, so one
value in cell XFD1048576 would ask for gigabytes. An xlsx is therefore passed over once, piece by piece:
how far it really reaches, and which formulas ended in an error, of which the reader says nothing.
"""

import io
import re
import zipfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from zhifa.registry.sheets.model import (
    UNPACKED_BYTES_MOST,
    BadSheet,
    Cell,
    Fault,
    Rows,
    Sheet,
    check_size,
)

_PIECE = 1 << 20
_UNFINISHED_MOST = 1 << 20  # of one cell or tag [policy]: a cell holds 32 767 characters
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SMALL_PART = 8 * 1024 * 1024
_FAULTS_MOST = 1000
# No pattern reaches beyond the next "<", so that nothing is looked at again from every tag before it.
_TAG = re.compile(rb"<(/?)(?:\w+:)?(row|c)\b([^<>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{0,3})([0-9]*)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^<>/]*>")
_SHOWN = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<")
_OTHER_FORMATS = {"xl/workbook.bin": "xlsb", "content.xml": "ods", "word/document.xml": "docx"}


@dataclass(slots=True)
class _Extent:
    """How far the values of a sheet reach, and the cells whose formula gave none; counted from 1."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)

    def take(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        check_size(self.rows, self.columns)


def read_xlsx(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an xlsx. Raises BadSheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            extents = _look_through(archive)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, EOFError, NotImplementedError,
            RuntimeError, OSError, ValueError) as problem:  # fmt: skip
        if isinstance(problem, BadSheet):
            raise
        raise BadSheet("sheet.damaged") from problem
    return _sheets(data, extents)


def read_xls(data: bytes) -> list[Sheet]:
    """Return the visible sheets of an xls or et. Raises BadSheet."""
    return _sheets(data, {})


def _sheets(data: bytes, extents: dict[str, _Extent]) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            _sheet(book.get_sheet_by_name(one.name), extents.get(one.name, _Extent()))
            for one in book.sheets_metadata
            if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
        ]
    except PasswordError as problem:
        raise BadSheet("sheet.password") from problem
    except CalamineError as problem:
        protected = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k" in data
        code = (
            "sheet.password"
            if protected
            else "sheet.damaged"
            if extents
            else "sheet.not_a_spreadsheet"
        )
        raise BadSheet(code) from problem


def _sheet(sheet: CalamineSheet, extent: _Extent) -> Sheet:
    check_size(sheet.total_height, sheet.total_width)
    first_column = sheet.start[1] if sheet.start else 0
    merged = tuple(
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )

    def rows() -> Rows:
        for number, found in enumerate(sheet.iter_rows(), start=1):
            row: list[Cell] = [*([""] * first_column), *found]
            if extent.faults:
                _put_faults(row, number, extent.faults)
            yield number, row

    return Sheet(sheet.name, rows, merged)


def _put_faults(row: list[Cell], number: int, faults: dict[tuple[int, int], Fault]) -> None:
    for column in range(1, len(row) + 1):
        if fault := faults.get((number, column)):
            row[column - 1] = fault


def _look_through(archive: zipfile.ZipFile) -> dict[str, _Extent]:
    """Return the extent of each sheet by its name."""
    names = set(archive.namelist())
    if _WORKBOOK not in names:
        kind = next((kind for part, kind in _OTHER_FORMATS.items() if part in names), "")
        raise BadSheet("sheet.other_format", kind) if kind else BadSheet("sheet.not_a_spreadsheet")
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_BYTES_MOST:
        raise BadSheet("sheet.unpacks_too_large")
    return {name: _extent(archive, path) for name, path in _sheet_paths(archive) if path in names}


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {one.get("Id", ""): one.get("Target", "") for one in _small_part(archive, _RELATIONS)}
    for sheets in _small_part(archive, _WORKBOOK):
        if sheets.tag.rpartition("}")[2] != "sheets":
            continue
        for one in sheets:
            relation = next((v for k, v in one.attrib.items() if k.rpartition("}")[2] == "id"), "")
            target = targets.get(relation, "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield one.get("name", ""), path


def _small_part(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    if archive.getinfo(path).file_size > _SMALL_PART:
        raise BadSheet("sheet.unpacks_too_large")
    content = archive.read(path)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadSheet("sheet.damaged")  # no program writes one; entities could unpack without end
    return ElementTree.fromstring(content)  # noqa: S314  (no entities, a bounded size)


def _extent(archive: zipfile.ZipFile, path: str) -> _Extent:
    extent = _Extent()
    row = column = 0
    for kind, attributes, content in _tokens(archive, path):
        if kind == b"row":
            row, column = _number(attributes, row + 1), 0
            continue
        row, column = _place(attributes, row, column + 1)
        _look_at(extent, row, column, attributes, content)
    return extent


def _tokens(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield rows and cells with their attributes, cells with what is in them.

    Takes time in proportion to the sheet: only what is unfinished is kept for the next piece, and a
    cell or a tag that does not end, or not within `_UNFINISHED_MOST`, is refused. Raises BadSheet.
    """
    rest = b""
    unpacked = 0
    with archive.open(path) as stream:
        while piece := stream.read(_PIECE):
            unpacked += len(piece)
            if unpacked > UNPACKED_BYTES_MOST:  # the archive's own table may lie
                raise BadSheet("sheet.unpacks_too_large")
            text = rest + piece
            rest = text[(yield from _whole_tokens(text)) :]
            if len(rest) > _UNFINISHED_MOST:
                raise BadSheet("sheet.damaged")
    if rest:
        raise BadSheet("sheet.damaged")


def _whole_tokens(text: bytes) -> Generator[tuple[bytes, bytes, bytes], None, int]:
    """Yield what is whole; return where a cell or a tag begins that the next piece ends."""
    cell: re.Match[bytes] | None = None
    for tag in _TAG.finditer(text):
        closing, kind, attributes = tag.groups()
        if cell is not None:
            if closing and kind == b"c":
                yield kind, cell[3], text[cell.end() : tag.start()]
                cell = None
        elif closing:
            continue
        elif kind == b"c" and not attributes.endswith(b"/"):
            cell = tag
        else:
            yield kind, attributes, b""
    if cell is not None:
        return cell.start()
    start = text.rfind(b"<")
    return start if start > text.rfind(b">") else len(text)


def _look_at(extent: _Extent, row: int, column: int, attributes: bytes, content: bytes) -> None:
    valued = _VALUE.search(content) is not None
    if valued:
        extent.take(row, column)
    fault = None
    if b't="e"' in attributes:
        shown = _SHOWN.search(content)
        fault = Fault("cell.formula_error", (shown[1] if shown else b"").decode("utf-8", "replace"))
    elif b"<f" in content and not valued:
        fault = Fault("cell.formula_not_computed")
    if fault and len(extent.faults) < _FAULTS_MOST:
        extent.take(row, column)
        extent.faults[row, column] = fault


def _number(attributes: bytes, default: int) -> int:
    place = _PLACE.search(attributes)
    return int(place[2]) if place and place[2] else default


def _place(attributes: bytes, row: int, column: int) -> tuple[int, int]:
    place = _PLACE.search(attributes)
    if not place or not place[1] or not place[2]:
        return row, column
    letters = 0
    for letter in place[1]:
        letters = letters * 26 + letter - 64
    return int(place[2]), letters
