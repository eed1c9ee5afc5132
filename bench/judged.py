"""Judgements of single misses, kept as data: bench/judged/NAME.csv.

The first columns name the miss (file, place, what stands there; no text is quoted), the last two say what a reader of
the document made of it: `verdict` is "ours" (a fault of the program), "theirs" (of what it is measured against) or
"none" (nothing to find there), `cause` a few words. A miss without a line here is not judged: the benches count and
name those, and the lines whose miss is gone.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "judged"
VERDICTS = ("ours", "theirs", "none", "right")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The misses of one run beside the judgements of NAME.csv."""

    ours: int
    """Misses that are faults of the program: judged so, or not judged."""
    unjudged: int
    lines: list[str]
    """For `--list`: every miss with its judgement, then the judgements whose miss is gone."""


def judgements(name: str) -> dict[Key, tuple[str, str]]:
    """Key of a miss → (verdict, cause); ValueError for an unknown verdict or a miss judged twice."""
    found: dict[Key, tuple[str, str]] = {}
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for *key, verdict, cause in list(csv.reader(lines))[1:]:
            if verdict not in VERDICTS or not cause or tuple(key) in found:
                raise ValueError(
                    f"bench/judged/{name}.csv: {','.join(key)} has no one verdict of {VERDICTS} with its cause"
                )
            found[tuple(key)] = (verdict, cause)
    return found


def judge(name: str, misses: Iterable[tuple[Key, str]], *, partly: bool = False) -> Judged:
    """The misses of a run, each with its key and words for `--list`; `partly`: not all that was judged was run."""
    known = judgements(name)
    seen: Counter[Key] = Counter()
    ours = unjudged = 0
    lines = []
    for key, words in misses:
        seen[key] += 1
        verdict, cause = known.get(key, ("not judged", ""))
        ours += verdict in {"ours", "not judged"}
        unjudged += verdict == "not judged"
        lines.append(f"{verdict}{f' ({cause})' if cause else ''}: {' '.join(key)}: {words}")
    if not partly:
        lines += [f"{name}: no longer a miss: {' '.join(key)}" for key in known if key not in seen]
    return Judged(ours, unjudged, lines)
