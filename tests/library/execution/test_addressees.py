"""Lists of bodies: where a subject ends, what is one entry and what are several."""

import pytest

from bonhoa.execution.addressees import bodies_only, split_bodies, subject_at

SUBJECTS = [
    ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát", ("Sở Nội vụ",)),
    ("Sở Nội vụ, Sở Tài chính rà soát quy chế", ("Sở Nội vụ", "Sở Tài chính")),
    ("Sở Nội vụ và Sở Tài chính rà soát quy chế", ("Sở Nội vụ", "Sở Tài chính")),
    ("Bộ Giáo dục và Đào tạo hướng dẫn các trường", ("Bộ Giáo dục và Đào tạo",)),
    ("Sở Văn hóa, Thể thao và Du lịch tổ chức liên hoan", ("Sở Văn hóa, Thể thao và Du lịch",)),
    ("Bộ Ngoại giao chủ trì đón đoàn", ("Bộ Ngoại giao",)),
    ("Các sở, ban, ngành rà soát quy chế", ("Các sở, ban, ngành",)),
    ("Các bộ, cơ quan ngang bộ khẩn trương báo cáo", ("Các bộ, cơ quan ngang bộ",)),
    ("UBND cấp xã có trách nhiệm niêm yết", ("UBND cấp xã",)),
    ("UBND các xã, phường niêm yết danh sách", ("UBND các xã, phường",)),
    ("Các Sở, ban, ngành và UBND các xã, phường rà soát", ("Các Sở, ban, ngành", "UBND các xã, phường")),
    ("Cơ quan đăng ký đầu tư có trách nhiệm lấy ý kiến", ("Cơ quan đăng ký đầu tư",)),
    ("Cơ quan thanh tra khẩn trương kết luận", ("Cơ quan thanh tra",)),
    ("Cơ quan phối hợp có trách nhiệm trả lời", ("Cơ quan phối hợp",)),
    ("các Sở, ban, ngành quản lý quy hoạch có trách nhiệm công bố", ("các Sở, ban, ngành quản lý quy hoạch",)),
    ("Công an tỉnh kiểm tra các cầu treo", ("Công an tỉnh",)),
    ("Chủ tịch UBND các tỉnh, thành phố chỉ đạo", ("Chủ tịch UBND các tỉnh, thành phố",)),
    ("Bộ trưởng, Thủ trưởng các cơ quan ngang Bộ chỉ đạo kiểm tra", ("Bộ trưởng, Thủ trưởng các cơ quan ngang Bộ",)),
    (
        "Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Chủ tịch UBND các tỉnh chỉ đạo kiểm tra",
        ("Bộ trưởng, Thủ trưởng cơ quan ngang bộ", "Chủ tịch UBND các tỉnh"),
    ),
    ("Thủ trưởng các sở; Chủ tịch UBND các xã căn cứ kế hoạch", ("Thủ trưởng các sở", "Chủ tịch UBND các xã")),
    ("Đồng chí Bộ trưởng Bộ Y tế chỉ đạo kiểm tra", ("Bộ trưởng Bộ Y tế",)),
    ("toàn ngành đẩy mạnh thi đua", ("toàn ngành",)),
    ("Tỉnh Hòa Hợp cần khẩn trương khắc phục", ("Tỉnh Hòa Hợp",)),
    ("Sở Xây dựng - Cơ quan Thường trực Ban Chỉ đạo đôn đốc các đơn vị", ("Sở Xây dựng",)),
]


@pytest.mark.parametrize(("text", "names"), SUBJECTS)
def test_subjects(text: str, names: tuple[str, ...]) -> None:
    found = subject_at(text, 0)
    assert found is not None
    assert found.names == names
    assert text[found.start : found.end].rstrip(" ,")
    assert found.predicate >= found.end


