"""Tables as files: values arrive with their kinds, nothing becomes a formula, headers repeat on paper."""

import datetime as dt
import io

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from openpyxl import load_workbook

from bonhoa.reports import table_docx, table_xlsx
from bonhoa.reports.tables import sheet_title, shown

COLUMNS = ("Tên", "Số", "Tỷ lệ", "Ngày")
ROWS = [("Sở Nội vụ", 46_970, 0.5, dt.date(2025, 11, 30)), ("Sở Y tế", 0, 1.0, None)]


def test_xlsx_keeps_the_kinds_of_values() -> None:
    sheet = load_workbook(io.BytesIO(table_xlsx("Danh sách: [đơn vị]", COLUMNS, ROWS))).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Danh sách: [đơn vị]"
    assert rows[2] == COLUMNS
    assert rows[3] == ("Sở Nội vụ", 46_970, 0.5, dt.datetime(2025, 11, 30))
    assert rows[4][1] == 0 and rows[4][3] is None
    assert sheet["D4"].number_format == "dd/mm/yyyy"
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "A4"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Danh sách: [đơn vị]", "Danh sách đơn vị"),
        ("Sổ theo dõi giải quyết văn bản đến năm 2026", "Sổ theo dõi giải quyết văn bản…"),
        ("Bảng phân công nhiệm vụ (dự thảo)", "Bảng phân công nhiệm vụ (dự…"),
        ("  ", "Bảng"),
    ],
)
def test_the_name_of_a_sheet_ends_with_a_word(title: str, name: str) -> None:
    assert sheet_title(title) == name and len(name) <= 31


def test_a_time_keeps_its_hours() -> None:
    rows = [(dt.datetime(2026, 11, 24, 21, 33, 5, tzinfo=dt.UTC), dt.date(2026, 11, 24))]
    cells = load_workbook(io.BytesIO(table_xlsx("Nhật ký", ("Lúc", "Ngày"), rows))).worksheets[0][4]
    assert [c.number_format for c in cells] == ["dd/mm/yyyy hh:mm", "dd/mm/yyyy"]
    assert cells[0].value == dt.datetime(2026, 11, 24, 21, 33, 5)
    assert open_docx(io.BytesIO(table_docx("Nhật ký", ("Lúc", "Ngày"), rows))).tables[0].rows[1].cells[0].text == (
        "24/11/2026 21:33"
    )


def test_heads_begin_with_a_capital() -> None:
    columns, rows = ("đến ngày", "Số", ""), [("a", 1, None)]
    sheet = load_workbook(io.BytesIO(table_xlsx("Bảng", columns, rows))).worksheets[0]
    assert [c.value or "" for c in sheet[3]] == ["Đến ngày", "Số", ""]
    table = open_docx(io.BytesIO(table_docx("Bảng", columns, rows))).tables[0]
    assert [c.text for c in table.rows[0].cells] == ["Đến ngày", "Số", ""]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+84 24", "-5 điểm", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text: str) -> None:
    cell = load_workbook(io.BytesIO(table_xlsx("Bảng", ("Cột",), [(text,)]))).worksheets[0]["A4"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix


def test_signs_that_xml_cannot_hold_do_not_break_the_file() -> None:
    rows = [("a\x00b\x0bc", 1, 1.0, None)]
    assert load_workbook(io.BytesIO(table_xlsx("Bảng", COLUMNS, rows))).worksheets[0]["A4"].value == "a b c"
    assert open_docx(io.BytesIO(table_docx("Bảng", COLUMNS, rows))).tables[0].rows[1].cells[0].text == "a b c"


def test_docx_repeats_its_header_row() -> None:
    document = open_docx(io.BytesIO(table_docx("Danh sách", COLUMNS, ROWS)))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(COLUMNS)
    assert [cell.text for cell in table.rows[1].cells] == ["Sở Nội vụ", "46.970", "0,50", "30/11/2025"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("x", "x"),
        (46_970, "46.970"),
        (1234.5, "1.234,50"),
        (dt.date(2025, 1, 2), "02/01/2025"),
        (dt.datetime(2025, 1, 2, 3, 4), "02/01/2025 03:04"),
    ],
)
def test_values_as_officials_write_them(value: str | int | float | dt.date | None, text: str) -> None:
    assert shown(value) == text
