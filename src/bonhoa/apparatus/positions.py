"""The description of a job position, sections I–X of Phụ lục IV Phần B, NĐ 232/2026/NĐ-CP.

What the norm keys by (title, group, unit, number of people) are columns of the record and not repeated here.
NĐ 361/2025/NĐ-CP asks the same of civil servants; its form was not read in full (see norms.md §5).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bonhoa.common.errors import InputError

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of sections III–V: what is done at which grade, what comes out, how it is judged."""

    work: str
    product: str = ""
    criterion: str = ""
    grade: str = ""
    function: str = ""  # code of the function that the line serves; "" = not linked yet


@dataclass(frozen=True, slots=True)
class Skill:
    """One line of section VI: `level` from 1 to 5."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class PositionDescription:
    """Sections I–X; an empty value is a section that is still to be written."""

    field_of_work: str = ""  # I: lĩnh vực
    reports_to: str = ""  # I: quản lý trực tiếp
    related: tuple[str, ...] = ()  # I: vị trí việc làm liên quan
    goal: str = ""  # II: "động từ + đối tượng + kết quả"
    professional_work: tuple[WorkLine, ...] = ()  # III
    management_work: tuple[WorkLine, ...] = ()  # IV
    support_work: tuple[WorkLine, ...] = ()  # V
    general_skills: tuple[Skill, ...] = ()  # VI
    professional_skills: tuple[Skill, ...] = ()  # VI
    management_skills: tuple[Skill, ...] = ()  # VI
    contacts_inside: tuple[str, ...] = ()  # VII
    contacts_outside: tuple[str, ...] = ()  # VII
    powers: tuple[str, ...] = ()  # VIII
    education: str = ""  # IX
    experience: str = ""  # IX
    qualities: str = ""  # IX
    approved_by: str = ""  # X
    approved_on: str = ""  # X, ISO day

    def missing(self, *, manages: bool = False) -> list[str]:
        """The numbers of the sections that are empty; section IV is asked of managers only, III or V of everybody."""
        filled = {
            "I": bool(self.field_of_work and self.reports_to),
            "II": bool(self.goal),
            "III": bool(self.professional_work or self.support_work),
            "IV": bool(self.management_work) or not manages,
            "VI": bool(self.general_skills and (self.professional_skills or self.support_work)),
            "VII": bool(self.contacts_inside or self.contacts_outside),
            "VIII": bool(self.powers),
            "IX": bool(self.education and self.experience),
            "X": bool(self.approved_by and self.approved_on),
        }
        return [section for section, there in filled.items() if not there]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON with `schema_version`."""
        return {"schema_version": SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PositionDescription:
        """The value that `to_json` wrote; {} is a description still to be written. InputError for another schema."""
        if data and data.get("schema_version") != SCHEMA:
            raise InputError(
                "schema",
                f"Bản mô tả vị trí việc làm có phiên bản {data.get('schema_version')!r}, cần {SCHEMA}.",
                f"The position description has schema {data.get('schema_version')!r}, {SCHEMA} is wanted.",
            )
        values: dict[str, Any] = {}
        for name, kind in _SECTIONS.items():
            if name in data:
                value = data[name]
                values[name] = value if kind is str else tuple(row if kind is tuple else kind(**row) for row in value)
        return cls(**values)


_SECTIONS: dict[str, Any] = {
    **dict.fromkeys(
        ("field_of_work", "reports_to", "goal", "education", "experience", "qualities", "approved_by", "approved_on"),
        str,
    ),
    **dict.fromkeys(("related", "contacts_inside", "contacts_outside", "powers"), tuple),
    **dict.fromkeys(("professional_work", "management_work", "support_work"), WorkLine),
    **dict.fromkeys(("general_skills", "professional_skills", "management_skills"), Skill),
}
