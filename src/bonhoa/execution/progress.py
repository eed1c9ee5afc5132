"""Where a task stands, computed from what was recorded about it and the day; never typed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bonhoa.common.labels import Labelled


class State(Labelled):
    """What has been recorded about a task; the status shown is computed from it and the dates."""

    NEW = "new", "đã giao", "assigned"
    RECEIVED = "received", "đã nhận", "received"
    REPORTED = "reported", "đã báo cáo hoàn thành", "reported as done"
    REWORK = "rework", "yêu cầu thực hiện lại", "sent back for rework"
    VERIFIED = "verified", "đã xác nhận", "verified"
    DECLINED = "declined", "chuyển trả", "declined"
    PAUSED = "paused", "tạm dừng", "paused"
    WITHDRAWN = "withdrawn", "đã thu hồi", "withdrawn"


class Status(Labelled):
    """What a page shows of a task, computed from its state and the dates."""

    NOT_RECEIVED = "not_received", "chưa tiếp nhận", "not received"
    IN_PROGRESS = "in_progress", "đang thực hiện", "in progress"
    DUE_SOON = "due_soon", "sắp đến hạn", "due soon"
    OVERDUE = "overdue", "quá hạn", "overdue"
    AWAITING_VERIFICATION = "awaiting_verification", "chờ xác nhận", "awaiting verification"
    REWORK = "rework", "yêu cầu thực hiện lại", "sent back for rework"
    DONE_ON_TIME = "done_on_time", "hoàn thành đúng hạn", "done on time"
    DONE_LATE = "done_late", "hoàn thành quá hạn", "done late"
    DECLINED = "declined", "chuyển trả", "declined"
    PAUSED = "paused", "tạm dừng", "paused"
    WAITING_EVENT = "waiting_event", "chờ mốc", "waiting for its event"
    WITHDRAWN = "withdrawn", "đã thu hồi", "withdrawn"


DONE = frozenset({Status.DONE_ON_TIME, Status.DONE_LATE})

DUE_SOON_SHARE = 0.2
"""A task is due soon when at most this share of its time, from the day it was given to its deadline, is left."""


@dataclass(frozen=True, slots=True)
class TaskSnapshot:
    """What the status of a task depends on. `due_on` is the last day allowed; None: no date (yet)."""

    state: State
    assigned_on: dt.date
    due_on: dt.date | None = None
    waits_for_event: bool = False  # tied to an event that has no date yet
    reported_on: dt.date | None = None  # the completion report that waits or was verified
    verified_on: dt.date | None = None


_FIXED = {
    State.DECLINED: Status.DECLINED,
    State.PAUSED: Status.PAUSED,
    State.WITHDRAWN: Status.WITHDRAWN,
    State.REPORTED: Status.AWAITING_VERIFICATION,
}


def status_of(task: TaskSnapshot, on: dt.date) -> Status:
    """The status of `task` at the end of the day `on`.

    Done is what the issuer verified; whether it was on time is measured on the day the unit reported completion, so
    that a slow verification is not laid at the unit's door. Of the open ones a date that has passed outweighs all else.
    """
    if task.state is State.VERIFIED:
        done_on = task.reported_on or task.verified_on or on
        return Status.DONE_LATE if task.due_on is not None and done_on > task.due_on else Status.DONE_ON_TIME
    if task.state in _FIXED:
        return _FIXED[task.state]
    if task.due_on is not None and on > task.due_on:
        return Status.OVERDUE
    if task.state is State.REWORK:
        return Status.REWORK
    if task.state is State.NEW:
        return Status.NOT_RECEIVED
    if task.waits_for_event:
        return Status.WAITING_EVENT
    if task.due_on is not None and (task.due_on - on).days <= DUE_SOON_SHARE * (task.due_on - task.assigned_on).days:
        return Status.DUE_SOON
    return Status.IN_PROGRESS
