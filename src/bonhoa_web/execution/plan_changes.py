"""The history of a plan under review: images of the rows before and after each step, so that a step can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bonhoa.common.errors import InputError
from bonhoa.execution.model import OWNER_PROBLEMS, Deadline, Problem, Recurrence
from bonhoa.execution.plan import other_problems
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import ChangeKind, Draft, Plan, PlanChange, PlanState
from bonhoa_web.foundation.models import User

OUTSIDE = frozenset({Problem.DUPLICATE, Problem.ALREADY_GIVEN, Problem.OUTSIDE_MANDATE})
"""Problems that the row alone does not tell."""

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
    "confidences",
    "reading",
    "overlaps",
    "reviewed",
    "dropped",
    "note",
    "by_hand",
)

# What a person corrects of what was read; the rest of an image is bookkeeping.
_CORRECTED = (
    *("start", "end", "title", "lead_id", "cooperating", "due_on", "recurrence", "event", "deliverable"),
    *("dropped", "by_hand"),
)

Image = dict[str, Any]


def image(draft: Draft) -> Image:
    """Everything of a row, as JSON."""
    due = draft.due_on.isoformat() if draft.due_on else None
    return {"id": draft.pk, "due_on": due, "cooperating": sorted(u.pk for u in draft.cooperating.all())} | {
        key: getattr(draft, key) for key in _PLAIN
    }


def lock(plan: Plan, actor: User, drafts: Iterable[Draft] = (), seen: int | None = None) -> Plan:
    """The plan as it is now, kept for this transaction, if `actor` may change it; `drafts` are brought up to date.

    Raises InputError: "approved", "submitted" (waits for a decision: only its approver changes it), "stale" (somebody
    changed one of `drafts` since version `seen`), "gone" (a step that made the row was undone).
    """
    plan = lock_open(plan)
    if plan.state == PlanState.SUBMITTED and not rights.may_approve(actor, plan=plan):
        raise InputError(
            "submitted",
            "Bảng phân công đang chờ duyệt; hãy bấm “Rút lại để sửa” rồi mới sửa.",
            "The plan waits for approval; press “Take back to edit” before you change it.",
        )
    drafts = list(drafts)
    for draft in drafts:
        try:
            draft.refresh_from_db()
        except Draft.DoesNotExist:
            raise InputError(
                "gone",
                "Dòng này không còn: bước tạo ra nó vừa được hoàn tác; hãy tải lại trang.",
                "This row is gone: the step that made it has just been undone; reload the page.",
            ) from None
        draft.plan = plan
    require_fresh(plan, drafts, seen)
    return plan


def lock_open(plan: Plan) -> Plan:
    """The plan as it is now, kept for this transaction; InputError("approved") if it is not under review any more."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state == PlanState.APPROVED:
        raise InputError(
            "approved",
            "Bảng phân công đã được duyệt nên không sửa được nữa; hãy xử lý trên từng nhiệm vụ.",
            "The plan has been approved and cannot be changed any more; work on its tasks instead.",
        )
    return plan


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


def require_last_seen(plan: Plan, seen: int | None) -> None:
    """Raise InputError("stale") if any step was taken since version `seen`: undoing takes back the step on the page."""
    if seen is None or seen >= plan.version:
        return
    change = plan.changes.filter(version__gt=seen).select_related("actor").first()
    who, what = (str(change.actor), change.label) if change else ("…", "…")
    raise InputError(
        "stale",
        f"{who} vừa làm bước “{what}” sau khi bạn mở trang, nên chưa hoàn tác gì; hãy xem lại rồi bấm lần nữa.",
        f"{who} took the step “{what}” after you opened the page, so nothing was undone; look again, then press again.",
    )


def keep(
    plan: Plan, actor: User, kind: ChangeKind, label: str, before: list[Image], after: Iterable[Draft]
) -> PlanChange:
    """Record a step; what had been undone before it cannot be redone any more."""
    plan.changes.filter(undone=True).delete()
    plan.version += 1
    plan.save(update_fields=["version"])
    images = [image(d) for d in after]
    return PlanChange.objects.create(
        plan=plan,
        actor=actor,
        kind=kind,
        label=label[:120],
        version=plan.version,
        words=_corrections(plan.document.text, before, images),
        before=before,
        after=images,
    )


def _corrections(text: str, before: list[Image], after: list[Image]) -> list[dict[str, Any]]:
    """For every row that a step corrected: its words in the document, and each field from → to."""
    was = {row["id"]: row for row in before}
    found = []
    for row in after:
        old = was.get(row["id"], {})
        fields = {key: [old.get(key), row[key]] for key in _CORRECTED if old.get(key) != row[key]}
        if fields:
            words = text[row["start"] : row["end"]] if row["start"] is not None else ""
            found.append({"row": row["id"], "words": words, "fields": fields})
    return found


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
    """Set the problems of a row from what it says now; owner problems go when it has a lead that exists. What only a
    look at other rows, directives or mandates tells stays until somebody settles it."""
    day = draft.plan.on
    owners = [p for p in draft.problems if p in OWNER_PROBLEMS]
    if draft.lead is None:
        problems = owners or [str(Problem.NO_LEAD)]
    else:
        problems = [] if draft.lead.exists_on(day) else [str(Problem.ENDED_BODY)]
    known = Recurrence.of(draft.recurrence) if draft.recurrence else None
    limit = Deadline(draft.deadline_text, draft.due_on, known, draft.event or None)
    problems += other_problems(limit, draft.deliverable, day, draft.plan.document.issued_on)
    problems += [p for p in draft.problems if p in OUTSIDE]
    draft.problems = [str(p) for p in problems]
    draft.suggestions = [s for s in draft.suggestions if s["problem"] in draft.problems]


def blocking(draft: Draft) -> bool:
    """True if the row has no owner yet: it can not become a task."""
    return draft.lead_id is None or any(p in OWNER_PROBLEMS for p in draft.problems)
