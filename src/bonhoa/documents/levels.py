"""Which markers of a stretch are meant, and on what level: the cheapest parse of the stretch as a whole.

"1." may go on the clauses, begin a list inside a point, or be the wrapped end of a sentence; which of them only what
follows tells. Every marker has a few moves (go on an open list, begin one, be plain text), each with a price; the
parses are carried along together, the dearest are dropped (a beam), and the cheapest at the end is taken. Time is
linear: a bounded number of parses, each a chain of at most a dozen open lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bonhoa.documents.markers import Place, Reading, Style

# Prices. An ordinary step is free; what is plain text by mistake costs as much as one or two odd steps.
_BEGIN, _BEGIN_INSIDE, _BEGIN_INSIDE_ANNOUNCED, _BEGIN_LATE = 0.1, 0.9, 0.4, 2.5
_MIXED = 0.6  # another style among siblings
_AGAIN, _AGAIN_BEHIND_TEXT = 1.9, 1.0  # a list of the same style anew among the same siblings
_INNER = 0.1  # per list that is left open although it could go on
_TEXT, _TEXT_LOWER, _TEXT_WRAPPED, _TEXT_BOTH = 1.6, 0.7, 0.35, 0.2
_WIDTH, _MARGIN = 5, 1.5  # a sure marker is not kept as text as well: that costs 1.6


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as the parse sees it.

    `readings` is empty for a paragraph without a marker. `fixed`: an article that was chosen already.
    """

    readings: tuple[Reading, ...] = ()
    fixed: bool = False
    announced: bool = False
    """The paragraph before it ends in a colon."""
    wrapped: bool = False
    """The paragraph before it does not end its sentence."""
    lower: bool = False
    """The words behind the marker begin with a small letter or a digit."""
    excerpt: bool = False
    """It opens a quotation, which may begin with any number."""


@dataclass(frozen=True, slots=True)
class Level:
    """What a marked line is: its reading, and on how many open nodes it stands."""

    reading: Reading
    depth: int


_Frame = tuple[Any, ...]  # (frame outside, style, rank, place, styles seen among the siblings)
_Trail = tuple[Any, ...]  # (trail before, line, reading, depth)


def levels(lines: Sequence[Line]) -> list[Level | None]:
    """For every line its level, None where it is plain text."""
    beam: list[tuple[float, _Frame | None, _Trail | None]] = [(0.0, None, None)]
    behind_text = False
    for at, line in enumerate(lines):
        if not line.readings:
            beam = [(cost, _without_dashes(frame), trail) for cost, frame, trail in beam]
            behind_text = True
            continue
        if len(beam) == 1 and (easy := _easy(beam[0][1], line)) is not None:
            cost, _, trail = beam[0]
            beam = [(cost, easy, (trail, at, line.readings[0], _depth(easy)))]
            behind_text = False
            continue
        after: dict[_Frame | None, tuple[float, _Frame | None, _Trail | None]] = {}
        for cost, frame, trail in beam:
            for price, opened, reading in _moves(frame, line, behind_text):
                total = cost + price
                known = after.get(opened)
                if known is None or total < known[0]:
                    step = trail if reading is None else (trail, at, reading, _depth(opened))
                    after[opened] = (total, opened, step)
        beam = sorted(after.values(), key=lambda h: h[0])[:_WIDTH]
        limit = beam[0][0] + _MARGIN
        beam = [h for h in beam if h[0] <= limit]
        behind_text = False
    return _unrolled(beam[0][2], len(lines))


def _unrolled(trail: _Trail | None, size: int) -> list[Level | None]:
    out: list[Level | None] = [None] * size
    while trail is not None:
        trail, at, reading, depth = trail
        out[at] = Level(reading, depth)
    return out


def _depth(frame: _Frame | None) -> int:
    depth = -1
    while frame is not None:
        frame, depth = frame[0], depth + 1
    return depth


