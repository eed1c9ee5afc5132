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
        "an amendment quoted inside its article is not an article of the act",
        "Điều 1. Sửa đổi\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Mức mới\n1. Mức là 5.\n2. Mức là 6.”.\nĐiều 2. Hiệu lực\nCó hiệu lực.\n",
        ["dieu 1", ".khoan 1", "..quote", "dieu 2"],
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


@pytest.mark.parametrize(("why", "body", "wanted"), CASES, ids=[c[0] for c in CASES])
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
