"""Which of the lines that look like articles are: rows of (candidates, chosen), and what holds for any candidates."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.documents.articles import Candidate, in_order

CASES = [
    ("1 2 3", "1 2 3"),
    ("1 2 10 3 4", "1 2 3 4"),  # a stray that looks like a heading
    ("1 2 10? 3 4", "1 2 3 4"),  # the rest of a wrapped sentence
    ("1 2 3 31?", "1 2 3"),
    ("1 2 4 5", "1 2 4 5"),  # an article is missing in the copy
    ("1 2 5", "1 2 5"),
    ("7 7a 7b 8", "7 7a 7b 8"),
    ("10d 10đ 10e 11", "10d 10đ 10e 11"),
    ("3 4 5", "3 4 5"),  # a part of an act
    ("5? 1 2 3", "1 2 3"),
    ("1 2 2 3", "1 2 3"),
    ("", ""),
]


def candidates(words: str) -> list[Candidate]:
    found = [re.fullmatch(r"(\d+)(\D?)(\?)?", word.replace("?", " ?").split()[0]) for word in words.split()]
    weights = [0.6 if "?" in word else 1.0 for word in words.split()]
    return [Candidate(at, int(m[1]), m[2], w) for at, (m, w) in enumerate(zip(found, weights, strict=True)) if m]


@pytest.mark.parametrize(("words", "chosen"), CASES)
def test_the_best_run(words: str, chosen: str) -> None:
    found = in_order(candidates(words))
    assert [w.rstrip("?") for at, w in enumerate(words.split()) if at in found] == chosen.split()


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["", "a", "b", "đ"]), st.booleans()), max_size=60))
def test_a_run_rises(rows: list[tuple[int, str, bool]]) -> None:
    given_ = [Candidate(at, number, letter, 1.0 if sure else 0.6) for at, (number, letter, sure) in enumerate(rows)]
    run = [given_[at].key for at in sorted(in_order(given_))]
    assert all(a < b for a, b in itertools.pairwise(run))
    assert bool(run) == bool(rows)


def test_many_candidates_take_little_more_than_their_number() -> None:
    assert len(in_order([Candidate(at, at % 5000, "") for at in range(40_000)])) >= 4999
