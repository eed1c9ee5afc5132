"""Docs name every command, option, setting and step, in both languages."""

import argparse
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from bonhoa.cli import build_parser

ROOT = Path(__file__).resolve().parents[2]
STEPS = runpy.run_path(str(ROOT / "tools/dev.py"))["STEPS"]
LANGUAGES = {"vi": ROOT / "docs/vi", "en": ROOT / "docs/en"}


def text_of(language: str) -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted(LANGUAGES[language].rglob("*.md")))


def commands() -> dict[str, argparse.ArgumentParser]:
    choices = [a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(choices[0].choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_documented(language: str) -> None:
    text = text_of(language)
    for name, parser in commands().items():
        assert f"bonhoa {name}" in text, f"docs/{language} do not name `bonhoa {name}`"
        for option in (o for a in parser._actions for o in a.option_strings if o.startswith("--") and o != "--help"):
            assert option in text, f"docs/{language} do not name {option} of `bonhoa {name}`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_dev_is_documented(language: str) -> None:
    for step in STEPS:
        assert f"make {step}" in text_of(language), step


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_from_the_environment_is_documented(language: str) -> None:
    names = set()
    for path in (ROOT / "src/bonhoa_web").rglob("*.py"):
        names |= set(re.findall(r"environ(?:\.get\(|\[)\s*[\"']([A-Z_]+)[\"']", path.read_text()))
    assert names
    missing = {n for n in names if n not in text_of(language) and n != "DJANGO_SETTINGS_MODULE"}
    assert not missing


def test_every_command_shows_an_example() -> None:
    for name in commands():
        done = subprocess.run([sys.executable, "-m", "bonhoa.cli", name, "--help"], capture_output=True, text=True)
        assert done.returncode == 0 and f"bonhoa {name}" in done.stdout.split("usage", 1)[-1], name


def test_every_make_target_exists_in_dev() -> None:
    make = (ROOT / "Makefile").read_text()
    for step in STEPS:
        assert re.search(rf"\b{step}\b", make)


def test_links_between_docs_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "README.vi.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text("utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_measure_is_the_one_handed_to_us(shared: Path) -> None:
    assert (ROOT / "tools/score.py").read_text() == (shared / "tools/score.py").read_text()
