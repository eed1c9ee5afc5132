"""The audit: every rule over every date of the tables that an engine holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from bonhoa.apparatus.audit import rules
from bonhoa.apparatus.audit.cycles import Line, circles
from bonhoa.apparatus.audit.engines import Engine
from bonhoa.apparatus.audit.rules import CHECKS, Check
from bonhoa.apparatus.audit.sweep import BEGIN, CODES, END
from bonhoa.apparatus.audit.tables import TABLES, unbound
from bonhoa.apparatus.audit.words import Grade, Rule
from bonhoa.common.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

FOUND, CYCLE_TABLES = "found", ("parents",)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold in [valid_from, valid_to), None where it is open.

    `key` is made of the rule, the codes and the first day: the same fault has the same key on every run, whatever
    the rows are numbered. `codes` are what it is about, by `rule.kinds`; `evidence` the ids of the rows that it rests
    on (for a span or a circle the codes of the units). `value` is the most that was reached, `bound` what is allowed.
    """

    rule: Rule
    key: str
    codes: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    value: int
    bound: int
    evidence: tuple[str, ...]
    vi: str
    en: str

    @property
    def grade(self) -> Grade:
        """How it stands."""
        return self.rule.grade


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that was not run, and why."""

    rule: Rule
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that the findings of `rule` were measured by, with its source and whether that was checked."""

    rule: str
    kind: str
    level: str
    value: int
    source: str
    status: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings by key, the rules that could not be run, and the limits that stood."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    limits: tuple[Limit, ...]

    def checksum(self) -> str:
        """SHA-256 over every finding with its period, amounts and evidence: equal where two engines agree."""
        digest = hashlib.sha256()
        for f in self.findings:
            digest.update(
                json.dumps([f.key, str(f.valid_to), f.value, f.bound, f.evidence], ensure_ascii=False).encode()
            )
        return digest.hexdigest()


def audit(engine: Engine) -> Audit:
    """Run every rule for which the engine has the tables; InputError where a table breaks the contract."""
    for name in TABLES:
        if name in engine.tables:
            _check_values(engine, name)
    limits = _limits(engine)
    named = {limit.rule for limit in limits}
    raw: list[_Raw] = []
    not_run: dict[Rule, NotRun] = {}
    for number, check in enumerate(CHECKS):
        if reason := _cannot(engine, check, named):
            not_run |= {rule: NotRun(rule, *reason) for rule in check.rules if rule is not Rule.EMPTY_PERIOD}
        else:
            raw += _run(engine, number)
    if "parents" in engine.tables:
        raw += _circles(engine)
    else:
        not_run[Rule.PARENT_CYCLE] = NotRun(Rule.PARENT_CYCLE, *_no_table("parents"))
    names = _names(engine, raw)
    found = sorted((_finding(one, names) for one in raw), key=lambda f: f.key)
    return Audit(tuple(found), tuple(not_run.values()), limits)


@dataclass(frozen=True, slots=True)
class _Raw:
    rule: Rule
    codes: tuple[str, ...]
    start: dt.date
    end: dt.date
    value: int
    bound: int
    evidence: tuple[str, ...]


# --- the tables against the contract ---------------------------------------------------------------------------------


def _faults(name: str) -> ibis.Table:
    """One row: for each column that may not be empty how often it is, for each vocabulary how many strange words."""
    table = unbound(name)
    counts = {f"empty_{c}": table[c].isnull().sum().cast("int64") for c in TABLES[name].columns}
    for column, words in TABLES[name].words.items():
        strange = table[column].notin([str(w) for w in words])
        counts[f"strange_{column}"] = strange.sum().cast("int64")
    return table.agg(**counts)


def _check_values(engine: Engine, name: str) -> None:
    for label, count in engine.run(_faults, name).to_pylist()[0].items():
        if not count:
            continue
        what, column = label.split("_", 1)
        if what == "empty":
            raise InputError(
                "empty_value",
                f"Bảng {name}, cột {column}: {count} dòng bỏ trống; hãy điền đủ.",
                f"Table {name}, column {column}: empty in {count} rows; fill it in.",
            )
        words = ", ".join(str(w) for w in TABLES[name].words[column])
        raise InputError(
            "strange_word",
            f"Bảng {name}, cột {column}: {count} dòng có giá trị lạ; chỉ nhận {words}.",
            f"Table {name}, column {column}: strange values in {count} rows; it takes {words}.",
        )


def _limits(engine: Engine) -> tuple[Limit, ...]:
    if "parameters" not in engine.tables:
        return ()
    columns = ("name", "kind", "level", "value", "source", "status", "valid_from", "valid_to")
    rows = _tuples(engine.run(unbound, "parameters"), *columns)
    return tuple(sorted((Limit(*row) for row in rows), key=str))


def _cannot(engine: Engine, check: Check, limits: set[str]) -> tuple[str, str] | None:
    missing = [name for name in check.needs if name not in engine.tables]
    if missing:
        return _no_table(*missing)
    if check.limit and not limits & {str(rule) for rule in check.rules}:
        name = check.rules[0]
        return f"chưa có tham số {name} trong bảng parameters", f"no parameter {name} in the table parameters"
    return None


def _no_table(*names: str) -> tuple[str, str]:
    return f"thiếu bảng {', '.join(names)}", f"no table {', '.join(names)}"


