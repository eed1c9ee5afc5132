"""The description of a job position as a docx, sections I–X as Phụ lục IV Phần B of NĐ 232/2026/NĐ-CP orders them.

The layout is ours. Of civil servants NĐ 361/2025/NĐ-CP asks the same by a form that was not read in full (norms.md §5),
and the document says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from bonhoa.apparatus.positions import PositionDescription, WorkLine
from bonhoa.apparatus.vocabulary import PositionGroup
from bonhoa.reports import tables

_BLANK = "…"
_UNVERIFIED = (
    "Mẫu theo thứ tự các mục của Phụ lục IV Phần B, NĐ 232/2026/NĐ-CP (viên chức). Với công chức, mẫu của "
    "NĐ 361/2025/NĐ-CP chưa kiểm chứng toàn văn; hãy đối chiếu trước khi trình ký."
)
_WORK = ("Bậc", "Nội dung công việc", "Sản phẩm đầu ra", "Tiêu chí đánh giá")
_WORK_MM = (20, 70, 40, 40)


@dataclass(frozen=True, slots=True)
class PositionHead:
    """What section I takes from the record of the position."""

    code: str
    title: str
    group: PositionGroup
    grade: str
    unit: str
    quota: int


def description_docx(head: PositionHead, described: PositionDescription) -> bytes:
    """The document, A4 upright; a section still to be written shows "…". It is in Vietnamese, as the norm is."""
    page = tables.new_page()
    section = page.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    tables.add_paragraph(page, "BẢN MÔ TẢ VỊ TRÍ VIỆC LÀM", bold=True, size=14)
    tables.add_paragraph(page, head.title, bold=True)
    tables.add_paragraph(page, _UNVERIFIED, italic=True, size=10, align="left")

    def part(number: str, title: str) -> None:
        tables.add_paragraph(page, f"{number}. {title}", bold=True, align="left")

    def lines(*texts: str) -> None:
        for text in texts or (_BLANK,):
            tables.add_paragraph(page, text or _BLANK, align="left")

    def work(number: str, title: str, rows: Sequence[WorkLine]) -> None:
        part(number, title)
        cells = [(w.grade, w.work, w.product, w.criterion) for w in rows] or [(_BLANK,) * 4]
        tables.add_table(page, _WORK, cells, _WORK_MM)

    part("I", "Thông tin chung")
    facts = (
        ("Mã vị trí", head.code),
        ("Tên vị trí việc làm", head.title),
        ("Nhóm", head.group.vi),
        ("Bậc, ngạch", head.grade),
        ("Lĩnh vực", described.field_of_work),
        ("Đơn vị", head.unit),
        ("Quản lý trực tiếp", described.reports_to),
        ("Vị trí việc làm liên quan", "; ".join(described.related)),
        ("Số người", str(head.quota)),
    )
    tables.add_table(page, ("Nội dung", "Thông tin"), [(k, v or _BLANK) for k, v in facts], (60, 110))
    part("II", "Mục tiêu")
    lines(described.goal)
    work("III", "Công việc chuyên môn", described.professional_work)
    work("IV", "Công việc quản lý", described.management_work)
    work("V", "Công việc hỗ trợ", described.support_work)
    part("VI", "Khung năng lực")
    skills = [
        (kind, skill.name, skill.level)
        for kind, group in (
            ("Chung", described.general_skills),
            ("Chuyên môn", described.professional_skills),
            ("Quản lý", described.management_skills),
        )
        for skill in group
    ]
    tables.add_table(page, ("Nhóm", "Năng lực", "Mức (1–5)"), skills or [(_BLANK,) * 3], (40, 100, 30))
    part("VII", "Quan hệ công tác")
    lines("Bên trong: " + ("; ".join(described.contacts_inside) or _BLANK))
    lines("Bên ngoài: " + ("; ".join(described.contacts_outside) or _BLANK))
    part("VIII", "Quyền hạn")
    lines(*described.powers)
    part("IX", "Yêu cầu trình độ, kinh nghiệm, phẩm chất")
    for label, text in (
        ("Trình độ", described.education),
        ("Kinh nghiệm", described.experience),
        ("Phẩm chất", described.qualities),
    ):
        lines(f"{label}: {text or _BLANK}")
    part("X", "Ký duyệt")
    day = "/".join(reversed(described.approved_on.split("-"))) if described.approved_on else _BLANK
    lines(f"Người phê duyệt: {described.approved_by or _BLANK}", f"Ngày phê duyệt: {day}")
    return tables.docx_bytes(page)
