"""Two texts beside each other: what differs, and texts made to keep the comparison busy."""

import time
from collections.abc import Callable

import pytest

from bonhoa_web.documents import comparing


def alternating(count: int, own: str, between: str, kinds: int = 1) -> str:
    """Words that come again and again between words that come once: the cubic case of difflib."""
    return between.join(f"s{n % kinds}{between}{own}{n}" for n in range(count // 2))


HARD = {
    "one passage of few words": lambda own: alternating(20_000, own, " "),
    "one passage within the bound": lambda own: alternating(400, own, " "),
    "many passages": lambda own: "\n=\n".join(alternating(390, f"{own}{n}x", " ") for n in range(30)),
    "lines": lambda own: alternating(100_000, own, "\n", 100),
    "lines of few kinds": lambda own: alternating(2 * comparing.MOST_LINES, own, "\n", 60),
}


@pytest.mark.parametrize("hard", HARD.values(), ids=HARD)
def test_no_text_keeps_a_page_waiting(hard: Callable[[str], str]) -> None:
    left, right = hard("u"), hard("v")
    began = time.process_time()
    comparing.changes(left, right)
    assert time.process_time() - began < 4, "two seconds, and room for a busy machine"


def test_a_passage_past_the_bound_is_shown_whole() -> None:
    few, many = ("Điều 1 giao Sở A làm", "Điều 1 giao Sở B làm"), ("y " + "x " * 800 + "y", "z " + "x " * 800 + "z")
    assert comparing.changes(*few).changes[0].right == "Điều 1 giao Sở <ins>B</ins> làm"
    long = comparing.changes("a " * 800 + "y b" + " c" * 800, "a " * 800 + "z b" + " c" * 800).changes[0]
    assert "a <del>y</del> b c" in long.left and long.right.endswith("a <ins>z</ins> b" + " c" * 800)
    late = ["x\n" * 5000 + end for end in "yz"]
    found = comparing.changes(*late)
    assert (found.changes[0].line, found.cut) == (5001, False), "what begins alike does not count"
    assert comparing.changes(*many).changes[0].right == f"<ins>{many[1]}</ins>"
