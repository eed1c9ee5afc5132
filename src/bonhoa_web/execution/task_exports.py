"""A list of tasks as xlsx or docx: exactly the rows of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.translation import get_language, gettext

from bonhoa.execution.progress import Status
from bonhoa.reports import table_docx, table_xlsx
from bonhoa_web.execution.models import Task

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export_tasks(form: str, tasks: Iterable[Task], statuses: dict[int, Status], today: dt.date) -> HttpResponse:
    """The tasks in the columns officials use, with the status as of `today`."""
    language = get_language() or "vi"
    columns = [
        gettext("STT"),
        gettext("Nhiệm vụ"),
        gettext("Cơ quan chủ trì"),
        gettext("Cơ quan phối hợp"),
        gettext("Lãnh đạo phụ trách"),
        gettext("Chuyên viên theo dõi"),
        gettext("Người thực hiện"),
        gettext("Thời hạn"),
        gettext("Trạng thái"),
        gettext("Sản phẩm"),
        gettext("Văn bản"),
    ]
    rows = [
        [
            i,
            task.title,
            str(task.lead),
            "; ".join(task.cooperating_names()),
            str(task.leader or ""),
            str(task.monitor or ""),
            str(task.assignee or ""),
            task.due_current or task.limit_words(),
            statuses[task.pk].label(language),
            task.deliverable,
            str(task.plan.document),
        ]
        for i, task in enumerate(tasks, start=1)
    ]
    title = gettext("Danh sách nhiệm vụ, trạng thái đến ngày %(day)s") % {"day": f"{today:%d/%m/%Y}"}
    return file_response(form, title, columns, rows, f"nhiem-vu-{today:%Y%m%d}")


def file_response(form: str, title: str, columns: list[str], rows: list[list[object]], name: str) -> HttpResponse:
    """A table as a file to download; 404 for a format that there is not."""
    if form not in MIME:
        raise Http404(form)
    write = table_xlsx if form == "xlsx" else table_docx
    response = HttpResponse(write(title, columns, rows), content_type=MIME[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
