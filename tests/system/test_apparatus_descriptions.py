"""Descriptions of job positions: how complete they are, and each as a docx in the order of the norm."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document

from bonhoa.apparatus.positions import PositionDescription, Skill, WorkLine
from bonhoa_web.apparatus.models import JobPosition, PositionVersion, Unit
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db


def test_a_position_is_listed_with_what_is_missing_and_written_as_docx(
    department: Unit, person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    described = PositionDescription(
        goal="Tham mưu tổng hợp",
        professional_work=(WorkLine("Soạn tờ trình", "Tờ trình", "Đúng hạn", "A1"),),
        general_skills=(Skill("Soạn thảo", 3),),
        approved_by="Giám đốc",
        approved_on="2026-05-01",
    )
    version = PositionVersion.objects.create(
        position=JobPosition.objects.create(code="J1"),
        unit=department,
        title="Chuyên viên tổng hợp",
        group="professional",
        description=described.to_json(),
    )
    client = signed_in(person(Role.VIEWER, department))
    page = client.get("/bo-may/vi-tri/").content.decode()
    assert "Chuyên viên tổng hợp" in page and "I, VI, VII, VIII, IX" in page
    answer = client.get(f"/bo-may/vi-tri/{version.pk}/mo-ta.docx")
    document = Document(io.BytesIO(answer.content))
    heads = [p.text.split(".")[0] for p in document.paragraphs if p.text[:1] in "IVX" and ". " in p.text[:6]]
    assert heads == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["A1", "Soạn tờ trình", "Tờ trình", "Đúng hạn"] in cells and ["Chung", "Soạn thảo", "3"] in cells
    words = "\n".join(p.text for p in document.paragraphs)
    assert "chưa kiểm chứng" in words and "Ngày phê duyệt: 01/05/2026" in words
