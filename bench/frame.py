"""The frame of every benchmark: rows, `--json`, gains and losses against the committed result, the table in the docs.

    .venv/bin/python bench/NAME.py [CASE …] [--json] [--list] [--record]

A row is {case, ours, peers {}, ratio, unit}; it may carry `documents` {name: figure}, so that a change shows which
documents gained and which lost. `--record` rewrites bench/results/NAME.json and the table between the marks
`<!-- bench:NAME -->` and `<!-- /bench:NAME -->` of docs/benchmarks.md. Peers that are no requirement of ours are put
into .venv/bench by `python3 tools/dev.py bench NAME`; a row leaves out the peers it cannot import.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "bench/results"
DOCS = ROOT / "docs/benchmarks.md"
sys.path.append(str(ROOT / ".venv/bench"))

Row = dict[str, Any]
Cases = Mapping[str, Callable[[], list[Row]]]


def row(case: str, ours: float, unit: str = "share", **more: Any) -> Row:
    """A row without a peer, or with `peers` and `ratio` given."""
    return {"case": case, "ours": round(ours, 4), "peers": {}, "ratio": None, "unit": unit} | more


def against(case: str, ours: float, peer: str, theirs: float, unit: str = "share") -> Row:
    """A row beside one peer; the ratio is above 1 where ours is the larger figure."""
    return row(case, ours, unit, peers={peer: round(theirs, 4)}, ratio=round(ours / theirs, 2) if theirs else None)


def cpu_seconds(work: Callable[[], Any], times: int = 3) -> float:
    """The processor time of the best of `times` runs: other work on the machine does not count."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def main(name: str, about: str, cases: Cases, listed: Sequence[str] = ()) -> None:
    """Run the chosen cases and print them; `listed` is what the cases have to say beside their rows."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*", help="one or more of: " + ", ".join(cases))
    parser.add_argument("--json", action="store_true", help="one object {rows} on stdout")
    parser.add_argument("--list", action="store_true", help="name what was missed, to be judged")
    parser.add_argument("--record", action="store_true", help="keep the result and write the table of the docs")
    options = parser.parse_args()
    if unknown := set(options.case) - set(cases):
        parser.error(f"no case {', '.join(sorted(unknown))}; there are {', '.join(cases)}")
    if not SHARED.is_dir():
        sys.exit(f"{name}: ../shared (real documents) is not beside this clone, nothing to measure")
    committed = _committed(name)
    measured = {case: cases[case]() for case in options.case or cases}
    rows = [r for of_case in measured.values() for r in of_case]
    if options.json:
        print(json.dumps({"rows": rows}, ensure_ascii=False))
    else:
        before = {r["case"]: r for of_case in committed["cases"].values() for r in of_case}
        for r in rows:
            print(_line(r))
            for change in _changes(before.get(r["case"]), r):
                print("    " + change)
    if options.list:
        print("\n".join(listed), file=sys.stderr if options.json else sys.stdout)
    if options.record:
        _record(name, committed, measured)


def _committed(name: str) -> dict[str, Any]:
    path = RESULTS / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {"cases": {}}
    return found


def _line(r: Row) -> str:
    peers = "; ".join(f"{peer} {figure}" for peer, figure in r["peers"].items())
    ratio = f"  ratio {r['ratio']}" if r["ratio"] is not None else ""
    return f"{r['case']}: {r['ours']} {r['unit']}" + (f"  ({peers})" if peers else "") + ratio


def _changes(before: Row | None, now: Row) -> list[str]:
    """What moved since the committed result: the figure of the row, then its documents, losses first."""
    if before is None:
        return []
    lines = [] if before["ours"] == now["ours"] else [f"was {before['ours']}"]
    old, new = before.get("documents") or {}, now.get("documents") or {}
    moved = sorted((new[d] - old[d], d) for d in old.keys() & new.keys() if new[d] != old[d])
    return lines + [f"{'+' if by > 0 else ''}{by:.3f}  {document}" for by, document in moved]


def _record(name: str, committed: dict[str, Any], measured: dict[str, list[Row]]) -> None:
    kept = {"measured": dt.date.today().isoformat(), "cases": committed["cases"] | measured}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    table = ["| measured | ours | unit | peers | ratio |", "|---|---|---|---|---|"]
    for of_case in kept["cases"].values():
        for r in of_case:
            peers = "; ".join(f"{peer}: {figure}" for peer, figure in r["peers"].items()) or "–"
            ratio = "–" if r["ratio"] is None else r["ratio"]
            table.append(f"| {r['case'].replace('|', '/')} | {r['ours']} | {r['unit']} | {peers} | {ratio} |")
    opening, closing = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    text = DOCS.read_text("utf-8")
    if opening not in text:
        sys.exit(f"docs/benchmarks.md has no place {opening} … {closing} for this table; the result was kept")
    head, rest = text.split(opening, 1)
    tail = rest.split(closing, 1)[1]
    command = f"`.venv/bin/python bench/{name}.py --record`, {kept['measured']}"
    DOCS.write_text(f"{head}{opening}\n{command}\n\n" + "\n".join(table) + f"\n{closing}{tail}", "utf-8")
