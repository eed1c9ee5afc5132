"""A document with its tasks as people corrected them, in the form that the reading is measured against ("gold").

One object per document: metadata, citations and tasks by quote (copied verbatim, whole, one line of the text) and
`nth` (which occurrence is meant). The names of bodies are those printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import regex

from bonhoa.documents.model import Document, Node, as_json
from bonhoa.execution.deadlines import limits_in
from bonhoa.execution.model import Deadline, TaskDraft

_CLOSING = " \t\n\r;./"


def gold_object(document: Document, drafts: Sequence[TaskDraft], file: str) -> dict[str, Any]:
    """The gold of `document`, whose text is stored beside it as `file`. Drafts with the same span are one task."""
    meta, text = document.metadata, document.text
    unique = {(d.start, d.end): d for d in reversed(drafts)}
    return {
        "file": file,
        "metadata": as_json(
            {
                "type": meta.type,
                "number": meta.number,
                "date": meta.date,
                "issuer": meta.issuer,
                "signer": meta.signer,
                "subject": meta.subject,
            }
        ),
        "citations": [
            as_json({"kind": c.kind, "number": c.number, "date": c.date, "provision": c.provision})
            | _quote(text, c.start, c.end)
            for c in document.citations
        ],
        "tasks": [_task(text, draft) for _, draft in sorted(unique.items())],
    }


def _task(text: str, draft: TaskDraft) -> dict[str, Any]:
    limit = draft.deadline
    return _quote(text, *main_line(text, draft.start, draft.end)) | {
        "lead": list(draft.lead),
        "coordinate": list(draft.coordinate),
        "deadline": None
        if limit is None
        else as_json({"text": limit.text, "date": limit.date, "recurrence": limit.recurrence, "event": limit.event}),
        "deliverable": draft.deliverable,
    }


def main_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The longest line of a span, without what closes it: a quote never crosses a line."""
    lines = [(m.start() + start, m.end() + start) for m in regex.finditer(r"[^\n]+", text[start:end])]
    begin, stop = max(lines, key=lambda line: line[1] - line[0])
    words = text[begin:stop]
    return begin + len(words) - len(words.lstrip()), begin + len(words.rstrip(_CLOSING))


def _quote(text: str, start: int, end: int) -> dict[str, Any]:
    """The words of a span and which of their occurrences it is, overlapping ones counted."""
    quote = text[start:end]
    before, at = 0, text.find(quote)
    while 0 <= at < start:
        before, at = before + 1, text.find(quote, at + 1)
    return {"quote": quote, "nth": before + 1}


def find_printed(words: str, names: Sequence[str]) -> str | None:
    """The first of `names` that `words` print, as they print it, case and white space aside; of names that begin at one
    place the longest."""
    found = [
        (match.start(), -len(match.group()), " ".join(match.group().split()))
        for name in names
        if name.split()
        for match in regex.finditer(r"\b" + r"\s+".join(map(regex.escape, name.split())) + r"\b", words, regex.I)
    ]
    return min(found)[2] if found else None


def spans_above(structure: Node, place: int) -> list[tuple[int, int]]:
    """The own words (without their items) of the units of the document in which `place` lies, innermost first: the
    headings and addressee lines that an item inherits its bodies from. Not the document's own head."""
    found = []
    node = structure
    while inner := next((child for child in node.children if child.start <= place < child.end), None):
        first = inner.children[0].start if inner.children else inner.end
        found.append((inner.start, first))
        node = inner
    return found[::-1]


def printed_limit(text: str, start: int, end: int, wanted: Deadline, today: dt.date | None) -> Deadline | None:
    """The limit in the words [start, end) that says what `wanted` says; None if none does."""
    for limit in limits_in(text[start:end], today):
        if (limit.date, limit.recurrence) == (wanted.date, wanted.recurrence) and bool(limit.event) == bool(
            wanted.event
        ):
            return Deadline(limit.text, limit.date, limit.recurrence, limit.event)
    return None
