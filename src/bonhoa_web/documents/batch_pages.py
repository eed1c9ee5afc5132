"""Pages of imports: choose the files, follow the reading, see what was refused and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.common.errors import InputError
from bonhoa_web.documents import batches, rights, unpacking
from bonhoa_web.documents.models import Batch, BatchItem, Outcome, ReadingStatus
from bonhoa_web.documents.pages import chosen
from bonhoa_web.foundation.attachments import clean_name
from bonhoa_web.foundation.lists import Column, Filter, ListPage
from bonhoa_web.foundation.rights import units_of


def bring_in(request: HttpRequest) -> HttpResponse:
    """Choose a zip, a folder or many files; they pass the door while the page waits, then a job reads them."""
    units = units_of(request.user, *rights.IMPORTERS)
    refused = ""
    if request.method == "POST":
        receiver, files = chosen(request, units), [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
        if receiver is None:
            refused = _("Hãy chọn cơ quan nhận văn bản.")
        elif not files:
            refused = _("Chưa chọn tệp nào; hãy chọn tệp nén, thư mục hoặc các tệp rồi bấm Nhập.")
        else:
            try:
                sheets = unpacking.of_uploads((f.name or "", f.file, f.size or 0) for f in files)
                batch = batches.run(actor=request.user, receiver=receiver, source=_source(files), sheets=sheets)
                return redirect("documents-batch", batch.pk)
            except InputError as error:
                refused = error.text(get_language() or "vi")
    return render(
        request,
        "documents/import.html",
        {"units": units, "refused": refused, "most": unpacking.MOST_FILES},
        status=422 if refused else 200,
    )


def _source(files: list[Any]) -> str:
    """What the import is called before any file passed the door: a zip by its name, never a document, whose name may
    tell of a secret."""
    names = [clean_name(f.name or "") for f in files]
    return names[0] if len(names) == 1 and unpacking.is_zip(names[0]) else _("%(n)d tệp") % {"n": len(names)}


def _batches(request: HttpRequest) -> Any:
    return Batch.objects.filter(receiver__in=units_below(request.user)).select_related("created_by", "receiver", "job")


def units_below(user: Any) -> list[int]:
    """The ids of the units for which the person imports."""
    return [u.pk for u in units_of(user, *rights.IMPORTERS)]


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of the person's units, newest first."""
    counted = _batches(request).annotate(
        files=Count("items"),
        refused=Count("items", filter=Q(items__outcome=Outcome.REFUSED)),
        held=Count("items", filter=Q(items__outcome=Outcome.HELD)),
    )
    return ListPage(
        _("Các lần nhập văn bản"),
        [
            Column("nguon", _("Nguồn"), str, "source", lambda b: reverse("documents-batch", args=[b.pk])),
            Column("luc", _("Lúc"), lambda b: b.created_at, "created_at"),
            Column("ai", _("Ai"), lambda b: str(b.created_by), "created_by__full_name"),
            Column("co-quan", _("Cơ quan nhận"), lambda b: str(b.receiver), "receiver__name"),
            Column("tep", _("Số tệp"), lambda b: b.files, "files"),
            Column("tu-choi", _("Bị từ chối"), lambda b: b.refused, "refused"),
            Column("cho", _("Chờ quyết định"), lambda b: b.held, "held"),
            Column("doc", _("Đọc"), lambda b: b.job.get_status_display() if b.job else _("bị ngắt giữa chừng")),
        ],
        counted.order_by("-pk"),
        empty=_("Chưa nhập lần nào."),
        context={"add_url": reverse("documents-import"), "add_label": _("Nhập nhiều văn bản")},
    ).respond(request)


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: how far the reading is, and what became of every file."""
    record = get_object_or_404(_batches(request), pk=pk)
    english = (get_language() or "vi").startswith("en")
    counts = dict(record.items.order_by().values_list("outcome").annotate(n=Count("pk")))
    return ListPage(
        str(record),
        [
            Column("tt", _("Thứ tự"), lambda i: i.place, "place"),
            Column("tep", _("Tệp"), lambda i: i.name or _("(không lưu tên)"), "name"),
            Column("ket-qua", _("Kết quả"), lambda i: i.get_outcome_display(), "outcome"),
            Column("ly-do", _("Lý do"), lambda i: i.reason_en if english else i.reason_vi, "code"),
            Column("van-ban", _("Tên văn bản"), lambda i: str(i.document or ""), link=_page_of),
            Column("doc", _("Đọc"), lambda i: i.document.get_status_display() if i.document else ""),
        ],
        record.items.select_related("document__file").defer(
            *(f"document__{heavy}" for heavy in ("text", "folded", "content", "sketch"))
        ),
        [
            Filter("ket-qua", _("Kết quả"), lambda q, v: q.filter(outcome=v), Outcome.choices),
            Filter("tep", _("Tệp"), lambda q, v: q.filter(name__icontains=v)),
        ],
        template="documents/batch.html",
        context={
            "batch": record,
            "job": record.job,
            "counts": [(label, counts.get(value, 0), value) for value, label in Outcome.choices],
            "add_url": reverse("documents-import"),
            "add_label": _("Nhập nhiều văn bản"),
        },
    ).respond(request)


def _page_of(item: BatchItem) -> str | None:
    if item.document is None:
        return None
    held = item.document.status == ReadingStatus.HELD
    return reverse("documents-alike" if held else "documents-detail", args=[item.document.pk])


def keep_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Every held document of an import is kept."""
    record = get_object_or_404(_batches(request), pk=pk)
    if request.method == "POST":
        from bonhoa_web.documents import actions

        held = record.items.filter(outcome=Outcome.HELD, document__status=ReadingStatus.HELD)
        for item in held.select_related("document__receiver"):
            actions.keep(actor=request.user, document=item.document)
        messages.success(request, _("Đã giữ các văn bản gần giống; hệ thống đang đọc."))
    return redirect("documents-batch", pk)
