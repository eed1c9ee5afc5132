"""Metadata: heads as copies really give them, each with its hazard."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import Metadata, SourceText

PLAN = """ỦY BAN NHÂN DÂN
TỈNH ĐẮK NÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:
41/KH-UBND
Đắk Nông, ngày
05 tháng 3 năm 2031
KẾ HOẠCH
TRỒNG CÂY XANH TRÊN ĐỊA BÀN TỈNH ĐẮK NÔNG
Thực hiện chủ trương trồng cây xanh của tỉnh, Ủy ban nhân dân tỉnh Đắk Nông ban hành Kế hoạch như sau:
1. Sở Xây dựng chủ trì.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH
Lê Thị Hòa
"""
PARTY = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
ĐẢNG CỘNG SẢN VIỆT NAM
* Số 12-KL/TW
Hà Nội, ngày 18 tháng 5 năm 2031
KẾT LUẬN CỦA BAN BÍ THƯ VỀ CÔNG TÁC THƯ VIỆN
Qua thảo luận, Ban Bí thư kết luận:
T/M BAN BÍ THƯ
Trần Văn Bình
"""
GAZETTE = """CÔNG BÁO/Số 302/Ngày 02-06-2031 70
BỘ NỘI VỤ
Số: 8/2031/TT-BNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Hà Nội, ngày 15 tháng 5 năm 2031
THÔNG TƯ
Quy định về sổ tay của công chức
Căn cứ Nghị định số 25/2030/NĐ-CP ngày 21 tháng 02 năm 2030;
Điều 1. Phạm vi
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
(Đã ký)
Nguyễn Văn An
"""
MARKDOWN = """|
**ỦY BAN NHÂN DÂN
**
THÀNH PHỐ HUẾ
-------
|
**CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
|
|
Số:
122/2031/QĐ-UBND
|
*Huế, ngày 24
tháng 11 năm 2031 *
|
**QUYẾT
ĐỊNH**
BÃI BỎ QUY ĐỊNH VỀ SÁCH
*Căn cứ Luật Xuất bản;*
|
**TM. ỦY BAN NHÂN
DÂN **
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Minh
|
"""
LETTER = """ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
SỞ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 515/SYT-VP
V/v báo cáo số giường bệnh
Lâm Đồng, ngày 3 tháng 4 năm 2031
Kính gửi: Các bệnh viện
Đề nghị gửi báo cáo.
GIÁM ĐỐC
Võ Thị Lan
"""
PRESS = """https://www.vnexpress.net/hoi-nghi-thu-vien.html
-----------------
Hội nghị thư viện toàn quốc
Chiều 4/3, Hội nghị thư viện năm 2031 đã bế mạc.
"""

