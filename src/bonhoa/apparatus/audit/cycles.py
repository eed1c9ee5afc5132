"""Circles in the tree of units, on whichever dates they stand.

To follow lines over any number of levels is no relational expression, so the engine hands over the lines (a few for
each unit, however large the nation) and they are walked here. Lines of a span of time put together that show no circle
have none on any day of it; only where they show one the span is halved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Line(NamedTuple):
    """`unit` stands directly under `parent` in [start, end)."""

    unit: str
    parent: str
    start: dt.date
    end: dt.date


class Circle(NamedTuple):
    """Units each of which stands, over some others, under itself, in [start, end)."""

    units: tuple[str, ...]
    start: dt.date
    end: dt.date


def circles(lines: Iterable[Line]) -> list[Circle]:
    """Every circle with the longest period over which it is made of the same units, by first unit and start."""
    lines = list(lines)
    days = sorted({day for line in lines for day in (line.start, line.end)})
    found = sorted(_in_span(lines, days), key=lambda c: (c.units, c.start))
    joined: list[Circle] = []
    for circle in found:
        if joined and joined[-1].units == circle.units and joined[-1].end == circle.start:
            joined[-1] = joined[-1]._replace(end=circle.end)
        else:
            joined.append(circle)
    return joined


def _in_span(lines: list[Line], days: list[dt.date]) -> Iterator[Circle]:
    """The circles of [days[0], days[-1]), cut at the days where the span was halved."""
    if len(days) < 2:
        return
    standing = [line for line in lines if line.start < days[-1] and days[0] < line.end]
    tangled = {unit: group for group in tangles((x.unit, x.parent) for x in standing) for unit in group}
    if not tangled:
        return
    if len(days) == 2:
        yield from (Circle(group, days[0], days[-1]) for group in sorted(set(tangled.values())))
        return
    kept = [x for x in standing if x.unit in tangled and tangled.get(x.parent) == tangled[x.unit]]
    middle = len(days) // 2
    yield from _in_span(kept, days[: middle + 1])
    yield from _in_span(kept, days[middle:])


def tangles(edges: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The groups of nodes that reach each other and themselves, each sorted: Tarjan's components, without recursion."""
    above: dict[str, list[str]] = {}
    for low, high in edges:
        above.setdefault(low, []).append(high)
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_nodes: dict[str, None] = {}  # the stack, in the order of entering
    groups: list[tuple[str, ...]] = []
    for root in above:
        if root in number:
            continue
        path = [(root, iter(above[root]))]
        number[root] = lowest[root] = len(number)
        open_nodes[root] = None
        while path:
            node, left = path[-1]
            for high in left:
                if high not in above:  # nothing above it: it cannot lead back
                    continue
                if high not in number:
                    number[high] = lowest[high] = len(number)
                    open_nodes[high] = None
                    path.append((high, iter(above[high])))
                    break
                if high in open_nodes:
                    lowest[node] = min(lowest[node], number[high])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    group = []
                    while True:
                        member, _ = open_nodes.popitem()
                        group.append(member)
                        if member == node:
                            break
                    if len(group) > 1 or node in above[node]:
                        groups.append(tuple(sorted(group)))
    return groups
