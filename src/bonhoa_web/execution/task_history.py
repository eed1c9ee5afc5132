"""The history of a task in words, told from the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext

from bonhoa.execution.progress import State
from bonhoa_web.execution.models import Task
from bonhoa_web.foundation.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history: when, who, what in words, the reason that was given; `task`: the title, where
    lines of several tasks stand together."""

    at: dt.datetime
    actor: str
    words: str
    reason: str
    seq: int
    task_id: int | None = None
    task: str = ""


def history(task: Task) -> list[Told]:
    """What happened to `task`, the newest first; the moves of its event are part of it."""
    about = Q(object_type="execution.task", object_id=str(task.pk))
    if task.event_id:
        about |= Q(object_type="execution.event", object_id=str(task.event_id))
    entries = AuditEntry.objects.filter(about).exclude(action__startswith="refused:")
    return [tell(entry) for entry in entries.select_related("actor").order_by("-seq")]


def changes_since(task_ids: Iterable[int], since: dt.datetime, by_others_than: Any, limit: int = 20) -> list[Told]:
    """What other people did to the tasks `task_ids` after `since`, the newest first, at most `limit` lines."""
    entries = (
        AuditEntry.objects.filter(
            object_type="execution.task", object_id__in=[str(pk) for pk in task_ids], at__gt=since
        )
        .exclude(actor=by_others_than)
        .exclude(action__startswith="refused:")
        .select_related("actor")
        .order_by("-seq")[:limit]
    )
    told = [tell(entry) for entry in entries]
    titles = dict(Task.objects.filter(pk__in=[line.task_id for line in told]).values_list("pk", "title"))
    return [replace(line, task=titles.get(line.task_id, "")) for line in told]


def tell(entry: AuditEntry) -> Told:
    """One audit line in the words of the page's language."""
    task_id = int(entry.object_id) if entry.object_type == "execution.task" else None
    return Told(
        entry.at,
        str(entry.actor or gettext("hệ thống")),
        _words(entry.action, entry.detail),
        entry.detail.get("reason", ""),
        entry.seq,
        task_id,
    )


def _words(action: str, detail: dict[str, Any]) -> str:
    match action:
        case "task.receive":
            return gettext("tiếp nhận nhiệm vụ")
        case "task.decline":
            return gettext("chuyển trả nhiệm vụ")
        case "task.assign" if detail.get("person"):
            return gettext("phân công cho %(person)s") % {"person": detail["person"]}
        case "task.assign":
            return gettext("bỏ phân công người thực hiện")
        case "task.report" if detail.get("completes"):
            return gettext("báo cáo hoàn thành (%(n)d tệp minh chứng)") % {"n": len(detail.get("evidence", []))}
        case "task.report" if detail.get("percent") is not None:
            return gettext("báo cáo tiến độ, tự đánh giá %(percent)d%%") % {"percent": detail["percent"]}
        case "task.report":
            return gettext("báo cáo tiến độ")
        case "task.verify":
            return gettext("xác nhận hoàn thành")
        case "task.rework":
            return gettext("yêu cầu thực hiện lại")
        case "task.pause":
            return gettext("tạm dừng nhiệm vụ")
        case "task.resume":
            state = State(detail["to"]).label(get_language() or "vi")
            return gettext("cho tiếp tục, trở lại trạng thái “%(state)s”") % {"state": state}
        case "task.withdraw":
            return gettext("thu hồi nhiệm vụ")
        case "task.reassign":
            return gettext("giao lại: %(before)s → %(lead)s") % {
                "before": detail["lead_before"],
                "lead": detail["lead"],
            }
        case "task.handed_over":
            return gettext("chuyển chủ trì theo %(act)s: %(before)s → %(lead)s") % {
                "act": detail["act"],
                "before": detail["lead_before"],
                "lead": detail["lead"],
            }
        case "task.comment":
            return gettext("trao đổi: %(text)s") % {"text": detail["text"]}
        case "event.move" if detail.get("before"):
            return gettext("dời mốc “%(event)s” từ %(before)s sang %(on)s") % {
                "event": detail["event"],
                "before": _day(detail["before"]),
                "on": _day(detail["on"]),
            }
        case "event.move":
            return gettext("đặt ngày của mốc “%(event)s” là %(on)s") % {
                "event": detail["event"],
                "on": _day(detail["on"]),
            }
        case _:
            return action


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d/%m/%Y}"
