"""What plans put on *Việc của tôi*."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bonhoa_web.execution.plan_queries import waiting_for
from bonhoa_web.foundation.mywork import Section


def section(request: HttpRequest) -> Section | None:
    """Plans to approve, plans in preparation."""
    approve, prepare = waiting_for(request.user)  # type: ignore[arg-type]
    rows = [(_("chờ bạn duyệt"), p) for p in approve[:20]] + [
        (_("bị trả lại") if p.returned_note else _("đang soạn"), p) for p in prepare[:20]
    ]
    return Section(_("Bảng phân công"), "execution/my_plans.html", len(rows), {"rows": rows}) if rows else None
