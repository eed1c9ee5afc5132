"""Planted faults: each is found with its period, key and words, and nothing else is."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from tests.library.apparatus.maps import audited, tables

from bonhoa.apparatus.audit.auditing import Audit, audit
from bonhoa.apparatus.audit.engines import DuckDB, hold
from bonhoa.apparatus.audit.words import Rule
from bonhoa.common.errors import InputError


def run(**rows: list[dict[str, Any]]) -> Audit:
    engine = DuckDB(threads=1)
    hold(engine, tables(**rows))
    return audit(engine)


def unit(code: str, since: str | None = "2020-01-01", until: str | None = None, **more: Any) -> dict[str, Any]:
    return {"unit": code, "valid_from": since, "valid_to": until} | more


def mandate(
    code: str, at: str, since: str | None = "2020-01-01", until: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"function": code, "unit": at, "valid_from": since, "valid_to": until} | more


def post(code: str, at: str, since: str | None = "2020-01-01", until: str | None = None, **more: Any) -> dict[str, Any]:
    return {"post": code, "position": "v", "unit": at, "valid_from": since, "valid_to": until} | more


def holding(
    at: str, who: str, since: str | None = "2020-01-01", until: str | None = None, **more: Any
) -> dict[str, Any]:
    return {"post": at, "person": who, "valid_from": since, "valid_to": until} | more


def line(child: str, parent: str, since: str | None = "2020-01-01", until: str | None = None) -> dict[str, Any]:
    return {"unit": child, "parent": parent, "valid_from": since, "valid_to": until}


UNITS = [unit("a"), unit("b")]
F = {"function": "f", "valid_from": "2020-01-01"}
MANDATES = {"units": UNITS, "functions": [F]}
POST = {"units": UNITS, "posts": [post("p", "a")]}

CASES: list[tuple[str, dict[str, list[dict[str, Any]]], list[tuple[str, str | None, int, int, tuple[str, ...]]]]] = [
    ("one lead after the other", MANDATES | {"mandates": [mandate("f", "a", until="2022-01-01"), mandate("f", "b", "2022-01-01")]}, []),
    ("two leads for a month", MANDATES | {"mandates": [mandate("f", "a", until="2022-02-01"), mandate("f", "b", "2022-01-01")]},
     [("mandate_overlap|f||2022-01-01", "2022-02-01", 2, 1, ("m0", "m1"))]),
    ("a lead inside another's time", MANDATES | {"mandates": [mandate("f", "a"), mandate("f", "b", "2021-01-01", "2021-02-01"), mandate("f", "b", "2023-01-01", "2023-02-01")]},
     [("mandate_overlap|f||2021-01-01", "2021-02-01", 2, 1, ("m0", "m1")), ("mandate_overlap|f||2023-01-01", "2023-02-01", 2, 1, ("m0", "m2"))]),
    ("three leads, one finding", MANDATES | {"mandates": [mandate("f", "a"), mandate("f", "b", "2021-01-01", "2021-03-01"), mandate("f", "b", "2021-02-01", "2021-04-01")]},
     [("mandate_overlap|f||2021-01-01", "2021-04-01", 3, 1, ("m0", "m1", "m2"))]),
    ("a lead and one who cooperates", MANDATES | {"mandates": [mandate("f", "a"), mandate("f", "b", role="cooperating")]}, []),
    ("each in its own place", MANDATES | {"mandates": [mandate("f", "a", scope="x"), mandate("f", "b", scope="y")]}, []),
    ("29 February nobody leads", MANDATES | {"mandates": [mandate("f", "a", until="2024-02-29"), mandate("f", "b", "2024-03-01")]},
     [("mandate_gap|f||2024-02-29", "2024-03-01", 0, 0, ())]),
    ("a function that nobody leads", MANDATES, [("mandate_gap|f||2020-01-01", None, 0, 0, ())]),
    ("somebody cooperates, nobody leads", MANDATES | {"mandates": [mandate("f", "a", scope="x", role="cooperating")]},
     [("mandate_gap|f|x|2020-01-01", None, 0, 0, ())]),
    ("a lead before the function", MANDATES | {"mandates": [mandate("f", "a", None)]},
     [("mandate_beyond|f||", "2020-01-01", 1, 0, ("m0",)), ("mandate_of_closed|a|f||", "2020-01-01", 0, 0, ("m0",))]),
    ("a unit that nobody knows", {"functions": [F], "mandates": [mandate("f", "z")]},
     [("mandate_of_closed|z|f||2020-01-01", None, 0, 0, ("m0",))]),
    ("a unit of several lives", {"units": [unit("a", until="2021-01-01"), unit("a", "2021-01-01", "2022-01-01"), unit("a", "2022-02-01")], "functions": [F], "mandates": [mandate("f", "a")]},
     [("mandate_of_closed|a|f||2022-01-01", "2022-02-01", 0, 0, ("m0",))]),
    ("a post after its unit", {"units": [unit("a", until="2025-07-01")], "posts": [post("p", "a")], "holdings": [holding("p", "x")]},
     [("post_of_closed|a|p|2025-07-01", None, 0, 0, ())]),
    ("a child of a closed unit", {"units": [unit("a"), unit("b", until="2025-07-01")], "parents": [line("a", "b")]},
     [("parent_closed|a|b|2025-07-01", None, 0, 0, ())]),
    ("two official holders", POST | {"holdings": [holding("p", "x"), holding("p", "y", "2021-01-01", "2021-02-01")]},
     [("post_double|p|2021-01-01", "2021-02-01", 2, 1, ("h0", "h1"))]),
    ("one official, one acting", POST | {"holdings": [holding("p", "x"), holding("p", "y", mode="acting")]}, []),
    ("nobody, then one who acts", POST | {"holdings": [holding("p", "y", "2021-01-01", mode="acting")]},
     [("post_vacant|p|2020-01-01", "2021-01-01", 0, 0, ())]),
    ("a holder before the post", POST | {"holdings": [holding("p", "x", "2019-01-01")]},
     [("holding_beyond|p|2019-01-01", "2020-01-01", 1, 0, ("h0",))]),
    ("no head", {"units": [unit("a", needs_head=True)]}, [("head_missing|a|2020-01-01", None, 0, 0, ())]),
    ("a head's post that nobody fills for a while is told once", {"units": [unit("a", needs_head=True)], "posts": [post("p", "a", rank="head")], "holdings": [holding("p", "x", until="2021-01-01"), holding("p", "y", "2021-02-01")]},
     [("head_missing|a|2021-01-01", "2021-02-01", 0, 0, ())]),
    ("two posts of head", {"units": [unit("a", needs_head=True)], "posts": [post("p", "a", rank="head"), post("q", "a", "2021-01-01", "2022-01-01", rank="head")], "holdings": [holding("p", "x")]},
     [("head_double|a|2021-01-01", "2022-01-01", 2, 1, ("p", "q"))]),
    ("160 % for ten days", {"units": UNITS, "posts": [post("p", "a"), post("q", "b", "2021-01-01", "2021-01-11")], "holdings": [holding("p", "x"), holding("q", "x", "2021-01-01", "2021-01-11", load=60)]},
     [("overload|x|2021-01-01", "2021-01-11", 160, 100, ("h0", "h1"))]),
    ("two posts within 100 %", {"units": UNITS, "posts": [post("p", "a"), post("q", "b")], "holdings": [holding("p", "x", load=50), holding("q", "x", load=50, mode="concurrent")]}, []),
    ("jobs that exclude each other, told once for both orders",
     {"units": UNITS, "positions": [{"position": "v", "job": "kế toán"}, {"position": "w", "job": "thủ quỹ"}], "posts": [post("p", "a"), post("q", "a", position="w")],
      "holdings": [holding("p", "x", load=50), holding("q", "x", load=50)], "job_conflicts": [{"job_a": "thủ quỹ", "job_b": "kế toán", "valid_from": "2021-01-01"}, {"job_a": "kế toán", "job_b": "thủ quỹ"}]},
     [("incompatible|x|kế toán|thủ quỹ|2020-01-01", None, 0, 0, ("h0", "h1"))]),
    ("four deputies where three are allowed since 2022",
     {"units": [unit("a", kind="vụ")], "posts": [post(p, "a", rank="deputy") for p in "pqrs"], "holdings": [holding(p, p + "x") for p in "pqrs"],
      "parameters": [{"name": "deputies", "kind": "vụ", "value": 3, "valid_from": "2022-01-01"}, {"name": "deputies", "kind": "vụ", "level": "commune", "value": 1}]},
     [("deputies|a|2022-01-01", None, 4, 3, ("h0", "h1", "h2", "h3"))]),
    ("five deputies in two units, two each on average",
     {"units": [unit("r"), unit("a", kind="cục"), unit("b", kind="cục")], "parents": [line("a", "r"), line("b", "r")], "posts": [post(p, u, rank="deputy") for p, u in zip("pqrst", "aaaab", strict=True)],
      "holdings": [holding(p, p + "x", since="2021-01-01" if p == "t" else "2020-01-01") for p in "pqrst"], "parameters": [{"name": "deputies_average", "kind": "cục", "level": "province", "value": 2}]},
     [("deputies_average|r|cục|province|2021-01-01", None, 5, 4, ()), ("post_vacant|t|2020-01-01", "2021-01-01", 0, 0, ())]),
    ("two units under one of a kind that may have one", {"units": [unit("r", kind="ministry"), *UNITS], "parents": [line("a", "r"), line("b", "r", "2021-01-01", "2022-01-01")], "parameters": [{"name": "span", "kind": "ministry", "value": 1}]},
     [("span|r|2021-01-01", "2022-01-01", 2, 1, ("a", "b"))]),
    ("two parents", {"units": [*UNITS, unit("c")], "parents": [line("a", "b"), line("a", "c", "2021-01-01", "2021-01-02")]},
     [("parent_double|a|2021-01-01", "2021-01-02", 2, 1, ("b", "c"))]),
    ("a line and a guidance", {"units": [*UNITS, unit("c")], "parents": [line("a", "b"), line("a", "c") | {"relation": "guidance"}]}, []),
    ("a circle on one day only", {"units": [*UNITS, unit("c")], "parents": [line("a", "b"), line("b", "c"), line("c", "a", "2024-02-29", "2024-03-01")]},
     [("parent_cycle|a|2024-02-29", "2024-03-01", 3, 0, ("a", "b", "c"))]),
    ("turned round on a day", {"units": UNITS, "parents": [line("a", "b", until="2021-01-01"), line("b", "a", "2021-01-01")]}, []),
    ("under itself", {"units": UNITS, "parents": [line("a", "a")]}, [("parent_cycle|a|2020-01-01", None, 1, 0, ("a",))]),
    ("a row that ends before it begins counts for nothing and is named", MANDATES | {"mandates": [mandate("f", "a"), mandate("f", "b", "2021-01-01", "2020-06-01")]},
     [("empty_period|mandates|f|b|2021-01-01", "2020-06-01", 0, 0, ())]),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[int, list[Any]]:
    """What is found in each case: all are audited together, as if each were a country of its own."""
    return audited([tables(**rows) for _, rows, _ in CASES])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, *_ in CASES])
def test_each_fault_is_found_and_no_other(number: int, found: dict[int, list[Any]]) -> None:
    assert found[number] == CASES[number][2]


def test_every_rule_has_a_case() -> None:
    assert {key.split("|")[0] for _, _, expected in CASES for key, *_ in expected} == {str(r) for r in Rule}


def test_the_words_name_things_and_days_in_both_languages() -> None:
    found = run(**MANDATES | {"mandates": [mandate("f", "a", until="2022-02-01"), mandate("f", "b", "2022-01-01")]})
    assert (
        found.findings[0].vi
        == "Quản lý thi đua (f) (cả nước): 2 cơ quan cùng chủ trì, từ ngày 01/01/2022 đến hết ngày 31/01/2022."
    )
    assert (
        found.findings[0].en
        == "Quản lý thi đua (f) (the whole country): 2 units lead it at once, from 2022-01-01 to 2022-01-31."
    )


def test_a_name_is_that_of_the_first_day() -> None:
    names = [
        {"unit": "a", "name": "Ban Dân vận", "valid_to": "2025-02-01"},
        {"unit": "a", "name": "Ban Tuyên giáo và Dân vận", "valid_from": "2025-02-01"},
    ]
    units, mandates = [unit("a", until="2025-03-01")], [mandate("f", "a")]
    found = run(units=units, names=names, functions=[F], mandates=mandates)
    assert found.findings[0].vi.startswith("Ban Tuyên giáo và Dân vận (a) được giao")


def test_keys_and_checksum_do_not_hang_on_numbering_or_order() -> None:
    rows = [mandate("f", "a", until="2022-02-01"), mandate("f", "b", "2022-01-01")]
    one, other = run(**MANDATES | {"mandates": rows}), run(**MANDATES | {"mandates": rows[::-1]})
    assert [f.key for f in one.findings] == [f.key for f in other.findings]
    named = [r | {"mandate": r["unit"]} for r in rows]
    assert run(**MANDATES | {"mandates": named}).checksum() == run(**MANDATES | {"mandates": named[::-1]}).checksum()


def test_what_is_not_there_is_said() -> None:
    engine = DuckDB(threads=1)
    hold(engine, {name: table for name, table in tables(**POST).items() if name in {"posts", "units"}})
    result = audit(engine)
    missing = {n.rule: n.en for n in result.not_run}
    assert missing[Rule.POST_VACANT] == "no table holdings"
    assert missing[Rule.PARENT_CYCLE] == "no table parents"
    assert result.findings == ()
    assert {n.rule: n.en for n in run().not_run} == {
        r: f"no parameter {r} in the table parameters" for r in (Rule.DEPUTIES, Rule.DEPUTIES_AVERAGE, Rule.SPAN)
    }


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("mandates", {"role": "chủ trì"}, "strange_word"),
        ("mandates", {"unit": None}, "empty_value"),
    ],
)
def test_a_table_with_strange_or_empty_values_is_refused(name: str, change: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as refused:
        run(**{name: [mandate("f", "a") | change]})
    assert refused.value.code == code and name in refused.value.vi and next(iter(change)) in refused.value.en


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (pa.table({"unit": ["a"]}), "missing_column"),
        (tables()["units"].set_column(4, "valid_from", pa.array([], pa.timestamp("us"))), "wrong_type"),
    ],
)
def test_a_table_of_another_form_is_refused(table: pa.Table, code: str) -> None:
    with pytest.raises(InputError) as refused:
        hold(DuckDB(threads=1), {"units": table})
    assert refused.value.code == code
