"""Pages of the apparatus: the list of units with the map on a day, suggestions while typing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.apparatus.model import CheckStatus, UnitKind, UnitLevel
from bonhoa.apparatus.systems import System, system_of
from bonhoa_web.apparatus import days, queries, tilemap
from bonhoa_web.apparatus.chart import communes_inside
from bonhoa_web.apparatus.old_names import old_names
from bonhoa_web.foundation.lists import Column, Filter, ListPage, day
from bonhoa_web.foundation.vocabulary import choices


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The units of a day, with the map of the provinces above."""
    on, language = days.the_day(request), get_language() or "vi"
    text = request.GET.get("ten", "").strip()
    tiles = _tiles(request, on)

    def unit_url(unit: Any) -> str:
        return days.address(request, "apparatus-unit", unit.pk)

    return ListPage(
        _("Bộ máy"),
        [
            Column("ten", _("Tên"), lambda u: u.name_then, "name_then", unit_url),
            Column("cap", _("Cấp"), lambda u: UnitLevel.of(u.level_then).label(language), "level_then"),
            Column("loai", _("Loại"), lambda u: UnitKind.of(u.kind_then).label(language), "kind_then"),
            Column("thuoc", _("Trực thuộc"), lambda u: u.above_name or "", "above_name"),
            Column("ma", _("Mã thống kê"), lambda u: u.code_then, "code_then"),
            Column("tu", _("Có từ"), lambda u: u.valid_from, "valid_from"),
            Column("den", _("Đến"), lambda u: u.valid_to, "valid_to"),
            Column("kiem-chung", _("Kiểm chứng"), lambda u: u.get_status_display(), "status"),
        ],
        queries.as_of(on).order_by("name_then", "pk"),
        [
            Filter("ten", _("Tên, mã"), _by_words),
            Filter("he", _("Hệ thống"), _of_system, choices(System)),
            Filter("cap", _("Cấp"), lambda q, v: q.filter(level_then=v), choices(UnitLevel)),
            Filter("loai", _("Loại"), lambda q, v: q.filter(kind_then=v), choices(UnitKind)),
            Filter("kiem-chung", _("Kiểm chứng"), lambda q, v: q.filter(status=v), choices(CheckStatus)),
            Filter("ngay", _("Ngày"), _only_a_day, kind="hidden"),
        ],
        empty=_("Không có cơ quan nào như vậy ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"},
        template="apparatus/units.html",
        context={
            "map": tilemap.draw(tiles, on),
            "on": on,
            "count": len(tiles),
            "bar": days.day_bar(request),
            "old_names": old_names(text, on) if text else [],
        },
    ).respond(request)


def _tiles(request: HttpRequest, on: dt.date) -> dict[str, tuple[str, str]]:
    """Code of each province of a day → (address of its page, how many communes it has)."""
    provinces = queries.as_of(on).filter(level_then=str(UnitLevel.PROVINCE), kind_then=str(UnitKind.TERRITORY))
    communes = communes_inside(on)
    return {
        code: (days.address(request, "apparatus-unit", pk), str(communes[pk]))
        for pk, code in provinces.exclude(code_then="").values_list("pk", "code_then")
    }


def _of_system(found: Any, value: str) -> Any:
    return found.filter(kind_then__in=[str(kind) for kind in UnitKind if system_of(kind) == System.of(value)])


def _only_a_day(found: Any, text: str) -> Any:
    """The day narrows nothing here, `the_day` has read it; a value that is no day is reported."""
    day(text)
    return found


def _by_words(found: Any, text: str) -> Any:
    coded = found.filter(code_then=text) | found.filter(code=text)
    if coded.exists():
        return coded
    return queries.nearest_first(queries.by_words(found, text, "folded_then"), text, "folded_then")


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Units for a search box: code and name of the nearest by words."""
    text = request.GET.get("q", "")
    found = queries.search(text, days.the_day(request)) if len(text) > 1 else []
    return JsonResponse({"units": [{"code": u.code, "name": u.name} for u in found]})
