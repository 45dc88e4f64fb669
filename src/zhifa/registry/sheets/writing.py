"""Tables written into files (导出): xlsx, or csv that a spreadsheet program opens without running anything.

Every cell of an xlsx is written as text, so codes keep their zeros and nothing is taken for a formula;
rows are written as they come, in constant memory.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from zhifa.registry.sheets.model import BadSheet
from zhifa.registry.sheets.tables import NOTES_SHEET, Column
from zhifa.registry.sheets.texts import FORMULA_STARTS, guarded

_CELL_LONGEST = 32_767  # of Excel
_CHOICES_LONGEST = 255  # characters of a list in a data validation


def xlsx(columns: tuple[Column, ...], rows: Iterable[Mapping[str, str]], *, title: str) -> bytes:
    """Return a workbook: headings, rows, and a sheet that says how to fill it in.

    rows   text by column key; a day as 2026-01-02
    title  name of the sheet, at most 31 characters

    Raises BadSheet (sheet.cell_too_long) rather than cut a text off.
    """
    buffer = io.BytesIO()
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, **plain_text}) as book:
        _fill(book, book.add_worksheet(title), columns, rows)
        _add_notes(book, columns)
    return buffer.getvalue()


def csv_text(columns: tuple[Column, ...], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return csv in UTF-8 with its mark, which Excel and WPS need in order to see the characters."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.heading for column in columns])
    for row in rows:
        writer.writerow([guarded(row.get(column.key, "")) for column in columns])
    return buffer.getvalue().encode("utf-8-sig")


def _fill(
    book: Any, sheet: Any, columns: tuple[Column, ...], rows: Iterable[Mapping[str, str]]
) -> None:
    text, quoted = _text_format(book), _text_format(book, quote_prefix=True)
    _lay_out(sheet, columns, text)
    _write_headings(book, sheet, [column.heading for column in columns])
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            if value := row.get(column.key, ""):
                _check_length(value, column)
                looks = quoted if value.startswith(FORMULA_STARTS) else text
                sheet.write_string(last, place, value, looks)
    if last:
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _lay_out(sheet: Any, columns: tuple[Column, ...], text: Any) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, text)
        if column.choices and len(",".join(column.choices)) <= _CHOICES_LONGEST:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, place, 5000, place, rule)


def _add_notes(book: Any, columns: tuple[Column, ...]) -> None:
    sheet, text = book.add_worksheet(NOTES_SHEET), _text_format(book)
    for place, width in enumerate((20, 8, 80)):
        sheet.set_column(place, place, width)
    _write_headings(book, sheet, ["列", "必填", "怎样填"])
    for number, column in enumerate(columns, start=1):
        choices = f"可填：{'、'.join(column.choices)}" if column.choices else ""
        words = "；".join(part for part in (column.help, choices) if part)
        for place, value in enumerate((column.heading, "是" if column.needed else "", words)):
            sheet.write_string(number, place, value, text)


def _write_headings(book: Any, sheet: Any, headings: list[str]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, head)


def _text_format(book: Any, *, quote_prefix: bool = False) -> Any:
    return book.add_format(
        {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": quote_prefix}
    )


def _check_length(value: str, column: Column) -> None:
    if len(value.encode("utf-16-le")) // 2 > _CELL_LONGEST:
        raise BadSheet("sheet.cell_too_long", column.heading)
