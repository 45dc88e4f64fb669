"""A list as a workbook (导出): text stays text, days are days, nothing in it runs."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from zhifa.clock import BEIJING

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        minute = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.set_column(1, 1, 44)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):  # a sheet knows no zones: Beijing time, as the page
                    there = value.astimezone(BEIJING).replace(tzinfo=None)
                    sheet.write_datetime(last, place, there, minute)
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, value, day)
                elif value:
                    sheet.write_string(last, place, str(value))
        sheet.autofilter(0, 0, last, len(heads) - 1)
    return buffer.getvalue()


def sent(content: bytes, name: str) -> HttpResponse:
    """Return a workbook to be kept, under a name that may be Chinese."""
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
