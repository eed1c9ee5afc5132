"""The audit against a checker that goes through the days one by one and through all pairs of rows, rule by rule."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.library.apparatus.maps import audited, tables

from bonhoa.apparatus.audit.cycles import Line, circles, tangles
from bonhoa.apparatus.audit.words import Rule

FIRST = dt.date(2024, 2, 26)
DAYS = [FIRST + dt.timedelta(days=i) for i in range(8)]  # over 29 February
BEFORE, AFTER = FIRST - dt.timedelta(days=1), DAYS[-1] + dt.timedelta(days=1)
ALL = [BEFORE, *DAYS, AFTER]  # the first and last stand for all days before and after
Row = dict[str, Any]


def small_maps(chance: random.Random, number: int) -> list[dict[str, list[Row]]]:
    """Rows of every table over few codes and days: overlaps, gaps, strangers and empty periods come by themselves.

    The parameters are the same in all maps."""

    def some(most: int, make: Callable[[], Row]) -> list[Row]:
        return [make() | period() for _ in range(chance.randint(0, most))]

    def period() -> Row:
        if chance.random() < 0.3:
            return {}
        start, end = chance.choice([None, *DAYS]), chance.choice([None, *DAYS])
        if start and end and start > end and chance.random() < 0.9:
            start, end = end, start
        return {"valid_from": start.isoformat() if start else None, "valid_to": end.isoformat() if end else None}

    pick = chance.choice
    parameters = some(
        4,
        lambda: {
            "name": pick(["deputies", "deputies_average", "span"]),
            "kind": pick(["", "m"]),
            "value": pick([0, 1]),
        },
    )
    return [{
        "units": some(6, lambda: {"unit": pick("abc"), "kind": pick("mn"), "needs_head": pick([True, False])}),
        "parents": some(6, lambda: {"unit": pick("abc"), "parent": pick("abc"), "relation": pick(["line", "line", "party"])}),
        "functions": some(2, lambda: {"function": pick("fg")}),
        "mandates": some(6, lambda: {"function": pick("fg"), "scope": pick(["", "x"]), "unit": pick("ab"), "role": pick(["lead", "lead", "support"])}),
        "positions": [{"position": p, "job": j} for p, j in zip("vwy", "jkk", strict=True)],
        "posts": some(5, lambda: {"post": pick("pqr"), "position": pick("vwy"), "unit": pick("ab"), "rank": pick(["head", "deputy", "deputy", "other"])}),
        "holdings": some(7, lambda: {"post": pick("pqr"), "person": pick("st"), "mode": pick(["official", "official", "acting"]), "load": pick([40, 60, 100])}),
        "job_conflicts": some(2, lambda: {"job_a": pick("jk"), "job_b": pick("jk")}),
        "parameters": parameters,
    } for _ in range(number)]  # fmt: skip


# --- the checker -----------------------------------------------------------------------------------------------------

Hit = tuple[Rule, tuple[str, ...], int, int]


def on(rows: list[Row], day: dt.date) -> list[Row]:
    return [r for r in rows if (r["valid_from"] or dt.date.min) <= day < (r["valid_to"] or dt.date.max)]


def hits(m: dict[str, list[Row]], day: dt.date) -> Iterator[Hit]:
    """What is wrong on one day, each rule as it reads."""
    units, parents, functions, mandates, posts, holdings, conflicts, parameters = (
        on(m[t], day) for t in ("units", "parents", "functions", "mandates", "posts", "holdings", "job_conflicts", "parameters")
    )  # fmt: skip
    lines = [r for r in parents if r["relation"] == "line"]
    alive = {u["unit"] for u in units}
    job = {p["position"]: p["job"] for p in m["positions"]}

    for function in {r["function"] for r in m["functions"]} | {r["function"] for r in m["mandates"]}:
        for scope in {r["scope"] for r in m["mandates"] if r["function"] == function} or {""}:
            leads = [r for r in mandates if (r["function"], r["scope"], r["role"]) == (function, scope, "lead")]
            exists = any(r["function"] == function for r in functions)
            if len(leads) > 1:
                yield Rule.MANDATE_OVERLAP, (function, scope), len(leads), 1
            if exists and not leads:
                yield Rule.MANDATE_GAP, (function, scope), 0, 0
            if leads and not exists:
                yield Rule.MANDATE_BEYOND, (function, scope), len(leads), 0
    for post in {r["post"] for r in m["posts"]} | {r["post"] for r in m["holdings"]}:
        holders = [r for r in holdings if r["post"] == post]
        official = [r for r in holders if r["mode"] == "official"]
        seats = [r for r in posts if r["post"] == post]
        if len(official) > 1:
            yield Rule.POST_DOUBLE, (post,), len(official), 1
        if any(r["rank"] != "head" for r in seats) and not holders:
            yield Rule.POST_VACANT, (post,), 0, 0
        if holders and not seats:
            yield Rule.HOLDING_BEYOND, (post,), len(holders), 0
    held = [(h, p) for h in holdings for p in posts if h["post"] == p["post"]]
    for unit in alive | {r["unit"] for r in posts}:
        heads = [p for p in posts if (p["unit"], p["rank"]) == (unit, "head")]
        wanted = any(u["needs_head"] for u in units if u["unit"] == unit)
        if wanted and not any(p["unit"] == unit and p["rank"] == "head" for _, p in held):
            yield Rule.HEAD_MISSING, (unit,), 0, 0
        if len(heads) > 1:
            yield Rule.HEAD_DOUBLE, (unit,), len(heads), 1
    yield from {
        *((Rule.MANDATE_OF_CLOSED, (r["unit"], r["function"], r["scope"]), 0, 0) for r in mandates if r["unit"] not in alive),
        *((Rule.POST_OF_CLOSED, (r["unit"], r["post"]), 0, 0) for r in posts if r["unit"] not in alive),
        *((Rule.PARENT_CLOSED, (r["unit"], r["parent"]), 0, 0) for r in parents if not {r["unit"], r["parent"]} <= alive),
    }  # fmt: skip
    for person in {r["person"] for r in holdings}:
        load = sum(r["load"] for r in holdings if r["person"] == person)
        if load > 100:
            yield Rule.OVERLOAD, (person,), load, 100
        pairs = {
            (person, *sorted((c["job_a"], c["job_b"])))
            for c in conflicts
            for (h, p), (i, q) in itertools.product(held, held)
            if h["person"] == i["person"] == person and h is not i
            if (job[p["position"]], job[q["position"]]) == (c["job_a"], c["job_b"])
        }
        yield from ((Rule.INCOMPATIBLE, pair, 0, 0) for pair in pairs)
    yield from limited(units, lines, held, parameters)
    for unit in {r["unit"] for r in lines}:
        above = [r for r in lines if r["unit"] == unit]
        if len(above) > 1:
            yield Rule.PARENT_DOUBLE, (unit,), len(above), 1
    for group in reaching([(r["unit"], r["parent"]) for r in lines]):
        yield Rule.PARENT_CYCLE, group, len(group), 0


def limited(units: list[Row], lines: list[Row], held: list[tuple[Row, Row]], parameters: list[Row]) -> Iterator[Hit]:
    def bounds(rule: str, kind: str) -> list[int]:
        return [p["value"] for p in parameters if p["name"] == rule and p["kind"] in ("", kind)]

    deputies = [p["unit"] for _, p in held if p["rank"] == "deputy"]
    for rule, count in (("deputies", deputies.count), ("span", [r["parent"] for r in lines].count)):
        for unit in {u["unit"] for u in units}:
            allowed = [b for u in units if u["unit"] == unit for b in bounds(rule, u["kind"])]
            if allowed and count(unit) > min(allowed):
                yield Rule.of(rule), (unit,), count(unit), min(allowed)
    siblings = [(r["parent"], u["kind"], u["level"], u["unit"]) for r in lines for u in units if r["unit"] == u["unit"]]
    for parent, kind, level in {s[:3] for s in siblings}:
        members = [s[3] for s in siblings if s[:3] == (parent, kind, level)]
        number, allowed = sum(deputies.count(u) for u in members), bounds("deputies_average", kind)
        if allowed and number > min(allowed) * len(members):
            yield Rule.DEPUTIES_AVERAGE, (parent, kind, level), number, min(allowed) * len(members)


def reaching(edges: list[tuple[str, str]]) -> set[tuple[str, ...]]:
    """Groups that reach each other, by following every edge as often as there are nodes."""
    reach = {u: {p for c, p in edges if c == u} for u, _ in edges}
    for _ in range(len(reach)):
        for above in reach.values():
            above |= set().union(*(reach.get(p, set()) for p in above))
    return {tuple(sorted(v for v in reach if v in reach[u] and u in reach[v])) for u in reach if u in reach[u]}


def checked(m: dict[str, list[Row]]) -> list[tuple[str, str | None, int, int]]:
    """The days gathered into periods."""
    by_day: dict[tuple[Rule, tuple[str, ...]], dict[int, tuple[int, int]]] = defaultdict(dict)
    for number, day in enumerate(ALL):
        for rule, codes, value, bound in hits(m, day):
            by_day[rule, codes][number] = (value, bound)
    found = []
    for (rule, codes), days in by_day.items():
        told = codes[:1] if rule is Rule.PARENT_CYCLE else codes
        for number in sorted(days):
            if number - 1 in days:
                continue
            end = next(n for n in range(number, len(ALL) + 1) if n not in days)
            amounts = [days[n] for n in range(number, end)]
            key = "|".join([str(rule), *told, ALL[number].isoformat() if number else ""])
            until = ALL[end].isoformat() if end < len(ALL) else None
            found.append((key, until, max(v for v, _ in amounts), min(b for _, b in amounts)))
    return sorted(found)


def compare(maps: list[dict[str, list[Row]]]) -> set[str]:
    """Audit and checker must agree on every map; the rules that found anything."""
    made = [tables(**m) for m in maps]
    found = audited(made)
    for number, (rows, arrow) in enumerate(zip(maps, made, strict=True)):
        ours = [f[:4] for f in found[number] if not f[0].startswith("empty_period")]
        assert sorted(ours) == checked({name: table.to_pylist() for name, table in arrow.items()}), rows
    return {f[0].split("|")[0] for fs in found.values() for f in fs}


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.randoms(use_true_random=False))
def test_any_map(chance: random.Random) -> None:
    compare(small_maps(chance, 4))


def test_many_maps_at_once_and_every_rule_among_them() -> None:
    chance = random.Random(5)
    assert compare(small_maps(chance, 200)) == {str(r) for r in Rule}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 5), st.integers(1, 3)), max_size=12))
def test_circles(rows: list[tuple[int, int, int, int]]) -> None:
    lines = [Line(str(u), str(p), DAYS[s], DAYS[min(s + n, 7)]) for u, p, s, n in rows]
    standing = {
        (group, day)
        for day in DAYS
        for group in reaching([(x.unit, x.parent) for x in lines if x.start <= day < x.end])
    }
    found = circles(lines)
    assert {(c.units, d) for c in found for d in DAYS if c.start <= d < c.end} == standing
    assert sum((c.end - c.start).days for c in found) == len(standing)


def test_a_tree_of_twenty_thousand_units_in_one_chain_is_walked_without_recursion() -> None:
    chain = [(str(i), str(i + 1)) for i in range(20_000)]
    assert tangles(chain) == []
    assert len(tangles([*chain, ("20000", "0")])[0]) == 20_001
