"""Places in an act: the way from the root to a node, its address ("dieu-7/khoan-2/diem-a") and its name in words.

One definition for references, pages, reports and tasks. An address leaves out the chapters above an article, for
articles count through; annexes, attached texts and quotations stand in front ("annex-I/dieu-2").
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from bonhoa.documents.model import Node, NodeKind

APART = frozenset({NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED})
"""What stands in these is not a place of the act itself."""

Way = Sequence[Node]
"""Nodes from the root down, each a child of the one before."""

_WORDS = {
    NodeKind.PHAN: "Phần",
    NodeKind.CHUONG: "Chương",
    NodeKind.MUC: "Mục",
    NodeKind.TIEU_MUC: "Tiểu mục",
    NodeKind.DIEU: "Điều",
    NodeKind.KHOAN: "khoản",
    NodeKind.DIEM: "điểm",
    NodeKind.TIET: "tiết",
    NodeKind.ANNEX: "Phụ lục",
}


def way_to(root: Node, offset: int) -> list[Node]:
    """The nodes that hold `offset`, from `root` down."""
    way = [root]
    while True:
        children = way[-1].children
        at = bisect.bisect_right(children, offset, key=lambda n: n.start) - 1
        if at < 0 or offset >= children[at].end:
            return way
        way.append(children[at])


def address_of(way: Way) -> str:
    """Where the last node of `way` is, for machines: kinds and numbers from the outside in; "" for the act itself."""
    return "/".join(f"{n.kind}-{n.number}" if n.number else str(n.kind) for n in _named(way))


def path_of(way: Way) -> str:
    """Where the last node of `way` is, in words: "điểm a khoản 2 Điều 7"; "" outside numbered places."""
    return " ".join(reversed([words for node in _named(way) if (words := _in_words(node))]))


def node_at(root: Node, address: str) -> Node | None:
    """The node of an address, None if there is none or more than one."""
    return addresses(root).get(address) if address else root


def addresses(root: Node) -> dict[str, Node | None]:
    """Every address of an act with its node; None where two nodes would share it."""
    found: dict[str, Node | None] = {}

    def add(node: Node, outside: str, inside: str) -> None:
        for child in node.children:
            if not _is_named(child):
                if child.children:
                    add(child, outside, inside)
                continue
            name = f"{child.kind}-{child.number}" if child.number else str(child.kind)
            apart = child.kind in APART
            within = "" if apart or child.kind is NodeKind.DIEU else inside
            address = f"{outside}{name}" if apart else f"{outside}{within}{name}"
            found[address] = None if address in found else child
            if child.children:
                add(child, f"{outside}{name}/" if apart else outside, "" if apart else f"{within}{name}/")

    add(root, "", "")
    return found


def _named(way: Way) -> list[Node]:
    """The nodes of `way` that an address names."""
    numbered = [n for n in way if _is_named(n)]
    last = max((i for i, n in enumerate(numbered) if n.kind in APART), default=-1) + 1
    outside, inner = [n for n in numbered[:last] if n.kind in APART], numbered[last:]
    article = max((i for i, n in enumerate(inner) if n.kind is NodeKind.DIEU), default=0)
    return [*outside, *inner[article:]]


def _is_named(node: Node) -> bool:
    return (node.number is not None and node.kind is not NodeKind.ITEM) or node.kind in APART


def _in_words(node: Node) -> str:
    if node.kind is NodeKind.ANNEX and is_form(node):
        return f"Mẫu số {node.number}"
    word = _WORDS.get(node.kind, "")
    return f"{word} {node.number}" if word and node.number else word if node.kind is NodeKind.ANNEX else ""


def is_form(node: Node) -> bool:
    """Is an annex a form ("Mẫu số 01")?"""
    return (node.heading or "").upper().startswith(("MẪU", "BIỂU"))
