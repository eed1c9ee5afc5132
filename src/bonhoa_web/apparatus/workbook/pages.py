"""Pages of the workbook: take the template, export, upload, look at the preview, answer, have it written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bonhoa.apparatus.forms.sheets import SHEETS
from bonhoa.common.errors import InputError
from bonhoa.reports.apparatus_book import book_csv, book_xlsx
from bonhoa_web.apparatus.models import ImportLine, Person, SheetImport, Unit
from bonhoa_web.apparatus.models.imports import ImportState, Verdict
from bonhoa_web.apparatus.rights import KEEPERS, may_see_people
from bonhoa_web.apparatus.workbook import actions
from bonhoa_web.apparatus.workbook.export import rows_below
from bonhoa_web.apparatus.workbook.persons import NEW
from bonhoa_web.foundation import attachments
from bonhoa_web.foundation.confirm import question
from bonhoa_web.foundation.formats import whole_number
from bonhoa_web.foundation.lists import XLSX, Column, Filter, ListPage, download
from bonhoa_web.foundation.rights import holds, units_of
from bonhoa_web.foundation.roles import Role

_ASKED = 50  # questions of a page


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """The template, or with `?don-vi=` what is stored of a unit and those below it; `?dang=csv` as a zip of CSVs.

    People are in it for those who may see them, what is stored sealed for personnel officers only."""
    language, csv = get_language() or "vi", request.GET.get("dang") == "csv"
    rows: dict[str, Any] = {}
    name, personal = "mau-bo-may", True
    if "don-vi" in request.GET:
        unit = get_object_or_404(Unit, pk=whole_number(request.GET["don-vi"]) or 0)
        personal = may_see_people(request.user, unit)
        sealed = holds(request.user, Role.PERSONNEL, unit=unit)
        rows, name = rows_below(unit, personal=personal, sealed=sealed), f"bo-may-{unit.pk}"
    data = (book_csv if csv else book_xlsx)(rows, language=language, personal=personal)
    return download(data, f"{name}.{'zip' if csv else 'xlsx'}", "application/zip" if csv else XLSX)


def imports(request: HttpRequest) -> HttpResponse:
    """The imports of the person's units, with the form to upload another."""
    units = units_of(request.user, *KEEPERS)
    refused = ""
    if request.method == "POST":
        unit = next((u for u in units if str(u.pk) == request.POST.get("unit")), units[0])
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise InputError(
                    "no_file",
                    "Chưa chọn tệp nào; hãy chọn tệp rồi bấm Xem trước.",
                    "No file was chosen; choose one and press Preview.",
                )
            data = attachments.read_upload(upload)
            record = actions.upload(actor=request.user, unit=unit, data=data, name=upload.name)
            return redirect("apparatus-import", record.pk)
        except InputError as error:
            refused = error.text(get_language() or "vi")
    response = ListPage(
        _("Nhập bộ máy từ bảng"),
        [
            Column("tep", _("Tệp"), str, "name", lambda r: reverse("apparatus-import", args=[r.pk])),
            Column("luc", _("Lúc"), lambda r: r.created_at, "created_at"),
            Column("ai", _("Ai"), lambda r: str(r.created_by), "created_by__full_name"),
            Column("don-vi", _("Nhập cho"), lambda r: str(r.unit), "unit__name"),
            Column("trang-thai", _("Trạng thái"), lambda r: r.get_state_display(), "state"),
            Column("dong", _("Số dòng"), lambda r: sum(r.counts.values())),
            Column("hong", _("Bị từ chối"), lambda r: r.counts.get("refused", 0)),
        ],
        _mine(request),
        [Filter("trang-thai", _("Trạng thái"), lambda q, v: q.filter(state=v), ImportState.choices)],
        empty=_("Chưa nhập lần nào."),
        template="apparatus/imports.html",
        context={"units": units, "refused": refused, "sheets": [s.title(get_language() or "vi") for s in SHEETS]},
    ).respond(request)
    if refused:
        response.status_code = 422
    return response


