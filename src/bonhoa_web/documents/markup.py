"""A text with marked spans as safe HTML: nothing of the text changes, marks may overlap, every mark has an anchor."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: `kind` becomes a class, `id` an anchor at its first piece, `title` a tooltip, `task` the
    number of the row that it belongs to, `href` a link."""

    start: int
    end: int
    kind: str
    id: str = ""
    title: str = ""
    task: str = ""
    href: str = ""


def render(text: str, marks: Sequence[Mark]) -> SafeString:
    """`text` as paragraphs, one per line, with `marks` as nested <mark> elements."""
    marks = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    opening: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        opening.setdefault(mark.start, []).append(mark)
    out: list[str] = ["<p>"]
    active: list[Mark] = []
    shown: set[str] = set()
    for start, end in itertools.pairwise(cuts):
        active = sorted(
            (m for m in [*active, *opening.get(start, [])] if m.end > start), key=lambda m: (m.start, -m.end)
        )
        lines = text[start:end].split("\n")
        for number, line in enumerate(lines):
            if number:
                out.append("</p>\n<p>")
            if line:
                out.append(_piece(line, active, shown))
    out.append("</p>")
    return mark_safe("".join(out))  # noqa: S308 - every piece of text and attribute is escaped in _piece


def _piece(line: str, active: Iterable[Mark], shown: set[str]) -> str:
    before, after = "", ""
    for mark in active:
        attributes = f' class="m m-{escape(mark.kind)}"'
        if mark.id and mark.id not in shown:
            shown.add(mark.id)
            attributes += f' id="{escape(mark.id)}"'
        if mark.title:
            attributes += f' title="{escape(mark.title)}"'
        if mark.task:
            attributes += f' data-task="{escape(mark.task)}"'
        if mark.href and "</a>" not in after:  # a link within a link is no HTML
            before, after = f'{before}<a href="{escape(mark.href)}"{attributes}>', f"</a>{after}"
        else:
            before, after = f"{before}<mark{attributes}>", f"</mark>{after}"
    return f"{before}{escape(line)}{after}"
