"""A table as a file: xlsx for calculating, docx for printing. Values in, bytes out."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from copy import copy
from textwrap import shorten
from typing import Any

from docx import Document as new_docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | dt.date | None

FONT = "Times New Roman"
_DATE = "dd/mm/yyyy"
_TIME = "dd/mm/yyyy hh:mm"
_WHOLE = "#,##0"
_WIDTH = (6, 60)  # narrowest and widest column, in characters
_THIN = Side(style="thin", color="808080")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_LONGEST_CELL = 32_767  # characters that a cell of xlsx can hold


def table_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An xlsx workbook: the title, a header row that stays and repeats on every printed page, the rows.

    Texts are stored as texts, also where they begin with = + - @, so that no program takes them for a formula.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(title)
    write_text(sheet.cell(1, 1), title, bold=True, size=14)
    write_table(sheet, 3, columns, rows)
    set_up_page(sheet, header_row=3)
    return book_bytes(book)


def write_table(sheet: Worksheet, top: int, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write header and rows from row `top` on, bordered and wrapped, with widths by content; the last row used."""
    widest = [len(column) for column in columns]
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(top, number)
        write_text(cell, heading(column), bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    last = top
    styles: dict[tuple[str, bool], Any] = {}  # of this workbook: a style is made once, not for each of its cells
    for row in rows:
        last += 1
        for number, value in enumerate(row, start=1):
            written: Any = sheet.cell(last, number)
            kind = (_format_of(value), isinstance(value, str) and value[:1] in _FORMULA_SIGNS)
            if kind not in styles:
                write_value(written, value)
                styles[kind] = written._style
            else:
                _set(written, value)
                written._style = copy(styles[kind])
            widest[number - 1] = max(widest[number - 1], len(shown(value)))
    for number, width in enumerate(widest, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(width + 2, _WIDTH[0]), _WIDTH[1])
    return last


def write_value(cell: Any, value: Value) -> None:
    """One value of a row into its cell, with the format of its kind."""
    if isinstance(value, str) or value is None:
        write_text(cell, value or "")
    else:
        _set(cell, value)
        cell.font = Font(name=FONT, size=11)
        cell.number_format = _format_of(value)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = Border(_THIN, _THIN, _THIN, _THIN)


def _set(cell: Any, value: Value) -> None:
    """The value alone; a text as text, never as a formula."""
    if isinstance(value, str) or value is None:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value or "")[:_LONGEST_CELL]
        if isinstance(cell, Cell):
            cell.data_type = "s"
    else:
        cell.value = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value  # xlsx knows no zones


def _format_of(value: Value) -> str:
    """How a program shows a number, a day or a time; a time is a day too, so it is asked for first."""
    if isinstance(value, str) or value is None:
        return "General"
    if isinstance(value, dt.datetime):
        return _TIME
    if isinstance(value, dt.date):
        return _DATE
    return _WHOLE if isinstance(value, int) else "General"


def heading(column: str) -> str:
    """The head of a column: it begins with a capital letter, as on the pages."""
    return column[:1].upper() + column[1:]


def write_text(cell: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 11) -> None:
    """`text` as text, never as a formula."""
    _set(cell, text)
    if text[:1] in _FORMULA_SIGNS:
        cell.quotePrefix = True
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)


def set_up_page(sheet: Worksheet, *, header_row: int) -> None:
    """A4 landscape, one page wide, the header frozen on the screen and repeated on paper."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.freeze_panes = f"A{header_row + 1}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P/&N"


def sheet_title(title: str) -> str:
    """A name that a sheet may have: no []:*?/\\, at most 31 characters; a longer one ends at the end of a word."""
    return shorten(re.sub(r"[\[\]:*?/\\]", " ", title), width=31, placeholder="…") or "Bảng"


def book_bytes(book: Workbook) -> bytes:
    """The workbook as the bytes of a file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shown(value: Value) -> str:
    """A value as officials write it: 31/12/2025, 31/12/2025 17:30, 46.970."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, float):
        return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return value


def table_docx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A docx, A4 landscape: the title and the table, its header row repeated on every page."""
    document = new_page()
    add_paragraph(document, title, bold=True, size=14)
    add_table(document, columns, rows)
    return docx_bytes(document)


def new_page() -> Any:
    """An empty docx, A4 landscape, margins and font of NĐ 30/2020/NĐ-CP."""
    document = new_docx()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return document


def add_paragraph(
    holder: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 12, align: str = "center"
) -> Any:
    """A paragraph of one run in a document or a cell."""
    paragraph = holder.add_paragraph()
    run = paragraph.add_run(ILLEGAL_CHARACTERS_RE.sub(" ", text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "left": WD_ALIGN_PARAGRAPH.LEFT}[align]
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def add_table(
    document: Any, columns: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int] | None = None
) -> None:
    """A bordered table; `widths` in mm."""
    table = document.add_table(rows=1, cols=len(columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = widths is None
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _write_cell(cell, heading(column), bold=True, center=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        line = table.add_row()
        keep = OxmlElement("w:cantSplit")
        line._tr.get_or_add_trPr().append(keep)
        for cell, value in zip(line.cells, row, strict=True):
            _write_cell(cell, shown(value), center=not isinstance(value, str))
    for column, width in zip(table.columns, widths or (), strict=False):
        column.width = Mm(width)  # the grid, which LibreOffice goes by
        for cell in column.cells:  # and every cell, which Word goes by
            cell.width = Mm(width)


def _write_cell(cell: Any, text: str, *, bold: bool = False, center: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(ILLEGAL_CHARACTERS_RE.sub(" ", text))
    run.bold, run.font.size = bold, Pt(11)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def docx_bytes(document: Any) -> bytes:
    """The document as the bytes of a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
