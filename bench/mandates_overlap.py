"""Overlap of mandates in other words, on synthetic statements with re-worded copies, beside rensa + verification.

    python3 tools/dev.py bench mandates_overlap [tenth] [nation] [typing] [--record]

`nation`: 500,000 statements (bench/duties.py); `tenth`: 50,000. Two recalls, each of pairs of one level and place and
by what is shown, at most five others each. Of all pairs whose texts as written have a Jaccard similarity of at least
0.7 (bigrams of syllables, computed exactly), and of planted re-wordings, shown at the copy; half of the words that take
the place of others are held out: the lexicon does not know them. `--list` names re-wordings missed. The peer is rensa
on bigrams of each level and place apart, as ours does, with 16 bands and 32; candidates are verified by exact Jaccard,
or scored by rapidfuzz and the five best shown, since Jaccard alone refuses re-wordings. Times are processor times of
one run each, ours with taking apart. `typing`: the answer to one statement among 500,000, wall time.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import math
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from bonhoa.apparatus.overlap.index import StatementIndex, similar
from bonhoa.apparatus.overlap.search import Mandate, Overlaps, search
from duties import OTHER_WORDS, Duties, held_out
from frame import Row, main, row

NATION = 500_000
SHOWN, ALIKE, PERMUTATIONS = 5, 0.7, 128
Pair = tuple[int, int]
LISTED: list[str] = []
PEERS = ((16, False), (32, False), (32, True))  # bands, whether verified by a score


@functools.cache
def duties(number: int) -> Duties:
    return Duties(number)


@functools.cache
def ours(number: int) -> tuple[Overlaps, float, float]:
    """What is found, processor seconds, gigabytes at the peak (of the whole process, statements included)."""
    mandates = duties(number).mandates
    begun = time.process_time()
    found = search(mandates, SHOWN)
    seconds = time.process_time() - begun
    return found, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def bigrams(statement: str) -> frozenset[str]:
    syllables = statement.lower().split()
    return frozenset(f"{a} {b}" for a, b in itertools.pairwise(syllables))


def blocks(mandates: Sequence[Mandate]) -> list[list[int]]:
    """Positions of mandates by level and place."""
    by_place = defaultdict(list)
    for i, mandate in enumerate(mandates):
        by_place[mandate.level, mandate.scope].append(i)
    return list(by_place.values())


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def exact_pairs(mandates: Sequence[Mandate]) -> Iterable[Pair]:
    """Every pair of a place that is alike: two such sets share one of their rarest bigrams (prefix filter)."""
    for block in blocks(mandates):
        sets = [bigrams(mandates[i].statement) for i in block]
        often = Counter(itertools.chain.from_iterable(sets))
        with_bigram, checked = defaultdict(list), set()
        for j, b in enumerate(sets):
            rare = sorted(b, key=lambda g: (often[g], g))[: len(b) - math.ceil(ALIKE * len(b)) + 1]
            for bigram in rare:
                checked.update((i, j) for i in with_bigram[bigram] if i != j)
                with_bigram[bigram].append(j)
            for i, _ in checked:
                if jaccard(sets[i], b) >= ALIKE:
                    yield block[i], block[j]
            checked.clear()


def rensa_pairs(mandates: Sequence[Mandate], bands: int, scored: bool) -> tuple[set[Pair], float, int]:
    """Verified pairs in theirs directions, processor seconds, number of candidates.

    Verified by exact Jaccard, or `scored`: the five best by rapidfuzz's token_set_ratio, which minds neither order nor
    words put in, at least 60 of 100.
    """
    from rapidfuzz.fuzz import token_set_ratio
    from rensa import RMinHash, RMinHashLSH

    begun, pairs, candidates = time.process_time(), set(), 0
    for block in blocks(mandates):
        texts = [mandates[i].statement.lower() for i in block]
        sets = [bigrams(text) for text in texts]
        lsh = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=bands)
        best: list[list[tuple[float, int]]] = [[] for _ in block]
        for j, b in enumerate(sets):
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=5)
            sketch.update(list(b))
            near = lsh.query(sketch)
            candidates += len(near)
            for i in near:
                if scored:
                    score = token_set_ratio(texts[i], texts[j], score_cutoff=60)
                    if score:
                        best[i].append((score, j))
                        best[j].append((score, i))
                elif jaccard(sets[i], b) >= ALIKE:
                    pairs |= {(block[i], block[j]), (block[j], block[i])}
            lsh.insert(j, sketch)
        pairs.update((block[i], block[j]) for i, near in enumerate(best) for _, j in heapq.nlargest(SHOWN, near))
    return pairs, time.process_time() - begun, candidates


def measured(number: int, peers_of: Sequence[tuple[int, bool]]) -> list[Row]:
    made = duties(number)
    found, seconds, gigabytes = ours(number)
    shown = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
    exact = list(exact_pairs(made.mandates))
    peers = {
        f"rensa, {bands} bands, {'scored' if scored else 'Jaccard'}": rensa_pairs(made.mandates, bands, scored)
        for bands, scored in peers_of
    }

    def of_exact(pairs: set[Pair]) -> float:
        return round(sum(p in pairs or p[::-1] in pairs for p in exact) / len(exact), 4)

    def of_planted(pairs: set[Pair], planted: Sequence[Pair]) -> float:
        return round(sum(p in pairs for p in planted) / len(planted), 4)

    unknown = held_out()
    planted = [(p.copy, p.original) for p in made.planted]
    hard = [(p.copy, p.original) for p in made.planted if unknown.intersection(p.replaced)]
    LISTED.extend(
        f"{made.mandates[a].statement} | {made.mandates[b].statement}" for a, b in planted[:2000] if (a, b) not in shown
    )
    theirs = {name: pairs for name, (pairs, _, _) in peers.items()}
    words = sum(map(len, OTHER_WORDS.values()))
    duplications = found.compared.grade == 1
    kept = [(a, b) for a, b, d in zip(found.first.tolist(), found.second.tolist(), duplications, strict=True) if d]
    true = {*planted, *((b, a) for a, b in planted), *exact, *((b, a) for a, b in exact)}
    most = max(Counter(found.first.tolist()).values())
    n = f"{number:,} statements"
    return [
        row(f"{n}: recall of {len(exact)} pairs with exact Jaccard ≥ 0.7", of_exact(shown),
            peers={name: of_exact(pairs) for name, pairs in theirs.items()}),
        row(f"{n}: recall of {len(planted)} planted re-wordings", of_planted(shown, planted),
            peers={name: of_planted(pairs, planted) for name, pairs in theirs.items()}),
        row(f"{n}: recall of the {len(hard)} with a word held out ({len(unknown)} of {words} are)",
            of_planted(shown, hard), peers={name: of_planted(pairs, hard) for name, pairs in theirs.items()}),
        row(f"{n}: shown for a mandate on average (at most {most})", len(shown) / number, "others"),
        row(f"{n}: of pairs graded duplication, planted or exact", sum(p in true for p in kept) / len(kept)),
        row(f"{n}: search with verification", seconds, "s",
            peers={f"{name} ({c} candidates)": round(s, 1) for name, (_, s, c) in peers.items()},
            ratio=round(min(s for _, s, _ in peers.values()) / seconds, 2)),
        row(f"{n}: memory of the process at the peak of the search", gigabytes, "GB"),
    ]  # fmt: skip


def typing() -> list[Row]:
    made = duties(NATION)
    index = StatementIndex(mandate.statement for mandate in made.mandates)
    similar("Quản lý đất đai", index)  # the postings are made at the first question
    taken = []
    for planted in made.planted[:500]:
        begun = time.perf_counter()
        similar(made.mandates[planted.copy].statement, index)
        taken.append(1000 * (time.perf_counter() - begun))
    taken.sort()
    return [
        row(f"one statement among {NATION:,}, median of {len(taken)}", taken[len(taken) // 2], "ms"),
        row("the slowest of 100", taken[int(len(taken) * 0.99)], "ms"),
    ]


if __name__ == "__main__":
    main(
        "mandates_overlap",
        __doc__ or "",
        {
            "tenth": lambda: measured(NATION // 10, PEERS),
            "nation": lambda: measured(NATION, PEERS),
            "typing": typing,
        },
        LISTED,
    )
