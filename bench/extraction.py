"""Extraction, measured: tasks, owners, limits; names to bodies; speed; rows {case, ours, peers, ratio, unit}.

    .venv/bin/python bench/extraction.py [CASE] [--gold DIR …] [--json] [--write]

Cases: gold, table, names, speed, false, hostile, spans, reliability. Gold folders (default ../shared/gold/dev) have the
form of ../shared/gold/README.md and are scored as ../shared/tools/score.py does. `reliability --write` recounts
src/bonhoa/data/certainty.yaml from them. The only peer is ourselves at another size (speed): no other program does this
offline.
"""

from __future__ import annotations

import argparse
import collections
import csv
import datetime as dt
import importlib.util
import json
import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from bonhoa.apparatus import Register, load_register
from bonhoa.common.errors import InputError
from bonhoa.documents import read
from bonhoa.execution.certainty import certainty, grounds
from bonhoa.execution.deliverables import deliverable_in
from bonhoa.execution.extract import extract
from bonhoa.execution.model import OWNER_PROBLEMS, TaskDraft
from bonhoa.execution.plan import make_plan
from bonhoa.execution.sentences import requirements

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
ANSWERS = ROOT / "bench/answers/names.csv"
DATA = ROOT / "src/bonhoa/data/certainty.yaml"
Row = dict[str, Any]
GOLD: list[Path] = []


def _row(case: str, ours: float, unit: str, peers: dict[str, float] | None = None) -> Row:
    ratio = ours / next(iter(peers.values())) if peers else None
    return {
        "case": case,
        "ours": round(ours, 4),
        "peers": peers or {},
        "ratio": ratio and round(ratio, 2),
        "unit": unit,
    }


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools/score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _object(draft: TaskDraft) -> Row:
    limit = draft.deadline
    deadline = limit and {
        "date": limit.date and limit.date.isoformat(),
        "recurrence": limit.recurrence and limit.recurrence.value,
        "event": limit.event,
    }
    spans = {"start": draft.start, "end": draft.end, "lead": list(draft.lead), "coordinate": list(draft.coordinate)}
    return spans | {"deadline": deadline, "deliverable": draft.deliverable, "draft": draft}


def _annotated() -> Iterator[tuple[str, list[Row], list[Row], list[tuple[Row, Row]]]]:
    """(name, gold tasks, drafts, matched pairs) of every annotated document."""
    score = _scorer()
    for folder in GOLD:
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            text = (folder / gold["file"]).read_text("utf-8")
            ink = score.ink(text)
            document = read((folder / gold["file"]).read_bytes(), gold["file"])
            asked = score.spans(gold["tasks"], text, ink)
            found = score.spans([_object(d) for d in extract(document)], text, ink)
            yield path.stem, asked, found, score.match(asked, found, 0.5)


def _right(gold: Row, found: Row) -> dict[str, bool]:
    """Which fields of a matched draft are right."""
    score = _scorer_once()
    names = {k: {score.fold(n) for n in gold[k]} == {score.fold(n) for n in found[k]} for k in ("lead", "coordinate")}
    deadline = score.deadline_key(gold["deadline"]) == score.deadline_key(found["deadline"])
    product = score.alike(gold["deliverable"] or "", found["deliverable"] or "")
    return names | {"deadline": deadline, "deliverable": product}


_MODULE: list[ModuleType] = []


def _scorer_once() -> ModuleType:
    if not _MODULE:
        _MODULE.append(_scorer())
    return _MODULE[0]


# --- cases -----------------------------------------------------------------------------------------------------------


def gold() -> list[Row]:
    """F1 of task spans, of the plan (span + leads + limit), of cooperating bodies and of deliverables."""
    score = _scorer_once()
    n: collections.Counter[str] = collections.Counter()
    for _, asked, found, pairs in _annotated():
        n["asked"] += len(asked)
        n["found"] += len(found)
        n["span"] += len(pairs)
        for field, of in (("coordinate", lambda x: len({score.fold(c) for c in x["coordinate"]})),):
            n[f"{field} asked"] += sum(map(of, asked))
            n[f"{field} found"] += sum(map(of, found))
        n["deliverable asked"] += sum(bool(x["deliverable"]) for x in asked)
        n["deliverable found"] += sum(bool(x["deliverable"]) for x in found)
        for x, y in pairs:
            right = _right(x, y)
            n["plan"] += right["lead"] and right["deadline"]
            n["coordinate"] += len({score.fold(c) for c in x["coordinate"]} & {score.fold(c) for c in y["coordinate"]})
            n["deliverable"] += bool(x["deliverable"] and y["deliverable"]) and right["deliverable"]

    def f1(right: str, asked: str, found: str) -> float:
        return 2 * n[right] / max(1, n[asked] + n[found])

    return [
        _row("gold, task spans", f1("span", "asked", "found"), "F1"),
        _row("gold, plan", f1("plan", "asked", "found"), "F1"),
        _row("gold, cooperating bodies", f1("coordinate", "coordinate asked", "coordinate found"), "F1"),
        _row("gold, deliverables", f1("deliverable", "deliverable asked", "deliverable found"), "F1"),
    ]


