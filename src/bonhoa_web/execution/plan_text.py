"""The document beside its plan, in parts: a short one is sent whole, of a long one the parts that the page's rows need.

A part begins and ends at a line. The others are places that say what stands there; a browser with JavaScript fetches
them as they come into view, and each is a link that works without.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from bonhoa.documents.model import NodeKind
from bonhoa_web.documents.markup import Mark, render
from bonhoa_web.execution.models import Draft, Plan

WHOLE = 60_000  # characters: a document up to this length is sent whole
PART = 4_000  # characters of a part, at least
_LINE = 95  # characters of a line on a wide screen, to keep the height of a part that is not there yet
_MARKED = frozenset({"lead", "coordinate", "deadline", "deliverable"})
_HEADS = frozenset({NodeKind.PHAN, NodeKind.CHUONG, NodeKind.MUC, NodeKind.DIEU, NodeKind.ANNEX, NodeKind.ATTACHED})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text; `html` None where it is not sent, then `height` says about how high it will be (steps of
    ten lines, for the style sheet)."""

    number: int
    opening: str
    height: int
    html: SafeString | None


@functools.lru_cache(maxsize=8)
def bounds(text: str) -> tuple[int, ...]:
    """Where the parts of a text begin, and its end."""
    cuts = [0]
    if len(text) > WHOLE:
        while (line := text.find("\n", cuts[-1] + PART)) >= 0 and line + 1 < len(text):
            cuts.append(line + 1)
    return (*cuts, len(text))


def part_at(text: str, place: int) -> int:
    """The number of the part in which `place` lies."""
    return max(0, bisect.bisect_right(bounds(text), place) - 1)


def parts(plan: Plan, numbers: dict[int, int], shown: Iterable[Draft], also: Collection[int] = ()) -> list[Part]:
    """The parts of the plan's document: with their words those in which a row of `shown` stands, and `also`.

    `numbers`: id → number of every live row, so that rows of other pages are marked too.
    """
    text: str = plan.document.text
    cuts = bounds(text)
    wanted = set(also)
    for draft in shown:
        if draft.start is not None and draft.end is not None and not draft.dropped:
            wanted |= set(range(part_at(text, draft.start), part_at(text, max(draft.start, draft.end - 1)) + 1))
    if len(cuts) == 2:
        wanted = {0}
    marks = _marks(plan, numbers, [(cuts[n], cuts[n + 1]) for n in sorted(wanted) if n + 1 < len(cuts)])
    return [_part(text, n, cuts, marks if n in wanted else None) for n in range(len(cuts) - 1)]


def one_part(plan: Plan, numbers: dict[int, int], number: int) -> Part | None:
    """One part with its words; None if the text has no such part."""
    text: str = plan.document.text
    cuts = bounds(text)
    if not 0 <= number < len(cuts) - 1:
        return None
    return _part(text, number, cuts, _marks(plan, numbers, [(cuts[number], cuts[number + 1])]))


def _part(text: str, number: int, cuts: Sequence[int], marks: list[Mark] | None) -> Part:
    start, end = cuts[number], cuts[number + 1]
    words = text[start:end]
    if marks is None:
        lines = sum(1 + len(line) // _LINE for line in words.split("\n"))
        return Part(number, " ".join(words[:200].split())[:90], min(20, 1 + lines // 10), None)
    inside = [
        Mark(
            max(m.start, start) - start,
            min(m.end, end) - start,
            m.kind,
            m.id if m.start >= start else "",
            m.title,
            m.task,
        )
        for m in marks
        if m.start < end and start < m.end
    ]
    return Part(number, "", 0, render(words, inside))


def _marks(plan: Plan, numbers: dict[int, int], spans: list[tuple[int, int]]) -> list[Mark]:
    """What is highlighted in `spans`: tasks with lead, cooperating bodies, deadline, product; citations."""

    def inside(start: int, end: int) -> bool:
        return any(start < stop and begin < end for begin, stop in spans)

    cited = (plan.document.content or {}).get("citations", [])
    out = [Mark(c["start"], c["end"], "citation") for c in cited if inside(c["start"], c["end"])]
    placed: set[tuple[int, int, str]] = set()
    live = plan.drafts.filter(dropped=False, start__isnull=False, end__isnull=False)
    for pk, start, end, reasons in live.values_list("pk", "start", "end", "reasons"):
        if not inside(start, end):
            continue
        out.append(Mark(start, end, "task", f"w{pk}", str(numbers.get(pk, "")), str(pk)))
        for reason in reasons:
            key = (reason["start"], reason["end"], reason["field"])
            if reason["field"] in _MARKED and reason["start"] is not None and key not in placed:
                placed.add(key)
                out.append(Mark(*key, title=reason["vi"], task=str(pk)))
    return out


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of the document and the part in which it stands."""

    part: int
    words: str
    depth: int


def heads(plan: Plan) -> list[Head]:
    """The headings of a document that is sent in parts, in order: the way to any place of it."""
    text: str = plan.document.text
    if len(bounds(text)) == 2 or not plan.document.content:
        return []
    found: list[Head] = []

    def walk(node: dict[str, Any], depth: int) -> None:
        for child in node["children"]:
            if child["kind"] in _HEADS:
                line = text[child["start"] : child["end"]].lstrip().split("\n", 1)[0]
                found.append(Head(part_at(text, child["start"]), " ".join(line.split())[:100], depth))
            walk(child, depth + (child["kind"] in _HEADS))

    walk(plan.document.content["structure"], 0)
    return found
