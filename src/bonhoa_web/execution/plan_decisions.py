"""Decisions about a plan: submit it, take it back, send it back, approve it into tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution import plan_scope as scope
from bonhoa_web.execution.models import ApprovalKind, Cooperation, Draft, Event, Plan, PlanState, Task
from bonhoa_web.execution.plan_actions import live, require_reason
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User


@action("plan.submit", may=rights.may_prepare)
def submit(*, actor: User, trail: Trail, plan: Plan) -> Plan:
    """Hand the plan to a leader; rows without an owner hold it back."""
    plan = changes.lock_open(plan)
    rows = _require_owners(plan)
    plan.state, plan.submitted_at, plan.returned_note = PlanState.SUBMITTED, timezone.now(), ""
    plan.save(update_fields=["state", "submitted_at", "returned_note"])
    trail.detail = {"outside": tasks_outside(plan, rows)}
    return plan


@action("plan.take_back", may=rights.may_prepare)
def take_back(*, actor: User, trail: Trail, plan: Plan) -> Plan:
    """The preparer wants to correct what was submitted; it has to be submitted again."""
    plan = changes.lock_open(plan)
    plan.state, plan.submitted_at = PlanState.DRAFT, None
    plan.save(update_fields=["state", "submitted_at"])
    return plan


@action("plan.send_back", may=rights.may_approve)
def send_back(*, actor: User, trail: Trail, plan: Plan, note: str) -> Plan:
    """The leader wants it corrected; the note says what."""
    plan = changes.lock_open(plan)
    require_reason(note)
    plan.state, plan.returned_note = PlanState.DRAFT, note
    plan.save(update_fields=["state", "returned_note"])
    trail.detail = {"note": note}
    return plan


@action("plan.approve", may=rights.may_approve)
def approve(
    *,
    actor: User,
    trail: Trail,
    plan: Plan,
    seen: int | None = None,
    kind: str = str(ApprovalKind.LEADER),
    meeting_body: str = "",
    meeting_on: dt.date | None = None,
    minutes_number: str = "",
) -> Plan:
    """Approve: the rows become tasks, in this one transaction. A collective decision names body, day and minutes.

    `seen`: the version of the plan that the leader read; a later one is not approved unread.
    """
    plan = changes.lock_open(plan)
    if seen is not None and seen < plan.version:
        last = plan.changes.select_related("actor").first()
        raise InputError(
            "stale",
            f"{last.actor if last else '…'} vừa sửa bảng này sau khi bạn mở; hãy xem lại các dòng rồi duyệt.",
            f"{last.actor if last else '…'} changed this plan after you opened it; read the rows again and approve.",
        )
    if kind == ApprovalKind.COLLECTIVE and not (meeting_body.strip() and meeting_on and minutes_number.strip()):
        raise InputError(
            "minutes",
            "Quyết định của tập thể phải ghi tên tập thể, ngày họp và số biên bản.",
            "A collective decision needs the body, the day of the meeting and the number of the minutes.",
        )
    rows = _require_owners(plan)
    plan.state, plan.approved_by, plan.approved_at = PlanState.APPROVED, actor, timezone.now()
    plan.approval_kind, plan.meeting_body, plan.meeting_on, plan.minutes_number = (
        kind,
        meeting_body,
        meeting_on,
        minutes_number,
    )
    plan.save()
    trail.target = plan
    trail.detail = {"tasks": len(_tasks(plan, rows)), "outside": tasks_outside(plan, rows), "kind": kind}
    if kind == ApprovalKind.COLLECTIVE:
        trail.detail |= {"meeting_body": meeting_body, "meeting_on": meeting_on, "minutes": minutes_number}
    return plan


def tasks_outside(plan: Plan, rows: Iterable[Draft]) -> int:
    """How many of `rows` go to bodies that the plan's unit does not direct. It is told; a person decides."""
    leads = [d.lead_id for d in rows if d.lead_id is not None]
    found = scope.outside(plan.unit, leads)
    return sum(lead in found for lead in leads)


def _require_owners(plan: Plan) -> list[Draft]:
    rows = list(live(plan))
    if not rows:
        raise InputError(
            "no_rows", "Bảng chưa có nhiệm vụ nào; hãy thêm nhiệm vụ trước.", "The plan has no task yet; add one first."
        )
    blocked = [n for n, d in enumerate(rows, 1) if changes.blocking(d)]
    if blocked:
        listed = ", ".join(map(str, blocked[:12])) + (" …" if len(blocked) > 12 else "")
        raise InputError(
            "no_owner",
            f"Dòng {listed} chưa có đúng một cơ quan chủ trì; hãy giải quyết trước khi trình duyệt.",
            f"Row {listed} has not exactly one lead yet; resolve it first.",
        )
    return rows


def _tasks(plan: Plan, rows: Iterable[Draft]) -> list[Task]:
    today = timezone.localdate()
    made: dict[int, Task] = {}
    for number, draft in enumerate(rows, 1):
        parent = made.get(draft.parent_id or 0)
        event = Event.objects.get_or_create(plan=plan, name=draft.event)[0] if draft.event else None
        task = Task.objects.create(
            plan=plan,
            draft=draft,
            parent=parent,
            path=f"{parent.path}.{number:04d}" if parent else f"{number:04d}",
            start=draft.start,
            end=draft.end,
            title=draft.title,
            folded=fold(draft.title),
            lead=draft.lead,
            office=draft.office,
            leader=draft.leader,
            monitor=draft.monitor,
            deadline_text=draft.deadline_text,
            due_original=draft.due_on,
            due_current=draft.due_on,
            recurrence=draft.recurrence,
            event=event,
            deliverable=draft.deliverable,
            assigned_on=today,
        )
        Cooperation.objects.bulk_create(
            Cooperation(task=task, unit=u) for u in draft.cooperating.all() if u.pk != draft.lead_id
        )
        made[draft.pk] = task
    return list(made.values())
