"""The bảng phân công nhiệm vụ: rows from a plan, and the two files."""

import datetime as dt
import io

import pytest
from docx import Document as open_docx
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from bonhoa.apparatus import load_register
from bonhoa.documents.model import Document, Metadata, Node, NodeKind
from bonhoa.execution.model import Deadline, Recurrence, TaskDraft
from bonhoa.execution.plan import make_plan
from bonhoa.reports import AssignmentRow, plan_docx, plan_xlsx, rows_of
from bonhoa.reports.plan_table import columns, deadline_value

ON = dt.date(2025, 11, 20)
TEXT = "Điều 7\n2. a) Rà soát\n   cầu treo\n b) Báo cáo kết quả\n3. Tuyên truyền"


def example() -> tuple[AssignmentRow, ...]:
    first, second, third = (TEXT.index(word) for word in ("Rà soát", "Báo cáo", "Tuyên truyền"))
    points = (Node(NodeKind.DIEM, "a", None, 10, second - 4), Node(NodeKind.DIEM, "b", None, second - 4, third - 3))
    clauses = (
        Node(NodeKind.KHOAN, "2", None, 7, third - 3, points),
        Node(NodeKind.KHOAN, "3", None, third - 3, len(TEXT)),
    )
    article = Node(NodeKind.DIEU, "7", None, 0, len(TEXT), clauses)
    structure = Node(NodeKind.DOCUMENT, None, None, 0, len(TEXT), (article,))
    document = Document(TEXT, Metadata(issuer="Chính phủ", date=ON), structure)
    drafts = [
        TaskDraft(
            first,
            second - 5,
            ("Bộ trưởng Bộ Xây dựng",),
            ("NHNN", "các địa phương"),
            Deadline("trước 30/11", dt.date(2025, 11, 30)),
            "báo cáo",
        ),
        TaskDraft(
            second, third - 4, ("Bộ Y tế", "Bộ Công an"), (), Deadline("hằng quý", recurrence=Recurrence.QUARTERLY)
        ),
        TaskDraft(third, len(TEXT), ()),
    ]
    return rows_of(make_plan(document, drafts, load_register(), ON), document)


@pytest.mark.parametrize(
    ("deadline", "value"),
    [
        (None, ""),
        (Deadline("trước 30/11", dt.date(2025, 11, 30)), dt.date(2025, 11, 30)),
        (Deadline("trước ngày 25/12 hằng năm", recurrence=Recurrence.YEARLY), "trước ngày 25/12 hằng năm"),
        (Deadline("", recurrence=Recurrence.QUARTERLY), "hằng quý"),
        (Deadline("tại kỳ họp cuối năm", event="kỳ họp cuối năm"), "kỳ họp cuối năm"),
    ],
)
def test_a_limit_that_is_no_day_keeps_its_words(deadline: Deadline | None, value: object) -> None:
    assert deadline_value(deadline) == value


def test_rows_of_a_plan() -> None:
    rows = example()
    assert rows[0] == AssignmentRow(
        number=1,
        task="Rà soát cầu treo",
        lead="Bộ trưởng (Bộ Xây dựng)",
        cooperating="Ngân hàng Nhà nước Việt Nam; các địa phương",
        deadline=dt.date(2025, 11, 30),
        deliverable="báo cáo",
        basis="điểm a khoản 2 Điều 7",
    )
    assert rows[1].lead == "Bộ Y tế; Bộ Công an [nhiều cơ quan chủ trì]"
    assert (rows[1].deadline, rows[1].basis) == ("hằng quý", "điểm b khoản 2 Điều 7")
    assert (rows[2].lead, rows[2].basis) == ("[chưa rõ cơ quan chủ trì]", "khoản 3 Điều 7")


def test_xlsx_has_the_head_of_an_official_document_and_the_rows() -> None:
    data = plan_xlsx(example(), number="12/KH-UBND", date=ON, issuer="Ủy ban nhân dân tỉnh A")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    for text in (
        "ỦY BAN NHÂN DÂN TỈNH A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BẢNG PHÂN CÔNG NHIỆM VỤ",
        "(thực hiện văn bản số 12/KH-UBND ngày 20/11/2025)",
        *columns(),
    ):
        assert text in texts
    assert sheet.print_title_rows == "$7:$7"
    assert {cell.font.name for row in sheet.iter_rows(min_row=7) for cell in row} == {"Times New Roman"}
    assert sheet["G8"].value == dt.datetime(2025, 11, 30) and sheet["G8"].is_date


def test_docx_is_a_landscape_a4_with_the_same_cells() -> None:
    document = open_docx(io.BytesIO(plan_docx(example(), language="en")))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE and section.page_width > section.page_height
    table = document.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == list(columns("en"))
    assert [row.cells[6].text for row in table.rows[1:]] == ["30/11/2025", "hằng quý", ""]
    assert len(table.rows) == 4
