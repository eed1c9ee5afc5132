"""Pages of the documents room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa_web.documents import actions, rights
from bonhoa_web.documents.forms import NoteForm, RegisterForm
from bonhoa_web.documents.markup import Mark
from bonhoa_web.documents.markup import render as marked
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.documents.queries import by_numbers, visible_documents
from bonhoa_web.foundation import attachments
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day
from bonhoa_web.foundation.models import AuditEntry
from bonhoa_web.foundation.rights import units_of


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that the person may see."""
    return ListPage(
        _("Văn bản"),
        [
            Column("den", _("Số đến"), lambda d: d.arrival_number, "arrival_number"),
            Column("ngay-den", _("Ngày đến"), lambda d: d.arrived_on, "arrived_on"),
            Column("so", _("Số, ký hiệu"), str, "number", lambda d: reverse("documents-detail", args=[d.pk])),
            Column("ngay", _("Ngày ban hành"), lambda d: d.issued_on, "issued_on"),
            Column("co-quan", _("Cơ quan ban hành"), lambda d: d.issuer, "issuer"),
            Column("trich-yeu", _("Trích yếu"), lambda d: d.subject, "subject"),
            Column("han", _("Hạn giải quyết"), lambda d: d.due_on, "due_on"),
            Column("doc", _("Đọc"), lambda d: d.get_status_display(), "status"),
        ],
        visible_documents(request.user).select_related("file", "receiver").defer("text", "folded", "content"),
        [
            Filter("tu-khoa", _("Từ khóa"), _by_words),
            Filter(
                "loai",
                _("Loại"),
                lambda q, v: q.filter(type=v),
                [
                    (t, t)
                    for t in visible_documents(request.user)
                    .exclude(type="")
                    .order_by("type")
                    .values_list("type", flat=True)
                    .distinct()
                ],
            ),
            Filter("doc", _("Đọc"), lambda q, v: q.filter(status=v), ReadingStatus.choices),
            Filter("tu", _("Ban hành từ"), lambda q, v: q.filter(issued_on__gte=day(v)), kind="date"),
            Filter("den", _("đến ngày"), lambda q, v: q.filter(issued_on__lte=day(v)), kind="date"),
        ],
        empty=_("Chưa có văn bản nào; hãy tải văn bản đầu tiên lên."),
        context={"add_url": reverse("documents-upload"), "add_label": _("Tải lên")},
        may_add=bool(units_of(request.user, *rights.UPLOADERS)),
    ).respond(request)


def _by_words(found: Any, text: str) -> Any:
    for word in fold(text).split():
        found = found.filter(Q(folded__contains=word) | Q(identity__contains=word) | Q(number__icontains=word))
    return found


def upload(request: HttpRequest) -> HttpResponse:
    """Bring documents in: several files, each with its own answer."""
    units = units_of(request.user, *rights.UPLOADERS)
    refused: list[dict[str, str]] = []
    if request.method == "POST":
        receiver = next(
            (u for u in units if str(u.pk) == request.POST.get("receiver")), units[0] if len(units) == 1 else None
        )
        files = request.FILES.getlist("files")
        made = []
        for file in files if receiver is not None else []:
            try:
                made.append(
                    actions.bring_in(
                        actor=request.user, receiver=receiver, data=attachments.read_upload(file), name=file.name or ""
                    )
                )
            except InputError as error:
                text, name = error.text(get_language() or "vi"), attachments.clean_name(file.name or "")
                if len(files) > 1 and name not in text:  # which one it was is told, though never logged
                    text = f"{name}: {text}"
                refused.append({"text": text, "url": getattr(error, "url", "")})
        if receiver is None:
            refused.append({"text": _("Hãy chọn cơ quan nhận văn bản."), "url": ""})
        elif not files:
            refused.append({"text": _("Chưa chọn tệp nào; hãy chọn tệp rồi bấm Tải lên."), "url": ""})
        if made and not refused:
            return redirect("documents-detail", made[0].pk) if len(made) == 1 else redirect("documents-list")
        for document in made:
            messages.success(
                request,
                format_html(
                    '{} <a href="{}">{}</a>', _("Đã nhận"), reverse("documents-detail", args=[document.pk]), document
                ),
            )
    return render(
        request, "documents/upload.html", {"units": units, "refused": refused}, status=422 if refused else 200
    )


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
    known = by_numbers(request.user, {c["number"] for c in citations if c["number"]})
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