def _mine(request: HttpRequest) -> Any:
    """The imports for the units that the person administers."""
    return SheetImport.objects.filter(unit__in=units_of(request.user, *KEEPERS)).select_related(  # type: ignore[misc]
        "unit", "created_by", "job"
    )


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what becomes of each row, what is asked, and the buttons that have it written or dropped."""
    record = get_object_or_404(_mine(request), pk=pk)
    english = (get_language() or "vi").startswith("en")
    asked = record.lines.filter(verdict=Verdict.ASKED)
    failed = record.job is not None and record.job.status == "failed"
    named = dict(record.lines.order_by().values_list("sheet", "sheet").distinct())
    return ListPage(
        record.name,
        [
            Column("trang", _("Trang"), lambda i: i.sheet, "sheet"),
            Column("dong", _("Dòng"), lambda i: i.row, "number"),
            Column("o", _("Ô"), lambda i: i.cell, "cell"),
            Column("ma", _("Mã"), lambda i: i.label, "label"),
            Column("ket-qua", _("Kết quả"), lambda i: i.get_verdict_display(), "verdict"),
            Column("ly-do", _("Lý do, thay đổi"), lambda i: i.message_en if english else i.message_vi),
        ],
        record.lines.all(),
        [
            Filter("ket-qua", _("Kết quả"), lambda q, v: q.filter(verdict=v), Verdict.choices),
            Filter("trang", _("Trang"), lambda q, v: q.filter(sheet=v), sorted(named.items())),
        ],
        empty=_("Chưa có dòng nào."),
        template="apparatus/import.html",
        context={
            "record": record,
            "job": record.job,
            "open": record.state == ImportState.PREVIEW or (failed and record.state in ("reading", "writing")),
            "may_go": record.state == ImportState.PREVIEW or (failed and record.state == "writing"),
            "counts": [(v.label, record.counts[v], str(v)) for v in Verdict if v in record.counts],
            "notes": [note[english] for note in record.notes],
            "bad": record.counts.get("refused", 0) + record.counts.get("asked", 0),
            "good": sum(record.counts.get(v, 0) for v in ("added", "changed")),
            "questions": _questions(list(asked[:_ASKED])) if record.state == ImportState.PREVIEW else [],
        },
    ).respond(request)


def _questions(lines: list[ImportLine]) -> list[tuple[ImportLine, list[tuple[str, str]]]]:
    """Each row that is asked about with its choices in words."""
    codes = {code for line in lines for code in line.choices}
    people = {person.code: str(person) for person in Person.objects.filter(code__in=codes)}
    return [
        (line, [(code, _("người khác, chưa có") if code == NEW else people.get(code, code)) for code in line.choices])
        for line in lines
    ]


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the questions, have it written (whole or the good rows), or drop it."""
    record = get_object_or_404(_mine(request), pk=pk)
    wanted = request.POST.get("do")
    try:
        if wanted == "answer":
            given = {k.removeprefix("row-"): v for k, v in request.POST.items() if k.startswith("row-") and v}
            asked = {str(line.number): line.choices for line in record.lines.filter(verdict=Verdict.ASKED)}
            answers = {number: code for number, code in given.items() if code in asked.get(number, ())}
            actions.answer(actor=request.user, record=record, answers=answers)
        elif wanted in ("whole", "good"):
            actions.go(actor=request.user, record=record, whole=wanted == "whole")
        elif wanted == "drop":
            back = reverse("apparatus-import", args=[pk])
            asks = question(request, text=_("Bỏ lần nhập này và xóa tệp?"), button=_("Bỏ lần nhập"), back=back)
            if asks is not None:
                return asks
            actions.drop(actor=request.user, record=record)
        else:
            raise Http404
    except InputError as error:
        messages.error(request, error.text(get_language() or "vi"))
    return redirect("apparatus-import", pk)
