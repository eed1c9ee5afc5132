"""The history of a plan under review: images of the rows before and after each step, so that a step can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bonhoa.common.errors import InputError
from bonhoa.execution.model import OWNER_PROBLEMS, Problem
from bonhoa_web.execution.models import Draft, Plan, PlanChange, PlanState
from bonhoa_web.foundation.models import User

_PLAIN = (
    "order",
    "parent_id",
    "start",
    "end",
    "title",
    "lead_names",
    "coordinate_names",
    "lead_id",
    "office",
    "leader_id",
    "monitor_id",
    "deadline_text",
    "recurrence",
    "event",
    "deliverable",
    "problems",
    "suggestions",
    "reasons",
    "confidence",
    "reviewed",
    "dropped",
    "note",
    "by_hand",
)

Image = dict[str, Any]


def image(draft: Draft) -> Image:
    """Everything of a row, as JSON."""
    due = draft.due_on.isoformat() if draft.due_on else None
    return {"id": draft.pk, "due_on": due, "cooperating": sorted(u.pk for u in draft.cooperating.all())} | {
        key: getattr(draft, key) for key in _PLAIN
    }


def require_open(plan: Plan) -> None:
    """Raise InputError("approved") for a plan that is not under review any more."""
    if plan.state == PlanState.APPROVED:
        raise InputError(
            "approved",
            "Bảng phân công đã được duyệt nên không sửa được nữa; hãy xử lý trên từng nhiệm vụ.",
            "The plan has been approved and cannot be changed any more; work on its tasks instead.",
        )


def require_fresh(plan: Plan, drafts: Iterable[Draft], seen: int | None) -> None:
    """Raise InputError("stale") if somebody else changed one of `drafts` since version `seen` of the plan."""
    if seen is None or seen >= plan.version:
        return
    ids = {d.pk for d in drafts}
    for change in plan.changes.filter(version__gt=seen).select_related("actor"):
        if ids & {row["id"] for row in [*change.before, *change.after]}:
            raise InputError(
                "stale",
                f"{change.actor} vừa sửa dòng này ({change.label}); phần bạn gõ vẫn còn dưới đây, hãy đối chiếu "
                f"rồi lưu lại.",
                f"{change.actor} has just changed this row ({change.label}); what you typed is still here, "
                f"compare and save again.",
            )


def keep(plan: Plan, actor: User, label: str, before: list[Image], after: list[Draft]) -> PlanChange:
    """Record a step; what had been undone before it cannot be redone any more."""
    plan.changes.filter(undone=True).delete()
    plan.version += 1
    plan.save(update_fields=["version"])
    return PlanChange.objects.create(
        plan=plan, actor=actor, label=label[:120], version=plan.version, before=before, after=[image(d) for d in after]
    )


def undo(plan: Plan) -> PlanChange | None:
    """Take back the last step; None if there is none."""
    change = plan.changes.filter(undone=False).order_by("-id").first()
    if change is not None:
        _apply(plan, remove=change.after, put=change.before)
        _mark(plan, change, True)
    return change


def redo(plan: Plan) -> PlanChange | None:
    """Do again the step that was undone last; None if there is none."""
    change = plan.changes.filter(undone=True).order_by("id").first()
    if change is not None:
        _apply(plan, remove=change.before, put=change.after)
        _mark(plan, change, False)
    return change


def _mark(plan: Plan, change: PlanChange, undone: bool) -> None:
    change.undone = undone
    change.save(update_fields=["undone"])
    plan.version += 1
    plan.save(update_fields=["version"])


def _apply(plan: Plan, remove: list[Image], put: list[Image]) -> None:
    kept = {row["id"] for row in put}
    Draft.objects.filter(plan=plan, pk__in=[row["id"] for row in remove if row["id"] not in kept]).delete()
    for row in put:
        draft = Draft(
            pk=row["id"],
            plan=plan,
            due_on=dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            **{key: row[key] for key in _PLAIN},
        )
        draft.save()
        draft.cooperating.set(row["cooperating"])


def recheck(draft: Draft) -> None:
    """Set the problems of a row from what it says now; owner problems go when it has a lead that exists."""
    day = draft.plan.on
    problems = [p for p in draft.problems if p == Problem.DUPLICATE]
    owners = [p for p in draft.problems if p in OWNER_PROBLEMS]
    if draft.lead is None:
        problems = (owners or [str(Problem.NO_LEAD)]) + problems
    elif not draft.lead.exists_on(day):
        problems.insert(0, str(Problem.ENDED_BODY))
    if not (draft.due_on or draft.recurrence or draft.event):
        problems.append(str(Problem.NO_DEADLINE))
    elif draft.due_on and draft.due_on < day:
        problems.append(str(Problem.PAST_DEADLINE))
    if not draft.deliverable:
        problems.append(str(Problem.NO_DELIVERABLE))
    draft.problems = [str(p) for p in problems]


def blocking(draft: Draft) -> bool:
    """True if the row has no owner yet: it can not become a task."""
    return draft.lead_id is None or any(p in OWNER_PROBLEMS for p in draft.problems)