TABLE = SHARED / "data/documents/nq03-2025/NQCP03__NQ03_PL2_Nhiem_vu.md"
TABLE_DAY = dt.date(2025, 1, 9)


def table() -> list[Row]:
    """The 140 rows of NQ 03/NQ-CP: rows whose four fields equal the cells; rows by problem."""
    cells = [[c.strip() for c in line.strip().strip("|").split("|")] for line in TABLE.read_text("utf-8").splitlines()]
    printed = [row for row in cells if re.match(r"\d+\.?$", row[0])]
    document = read(TABLE.read_bytes(), TABLE.name)
    drafts = extract(document)

    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower().replace(" và ", " "))

    def plain(text: str | None) -> str:
        return " ".join((text or "").split()).strip(" .;")

    equal = sum(
        words(row[2]) == words(" ".join(d.lead))
        and words(row[3]) == words(" ".join(d.coordinate))
        and plain(row[4]) == plain(d.deliverable)
        and plain(row[5]) == (d.deadline.text if d.deadline else "")
        for row, d in zip(printed, drafts, strict=False)
    )
    plan = make_plan(document, drafts, load_register(), TABLE_DAY)
    kinds = collections.Counter(tuple(str(p) for p in row.problems if p in OWNER_PROBLEMS) for row in plan.rows)
    several = sum(n for problems, n in kinds.items() if "several_leads" in problems)
    collective = sum(n for problems, n in kinds.items() if "collective_lead" in problems)
    return [
        _row("NQ 03, tasks", len(drafts), "tasks"),
        _row("NQ 03, rows equal to the cells", equal, "rows"),
        _row("NQ 03, several leads", several, "rows"),
        _row("NQ 03, collective lead", collective, "rows"),
        _row("NQ 03, both", kinds[("several_leads", "collective_lead")], "rows"),
    ]


def names() -> list[Row]:
    """Share of the annotated names (gold and NQ 03) that resolve to a body or a group, and of those answered otherwise
    than a reader judged right (bench/answers/names.csv); `--list` names what is unknown, wrong or not judged yet."""
    register = load_register()
    asked: set[tuple[str, dt.date, str | None]] = set()
    for folder in GOLD:
        for path in sorted(folder.glob("*.json")):
            gold_tasks = json.loads(path.read_text("utf-8"))
            meta = read((folder / gold_tasks["file"]).read_bytes(), gold_tasks["file"]).metadata
            for task in gold_tasks["tasks"]:
                asked |= {(n, meta.date or TABLE_DAY, meta.issuer) for n in (*task["lead"], *task["coordinate"])}
    for draft in extract(read(TABLE.read_bytes(), TABLE.name)):
        asked |= {(n, TABLE_DAY, "Chính phủ") for n in (*draft.lead, *draft.coordinate)}
    answers = {(n, str(on), issuer or ""): _answer(register, n, on, issuer) for n, on, issuer in asked}
    unknown = [key for key, answer in answers.items() if answer == ("unknown", "")]
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        judged = {(r["name"], r["day"], r["issuer"]): (r["kind"], r["target"]) for r in csv.DictReader(file)}
    answered = {key: answer for key, answer in answers.items() if key not in unknown}
    wrong = [key for key, answer in answered.items() if key in judged and judged[key] != answer]
    unjudged = [key for key in answered if key not in judged]
    LISTED.extend(f"unknown: {k[0]}" for k in sorted(unknown))
    LISTED.extend(f"wrong: {k[0]} ({k[2]}): {answers[k]}, judged {judged[k]}" for k in sorted(wrong))
    LISTED.extend(f"not judged: {','.join((*k, *answers[k]))}" for k in sorted(unjudged))
    return [
        _row(f"names resolved ({len(asked)} different)", 1 - len(unknown) / len(asked), "share"),
        _row(
            f"names resolved wrongly (of {len(answered) - len(unjudged)} judged)", len(wrong) / len(answered), "share"
        ),
        _row("names answered, not judged yet", len(unjudged), "names"),
    ]


