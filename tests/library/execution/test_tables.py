"""Task tables in their three forms; other tables are left alone."""

import datetime as dt

from bonhoa.documents import read
from bonhoa.execution.attributes import Attribute, columns_of
from bonhoa.execution.extract import extract
from bonhoa.execution.model import TaskDraft
from bonhoa.execution.rows import draft_of_row
from bonhoa.execution.tables import task_tables

HEAD = """UBND TỈNH HÒA HỢP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-UBND
Hòa Hợp, ngày 05 tháng 3 năm 2025
KẾ HOẠCH
Sửa chữa cầu treo dân sinh
I. DANH MỤC NHIỆM VỤ
"""


def drafts(table: str) -> tuple[str, tuple[TaskDraft, ...]]:
    document = read((HEAD + table.strip() + "\n").encode(), "mau.txt")
    return document.text, extract(document)


def test_cells_between_bars() -> None:
    text, (first, second) = drafts("""
| TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian | Sản phẩm |
|---|---|---|---|---|---|
| 1 | Khảo sát các cầu treo | Sở Xây dựng | Sở Tài chính; UBND các xã | Tháng 5/2025 | Báo cáo khảo sát |
| 2 | Tập huấn duy tu cầu | Trường Cao đẳng nghề |  | Quý III/2025 | Tài liệu tập huấn |
""")
    assert text[first.start : first.end] == "Khảo sát các cầu treo"
    assert first.lead == ("Sở Xây dựng",)
    assert first.coordinate == ("Sở Tài chính", "UBND các xã")
    assert first.deadline is not None and first.deadline.date == dt.date(2025, 5, 31)
    assert first.deliverable == "Báo cáo khảo sát"
    assert second.coordinate == ()
    assert second.deadline is not None and second.deadline.date == dt.date(2025, 9, 30)
    assert {r.field for r in first.reasons} == {"task", "lead", "coordinate", "deadline", "deliverable"}


def test_one_cell_a_line() -> None:
    text, found = drafts("""
TT
Nội dung
Đơn vị chủ trì
Thời gian hoàn thành
1
Khảo sát các cầu treo
Sở Xây dựng
Tháng 5/2025
2
Thay cáp cầu Suối Mơ
UBND xã Mơ
Quý IV/2025
""")
    assert [text[d.start : d.end] for d in found] == ["Khảo sát các cầu treo", "Thay cáp cầu Suối Mơ"]
    assert [d.lead for d in found] == [("Sở Xây dựng",), ("UBND xã Mơ",)]
    assert [d.deadline.date for d in found if d.deadline] == [dt.date(2025, 5, 31), dt.date(2025, 12, 31)]


def test_a_table_of_figures_is_left_alone() -> None:
    _, found = drafts("""
| TT | Tên cầu | Chiều dài (m) | Tải trọng |
|---|---|---|---|
| 1 | Suối Mơ | 45 | 500 kg |
| 2 | Suối Tiên | 60 | 700 kg |
""")
    assert found == ()


def test_flat_cells_over_several_lines_and_headers_repeated_at_page_breaks() -> None:
    text = """PHỤ LỤC
STT
Tên nhiệm vụ
Cơ quan chủ trì
Cơ quan phối hợp
Kết quả
Thời gian
hoàn thành
I. Về quản lý cầu treo
1. Rà soát toàn bộ cầu treo dân sinh trên địa bàn tỉnh và lập danh mục cầu cần thay thế ngay
trong năm
Các bộ ở
Trung ương,
UBND cấp tỉnh
Sở Tài chính
Danh mục cầu treo
Quý II
năm 2025
12
STT
Tên nhiệm vụ
Cơ quan chủ trì
Cơ quan phối hợp
Kết quả
Thời gian
hoàn thành
2 Xây dựng đề án thay thế cầu treo
Sở Xây dựng Công an tỉnh
Đề án
Thường xuyên
"""
    rows = task_tables(read(text.encode(), "a.txt"))[0].rows
    cells = [{kind.value: " ".join(text[a:b].split()) for kind, (a, b) in row.cells.items()} for row in rows]
    assert [c["lead"] for c in cells] == ["Các bộ ở Trung ương, UBND cấp tỉnh", "Sở Xây dựng"]
    assert [c["coordinate"] for c in cells] == ["Sở Tài chính", "Công an tỉnh"]
    assert [c["deadline"] for c in cells] == ["Quý II năm 2025", "Thường xuyên"]
    assert [c["deliverable"] for c in cells] == ["Danh mục cầu treo", "Đề án"]
    assert cells[0]["task"].startswith("Rà soát") and cells[0]["task"].endswith("trong năm")


def test_an_empty_product_cell_says_none() -> None:
    text = "|TT|Nhiệm vụ|Chủ trì|Kết quả|Thời gian|\n|1|Xây dựng đề án cầu treo|Sở Xây dựng||6/2025|\n"
    document = read(text.encode(), "a.txt")
    (row,) = task_tables(document)[0].rows
    draft = draft_of_row(document.text, row, None)
    assert draft.deliverable is None
    assert draft.deadline is not None and str(draft.deadline.date) == "2025-06-30"


def test_a_column_head_in_no_list_is_told_by_its_first_words() -> None:
    assert columns_of(
        ["STT", "Tên nhiệm vụ/công trình", "Cơ quan chủ trì", "Phối hợp", "Kết quả, mốc đạt được", "Hạn nộp"]
    ) == [
        Attribute.OTHER,
        Attribute.TASK,
        Attribute.LEAD,
        Attribute.COORDINATE,
        Attribute.DELIVERABLE,
        None,
    ]
    assert columns_of(["Dự án tôi thích", "Tên"]) == [None, None]


def test_an_empty_cell_for_who_is_in_charge_repeats_the_one_above() -> None:
    text = """
| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| I | CẦU TREO | | | |
| 1 | Rà soát cầu treo | Sở Xây dựng | Sở Tài chính | Quý II/2025 |
| 2 | Cắm biển báo | | | Tháng 6/2025 |
"""
    (table,) = task_tables(read(text.encode(), "mau.txt"))
    cells = [{kind: text[slice(*span)] for kind, span in row.cells.items()} for row in table.rows]
    assert [row.get(Attribute.LEAD) for row in cells] == ["Sở Xây dựng", "Sở Xây dựng"]
    assert [row.get(Attribute.COORDINATE) for row in cells] == ["Sở Tài chính", None]


def test_ditto_signs_repeat_the_cell_above() -> None:
    text = """
| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| 1 | Gia cố cầu Bến Đá | Sở Xây dựng | UBND xã An Bình | 30/4/2025 |
| 2 | Gia cố cầu Suối Cạn | " | -nt- | 15/5/2025 |
"""
    (table,) = task_tables(read(text.encode(), "mau.txt"))
    below = table.rows[1].cells
    assert text[slice(*below[Attribute.LEAD])] == "Sở Xây dựng"
    assert text[slice(*below[Attribute.COORDINATE])] == "UBND xã An Bình"
