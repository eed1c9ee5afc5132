"""From paragraphs to the tree of an act: header, grounds, body, signature, recipients, annexes; articles and items.

Numbering is ambiguous ("Điều 10." may be an article or the end of a wrapped sentence, "1." a clause, a list inside a
point, or a year at a line's start). The articles of a text are therefore chosen together (`articles.py`), and any other
marker counts only where it continues a sequence that is open or begins a new one; else the paragraph is plain text.
Reads: `SourceText`. Writes: one `Node` of kind document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bonhoa.documents.articles import ARTICLE, Candidate, in_order
from bonhoa.documents.model import Node, NodeKind, SourceText
from bonhoa.documents.paragraphs import MARKER, Paragraph, paragraphs

_GROUNDS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét|Trên cơ sở|Thực hiện\s.{10,}[;,]$)")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?", re.IGNORECASE)
_SIGNS = re.compile(r"(?:TM\.|T/M\b|KT\.|K/T\b|TL\.|TUQ\.|Q\.\s?[A-ZĐ])")
_TITLES = re.compile(
    r"(?:PHÓ\s+)?(?:THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|CHỦ NHIỆM|TỔNG THANH TRA|THỐNG ĐỐC|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ "
    r"THƯ|VIỆN TRƯỞNG"
    r"|CHÁNH VĂN PHÒNG|CHÁNH ÁN|TRƯỞNG BAN|CỤC TRƯỞNG|TỔNG BÍ THƯ|TỔNG KIỂM TOÁN|HIỆU TRƯỞNG)\b"
)
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ LỤC SỐ|Phụ lục số)(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+[A-Za-z]?|[A-Z])\b)?"
)
_ATTACHED = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|QUY CHUẨN|ĐIỀU LỆ|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|DANH MỤC|NỘI QUY|CHIẾN LƯỢC"
    r"|QUY TRÌNH|BẢNG|MẪU)\b"
)
_CLOSED = re.compile(r"[”\"]\s*[.;,]?\s*(?:\./\.)?$")
_AMENDS = re.compile(r"Điều \d+\. (?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm)")
_CONCLUDES = re.compile(r"Điều \d+\. (?:Hiệu lực|Điều khoản|Trách nhiệm|Tổ chức)")
_KEEM = re.compile(r"\(?\s*(?:Ban hành )?[Kk]èm theo\b|\(Ban hành theo\b|\((?:Được )?[Bb]an hành\b", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"(?:\*\s*)?(?:Luật số|Số)\s*:?\s*[\d…._]|Nghị quyết số\s*:\s")
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"  # f, j, w, z are not used by rule, but are met; a skipped letter is allowed
_LEVELS = {
    NodeKind.PHAN: 1,
    NodeKind.CHUONG: 2,
    NodeKind.MUC: 3,
    NodeKind.TIEU_MUC: 4,
    NodeKind.DIEU: 5,
    NodeKind.KHOAN: 6,
    NodeKind.DIEM: 10,
    NodeKind.TIET: 11,
    NodeKind.ITEM: 12,
}


@dataclass
class _Open:
    """A node under construction; `last` remembers the last number of each kind among its children."""

    kind: NodeKind
    number: str | None
    heading: str | None
    start: int
    end: int
    level: float
    children: list[_Open] = field(default_factory=list)

    def freeze(self) -> Node:
        return Node(
            self.kind, self.number, self.heading, self.start, self.end, tuple(child.freeze() for child in self.children)
        )

    def add(self, child: _Open) -> _Open:
        self.children.append(child)
        return child


def find_structure(source: SourceText) -> Node:
    """The structure of `source`; every node's span lies inside its parent's, siblings do not overlap."""
    items = _outside_tables(source)
    root = _Open(NodeKind.DOCUMENT, None, None, 0, len(source.text), 0)
    at = _header(root, items)
    at = _grounds(root, items, at)
    while at < len(items):
        at = _component(root, items, at, source)
    return root.freeze()


def _outside_tables(source: SourceText) -> Sequence[Paragraph]:
    """Paragraphs, those of one table replaced by a single one that covers the table."""
    items: list[Paragraph] = []
    tables = iter(source.tables)
    table = next(tables, None)
    for item in paragraphs(source.text):
        while table is not None and item.start >= table.end:
            table = next(tables, None)
        if table is None or item.start < table.start:
            items.append(item)
        elif not items or items[-1].start < table.start:
            items.append(Paragraph(table.start, max(table.start, table.end - 1), "\u0000table"))
    return items


def _header(root: _Open, items: Sequence[Paragraph]) -> int:
    """Everything before the first sentence: national motto, number, date, type, subject."""
    at, numbered = 0, False
    while at < min(len(items), 40):
        numbered = numbered or bool(_NUMBER_LINE.match(items[at].text))
        if _ends_header(items[at].text, numbered):
            break
        at += 1
    if at:
        root.add(_Open(NodeKind.HEADER, None, None, items[0].start, items[at - 1].end, 1))
    return at


def _ends_header(text: str, numbered: bool) -> bool:
    """True for the first paragraph that is text of the act; `numbered`: its number line has been passed."""
    if text == "\u0000table" or _GROUNDS.match(text) or text.startswith("Kính gửi") or text.rstrip().endswith("điện:"):
        return True
    marked = MARKER.match(text)
    if marked and (marked.lastgroup == "dieu" or (numbered and marked.lastgroup not in {"dash", "plus"})):
        return True
    if text.isupper():
        return False
    announces = numbered and len(text) > 40 and text.rstrip().endswith(":")
    return announces or (len(text) > 100 and text.endswith((".", ":", ";", ",")))


def _grounds(root: _Open, items: Sequence[Paragraph], at: int) -> int:
    first = at
    while (
        at < len(items)
        and at - first < 60
        and _GROUNDS.match(items[at].text)
        and (items[at].text.startswith(("Căn cứ", "Theo đề nghị", "Xét")) or items[at].text.endswith(";"))
    ):
        at += 1
    if at > first:
        root.add(_Open(NodeKind.CAN_CU, None, None, items[first].start, items[at - 1].end, 1))
    return at


def _component(root: _Open, items: Sequence[Paragraph], at: int, source: SourceText) -> int:
    """One component from `at` on: recipients, signature, an annex, an attached act, or a stretch of body."""
    first = items[at]
    end = at + 1
    if _RECIPIENTS.match(first.text):
        while end < len(items) and not _starts_signature(items, end) and not _starts_appendix(items, end):
            end += 1
        kind, number = NodeKind.RECIPIENTS, None
    elif _starts_signature(items, at):
        while end < len(items) and not _RECIPIENTS.match(items[end].text) and not _starts_appendix(items, end):
            end += 1
        kind, number = NodeKind.SIGNATURE, None
    elif kind_of := _starts_appendix(items, at):
        kind = kind_of
        found = _ANNEX.match(first.text)
        number = found["number"] if found else None
        while end < len(items) and not (_starts_appendix(items, end) and end > at + 2):
            end += 1
    else:
        while end < len(items) and not _ends_body(items, end):
            end += 1
        kind, number = NodeKind.BODY, None
    node = _Open(kind, number, None, first.start, items[end - 1].end, 0)
    if kind in {NodeKind.ANNEX, NodeKind.ATTACHED}:
        node.heading = first.text[:200]
        _tree(node, items[at + 1 : end])
    elif kind is NodeKind.BODY:
        again = _second_article_one(items[at:end])
        if again is not None:
            end = at + again
            node.end = items[end - 1].end
        _tree(node, items[at:end])
    root.add(node)
    return end


def _second_article_one(items: Sequence[Paragraph]) -> int | None:
    """Where an attached act begins unannounced: "Điều 1" again after a later article, outside quotation marks."""
    seen = depth = 0
    for at, item in enumerate(items):
        if found := re.match(r"Điều (\d+)\s*[.:]", item.text):
            if depth == 0 and int(found[1]) == 1 and seen >= 2:
                back = at
                while (
                    back > 1
                    and at - back < 8
                    and (
                        items[back - 1].text.isupper()
                        or _KEEM.match(items[back - 1].text)
                        or re.match(r"Chương", items[back - 1].text)
                    )
                ):
                    back -= 1
                return back
            if depth == 0:
                seen = int(found[1])
        depth = max(0, depth + item.text.count("“") - item.text.count("”"))
    return None


def _ends_body(items: Sequence[Paragraph], at: int) -> bool:
    return bool(_RECIPIENTS.match(items[at].text)) or _starts_signature(items, at) or bool(_starts_appendix(items, at))


def _starts_signature(items: Sequence[Paragraph], at: int) -> bool:
    text = items[at].text
    if _SIGNS.match(text) and len(text) < 160 and text.upper()[:12] == text[:12]:
        return True
    closed = any(i.text.rstrip().endswith(("./.", "/.")) for i in items[max(0, at - 3) : at]) or any(
        _RECIPIENTS.match(i.text) for i in items[max(0, at - 25) : at]
    )
    return closed and bool(_TITLES.match(text)) and len(text) < 100


def _starts_appendix(items: Sequence[Paragraph], at: int) -> NodeKind | None:
    """ANNEX for "PHỤ LỤC …" standing alone, ATTACHED for a title "QUY CHẾ …" followed by "(Ban hành kèm theo …"."""
    text = items[at].text
    found = _ANNEX.match(text)
    alone = found and (
        len(text) == found.end() or text.isupper() or (found["number"] and re.match(r"\s*[.:–-]", text[found.end() :]))
    )
    if alone and len(text) < 250 and not re.search(r"\b(?:của|theo|tại|kèm theo Quyết)\b", text[:60]):
        return NodeKind.ANNEX
    title = text.split("(")[0]
    if _ATTACHED.match(text) and title.isupper():
        following = [text[len(title) :], *(i.text for i in items[at + 1 : at + 6])]
        for line in following:
            if _KEEM.match(line.strip()):
                return NodeKind.ATTACHED
            if line.strip() and not line.isupper():
                break
    return None


# --- inside a body, an annex or an attached act ----------------------------------------------------------------------


def _tree(root: _Open, items: Sequence[Paragraph]) -> None:
    """Hang the paragraphs below `root` by their markers."""
    path: list[_Open] = [root]
    chosen = _own_articles(items)
    at = 0
    while at < len(items):
        item = items[at]
        if item.text == "\u0000table":
            _close(path, 12)
            path[-1].add(_Open(NodeKind.TABLE, None, None, item.start, item.end, 13))
            _stretch(path, item.end)
            at += 1
            continue
        quoted = _quotation(items, at)
        if quoted and path[-1] is not root:
            end = items[quoted - 1].end
            path[-1].add(_Open(NodeKind.QUOTE, None, None, item.start, end, 13))
            _stretch(path, end)
            at = quoted
            continue
        node = _marked(path, item, chosen)
        if node is None:
            _plain(path, item)
        else:
            _close(path, node.level)
            path.append(path[-1].add(node))
            _stretch(path, item.end)
            at = _title_lines(node, items, at)
        at += 1


def _own_articles(items: Sequence[Paragraph]) -> set[int]:
    """Where the articles begin that belong to this text itself, not to an act it quotes."""
    found: list[Candidate] = []
    at = 0
    while at < len(items):
        quoted = _quotation(items, at) if found else None  # before its first article a text amends nothing
        marked = ARTICLE.match(items[at].text)
        if quoted is None and marked:
            wrapped = at > 0 and _goes_on(items[at - 1].text)
            found.append(Candidate(items[at].start, int(marked[1]), marked[2], sure=not wrapped))
        at = quoted or at + 1
    return in_order(found)


def _goes_on(text: str) -> bool:
    """Does a paragraph end in the middle of a sentence, so that the next line may be the rest of it?"""
    last = text.rstrip()[-1:]
    return (last.islower() or last == ",") and not text.isupper() and len(text) > 40


def _quotation(items: Sequence[Paragraph], at: int) -> int | None:
    """The index behind a quotation that opens at paragraph `at` after a colon, or None."""
    text = items[at].text
    if text[0] not in '“"' or at == 0 or not items[at - 1].text.rstrip().endswith((":", "sau đây", "như sau")):
        return None
    opening, closing = ("“", "”") if text[0] == "“" else ('"', '"')
    depth, closed = 0, 0
    for end in range(at, min(len(items), at + 600)):
        words = items[end].text
        if closed and (_AMENDS.match(words) or (closed == end and _CONCLUDES.match(words))):
            return closed  # a quotation mark inside was never closed: the amending act itself goes on
        if opening == closing:
            depth = (depth + words.count('"')) % 2
        else:
            depth += words.count(opening) - words.count(closing)
        if _CLOSED.search(words):
            closed = end + 1
            if depth <= 0:
                return closed
    return None


def _marked(path: list[_Open], item: Paragraph, chosen: set[int]) -> _Open | None:
    """The node that `item` begins, if its marker continues or begins a sequence; `chosen`: where articles begin."""
    found = MARKER.match(item.text)
    if not found or found.lastgroup is None:
        return None
    token = re.sub(r"^(?:PHẦN|CHƯƠNG|TIỂU MỤC|MỤC|ĐIỀU)\s+", "", found.group().strip(), flags=re.IGNORECASE)
    token = re.sub(r"^\s*\(|[.):/\s]+$", "", token).replace(" ", "").strip()
    rest = item.text[found.end() :].strip(" .:–-")
    kind, level = _kind_and_level(found.lastgroup, token)
    if kind is NodeKind.ITEM:
        token = "+" if found.lastgroup == "plus" else "-"
    if not (item.start in chosen if kind is NodeKind.DIEU else _fits(path, kind, level, token)):
        return None
    return _Open(kind, token, rest[:300] or None, item.start, item.end, level)


def _kind_and_level(group: str, token: str) -> tuple[NodeKind, float]:
    if group == "roman":
        return NodeKind.MUC, 3
    if group == "upper":
        return NodeKind.PHAN, 1
    if group == "multi":
        return NodeKind.KHOAN, 6 + token.count(".") * 0.5
    if group in {"dash", "plus"}:
        return NodeKind.ITEM, 12 if group == "dash" else 12.5
    kind = NodeKind.of(group)
    return kind, _LEVELS[kind]


def _fits(path: list[_Open], kind: NodeKind, level: float, token: str) -> bool:
    """True if `token` continues the open sequence of its kind, or begins one that may stand here."""
    if kind is NodeKind.ITEM:
        return True
    parent = next(n for n in reversed(path) if n.level < level)
    last = next((c.number for c in reversed(parent.children) if c.kind is kind and c.level == level), None)
    if kind is NodeKind.MUC and not token.isdigit() and _holds(path, NodeKind.DIEU) and _holds(path, NodeKind.KHOAN):
        return _step(kind, last, token) == 1 and last is not None
    if "." in token:
        head, tail = token.rsplit(".", 1)
        owner = next((n for n in reversed(path) if n.kind is NodeKind.KHOAN and n.level < level), None)
        return tail.isdigit() and (
            owner is None or owner.number is None or owner.number.endswith(head) or last is not None
        )
    step = _step(kind, last, token)
    return step == 1 if last is None else 1 <= step <= 3


def _holds(path: list[_Open], kind: NodeKind) -> bool:
    return any(node.kind is kind for node in path)


def _step(kind: NodeKind, last: str | None, token: str) -> int:
    """How far `token` is behind `last` in its sequence (1 = next); 0 or less if it does not go on."""

    def order(value: str) -> int:
        if (
            kind in {NodeKind.DIEM, NodeKind.TIET}
            and value[0] in _LETTERS
            and not (kind is NodeKind.TIET and value in _ROMAN)
        ):
            return _LETTERS.index(value[0]) + 1
        if value.lower() in _ROMAN:
            return _ROMAN[value.lower()]
        digits = re.match(r"\d+", value)
        return int(digits.group()) if digits else 1

    if last is None:
        return 1 if order(token) == 1 or kind in {NodeKind.PHAN, NodeKind.CHUONG} else 99
    now, before = order(token), order(last)
    if now == before and token != last:
        return 1  # 7 → 7a
    return now - before


_ROMAN_TOKENS = """
i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv
"""
_ROMAN = {token: number for number, token in enumerate(_ROMAN_TOKENS.split(), 1)}


def _title_lines(node: _Open, items: Sequence[Paragraph], at: int) -> int:
    """Headings that stand on the lines below "Chương I" belong to it; returns the last index taken."""
    while node.kind in {NodeKind.PHAN, NodeKind.CHUONG, NodeKind.MUC, NodeKind.TIEU_MUC} and at + 1 < len(items):
        text = items[at + 1].text
        fresh = node.heading is None
        if (
            MARKER.match(text)
            or len(text) > 250
            or not (text.isupper() or (fresh and not text.endswith((".", ";", ":"))))
        ):
            break
        node.heading = f"{node.heading} {text}" if node.heading else text
        at += 1
        node.end = items[at].end
    return at


def _plain(path: list[_Open], item: Paragraph) -> None:
    """An unmarked paragraph: a leaf of the nearest node that is not itself a dash."""
    _close(path, 12)
    path[-1].add(_Open(NodeKind.ITEM, None, None, item.start, item.end, 13))
    _stretch(path, item.end)


def _close(path: list[_Open], level: float) -> None:
    while len(path) > 1 and path[-1].level >= level:
        path.pop()


def _stretch(path: list[_Open], end: int) -> None:
    for node in path:
        node.end = max(node.end, end)
