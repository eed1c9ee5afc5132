"""What hangs on a unit: each room registers what of its own does, and the apparatus asks before it closes a unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Hung:
    """One thing that hangs on a unit: `key` names it within its kind, `text` is what a sentence calls it."""

    key: str
    unit_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Hanger:
    """A kind of things. `held_by(unit ids)` tells those that a closing must not lose; `move(keys, unit, by,
    act)` hands them to another unit, inside the running action, by whose decision and which act, and returns what had
    to go for it as JSON; `give_back(keys, unit, by, act, removed)` is the way back. `address(unit)` shows them."""

    what: str
    words: tuple[str, str]
    held_by: Callable[[Collection[int]], Iterable[Hung]]
    move: Callable[[Collection[str], Any, Any, str], list[Any]]
    give_back: Callable[[Collection[str], Any, Any, str, list[Any]], None]
    address: Callable[[Any], str]


_hangers: dict[str, Hanger] = {}


def register(hanger: Hanger) -> None:
    """A room says what of its own hangs on units."""
    _hangers[hanger.what] = hanger


def hangers() -> dict[str, Hanger]:
    """Every kind of things that hang on units, by its name."""
    return dict(_hangers)
