"""The figures of a progress report, with their definitions. Every task of a period falls in exactly one category.

The printed categories are those of the Government's task reports (BC 1270/BC-TCTTTg; QĐ 42/2014/QĐ-TTg): done (on
time, late) and not done (in time, overdue); tasks without a date and tasks set aside stand beside them, so that the
sum is all tasks. `execution.progress.category_of` is the four-way group of one task now; here it is of a period.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bonhoa.common.errors import InputError
from bonhoa.common.labels import Labelled


class Figure(Labelled):
    """Where a task stands on the last day of a period."""

    DONE_ON_TIME = "done_on_time", "hoàn thành đúng hạn", "done on time"
    DONE_LATE = "done_late", "hoàn thành quá hạn", "done late"
    DONE_UNDATED = "done_undated", "hoàn thành, không định hạn", "done, no deadline set"
    OPEN_IN_TIME = "open_in_time", "đang thực hiện trong hạn", "open in time"
    OPEN_OVERDUE = "open_overdue", "đang thực hiện quá hạn", "open overdue"
    OPEN_UNDATED = "open_undated", "đang thực hiện, không định hạn", "open, no deadline set"
    SET_ASIDE = "set_aside", "chuyển trả, tạm dừng", "declined or paused"


DONE = frozenset({Figure.DONE_ON_TIME, Figure.DONE_LATE, Figure.DONE_UNDATED})

DEFINITIONS: dict[Figure, tuple[str, str]] = {
    Figure.DONE_ON_TIME: (
        "đã được cơ quan giao xác nhận đến hết kỳ; báo cáo hoàn thành không muộn hơn thời hạn",
        "verified by the issuer by the end of the period; completion reported no later than the deadline",
    ),
    Figure.DONE_LATE: (
        "đã được cơ quan giao xác nhận đến hết kỳ; báo cáo hoàn thành sau thời hạn",
        "verified by the issuer by the end of the period; completion reported after the deadline",
    ),
    Figure.DONE_UNDATED: (
        "đã được cơ quan giao xác nhận đến hết kỳ; văn bản không định hạn",
        "verified by the issuer by the end of the period; the directive sets no date",
    ),
    Figure.OPEN_IN_TIME: (
        "chưa được xác nhận đến hết kỳ; thời hạn chưa qua, hoặc đã báo cáo hoàn thành trong hạn và đang chờ xác nhận",
        "not verified by the end of the period; the deadline has not passed, or completion was reported before it did",
    ),
    Figure.OPEN_OVERDUE: (
        "chưa được xác nhận đến hết kỳ; thời hạn đã qua khi chưa báo cáo hoàn thành (kể cả khi tự đánh giá 100 %)",
        "not verified by the end of the period; the deadline passed before completion was reported",
    ),
    Figure.OPEN_UNDATED: (
        "chưa được xác nhận đến hết kỳ; văn bản không định hạn hoặc mốc chưa có ngày",
        "not verified by the end of the period; the directive sets no date, or its event has none yet",
    ),
    Figure.SET_ASIDE: (
        "đang chờ giao lại sau chuyển trả hoặc đang tạm dừng, theo trạng thái lúc lập bảng",
        "waiting for reassignment after a decline, or paused, as of the making of the table",
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
    reported_on: dt.date | None = None  # the completion report that waits or was accepted
    verified_on: dt.date | None = None
    set_aside: bool = False  # declined or paused
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `total` is the sum of its categories."""

    group: str
    counts: Counter[Figure]

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


def figure_of(task: Counted, on: dt.date) -> Figure:
    """The one category of `task` at the end of the day `on`."""
    if task.verified_on is not None and task.verified_on <= on:
        if task.due_on is None:
            return Figure.DONE_UNDATED
        return Figure.DONE_ON_TIME if (task.reported_on or task.verified_on) <= task.due_on else Figure.DONE_LATE
    if task.set_aside:
        return Figure.SET_ASIDE
    if task.due_on is None:
        return Figure.OPEN_UNDATED
    finished = on if task.reported_on is None else min(on, task.reported_on)
    return Figure.OPEN_OVERDUE if finished > task.due_on else Figure.OPEN_IN_TIME


def progress_table(tasks: Iterable[Counted], start: dt.date | None, end: dt.date) -> tuple[tuple[Line, ...], Line]:
    """The lines of the groups that occur, in the order of their names, and the line of their sum."""
    if start is not None and end < start:
        raise InputError(
            "period-reversed",
            "Kỳ báo cáo có ngày cuối trước ngày đầu; hãy đổi lại hai ngày.",
            "The period ends before it starts; swap its two days.",
        )
    counts: dict[str, Counter[Figure]] = {}
    for task in tasks:
        if in_period(task, start, end):
            counts.setdefault(task.group, Counter())[figure_of(task, end)] += 1
    lines = tuple(Line(group, counts[group]) for group in sorted(counts))
    return lines, Line("", sum((line.counts for line in lines), Counter()))
