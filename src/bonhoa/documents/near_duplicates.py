"""Texts that say nearly the same: how alike two are, and which of many are worth comparing.

The likeness of two texts is the Jaccard index of their sets of five consecutive syllables, folded. A `Sketch` keeps the
minima of one hash over 128 parts of its range (one permutation hashing; empty parts borrow from full ones, Shrivastava
2017), so that the share of equal minima estimates the likeness. Texts that share one of its 32 bands of four minima
are candidates: of those alike to 0.7 one pair in six thousand is missed, of those alike to 0.2 one in twenty
is looked at.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from bonhoa.common.folding import fold

SYLLABLES = 5
PARTS = 128
ROWS = 4  # minima of a band
ALIKE = 0.7
"""From here on two texts are called near-duplicates."""
SAME = 0.95
"""From here on they are taken for one act even where number, issuer and date say otherwise (one may be misread)."""

_WORD = re.compile(r"[^\W_]+")
_MASK = (1 << 64) - 1
_FOUND = (1 << 57) - 1  # no minimum yet: one more than any can be


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a text is kept to find the like of it: 128 minima of 32 bits; all zero for a text without syllables."""

    minima: tuple[int, ...]

    def likeness(self, other: Sketch) -> float:
        """The estimated Jaccard index, 0 to 1; its standard error is at most 0.05."""
        return sum(a == b for a, b in zip(self.minima, other.minima, strict=True)) / PARTS

    def bands(self) -> list[int]:
        """32 keys (signed 64-bit numbers); who shares one with another text is a candidate. None for an empty text."""
        if not any(self.minima):
            return []
        keys = []
        for first in range(0, PARTS, ROWS):
            key = _mixed(first)
            for minimum in self.minima[first : first + ROWS]:
                key = _mixed(key ^ minimum)
            keys.append(key - (1 << 64) if key >> 63 else key)
        return keys

    def to_bytes(self) -> bytes:
        """512 bytes, the minima in network order."""
        return b"".join(m.to_bytes(4, "big") for m in self.minima)

    @classmethod
    def of_bytes(cls, data: bytes) -> Sketch:
        """The sketch that `to_bytes` gave."""
        return cls(tuple(int.from_bytes(data[i : i + 4], "big") for i in range(0, len(data), 4)))


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    return sketch_of(shingles(text))


def shingles(text: str) -> set[int]:
    """The hashes (32 bits) of every run of five syllables of `text`, folded and without punctuation; of a shorter text,
    of the whole of it."""
    words = [word.encode() for word in _WORD.findall(fold(text))]
    if len(words) < SYLLABLES:
        return {zlib.crc32(b" ".join(words))} if words else set()
    runs = zip(*(words[first:] for first in range(SYLLABLES)), strict=False)
    return {zlib.crc32(b" ".join(run)) for run in runs}


def likeness(one: str, other: str) -> float:
    """The exact Jaccard index of two texts, 0 to 1; two empty texts are not alike."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b) if a or b else 0.0


def sketch_of(members: Iterable[int]) -> Sketch:
    """The sketch of a set of numbers."""
    minima = [_FOUND] * PARTS
    for member in members:
        mixed = _mixed(member)
        part, value = mixed & (PARTS - 1), mixed >> 7
        if value < minima[part]:
            minima[part] = value
    if all(m == _FOUND for m in minima):
        return Sketch((0,) * PARTS)
    return Sketch(tuple((_full(minima, part) & 0xFFFFFFFF) or 1 for part in range(PARTS)))


def _full(minima: list[int], part: int) -> int:
    """The minimum of a part; an empty one borrows that of a part chosen by a hash, the same for all texts."""
    tried = part
    attempt = 0
    while minima[tried] == _FOUND:
        attempt += 1
        tried = _mixed(part * 1_000_003 + attempt) % PARTS
    return minima[tried]


def _mixed(value: int) -> int:
    """SplitMix64: every bit of the result depends on every bit of `value`."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
