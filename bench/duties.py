"""Synthetic statements of mandates, a fifth of them re-worded copies, for the benchmark of the overlap search.

A statement has an action, a thing, a topic, often a beneficiary or purpose, and tails that say nothing. It belongs to a
unit of a level in a place: a tenth to central bodies (one place), four tenths to 34 provinces, half to 500 communes. A
re-worded copy is another unit's, of the same level and place, with one to three edits: another word for the action, the
thing or the topic, words put in, the beneficiary left out, the order turned; and other tails. The words stand in
duties.yaml; `held_out` tells which pairs of other words the library's lexicon does not know.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from bonhoa.apparatus.model import UnitLevel
from bonhoa.apparatus.overlap.search import Mandate

WORDS = yaml.safe_load((Path(__file__).parent / "duties.yaml").read_text("utf-8"))
OTHER_WORDS = {
    first: others for lines in WORDS["other_words"].values() for first, *others in (line.split("|") for line in lines)
}


def listed(lines: list[str]) -> list[str]:
    return "|".join(lines).split("|")


def known(name: str) -> list[str]:
    """The words of a slot, those with other words first."""
    more = WORDS["more"].get(name)
    return [line.split("|")[0] for line in WORDS["other_words"][name]] + (listed(more) if more else [])


ACTIONS = known("actions")
THINGS, TOPICS, FOR_WHOM = known("things"), known("topics"), known("for_whom")
TAILS, PUT_IN, PROVINCES = listed(WORDS["tails"]), listed(WORDS["put_in"]), listed(WORDS["provinces"])
COMMUNES = [
    f"{kind} {name} {end}" for kind in ("xã", "phường") for name in listed(WORDS["communes"]) for end in WORDS["ends"]
]


@dataclass(frozen=True)
class Slots:
    """What a statement is made of."""

    action: str
    thing: str
    topic: str
    for_whom: str
    put_in: str = ""
    turned: bool = False


@dataclass(frozen=True)
class Planted:
    """A re-worded copy: positions of original and copy, the words that took the place of others."""

    original: int
    copy: int
    replaced: tuple[tuple[str, str], ...]


class Duties:
    """`number` mandates, a fifth of them re-worded copies of others, and which are."""

    def __init__(self, number: int, seed: int = 5) -> None:
        self.chance = random.Random(seed)
        originals = number - number // 5
        slots = [self._slots() for _ in range(originals)]
        places = [self._place() for _ in range(originals)]
        self.planted: list[Planted] = []
        for original in self.chance.sample(range(originals), number - originals):
            copy, replaced = self._reworded(slots[original])
            self.planted.append(Planted(original, len(slots), replaced))
            slots.append(copy)
            places.append(places[original])
        self.mandates = [
            Mandate(f"M{i:06d}", self._printed(slot, place), f"U{i:06d}", level, place)
            for i, (slot, (level, place)) in enumerate(zip(slots, places, strict=True))
        ]

    def _slots(self) -> Slots:
        pick = self.chance.choice
        for_whom = pick(FOR_WHOM) if self.chance.random() < 0.8 else ""
        return Slots(pick(ACTIONS), pick(THINGS), pick(TOPICS), for_whom)

    def _place(self) -> tuple[UnitLevel, str]:
        level = self.chance.random()
        if level < 0.1:
            return UnitLevel.CENTRAL, ""
        if level < 0.5:
            return UnitLevel.PROVINCE, self.chance.choice(PROVINCES)
        return UnitLevel.COMMUNE, self.chance.choice(COMMUNES)

    def _reworded(self, slots: Slots) -> tuple[Slots, tuple[tuple[str, str], ...]]:
        changed, replaced = dict(vars(slots)), []
        edits = ["action", "thing", "topic", "for_whom", "put_in", "left_out", "turned"]
        for edit in self.chance.sample(edits, self.chance.choice((1, 2, 3))):
            if edit in ("action", "thing", "topic", "for_whom"):
                word = changed[edit]
                if word in OTHER_WORDS:
                    changed[edit] = self.chance.choice(OTHER_WORDS[word])
                    replaced.append((word, changed[edit]))
            elif edit == "put_in":
                changed["put_in"] = self.chance.choice(PUT_IN)
            elif edit == "left_out":
                changed["for_whom"] = ""
            else:
                changed["turned"] = True
        return Slots(**changed), tuple(pair for pair in replaced if pair[1] in changed.values())

    def _printed(self, slots: Slots, place: str) -> str:
        rest = f"{slots.topic} {slots.put_in}".strip()
        whom = f" cho {slots.for_whom}" if slots.for_whom else ""
        if slots.turned:
            text = f"{slots.thing} {rest}{whom}: {slots.action}"
        else:
            text = f"{slots.action} {slots.thing} {rest}{whom}"
        if place and self.chance.random() < 0.6:
            text += f" trên địa bàn {place}"
        if self.chance.random() < 0.6:
            text += f" {self.chance.choice(TAILS)}"
        return text[0].upper() + text[1:]


def held_out() -> frozenset[tuple[str, str]]:
    """The pairs of OTHER_WORDS that the library's lexicon does not take for the same."""
    from bonhoa.apparatus.overlap.statements import normalise

    return frozenset((a, b) for a, others in OTHER_WORDS.items() for b in others if normalise(a) != normalise(b))
