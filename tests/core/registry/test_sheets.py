"""Reading and writing spreadsheets: what a file really is, where its columns are, what its cells say."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.paths import SHARED_DATA, needs_shared_data

from zhifa.registry.sheets import texts, workbooks, writing
from zhifa.registry.sheets.cells import RowReader
from zhifa.registry.sheets.model import BadSheet, Fault
from zhifa.registry.sheets.opening import open_sheets
from zhifa.registry.sheets.tables import Column, Row, find_table

NAME = Column("name", "名称", ("单位名称", "title"), needed=True)
CODE = Column("code", "统一社会信用代码", ("信用代码",))
DAY = Column("day", "成立日期")
COLUMNS = (NAME, CODE, DAY)

XML_2003 = (
    b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


def workbook(*sheets, names=()):
    """An xlsx whose sheets are functions that fill them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number, fill in enumerate(sheets):
        fill(book, book.add_worksheet(names[number] if names else None))
    book.close()
    return buffer.getvalue()


def grid(rows):
    """A sheet filled with rows of text and numbers."""

    def fill(book, sheet):
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return fill


def with_part(data, path, change):
    """The same archive with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == path else content)
    return out.getvalue()


def rows_of(data, columns=COLUMNS):
    return [(row.number, row.cells) for row in find_table(open_sheets(data), columns).rows()]


GOOD = workbook(grid([["名称"], ["甲"]]))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "sheet.empty_file", id="no bytes"),
        pytest.param(b"\xef\xbb\xbf \r\n", "sheet.empty_file", id="only a mark and blanks"),
        pytest.param(b"\0" * 2000, "sheet.empty_file", id="zeros of a cut copy"),
        pytest.param(b"a," * (11 * 1024 * 1024), "sheet.file_too_large", id="22 MB"),
        pytest.param(XML_2003, "sheet.xml_2003", id="Excel 2003 XML"),
        pytest.param(b"  <html><table><tr><td>1", "sheet.web_page", id="a web page named xls"),
        pytest.param(b"<?xml version='1.0'?><a/>", "sheet.xml", id="other XML"),
        pytest.param(b"%PDF-1.7\n", "sheet.not_a_spreadsheet", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "sheet.not_a_spreadsheet", id="picture"),
        pytest.param(b"abc\x00\x01\x02def", "sheet.not_a_spreadsheet", id="bytes"),
        pytest.param(b"\xff\xff\xfe\xfe\x80", "sheet.encoding", id="no encoding fits"),
        pytest.param(b"PK\x03\x04 torn", "sheet.damaged", id="torn archive"),
        pytest.param(GOOD[: len(GOOD) // 2], "sheet.damaged", id="half a workbook"),
        pytest.param(GOOD[:-8], "sheet.damaged", id="workbook without its end"),
        pytest.param(bytes.fromhex("D0CF11E0A1B11AE1") + b"0" * 600, "sheet.not_a_spreadsheet", id="torn xls"),
        pytest.param(b'[{"a": [1]}]', "sheet.json_shape", id="nested JSON"),
        pytest.param(b'{"a": 1}', "sheet.json_shape", id="JSON object"),
        pytest.param(b"[1", "sheet.json_shape", id="torn JSON"),
        pytest.param(b"[" * 100_000, "sheet.json_shape", id="JSON too deep"),
    ],
)  # fmt: skip
def test_files_that_are_no_table(data, code):
    with pytest.raises(BadSheet) as caught:
        rows_of(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("part", "code", "about"),
    [
        ("word/document.xml", "sheet.other_format", "docx"),
        ("content.xml", "sheet.other_format", "ods"),
        ("xl/workbook.bin", "sheet.other_format", "xlsb"),
        ("a.txt", "sheet.not_a_spreadsheet", ""),
    ],
)
def test_archives_that_are_no_xlsx(part, code, about):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(BadSheet) as caught:
        open_sheets(buffer.getvalue())
    assert (caught.value.code, caught.value.about) == (code, about)


def test_a_value_in_the_last_cell_asks_for_no_memory():
    def fill(book, sheet):
        sheet.write(0, 0, "名称")
        sheet.write(1_048_575, 16_383, "x")

    data = workbook(fill)
    tracemalloc.start()
    with pytest.raises(BadSheet) as caught:
        open_sheets(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "sheet.too_many_rows"
    assert peak < 30 * 1024 * 1024


def test_formatted_blank_cells_below_do_not_count():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["名称"])
        sheet.write_row(1, 0, ["甲"])
        for row in range(2, 3000):
            sheet.write_blank(row, 0, None, book.add_format({"bold": True}) if row == 2 else None)
        sheet.write_blank(1_048_575, 300, None, book.add_format({"border": 1}))

    assert [number for number, _ in rows_of(workbook(fill))] == [2]


def test_an_archive_that_unpacks_without_end_is_refused():
    bomb = with_part(GOOD, "xl/worksheets/sheet1.xml", lambda _: b" " * 450_000_000)
    with pytest.raises(BadSheet) as caught:
        open_sheets(bomb)
    assert caught.value.code == "sheet.unpacks_too_large"


SHEET_1 = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize("begun", [b"<c>", b"<x:c>", b"<c ", b"<c r='/", b"<row "])
def test_cells_that_never_end_are_refused_and_no_byte_is_looked_at_again(begun, monkeypatch):
    looked_at = []

    class Counted:
        """The pattern, noting how far each match reaches: a cell never ended reaches the end."""

        def finditer(self, text):
            for tag in pattern.finditer(text):
                looked_at.append(len(tag[0]))
                yield tag

    pattern = workbooks._TAG
    monkeypatch.setattr(workbooks, "_TAG", Counted())
    sheet = HEAD + begun * 40_000
    with pytest.raises(BadSheet) as caught:
        open_sheets(with_part(GOOD, SHEET_1, lambda _: sheet))
    assert caught.value.code == "sheet.damaged"
    assert sum(looked_at) <= len(sheet)


@pytest.mark.parametrize("begun", [b"<c>", b"<c r='", b"<!--"])
def test_what_is_unfinished_is_not_kept_without_end(begun, monkeypatch):
    pieces = []
    monkeypatch.setattr(workbooks, "_PIECE", 1000)
    monkeypatch.setattr(workbooks, "_UNFINISHED_MOST", 5000)
    whole_tokens = workbooks._whole_tokens
    monkeypatch.setattr(
        workbooks, "_whole_tokens", lambda text: pieces.append(len(text)) or whole_tokens(text)
    )
    data = with_part(GOOD, SHEET_1, lambda _: HEAD + begun + b" " * 100_000 + b"></c>")
    with pytest.raises(BadSheet) as caught:
        open_sheets(data)
    assert caught.value.code == "sheet.damaged"
    assert max(pieces) <= 6000


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_it_does_not_matter_where_a_piece_of_a_sheet_ends(size, monkeypatch):
    monkeypatch.setattr(workbooks, "_PIECE", size)
    sheet = (
        HEAD
        + b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe5\x90\x8d\xe7\xa7\xb0</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>\xe7\x94\xb2</t></is></c><c r="B2"/></row>'
        b'<row r="4"/><row r="5"><c r="C5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with zipfile.ZipFile(io.BytesIO(with_part(GOOD, SHEET_1, lambda _: sheet))) as archive:
        extent = workbooks._extent(archive, SHEET_1)
    assert (extent.rows, extent.columns) == (5, 3)
    assert extent.faults == {(5, 3): Fault("cell.formula_error", "#DIV/0!")}


def test_entities_are_refused():
    evil = with_part(GOOD, "xl/workbook.xml", lambda old: b'<!DOCTYPE a [<!ENTITY b "c">]>' + old)
    with pytest.raises(BadSheet) as caught:
        open_sheets(evil)
    assert caught.value.code == "sheet.damaged"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"], ids=lambda name: name
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
def test_csv_of_the_office(encoding, delimiter):
    text = f"名称{delimiter}信用代码\r\n演示𬭎䶮商行{delimiter}１２３\r\n"
    if encoding == "utf-16":
        text = "\ufeff" + text
    data = text.encode("utf-16-le" if encoding == "utf-16" else encoding)
    assert rows_of(data) == [(2, {"name": "演示𬭎䶮商行", "code": "１２３"})]


def test_a_quote_left_open_in_csv_is_not_read_to_the_end():
    with pytest.raises(BadSheet) as caught:
        rows_of('名称,信用代码\n"甲,1\n乙,2\n'.encode())
    assert caught.value.code == "sheet.damaged"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([["名称", "成立日期"], ["甲", ""]], [2], id="headings first"),
        pytest.param([["执法主体登记表"], [], ["注：带＊的必填"], ["＊名 称：", "成立日期"], ["甲", ""]], [5], id="titles above"),
        pytest.param([["title"], ["名称"], ["甲"]], [3], id="headings again in Chinese"),
        pytest.param([["名称"], ["甲"], [], [" "], ["乙"], ["", ""]], [2, 5], id="blank rows"),
        pytest.param([["甲名/title"], ["甲"]], [2], id="two names of a heading"),
        pytest.param([["名称", "备注"], ["", "只有备注"], ["甲", ""]], [3], id="nothing we read"),
    ],
)  # fmt: skip
def test_where_the_rows_are(rows, found):
    assert [number for number, _ in rows_of(workbook(grid(rows)))] == found


@pytest.mark.parametrize(
    ("fill", "code"),
    [
        pytest.param(grid([]), "sheet.no_rows", id="empty workbook"),
        pytest.param(grid([["甲", "乙"], ["1", "2"]]), "sheet.no_headings", id="other headings"),
        pytest.param(grid([["名称", "单位名称"], ["甲", "乙"]]), "sheet.column_twice", id="a column twice"),
        pytest.param(
            lambda book, sheet: (sheet.write_row(0, 0, ["", "", "成立日期"]), sheet.merge_range(0, 0, 0, 1, "名称")),
            "sheet.merged_heading",
            id="merged headings",
        ),
    ],
)  # fmt: skip
def test_headings_that_cannot_be_used(fill, code):
    with pytest.raises(BadSheet) as caught:
        rows_of(workbook(fill))
    assert caught.value.code == code


def test_a_missing_column_is_named():
    other = Column("kind", "类别", needed=True)
    with pytest.raises(BadSheet) as caught:
        rows_of(GOOD, (NAME, other))
    assert (caught.value.code, caught.value.about) == ("sheet.column_missing", "类别")


def test_unknown_columns_and_other_sheets_are_named():
    data = workbook(
        grid([["名称", "心情"], ["甲", "好"]]), grid([["名称"], ["乙"]]), names=["一", "二"]
    )
    table = find_table(open_sheets(data), COLUMNS)
    assert (table.unknown, table.passed_over) == (("心情",), ("二",))


def test_formulas_that_failed_are_seen():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["名称", "信用代码", "成立日期"])
        sheet.write_formula(1, 0, "=1/0", value="#DIV/0!")
        sheet.write_formula(1, 1, "=B9", value="")
        sheet.write_formula(1, 2, "=1+1", value=45000)

    data = workbook(fill)
    data = with_part(data, "xl/worksheets/sheet1.xml", lambda old: old.replace(b"<v></v>", b""))
    ((_, cells),) = rows_of(data)
    assert cells["name"] == Fault("cell.formula_error", "#DIV/0!")
    assert cells["code"] == Fault("cell.formula_not_computed")
    assert cells["day"] == 45000


def read(cell):
    return RowReader(Row(2, {"x": cell}))


@pytest.mark.parametrize(
    ("cell", "found", "codes"),
    [
        (date(2026, 1, 2), date(2026, 1, 2), []),
        (datetime(2026, 1, 2), date(2026, 1, 2), []),  # noqa: DTZ001  (cells have no zone)
        (datetime(2026, 1, 2, 8), date(2026, 1, 2), ["cell.time_left_out"]),  # noqa: DTZ001
        ("2026-01-02", date(2026, 1, 2), []),
        ("2026/1/2", date(2026, 1, 2), []),
        ("2026.1.2", date(2026, 1, 2), []),
        ("２０２６年１月２日", date(2026, 1, 2), []),
        ("20260102", date(2026, 1, 2), []),
        ("2026-01-02 00:00:00", date(2026, 1, 2), []),
        (20260102, date(2026, 1, 2), []),
        (46024.0, date(2026, 1, 2), ["cell.day_from_number"]),
        ("", None, []),
        ("2026-02-30", None, ["cell.no_such_day"]),
        (20260230, None, ["cell.no_such_day"]),
        ("1/2/2026", None, ["cell.day_format"]),
        ("26-01-02", None, ["cell.day_format"]),
        ("长期", None, ["cell.day_format"]),
        (12, None, ["cell.day_format"]),
        (1e12, None, ["cell.day_format"]),
        (True, None, ["cell.day_format"]),
        (time(8), None, ["cell.day_format"]),
        (Fault("cell.formula_error", "#N/A"), None, ["cell.formula_error"]),
    ],
)
def test_days(cell, found, codes):
    reader = read(cell)
    assert reader.day("x") == found
    assert [one.code for one in reader.bad[:1] or reader.notes] == codes


@pytest.mark.parametrize(
    ("cell", "found", "codes"),
    [
        ("91330901672576424K", "91330901672576424K", []),
        (" 9133 0901672576424Ｋ", "91330901672576424K", ["cell.made_half_width"]),
        (12.0, "12", []),
        (9.13305005517544822e17, "", ["cell.figures_lost"]),
        (913305005517544822, "", ["cell.figures_lost"]),
        ("1" * 61, "", ["cell.too_long"]),
        ("", "", ["cell.missing"]),
    ],
)
def test_codes(cell, found, codes):
    reader = read(cell)
    assert reader.code("x", needed=True) == found
    assert [one.code for one in (*reader.bad, *reader.notes)] == codes


@pytest.mark.parametrize(
    ("cell", "found", "bad"),
    [("是", True, 0), (True, True, 0), (" 否 ", False, 0), ("", None, 0), ("也许", None, 1)],
)
def test_choices(cell, found, bad):
    reader = read(cell)
    assert reader.choice("x", {"是": True, "否": False}) is found
    assert len(reader.bad) == bad


@pytest.mark.parametrize(
    ("cell", "found"), [(3.0, 3), ("１２", 12), ("", None), ("-1", None), (1.5, None)]
)
def test_whole_numbers(cell, found):
    assert read(cell).whole("x") == found


def test_lists_in_a_cell():
    assert read("市场监管、食品；药品\n食品, 特种设备").several("x") == (
        "市场监管",
        "食品",
        "药品",
        "特种设备",
    )


# What an office program can keep in a cell: no control characters, and blanks at the ends are cut.
CELL_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n𬭎䶮=+-@'\"，"), max_size=40
).map(str.strip).filter(lambda text: not any(c in text for c in "\u200b\ufeff\u3000\u00a0\u0085\u2028\u2029"))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL_TEXT.filter(bool), CELL_TEXT), max_size=8))
@example([("，", "，")])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_written_reads_the_same(form, pairs):
    rows = [{"name": name, "code": code} for name, code in pairs]
    if form == "xlsx":
        data = writing.xlsx((NAME, CODE), rows, title="主体")
    else:
        data = writing.csv_text((NAME, CODE), rows)
    found = [
        {key: RowReader(Row(number, cells)).text(key) for key in ("name", "code")}
        for number, cells in rows_of(data, (NAME, CODE))
    ]
    assert found == rows


def test_nothing_in_an_export_is_run():
    evil = '=HYPERLINK("http://x","点我")'
    data = writing.xlsx((NAME, CODE), [{"name": evil, "code": "+86"}], title="主体")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet.lower().replace(b"=hyperlink", b"")
    ((_, cells),) = rows_of(data)
    assert cells == {"name": evil, "code": "+86"}
    text = writing.csv_text((NAME, CODE), [{"name": evil, "code": "+86"}]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1] == ["'" + evil, "'+86"]


def test_a_text_too_long_for_excel_is_not_cut_off():
    with pytest.raises(BadSheet) as caught:
        writing.xlsx((NAME,), [{"name": "长" * 32_768}], title="主体")
    assert caught.value.code == "sheet.cell_too_long"


def test_guarding_and_reading_back_are_inverse():
    for text in ("=1", "'=1", "''", "'", "甲", "", "-", "@", "'甲"):
        ((_, row),) = texts.csv_sheet(texts.guarded(text) + ",x\n").rows()
        assert row[0] == text


def test_fifty_thousand_rows():
    rows = ({"name": f"演示主体{number}", "code": "91330901672576424K"} for number in range(50_000))
    data = writing.xlsx(COLUMNS, rows, title="主体")
    tracemalloc.start()
    assert sum(1 for _ in find_table(open_sheets(data), COLUMNS).rows()) == 50_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * 1024 * 1024


@needs_shared_data
@pytest.mark.parametrize(
    ("path", "columns", "rows"),
    [
        ("penalties/其他部门行政处罚导入模板.xls", (Column("n", "企业名称", needed=True),), 0),
        ("inspection/专项库导入模板.xlsx", (Column("n", "企业名称", needed=True), Column("k", "专项库名称")), 1),
        ("inspection/双随机抽查对象名单-1.xlsx", (Column("n", "企业名称", ("名称",), needed=True),), 478),
        ("inspection/双随机抽查对象名单-2.csv", (Column("n", "企业名称", ("名称",), needed=True),), 2883),
        ("uscc/统一社会信用代码-有效样本.csv", (Column("n", "企业名称", needed=True),), 600),
        ("power-lists/辽宁省政务服务事项目录-依据样本.json", (Column("n", "事项名称", needed=True),), 18),
        ("power-lists/广东权责清单导入模板.xlsx", (Column("n", "标题", ("title",), needed=True),), 0),
    ],
)  # fmt: skip
def test_real_files(path, columns, rows):
    assert len(rows_of((SHARED_DATA / path).read_bytes(), columns)) == rows
