"""A normalised view of a text that knows where each of its characters came from.

Real copies are not NFC, carry no-break spaces, runs of blanks and, from old fonts, the Icelandic "Ð" for Đ. Patterns
match on the view; what they find is reported as spans of the source, never of the view.
"""

from __future__ import annotations

import bisect
import re
import unicodedata

# A base letter with combining marks, a run of blanks, a lone exotic blank, a soft hyphen or zero-width character.
_ODD = re.compile(
    r"[^\W\d_][\u0300-\u036f]+|[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000]"
    r"|[\u00ad\u200b\u200c\u200d\ufeff]+"
)


def normal(text: str) -> str:
    """`NormalView(text).text` for callers who need no way back."""
    if text.isascii() and "\t" not in text and "  " not in text:
        return text
    return _ODD.sub(_replacement, text).replace("Ð", "Đ").replace("ð", "đ")


def _replacement(match: re.Match[str]) -> str:
    piece = match.group()
    if piece[0].isalpha():
        return unicodedata.normalize("NFC", piece)
    return "" if piece[0] in _INVISIBLE else " "


_INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff"


class NormalView:
    """`text` is NFC with single blanks; `span(a, b)` gives the source offsets of `text[a:b]`.

    >>> view = NormalView("Điê\\u0300u\\u00a0  5")
    >>> view.text
    'Điều 5'
    >>> view.span(5, 6)  # the 5 stands at offset 8 of the source
    (8, 9)
    """

    __slots__ = ("_at", "_delta", "_lengths", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        parts: list[str] = []
        # Piecewise map: from view offset _at[i] on, source offset = view offset + _delta[i].
        self._at: list[int] = [0]
        self._delta: list[int] = [0]
        self._lengths: dict[int, int] = {}  # view offset of a replaced character → length of its source
        done = size = 0
        for match in _ODD.finditer(source):
            piece = match.group()
            new = _replacement(match)
            if new == piece:
                continue
            parts += (source[done : match.start()], new)
            size += match.start() - done
            if new:
                self._lengths[size + len(new) - 1] = match.end()
            size += len(new)
            done = match.end()
            self._at.append(size)
            self._delta.append(done - size)
        parts.append(source[done:])
        self.text = "".join(parts).replace("Ð", "Đ").replace("ð", "đ")

    def to_source(self, offset: int) -> int:
        """The source offset at which the character at `offset` of the view begins."""
        piece = bisect.bisect_right(self._at, offset) - 1
        return offset + self._delta[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `text[start:end]` stands for."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        last = self._lengths.get(end - 1)
        return self.to_source(start), self.to_source(end - 1) + 1 if last is None else last
