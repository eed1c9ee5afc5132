"""What `test_plan_decisions` leaves open: every step by every person, its way back, and two people at one plan."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents.models import ReadingStatus
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution.models import Cooperation, Draft, Event, Plan, PlanChange, Task
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, Grant, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db

TASKS = """1. Sở Tư pháp chủ trì rà soát quy ước của các khối phố, hoàn thành trước ngày 30/9/2026.
2. Sở Thủy lợi sông Lam chủ trì lập bản đồ cống thoát nước, trình Ủy ban nhân dân tỉnh trước ngày 20/12/2026.
3. Sở Xây dựng chủ trì lập Đề án thay ghế đá hư hỏng, trình Ủy ban nhân dân tỉnh trước ngày 25/12/2026.
4. Sở Y tế chủ trì phun thuốc diệt muỗi tại các bến xe trước ngày 18/12/2026.
5. Sở Y tế chủ trì phun thuốc diệt muỗi tại các bến xe trước ngày 18/12/2026.
6. Giao Sở Y tế và Sở Kế hoạch và Đầu tư lập Đề án bến thuyền, trình Ủy ban nhân dân tỉnh trước ngày 10/12/2026.
7. Giao Sở Giáo duc và Đào tạo lập Danh mục trường học bên hè phố, hoàn thành trước ngày 11/12/2026.
8. Giao Sở Nội vụ và Sở Tài chính lập Danh sách đội trật tự, hoàn thành trước ngày 12/12/2026.
9. Sở Dân tộc và Tôn giáo tổ chức trồng cây xanh dọc bờ kè.
10. Giao các sở, ban, ngành cấp tỉnh vận động cán bộ tham gia ngày chủ nhật xanh, hoàn thành trước ngày 22/12/2026.
11. Công an tỉnh chủ trì, phối hợp với Sở Tài chính và các hội đoàn thể kiểm tra bãi giữ xe hằng quý.
"""
PROBLEMS = [
    ("quy ước", "past_deadline"),
    ("quy ước", "no_deliverable"),
    ("cống thoát nước", "unknown_body"),
    ("bến thuyền", "several_leads"),
    ("bến thuyền", "ended_body"),
    ("trường học", "unknown_body"),
    ("trồng cây xanh", "no_deadline"),
    ("chủ nhật xanh", "collective_lead"),
]


@pytest.fixture
def world(db: None) -> PlanWorld:
    return make_plan(TASKS)


def again(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def images(plan: Plan) -> list[changes.Image]:
    return [changes.image(d) for d in plan.drafts.order_by("pk")]


def neighbour(role: Role) -> User:
    """A person with a role for a body that has nothing to do with the plan."""
    user = User.objects.create_user(f"lang-gieng-{role}", full_name="Người láng giềng")
    Grant.objects.create(user=user, role=str(role), unit=Unit.objects.get(code="Z"), valid_from=dt.date(2020, 1, 1))
    return user


def choose(w: PlanWorld, actor: User) -> Any:
    return actions.resolve(actor=actor, draft=w.row("đội trật tự"), act="choose", code="vn-40/so-tai-chinh")


Step = Callable[[PlanWorld, User], Any]
STEPS: dict[str, Step] = {
    "edit": lambda w, a: actions.edit(actor=a, draft=w.row("quy ước"), title="Sửa", deliverable="Báo cáo"),
    "choose": choose,
    "split": lambda w, a: actions.resolve(actor=a, draft=w.row("đội trật tự"), act="split"),
    "expand": lambda w, a: actions.resolve(actor=a, draft=w.row("chủ nhật xanh"), act="expand"),
    "replace": lambda w, a: actions.resolve(actor=a, draft=w.row("bến thuyền"), act="replace"),
    "add": lambda w, a: actions.add(actor=a, plan=w.plan, title="Quét vôi gốc cây", reason="đọc sót"),
    "drop": lambda w, a: actions.drop(actor=a, draft=w.row("quy ước"), reason="đã làm xong"),
    "restore": lambda w, a: actions.restore(actor=a, draft=w.row("trồng cây xanh")),
    "accept": lambda w, a: actions.accept(actor=a, draft=w.row("ghế đá")),
    "accept_all": lambda w, a: actions.accept_all(actor=a, plan=w.plan),
    "merge": lambda w, a: actions.merge(actor=a, draft=w.row("ghế đá"), into=w.row("bãi giữ xe")),
}
BACK: dict[str, Step] = {
    "undo": lambda w, a: actions.undo(actor=a, plan=w.plan),
    "redo": lambda w, a: actions.redo(actor=a, plan=w.plan),
}
HANDED: dict[str, Step] = {
    "submit": lambda w, a: decisions.submit(actor=a, plan=w.plan),
    "take_back": lambda w, a: decisions.take_back(actor=a, plan=w.plan),
}
DECIDED: dict[str, Step] = {
    "send_back": lambda w, a: decisions.send_back(actor=a, plan=w.plan, note="thiếu thời hạn"),
    "approve": lambda w, a: decisions.approve(actor=a, plan=w.plan),
}
EVERY = STEPS | BACK | HANDED | DECIDED


# --- the rows as reading leaves them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "problem"), PROBLEMS)
def test_every_kind_of_problem_stands_on_its_row(world: PlanWorld, words: str, problem: str) -> None:
    assert problem in world.row(words).problems


def test_the_second_print_of_a_task_is_a_duplicate(world: PlanWorld) -> None:
    first, second = world.plan.drafts.filter(title__contains="diệt muỗi")
    assert "duplicate" not in first.problems and "duplicate" in second.problems and not changes.blocking(second)


def test_a_row_by_hand_has_no_lead_until_it_gets_one(world: PlanWorld) -> None:
    row = STEPS["add"](world, world.specialist)
    assert "no_lead" in row.problems and changes.blocking(row) and (row.start, row.end) == (None, None)
    row = actions.edit(actor=world.specialist, draft=row, lead="vn-40/so-y-te")
    assert "no_lead" not in row.problems and not changes.blocking(row)


def test_a_plan_is_made_once_and_only_of_what_was_read(world: PlanWorld) -> None:
    document = world.plan.document
    assert actions.make_plan(actor=world.leader, document=document) == world.plan
    with pytest.raises(PermissionDenied):
        actions.make_plan(actor=world.viewer, document=document)
    document.pk, document.status, document.job = None, ReadingStatus.WAITING, None
    with pytest.raises(InputError) as refused:
        actions.make_plan(actor=world.specialist, document=document)
    assert refused.value.code == "not_read"


# --- resolving and correcting ----------------------------------------------------------------------------------------


def test_a_near_name_is_taken_for_an_unknown_one(world: PlanWorld) -> None:
    row = world.row("trường học")
    actions.resolve(actor=world.specialist, draft=row, act="replace", code="vn-40/so-gddt")
    row = world.row("trường học")
    assert row.lead is not None and row.lead.code == "vn-40/so-gddt"
    assert not changes.blocking(row) and not row.suggestions


def test_a_successor_leads_and_the_other_named_body_is_not_lost(world: PlanWorld) -> None:
    STEPS["replace"](world, world.specialist)
    row = world.row("bến thuyền")
    assert row.lead is not None and row.lead.code == "vn-40/so-tai-chinh"
    assert [u.code for u in row.cooperating.all()] == ["vn-40/so-y-te"]


def test_divided_rows_keep_those_who_cooperate(world: PlanWorld) -> None:
    police = Unit.objects.get(code="vn-40/cong-an")
    world.row("đội trật tự").cooperating.set([police, Unit.objects.get(code="vn-40/so-tai-chinh")])
    for row in STEPS["split"](world, world.specialist):
        assert list(row.cooperating.all()) == [police] and row.lead_names == [row.lead.name]


@pytest.mark.parametrize(
    ("field", "value", "gone"),
    [
        ("due_on", dt.date(2026, 12, 30), "past_deadline"),
        ("deliverable", "Báo cáo rà soát", "no_deliverable"),
        ("title", "Rà soát lại quy ước của khối phố", ""),
        ("recurrence", "monthly", ""),
        ("event", "kỳ họp cuối năm", ""),
        ("leader", "leader", ""),
        ("monitor", "specialist", ""),
    ],
)
def test_each_field_is_corrected_and_its_flag_goes(world: PlanWorld, field: str, value: Any, gone: str) -> None:
    value = getattr(world, value) if field in {"leader", "monitor"} else value
    begin = images(world.plan)
    actions.edit(actor=world.specialist, draft=world.row("quy ước"), **{field: value})
    row = world.row("quy ước")
    assert getattr(row, field) == value and gone not in row.problems and row.reviewed
    actions.undo(actor=world.specialist, plan=world.plan)
    assert images(world.plan) == begin


def test_a_body_that_has_ended_by_then_is_no_owner(world: PlanWorld) -> None:
    old = Unit.objects.create(
        code="CU", name="Ban cũ", folded="ban cu", level="province", kind="other", valid_to=dt.date(2026, 1, 1)
    )
    row = actions.edit(actor=world.specialist, draft=world.row("quy ước"), lead=old.code)
    assert row.problems[0] == "ended_body" and changes.blocking(row)


def test_a_lead_named_among_the_cooperating_is_left_out_there(world: PlanWorld) -> None:
    codes = ["vn-40/so-y-te", "vn-40/cong-an"]
    row = actions.edit(actor=world.specialist, draft=world.row("quy ước"), lead=codes[0], cooperating=codes)
    assert [u.code for u in row.cooperating.all()] == codes[1:]


def test_agreeing_with_all_leaves_out_rows_without_an_owner(world: PlanWorld) -> None:
    STEPS["accept_all"](world, world.specialist)
    for row in world.plan.drafts.all():
        assert row.reviewed != changes.blocking(row)
    version = world.plan.version
    STEPS["accept_all"](world, world.specialist)
    assert again(world.plan).version == version  # nothing left to agree with is no step


def test_a_merged_row_leaves_no_body_and_no_limit_behind(world: PlanWorld) -> None:
    actions.merge(actor=world.specialist, draft=world.row("bãi giữ xe"), into=world.row("trồng cây xanh"))
    into = world.row("trồng cây xanh")
    assert {u.code for u in into.cooperating.all()} == {"vn-40/cong-an", "vn-40/so-tai-chinh"}
    assert into.coordinate_names == ["các hội đoàn thể"]
    assert into.recurrence == "quarterly" and "no_deadline" not in into.problems


def test_what_cannot_be_merged_is_refused(world: PlanWorld) -> None:
    other, gone = make_draft_elsewhere(world), world.row("quy ước")
    actions.drop(actor=world.specialist, draft=gone, reason="trùng")
    begin = images(world.plan)
    for into in (world.row("ghế đá"), gone, other):
        with pytest.raises(InputError) as refused:
            actions.merge(actor=world.specialist, draft=world.row("ghế đá"), into=into)
        assert refused.value.code == "merge" and refused.value.vi and refused.value.en
    assert images(world.plan) == begin


def make_draft_elsewhere(world: PlanWorld) -> Draft:
    document = world.plan.document
    document.pk, document.job = None, None
    document.number, document.identity = "99/KH-UBND", ""
    document.save()
    plan = Plan.objects.create(document=document, unit=world.province, on=world.plan.on, prepared_by=world.leader)
    world.plan.refresh_from_db()
    return Draft.objects.create(plan=plan, order=10, title="Việc của bảng khác")


# --- the way back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_back_and_done_again_exactly(world: PlanWorld, name: str) -> None:
    world.plan.drafts.filter(title__contains="trồng cây xanh").update(dropped=True, note="để sau")
    begin = images(world.plan)
    STEPS[name](world, world.specialist)
    done = images(world.plan)
    assert done != begin
    for _ in range(2):
        assert actions.undo(actor=world.colleague, plan=world.plan)
        assert images(world.plan) == begin
        assert actions.redo(actor=world.specialist, plan=world.plan)
        assert images(world.plan) == done


def test_without_a_step_nothing_comes_back(world: PlanWorld) -> None:
    begin = images(world.plan)
    assert (BACK["undo"](world, world.leader), BACK["redo"](world, world.leader)) == ("", "")
    assert images(world.plan) == begin


def test_a_new_step_ends_what_could_be_done_again(world: PlanWorld) -> None:
    STEPS["split"](world, world.specialist)
    BACK["undo"](world, world.specialist)
    STEPS["drop"](world, world.specialist)
    done = images(world.plan)
    assert BACK["redo"](world, world.specialist) == "" and images(world.plan) == done


@pytest.mark.parametrize("seed", range(5))
def test_any_walk_keeps_one_owner_and_leads_home(world: PlanWorld, seed: int) -> None:
    chance, begin = random.Random(seed), images(world.plan)
    for _ in range(15):
        plan = again(world.plan)
        row = world.plan.drafts.get(pk=chance.choice(list(plan.drafts.all())).pk)
        others = [d for d in actions.live(plan) if d.pk != row.pk]
        moves: list[Callable[[], Any]] = [
            lambda plan=plan: actions.undo(actor=world.colleague, plan=plan),
            lambda plan=plan: actions.redo(actor=world.specialist, plan=plan),
            lambda plan=plan: actions.accept_all(actor=world.specialist, plan=plan),
        ]
        if row.dropped:
            moves.append(lambda row=row: actions.restore(actor=world.specialist, draft=row))
        else:
            for offer in row.suggestions if changes.blocking(row) else []:
                moves.append(
                    lambda row=row, o=offer: actions.resolve(
                        actor=world.specialist, draft=row, act=o["action"], code=o["code"]
                    )
                )
            into = chance.choice(others) if others else None
            code = chance.choice(["vn-40/so-y-te", "vn-40/so-tai-chinh", "vn-40/cong-an"])
            moves += [
                lambda row=row: actions.drop(actor=world.specialist, draft=row, reason="thử"),
                lambda row=row, code=code: actions.edit(actor=world.colleague, draft=row, lead=code),
                *([lambda row=row, into=into: actions.merge(actor=world.colleague, draft=row, into=into)] * bool(into)),
            ]
        chance.choice(moves)()
        for draft in actions.live(world.plan):
            assert changes.blocking(draft) or draft.lead is not None
            assert draft.lead_id not in {u.pk for u in draft.cooperating.all()}
        assert not Task.objects.exists()
    while actions.undo(actor=world.specialist, plan=again(world.plan)):
        pass
    assert images(world.plan) == begin


# --- two people at one plan ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["edit", "resolve", "drop"])
def test_what_somebody_else_changed_meanwhile_is_not_written_over(world: PlanWorld, name: str) -> None:
    seen, words = world.plan.version, "đội trật tự"
    actions.edit(actor=world.colleague, draft=world.row(words), deliverable="Danh sách")
    more = {"resolve": {"act": "split"}, "drop": {"reason": "trùng"}, "edit": {"title": "Khác"}}[name]
    with pytest.raises(InputError) as refused:
        getattr(actions, name)(actor=world.specialist, draft=world.row(words), seen=seen, **more)
    assert refused.value.code == "stale" and "Người colleague" in refused.value.en
    actions.drop(actor=world.specialist, draft=world.row("ghế đá"), reason="trùng", seen=seen)  # another row


def test_taking_a_step_back_is_a_change_too(world: PlanWorld) -> None:
    actions.edit(actor=world.specialist, draft=world.row("ghế đá"), deliverable="Đề án")
    seen = again(world.plan).version
    actions.undo(actor=world.colleague, plan=again(world.plan))
    for _ in range(2):  # and remains one after a further step, which ends what could be done again
        with pytest.raises(InputError) as refused:
            actions.edit(actor=world.specialist, draft=world.row("ghế đá"), title="Khác", seen=seen)
        assert refused.value.code == "stale"
        actions.accept(actor=world.colleague, draft=world.row("quy ước"))


def test_of_two_who_save_at_once_the_second_is_told(world: PlanWorld) -> None:
    mine, hers, seen = world.row("ghế đá"), world.row("ghế đá"), world.plan.version
    actions.edit(actor=world.colleague, draft=hers, deliverable="Đề án ghế đá", seen=seen)
    with pytest.raises(InputError) as refused:
        actions.edit(actor=world.specialist, draft=mine, title="Khác", seen=seen)
    assert refused.value.code == "stale"
    assert world.row("ghế đá").deliverable == "Đề án ghế đá"


def test_steps_begun_at_once_count_one_after_the_other(world: PlanWorld) -> None:
    one, two = world.row("ghế đá"), world.row("quy ước")
    actions.accept(actor=world.specialist, draft=one)
    actions.accept(actor=world.colleague, draft=two)
    assert list(PlanChange.objects.order_by("id").values_list("version", flat=True)) == [2, 3]
    assert again(world.plan).version == 3


def test_what_was_begun_before_the_approval_does_not_follow_it(world: PlanWorld) -> None:
    world.settle()
    early, draft = again(world.plan), world.row("ghế đá")
    decisions.approve(actor=world.leader, plan=again(world.plan))
    for late in (
        lambda: actions.edit(actor=world.specialist, draft=draft, title="Khác"),
        lambda: decisions.send_back(actor=world.leader, plan=early, note="chậm mất rồi"),
        lambda: decisions.submit(actor=world.specialist, plan=early),
    ):
        with pytest.raises(InputError) as refused:
            late()
        assert refused.value.code == "approved"
    assert again(world.plan).state == "approved" and world.row("ghế đá").title != "Khác"


# --- decisions -------------------------------------------------------------------------------------------------------


def test_nothing_is_a_task_before_the_approval(world: PlanWorld) -> None:
    for step in STEPS.values():
        if step is not STEPS["split"] and step is not STEPS["merge"]:  # of rows that an earlier step settled
            world.plan.refresh_from_db()
            step(world, world.specialist) if step is not STEPS["drop"] else None
    world.settle()
    decisions.submit(actor=world.specialist, plan=again(world.plan))
    assert not Task.objects.exists() and not Event.objects.exists()


def test_a_plan_without_rows_is_not_handed_in(world: PlanWorld) -> None:
    world.plan.drafts.update(dropped=True)
    for decide, actor in ((decisions.submit, world.specialist), (decisions.approve, world.leader)):
        with pytest.raises(InputError) as refused:
            decide(actor=actor, plan=world.plan)
        assert refused.value.code == "no_rows"


def test_a_plan_sent_back_says_why_and_can_be_handed_in_again(world: PlanWorld) -> None:
    world.settle()
    decisions.submit(actor=world.specialist, plan=again(world.plan))
    with pytest.raises(InputError):
        decisions.send_back(actor=world.leader, plan=again(world.plan), note=" ")
    decisions.send_back(actor=world.leader, plan=again(world.plan), note="thiếu sản phẩm")
    assert (again(world.plan).state, again(world.plan).returned_note) == ("draft", "thiếu sản phẩm")
    actions.edit(actor=world.specialist, draft=world.row("quy ước"), deliverable="Báo cáo")
    plan = decisions.submit(actor=world.specialist, plan=again(world.plan))
    assert (plan.state, plan.returned_note) == ("submitted", "")


def test_a_task_has_everything_of_its_row(world: PlanWorld) -> None:
    world.settle()
    child, above = world.row("ghế đá"), world.row("quy ước")
    Draft.objects.filter(pk=child.pk).update(parent=above)
    actions.edit(
        actor=world.specialist,
        draft=world.row("ghế đá"),
        leader=world.leader,
        monitor=world.colleague,
        event="kỳ họp cuối năm",
        cooperating=["vn-40/cong-an", "vn-40/so-y-te"],
    )
    decisions.approve(actor=world.leader, plan=world.plan)
    task, parent = Task.objects.get(draft=child), Task.objects.get(draft=above)
    row = world.row("ghế đá")
    for field in ("title", "lead", "office", "leader", "monitor", "deliverable", "start", "end", "recurrence"):
        assert getattr(task, field) == getattr(row, field), field
    assert task.due_original == task.due_current == row.due_on and task.event.name == "kỳ họp cuối năm"
    assert task.parent == parent and task.path.startswith(f"{parent.path}.") and task.state == "new"
    assert set(Cooperation.objects.filter(task=task).values_list("unit__code", flat=True)) == {
        "vn-40/cong-an",
        "vn-40/so-y-te",
    }


def test_a_child_of_a_dropped_row_stands_alone(world: PlanWorld) -> None:
    world.settle()
    child, above = world.row("ghế đá"), world.row("quy ước")
    Draft.objects.filter(pk=child.pk).update(parent=above)
    actions.drop(actor=world.specialist, draft=world.row("quy ước"), reason="đã xong")
    decisions.approve(actor=world.leader, plan=world.plan)
    task = Task.objects.get(draft=child)
    assert task.parent is None and "." not in task.path and not Task.objects.filter(draft=above).exists()


@pytest.mark.parametrize("name", EVERY)
def test_an_approved_plan_stays_as_it_is(world: PlanWorld, name: str) -> None:
    world.settle()
    decisions.approve(actor=world.leader, plan=world.plan)
    done, tasks = images(world.plan), Task.objects.count()
    with pytest.raises(InputError) as refused:
        EVERY[name](world, world.leader)
    assert refused.value.code == "approved"
    assert images(world.plan) == done and Task.objects.count() == tasks == len(list(actions.live(world.plan)))


# --- who, and what is written down -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_who_has_no_part_in_the_plan_changes_nothing(world: PlanWorld, name: str) -> None:
    begin = images(world.plan)
    outsiders = [world.viewer, world.stranger, neighbour(Role.SPECIALIST), neighbour(Role.LEADER)]
    for actor in outsiders + [world.specialist] * (name in DECIDED):
        with pytest.raises(PermissionDenied):
            EVERY[name](world, actor)
        assert AuditEntry.objects.latest("seq").action.startswith("refused:plan.")
    assert images(world.plan) == begin and again(world.plan).state == "draft" and not Task.objects.exists()


@pytest.mark.parametrize("name", EVERY)
def test_each_step_is_one_line_of_the_audit(world: PlanWorld, name: str) -> None:
    if name in HANDED | DECIDED:
        world.settle()
        world.plan.refresh_from_db()
    lines = AuditEntry.objects.count()
    EVERY[name](world, world.leader)
    entry = AuditEntry.objects.latest("seq")
    action = "plan.resolve" if name in {"choose", "split", "expand", "replace"} else f"plan.{name}"
    assert (AuditEntry.objects.count(), entry.action, entry.actor_id) == (lines + 1, action, world.leader.pk)
    assert (entry.object_type, entry.object_id) == ("execution.plan", str(world.plan.pk))
    assert audit.verify() is None


@pytest.mark.parametrize(
    "fails",
    [
        lambda w: actions.edit(actor=w.leader, draft=w.row("ghế đá"), cooperating=["vn-40/so-y-te", "khong-co"]),
        lambda w: actions.resolve(actor=w.leader, draft=w.row("ghế đá"), act="replace"),
        lambda w: actions.add(actor=w.leader, plan=w.plan, title="Quét vôi", reason=" "),
        lambda w: actions.drop(actor=w.leader, draft=w.row("ghế đá"), reason=""),
        lambda w: decisions.approve(actor=w.leader, plan=w.plan),
        lambda w: decisions.send_back(actor=w.leader, plan=w.plan, note=""),
    ],
)
def test_a_step_that_fails_leaves_nothing(world: PlanWorld, fails: Callable[[PlanWorld], Any]) -> None:
    begin, lines, version = images(world.plan), AuditEntry.objects.count(), world.plan.version
    with pytest.raises(InputError) as refused:
        fails(world)
    assert refused.value.vi and refused.value.en
    assert images(world.plan) == begin and AuditEntry.objects.count() == lines
    assert again(world.plan).version == version and not PlanChange.objects.exists() and not Task.objects.exists()
