"""The bảng phân công nhiệm vụ: the rows that officials print and fill in, from a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment

from bonhoa.documents.model import Document, Node
from bonhoa.documents.places import path_of, way_to
from bonhoa.execution.model import OWNER_PROBLEMS, Deadline, Plan, PlanRow
from bonhoa.reports import tables

_COLUMNS = (
    ("STT", "No."),
    ("Nhiệm vụ", "Task"),
    ("Cơ quan chủ trì", "Lead"),
    ("Cơ quan phối hợp", "Cooperating bodies"),
    ("Lãnh đạo phụ trách", "Responsible leader"),
    ("Chuyên viên theo dõi", "Monitoring officer"),
    ("Thời hạn", "Deadline"),
    ("Sản phẩm", "Deliverable"),
    ("Căn cứ", "Basis"),
)
_WIDTHS_MM = (12, 66, 30, 32, 22, 22, 24, 23, 21)
_WIDTHS_CHARACTERS = (6, 60, 26, 30, 18, 18, 16, 24, 16)
_STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_STATE_MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A row of the table, as it is printed; `deadline` is a date or the words of the limit."""

    number: int
    task: str
    lead: str
    cooperating: str = ""
    leader: str = ""
    monitor: str = ""
    deadline: dt.date | str = ""
    deliverable: str = ""
    basis: str = ""

    def values(self) -> tuple[tables.Value, ...]:
        """The cells in the order of the columns."""
        return (
            self.number,
            self.task,
            self.lead,
            self.cooperating,
            self.leader,
            self.monitor,
            self.deadline,
            self.deliverable,
            self.basis,
        )


def rows_of(plan: Plan, document: Document, *, language: str = "vi") -> tuple[AssignmentRow, ...]:
    """The rows of `plan`. Where no owner stands yet, the lead is as printed with the reason in brackets."""
    return tuple(
        AssignmentRow(
            number=number,
            task=" ".join(document.text[row.draft.start : row.draft.end].split()),
            lead=lead_text(row, language),
            cooperating="; ".join(
                owner.name if owner else printed
                for owner, printed in zip(row.cooperating, row.draft.coordinate, strict=True)
            ),
            deadline=deadline_value(row.draft.deadline, language),
            deliverable=row.draft.deliverable or "",
            basis=place_of(document.structure, row.draft.start),
        )
        for number, row in enumerate(plan.rows, start=1)
    )


def lead_text(row: PlanRow, language: str = "vi") -> str:
    """The owner's name, with the office if one is named; without an owner the printed leads and why."""
    if row.owner is not None:
        return f"{row.owner.office} ({row.owner.name})" if row.owner.office else row.owner.name
    reasons = ", ".join(p.label(language) for p in row.problems if p in OWNER_PROBLEMS)
    return " ".join(filter(None, ("; ".join(row.draft.lead), f"[{reasons}]")))


def deadline_value(deadline: Deadline | None, language: str = "vi") -> dt.date | str:
    """The date; else the event; else the words, which say more than how often ("trước ngày 25/12 hằng năm")."""
    if deadline is None:
        return ""
    if deadline.date is not None:
        return deadline.date
    how_often = deadline.recurrence.label(language) if deadline.recurrence is not None else ""
    return deadline.event or deadline.text or how_often


def place_of(structure: Node, position: int) -> str:
    """Where `position` stands: "điểm a khoản 2 Điều 7"; empty outside numbered places."""
    return path_of(way_to(structure, position))


def columns(language: str = "vi") -> tuple[str, ...]:
    """The headings of the table."""
    return tuple(en if language.startswith("en") else vi for vi, en in _COLUMNS)


def _subtitle(number: str | None, date: dt.date | None, language: str) -> str:
    """Which document the table carries out."""
    act = " ".join(filter(None, (number, f"{date:%d/%m/%Y}" if date else None)))
    if not act:
        return ""
    return f"(to carry out {act})" if language.startswith("en") else f"(thực hiện văn bản {_vi_act(number, date)})"


def _vi_act(number: str | None, date: dt.date | None) -> str:
    return " ".join(filter(None, (f"số {number}" if number else None, f"ngày {date:%d/%m/%Y}" if date else None)))


def plan_xlsx(
    rows: Sequence[AssignmentRow],
    *,
    title: str = "Bảng phân công nhiệm vụ",
    number: str | None = None,
    date: dt.date | None = None,
    issuer: str | None = None,
    language: str = "vi",
) -> bytes:
    """The table as xlsx with the header block of NĐ 30/2020/NĐ-CP. `number`, `date`: of the directive; `issuer`:
    the body that assigns."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = tables.sheet_title(title)
    last = len(_COLUMNS)
    lines = (
        (1, 1, 4, (issuer or "").upper(), True, False, 12),
        (1, 5, last, _STATE_NAME, True, False, 12),
        (2, 5, last, _STATE_MOTTO, True, False, 13),
        (4, 1, last, title.upper(), True, False, 14),
        (5, 1, last, _subtitle(number, date, language), False, True, 13),
    )
    for row, first, end, text, bold, italic, size in lines:
        cell = sheet.cell(row, first)
        tables.write_text(cell, text, bold=bold, italic=italic, size=size)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=end)
    tables.write_table(sheet, 7, columns(language), [row.values() for row in rows])
    for index, width in enumerate(_WIDTHS_CHARACTERS):
        sheet.column_dimensions["ABCDEFGHI"[index]].width = width
    tables.set_up_page(sheet, header_row=7)
    return tables.book_bytes(book)


def plan_docx(
    rows: Sequence[AssignmentRow],
    *,
    title: str = "Bảng phân công nhiệm vụ",
    number: str | None = None,
    date: dt.date | None = None,
    issuer: str | None = None,
    language: str = "vi",
) -> bytes:
    """The same table as docx, to print and sign."""
    document = tables.new_page()
    head = document.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    for cell, texts in ((left, [((issuer or "").upper(), 12)]), (right, [(_STATE_NAME, 12), (_STATE_MOTTO, 13)])):
        for text, size in texts:
            tables.add_paragraph(cell, text, bold=True, size=size)
        empty = cell.paragraphs[0]._p
        empty.getparent().remove(empty)
    tables.add_paragraph(document, "")
    tables.add_paragraph(document, title.upper(), bold=True, size=14)
    if subtitle := _subtitle(number, date, language):
        tables.add_paragraph(document, subtitle, italic=True, size=13)
    tables.add_paragraph(document, "")
    tables.add_table(document, columns(language), [row.values() for row in rows], _WIDTHS_MM)
    return tables.docx_bytes(document)
