"""A stretch of the document as running words: wraps and Markdown signs gone, each character knows where it stood."""

from __future__ import annotations

import regex

from bonhoa.documents.offsets import NormalView

_SIGNS = regex.compile(r"[*_#|\s]+")
_FURNITURE = regex.compile(
    r"\s*(?:Ký bởi\s*:.*?Ngày ký\s*:\s*[\d\-: +]+|CÔNG BÁO\s*/\s*Số\s*[\d+\s]*/\s*Ngày\s*[\d\-]+\s*\d*)", regex.I
)


class Running:
    """`text` is what a reader reads of `source[start:end]`; `span(a, b)` gives offsets in the whole document."""

    __slots__ = ("_at", "_view", "start", "text")

    def __init__(self, source: str, start: int, end: int) -> None:
        self.start = start
        self._view = NormalView(source[start:end])
        parts: list[str] = []
        self._at: list[int] = []
        done = 0
        raw = _FURNITURE.sub(lambda m: "\n" * len(m.group()), self._view.text)
        for match in _SIGNS.finditer(raw):
            parts.append(raw[done : match.start()])
            self._at += range(done, match.start())
            parts.append(" ")
            self._at.append(match.start())
            done = match.end()
        parts.append(raw[done:])
        self._at += range(done, len(raw))
        self.text = "".join(parts)

    def behind(self, offset: int) -> Running:
        """The same stretch from `offset` of the running text on."""
        rest = Running.__new__(Running)
        rest.start, rest._view = self.start, self._view
        rest.text, rest._at = self.text[offset:], self._at[offset:]
        return rest

    def before(self, offset: int) -> Running:
        """The same stretch up to `offset` of the running text."""
        rest = self.behind(0)
        rest.text, rest._at = self.text[:offset], self._at[:offset]
        return rest

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the document of `text[start:end]`, blanks at both ends left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            at = self.start + (self._view.span(self._at[start], self._at[start] + 1)[0] if start < len(self._at) else 0)
            return at, at
        first, last = self._view.span(self._at[start], self._at[end - 1] + 1)
        return self.start + first, self.start + last
