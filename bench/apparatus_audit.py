"""The rules audit of a synthetic nation with planted faults, beside hand-written SQL, Spark and pySHACL.

    python3 tools/dev.py bench apparatus_audit [sql] [spark] [shacl] [--record]

50,000 units, 500,000 mandates, 2,000,000 holdings (bench/nation.py). `sql`: every planted fault must be found and
nothing else, by the audit and by bench/hand_written.sql, on the same Parquet files and one thread. `spark`: the same
expressions on PySpark (needs Java) must give the same checksum; on a tenth of the nation, then on all. `shacl`: pySHACL
checks only what SHACL core can say, "exactly one lead, one holder, one head", on a snapshot of one day; for more days
it is run again. As in organisation.md it gets a hundredth of the nation and its time is taken times a hundred, which
flatters it; ours is over all dates.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bonhoa.apparatus.audit.auditing import Audit, _expression, audit
from bonhoa.apparatus.audit.engines import DuckDB, Spark, read_folder
from frame import ROOT, Row, cpu_seconds, main, row

NATION = (50_000, 1_000)  # units, faults of each rule
SAMPLE, SNAPSHOTS = 100, 12
DAY = dt.date(2020, 1, 1)
FOLDERS = Path(tempfile.mkdtemp(prefix="bonhoa-nation-"))


@functools.cache
def nation(units: int, planted: int) -> tuple[Path, Counter[str]]:
    """The folder of a nation and the keys of what must be found in it."""
    from nation import Nation

    made = Nation(units, planted)
    made.plant()
    made.write(FOLDERS / str(units))
    return FOLDERS / str(units), made.expected


def audited(folder: Path) -> Audit:
    engine = DuckDB(threads=1)
    read_folder(engine, folder)
    return audit(engine)


@functools.cache
def seconds(units: int, planted: int) -> float:
    """The processor time of the audit; the best of three, so with its SQL written already."""
    folder, _ = nation(units, planted)
    return cpu_seconds(lambda: audited(folder))


def hand_written(folder: Path) -> Counter[str]:
    """The keys that the hand-written statements find."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    for path in folder.glob("*.parquet"):
        connection.read_parquet(str(path)).create_view(path.stem)
    statements = (ROOT / "bench/hand_written.sql").read_text("utf-8").split("\n\n")[1:]
    found = (key for statement in statements for key in connection.sql(statement).fetchall())
    return Counter(f"{rule}|{codes}|{day.isoformat()}" for rule, codes, day in found)


def sql() -> list[Row]:
    folder, expected = nation(*NATION)
    result = audited(folder)
    found, by_hand = Counter(f.key for f in result.findings), hand_written(folder)
    LISTED.extend(f"missed: {key}" for key in (expected - found))
    LISTED.extend(f"false: {key}" for key in (found - expected))
    LISTED.extend(f"by hand missed: {key}" for key in (expected - by_hand))
    LISTED.extend(f"by hand false: {key}" for key in (by_hand - expected))
    theirs = cpu_seconds(lambda: hand_written(folder))
    ours = seconds(*NATION)
    planted, rules = expected.total(), len({key.split("|")[0] for key in expected})
    return [
        row(f"planted faults of {rules} rules missed, of {planted}", (expected - found).total(), "findings",
            peers={"hand-written SQL": (expected - by_hand).total()}),
        row("findings that were not planted", (found - expected).total(), "findings",
            peers={"hand-written SQL": (by_hand - expected).total()}),
        row("all rules, all dates, with evidence and words; times the SQL's", ours, "s",
            peers={"hand-written SQL (keys only)": round(theirs, 4)}, ratio=round(ours / theirs, 2)),
    ]  # fmt: skip


