"""Pages of one document: its text, structure, relations, data; registering it, noting on it, reading it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.errors import InputError
from bonhoa_web.documents import actions, rights
from bonhoa_web.documents.forms import NoteForm, RegisterForm
from bonhoa_web.documents.markup import Mark
from bonhoa_web.documents.markup import render as marked
from bonhoa_web.documents.models import Document
from bonhoa_web.documents.queries import visible_documents
from bonhoa_web.foundation.models import AuditEntry


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its text with citations, structure, data, notes, history."""
    return _detail(request, _document(request, pk))


def _detail(
    request: HttpRequest, document: Document, register: Any = None, note: Any = None, status: int = 200
) -> HttpResponse:
    content = document.content or {}
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
        note = NoteForm(units=_units_below(document))
    return render(
        request,
        "documents/detail.html",
        {
            "document": document,
            "job": document.job,
            "text": _text(request, document, content),
            "outline": _outline(content.get("structure")),
            "notices": _in_language(content.get("notices", [])),
            "notes": document.notes.select_related("author", "lead").prefetch_related("cooperating"),
            "register": register if may_register else None,
            "note": note if may_note else None,
            "plan": getattr(document, "plan", None),
            "plan_url": _plan_url(document),
            "may_retry": rights.may_retry(request.user, document=document),
            "history": AuditEntry.objects.filter(
                object_type="documents.document", object_id=str(document.pk)
            ).select_related("actor"),
        },
        status=status,
    )


def _text(request: HttpRequest, document: Document, content: dict[str, Any]) -> Any:
    citations = content.get("citations", [])
    known: dict[str, Any] = {}
    marks = [
        Mark(
            c["start"],
            c["end"],
            "citation",
            f"c{i}",
            " ".join(filter(None, (c["kind"], c["number"], c["provision"]))),
            href=reverse("documents-detail", args=[known[c["number"]].pk]) if c["number"] in known else "",
        )
        for i, c in enumerate(citations)
    ]
    marks += [
        Mark(n["start"], n["start"] + 1, "anchor", f"o{n['start']}") for n, _depth in _outline(content.get("structure"))
    ]
    return marked(document.text, marks)


def _outline(root: dict[str, Any] | None) -> list[tuple[dict[str, Any], int]]:
    """The headings of the tree with their depth, for the tree at the left edge."""
    shown = {"phan", "chuong", "muc", "dieu", "annex", "attached", "khoan"}
    out: list[tuple[dict[str, Any], int]] = []

    def walk(node: dict[str, Any], depth: int) -> None:
        for child in node["children"]:
            visible = child["kind"] in shown and (child["kind"] != "khoan" or bool(child["children"]))
            if visible:
                out.append((child, depth))
            walk(child, depth + visible)

    if root:
        walk(root, 0)
    return out[:300]


def _in_language(notices: list[dict[str, Any]]) -> list[str]:
    return [n["en" if (get_language() or "vi").startswith("en") else "vi"] for n in notices]


def _plan_url(document: Document) -> str:
    try:
        return reverse("execution-make-plan", args=[document.pk])
    except NoReverseMatch:
        return ""


def _units_below(document: Document) -> Any:
    """The receiver and what belongs to it today: whom a note may name."""
    unit, today = type(document.receiver), timezone.localdate()
    living = unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    return living.filter(
        Q(pk=document.receiver_id)
        | Q(parent=document.receiver_id)
        | Q(parent__parent=document.receiver_id)
        | Q(parent=document.receiver.parent_id, parent__isnull=False)
    ).order_by("name")


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
    form = NoteForm(request.POST, units=_units_below(document))
    if form.is_valid():
        actions.note(actor=request.user, document=document, **form.cleaned_data)
        messages.success(request, _("Đã ghi ý kiến chỉ đạo."))
        return redirect("documents-detail", pk)
    return _detail(request, document, note=form, status=422)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read again."""
    actions.retry(actor=request.user, document=_document(request, pk))
    return redirect("documents-detail", pk)
