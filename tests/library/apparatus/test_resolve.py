"""(printed name, issuer) → what it means. A row per kind of print; add one for each bug."""

import datetime as dt
import unicodedata

import pytest

from bonhoa.apparatus import load_register
from bonhoa.apparatus.model import Match, MatchKind

ON = dt.date(2025, 11, 20)
NGHE_AN = "Ủy ban nhân dân tỉnh Nghệ An"
HA_NOI = "Ủy ban nhân dân thành phố Hà Nội"


def resolve(name: str, issuer: str | None = None, on: dt.date = ON) -> Match:
    return load_register().resolve(name, on=on, issuer=issuer)


@pytest.mark.parametrize(
    ("name", "issuer", "code"),
    [
        ("Bộ Nội vụ", None, "bo-noi-vu"),
        ("bộ NỘI VỤ", None, "bo-noi-vu"),
        (unicodedata.normalize("NFD", "Bộ Nội vụ"), None, "bo-noi-vu"),
        ("Bộ NN&MT", None, "bo-nn-mt"),
        ("Bộ GDĐT", None, "bo-gddt"),
        ("Bộ GD&ĐT", None, "bo-gddt"),
        ("Bộ Văn hoá, Thể thao và Du lịch", None, "bo-vhttdl"),
        ("VPCP", None, "van-phong-chinh-phu"),
        ("NHNN", None, "ngan-hang-nha-nuoc"),
        ("MTTQ Việt Nam", None, "mttq"),
        ("Đảng uỷ Chính phủ", None, "dang-uy-chinh-phu"),
        ("Bộ Tài chính (Cục Thuế)", None, "bo-tai-chinh"),
        ("Chủ tịch nước", None, "chu-tich-nuoc"),
        ("Sở Nội vụ", NGHE_AN, "vn-40/so-noi-vu"),
        ("Sở KH&CN", NGHE_AN, "vn-40/so-khcn"),
        ("Công an tỉnh", NGHE_AN, "vn-40/cong-an"),
        ("Công an Thành phố", HA_NOI, "vn-01/cong-an"),
        ("UBND tỉnh", "Tỉnh ủy Nghệ An", "vn-40/ubnd"),
        ("Thường trực Tỉnh ủy", NGHE_AN, "vn-40/thuong-truc"),
        ("Văn phòng Tỉnh ủy", NGHE_AN, "vn-40/van-phong-tinh-uy"),
        ("Bộ CHQS tỉnh", NGHE_AN, "vn-40/bchqs"),
        ("UBND thành phố Đà Nẵng", None, "vn-48/ubnd"),
        ("UBND TP. Hồ Chí Minh", None, "vn-79/ubnd"),
        ("Tỉnh Thanh Hóa", None, "vn-38/ubnd"),
        ("Thành ủy Hà Nội", None, "vn-01/tinh-uy"),
        ("Thuế tỉnh Đắk Lắk", NGHE_AN, "vn-66/thue"),
        ("UBND xã Kim Liên", NGHE_AN, "vn-17971/ubnd"),
    ],
)
def test_bodies(name: str, issuer: str | None, code: str) -> None:
    match = resolve(name, issuer)
    assert match.kind is MatchKind.UNIT and match.unit is not None and match.unit.code == code


@pytest.mark.parametrize(
    ("name", "issuer", "code", "office"),
    [
        ("Bộ trưởng Bộ Y tế", None, "bo-y-te", "Bộ trưởng"),
        ("Thứ trưởng Bộ Y tế phụ trách lĩnh vực", None, "bo-y-te", "Thứ trưởng"),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam", None, "ngan-hang-nha-nuoc", "Thống đốc"),
        ("Tổng Thanh tra Chính phủ", None, "thanh-tra-chinh-phu", "Tổng Thanh tra Chính phủ"),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", None, "van-phong-chinh-phu", "Bộ trưởng, Chủ nhiệm"),
        ("Chủ tịch UBND tỉnh Nghệ An", None, "vn-40/ubnd", "Chủ tịch"),
        ("Giám đốc Sở Nội vụ", NGHE_AN, "vn-40/so-noi-vu", "Giám đốc"),
        ("Chánh Văn phòng UBND tỉnh", NGHE_AN, "vn-40/van-phong-ubnd", "Chánh Văn phòng"),
        ("Phó Thủ tướng Hồ Đức Phớc", None, "chinh-phu", "Phó Thủ tướng Hồ Đức Phớc"),
        ("Bí thư Tỉnh ủy Nghệ An", None, "vn-40/tinh-uy", "Bí thư"),
    ],
)
def test_offices(name: str, issuer: str | None, code: str, office: str) -> None:
    match = resolve(name, issuer)
    assert match.kind is MatchKind.OFFICE and match.unit is not None
    assert (match.unit.code, match.office) == (code, office)


