"""The text as running words: what a printer, a page or Markdown put between two words of a sentence is taken out.

A citation may run over a wrapped line, a page head or a change of emphasis. In `Flow.text` such a break is one blank,
and the end of a paragraph is one "\\n" that no pattern crosses.
"""

from __future__ import annotations

import bisect
from array import array

import regex

from bonhoa.documents.offsets import NormalView

# What may stand between two words: blanks, line ends, emphasis, cell bars, the head of a page of the gazette.
_GAP = regex.compile(r"(?: *+(?:[*|\n\r\f]|CÔNG BÁO/Số [^\n]*+(?:\n *\d{1,4} *(?=\n))?+))++ *+")
_FURNITURE = regex.compile(r"(?:\n *\d{1,4})? *\n *(?:\d{1,4} +)?CÔNG BÁO/Số [^\n]*(?:\n *\d{1,4} *(?=\n))?")
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

    __slots__ = ("_at", "_view", "text")

    def __init__(self, source: str) -> None:
        self._view = NormalView(source)
        text = self._view.text
        self._at = array("I")
        parts: list[str] = []
        done = 0
        for gap in _GAP.finditer(text):
            parts.append(text[done : gap.start()])
            self._at.extend(range(done, gap.start()))
            sign = _sign(text, gap.start(), gap.end())
            parts.append(sign)
            if sign:
                self._at.append(gap.start())
            done = gap.end()
        parts.append(text[done:])
        self._at.extend(range(done, len(text)))
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that `text[start:end]` (not empty) stands for."""
        return self._view.span(self._at[start], self._at[end - 1] + 1)

    def alone_on_line(self, end: int) -> bool:
        """Is the word that ends at `end` the only one on its line of the source?"""
        source = self._view.source
        last = self.span(end - 1, end)[1]
        start = max(source.rfind("\n", 0, last), source.rfind(" ", 0, last))
        return source[start : start + 1] == "\n" and source[last : last + 1] == "\n"

    def offset(self, at: int) -> int:
        """Where in `text` the source offset `at` stands; of what was taken out, the next character that is left."""
        return bisect.bisect_left(self._at, at, key=self._view.to_source)


def _sign(text: str, start: int, end: int) -> str:
    """What the gap `text[start:end]` is in running words: nothing, a blank, or the end of a paragraph."""
    gap = text[start:end]
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
