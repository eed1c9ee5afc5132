"""Two texts beside each other: only what differs, line by line, with the words that differ marked."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST_LINES = 20_000  # of a text; what comes after is not compared, and said so
MOST_CHANGES = 200
_LONGEST = 12_000  # characters of two passages whose words are compared one by one


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that differs: the line at which it begins on the left, and both sides with the words marked."""

    line: int
    left: SafeString
    right: SafeString


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two texts. `more`: passages beyond those listed; `cut`: a text was too long to the end."""

    changes: list[Change]
    more: int
    cut: bool


def changes(left: str, right: str) -> Changes:
    """The passages in which two texts differ; white space does not count."""
    a, b = (_lines(t) for t in (left, right))
    cut = max(len(a), len(b)) > MOST_LINES
    a, b = a[:MOST_LINES], b[:MOST_LINES]
    passages = [
        (i1, a[i1:i2], b[j1:j2])
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b).get_opcodes()
        if tag != "equal"
    ]
    shown = [Change(i + 1, *_marked("\n".join(x), "\n".join(y))) for i, x, y in passages[:MOST_CHANGES]]
    return Changes(shown, len(passages) - len(shown), cut)


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _marked(left: str, right: str) -> tuple[SafeString, SafeString]:
    """Both passages with the words that only one of them has in <del> and <ins>."""
    if len(left) + len(right) > _LONGEST or not (left and right):
        return _piece(left, "del"), _piece(right, "ins")
    a, b = left.split(" "), right.split(" ")
    out: tuple[list[str], list[str]] = ([], [])
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for side, words, element in ((0, a[i1:i2], "del"), (1, b[j1:j2], "ins")):
            if words:
                plain = " ".join(words)
                out[side].append(escape(plain) if tag == "equal" else _piece(plain, element))
    return mark_safe(" ".join(out[0])), mark_safe(" ".join(out[1]))  # noqa: S308 - every piece is escaped


def _piece(text: str, element: str) -> SafeString:
    return mark_safe(f"<{element}>{escape(text)}</{element}>" if text else "")  # noqa: S308 - escaped
