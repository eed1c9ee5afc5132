"""Overlapping mandates, and the like of one statement."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonhoa.apparatus.audit.words import Grade
from bonhoa.apparatus.model import UnitLevel
from bonhoa.apparatus.overlap.index import Part, StatementIndex, similar
from bonhoa.apparatus.overlap.search import Mandate, find_overlaps, search
from bonhoa.apparatus.overlap.sketch import pairs_of_equal
from bonhoa.apparatus.vocabulary import MandateRole

OTHERS = [  # what else a province does: rare words tell more than frequent ones
    "Cấp phép khai thác khoáng sản", "Tổ chức lễ hội truyền thống", "Đào tạo nghề cho thanh niên", "Quản lý bến xe khách",
    "Kiểm tra phòng cháy chữa cháy", "Hỗ trợ xuất khẩu gạo", "Vận hành thư viện", "Tuyển sinh mầm non", "Công chứng hợp đồng",
    "Trợ giúp pháp lý cho người nghèo", "Bảo tồn bảo tàng", "Xử phạt hàng giả", "Đăng kiểm tàu cá", "Phân bổ vốn đầu tư công",
]  # fmt: skip
A, B = "Quản lý cơ sở dữ liệu đất đai và bản đồ địa chính", "Điều hành kho dữ liệu đất đai, bản đồ địa chính"


def province(*statements: str, **more: object) -> list[Mandate]:
    """Mandates of different units in one province: the given ones, then OTHERS."""
    said = [*statements, *OTHERS]
    made = [Mandate(f"m{i:02}", text, f"Sở {i:02}", UnitLevel.PROVINCE, "vn-40") for i, text in enumerate(said)]
    return [dataclasses.replace(made[0], **more), *made[1:]]  # type: ignore[arg-type]


GRADES = [
    (A, A, Grade.DUPLICATION),
    (A, B, Grade.DUPLICATION),
    (A, "Xây dựng cơ sở dữ liệu đất đai và bản đồ địa chính", Grade.OVERLAP),  # same object, other action
    (A, "Quản lý bản đồ địa chính", Grade.OVERLAP),  # same action, part of the object, same field
    (A, "Thu hồi bản đồ địa chính", Grade.FRAGMENTATION),  # same field, part of the object
    (A, "Quản lý ga đường sắt", None),
    (A, "Phối hợp với Sở Xây dựng quản lý cơ sở dữ liệu đất đai và bản đồ địa chính", None),  # who cooperates
    (A + " tại Nghệ An", A + " tại Hà Tĩnh", None),
    (A + " tại Nghệ An", A, Grade.DUPLICATION),
    ("Thực hiện nhiệm vụ khác do cấp trên giao", "Thực hiện nhiệm vụ khác do cấp trên giao", None),
    ("Theo quy định", "Theo quy định", None),
]


@pytest.mark.parametrize(("one", "other", "grade"), GRADES)
def test_grades(one: str, other: str, grade: Grade | None) -> None:
    found = {overlap.key: overlap for overlap in find_overlaps(province(one, other))}
    overlap = found.get("mandate_similar|m00|m01")
    assert (overlap.likeness.grade if overlap else None) == grade


@pytest.mark.parametrize(
    "more",
    [
        {"role": MandateRole.COOPERATING},
        {"unit": "Sở 01"},
        {"level": UnitLevel.COMMUNE},
        {"scope": "vn-42"},
    ],
)
def test_what_is_no_overlap(more: dict[str, object]) -> None:
    assert len(find_overlaps(province(A, B))) == 1
    assert find_overlaps(province(A, B, **more)) == []


def test_leads_of_one_function_are_left_to_the_rules() -> None:
    mandates = [dataclasses.replace(m, function="f1") if m.code < "m02" else m for m in province(A, B)]
    assert find_overlaps(mandates) == []


def test_the_reason_names_the_parts_that_agree() -> None:
    (overlap,) = find_overlaps(province(A, B))
    assert overlap.likeness.agree == (Part.ACTION, Part.OBJECT, Part.FIELD, Part.PLACE)
    assert "trùng lặp (giống về hành động, đối tượng, lĩnh vực, địa bàn; 100 %)" in overlap.sentence("vi")
    assert "duplication (same action, object, field, place; 100 % alike)" in overlap.sentence("en")


def test_each_mandate_shows_the_best_and_no_more() -> None:
    mandates = province(*[A] * 9)
    result = search(mandates, shown=3)
    assert np.bincount(result.first).max() == 3
    assert len(result.findings()) < 9 * 8 // 2
    assert find_overlaps([]) == []


_SAID = st.lists(
    st.sampled_from(f"{A}|{B}|Thẩm định giá đất|Kiểm tra giá đất ở|Lập kế hoạch chợ|Chợ: lập đề án|đất".split("|")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(_SAID, st.randoms(use_true_random=False))
def test_the_order_of_the_mandates_does_not_matter(said: list[str], chance: object) -> None:
    mandates = province(*said)
    turned = mandates.copy()
    chance.shuffle(turned)  # type: ignore[attr-defined]
    everyone = len(mandates)
    told = {(o.key, o.likeness) for o in find_overlaps(mandates, everyone)}
    assert {(o.key, o.likeness) for o in find_overlaps(turned, everyone)} == told


def test_the_like_of_a_statement() -> None:
    statements = [A, *OTHERS, A, B]
    index = StatementIndex(statements)
    answer = similar("Quản trị kho dữ liệu địa chính, đất đai", index, k=2)
    assert [statements[s.position] for s in answer] == [A, B]
    assert answer[0].position == 0  # of equal statements the first
    assert answer[0].likeness.agree == (Part.ACTION, Part.OBJECT, Part.FIELD)
    assert similar("Chuyện không ai làm", index) == []
    assert similar("", index) == similar(A, StatementIndex([])) == []
    among = np.ones(len(index.sizes), bool)
    among[index.rows[0]] = False
    assert [statements[s.position] for s in similar(A, index, among=among)] == [B]


def test_pairs_of_equal_keys() -> None:
    keys = np.array([7, 3, 7, 3, 3, 9], np.uint64)
    pairs, left_out = pairs_of_equal(keys, within=5)
    assert sorted((int(p >> np.uint64(32)), int(p & np.uint64(0xFFFFFFFF))) for p in pairs) == [
        (0, 2),
        (1, 3),
        (1, 4),
        (3, 4),
    ]
    assert left_out == 0
    assert pairs_of_equal(keys, within=1)[1] == 1
    assert (
        len(pairs_of_equal(np.zeros(6, np.uint64), within=2)[0]) + pairs_of_equal(np.zeros(6, np.uint64), within=2)[1]
        == 15
    )


def test_no_likeness_above_one() -> None:
    index = StatementIndex(f"{a}, {b}, {c}" for a in OTHERS for b in OTHERS for c in (A, B, *OTHERS))
    rows = np.arange(len(index.sizes))
    score = index.compare_rows(rows, rows).score
    assert 0.9999 < score.max() <= 1  # above it by a rounding, the order of what is shown would break