SIX = ("type", "number", "date", "issuer", "signer", "subject")
CASES = {
    "columns untangled, number and date on two lines, subject in capitals": (
        PLAN,
        Metadata(
            "Kế hoạch",
            "41/KH-UBND",
            dt.date(2031, 3, 5),
            "Ủy ban nhân dân tỉnh Đắk Nông",
            "Lê Thị Hòa",
            "trồng cây xanh trên địa bàn tỉnh Đắk Nông",
        ),
    ),
    "Party head: star, no colon, the organ stands in the title": (
        PARTY,
        Metadata("Kết luận", "12-KL/TW", dt.date(2031, 5, 18), "Ban Bí thư", "Trần Văn Bình", "về công tác thư viện"),
    ),
    "gazette: furniture first, subject as printed, '(Đã ký)' before the name": (
        GAZETTE,
        Metadata(
            "Thông tư",
            "8/2031/TT-BNV",
            dt.date(2031, 5, 15),
            "Bộ Nội vụ",
            "Nguyễn Văn An",
            "Quy định về sổ tay của công chức",
        ),
    ),
    "Markdown: cells, emphasis, type and state head broken over lines": (
        MARKDOWN,
        Metadata(
            "Quyết định",
            "122/2031/QĐ-UBND",
            dt.date(2031, 11, 24),
            "Ủy ban nhân dân thành phố Huế",
            "Phan Văn Minh",
            "bãi bỏ quy định về sách",
        ),
    ),
    "official letter: no type line, V/v, the lower of two bodies": (
        LETTER,
        Metadata("Công văn", "515/SYT-VP", dt.date(2031, 4, 3), "Sở Y tế", "Võ Thị Lan", "V/v báo cáo số giường bệnh"),
    ),
    "press report": (
        PRESS,
        Metadata("Bài báo", None, dt.date(2031, 3, 4), "VnExpress", None, "Hội nghị thư viện toàn quốc"),
    ),
    "title, text and signature each on one line": (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 77/TB-UBND\nLâm Đồng, ngày 9 tháng 4 năm 2031\n"
        "THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VỀ VIỆC TRỒNG CÂY XANH Ngày 8 tháng 4 năm 2031, tại trụ sở "
        "đã họp về việc trồng cây xanh.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH Võ Thị Lan\n",
        Metadata(
            "Thông báo",
            "77/TB-UBND",
            dt.date(2031, 4, 9),
            "Ủy ban nhân dân tỉnh Lâm Đồng",
            "Võ Thị Lan",
            "kết luận của chủ tịch ủy ban nhân dân tỉnh về việc trồng cây xanh",
        ),
    ),
    "the issuing body behind the title on the same line": (
        "CHÍNH PHỦ\nSố: 21/NQ-CP\nHà Nội, ngày 9 tháng 4 năm 2031\nNGHỊ QUYẾT\nVỀ DỰ ÁN LUẬT\nCÂY XANH CHÍNH PHỦ\n"
        "Căn cứ Luật Tổ chức Chính phủ;\n",
        Metadata("Nghị quyết", "21/NQ-CP", dt.date(2031, 4, 9), "Chính phủ", None, "về dự án luật cây xanh"),
    ),
    "a head of somebody who speaks is no part of the subject; abbreviations stay": (
        "BAN CHỈ ĐẠO CÂY XANH\nSố: 5/QĐ-BCĐCX\nHà Nội, ngày 9 tháng 4 năm 2031\nQUYẾT ĐỊNH\n"
        "BÃI BỎ QUYẾT ĐỊNH SỐ 7/QĐ-UBND VỀ QUY CHẾ\nTRƯỞNG BAN CHỈ ĐẠO CÂY XANH\nCăn cứ Luật Cây xanh;\n",
        Metadata(
            "Quyết định",
            "5/QĐ-BCĐCX",
            dt.date(2031, 4, 9),
            "Ban Chỉ đạo cây xanh",
            None,
            "bãi bỏ quyết định số 7/QĐ-UBND về quy chế",
        ),
    ),
    "numbers of acts and of congresses in a subject in capitals": (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 5/KH-UBND\nLâm Đồng, ngày 9 tháng 4 năm 2031\nKẾ HOẠCH\n"
        "THỰC HIỆN CHỈ THỊ SỐ 21/CT-TTG CHÀO MỪNG ĐẠI HỘI LẦN THỨ XIV VÀ ĐẠI HỘI KHÓA IX\n"
        "Thực hiện Chỉ thị số 21/CT-TTg của Thủ tướng Chính phủ, để chào mừng Đại hội lần thứ XIV, làm như sau:\n",
        Metadata(
            "Kế hoạch",
            "5/KH-UBND",
            dt.date(2031, 4, 9),
            "Ủy ban nhân dân tỉnh Lâm Đồng",
            None,
            "thực hiện Chỉ thị số 21/CT-TTg chào mừng Đại hội lần thứ XIV và Đại hội khóa IX",
        ),
    ),
    "the subject names a body broken over lines": (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 5/QĐ-UBND\nLâm Đồng, ngày 9 tháng 4 năm 2031\nQUYẾT ĐỊNH\n"
        "QUY ĐỊNH VỀ DOANH NGHIỆP THUỘC ỦY\nBAN NHÂN DÂN TỈNH LÂM ĐỒNG\nCăn cứ Luật Cây xanh;\n"
        "Điều 1. Doanh nghiệp thuộc Ủy ban nhân dân tỉnh Lâm Đồng.",
        Metadata(
            "Quyết định",
            "5/QĐ-UBND",
            dt.date(2031, 4, 9),
            "Ủy ban nhân dân tỉnh Lâm Đồng",
            None,
            "quy định về doanh nghiệp thuộc Ủy ban nhân dân tỉnh Lâm Đồng",
        ),
    ),
    "a consolidation: said above the title, its number with the signature": (
        "VĂN BẢN HỢP NHẤT - BỘ NỘI VỤ\nTHÔNG TƯ\nQuy định về sổ tay\n"
        "Thông tư số 8/2030/TT-BNV ngày 1 tháng 2 năm 2030, được sửa đổi, bổ sung bởi:\nĐiều 1. Sổ tay\n"
        "Số: 15/VBHN-BNV\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nNguyễn Văn An\n",
        Metadata("Văn bản hợp nhất", "15/VBHN-BNV", None, "Bộ Nội vụ", "Nguyễn Văn An", "Quy định về sổ tay"),
    ),
    "a consolidation that only its certificate tells": (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTHÔNG TƯ1\nQuy định về sổ tay2\n"
        "Thông tư số 8/2030/TT-BNV ngày 1 tháng 2 năm 2030, được sửa đổi, bổ sung bởi:\nĐiều 1. Sổ tay\n"
        "BỘ NỘI VỤ\nSố: 15/VBHN-BNV\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 4 tháng 3 năm 2031\n"
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nNguyễn Văn An\nPHỤ LỤC\n(Kèm theo Thông tư số 9/2030/TT-BNV ngày 5/6/2030)\n",
        Metadata(
            "Văn bản hợp nhất",
            "15/VBHN-BNV",
            dt.date(2031, 3, 4),
            "Bộ Nội vụ",
            "Nguyễn Văn An",
            "Quy định về sổ tay",
        ),
    ),
    "day and title of a copy on one line": (
        "VĂN PHÒNG QUỐC HỘI\nSố:\n02/VBHN-VPQH\nHà Nội, ngày 16 tháng 9 năm 2031 LUẬT CÂY XANH Luật Cây xanh số "
        "26/2008/QH12 ngày 14 tháng 11 năm 2008 của Quốc hội, được sửa đổi, bổ sung bởi:\n1. Luật số 64/2014/QH13\n"
        "Văn bản này được hợp nhất từ 02 luật.\n"
        "XÁC THỰC VĂN BẢN HỢP NHẤT CHỦ NHIỆM Lê Văn An [1] Luật số 64/2014/QH13 có căn cứ như sau:",
        Metadata(
            "Văn bản hợp nhất", "02/VBHN-VPQH", dt.date(2031, 9, 16), "Văn phòng Quốc hội", "Lê Văn An", "Cây xanh"
        ),
    ),
    "the whole head of a copy on one line": (
        "Luật cây xanh 2031\nQUỐC HỘI ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc "
        "--------------- Luật số: 02/2031/QH17 Hà Nội, ngày 11 tháng 11 năm 2031 LUẬT CÂY XANH\n"
        "Căn cứ Hiến pháp;\nĐiều 1. Cây\nCHỦ TỊCH QUỐC HỘI\nNguyễn Văn An\n",
        Metadata("Luật", "02/2031/QH17", dt.date(2031, 11, 11), "Quốc hội", "Nguyễn Văn An", "cây xanh"),
    ),
    "the head is lost, the annexes tell": (
        "THÔNG TƯ\nQUY ĐỊNH VỀ SỔ TAY\nCăn cứ Nghị định số 5/2030/NĐ-CP ngày 2 tháng 3 năm 2030;\nĐiều 1. Sổ tay\n"
        "PHỤ LỤC I\n(Kèm theo Thông tư số 35/2031/TT-BNV\nngày 17 tháng 11 năm 2031 của Bộ trưởng)\n"
        "PHỤ LỤC II\n(Ban hành kèm theo Thông tư số 35/2031/TT-BNV)\n",
        Metadata("Thông tư", "35/2031/TT-BNV", dt.date(2031, 11, 17), None, None, "quy định về sổ tay"),
    ),
    "annexes of several acts tell nothing": (
        "THÔNG TƯ\nQUY ĐỊNH VỀ SỔ TAY\nCăn cứ Luật Cây xanh;\nĐiều 1. Sổ tay\n"
        "PHỤ LỤC I\n(Kèm theo Thông tư số 35/2031/TT-BNV ngày 17/11/2031)\n"
        "PHỤ LỤC II\n(Kèm theo Thông tư số 36/2031/TT-BNV ngày 17/11/2031)\n",
        Metadata("Thông tư", None, None, None, None, "quy định về sổ tay"),
    ),
    "a joint act: each body by its own name": (
        "BỘ TÀI CHÍNH - BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ Y TẾ\nSố: 178/2030/TTLT-BTC-BYT\n"
        "Hà Nội, ngày 1 tháng 2 năm 2030\nTHÔNG TƯ LIÊN TỊCH\nQuy định về sổ tay\n"
        "Căn cứ Luật Cây xanh;\nĐiều 1. Sổ tay của Bộ Lao động - Thương binh và Xã hội.\n",
        Metadata(
            "Thông tư liên tịch",
            "178/2030/TTLT-BTC-BYT",
            dt.date(2030, 2, 1),
            "Bộ Tài chính - Bộ Lao động - Thương binh và Xã hội - Bộ Y tế",
            None,
            "Quy định về sổ tay",
        ),
    ),
    "an office of the Central Committee": (
        "BAN CHẤP HÀNH\nTRUNG ƯƠNG\nVĂN PHÒNG\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 9-KL/VPTW\nHà Nội, ngày 1 tháng 2 năm 2031\n"
        "KẾT LUẬN\nVỀ SỔ TAY\nHội nghị đã kết luận.\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nTrần Văn Bình\n",
        Metadata(
            "Kết luận", "9-KL/VPTW", dt.date(2031, 2, 1), "Văn phòng trung ương Đảng", "Trần Văn Bình", "về sổ tay"
        ),
    ),
    "nothing to find": ("Một đoạn văn không phải văn bản hành chính.", Metadata()),
}


