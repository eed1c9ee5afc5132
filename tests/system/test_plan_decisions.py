"""From the review to the tasks: every problem is resolved by a click, steps come back, a leader decides."""

import datetime as dt
import random
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa.common.errors import InputError
from bonhoa.execution.model import OWNER_PROBLEMS
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_pieces as pieces
from bonhoa_web.execution import plan_resolve as resolving
from bonhoa_web.execution.models import Draft, Plan, Task
from bonhoa_web.foundation import audit_words
from bonhoa_web.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan()


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def images(plan: Plan) -> list[changes.Image]:
    return [changes.image(d) for d in plan.drafts.order_by("pk")]


def choice(draft: Draft, act: str, name: str = "") -> dict:
    return next(s for s in draft.suggestions if s["action"] == act and name in s["name"])


# --- each kind of problem and its click ------------------------------------------------------------------------------


def test_what_reading_finds(world: PlanWorld) -> None:
    assert "several_leads" in world.row("Phương án bố trí").problems
    assert "ended_body" in world.row("Sở Kế hoạch và Đầu tư").problems
    assert "collective_lead" in world.row("dọn dẹp vỉa hè").problems
    assert "no_deadline" in world.row("Danh sách người hưởng").problems
    assert not world.row("Đề án hè phố").problems
    assert world.row("chợ ven sông").coordinate_names == ["các cơ quan liên quan"]


def test_one_of_several_leads_is_chosen_and_the_others_cooperate(world: PlanWorld) -> None:
    row = world.row("Phương án bố trí")
    wanted = choice(row, "choose", "Sở Tài chính")
    resolving.resolve(actor=world.specialist, draft=row, act="choose", code=wanted["code"])
    row = world.row("Phương án bố trí")
    assert row.lead is not None and "Sở Tài chính" in row.lead.name
    assert ["Sở Nội vụ" in u.name for u in row.cooperating.all()] == [True]
    assert not set(row.problems) & {str(p) for p in OWNER_PROBLEMS} and row.reviewed


def test_a_choice_can_hold_for_all_rows_that_print_the_same_leads(world: PlanWorld) -> None:
    row = world.row("Phương án bố trí")
    code = choice(row, "choose", "Sở Nội vụ")["code"]
    assert len(resolving.resolve(actor=world.specialist, draft=row, act="choose", code=code, alike=True)) == 2
    assert world.row("Danh sách người hưởng").lead == world.row("Phương án bố trí").lead
    assert actions.undo(actor=world.specialist, plan=world.plan)
    assert world.row("Danh sách người hưởng").lead is None is world.row("Phương án bố trí").lead


def test_several_leads_become_one_task_each(world: PlanWorld) -> None:
    before = world.plan.drafts.count()
    rows = resolving.resolve(actor=world.specialist, draft=world.row("Phương án bố trí"), act="split")
    assert world.plan.drafts.count() == before + 1
    assert sorted(d.lead.name[:10] for d in rows if d.lead) == ["Sở Nội vụ ", "Sở Tài chí"]
    assert len({d.title for d in rows}) == 1 and not any(changes.blocking(d) for d in rows)


def test_a_group_expands_to_its_members_of_the_day(world: PlanWorld) -> None:
    row = world.row("dọn dẹp vỉa hè")
    members = choice(row, "expand")["members"]
    rows = resolving.resolve(actor=world.specialist, draft=row, act="expand")
    assert len(rows) == len(members) == 130  # xã, phường of Nghệ An since 2025-07-01
    assert len({d.lead_id for d in rows}) == 130


def test_an_ended_body_gives_way_to_its_successor(world: PlanWorld) -> None:
    row = world.row("Sở Kế hoạch và Đầu tư")
    act = next(s for s in row.suggestions if s["code"])
    resolving.resolve(actor=world.specialist, draft=row, act=act["action"], code=act["code"])
    assert world.row("dự án dở dang").lead.name.startswith("Sở Tài chính")


def test_what_no_row_offers_is_refused(world: PlanWorld) -> None:
    with pytest.raises(InputError) as refused:
        resolving.resolve(actor=world.specialist, draft=world.row("Đề án hè phố"), act="split")
    assert refused.value.code == "no_suggestion"


# --- corrections and the way back ------------------------------------------------------------------------------------


def test_a_corrected_limit_silences_the_printed_words(world: PlanWorld) -> None:
    row = actions.edit(
        actor=world.specialist, draft=world.row("chợ ven sông"), recurrence="", due_on=dt.date(2026, 12, 1)
    )
    assert (row.deadline_text, row.recurrence, row.due_on) == ("", "", dt.date(2026, 12, 1))


def test_the_lead_never_cooperates(world: PlanWorld) -> None:
    row = world.row("chợ ven sông")
    police = row.cooperating.get()
    row = actions.edit(actor=world.specialist, draft=row, lead=police.code)
    assert row.lead == police and police not in row.cooperating.all()


