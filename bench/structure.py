"""Articles in order: share of real acts whose own Điều strictly increase, against the per-line regex family.

    .venv/bin/python bench/structure.py --json

Reads ../shared/data/documents/{cong-bao,late-2025}: every text with more than two lines that begin "Điều N".
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from pathlib import Path

from bonhoa.common.errors import InputError
from bonhoa.documents.model import Node, NodeKind
from bonhoa.documents.readers import read_source
from bonhoa.documents.structure import find_structure

DOCUMENTS = Path(__file__).resolve().parents[2] / "shared/data/documents"
NOT_OWN = {NodeKind.QUOTE, NodeKind.ANNEX, NodeKind.ATTACHED}


def own_articles(node: Node) -> list[str]:
    """The numbers of the act's own articles, in order."""
    found: list[str] = []
    for child in node.children:
        if child.kind is NodeKind.DIEU:
            found.append(child.number or "")
        elif child.kind not in NOT_OWN:
            found += own_articles(child)
    return found


def rises(numbers: list[str]) -> bool:
    """True if the numbers strictly increase, letters after their base."""
    keys = [(int(m[1]), m[2]) for n in numbers if (m := re.match(r"(\d+)(.*)", n))]
    return bool(keys) and all(a < b for a, b in itertools.pairwise(keys))


def measure(case: str) -> dict[str, object]:
    """One row: the share of texts of a folder in order, by our tree and by the regex."""
    ours = peer = total = 0
    for path in sorted((DOCUMENTS / case).iterdir()):
        if path.suffix not in {".txt", ".md"}:
            continue
        try:
            source = read_source(path.read_bytes(), path.name)
        except InputError:
            continue
        if len(re.findall(r"^\W*Điều \d+", source.text, re.MULTILINE)) > 2:
            total += 1
            ours += rises(own_articles(find_structure(source)))
            peer += rises(re.findall(r"^\W*Điều (\d+[a-zđ]?)\s*[.:]", source.text, re.MULTILINE))
    share, regex_share = ours / total, peer / total
    return {
        "case": f"{case} ({total} texts)",
        "ours": round(share, 4),
        "peers": {"per-line regex": round(regex_share, 4)},
        "ratio": round(share / regex_share, 2),
        "unit": "share of texts in order",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", choices=["cong-bao", "late-2025"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = [measure(case) for case in ([options.case] if options.case else ["cong-bao", "late-2025"])]
    if options.json:
        print(json.dumps({"rows": rows}, ensure_ascii=False))
    else:
        for row in rows:
            print(row)


if __name__ == "__main__":
    main()
