"""An organisation chart as SVG: who stands under whom from left to right, each box a link where it has an address.

Colours and letters are attributes: the pages' policy lets no style stand in a drawing, and a downloaded file has no
sheet. Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, GAP, STEP, MARGIN = 250, 46, 40, 54, 12
_LINE_LENGTH = 36  # letters of a name that fit a line of a box
_INK, _SOFT, _LINK, _EDGE = "#1d2939", "#5b6879", "#0b5cad", "#8a95a3"


@dataclass(frozen=True, slots=True)
class Box:
    """A unit to draw: `note` is the line under its name (head, staff), `more` how many below it are not drawn."""

    name: str
    note: str = ""
    url: str = ""
    more: int = 0
    below: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    depth: int
    y: float
    above: float | None  # the middle of the box that it hangs on


def draw(title: str, boxes: Sequence[Box]) -> str:
    """The chart of these boxes and all below them; `title` is its name for those who do not see it."""
    placed = list(_places(boxes))
    depth = max((p.depth for p in placed), default=0)
    rows = sum(_leaves(box) for box in boxes)
    width = 2 * MARGIN + (depth + 1) * WIDTH + depth * GAP + 60
    height = 2 * MARGIN + max(rows, 1) * STEP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="org-chart" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}" '
        f'font-family="Arial, sans-serif" font-size="12"><title>{escape(title)}</title>'
        f"{''.join(_edge(p) for p in placed if p.above is not None)}{''.join(_box(p) for p in placed)}</svg>"
    )


def _leaves(box: Box) -> int:
    """How many rows a box with all below it takes."""
    return sum(map(_leaves, box.below)) or 1


def _places(boxes: Sequence[Box], depth: int = 0, top: float = MARGIN, above: float | None = None) -> Iterator[_Placed]:
    """Where each box goes; it stands in the middle of what is below it."""
    for box in boxes:
        height = _leaves(box) * STEP
        y = top + (height - HEIGHT) / 2
        yield _Placed(box, depth, y, above)
        yield from _places(box.below, depth + 1, top, y + HEIGHT / 2)
        top += height


def _left(depth: int) -> int:
    return MARGIN + depth * (WIDTH + GAP)


def _edge(p: _Placed) -> str:
    right, middle = _left(p.depth), p.y + HEIGHT / 2
    start = _left(p.depth - 1) + WIDTH
    bend = (start + right) / 2
    return (
        f'<path d="M{start} {p.above:.1f}H{bend:.1f}V{middle:.1f}H{right}" fill="none" stroke="{_EDGE}" '
        'stroke-width="1.2"/>'
    )


def _box(p: _Placed) -> str:
    x, box = _left(p.depth), p.box
    lines = wrapped(box.name, 1 if box.note else 2)
    first = p.y + HEIGHT / 2 + (4 if len(lines) == 1 and not box.note else -4)
    words = "".join(
        f'<text x="{x + 9}" y="{first + 15 * i:.1f}" fill="{_LINK if box.url else _INK}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    if box.note:
        words += f'<text x="{x + 9}" y="{first + 16:.1f}" fill="{_SOFT}" font-size="11">{escape(_cut(box.note))}</text>'
    if box.more:
        words += f'<text x="{x + WIDTH + 6}" y="{p.y + HEIGHT / 2 + 4:.1f}" fill="{_SOFT}">+{box.more}</text>'
    drawn = (
        f"<g><title>{escape(f'{box.name} – {box.note}' if box.note else box.name)}</title>"
        f'<rect x="{x}" y="{p.y:.1f}" width="{WIDTH}" height="{HEIGHT}" rx="5" fill="#fff" stroke="{_SOFT}"/>'
        f"{words}</g>"
    )
    return f'<a href="{escape(box.url)}">{drawn}</a>' if box.url else drawn


def wrapped(name: str, most: int) -> list[str]:
    """A name in at most `most` lines that fit a box; what does not fit ends in "…" (the box's title has the whole)."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE_LENGTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = f"{kept[-1][: _LINE_LENGTH - 2]} …"
    return [_cut(line) for line in kept]


def _cut(line: str) -> str:
    return line if len(line) <= _LINE_LENGTH + 4 else f"{line[: _LINE_LENGTH + 2]} …"