def test_adding_needs_a_reason_and_finds_its_words(world: PlanWorld) -> None:
    with pytest.raises(InputError):
        actions.add(actor=world.specialist, plan=world.plan, title="Việc thêm", reason=" ")
    row = actions.add(
        actor=world.specialist, plan=world.plan, title="Việc thêm", reason="đọc sót", words="Phố  phường\nsạch đẹp"
    )
    assert world.plan.document.text[row.start : row.end] == "Phố phường sạch đẹp"
    assert changes.blocking(row)


def test_dropping_needs_a_reason_and_can_be_taken_back(world: PlanWorld) -> None:
    with pytest.raises(InputError):
        actions.drop(actor=world.specialist, draft=world.row("Đề án hè phố"), reason="")
    actions.drop(actor=world.specialist, draft=world.row("Đề án hè phố"), reason="trùng")
    assert not [d for d in actions.live(world.plan) if "Đề án hè phố" in d.title]
    actions.restore(actor=world.specialist, draft=world.row("Đề án hè phố"))
    assert [d for d in actions.live(world.plan) if "Đề án hè phố" in d.title]


def test_merged_rows_keep_both_texts_and_bodies(world: PlanWorld) -> None:
    into, draft = world.row("chợ ven sông"), world.row("Đề án hè phố")
    merged = pieces.merge(actor=world.specialist, draft=draft, into=into)
    assert "Đề án hè phố" in merged.title and merged.due_on == dt.date(2027, 2, 1)
    assert draft.lead in merged.cooperating.all() and world.plan.drafts.get(pk=draft.pk).dropped
    with pytest.raises(InputError):
        pieces.merge(actor=world.specialist, draft=merged, into=None)


def test_somebody_else_s_change_of_the_row_is_not_written_over(world: PlanWorld) -> None:
    seen = world.plan.version
    row = world.row("Đề án hè phố")
    actions.edit(actor=world.colleague, draft=world.row("Đề án hè phố"), title="Sở Xây dựng xây dựng Đề án hè phố đẹp")
    with pytest.raises(InputError) as refused:
        actions.edit(actor=world.specialist, draft=world.row("Đề án hè phố"), title="Khác", seen=seen)
    assert refused.value.code == "stale" and "Người colleague" in refused.value.vi
    actions.edit(actor=world.specialist, draft=world.row("chợ ven sông"), deliverable="Báo cáo", seen=seen)
    assert Draft.objects.get(pk=row.pk).title.endswith("đẹp")


@pytest.mark.parametrize("seed", range(6))
def test_any_steps_keep_one_lead_and_come_back_exactly(world: PlanWorld, seed: int) -> None:
    chance = random.Random(seed)
    begin = images(world.plan)
    for _ in range(14):
        plan = Plan.objects.get(pk=world.plan.pk)
        rows = list(actions.live(plan))
        row = Draft.objects.select_related("plan__unit", "plan__document", "lead").get(pk=chance.choice(rows).pk)
        offers = [s for s in row.suggestions if len(s["members"]) < 20] if row.lead_id is None else []
        match chance.randrange(6):
            case 0 if offers:
                offer = chance.choice(offers)
                resolving.resolve(actor=world.specialist, draft=row, act=offer["action"], code=offer["code"])
            case 1:
                actions.drop(actor=world.specialist, draft=row, reason="thử")
            case 2 if len(rows) > 2:
                other = next(r for r in rows if r.pk != row.pk)
                pieces.merge(actor=world.specialist, draft=row, into=Draft.objects.get(pk=other.pk))
            case 3:
                actions.add(actor=world.specialist, plan=plan, title="Việc thêm", reason="thử")
            case 4:
                actions.edit(actor=world.specialist, draft=row, lead=world.province.code, deliverable="Báo cáo")
            case _:
                actions.undo(actor=world.specialist, plan=plan)
        for live in actions.live(Plan.objects.get(pk=plan.pk)):
            assert changes.blocking(live) or live.lead is not None
            assert live.lead_id not in {u.pk for u in live.cooperating.all()}
    while actions.undo(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk)):
        pass
    assert images(world.plan) == begin
    while actions.redo(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk)):
        pass
    again = images(world.plan)
    while actions.undo(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk)):
        pass
    while actions.redo(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk)):
        pass
    assert images(world.plan) == again


# --- decisions -------------------------------------------------------------------------------------------------------


def test_rows_without_an_owner_hold_the_plan_back(world: PlanWorld) -> None:
    for decide, actor in ((decisions.submit, world.specialist), (decisions.approve, world.leader)):
        with pytest.raises(InputError) as refused:
            decide(actor=actor, plan=world.plan)
        assert refused.value.code == "no_owner"
    assert not Task.objects.exists()


def test_a_submitted_plan_is_changed_by_its_approver_only(world: PlanWorld) -> None:
    world.settle()
    decisions.submit(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk))
    with pytest.raises(InputError) as refused:
        actions.edit(actor=world.specialist, draft=world.row("Đề án hè phố"), title="Đổi")
    assert refused.value.code == "submitted"
    actions.edit(actor=world.leader, draft=world.row("Đề án hè phố"), deliverable="Đề án")
    decisions.take_back(actor=world.specialist, plan=Plan.objects.get(pk=world.plan.pk))
    actions.edit(actor=world.specialist, draft=world.row("Đề án hè phố"), deliverable="Đề án hè phố")


