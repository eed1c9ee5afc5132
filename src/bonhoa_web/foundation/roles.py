"""The roles of the trade. A role is held for a unit and all below it (`models.Grant`)."""

from bonhoa.common.labels import Labelled


class Role(Labelled):
    """What a person is, for a unit."""

    ADMIN = "admin", "quản trị", "administrator"
    CLERK = "clerk", "văn thư", "clerk"
    LEADER = "leader", "lãnh đạo", "leader"
    SPECIALIST = "specialist", "chuyên viên", "specialist"
    OFFICER = "officer", "cán bộ đơn vị", "unit officer"
    PERSONNEL = "personnel", "tổ chức cán bộ", "personnel officer"
    VIEWER = "viewer", "người xem", "viewer"
