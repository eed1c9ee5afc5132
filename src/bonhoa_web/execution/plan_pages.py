"""The review page: the document on one side, the plan on the other, a page of rows at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.errors import InputError
from bonhoa.execution.model import OWNER_PROBLEMS, Problem
from bonhoa.reports import AssignmentRow, plan_docx, plan_xlsx
from bonhoa.reports.plan_table import place_of
from bonhoa_web.documents.queries import visible_documents
from bonhoa_web.documents.snapshots import node_value
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_queries as queries
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution import plan_text as texts
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.plan_forms import AddForm, ApproveForm, ReasonForm
from bonhoa_web.execution.task_exports import MIME
from bonhoa_web.foundation.formats import whole_number
from bonhoa_web.foundation.lists import Column, Filter, ListPage, download


def said(error: InputError) -> str:
    """The sentence of an error in the language of the page."""
    return error.text(get_language() or "vi")


@require_POST
def make_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the plan of a document, or open the one there is."""
    document = get_object_or_404(visible_documents(request.user).select_related("receiver"), pk=pk)
    try:
        plan = actions.make_plan(actor=request.user, document=document)
    except InputError as error:
        messages.error(request, said(error))
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
    plan = plan_or_404(request, pk)
    if request.GET.get("xuat") in {"xlsx", "docx"}:
        return _export(request, plan, request.GET["xuat"])
    return show(request, plan)


@require_GET
def part(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One part of a long document, for a page that has come to it."""
    plan = plan_or_404(request, pk)
    numbers = {line.pk: line.number for line in queries.outline(plan)}
    found = texts.one_part(plan, numbers, number)
    if found is None:
        raise Http404
    return render(request, "execution/review_part.html", {"part": found, "plan": plan})


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    """The plan, if the person may see it."""
    return get_object_or_404(queries.visible_plans(request.user).select_related("prepared_by", "approved_by"), pk=pk)


def draft_or_404(request: HttpRequest, pk: int) -> Draft:
    """A row of a plan that the person may see."""
    return get_object_or_404(
        Draft.objects.filter(plan__in=queries.visible_plans(request.user)).select_related(
            "plan__document", "plan__unit", "lead"
        ),
        pk=pk,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows an address shows: a filter, words looked for, a page; a row or a part of the text to go to."""

    what: str = ""
    words: str = ""
    page: str = ""
    row: int | None = None
    part: int | None = None

    @property
    def query(self) -> str:
        """The filter as the beginning of a query string, to which a page is added; ends in "&" if not empty."""
        chosen = {key: value for key, value in (("loc", self.what), ("tim", self.words)) if value}
        return urlencode(chosen) + "&" if chosen else ""


def asked(request: HttpRequest) -> Asked:
    """What this address asks for; a step (POST) shows what the page asked for on which it was taken."""
    query = request.GET
    if request.method == "POST" or getattr(request, "htmx", False):
        here = getattr(getattr(request, "htmx", None), "current_url", None) or request.headers.get("Referer", "")
        query = QueryDict(urlsplit(here).query)
    row, number = query.get("dong", ""), query.get("phan", "")
    return Asked(
        query.get("loc", ""),
        query.get("tim", "").strip(),
        query.get("trang", ""),
        whole_number(row),
        whole_number(number),
    )


def page_of(lines: list[queries.Line], wanted: Asked) -> Page[queries.Line]:
    """The page of rows: the one asked for, or the one on which the row asked for stands."""
    pages = Paginator(lines, queries.PER_PAGE)
    if wanted.row is not None and not wanted.page:
        place = next((n for n, line in enumerate(lines) if line.pk == wanted.row), 0)
        return pages.get_page(place // queries.PER_PAGE + 1)
    return pages.get_page(wanted.page)


def context_of(request: HttpRequest, plan: Plan, goto: int | None = None) -> dict[str, Any]:
    """What the rows of the page and the bar above them show; `goto`: a row that has to be among them."""
    every = queries.outline(plan)
    queries.mark_outside(plan, every)
    wanted = asked(request)
    if goto is not None:
        wanted = Asked(wanted.what, wanted.words, "", goto, wanted.part)
    lines = queries.shown(every, wanted.what, plan.unit_id, wanted.words)
    page = page_of(lines, wanted)
    may_prepare = rights.may_prepare(request.user, plan=plan)
    may_approve = plan.state != PlanState.APPROVED and rights.may_approve(request.user, plan=plan)
    last = plan.changes.filter(undone=False).first()
    return {
        "plan": plan,
        "document": plan.document,
        "every": every,
        "page": page,
        "rows": queries.rows(plan, every, list(page)),
        "asked": wanted,
        "counters": queries.counters(every),
        "may_edit": may_approve or (plan.state == PlanState.DRAFT and may_prepare),
        "may_take_back": may_prepare and not may_approve,
        "may_prepare": may_prepare,
        "may_approve": may_approve,
        "last": last,
        "redo": plan.changes.filter(undone=True).order_by("id").first(),
    }


def text_of(plan: Plan, context: dict[str, Any]) -> list[texts.Part]:
    """The parts of the document for the rows in `context`."""
    numbers = {line.pk: line.number for line in context["every"]}
    part_asked = context["asked"].part
    also = () if part_asked is None else (part_asked,)
    return texts.parts(plan, numbers, [row.draft for row in context["rows"]], also)


def show(request: HttpRequest, plan: Plan, status: int = 200, **forms: Any) -> HttpResponse:
    """The whole page."""
    context = context_of(request, plan)
    context |= {
        "outside": queries.leads_outside(plan, context["every"]),
        "parts": text_of(plan, context),
        "heads": texts.heads(plan),
        "add_form": AddForm(),
        "approve_form": ApproveForm(),
        "back_form": ReasonForm(auto_id="back_%s"),
        **forms,
    }
    return render(request, "execution/review.html", context, status=status)


def address_of(request: HttpRequest, plan: Plan, row: int | None = None) -> str:
    """The review page as it was filtered, at a row."""
    query = asked(request).query
    tail = f"dong={row}#row-{row}" if row is not None else ""
    return f"{reverse('execution-review', args=[plan.pk])}" + (f"?{query}{tail}" if query or tail else "")


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
