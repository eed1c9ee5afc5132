"""Tags of the task pages: status chips, addresses of filtered lists, days in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from bonhoa.common.labels import Labelled
from bonhoa.execution.progress import Status
from bonhoa.execution.transitions import Act
from bonhoa_web.execution import task_queries
from bonhoa_web.execution.models import Report, ReportOutcome
from bonhoa_web.execution.progress_chart import LOOKS

register = template.Library()
_LOUD = {Act.RECEIVE, Act.REPORT, Act.VERIFY}


@register.simple_tag
def status_chip(status: Status) -> SafeString:
    """Colour, icon and word of a status."""
    look = LOOKS[status]
    return format_html(
        '<span class="status-chip status-{}"><span aria-hidden="true">{}</span> {}</span>',
        status,
        look.icon,
        named(status),
    )


@register.filter
def named(value: Labelled) -> str:
    """The label of a vocabulary's word in the language of the page."""
    return value.label(get_language() or "vi")


@register.filter
def is_open(status: Status) -> bool:
    """True while the deadline still matters: neither done nor set aside."""
    return status not in {Status.DONE_ON_TIME, Status.DONE_LATE, Status.WITHDRAWN, Status.DECLINED, Status.PAUSED}


@register.filter
def grouped(value: int) -> str:
    """46970 → 46.970 (46,970 in English)."""
    text = f"{value:,}"
    return text if (get_language() or "vi").startswith("en") else text.replace(",", ".")


@register.simple_tag
def act_button(act: Act) -> str:
    """The class of the button of an act: what moves the work on is loud."""
    return "btn-primary" if act in _LOUD else "btn-outline-secondary"


@register.simple_tag
def relative_day(day: dt.date, today: dt.date) -> str:
    """How far `day` is from `today`."""
    days = (day - today).days
    if days == 0:
        return gettext("hôm nay")
    if days > 0:
        return ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
    return ngettext("quá %(n)d ngày", "quá %(n)d ngày", -days) % {"n": -days}


@register.simple_tag
def report_outcome(report: Report) -> str:
    """What the issuer decided about a report."""
    return {
        ReportOutcome.PENDING: gettext("chờ xác nhận"),
        ReportOutcome.VERIFIED: gettext("đã xác nhận"),
        ReportOutcome.REWORK: gettext("yêu cầu thực hiện lại"),
    }[ReportOutcome(report.outcome)]


@register.simple_tag(takes_context=True)
def with_address(context: Any, **changes: Any) -> str:
    """The query of this page with `changes` (None takes a parameter away)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def sort_address(context: Any, current: str, key: str) -> str:
    """The query that sorts by `key`, or the other way round if the page is sorted by it already."""
    return with_address(context, sapxep=f"-{key}" if current == key else key, trang=None)


@register.simple_tag
def bucket_address(by: str, bucket: Any) -> str:
    """The part of a list's address that narrows it to a unit (`donvi`) or a week (`tuan`)."""
    if by == "donvi":
        return f"&donvi={bucket.key}"
    if bucket.key is None:
        return "&khonghan=on"
    return f"&tu={bucket.key.isoformat()}&den={(bucket.key + dt.timedelta(days=6)).isoformat()}"


@register.simple_tag
def verified_of(counts: Any) -> str:
    """Verified of all."""
    return " / ".join(grouped(n) for n in task_queries.verified_of(counts))


@register.simple_tag
def overdue_of(counts: Any) -> str:
    """How many are overdue."""
    return grouped(counts[Status.OVERDUE])
