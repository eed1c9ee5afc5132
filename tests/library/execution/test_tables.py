"""Task tables in their three forms; other tables are left alone."""

import datetime as dt

from bonhoa.documents import read
from bonhoa.execution.extract import extract
from bonhoa.execution.model import TaskDraft

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
    assert {r.field for r in first.reasons} == {"lead", "coordinate", "deadline", "deliverable"}


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
