"""Records of this room as the values that the library computes on: the only mapping."""

from __future__ import annotations

from bonhoa.execution.progress import State, TaskSnapshot
from bonhoa.reports.figures import Counted
from bonhoa_web.execution.models import Task

SNAPSHOT_FIELDS = ("state", "assigned_on", "due_current", "event__on", "received_on", "reported_on", "verified_on")
"""The columns that `task_snapshot` reads; fetch the event with the task."""


def task_snapshot(task: Task) -> TaskSnapshot:
    """What the status of `task` depends on."""
    return TaskSnapshot(
        state=State(task.state),
        assigned_on=task.assigned_on,
        due=task.due_current,
        waits_for_event=task.event is not None and task.event.on is None,
        received_on=task.received_on,
        reported_on=task.reported_on,
        verified_on=task.verified_on,
    )


def counted(task: Task, group: str) -> Counted:
    """What the figures of a report read of `task`, counted in the line `group`."""
    return Counted(
        group,
        task.assigned_on,
        task.due_current,
        task.reported_on,
        task.verified_on,
        set_aside=task.state in {State.DECLINED, State.PAUSED},
        withdrawn=task.state == State.WITHDRAWN,
    )
