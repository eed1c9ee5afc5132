"""How sure a draft is: the share of right readings, on annotated documents, of drafts that rest on the same grounds.

Nothing here is a feeling: data/certainty.yaml holds, for each ground of a field (the rule that found it), how often it
was right among how many, with the documents counted. A ground seldom seen leans on the share of its whole field.
`bench/extraction.py reliability` recounts it, each document judged by the counts of the others.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from bonhoa.apparatus.register import read_yaml
from bonhoa.execution.model import Certainty, Deadline, TaskDraft

WEIGHT = 4.0
"""How many readings the share of the whole field counts for beside those of the ground."""

Counts = Mapping[str, Mapping[str, tuple[int, int]]]


@functools.cache
def counts() -> Counts:
    """{field: {ground: (right, seen)}} of the annotated documents."""
    data = read_yaml("certainty.yaml")
    return {field: {ground: (row[0], row[1]) for ground, row in rows.items()} for field, rows in data["counts"].items()}


def grounds(draft: TaskDraft) -> dict[str, str]:
    """What each field of the draft rests on: the rule of its reason, and what sort of value it is."""
    rules = {reason.field: reason.rule for reason in draft.reasons}
    several = "several" if len(draft.lead) > 1 else "one" if draft.lead else "none"
    return {
        "lead": f"{rules.get('lead', 'none')}, {several}, {rules.get('task', 'none')}",
        "coordinate": f"{rules.get('coordinate', 'none')}, {min(len(draft.coordinate), 3)}",
        "deadline": f"{rules.get('deadline', 'none')}, {_kind(draft.deadline)}",
        "deliverable": rules.get("deliverable", "none"),
    }


def _kind(deadline: Deadline | None) -> str:
    if deadline is None:
        return "none"
    return "date" if deadline.date else "recurrence" if deadline.recurrence else "event"


def certainty(draft: TaskDraft, seen: Counts | None = None) -> Certainty:
    """The certainty of each field of `draft` by the counts `seen` (default: the library's own)."""
    table = counts() if seen is None else seen
    share = {field: _share(table.get(field, {}), ground) for field, ground in grounds(draft).items()}
    return Certainty(**{field: round(value, 2) for field, value in share.items()})


def _share(rows: Mapping[str, tuple[int, int]], ground: str) -> float:
    right, total = sum(r for r, _ in rows.values()), sum(n for _, n in rows.values())
    whole = (right + 1) / (total + 2)
    mine, times = rows.get(ground, (0, 0))
    return (mine + WEIGHT * whole) / (times + WEIGHT)
