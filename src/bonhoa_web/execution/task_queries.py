"""What the pages about tasks read. The library computes the status, so a list computes each once, then pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from bonhoa.common.folding import fold
from bonhoa.execution.progress import Status, status_of
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Plan, PlanState, Report, ReportOutcome, Task
from bonhoa_web.execution.snapshots import SNAPSHOT_FIELDS, task_snapshot
from bonhoa_web.execution.task_rights import ISSUER_ROLES, UNIT_ROLES
from bonhoa_web.foundation.models import Attachment, User
from bonhoa_web.foundation.rights import grants
from bonhoa_web.foundation.roles import Role

SORTS = {
    "han": ("due_current", "path"),
    "-han": ("-due_current", "path"),
    "chutri": ("lead__name", "due_current"),
    "-chutri": ("-lead__name", "due_current"),
    "nhiemvu": ("folded",),
    "-nhiemvu": ("-folded",),
    "": ("plan_id", "path"),
}


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of tasks is narrowed to; every field is a part of the address."""

    status: str = ""
    unit: int | None = None
    plan: int | None = None
    leader: int | None = None
    monitor: int | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    no_due: bool = False
    folded: str = ""
    sort: str = ""

    @property
    def narrowed(self) -> bool:
        """True if anything but the status and the order is asked for."""
        return replace(self, status="", sort="") != TaskFilter()


@dataclass(slots=True)
class TaskList:
    """The tasks of a filter: their ids in order, the status of each, and how many there are per status.

    `counts` is over all statuses (the filter without its status), so that the chips above a list add up to its whole.
    """

    ids: list[int]
    statuses: dict[int, Status]
    counts: Counter[Status] = field(default_factory=Counter)


def subtree_ids(roots: Iterable[int]) -> set[int]:
    """The ids of the units `roots` and of all below them, level by level."""
    found = set(roots)
    frontier = set(found)
    while frontier:
        frontier = set(Unit.objects.filter(parent_id__in=frontier).values_list("pk", flat=True)) - found
        found |= frontier
    return found


def units_named(name: str, near: Unit) -> list[Unit]:
    """The units whose name or short name is `name`, or else contains it, without regard to case and diacritics; where
    some of them stand in the same place as `near`, only those."""
    folded = fold(name)
    found = list(Unit.objects.filter(folded__contains=folded)) if folded else []
    found = [u for u in found if folded in {fold(u.name), fold(u.short_name)}] or found
    root = near.lineage_ids()[-1]
    return [u for u in found if u.lineage_ids()[-1] == root] or found if 1 < len(found) <= 50 else found


def units_in_scope(user: User, *roles: Role) -> set[int]:
    """The ids of the units for which `user` holds one of `roles` (none named: any role), directly or from above."""
    held = grants(user)
    if roles:
        held = held.filter(role__in=[str(r) for r in roles])
    return subtree_ids(held.values_list("unit_id", flat=True))


def visible_tasks(user: User) -> QuerySet[Task]:
    """The tasks that `user` may see: those that `task_rights.may_see` answers True for."""
    units = units_in_scope(user)
    cooperating = Task.objects.filter(cooperations__unit__in=units).values("pk")
    return Task.objects.filter(
        Q(lead__in=units)
        | Q(plan__unit__in=units)
        | Q(pk__in=cooperating)
        | Q(assignee=user)
        | Q(leader=user)
        | Q(monitor=user)
    )


def visible_directives(user: User) -> QuerySet[Plan]:
    """The approved plans that `user` follows, or from which a task reached a unit of theirs; newest first."""
    return (
        Plan.objects.filter(state=PlanState.APPROVED)
        .filter(Q(unit__in=units_in_scope(user)) | Q(pk__in=visible_tasks(user).values("plan_id")))
        .select_related("document", "unit")
        .order_by("-approved_at", "-pk")
    )


