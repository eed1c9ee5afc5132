"""Everything that is written about a task after its plan was approved: receive, report, verify, and the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa.documents.readers import read_source
from bonhoa.execution.progress import State
from bonhoa.execution.transitions import NEEDS_REASON, Act, after
from bonhoa_web.execution.models import Comment, Cooperation, Event, Report, ReportOutcome, Task
from bonhoa_web.execution.task_rights import may_do, may_see, on_issuer_side, on_unit_side
from bonhoa_web.foundation import attachments
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Attachment, User

OPEN_STATES = [str(s) for s in State if s not in {State.VERIFIED, State.WITHDRAWN}]


def _may(act: Act) -> Any:
    return lambda actor, *, task, **_: may_do(actor, act, task)


@action("task.receive", may=_may(Act.RECEIVE))
def receive(*, actor: User, trail: Trail, task: Task) -> Task:
    """The lead body takes the task on."""
    task = _move(task, Act.RECEIVE, trail)
    task.received_on = timezone.localdate()
    task.save()
    return task


@action("task.decline", may=_may(Act.DECLINE))
def decline(*, actor: User, trail: Trail, task: Task, reason: str) -> Task:
    """The lead body sends the task back to the issuer, saying why."""
    task = _move(task, Act.DECLINE, trail, reason)
    task.declined_reason, task.assignee = reason.strip(), None
    task.save()
    return task


@action("task.assign", may=_may(Act.ASSIGN))
def assign_person(*, actor: User, trail: Trail, task: Task, person: User | None) -> Task:
    """Give the task to one person of the lead body (None: nobody yet). One task, one person."""
    task = _move(task, Act.ASSIGN, trail)
    if person is not None and not on_unit_side(person, task):
        raise InputError(
            "person-not-of-unit",
            f"{person} không giữ vai trò nào ở {task.lead}; hãy chọn một người của cơ quan chủ trì.",
            f"{person} holds no role in {task.lead}; choose a person of the lead body.",
        )
    trail.detail |= {"before": _name(task.assignee), "person": _name(person)}
    task.assignee = person
    task.save()
    return task


@action("task.report", may=_may(Act.REPORT))
def report(
    *,
    actor: User,
    trail: Trail,
    task: Task,
    text: str,
    percent: int | None = None,
    completes: bool = False,
    evidence: Iterable[File] = (),
) -> Report:
    """Tell the issuer how the task stands. Only a report with `completes` asks for verification; a percentage is
    shown and never counted. `evidence` are the files as uploaded: stored only when the report stands."""
    if not text.strip():
        raise InputError(
            "report-empty",
            "Báo cáo chưa có nội dung; hãy viết kết quả thực hiện.",
            "The report is empty; write what was done.",
        )
    if percent is not None and not 0 <= percent <= 100:
        raise InputError(
            "percent-range",
            "Tỷ lệ tự đánh giá phải từ 0 đến 100.",
            "The self-assessed percentage must be from 0 to 100.",
        )
    task = _move(task, Act.COMPLETE if completes else Act.REPORT, trail)
    made = Report.objects.create(task=task, by=actor, text=text.strip(), percent=percent, completes=completes)
    made.evidence.set([_store_evidence(file, actor, trail) for file in evidence])
    if completes:
        task.reported_on = timezone.localdate()
    task.save()
    trail.target = task
    trail.detail |= {
        "report": made.pk,
        "percent": percent,
        "completes": completes,
        "text": made.text[:200],
        "evidence": [a.sha256 for a in made.evidence.all()],
    }
    return made


@action("task.verify", may=_may(Act.VERIFY))
def verify(*, actor: User, trail: Trail, task: Task, note: str = "") -> Task:
    """The issuer confirms that the task is done: the only way to done. Nobody confirms a report of their own."""
    task = _decide(task, Act.VERIFY, ReportOutcome.VERIFIED, actor, trail, note)
    task.verified_on = timezone.localdate()
    task.save()
    return task


@action("task.rework", may=_may(Act.REWORK))
def rework(*, actor: User, trail: Trail, task: Task, reason: str) -> Task:
    """The issuer rejects the completion report, saying what is missing."""
    task = _decide(task, Act.REWORK, ReportOutcome.REWORK, actor, trail, reason)
    task.reported_on = None
    task.save()
    return task


@action("task.pause", may=_may(Act.PAUSE))
def pause(*, actor: User, trail: Trail, task: Task, reason: str) -> Task:
    """The issuer stops the clock of a task."""
    task = _move(task, Act.PAUSE, trail, reason)
    task.save()
    return task


@action("task.resume", may=_may(Act.RESUME))
def resume(*, actor: User, trail: Trail, task: Task) -> Task:
    """The issuer lets a paused task go on from where it was."""
    task = _move(task, Act.RESUME, trail)
    task.save()
    return task


@action("task.withdraw", may=_may(Act.WITHDRAW))
def withdraw(*, actor: User, trail: Trail, task: Task, reason: str) -> Task:
    """The issuer takes the task back; it stays on record and counts no more."""
    task = _move(task, Act.WITHDRAW, trail, reason)
    task.save()
    return task


@action("task.reassign", may=_may(Act.REASSIGN))
def reassign(*, actor: User, trail: Trail, task: Task, unit: Any, reason: str) -> Task:
    """The issuer answers a decline: another lead body, or the same one again, with the reason."""
    task = _move(task, Act.REASSIGN, trail, reason)
    today = timezone.localdate()
    if not unit.exists_on(today):
        raise InputError(
            "unit-ended",
            f"{unit} không còn tồn tại; hãy chọn cơ quan kế thừa.",
            f"{unit} no longer exists; choose its successor.",
        )
    trail.detail |= {"lead_before": str(task.lead), "lead": str(unit)}
    Cooperation.objects.filter(task=task, unit=unit).delete()  # the lead is never among the cooperating bodies
    if unit.pk != task.lead_id:
        task.office = ""
    task.lead, task.assignee, task.received_on, task.declined_reason = unit, None, None, ""
    task.assigned_on = today
    task.save()
    return task


@action("task.comment", may=lambda actor, *, task, **_: may_see(actor, task))
def comment(*, actor: User, trail: Trail, task: Task, text: str) -> Comment:
    """A remark that everybody who sees the task can read."""
    if not text.strip():
        raise InputError(
            "comment-empty",
            "Ý kiến chưa có nội dung; hãy viết ý kiến rồi gửi.",
            "The comment is empty; write it, then send.",
        )
    trail.target, trail.detail = task, {"text": text.strip()[:200]}
    return Comment.objects.create(task=task, author=actor, text=text.strip())


@action("event.move", may=lambda actor, *, event, **_: on_issuer_side(actor, event.plan))
def set_event_date(*, actor: User, trail: Trail, event: Event, on: dt.date, reason: str = "") -> Event:
    """Set or move the date of an event; the deadline of every open task tied to it follows.

    The first date is the tasks' original deadline; a later move keeps it and needs a reason.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.on is not None and not reason.strip():
        raise _no_reason("dời mốc", "moving an event")
    tasks = list(Task.objects.select_for_update().filter(event=event, state__in=OPEN_STATES))
    for task in tasks:
        task.due_current = on
        if task.due_original is None:
            task.due_original = on
    Task.objects.bulk_update(tasks, ["due_current", "due_original"])
    trail.detail = {
        "event": event.name,
        "before": event.on and event.on.isoformat(),
        "on": on.isoformat(),
        "reason": reason.strip(),
        "tasks": [t.pk for t in tasks],
    }
    event.on = on
    event.save()
    return event


