"""What this room puts on *Việc của tôi*: what is due, what waits for a decision, what changed since the last visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from bonhoa.execution.progress import Status, status_of
from bonhoa_web.execution import task_queries
from bonhoa_web.execution.models import Report, Task
from bonhoa_web.execution.snapshots import task_snapshot
from bonhoa_web.execution.task_history import Told, changes_since
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.mywork import Section
from bonhoa_web.foundation.search import Hit

Rows = list[tuple[Task, Status]]


@dataclass(slots=True)
class MyTasks:
    """The open tasks of a person's units by the time that is left, and what waits for the person's decision."""

    overdue: Rows = field(default_factory=list)
    today: Rows = field(default_factory=list)
    this_week: Rows = field(default_factory=list)
    later: Rows = field(default_factory=list)
    to_verify: list[Report] = field(default_factory=list)
    declined: list[Task] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """True if there is nothing to show: a new person, or a quiet day."""
        return not any(
            (self.overdue, self.today, self.this_week, self.later, self.to_verify, self.declined, self.changes)
        )


def my_tasks(user: User, today: dt.date, since: dt.datetime | None) -> MyTasks:
    """The work of `user` as of `today`; `since` is the last visit (None: the first, so nothing has changed)."""
    mine = MyTasks(
        to_verify=list(task_queries.reports_to_verify(user)),
        declined=list(task_queries.declined_tasks(user)),
    )
    sunday = today + dt.timedelta(days=6 - today.weekday())
    for task in task_queries.tasks_to_do(user):
        due = task.due_current
        if due is None or due > sunday:
            bucket = mine.later
        elif due < today:
            bucket = mine.overdue
        else:
            bucket = mine.today if due == today else mine.this_week
        bucket.append((task, status_of(task_snapshot(task), today)))
    if since is not None:
        ids = list(task_queries.visible_tasks(user).order_by().values_list("pk", flat=True))
        mine.changes = changes_since(ids, since, user)
    return mine


def section(request: HttpRequest) -> Section | None:
    """The part of the first page that this room has for the person who asks; None if there is nothing."""
    today = timezone.localdate()
    mine = my_tasks(request.user, today, last_worked(request.user, today))
    waiting = len(mine.overdue) + len(mine.today) + len(mine.this_week) + len(mine.to_verify) + len(mine.declined)
    if mine.empty:
        return None
    return Section(gettext("Các nhiệm vụ"), "execution/task_my_work.html", waiting, {"mine": mine, "today": today})


def last_worked(user: User, today: dt.date) -> dt.datetime:
    """When `user` last did something on an earlier day: what came after is news. At most a month back."""
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    earlier = AuditEntry.objects.filter(actor=user, at__lt=midnight).aggregate(Max("at"))["at__max"]
    month_ago = midnight - dt.timedelta(days=30)
    return max(earlier, month_ago) if earlier else month_ago


def find(user: User, folded: str) -> list[Hit]:
    """Tasks whose words contain `folded`, for the search at the top of every page."""
    found = task_queries.visible_tasks(user).filter(folded__contains=folded).select_related("lead")[:10]
    return [
        Hit(gettext("Các nhiệm vụ"), task.title, reverse("execution-task", args=[task.pk]), str(task.lead))
        for task in found
    ]
