"""Two texts beside each other: only what differs, line by line, with the words that differ marked."""

from __future__ import annotations

import difflib
import itertools
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MOST_LINES = 2_000  # of a text after where both begin alike; what comes after is not compared, and said so
MOST_CHANGES = 200
# Comparing takes up to the cube of the lengths when a few words or lines come again and again, and anybody may bring
# such a text in; the bounds keep a page below about two seconds then (tests/system/test_documents_comparing.py).
_LONGEST = 160_000  # words of one side times words of the other, of a passage whose words are compared one by one
_TOTAL = 200_000  # the same of all passages together


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
    alike = _alike(a, b)
    cut = max(len(a), len(b)) - alike > MOST_LINES
    a, b = a[alike : alike + MOST_LINES], b[alike : alike + MOST_LINES]
    passages = [
        (i1, a[i1:i2], b[j1:j2])
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b).get_opcodes()
        if tag != "equal"
    ]
    left_over, shown = _TOTAL, []
    for line, x, y in passages[:MOST_CHANGES]:
        one, other = ("\n".join(side).split(" ") for side in (x, y))
        begin = _alike(one, other)
        end = _alike(one[begin:][::-1], other[begin:][::-1])
        cost = (len(one) - begin - end) * (len(other) - begin - end)
        close = cost <= min(_LONGEST, left_over) and bool(x and y)
        left_over -= cost if close else 0
        shown.append(Change(alike + line + 1, *(_marked(one, other, begin, end) if close else _whole(one, other))))
    return Changes(shown, len(passages) - len(shown), cut)


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _alike(a: list[str], b: list[str]) -> int:
    """How many items both begin with."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _whole(left: list[str], right: list[str]) -> tuple[SafeString, SafeString]:
    return _piece(" ".join(left), "del"), _piece(" ".join(right), "ins")


def _marked(a: list[str], b: list[str], begin: int, end: int) -> tuple[SafeString, SafeString]:
    """Both passages, as words, with the words that only one of them has in <del> and <ins>; `begin` words at their
    beginning and `end` at their end are alike."""
    first, last = escape(" ".join(a[:begin])), escape(" ".join(a[len(a) - end :]))
    a, b = a[begin : len(a) - end], b[begin : len(b) - end]
    out: tuple[list[str], list[str]] = ([first] if begin else [], [first] if begin else [])
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for side, words, element in ((0, a[i1:i2], "del"), (1, b[j1:j2], "ins")):
            if words:
                plain = " ".join(words)
                out[side].append(escape(plain) if tag == "equal" else _piece(plain, element))
    for pieces in out:
        pieces += [last] if end else []
    return mark_safe(" ".join(out[0])), mark_safe(" ".join(out[1]))  # noqa: S308 - every piece is escaped


def _piece(text: str, element: str) -> SafeString:
    return mark_safe(f"<{element}>{escape(text)}</{element}>" if text else "")  # noqa: S308 - escaped
