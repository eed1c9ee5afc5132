"""Pages of the library: the list of documents, bringing them in, deciding on what is here already."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.common.errors import InputError
from bonhoa.documents.acts import ActState
from bonhoa_web.documents import actions, alike, comparing, rights
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.documents.queries import HEAVY, WORDS, in_state, library, state_of, visible_documents, with_endings
from bonhoa_web.foundation import attachments, confirm, fulltext
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day
from bonhoa_web.foundation.rights import units_of
from bonhoa_web.foundation.vocabulary import choices


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """The library: every document that the person may see."""
    seen = library(request.user)
    on = the_day(request)
    words = request.GET.get("tu-khoa", "").strip()
    language = get_language() or "vi"
    texts = with_endings(seen).select_related("file", "receiver").defer(*(h for h in HEAVY if h != "text" or not words))
    return ListPage(
        _("Văn bản"),
        [
            Column("so", _("Số, ký hiệu"), str, "number", lambda d: reverse("documents-detail", args=[d.pk])),
            Column("ngay", _("Ngày ban hành"), lambda d: d.issued_on, "issued_on"),
            Column("co-quan", _("Cơ quan ban hành"), lambda d: d.issuer, "issuer"),
            Column(
                "trich-yeu",
                _("Trích yếu"),
                lambda d: d.subject,
                "subject",
                note=(lambda d: fulltext.snippet(d.text, words)) if words else None,
            ),
            Column("hieu-luc", _("Hiệu lực"), lambda d: ActState.of(state_of(d, on)).label(language)),
            Column("so-den", _("Số đến"), lambda d: d.arrival_number, "arrival_number"),
            Column("han", _("Hạn giải quyết"), lambda d: d.due_on, "due_on"),
            Column("doc", _("Đọc"), lambda d: d.get_status_display(), "status"),
        ],
        texts,
        [
            Filter("tu-khoa", _("Từ khóa"), WORDS.search, kind="search"),
            Filter("loai", _("Loại"), lambda q, v: q.filter(type=v), _values(seen, "type")),
            Filter("co-quan", _("Cơ quan ban hành"), lambda q, v: q.filter(issuer=v), _values(seen, "issuer")),
            Filter("nam", _("Năm ban hành"), lambda q, v: q.filter(issued_on__year=int(v)), _years(seen)),
            Filter("hieu-luc", _("Hiệu lực"), lambda q, v: in_state(q, v, on), choices(ActState)),
            Filter("ngay", _("vào ngày (trống: hôm nay)"), _only_a_day, kind="date"),
            Filter("tu", _("Ban hành từ"), lambda q, v: q.filter(issued_on__gte=day(v)), kind="date"),
            Filter("den", _("đến ngày"), lambda q, v: q.filter(issued_on__lte=day(v)), kind="date"),
            Filter("doc", _("Đọc"), lambda q, v: q.filter(status=v), _statuses()),
        ],
        empty="" if request.GET else _("Chưa có văn bản nào; hãy tải văn bản đầu tiên lên."),
        template="documents/library.html",
        context={
            "add_url": reverse("documents-upload"),
            "add_label": _("Tải lên"),
            "may_import": bool(units_of(request.user, *rights.IMPORTERS)),
        },
        may_add=bool(units_of(request.user, *rights.UPLOADERS)),
    ).respond(request)


def the_day(request: HttpRequest) -> dt.date:
    """The day for which validity is told: `?ngay=`, else today."""
    try:
        return day(request.GET["ngay"])
    except (KeyError, ValueError):
        return timezone.localdate()


def _only_a_day(found: Any, text: str) -> Any:
    """The day narrows nothing here, `the_day` has read it; a value that is no day is reported."""
    day(text)
    return found


def _values(seen: Any, field: str) -> list[tuple[str, str]]:
    found = seen.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    return [(value, value) for value in found]


def _years(seen: Any) -> list[tuple[str, str]]:
    found = seen.filter(issued_on__isnull=False).order_by("-issued_on__year").values_list("issued_on__year", flat=True)
    return [(str(year), str(year)) for year in found.distinct()]


def _statuses() -> list[tuple[str, Any]]:
    return [(value, label) for value, label in ReadingStatus.choices if value != ReadingStatus.HELD]


def upload(request: HttpRequest) -> HttpResponse:
    """Bring documents in: several files, each with its own answer."""
    units = units_of(request.user, *rights.UPLOADERS)
    refused: list[dict[str, str]] = []
    if request.method == "POST":
        receiver = chosen(request, units)
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
            return redirect(_page_of(made[0])) if len(made) == 1 else redirect("documents-list")
        for document in made:
            messages.success(request, format_html('{} <a href="{}">{}</a>', _("Đã nhận"), _page_of(document), document))
    return render(
        request, "documents/upload.html", {"units": units, "refused": refused}, status=422 if refused else 200
    )


def chosen(request: HttpRequest, units: list[Any]) -> Any:
    """The receiving unit of a form: the one that was chosen of `units`, or their only one; None if none was."""
    return next((u for u in units if str(u.pk) == request.POST.get("receiver")), units[0] if len(units) == 1 else None)


def _page_of(document: Document) -> str:
    held = document.status == ReadingStatus.HELD
    return reverse("documents-alike" if held else "documents-detail", args=[document.pk])


# --- near-duplicates -------------------------------------------------------------------------------------------------


def near(request: HttpRequest, pk: int) -> HttpResponse:
    """What a document nearly repeats; of a held one the decision: keep it, or discard it."""
    document = get_object_or_404(visible_documents(request.user).select_related("file", "receiver"), pk=pk)
    if request.method == "POST":
        return _decided(request, document)
    found = alike.alike_to(request.user, document)
    other = next((a for a in found if str(a.document.pk) == request.GET.get("voi")), found[0] if found else None)
    return render(
        request,
        "documents/alike.html",
        {
            "document": document,
            "held": document.status == ReadingStatus.HELD,
            "may_decide": rights.may_decide(request.user, document=document),
            "found": found,
            "other": other,
            "changes": comparing.changes(other.document.text, document.text) if other else None,
        },
    )


def _decided(request: HttpRequest, document: Document) -> HttpResponse:
    if request.POST.get("decision") == "keep":
        actions.keep(actor=request.user, document=document)
        messages.success(request, _("Đã giữ văn bản; hệ thống đang đọc."))
        return redirect("documents-detail", document.pk)
    asked = confirm.question(
        request,
        text=_("Bỏ %(name)s? Tệp vừa tải lên sẽ bị xóa khỏi hệ thống.") % {"name": document},
        button=_("Bỏ văn bản này"),
        back=reverse("documents-alike", args=[document.pk]),
    )
    if asked and rights.may_decide(request.user, document=document):
        return asked
    try:
        actions.discard(actor=request.user, document=document)
    except InputError as error:
        messages.error(request, error.text(get_language() or "vi"))
        return redirect("documents-detail", document.pk)
    messages.success(request, _("Đã bỏ văn bản trùng."))
    return redirect("documents-list")
