"""Work that another directive has given is named and settled; the plans of two directives are compared."""

from copy import deepcopy

import pytest
from tests.system.test_plan_pages import address, signed, words
from tests.system.world_of_plans import PlanWorld, make_plan, second_plan

from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_resolve as resolving
from bonhoa_web.execution.models import Draft, Plan, Task

pytestmark = pytest.mark.django_db

AGAIN = """1. Sở Nội vụ lập Danh sách người hưởng hỗ trợ chỉnh trang trước ngày 30/12/2026.
2. Công an tỉnh xây dựng Đề án hè phố văn minh, an toàn trước ngày 01/03/2027.
3. Sở Y tế mua sắm xe cứu thương cho các trạm ven biển trước ngày 01/03/2027.
"""


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan("1. Sở Y tế mua sắm xe cứu thương cho các trạm ven biển trước ngày 01/02/2027.\n")


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def approved(world: PlanWorld) -> None:
    world.settle()
    decisions.approve(actor=world.leader, plan=Plan.objects.get(pk=world.plan.pk))


def test_the_same_work_is_named_with_a_link(world: PlanWorld) -> None:
    approved(world)
    plan = second_plan(world, AGAIN)
    row = plan.drafts.get(title__contains="xe cứu thương")
    assert "already_given" in row.problems and row.lead is not None
    assert [o["task"] for o in row.overlaps] == [Task.objects.get().pk] and row.overlaps[0]["same_lead"] is True
    assert not any("already_given" in d.problems for d in plan.drafts.exclude(pk=row.pk))
    page = words(signed(world.specialist).get(address(plan)))
    assert f"/thuc-hien/nhiem-vu/{Task.objects.get().pk}/" in page and "912/KH-UBND đã giao" in page


def test_what_is_given_is_dropped_with_its_reason_or_kept_as_distinct(world: PlanWorld) -> None:
    approved(world)
    plan = second_plan(world, AGAIN)
    row = plan.drafts.get(title__contains="xe cứu thương")
    resolving.resolve(actor=world.specialist, draft=row, act="given")
    row.refresh_from_db()
    assert row.dropped and "912/KH-UBND" in row.note
    actions.undo(actor=world.specialist, plan=plan)
    resolving.resolve(actor=world.specialist, draft=Draft.objects.get(pk=row.pk), act="distinct")
    row.refresh_from_db()
    assert not row.dropped and "already_given" not in row.problems and not row.suggestions


def test_a_look_later_finds_what_was_given_meanwhile(world: PlanWorld) -> None:
    plan = second_plan(world, AGAIN)
    assert not plan.drafts.exclude(overlaps=[]).exists()
    approved(world)
    answer = signed(world.specialist).post(address(plan, "buoc/doi-chieu/"), {"seen": 1})
    assert answer.status_code == 302 and "already_given" in plan.drafts.get(title__contains="xe cứu").problems
    actions.undo(actor=world.specialist, plan=plan)
    assert "already_given" not in plan.drafts.get(title__contains="xe cứu").problems


# --- plans side by side ----------------------------------------------------------------------------------------------


def test_the_plan_of_a_later_directive_is_compared(world: PlanWorld) -> None:
    earlier = second_plan(world, AGAIN)
    later = second_plan(
        world,
        AGAIN.replace("Công an tỉnh xây", "Sở Xây dựng xây").replace(
            "3. Sở Y tế mua sắm xe cứu", "3. Sở Tài chính thanh lý xe cứu hộ"
        ),
        914,
    )
    client = signed(world.specialist)
    tool = address(later, "so-sanh/")
    assert "913/KH-UBND" in words(client.get(tool))
    page = words(client.get(tool, {"voi": earlier.pk}))
    assert "thay đổi" in page and "Công an tỉnh Nghệ An" in page and "Sở Xây dựng tỉnh Nghệ An" in page
    only = words(client.get(tool, {"voi": earlier.pk, "loai": "changed", "sap-xep": "-truoc"}))
    assert "hè phố văn minh" in only and "Danh sách người hưởng" not in only
    book = client.get(tool, {"voi": earlier.pk, "xuat": "xlsx"})
    assert book["Content-Type"].endswith("sheet") and book.content[:2] == b"PK"
    assert client.get(tool, {"voi": 999_999}).status_code == 404
    assert signed(world.stranger).get(tool).status_code == 404
