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
]


@pytest.mark.parametrize(("body", "target"), NOT_LINKED)
def test_a_wrong_link_is_worse_than_none(body: str, target: str | None) -> None:
    text = f"{body}\nĐiều 2. Hiệu lực\n1. Một.\n2. Hai.\n"
    source = SourceText(text, "txt")
    found = find_references(Flow(text), find_structure(source), find_citations(Flow(text), Metadata()))
    assert [r.target for r in found if r.start < len(body)][:1] == [target]


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
