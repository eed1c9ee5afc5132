"""Candidates: sets of weighted words whose weighted Jaccard similarity is high, by MinHash in wide bands.

The smallest of exponential variates with rate w(word) falls on the same word in two sets with the probability of their
weighted Jaccard similarity, so words that are everywhere hardly count and need not be cut off. A band is a few such
words together, here the two that win; two sets are candidates if any band is equal: with so wide bands pairs of little
likeness are found too, and are verified afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]

_MIX = np.uint64(0x9E3779B97F4A7C15)


def hashed(words: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Each word as a number of its own, whatever other words there are: a search must not depend on their order."""
    return np.array([int.from_bytes(blake2b(w.encode(), digest_size=8).digest()) for w in words], np.uint64)


def band_keys(
    words: Ints, sizes: Ints, weights: Floats, hashes: npt.NDArray[np.uint64], bands: int
) -> Iterator[npt.NDArray[np.uint64]]:
    """For each band the key of each set: its two words that win. Sets follow each other in `words`, none is empty.

    Shapes: words (total,), sizes (sets,), weights and hashes by word; each key array (sets,).
    """
    starts = np.r_[0, np.cumsum(sizes)][:-1]
    last = np.uint32(len(weights))
    for band in range(bands):
        uniform = (mixed(mixed(hashes + np.uint64(band))) >> np.uint64(11)) * 2.0**-53
        # the order in which words win, as their rank: equal minima are equal words
        order = np.argsort(-np.log1p(-uniform) / weights, kind="stable")
        rank = np.empty(len(weights), np.uint32)
        rank[order] = np.arange(len(weights), dtype=np.uint32)
        ranked = rank[words]
        first = np.minimum.reduceat(ranked, starts)
        ranked[ranked == np.repeat(first, sizes)] = last
        second = np.minimum.reduceat(ranked, starts)
        yield mixed(first.astype(np.uint64) << np.uint64(32) | second)


def mixed(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A fixed 64-bit hash, the same on every machine."""
    key = (key + _MIX) * np.uint64(0xBF58476D1CE4E5B9)
    return key ^ (key >> np.uint64(29))


def pairs_of_equal(keys: npt.NDArray[np.uint64], within: int) -> tuple[npt.NDArray[np.uint64], int]:
    """Pairs (i < j, as i << 32 | j) with equal keys. In a group of equals each is paired with at most the `within`
    that follow it, lest what is said by everyone makes a square of pairs; the second figure counts pairs so left out.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[starts, len(keys)])
    found, left_out = [], int((np.maximum(sizes - within - 1, 0) * np.maximum(sizes - within, 0) // 2).sum())
    alive = np.flatnonzero(ordered[1:] == ordered[:-1])  # positions whose neighbour is equal
    for step in range(1, min(within, int(sizes.max(initial=1)) - 1) + 1):
        a, b = order[alive].astype(np.uint64), order[alive + step].astype(np.uint64)
        found.append(np.minimum(a, b) << np.uint64(32) | np.maximum(a, b))
        alive = alive[alive + step + 1 < len(keys)]
        alive = alive[ordered[alive] == ordered[alive + step + 1]]
        if not len(alive):
            break
    return (np.concatenate(found) if found else np.empty(0, np.uint64)), left_out


def distinct(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each pair once, sorted."""
    pairs = np.sort(pairs)
    return pairs[np.r_[True, pairs[1:] != pairs[:-1]]] if len(pairs) else pairs
