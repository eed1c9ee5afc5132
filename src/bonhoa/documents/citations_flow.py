"""The text as running words: what a printer, a page or Markdown put between two words of a sentence is taken out.

A citation may run over a wrapped line, a page head or a change of emphasis. In `Flow.text` such a break is one blank,
and the end of a paragraph is one "\\n" that no pattern crosses.
"""

from __future__ import annotations

import bisect
import re
from array import array

import regex

from bonhoa.documents.offsets import NormalView

_PAGE_HEAD = r"CÔNG BÁO/Số [^\n]*+(?:\n *\d{1,4} *(?=\n))?+"
# What may stand between two words: blanks, line ends, emphasis, cell bars, the head of a page of the gazette.
# A blank before it is one of the gap.
_GAP = re.compile(rf"[*|\n\r\fC](?:(?<!C)|{_PAGE_HEAD[1:]})(?: *+(?:[*|\n\r\f]|{_PAGE_HEAD}))*+ *+")
_FURNITURE = regex.compile(r"(?:\n *\d{1,4})? *\n *(?:\d{1,4} +)?CÔNG BÁO/Số [^\n]*(?:\n *\d{1,4} *(?=\n))?")
# A note of a consolidation at the foot of its page: "7 Điều 4 Nghị định số 141/2026/NĐ-CP quy định như sau:".
_FOOT = regex.compile(
    r"(?:\n|[.;:”]) *\n *\d{1,3} (?=\p{Lu})(?:[^\n]*+\n){0,3}?[^\n]*?"
    r"(?:được (?:sửa đổi|bổ sung|thay thế|bãi bỏ|hướng dẫn)|quy định như sau|căn cứ ban hành)"
)
# A line that begins a new item or article.
_NEW_ITEM = regex.compile(
    r"(?:[-–+•●] ?\p{Lu}|\d{1,3}(?:\.\d+)*[.)] ?\p{Lu}|[a-zđ]\) |[IVXLC]+[.\-] |\[\d+\]|\(\d+\)"
    r"|(?:Điều|Chương|Mục|Phần) [\dIVXLC]+[.:\n]|Căn cứ )"
)


class Flow:
    """`text` is the flowing text; `span(a, b)` gives the source offsets of `text[a:b]`.

    >>> flow = Flow("Nghị định số\\n**30/2020/NĐ-CP**")
    >>> flow.text
    'Nghị định số 30/2020/NĐ-CP'
    >>> flow.span(13, 26)
    (15, 28)
    """

    __slots__ = ("_at", "_view", "_view_at", "text")

    def __init__(self, source: str) -> None:
        self._view = NormalView(source)
        text = self._view.text
        # From offset _at[i] of the flow on, the view goes on from _view_at[i]; a break's sign stands where it began.
        self._at, self._view_at = array("I", [0]), array("I", [0])
        parts: list[str] = []
        done = size = 0
        for gap in _GAP.finditer(text):
            start, end = gap.span()
            if start and text[start - 1] == " ":
                start -= 1
            sign = _sign(text, start, end)
            parts += (text[done:start], sign)
            size += start - done + len(sign)
            done = end
            if start + len(sign) != end:
                self._at.append(size)
                self._view_at.append(end)
        parts.append(text[done:])
        self.text = "".join(parts)

    def _in_view(self, at: int) -> int:
        piece = bisect.bisect_right(self._at, at) - 1
        return at - self._at[piece] + self._view_at[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that `text[start:end]` (not empty) stands for."""
        return self._view.span(self._in_view(start), self._in_view(end - 1) + 1)

    def notes(self) -> list[tuple[int, int]]:
        """The spans of `text` that are notes at the foot of a page of the gazette, in order: they go on to its end."""
        view = self._view.text
        heads = [m.start() for m in re.finditer("CÔNG BÁO/Số", view)]
        found: list[tuple[int, int]] = []
        done = 0
        for note in _FOOT.finditer(view) if heads else ():
            if note.start() >= done:
                after = bisect.bisect_right(heads, note.start())
                done = heads[after] if after < len(heads) else len(view)
                found.append((self._from_view(note.start()), self._from_view(done)))
        return found

    def alone_on_line(self, end: int) -> bool:
        """Is the word that ends at `end` the only one on its line of the source?"""
        source = self._view.source
        last = self.span(end - 1, end)[1]
        start = max(source.rfind("\n", 0, last), source.rfind(" ", 0, last))
        return source[start : start + 1] == "\n" and source[last : last + 1] == "\n"

    def offset(self, at: int) -> int:
        """Where in `text` the source offset `at` stands; of what was taken out, the next character that is left."""
        return self._from_view(self._view.to_view(at))

    def _from_view(self, view: int) -> int:
        piece = bisect.bisect_right(self._view_at, view) - 1
        found = view - self._view_at[piece] + self._at[piece]
        return min(found, self._at[piece + 1] if piece + 1 < len(self._at) else len(self.text))


_LINE_ENDS = frozenset({"\n", " \n", "\n ", " \n "})


def _sign(text: str, start: int, end: int) -> str:
    """What the gap `text[start:end]` is in running words: nothing, a blank, or the end of a paragraph."""
    gap = text[start:end]
    if gap in _LINE_ENDS and text[start - 1 : start].islower() and text[end : end + 1].islower():
        return "\n" if text[end + 1 : end + 3] == ") " else " "  # a sentence goes on, but for "a) "
    if "\n" not in gap and "|" not in gap:
        return " " if " " in gap or "\f" in gap else ""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    page = "CÔNG BÁO/" in gap
    if page:
        gap = _FURNITURE.sub("", gap)
        if before[-1:] not in ".;:" and after[:1].islower():
            return " "
    if "|" in gap or gap.count("\n") > 1 or before[-1:] in tuple(".;:!?"):
        return "\n"
    if _NEW_ITEM.match(after):
        return "\n"
    line_before, line_after = before.rsplit("\n", 1)[-1], after.split("\n", 1)[0]
    if line_before.isupper() != line_after.isupper() and (line_before.isupper() or line_after[:1].isupper()):
        # A title in capitals is not one sentence with what follows it; a number alone ("QH15") is no title.
        letters = [c for c in (line_before if line_before.isupper() else line_after) if c.isalpha()]
        if len(letters) > 12:
            return "\n"
    return " "
