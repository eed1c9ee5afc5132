"""Texts that know where their characters came from: maps between a text and what was rewritten into it.

Real copies are not NFC, carry no-break spaces and runs of blanks, old encodings, line ends of two characters and, from
old fonts, the Icelandic "Ð" for Đ. Patterns match on a view; what they find is reported as spans of the source, never
of the view.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple, Protocol

# A base letter with combining marks, a run of blanks, a lone exotic blank, a soft hyphen or zero-width character.
_ODD = re.compile(
    r"[^\W\d_][\u0300-\u036f]+|[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000]"
    r"|[\u00ad\u200b\u200c\u200d\ufeff]+"
)
# The same for a text that is in NFC: without letters to compose the search is several times as fast.
_ODD_BLANKS = re.compile(
    r"[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000]|[\u00ad\u200b\u200c\u200d\ufeff]+"
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff"


@functools.lru_cache(maxsize=2)
def normal(text: str) -> str:
    """`NormalView(text).text` for callers who need no way back; of the last texts it is kept, as several ask for it."""
    if text.isascii() and "\t" not in text and "  " not in text:
        return text
    return _odd(text).sub(_replacement, text).replace("Ð", "Đ").replace("ð", "đ")


def _odd(text: str) -> re.Pattern[str]:
    """The pattern for what is not in normal form in `text`."""
    return _ODD_BLANKS if unicodedata.is_normalized("NFC", text) else _ODD


def _replacement(match: re.Match[str]) -> str:
    piece = match.group()
    if piece[0].isalpha():
        return unicodedata.normalize("NFC", piece)
    return "" if piece[0] in _INVISIBLE else " "


class OffsetMap:
    """A piecewise map between a source and the view rewritten from it; without pieces it is the identity.

    >>> view, back = rewritten("a\\r\\nb", re.compile("\\r\\n"), lambda match: "\\n")
    >>> back.span(1, 2), back.to_source(2), back.to_view(3)  # "b" stands at 3 of the source, at 2 of the view
    ((1, 3), 3, 2)
    """

    __slots__ = ("_at", "_delta", "_earlier", "_lengths", "_source_at")

    def __init__(self, earlier: OffsetMap | None = None) -> None:
        self._earlier = earlier  # the map of what was rewritten before: sources are its sources
        # From view offset _at[i] on, source offset = view offset + _delta[i].
        self._at: list[int] = [0]
        self._delta: list[int] = [0]
        self._source_at: list[int] = [0]
        self._lengths: dict[int, int] = {}  # view offset of the last character of a replacement → end of its source

    def replaced(self, at: int, length: int, source_end: int) -> None:
        """Note that view[at:at+length] stands for the source up to `source_end`. Calls come in order."""
        if length:
            self._lengths[at + length - 1] = source_end
        self._at.append(at + length)
        self._delta.append(source_end - at - length)
        self._source_at.append(source_end)

    def to_source(self, offset: int) -> int:
        """The source offset at which the character at `offset` of the view begins."""
        source = offset + self._delta[bisect.bisect_right(self._at, offset) - 1]
        return source if self._earlier is None else self._earlier.to_source(source)

    def to_view(self, offset: int) -> int:
        """The view offset of a source offset; inside a replaced stretch at most its end."""
        offset = offset if self._earlier is None else self._earlier.to_view(offset)
        piece = bisect.bisect_right(self._source_at, offset) - 1
        view = offset - self._delta[piece]
        return min(view, self._at[piece + 1]) if piece + 1 < len(self._at) else view

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that view[start:end] stands for."""
        if end <= start:
            at = self.to_source(start)
            return at, at
        last = self._lengths.get(end - 1)
        first = start + self._delta[bisect.bisect_right(self._at, start) - 1]
        if last is None:
            last = end + self._delta[bisect.bisect_right(self._at, end - 1) - 1]
        return (first, last) if self._earlier is None else self._earlier.span(first, last)


def rewritten(
    source: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], earlier: OffsetMap | None = None
) -> tuple[str, OffsetMap]:
    """`pattern.sub(replace, source)` and the way back; through `earlier`, if `source` was itself rewritten."""
    back = OffsetMap(earlier)
    parts: list[str] = []
    done = size = 0
    for match in pattern.finditer(source):
        new = replace(match)
        if new == match.group():
            continue
        parts += (source[done : match.start()], new)
        size += match.start() - done
        done = match.end()
        back.replaced(size, len(new), done)
        size += len(new)
    parts.append(source[done:])
    return "".join(parts), back