DECISIONS = [  # how the plan's state is decided, who does it, what more it needs
    (decisions.submit, "specialist", {}),
    (decisions.take_back, "specialist", {}),
    (decisions.send_back, "leader", {"note": "sửa dòng 2"}),
]


@pytest.mark.parametrize(("decide", "who", "more"), DECISIONS)
def test_a_decision_from_an_old_copy_reopens_nothing_and_keeps_the_version(
    world: PlanWorld, decide: Callable[..., Plan], who: str, more: dict[str, str]
) -> None:
    world.settle()
    old = Plan.objects.get(pk=world.plan.pk)
    actions.edit(actor=world.colleague, draft=world.row("Đề án hè phố"), deliverable="Đề án")
    decided = decide(actor=getattr(world, who), plan=old, **more)
    now = Plan.objects.get(pk=old.pk)
    assert now.version == old.version + 1 and decided.state == now.state
    decisions.approve(actor=world.leader, plan=now)
    with pytest.raises(InputError) as refused:
        decide(actor=getattr(world, who), plan=old, **more)
    assert refused.value.code == "approved" and Plan.objects.get(pk=old.pk).state == "approved"


def test_no_version_is_approved_unread(world: PlanWorld) -> None:
    world.settle()
    seen = Plan.objects.get(pk=world.plan.pk).version
    actions.edit(actor=world.specialist, draft=world.row("Đề án hè phố"), deliverable="Đề án")
    with pytest.raises(InputError) as refused:
        decisions.approve(actor=world.leader, plan=world.plan, seen=seen)
    assert refused.value.code == "stale" and not Task.objects.exists()


def test_each_live_row_becomes_one_task_with_one_lead(world: PlanWorld) -> None:
    world.settle()
    actions.drop(actor=world.specialist, draft=world.row("dọn dẹp vỉa hè"), reason="làm riêng")
    decisions.approve(actor=world.leader, plan=world.plan)
    tasks = list(Task.objects.order_by("path"))
    assert [t.draft_id for t in tasks] == [d.pk for d in actions.live(world.plan)]
    assert all(t.lead_id and t.lead_id not in t.cooperations.values_list("unit_id", flat=True) for t in tasks)
    assert len({t.path for t in tasks}) == len(tasks)
    with pytest.raises(InputError) as refused:
        actions.edit(actor=world.leader, draft=world.row("Đề án hè phố"), title="Sau khi duyệt")
    assert refused.value.code == "approved"


def test_a_collective_decides_with_its_minutes(world: PlanWorld) -> None:
    world.settle()
    with pytest.raises(InputError) as refused:
        decisions.approve(actor=world.leader, plan=world.plan, kind="collective", meeting_body="Ban Thường vụ")
    assert refused.value.code == "minutes" and not Task.objects.exists()
    plan = decisions.approve(
        actor=world.leader,
        plan=world.plan,
        kind="collective",
        meeting_body="Ban Thường vụ Tỉnh ủy",
        meeting_on=dt.date(2026, 10, 9),
        minutes_number="12-BB/TU",
    )
    assert plan.state == "approved" and Task.objects.count() == 6
    told = audit_words.detail_words(AuditEntry.objects.get(action="plan.approve"))
    assert "tập thể quyết định: Ban Thường vụ Tỉnh ủy" in told
    assert "ngày họp: 09/10/2026" in told and "12-BB/TU" in told


def test_who_may_do_what(world: PlanWorld) -> None:
    world.settle()
    for actor in (world.viewer, world.stranger):
        with pytest.raises(PermissionDenied):
            actions.edit(actor=actor, draft=world.row("Đề án hè phố"), title="X")
        with pytest.raises(PermissionDenied):
            decisions.submit(actor=actor, plan=world.plan)
    with pytest.raises(PermissionDenied):
        decisions.approve(actor=world.specialist, plan=world.plan)
    assert not Task.objects.exists()


def test_why_a_row_was_dropped_or_added_is_in_the_audit(world: PlanWorld) -> None:
    actions.drop(actor=world.specialist, draft=world.row("Đề án hè phố"), reason="làm riêng")
    assert "lý do: làm riêng" in audit_words.detail_words(AuditEntry.objects.get(action="plan.drop"))
    actions.add(actor=world.specialist, plan=world.plan, title="Việc sót", reason="đọc sót")
    assert "lý do: đọc sót" in audit_words.detail_words(AuditEntry.objects.get(action="plan.add"))


def test_every_step_is_audited_and_a_refused_one_leaves_nothing(world: PlanWorld) -> None:
    row = world.row("Đề án hè phố")
    before, line = images(world.plan), AuditEntry.objects.count()
    with pytest.raises(InputError):
        actions.edit(actor=world.specialist, draft=row, lead="khong-co")
    assert images(world.plan) == before and AuditEntry.objects.count() == line
    actions.edit(actor=world.specialist, draft=world.row("Đề án hè phố"), deliverable="Đề án")
    assert AuditEntry.objects.order_by("-pk").first().action == "plan.edit"
