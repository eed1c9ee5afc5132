"""Every word of every page has its English: no message without text, none marked as a guess, compiled as written."""

from __future__ import annotations

import ast
import gettext
import io
import re
import subprocess
from pathlib import Path

import pytest
from django.utils.translation import templatize

ROOMS = sorted((Path(__file__).resolve().parents[2] / "src/bonhoa_web").glob("*/locale/en/LC_MESSAGES/django.po"))


def entries(path: Path) -> list[tuple[str, str, str]]:
    """(flags, msgid, first msgstr) of a catalogue."""
    out = []
    for block in path.read_text("utf-8").split("\n\n")[1:]:
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        flags = " ".join(line for line in lines if line.startswith("#,"))
        words: dict[str, str] = {}
        key = ""
        for line in lines:
            if line.startswith(("msgid", "msgstr", "msgctxt")):
                key, _, text = line.partition(" ")
                words[key] = text.strip()[1:-1]
            elif line.startswith('"'):
                words[key] += line.strip()[1:-1]
        if words.get("msgid"):
            out.append((flags, words["msgid"], words.get("msgstr", words.get("msgstr[0]", ""))))
    return out


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: p.parts[-5])
def test_every_message_has_its_english(path: Path) -> None:
    found = entries(path)
    assert len(found) > 5
    assert not [msgid for flags, msgid, text in found if not text or "fuzzy" in flags]


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: p.parts[-5])
def test_compiled_as_written(path: Path) -> None:
    compiled = gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    for _flags, msgid, text in entries(path):
        plain = msgid.replace('\\"', '"').replace("\\n", "\n")
        wanted = text.replace('\\"', '"').replace("\\n", "\n")
        assert wanted in {compiled.gettext(plain), compiled.ngettext(plain, plain, 1)}, msgid


def test_no_room_with_words_lacks_a_catalogue() -> None:
    rooms = {p.parts[-5] for p in ROOMS}
    said = subprocess.run(
        ["grep", "-rlE", r"gettext|translate", "--include=*.py", "--include=*.html", "."],
        cwd=Path(__file__).resolve().parents[2] / "src/bonhoa_web",
        capture_output=True,
        text=True,
    ).stdout.split()
    assert {Path(p).parts[0] for p in said} - {"settings"} <= rooms


MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}


def said(room: Path) -> set[str]:
    """Every message of a room's modules and templates, as the translator looks it up."""
    found = set()
    for module in room.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.add(text.value)
    for page in room.rglob("*.html"):
        source = templatize(page.read_text("utf-8"), origin=str(page))
        for literal in re.findall(r"""\bn?gettext\((u?(?:'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"))""", source):
            found.add(ast.literal_eval(literal))
        for literal in re.findall(r"""(?<![\w])_\((u?(?:'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"))\)""", source):
            found.add(ast.literal_eval(literal))
    return found


@pytest.mark.parametrize("path", ROOMS, ids=lambda p: p.parts[-5])
def test_no_message_of_the_pages_is_missing(path: Path) -> None:
    known = {msgid.replace('\\"', '"').replace("\\n", "\n") for _flags, msgid, _text in entries(path)}
    messages = said(path.parents[3])
    assert len(messages) > 5
    assert sorted(messages - known) == []