# --- findings --------------------------------------------------------------------------------------------------------


def _expression(number: int) -> ibis.Table:
    return rules.expression(CHECKS[number])


def _found() -> ibis.Table:
    codes = dict.fromkeys(["rule", *CODES], "string")
    return ibis.table(
        codes | {"value": "int64", "bound": "int64", "valid_from": "date", "valid_to": "date"}, name=FOUND
    )


def _evidence(number: int) -> ibis.Table:
    rows = rules.evidence(CHECKS[number], _found())
    if rows is None:
        raise LookupError(f"no rule of check {number} has evidence")
    return rows


def _run(engine: Engine, number: int) -> Iterator[_Raw]:
    """What one check finds, each with its evidence."""
    check = CHECKS[number]
    found = engine.run(_expression, number)
    if not found.num_rows:
        return
    engine.put(FOUND, found)
    resting: dict[tuple[str, ...], set[str]] = defaultdict(set)
    if check.witnesses:
        columns = engine.run(_evidence, number)
        for rule, c1, c2, c3, start, row in _tuples(columns, "rule", *CODES, "valid_from", "evidence"):
            resting[rule, c1, c2, c3, start].add(row)
    for rule, c1, c2, c3, start, end, value, bound in _tuples(
        found, "rule", *CODES, "valid_from", "valid_to", "value", "bound"
    ):
        known = Rule.of(rule)
        codes = (c1, c2, c3)[: len(known.kinds)]
        rows = tuple(sorted(resting.get((rule, c1, c2, c3, start), ())))
        yield _Raw(known, codes, start, end, value, bound, rows)


def _tuples(table: pa.Table, *columns: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    return zip(*(table.column(c).to_pylist() for c in columns), strict=True)


def _circles(engine: Engine) -> Iterator[_Raw]:
    lines = engine.run(rules.lines_of_the_tree)
    for circle in circles(Line(*line) for line in _tuples(lines, "unit", "parent", "valid_from", "valid_to")):
        yield _Raw(Rule.PARENT_CYCLE, circle.units[:1], circle.start, circle.end, len(circle.units), 0, circle.units)


# --- words -----------------------------------------------------------------------------------------------------------

# kind of a code → (table, its code, its name)
_NAMES = {
    "unit": ("names", "unit", "name"),
    "function": ("functions", "function", "statement"),
    "post": ("posts", "post", "name"),
}
_SAME_KIND = {"other_unit": "unit"}


def _naming(kind: str) -> ibis.Table:
    table, code, name = _NAMES[kind]
    rows, wanted = unbound(table), ibis.table({"code": "string"}, name=FOUND)
    return rows.semi_join(wanted, rows[code] == wanted.code).select(code=code, name=name, valid_from="valid_from")


def _names(engine: Engine, raw: list[_Raw]) -> dict[tuple[str, str], list[tuple[dt.date, str]]]:
    """(kind, code) → its names by the day from which each holds."""
    import pyarrow as pa

    codes: dict[str, set[str]] = defaultdict(set)
    for one in raw:
        for kind, code in zip(one.rule.kinds, one.codes, strict=True):
            codes[_SAME_KIND.get(kind, kind)].add(code)
    names: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for kind, (table, _, _) in _NAMES.items():
        if codes[kind] and table in engine.tables:
            engine.put(FOUND, pa.table({"code": pa.array(sorted(codes[kind]), pa.string())}))
            for code, name, start in _tuples(engine.run(_naming, kind), "code", "name", "valid_from"):
                names[kind, code].append((start or BEGIN, name))
    for told in names.values():
        told.sort()
    return names


def _named(kind: str, code: str, on: dt.date, names: dict[tuple[str, str], list[tuple[dt.date, str]]]) -> str:
    """ "Name (code)" as it was called on that day, or was first called later; the code alone where no name is known."""
    told = names.get((_SAME_KIND.get(kind, kind), code))
    if not told:
        return code
    name = next((name for start, name in reversed(told) if start <= on), told[0][1])
    return f"{name} ({code})"


def _finding(one: _Raw, names: dict[tuple[str, str], list[tuple[dt.date, str]]]) -> Finding:
    start, end = (one.start if one.start > BEGIN else None), (one.end if one.end < END else None)
    named = tuple(_named(k, c, one.start, names) for k, c in zip(one.rule.kinds, one.codes, strict=True))
    return Finding(
        rule=one.rule,
        key="|".join([str(one.rule), *one.codes, start.isoformat() if start else ""]),
        codes=one.codes,
        valid_from=start,
        valid_to=end,
        value=one.value,
        bound=one.bound,
        evidence=one.evidence,
        vi=f"{one.rule.sentence('vi', named, one.value, one.bound)}{_period('vi', start, end)}.",
        en=f"{one.rule.sentence('en', named, one.value, one.bound)}{_period('en', start, end)}.",
    )


def _period(language: str, start: dt.date | None, end: dt.date | None) -> str:
    """ ", từ ngày 01/07/2025 đến hết ngày 31/12/2025", with what of it is known."""
    last = end - dt.timedelta(days=1) if end else None
    since, until, form = ("từ ngày", "đến hết ngày", "%d/%m/%Y") if language == "vi" else ("from", "to", "%Y-%m-%d")
    told = [f"{word} {day.strftime(form)}" for word, day in ((since, start), (until, last)) if day]
    return ", " + " ".join(told) if told else ""
