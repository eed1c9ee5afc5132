"""Open tasks hang on the units that lead them: a unit is not closed before each has another lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse

from bonhoa.execution.progress import State
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Cooperation, Task
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.hanging import Hanger, Hung
from bonhoa_web.foundation.models import User

_CLOSED = [str(State.VERIFIED), str(State.WITHDRAWN)]


def open_tasks(unit_ids: Collection[int]) -> Iterable[Hung]:
    """The tasks of these units that are neither verified nor withdrawn."""
    found = Task.objects.filter(lead_id__in=unit_ids).exclude(state__in=_CLOSED)
    return (Hung(str(pk), lead, title) for pk, lead, title in found.values_list("pk", "lead_id", "title"))


def hand_over(keys: Collection[str], unit: Unit, by: User | None, act: str) -> list[list[int]]:
    """`unit` leads these tasks from now on; it no longer cooperates in them. Returns the [task, unit] of what it did
    cooperate in. Each task's history tells of it."""
    tasks = Task.objects.filter(pk__in=keys).select_related("lead")
    for task in tasks:
        detail = {"lead_before": str(task.lead), "lead": str(unit), "act": act}
        audit.append(by, "task.handed_over", task, detail)
    together = Cooperation.objects.filter(task__in=tasks, unit=unit)
    removed = [list(pair) for pair in together.values_list("task_id", "unit_id")]
    together.delete()
    tasks.update(lead=unit)
    return removed


def give_back(keys: Collection[str], unit: Unit, by: User | None, act: str, removed: list[list[int]]) -> None:
    """`unit` leads these tasks again, and who then cooperated in them does so again."""
    hand_over(keys, unit, by, act)
    Cooperation.objects.bulk_create(
        [Cooperation(task_id=task, unit_id=other) for task, other in removed if str(task) in keys],
        ignore_conflicts=True,
    )


TASKS = Hanger(
    "task",
    ("nhiệm vụ đang thực hiện", "open tasks"),
    open_tasks,
    hand_over,
    give_back,
    lambda unit: f"{reverse('execution-tasks')}?donvi={unit.pk}",
)
