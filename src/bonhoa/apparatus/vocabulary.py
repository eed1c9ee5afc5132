"""The closed lists of words of the apparatus over time: relations, schemes of codes, roles, modes, kinds of change."""

from __future__ import annotations

from bonhoa.common.labels import Labelled


class ParentRelation(Labelled):
    """How a unit stands under another. At any time at most one is the `line`; the others may be several."""

    LINE = "line", "trực thuộc", "direct line"
    GUIDANCE = "guidance", "hướng dẫn chuyên môn", "professional guidance"
    PARTY = "party", "lãnh đạo về Đảng", "Party leadership"


class CodeScheme(Labelled):
    """Who gave a code. A code names one unit at a time, and may name another one later."""

    QD20 = "qd20", "mã định danh (QĐ 20/2020/QĐ-TTg)", "identifier (Decision 20/2020)"
    OLD13 = "old13", "mã định danh 13 ký tự cũ", "old 13-character identifier"
    STATISTICS = "statistics", "mã của cơ quan thống kê", "code of the statistical office"


class MandateRole(Labelled):
    """What a unit is in a function: at most one leads it in a place at a time."""

    LEAD = "lead", "chủ trì", "lead"
    COOPERATING = "cooperating", "phối hợp", "cooperating"
    SUPPORT = "support", "hỗ trợ", "support"


class PositionGroup(Labelled):
    """Groups of job positions (NĐ 232/2026/NĐ-CP, Phụ lục IV)."""

    MANAGEMENT = "management", "lãnh đạo, quản lý", "management"
    PROFESSIONAL = "professional", "chuyên môn, nghiệp vụ", "professional"
    SUPPORT = "support", "hỗ trợ, phục vụ", "support"


class HoldingMode(Labelled):
    """How a person fills a post: one official holder at a time; acting and concurrent ones may stand beside."""

    OFFICIAL = "official", "chính thức", "official"
    ACTING = "acting", "phụ trách, quyền", "acting"
    CONCURRENT = "concurrent", "kiêm nhiệm", "concurrent"


class EventKind(Labelled):
    """Kinds of change; those that differ in who lives on, who succeeds and which seal is used are kinds of their own.

    CONSOLIDATE (hợp nhất): all inputs end, a new unit begins. ABSORB (sáp nhập): the inputs end, one that exists goes
    on. DIVIDE (chia): the input ends, new units begin. SEPARATE (tách): the input goes on, new units begin beside it.
    REARRANGE (sắp xếp): inputs pass wholly or in part into outputs, as administrative units did in 2025.
    """

    CREATE = "create", "thành lập", "creation"
    RENAME = "rename", "đổi tên", "renaming"
    CONSOLIDATE = "consolidate", "hợp nhất", "consolidation"
    ABSORB = "absorb", "sáp nhập", "absorption"
    DIVIDE = "divide", "chia", "division"
    SEPARATE = "separate", "tách", "separation"
    REARRANGE = "rearrange", "sắp xếp", "rearrangement"
    DISSOLVE = "dissolve", "giải thể", "dissolution"
    REPARENT = "reparent", "chuyển đơn vị chủ quản", "change of parent"
    TRANSFER = "transfer", "chuyển chức năng", "transfer of a function"
    REVERSAL = "reversal", "hủy một thay đổi đã ghi", "reversal of a recorded change"


class EventState(Labelled):
    """Where a change stands."""

    DRAFT = "draft", "dự thảo", "draft"
    APPLIED = "applied", "đã áp dụng", "applied"
    REVERSED = "reversed", "đã hủy", "reversed"
