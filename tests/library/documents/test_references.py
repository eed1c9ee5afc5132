"""References: places of the act itself, resolved to a node or left open."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.documents import read
from bonhoa.documents.citations import find_citations
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.model import Metadata, Node, NodeKind, SourceText
from bonhoa.documents.places import address_of, addresses, node_at, path_of, way_to
from bonhoa.documents.references import find_references
from bonhoa.documents.structure import find_structure

TEXT = """Điều 1. Phạm vi
1. Theo khoản 2 Điều 2 và quy định tại Điều 9 Nghị định số 3/2030/NĐ-CP.
2. Thực hiện khoản 1 Điều này.
Điều 2. Hiệu lực
1. Trừ khoản này và khoản 1, 2 Điều 1.
2. Theo Điều 77.
"""


def tree(text: str) -> Node:
    """Two articles of two clauses each, cut by hand."""
    marks = [text.index(m) for m in ("Điều 1.", "1. Theo", "2. Thực", "Điều 2.", "1. Trừ", "2. Theo")] + [len(text)]

    def clause(number: str, i: int) -> Node:
        return Node(NodeKind.KHOAN, number, None, marks[i], marks[i + 1])

    first = Node(NodeKind.DIEU, "1", "Phạm vi", marks[0], marks[3], (clause("1", 1), clause("2", 2)))
    second = Node(NodeKind.DIEU, "2", "Hiệu lực", marks[3], marks[6], (clause("1", 4), clause("2", 5)))
    return Node(NodeKind.DOCUMENT, None, None, 0, len(text), (first, second))


def test_places_are_resolved_or_left_open():
    citations = find_citations(Flow(TEXT), Metadata())
    found = find_references(Flow(TEXT), tree(TEXT), citations)
    assert [(r.provision, r.target) for r in found] == [
        ("khoản 2 Điều 2", "dieu-2/khoan-2"),
        ("khoản 1 Điều này", "dieu-1/khoan-1"),  # relative to the article it stands in
        ("khoản này", "dieu-2/khoan-1"),
        ("khoản 1 Điều 1", "dieu-1/khoan-1"),  # of "khoản 1, 2 Điều 1": each place is a reference of its own
        ("khoản 2 Điều 1", "dieu-1/khoan-2"),
        ("Điều 77", None),  # no such article
    ]
    assert [TEXT[r.start : r.end] for r in found[2:5]] == ["khoản này", "khoản 1", "2 Điều 1"]


def test_a_cited_provision_is_no_reference():
    spans = [(r.start, r.end) for r in find_references(Flow(TEXT), tree(TEXT))]
    assert TEXT.index("Điều 9") not in [start for start, _ in spans]  # followed by another act even if none is passed


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    root = Node(NodeKind.DOCUMENT, None, None, 0, len(text))
    assert all(0 <= r.start < r.end <= len(text) for r in find_references(Flow(text), root))


LISTS = [
    # (what is printed, the places it names)
    ("điểm a, b khoản 1 và khoản 2 Điều 5", ["điểm a khoản 1 Điều 5", "điểm b khoản 1 Điều 5", "khoản 2 Điều 5"]),
    ("từ Điều 5 đến Điều 8", ["Điều 5", "Điều 8"]),
    ("khoản 1 đến 3 Điều 9", ["khoản 1 Điều 9", "khoản 3 Điều 9"]),
    ("khoản 2, 3 Mục II Phần I Phụ lục này", [f"khoản {n} Mục II Phần I Phụ lục này" for n in (2, 3)]),
    ("khoản này và khoản 3 Điều 7", ["khoản này", "khoản 3 Điều 7"]),
    ("khoản 1 và khoản 2 Điều này", ["khoản 1 Điều này", "khoản 2 Điều này"]),
    ("điểm c khoản 2 Điều 5 và khoản 3 Điều 7 Luật này", ["điểm c khoản 2 Điều 5", "khoản 3 Điều 7"]),
    ("khoản 1 Điều 5, 6", ["khoản 1 Điều ?", "Điều 5", "Điều 6"]),  # of which article is not said: never linked
]


@pytest.mark.parametrize(("printed", "places"), LISTS, ids=[p for p, _ in LISTS])
def test_each_place_of_a_list_is_a_reference(printed: str, places: list[str]) -> None:
    text = f"Thực hiện theo {printed}."
    root = Node(NodeKind.DOCUMENT, None, None, 0, len(text))
    found = find_references(Flow(text), root)
    assert [r.provision for r in found] == places
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


NOT_LINKED = [
    # an article that changes another act speaks of that act's places
    ("Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 3/2030/NĐ-CP\n1. Sửa đổi khoản 2 Điều 2 như sau:", None),
    ("Điều 1. Phạm vi\n1. Theo Điều 2 Nghị định này.", "dieu-2"),
    ("Điều 1. Phạm vi\n1. Theo mẫu.\n[4] Điều này được sửa đổi theo Điều 2.", None),  # a note of a consolidation
    ("Điều 1. Phạm vi\n1. Theo khoản 2.", None),  # of which article is not said
    # a list of places of the act that the words above it cite
    ("Điều 1. Chuyển tiếp\n1. Các quy định tại Thông tư số 3/2030/TT-BNV được áp dụng, gồm:\na) Khoản 2 Điều 2;", None),
    ("Điều 1. Chuyển tiếp\n1. Các quy định sau được áp dụng:\na) Khoản 2 Điều 2;", "dieu-2/khoan-2"),
    # a clause that says which places of a law the act details
    ("Điều 1. Phạm vi\n1. Quy định chi tiết một số điều của Luật Cây xanh, bao gồm: Điều 2; khoản 2 Điều 2.", None),
    ("Điều 1. Phạm vi\n1. Hướng dẫn thực hiện Luật Cây xanh theo Điều 2 Nghị định này.", "dieu-2"),
    # a text issued with another act
    ("Điều 1. Phạm vi\n1. Một. [Khoản này được hướng dẫn bởi Điều 2 Quy trình kèm theo Quyết định 8/2031/QĐ-X]", None),
    ("Điều 1. Phạm vi\n1. Theo Điều 2 Sổ tay trồng cây ban hành kèm theo Quyết định số 8/2031/QĐ-X.", None),
    # a note at the foot of a page quotes an act that changed this one; the next page goes on with the act
    (
        "CÔNG BÁO/Số 338/Ngày 19-06-2031\n28\nĐiều 1. Phạm vi\n1. Một.\n\n7 Điều 4 Nghị định số 3/2031/NĐ-CP quy định như sau:\nĐiều 4. Chuyển tiếp\n"
        "1. Thực hiện theo Điều 2 Nghị định này.",
        None,
    ),
    (  # "9 Điều 24 …" on a line of its own goes on with the line above
        "CÔNG BÁO/Số 338/Ngày 19-06-2031\n28\nĐiều 1. Phạm vi\n1. Một theo khoản\n"
        "9 Điều 24 Luật Cây xanh.\n2. Theo Điều 2 Nghị định này.\n3. (được bãi bỏ)",
        "dieu-2",
    ),
    (
        "Điều 1. Phạm vi\n1. Một.\n\n7 Khoản này được sửa đổi theo Nghị định số 3/2031/NĐ-CP.\n\n"
        "CÔNG BÁO/Số 338/Ngày 19-06-2031\n29\n2. Thực hiện theo Điều 2 Nghị định này.",
        "dieu-2",
    ),
]


@pytest.mark.parametrize(("body", "target"), NOT_LINKED)
def test_a_wrong_link_is_worse_than_none(body: str, target: str | None) -> None:
    text = f"{body}\nĐiều 2. Hiệu lực\n1. Một.\n2. Hai.\n"
    source = SourceText(text, "txt")
    found = find_references(Flow(text), find_structure(source), find_citations(Flow(text), Metadata()))
    linked = {r.target for r in found if r.start < len(body) and "này" not in r.provision}
    assert linked - {None} == {target} - {None}


def test_places_of_the_decree_on_clerical_work(shared: Path) -> None:
    """NĐ 30/2020 (shared/data): every place it names, checked by hand; its annexes are files of their own."""
    data = (shared / "data/documents/nd30-2020/30_2020_ND_CP.docx").read_bytes()
    found = read(data, "nd30.docx").references
    annexes = ["VI", "I", "I", "II", "III", "I", "IV", "I", "I", "VI", "VI", "IV", "IV", "I", "VI", "IV", "I", "V", "V"]
    linked = {
        "Chương II": "chuong-II",
        "khoản 2 Điều này": "dieu-8/khoan-2",
        "điểm c khoản 1 Điều 25": "dieu-25/khoan-1/diem-c",
        "khoản 5 Điều 18": "dieu-18/khoan-5",
        "điểm a khoản này": "dieu-21/khoan-2/diem-a",
    }
    assert [r.provision.split()[-1] for r in found if r.provision.startswith("Phụ lục")] == annexes
    assert {r.provision: r.target for r in found if not r.provision.startswith("Phụ lục")} == linked
    assert len(found) == len(annexes) + len(linked) == 24


ACT = """CHÍNH PHỦ
Số: 5/2030/NĐ-CP
Hà Nội, ngày 05 tháng 3 năm 2030
NGHỊ ĐỊNH
Về cây ven sông
Căn cứ Luật Cây xanh;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. {0}
2. Hồ sơ gồm:
a) Đơn;
b) Bản vẽ.
3. Việc khác.
Điều 2. Hiệu lực
1. Có hiệu lực từ ngày ký.
2. Sửa đổi khoản 1 Điều 4 Nghị định số 3/2029/NĐ-CP như sau:
“1. {1}”.
Điều 3. Thi hành
{2}
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn A
Phụ lục I
DANH MỤC
I. CÂY TO
1. {3}
II. CÂY NHỎ
Phụ lục II
BIỂU MẪU
Mẫu số 01
ĐƠN
Mẫu số 02
QUYẾT ĐỊNH
Điều 1. {4}
"""
RELATIVE = [
    # (which gap of ACT, the words there, place → target)
    (0, "Theo khoản 2 Điều này.", {"khoản 2 Điều này": "dieu-1/khoan-2"}),
    (0, "Theo các khoản 2 và 3 Điều này.", {f"khoản {n} Điều này": f"dieu-1/khoan-{n}" for n in (2, 3)}),
    (0, "Từ khoản 2 đến khoản 3 Điều này.", {f"khoản {n} Điều này": f"dieu-1/khoan-{n}" for n in (2, 3)}),
    (0, "Theo điểm a khoản 2 nêu trên.", {"điểm a khoản 2": "dieu-1/khoan-2/diem-a"}),
    (0, "Theo điểm a khoản 2.", {"điểm a khoản 2": None}),
    (0, "Theo khoản 9 Điều này.", {"khoản 9 Điều này": None}),
    (0, "Theo Điều 2 Nghị định này.", {"Điều 2": "dieu-2"}),
    (0, "Theo Điều 2 Luật này.", {"Điều 2": None}),  # this is no law
    (0, "Theo Chương I Nghị định này.", {"Chương I": "chuong-I"}),
    (0, "Nghị định này quy định chi tiết Luật Cây xanh, gồm Điều 3.", {"Điều 3": None}),  # of the law, not of this act
    (0, "Theo Phụ lục II ban hành kèm theo Nghị định này.", {"Phụ lục II": "annex-II"}),
    (0, "Theo Mẫu số 01 Phụ lục II kèm theo Nghị định này.", {"Mẫu số 01 Phụ lục II": "annex-II/annex-01"}),
    (0, "Theo Mẫu số 02.", {"Mẫu số 02": "annex-II/annex-02"}),
    (0, "Theo Mẫu số 2.", {"Mẫu số 2": "annex-II/annex-02"}),
    (0, "Theo Mẫu số 07.", {"Mẫu số 07": None}),
    (0, "Theo Mẫu số 02 Chương IV.", {"Chương IV": None}),  # a form of a chapter of a file of tender
    (0, "Gồm sổ 3 Phụ lục I: Quyết định thành lập Đoàn", {"Phụ lục I": None}),  # a report's own annex
    (0, "Gồm sổ 3 Phụ lục I: Danh mục cây to", {"Phụ lục I": None}),
    (0, "Gồm sổ 3 Phụ lục I: Danh mục I cây to", {"Phụ lục I": "annex-I"}),
    (0, "Theo đặc điểm 3 và tài khoản 112.", {}),
    (0, "(được bãi bỏ) Chương I. QUY ĐỊNH CHUNG", {}),  # a title that a copy put behind a note
    (1, "Theo khoản 2 Điều này và Điều 3.", {"khoản 2 Điều này": None, "Điều 3": None}),  # of the act that is changed
    (
        2,
        "Theo Điều 1 và điểm b khoản 2 Điều 1.",
        {"Điều 1": "dieu-1", "điểm b khoản 2 Điều 1": "dieu-1/khoan-2/diem-b"},
    ),
    (3, "Theo mục II Phụ lục này.", {"Mục II Phụ lục này": "annex-I/muc-II"}),
    (3, "Theo Điều 1 của Nghị định này.", {"Điều 1": "dieu-1"}),
    (3, "Theo Điều 1.", {"Điều 1": None}),
    (4, "Theo Điều 2 Quyết định này.", {"Điều 2": None}),  # of the decision that the form is for
]


@pytest.mark.parametrize(("gap", "words", "targets"), RELATIVE, ids=[w for _, w, _ in RELATIVE])
def test_places_relative_to_where_they_stand(gap: int, words: str, targets: dict[str, str | None]) -> None:
    filled = ["Lời văn."] * 5
    filled[gap] = words
    text = ACT.format(*filled)
    root = find_structure(SourceText(text, "txt"))
    start = text.index(words)
    found = find_references(Flow(text), root, find_citations(Flow(text), Metadata()), "Nghị định")
    assert {r.provision: r.target for r in found if start <= r.start < start + len(words)} == targets
    for reference in found:
        assert reference.target is None or node_at(root, reference.target) is not None


def test_every_address_leads_back_to_its_node() -> None:
    text = ACT.format(*["Lời văn."] * 5)
    root = find_structure(SourceText(text, "txt"))
    known = addresses(root)
    assert known["dieu-1/khoan-2/diem-b"] is not None and None not in known.values()
    for address, node in known.items():
        assert node is not None
        way = way_to(root, node.start)
        assert address_of(way[: way.index(node) + 1]) == address
    assert path_of(way_to(root, text.index("b) Bản vẽ"))) == "điểm b khoản 2 Điều 1"
    assert path_of(way_to(root, text.index("II. CÂY NHỎ"))) == "Mục II Phụ lục I"
    assert path_of(way_to(root, text.index("ĐƠN\n"))) == "Mẫu số 01 Phụ lục II"
    assert node_at(root, "dieu-77") is None
    assert node_at(root, "") is root
