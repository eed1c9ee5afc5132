"""What an act does to another it cites: is based on it, carries it out, details, amends, replaces or repeals it.

Decided by where the citation stands (title, grounds, closing article) and by the verb it is the object of; a citation
that is the object of no such verb is a plain one. An act cannot end one of higher rank: that takes the rest of a long
title ("… thay thế Nghị định số 08/2020/NĐ-CP quy định chi tiết Luật X") out of the verb's reach.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence

import regex

from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.model import Citation, Metadata, Node, NodeKind, Relation, RelationKind
from bonhoa.documents.numbers import DATE, parse_date, rank

_NOT_OWN = frozenset({NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED, NodeKind.RECIPIENTS, NodeKind.SIGNATURE})
_LED_IN = frozenset({NodeKind.DIEU, NodeKind.KHOAN, NodeKind.DIEM, NodeKind.ITEM})

# Where a sentence ends; a heading that a copy put on one line with its text ends where a verb has its capital.
_SENTENCE_END = regex.compile(
    r"(?<!\d)[.:?] (?=[\p{Lu}“\"])"
    r"|(?<=\p{Ll})(?<!(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Pháp lệnh))"
    r" (?=(?:Bãi bỏ|Hủy bỏ|Thay thế|Sửa đổi|Bổ sung) )"
)
# "đã được sửa đổi, bổ sung theo Luật số …": the history of another act, told in passing.
_HISTORY = regex.compile(r"(?i:\bđược (?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^;()]{0,60}?(?:theo|bởi|tại|thành)) [^;)]*$")
# What may stand between a verb and its object, or between two objects of one verb.
_OBJECT = regex.compile(
    r"(?i:(?:^|\n|[:;,]|\bvà|\bthay thế|\bbãi bỏ|\bhủy bỏ|\bcho|\d[.)]|\p{Ll}\))"
    r" ?(?:các |toàn bộ |một phần )*)$"
)
_REPLACES = regex.compile(r"(?i:\bnày\b[^.]*?(?<!được )\bthay thế\b)(?![^.]*\btrừ\b)")
_REPEALS = regex.compile(r"(?:^|[\n.:;] ?|\d\. ?|\p{Ll}\) ?|(?i:\bnày) |và )(?i:bãi bỏ|hủy bỏ)\b(?![^.]*\btrừ\b)")
# "Điều 1. Bãi bỏ toàn bộ 15 văn bản quy phạm pháp luật" over a list, one act an item.
_REPEALING = regex.compile(
    r"Điều \d+\p{Ll}?[.:]? ?(?i:bãi bỏ|hủy bỏ)\b(?![^.]*(?:điều|khoản|điểm|một phần|nội dung)\b)"
)
_BEGINS_ITEM = regex.compile(r"\s*(?:(?:\d+|\p{Ll})[.)]|[-+•])?\s*(?:các |toàn bộ )*")
_EXCEPTED = regex.compile(r"\btrừ\b[^.]*:$")
_ENDED_AFTER = regex.compile(r"(?i:hết hiệu lực)(?: thi hành)?")
_ENDED_LIST = regex.compile(r"(?i:hết hiệu lực)[^.]*:\s*$")
_POINT_IN_TIME = regex.compile(r"(?i:ngày|khi|thời điểm|trước|sau|đến|nếu|chưa) $")
# Between two citations: nothing but a joining word, or the title of the first, which names the second.
_JOINED = regex.compile(r"(?:,|;| và|, và|; và)(?: các| của)? ")
_TITLE_GOES_ON = regex.compile(
    r"[^;“\"]*\b(?:sửa đổi|bổ sung|quy định|hướng dẫn|thi hành|ban hành|thực hiện|về)\b[^;“\"]*\b(?:của|tại|theo|hành) "
)
_DETAILS = (
    r"(?i:(?:quy định chi tiết|hướng dẫn)(?: (?:một số điều|và hướng dẫn|và biện pháp|việc))*(?: thi hành| thực hiện)?"
    r"|biện pháp (?:để )?(?:tổ chức |hướng dẫn )?thi hành)\b"
)
_DETAILED = regex.compile(r"(?i:\bnày )" + _DETAILS)
_AMENDS = regex.compile(
    r"(?i:sửa đổi|bổ sung|thay thế|bãi bỏ|thay (?:một số )?(?:cụm )?từ|hủy bỏ|đính chính|ngưng hiệu lực)\b"
)
_VERB = regex.compile(
    rf"(?P<amends>{_AMENDS.pattern})|(?P<details>{_DETAILS})|(?P<carries_out>(?i:thực hiện|thi hành|triển khai)\b)"
)
_AMENDING = regex.compile(rf"(?:(?:Điều )?\d+\p{{Ll}}?[.)] ?|\p{{Ll}}\) ?)?{_AMENDS.pattern}")
_GROUNDS = regex.compile(
    r"(?i:(?:triển khai )?thực hiện|căn cứ|theo|tiếp theo|trên cơ sở|thi hành)(?: [^.]{0,60}?)? ?$"
    r"|(?i:(?:triển khai )?thực hiện|căn cứ) [^.]*[,;] ?(?:và )?$"
)


def find_relations(
    flow: Flow, structure: Node, metadata: Metadata, citations: Sequence[Citation]
) -> tuple[Relation, ...]:
    """The relation of this act to what each of `citations` names, one for each, in their order."""
    own = rank(metadata.type, metadata.number)
    found: list[Relation] = []
    before: Citation | None = None
    for index, citation in enumerate(citations):
        gap = _between(flow, before, citation) if before else None
        if gap is not None and _JOINED.fullmatch(gap):
            kind = _of_whole(found[-1].kind, citation)  # the next item of a list
        elif gap is not None and _TITLE_GOES_ON.fullmatch(gap):
            kind = RelationKind.CITES
        else:
            kind = _kind(_Words(flow, _around(structure, citation.start), citation), own)
        ended = kind in {RelationKind.REPLACES, RelationKind.REPEALS}
        day = _last_day(flow, citation) or metadata.effective if ended else None
        found.append(Relation(kind, index, day))
        before = citation
    return tuple(found)


def _between(flow: Flow, before: Citation, citation: Citation) -> str | None:
    """The words between two citations, None if a paragraph ends there."""
    words = flow.text[flow.offset(before.end) : flow.offset(citation.start)]
    return None if "\n" in words else words


def _of_whole(kind: RelationKind, citation: Citation) -> RelationKind:
    """`kind`, but for a part of an act that is ended: that amends the act."""
    ended = kind in {RelationKind.REPLACES, RelationKind.REPEALS}
    return RelationKind.AMENDS if ended and citation.provision else kind


_FAR = 2000  # characters around a citation that are read; sentences are shorter, texts without line ends are not


def _opening(words: str) -> str:
    """The beginning and the end of the words that open a unit; what stands between tells nothing of its list."""
    return words if len(words) <= 2 * _FAR else f"{words[:_FAR]} {words[-_FAR:]}"


class _Words:
    """What stands around a citation: the rest of its sentence, and what leads to the list it is an item of."""

    def __init__(self, flow: Flow, trail: list[Node], citation: Citation) -> None:
        self.citation = citation
        self.kinds = [node.kind for node in trail]
        self.in_item = any(node.number for node in trail)
        text = flow.text
        start, end = flow.offset(citation.start), flow.offset(citation.end)
        line = text.rfind("\n", max(0, start - _FAR), start) + 1
        first = line or max(0, start - _FAR)
        last = text.find("\n", end, end + _FAR)
        self.paragraph = text[first:start]
        self.before = _SENTENCE_END.split(self.paragraph)[-1]
        self.after = _SENTENCE_END.split(text[end : last if last >= 0 else end + _FAR])[0]
        self.lead_in = self.article = ""
        for node in trail:
            if node.kind in _LED_IN and node.children and node.children[0].start <= citation.start:
                words = _opening(text[flow.offset(node.start) : flow.offset(node.children[0].start)].strip())
                if node.kind is NodeKind.DIEU:
                    self.article = words
                self.lead_in = words if words.endswith(":") else self.lead_in
            elif node.kind is NodeKind.DIEU:
                self.article = _opening(text[flow.offset(node.start) : first])


def _kind(words: _Words, own: int) -> RelationKind:
    """The relation that the words around a citation tell."""
    if NodeKind.HEADER in words.kinds:
        return _in_title(words, own)
    if NodeKind.CAN_CU in words.kinds:
        return RelationKind.BASED_ON
    if not _NOT_OWN.isdisjoint(words.kinds) or _HISTORY.search(words.before) or _quoted(words.paragraph):
        return RelationKind.CITES
    if own >= rank(words.citation.kind, words.citation.number):
        changes = _changes(words)
        if changes is not None:
            return changes
    if NodeKind.DIEU in words.kinds:
        detailed = _DETAILED.search(words.lead_in + " " + words.before)
        return RelationKind.GUIDES if detailed else RelationKind.CITES
    grounds = not words.in_item and _GROUNDS.match(words.paragraph)
    return RelationKind.BASED_ON if grounds else RelationKind.CITES


def _quoted(before: str) -> bool:
    """Does what follows stand in quotation marks: words that are put in or taken out, and no act that is changed?"""
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def _in_title(words: _Words, own: int) -> RelationKind:
    """The verb that stands nearest before the citation tells."""
    if _HISTORY.search(words.before):
        return RelationKind.CITES
    verb = next(iter(list(_VERB.finditer(words.before))[-1:]), None)
    if verb is None:
        return RelationKind.CITES
    if verb["details"]:
        return RelationKind.GUIDES
    if verb["carries_out"]:
        return RelationKind.IMPLEMENTS
    if own < rank(words.citation.kind, words.citation.number):
        return RelationKind.CITES
    whole = words.citation.provision is None and _OBJECT.search(words.before)
    return RelationKind.REPEALS if whole and verb[0].lower() == "bãi bỏ" else RelationKind.AMENDS


def _changes(words: _Words) -> RelationKind | None:
    """Replaced, repealed or amended; only the whole act can be the first two."""
    before = words.lead_in + "\n" + words.before
    is_object = bool(_OBJECT.search(before))
    ends = _ENDED_LIST.search(words.lead_in) or (
        _ENDED_AFTER.search(words.after) and not _POINT_IN_TIME.search(words.before)
    )
    if is_object and words.citation.provision is None:
        if _REPLACES.search(before):
            return RelationKind.REPLACES
        if ends or _REPEALS.search(before):
            return RelationKind.REPEALS
        if _REPEALING.match(words.article) and _BEGINS_ITEM.fullmatch(words.before):
            return RelationKind.REPEALS
    if _EXCEPTED.search(words.lead_in):
        return None
    amending = [words.article.split(". ", 1)[-1], words.lead_in, words.before]
    if any(_AMENDING.match(w) for w in amending) or (ends and words.citation.provision):
        return RelationKind.AMENDS
    return None


_FROM_DAY = regex.compile(rf"[^.\n]{{0,400}}?hết hiệu lực(?: thi hành)?(?: kể)? từ (?P<date>{DATE})")


def _last_day(flow: Flow, citation: Citation) -> dt.date | None:
    """The day named for the end of this one act."""
    said = _FROM_DAY.match(flow.text, flow.offset(citation.end))
    return parse_date(said["date"]) if said else None


def _around(root: Node, offset: int) -> list[Node]:
    """The nodes below `root` that hold `offset`, from the top down."""
    trail: list[Node] = []
    node = root
    while True:
        at = bisect.bisect_right(node.children, offset, key=lambda n: n.start) - 1
        if at < 0 or offset >= node.children[at].end:
            return trail
        node = node.children[at]
        trail.append(node)
