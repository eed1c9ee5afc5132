"""Places of this act that its own text names: "Điều 5", "khoản 2 Điều này", with their node where it is sure.

A place of another act is a citation (`citations.py`); what a citation covers is passed in and left out. A target that
could be two nodes, or none, is None: a wrong link is worse than no link.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

import regex

from bonhoa.documents.citations import CHAIN, PLACES, UNIT
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.model import Citation, Node, NodeKind, Reference

_HERE = regex.compile(
    rf"(?<!\p{{L}})(?:{UNIT} {PLACES}(?:,| của| và)? )*+"
    rf"(?P<unit>[Đđ]iểm|[Kk]hoản|Điều|Mục|Chương|Phần|Phụ lục) này(?!\p{{L}})"
)
_PART = regex.compile(rf"(?P<unit>{UNIT}) (?P<places>{PLACES})")
# What follows a chain that belongs to another act although the act is not identified ("Điều 5 Nghị định" by alias).
_ANOTHER_ACT = regex.compile(
    r",? (?:(?:của|tại|thuộc|trong) )?(?:các )?"
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Quy chế|Quy định|Hiến pháp)"
    r"(?! này)(?!\p{L})"
)
_KIND = {
    "điểm": NodeKind.DIEM,
    "khoản": NodeKind.KHOAN,
    "điều": NodeKind.DIEU,
    "mục": NodeKind.MUC,
    "chương": NodeKind.CHUONG,
    "phần": NodeKind.PHAN,
    "tiết": NodeKind.TIET,
    "tiểu mục": NodeKind.TIEU_MUC,
    "phụ lục": NodeKind.ANNEX,
}
_WITHIN_OTHERS = frozenset({NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED})


def find_references(text: str, structure: Node, citations: Iterable[Citation] = ()) -> tuple[Reference, ...]:
    """Places of this act named in `text`, in order, none inside one of `citations`.

    `target` is the path of kinds and numbers from the top ("dieu-5/khoan-2"; sections above the article are left out
    of it, for articles count through), None where the place is not certain.
    """
    flow = Flow(text)
    covered = [(c.start, c.end) for c in citations]
    tree = _Tree(structure)
    found: dict[int, Reference] = {}
    for start, end in _places(flow.text):
        source_start, source_end = flow.span(start, end)
        if any(a < source_end and source_start < b for a, b in _around(covered, source_start, source_end)):
            continue
        if tree.opens_at(source_start):
            continue  # "Điều 5." at the head of the article itself
        printed = flow.text[start:end]
        found[source_start] = Reference(source_start, source_end, printed, tree.resolve(printed, source_start))
    return tuple(found[at] for at in sorted(found))


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the places named in running words; the relative ones ("khoản 2 Điều này") first, they are the longer."""
    taken: list[tuple[int, int]] = []
    for here in _HERE.finditer(text):
        taken.append(here.span())
        yield here.span()
    starts = {start for start, _ in taken}
    for chain in CHAIN.finditer(text):
        if chain.start() not in starts and not _ANOTHER_ACT.match(text, chain.end()):
            yield chain.span()


def _around(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Spans (sorted) that could overlap `start`–`end`."""
    at = bisect.bisect_left(spans, (start, 0))
    return spans[max(0, at - 3) : bisect.bisect_left(spans, (end, 0))]


class _Tree:
    """The nodes of a document, found by place and by number."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._opens = {n.start for n in root.walk() if n.number is not None}

    def opens_at(self, offset: int) -> bool:
        """Does a numbered node begin at `offset`?"""
        return offset in self._opens

    def resolve(self, printed: str, offset: int) -> str | None:
        """The path of the one node that `printed`, standing at `offset`, means; None for lists and where unsure."""
        steps = _steps(printed)
        if not steps:
            return None
        around = self._around(offset)
        outer_kind, outer_number = steps[0]
        if outer_number is None:
            here = [i for i, node in enumerate(around) if node.kind == outer_kind]
            if not here:
                return None
            trail = around[: here[-1] + 1]
        else:
            scope = [i for i, node in enumerate(around) if node.kind in _WITHIN_OTHERS]
            base = around[: scope[-1] + 1] if scope else around[:1]
            if outer_kind in (NodeKind.KHOAN, NodeKind.DIEM, NodeKind.TIET):
                return None  # "khoản 2" alone: of which article is not said
            if outer_kind is NodeKind.ANNEX:
                base = around[:1]
            trails = [t for t in _below(base) if t[-1].kind == outer_kind and t[-1].number == outer_number]
            if len(trails) != 1:
                return None
            trail = trails[0]
        for kind, number in steps[1:]:
            trails = [t for t in _below(trail) if t[-1].kind == kind and t[-1].number == number]
            if len(trails) != 1:
                return None
            trail = trails[0]
        return _path(trail)

    def _around(self, offset: int) -> list[Node]:
        """The nodes that hold `offset`, from the root down."""
        trail = [self._root]
        while True:
            inner = next((n for n in trail[-1].children if n.start <= offset < n.end), None)
            if inner is None:
                return trail
            trail.append(inner)


def _steps(printed: str) -> list[tuple[NodeKind, str | None]]:
    """The places of a chain from the largest to the smallest, "này" as None; [] for a list of places."""
    steps: list[tuple[NodeKind, str | None]] = []
    here = regex.search(r"(?P<unit>\p{L}+(?: lục)?) này$", printed)
    for part in _PART.finditer(printed):
        if regex.search(r"[,–]| và | hoặc | đến ", part["places"]):
            return []
        kind = _KIND.get(part["unit"].lower())
        if kind is None:
            return []
        steps.append((kind, part["places"]))
    if here:
        kind = _KIND.get(regex.sub(r".* ", "", here["unit"].lower()) if "lục" not in here["unit"] else "phụ lục")
        if kind is None:
            return []
        steps.append((kind, None))
    kinds = [kind for kind, _ in steps]
    if len(set(kinds)) != len(kinds):
        return []  # "khoản 2 Điều 5 và khoản 3 Điều 6": two places
    return steps[::-1]


def _below(trail: list[Node]) -> Iterator[list[Node]]:
    """Paths from the root to every node below the last of `trail`, not into quotes, annexes or attached texts."""
    for child in trail[-1].children:
        path = [*trail, child]
        yield path
        if child.kind not in _WITHIN_OTHERS:
            yield from _below(path)


def _path(trail: list[Node]) -> str:
    """ "dieu-5/khoan-2": from the article down; from the top for what is not in an article; an annex stands before."""
    numbered = [n for n in trail if n.number is not None or n.kind in _WITHIN_OTHERS]
    outside = [n for n in numbered if n.kind in _WITHIN_OTHERS]
    last = numbered.index(outside[-1]) + 1 if outside else 0
    inner = numbered[last:]
    articles = [i for i, n in enumerate(inner) if n.kind is NodeKind.DIEU]
    inner = inner[articles[-1] :] if articles else inner
    return "/".join(f"{n.kind}-{n.number}" if n.number else str(n.kind) for n in [*outside, *inner])
