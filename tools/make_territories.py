"""Write src/bonhoa/data/territories.csv.xz from ../shared/data/units: provinces, districts, communes around 2025-07-01.

Run from the repository root: `.venv/bin/python tools/make_territories.py [UNITS_FOLDER]`.

A unit is not its statistical code: the code 08 was Tuyên Quang before and is another, larger Tuyên Quang since.
So every row has a `uid` of ours: "vn-" + code, with "-to-2025" for a unit that ended then. A unit that took in
nothing and lost nothing (Hà Nội; some communes) goes on as the same unit; every other one of today began that day,
also where it kept an old name, because the resolutions call it a new unit.

Columns: uid, level, code, name, parent (uid), parent_before (uid; a commune that went on when its district ended),
valid_from, valid_to, successors (uids joined by a space), whole (for each successor w: the whole unit went there, p: a
part of it), clause (the khoản of Điều 1 of the basis that made the unit; cited by the mapping and, where the text
could be split, found there), basis, status.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

DAY = "2025-07-01"
OUT = Path("src/bonhoa/data/territories.csv.xz")
COLUMNS = [
    "uid",
    "level",
    "code",
    "name",
    "parent",
    "parent_before",
    "valid_from",
    "valid_to",
    "successors",
    "whole",
    "clause",
    "basis",
    "status",
]
PROVINCES_BY = "202/2025/QH15"
DISTRICTS_BY = "203/2025/QH15"
DISTRICT_WORDS = ("Huyện ", "Quận ", "Thị xã ", "Thành phố ")


def main(folder: Path) -> None:
    """Read the files of `folder`, check that they agree, write OUT."""
    new = json.loads((folder / "merges.json").read_text(encoding="utf-8"))["data"]
    old = json.loads((folder / "splits.json").read_text(encoding="utf-8"))["data"]
    with lzma.open(folder / "decisions_old_to_new_with_citations.jsonl.xz", "rt", encoding="utf-8") as lines:
        decisions = [json.loads(line) for line in lines]
    official = official_communes((folder / "resolutions" / "1027_CTK-CSCL.md").read_text(encoding="utf-8"))

    went_on = units_that_went_on(new, old)
    rows = [*provinces(new, old, went_on), *communes(new, old, decisions, official, went_on)]
    rows += districts(decisions, rows)
    rows.sort(key=lambda row: (("province", "district", "commune").index(row["level"]), row["uid"]))

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    OUT.write_bytes(lzma.compress(buffer.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{OUT}: {len(rows)} rows, {len(went_on)} went on, {OUT.stat().st_size} bytes")


def official_communes(text: str) -> dict[str, str]:
    """Code → name as printed by the statistical office (letter 1027/CTK-CSCL)."""
    cells = re.findall(r"^\| \d+ +\| (\d{5}) \| ([^|]+)\|", text, re.MULTILINE)
    return {code: " ".join(name.replace("<br>", " ").split()) for code, name in cells}


def units_that_went_on(new: list[Any], old: list[Any]) -> set[str]:
    """Codes of the units made of exactly one whole old unit of the same code and name, which went nowhere else."""
    splits = {p["level1_id"]: p["splits"] for p in old}
    splits |= {c["level3_id"]: c["splits"] for p in old for c in p["level3s"]}
    units = [(p["level1_id"], p) for p in new] + [(c["level2_id"], c) for p in new for c in p["level2s"]]
    return {
        code
        for code, unit in units
        if [(m["old_id"], bare(m["name"]), m["type"]) for m in unit["merges"]] == [(code, bare(unit["name"]), "full")]
        and [s["new_id"] for s in splits[code]] == [code]
    }


def bare(name: str) -> str:
    """The letters of a name: "Xã Đak Ơ" of the old list is "Xã Đăk Ơ", which its resolution leaves as it is."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def old_uid(code: str, went_on: set[str]) -> str:
    """The uid of the unit that had `code` before DAY."""
    return f"vn-{code}" if code in went_on else f"vn-{code}-to-2025"


def provinces(new: list[Any], old: list[Any], went_on: set[str]) -> list[dict[str, str]]:
    """The 34 of today and those of the 63 that ended."""
    rows = []
    for province in new:
        code = province["level1_id"]
        rows.append(
            {
                "uid": f"vn-{code}",
                "level": "province",
                "code": code,
                "name": province["name"],
                "valid_from": "" if code in went_on else DAY,
                "basis": "60-NQ/TW" if code in went_on else PROVINCES_BY,
                "status": "checked",  # named in the list of 60-NQ/TW and in 915/CTK-CSCL
            }
        )
    for province in old:
        code = province["level1_id"]
        if code not in went_on:
            rows.append(
                {
                    "uid": old_uid(code, went_on),
                    "level": "province",
                    "code": code,
                    "name": province["name"],
                    "valid_to": DAY,
                    "successors": " ".join(f"vn-{s['new_id']}" for s in province["splits"]),
                    "whole": " ".join("w" for s in province["splits"]),
                    "basis": PROVINCES_BY,
                    "status": "checked",  # 60-NQ/TW names the parts of every merged province
                }
            )
    return rows


