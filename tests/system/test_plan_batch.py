"""Many rows settled in one step, told in numbers before, taken back as one."""

from copy import deepcopy

import pytest
from tests.system.test_plan_pages import address, signed, words
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa.common.errors import InputError
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_resolve as resolving
from bonhoa_web.execution.models import Plan, PlanChange
from bonhoa_web.execution.plan_resolve import Batch

pytestmark = pytest.mark.django_db

TASKS = """1. Giao Sở Nội vụ và Sở Tài chính xây dựng Phương án bố trí kinh phí trước ngày 12/12/2026.
2. Giao Sở Nội vụ và Sở Tài chính lập Danh sách người hưởng hỗ trợ trước ngày 12/12/2026.
3. Giao Sở Y tế và Công an tỉnh lập Biên bản kiểm tra chợ ven sông trước ngày 12/12/2026.
4. Giao Sở Y tế và các địa phương lập Danh mục trạm y tế ven sông trước ngày 12/12/2026.
5. Yêu cầu Ủy ban nhân dân các xã, phường tổ chức ra quân dọn dẹp vỉa hè trước ngày 20/12/2026.
6. Giao Sở Kế hoạch và Đầu tư rà soát các dự án dở dang, báo cáo trước ngày 15/12/2026.
7. Giao Sở Kế hoạch và Đầu tư cập nhật danh mục đầu tư công, báo cáo trước ngày 15/12/2026.
8. Sở Xây dựng xây dựng Đề án hè phố trước ngày 01/02/2027.
"""


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan(TASKS)


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def images(plan: Plan) -> list[changes.Image]:
    return [changes.image(d) for d in plan.drafts.order_by("pk")]


def test_every_way_is_told_in_numbers(world: PlanWorld) -> None:
    told = {(str(o.batch), o.key): (len(o.rows), o.made, o.tasks, o.left) for o in resolving.offers(world.plan)}
    assert told["first", ""] == (4, 4, 8, 3)
    assert told["first", "Sở Nội vụ; Sở Tài chính"] == (2, 2, 8, 5)
    assert told["successor", ""] == (2, 2, 8, 5)
    rows, made, tasks, _left = told["each", ""]
    assert rows == 5 and tasks == 8 - rows + made and made > 260  # two rows of 130 communes and more
    assert ("first", "Sở Y tế; Công an tỉnh") not in told  # one row alone is no batch


def test_the_numbers_come_true(world: PlanWorld) -> None:
    for offer in resolving.offers(world.plan):
        wanted = offer.made, offer.tasks, offer.left
        made = resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=offer.batch, key=offer.key)
        rows = list(actions.live(world.plan))
        assert (len(made), len(rows), sum(changes.blocking(d) for d in rows)) == wanted, offer.key
        actions.undo(actor=world.specialist, plan=world.plan)


def test_a_batch_is_one_step_with_its_words(world: PlanWorld) -> None:
    begin = images(world.plan)
    resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=Batch.EACH)
    assert images(world.plan) != begin and PlanChange.objects.count() == 1
    step = PlanChange.objects.get()
    assert step.kind == "batch" and "5 dòng" in step.label and step.words[0]["words"].startswith("Giao Sở Nội vụ")
    assert actions.undo(actor=world.specialist, plan=world.plan)
    assert images(world.plan) == begin


def test_the_first_named_leads_and_the_others_cooperate_groups_too(world: PlanWorld) -> None:
    resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=Batch.FIRST)
    row = world.row("Phương án bố trí")
    assert row.lead.name.startswith("Sở Nội vụ") and [u.name[:12] for u in row.cooperating.all()] == ["Sở Tài chính"]
    mixed = world.row("trạm y tế ven sông")
    assert mixed.lead.name.startswith("Sở Y tế") and mixed.coordinate_names == ["các địa phương"]
    assert mixed.lead_names == ["Sở Y tế", "các địa phương"]  # what the document prints stays known


def test_an_heir_is_only_taken_where_there_is_one(world: PlanWorld) -> None:
    resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=Batch.SUCCESSOR)
    assert world.row("dự án dở dang").lead.name.startswith("Sở Tài chính")
    with pytest.raises(InputError) as refused:
        resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=Batch.SUCCESSOR)
    assert refused.value.code == "no_rows_left"


def test_a_batch_stops_at_a_row_that_somebody_has_just_changed(world: PlanWorld) -> None:
    seen = world.plan.version
    actions.edit(actor=world.colleague, draft=world.row("Phương án bố trí"), deliverable="Phương án")
    before = images(world.plan)
    with pytest.raises(InputError) as refused:
        resolving.resolve_many(actor=world.specialist, plan=world.plan, batch=Batch.FIRST, seen=seen)
    assert refused.value.code == "stale" and images(world.plan) == before


def test_preview_then_done_without_javascript(world: PlanWorld) -> None:
    client, tool = signed(world.specialist), address(world.plan, "hang-loat/")
    page = words(client.get(tool))
    assert "mỗi cơ quan một nhiệm vụ" in page and "Sở Nội vụ; Sở Tài chính" in page
    page = words(client.get(tool, {"cach": "first", "nhom": "Sở Nội vụ; Sở Tài chính"}))
    assert "Thực hiện" in page and "Phương án bố trí kinh phí" in page and "Sở Nội vụ tỉnh Nghệ An" in page
    done = client.post(tool, {"cach": "first", "nhom": "Sở Nội vụ; Sở Tài chính", "seen": world.plan.version})
    assert done.status_code == 302 and world.row("Danh sách người hưởng").lead is not None
    assert "Đã xử lý một lượt: 2 nhiệm vụ" in words(client.get(address(world.plan)))
    assert client.post(tool, {"cach": "lạ"}).status_code == 200
    assert signed(world.viewer).post(tool, {"cach": "each"}).status_code == 403
