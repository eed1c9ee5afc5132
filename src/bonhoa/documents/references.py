"""Places of this act that its own text names: "Điều 5", "khoản 2 Điều này", with their node where it is sure.

A place of another act is a citation (`citations.py`); what a citation covers is passed in and left out. Every place of
a list is a reference of its own. A target that could be two nodes, or none, is None: a wrong link is worse than none.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from bonhoa.common.folding import fold
from bonhoa.documents.citations import PLACE_NUMBER, PLACES, UNIT, UNIT_WORD
from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.model import Citation, Node, NodeKind, Reference
from bonhoa.documents.places import APART, address_of, addresses, is_form, way_to

_PART = rf"(?:{UNIT} {PLACES}|(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|Phần|[Pp]hụ lục) này(?!\p{{L}}))"
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
# Or to a text issued with one ("Điều 28 Quy trình ban hành kèm theo Quyết định số 8").
_ANOTHER_ACT = regex.compile(
    rf",? (?:(?:của|tại|thuộc|trong) )?(?:(?:các )?|\p{{Lu}}\p{{Ll}}*+(?: \p{{L}}+){{0,15}}? kèm theo )"
    rf"{_ACTS}(?! này)(?!\p{{L}})"
)
# An article that changes another act speaks of that act's places.
_CHANGES = regex.compile(r"(?i:sửa đổi|bổ sung|bãi bỏ|thay thế|thay cụm từ|hủy bỏ|đính chính|ngưng hiệu lực)(?!\p{L})")
# A line that is a heading or an entry of a list of contents, also behind an opening quotation mark.
_HEADING = regex.compile(rf"(?<=(?:^|\n)[-–“\"]? ?){UNIT} {PLACE_NUMBER}(?:[.:](?=\s|$)|(?=\n|$)| (?=\p{{Lu}}{{2}}))")
# "Mục 4. XỬ LÝ TÀI SẢN": a title in capitals, wherever a copy put it.
_SECTION_TITLE = regex.compile(r"(?:Mục|Chương|Phần) (?:[IVXLC]+|\d+)[.:]? \p{Lu}{2,} \p{Lu}{2,}")
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
# "đặc điểm c…", "tài khoản 112", "danh mục 3": the unit's word is only the end of another one.
_COMPOUND = regex.compile(
    r"(?i:đặc|địa|thời|quan|ưu|nhược|khuyết|trọng|luận|cao|tài|hạng|danh|đề|chuyên|thư|học|thành|cổ|huy|thí|bài|tiểu) $"
)
# "Phụ lục 3: Quyết định thành lập …": an entry of a list of annexes; a report has annexes of its own.
_ENTRY = regex.compile(r" ?: ?(?P<title>\p{Lu}\p{Ll}*(?: \p{L}+){2})")
_OF_A_CHAPTER = regex.compile(r",? (?:thuộc |tại |của )?(?:Chương|Phần) [IVX\d]+(?!\p{L})")  # of a file of tender
_ABOVE = regex.compile(r",? (?:đã )?(?:nêu|nói|quy định) (?:trên|ở trên)(?!\p{L})|,? trên đây")
_FORM = regex.compile(
    r"(?<!\p{L})(?:[Bb]iểu )?[Mm]ẫu số (?P<form>\d{1,3}[A-Za-zđ]?(?:[./\-]?[A-ZĐ\d]{1,6})*)(?![\p{L}\d])"
    r"(?:,? ?(?:(?:tại|của|thuộc|trong|kèm theo|ban hành kèm theo) )?[Pp]hụ lục(?: số)? (?P<annex>[IVXLC]+|\d{1,2})"
    r"(?![\p{L}\d]))?"
    rf"(?P<own>,? (?:(?:của|tại|thuộc|trong|kèm theo|ban hành kèm theo) )?(?P<act>{_ACTS}) này(?!\p{{L}}))?+"
)


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
    above: bool = False
    """The words "nêu trên" follow: a place of the same article."""

    def __str__(self) -> str:
        return " ".join(map(str, reversed(self.steps)))


def find_references(
    flow: Flow, structure: Node, citations: Iterable[Citation] = (), kind: str | None = None
) -> tuple[Reference, ...]:
    """Places of this act named in a text, in order, none inside one of `citations`; `kind`: what the act is ("Luật").

    `target` is the address of the node (`places.address_of`), None where the place is not certain.
    """
    covered = [(c.start, c.end) for c in citations]
    tree = _Tree(structure, flow, kind)
    notes = flow.notes()
    found: list[Reference] = []
    for chain in _chains(flow.text):
        if chain["own"] is None and _ANOTHER_ACT.match(flow.text, chain.end()):
            continue
        chain_start, chain_end = flow.span(*chain.span())
        if any(a < chain_end and chain_start < b for a, b in _around(covered, chain_start, chain_end)):
            continue
        at = chain.start()
        if tree.opens_at(chain_start) or _HEADING.match(flow.text, at) or _SECTION_TITLE.match(flow.text, at):
            continue  # "Điều 5." at the head of an article, here or in a list of contents
        listed = chain["own"] is None and tree.list_of(chain_start, covered)
        for place in _places(chain):
            start, end = flow.span(place.start, place.end)
            noted = _by_an_editor(flow.text, place, notes)
            target = None if listed or noted else tree.resolve(place, start)
            if target is not None and not tree.bears(target, _ENTRY.match(flow.text, place.end)):
                target = None
            found.append(Reference(start, end, str(place), target))
    named = list(_forms(flow, tree, covered, notes))
    if not named:
        return tuple(found)
    spans = sorted((f.start, f.end) for f in named)
    found = [r for r in found if not any(a < r.end and r.start < b for a, b in _around(spans, r.start, r.end))]
    return tuple(sorted([*found, *named], key=lambda r: r.start))


def _forms(
    flow: Flow, tree: _Tree, covered: list[tuple[int, int]], notes: list[tuple[int, int]]
) -> Iterator[Reference]:
    """Forms named in a text: "Mẫu số 01 Phụ lục II"."""
    for found in _FORM.finditer(flow.text):
        start, end = flow.span(*found.span())
        if any(a < end and start < b for a, b in _around(covered, start, end)) or _is_title(flow, tree, found):
            continue  # cited, or the title of the form itself
        if found["own"] is None and (
            _ANOTHER_ACT.match(flow.text, found.end()) or _OF_A_CHAPTER.match(flow.text, found.end())
        ):
            continue
        words = f"Mẫu số {found['form']}" + (f" Phụ lục {found['annex']}" if found["annex"] else "")
        noted = any(a <= found.start() < b for a, b in _around(notes, *found.span()))
        target = None if noted else tree.form(found["form"], found["annex"], found["act"], start)
        yield Reference(start, end, words, target)


def _chains(text: str) -> Iterator[regex.Match[str]]:
    """The chains of places in a text. The words of units are searched first, which is ten times as fast."""
    done = 0
    for word in UNIT_WORD.finditer(text):
        at = word.start()
        if at >= done and (chain := _CHAIN.match(text, at)) and not _COMPOUND.search(text, max(0, at - 8), at):
            yield chain
            done = chain.end()


def _is_title(flow: Flow, tree: _Tree, found: regex.Match[str]) -> bool:
    """Is it the title of the form itself: at the beginning of a line or of a node?"""
    line = flow.text.rfind("\n", 0, found.start()) + 1
    return found.start() == line or tree.opens_at(flow.span(*found.span())[0])


def _by_an_editor(text: str, place: _Place, notes: list[tuple[int, int]]) -> bool:
    """Does a note of a consolidation speak ("[48] Điều này được sửa đổi theo …")? It means the place of its mark."""
    if any(a <= place.start < b for a, b in _around(notes, place.start, place.end)):
        return True
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
    above = _ABOVE.match(chain.string, chain.end()) is not None
    for (start, steps), after in zip(found, [*starts[1:], None], strict=True):
        end = chain.end() if after is None else _last_word(chain.string, start, after)
        yield _Place(start, end, steps, chain["act"], above)


def _numbers(piece: regex.Match[str]) -> list[tuple[str | None, int]]:
    """The numbers of "khoản 1, 2 đến 4" with their offsets; of a range the two ends."""
    start = piece.start("places")
    return [(number.group(), start + number.start()) for number in _NUMBER.finditer(piece["places"])]


def _last_word(text: str, start: int, end: int) -> int:
    """The end of the place that begins at `start`, before the commas and "và" in front of the next one."""
    return start + len(_JOINING.sub("", text[start:end])) if end > start else start + 1


class _Tree:
    """The nodes of a document, found by place and by number."""

    def __init__(self, root: Node, flow: Flow, kind: str | None) -> None:
        self._root, self._flow, self._kind = root, flow, kind
        self._opens: set[int] = set()
        self._articles = False
        for node in root.walk():
            if node.number is not None:
                self._opens.add(node.start)
                self._articles = self._articles or node.kind is NodeKind.DIEU
        self._indexes: dict[int, dict[tuple[NodeKind, str | None], list[list[Node]]]] = {}
        self._changing: dict[int, bool] = {}
        self._all_forms: list[list[Node]] | None = None
        self._addresses: dict[str, Node | None] | None = None

    def opens_at(self, offset: int) -> bool:
        """Does a numbered node begin at `offset`?"""
        return offset in self._opens

    def resolve(self, place: _Place, offset: int) -> str | None:
        """The address of the one node that `place`, named at `offset`, means; None where unsure."""
        around = way_to(self._root, offset)
        if any(step.number == "?" for step in place.steps) or any(n.kind is NodeKind.QUOTE for n in around):
            return None  # what a quotation says is said of the act that it changes
        scope = max((i for i, node in enumerate(around) if node.kind in APART), default=0)
        first, *smaller = place.steps
        way: list[Node] | None
        if first.number is None:
            here = [i for i, node in enumerate(around) if node.kind is first.kind and i >= scope]
            way = around[: here[-1] + 1] if here else None
        else:
            way = self._from(place, first, around, scope)
        for step in smaller:
            way = self._one(way, step) if way is not None else None
        return self._address(way) if way is not None else None

    def list_of(self, offset: int, cited: list[tuple[int, int]]) -> bool:
        """Is it the first thing in an item of a list of places of another act, which the words above the list cite?"""
        around = way_to(self._root, offset)
        if len(around) < 2 or self._flow.offset(offset) - self._flow.offset(around[-1].start) > _MARKER:
            return False
        above, first = around[-2], around[-2].children[0].start
        return above.kind in _CHANGING and any(above.start <= a < first for a, _ in _around(cited, above.start, first))

    def bears(self, address: str, entry: regex.Match[str] | None) -> bool:
        """Does the annex of `address` bear the title of the entry that names it? True for what is no entry."""
        if entry is None or (node := self._named().get(address)) is None:
            return True
        at = self._flow.offset(node.start)
        return node.kind is not NodeKind.ANNEX or fold(entry["title"]) in fold(self._flow.text[at : at + 250])

    def _address(self, way: list[Node]) -> str | None:
        """The address of the end of `way`, None if another place has the same one."""
        address = address_of(way)
        return address if self._named().get(address) is way[-1] else None

    def _named(self) -> dict[str, Node | None]:
        if self._addresses is None:
            self._addresses = addresses(self._root)
        return self._addresses

    def _from(self, place: _Place, first: _Step, around: list[Node], scope: int) -> list[Node] | None:
        """The way to the largest word of a place that has a number."""
        if place.act is None and any(map(self._changes, around)):
            return None  # it is a place of the act that is changed here
        base = around[: scope + 1]
        if _RANK[first.kind] < _RANK[NodeKind.DIEU] and self._articles:
            articles = [i for i, n in enumerate(around) if n.kind is NodeKind.DIEU and i > scope]
            if not place.above or not articles:
                return None  # "khoản 2" alone: of which article is not said
            base = around[: articles[-1] + 1]
        if first.kind is NodeKind.ANNEX:
            base = around[:1]
        elif place.act is not None:
            owner = self._owner(place.act, around, scope)
            if owner is None:
                return None
            base = owner
        return self._one(base, first)

    def _owner(self, act: str, around: list[Node], scope: int) -> list[Node] | None:
        """What "this regulation", "this decree" means here: the text attached, or the act; None if neither."""
        for i in range(scope, 0, -1):
            if around[i].kind in APART and (around[i].heading or "").upper().startswith(act.upper()):
                return around[: i + 1]
        kind = self._kind or ""
        if kind.startswith("Văn bản") and any(n.kind is NodeKind.ATTACHED for n in around[1 : scope + 1]):
            return None  # behind the signature of a consolidation stand articles of the acts that changed it
        consolidated = kind.startswith("Văn bản")
        if act == kind or (act, kind) in {("Luật", "Bộ luật"), ("Thông tư", "Thông tư liên tịch")} or consolidated:
            return around[:1]
        return around[:1] if not kind and scope == 0 else None

    def form(self, number: str, annex: str | None, act: str | None, offset: int) -> str | None:
        """The address of the form of this number: in the annex named, else here, else the only one of the act."""
        around = way_to(self._root, offset)
        if any(n.kind is NodeKind.QUOTE for n in around) or (act is None and any(map(self._changes, around))):
            return None
        base = around[:1]
        if annex is not None:
            base = self._one(base, _Step(NodeKind.ANNEX, annex)) or []
        elif act is not None:
            base = self._owner(act, around, len(around) - 1) or []
        elif len(around) > 1 and around[1].kind is NodeKind.ANNEX:
            base = around[:2]
        if not base:
            return None
        if self._all_forms is None:
            self._all_forms = [
                way for way in _annexes([self._root]) if way[-1].kind is NodeKind.ANNEX and is_form(way[-1])
            ]
        found = [w for w in self._all_forms if _same(w[-1].number, number) and w[: len(base)] == base]
        return self._address(found[0]) if len(found) == 1 else None

    def _changes(self, node: Node) -> bool:
        """Does an article or clause begin with a word of change, or say which places of a law it details?"""
        if node.kind not in _CHANGING:
            return False
        known = self._changing.get(node.start)
        if known is None:
            at = self._flow.offset(node.start)
            text = self._flow.text
            known = bool(_CHANGES_HERE.match(text, at, at + 120) or _DETAILS_HERE.match(text, at, at + 200)) or (
                node.kind is NodeKind.DIEU
                and bool(_DETAILS.search(text, at, min(at + 400, self._flow.offset(node.end))))
            )
            self._changing[node.start] = known
        return known

    def _one(self, way: list[Node], step: _Step) -> list[Node] | None:
        """The way to the one node below the end of `way` that `step` names, or None if there are none or several."""
        index = self._indexes.get(id(way[-1]))
        if index is None:
            index = self._indexes[id(way[-1])] = {}
            for below in _below(way):
                if below[-1].number is not None or below[-1].kind in APART:
                    index.setdefault((below[-1].kind, below[-1].number), []).append(below)
        found = index.get((step.kind, step.number))
        if (
            found is None
            and step.number is not None
            and step.kind not in {NodeKind.DIEU, NodeKind.ANNEX}
            and not any(kind is NodeKind.DIEU for kind, _ in index)
        ):
            found = index.get((_by_shape(step.number), step.number))
        return found[0] if found is not None and len(found) == 1 else None


_MARKER = 6  # characters of "10. " or "đ) " before the first word of an item
_CHANGING = frozenset({NodeKind.DIEU, NodeKind.KHOAN, NodeKind.DIEM, NodeKind.ITEM})
_DETAILS = regex.compile(rf"{_ACTS} này (?:quy định chi tiết|hướng dẫn)")
_BEGINNING = r"(?:Điều \d+\p{L}{0,2}[.:]?|\d+\p{L}?[.)/]|\p{Ll}[.)]|[-–+])?[ \n]*"
_CHANGES_HERE = regex.compile(_BEGINNING + _CHANGES.pattern)
_DETAILS_HERE = regex.compile(
    _BEGINNING + rf"(?i:quy định chi tiết|hướng dẫn)(?!\p{{L}})[^.;:\n]{{0,80}} {_ACTS}(?! này)(?!\p{{L}})"
)


_ROMAN = re.compile(r"[IVXLC]+")


def _by_shape(number: str) -> NodeKind:
    """Plans call "II." a part, a section or a point as they like: the number tells the level."""
    if _ROMAN.fullmatch(number):
        return NodeKind.MUC
    return NodeKind.KHOAN if number[0].isdigit() else NodeKind.DIEM


def _same(number: str | None, other: str) -> bool:
    """Are these numbers of forms the same: "9" is "09"?"""
    return number is not None and number.lstrip("0") == other.lstrip("0")


def _below(way: list[Node]) -> Iterator[list[Node]]:
    """Ways to every node below the last of `way`, not into quotes, annexes or attached texts."""
    for child in way[-1].children:
        path = [*way, child]
        yield path
        if child.kind not in APART:
            yield from _below(path)


def _annexes(way: list[Node]) -> Iterator[list[Node]]:
    """Ways to the annexes below, and to those in them."""
    for child in way[-1].children:
        if child.kind in {NodeKind.ANNEX, NodeKind.ATTACHED}:
            yield [*way, child]
            yield from _annexes([*way, child])
