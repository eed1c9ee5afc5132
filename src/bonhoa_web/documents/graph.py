"""Who amends, replaces and bases on whom: one document and its neighbours as SVG; each box a link where there is one.

Left what it stands on, right what stands on it, above what changes or ends it, below what it changes or ends. Only
direct neighbours are drawn, so that acts that change each other, or themselves, make no circle to walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bonhoa.documents.model import RelationKind

MOST = 8  # boxes on a side; the table below the drawing has all
_WIDTH, _HEIGHT, _GAP, _STEP = 210, 44, 110, 56
_CHANGING = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS})
_COLOURS = {  # with a dash of its own each, so that the colour is never the only sign
    RelationKind.BASED_ON: ("#5b6879", ""),
    RelationKind.IMPLEMENTS: ("#0b5cad", ""),
    RelationKind.GUIDES: ("#0b7285", "8 3"),
    RelationKind.AMENDS: ("#a15c00", "6 3"),
    RelationKind.REPLACES: ("#b4232a", ""),
    RelationKind.REPEALS: ("#b4232a", "2 3"),
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An act beside the document; `incoming`: it does `kind` to the document, else the document does it to the act."""

    title: str
    url: str | None
    kind: RelationKind
    incoming: bool
    ended: bool = False


def draw(title: str, neighbours: Sequence[Neighbour], language: str) -> SafeString:
    """The drawing; "" without neighbours. Citations that say nothing else are not drawn."""
    drawn = [n for n in dict.fromkeys(neighbours) if n.kind in _COLOURS]
    if not drawn:
        return mark_safe("")
    sides = {
        (changing, incoming): [n for n in drawn if (n.kind in _CHANGING) == changing and n.incoming == incoming]
        for changing in (True, False)
        for incoming in (True, False)
    }
    left, right = sides[False, False], sides[False, True]
    above, below = sides[True, True], sides[True, False]
    rows = max(len(left[: MOST + 1]), len(right[: MOST + 1]), 1)
    top, bottom = -len(above[: MOST + 1]), len(below[: MOST + 1])
    middle_rows = max(rows, 1)
    height = (middle_rows - top + bottom) * _STEP + 2 * 30
    width = 3 * _WIDTH + 2 * _GAP + 20
    centre_x, base = 10 + _WIDTH + _GAP, 20 - top * _STEP
    centre_y = base + (middle_rows - 1) * _STEP / 2
    out: list[str] = []

    def column(found: Sequence[Neighbour], x: float, first: float, edge: str) -> None:
        for number, n in enumerate(_bounded(found)):
            y = first + number * _STEP
            if n is None:
                out.append(_text(x + 8, y + 26, _("và %(n)d văn bản nữa, xem bảng") % {"n": len(found) - MOST}))
                continue
            out.append(_edge(n, x, y, centre_x, centre_y, edge, language))
            out.append(_box(n.title, n.url, x, y, "ended" if n.ended else ""))

    column(left, 10, base + (middle_rows - len(left[: MOST + 1])) * _STEP / 2, "left")
    column(right, centre_x + _WIDTH + _GAP, base + (middle_rows - len(right[: MOST + 1])) * _STEP / 2, "right")
    column(above, centre_x, 20, "above")
    column(below, centre_x, base + middle_rows * _STEP + 10, "below")
    out.append(_box(title, None, centre_x, centre_y, "centre"))
    return mark_safe(  # noqa: S308 - every text and address is escaped where it is written
        f'<svg xmlns="http://www.w3.org/2000/svg" class="doc-graph" viewBox="0 0 {width} {height:.0f}" role="img" '
        f'aria-label="{escape(_("Quan hệ giữa các văn bản"))}" font-family="Arial, sans-serif" font-size="12">'
        f"{_arrows()}{''.join(out)}</svg>"
    )


# How boxes look, as attributes: the pages' policy lets no style stand in a drawing, and a downloaded file has no sheet.
_BOXES = {
    "": 'fill="#fff" stroke="#5b6879"',
    "ended": 'fill="#fff" stroke="#5b6879" stroke-dasharray="4 3"',
    "centre": 'fill="#fdf2f2" stroke="#b4232a" stroke-width="2"',
}
_INK, _LINK = "#1d2939", "#0b5cad"


def _bounded(found: Sequence[Neighbour]) -> list[Neighbour | None]:
    return [*found[:MOST], None] if len(found) > MOST else list(found)


def _arrows() -> str:
    markers = "".join(
        f'<marker id="a-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        for kind, (colour, _dash) in _COLOURS.items()
    )
    return f"<defs>{markers}</defs>"


def _edge(n: Neighbour, x: float, y: float, centre_x: float, centre_y: float, side: str, language: str) -> str:
    """An arrow from who acts to what is acted on, with the word for it."""
    colour, dash = _COLOURS[n.kind]
    middle = y + _HEIGHT / 2
    centre = centre_y + _HEIGHT / 2
    if side in ("left", "right"):
        near = x + _WIDTH if side == "left" else x
        far = centre_x if side == "left" else centre_x + _WIDTH
        bend = (near + far) / 2
        points = (near, middle, far, centre)
        path = "M{0} {1}C{b} {1} {b} {3} {2} {3}" if n.incoming else "M{2} {3}C{b} {3} {b} {1} {0} {1}"
        label = _text(bend, middle - 4 + (centre - middle) * 0.15, n.kind.label(language), "middle")
    else:  # around the boxes between: out at the right edge, in at the right edge of the document
        edge, bend = x + _WIDTH, x + _WIDTH + 30
        points = (edge, middle, edge, centre)
        path = "M{0} {1}C{b} {1} {b} {3} {2} {3}" if n.incoming else "M{2} {3}C{b} {3} {b} {1} {0} {1}"
        label = _text(bend + 4, (middle + centre) / 2 + 4, n.kind.label(language))
    shape = path.format(*points, b=bend)
    stroke = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{shape}" fill="none" stroke="{colour}" stroke-width="1.5"{stroke} marker-end="url(#a-{n.kind})"/>'
        f"{label}"
    )


def _box(title: str, url: str | None, x: float, y: float, kind: str) -> str:
    lines = _wrapped(title)
    ink = f'fill="{_LINK if url else _INK}"' + (' text-decoration="line-through"' if kind == "ended" else "")
    words = "".join(
        f'<text {ink} x="{x + _WIDTH / 2:.0f}" y="{y + 18 + (13 if len(lines) == 1 else 0) / 2 + i * 15:.0f}" '
        f'text-anchor="middle">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    box = (
        f'<g class="b {kind}"><title>{escape(title)}</title>'
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" {_BOXES[kind]}/>{words}</g>'
    )
    return f'<a href="{escape(url)}">{box}</a>' if url else box


def _wrapped(title: str, size: int = 31) -> list[str]:
    """At most two lines; the title of the box has the whole."""
    lines: list[str] = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= size:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 2 else [lines[0], lines[1][: size - 2] + " …"]


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text fill="{_INK}" font-size="11" x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'