def _without_dashes(frame: _Frame | None) -> _Frame | None:
    """A plain paragraph ends the dashes above it."""
    while frame is not None and frame[1] >= Style.DASH:
        frame = frame[0]
    return frame


def _easy(frame: _Frame | None, line: Line) -> _Frame | None:
    """The one move that is free where a line goes on the innermost list and means nothing else; the quick way."""
    if frame is None or len(line.readings) != 1 or line.wrapped or line.lower or line.fixed:
        return None
    reading = line.readings[0]
    up, style, rank, place, seen = frame
    if style is not reading.style or (style < Style.DASH and _step(style, place, reading.place) != 0.0):
        return None
    outer = up
    while outer is not None:
        if outer[1] is style:
            return None  # it could go on that one too
        outer = outer[0]
    return (up, style, rank, reading.place, seen)


def _moves(
    frame: _Frame | None, line: Line, behind_text: bool
) -> Iterator[tuple[float, _Frame | None, Reading | None]]:
    """Everything the line may be, with its price and the frame that it leaves open."""
    if not line.fixed:
        yield _price_of_text(line), frame, None
    for reading in line.readings:
        for price, opened in _going_on(frame, reading):
            yield price, opened, reading
        for price, opened in _beginning(frame, reading, line, behind_text):
            yield price, opened, reading


def _price_of_text(line: Line) -> float:
    style = line.readings[0].style
    if style >= Style.DASH:
        return 0.35 if line.wrapped and line.lower else 3.0
    if style in _WORDS:
        return 0.3 if line.wrapped or line.lower else 2.5
    if line.wrapped:
        return _TEXT_BOTH if line.lower else _TEXT_WRAPPED
    return _TEXT_LOWER if line.lower else _TEXT


_WORDS = frozenset({Style.PART, Style.CHAPTER, Style.SECTION, Style.SUBSECTION})


def _going_on(frame: _Frame | None, reading: Reading) -> Iterator[tuple[float, _Frame]]:
    """The open lists that the reading may go on, from the innermost out."""
    left = 0.0
    article = False
    while frame is not None:
        up, style, rank, place, seen = frame
        if style is reading.style:
            if article and style not in _ABOVE_ARTICLES:
                return
            step = _step(style, place, reading.place)
            if step is not None:
                yield step + left, (up, style, rank, reading.place, seen)
            left += _INNER
        article = article or style is Style.ARTICLE
        frame = up


_ABOVE_ARTICLES = _WORDS | {Style.ARTICLE}


def _step(style: Style, before: Place, now: Place) -> float | None:
    """The price of `now` behind `before`; None if it does not go on."""
    if style >= Style.DASH or style is Style.ARTICLE:
        return 0.0
    if style in {Style.LETTER, Style.UPPER}:
        return _letter_step(before, now)
    if len(now) != len(before):
        # 7 → 7a, 7c → 8; of decimals 1.2 → 1.2.1 is a list inside
        if style in {Style.DECIMAL, Style.ENCLOSED}:
            return None
        if len(now) > len(before):
            return 0.1 if now[:-1] == before and now[-1] == 10 else None
        gap = now[0] - before[0]
    elif now[:-1] != before[:-1]:
        return None
    else:
        gap = now[-1] - before[-1]
        if len(now) > 1 and style is Style.DIGIT:
            gap = 1 if 0 < gap <= 20 else gap  # letters of "7a", "7b"
    if gap <= 0:
        return 0.5 if style is Style.CHAPTER and gap == 0 and now != before else None
    if gap == 1:
        return 0.0
    return None if gap > 20 else 0.9 + 0.2 * (gap - 2)