def spark() -> list[Row]:
    if shutil.which("java") is None:
        sys.exit("apparatus_audit: no java on PATH, so no Spark; apt-get install default-jre-headless")
    from pyspark.sql import SparkSession

    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / ".venv/bench"), os.environ.get("PYTHONPATH", "")])
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.memory", "6g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    rows = []
    for units, planted in ((NATION[0] // 10, NATION[1] // 10), NATION):
        folder, _ = nation(units, planted)
        engine = Spark(session)
        read_folder(engine, folder)
        theirs, ours = audit(engine), audited(folder)
        if theirs.checksum() != ours.checksum():
            there, here = ({(f.key, f.valid_to, f.value, f.evidence) for f in a.findings} for a in (theirs, ours))
            LISTED.extend(f"Spark or DuckDB only: {one}" for one in sorted(there ^ here, key=str))
        case = f"checksums on DuckDB and PySpark equal ({units} units, {len(ours.findings)} findings)"
        rows.append(row(case, float(theirs.checksum() == ours.checksum()), "yes"))
    session.stop()
    return rows


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix b: <urn:b:> .
b:F a sh:NodeShape ; sh:targetClass b:Function ; sh:property [ sh:path b:lead ; sh:minCount 1 ; sh:maxCount 1 ] .
b:P a sh:NodeShape ; sh:targetClass b:Post ; sh:property [ sh:path b:holder ; sh:minCount 1 ; sh:maxCount 1 ] .
b:U a sh:NodeShape ; sh:targetClass b:Unit ; sh:property [ sh:path b:head ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


def shacl() -> list[Row]:
    import duckdb
    import pyshacl
    import rdflib

    folder, _ = nation(NATION[0] // SAMPLE, NATION[1] // SAMPLE)
    connection = duckdb.connect()
    graph, ns = rdflib.Graph(), rdflib.Namespace("urn:b:")

    def rows(statement: str) -> list[Any]:
        on = f"valid_from <= DATE '{DAY}' AND (valid_to IS NULL OR valid_to > DATE '{DAY}')"
        return connection.sql(statement.replace("FOLDER", str(folder)).replace("TODAY", on)).fetchall()

    for kind in ("Function", "Post", "Unit"):
        name = kind.lower()
        for (code,) in rows(f"SELECT {name} FROM 'FOLDER/{name}s.parquet' WHERE TODAY"):
            graph.add((ns[code], rdflib.RDF.type, ns[kind]))
    for one, unit in rows("SELECT function, unit FROM 'FOLDER/mandates.parquet' WHERE role = 'lead' AND TODAY"):
        graph.add((ns[one], ns.lead, ns[unit]))
    for post, person in rows("SELECT post, person FROM 'FOLDER/holdings.parquet' WHERE TODAY"):
        graph.add((ns[post], ns.holder, ns[person]))
    for unit, post in rows("SELECT unit, post FROM 'FOLDER/posts.parquet' WHERE rank = 'head' AND TODAY"):
        graph.add((ns[unit], ns.head, ns[post]))
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    check: Callable[[], Any] = lambda: pyshacl.validate(graph, shacl_graph=shapes, inference="none")  # noqa: E731
    theirs = cpu_seconds(check, times=1) * SAMPLE
    ours = seconds(*NATION)
    engine, three = DuckDB(threads=1), (0, 1, 2)  # the checks about mandates, posts and heads
    read_folder(engine, nation(*NATION)[0])
    same = cpu_seconds(lambda: [engine.run(_expression, number) for number in three])
    case = f"all rules, all dates; pySHACL three rules, {len(graph)} triples × {SAMPLE}"
    return [
        row("findings of the same three rules, all dates; pySHACL on one day", same, "s",
            peers={"pySHACL": round(theirs, 1)}, ratio=round(theirs / same, 1)),
        row(f"{case}, on one day", ours, "s", peers={"pySHACL": round(theirs, 1)}, ratio=round(theirs / ours, 1)),
        row(f"{case}, on {SNAPSHOTS} days (of all on which something changes)", ours, "s",
            peers={"pySHACL": round(SNAPSHOTS * theirs, 1)}, ratio=round(SNAPSHOTS * theirs / ours, 1)),
    ]  # fmt: skip


LISTED: list[str] = []

if __name__ == "__main__":
    try:
        main("apparatus_audit", __doc__ or "", {"sql": sql, "spark": spark, "shacl": shacl}, LISTED)
    finally:
        shutil.rmtree(FOLDERS)
