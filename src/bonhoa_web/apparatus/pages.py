"""Pages of the apparatus: the list of units, one unit, the map on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.apparatus.model import CheckStatus, UnitKind, UnitLevel
from bonhoa_web.apparatus import actions, queries, tilemap
from bonhoa_web.apparatus.forms import UnitForm
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.vocabulary import choices


def the_day(request: HttpRequest) -> dt.date:
    """The day the map is shown for: `?ngay=`, else today."""
    try:
        return day(request.GET["ngay"])
    except (KeyError, ValueError):
        return timezone.localdate()


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The units of a day, with the map of the provinces above."""
    on = the_day(request)
    provinces = (
        queries.existing(on)
        .filter(level=str(UnitLevel.PROVINCE), kind=str(UnitKind.TERRITORY))
        .exclude(official_code="")
    )
    counted = provinces.annotate(communes=Count("children", filter=Q(children__level=str(UnitLevel.COMMUNE))))
    values = {u.official_code: (reverse("apparatus-unit", args=[u.pk]), f"{u.communes}") for u in counted}
    return ListPage(
        _("Bộ máy"),
        [
            Column("ten", _("Tên"), lambda u: u.name, "name", lambda u: reverse("apparatus-unit", args=[u.pk])),
            Column("cap", _("Cấp"), lambda u: u.get_level_display(), "level"),
            Column("loai", _("Loại"), lambda u: u.get_kind_display(), "kind"),
            Column("thuoc", _("Trực thuộc"), lambda u: u.parent.name if u.parent else "", "parent__name"),
            Column("ma", _("Mã thống kê"), lambda u: u.official_code, "official_code"),
            Column("tu", _("Có từ"), lambda u: u.valid_from, "valid_from"),
            Column("den", _("Đến"), lambda u: u.valid_to, "valid_to"),
            Column("kiem-chung", _("Kiểm chứng"), lambda u: u.get_status_display(), "status"),
        ],
        queries.existing(on).select_related("parent"),
        [
            Filter("ten", _("Tên, mã"), _by_words),
            Filter("cap", _("Cấp"), lambda q, v: q.filter(level=v), choices(UnitLevel)),
            Filter("loai", _("Loại"), lambda q, v: q.filter(kind=v), choices(UnitKind)),
            Filter("kiem-chung", _("Kiểm chứng"), lambda q, v: q.filter(status=v), choices(CheckStatus)),
            Filter("ngay", _("Ngày"), _only_a_day, kind="date"),
        ],
        empty=_nothing_found(request.GET.get("ten", ""), on),
        template="apparatus/units.html",
        context={"map": tilemap.draw(values) if on >= dt.date(2025, 7, 1) else "", "on": on, "count": len(values)},
    ).respond(request)


def _only_a_day(found: Any, text: str) -> Any:
    """The day narrows nothing here, `the_day` has read it; a value that is no day is reported."""
    day(text)
    return found


def _by_words(found: Any, text: str) -> Any:
    coded = found.filter(Q(official_code=text) | Q(code=text))
    return coded if coded.exists() else queries.nearest_first(queries.by_words(found, text), text)


def _nothing_found(text: str, on: dt.date) -> str:
    """What to say of an empty list: a body that was asked for may have ended."""
    told = [
        _("%(name)s: đến %(day)s, tiếp theo là %(heirs)s")
        % {
            "name": unit.name,
            "day": f"{unit.valid_to:%d/%m/%Y}",
            "heirs": ", ".join(s.new.name for s in unit.successions.all()) or _("chưa có dữ liệu"),
        }
        for unit in (queries.ended(text, on) if text else [])
    ]
    day_ = f"{on:%d/%m/%Y}"
    return _("Không có cơ quan nào tên như vậy ngày %(day)s.") % {"day": day_} + " " + "; ".join(told) if told else ""


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it belongs to, what belongs to it, what came before and after, what hangs on it."""
    record = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    on = the_day(request)
    may_edit = holds(request.user, Role.ADMIN, unit=record)
    form = UnitForm(request.POST or None, initial={"name": record.name, "short_name": record.short_name})
    if request.method == "POST" and form.is_valid():
        actions.edit(actor=request.user, unit=record, **form.cleaned_data)
        return redirect("apparatus-unit", pk)
    children = queries.existing(on).filter(parent=record)
    return render(
        request,
        "apparatus/unit.html",
        {
            "unit": record,
            "on": on,
            "children": children[:200],
            "count": children.count(),
            "status": CheckStatus.of(record.status),
            "level": UnitLevel.of(record.level),
            "before": record.precessions.select_related("old"),
            "after": record.successions.select_related("new"),
            "grants": record.grants.select_related("user").filter(valid_to__isnull=True),
            "hanging": queries.hanging_on(record),
            "form": form if may_edit else None,
        },
        status=422 if form.errors else 200,
    )


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Units for a search box: code and name of the nearest by words."""
    found = queries.search(request.GET.get("q", ""), the_day(request)) if len(request.GET.get("q", "")) > 1 else []
    return JsonResponse({"units": [{"code": u.code, "name": u.name} for u in found]})
