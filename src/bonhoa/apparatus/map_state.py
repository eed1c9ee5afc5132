"""The map of a day as values: the units that a change concerns, with everything that hangs on them.

Made by the system's snapshots from records, or by hand; `bonhoa.apparatus.events` turns one into another. Every thing
has a key that stays the same while the thing goes on: the code of a unit, position or post, else the row's own key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, Self, TypeVar


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit on the day; [since, until) is its life as far as it is recorded."""

    key: str
    name: str
    level: str
    kind: str
    parent: str | None = None
    short_name: str = ""
    codes: tuple[tuple[str, str], ...] = ()  # (scheme, code)
    other_parents: tuple[tuple[str, str], ...] = ()  # (relation, unit)
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def label(self) -> str:
        """How a sentence names it."""
        return self.name


@dataclass(frozen=True, slots=True)
class MandateState:
    """`unit` holds `function` in `scope` (None: everywhere)."""

    key: str
    function: str
    unit: str
    role: str
    scope: str | None = None
    statement: str = ""

    @property
    def label(self) -> str:
        """How a sentence names it."""
        return self.statement or self.function


@dataclass(frozen=True, slots=True)
class PositionState:
    """A job position of a unit."""

    key: str
    unit: str
    title: str = ""

    @property
    def label(self) -> str:
        """How a sentence names it."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class PostState:
    """A numbered post."""

    key: str
    unit: str
    position: str
    title: str = ""
    is_head: bool = False
    is_deputy: bool = False

    @property
    def label(self) -> str:
        """How a sentence names it."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class DutyState:
    """A position serves a function in a scope."""

    key: str
    position: str
    function: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class HoldingState:
    """A person in a post."""

    key: str
    post: str
    person: str
    mode: str
    name: str = ""

    @property
    def label(self) -> str:
        """How a sentence names the person."""
        return self.name or self.person


@dataclass(frozen=True, slots=True)
class HungState:
    """Something of another room that hangs on a unit: an open task, a procedure. `what` names the kind."""

    key: str
    what: str
    unit: str
    text: str = ""
    words: tuple[str, str] = ("việc", "things")  # what a sentence calls the kind, in Vietnamese and English

    @property
    def label(self) -> str:
        """How a sentence names it."""
        return self.text or self.key


class Keyed(Protocol):
    """Whatever stands in a map under its key."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


def by_key(things: Iterable[T]) -> dict[str, T]:
    """The things by their keys."""
    return {thing.key: thing for thing in things}


@dataclass(frozen=True)
class MapState:
    """The part of the map that a change needs to know. Mappings are not changed, only replaced.

    `taken`: keys of units that may not be used again; `codes`: (scheme, code) → the unit that bears it on the day.
    """

    units: Mapping[str, UnitState] = field(default_factory=dict)
    mandates: Mapping[str, MandateState] = field(default_factory=dict)
    positions: Mapping[str, PositionState] = field(default_factory=dict)
    posts: Mapping[str, PostState] = field(default_factory=dict)
    duties: Mapping[str, DutyState] = field(default_factory=dict)
    holdings: Mapping[str, HoldingState] = field(default_factory=dict)
    hung: Mapping[str, HungState] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def but(self, **parts: Any) -> Self:
        """This map with some of its mappings replaced."""
        return replace(self, **parts)

    def figures(self) -> dict[str, int]:
        """What a comparison counts."""
        official = {h.post for h in self.holdings.values() if h.mode == "official"}
        return {
            "units": len(self.units),
            "heads": sum(post.is_head for post in self.posts.values()),
            "units_without_head": len(self.units.keys() - {p.unit for p in self.posts.values() if p.is_head}),
            "deputies": sum(post.is_deputy for post in self.posts.values()),
            "positions": len(self.positions),
            "posts": len(self.posts),
            "vacant_posts": len(self.posts.keys() - official),
            "mandates": len(self.mandates),
            "people": len({h.person for h in self.holdings.values()}),
            "hung": len(self.hung),
        }
