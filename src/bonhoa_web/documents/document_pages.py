"""Pages of one document: its text, structure, relations, data; registering it, noting on it, reading it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.apparatus.model import UnitKind
from bonhoa.common.errors import InputError
from bonhoa.documents.resolving import ENDED
from bonhoa_web.documents import actions, alike, citing, rights
from bonhoa_web.documents.forms import NoteForm, RegisterForm
from bonhoa_web.documents.graph import Neighbour, draw
from bonhoa_web.documents.markup import Mark
from bonhoa_web.documents.markup import render as marked
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.documents.outline import Places, tree
from bonhoa_web.documents.pages import the_day
from bonhoa_web.documents.queries import visible_documents
from bonhoa_web.documents.snapshots import node_value
from bonhoa_web.foundation.lists import download
from bonhoa_web.foundation.models import AuditEntry
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its text with citations, structure, relations, data, notes, history."""
    return _detail(request, _document(request, pk))


def _detail(
    request: HttpRequest, document: Document, register: Any = None, note: Any = None, status: int = 200
) -> HttpResponse:
    if document.status == ReadingStatus.HELD:
        return redirect("documents-alike", document.pk)
    language, on = get_language() or "vi", the_day(request)
    content = document.content or {}
    places = Places(node_value(content["structure"])) if content else None
    outline = tree(places.root, document.text, language) if places else None
    cited = citing.cited_by_document(request.user, document, on, language)
    citers, citers_in_all = citing.citing_document(request.user, document, language)
    may_register = rights.may_register(request.user, document=document)
    may_note = rights.may_note(request.user, document=document)
    if register is None and may_register:
        initial = (
            {}
            if document.arrival_number
            else {
                "arrived_on": timezone.localdate(),
                "arrival_number": actions.next_arrival_number(document.receiver, timezone.localdate().year),
            }
        )
        register = RegisterForm(instance=document, initial=initial)
    if note is None and may_note:
        note = NoteForm(bodies=_bodies_below(document))
    return render(
        request,
        "documents/detail.html",
        {
            "document": document,
            "data": content.get("metadata", {}),
            "standing": citing.standing_of(request.user, document, on),
            "on": on,
            "job": document.job,
            "text": _text(document, content, places, cited),
            "outline": outline,
            "notices": _in_language([n for n in content.get("notices", []) if n["code"] != ENDED]),
            "cited": cited,
            "citers": citers,
            "citers_more": citers_in_all - len(citers),
            "graph": draw(str(document), neighbours(cited, citers), language),
            "near": alike.nearby(request.user, document),
            "notes": document.notes.select_related("author", "lead").prefetch_related("cooperating"),
            "register": register if may_register else None,
            "note": note if may_note else None,
            "plan": getattr(document, "plan", None),
            "plan_url": _plan_url(request.user, document),
            "may_retry": rights.may_retry(request.user, document=document),
            "history": AuditEntry.objects.filter(
                object_type="documents.document", object_id=str(document.pk)
            ).select_related("actor"),
        },
        status=status,
    )


def _text(document: Document, content: dict[str, Any], places: Places | None, cited: list[citing.Cited]) -> Any:
    """The text with its citations and references as links, and an anchor at every place that one may jump to."""
    if places is None:
        return marked(document.text, [])
    marks = [
        Mark(
            row.start,
            row.end,
            "citation m-ended" if act.flagged else "citation",
            f"c{row.ordinal}",
            _told(act),
            href=act.url if act.url and not act.own else f"#v{number}",
        )
        for number, act in enumerate(cited)
        for row in act.rows
    ]
    marks += [
        Mark(r["start"], r["end"], "reference", href=f"#{anchor}")
        for r in content.get("references", ())
        if (anchor := places.anchor(r["target"]))
    ]
    marks += [Mark(start, start + 1, "anchor", f"o{start}") for start in places.anchors()]
    return marked(document.text, marks)


