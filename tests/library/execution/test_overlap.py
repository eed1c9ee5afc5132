"""The same work given twice, by two directives."""

import time
from dataclasses import replace

import pytest

from bonhoa.execution.model import GivenTask
from bonhoa.execution.overlap import find_overlaps

GIVEN = GivenTask(
    "Sở Xây dựng chủ trì, phối hợp với Công an tỉnh rà soát, thống kê các bến thủy nội địa hoạt động không phép, báo "
    "cáo trước ngày 15/12/2025",
    "so-xay-dung",
    "Sở Xây dựng",
    deadline="15/12/2025",
    aside=("Sở Xây dựng", "Công an tỉnh", "trước ngày 15/12/2025"),
    document="12/KH-UBND",
    number="12/KH-UBND",
    key="7",
)


def task(title: str, lead: str = "so-xay-dung", *aside: str) -> GivenTask:
    return GivenTask(title, lead, lead, aside=aside)


@pytest.mark.parametrize(
    ("title", "lead", "same_lead"),
    [
        (GIVEN.title, "so-xay-dung", True),
        (
            "Giao Công an tỉnh rà soát và thống kê các bến thủy nội địa hoạt động không phép; báo cáo trong quý I/2026",
            "cong-an",
            False,
        ),
        ("RÀ SOÁT, THỐNG KÊ CÁC BẾN THỦY NỘI ĐỊA HOẠT ĐỘNG KHÔNG PHÉP", "so-xay-dung", True),
    ],
)
def test_the_same_work_is_found_whoever_gets_it(title: str, lead: str, same_lead: bool) -> None:
    (overlap,) = find_overlaps([task(title, lead, "Công an tỉnh")], [GIVEN])[0]
    assert overlap.task.key == "7" and overlap.same_lead is same_lead and overlap.likeness >= 0.6
    assert "12/KH-UBND" in overlap.vi and "15/12/2025" in overlap.vi and "12/KH-UBND" in overlap.en


@pytest.mark.parametrize(
    "title",
    [
        "Sở Xây dựng chủ trì, phối hợp với Công an tỉnh rà soát các dự án nhà ở xã hội chậm tiến độ",
        "Sở Xây dựng báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2025",
        "Rà soát các bến xe khách",
    ],
)
def test_another_work_of_the_same_body_is_none(title: str) -> None:
    assert find_overlaps([task(title, "so-xay-dung", "Sở Xây dựng", "Công an tỉnh")], [GIVEN]) == {}


def test_work_on_a_document_itself_belongs_to_that_document() -> None:
    words = "Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch này, báo cáo kết quả"
    assert find_overlaps([task(words)], [replace(GIVEN, title=words, aside=())]) == {}


def test_a_directive_that_is_cited_may_only_be_carried_out_here() -> None:
    (overlap,) = find_overlaps([GIVEN], [GIVEN], cited=["12/KH-UBND"])[0]
    assert overlap.cited and "cụ thể hóa" in overlap.vi
    assert not find_overlaps([GIVEN], [GIVEN], cited=["13/KH-UBND"])[0][0].cited


def test_words_too_few_to_tell_are_alike_only_to_the_same() -> None:
    short = task("Lập kế hoạch cấp nước")
    assert find_overlaps([short], [task("Lập kế hoạch thoát nước")]) == {}
    assert find_overlaps([short], [short])[0][0].likeness == 1


def test_ten_thousand_tasks_in_force_are_searched_in_seconds() -> None:
    things = [
        "cầu",
        "đường",
        "chợ",
        "trường",
        "trạm",
        "bến",
        "kênh",
        "đập",
        "rừng",
        "hồ",
        "kho",
        "bãi",
        "nhà",
        "ngõ",
        "phố",
        "làng",
    ]
    known = [
        replace(
            GIVEN, title=f"Rà soát {things[n % 16]} {things[n // 16 % 16]} thuộc khu {n} của {things[n // 256 % 16]}"
        )
        for n in range(10_000)
    ]
    began = time.process_time()
    found = find_overlaps([known[77], known[5000], GIVEN], known)
    assert time.process_time() - began < 5  # about 1 s here
    assert found[0][0].task == known[77] and found[1][0].task == known[5000] and 2 not in found
