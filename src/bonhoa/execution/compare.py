"""A plan beside the plan of the amended or later directive: kept, changed (which field, from → to), new, dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bonhoa.common.folding import fold
from bonhoa.common.labels import Labelled
from bonhoa.execution.model import GivenTask
from bonhoa.execution.similarity import Likeness, pairs_of

LEAST = 0.4
"""From this likeness on a task of the later plan is taken for one of the earlier plan with other words."""
_SAME_LEAD = 0.1  # what the same lead adds, so that one task per body finds its own body again


class ChangeKind(Labelled):
    """What became of a task."""

    KEPT = "kept", "giữ nguyên", "kept"
    CHANGED = "changed", "thay đổi", "changed"
    NEW = "new", "mới", "new"
    DROPPED = "dropped", "không còn", "dropped"


class ComparedField(Labelled):
    """A field of a task that can differ between two plans."""

    TITLE = "title", "nội dung", "words"
    LEAD = "lead", "cơ quan chủ trì", "lead"
    COOPERATING = "cooperating", "cơ quan phối hợp", "cooperating bodies"
    DEADLINE = "deadline", "thời hạn", "deadline"
    DELIVERABLE = "deliverable", "sản phẩm", "deliverable"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs, in words; "" where the plan says nothing."""

    field: ComparedField
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What became of a task; `before`/`after` are places in the two plans, None where it has no counterpart."""

    kind: ChangeKind
    before: int | None
    after: int | None
    fields: tuple[FieldChange, ...] = ()
    likeness: float = 0.0


def compare_plans(before: Sequence[GivenTask], after: Sequence[GivenTask]) -> tuple[TaskChange, ...]:
    """Every task of both plans exactly once: those of the later plan in its order, then those that it dropped.

    Tasks are paired by their words, the most alike first; among equals the same lead decides, then the order.
    """
    partner = _pair(before, after)
    changes = []
    for place, task in enumerate(after):
        if place not in partner:
            changes.append(TaskChange(ChangeKind.NEW, None, place))
            continue
        other, likeness = partner[place]
        fields = _differences(before[other], task)
        kind = ChangeKind.CHANGED if fields else ChangeKind.KEPT
        changes.append(TaskChange(kind, other, place, fields, likeness))
    kept = {other for other, _ in partner.values()}
    changes += [TaskChange(ChangeKind.DROPPED, n, None) for n in range(len(before)) if n not in kept]
    return tuple(changes)


def count(changes: Sequence[TaskChange]) -> dict[ChangeKind, int]:
    """How many tasks of each kind."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in ChangeKind}


def _pair(before: Sequence[GivenTask], after: Sequence[GivenTask]) -> dict[int, tuple[int, float]]:
    """later place → (earlier place, likeness)."""
    index = Likeness(before)
    edges = []
    for place, task in enumerate(after):
        for other, likeness in index.near(task, LEAST):
            bonus = _SAME_LEAD if _lead(task) == _lead(before[other]) else 0.0
            edges.append((-(likeness + bonus), abs(place - other), place, other, likeness))
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, _, place, other, likeness in sorted(edges):
        if place not in partner and other not in taken:
            partner[place] = (other, likeness)
            taken.add(other)
    return partner


def _differences(before: GivenTask, after: GivenTask) -> tuple[FieldChange, ...]:
    pairs = [
        (ComparedField.TITLE, pairs_of(before) != pairs_of(after), before.title, after.title),
        (ComparedField.LEAD, _lead(before) != _lead(after), before.lead_name, after.lead_name),
        (
            ComparedField.COOPERATING,
            _names(before.cooperating) != _names(after.cooperating),
            "; ".join(before.cooperating),
            "; ".join(after.cooperating),
        ),
        (ComparedField.DEADLINE, fold(before.deadline) != fold(after.deadline), before.deadline, after.deadline),
        (
            ComparedField.DELIVERABLE,
            fold(before.deliverable) != fold(after.deliverable),
            before.deliverable,
            after.deliverable,
        ),
    ]
    return tuple(FieldChange(field, old, new) for field, differs, old, new in pairs if differs)


def _lead(task: GivenTask) -> str:
    return task.lead or fold(task.lead_name)


def _names(names: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(name) for name in names)