def _answer(register: Register, name: str, on: dt.date, issuer: str | None) -> tuple[str, str]:
    """What a name resolves to: the kind, and the unit's code with the office or the number of members."""
    match = register.resolve(name, on=on, issuer=issuer)
    if match.unit is not None:
        heirs = "".join(f" > {unit.code}" for unit in match.candidates) if match.kind.value == "ended" else ""
        return match.kind.value, f"{match.unit.code}{heirs}"
    return match.kind.value, str(len(match.members)) if match.kind.value == "group" else ""


LISTED: list[str] = []


def synthetic(pages: int) -> str:
    """A directive with an annex of `pages` pages (3,000 characters each): half of the items with a limit."""
    head = (
        "ỦY BAN NHÂN DÂN TỈNH HÒA HỢP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND\n"
        "Hòa Hợp, ngày 05 tháng 3 năm 2025\nKẾ HOẠCH\nSửa chữa cầu treo dân sinh\nI. NHIỆM VỤ\n"
    )
    bodies = ("Sở Xây dựng", "Sở Tài chính", "Công an tỉnh", "UBND các xã, phường", "Sở Nông nghiệp và Môi trường")
    lines, size, number = [head], len(head), 0
    while size < pages * 3000:
        number += 1
        lines.append(f"{number}. {bodies[number % len(bodies)]}\n")
        for item in range(5):
            limit = f", hoàn thành trước ngày {1 + number % 28}/{1 + item}/2026" if number % 2 else ""
            lines.append(
                f"- Chủ trì, phối hợp với {bodies[(number + item + 1) % 5]} và các đơn vị liên quan rà soát, lập "
                f"danh mục cầu treo số {number}.{item} tại địa bàn, tham mưu UBND tỉnh ban hành kế hoạch sửa{limit}.\n"
            )
        size += sum(map(len, lines[-6:]))
    return "".join(lines)


def speed() -> list[Row]:
    """Seconds of processor time for the plan of a 300-page directive (best of three), beside four times 75 pages."""
    register = load_register()

    def seconds(pages: int) -> float:
        data, best = synthetic(pages).encode(), 1e9
        for _ in range(3):
            start = time.process_time()
            document = read(data, "dai.txt")
            make_plan(document, extract(document), register, dt.date(2025, 3, 5))
            best = min(best, time.process_time() - start)
        return best

    quarter = seconds(75)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole = seconds(300)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return [
        _row("plan of 300 pages", whole, "s", {"4 × 75 pages": round(4 * quarter, 3)}),
        _row("memory grown from 75 to 300 pages", grown / 1024, "MiB"),
    ]


PAGE = 3000  # characters
NO_TASKS = ROOT / "tests/library/execution/no_tasks.txt"


def false() -> list[Row]:
    """False tasks in 10 pages of the sampled documents that give none (tests/library/execution/no_tasks.txt)."""
    pages = drafts = 0.0
    for line in NO_TASKS.read_text("utf-8").split():
        path = SHARED / "data/documents" / line
        try:
            document = read(path.read_bytes(), path.name)
        except InputError:
            continue
        found = len(extract(document))
        pages, drafts = pages + len(document.text) / PAGE, drafts + found
        if found:
            LISTED.append(f"{line}: {found}")
    return [_row(f"false tasks, {pages:.0f} pages that give none", 10 * drafts / pages, "per 10 pages")]


def hostile() -> list[Row]:
    """Seconds for one paragraph of 12,000 characters that repeats what the patterns begin with; beside half of it."""
    repeated = [
        "cùng Sở A ", "Sở A, ", "công tác rà soát, lập hồ sơ, ", "xây dựng ", "trình cấp có thẩm quyền ", "6 tháng và ",
        "trước ngày 10/6 ", "giao Sở A, ", "Xây dựng kế hoạch “", "(Sở A chủ trì; ", "Chủ trì: Sở A; ", "BỘ NỘI VỤ, ",
    ]  # fmt: skip

    def seconds(words: str, size: int) -> float:
        text = (words * size)[:size]
        began = time.process_time()
        requirements(text, dt.date(2026, 1, 1), [], inherited=True, listed=True)
        deliverable_in(text)
        return time.process_time() - began

    worst = max(repeated, key=lambda words: seconds(words, 12_000))
    half = round(seconds(worst, 6_000), 3)
    return [
        _row(
            f"a paragraph of 12,000 characters, the worst of {len(repeated)}",
            seconds(worst, 12_000),
            "s",
            {"half": half},
        )
    ]