@pytest.mark.parametrize(
    "text",
    [
        "các nội dung trên phải hoàn thành",
        "các phương thức tiếp nhận gồm",
        "tổ chức thực hiện nghiêm kế hoạch",
        "hệ thống thông tin phải kết nối",
        "Báo cáo kết quả thực hiện",
        "Cơ quan chủ trì",
        "xây dựng đề án",
    ],
)
def test_what_is_no_subject(text: str) -> None:
    assert subject_at(text, 0) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Nội vụ", ("Sở Nội vụ",)),
        ("Sở Nội vụ:", ("Sở Nội vụ",)),
        ("Giao Sở Nội vụ", ("Sở Nội vụ",)),
        ("Trách nhiệm của Sở Nội vụ", ("Sở Nội vụ",)),
        ("Sở Nội vụ; Sở Tài chính; UBND các xã, phường.", ("Sở Nội vụ", "Sở Tài chính", "UBND các xã, phường")),
        ("Các sở, ngành theo chức năng, nhiệm vụ được giao", ("Các sở, ngành",)),
        ("Sở Nội vụ chủ trì rà soát quy chế", None),
        ("Bộ, cơ quan", None),
        ("Mục tiêu", None),
        ("Sở Nội vụ đã hoàn thành", None),
    ],
)
def test_headings_that_only_name_bodies(text: str, names: tuple[str, ...] | None) -> None:
    assert bodies_only(text) == names


def test_a_shared_kind_word_is_given_to_each() -> None:
    assert split_bodies("các Bộ: Tài chính, Công Thương") == ("Tài chính", "Công Thương")
    assert split_bodies("các Bộ Tài chính, Công Thương") == ("Bộ Tài chính", "Bộ Công Thương")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cấp ủy, chính quyền thành phố", ("Cấp ủy, chính quyền thành phố",)),
        ("Giám đốc các sở, Thủ trưởng các ban, ngành", ("Giám đốc các sở, Thủ trưởng các ban, ngành",)),
        ("Bí thư Tỉnh ủy, Chủ tịch UBND các tỉnh An Bình, Hòa Hợp", None),
        ("UBND các phường Bến Đá, Cảng Mới, Hòa Hợp", None),
        ("UBND các xã, phường; Tỉnh đoàn", ("UBND các xã, phường", "Tỉnh đoàn")),
    ],
)
def test_what_shares_a_complement_is_one(text: str, names: tuple[str, ...] | None) -> None:
    assert split_bodies(text) == (names or (text,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BỘ NỘI VỤ", ("BỘ NỘI VỤ",)),
        ("CÁC SỞ, BAN, NGÀNH VÀ UBND CÁC XÃ", ("CÁC SỞ, BAN, NGÀNH", "UBND CÁC XÃ")),
        ("TỔ CHỨC THỰC HIỆN", None),
        ("Viện Vệ sinh dịch tễ Trung ương, các Viện Pasteur", ("Viện Vệ sinh dịch tễ Trung ương", "các Viện Pasteur")),
        ("Cục Y tế dự phòng", ("Cục Y tế dự phòng",)),
        ("Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh", ("Đảng ủy Mặt trận Tổ quốc và các đoàn thể tỉnh",)),
        ("BAN HÀNH QUY CHẾ", None),
        ("Bộ Quốc phòng chủ trì, phối hợp với các bộ, cơ quan ngang bộ", None),
        ("Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh",) * 2,
    ],
)
def test_headings_in_capitals_and_with_predicates(text: str, names: tuple[str, ...] | str | None) -> None:
    assert bodies_only(text) == ((names,) if isinstance(names, str) else names)


def test_who_goes_along_is_no_lead() -> None:
    found = subject_at("Đảng ủy phường An cùng với Đảng ủy xã Bình tiếp tục lấy ý kiến Nhân dân", 0)
    assert found is not None and found.names == ("Đảng ủy phường An",)


def test_provinces_behind_a_colon_stay_one_entry() -> None:
    text = "Bí thư tỉnh ủy và Chủ tịch UBND các tỉnh: An Bình, Hòa Hợp"
    assert split_bodies(text) == (text,)
