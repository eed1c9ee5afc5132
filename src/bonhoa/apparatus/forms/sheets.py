"""The sheets of the workbook and their columns: the one definition of template, export, reading and docs.

A row says what holds for one thing in one period. Both its days count: "đến hết ngày" 30/6/2025 is the last day.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bonhoa.apparatus.model import UnitKind, UnitLevel
from bonhoa.apparatus.vocabulary import HoldingMode, MandateRole, PositionGroup
from bonhoa.common.folding import fold
from bonhoa.common.labels import Labelled


class Kind(Labelled):
    """What a cell holds, and how it is typed."""

    TEXT = "text", "chữ", "text"
    CODE = "code", "mã, không có khoảng trắng", "a code without spaces"
    DAY = "day", "ngày: 01/7/2025, 1.7.2025, 2025-07-01 hoặc ngày 01 tháng 7 năm 2025", "a day, as 01/7/2025"
    WHOLE = "whole", "số nguyên", "a whole number"
    CHOICE = "choice", "một trong danh mục", "one of a list"
    LINES = "lines", "mỗi dòng trong ô một ý", "one a line"
    WORK = "work", "mỗi dòng: bậc | công việc | sản phẩm | tiêu chí", "a line: grade | work | product | criterion"
    SKILLS = "skills", "mỗi dòng: năng lực: mức 1-5", "a line: skill: level 1-5"


class Standing(Labelled):
    """What a post is in its unit."""

    HEAD = "head", "đứng đầu", "head"
    DEPUTY = "deputy", "cấp phó", "deputy"
    OTHER = "other", "khác", "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `also` are other headings under which departments keep it, `personal` is for those with the right."""

    key: str
    vi: str
    en: str
    kind: Kind = Kind.TEXT
    required: bool = False
    also: tuple[str, ...] = ()
    vocabulary: type[Labelled] | None = None
    longest: int = 0  # characters; 0: no limit
    between: tuple[int, int] = (0, 30_000)
    note_vi: str = ""
    note_en: str = ""
    personal: bool = False

    def heading(self, language: str = "vi") -> str:
        """The head of the column."""
        return (self.en if language.startswith("en") else self.vi) + (" *" if self.required else "")

    def headings(self) -> frozenset[str]:
        """Every heading under which it is recognised, folded."""
        return _folded((self.vi, self.en, self.key, *self.also))


