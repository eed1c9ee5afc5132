"""Statements of mandates taken apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.apparatus.overlap.statements import load_lexicon, normalise, take_apart
from bonhoa.apparatus.vocabulary import MandateRole

LEAD, COOPERATING = MandateRole.LEAD, MandateRole.COOPERATING

# statement, another that says the same
SAME = [
    ("Quản lý nhà nước về đất đai", "Quản lí Nhà nước về đất đai theo quy định của pháp luật"),
    ("Quản lý nhà nước về đất đai", "QUẢN LÝ NHÀ NƯỚC VỀ ĐẤT ĐAI TRÊN ĐỊA BÀN TỈNH HÀ TĨNH"),
    ("Quản lý nhà nước về đất đai", unicodedata.normalize("NFD", "Công tác quản lý nhà nước về đất đai ở địa phương")),
    ("Số hoá hồ sơ hộ tịch", "Tin học hóa giấy tờ hộ tịch"),
    ("Thẩm định hồ sơ nhà ở", "Chủ trì, phối hợp với Sở Xây dựng và các cơ quan liên quan thẩm định hồ sơ nhà ở"),
    ("Ban hành chính sách giảm nghèo", "Ban hành cơ chế hộ nghèo"),
    ("Kiểm tra an toàn thực phẩm", "Tổ chức thực hiện kiểm tra, giám sát vệ sinh an toàn thực phẩm trên địa bàn xã Tân Lập"),
    ("Quản lý lễ hội tại Nghệ An", "Quản lý lễ hội"),
    ("Tham mưu, giúp UBND tỉnh quản lý báo chí", "Quản lý báo chí"),
    ("Chế độ nghỉ của giáo viên: hướng dẫn", "Hướng dẫn chế độ nghỉ của nhà giáo"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    a, b = take_apart(one), take_apart(other)
    assert a.words
    assert (set(a.actions), set(a.words), a.fields) == (set(b.actions), set(b.words), b.fields)


# statements that are not to be taken for the same: diacritics and what is left out carry meaning
OTHER = [
    ("Quản lý bò", "Quản lý bỏ"),
    ("Quản lý đất đai", "Quản lý khoáng sản"),
    ("Thẩm định quy hoạch", "Phê duyệt quy hoạch"),
    ("Quản lý an sinh xã hội", "Quản lý an sinh"),
    ("Quản lý hợp tác xã", "Quản lý xã"),
    ("Quản lý quỹ từ thiện", "Quản lý quỹ"),
    ("Quản lý tổ chức phi chính phủ", "Quản lý phi"),
]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


ROLES = [
    ("Chủ trì, phối hợp với Sở Y tế kiểm tra chợ", LEAD, ("kiểm tra",)),
    ("Phối hợp với Sở Xây dựng kiểm tra chợ", COOPERATING, ("kiểm tra",)),
    ("Tham gia phối hợp quản lý chợ", COOPERATING, ("quản lý",)),
    ("Kiểm tra, chủ trì xử phạt", None, ("kiểm tra", "xử phạt")),
    ("Quản lý và phát triển chợ", None, ("quản lý", "phát triển")),
    ("Tổ chức thực hiện quản lý chợ", None, ("quản lý",)),
    ("Tổ chức thực hiện quy hoạch chợ", None, ("thực hiện",)),
    ("Chợ đầu mối", None, ()),
]


@pytest.mark.parametrize(("statement", "role", "actions"), ROLES)
def test_role_and_actions(statement: str, role: MandateRole | None, actions: tuple[str, ...]) -> None:
    parts = take_apart(statement)
    printed = load_lexicon().actions
    assert (parts.role, tuple(printed[a] for a in parts.actions)) == (role, actions)


PLACES = [
    ("Quản lý cảng tại thành phố Hải Phòng", 1),
    ("Quản lý cảng tại Bà Rịa - Vũng Tàu và Hải Phòng", 2),
    ("Quản lý chợ trên địa bàn xã Tân Lập Thượng, phường Kim Sơn", 2),
    ("Quản lý chợ trên địa bàn tỉnh", 0),
    ("Giáo dục về hòa bình", 0),  # the word, not the province of Hòa Bình
    ("QUẢN LÝ CẢNG TẠI TỈNH NGHỆ AN", 1),
    ("Quản lý an sinh xã hội", 0),
]


@pytest.mark.parametrize(("statement", "number"), PLACES)
def test_places(statement: str, number: int) -> None:
    parts = take_apart(statement)
    assert len(parts.places) == number
    assert not {"tinhʷ", "xaʳ", "phươngʰ"} & set(parts.words)


@pytest.mark.parametrize(
    ("statement", "fields"),
    [
        ("Quản lý giá đất và bồi thường", {"land"}),
        ("Xây dựng cơ sở dữ liệu đất đai", {"land"}),
        ("Kiểm tra rác thải tại bệnh viện", {"environment", "health"}),
        ("Thực hiện nhiệm vụ", set()),
        ("Quản lý quỹ hỗ trợ việc làm ngoài nước", {"labour"}),  # the country, not the water
        ("Quản lý ngân sách nhà nước", {"finance"}),
    ],
)
def test_fields(statement: str, fields: set[str]) -> None:
    assert take_apart(statement).fields == fields


@pytest.mark.parametrize("statement", ["", " ", ".;:|()", "Và các", "123", "Theo quy định của pháp luật", "\ud800"])
def test_what_says_nothing_is_taken_apart_too(statement: str) -> None:
    assert take_apart(statement).actions == ()


def test_duties_towards_oneself() -> None:
    assert take_apart("Thực hiện các nhiệm vụ khác do cấp trên giao").own_affairs
    assert not take_apart("Quản lý tài chính của hợp tác xã").own_affairs


_PHRASES = st.sampled_from(
    ["quản lý", "hỗ trợ", "phối hợp với", "chủ trì", "Sở Xây dựng", "đất đai", "an toàn", "thực phẩm", "vệ sinh", "tỉnh", "xã",
     "Nghệ An", "hội", "theo", "quy định", "của pháp luật", "và", ",", ".", "hợp tác", "tác xã", "phòng", "cháy", "chữa cháy",
     "bảo vệ", "môi trường", "tham mưu", "giúp", "QUY", "lí", "hoá", "12", "_", "x_y", "hồ", "sơ", "kiểm tra", "giám sát",
     "nhiệm vụ", "khác", "công", "tác", "an", "bàn", "trên", "được giao", "thu", "cấp", "trình", "giáo dục", "địa bàn"]
)  # fmt: skip


@given(st.lists(_PHRASES, max_size=12).map(" ".join) | st.text(max_size=40))
def test_normalising_twice_changes_nothing(statement: str) -> None:
    once = normalise(statement)
    assert normalise(once) == once
