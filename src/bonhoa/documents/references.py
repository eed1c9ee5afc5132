"""Places of this act that its own text names: "Điều 5", "khoản 2 Điều này", with their node where it is sure.

A place of another act is a citation (`citations.py`); what a citation covers is passed in and left out. Every place of
a list is a reference of its own. A target that could be two nodes, or none, is None: a wrong link is worse than none.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from bonhoa.documents.citations import PLACE_NUMBER, PLACES, UNIT
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.model import Citation, Node, NodeKind, Reference

_PART = rf"(?:{UNIT} {PLACES}|(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục) này(?!\p{{L}}))"
_ACTS = (
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Quy chế|Quy định|Điều lệ|Kế hoạch|Chương trình"
    r"|Chỉ thị|Đề án|Hướng dẫn|Hiến pháp)"
)
_CHAIN = regex.compile(
    rf"(?<!\p{{L}})(?P<parts>{_PART}(?:(?:,| và|, và|;| hoặc| của| đến| thuộc)? (?:các )?{_PART})*+)"
    rf"(?P<own>,? (?:(?:của|tại|thuộc|trong|kèm theo|ban hành kèm theo) )?(?P<act>{_ACTS}) này(?!\p{{L}}))?+"
)
_PIECE = regex.compile(rf"(?P<unit>{UNIT}) (?:(?P<here>này(?!\p{{L}}))|(?P<places>{PLACES}))")
_NUMBER = regex.compile(rf"(?<![\p{{L}}\d.]){PLACE_NUMBER}")
# What follows a chain that belongs to another act although the act is not identified ("Điều 5 Nghị định" by alias).
_ANOTHER_ACT = regex.compile(rf",? (?:(?:của|tại|thuộc|trong) )?(?:các )?{_ACTS}(?! này)(?!\p{{L}})")
# An article that changes another act speaks of that act's places.
_CHANGES = regex.compile(r"(?i:sửa đổi|bổ sung|bãi bỏ|thay thế|thay cụm từ|hủy bỏ|đính chính|ngưng hiệu lực)(?!\p{L})")
# A line that is a heading or an entry of a list of contents, also behind an opening quotation mark.
_HEADING = regex.compile(rf"(?<=(?:^|\n)[-–“\"]? ?){UNIT} {PLACE_NUMBER}(?:[.:](?=\s|$)|(?=\n|$)| (?=\p{{Lu}}{{2}}))")
_NOTED = regex.compile(
    r" (?:này )?(?:đã )?được (?:sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn)[^.;\n]{0,40}(?:theo|tại|bởi) "
)
_JOINING = regex.compile(r"(?:[,;]| và| hoặc| đến| các|\s)+$")
_FOOTNOTE = regex.compile(r"\[\d+\]")
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
    "phụ lục số": NodeKind.ANNEX,
}
_RANK = {
    NodeKind.TIET: 0,
    NodeKind.DIEM: 1,
    NodeKind.KHOAN: 2,
    NodeKind.DIEU: 3,
    NodeKind.TIEU_MUC: 4,
    NodeKind.MUC: 5,
    NodeKind.CHUONG: 6,
    NodeKind.PHAN: 7,
    NodeKind.ANNEX: 8,
}
_WITHIN_OTHERS = frozenset({NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED})


@dataclass(frozen=True, slots=True)
class _Step:
    """One word of a place: "khoản 2" or, with `number` None, "khoản này"."""

    kind: NodeKind
    number: str | None

    def __str__(self) -> str:
        word = self.kind.vi
        shown = word.capitalize() if self.kind not in {NodeKind.DIEM, NodeKind.KHOAN, NodeKind.TIET} else word
        return f"{shown} {self.number or 'này'}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A place named in running words: its span there, its steps from the largest on, the word for its own act."""

    start: int
    end: int
    steps: tuple[_Step, ...]
    act: str | None

    def __str__(self) -> str:
        return " ".join(map(str, reversed(self.steps)))


def find_references(flow: Flow, structure: Node, citations: Iterable[Citation] = ()) -> tuple[Reference, ...]:
    """Places of this act named in a text, in order, none inside one of `citations`.

    `target` is the path of kinds and numbers from the top ("dieu-5/khoan-2"; sections above the article are left out
    of it, for articles count through), None where the place is not certain.
    """
    covered = [(c.start, c.end) for c in citations]
    tree = _Tree(structure)
    found: list[Reference] = []
    for chain in _CHAIN.finditer(flow.text):
        if chain["own"] is None and _ANOTHER_ACT.match(flow.text, chain.end()):
            continue
        chain_start, chain_end = flow.span(*chain.span())
        if any(a < chain_end and chain_start < b for a, b in _around(covered, chain_start, chain_end)):
            continue
        if tree.opens_at(chain_start) or _HEADING.match(flow.text, chain.start()):
            continue  # "Điều 5." at the head of an article, here or in a list of contents
        for place in _places(chain):
            start, end = flow.span(place.start, place.end)
            target = None if _by_an_editor(flow.text, place) else tree.resolve(place, start)
            found.append(Reference(start, end, str(place), target))
    return tuple(found)


def _by_an_editor(text: str, place: _Place) -> bool:
    """Does a note of a consolidation speak ("[48] Điều này được sửa đổi theo …")? It means the place of its mark."""
    return bool(_NOTED.match(text, place.end) or _FOOTNOTE.match(text, text.rfind("\n", 0, place.start) + 1))


