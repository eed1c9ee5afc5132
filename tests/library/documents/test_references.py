"""References: places of the act itself, resolved to a node or left open."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.documents.citations import find_citations
from bonhoa.documents.model import Metadata, Node, NodeKind
from bonhoa.documents.references import find_references

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
    citations = find_citations(TEXT, Metadata())
    found = find_references(TEXT, tree(TEXT), citations)
    assert [(r.provision, r.target) for r in found] == [
        ("khoản 2 Điều 2", "dieu-2/khoan-2"),
        ("khoản 1 Điều này", "dieu-1/khoan-1"),  # relative to the article it stands in
        ("khoản này", "dieu-2/khoan-1"),
        ("khoản 1, 2 Điều 1", None),  # two places: no single node
        ("Điều 77", None),  # no such article
    ]
    assert all(TEXT[r.start : r.end] == r.provision for r in found)


def test_a_cited_provision_is_no_reference():
    spans = [(r.start, r.end) for r in find_references(TEXT, tree(TEXT))]
    assert TEXT.index("Điều 9") not in [start for start, _ in spans]  # followed by another act even if none is passed


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    root = Node(NodeKind.DOCUMENT, None, None, 0, len(text))
    assert all(0 <= r.start < r.end <= len(text) for r in find_references(text, root))