def _letter_step(before: Place, now: Place) -> float | None:
    if len(before) == len(now) == 2 and before[0] == now[0]:
        return 0.0 if now[1] == before[1] + 1 else None  # a1 → a2
    if len(now) == 2:
        return 0.1 if len(before) == 1 and before[0] == now[0] and now[1] == 1 else None  # a → a1
    gap = now[0] - before[0]
    if gap <= 0:
        return None
    if gap <= 10:
        return 0.0
    if before[0] == 40 and now[0] == 60:
        return 0.05  # d → e, where đ is not used
    return 0.9 + 0.02 * (gap - 20) if gap <= 60 else None


def _beginning(frame: _Frame | None, reading: Reading, line: Line, behind_text: bool) -> Iterator[tuple[float, _Frame]]:
    """New lists that the reading may open: among what is open, or below it."""
    style, place = reading.style, reading.place
    late = _BEGIN if line.excerpt else _late(reading)
    if style is Style.DECIMAL:
        yield from _decimals(frame, place)
        return
    rank = _rank(frame, style)
    # on the usual level: below the innermost list that stands higher
    closed, outer = None, frame
    while outer is not None and outer[2] >= rank:
        closed, outer = outer, outer[0]
    price = late
    seen = 1 << style
    if closed is not None:
        if closed[4] & seen:
            price += _AGAIN_BEHIND_TEXT if behind_text and not line.wrapped else _AGAIN
        elif style < Style.DASH and style not in _ABOVE_ARTICLES:
            price += _MIXED
        seen |= closed[4]
    yield price, (outer, style, rank, place, seen)
    # inside: a list of a higher style below a lower one
    if closed is not None and frame is not None and frame[1] is not style and style not in _ABOVE_ARTICLES:
        inside = _BEGIN_INSIDE_ANNOUNCED if line.announced else _BEGIN_INSIDE
        yield late + inside, (frame, style, frame[2] + 1, place, 1 << style)


def _rank(frame: _Frame | None, style: Style) -> int:
    """How deep a style stands; roman and capital letters inside an article stand between it and its clauses."""
    if style in {Style.ROMAN, Style.UPPER}:
        while frame is not None:
            if frame[1] is Style.ARTICLE:
                return int(Style.ARTICLE) + (style - 10) // 5
            frame = frame[0]
    return int(style)


def _late(reading: Reading) -> float:
    """The price of beginning a list with this place."""
    style, place = reading.style, reading.place
    if style >= Style.DASH or style is Style.ARTICLE:
        return _BEGIN
    if style in {Style.CHAPTER, Style.PART}:
        return 0.2
    first = 10 if style in {Style.LETTER, Style.UPPER} else 1
    at = place[1:] if style in {Style.LETTERED, Style.ENCLOSED} else place
    if style is Style.ENCLOSED and place[0] == 2:
        first = 10
    return _BEGIN if at[0] == first and len(at) <= 2 else _BEGIN_LATE


def _decimals(frame: _Frame | None, place: Place) -> Iterator[tuple[float, _Frame]]:
    """ "1.2" below the "1" (or "I", "Điều 1") that it names; below nothing of that number it is dearer."""
    rank = int(Style.DECIMAL) + 2 * (len(place) - 2)
    late = 0.0 if place[-1] == 1 else 0.9
    owner = frame
    while owner is not None:
        _, style, _, number, _ = owner
        whole = place[:-1] if style is Style.DECIMAL else place[-2:-1]
        if style in _OWNS_DECIMALS and number == whole:
            yield late, (owner, Style.DECIMAL, max(rank, owner[2] + 1), place, 1 << Style.DECIMAL)
            return
        owner = owner[0]
    closed, outer = None, frame
    while outer is not None and outer[2] >= rank:
        closed, outer = outer, outer[0]
    seen = 1 << Style.DECIMAL | (closed[4] if closed is not None else 0)
    yield late + 1.0, (outer, Style.DECIMAL, rank, place, seen)


_OWNS_DECIMALS = frozenset({Style.DIGIT, Style.DIGIT_PAREN, Style.DECIMAL, Style.ROMAN, Style.ARTICLE, Style.SECTION})
