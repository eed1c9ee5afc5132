"""Rules over time as one mechanism: what holds for a key becomes steps, a rule is a condition on a step.

A row counts from its first day to before its last. Summing what begins and what ends over the days on which anything
changes gives, for each key, steps between which nothing changes: all dates at once. Days that neighbour and break the
same rule are one finding.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any

import ibis

BEGIN, END = dt.date.min, dt.date.max  # an open end, inside the expressions
CODES = ("c1", "c2", "c3")  # what a finding is about, by rule; "" where it needs fewer

# a rule, what is true of a step that breaks it, the measure that it counts and what is allowed
Verdict = tuple[str, Callable[[ibis.Table], ibis.Value], str | None, int]
Part = tuple[ibis.Table, Mapping[str, Any]]


def dated(table: ibis.Table) -> ibis.Table:
    """The rows with open ends closed by `BEGIN` and `END`, without those whose period is empty (a rule names them)."""
    closed = with_ends(table)
    return closed.filter(closed.valid_from < closed.valid_to)


def with_ends(table: ibis.Table) -> ibis.Table:
    """The rows with open ends closed."""
    return table.mutate(
        valid_from=ibis.coalesce(table.valid_from, ibis.literal(BEGIN)),
        valid_to=ibis.coalesce(table.valid_to, ibis.literal(END)),
    )


def together(left: ibis.Table, right: ibis.Table, on: list[str]) -> ibis.Table:
    """The pairs of rows that agree in `on` while both hold, with the period in which they do."""
    right = right.rename({f"{c}_right": c for c in right.columns if c in left.columns and c not in on})
    joined = left.join(right, on)
    start = ibis.greatest(joined.valid_from, joined.valid_from_right)
    end = ibis.least(joined.valid_to, joined.valid_to_right)
    pairs = joined.mutate(valid_from=start, valid_to=end)
    return pairs.filter(pairs.valid_from < pairs.valid_to).drop("valid_from_right", "valid_to_right")


def steps(by: list[str], *parts: Part) -> ibis.Table:
    """The sums of the parts' measures for each key between changes: by…, measures…, valid_from, valid_to.

    A part is a dated table that has the columns `by`, and what each of its rows adds to a measure while it holds.
    """
    measures = list(dict.fromkeys(m for _, adds in parts for m in adds))
    changes = []
    for table, adds in parts:
        for day, sign in ((table.valid_from, 1), (table.valid_to, -1)):
            amounts = {m: (adds[m] * sign if m in adds else ibis.literal(0)).cast("int64") for m in measures}
            changes.append(table.select(*by, day=day, **amounts).filter(day < END))
    change = ibis.union(*changes) if len(changes) > 1 else changes[0]
    daily = change.group_by([*by, "day"]).agg(**{m: change[m].sum() for m in measures})
    until_now = ibis.cumulative_window(group_by=by, order_by="day")
    following = ibis.window(group_by=by, order_by="day")
    return daily.select(
        *by,
        **{m: daily[m].sum().over(until_now) for m in measures},
        valid_from=daily.day,
        valid_to=ibis.coalesce(daily.day.lead().over(following), ibis.literal(END)),
    )


def findings(rule: str, broken: ibis.Table, codes: list[str], value: Any = 0, bound: Any = 0) -> ibis.Table:
    """The rows of `broken` in the form of findings: rule, c1, c2, c3, value, bound, valid_from, valid_to."""
    named = {c: broken[codes[i]] if i < len(codes) else ibis.literal("") for i, c in enumerate(CODES)}
    amounts = {
        name: (amount if isinstance(amount, ibis.Value) else ibis.literal(amount)).cast("int64")
        for name, amount in (("value", value), ("bound", bound))
    }
    return broken.select(
        rule=ibis.literal(rule), **named, **amounts, valid_from=broken.valid_from, valid_to=broken.valid_to
    )


def broken(step: ibis.Table, by: list[str], *verdicts: Verdict) -> ibis.Table:
    """The findings of rules over the same steps: those of all are picked out first, being few, then told apart."""
    some = step.filter(functools.reduce(operator.or_, (holds(step) for _, holds, _, _ in verdicts)))
    told = [
        findings(rule, mine := some.filter(holds(some)), by, mine[value] if value else 0, bound)
        for rule, holds, value, bound in verdicts
    ]
    return ibis.union(*told) if len(told) > 1 else told[0]


def merged(found: ibis.Table) -> ibis.Table:
    """Findings of one rule and the same codes that touch or overlap as one: the highest value, the lowest bound."""
    found = found.distinct()  # so that the order below is total, which two windows must agree on
    by = ["rule", *CODES]
    order = [found.valid_from, found.valid_to, found.value, found.bound]
    before = ibis.window(group_by=by, order_by=order, preceding=(None, 1))
    reached = found.mutate(reached=found.valid_to.max().over(before))
    opens = ibis.ifelse(reached.reached.isnull() | (reached.reached < reached.valid_from), 1, 0)
    marked = reached.mutate(opens=opens)
    so_far = ibis.cumulative_window(
        group_by=by, order_by=[marked.valid_from, marked.valid_to, marked.value, marked.bound]
    )
    numbered = marked.mutate(island=marked.opens.sum().over(so_far))
    return (
        numbered.group_by([*by, "island"])
        .agg(
            value=numbered.value.max(),
            bound=numbered.bound.min(),
            valid_from=numbered.valid_from.min(),
            valid_to=numbered.valid_to.max(),
        )
        .drop("island")
    )
