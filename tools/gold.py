"""Read every document of a gold folder in one process and print the score of tools/score.py.

python tools/gold.py FOLDER [--verbose] [--only NAME …]      FOLDER: .txt beside .json, as `bonhoa gold export` writes
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bonhoa.cli_json import document_object
from bonhoa.common.errors import InputError
from bonhoa.documents import read
from bonhoa.execution import extract


def main(gold: Path, *options: str) -> int:
    """Write one prediction per document into a folder and let the measure judge it; its exit code."""
    files = sorted(path.with_suffix(".txt") for path in gold.glob("*.json")) if gold.is_dir() else []
    missing = [path.name for path in files if not path.exists()]
    if not files or missing:
        what = f"thiếu/missing {', '.join(missing)}" if missing else "không có/no *.json"
        print(f"{gold}: {what}. Cần/needed: .txt + .json (bonhoa gold export --out {gold})", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bonhoa-gold-") as folder:
        for path in files:
            try:
                document = read(path.read_bytes(), path.name)
            except InputError as error:
                print(f"{path.name}: {error.en}", file=sys.stderr)
                continue
            found = document_object(document, extract(document))
            (Path(folder) / f"{path.stem}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        score = Path(__file__).with_name("score.py")
        return subprocess.run([sys.executable, score, gold, "--pred", folder, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
