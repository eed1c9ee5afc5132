"""Acts that lay down rules give functions, not tasks; only what charges a body by name and once is a task."""

from bonhoa.documents import read
from bonhoa.execution.extract import explain, extract

LAW = """QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Luật số: 91/2025/QH15
Hà Nội, ngày 05 tháng 3 năm 2025
LUẬT
CẦU TREO
Điều 1. Trách nhiệm của cơ quan
1. Bộ Xây dựng chủ trì, phối hợp với Bộ Công an kiểm tra cầu treo.
2. Ủy ban nhân dân cấp xã báo cáo tình trạng cầu treo hằng năm.
Điều 2. Tổ chức thực hiện
1. Giao Bộ Xây dựng trình Chính phủ ban hành nghị định về cầu treo.
"""


def test_standing_duties_are_functions() -> None:
    document = read(LAW.encode(), "luat.txt")
    assert [document.text[d.start : d.end] for d in extract(document)] == [
        "Giao Bộ Xây dựng trình Chính phủ ban hành nghị định về cầu treo"
    ]
    assert any("chức năng" in skipped.vi for skipped in explain(document))


def test_a_regulation_attached_to_a_decision_is_standing() -> None:
    text = """ỦY BAN NHÂN DÂN TỈNH HÒA HỢP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/QĐ-UBND
Hòa Hợp, ngày 05 tháng 3 năm 2025
QUYẾT ĐỊNH
Ban hành Quy chế quản lý cầu treo
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý cầu treo.
Điều 2. Giao Sở Xây dựng trình Quy hoạch cầu treo trước ngày 30/6/2025.
CHỦ TỊCH
Trần Văn Mẫu
QUY CHẾ
Quản lý cầu treo
Điều 1. Sở Xây dựng chủ trì kiểm tra cầu treo.
Điều 2. UBND cấp xã cắm biển báo hai đầu cầu.
"""
    document = read(text.encode(), "qd.txt")
    assert [d.lead for d in extract(document)] == [("Sở Xây dựng",)]
