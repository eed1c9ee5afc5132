"""Do two tasks ask for the same work? What is to be done is compared, not who does it or until when.

A task's words without the printed bodies and limits become word pairs; each pair weighs the more the fewer tasks have
it (inverse document frequency), and two tasks are as alike as the weight of the pairs they share (weighted Dice).
An index over the pairs keeps the search from looking at every task.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bonhoa.common.folding import fold
from bonhoa.execution.model import GivenTask

# of folded text
_LIMIT = re.compile(
    r"\b(?:(?:truoc|cham nhat|muon nhat|trong|den|vao|xong) )?(?:ngay|thang|quy|nam) (?:\d[\d./-]*|[ivx]+\b)"
    r"(?: ?(?:thang|nam|/) ?\d[\d./]*)*"
)
_CLAUSES = re.compile(r"[;,.:()\"“”]+")
_WORDS = re.compile(r"\w+")
# Words of giving a task, not of the task.
_GIVING = frozenset(re.findall(r"\w+", "giao chu tri phoi hop voi yeu cau de nghi hoan thanh truoc cac co quan lien"))
_FEWEST = 4  # word pairs below which words say too little to tell two tasks apart
_COMMON = 0.05  # a pair that this part of all tasks has does not bring up a candidate
# Work on the document itself: the same words in another document ask for another work.
_OWN_DOCUMENT = re.compile(
    r"\b(?:cong dien|ke hoach|chi thi|nghi quyet|quyet dinh|thong bao|chuong trinh|ket luan|van ban|cong van|nghi dinh"
    r"|thong tu|de an|huong dan) nay\b|\btrong qua trinh (?:to chuc |trien khai )*thuc hien\b"
)

Pairs = frozenset[str]


def pairs_of(task: GivenTask) -> Pairs:
    """The word pairs of what `task` asks, without its bodies and limits, case and diacritics; empty if too few."""
    words = fold(task.title)
    for aside in sorted(map(_folded, task.aside), key=len, reverse=True):
        words = words.replace(aside, " ; ") if aside else words
    pairs = set()
    for clause in _CLAUSES.split(_LIMIT.sub(" ; ", words)):
        kept = [w for w in _WORDS.findall(clause) if w not in _GIVING]
        pairs |= {f"{a} {b}" for a, b in itertools.pairwise(kept)}
    return frozenset(pairs)


def speaks_of_its_document(task: GivenTask) -> bool:
    """True for words such as "việc thực hiện Kế hoạch này": in another document they ask for another work."""
    return _OWN_DOCUMENT.search(fold(task.title)) is not None


_folded = functools.lru_cache(maxsize=4096)(fold)


class Likeness:
    """Tasks that can be asked for those alike to a given one. Building is linear in their words."""

    def __init__(self, tasks: Sequence[GivenTask]) -> None:
        self._pairs = [pairs_of(task) for task in tasks]
        count = Counter(pair for pairs in self._pairs for pair in pairs)
        self._rarest = math.log(1 + max(1, len(tasks)))
        self._weight = {pair: math.log(1 + len(tasks) / n) for pair, n in count.items()}
        self._total = [self._sum(pairs) for pairs in self._pairs]
        most = max(20, len(tasks) * _COMMON)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, pairs in enumerate(self._pairs):
            for pair in pairs:
                if count[pair] <= most:
                    self._places[pair].append(place)

    def near(self, task: GivenTask, least: float) -> list[tuple[int, float]]:
        """(place, likeness) of the tasks at least `least` alike to `task`, 1 = the same words; the most alike first.

        Words too few to tell anything are alike only to the same words.
        """
        pairs = pairs_of(task)
        if len(pairs) < _FEWEST:
            return [(n, 1.0) for n, other in enumerate(self._pairs) if pairs and other == pairs]
        total = self._sum(pairs)
        shared: Counter[int] = Counter()
        for pair in pairs:
            for place in self._places.get(pair, ()):
                shared[place] += 1
        found = []
        for place in shared:
            other = self._pairs[place]
            if len(other) < _FEWEST:
                continue
            likeness = 2 * self._sum(pairs & other) / (total + self._total[place])
            if likeness >= least:
                found.append((place, likeness))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._weight.get(pair, self._rarest) for pair in pairs)
