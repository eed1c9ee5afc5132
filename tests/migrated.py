"""A migrated SQLite database, made once and copied: migrations take seconds, and every worker needs their result."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".venv" / "migrated"
_MIGRATE = (
    "import django; django.setup(); from django.core.management import call_command; "
    "call_command('migrate', verbosity=0)"
)


def migrated() -> Path:
    """The file of a database in which all migrations have run; made anew when anything that they rest on changed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # workers start together: one makes it, the others wait
        made = KEPT / f"{_key()}.sqlite3"
        if not made.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            _make(made)
        return made


def _key() -> str:
    """What the result depends on: the code of the system, its requirements and this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*(ROOT / "src/bonhoa_web").rglob("*.py"), ROOT / "requirements/run.txt"]):
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(made: Path) -> None:
    var = KEPT / "var"
    var.mkdir(exist_ok=True)
    unfinished = made.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BONHOA_TEST_DATABASE_URL"}}
    place = {
        "DJANGO_SETTINGS_MODULE": "bonhoa_web.settings.dev",
        "BONHOA_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{unfinished}",
    }
    subprocess.run([sys.executable, "-c", _MIGRATE], env=kept | place, cwd=ROOT, check=True)
    connection = sqlite3.connect(unfinished)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    unfinished.rename(made)


def copy_into(connection: sqlite3.Connection) -> None:
    """Fill an empty database with the migrated one."""
    with sqlite3.connect(f"file:{migrated()}?mode=ro", uri=True) as made:
        made.backup(connection)
