"""Small maps for the tests of the rules audit."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pyarrow as pa

from bonhoa.apparatus.audit.auditing import Finding, audit
from bonhoa.apparatus.audit.engines import DuckDB, hold
from bonhoa.apparatus.audit.tables import TABLES, arrow_schema


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


DEFAULTS: dict[str, dict[str, Any]] = {
    "units": {"kind": "department", "level": "province", "needs_head": False},
    "parents": {"relation": "line"},
    "functions": {"statement": "Quản lý thi đua"},
    "mandates": {"scope": "", "role": "lead"},
    "posts": {"rank": "other", "name": "Chuyên viên"},
    "holdings": {"mode": "official", "load": 100},
    "job_conflicts": {"basis": ""},
    "parameters": {"kind": "", "level": "", "source": "", "status": "unverified"},
}


def tables(**rows: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Every table of the contract, with these rows; days as texts, what is not said by DEFAULTS."""
    made = {}
    for name in TABLES:
        schema = arrow_schema(name)
        full = []
        for number, row in enumerate(rows.get(name, ())):
            days = {k: day(v) for k, v in row.items() if k.startswith("valid_") and v}
            full.append({name[:-1]: f"{name[0]}{number}"} | DEFAULTS.get(name, {}) | row | days)
        made[name] = pa.Table.from_pylist([{c: r.get(c) for c in schema.names} for r in full], schema=schema)
    return made


APART = {
    "kind",
    "name",
    "statement",
    "relation",
    "role",
    "rank",
    "mode",
    "basis",
    "level",
    "source",
    "status",
}  # not codes


def audited(maps: list[dict[str, pa.Table]]) -> dict[int, list[Any]]:
    """`told` of the findings of each of these maps, which are audited as one: every code says to which map it belongs.

    The parameters hold for all of them, so a case that has some has kinds of units of its own.
    """
    joined = {}
    for name, table in TABLES.items():
        codes = [c for c, kind in table.columns.items() if kind == "string" and c not in APART]
        parts = [
            [r | {c: f"{number}~{r[c]}" for c in codes if r[c]} for r in made[name].to_pylist()]
            for number, made in enumerate(maps)
        ]
        if name == "parameters":
            parts = [[dict(one) for one in {tuple(r.items()) for part in parts for r in part}]]
        joined[name] = pa.Table.from_pylist([r for part in parts for r in part], schema=arrow_schema(name))
    engine = DuckDB(threads=1)
    hold(engine, joined)
    found: dict[int, list[Any]] = {number: [] for number in range(len(maps))}
    for finding in audit(engine).findings:
        key, until, value, bound, evidence = told(finding)
        number = re.search(r"(\d+)~", key)
        if number is None:  # of a parameter, which is nobody's alone
            assert key.startswith("empty_period|parameters|"), key
            continue
        mark = number[0]
        found[int(number[1])].append(
            (key.replace(mark, ""), until, value, bound, tuple(e.replace(mark, "") for e in evidence))
        )
    return found


def told(finding: Finding) -> tuple[str, str | None, int, int, tuple[str, ...]]:
    return (
        finding.key,
        finding.valid_to.isoformat() if finding.valid_to else None,
        finding.value,
        finding.bound,
        finding.evidence,
    )
