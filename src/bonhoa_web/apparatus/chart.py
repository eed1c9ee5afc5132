"""The organisation chart of a day: which units are shown, which of their branches are open, in which system."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from bonhoa.apparatus.model import UnitKind, UnitLevel
from bonhoa.apparatus.systems import System, system_of
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.map_queries import Node, tree
from bonhoa_web.apparatus.staffing_queries import Staff, staff

MOST_OPEN = 200  # branches that an address names; the first ones are closed when more are opened


@dataclass(slots=True)
class Branch:
    """A unit in the chart, with what is under it if that is open."""

    node: Node
    open: bool = False
    staff: Staff | None = None
    below: list[Branch] = field(default_factory=list)

    def walk(self) -> Iterator[Branch]:
        """This branch and all that is shown under it."""
        yield self
        for branch in self.below:
            yield from branch.walk()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is shown of a day: the units at the top by system, or one unit with what is under it."""

    on: dt.date
    units: int
    counts: dict[System, int]
    groups: list[tuple[System, list[Branch]]]

    def walk(self) -> Iterator[Branch]:
        """Every unit that is shown."""
        for _system, branches in self.groups:
            for branch in branches:
                yield from branch.walk()


def opened(text: str) -> list[int]:
    """The open branches that an address names ("12.7"); what is no number is left out."""
    return list(dict.fromkeys(int(p) for p in text.split(".") if p.isascii() and p.isdecimal() and len(p) < 19))


def written(ids: Iterable[int]) -> str:
    """The open branches as an address names them."""
    return ".".join(map(str, list(ids)[-MOST_OPEN:]))


def chart(
    on: dt.date, *, open_ids: Collection[int] = (), system: System | None = None, root: int | None = None
) -> Chart:
    """The chart of a day; four round trips, whatever is open. Only open branches are made."""
    nodes = tree(on)
    counts = Counter(system_of(node.kind) for node in nodes.values())
    shown = nodes if system is None else _with_those_above(nodes, system)
    under = _by_parent(shown)
    wide = {*open_ids} | ({root} if root is not None else set())
    tops = [shown[root]] if root in shown else under.get(None, []) if root is None else []
    branches = [_branch(node, under, wide) for node in tops]
    groups = [(s, [b for b in branches if system_of(b.node.kind) is s]) for s in System]
    found = Chart(on, len(nodes), dict(counts), [(s, those) for s, those in groups if those])
    told = staff([b.node.id for b in found.walk()], on)
    for branch in found.walk():
        branch.staff = told.get(branch.node.id)
    return found


def communes_inside(on: dt.date) -> Counter[int]:
    """Unit → how many communes stand under it on a day, however far; one round trip."""
    nodes = tree(on)
    inside: Counter[int] = Counter()
    for node in nodes.values():
        if node.level == str(UnitLevel.COMMUNE) and node.kind == str(UnitKind.TERRITORY):
            while node.parent_id is not None:
                inside[node.parent_id] += 1
                node = nodes[node.parent_id]
    return inside


def _with_those_above(nodes: dict[int, Node], system: System) -> dict[int, Node]:
    """The units of a system and those between them and the top; `children` counts these only."""
    kept: dict[int, Node] = {}
    for node in nodes.values():
        if system_of(node.kind) is system:
            while node.id not in kept:
                node.children = 0
                kept[node.id] = node
                if node.parent_id is None:
                    break
                node = nodes[node.parent_id]
    for node in kept.values():
        if node.parent_id is not None:
            kept[node.parent_id].children += 1
    return kept


def _by_parent(nodes: dict[int, Node]) -> dict[int | None, list[Node]]:
    """Units by what they stand under: bodies in the order of the register, which is that of precedence; places after
    them by name."""
    under: dict[int | None, list[Node]] = {}
    for node in nodes.values():
        under.setdefault(node.parent_id, []).append(node)
    for those in under.values():
        those.sort(key=_place)
    return under


def _place(node: Node) -> tuple[bool, str, int]:
    is_place = node.kind == str(UnitKind.TERRITORY)
    return is_place, fold(node.name) if is_place else "", node.id


def _branch(node: Node, under: dict[int | None, list[Node]], wide: set[int]) -> Branch:
    is_open = node.id in wide and node.children > 0
    return Branch(node, is_open, None, [_branch(n, under, wide) for n in under.get(node.id, [])] if is_open else [])
