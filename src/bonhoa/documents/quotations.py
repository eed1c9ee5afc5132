"""Where a text quotes what an amendment inserts: from the quotation mark after "như sau:" to the one that closes it.

Closing marks are forgotten, and marks inside are opened and never closed. So a quotation also ends where the amending
act itself goes on: at its next clause or article that amends. Reads: paragraphs. Writes: ranges of their indexes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bonhoa.documents.markers import MARKER
from bonhoa.documents.paragraphs import Paragraph

_LONGEST = 800  # paragraphs
_CLOSED = re.compile(r"[”\"]\s*(?:\[?\d{1,3}\]?)?\s*[.;,]?\s*(?:\./\.|/\.)?$")
_NOTE = r"(?:\[[^\]\n]{1,300}\]\s*)?"  # an editor's, between the order and what it inserts
_INLINE = re.compile(rf":\s*{_NOTE}(?P<mark>[“\"„])(?=\s*(?:(?:Điều|Chương|Mục|Phần)\s|\d{{1,3}}[a-zđ]?\.|[a-zđ]\)))")
_ANNOUNCED = re.compile(rf"(?::|sau đây|như sau)\s*{_NOTE}$")
AMENDING = re.compile(r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm|Thay đổi|Hủy bỏ|Đính chính)\b")
_CONCLUDING = re.compile(r"(?:Hiệu lực|Điều khoản|Trách nhiệm|Tổ chức thực hiện|Quy định chuyển tiếp)\b")
_MARKED = re.compile(r"(?P<word>Điều )?(?P<number>\d{1,3})(?P<letter>[a-zđ]?)[.)]\s*|(?P<point>[a-zđ])\)\s*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Paragraphs `start` to `end` (exclusive) are quoted; `sure` if the mark that closes them was found."""

    start: int
    end: int
    sure: bool


class Quotations:
    """The quotations of a stretch of paragraphs."""

    def __init__(self, items: Sequence[Paragraph]) -> None:
        self._items = items
        self._marks = [_marks(item.text) for item in items]

    def opening_at(self, at: int, stop: int | None = None) -> Quotation | None:
        """The quotation that begins with paragraph `at`, if one does; it goes no further than `stop`."""
        items = self._items
        if at == 0:
            return None
        before, text = items[at - 1].text, items[at].text
        depth = 0
        if text[0] in '“"„”' and _ANNOUNCED.search(before.rstrip()):
            straight = text[0] == '"'
        elif self._marks[at - 1][0] > 0 and (inline := _INLINE.search(before)) and not _CLOSED.search(before):
            straight, depth = inline["mark"] == '"', 1  # it began inside the paragraph above
        else:
            return None
        return self._closing(at, min(len(items), at + _LONGEST, stop or len(items)), depth, straight)

    def _closing(self, at: int, stop: int, depth: int, straight: bool) -> Quotation | None:
        items = self._items
        outer = self._number_above(at)
        nested = depth == 0 and bool(AMENDING.search(items[at].text[:60]))
        closed = 0
        for end in range(at, stop):
            net, quotes, ends = self._marks[end]
            if end > at and not nested and self._goes_on(end, outer, closed == end):
                return Quotation(at, closed or end, closed > 0)
            if straight and net == 0:
                depth = (depth + quotes) % 2
            else:
                depth += net
            if end == at and items[at].text[0] in "„”":
                depth += 1 if items[at].text[0] == "„" else 2
            if ends:
                closed = end + 1
                if depth <= 0:
                    return Quotation(at, closed, True)
        return Quotation(at, closed, True) if closed else None

    def _number_above(self, at: int) -> list[tuple[str, int]]:
        """The numbers of the amending clause, point and article above the quotation: what may go on after it."""
        found: list[tuple[str, int]] = []
        for back in range(at - 1, max(-1, at - 40), -1):
            if marked := _MARKED.match(self._items[back].text):
                style, number = _style(marked)
                if all(s != style for s, _ in found):
                    found.append((style, number))
                if style == "Điều":
                    break
        return found

    def _goes_on(self, at: int, outer: list[tuple[str, int]], just_closed: bool) -> bool:
        """Does the amending act itself go on at paragraph `at`?"""
        marked = _MARKED.match(self._items[at].text)
        if marked is None:
            return False
        style, number = _style(marked)
        words = self._items[at].text[marked.end() : marked.end() + 60]
        if style == "Điều":
            return bool(AMENDING.match(words) or (just_closed and _CONCLUDING.match(words))) and (
                not outer or outer[-1][0] != "Điều" or number > outer[-1][1]
            )
        return bool(AMENDING.match(words)) and (style, number - 1) in outer


def _style(marked: re.Match[str]) -> tuple[str, int]:
    if marked["point"]:
        return "a", "abcdđeghiklmnopqrstuvxy".find(marked["point"])
    return ("Điều" if marked["word"] else "1"), int(marked["number"])


def _marks(text: str) -> tuple[int, int, bool]:
    """Opening less closing marks, straight marks, and whether the paragraph ends with a closing one."""
    if "“" not in text and "”" not in text and '"' not in text:
        return 0, 0, False
    return text.count("“") - text.count("”"), text.count('"'), _CLOSED.search(text) is not None


def unquoted(text: str) -> str:
    """`text` without the quotation mark that it begins with, if a marker follows the mark."""
    if text[:1] in '“"„”':
        inner = text[1:].lstrip()
        if MARKER.match(inner):
            return inner
    return text
