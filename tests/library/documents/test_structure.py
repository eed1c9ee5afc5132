"""The tree: our own small documents → the outline that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.documents.model import Node, NodeKind, SourceText
from bonhoa.documents.structure import find_structure

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH X\nSố: 12/KH-UBND\nX, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nTrồng cây ven sông\n"


def outline(text: str) -> list[str]:
    """Marked nodes of the body and after it, as "kind number" with their depth in dots."""
    out: list[str] = []

    def walk(node: Node, depth: int) -> None:
        for child in node.children:
            if child.number or child.kind in {NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED, NodeKind.RECIPIENTS}:
                out.append("." * depth + f"{child.kind.value} {child.number or ''}".strip())
                walk(child, depth + 1)
            else:
                walk(child, depth)

    walk(find_structure(SourceText(text, "txt")), 0)
    return out


CASES = [
    (
        "articles, clauses, points with đ",
        "Điều 1. Phạm vi\n1. Một việc.\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm.\n2. Việc khác.\nĐiều 2. Hiệu lực\nQuyết định có hiệu lực.\n",
        ["dieu 1", ".khoan 1", "..diem a", "..diem b", "..diem c", "..diem d", "..diem đ", ".khoan 2", "dieu 2"],
    ),
    (
        "the scheme of plans",
        "I. NHIỆM VỤ\n1. Sở A\na) Làm việc này.\n- Việc nhỏ;\n+ Việc nhỏ hơn.\n2. Sở B\nII. TỔ CHỨC THỰC HIỆN\n1. Sở C lo.\n",
        ["muc I", ".khoan 1", "..diem a", "...item -", "....item +", ".khoan 2", "muc II", ".khoan 1"],
    ),
    (
        "a number at the start of a line that goes on no sequence is text",
        "I. NHIỆM VỤ\n1. Sở A làm.\n30. năm trước đã có.\n2. Sở B làm.\n",
        ["muc I", ".khoan 1", ".khoan 2"],
    ),
    (
        "an annex behind the signature has articles of its own",
        "Điều 1. Ban hành\nBan hành kèm theo.\nĐiều 2. Thi hành\nThi hành.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nA\nPHỤ LỤC I\nDANH MỤC\n1. Một\n2. Hai\n",
        ["dieu 1", "dieu 2", "annex I", ".khoan 1", ".khoan 2"],
    ),
    (
        "decimal numbers nest",
        "I. NỘI DUNG\n1. Đất đai\n1.1. Rà soát đất.\n1.2. Giao đất.\n2. Rừng\n",
        ["muc I", ".khoan 1", "..khoan 1.1", "..khoan 1.2", ".khoan 2"],
    ),
]


NUMBERING = [
    (
        "điểm đ between d and e",
        "Điều 1. A\n1. X:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\ng) Bảy.\n",
        ["dieu 1", ".khoan 1", *[f"..diem {c}" for c in "abcdđeg"]],
    ),
    (
        "đ is not used",
        "Điều 1. A\n1. X:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\ne) Năm.\n",
        ["dieu 1", ".khoan 1", *[f"..diem {c}" for c in "abcde"]],
    ),
    (
        "a year at the start of a wrapped line",
        "Điều 1. A\n1. Hoàn thành các nhiệm vụ được giao trong kế hoạch công tác của cả năm\n2026. Việc này làm ngay.\n2. Việc khác.\n",
        ["dieu 1", ".khoan 1", ".khoan 2"],
    ),
    (
        "the end of a wrapped sentence looks like a clause",
        "Điều 1. A\n1. Các cơ quan thực hiện báo cáo theo biểu mẫu số 4 và biểu mẫu số\n5) ban hành trước đây.\n2. Việc khác.\n",
        ["dieu 1", ".khoan 1", ".khoan 2"],
    ),
    (
        "the wrapped number is the next one, and the true one follows",
        "Điều 1. A\n1. Các cơ quan thực hiện báo cáo hằng năm theo quy định của biểu mẫu số\n2. và gửi đi.\n2. Việc khác.\n3. Việc nữa.\n",
        ["dieu 1", ".khoan 1", ".khoan 2", ".khoan 3"],
    ),
    (
        "a list inside a point",
        "Điều 1. A\n1. X:\na) Gồm:\n1. Một;\n2. Hai;\nb) Khác.\n2. Y.\n",
        ["dieu 1", ".khoan 1", "..diem a", "...tiet 1", "...tiet 2", "..diem b", ".khoan 2"],
    ),
    (
        "a list inside a point with brackets",
        "Điều 1. A\n1. X:\na) Gồm:\n(i) Một;\n(ii) Hai;\nb) Khác.\n",
        ["dieu 1", ".khoan 1", "..diem a", "...tiet i", "...tiet ii", "..diem b"],
    ),
    (
        "small romans without brackets",
        "Điều 1. A\n1. X:\na) Gồm:\ni) Một;\nii) Hai;\niii) Ba;\nb) Khác.\n",
        ["dieu 1", ".khoan 1", "..diem a", "...tiet i", "...tiet ii", "...tiet iii", "..diem b"],
    ),
    (
        "i is the letter behind h",
        "Điều 1. A\n1. X:\na) A;\nb) A;\nc) A;\nd) A;\nđ) A;\ne) A;\ng) A;\nh) A;\ni) A;\nk) A.\n",
        ["dieu 1", ".khoan 1", *[f"..diem {c}" for c in "abcdđeghik"]],
    ),
    (
        "points of an article without clauses",
        "Điều 1. A\nGồm có:\na) Một;\nb) Hai.\nĐiều 2. B\na) Một.\n",
        ["dieu 1", ".diem a", ".diem b", "dieu 2", ".diem a"],
    ),
    (
        "clauses of the next article begin again",
        "Điều 1. A\n1. X.\n2. Y.\nĐiều 2. B\n1. Z.\n",
        ["dieu 1", ".khoan 1", ".khoan 2", "dieu 2", ".khoan 1"],
    ),
    ("an inserted clause", "Điều 1. A\n1. X.\n1a. Y.\n2. Z.\n", ["dieu 1", ".khoan 1", ".khoan 1a", ".khoan 2"]),
    (
        "a clause left out in a consolidation",
        "Điều 1. A\n1. X.\n3. Z.\n4. W.\n",
        ["dieu 1", ".khoan 1", ".khoan 3", ".khoan 4"],
    ),
    (
        "a copy that begins in the middle of an article",
        "Điều 5. A\n3. Z.\n4. W.\n5. V.\n",
        ["dieu 5", ".khoan 3", ".khoan 4", ".khoan 5"],
    ),
    (
        "roman sections inside an article",
        "Điều 1. Phê duyệt Đề án với nội dung sau:\nI. MỤC TIÊU\n1. Chung.\n2. Riêng.\nII. NHIỆM VỤ\n1. Một.\nĐiều 2. Thi hành\n1. X.\n",
        ["dieu 1", ".muc I", "..khoan 1", "..khoan 2", ".muc II", "..khoan 1", "dieu 2", ".khoan 1"],
    ),
    (
        "capital letters above roman numbers",
        "A. ĐÁNH GIÁ\nI. KẾT QUẢ\n1. Một.\nII. HẠN CHẾ\nB. NHIỆM VỤ\nI. CHUNG\n1. Hai.\n",
        ["phan A", ".muc I", "..khoan 1", ".muc II", "phan B", ".muc I", "..khoan 1"],
    ),
    (
        "C is the capital letter behind B",
        "A. ĐÁNH GIÁ\nB. NHIỆM VỤ\nC. TỔ CHỨC\nD. PHỤ LỤC KHÁC\n",
        ["phan A", "phan B", "phan C", "phan D"],
    ),
    (
        "dashes below a clause end with the next clause",
        "I. NHIỆM VỤ\n1. Sở A:\n- Một;\n- Hai.\n2. Sở B:\n- Ba.\n",
        ["muc I", ".khoan 1", "..item -", "..item -", ".khoan 2", "..item -"],
    ),
    (
        "plus below dash, dash again",
        "I. NHIỆM VỤ\n1. Sở A:\n- Một:\n+ Nhỏ;\n+ Nhỏ nữa.\n- Hai.\n",
        ["muc I", ".khoan 1", "..item -", "...item +", "...item +", "..item -"],
    ),
    (
        "numbers inside a dash",
        "I. NHIỆM VỤ\n1. Sở A:\n- Gồm:\n1) Một;\n2) Hai;\n- Khác.\n2. Sở B.\n",
        ["muc I", ".khoan 1", "..item -", "...khoan 1", "...khoan 2", "..item -", ".khoan 2"],
    ),
    (
        "clauses behind dashes on the same level",
        "I. NHIỆM VỤ\n- Việc chung;\n- Việc chung nữa.\n1. Sở A.\n2. Sở B.\n",
        ["muc I", ".item -", ".item -", ".khoan 1", ".khoan 2"],
    ),
    (
        "decimals below the number they name",
        "I. NỘI DUNG\n1. Đất\n1.1. Rà soát.\n1.1.1. Nhỏ.\n1.1.2. Nhỏ nữa.\n1.2. Giao.\n2. Rừng\n2.1. Trồng.\n",
        [
            "muc I",
            ".khoan 1",
            "..khoan 1.1",
            "...khoan 1.1.1",
            "...khoan 1.1.2",
            "..khoan 1.2",
            ".khoan 2",
            "..khoan 2.1",
        ],
    ),
    (
        "a decimal at a line's start is a quantity",
        "I. NỘI DUNG\n1. Đầu tư xây dựng tuyến đường từ trung tâm huyện đến khu công nghiệp với tổng mức\n2.5 tỷ đồng mỗi năm.\n2. Rừng\n",
        ["muc I", ".khoan 1", ".khoan 2"],
    ),
    (
        "points a.1 below a",
        "Điều 1. A\n1. X:\na) Gồm:\na.1) Một;\na.2) Hai;\nb) Khác.\n",
        ["dieu 1", ".khoan 1", "..diem a", "...tiet a.1", "...tiet a.2", "..diem b"],
    ),
    (
        "points a1 beside a",
        "Điều 1. A\n1. X:\na) Một;\na1) Một bis;\nb) Khác.\n",
        ["dieu 1", ".khoan 1", "..diem a", "..diem a1", "..diem b"],
    ),
    (
        "a nested list that starts again",
        "Điều 1. A\n1. X:\na) Một;\nb) Hai.\n2. Y:\na) Ba;\nb) Bốn.\n",
        ["dieu 1", ".khoan 1", "..diem a", "..diem b", ".khoan 2", "..diem a", "..diem b"],
    ),
    (
        "clauses that start again below an unnumbered heading",
        "QUY TRÌNH\nPhần việc thứ nhất\n1. Một.\n2. Hai.\nPhần việc thứ hai\n1. Ba.\n2. Bốn.\n",
        ["khoan 1", "khoan 2", "khoan 1", "khoan 2"],
    ),
    (
        "chapters named in a sentence",
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. A\nCác cơ quan có trách nhiệm thực hiện đầy đủ các quy định được nêu tại\nChương II của Luật này và văn bản khác.\nChương II\nNỘI DUNG\nĐiều 2. B\nNội dung.\n",
        ["chuong I", ".dieu 1", "chuong II", ".dieu 2"],
    ),
    (
        "sections begin again in each chapter",
        "Chương I\nCHUNG\nMục 1\nMỘT\nĐiều 1. A\nNội dung.\nMục 2\nHAI\nĐiều 2. B\nNội dung.\nChương II\nRIÊNG\nMục 1\nBA\nĐiều 3. C\nNội dung.\n",
        ["chuong I", ".muc 1", "..dieu 1", ".muc 2", "..dieu 2", "chuong II", ".muc 1", "..dieu 3"],
    ),
    (
        "parts written out",
        "Phần thứ nhất\nCHUNG\nChương I\nMỘT\nĐiều 1. A\nNội dung.\nPhần thứ hai\nRIÊNG\nChương II\nHAI\nĐiều 2. B\nNội dung.\n",
        ["phan thứ nhất", ".chuong I", "..dieu 1", "phan thứ hai", ".chuong II", "..dieu 2"],
    ),
    (
        "a wrapped reference to an article",
        "Điều 1. A\nViệc cấp giấy được thực hiện theo trình tự và thủ tục quy định tại khoản 2\nĐiều 10. Giấy có giá trị một năm.\nĐiều 2. B\nNội dung.\nĐiều 3. C\nNội dung.\n",
        ["dieu 1", "dieu 2", "dieu 3"],
    ),
    (
        "an article without a dot",
        "Điều 1. A\nNội dung.\nĐiều 2 Đối tượng của việc này\nNội dung.\nĐiều 3. C\nNội dung.\n",
        ["dieu 1", "dieu 2", "dieu 3"],
    ),
    (
        "the Icelandic letter",
        "Điều 1. A\nNội dung.\nÐiều 2. B\nNội dung.\nĐiều 3. C\nNội dung.\n",
        ["dieu 1", "dieu 2", "dieu 3"],
    ),
    (
        "an article on the line of its chapter",
        "Chương I\nCHUNG\nĐiều 1. A\nNội dung.\nChương II QUY ĐỊNH VỀ VIỆC KHÁC Điều 2. B\nNội dung.\n",
        ["chuong I", ".dieu 1", "chuong II", ".dieu 2"],
    ),
]
QUOTATIONS = [
    (
        "structure inside the quotation",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Mức mới\n1. Mức là 5:\na) Một.\n2. Mức là 6.”.\nĐiều 2. Hiệu lực\nNội dung.\n",
        ["dieu 1", ".khoan 1", "..quote", "...dieu 5", "....khoan 1", ".....diem a", "....khoan 2", "dieu 2"],
    ),
    (
        "straight marks",
        'Điều 1. Sửa đổi\n1. Sửa đổi khoản 2 như sau:\n"2. Mức là 5.\n3. Mức là 6."\n2. Bãi bỏ khoản 4.\nĐiều 2. Hiệu lực\nNội dung.\n',
        ["dieu 1", ".khoan 1", "..quote", "...khoan 2", "...khoan 3", ".khoan 2", "dieu 2"],
    ),
    (
        "a mark never closed before the next amending clause",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Mức mới\n1. Mức là 5.\n2. Sửa đổi Điều 6 như sau:\n“Điều 6. Mức khác\n1. Mức là 6.”.\nĐiều 2. Hiệu lực\nNội dung.\n",
        [
            "dieu 1",
            ".khoan 1",
            "..quote",
            "...dieu 5",
            "....khoan 1",
            ".khoan 2",
            "..quote",
            "...dieu 6",
            "....khoan 1",
            "dieu 2",
        ],
    ),
    (
        "a mark never closed before the next article",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Mức mới\n1. Mức là 5.\nĐiều 2. Sửa đổi, bổ sung một số điều của Nghị định khác\n1. Sửa đổi Điều 6 như sau:\n“Điều 6. Mức khác\n1. Mức là 6.”.\nĐiều 3. Hiệu lực\nNội dung.\n",
        [
            "dieu 1",
            ".khoan 1",
            "..quote",
            "...dieu 5",
            "....khoan 1",
            "dieu 2",
            ".khoan 1",
            "..quote",
            "...dieu 6",
            "....khoan 1",
            "dieu 3",
        ],
    ),
    (
        "quoted articles carry the numbers that the act's own come to",
        "Điều 1. Sửa đổi\n1. Bổ sung Chương như sau:\n“Điều 2. Mới\nNội dung.\nĐiều 3. Mới nữa\nNội dung.”.\nĐiều 2. Hiệu lực\nNội dung.\nĐiều 3. Thi hành\nNội dung.\n",
        ["dieu 1", ".khoan 1", "..quote", "...dieu 2", "...dieu 3", "dieu 2", "dieu 3"],
    ),
    (
        "a quoted act that amends in its turn",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 2 như sau:\n“Điều 2. Sửa đổi, bổ sung một số điều\n1. Sửa đổi khoản 3 như sau:\n“3. Mức là 5.”\n2. Bãi bỏ khoản 4.”.\n2. Bãi bỏ Điều 9.\nĐiều 2. Hiệu lực\nNội dung.\n",
        [
            "dieu 1",
            ".khoan 1",
            "..quote",
            "...dieu 2",
            "....khoan 1",
            ".....quote",
            "......khoan 3",
            "....khoan 2",
            ".khoan 2",
            "dieu 2",
        ],
    ),
    (
        "the quotation opens on the line of the order",
        "Điều 1. Sửa đổi\n1. Sửa đổi khoản 2 như sau: “2. Mức gồm:\na) Một;\nb) Hai.”.\n2. Bãi bỏ khoản 4.\n",
        ["dieu 1", ".khoan 1", "..quote", "...diem a", "...diem b", ".khoan 2"],
    ),
    (
        "a note stands between the order and the mark",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau: [Khoản này được hướng dẫn bởi Điều 7 Nghị định 3/2030/NĐ-CP] “Điều 5. Mức\n1. Mức là 5.\n2. Mức là 6.”\n2. Bãi bỏ khoản 4.\n",
        ["dieu 1", ".khoan 1", "..quote", "...khoan 1", "...khoan 2", ".khoan 2"],
    ),
    (
        "words in quotation marks are no quotation",
        "Điều 1. Sửa đổi\n1. Thay cụm từ “Sở A” bằng cụm từ “Sở B” tại:\na) Điều 3;\nb) Điều 4.\n2. Bãi bỏ khoản 4.\n",
        ["dieu 1", ".khoan 1", "..diem a", "..diem b", ".khoan 2"],
    ),
    (
        "the next article glued to the closing mark",
        "Điều 1. Sửa đổi\n1. Sửa đổi khoản 2 như sau:\n“2. Mức là 5.”Điều 2. Hiệu lực\nNội dung.\nĐiều 3. Thi hành\nNội dung.\n",
        ["dieu 1", ".khoan 1", "..quote", "...khoan 2", "dieu 2", "dieu 3"],
    ),
]
PARTS = [
    (
        "an attached regulation with its own articles",
        "Điều 1. Ban hành\nNội dung.\nĐiều 2. Hiệu lực\nNội dung.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn A\nQUY CHẾ\nTRỒNG CÂY\n(Ban hành kèm theo Quyết định số 3/QĐ-UBND)\nĐiều 1. Phạm vi\n1. X.\nĐiều 2. Nguyên tắc\nLời văn.\n",
        ["dieu 1", "dieu 2", "attached", ".dieu 1", "..khoan 1", ".dieu 2"],
    ),
    (
        "an attached regulation unannounced",
        "Điều 1. Ban hành\nNội dung.\nĐiều 2. Hiệu lực\nNội dung.\nQUY CHẾ TRỒNG CÂY VEN SÔNG\nĐiều 1. Phạm vi\n1. X.\nĐiều 2. Nguyên tắc\nLời văn.\n",
        ["dieu 1", "dieu 2", "attached", ".dieu 1", "..khoan 1", ".dieu 2"],
    ),
    (
        "a form in an annex",
        "Điều 1. Ban hành\nNội dung.\nĐiều 2. Hiệu lực\nNội dung.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn A\nPHỤ LỤC I\nMẪU QUYẾT ĐỊNH\nQUYẾT ĐỊNH:\nĐiều 1. ………\nĐiều 2. ………\n",
        ["dieu 1", "dieu 2", "annex I", ".dieu 1", ".dieu 2"],
    ),
    (
        "notes of a consolidation repeat the closing articles of other acts",
        "Điều 1. Phạm vi\nNội dung.\nĐiều 2. Hiệu lực[2]\nNội dung.\nXÁC THỰC VĂN BẢN HỢP NHẤT\nBỘ TRƯỞNG\nNguyễn A\n[1] Luật số 5/2030/QH15 sửa đổi, bổ sung một số điều có căn cứ ban hành như sau:\nNội dung.\n[2] Điều 2 của Luật số 5/2030/QH15 quy định như sau:\nĐiều 3. Hiệu lực thi hành\nNội dung.\n",
        ["dieu 1", "dieu 2", "quote", ".dieu 3"],
    ),
]

PARTS += [
    (
        "each form of an annex has articles of its own",
        "Điều 1. Ban hành\nNội dung.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn A\nPHỤ LỤC II\nCÁC BIỂU MẪU\n"
        "Mẫu số 01\nQUYẾT ĐỊNH\nĐiều 1. ………\nĐiều 2. ………\nMẫu số 02. Giấy mời\nĐiều 1. ………\n"
        "Mẫu số 01 được dùng cho mọi cơ quan, tổ chức theo quy định.\n",
        ["dieu 1", "annex II", ".annex 01", "..dieu 1", "..dieu 2", ".annex 02", "..dieu 1"],
    ),
    (
        "the list of the forms is no form",
        "Điều 1. Ban hành\nNội dung.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn A\nPHỤ LỤC II\nCÁC BIỂU MẪU\n"
        "1\nMẫu số 01\nQuyết định\n2\nMẫu số 02\nGiấy mời\n3\nMẫu số 03\nBiên bản\n"
        "Mẫu số 01\nQUYẾT ĐỊNH\nĐiều 1. ………\nMẫu số 02\nGIẤY MỜI\nKính gửi: ………\n",
        ["dieu 1", "annex II", ".annex 01", "..dieu 1", ".annex 02"],
    ),
]

ALL = [*CASES, *NUMBERING, *QUOTATIONS, *PARTS]


@pytest.mark.parametrize(("why", "body", "wanted"), ALL, ids=[c[0] for c in ALL])
def test_outline(why: str, body: str, wanted: list[str]) -> None:
    assert outline(HEAD + body) == wanted, why


@given(st.text(alphabet="Điều ChươngIVX12.)ab-+“”:;\nKhoản", max_size=300) | st.text(max_size=200))
def test_spans_nest_and_nothing_crashes(text: str) -> None:
    def check(node: Node) -> None:
        at = node.start
        for child in node.children:
            assert node.start <= child.start <= child.end <= node.end
            assert child.start >= at
            at = child.end
            check(child)

    check(find_structure(SourceText(text, "txt")))


def test_an_annex_in_a_file_of_its_own_has_no_articles_of_the_act() -> None:
    root = find_structure(SourceText("Phụ lục III\nMẪU TRÌNH BÀY\nĐiều 1. Ban hành mẫu.\n", "txt"))
    assert [(n.kind, n.number) for n in root.children] == [(NodeKind.ANNEX, "III")]


TITLES = [
    ("Điều 7. Thể loại văn bản\n1. Một việc.\n2. Việc khác.\n", "dieu", "Thể loại văn bản"),
    ("Điều 7. Thể loại văn bản\nVăn bản gồm nhiều loại.\n", "dieu", "Thể loại văn bản"),
    ("Điều 7. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 8. Thi hành\nX, Y thi hành.\n", "dieu", None),
    ("Điều 7.\nThể loại văn bản\nVăn bản gồm nhiều loại.\n", "dieu", "Thể loại văn bản"),
    ("Chương I\nQUY ĐỊNH\nCHUNG\nĐiều 1. A\nNội dung.\n", "chuong", "QUY ĐỊNH CHUNG"),
    ("I. NHIỆM VỤ\n1. Sở Nội vụ:\na) Làm việc này.\n", "khoan", "Sở Nội vụ"),
    ("I. NHIỆM VỤ\n1. Sở Nội vụ trình đề án trước tháng 6.\n", "khoan", None),
]


@pytest.mark.parametrize(("body", "kind", "title"), TITLES)
def test_a_heading_is_a_title_not_the_sentence_itself(body: str, kind: str, title: str | None) -> None:
    found = next(n for n in find_structure(SourceText(HEAD + body, "txt")).walk() if n.kind.value == kind)
    assert found.heading == title


def test_many_ambiguous_markers_take_time_in_proportion() -> None:
    body = "Điều 1. Nội dung\n" + "1. Một:\na) Hai:\n1. Ba;\n2. Bốn;\nb) Năm;\n- Sáu:\n5) bảy\n" * 3000
    nodes = sum(1 for _ in find_structure(SourceText(HEAD + body, "txt")).walk())
    assert nodes > 15_000
