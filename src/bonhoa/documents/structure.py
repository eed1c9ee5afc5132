"""From paragraphs to the tree of an act: header, grounds, body, signature, recipients, annexes; articles and items.

Numbering is ambiguous ("Điều 10." may be an article or the end of a wrapped sentence, "1." a clause, a list inside a
point, or a year at a line's start). So quotations are cut out (`quotations.py`), the articles of a text are chosen
together (`articles.py`), then the levels of all other markers (`levels.py`); a quotation has a tree of its own.
Reads: `SourceText`. Writes: one `Node` of kind document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bonhoa.documents.articles import ARTICLE, Candidate, in_order
from bonhoa.documents.components import components, forms
from bonhoa.documents.levels import Level, Line, levels
from bonhoa.documents.markers import KINDS, Marker, Style, article_marker, group_of, marker_of
from bonhoa.documents.model import Node, NodeKind, SourceText
from bonhoa.documents.paragraphs import TABLE, Paragraph, paragraphs
from bonhoa.documents.quotations import AMENDING, Quotation, Quotations, unquoted

_ABOVE_ARTICLES = frozenset({NodeKind.PHAN, NodeKind.CHUONG, NodeKind.MUC, NodeKind.TIEU_MUC})
_WITH_TREE = frozenset({NodeKind.BODY, NodeKind.ANNEX, NodeKind.ATTACHED, NodeKind.QUOTE})
_DEEPEST = 4  # quotations within quotations


@dataclass
class _Open:
    """A node under construction; `own` is the end of its first paragraph and title lines, without what is below."""

    kind: NodeKind
    number: str | None
    heading: str | None
    start: int
    end: int
    children: list[_Open] = field(default_factory=list)

    def freeze(self) -> Node:
        heading = self.heading if self.kind not in _TITLED_BELOW or self.children else None
        return Node(
            self.kind, self.number, heading, self.start, self.end, tuple(child.freeze() for child in self.children)
        )

    def add(self, child: _Open) -> _Open:
        self.children.append(child)
        return child


# Of these a heading is a title only where something stands below it; else the words are the text itself.
_TITLED_BELOW = frozenset({NodeKind.DIEU, NodeKind.KHOAN, NodeKind.DIEM, NodeKind.TIET, NodeKind.ITEM})


def find_structure(source: SourceText) -> Node:
    """The structure of `source`; every node's span lies inside its parent's, siblings do not overlap."""
    items = _outside_tables(source)
    root = _Open(NodeKind.DOCUMENT, None, None, 0, len(source.text))
    for part in components(items):
        node = root.add(_Open(part.kind, part.number, part.heading, items[part.start].start, items[part.end - 1].end))
        if part.kind in _WITH_TREE:
            _part(node, items[part.start + (part.heading is not None) : part.end])
    return root.freeze()


def _part(node: _Open, items: Sequence[Paragraph]) -> None:
    """The tree of a part; the forms of an annex are annexes inside it, each with a tree of its own."""
    inner = list(forms(items)) if node.kind in {NodeKind.ANNEX, NodeKind.ATTACHED} else []
    _tree(node, items[: inner[0].start] if inner else items)
    for form in inner:
        below = node.add(_Open(form.kind, form.number, form.heading, items[form.start].start, items[form.end - 1].end))
        _tree(below, items[form.start + 1 : form.end])


def _outside_tables(source: SourceText) -> Sequence[Paragraph]:
    """Paragraphs, those of one table replaced by a single one that covers the table."""
    if not source.tables:
        return paragraphs(source.text)
    items: list[Paragraph] = []
    tables = iter(source.tables)
    table = next(tables, None)
    for item in paragraphs(source.text):
        while table is not None and item.start >= table.end:
            table = next(tables, None)
        if table is None or item.start < table.start:
            items.append(item)
        elif not items or items[-1].start < table.start:
            items.append(Paragraph(table.start, max(table.start, table.end - 1), TABLE))
    return items


# --- inside a body, an annex, an attached act or a quotation ---------------------------------------------------------


def _tree(root: _Open, items: Sequence[Paragraph], nesting: int = 0) -> None:
    """Hang the paragraphs below `root` by their markers."""
    quotes, chosen = _quoted_and_own(items)
    markers = [_marker(item, i in chosen, i in quotes) for i, item in enumerate(items)]
    found = _levels(items, quotes, markers, chosen, excerpt=nesting > 0)
    path: list[_Open] = [root]
    at = 0
    while at < len(items):
        item = items[at]
        quote, marker, level = quotes.get(at), markers[at], found[at]
        if quote is not None:
            inside = items[quote.start : quote.end]
            node = path[-1].add(_Open(NodeKind.QUOTE, None, None, item.start, inside[-1].end))
            _stretch(path, node.end)
            if nesting < _DEEPEST:
                _tree(node, [_opened(inside[0]), *inside[1:]], nesting + 1)
            at = quote.end
            continue
        if item.text == TABLE or marker is None or level is None:
            _leave_items(path)
            kind = NodeKind.TABLE if item.text == TABLE else NodeKind.ITEM
            path[-1].add(_Open(kind, None, None, item.start, item.end))
            _stretch(path, item.end)
            at += 1
            continue
        del path[level.depth + 1 :]
        node = path[-1].add(_begun(item, marker, level, path))
        path.append(node)
        _stretch(path, item.end)
        at = _title_lines(node, items, at) + 1
        _stretch(path, node.end)


def _opened(item: Paragraph) -> Paragraph:
    """The first paragraph of a quotation without its opening mark."""
    text = unquoted(item.text)
    if text is item.text:
        return item
    return Paragraph(item.start, item.end, text, group_of(text))


def _quoted_and_own(items: Sequence[Paragraph]) -> tuple[dict[int, Quotation], set[int]]:
    """The quotations by their first paragraph, and the paragraphs that begin an article of this text itself.

    Articles inside a quotation count little, but where the text's own would break without one, the quotation was never
    closed and ends there.
    """
    reader = Quotations(items)
    candidates: list[Candidate] = []
    quoted: list[Quotation] = []
    end = 0
    dotted = False
    for at, item in enumerate(items):
        if at >= end and candidates and (quote := reader.opening_at(at)) is not None:
            quoted.append(quote)  # before its first article a text amends nothing
            end = quote.end
        if item.text[0] not in "ĐÐ":
            continue
        if marked := ARTICLE.match(item.text):
            dotted = dotted or marked["end"] is not None
            candidates.append(
                Candidate(at, int(marked["number"]), marked["letter"], _weight(items, at, marked, quoted, end))
            )
    if not dotted:  # no article of this text has a dot behind its number
        candidates = [Candidate(c.start, c.number, c.letter, abs(c.weight) or 0.5) for c in candidates]
    chosen = in_order(candidates)
    for candidate in reversed(candidates):
        if candidate.start in chosen:
            if candidate.weight != _QUOTED:
                break
            chosen.remove(candidate.start)  # quoted ones only fill what would be a gap
    out: dict[int, Quotation] = {}
    stops = sorted(chosen)
    for quote in quoted:
        if any(q.end > quote.start for q in out.values() if q.start <= quote.start):
            continue
        out[quote.start] = quote
    for stop in stops:
        for quote in [q for q in out.values() if q.start < stop < q.end]:
            out[quote.start] = Quotation(quote.start, stop, False)
            at = stop + 1
            while at < quote.end:
                again = reader.opening_at(at, quote.end)
                if again is not None:
                    out[again.start] = again
                at = again.end if again is not None else at + 1
    return out, chosen


_QUOTED = 0.05


def _weight(items: Sequence[Paragraph], at: int, marked: re.Match[str], quoted: list[Quotation], end: int) -> float:
    """How much a line looks like an article of the text itself."""
    text = items[at].text
    if at < end:
        if quoted[-1].sure or marked["end"] is None:
            return _QUOTED
        return 0.5 if AMENDING.match(text, marked.end()) else 0.3
    wrapped = at > 0 and _goes_on(items[at - 1].text)
    if marked["end"] is None:
        return -0.3 if wrapped else -0.1  # "Điều 5 Chính sách": only where the text has no other
    return 0.6 if wrapped else 1.0


def _marker(item: Paragraph, own: bool, quoted: bool) -> Marker | None:
    """What the paragraph begins with; `own`: it was chosen as an article, perhaps without a dot."""
    if own and (found := ARTICLE.match(item.text)):
        return article_marker(found["number"] + found["letter"], found.end())
    return None if quoted or item.group is None else marker_of(item.text)


def _levels(
    items: Sequence[Paragraph],
    quotes: dict[int, Quotation],
    markers: Sequence[Marker | None],
    chosen: set[int],
    *,
    excerpt: bool,
) -> list[Level | None]:
    """The level of every paragraph, None of those that are text or lie in a quotation."""
    lines: list[Line] = []
    end = 0
    for at, (item, marker) in enumerate(zip(items, markers, strict=True)):
        if at in quotes:
            end = quotes[at].end
        if at < end:
            continue
        if marker is None or not marker.readings or (marker.readings[0].style is Style.ARTICLE and at not in chosen):
            lines.append(_PLAIN)
            continue
        before = items[at - 1].text if at else ""
        after = item.text[marker.end : marker.end + 1]
        lines.append(
            Line(
                marker.readings,
                at in chosen,
                announced=before.endswith(":"),
                wrapped=_goes_on(before),
                lower=after.islower() or after.isdigit(),
                excerpt=excerpt and at == 0,
            )
        )
    found = iter(levels(lines))
    out: list[Level | None] = []
    end = 0
    for at in range(len(items)):
        if at in quotes:
            end = quotes[at].end
        out.append(None if at < end else next(found))
    return out


_PLAIN = Line()


def _goes_on(text: str) -> bool:
    """Does a paragraph end in the middle of a sentence, so that the next line may be the rest of it?"""
    last = text[-1:]
    return (last.islower() or last == ",") and len(text) > 40 and not text.isupper()


def _begun(item: Paragraph, marker: Marker, level: Level, path: Sequence[_Open]) -> _Open:
    kind = KINDS[level.reading.style]
    if kind is NodeKind.KHOAN and any(n.kind in {NodeKind.DIEM, NodeKind.TIET} for n in path):
        kind = NodeKind.TIET  # a list inside a point
    return _Open(kind, marker.token, _title(item.text[marker.end :], kind), item.start, item.end)


def _title(words: str, kind: NodeKind) -> str | None:
    """The title among the words behind a marker; a whole sentence is none."""
    words = words.strip(" .:–-*") if kind in _ABOVE_ARTICLES else words.strip(" –-*")
    if not words or kind is NodeKind.ITEM:
        return None
    if kind in _ABOVE_ARTICLES:
        return words[:300]
    if len(words) > (300 if kind is NodeKind.DIEU else 150):
        return None
    if words.endswith((";", ",")) or (words.endswith(".") and (kind is not NodeKind.DIEU or len(words) > 100)):
        return None
    return words.strip(" .:") or None


def _title_lines(node: _Open, items: Sequence[Paragraph], at: int) -> int:
    """Headings that stand on the lines below "Chương I" belong to it; returns the last index taken."""
    if node.kind is NodeKind.DIEU:
        return _article_title_line(node, items, at)
    while node.kind in _ABOVE_ARTICLES and at + 1 < len(items):
        item = items[at + 1]
        text = item.text
        fresh = node.heading is None
        if (
            item.group is not None
            or text == TABLE
            or len(text) > 250
            or not (text.isupper() or (fresh and not text.endswith((".", ";", ":"))))
        ):
            break
        node.heading = f"{node.heading} {text}" if node.heading else text
        at += 1
        node.end = items[at].end
    return at


def _article_title_line(node: _Open, items: Sequence[Paragraph], at: int) -> int:
    """ "Điều 3" alone on its line: a short line below it that ends no sentence is its title, but stays a paragraph."""
    if node.heading is None and at + 1 < len(items) and len(items[at].text) < 15:
        text = items[at + 1].text
        if items[at + 1].group is None and text != TABLE and len(text) < 200 and not text.endswith((".", ";", ",")):
            node.heading = text.strip(" .:")
    return at


def _leave_items(path: list[_Open]) -> None:
    """A plain paragraph belongs to the nearest node that is not a dash."""
    while len(path) > 1 and path[-1].kind is NodeKind.ITEM:
        path.pop()


def _stretch(path: list[_Open], end: int) -> None:
    for node in path:
        node.end = max(node.end, end)
