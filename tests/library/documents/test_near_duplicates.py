"""Near-duplicates: the estimate against the exact index, candidates by bands, and real texts."""

import itertools
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.documents.near_duplicates import ALIKE, PARTS, Sketch, likeness, shingles, sketch, sketch_of

SENTENCE = "Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan rà soát vị trí việc làm {n} trước ngày {n} tháng 6. "


def text(*numbers: int) -> str:
    return "".join(SENTENCE.format(n=n) for n in numbers)


@pytest.mark.parametrize(
    ("one", "other", "exact"),
    [
        ("một hai ba bốn năm sáu", "Một, HAI ba - bon năm: sáu.", 1.0),  # case, accents, punctuation
        ("một hai ba bốn năm sáu", "một hai ba bốn năm bảy", 1 / 3),
        ("một hai ba", "một hai ba", 1.0),  # shorter than a run
        ("một hai ba", "một hai", 0.0),
        ("một hai ba bốn năm", "sáu bảy tám chín mười", 0.0),
        ("", "", 0.0),
        ("", "một hai ba bốn năm", 0.0),
        ("số 12/KH-UBND ngày 5 tháng", "số 12-KH/UBND ngày 5 tháng", 1.0),
    ],
)
def test_likeness(one: str, other: str, exact: float) -> None:
    assert likeness(one, other) == likeness(other, one) == pytest.approx(exact)


def test_runs_are_of_five_syllables() -> None:
    assert len(shingles("a b c d e f g")) == 3
    assert shingles("a b c d e") <= shingles("x a b c d e y")
    assert shingles("ab c d e f") != shingles("a bc d e f")


@given(st.lists(st.integers(0, 60), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_other_sentences_changes_little_and_the_sketch_is_that_of_the_set(
    numbers: list[int], chance: random.Random
) -> None:
    whole = text(*numbers)
    assert sketch(whole) == sketch_of(sorted(shingles(whole))) == sketch_of(sorted(shingles(whole), reverse=True))
    assert Sketch.of_bytes(sketch(whole).to_bytes()) == sketch(whole)
    assert len(sketch(whole).bands()) == (32 if numbers else 0)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 3000), st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 2**31)
)  # members of both, of one only, of the other only
def test_the_estimate_lies_near_the_exact_index(common: int, left: int, right: int, seed: int) -> None:
    members = random.Random(seed).sample(range(2**32), common + left + right)
    one, other = set(members[: common + left]), set(members[:common]) | set(members[common + left :])
    exact = len(one & other) / len(one | other)
    # small sets fill few of the parts of their own: their error is that of so many draws
    draws = min(PARTS, len(one | other))
    assert abs(sketch_of(one).likeness(sketch_of(other)) - exact) <= 6 * (exact * (1 - exact) / draws) ** 0.5 + 0.06


def test_the_estimate_is_not_biased() -> None:
    chance, errors = random.Random(7), []
    for _ in range(150):
        members = chance.sample(range(2**32), 1200)
        one, other = set(members[:900]), set(members[300:])
        errors.append(sketch_of(one).likeness(sketch_of(other)) - 0.5)
    assert abs(sum(errors) / len(errors)) < 0.012  # three standard errors
    assert (sum(e * e for e in errors) / len(errors)) ** 0.5 < 0.06


@pytest.mark.parametrize(("share", "least", "most"), [(0.9, 1.0, 1.0), (0.7, 0.98, 1.0), (0.1, 0.0, 0.1)])
def test_bands_find_the_alike_and_leave_the_rest(share: float, least: float, most: float) -> None:
    chance, met = random.Random(11), 0
    for _ in range(100):
        members = chance.sample(range(2**32), 1000)
        own = round(1000 * (1 - share) / 2)
        one, other = members[: 1000 - own], members[own:]
        met += bool(set(sketch_of(one).bands()) & set(sketch_of(other).bands()))
    assert least <= met / 100 <= most


def test_the_bands_do_not_change_between_versions() -> None:
    """They are stored: another hash would find nothing of what is there."""
    assert sketch("Ủy ban nhân dân tỉnh ban hành kế hoạch").bands()[:2] == PINNED
    assert len(sketch(text(1)).to_bytes()) == 512


PINNED = [-525046445383701606, -2643466493453937659]


@pytest.mark.shared
def test_real_texts(shared: Path) -> None:
    """The alike of two collections are consolidations of one act, found among 130,000 pairs in seconds."""
    paths = [
        *sorted(shared.glob("data/documents/late-2025/*.md")),
        *sorted(shared.glob("data/documents/cong-bao/*.txt")),
    ]
    began = time.process_time()
    sketches = [sketch(p.read_text("utf-8")) for p in paths]
    by_band: dict[int, list[int]] = {}
    for number, one in enumerate(sketches):
        for key in set(one.bands()):
            by_band.setdefault(key, []).append(number)
    candidates = {pair for met in by_band.values() for pair in itertools.combinations(met, 2)}
    exact = {
        pair: likeness(paths[pair[0]].read_text("utf-8"), paths[pair[1]].read_text("utf-8")) for pair in candidates
    }
    assert time.process_time() - began < 60
    assert len(candidates) < 200
    assert sum(value >= ALIKE for value in exact.values()) >= 4
    assert all(abs(sketches[i].likeness(sketches[j]) - value) < 0.2 for (i, j), value in exact.items())