@functools.cache
def _folded(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; `about_*` is the sentence above its table."""

    key: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    about_vi: str
    about_en: str

    def title(self, language: str = "vi") -> str:
        """The name of the sheet."""
        return self.en if language.startswith("en") else self.vi

    def column(self, key: str) -> Column:
        """The column of that key."""
        return next(c for c in self.columns if c.key == key)


def _code(key: str, vi: str, en: str, **more: object) -> Column:
    return replace(Column(key, vi, en, Kind.CODE, longest=80), **more)  # type: ignore[arg-type]


def _chosen(key: str, vi: str, en: str, vocabulary: type[Labelled], **more: object) -> Column:
    return replace(Column(key, vi, en, Kind.CHOICE, vocabulary=vocabulary), **more)  # type: ignore[arg-type]


_UNIT = _code("unit", "Mã đơn vị", "Unit code", required=True, also=("mã cơ quan", "mã cơ quan, đơn vị", "đơn vị"))
_PERIOD = (
    Column(
        "valid_from",
        "Từ ngày",
        "From",
        Kind.DAY,
        also=("ngày bắt đầu", "hiệu lực từ", "ngày hiệu lực"),
        note_vi="trống: giữ ngày đã có, hoặc chưa rõ từ bao giờ",
        note_en="empty: the day that is stored stays, or it is not known since when",
    ),
    Column(
        "valid_to",
        "Đến hết ngày",
        "Until (last day)",
        Kind.DAY,
        also=("đến ngày", "ngày kết thúc", "ngày cuối"),
        note_vi="ngày cuối cùng còn hiệu lực; trống: đang còn",
        note_en="the last day on which it holds; empty: it goes on",
    ),
    Column("act", "Căn cứ", "Legal basis", longest=255, also=("văn bản", "số, ký hiệu văn bản", "căn cứ pháp lý")),
    Column("provision", "Điều khoản", "Clause", also=("điều, khoản, điểm",)),
)

UNITS = Sheet(
    "units",
    "Đơn vị",
    "Units",
    (
        _code("code", "Mã đơn vị", "Unit code", required=True, also=("mã cơ quan", "mã cơ quan, đơn vị", "mã")),
        Column(
            "name",
            "Tên đơn vị",
            "Name",
            required=True,
            longest=255,
            also=("tên", "tên cơ quan", "tên cơ quan, đơn vị", "đơn vị"),
        ),
        Column("short_name", "Tên tắt", "Short name", longest=80, also=("tên viết tắt",)),
        _chosen("level", "Cấp", "Level", UnitLevel, required=True),
        _chosen("kind", "Loại", "Kind", UnitKind, required=True, also=("loại hình",)),
        _code("parent", "Mã đơn vị cấp trên", "Parent code", also=("trực thuộc", "mã đơn vị chủ quản")),
        _code("identifier", "Mã định danh", "Identifier", longest=40, also=("mã định danh điện tử",)),
        *_PERIOD,
    ),
    "Mỗi dòng là một đơn vị trong một thời gian. Mã đơn vị đặt một lần và không đổi.",
    "Each row is one unit in one period. The code of a unit is given once and never changes.",
)
MANDATES = Sheet(
    "mandates",
    "Chức năng nhiệm vụ",
    "Mandates",
    (
        _code(
            "function", "Mã chức năng", "Function code", required=True, also=("mã nhiệm vụ", "mã chức năng, nhiệm vụ")
        ),
        Column(
            "statement",
            "Chức năng, nhiệm vụ",
            "Function",
            required=True,
            also=("nội dung", "nội dung nhiệm vụ", "nhiệm vụ", "chức năng"),
        ),
        Column("action", "Hành động", "Action", longest=120),
        Column("object", "Đối tượng", "Object", longest=255),
        Column("field", "Lĩnh vực", "Field", longest=120),
        _UNIT,
        _chosen("role", "Vai trò", "Role", MandateRole, required=True),
        _code(
            "scope", "Mã địa bàn", "Place code", note_vi="mã đơn vị; trống: cả nước", note_en="empty: the whole country"
        ),
        *_PERIOD,
    ),
    "Mỗi chức năng ở một địa bàn mỗi lúc chỉ một đơn vị chủ trì; các đơn vị khác phối hợp hoặc hỗ trợ.",
    "A function has one lead in a place at a time; other units cooperate or support.",
)
POSITIONS = Sheet(
    "positions",
    "Vị trí việc làm",
    "Job positions",
    (
        _code("position", "Mã vị trí", "Position code", required=True, also=("mã vị trí việc làm", "mã vtvl")),
        Column(
            "title",
            "Tên vị trí việc làm",
            "Title",
            required=True,
            longest=255,
            also=("tên vị trí", "vị trí việc làm", "tên vtvl"),
        ),
        _UNIT,
        _chosen("group", "Nhóm", "Group", PositionGroup, required=True, also=("nhóm vị trí việc làm", "nhóm vtvl")),
        Column("grade", "Bậc, ngạch", "Grade", longest=40, also=("ngạch", "bậc")),
        Column(
            "quota", "Số người", "Headcount", Kind.WHOLE, between=(1, 10_000), also=("số lượng", "biên chế được giao")
        ),
        Column("field_of_work", "I. Lĩnh vực", "I. Field of work"),
        Column("reports_to", "I. Quản lý trực tiếp", "I. Reports to"),
        Column("related", "I. Vị trí liên quan", "I. Related positions", Kind.LINES),
        Column("goal", "II. Mục tiêu", "II. Goal"),
        Column("professional_work", "III. Công việc chuyên môn", "III. Professional work", Kind.WORK),
        Column("management_work", "IV. Công việc quản lý", "IV. Management work", Kind.WORK),
        Column("support_work", "V. Công việc hỗ trợ", "V. Support work", Kind.WORK),
        Column("general_skills", "VI. Năng lực chung", "VI. General skills", Kind.SKILLS),
        Column("professional_skills", "VI. Năng lực chuyên môn", "VI. Professional skills", Kind.SKILLS),
        Column("management_skills", "VI. Năng lực quản lý", "VI. Management skills", Kind.SKILLS),
        Column("contacts_inside", "VII. Quan hệ bên trong", "VII. Contacts inside", Kind.LINES),
        Column("contacts_outside", "VII. Quan hệ bên ngoài", "VII. Contacts outside", Kind.LINES),
        Column("powers", "VIII. Quyền hạn", "VIII. Powers", Kind.LINES),
        Column("education", "IX. Trình độ", "IX. Education"),
        Column("experience", "IX. Kinh nghiệm", "IX. Experience"),
        Column("qualities", "IX. Phẩm chất", "IX. Qualities"),
        Column("approved_by", "X. Người phê duyệt", "X. Approved by"),
        Column("approved_on", "X. Ngày phê duyệt", "X. Approved on", Kind.DAY),
        *_PERIOD,
    ),
    "Các cột I–X là bản mô tả theo NĐ 232/2026/NĐ-CP; ô trống giữ nguyên phần đã có, dấu gạch (-) thì xóa.",
    "Columns I–X are the description of Decree 232/2026; an empty cell leaves what is stored, a dash (-) empties it.",
)
POSTS = Sheet(
    "posts",
    "Ghế, biên chế",
    "Posts",
    (
        _code("post", "Mã ghế", "Post code", required=True, also=("mã biên chế", "mã ghế, biên chế")),
        _code("position", "Mã vị trí", "Position code", required=True, also=("mã vị trí việc làm", "mã vtvl")),
        _UNIT,
        Column("title", "Chức vụ, chức danh", "Title", required=True, longest=255, also=("chức vụ", "chức danh")),
        Column("number", "Số thứ tự", "Number", Kind.WHOLE, between=(1, 30_000), also=("số ghế",)),
        _chosen("standing", "Đứng đầu, cấp phó", "Standing", Standing, note_vi="trống: khác", note_en="empty: other"),
        Column("rank", "Thứ bậc", "Rank", Kind.WHOLE, note_vi="nhỏ đứng trước", note_en="small comes first"),
        *_PERIOD,
    ),
    "Mỗi dòng là một ghế (một biên chế) của một vị trí việc làm; mỗi đơn vị mỗi lúc một ghế đứng đầu.",
    "Each row is one seat of a job position; a unit has one head at a time.",
)
PEOPLE = Sheet(
    "people",
    "Người, nắm giữ",
    "People and holdings",
    (
        _code(
            "person",
            "Mã cán bộ",
            "Staff code",
            longest=40,
            also=("mã cán bộ, công chức, viên chức", "số hiệu công chức", "mã công chức", "mã nhân viên"),
            note_vi="trống: hệ thống tìm người cùng họ tên và hỏi lại nếu có",
            note_en="empty: people of the same name are looked for, and you are asked",
            personal=True,
        ),
        Column("full_name", "Họ và tên", "Full name", required=True, longest=120, also=("họ tên",), personal=True),
        Column("born", "Ngày sinh", "Born", Kind.DAY, also=("ngày, tháng, năm sinh",), personal=True),
        Column(
            "identity_number",
            "Số định danh cá nhân",
            "Identity number",
            longest=20,
            also=("cccd", "số cccd"),
            personal=True,
        ),
        _code("post", "Mã ghế", "Post code", required=True, also=("mã biên chế", "mã ghế, biên chế")),
        _chosen("mode", "Hình thức", "Mode", HoldingMode, required=True, also=("hình thức nắm giữ",)),
        Column("load", "Tỷ lệ thời gian (%)", "Load (%)", Kind.WHOLE, between=(0, 100), also=("tỷ lệ thời gian",)),
        *_PERIOD,
    ),
    "Mỗi dòng là một người nắm một ghế trong một thời gian; mỗi ghế mỗi lúc một người giữ chính thức.",
    "Each row is one person in one post in one period; a post has one official holder at a time.",
)
SKILLS = Sheet(
    "skills",
    "Năng lực",
    "Competences",
    (
        _code("person", "Mã cán bộ", "Staff code", required=True, also=("số hiệu công chức",), personal=True),
        Column("skill", "Năng lực", "Skill", required=True, longest=120, personal=True),
        Column("level", "Mức", "Level", Kind.WHOLE, required=True, between=(1, 5), personal=True),
        *_PERIOD,
    ),
    "Năng lực của người ở mức 1–5, đối chiếu với khung năng lực của vị trí việc làm.",
    "What people can, at levels 1–5, to be compared with what their positions need.",
)
SHEETS: tuple[Sheet, ...] = (UNITS, MANDATES, POSITIONS, POSTS, PEOPLE, SKILLS)
GUIDE, LISTS = ("Hướng dẫn", "Guide"), ("Danh mục", "Lists")
GUIDES = frozenset((*GUIDE, *LISTS))
"""Sheets of the template that hold no rows."""


def sheet(key: str) -> Sheet:
    """The sheet of that key."""
    return next(s for s in SHEETS if s.key == key)


def recognise(cells: Sequence[object], candidates: Sequence[Sheet] = SHEETS) -> tuple[Sheet, dict[int, Column]] | None:
    """The sheet whose head this row is, with the column of each place (0-based); None if it is no head.

    A head names every required column, in any order; of several sheets the one with most columns named is taken.
    """
    folded = {i: fold(str(cell)).rstrip(" *:") for i, cell in enumerate(cells) if cell is not None}
    best: tuple[Sheet, dict[int, Column]] | None = None
    for one in candidates:
        places: dict[int, Column] = {}
        for column in one.columns:
            at = next((i for i, text in folded.items() if i not in places and text in column.headings()), None)
            if at is not None:
                places[at] = column
        found = {c.key for c in places.values()}
        if all(c.key in found for c in one.columns if c.required) and (best is None or len(places) > len(best[1])):
            best = (one, places)
    return best
