"""The pages of the reports: figures with their definitions, and the printed book of incoming documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from bonhoa.common.errors import InputError
from bonhoa.reports.figures import DEFINITIONS, SCOPE, Figure
from bonhoa_web.execution.task_exports import file_response
from bonhoa_web.reports import queries
from bonhoa_web.reports.forms import BookForm, PeriodForm


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Progress of a period by lead body or by directive, in the categories that are printed."""
    today, language = timezone.localdate(), get_language() or "vi"
    form = PeriodForm(request.GET, user=request.user)
    form.is_valid()
    got = form.cleaned_data
    by, plan = got.get("theo") or "donvi", got.get("chidao")
    start, end = got.get("tu"), got.get("den") or today
    try:
        rows, total = queries.progress_by(request.user, by, plan.pk if plan else None, start, end)
    except InputError as error:
        form.add_error("den", error.text(language))
        rows, total = [], None
    if request.GET.get("xuat") and total is not None:
        head = [gettext("Cơ quan chủ trì") if by == "donvi" else gettext("Văn bản chỉ đạo")]
        columns = head + [f.label(language) for f in Figure] + [gettext("Tổng")]
        cells: list[list[object]] = [[r.name, *(r.line.counts[f] for f in Figure), r.line.total] for r in rows]
        cells.append([gettext("Tổng"), *(total.counts[f] for f in Figure), total.total])
        return file_response(request.GET["xuat"], _period_title(start, end), columns, cells, f"tien-do-{end:%Y%m%d}")
    return render(
        request,
        "reports/progress.html",
        {
            "form": form,
            "figures": list(Figure),
            "total": total,
            "by": by,
            "start": start,
            "end": end,
            "rows": [(row, [row.line.counts[f] for f in Figure]) for row in rows],
            "sums": [total.counts[f] for f in Figure] if total is not None else [],
            "definitions": [(f, DEFINITIONS[f][language.startswith("en")]) for f in Figure],
            "scope": SCOPE[language.startswith("en")],
        },
    )


@require_GET
def incoming(request: HttpRequest) -> HttpResponse:
    """Sổ theo dõi giải quyết văn bản đến: seven columns, to look at, to print, to export."""
    today = timezone.localdate()
    form = BookForm(request.GET, user=request.user, this_year=today.year)
    form.is_valid()
    year, unit = form.cleaned_data.get("nam") or today.year, form.cleaned_data.get("coquan")
    receiver = unit.pk if unit else None
    lines = queries.incoming_book(queries.incoming_documents(request.user, year, receiver), today)
    title = gettext("Sổ theo dõi giải quyết văn bản đến năm %(year)d") % {"year": year}
    if request.GET.get("xuat"):
        return file_response(
            request.GET["xuat"],
            title,
            queries.book_columns(),
            [line.cells() for line in lines],
            f"so-theo-doi-van-ban-den-{year}",
        )
    return render(
        request,
        "reports/incoming.html",
        {
            "form": form,
            "lines": lines,
            "columns": queries.book_columns(),
            "title": title,
            "book_of": unit or queries.only_receiver(lines),
            "unregistered": queries.unregistered(request.user, year, receiver),
        },
    )


def _period_title(start: object, end: object) -> str:
    if start is None:
        return gettext("Kết quả thực hiện nhiệm vụ đến hết ngày %(end)s") % {"end": f"{end:%d/%m/%Y}"}
    return gettext("Kết quả thực hiện nhiệm vụ từ %(start)s đến hết %(end)s") % {
        "start": f"{start:%d/%m/%Y}",
        "end": f"{end:%d/%m/%Y}",
    }