def _move(task: Task, act: Act, trail: Trail, reason: str | None = None) -> Task:
    """The task, locked, with its next state set but not yet saved; refuses what the table does not allow."""
    # of=("self",): PostgreSQL refuses to lock the nullable side of a join
    locked = Task.objects.select_for_update(of=("self",)).select_related("lead", "plan__unit", "assignee")
    fresh = locked.get(pk=task.pk)
    before = State(fresh.state)
    last = fresh.reports.filter(completes=True).first() if act is Act.RESUME else None
    fresh.state = str(
        after(
            before,
            act,
            received=fresh.received_on is not None,
            sent_back=last is not None and last.outcome == ReportOutcome.REWORK,
        )
    )
    if act in NEEDS_REASON and not (reason or "").strip():
        raise _no_reason(act.vi, f"to {act.en}")
    trail.target = fresh
    trail.detail = {"from": str(before), "to": fresh.state}
    if reason:
        trail.detail["reason"] = reason.strip()
    return fresh


def _store_evidence(file: File, actor: User, trail: Trail) -> Attachment:
    """The file, stored; one that bears a mark of secrecy is refused. A photo or a scan need not be readable as text."""
    data = attachments.read_upload(file)
    try:
        read_source(data, file.name or "")
    except InputError as error:
        if error.code == "secret":
            raise
    return attachments.store(data=data, name=file.name or "", user=actor, trail=trail)


def _decide(task: Task, act: Act, outcome: ReportOutcome, actor: User, trail: Trail, note: str) -> Task:
    task = _move(task, act, trail, note)
    pending = task.reports.filter(completes=True, outcome=ReportOutcome.PENDING).select_related("by").get()
    if pending.by_id == actor.pk:
        raise InputError(
            "own-report",
            "Người báo cáo không tự xác nhận; hãy để một người khác của cơ quan giao nhiệm vụ xem xét.",
            "Nobody decides on a report of their own; let another person of the issuing body do it.",
        )
    pending.outcome, pending.decided_by, pending.decided_at, pending.note = outcome, actor, timezone.now(), note.strip()
    pending.save()
    trail.detail["report"] = pending.pk
    return task


def _no_reason(vi: str, en: str) -> InputError:
    return InputError(
        "reason-missing",
        f"Cần nêu lý do khi {vi}; hãy viết lý do rồi gửi lại.",
        f"A reason is needed {en}; write it and send again.",
    )


def _name(person: User | None) -> str | None:
    return str(person) if person else None
