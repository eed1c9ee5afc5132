"""Where a task stands, computed from what was recorded about it and the day; never typed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bonhoa.common.labels import Labelled

DUE_SOON_SHARE = 5
"""A task is due soon when at most 1/DUE_SOON_SHARE (20 %) of its time is left."""


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
    """The word on the page."""

    NOT_RECEIVED = "not_received", "chưa tiếp nhận", "not yet received"
    IN_PROGRESS = "in_progress", "đang thực hiện", "in progress"
    DUE_SOON = "due_soon", "sắp đến hạn", "due soon"
    OVERDUE = "overdue", "quá hạn", "overdue"
    AWAITING_VERIFICATION = "awaiting_verification", "chờ xác nhận", "awaiting verification"
    REWORK = "rework", "yêu cầu thực hiện lại", "sent back for rework"
    DONE_ON_TIME = "done_on_time", "hoàn thành đúng hạn", "done on time"
    DONE_LATE = "done_late", "hoàn thành quá hạn", "done late"
    DECLINED = "declined", "chuyển trả", "declined"
    PAUSED = "paused", "tạm dừng", "paused"
    WAITING_FOR_EVENT = "waiting_for_event", "chờ mốc", "waiting for its event"
    WITHDRAWN = "withdrawn", "đã thu hồi", "withdrawn"


class Category(Labelled):
    """The four groups that reports print (QĐ 42/2014/QĐ-TTg)."""

    DONE_ON_TIME = "done_on_time", "hoàn thành đúng hạn", "done on time"
    DONE_LATE = "done_late", "hoàn thành quá hạn", "done late"
    OPEN_IN_TIME = "open_in_time", "đang thực hiện trong hạn", "open, within its limit"
    OPEN_OVERDUE = "open_overdue", "đang thực hiện quá hạn", "open, past its limit"


@dataclass(frozen=True, slots=True)
class TaskSnapshot:
    """What the status of a task is computed from. `due` is the last day allowed, extensions included.

    `waits_for_event` is true where the limit is an event; while the event has no date, `due` is None.
    """

    state: State
    assigned_on: dt.date
    due: dt.date | None = None
    waits_for_event: bool = False
    received_on: dt.date | None = None
    reported_on: dt.date | None = None
    verified_on: dt.date | None = None


_SET_ASIDE = {
    State.DECLINED: Status.DECLINED,
    State.PAUSED: Status.PAUSED,
    State.WITHDRAWN: Status.WITHDRAWN,
}


def status_of(snapshot: TaskSnapshot, today: dt.date) -> Status:
    """The status on the page on `today`.

    A lapsed limit outweighs everything that is still open, so that no overdue task hides behind another word;
    a task that its unit has reported waits for the issuer and is not called overdue meanwhile.
    """
    state = snapshot.state
    if state in _SET_ASIDE:
        return _SET_ASIDE[state]
    if state is State.VERIFIED:
        return Status.DONE_LATE if is_late(snapshot, today) else Status.DONE_ON_TIME
    if state is State.REPORTED:
        return Status.AWAITING_VERIFICATION
    if is_late(snapshot, today):
        return Status.OVERDUE
    if state is State.REWORK:
        return Status.REWORK
    if state is State.NEW:
        return Status.NOT_RECEIVED
    if snapshot.due is None:
        return Status.WAITING_FOR_EVENT if snapshot.waits_for_event else Status.IN_PROGRESS
    left, given = (snapshot.due - today).days, (snapshot.due - snapshot.assigned_on).days
    return Status.DUE_SOON if left * DUE_SOON_SHARE <= given else Status.IN_PROGRESS


def category_of(snapshot: TaskSnapshot, today: dt.date) -> Category | None:
    """The reported group on `today`; None for what is not counted (declined, paused, withdrawn).

    Done means verified by the issuer. A task reported but not yet verified is open.
    """
    if snapshot.state in _SET_ASIDE:
        return None
    late = is_late(snapshot, today)
    if snapshot.state is State.VERIFIED:
        return Category.DONE_LATE if late else Category.DONE_ON_TIME
    return Category.OPEN_OVERDUE if late else Category.OPEN_IN_TIME


def is_late(snapshot: TaskSnapshot, today: dt.date) -> bool:
    """True if the limit lapsed before the unit reported, or before `today` if it has not reported.

    The day that counts is that of the accepted report, not of the verification: the unit does not answer
    for the days in which its report lay with the issuer.
    """
    if snapshot.due is None:
        return False
    finished = {
        State.REPORTED: snapshot.reported_on,
        State.VERIFIED: snapshot.reported_on or snapshot.verified_on,
    }.get(snapshot.state)
    return (finished or today) > snapshot.due
