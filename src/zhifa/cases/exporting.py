"""A list as a workbook (导出): text stays text, days are days, nothing in it runs."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an xlsx with one sheet, its first row frozen, filters on; constant memory."""
    buffer = io.BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.set_column(1, 1, 44)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(last, place, value, day)
                elif value:
                    sheet.write_string(last, place, str(value))
        sheet.autofilter(0, 0, last, len(heads) - 1)
    return buffer.getvalue()
