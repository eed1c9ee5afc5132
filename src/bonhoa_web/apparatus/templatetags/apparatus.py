"""Tags of the room: links that keep the day of the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import gettext as _

from bonhoa_web.apparatus import days, rights
from bonhoa_web.foundation.rights import holds

register = template.Library()


@register.simple_tag(takes_context=True)
def on_day(context: Any, name: str, *args: object, **query: object) -> str:
    """The address of a page of the room on the day that this page shows."""
    return days.address(context["request"], name, *args, **query)


@register.simple_tag(takes_context=True)
def same_page(context: Any, day: dt.date) -> str:
    """This page on another day."""
    query = context["request"].GET.copy()
    for key in ("trang", "xuat"):
        query.pop(key, None)
    query[days.KEY] = day.isoformat()
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def apparatus_tabs(context: Any) -> list[tuple[str, str, str]]:
    """(key, label, address) of the pages of the room that the reader may open."""
    request = context["request"]
    found = [
        ("chart", _("Sơ đồ"), "apparatus-chart"),
        ("list", _("Danh sách, bản đồ"), "apparatus-units"),
    ]
    if holds(request.user, *rights.SEE_PEOPLE):
        found.append(("people", _("Người"), "apparatus-people"))
    found.append(("positions", _("Vị trí việc làm"), "apparatus-positions"))
    if holds(request.user, *rights.KEEPERS):
        found.append(("book", _("Nhập, xuất bảng"), "apparatus-imports"))
    return [(key, label, days.address(request, name)) for key, label, name in found]
