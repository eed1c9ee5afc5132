"""Signatures, recipients and urgency: tables of the ends of documents as copies really give them."""

import pytest

from bonhoa.documents.signature import find_recipients, find_signature, find_urgency

SIGNATURES = [
    (["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "(Đã ký)", "Nguyễn Văn An"], ("Nguyễn Văn An", "KT.", "THỨ TRƯỞNG"), "deputy"),
    (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Hòa"], ("Lê Thị Hòa", "TM.", "CHỦ TỊCH"), "for a collective"),
    (
        ["TM. ỦY BAN NHÂN", "DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Hòa"],
        ("Lê Thị Hòa", "TM. KT.", "PHÓ CHỦ TỊCH"),
        "both, the body broken over lines",
    ),
    (
        ["KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Hòa"],
        ("Lê Thị Hòa", "KT.", "PHÓ CHỦ TỊCH"),
        "all on one line",
    ),
    (["KT.THỐNG ĐỐC", "PHÓ THỐNG ĐỐC", "Lê Thị Hòa"], ("Lê Thị Hòa", "KT.", "PHÓ THỐNG ĐỐC"), "no blank after the dot"),
    (
        ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ PHÁP CHẾ", "Lê Thị Hòa"],
        ("Lê Thị Hòa", "TL.", "VỤ TRƯỞNG VỤ PHÁP CHẾ"),
        "by order",
    ),
    (["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ Y TẾ", "Lê Thị Hòa"], ("Lê Thị Hòa", "TUQ.", "GIÁM ĐỐC SỞ Y TẾ"), "by proxy"),
    (["Q. CỤC TRƯỞNG", "Lê Thị Hòa"], ("Lê Thị Hòa", "Q.", "CỤC TRƯỞNG"), "acting"),
    (["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Thị Hòa"], ("Lê Thị Hòa", "T/M", "BÍ THƯ"), "Party"),
    (
        ["K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê Thị Hòa"],
        ("Lê Thị Hòa", "K/T", "PHÓ CHÁNH VĂN PHÒNG"),
        "Party deputy",
    ),
    (["T/L BAN BÍ THƯ", "CHÁNH VĂN PHÒNG", "Lê Thị Hòa"], ("Lê Thị Hòa", "T/L", "CHÁNH VĂN PHÒNG"), "Party, by order"),
    (["THỦ TƯỚNG", "Lê Văn Minh"], ("Lê Văn Minh", None, "THỦ TƯỚNG"), "in his own right"),
    (
        ["TM. CHÍNH PHỦ KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Lê Văn Minh Phụ lục (Kèm theo Nghị định số 5/2030/NĐ-CP)"],
        ("Lê Văn Minh", "TM. KT.", "PHÓ THỦ TƯỚNG"),
        "an annex on the same line",
    ),
    (
        ["XÁC THỰC VĂN BẢN HỢP NHẤT CHỦ NHIỆM Lê Văn Minh [1] Luật số 5/2030/QH17 có căn cứ như sau:"],
        ("Lê Văn Minh", None, "CHỦ NHIỆM"),
        "the certificate of a consolidation on one line",
    ),
    (
        ["CHỦ TỊCH QUỐC HỘI", "Đã ký: Lê Văn Minh"],
        ("Lê Văn Minh", None, "CHỦ TỊCH QUỐC HỘI"),
        "'Đã ký:' before the name",
    ),
    (
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Bùi", "Văn Minh"],
        ("Bùi Văn Minh", "KT.", "PHÓ CHỦ TỊCH"),
        "a name broken in two",
    ),
    (["BỘ TRƯỞNG", "Đại tướng Lê Văn Minh"], ("Lê Văn Minh", None, "BỘ TRƯỞNG"), "military rank"),
    (["GIÁM ĐỐC", "PGS. TS. Lê Văn Minh"], ("Lê Văn Minh", None, "GIÁM ĐỐC"), "academic rank"),
    (
        ["KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNGy]", "Lê Thị Hòa"],
        ("Lê Thị Hòa", "KT.", "PHÓ THỦ TƯỚNG"),
        "scrawl of recognition",
    ),
    (["- Lưu: VT. KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Lê Thị Hòa"], ("Lê Thị Hòa", "KT.", "PHÓ CHỦ TỊCH"), "behind the list"),
    (["(Đã ký)", "Lê Thị Hòa"], None, "the mark alone says nothing of the next line"),
    (["(Đã ký) Lê Thị Hòa"], ("Lê Thị Hòa", None, None), "no office is left"),
    (
        ["THỦ TƯỚNG CHÍNH PHỦ", "Căn cứ Luật Cây xanh;", "Theo đề nghị", "Lê Thị Hòa"],
        None,
        "who speaks, above the text",
    ),
    (["CHỦ TỊCH ỦY BAN NHÂN DÂN", "QUYẾT ĐỊNH:", "Điều 1. Cây", "Lê Thị Hòa"], None, "the same before its order"),
    (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(đã ký)"], None, "no name in the copy"),
    (["QUỐC HỘI", "Lê Thị Hòa"], None, "no mark, no office"),
    (["Chủ tịch Lê Thị Hòa phát biểu."], None, "prose"),
    ([], None, "nothing"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), SIGNATURES)
def test_signature(lines, expected, why):
    found = find_signature(lines)
    assert (found and (found.signer, found.authority, found.office)) == expected, why


def test_the_first_signature_is_the_documents():
    lines = ["CHỦ TỊCH", "Lê Thị Hòa", "PHỤ LỤC", "GIÁM ĐỐC", "Trần Văn Bình"]
    found = find_signature(lines)
    assert found and found.signer == "Lê Thị Hòa" and found.line == 0


RECIPIENTS = [
    (
        ["Nơi nhận:", "- Như Điều 3;", "- Bộ Y tế (để b/c);", "- Lưu: VT."],
        ("Như Điều 3", "Bộ Y tế"),
        "list, filing left out",
    ),
    (["Nơi nhận: - Như trên; - Sở Y tế; - Lưu: VT, TH."], ("Sở Y tế",), "all on one line"),
    (
        ["Nơi nhận", "- Các sở, ban, ngành,", "đoàn thể tỉnh;", "- Lưu VT"],
        ("Các sở, ban, ngành, đoàn thể tỉnh",),
        "an item goes on",
    ),
    (["Kính gửi: Sở Y tế", "Đề nghị gửi báo cáo."], ("Sở Y tế",), "a letter to one"),
    (
        ["Kính gửi:", "- Sở Y tế;", "- Sở Xây dựng.", "Nơi nhận:", "- Như trên;", "- Lưu: VT."],
        ("Sở Y tế", "Sở Xây dựng"),
        "to several",
    ),
    (
        ["Nơi nhận:", "- Sở Y tế;", "- Lưu: VT.", "Phụ lục", "Nơi nhận:", "- Sở Thuế;"],
        ("Sở Y tế",),
        "a form of an annex",
    ),
    (["Điều 1. Cây xanh"], (), "none"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), RECIPIENTS)
def test_recipients(lines, expected, why):
    assert find_recipients(lines, None) == expected, why


def test_recipients_of_a_form_far_from_the_signature_are_not_the_documents():
    form = ["Nơi nhận:", "- Sở Thuế;"]
    assert find_recipients(["KT. BỘ TRƯỞNG"] + ["dòng"] * 80 + form, 0) == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ỦY BAN NHÂN DÂN", "HỎA TỐC", "Số: 5/CĐ-UBND"], "Hỏa tốc"),
        (["[THƯỢNG KHẨN]"], "Thượng khẩn"),
        (["KHẨN"], "Khẩn"),
        (["HOẢ TỐC HẸN GIỜ"], "Hỏa tốc"),
        (["CÔNG ĐIỆN KHẨN VỀ BÃO"], None),
        (["Khẩn trương thực hiện"], None),
        ([], None),
    ],
)
def test_urgency(lines, expected):
    assert find_urgency(lines) == expected
