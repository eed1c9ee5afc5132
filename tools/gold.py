"""Read every document of ../shared/gold/dev in one process and print the score of ../shared/tools/score.py."""

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


def main(shared: Path, *options: str) -> int:
    """Write one prediction per document into a folder and let the measure judge it; its exit code."""
    with tempfile.TemporaryDirectory(prefix="bonhoa-gold-") as folder:
        for path in sorted((shared / "gold/dev").glob("*.txt")):
            try:
                document = read(path.read_bytes(), path.name)
            except InputError as error:
                print(f"{path.name}: {error.en}", file=sys.stderr)
                continue
            found = document_object(document, extract(document))
            (Path(folder) / f"{path.stem}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        return subprocess.run(
            [sys.executable, shared / "tools/score.py", shared / "gold/dev", "--pred", folder, *options], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
