"""Pages of job positions: how complete their descriptions are, and each as a docx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.apparatus.vocabulary import PositionGroup
from bonhoa_web.apparatus.days import the_day
from bonhoa_web.apparatus.models import PositionVersion
from bonhoa_web.foundation.lists import Column, Filter, ListPage, download
from bonhoa_web.foundation.vocabulary import choices

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def positions(request: HttpRequest) -> HttpResponse:
    """The job positions of a day, with the sections of their descriptions that are still to be written."""
    on = the_day(request)
    shown = PositionVersion.objects.on(on).select_related("position", "unit").order_by("unit__name", "title", "pk")
    return ListPage(
        _("Bản mô tả vị trí việc làm"),
        [
            Column("don-vi", _("Đơn vị"), lambda v: v.unit.name, "unit__name", lambda v: _unit(v)),
            Column("ma", _("Mã"), lambda v: v.position.code, "position__code"),
            Column("ten", _("Tên vị trí"), lambda v: v.title, "title", lambda v: _docx(v)),
            Column("nhom", _("Nhóm"), lambda v: v.get_group_display(), "group"),
            Column("nguoi", _("Số người"), lambda v: v.quota, "quota"),
            Column("thieu", _("Mục còn thiếu"), lambda v: ", ".join(missing(v)) or _("đủ")),
        ],
        shown,
        [
            Filter("don-vi", _("Đơn vị"), lambda q, text: q.filter(unit__name__icontains=text)),
            Filter("nhom", _("Nhóm"), lambda q, v: q.filter(group=v), choices(PositionGroup)),
        ],
        empty=_("Chưa có vị trí việc làm nào."),
        template="apparatus/positions.html",
    ).respond(request)


def missing(version: PositionVersion) -> list[str]:
    """The numbers of the sections that are still to be written; section IV is asked of managers only."""
    return version.described.missing(manages=version.group == str(PositionGroup.MANAGEMENT))


def _unit(version: Any) -> str:
    return reverse("apparatus-unit", args=[version.unit_id])


def _docx(version: Any) -> str:
    return reverse("apparatus-description", args=[version.pk])


@require_GET
def description(request: HttpRequest, pk: int) -> HttpResponse:
    """Sections I–X of one position as a docx."""
    from bonhoa.reports.position_docx import PositionHead, description_docx

    version = get_object_or_404(PositionVersion.objects.select_related("position", "unit"), pk=pk)
    head = PositionHead(
        version.position.code,
        version.title,
        PositionGroup.of(version.group),
        version.grade,
        version.unit.name,
        version.quota,
    )
    return download(description_docx(head, version.described), f"mo-ta-{version.pk}.docx", DOCX)