@pytest.mark.parametrize(
    ("name", "issuer", "members"),
    [
        ("các bộ, cơ quan ngang bộ", None, 17),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", None, 34),
        ("Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", None, 34),
        ("các địa phương", None, 34),
        ("UBND cấp xã", NGHE_AN, 130),
        ("các địa phương", NGHE_AN, 130),
        ("Bí thư tỉnh ủy và Chủ tịch Ủy ban nhân dân các tỉnh: Đắk Lắk, Khánh Hòa, Gia Lai và Lâm Đồng", None, 8),
        ("Sở Y tế", None, 34),
        ("các cơ quan liên quan", None, 0),
        ("các bộ, ngành liên quan", None, 0),
        ("Cơ quan đăng ký đầu tư", NGHE_AN, 0),
        ("toàn ngành", None, 0),
        ("Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã", NGHE_AN, 0),
        ("các cơ quan, đơn vị, địa phương", NGHE_AN, 0),
        ("các cán bộ thường trực cấp ủy", None, 0),
        ("các tổ chức chính trị - xã hội", NGHE_AN, 5),
        ("UBND các tỉnh Nghệ An, Hà Tĩnh", None, 2),
        ("UBND các tỉnh Nghệ An, An Bình", None, 0),
        ("UBND các tỉnh từ Quảng Trị đến Lâm Đồng", None, 0),
        ("UBND các xã, phường, đặc khu Cồn Cỏ", "Ủy ban nhân dân tỉnh Quảng Trị", 78),
    ],
)
def test_groups(name: str, issuer: str | None, members: int) -> None:
    match = resolve(name, issuer)
    assert match.kind is MatchKind.GROUP
    assert len(match.members) == members
    assert all(unit.exists_on(ON) for unit in match.members)


def test_members_are_those_of_the_day() -> None:
    assert len(resolve("UBND các tỉnh, thành phố trực thuộc Trung ương", on=dt.date(2025, 6, 30)).members) == 63
    names = {unit.name for unit in resolve("các sở, ban, ngành", NGHE_AN).members}
    assert "Sở Nông nghiệp và Môi trường tỉnh Nghệ An" in names
    assert "Sở Giao thông vận tải tỉnh Nghệ An" not in names


@pytest.mark.parametrize(
    ("name", "issuer", "successor"),
    [
        ("Bộ LĐ-TB&XH", None, "bo-noi-vu"),
        ("Bộ trưởng Bộ Kế hoạch và Đầu tư", None, "bo-tai-chinh"),
        ("Ban Tuyên giáo Trung ương", None, "ban-tuyen-giao-va-dan-van-tw"),
        ("Sở Giao thông vận tải", NGHE_AN, "vn-40/so-xay-dung"),
        ("UBND tỉnh Hà Giang", None, "vn-08/ubnd"),
        # the kind of body ended in March, the province in July: two events, followed to the end
        ("Sở Thông tin và Truyền thông tỉnh Hà Giang", None, "vn-08/so-khcn"),
    ],
)
def test_ended_bodies_lead_to_those_that_hold_their_work_now(name: str, issuer: str | None, successor: str) -> None:
    match = resolve(name, issuer)
    assert match.kind is MatchKind.ENDED
    assert successor in {unit.code for unit in match.candidates}
    assert all(unit.exists_on(ON) for unit in match.candidates)


@pytest.mark.parametrize("name", ["Bộ Xyz", "Sở Nội vụ tỉnh Xyz", "Sở Xây Dựg", "Bộ Y tế thuộc", "", "…"])
def test_nothing_is_invented(name: str) -> None:
    match = resolve(name, NGHE_AN)
    assert match.kind is MatchKind.UNKNOWN and match.unit is None


def test_an_unknown_name_comes_with_its_neighbours() -> None:
    assert "vn-40/so-xay-dung" in {unit.code for unit in resolve("Sở Xây Dựg", NGHE_AN).candidates}


@pytest.mark.parametrize(
    ("name", "code"),
    [("Bộ Giáo Dục", "bo-gddt"), ("Bộ Văn hóa", "bo-vhttdl"), ("Viện Hàn lâm Khoa học Công nghệ", "vien-han-lam-khcn")],
)
def test_a_shortened_name_is_offered_not_taken(name: str, code: str) -> None:
    match = resolve(name)
    assert match.kind is MatchKind.UNKNOWN and code in {unit.code for unit in match.candidates}


def test_a_body_of_later_is_not_yet_known() -> None:
    match = resolve("Bộ Nông nghiệp và Môi trường", on=dt.date(2025, 1, 9))
    assert match.kind is MatchKind.UNKNOWN
    assert "bo-nnptnt" in {unit.code for unit in match.candidates}
