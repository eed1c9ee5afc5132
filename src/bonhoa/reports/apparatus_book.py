"""The workbook of the apparatus as a file: empty with notes (the template) or with rows (the export); xlsx or CSV."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bonhoa.apparatus.forms.cells import write
from bonhoa.apparatus.forms.sheets import GUIDE, LISTS, SHEETS, Column, Kind, Sheet
from bonhoa.common.labels import Labelled
from bonhoa.reports import tables

_HEAD = 3
_LISTED = 5000  # rows below the head in which a cell offers its list
Rows = Mapping[str, Iterable[Mapping[str, Any]]]


def book_xlsx(rows: Rows, *, language: str = "vi", personal: bool = True) -> bytes:
    """The workbook; `rows` are sheet → rows of values by column key, none for an empty template.

    Without `personal` the columns about people are left out, and the sheets that hold nothing else."""
    english = language.startswith("en")
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE[english]
    lists = book.create_sheet(LISTS[english])
    places = _write_lists(lists, language)
    for sheet in SHEETS:
        columns = columns_of(sheet, personal)
        if not columns:
            continue
        page = book.create_sheet(sheet.title(language))
        tables.write_text(page.cell(1, 1), sheet.title(language), bold=True, size=14)
        tables.write_text(page.cell(2, 1), sheet.about_en if english else sheet.about_vi, italic=True)
        tables.write_table(page, _HEAD, [c.heading(language) for c in columns], _cells(rows, sheet, columns, language))
        for number, column in enumerate(columns, start=1):
            page.cell(_HEAD, number).comment = Comment(_note(column, language), "Bốn Hóa")
            if column.vocabulary is not None:
                offer = DataValidation(type="list", formula1=places[column.vocabulary], allow_blank=True)
                letter = get_column_letter(number)
                offer.add(f"{letter}{_HEAD + 1}:{letter}{_HEAD + _LISTED}")
                page.add_data_validation(offer)
        tables.set_up_page(page, header_row=_HEAD)
    _write_guide(guide, language, personal)
    book.move_sheet(lists, len(book.worksheets))
    return tables.book_bytes(book)


def book_csv(rows: Rows, *, language: str = "vi", personal: bool = True) -> bytes:
    """The same as a zip of one CSV a sheet: UTF-8 with the mark by which Excel knows it, days as dd/mm/yyyy."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, sheet in enumerate(SHEETS, start=1):
            columns = columns_of(sheet, personal)
            if not columns:
                continue
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            writer.writerow([c.heading(language) for c in columns])
            for row in _cells(rows, sheet, columns, language):
                writer.writerow([v if isinstance(v, int) else tables.shown(v) for v in row])
            package.writestr(f"{number}-{sheet.key}.csv", text.getvalue().encode("utf-8-sig"))
    return out.getvalue()


def columns_of(sheet: Sheet, personal: bool) -> list[Column]:
    """The columns that are written; none for a sheet that is about people only."""
    if not personal and any(c.personal for c in sheet.columns if c.required):
        return []
    return list(sheet.columns)


def _cells(rows: Rows, sheet: Sheet, columns: Sequence[Column], language: str) -> Iterable[list[Any]]:
    return ([write(c, row.get(c.key), language) for c in columns] for row in rows.get(sheet.key, ()))


def _note(column: Column, language: str) -> str:
    """What may stand in a column, in words."""
    english = language.startswith("en")
    parts = [column.kind.label(language)]
    if column.required:
        parts.append("required" if english else "bắt buộc")
    if column.kind is Kind.WHOLE:
        parts.append(f"{column.between[0]}–{column.between[1]}")
    if note := column.note_en if english else column.note_vi:
        parts.append(note)
    return "; ".join(parts)


def _write_lists(page: Any, language: str) -> dict[type[Labelled], str]:
    """Every list of words in a column of its own; the range of each, for the cells that offer it."""
    places: dict[type[Labelled], str] = {}
    for column in (c for s in SHEETS for c in s.columns):
        if column.vocabulary is None or column.vocabulary in places:
            continue
        at = len(places) + 1
        tables.write_text(page.cell(1, at), column.heading(language).rstrip(" *"), bold=True)
        for number, member in enumerate(column.vocabulary, start=2):
            tables.write_text(page.cell(number, at), member.label(language))
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = 34
        places[column.vocabulary] = f"'{page.title}'!${letter}$2:${letter}${len(column.vocabulary) + 1}"
    return places


_GUIDE = (
    (
        "Cách điền: giữ hàng tiêu đề; thứ tự cột tùy ý; cột có dấu * là bắt buộc; cột, trang không cần thì bỏ.",
        "How to fill it in: keep the head; columns in any order; * is required; leave out what is not needed.",
    ),
    (
        "Một dòng có mã và Từ ngày như dòng đã có thì thay dòng ấy (dòng cũ được lưu lại); Từ ngày khác thì dòng mới "
        "tính từ ngày ấy.",
        "A row with the code and the first day of one that is stored takes its place (the old one is kept); with "
        "another first day it holds from that day on.",
    ),
    (
        "Ô trống: giữ nguyên điều đã có; để xóa một nội dung chữ, ghi một dấu gạch (-) vào ô.",
        "An empty cell leaves what is stored; to empty a text, write a single dash (-).",
    ),
    (
        "Tải lên rồi xem trước: dòng nào thêm, thay, giữ nguyên, bị từ chối; chưa có gì được ghi cho đến khi chọn ghi.",
        "Upload it and look at the preview: what is added, changed, unchanged, refused; nothing is stored until you "
        "say so.",
    ),
)


def _write_guide(page: Any, language: str, personal: bool) -> None:
    english = language.startswith("en")
    for number, words in enumerate(_GUIDE, start=1):
        tables.write_text(page.cell(number, 1), words[english])
    heads = ("Sheet", "Column", "What it holds") if english else ("Trang", "Cột", "Cách ghi")
    rows = [
        (s.title(language), c.heading(language), _note(c, language)) for s in SHEETS for c in columns_of(s, personal)
    ]
    tables.write_table(page, len(_GUIDE) + 2, heads, rows)
