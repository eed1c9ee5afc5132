"""How a status looks, and the bar of a directive's progress, drawn as SVG by Python: it needs no JavaScript."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bonhoa.execution.progress import Status


@dataclass(frozen=True, slots=True)
class Look:
    """The colour (dark enough for white text, WCAG AA) and the icon that stand for a status beside its word."""

    colour: str
    icon: str


LOOKS: dict[Status, Look] = {
    Status.NOT_RECEIVED: Look("#495057", "○"),
    Status.IN_PROGRESS: Look("#1864ab", "▶"),
    Status.DUE_SOON: Look("#9a5700", "!"),
    Status.OVERDUE: Look("#c92a2a", "!!"),
    Status.AWAITING_VERIFICATION: Look("#6741d9", "?"),
    Status.REWORK: Look("#a33c00", "↺"),
    Status.DONE_ON_TIME: Look("#207a31", "✓"),
    Status.DONE_LATE: Look("#0b7285", "✓!"),
    Status.DECLINED: Look("#862e9c", "↩"),
    Status.PAUSED: Look("#5c5f66", "⏸"),
    Status.WAITING_FOR_EVENT: Look("#3b5bdb", "⚑"),
    Status.WITHDRAWN: Look("#6b6f76", "×"),
}
ORDER = (
    Status.DONE_ON_TIME,
    Status.DONE_LATE,
    Status.AWAITING_VERIFICATION,
    Status.IN_PROGRESS,
    Status.DUE_SOON,
    Status.REWORK,
    Status.OVERDUE,
    Status.NOT_RECEIVED,
    Status.DECLINED,
    Status.PAUSED,
    Status.WAITING_FOR_EVENT,
    Status.WITHDRAWN,
)
"""From done to stopped: the order of the pieces of a bar."""

WIDTH, HEIGHT = 1000, 26


def progress_bar(counts: Counter[Status], language: str) -> SafeString:
    """A bar of one piece per status, as wide as its share; its words are in the text for those who do not see it."""
    total = counts.total()
    words = ", ".join(f"{s.label(language)}: {counts[s]}" for s in ORDER if counts[s])
    if not total:
        return format_html('<span class="text-secondary">{}</span>', gettext("chưa có nhiệm vụ"))
    pieces, left = [], 0.0
    for status in ORDER:
        if counts[status]:
            width = WIDTH * counts[status] / total
            pieces.append(
                (
                    f"{left:.1f}",
                    f"{max(width - 2, 1):.1f}",
                    HEIGHT,
                    LOOKS[status].colour,
                    f"{status.label(language)}: {counts[status]}",
                )
            )
            left += width
    drawn = format_html_join("", '<rect x="{}" y="0" width="{}" height="{}" fill="{}"><title>{}</title></rect>', pieces)
    return format_html(
        '<svg class="progress-bar-svg" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}</svg>",
        WIDTH,
        HEIGHT,
        words,
        drawn,
    )
