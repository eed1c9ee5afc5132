"""The synthetic province: its units and people, made from lists. Any likeness to a real place or person is chance."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, replace

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Unit, UnitKind, UnitLevel
from bonhoa_web.foundation.roles import Role

PROVINCE = "tỉnh Sông Trăng"
SOURCE = "dữ liệu mô phỏng"
TWO_TIERS = dt.date(2025, 7, 1)  # NQ 202/2025/QH15: the day the communes of the new map begin

CODE = "st"
DEPARTMENTS = (
    "so-noi-vu",
    "so-tu-phap",
    "so-tai-chinh",
    "so-cong-thuong",
    "so-nn-mt",
    "so-xay-dung",
    "so-khcn",
    "so-vhttdl",
    "so-gddt",
    "so-y-te",
    "so-dan-toc-ton-giao",
    "so-ngoai-vu",
    "thanh-tra",
    "van-phong-ubnd",
    "bql-kcn",
)
"""The bodies under the people's committee that act in the story, by their slugs in the register's local_bodies."""

WARDS = 14
_FIRST = ("Nguyệt", "Vọng", "Ngân", "Huyền", "Lãng", "Trúc", "Diên", "Yên", "Hoài", "Tịnh")
_SECOND = ("Hà", "Sơn", "Giang", "Lâm", "Điền", "Khê", "Thủy", "Châu", "Vân", "Thạch")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Đức", "Thanh", "Quốc", "Ngọc", "Hữu", "Hải", "Bích")
_GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hạnh",
    "Hùng",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
    "Tuấn",
    "Vinh",
)


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """A person with hats (role, unit code, title). Those with a `key` sign in with a one-time password; it
    names them in the tests and the launcher."""

    username: str
    full_name: str
    hats: tuple[tuple[Role, str, str], ...]
    key: str = ""

    @property
    def signs_in(self) -> bool:
        """True for the accounts that are handed out."""
        return bool(self.key)


def communes() -> list[str]:
    """The names of the 100 communes, the wards first."""
    names = [f"{a} {b}" for a, b in itertools.product(_FIRST, _SECOND)]
    return [f"{'Phường' if i < WARDS else 'Xã'} {name}" for i, name in enumerate(names)]


def territories() -> list[Unit]:
    """The province and its communes, the province first; their bodies are derived as everywhere else."""
    province = Unit(
        CODE,
        PROVINCE[:1].upper() + PROVINCE[1:],
        UnitLevel.PROVINCE,
        UnitKind.TERRITORY,
        None,
        None,
        None,
        source=SOURCE,
        official_code=CODE,
    )
    return [province] + [
        Unit(
            commune_code(i),
            name,
            UnitLevel.COMMUNE,
            UnitKind.TERRITORY,
            CODE,
            TWO_TIERS,
            None,
            source=SOURCE,
            official_code=commune_code(i),
        )
        for i, name in enumerate(communes())
    ]


def local_units(register: Register) -> list[Unit]:
    """All bodies of the province and its communes, ended ones too, every parent before its children."""
    found = [
        replace(
            register.local(place, body),
            source=SOURCE,
            short_names=(body.name,) if place.level is UnitLevel.PROVINCE else (),
        )
        for place in territories()
        for body in register.local_bodies
        if body.stands_in(place)
    ]
    codes = {unit.code for unit in found}
    return sorted(found, key=lambda unit: (unit.level is UnitLevel.COMMUNE, unit.parent in codes))


def commune_code(number: int) -> str:
    """The code of the commune `number` (from 0)."""
    return f"{CODE}-{number + 1:03d}"


def people() -> list[PersonSpec]:
    """The demo accounts, then one officer for each other department and commune, who only act in the story."""
    ward, province = communes()[0], f"{CODE}/ubnd"
    ward_committee, ward_party = f"{commune_code(0)}/ubnd", f"{commune_code(0)}/dang-uy"
    accounts = [
        PersonSpec("quantri", "Ngô Đức Quân", ((Role.ADMIN, province, "Quản trị hệ thống"),), "admin"),
        PersonSpec("vanthu", "Trần Thị Mai", ((Role.CLERK, province, "Văn thư UBND tỉnh"),), "clerk"),
        PersonSpec("chuyenvien", "Lê Thu Hạnh", ((Role.SPECIALIST, province, "Chuyên viên tổng hợp"),), "specialist"),
        PersonSpec("lanhdao", "Nguyễn Hữu Vinh", ((Role.LEADER, province, "Phó Chủ tịch UBND tỉnh"),), "leader"),
        PersonSpec(
            "canbo.xaydung",
            "Phạm Quốc Hùng",
            ((Role.OFFICER, f"{CODE}/so-xay-dung", "Chuyên viên Sở Xây dựng"),),
            "officer",
        ),
        PersonSpec(
            "canbo.yte", "Vũ Ngọc Lan", ((Role.OFFICER, f"{CODE}/so-y-te", "Chuyên viên Sở Y tế"),), "officer_health"
        ),
        PersonSpec(
            "canbo.xa", "Đỗ Thanh Bình", ((Role.OFFICER, ward_committee, f"Công chức {ward}"),), "officer_commune"
        ),
        PersonSpec(
            "haivai",
            "Hoàng Minh Khánh",
            (
                (Role.LEADER, ward_party, f"Phó Bí thư Đảng ủy {ward}"),
                (Role.LEADER, ward_committee, f"Chủ tịch UBND {ward}"),
            ),
            "two_hats",
        ),
        PersonSpec("nguoixem", "Bùi Hải Giang", ((Role.VIEWER, province, "Theo dõi, tổng hợp"),), "viewer"),
    ]
    staffed = {code for person in accounts for role, code, _ in person.hats if role is Role.OFFICER}
    working = [f"{CODE}/{slug}" for slug in DEPARTMENTS] + [f"{commune_code(i)}/ubnd" for i in range(len(communes()))]
    names = (f"{a} {b} {c}" for c, b, a in itertools.product(_GIVEN, _MIDDLE, _FAMILY))
    officers = [
        PersonSpec(f"cb.{code.replace('/', '.')}", next(names), ((Role.OFFICER, code, "Cán bộ"),))
        for code in working
        if code not in staffed
    ]
    return accounts + officers
