"""What a file really is, and its sheets (打开表格文件): xlsx, xls, et, csv, flat JSON.

Office files come with wrong names: an "xls" that is a web page or Excel 2003 XML, a "csv" that is a
workbook. The first bytes decide; what cannot be read is named, with what to do (`wording`).
"""

from zhifa.registry.sheets import texts, workbooks
from zhifa.registry.sheets.model import FILE_BYTES_MOST, BadSheet, Sheet

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # xls, et, doc, and workbooks under a password
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<meta")


def open_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Return the visible sheets of a file, in order.

    Raises BadSheet: sheet.empty_file, sheet.file_too_large, sheet.not_a_spreadsheet, sheet.xml_2003,
    sheet.web_page, sheet.xml, sheet.other_format, sheet.password, sheet.damaged, sheet.encoding,
    sheet.too_many_rows, sheet.too_many_columns, sheet.unpacks_too_large, sheet.json_shape.
    """
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise BadSheet("sheet.empty_file")
    if len(data) > FILE_BYTES_MOST:
        raise BadSheet("sheet.file_too_large", f"{FILE_BYTES_MOST // 1024 // 1024} MB")
    if data.startswith(_ZIP):
        return tuple(workbooks.read_xlsx(data))
    if data.startswith(_OLE):
        return tuple(workbooks.read_xls(data))
    if data.startswith(_FOREIGN):
        raise BadSheet("sheet.not_a_spreadsheet")
    text = texts.decoded(data)
    start = text.lstrip()
    _refuse_markup(start)
    return (texts.json_sheet(text) if start.startswith(("[", "{")) else texts.csv_sheet(text),)


def _refuse_markup(text: str) -> None:
    if not text.startswith("<"):
        return
    head = text[:4096].lower().encode("utf-8", "replace")
    if _XML_2003 in head or b"<workbook" in head:
        raise BadSheet("sheet.xml_2003")
    if any(mark in head for mark in _WEB_PAGE):
        raise BadSheet("sheet.web_page")
    raise BadSheet("sheet.xml")
