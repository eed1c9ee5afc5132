"""Two plans side by side: what stayed, what changed and how, what is new, what is gone."""

from dataclasses import replace

import pytest

from bonhoa.execution.compare import ChangeKind, ComparedField, compare_plans, count
from bonhoa.execution.model import GivenTask
from bonhoa.reports.compare_table import comparison_lines

BRIDGES = GivenTask(
    "Sở Xây dựng chủ trì lập danh mục cầu treo dân sinh xuống cấp trên địa bàn tỉnh trước ngày 30/11/2025",
    "so-xay-dung",
    "Sở Xây dựng",
    deadline="30/11/2025",
    deliverable="danh mục",
    aside=("Sở Xây dựng", "trước ngày 30/11/2025"),
)
FERRIES = GivenTask("Công an tỉnh kiểm tra bến đò ngang không phép ven sông", "cong-an", "Công an tỉnh")
SCHOOLS = GivenTask("Sở Giáo dục rà soát trường học vùng ngập lũ cần di dời", "so-gd", "Sở Giáo dục")


def kinds(before: list[GivenTask], after: list[GivenTask]) -> list[tuple[str, int | None, int | None]]:
    return [(str(c.kind), c.before, c.after) for c in compare_plans(before, after)]


def test_every_task_of_both_plans_is_told_once() -> None:
    assert kinds([BRIDGES, FERRIES], [SCHOOLS, BRIDGES]) == [("new", None, 0), ("kept", 0, 1), ("dropped", 1, None)]
    assert count(compare_plans([BRIDGES, FERRIES], [SCHOOLS, BRIDGES])) == {
        ChangeKind.KEPT: 1,
        ChangeKind.CHANGED: 0,
        ChangeKind.NEW: 1,
        ChangeKind.DROPPED: 1,
    }


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"lead": "so-nn", "lead_name": "Sở Nông nghiệp"}, [("lead", "Sở Xây dựng", "Sở Nông nghiệp")]),
        ({"deliverable": "bản đồ"}, [("deliverable", "danh mục", "bản đồ")]),
        ({"cooperating": ("Công an tỉnh",)}, [("cooperating", "", "Công an tỉnh")]),
        (  # the limit is printed in the words too: one field differs, not two
            {
                "title": BRIDGES.title.replace("30/11/2025", "31/12/2025"),
                "deadline": "31/12/2025",
                "aside": ("Sở Xây dựng", "trước ngày 31/12/2025"),
            },
            [("deadline", "30/11/2025", "31/12/2025")],
        ),
    ],
)
def test_what_changed_is_named_from_and_to(changed: dict, fields: list[tuple[str, str, str]]) -> None:
    (change,) = compare_plans([BRIDGES], [replace(BRIDGES, **changed)])
    assert [(str(f.field), f.before, f.after) for f in change.fields] == fields


def test_other_words_for_the_same_task_are_a_change_of_words() -> None:
    later = replace(BRIDGES, title=BRIDGES.title.replace("xuống cấp", "xuống cấp, nguy hiểm"))
    (change,) = compare_plans([BRIDGES], [later])
    assert [f.field for f in change.fields] == [ComparedField.TITLE] and change.likeness < 1


def test_one_task_per_body_finds_its_own_body_again() -> None:
    each = [replace(FERRIES, lead=c, lead_name=c) for c in ("a", "b", "c")]
    assert kinds(each, [each[2], each[0], each[1]]) == [("kept", 2, 0), ("kept", 0, 1), ("kept", 1, 2)]


def test_spelling_and_space_are_no_change() -> None:
    assert kinds([FERRIES], [replace(FERRIES, title=FERRIES.title.upper().replace(" ", "  "))]) == [("kept", 0, 0)]


def test_a_changed_task_has_a_line_for_every_field() -> None:
    later = replace(BRIDGES, lead="x", lead_name="Sở X", deadline="31/12/2025")
    lines = comparison_lines(compare_plans([BRIDGES, FERRIES], [later]), [BRIDGES, FERRIES], [later])
    assert [line.values()[1:2] + line.values()[4:] for line in lines] == [
        ("thay đổi", "cơ quan chủ trì", "Sở Xây dựng", "Sở X", 1, 1),
        ("thay đổi", "thời hạn", "30/11/2025", "31/12/2025", 1, 1),
        ("không còn", "", "", "", 2, None),
    ]
