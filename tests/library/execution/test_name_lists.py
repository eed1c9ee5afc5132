"""Where a list of bodies ends: (text behind "phối hợp với", the names in it); a row per fault."""

import pytest

from bonhoa.execution.addressees import split_bodies
from bonhoa.execution.name_lists import list_end

CASES = [
    ("Sở Y tế trong việc khám bệnh", ("Sở Y tế",)),
    ("sở, ban, ngành, Ủy ban nhân dân xã, phường tăng cường", ("sở, ban, ngành", "Ủy ban nhân dân xã, phường")),
    ("Đảng đoàn Quốc hội thể chế hóa chủ trương", ("Đảng đoàn Quốc hội",)),
    ("các ngành, các cấp tuyên truyền", ("các ngành", "các cấp")),
    ("các sở, ban, ngành liên quan tổ chức, triển khai", ("các sở, ban, ngành liên quan",)),
    ("các cơ quan chức năng và chính quyền địa phương xử lý", ("các cơ quan chức năng", "chính quyền địa phương")),
    ("Cơ quan, địa phương liên quan", ("Cơ quan, địa phương liên quan",)),
    ("Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế kiểm tra", ("Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế")),
    (
        "Sở Giáo dục và Đào tạo cùng các đơn vị có liên quan, tổ chức khảo sát",
        ("Sở Giáo dục và Đào tạo", "các đơn vị có liên quan"),
    ),
    ("các cơ quan thuộc Bộ Xây dựng, Bộ Quốc phòng chỉ đạo", ("các cơ quan thuộc Bộ Xây dựng, Bộ Quốc phòng",)),
    ("doanh nghiệp cao su để trồng rừng", ("doanh nghiệp cao su",)),
    ("Sở Xây dựng Theo dõi, đôn đốc tiến độ", ("Sở Xây dựng",)),
    ("Công an tỉnh Chỉ đạo công an các xã", ("Công an tỉnh",)),
    ("Tỉnh để sửa cầu", ("Tỉnh",)),
    ("Bộ Chỉ huy Quân sự tỉnh và sở, ngành có liên quan", ("Bộ Chỉ huy Quân sự tỉnh", "sở, ngành có liên quan")),
    ("Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh", ("Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh",)),
    ("các Sở, Ban, ngành liên quan rà soát", ("các Sở, Ban, ngành liên quan",)),
    ("Tập đoàn Thép - Viễn thông Hòa Hợp xây dựng", ("Tập đoàn Thép - Viễn thông Hòa Hợp",)),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_names(text: str, names: tuple[str, ...]) -> None:
    end = list_end(text, 0, len(text))
    assert end is not None
    assert split_bodies(text[:end]) == names


@pytest.mark.parametrize("text", ["các nội dung sau", "việc sửa cầu", "công tác tuyên truyền", "các báo cáo nêu trên"])
def test_no_body(text: str) -> None:
    assert list_end(text, 0, len(text)) is None
