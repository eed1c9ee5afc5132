"""What is done on the review page. Every step works by plain forms; htmx only spares the reload."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bonhoa.common.errors import InputError
from bonhoa.execution.model import SuggestedAction
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_gold as gold
from bonhoa_web.execution import plan_pieces as pieces
from bonhoa_web.execution import plan_resolve as resolving
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.plan_forms import AddForm, ApproveForm, ReasonForm, RowForm, SplitForm
from bonhoa_web.execution.plan_pages import address_of, context_of, draft_or_404, plan_or_404, said, show, text_of
from bonhoa_web.foundation.formats import whole_number
from bonhoa_web.foundation.lists import download


def _htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _rows(request: HttpRequest, plan: Plan, goto: int | None = None, **more: Any) -> HttpResponse:
    """After a step that made, cut or took away rows: the rows and their words again; without htmx the page."""
    if not _htmx(request):
        return redirect(address_of(request, plan, goto))
    plan = Plan.objects.select_related("document", "unit").get(pk=plan.pk)
    context = context_of(request, plan, goto)
    context |= {"parts": text_of(plan, context), "fresh": True, "goto": goto, **more}
    return render(request, "execution/review_rows.html", context)


def _row(request: HttpRequest, draft: Draft) -> HttpResponse:
    """After a step that changed one row only: that row and the counts again; a long table is not sent whole."""
    if not _htmx(request):
        return redirect(address_of(request, draft.plan, draft.pk))
    context = context_of(request, Plan.objects.select_related("document", "unit").get(pk=draft.plan_id))
    context["row"] = next((r for r in context["rows"] if r.draft.pk == draft.pk), None)
    if context["row"] is None:  # the row fits the filter of the page no longer
        return _rows(request, draft.plan)
    response = render(request, "execution/review_row_alone.html", context | {"oob": True})
    response["HX-Retarget"], response["HX-Reswap"] = f"#row-{draft.pk}", "outerHTML"
    return response


def _step(
    request: HttpRequest,
    plan: Plan,
    do: Callable[[], Any],
    *,
    at: int | None = None,
    row: Draft | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Take a step and show what it changed: the `row` alone, or all rows with row `at` among them.

    A refused step says why and shows the rows as they are now; what was `typed` into a row stays in its form.
    """
    try:
        do()
    except InputError as error:
        if _htmx(request):
            return _rows(request, plan, at, error=said(error), typed=typed)
        messages.error(request, said(error) + (f" “{typed['reason']}”" if typed and typed.get("reason") else ""))
        return redirect(address_of(request, plan, at))
    return _rows(request, plan, at) if row is None else _row(request, row)


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("seen", ""))


# --- one row ---------------------------------------------------------------------------------------------------------


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one row; a fragment for htmx, a page otherwise."""
    draft = draft_or_404(request, pk)
    form = RowForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(actor=request.user, draft=draft, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said(error))
            form.data = form.data.copy()
            form.data["seen"] = Plan.objects.get(pk=draft.plan_id).version
        else:
            return _row(request, draft)
    return _form(request, draft, form, "execution/review_form.html", "execution/review_edit.html")


def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Where to cut a row, then the cut."""
    draft = draft_or_404(request, pk)
    form = SplitForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            pieces.split(actor=request.user, draft=draft, at=int(form.cleaned_data["at"]), seen=_seen(request))
        except InputError as error:
            form.add_error(None, said(error))
        else:
            return _rows(request, draft.plan, draft.pk)
    return _form(request, draft, form, "execution/review_split.html", "execution/review_split_page.html")


def _form(request: HttpRequest, draft: Draft, form: Any, fragment: str, page: str) -> HttpResponse:
    status = 422 if form.errors and not _htmx(request) else 200
    context = {"form": form, "draft": draft, "plan": draft.plan, "back": address_of(request, draft.plan, draft.pk)}
    response = render(request, fragment if _htmx(request) else page, context, status=status)
    if form.errors and _htmx(request):
        response["HX-Retarget"] = f"#edit-{draft.pk}"
        response["HX-Reswap"] = "innerHTML"
    return response


@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """One click on a suggestion."""
    draft = draft_or_404(request, pk)
    act, _sep, code = request.POST.get("suggestion", "").partition(":")
    alike = bool(request.POST.get("alike"))
    alone = act in {SuggestedAction.CHOOSE, SuggestedAction.REPLACE, SuggestedAction.DISTINCT} and not alike
    return _step(
        request,
        draft.plan,
        lambda: resolving.resolve(
            actor=request.user, draft=draft, act=act, code=code or None, alike=alike, seen=_seen(request)
        ),
        at=None if act == SuggestedAction.GIVEN else draft.pk,
        row=draft if alone else None,
    )


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a row out."""
    draft = draft_or_404(request, pk)
    reason = request.POST.get("reason", "")
    return _step(
        request,
        draft.plan,
        lambda: actions.drop(actor=request.user, draft=draft, reason=reason, seen=_seen(request)),
        typed={"row": draft.pk, "reason": reason},
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row back in."""
    draft = draft_or_404(request, pk)
    do = lambda: actions.restore(actor=request.user, draft=draft, seen=_seen(request))  # noqa: E731
    return _step(request, draft.plan, do, at=draft.pk)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with a row."""
    draft = draft_or_404(request, pk)
    do = lambda: actions.accept(actor=request.user, draft=draft, seen=_seen(request))  # noqa: E731
    return _step(request, draft.plan, do, row=draft)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a row into the one above it, or into the one whose id is given."""
    draft = draft_or_404(request, pk)
    given = request.POST.get("into", "")
    into = draft_or_404(request, whole_number(given) or 0) if given else pieces.row_above(draft)
    do = lambda: pieces.merge(actor=request.user, draft=draft, into=into, seen=_seen(request))  # noqa: E731
    return _step(request, draft.plan, do, at=into.pk if into else draft.pk)


