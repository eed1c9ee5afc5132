"""The rules, as Ibis expressions that are bound to no engine: each gives its findings over all dates.

A check computes the findings of the rules that share its steps, and for each of them names its witnesses: the rows that
a finding rests on. Both have the columns of `sweep.findings`; a witness has `evidence`, its id, instead of the amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import ibis

from bonhoa.apparatus.audit.sweep import BEGIN, CODES, END, broken, dated, findings, merged, steps, together, with_ends
from bonhoa.apparatus.audit.tables import TABLES, PostRank, unbound
from bonhoa.apparatus.audit.words import Rule
from bonhoa.apparatus.vocabulary import HoldingMode, MandateRole, ParentRelation

FULL_TIME = 100  # percent: what one person has, whoever shares it out


@dataclass(frozen=True)
class Check:
    """Rules that are computed together from the tables `needs`; a rule of `limits` needs a parameter of its name."""

    rules: tuple[Rule, ...]
    needs: tuple[str, ...]
    find: Callable[[], ibis.Table]
    witnesses: Mapping[Rule, Callable[[], ibis.Table]] = field(default_factory=dict)
    limit: bool = False


def expression(check: Check) -> ibis.Table:
    """The findings of a check, each once."""
    return merged(check.find())


def evidence(check: Check, found: ibis.Table) -> ibis.Table | None:
    """(rule, c1, c2, c3, valid_from, evidence) of the findings `found` of this check; None if it has no witnesses."""
    pieces = []
    for rule, witness in check.witnesses.items():
        rows = witness()
        mine = found.filter(found.rule == str(rule)).rename(until="valid_to", since="valid_from")
        joined = mine.join(rows, list(CODES))
        standing = joined.filter((joined.valid_from < joined.until) & (joined.since < joined.valid_to))
        pieces.append(standing.select("rule", *CODES, valid_from="since", evidence="evidence"))
    return ibis.union(*pieces) if len(pieces) > 1 else (pieces[0] if pieces else None)


def _witness(rows: ibis.Table, codes: list[str], row: str) -> ibis.Table:
    named = {c: rows[codes[i]] if i < len(codes) else ibis.literal("") for i, c in enumerate(CODES)}
    return rows.select(**named, evidence=rows[row], valid_from=rows.valid_from, valid_to=rows.valid_to)


def _either(*tables: ibis.Table) -> ibis.Table:
    return ibis.union(*tables)


# --- one function, one lead ------------------------------------------------------------------------------------------


def _leads() -> ibis.Table:
    mandates = dated(unbound("mandates"))
    return mandates.filter(mandates.role == str(MandateRole.LEAD))


def _find_mandates() -> ibis.Table:
    """R1 over (function, scope): a scope is wanted where some mandate names it, else the whole country."""
    functions = dated(unbound("functions"))
    scopes = unbound("mandates").select("function", "scope").distinct()
    wanted = functions.left_join(scopes, "function").select(
        "function", scope=ibis.coalesce(scopes.scope, ibis.literal("")), valid_from="valid_from", valid_to="valid_to"
    )
    by = ["function", "scope"]
    step = steps(by, (wanted, {"alive": ibis.literal(1)}), (_leads(), {"leads": ibis.literal(1)}))
    return broken(
        step,
        by,
        (Rule.MANDATE_OVERLAP, lambda s: s.leads > 1, "leads", 1),
        (Rule.MANDATE_GAP, lambda s: (s.alive > 0) & (s.leads == 0), None, 0),
        (Rule.MANDATE_BEYOND, lambda s: (s.alive == 0) & (s.leads > 0), "leads", 0),
    )


def _leads_witness() -> ibis.Table:
    return _witness(_leads(), ["function", "scope"], "mandate")


# --- one post, one official holder -----------------------------------------------------------------------------------


def _of_mode(holdings: ibis.Table, mode: HoldingMode) -> ibis.Table:
    return holdings.filter(holdings["mode"] == str(mode))


def _find_posts() -> ibis.Table:
    """R3. A post is vacant when nobody fills it in any mode; of a head's post the rule about heads speaks."""
    posts, holdings = dated(unbound("posts")), dated(unbound("holdings"))
    official = (holdings["mode"] == str(HoldingMode.OFFICIAL)).cast("int64")
    counted = (posts["rank"] != str(PostRank.HEAD)).cast("int64")
    by = ["post"]
    step = steps(
        by,
        (posts, {"alive": ibis.literal(1), "wanted": counted}),
        (holdings, {"held": ibis.literal(1), "official": official}),
    )
    return broken(
        step,
        by,
        (Rule.POST_DOUBLE, lambda s: s.official > 1, "official", 1),
        (Rule.POST_VACANT, lambda s: (s.wanted > 0) & (s.held == 0), None, 0),
        (Rule.HOLDING_BEYOND, lambda s: (s.alive == 0) & (s.held > 0), "held", 0),
    )


