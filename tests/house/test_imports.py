"""The house keeps its shape: import contracts, names of modules, size of files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts]


def tracked(*patterns: str) -> list[Path]:
    """Files under version control; the tests also run from an unpacked archive, where git has nothing to say."""
    done = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_import_contracts_hold() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_module_is_a_drawer_for_everything() -> None:
    bad = [p for p in SOURCES if re.fullmatch(r"(utils?|helpers?|misc|common_functions)\.py", p.name)]
    assert not bad


def test_source_files_stay_readable() -> None:
    long = {p.relative_to(ROOT).as_posix(): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 500}
    assert not long, f"past 500 lines a file wants to be two: {long}"


def test_every_module_says_what_it_is_for() -> None:
    assert not [p for p in SOURCES if p.read_text().strip() and not p.read_text().lstrip().startswith(('"""', 'r"""'))]


def test_no_registry_host_and_no_path_of_a_machine_in_tracked_files() -> None:
    hosts = re.compile(
        r"https?://[^\s\"']*(?:py" r"pi|python" r"hosted|npm" r"js)|/home/[a-z]+/|/work" r"/(?:main|shared)"
    )
    bad = [p for p in tracked() if p.suffix not in {".xz", ".png", ".mo", ".gz"} and hosts.search(p.read_text("utf-8"))]
    assert not bad


def test_package_lock_names_no_host() -> None:
    lock = ROOT / "package-lock.json"
    assert lock.exists() and '"resolved"' not in lock.read_text()


def test_every_pin_has_a_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^[a-zA-Z0-9_.\[\]-]+==", path.read_text(), re.M)
        assert pins and path.read_text().count("--hash=sha256:") >= len(pins), path.name