# --- the plan --------------------------------------------------------------------------------------------------------


@require_POST
def plan_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Undo, redo, accept all, compare again with the tasks in force, submit, take back."""
    plan = plan_or_404(request, pk)
    steps: dict[str, Callable[..., Any]] = {
        "hoan-tac": actions.undo,
        "lam-lai": actions.redo,
        "dong-y-het": actions.accept_all,
        "doi-chieu": actions.look_again,
    }
    decided = {
        "trinh": (decisions.submit, _("Đã trình duyệt.")),
        "rut-lai": (decisions.take_back, _("Đã rút lại; sửa xong hãy trình duyệt lần nữa.")),
    }
    if step in decided:
        decide, done = decided[step]
        try:
            decided_plan = decide(actor=request.user, plan=plan)
            messages.success(request, done)
            if decided_plan.state == PlanState.SUBMITTED:
                _tell_outside(request, decided_plan)
        except InputError as error:
            messages.error(request, said(error))
        return redirect("execution-review", pk)
    if step not in steps:
        return HttpResponse(status=404)
    return _step(request, plan, lambda: steps[step](actor=request.user, plan=plan, seen=_seen(request)))


def _tell_outside(request: HttpRequest, plan: Plan) -> None:
    """Say how many tasks go beyond what the plan's unit directs, if any do."""
    number = decisions.tasks_outside(plan, actions.live(plan))
    if number:
        words = ngettext(
            "Trong đó %(n)d nhiệm vụ giao cho cơ quan ngoài phạm vi chỉ đạo của %(unit)s.",
            "Trong đó %(n)d nhiệm vụ giao cho cơ quan ngoài phạm vi chỉ đạo của %(unit)s.",
            number,
        )
        messages.warning(request, words % {"n": number, "unit": plan.unit})


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a task by hand."""
    plan = plan_or_404(request, pk)
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            made = actions.add(actor=request.user, plan=plan, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, said(error))
        else:
            return redirect(address_of(request, plan, made.pk))
    return show(request, plan, 422, add_form=form, **_failed(form, "#them"))


def _failed(form: Any, place: str) -> dict[str, str]:
    """What went wrong, for the top of the page, and where to mend it."""
    return {"failed": " ".join(str(e) for errors in form.errors.values() for e in errors), "failed_at": place}


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader approves; the rows become tasks."""
    plan = plan_or_404(request, pk)
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            chosen = {key: value for key, value in form.cleaned_data.items() if key != "read"}
            decisions.approve(actor=request.user, plan=plan, seen=_seen(request), **chosen)
        except InputError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã duyệt: %(n)d nhiệm vụ được giao.") % {"n": plan.tasks.count()})
            _tell_outside(request, plan)
            return redirect("execution-directive", pk)
    return show(request, plan, 422, approve_form=form, **_failed(form, "#duyet"))


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The leader sends the plan back."""
    plan = plan_or_404(request, pk)
    form = ReasonForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        try:
            decisions.send_back(actor=request.user, plan=plan, note=form.cleaned_data["reason"])
        except InputError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã trả lại cho người soạn."))
            return redirect("execution-review", pk)
    return show(request, plan, 422, back_form=form, **_failed(form, "#duyet"))


@require_POST
def export_gold(request: HttpRequest, pk: int) -> HttpResponse:
    """The document with its corrected tasks as gold, to measure the reading on it."""
    plan = plan_or_404(request, pk)
    try:
        name, data = gold.export(actor=request.user, plan=plan)
    except InputError as error:
        messages.error(request, said(error))
        return redirect("execution-review", pk)
    return download(data, name, "application/zip")


# --- many rows -------------------------------------------------------------------------------------------------------


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Ways to settle many rows at once, each in numbers; one of them in full before it is done (`cach`, `nhom`)."""
    plan = plan_or_404(request, pk)
    if plan.state == PlanState.APPROVED:
        return redirect("execution-review", pk)
    asked = request.POST if request.method == "POST" else request.GET
    way, key = asked.get("cach", ""), asked.get("nhom", "")
    known = way in {str(b) for b in resolving.Batch}
    if request.method == "POST" and known:
        try:
            chosen = resolving.Batch.of(way)
            made = resolving.resolve_many(actor=request.user, plan=plan, batch=chosen, key=key, seen=_seen(request))
        except InputError as error:
            messages.error(request, said(error))
            return redirect(request.get_full_path())
        done = _("Đã xử lý một lượt: %(n)d nhiệm vụ; bấm “Hoàn tác” nếu chưa đúng ý.")
        messages.success(request, done % {"n": len([d for d in made if not d.dropped])})
        return redirect("execution-review", pk)
    context = {
        "plan": plan,
        "offers": resolving.offers(plan),
        "chosen": resolving.offer(plan, resolving.Batch.of(way), key) if known else None,
        "tasks": plan.drafts.filter(dropped=False).count(),
    }
    return render(request, "execution/review_batch.html", context)
