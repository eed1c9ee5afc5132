"""A register that knows more places reads the names of their bodies like those of any other place."""

import datetime as dt

from bonhoa.apparatus import load_register
from bonhoa.apparatus.model import MatchKind, Unit, UnitKind, UnitLevel

ON = dt.date(2026, 11, 1)
PLACES = [
    Unit("tt", "Tỉnh Tập Huấn", UnitLevel.PROVINCE, UnitKind.TERRITORY, None, None, None, official_code="tt"),
    Unit(
        "tt-1", "Xã Thử", UnitLevel.COMMUNE, UnitKind.TERRITORY, "tt", dt.date(2025, 7, 1), None, official_code="tt-1"
    ),
]


def test_bodies_of_an_added_province_are_found_by_name_and_by_code() -> None:
    national = load_register()
    register = national.with_territories(PLACES)
    issuer = "Ủy ban nhân dân tỉnh Tập Huấn"
    assert register.resolve("Sở Y tế", on=ON, issuer=issuer).unit == register.get("tt/so-y-te")
    ended = register.resolve("Sở Kế hoạch và Đầu tư", on=ON, issuer=issuer)
    assert ended.kind is MatchKind.ENDED and [c.code for c in ended.candidates] == ["tt/so-tai-chinh"]
    group = register.resolve("UBND các xã, phường", on=ON, issuer=issuer)
    assert [m.code for m in group.members] == ["tt-1/ubnd"]
    assert national.get("tt/so-y-te") is None  # the national register is as it was