class NormalView:
    """`text` is NFC with single blanks; `span(a, b)` gives the source offsets of `text[a:b]`.

    >>> view = NormalView("Điê\\u0300u\\u00a0  5")
    >>> view.text
    'Điều 5'
    >>> view.span(5, 6)  # the 5 stands at offset 8 of the source
    (8, 9)
    """

    __slots__ = ("_back", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        text, self._back = rewritten(source, _odd(source), _replacement)
        self.text = text.replace("Ð", "Đ").replace("ð", "đ")

    def to_view(self, offset: int) -> int:
        """The offset in `text` of a source offset; inside a replaced stretch at most its end."""
        return self._back.to_view(offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `text[start:end]` stands for."""
        return self._back.span(start, end)


class Place(NamedTuple):
    """Where a stretch of text stands in a docx.

    `part` is the name of the XML part; `paragraph` the index of its w:p among all w:p of the part in document order
    (`part.iter(w:p)`, text boxes and tables included); `run` the index of the w:r among all w:r of that paragraph
    (`p.iter(w:r)`), None for what Word writes itself: automatic numbers and marks of notes. `start` and `end` count
    characters of the run as read (a tab or break is one).
    """

    part: str
    paragraph: int
    run: int | None
    start: int
    end: int


class HasOrigin(Protocol):
    """A text as read, as far as this module needs to know of it."""

    @property
    def origin(self) -> Origin | None:
        """Where its characters come from."""


class Origin:
    """The record a reader keeps of where its text came from; `back` undoes conversions of encoding and line ends.

    With `again` nothing is recorded until places are asked for: it reads the file once more and records.
    """

    __slots__ = ("_again", "_paragraphs", "_parts", "back", "lines", "pieces", "runs")

    def __init__(self, again: Callable[[], HasOrigin] | None = None) -> None:
        self._again = again
        self.back = OffsetMap()
        self.pieces: list[int] = []  # offsets, before conversion, at which a piece of a run begins; appended by readers
        self.runs: list[int] = []  # the run of each piece, -1 for generated text
        self.lines: list[tuple[int, int, int, int]] = []  # of a PDF: offset, page, first character on it, length
        self._paragraphs: list[tuple[int, int]] = []  # (number of the first piece, index of the paragraph)
        self._parts: list[tuple[int, str]] = []  # (number of the first paragraph, name of the part)

    def part(self, name: str) -> None:
        """What is noted from now on stands in part `name`."""
        self._parts.append((len(self._paragraphs), name))

    def paragraph(self, index: int) -> None:
        """What is noted from now on stands in paragraph `index` of the part."""
        self._paragraphs.append((len(self.pieces), index))

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The places of text[start:end], neighbouring pieces of one run joined."""
        if self._again is not None:
            found_again = self._again().origin or Origin()
            self.pieces, self.runs = found_again.pieces, found_again.runs
            self._paragraphs, self._parts, self._again = found_again._paragraphs, found_again._parts, None
        if not self.pieces:
            return ()
        begun, ended = self.back.span(start, end)
        found: list[Place] = []
        at = max(0, bisect.bisect_right(self.pieces, begun) - 1)
        while at < len(self.pieces) and self.pieces[at] < ended:
            stop = self.pieces[at + 1] if at + 1 < len(self.pieces) else ended
            number = bisect.bisect_right(self._paragraphs, (at, 1 << 62)) - 1
            first, paragraph = self._paragraphs[number]
            part = self._parts[bisect.bisect_right(self._parts, (number, "\uffff")) - 1][1]
            run = self.runs[at]
            whole = at  # the first piece of the run
            while whole > first and self.runs[whole - 1] == run:
                whole -= 1
            zero = self.pieces[whole]
            place = Place(
                part, paragraph, None if run < 0 else run, max(begun, self.pieces[at]) - zero, min(ended, stop) - zero
            )
            if found and found[-1][:3] == place[:3]:
                found[-1] = found[-1]._replace(end=place.end)
            else:
                found.append(place)
            at += 1
        return tuple(found)