def _around(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Spans (sorted) that could overlap `start`–`end`."""
    at = bisect.bisect_left(spans, (start, 0))
    return spans[max(0, at - 3) : bisect.bisect_left(spans, (end, 0))]


def _places(chain: regex.Match[str]) -> Iterator[_Place]:
    """The places of "điểm a, b khoản 1 và khoản 2 Điều 5": a larger word holds for all smaller ones before it.

    The spans part the chain: each begins at its own word or number, the last goes to the end.
    """
    parts = list(_PIECE.finditer(chain.string, chain.start("parts"), chain.end("parts")))
    if any(part["unit"].lower() not in _KIND for part in parts):
        return  # "gạch đầu dòng thứ 2"
    pieces = [
        (
            _KIND[part["unit"].lower()],
            [(None, part.start("here"))] if part["here"] else _numbers(part),
            part.start(),
        )
        for part in parts
    ]
    found: list[tuple[int, tuple[_Step, ...]]] = []
    outer: tuple[_Step, ...] = ()
    for kind, numbers, start in reversed(pieces):
        while outer and _RANK[outer[-1].kind] <= _RANK[kind]:
            outer = outer[:-1]
        if numbers[0][0] is None:
            outer = ()  # "khoản này" says where it is by itself
        if found and found[-1][1] == outer and outer:
            found.pop()  # the larger word alone is not a place of its own: it closes the path of the smaller one
        for number, at in reversed(numbers):
            found.append((at if number is not None and at != numbers[0][1] else start, (*outer, _Step(kind, number))))
        outer = (*outer, _Step(kind, numbers[0][0])) if len(numbers) == 1 else (*outer, _Step(kind, "?"))
    found.reverse()
    starts = [start for start, _ in found]
    for (start, steps), after in zip(found, [*starts[1:], None], strict=True):
        end = chain.end() if after is None else _last_word(chain.string, start, after)
        yield _Place(start, end, steps, chain["act"])


def _numbers(piece: regex.Match[str]) -> list[tuple[str | None, int]]:
    """The numbers of "khoản 1, 2 đến 4" with their offsets; of a range the two ends."""
    start = piece.start("places")
    return [(number.group(), start + number.start()) for number in _NUMBER.finditer(piece["places"])]


def _last_word(text: str, start: int, end: int) -> int:
    """The end of the place that begins at `start`, before the commas and "và" in front of the next one."""
    return (
        start + len(regex.sub(r"(?:[,;]| và| hoặc| đến| các|\s)+$", "", text[start:end])) if end > start else start + 1
    )


class _Tree:
    """The nodes of a document, found by place and by number."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._opens = {n.start for n in root.walk() if n.number is not None}
        self._indexes: dict[int, dict[tuple[NodeKind, str | None], list[list[Node]]]] = {}
        self._articles = any(n.kind is NodeKind.DIEU for n in root.walk())

    def opens_at(self, offset: int) -> bool:
        """Does a numbered node begin at `offset`?"""
        return offset in self._opens

    def resolve(self, place: _Place, offset: int) -> str | None:
        """The path of the one node that `place`, named at `offset`, means; None where unsure."""
        around = self._around(offset)
        scope = max((i for i, node in enumerate(around) if node.kind in _WITHIN_OTHERS), default=0)
        first, *smaller = place.steps
        if any(step.number == "?" for step in place.steps):
            return None
        if first.number is None:
            here = [i for i, node in enumerate(around) if node.kind is first.kind and i >= scope]
            if not here:
                return None
            trail = around[: here[-1] + 1]
        else:
            if around[scope].kind is NodeKind.QUOTE or (place.act is None and self._changes(around)):
                return None
            if _RANK[first.kind] < _RANK[NodeKind.DIEU] and self._articles:
                return None  # "khoản 2" alone: of which article is not said
            outside = first.kind is NodeKind.ANNEX or (
                place.act in _WHOLE_ACTS and around[scope].kind is NodeKind.ANNEX
            )
            base = around[:1] if outside else around[: scope + 1]
            found = self._one(base, first)
            if found is None:
                return None
            trail = found
        for step in smaller:
            found = self._one(trail, step)
            if found is None:
                return None
            trail = found
        return _path(trail)

    def _changes(self, around: list[Node]) -> bool:
        return any(_CHANGES.match(node.heading or "") for node in around)

    def _around(self, offset: int) -> list[Node]:
        """The nodes that hold `offset`, from the root down."""
        trail = [self._root]
        while True:
            children = trail[-1].children
            at = bisect.bisect_right(children, offset, key=lambda n: n.start) - 1
            if at < 0 or offset >= children[at].end:
                return trail
            trail.append(children[at])

    def _one(self, trail: list[Node], step: _Step) -> list[Node] | None:
        """The path to the one node below `trail` that `step` names, or None if there are none or several."""
        index = self._indexes.get(id(trail[-1]))
        if index is None:
            index = self._indexes[id(trail[-1])] = {}
            for below in _below(trail):
                if below[-1].number is not None or below[-1].kind in _WITHIN_OTHERS:
                    index.setdefault((below[-1].kind, below[-1].number), []).append(below)
        found = index.get((step.kind, step.number))
        if found is None and not self._articles and step.number is not None:
            found = index.get((_by_shape(step.number), step.number))
        return found[0] if found is not None and len(found) == 1 else None


_WHOLE_ACTS = frozenset(
    {"Luật", "Bộ luật", "Nghị định", "Nghị quyết", "Thông tư", "Quyết định", "Pháp lệnh", "Chỉ thị"}
)


def _by_shape(number: str) -> NodeKind:
    """Plans call "II." a part, a section or a point as they like: the number tells the level."""
    if regex.fullmatch(r"[IVXLC]+", number):
        return NodeKind.MUC
    return NodeKind.KHOAN if number[0].isdigit() else NodeKind.DIEM


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
