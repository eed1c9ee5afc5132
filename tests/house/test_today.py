"""The columns of `Unit` are the values of today: three modules write them, nobody else does."""

import re
from pathlib import Path

WRITERS = {"founding.py", "event_records.py", "today.py"}
ROOMS = Path(__file__).resolve().parents[2] / "src/bonhoa_web"


def test_only_the_keepers_of_today_write_units() -> None:
    writes = re.compile(
        r"\bUnit\.objects\b[^\n]*\.(?:create|bulk_create|update|bulk_update|get_or_create|update_or_create)\("
    )
    writers = {
        p.name for p in ROOMS.rglob("*.py") if "migrations" not in p.parts and writes.search(p.read_text("utf-8"))
    }
    assert writers <= WRITERS and "founding.py" in writers
