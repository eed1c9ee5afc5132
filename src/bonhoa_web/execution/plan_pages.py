"""The review page and what is done on it. Every step works by plain forms; htmx only spares the reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.errors import InputError
from bonhoa.execution.model import OWNER_PROBLEMS, Problem, SuggestedAction
from bonhoa.reports import AssignmentRow, plan_docx, plan_xlsx
from bonhoa.reports.plan_table import place_of
from bonhoa_web.documents.markup import render as marked
from bonhoa_web.documents.queries import visible_documents
from bonhoa_web.documents.snapshots import node_value
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_queries as queries
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.plan_forms import AddForm, ApproveForm, ReasonForm, RowForm
from bonhoa_web.execution.task_exports import MIME
from bonhoa_web.foundation.lists import Column, Filter, ListPage, download


def _said(error: InputError) -> str:
    return error.text(get_language() or "vi")


@require_POST
def make_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the plan of a document, or open the one there is."""
    document = get_object_or_404(visible_documents(request.user).select_related("receiver"), pk=pk)
    try:
        plan = actions.make_plan(actor=request.user, document=document)
    except InputError as error:
        messages.error(request, _said(error))
        return redirect("documents-detail", pk)
    return redirect("execution-review", plan.pk)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that are under review or approved."""
    return ListPage(
        _("Bảng phân công"),
        [
            Column(
                "van-ban",
                _("Văn bản"),
                lambda p: str(p.document),
                "document__number",
                lambda p: reverse("execution-review", args=[p.pk]),
            ),
            Column("trich-yeu", _("Trích yếu"), lambda p: p.document.subject),
            Column("co-quan", _("Cơ quan theo dõi"), lambda p: p.unit.name, "unit__name"),
            Column("trang-thai", _("Trạng thái"), lambda p: p.get_state_display(), "state"),
            Column("lap", _("Lập ngày"), lambda p: p.created_at.astimezone().date(), "created_at"),
        ],
        queries.visible_plans(request.user).order_by("-created_at"),
        [Filter("trang-thai", _("Trạng thái"), lambda q, v: q.filter(state=v), PlanState.choices)],
        empty=_("Chưa có bảng phân công nào; hãy mở một văn bản và bấm “Lập bảng phân công”."),
    ).respond(request)


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The heart: the document on one side, the plan on the other."""
    plan = _plan(request, pk)
    if request.GET.get("xuat") in {"xlsx", "docx"}:
        return _export(request, plan, request.GET["xuat"])
    return _render(request, plan)


def _plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(queries.visible_plans(request.user).select_related("prepared_by", "approved_by"), pk=pk)


def _draft(request: HttpRequest, pk: int) -> Draft:
    return get_object_or_404(
        Draft.objects.filter(plan__in=queries.visible_plans(request.user)).select_related(
            "plan__document", "plan__unit", "lead"
        ),
        pk=pk,
    )


def _context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    every = queries.rows(plan)
    what = _filter_of(request)
    may_prepare = rights.may_prepare(request.user, plan=plan)
    may_approve = plan.state != PlanState.APPROVED and rights.may_approve(request.user, plan=plan)
    return {
        "plan": plan,
        "document": plan.document,
        "rows": queries.shown(every, what),
        "every": every,
        "what": what,
        "counters": queries.counters(every),
        "may_edit": may_approve or (plan.state == PlanState.DRAFT and may_prepare),
        "may_take_back": may_prepare and not may_approve,
        "may_approve": may_approve,
        "can_undo": plan.changes.filter(undone=False).exists(),
        "can_redo": plan.changes.filter(undone=True).exists(),
    }


def _filter_of(request: HttpRequest) -> str:
    """The filter of the rows: of this address, or for a step by htmx of the page it was taken on."""
    here = getattr(getattr(request, "htmx", None), "current_url", None) or ""
    return request.GET.get("loc", "") or parse_qs(urlsplit(here).query).get("loc", [""])[0]


def _render(request: HttpRequest, plan: Plan, status: int = 200, **forms: Any) -> HttpResponse:
    context = _context(request, plan)
    context |= {
        "text": marked(plan.document.text, queries.marks(plan, context["every"])),
        "add_form": AddForm(),
        "approve_form": ApproveForm(),
        "back_form": ReasonForm(auto_id="back_%s"),
        **forms,
    }
    return render(request, "execution/review.html", context, status=status)