def _official_witness() -> ibis.Table:
    return _witness(_of_mode(dated(unbound("holdings")), HoldingMode.OFFICIAL), ["post"], "holding")


def _holdings_witness() -> ibis.Table:
    return _witness(dated(unbound("holdings")), ["post"], "holding")


# --- one unit, one head ----------------------------------------------------------------------------------------------


def _posts_of(rank: PostRank) -> ibis.Table:
    posts = dated(unbound("posts"))
    return posts.filter(posts["rank"] == str(rank))


def _held(rank: PostRank) -> ibis.Table:
    """Who fills the posts of a rank, with the unit, while both the post and the holding hold."""
    return together(dated(unbound("holdings")), _posts_of(rank), ["post"])


def _find_heads() -> ibis.Table:
    units = dated(unbound("units"))
    by = ["unit"]
    step = steps(
        by,
        (units, {"wanted": units.needs_head.cast("int64")}),
        (_posts_of(PostRank.HEAD), {"posts": ibis.literal(1)}),
        (_held(PostRank.HEAD), {"heads": ibis.literal(1)}),
    )
    return broken(
        step,
        by,
        (Rule.HEAD_MISSING, lambda s: (s.wanted > 0) & (s.heads == 0), None, 0),
        (Rule.HEAD_DOUBLE, lambda s: s.posts > 1, "posts", 1),
    )


def _head_posts_witness() -> ibis.Table:
    return _witness(_posts_of(PostRank.HEAD), ["unit"], "post")


# --- nothing of a unit outside its life ------------------------------------------------------------------------------


def _find_closed() -> ibis.Table:
    """Rows that hold while a unit that they name does not exist."""
    units, mandates = dated(unbound("units")), dated(unbound("mandates"))
    posts, parents = dated(unbound("posts")), dated(unbound("parents"))
    upper = parents.select("unit", "parent", "valid_from", "valid_to", about=parents.parent)
    lower = parents.select("unit", "parent", "valid_from", "valid_to", about=parents.unit)
    named = [t.select("unit") for t in (units, mandates, posts, parents)]
    known = ibis.union(*named, parents.select(unit=parents.parent), distinct=True).mutate(
        valid_from=ibis.literal(BEGIN), valid_to=ibis.literal(END)
    )
    life = steps(["unit"], (units, {"alive": ibis.literal(1)}), (known, {"named": ibis.literal(1)}))
    absent = life.filter(life.alive == 0).select("unit", "valid_from", "valid_to")
    edges = together(_either(upper, lower), absent.rename(about="unit"), ["about"])
    return _either(
        findings(Rule.MANDATE_OF_CLOSED, together(mandates, absent, ["unit"]), ["unit", "function", "scope"]),
        findings(Rule.POST_OF_CLOSED, together(posts, absent, ["unit"]), ["unit", "post"]),
        findings(Rule.PARENT_CLOSED, edges, ["unit", "parent"]),
    )


def _mandates_witness() -> ibis.Table:
    return _witness(dated(unbound("mandates")), ["unit", "function", "scope"], "mandate")


# --- people ----------------------------------------------------------------------------------------------------------


def _find_load() -> ibis.Table:
    holdings = dated(unbound("holdings"))
    step = steps(["person"], (holdings, {"load": holdings.load}))
    return broken(step, ["person"], (Rule.OVERLOAD, lambda s: s.load > FULL_TIME, "load", FULL_TIME))


