"""Overlapping mandates of a map on a day: who else does this, in other words?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bonhoa.apparatus.model import UnitLevel
from bonhoa.apparatus.overlap.index import Compared, Likeness, Part, StatementIndex
from bonhoa.apparatus.overlap.sketch import Ints, band_keys, distinct, mixed, pairs_of_equal
from bonhoa.apparatus.vocabulary import MandateRole

BANDS = 24
_WITHIN = 64


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate on the day of the search. `scope` is the code of its place, "" the whole country."""

    code: str
    statement: str
    unit: str
    level: UnitLevel
    scope: str = ""
    role: MandateRole = MandateRole.LEAD
    function: str = ""


@dataclass(frozen=True, slots=True)
class MandateOverlap:
    """Two mandates of different units that say the same, or nearly. `first.code < second.code`."""

    first: Mandate
    second: Mandate
    likeness: Likeness

    @property
    def key(self) -> str:
        """The same in every search, whatever else the map holds."""
        return f"mandate_similar|{self.first.code}|{self.second.code}"

    def sentence(self, language: str = "vi") -> str:
        """What was found, and why."""
        a, b, like = self.first, self.second, self.likeness
        agree = ", ".join(part.label(language) for part in like.agree)
        grade, share = like.grade.label(language), round(100 * like.score)
        if language.startswith("en"):
            return f"{a.unit} “{a.statement}” and {b.unit} “{b.statement}”: {grade} (same {agree}; {share} % alike)"
        return f"{a.unit} “{a.statement}” và {b.unit} “{b.statement}”: {grade} (giống về {agree}; {share} %)"


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The pairs found, as arrays: positions in the mandates searched, best first for each `first`.

    `left_out` counts pairs of candidates that were not looked at because too many mandates say the same.
    """

    mandates: Sequence[Mandate]
    first: Ints
    second: Ints
    compared: Compared
    left_out: int

    def __len__(self) -> int:
        return len(self.first)

    def findings(self) -> list[MandateOverlap]:
        """Each pair once, by key."""
        made = []
        for i, (a, b) in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            pair = sorted((self.mandates[a], self.mandates[b]), key=lambda mandate: mandate.code)
            made.append(MandateOverlap(pair[0], pair[1], self.compared.likeness(i, Part.PLACE)))
        return sorted({overlap.key: overlap for overlap in made}.values(), key=lambda overlap: overlap.key)


def find_overlaps(mandates: Sequence[Mandate], shown: int = 5) -> list[MandateOverlap]:
    """Overlapping mandates, each with at most `shown` others: the best. See `search` for what is compared."""
    return search(mandates, shown).findings()


def search(mandates: Sequence[Mandate], shown: int = 5, index: StatementIndex | None = None) -> Overlaps:
    """For each mandate at most `shown` others that overlap it, best first.

    Compared are mandates of one level and place, of different units and functions (who leads one function in a place is
    the business of the rules audit), in which both units lead: who cooperates overlaps nobody. Duties that every unit
    has towards itself are left aside. Codes must be unique. `index` holds the same statements in the same order.
    """
    index = index or StatementIndex(mandate.statement for mandate in mandates)
    chosen = _leading(mandates, index)
    rows = index.rows[chosen]
    block = (_numbers(m.scope for m in mandates) * len(UnitLevel) + _numbers(m.level for m in mandates))[chosen]
    pairs, left_out = _candidates(index, rows, block)
    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    unit, function = _numbers(m.unit for m in mandates)[chosen], _numbers(m.function for m in mandates)[chosen]
    named = np.array([bool(m.function) for m in mandates], bool)[chosen]
    asked = (unit[a] != unit[b]) & ~((function[a] == function[b]) & named[a])
    a, b = a[asked], b[asked]
    compared = index.compare_rows(rows[a], rows[b])
    graded = compared.grade > 0
    return _best(mandates, chosen[a[graded]], chosen[b[graded]], compared.at(graded), shown, left_out)


def _leading(mandates: Sequence[Mandate], index: StatementIndex) -> Ints:
    """Positions of the mandates that can overlap another."""
    led = [m.role is MandateRole.LEAD for m in mandates]
    says = np.array([role in (None, MandateRole.LEAD) for role in index.roles], bool)
    able = says & ~index.own & (index.sizes > 0)
    return np.flatnonzero(np.array(led, bool) & able[index.rows])


def _numbers(values: Iterable[object]) -> Ints:
    """Equal values as equal numbers."""
    number: dict[object, int] = {}
    return np.array([number.setdefault(value, len(number)) for value in values], np.int64)


def _candidates(index: StatementIndex, rows: Ints, block: Ints) -> tuple[npt.NDArray[np.uint64], int]:
    """Pairs of positions in `rows`, of one block, with a band in common."""
    placed = mixed(block.astype(np.uint64))
    found: list[npt.NDArray[np.uint64]] = []
    left_out = 0
    for keys in band_keys(*index.sketched(), BANDS):
        pairs, skipped = pairs_of_equal(keys[rows] ^ placed, _WITHIN)
        found.append(pairs)
        left_out += skipped
    return distinct(np.concatenate(found)), left_out


def _best(mandates: Sequence[Mandate], a: Ints, b: Ints, compared: Compared, shown: int, left_out: int) -> Overlaps:
    """For each mandate the `shown` best of its pairs."""
    first, second = np.r_[a, b], np.r_[b, a]
    twice = np.r_[np.arange(len(a)), np.arange(len(a))]
    worse = ((1 - compared.score) * (1 << 30)).astype(np.uint64) | compared.grade.astype(np.uint64) << np.uint64(31)
    order = np.argsort(first.astype(np.uint64) << np.uint64(34) | worse[twice], kind="stable")
    first = first[order]
    start = np.flatnonzero(np.r_[True, first[1:] != first[:-1]]) if len(first) else first
    nth = np.arange(len(first)) - np.repeat(start, np.diff(np.r_[start, len(first)]))
    kept = order[nth < shown]
    return Overlaps(mandates, first[nth < shown], second[kept], compared.at(twice[kept]), left_out)