@pytest.mark.parametrize("name", CASES)
def test_metadata(name):
    text, expected = CASES[name]
    found = find_metadata(SourceText(text, "txt"))
    assert [getattr(found, field) for field in SIX] == [getattr(expected, field) for field in SIX]


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from(PLAN.split("\n") + MARKDOWN.split("\n")), max_size=25).map("\n".join),
    )
)
def test_any_text_is_read(text):
    found = find_metadata(SourceText(text, "txt"))
    assert found.number is None or any(c.isdigit() for c in found.number)


def test_numbers_and_dates_agree_with_the_index(shared):
    """The machine-made index of 262 documents of 2025 names numbers; at least 98 % are found as it has them."""
    import json

    from bonhoa.documents.numbers import canonical

    folder = shared / "data" / "documents" / "late-2025"
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text("utf-8").splitlines()]
    rows = [r for r in rows if r["num"]][:120]
    right = sum(
        canonical(find_metadata(SourceText((folder / r["file"]).read_text("utf-8"), "txt")).number or "")
        == canonical(r["num"])
        for r in rows
    )
    assert right >= 0.98 * len(rows)


def test_a_head_that_ends_with_the_subject_of_a_letter() -> None:
    """Found by bench/robustness.py (pdf seed 345): nothing stands below "V/v"."""
    assert find_metadata(SourceText("SỞ Y TẾ\nSố: 5/SYT-VP\nV/v báo cáo số giường bệnh", "txt")).number == "5/SYT-VP"