def communes(
    new: list[Any], old: list[Any], decisions: list[Any], official: dict[str, str], went_on: set[str]
) -> list[dict[str, str]]:
    """The 3,321 of today and those of the 10,047 that ended."""
    paths = [d["old_path"].split("/") for d in decisions]
    district_of = {path[2]: path[1] for path in paths if len(path) == 3}
    basis_of: dict[str, str] = {}
    clauses: dict[str, Counter[str]] = defaultdict(Counter)
    for decision in decisions:
        for result in decision["result"]:
            if "ward_code" in result:
                basis_of.setdefault(result["ward_code"], result["citation"]["header"].split(":")[0])
                if numbered := re.match(r"(\d+)\.", result["citation"]["line"]):
                    clauses[result["ward_code"]][numbered[1]] += 1
    wholly = {
        (m["old_id"], c["level2_id"]): m["type"] == "full" for p in new for c in p["level2s"] for m in c["merges"]
    }
    rows = []
    for province in new:
        for commune in province["level2s"]:
            code = commune["level2_id"]
            rows.append(
                {
                    "uid": f"vn-{code}",
                    "level": "commune",
                    "code": code,
                    "name": commune["name"],
                    "parent": f"vn-{province['level1_id']}",
                    "parent_before": f"vn-{district_of[code]}" if code in went_on else "",
                    "valid_from": "" if code in went_on else DAY,
                    "clause": clauses[code].most_common(1)[0][0] if clauses[code] else "",
                    "basis": basis_of.get(code, ""),
                    "status": "checked" if same_name(official.get(code, ""), commune["name"]) else "unverified",
                }
            )
    for province in old:
        for commune in province["level3s"]:
            code = old_code = commune["level3_id"]
            if code not in went_on:
                successors = [s["new_id"] for s in commune["splits"]]
                rows.append(
                    {
                        "uid": old_uid(code, went_on),
                        "level": "commune",
                        "code": code,
                        "name": commune["name"],
                        "parent": f"vn-{district_of[code]}",
                        "valid_to": DAY,
                        "successors": " ".join(f"vn-{code}" for code in successors),
                        "whole": " ".join("w" if wholly[old_code, code] else "p" for code in successors),
                        "basis": " ".join(sorted({basis_of[code] for code in successors if code in basis_of})),
                        "status": "unverified",  # the mapping was made by a language model and corrected by hand
                    }
                )
    return rows


def districts(decisions: list[Any], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The 696 districts that ended; successors are the communes of today on their ground."""
    names: dict[str, tuple[str, str]] = {}
    onto: dict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        path, address = decision["old_path"].split("/"), decision["old_address"]
        address = address.replace("Thị Xã ", "Thị xã ").replace("Thành Phố ", "Thành phố ").split(", ")
        if len(path) > 1:
            # one island district stands in front of its commune, so the word decides, not the place
            name = next(part for part in reversed(address[:-1]) if part.startswith(DISTRICT_WORDS))
            names[path[1]] = (name, path[0])
        if len(path) == 2:
            onto[f"vn-{path[1]}"] |= {f"vn-{result['ward_code']}" for result in decision["result"]}
    for row in rows:
        if row["level"] == "commune" and (row.get("parent_before") or row.get("valid_to")):
            onto[row.get("parent_before") or row["parent"]] |= set(row.get("successors", "").split()) or {row["uid"]}
    went_on = {
        row["code"]
        for row in rows
        if row["level"] == "province" and not row.get("valid_from") and not row.get("valid_to")
    }
    return [
        {
            "uid": f"vn-{code}",
            "level": "district",
            "code": code,
            "name": name,
            "parent": old_uid(province, went_on),
            "valid_to": DAY,
            "successors": " ".join(sorted(onto[f"vn-{code}"])),
            "basis": DISTRICTS_BY,
            "status": "unverified",
        }
        for code, (name, province) in names.items()
    ]


def same_name(first: str, second: str) -> bool:
    """True if two prints of a name agree but for Unicode form, case and the places of tone marks."""

    def loose(name: str) -> tuple[str, list[str]]:
        decomposed = unicodedata.normalize("NFD", name.casefold())
        marks = sorted(c for c in decomposed if unicodedata.combining(c))
        return re.sub(r"[^\wđ]", "", "".join(c for c in decomposed if not unicodedata.combining(c))), marks

    return loose(first) == loose(second)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/data/units"))