def with_names(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """`tasks` with everything a row of a list shows, in one more query whatever their number."""
    return tasks.select_related(
        *("lead", "draft", "plan__document", "plan__unit", "event", "assignee", "leader", "monitor")
    ).prefetch_related("cooperations__unit")


def find_tasks(tasks: QuerySet[Task], wanted: TaskFilter, today: dt.date) -> TaskList:
    """Narrow `tasks` to `wanted` and compute the status of each as of `today`."""
    if wanted.unit:
        tasks = tasks.filter(lead=wanted.unit)
    if wanted.plan:
        tasks = tasks.filter(plan=wanted.plan)
    if wanted.leader:
        tasks = tasks.filter(leader=wanted.leader)
    if wanted.monitor:
        tasks = tasks.filter(monitor=wanted.monitor)
    if wanted.due_from:
        tasks = tasks.filter(due_current__gte=wanted.due_from)
    if wanted.due_to:
        tasks = tasks.filter(due_current__lte=wanted.due_to)
    if wanted.no_due:
        tasks = tasks.filter(due_current__isnull=True)
    for word in wanted.folded.split():
        tasks = tasks.filter(folded__contains=word)
    statuses = statuses_of(tasks.order_by(*SORTS.get(wanted.sort, SORTS[""])), today)
    ids = [pk for pk, status in statuses.items() if not wanted.status or str(status) == wanted.status]
    return TaskList(ids, statuses, Counter(statuses.values()))


def statuses_of(tasks: QuerySet[Task], today: dt.date) -> dict[int, Status]:
    """The status of each of `tasks` as of `today`, in their order, reading only what the status depends on."""
    rows = tasks.select_related("event").only("pk", *SNAPSHOT_FIELDS)
    return {task.pk: status_of(task_snapshot(task), today) for task in rows}


def in_order(ids: list[int]) -> list[Task]:
    """The tasks of `ids` with their names, in the order of `ids`."""
    rows = with_names(Task.objects.filter(pk__in=ids)).in_bulk()
    return [rows[pk] for pk in ids]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bar of the directive page: a unit, or a week by its Monday (None: no deadline), and its tasks per status."""

    key: Any
    label: str
    counts: Counter[Status]

    @property
    def total(self) -> int:
        return self.counts.total()


def counts_by_plan(tasks: QuerySet[Task], plans: list[Plan], today: dt.date) -> dict[int, Counter[Status]]:
    """`tasks` counted per status for each of `plans`."""
    counts: dict[int, Counter[Status]] = {plan.pk: Counter() for plan in plans}
    for task in tasks.filter(plan__in=plans).order_by().only("pk", "plan_id", *SNAPSHOT_FIELDS).select_related("event"):
        counts[task.plan_id][status_of(task_snapshot(task), today)] += 1
    return counts


def verified_of(counts: Counter[Status]) -> tuple[int, int]:
    """How many tasks the issuer verified, of how many; withdrawn ones no longer count."""
    return counts[Status.DONE_ON_TIME] + counts[Status.DONE_LATE], counts.total() - counts[Status.WITHDRAWN]


def by_unit(tasks: QuerySet[Task], statuses: dict[int, Status]) -> list[Bucket]:
    """`tasks` counted per lead body, the one with most tasks first."""
    counts: dict[tuple[str, int], Counter[Status]] = {}
    for pk, unit, name in tasks.order_by().values_list("pk", "lead_id", "lead__name"):
        counts.setdefault((name, unit), Counter())[statuses[pk]] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return [Bucket(unit, name, count) for (name, unit), count in ordered]


def by_week(tasks: QuerySet[Task], statuses: dict[int, Status]) -> list[Bucket]:
    """`tasks` counted per week of their deadline, by its Monday; those without a date last."""
    counts: dict[dt.date | None, Counter[Status]] = {}
    for pk, due in tasks.order_by().values_list("pk", "due_current"):
        monday = due - dt.timedelta(days=due.weekday()) if due else None
        counts.setdefault(monday, Counter())[statuses[pk]] += 1
    ordered = sorted(counts.items(), key=lambda item: (item[0] is None, item[0] or dt.date.min))
    return [Bucket(week, f"{week:%d/%m/%Y}" if week else "", count) for week, count in ordered]


def tasks_to_do(user: User) -> QuerySet[Task]:
    """The open tasks that the units of `user` carry out, in the order of their deadlines."""
    open_states = ["new", "received", "rework"]
    held = grants(user).filter(role__in=[str(r) for r in UNIT_ROLES]).values_list("unit_id", flat=True)
    mine = Task.objects.filter(Q(lead__in=list(held)) | Q(assignee=user), state__in=open_states)
    return with_names(mine.order_by("due_current", "pk"))


def may_read_evidence(user: User, attachment: Attachment) -> bool:
    """True if `attachment` is evidence of a task that `user` may see."""
    return visible_tasks(user).filter(reports__evidence=attachment).exists()


def reports_to_verify(user: User) -> QuerySet[Report]:
    """The completion reports that wait for a decision of a body for which `user` decides; the oldest first."""
    return (
        Report.objects.filter(
            completes=True,
            outcome=ReportOutcome.PENDING,
            task__state="reported",
            task__plan__unit__in=units_in_scope(user, *ISSUER_ROLES),
        )
        .exclude(by=user)
        .select_related("task__lead", "task__plan", "by")
        .order_by("at")
    )


def declined_tasks(user: User) -> QuerySet[Task]:
    """The tasks that came back and wait for another lead body."""
    return with_names(Task.objects.filter(state="declined", plan__unit__in=units_in_scope(user, *ISSUER_ROLES)))
