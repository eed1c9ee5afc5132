"""Which lines that look like "Điều 5." are articles: the longest run of numbers that rise, told from strays.

A wrapped sentence ("… quy định tại⏎Điều 10.") puts a stray number into the run 1, 2, 3 …; taking lines as they come, it
would swallow all articles up to 10. The run is chosen as a whole instead: a line that stands like a heading counts one,
one inside a sentence less, and a gap costs more than the latter brings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bonhoa.documents.markers import UPPER

ARTICLE = re.compile(
    r"(?:[ĐÐ]iề[un]|[ĐÐ]IỀU) (?P<number>\d{1,4}) ?(?P<letter>[a-zđ]{0,2})\s*(?:\[\d+\])?\s*"
    rf"(?:(?P<end>[.:]|$|(?=\(đã|\[[^\W\d]))|(?<= )(?=[{UPPER}][^\W\d_{UPPER}]+ )"
    r"(?!(?:Luật|Bộ luật|Nghị|Quyết định|Thông tư|Pháp lệnh|Hiến pháp|Quy|Điều lệ|Chương|Mục)\b))"
)
"""The line of an article: number, letter, and what ends them; no `end` where a title follows without a dot."""

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may begin an article; `weight` is what it brings to a run, 1 where it stands like a heading."""

    start: int
    number: int
    letter: str
    weight: float = 1.0

    @property
    def key(self) -> tuple[int, tuple[int, ...]]:
        """Orders 7 before 7a before 7b before 8, and 10d before 10đ."""
        return self.number, tuple(_LETTERS.index(c) + 1 for c in self.letter)


_GAP = 0.7


def in_order(candidates: Sequence[Candidate]) -> set[int]:
    """The starts of the best run of rising articles.

    Time is n·log n: the best run that ends below a number comes from a tree of prefix maxima.
    """
    keys = sorted({c.key for c in candidates})
    rank = {key: place for place, key in enumerate(keys, 1)}
    below = _PrefixBest(len(keys))
    ending: dict[tuple[int, tuple[int, ...]], tuple[float, int]] = {}  # key → best score of a run that ends there
    score: list[float] = []
    back: list[int] = []
    for at, candidate in enumerate(candidates):
        best, before = 0.0, -1
        gap_score, gap_from = below.best(rank[candidate.key] - 1)
        if gap_from >= 0 and gap_score - _GAP > best:
            best, before = gap_score - _GAP, gap_from
        for key in _just_before(candidate.key):
            if key in ending and ending[key][0] >= best:
                best, before = ending[key]
        score.append(best + candidate.weight)
        back.append(before)
        if candidate.key not in ending or score[at] > ending[candidate.key][0]:
            ending[candidate.key] = (score[at], at)
        below.put(rank[candidate.key], score[at], at)
    chosen: set[int] = set()
    at = max(range(len(score)), key=lambda i: (score[i], -i), default=-1)
    while at >= 0:
        chosen.add(candidates[at].start)
        at = back[at]
    return chosen


def _just_before(key: tuple[int, tuple[int, ...]]) -> list[tuple[int, tuple[int, ...]]]:
    """The keys that `key` may follow directly: 6 and 6a … 6đ before 7; 7 before 7a; 7a before 7b."""
    number, letters = key
    if not letters:
        return [(number - 1, ()), *((number - 1, (i,)) for i in range(1, 13))]
    *head, last = letters
    return [(number, (*head, last - 1) if last > 1 else tuple(head))]


class _PrefixBest:
    """The best (score, index) among the places 1…n put so far (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def put(self, place: int, score: float, index: int) -> None:
        while place < len(self._best):
            if score > self._best[place][0]:
                self._best[place] = (score, index)
            place += place & -place

    def best(self, place: int) -> tuple[float, int]:
        found = (0.0, -1)
        while place > 0:
            if self._best[place][0] > found[0]:
                found = self._best[place]
            place -= place & -place
        return found