def spans() -> list[Row]:
    """Drafts of all shared documents whose span is empty, or which rest on words outside it; none may be."""
    drafts = faulty = documents = 0
    for path in sorted((SHARED / "data/documents").rglob("*")):
        if path.suffix not in {".md", ".txt", ".docx", ".pdf"}:
            continue
        try:
            document = read(path.read_bytes(), path.name)
        except InputError:
            continue  # scans and the like, which the reading names
        documents += 1
        for draft in extract(document):
            drafts += 1
            task = next(r for r in draft.reasons if r.field == "task")
            whole = (
                0 <= draft.start < draft.end <= len(document.text) and document.text[draft.start : draft.end].strip()
            )
            if not whole or task.start is None or not draft.start <= task.start < draft.end:
                faulty += 1
                LISTED.append(f"{path.name}: {draft.start}-{draft.end}")
    return [_row(f"drafts without a span that holds their verb ({drafts} in {documents} documents)", faulty, "drafts")]


FIELDS = ("lead", "coordinate", "deadline", "deliverable")


def _readings() -> dict[str, list[tuple[TaskDraft, dict[str, bool]]]]:
    """Every draft of every annotated document with what is right in it; an unmatched draft is wrong in all."""
    out: dict[str, list[tuple[TaskDraft, dict[str, bool]]]] = {}
    for name, _, found, pairs in _annotated():
        matched = {id(y): _right(x, y) for x, y in pairs}
        out[name] = [(y["draft"], matched.get(id(y), dict.fromkeys(FIELDS, False))) for y in found]
    return out


def _counted(readings: dict[str, list[tuple[TaskDraft, dict[str, bool]]]]) -> dict[str, dict[str, tuple[int, int]]]:
    counts: dict[str, dict[str, tuple[int, int]]] = {field: {} for field in FIELDS}
    for rows in readings.values():
        for draft, right in rows:
            for field, ground in grounds(draft).items():
                # limits, products and cooperating bodies are judged where the task itself stands
                if field != "lead" and not any(right.values()):
                    continue
                good, seen = counts[field].get(ground, (0, 0))
                counts[field][ground] = (good + right[field], seen + 1)
    return counts


def reliability() -> list[Row]:
    """Bins of certainty: stated and observed share of right drafts, each document by the counts of the others."""
    readings = _readings()
    bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for name, rows in readings.items():
        others = _counted({k: v for k, v in readings.items() if k != name})
        for draft, right in rows:
            stated = certainty(draft, others).whole
            bins[min(9, int(stated * 10))].append((stated, right["lead"] and right["deadline"]))
    out, gap, total = [], 0.0, sum(map(len, bins.values()))
    for step in sorted(bins):
        stated = sum(s for s, _ in bins[step]) / len(bins[step])
        seen = sum(r for _, r in bins[step]) / len(bins[step])
        gap += abs(stated - seen) * len(bins[step]) / total
        peers = {"stated": round(stated, 3)}
        out.append(
            _row(
                f"right, stated {step / 10:.1f}-{step / 10 + 0.1:.1f} ({len(bins[step])} drafts)", seen, "share", peers
            )
        )
    out.append(_row(f"calibration error, leave one document out ({total} drafts)", gap, "share"))
    if ARGUMENTS and ARGUMENTS[0].write:
        counted = {f: {g: list(c) for g, c in sorted(rows.items())} for f, rows in _counted(readings).items()}
        source = f"{len(readings)} văn bản gán nhãn, {total} nhiệm vụ, đếm bằng bench/extraction.py reliability --write"
        data = {"source": source, "status": "checked", "counts": counted}
        DATA.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None), "utf-8")
    return out


ARGUMENTS: list[argparse.Namespace] = []
CASES: dict[str, Callable[[], list[Row]]] = {
    "gold": gold, "table": table, "names": names, "speed": speed, "false": false, "hostile": hostile, "spans": spans,
    "reliability": reliability,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", choices=CASES)
    parser.add_argument("--gold", nargs="*", type=Path, default=[SHARED / "gold/dev"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true", help="name what was missed")
    parser.add_argument("--write", action="store_true", help="with reliability: recount data/certainty.yaml")
    options = parser.parse_args()
    ARGUMENTS.append(options)
    GOLD.extend(options.gold)
    rows = [row for name, case in CASES.items() if options.case in (None, name) for row in case()]
    print(json.dumps(rows, ensure_ascii=False) if options.json else "\n".join(_line(r) for r in rows))
    if options.list:
        print("\n".join(LISTED))


def _line(row: Row) -> str:
    peers = "  ".join(f"{name}: {value}" for name, value in row["peers"].items())
    return f"{row['case']:<62}{row['ours']:>10} {row['unit']:<12}{peers}"


if __name__ == "__main__":
    main()
