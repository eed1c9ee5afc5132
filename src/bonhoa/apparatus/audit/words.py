"""The rules and their findings in words."""

from __future__ import annotations

from dataclasses import dataclass

from bonhoa.common.labels import Labelled


class Grade(Labelled):
    """How a finding stands; the first three are those of GAO-15-49SP."""

    DUPLICATION = "duplication", "trùng lặp", "duplication"
    OVERLAP = "overlap", "chồng lấn", "overlap"
    FRAGMENTATION = "fragmentation", "phân tán", "fragmentation"
    GAP = "gap", "bỏ trống", "gap"
    VIOLATION = "violation", "vi phạm", "violation"


class Decision(Labelled):
    """What is to come of a finding."""

    TO_CORRECT = "to_correct", "phải sửa", "to be corrected"
    ACCEPTED = "accepted", "chấp nhận", "accepted"
    NO_FAULT = "no_fault", "không phải lỗi", "no fault"


class Rule(Labelled):
    """What must hold on every day; the label names what is found where it does not."""

    MANDATE_OVERLAP = "mandate_overlap", "một chức năng nhiều cơ quan chủ trì", "a function with several leads"
    MANDATE_GAP = "mandate_gap", "chức năng không cơ quan nào chủ trì", "a function without a lead"
    MANDATE_BEYOND = "mandate_beyond", "giao nhiệm vụ ngoài thời gian có chức năng", "a mandate beyond its function"
    MANDATE_OF_CLOSED = "mandate_of_closed", "nhiệm vụ của đơn vị không tồn tại", "a mandate of a unit that is not"
    POST_DOUBLE = "post_double", "một vị trí nhiều người giữ chính thức", "a post with several official holders"
    POST_VACANT = "post_vacant", "vị trí không người giữ", "a vacant post"
    HOLDING_BEYOND = "holding_beyond", "giữ vị trí ngoài thời gian có vị trí", "a holding beyond its post"
    POST_OF_CLOSED = "post_of_closed", "vị trí của đơn vị không tồn tại", "a post of a unit that is not"
    HEAD_MISSING = "head_missing", "đơn vị không có người đứng đầu", "a unit without a head"
    HEAD_DOUBLE = "head_double", "đơn vị có nhiều vị trí đứng đầu", "a unit with several posts of head"
    DEPUTIES = "deputies", "cấp phó vượt số lượng", "deputies above the limit"
    DEPUTIES_AVERAGE = "deputies_average", "cấp phó vượt số bình quân", "deputies above the average allowed"
    OVERLOAD = "overload", "một người quá 100 % thời gian", "a person above full time"
    INCOMPATIBLE = "incompatible", "giữ hai vị trí không được kiêm nhiệm", "incompatible posts"
    SPAN = "span", "quá nhiều đầu mối trực thuộc", "too many units directly under one"
    PARENT_DOUBLE = "parent_double", "trực thuộc nhiều đơn vị", "a unit directly under several"
    PARENT_CLOSED = "parent_closed", "quan hệ trực thuộc với đơn vị không tồn tại", "a line to a unit that is not"
    PARENT_CYCLE = "parent_cycle", "trực thuộc vòng tròn", "a circle of superiors"
    EMPTY_PERIOD = "empty_period", "dòng có thời hạn rỗng", "a row with an empty period"

    @property
    def grade(self) -> Grade:
        """The grade of its findings."""
        return _TOLD[self].grade

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the codes of its findings name, in order: unit, function, scope, post, person, job, kind, level …"""
        return _TOLD[self].kinds

    def sentence(self, language: str, names: tuple[str, ...], value: int, bound: int) -> str:
        """What was found, without its period; `names` stand for the codes."""
        told = _TOLD[self]
        words = dict(zip(told.kinds, names, strict=True))
        if "scope" in words:
            words["scope"] = words["scope"] or ("cả nước" if language == "vi" else "the whole country")
        return (told.vi if language == "vi" else told.en).format(**words, value=value, bound=bound)


@dataclass(frozen=True)
class _Told:
    grade: Grade
    kinds: tuple[str, ...]
    vi: str
    en: str


_TOLD = {
    Rule.MANDATE_OVERLAP: _Told(
        Grade.DUPLICATION,
        ("function", "scope"),
        "{function} ({scope}): {value} cơ quan cùng chủ trì",
        "{function} ({scope}): {value} units lead it at once",
    ),
    Rule.MANDATE_GAP: _Told(
        Grade.GAP,
        ("function", "scope"),
        "{function} ({scope}): không cơ quan nào chủ trì",
        "{function} ({scope}): no unit leads it",
    ),
    Rule.MANDATE_BEYOND: _Told(
        Grade.VIOLATION,
        ("function", "scope"),
        "{function} ({scope}): vẫn giao chủ trì khi chức năng này không còn hoặc chưa có",
        "{function} ({scope}): led while there is no such function",
    ),
    Rule.MANDATE_OF_CLOSED: _Told(
        Grade.VIOLATION,
        ("unit", "function", "scope"),
        "{unit} được giao {function} ({scope}) khi không tồn tại",
        "{unit} has {function} ({scope}) while it does not exist",
    ),
    Rule.POST_DOUBLE: _Told(
        Grade.VIOLATION,
        ("post",),
        "{post}: {value} người giữ chính thức cùng lúc",
        "{post}: {value} official holders at once",
    ),
    Rule.POST_VACANT: _Told(Grade.GAP, ("post",), "{post}: không ai giữ", "{post}: nobody fills it"),
    Rule.HOLDING_BEYOND: _Told(
        Grade.VIOLATION,
        ("post",),
        "{post}: có người giữ khi vị trí này không còn hoặc chưa có",
        "{post}: filled while there is no such post",
    ),
    Rule.POST_OF_CLOSED: _Told(
        Grade.VIOLATION,
        ("unit", "post"),
        "{unit} có {post} khi đơn vị không tồn tại",
        "{unit} has {post} while the unit does not exist",
    ),
    Rule.HEAD_MISSING: _Told(Grade.GAP, ("unit",), "{unit}: không có người đứng đầu", "{unit}: nobody is at its head"),
    Rule.HEAD_DOUBLE: _Told(
        Grade.VIOLATION, ("unit",), "{unit}: {value} vị trí đứng đầu cùng lúc", "{unit}: {value} posts of head at once"
    ),
    Rule.DEPUTIES: _Told(
        Grade.VIOLATION,
        ("unit",),
        "{unit}: {value} cấp phó, quy định không quá {bound}",
        "{unit}: {value} deputies, at most {bound} allowed",
    ),
    Rule.DEPUTIES_AVERAGE: _Told(
        Grade.VIOLATION,
        ("unit", "kind", "level"),
        "Các đơn vị cùng loại ({kind}, {level}) của {unit}: tổng {value} cấp phó, bình quân cho phép tổng {bound}",
        "Units of one kind ({kind}, {level}) of {unit}: {value} deputies in all, the average allows {bound}",
    ),
    Rule.OVERLOAD: _Told(
        Grade.VIOLATION,
        ("person",),
        "{person}: tổng thời gian {value} %",
        "{person}: {value} % of a working time in all",
    ),
    Rule.INCOMPATIBLE: _Told(
        Grade.VIOLATION,
        ("person", "job", "other_job"),
        "{person} giữ đồng thời {job} và {other_job}, không được kiêm nhiệm",
        "{person} holds {job} and {other_job}, which exclude each other",
    ),
    Rule.SPAN: _Told(
        Grade.VIOLATION,
        ("unit",),
        "{unit}: {value} đầu mối trực thuộc, tối đa {bound}",
        "{unit}: {value} units directly under it, at most {bound}",
    ),
    Rule.PARENT_DOUBLE: _Told(
        Grade.VIOLATION,
        ("unit",),
        "{unit}: trực thuộc {value} đơn vị cùng lúc",
        "{unit}: directly under {value} units at once",
    ),
    Rule.PARENT_CLOSED: _Told(
        Grade.VIOLATION,
        ("unit", "other_unit"),
        "{unit} trực thuộc {other_unit} khi một trong hai không tồn tại",
        "{unit} is directly under {other_unit} while one of them does not exist",
    ),
    Rule.PARENT_CYCLE: _Told(
        Grade.VIOLATION,
        ("unit",),
        "{unit} và {value} đơn vị trực thuộc lẫn nhau thành vòng tròn",
        "{unit}: {value} units stand in a circle under each other",
    ),
    Rule.EMPTY_PERIOD: _Told(
        Grade.VIOLATION,
        ("table", "row", "other_row"),
        "Bảng {table}, dòng {row} {other_row}: ngày hết không sau ngày bắt đầu",
        "Table {table}, row {row} {other_row}: it ends no later than it begins",
    ),
}
