"""Plain text and Markdown: decode, keep every character, fold only the line ends; the tables of Markdown."""

from __future__ import annotations

import itertools
import re

from bonhoa.documents.model import Cell, SourceText, Table
from bonhoa.documents.offsets import Origin, rewritten
from bonhoa.documents.readers.encodings import convert, decode

_LINE_END = re.compile(r"\r\n?")
# A table of Markdown: its second row is a rule ("|---|:-:|"), all its rows stand together.
_TABLE = re.compile(
    r"^[ \t]*\|[^\n]+\|[ \t]*\n[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\n(?:[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z))*",
    re.MULTILINE,
)
_RULE_ROW = 1


def read_plain(data: bytes, filename: str, kind: str = "txt") -> SourceText:
    """The decoded text with `\\r\\n` → `\\n`; legacy Vietnamese encodings are converted with a notice.

    `kind` is "txt" or "md"; only Markdown has tables. Raises InputError("encoding").
    """
    decoded = decode(data, filename)
    text, back, converted = convert(decoded.text, decoded.old)
    if "\r" in text:
        text, back = rewritten(text, _LINE_END, lambda _: "\n", back)
    origin = Origin()
    origin.back = back
    tables = tuple(map(_table, _TABLE.finditer(text))) if kind == "md" else ()
    notices = (*decoded.notices, *converted)
    raw = None if text == decoded.text else decoded.text
    return SourceText(text, kind, tables, (), notices, raw=raw, origin=None if raw is None else origin)


def _table(match: re.Match[str]) -> Table:
    """The cells of a table of Markdown; the rule below its head is none of its rows."""
    cells: list[Cell] = []
    at = match.start()
    for number, line in enumerate(match.group().splitlines(keepends=True)):
        row = number - (number > _RULE_ROW)
        bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line)] if number != _RULE_ROW else []
        for column, (left, right) in enumerate(itertools.pairwise(bars)):
            words = line[left + 1 : right]
            start = at + left + 1 + len(words) - len(words.lstrip())
            cells.append(Cell(start, start + len(words.strip()), row, column))
        at += len(line)
    return Table(match.start(), match.end(), tuple(cells))
