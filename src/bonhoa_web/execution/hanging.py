"""Open tasks hang on the units that lead them: a unit is not closed before each has another lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse

from bonhoa.execution.progress import State
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Cooperation, Task
from bonhoa_web.foundation.hanging import Hanger, Hung

_CLOSED = [str(State.VERIFIED), str(State.WITHDRAWN)]


def open_tasks(unit_ids: Collection[int]) -> Iterable[Hung]:
    """The tasks of these units that are neither verified nor withdrawn."""
    found = Task.objects.filter(lead_id__in=unit_ids).exclude(state__in=_CLOSED)
    return (Hung(str(pk), lead, title) for pk, lead, title in found.values_list("pk", "lead_id", "title"))


def hand_over(keys: Collection[str], unit: Unit) -> None:
    """`unit` leads these tasks from now on; it no longer cooperates in them."""
    tasks = Task.objects.filter(pk__in=keys)
    Cooperation.objects.filter(task__in=tasks, unit=unit).delete()
    tasks.update(lead=unit)


TASKS = Hanger(
    "task",
    ("nhiệm vụ đang thực hiện", "open tasks"),
    open_tasks,
    hand_over,
    lambda unit: f"{reverse('execution-tasks')}?donvi={unit.pk}",
)