def _person_witness() -> ibis.Table:
    return _witness(dated(unbound("holdings")), ["person"], "holding")


def _conflicting() -> ibis.Table:
    """Pairs of holdings of one person in jobs that exclude each other: person, job_a < job_b, the two holdings."""
    conflicts = dated(unbound("job_conflicts"))
    ordered = conflicts.select(
        job_a=ibis.least(conflicts.job_a, conflicts.job_b),
        job_b=ibis.greatest(conflicts.job_a, conflicts.job_b),
        valid_from=conflicts.valid_from,
        valid_to=conflicts.valid_to,
    )
    named = _either(ordered.select(job="job_a"), ordered.select(job="job_b")).distinct()
    positions = unbound("positions").semi_join(named, "job").select("position", "job")
    posts = dated(unbound("posts")).join(positions, "position").select("post", "job", "valid_from", "valid_to")
    holdings = dated(unbound("holdings")).select("holding", "person", "post", "valid_from", "valid_to")
    held = together(holdings, posts, ["post"])
    first = held.select("person", "valid_from", "valid_to", job_a="job", holding_a="holding")
    second = held.select("person", "valid_from", "valid_to", job_b="job", holding_b="holding")
    both = together(together(first, ordered, ["job_a"]), second, ["person", "job_b"])
    return both.filter(both.holding_a != both.holding_b)


def _find_conflicts() -> ibis.Table:
    return findings(Rule.INCOMPATIBLE, _conflicting(), ["person", "job_a", "job_b"])


def _conflict_witness() -> ibis.Table:
    pairs, by = _conflicting(), ["person", "job_a", "job_b"]
    return _either(_witness(pairs, by, "holding_a"), _witness(pairs, by, "holding_b")).distinct()


# --- limits ----------------------------------------------------------------------------------------------------------


def _limited(rule: Rule, step: ibis.Table, by: list[str], kinds: ibis.Table, times: str | None = None) -> ibis.Table:
    """Steps (by…, number) above the parameter of the rule; `kinds` says of what kind and level the key is, when.

    With `times` the limit is for each of the things that this measure of the step counts: an average."""
    parameters = dated(unbound("parameters"))
    limits = parameters.filter(parameters["name"] == str(rule))
    pairs = kinds.cross_join(limits.rename(for_kind="kind", for_level="level", since="valid_from", until="valid_to"))
    applies = (
        ((pairs.for_kind == "") | (pairs.for_kind == pairs.kind))
        & ((pairs.for_level == "") | (pairs.for_level == pairs.level))
        & (pairs.since < pairs.valid_to)
        & (pairs.valid_from < pairs.until)
    )
    fits = pairs.filter(applies)
    bounded = fits.select(
        *by,
        limit=fits["value"],
        valid_from=ibis.greatest(fits.valid_from, fits.since),
        valid_to=ibis.least(fits.valid_to, fits.until),
    )
    held = together(step, bounded, by)
    allowed = held["limit"] * held[times] if times else held["limit"]
    over = held.mutate(allowed=allowed)
    over = over.filter(over.number > over.allowed)
    return findings(rule, over, by, over.number, over.allowed)


def _kinds() -> ibis.Table:
    return dated(unbound("units")).select("unit", "kind", "level", "valid_from", "valid_to")


def _lines() -> ibis.Table:
    parents = dated(unbound("parents"))
    return parents.filter(parents.relation == str(ParentRelation.LINE))


def _find_deputies() -> ibis.Table:
    step = steps(["unit"], (_held(PostRank.DEPUTY), {"number": ibis.literal(1)}))
    return _limited(Rule.DEPUTIES, step, ["unit"], _kinds())


def _deputies_witness() -> ibis.Table:
    return _witness(_held(PostRank.DEPUTY), ["unit"], "holding")


def _siblings() -> ibis.Table:
    """Units with parent, kind and level, while all of these hold."""
    lines = _lines().select("unit", "parent", "valid_from", "valid_to")
    return together(lines, _kinds(), ["unit"])


