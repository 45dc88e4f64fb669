"""Tables that are text: csv in the encodings and delimiters of the office, and flat JSON."""

import csv
import io
import json
import re
from collections import Counter

from zhifa.registry.sheets.model import BadSheet, Rows, Sheet, check_size

_DELIMITERS = (",", "\t", ";", "，", "|")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet program runs what begins so
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_LONGEST_CELL = 1_000_000


def decoded(data: bytes) -> str:
    """Return the text: UTF-8, UTF-16 with its mark (Excel's "Unicode text"), or GB 18030.

    Raises BadSheet: sheet.encoding, sheet.not_a_spreadsheet.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names: tuple[str, ...] = ("utf-16",)
    else:
        if b"\x00" in data:
            raise BadSheet("sheet.not_a_spreadsheet")
        names = ("utf-8-sig", "gb18030")
    for name in names:
        try:
            return data.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise BadSheet("sheet.encoding")


def csv_sheet(text: str) -> Sheet:
    """Return the sheet of delimited text; the delimiter is the one its first lines agree on.

    Raises BadSheet: sheet.too_many_rows, sheet.too_many_columns, sheet.damaged.
    """
    delimiter = _delimiter(text)

    def rows() -> Rows:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for number, row in enumerate(reader, start=1):
                check_size(number, len(row))
                yield number, [_unguarded(cell) for cell in row]
        except csv.Error as problem:
            raise BadSheet("sheet.damaged", f"第 {reader.line_num} 行") from problem

    return Sheet("", rows)


def json_sheet(text: str) -> Sheet:
    """Return the sheet of a JSON array of flat objects: a row of field names, then one row an object.

    Raises BadSheet: sheet.json_shape, sheet.too_many_rows, sheet.too_many_columns.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadSheet("sheet.json_shape") from problem
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadSheet("sheet.json_shape")
    fields = list(dict.fromkeys(name for one in found for name in one))
    check_size(len(found) + 1, len(fields))
    for one in found:
        if not all(isinstance(value, str | int | float | bool | None) for value in one.values()):
            raise BadSheet("sheet.json_shape")

    def rows() -> Rows:
        yield 1, list(fields)
        for number, one in enumerate(found, start=2):
            yield number, ["" if one.get(name) is None else one[name] for name in fields]

    return Sheet("", rows)


def _delimiter(text: str) -> str:
    """Return the delimiter by which most of the first lines agree on their columns, a comma if none does."""
    head = text[:20_000]
    best, most = ",", (0, 1)
    for candidate in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=candidate))[:10]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        agreed = max(((lines, width) for width, lines in widths.items()), default=(0, 1))
        if agreed > most:
            best, most = candidate, agreed
    return best


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def guarded(text: str) -> str:
    """Return the text as it may stand in a csv cell that a spreadsheet program will open.

    Such a program runs what begins like a formula, so an apostrophe stands before it; reading
    takes it away again.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


csv.field_size_limit(_LONGEST_CELL)
