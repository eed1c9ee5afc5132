"""The synthetic province: its units and people, made from lists. Any likeness to a real place or person is chance."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from dataclasses import dataclass

from bonhoa_web.foundation.roles import Role

PROVINCE = "tỉnh Sông Trăng"
SOURCE = "dữ liệu mô phỏng"
TWO_TIERS = dt.date(2025, 7, 1)  # NQ 202/2025/QH15: the day the communes of the new map begin
MERGED_DEPARTMENTS = dt.date(2025, 3, 1)  # the day most provinces merged their departments in 2025

DEPARTMENTS = (
    "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Công Thương", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Ngoại vụ",
    "Sở Dân tộc và Tôn giáo", "Thanh tra tỉnh", "Văn phòng UBND tỉnh", "Ban Quản lý các khu công nghiệp tỉnh",
)
ENDED = {"Sở Kế hoạch và Đầu tư": "Sở Tài chính", "Sở Thông tin và Truyền thông": "Sở Khoa học và Công nghệ"}
"""Departments that ended by merger, and who carries on their work: documents still name them."""

PARTY_BOARDS = (
    "Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", "Ban Nội chính Tỉnh ủy",
    "Văn phòng Tỉnh ủy", "Trường Chính trị tỉnh",
)
WARDS = 14
_FIRST = ("Nguyệt", "Vọng", "Ngân", "Huyền", "Lãng", "Trúc", "Diên", "Yên", "Hoài", "Tịnh")
_SECOND = ("Hà", "Sơn", "Giang", "Lâm", "Điền", "Khê", "Thủy", "Châu", "Vân", "Thạch")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Đức", "Thanh", "Quốc", "Ngọc", "Hữu", "Hải", "Bích")
_GIVEN = ("An", "Bình", "Cường", "Dung", "Giang", "Hạnh", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Oanh",
          "Phúc", "Quân", "Sơn", "Thảo", "Tuấn", "Vinh")


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit to be made; `parent` and `successor` are codes."""

    code: str
    name: str
    level: str
    kind: str
    parent: str | None = None
    short_name: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """A person with hats (role, unit code, title). Those with `signs_in` get a one-time password."""

    username: str
    full_name: str
    hats: tuple[tuple[Role, str, str], ...]
    signs_in: bool = False


def slug(name: str) -> str:
    """`name` in capital ASCII letters and hyphens, for a code: "Sở Y tế" → "SO-Y-TE"."""
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^A-Za-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-").upper()


def communes() -> list[str]:
    """The names of the 100 communes, the wards first."""
    names = [f"{a} {b}" for a, b in itertools.product(_FIRST, _SECOND)]
    return [f"{'phường' if i < WARDS else 'xã'} {name}" for i, name in enumerate(names)]


def units() -> list[UnitSpec]:
    """All units, every parent before its children."""
    made = [
        UnitSpec("ST-TU", f"Tỉnh ủy {PROVINCE.removeprefix('tỉnh ')}", "province", "party", short_name="Tỉnh ủy"),
        UnitSpec("ST-HDND", f"Hội đồng nhân dân {PROVINCE}", "province", "assembly", short_name="HĐND tỉnh"),
        UnitSpec("ST-UBND", f"Ủy ban nhân dân {PROVINCE}", "province", "people_committee", short_name="UBND tỉnh"),
        UnitSpec("ST-MTTQ", f"Ủy ban Mặt trận Tổ quốc Việt Nam {PROVINCE}", "province", "front"),
        UnitSpec("ST-CA", f"Công an {PROVINCE}", "province", "department", "ST-UBND", "Công an tỉnh"),
    ]
    made += [UnitSpec(f"ST-TU-{slug(n)}", n, "province", "party", "ST-TU") for n in PARTY_BOARDS]
    made += [UnitSpec(department_code(n), n, "province", "department", "ST-UBND", valid_from=MERGED_DEPARTMENTS)
             for n in DEPARTMENTS]
    made += [UnitSpec(department_code(old), old, "province", "department", "ST-UBND", valid_to=MERGED_DEPARTMENTS,
                      successor=department_code(new)) for old, new in ENDED.items()]
    for name in communes():
        made.append(UnitSpec(f"ST-UBND-{slug(name)}", f"Ủy ban nhân dân {name}", "commune", "people_committee",
                             "ST-UBND", f"UBND {name}", valid_from=TWO_TIERS))
        made.append(UnitSpec(f"ST-TU-{slug(name)}", f"Đảng ủy {name}", "commune", "party", "ST-TU",
                             valid_from=TWO_TIERS))
    return made


def department_code(name: str) -> str:
    """The code of the department `name`."""
    return f"ST-{slug(name)}"


def people() -> list[PersonSpec]:
    """The demo accounts, then one officer for each other department and commune, who only act in the story."""
    ward = communes()[0]
    ward_committee, ward_party = f"ST-UBND-{slug(ward)}", f"ST-TU-{slug(ward)}"
    accounts = [
        PersonSpec("quantri", "Ngô Đức Quân", ((Role.ADMIN, "ST-UBND", "Quản trị hệ thống"),), True),
        PersonSpec("vanthu", "Trần Thị Mai", ((Role.CLERK, "ST-UBND", "Văn thư UBND tỉnh"),), True),
        PersonSpec("chuyenvien", "Lê Thu Hạnh", ((Role.SPECIALIST, "ST-UBND", "Chuyên viên tổng hợp"),), True),
        PersonSpec("lanhdao", "Nguyễn Hữu Vinh", ((Role.LEADER, "ST-UBND", "Phó Chủ tịch UBND tỉnh"),), True),
        PersonSpec("canbo.xaydung", "Phạm Quốc Hùng",
                   ((Role.OFFICER, department_code("Sở Xây dựng"), "Chuyên viên Sở Xây dựng"),), True),
        PersonSpec("canbo.yte", "Vũ Ngọc Lan",
                   ((Role.OFFICER, department_code("Sở Y tế"), "Chuyên viên Sở Y tế"),), True),
        PersonSpec("canbo.xa", "Đỗ Thanh Bình", ((Role.OFFICER, ward_committee, f"Công chức {ward}"),), True),
        PersonSpec("haivai", "Hoàng Minh Khánh", ((Role.LEADER, ward_party, f"Phó Bí thư Đảng ủy {ward}"),
                                                  (Role.LEADER, ward_committee, f"Chủ tịch UBND {ward}")), True),
        PersonSpec("nguoixem", "Bùi Hải Giang", ((Role.VIEWER, "ST-UBND", "Theo dõi, tổng hợp"),), True),
    ]
    staffed = {code for person in accounts for role, code, _ in person.hats if role is Role.OFFICER}
    names = (f"{a} {b} {c}" for c, b, a in itertools.product(_GIVEN, _MIDDLE, _FAMILY))
    officers = [
        PersonSpec(f"cb.{unit.code.removeprefix('ST-').lower()}", next(names), ((Role.OFFICER, unit.code, "Cán bộ"),))
        for unit in units()
        if unit.parent == "ST-UBND" and unit.valid_to is None and unit.code not in staffed
    ]
    return accounts + officers
