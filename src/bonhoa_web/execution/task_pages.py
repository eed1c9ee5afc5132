"""The pages about tasks: one task, all tasks, one directive, all directives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.errors import InputError
from bonhoa.execution.progress import Status, status_of
from bonhoa.execution.transitions import Act
from bonhoa_web.execution import task_actions, task_forms, task_queries
from bonhoa_web.execution.models import Task
from bonhoa_web.execution.progress_chart import progress_bar
from bonhoa_web.execution.snapshots import task_snapshot
from bonhoa_web.execution.task_exports import export_tasks
from bonhoa_web.execution.task_history import history
from bonhoa_web.execution.task_rights import acts_open_to, on_issuer_side

PER_PAGE = 50


@require_GET
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its words in the directive, who, until when, what was reported, what may be done now."""
    return _render_task(request, _task(request, pk))


@require_POST
def act_on_task(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do `act` to the task and return to its page; a form that cannot be used comes back with what was typed."""
    task = _task(request, pk)
    wanted = next((a for a in Act if str(a) == act), None)
    if wanted not in _DO:
        return HttpResponse(status=404)
    form = _form(wanted, task, request)
    if form is not None and not form.is_valid():
        return _render_task(request, task, {wanted: form}, status=422)
    try:
        _DO[wanted](request, task, form.cleaned_data if form is not None else {})
    except InputError as error:
        if form is None:
            messages.error(request, error.text(get_language() or "vi"))
            return redirect("execution-task", pk)
        form.add_error(None, error.text(get_language() or "vi"))
        return _render_task(request, task, {wanted: form}, status=422)
    messages.success(request, gettext("Đã ghi nhận: %(act)s.") % {"act": wanted.label(get_language() or "vi")})
    return redirect("execution-task", pk)


@require_POST
def move_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or move the date of the event that this task waits for."""
    task = _task(request, pk)
    form = task_forms.EventForm(request.POST)
    if task.event is None:
        return HttpResponse(status=404)
    if form.is_valid():
        try:
            task_actions.set_event_date(actor=request.user, event=task.event, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, error.text(get_language() or "vi"))
        else:
            messages.success(request, gettext("Đã đặt ngày của mốc; thời hạn của nhiệm vụ gắn với mốc đã đổi theo."))
            return redirect("execution-task", pk)
    return _render_task(request, task, event_form=form, status=422)


@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """All tasks that the person may see, narrowed by the address; `?xuat=xlsx` or `docx` exports exactly these."""
    today = timezone.localdate()
    form = task_forms.FilterForm(request.GET, user=request.user, language=get_language() or "vi")
    wanted = form.wanted()
    found = task_queries.find_tasks(task_queries.visible_tasks(request.user), wanted, today)
    if request.GET.get("xuat"):
        return export_tasks(request.GET["xuat"], task_queries.in_order(found.ids), found.statuses, today)
    page = Paginator(found.ids, PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "execution/task_list.html",
        {
            "form": form,
            "page": page,
            "wanted": wanted,
            "today": today,
            "rows": [(task, found.statuses[task.pk]) for task in task_queries.in_order(list(page.object_list))],
            "chips": [(status, found.counts[status]) for status in Status if found.counts[status]],
            "total": found.counts.total(),
            "count": len(found.ids),
        },
    )


@require_GET
def directive_list(request: HttpRequest) -> HttpResponse:
    """The directives under way, each with its progress."""
    today = timezone.localdate()
    page = Paginator(task_queries.visible_directives(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    counts = task_queries.counts_by_plan(task_queries.visible_tasks(request.user), list(page.object_list), today)
    language = get_language() or "vi"
    return render(
        request,
        "execution/directive_list.html",
        {
            "page": page,
            "rows": [(plan, counts[plan.pk], progress_bar(counts[plan.pk], language)) for plan in page],
        },
    )


@require_GET
def directive_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One directive: progress by status, unit and week; each figure leads to its tasks, each task to its words."""
    plan = get_object_or_404(task_queries.visible_directives(request.user), pk=pk)
    today, language = timezone.localdate(), get_language() or "vi"
    tasks = task_queries.visible_tasks(request.user).filter(plan=plan)
    found = task_queries.find_tasks(tasks, task_queries.TaskFilter(), today)
    rows = task_queries.in_order(found.ids)
    if request.GET.get("xuat"):
        return export_tasks(request.GET["xuat"], rows, found.statuses, today)
    present = [status for status in Status if found.counts[status]]
    return render(
        request,
        "execution/directive.html",
        {
            "plan": plan,
            "today": today,
            "rows": [(task, found.statuses[task.pk]) for task in rows],
            "present": present,
            "counts": [(status, found.counts[status]) for status in present],
            "whole": plan.unit_id in task_queries.units_in_scope(request.user),
            "verified": task_queries.verified_of(found.counts),
            "bar": progress_bar(found.counts, language),
            "units": _table(task_queries.by_unit(tasks, found.statuses), present, language),
            "weeks": _table(task_queries.by_week(tasks, found.statuses), present, language),
        },
    )


def _table(buckets: list[task_queries.Bucket], present: list[Status], language: str) -> list[tuple[Any, ...]]:
    return [(b, [(s, b.counts[s]) for s in present], progress_bar(b.counts, language)) for b in buckets]


def _task(request: HttpRequest, pk: int) -> Task:
    visible = task_queries.visible_tasks(request.user)
    return get_object_or_404(task_queries.with_names(visible).select_related("draft"), pk=pk)


def _form(act: Act, task: Task, request: HttpRequest | None = None) -> Any:
    """The form of `act`, bound if there is a request; None where one press of a button is enough."""
    data: tuple[Any, ...] = (request.POST, request.FILES) if request is not None else ()
    prefix = f"{act}"
    match act:
        case Act.DECLINE | Act.REWORK | Act.PAUSE | Act.WITHDRAW:
            return task_forms.ReasonForm(*data, prefix=prefix)
        case Act.VERIFY:
            return task_forms.NoteForm(*data, prefix=prefix)
        case Act.REPORT:
            return task_forms.ReportForm(*data, prefix=prefix)
        case Act.COMMENT:
            return task_forms.CommentForm(*data, prefix=prefix)
        case Act.ASSIGN:
            return task_forms.AssignForm(*data, prefix=prefix, task=task)
        case Act.REASSIGN:
            return task_forms.ReassignForm(*data, prefix=prefix, task=task)
        case _:
            return None


_DO: dict[Act | None, Callable[[HttpRequest, Task, dict[str, Any]], Any]] = {
    Act.RECEIVE: lambda r, t, got: task_actions.receive(actor=r.user, task=t),
    Act.DECLINE: lambda r, t, got: task_actions.decline(actor=r.user, task=t, **got),
    Act.ASSIGN: lambda r, t, got: task_actions.assign_person(actor=r.user, task=t, **got),
    Act.REPORT: lambda r, t, got: task_actions.report(actor=r.user, task=t, **got),
    Act.VERIFY: lambda r, t, got: task_actions.verify(actor=r.user, task=t, **got),
    Act.REWORK: lambda r, t, got: task_actions.rework(actor=r.user, task=t, **got),
    Act.PAUSE: lambda r, t, got: task_actions.pause(actor=r.user, task=t, **got),
    Act.RESUME: lambda r, t, got: task_actions.resume(actor=r.user, task=t),
    Act.WITHDRAW: lambda r, t, got: task_actions.withdraw(actor=r.user, task=t, **got),
    Act.REASSIGN: lambda r, t, got: task_actions.reassign(actor=r.user, task=t, **got),
    Act.COMMENT: lambda r, t, got: task_actions.comment(actor=r.user, task=t, **got),
}


def _render_task(
    request: HttpRequest, task: Task, bound: dict[Act, Any] | None = None, event_form: Any = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    open_acts = [act for act in acts_open_to(request.user, task) if act in _DO]
    forms = [(act, (bound or {}).get(act) or _form(act, task), act in (bound or {})) for act in open_acts]
    issuer = on_issuer_side(request.user, task.plan)
    if event_form is None and task.event is not None and issuer:
        event_form = task_forms.EventForm(initial={"on": task.event.on})
    text = task.plan.document.text
    return render(
        request,
        "execution/task.html",
        {
            "task": task,
            "today": today,
            "status": status_of(task_snapshot(task), today),
            "words": text[task.start : task.end] if task.start is not None and task.end is not None else "",
            "first": [entry for entry in forms if entry[0] is not Act.COMMENT],
            "comment_form": next((form for act, form, _ in forms if act is Act.COMMENT), None),
            "event_form": event_form if issuer else None,
            "reports": task.reports.select_related("by", "decided_by").prefetch_related("evidence"),
            "comments": task.comments.select_related("author"),
            "history": history(task),
            "parts": task_queries.with_names(task.children.all()),
            "issuer": issuer,
        },
        status=status,
    )