def _find_average() -> ibis.Table:
    """Deputies of the units of a kind and level under one parent, against the limit times the number of the units."""
    by = ["parent", "kind", "level"]
    siblings = _siblings()
    deputies = together(_held(PostRank.DEPUTY).select("unit", "valid_from", "valid_to"), siblings, ["unit"])
    step = steps(by, (siblings, {"units": ibis.literal(1)}), (deputies, {"number": ibis.literal(1)}))
    always = siblings.select(*by).distinct().mutate(valid_from=ibis.literal(BEGIN), valid_to=ibis.literal(END))
    return _limited(Rule.DEPUTIES_AVERAGE, step, by, always, times="units")


def _find_span() -> ibis.Table:
    step = steps(["parent"], (_lines(), {"number": ibis.literal(1)})).rename(unit="parent")
    return _limited(Rule.SPAN, step, ["unit"], _kinds())


def _children_witness() -> ibis.Table:
    return _witness(_lines(), ["parent"], "unit")


# --- the tree and the rows themselves --------------------------------------------------------------------------------


def _find_parents() -> ibis.Table:
    step = steps(["unit"], (_lines(), {"number": ibis.literal(1)}))
    return broken(step, ["unit"], (Rule.PARENT_DOUBLE, lambda s: s.number > 1, "number", 1))


def _parents_witness() -> ibis.Table:
    return _witness(_lines(), ["unit"], "parent")


def lines_of_the_tree() -> ibis.Table:
    """Who stands directly under whom, when: unit, parent, valid_from, valid_to. `cycles` walks them."""
    return _lines().select("unit", "parent", "valid_from", "valid_to")


def _empty_periods(name: str) -> Callable[[], ibis.Table]:
    def find() -> ibis.Table:
        rows = with_ends(unbound(name))
        empty = rows.filter(rows.valid_from >= rows.valid_to).mutate(table=ibis.literal(name))
        return findings(Rule.EMPTY_PERIOD, empty, ["table", *TABLES[name].codes])

    return find


def _checks() -> Iterator[Check]:
    yield Check(
        (Rule.MANDATE_OVERLAP, Rule.MANDATE_GAP, Rule.MANDATE_BEYOND),
        ("functions", "mandates"),
        _find_mandates,
        {Rule.MANDATE_OVERLAP: _leads_witness, Rule.MANDATE_BEYOND: _leads_witness},
    )
    yield Check(
        (Rule.POST_DOUBLE, Rule.POST_VACANT, Rule.HOLDING_BEYOND),
        ("posts", "holdings"),
        _find_posts,
        {Rule.POST_DOUBLE: _official_witness, Rule.HOLDING_BEYOND: _holdings_witness},
    )
    yield Check(
        (Rule.HEAD_MISSING, Rule.HEAD_DOUBLE),
        ("units", "posts", "holdings"),
        _find_heads,
        {Rule.HEAD_DOUBLE: _head_posts_witness},
    )
    yield Check(
        (Rule.MANDATE_OF_CLOSED, Rule.POST_OF_CLOSED, Rule.PARENT_CLOSED),
        ("units", "mandates", "posts", "parents"),
        _find_closed,
        {Rule.MANDATE_OF_CLOSED: _mandates_witness},
    )
    yield Check((Rule.OVERLOAD,), ("holdings",), _find_load, {Rule.OVERLOAD: _person_witness})
    yield Check(
        (Rule.INCOMPATIBLE,),
        ("job_conflicts", "positions", "posts", "holdings"),
        _find_conflicts,
        {Rule.INCOMPATIBLE: _conflict_witness},
    )
    yield Check(
        (Rule.DEPUTIES,),
        ("units", "posts", "holdings"),
        _find_deputies,
        {Rule.DEPUTIES: _deputies_witness},
        limit=True,
    )
    yield Check((Rule.DEPUTIES_AVERAGE,), ("units", "parents", "posts", "holdings"), _find_average, limit=True)
    yield Check((Rule.SPAN,), ("units", "parents"), _find_span, {Rule.SPAN: _children_witness}, limit=True)
    yield Check((Rule.PARENT_DOUBLE,), ("parents",), _find_parents, {Rule.PARENT_DOUBLE: _parents_witness})
    for name, table in TABLES.items():
        if table.dated:
            yield Check((Rule.EMPTY_PERIOD,), (name,), _empty_periods(name))


CHECKS = tuple(_checks())
