"""The figures of a progress report, with their definitions. Every task of a period falls in exactly one category.

The printed categories are those of the Government's task reports (BC 1270/BC-TCTTTg; QĐ 42/2014/QĐ-TTg): done (on
time, late) and not done (in time, overdue); tasks to which the directive set no date are counted beside them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bonhoa.common.errors import InputError
from bonhoa.common.labels import Labelled


class Category(Labelled):
    """Where a task stands on the last day of a period."""

    DONE_ON_TIME = "done_on_time", "hoàn thành đúng hạn", "done on time"
    DONE_LATE = "done_late", "hoàn thành quá hạn", "done late"
    DONE_UNDATED = "done_undated", "hoàn thành, không định hạn", "done, no deadline set"
    OPEN_IN_TIME = "open_in_time", "đang thực hiện trong hạn", "open in time"
    OPEN_OVERDUE = "open_overdue", "đang thực hiện quá hạn", "open overdue"
    OPEN_UNDATED = "open_undated", "đang thực hiện, không định hạn", "open, no deadline set"


DONE = frozenset({Category.DONE_ON_TIME, Category.DONE_LATE, Category.DONE_UNDATED})

DEFINITIONS: dict[Category, tuple[str, str]] = {
    Category.DONE_ON_TIME: (
        "đã được cơ quan giao xác nhận đến hết kỳ; báo cáo hoàn thành không muộn hơn thời hạn",
        "verified by the issuer by the end of the period; completion reported no later than the deadline",
    ),
    Category.DONE_LATE: (
        "đã được cơ quan giao xác nhận đến hết kỳ; báo cáo hoàn thành sau thời hạn",
        "verified by the issuer by the end of the period; completion reported after the deadline",
    ),
    Category.DONE_UNDATED: (
        "đã được cơ quan giao xác nhận đến hết kỳ; văn bản không định hạn",
        "verified by the issuer by the end of the period; the directive sets no date",
    ),
    Category.OPEN_IN_TIME: (
        "chưa được xác nhận đến hết kỳ; thời hạn chưa qua",
        "not verified by the end of the period; the deadline has not passed",
    ),
    Category.OPEN_OVERDUE: (
        "chưa được xác nhận đến hết kỳ; thời hạn đã qua (kể cả khi đơn vị tự báo cáo 100 %)",
        "not verified by the end of the period; the deadline has passed (even where the unit reports 100 %)",
    ),
    Category.OPEN_UNDATED: (
        "chưa được xác nhận đến hết kỳ; văn bản không định hạn hoặc mốc chưa có ngày",
        "not verified by the end of the period; the directive sets no date, or its event has none yet",
    ),
}
"""What each figure means, (Vietnamese, English): printed under every table that uses it."""

SCOPE = (
    "Nhiệm vụ trong kỳ: giao đến hết ngày cuối kỳ, chưa bị thu hồi, chưa được xác nhận hoàn thành trước ngày đầu kỳ.",
    "Tasks of the period: assigned by its last day, not withdrawn, and not verified before its first day.",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the figures read of a task. `group` says in which line of the table it is counted."""

    group: str
    assigned_on: dt.date
    due_on: dt.date | None = None
    reported_on: dt.date | None = None  # the completion report; only looked at once verified
    verified_on: dt.date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `total` is the sum of its categories."""

    group: str
    counts: Counter[Category]

    @property
    def total(self) -> int:
        """All tasks of the line."""
        return self.counts.total()

    @property
    def done(self) -> int:
        """Those verified by the issuer."""
        return sum(self.counts[c] for c in DONE)


def in_period(task: Counted, start: dt.date | None, end: dt.date) -> bool:
    """True if `task` belongs to the period [start, end], both days included (`start` None: from the beginning)."""
    done_before = start is not None and task.verified_on is not None and task.verified_on < start
    return task.assigned_on <= end and not task.withdrawn and not done_before


def category(task: Counted, on: dt.date) -> Category:
    """The one category of `task` at the end of the day `on`."""
    if task.verified_on is not None and task.verified_on <= on:
        if task.due_on is None:
            return Category.DONE_UNDATED
        return Category.DONE_ON_TIME if (task.reported_on or task.verified_on) <= task.due_on else Category.DONE_LATE
    if task.due_on is None:
        return Category.OPEN_UNDATED
    return Category.OPEN_IN_TIME if on <= task.due_on else Category.OPEN_OVERDUE


def progress_table(tasks: Iterable[Counted], start: dt.date | None, end: dt.date) -> tuple[tuple[Line, ...], Line]:
    """The lines of the groups that occur, in the order of their names, and the line of their sum."""
    if start is not None and end < start:
        raise InputError("period-reversed", "Kỳ báo cáo có ngày cuối trước ngày đầu; hãy đổi lại hai ngày.",
                         "The period ends before it starts; swap its two days.")
    counts: dict[str, Counter[Category]] = {}
    for task in tasks:
        if in_period(task, start, end):
            counts.setdefault(task.group, Counter())[category(task, end)] += 1
    lines = tuple(Line(group, counts[group]) for group in sorted(counts))
    return lines, Line("", sum((line.counts for line in lines), Counter()))