def _told(act: citing.Cited) -> str:
    """The tooltip of a citation: the act, its state, what came after it."""
    if act.state is None:
        return act.title
    told = f"{act.title}: {act.state.label(get_language() or 'vi')}"
    if act.ended and act.flagged:
        told += " " + _("từ %(day)s") % {"day": f"{act.ended:%d/%m/%Y}"}
    if act.successors:
        told += "; " + _("nay là %(acts)s") % {"acts": ", ".join(s.title for s in act.successors)}
    return told


@require_GET
def graph(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing of the relations as a file."""
    document, language = _document(request, pk), get_language() or "vi"
    cited = citing.cited_by_document(request.user, document, the_day(request), language)
    citers, _count = citing.citing_document(request.user, document, language)
    drawn = draw(str(document), neighbours(cited, citers), language)
    if not drawn:
        raise Http404
    return download(drawn.encode(), f"quan-he-{document.pk}.svg", "image/svg+xml")


def neighbours(cited: list[citing.Cited], citers: list[citing.Citing]) -> list[Neighbour]:
    """The acts to draw around a document: what it does to others, and they to it."""
    out = [
        Neighbour(act.title, act.url, kind, False, act.flagged)
        for act in cited
        if not act.own
        for kind in act.relations
    ]
    return out + [Neighbour(str(c.document), c.url.partition("#")[0], c.relation, True) for c in citers]


def _in_language(notices: list[dict[str, Any]]) -> list[str]:
    return [n["en" if (get_language() or "vi").startswith("en") else "vi"] for n in notices]


def _plan_url(user: Any, document: Document) -> str:
    """Where the plan is made, for who may: the roles of the route, held for the receiver. Empty without that room."""
    try:
        url = reverse("execution-make-plan", args=[document.pk])
    except NoReverseMatch:
        return ""
    makers: frozenset[Role] = resolve(url).func.who  # type: ignore[attr-defined]
    return url if holds(user, *makers, unit=document.receiver) else ""


def _bodies_below(document: Document) -> Any:
    """Whom a note may name: the living bodies (no territories) that are the receiver, belong to it, stand beside it, or
    are of its kind in the territories below its own (the committees of the communes of a province)."""
    receiver, today = document.receiver, timezone.localdate()
    return (
        type(receiver)
        .objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gt=today)
        )
        .filter(
            Q(pk=receiver.pk)
            | Q(parent=receiver.pk)
            | Q(parent__parent=receiver.pk)
            | Q(parent=receiver.parent_id, parent__isnull=False)
            | Q(parent__parent=receiver.parent_id, parent__parent__isnull=False, kind=receiver.kind)
        )
        .exclude(kind=str(UnitKind.TERRITORY))
        .order_by("name")
    )


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(visible_documents(request.user).select_related("file", "receiver", "job"), pk=pk)


@require_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Vào sổ."""
    document = _document(request, pk)
    form = RegisterForm(request.POST, request.FILES, instance=Document.objects.get(pk=pk))
    if form.is_valid():
        try:
            actions.register(actor=request.user, document=document, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, error.text(get_language() or "vi"))
        else:
            messages.success(request, _("Đã vào sổ."))
            return redirect("documents-detail", pk)
    return _detail(request, _document(request, pk), register=form, status=422)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Bút phê."""
    document = _document(request, pk)
    form = NoteForm(request.POST, bodies=_bodies_below(document))
    if form.is_valid():
        try:
            actions.note(actor=request.user, document=document, **form.cleaned_data)
        except InputError as error:
            form.add_error("due_on", error.text(get_language() or "vi"))
        else:
            messages.success(request, _("Đã ghi ý kiến chỉ đạo."))
            return redirect("documents-detail", pk)
    return _detail(request, document, note=form, status=422)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read again."""
    try:
        actions.retry(actor=request.user, document=_document(request, pk))
    except InputError as error:
        messages.error(request, error.text(get_language() or "vi"))
    return redirect("documents-detail", pk)