def _rows(request: HttpRequest, plan: Plan, anchor: str = "") -> HttpResponse:
    """After a step: the list of rows again for htmx, the page for everybody else."""
    if getattr(request, "htmx", False):
        plan.refresh_from_db()
        return render(request, "execution/review_rows.html", _context(request, plan) | {"fresh": True})
    return redirect(f"{reverse('execution-review', args=[plan.pk])}{anchor}")


def _row(request: HttpRequest, draft: Draft) -> HttpResponse:
    """After a step that changed one row only: that row and the counts again; a long table is not sent whole."""
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('execution-review', args=[draft.plan_id])}#row-{draft.pk}")
    context = _context(request, Plan.objects.get(pk=draft.plan_id))
    context["row"] = next(r for r in context["every"] if r.draft.pk == draft.pk)
    response = render(request, "execution/review_row_alone.html", context | {"oob": True})
    response["HX-Retarget"], response["HX-Reswap"] = f"#row-{draft.pk}", "outerHTML"
    return response


def _step(
    request: HttpRequest, plan: Plan, do: Callable[[], Any], anchor: str = "", row: Draft | None = None
) -> HttpResponse:
    """Take a step and show what it changed: the `row` alone, or all rows."""
    try:
        do()
    except InputError as error:
        if getattr(request, "htmx", False):
            plan.refresh_from_db()
            return render(
                request, "execution/review_rows.html", _context(request, plan) | {"fresh": True, "error": _said(error)}
            )
        messages.error(request, _said(error))
    return _rows(request, plan, anchor) if row is None else _row(request, row)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one row; a fragment for htmx, a page otherwise."""
    draft = _draft(request, pk)
    form = RowForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(actor=request.user, draft=draft, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, _said(error))
            form.data = form.data.copy()
            form.data["seen"] = Plan.objects.get(pk=draft.plan_id).version
        else:
            return _row(request, draft)
    template = "execution/review_form.html" if getattr(request, "htmx", False) else "execution/review_edit.html"
    status = 422 if form.errors and not getattr(request, "htmx", False) else 200
    response = render(request, template, {"form": form, "draft": draft, "plan": draft.plan}, status=status)
    if form.errors and getattr(request, "htmx", False):
        response["HX-Retarget"] = f"#edit-{draft.pk}"
        response["HX-Reswap"] = "innerHTML"
    return response


def _seen(request: HttpRequest) -> int | None:
    value = request.POST.get("seen", "")
    return int(value) if value.isdigit() else None


@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """One click on a suggestion."""
    draft = _draft(request, pk)
    act, _sep, code = request.POST.get("suggestion", "").partition(":")
    alike = bool(request.POST.get("alike"))
    return _step(
        request,
        draft.plan,
        lambda: actions.resolve(
            actor=request.user, draft=draft, act=act, code=code or None, alike=alike, seen=_seen(request)
        ),
        f"#row-{draft.pk}",
        row=draft if act == SuggestedAction.CHOOSE and not alike else None,
    )


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a row out."""
    draft = _draft(request, pk)
    return _step(
        request,
        draft.plan,
        lambda: actions.drop(
            actor=request.user, draft=draft, reason=request.POST.get("reason", ""), seen=_seen(request)
        ),
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row back in."""
    draft = _draft(request, pk)
    return _step(request, draft.plan, lambda: actions.restore(actor=request.user, draft=draft), f"#row-{draft.pk}")


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with a row."""
    draft = _draft(request, pk)
    return _step(request, draft.plan, lambda: actions.accept(actor=request.user, draft=draft), row=draft)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a row into the one above it, or into the one whose id is given."""
    draft = _draft(request, pk)
    given = request.POST.get("into", "")
    above = (
        draft.plan.drafts.filter(dropped=False, order__lte=draft.order)
        .exclude(pk=draft.pk)
        .order_by("-order", "-id")
        .first()
    )
    into = _draft(request, int(given)) if given.isdigit() else above
    return _step(
        request,
        draft.plan,
        lambda: actions.merge(actor=request.user, draft=draft, into=into),
        f"#row-{into.pk if into else draft.pk}",
    )


@require_POST
def plan_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Undo, redo, accept all, submit, take back."""
    plan = _plan(request, pk)
    steps: dict[str, Callable[..., Any]] = {
        "hoan-tac": actions.undo,
        "lam-lai": actions.redo,
        "dong-y-het": actions.accept_all,
    }
    decided = {
        "trinh": (decisions.submit, _("Đã trình duyệt.")),
        "rut-lai": (decisions.take_back, _("Đã rút lại; sửa xong hãy trình duyệt lần nữa.")),
    }
    if step in decided:
        decide, done = decided[step]
        try:
            decide(actor=request.user, plan=plan)
            messages.success(request, done)
        except InputError as error:
            messages.error(request, _said(error))
        return redirect("execution-review", pk)
    if step not in steps:
        return HttpResponse(status=404)
    return _step(request, plan, lambda: steps[step](actor=request.user, plan=plan))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task by hand."""
    plan = _plan(request, pk)
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            made = actions.add(actor=request.user, plan=plan, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, _said(error))
        else:
            return redirect(f"{reverse('execution-review', args=[pk])}#row-{made.pk}")
    return _render(request, plan, 422, add_form=form, **_failed(form, "#them"))


def _failed(form: Any, place: str) -> dict[str, str]:
    """What went wrong, for the top of the page, and where to mend it."""
    return {"failed": " ".join(str(e) for errors in form.errors.values() for e in errors), "failed_at": place}


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader approves; the rows become tasks."""
    plan = _plan(request, pk)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            chosen = {key: value for key, value in form.cleaned_data.items() if key != "read"}
            decisions.approve(actor=request.user, plan=plan, seen=_seen(request), **chosen)
        except InputError as error:
            form.add_error(None, _said(error))
        else:
            messages.success(request, _("Đã duyệt: %(n)d nhiệm vụ được giao.") % {"n": plan.tasks.count()})
            return redirect("execution-directive", pk)
    return _render(request, plan, 422, approve_form=form, **_failed(form, "#duyet"))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader sends the plan back."""
    plan = _plan(request, pk)
    form = ReasonForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        decisions.send_back(actor=request.user, plan=plan, note=form.cleaned_data["reason"])
        messages.success(request, _("Đã trả lại cho người soạn."))
        return redirect("execution-review", pk)
    return _render(request, plan, 422, back_form=form, **_failed(form, "#duyet"))


def _export(request: HttpRequest, plan: Plan, form: str) -> HttpResponse:
    """The plan as officials print it, from the rows as corrected."""
    structure = node_value(plan.document.content["structure"]) if plan.document.content else None
    rows = [
        AssignmentRow(
            number=n,
            task=d.title,
            lead=d.lead.name if d.lead else _unsettled(d),
            cooperating="; ".join([*(u.name for u in d.cooperating.all()), *d.coordinate_names]),
            leader=str(d.leader or ""),
            monitor=str(d.monitor or ""),
            deadline=queries.deadline_words(d),
            deliverable=d.deliverable,
            basis=place_of(structure, d.start) if structure is not None and d.start is not None else "",
        )
        for n, d in enumerate(
            plan.drafts.filter(dropped=False)
            .select_related("lead", "leader", "monitor")
            .prefetch_related("cooperating"),
            1,
        )
    ]
    title, unfinished = _("Bảng phân công nhiệm vụ"), _("dự thảo")
    make = plan_xlsx if form == "xlsx" else plan_docx
    data = make(
        rows,
        title=title if plan.state == PlanState.APPROVED else f"{title} ({unfinished})",
        number=plan.document.number or None,
        date=plan.document.issued_on,
        issuer=plan.unit.name,
        language=get_language() or "vi",
    )
    return download(data, f"bang-phan-cong-{plan.pk}.{form}", MIME[form])


def _unsettled(draft: Draft) -> str:
    """The printed leads of a row without an owner, and why there is none."""
    language = get_language() or "vi"
    reasons = ", ".join(Problem.of(p).label(language) for p in draft.problems if p in OWNER_PROBLEMS)
    return " ".join(filter(None, ("; ".join(draft.lead_names), f"[{reasons}]")))
