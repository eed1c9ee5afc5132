"""Where a task stands, computed from what was recorded about it and the day; never typed in."""

from __future__ import annotations

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
