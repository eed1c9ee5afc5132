"""Records of this room as the values that the library computes on: the only mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bonhoa.execution.model import Deadline, GivenTask, Recurrence
from bonhoa.execution.plan import limit_words
from bonhoa.execution.progress import State, TaskSnapshot
from bonhoa.reports.figures import Counted
from bonhoa_web.execution.models import Draft, Task

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


GIVEN_FIELDS = (
    *("pk", "title", "lead__code", "lead__name", "deadline_text", "due_current", "recurrence", "event__name"),
    *("deliverable", "draft__lead_names", "plan_id", "plan__document__number", "plan__document__subject"),
)
"""The columns that `given_tasks` reads with `values`."""


def given_tasks(tasks: Iterable[Mapping[str, Any]]) -> list[GivenTask]:
    """Tasks that were given (rows of `GIVEN_FIELDS`) in words, to look for the same work."""
    return [
        GivenTask(
            title=t["title"],
            lead=t["lead__code"],
            lead_name=t["lead__name"],
            deadline=_limit(t["deadline_text"], t["due_current"], t["recurrence"], t["event__name"]),
            deliverable=t["deliverable"],
            aside=(*(t["draft__lead_names"] or ()), t["lead__name"], t["deadline_text"]),
            document=t["plan__document__number"] or t["plan__document__subject"],
            number=t["plan__document__number"] or None,
            key=str(t["pk"]),
        )
        for t in tasks
    ]


def given_draft(draft: Draft) -> GivenTask:
    """A row of a plan in words, as it stands after the corrections."""
    document = draft.plan.document
    printed = draft.reading.get("coordinate", ())
    return GivenTask(
        title=draft.title,
        lead=draft.lead.code if draft.lead else None,
        lead_name=draft.lead.name if draft.lead else "; ".join(draft.lead_names),
        cooperating=(*(u.name for u in draft.cooperating.all()), *draft.coordinate_names),
        deadline=_limit(draft.deadline_text, draft.due_on, draft.recurrence, draft.event),
        deliverable=draft.deliverable,
        aside=(*draft.lead_names, *printed, (draft.reading.get("deadline") or {}).get("text", "")),
        document=document.number or document.subject,
        number=document.number or None,
        key=str(draft.pk),
    )


def _limit(text: str, due: Any, recurrence: str, event: str | None) -> str:
    known = Recurrence.of(recurrence) if recurrence else None
    return limit_words(Deadline(text, due, known, event or None))
