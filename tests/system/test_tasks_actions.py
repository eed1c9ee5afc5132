"""Every act in every state by every person: what is allowed happens and is audited, what is not changes nothing."""

import datetime as dt
from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.system.world_of_tasks import World, cooperate, make_world

from bonhoa.common.errors import InputError
from bonhoa.execution.progress import State
from bonhoa.execution.transitions import ALLOWED, Act
from bonhoa_web.execution import task_actions
from bonhoa_web.execution.models import Event, Task
from bonhoa_web.execution.task_queries import visible_tasks
from bonhoa_web.execution.task_rights import acts_open_to, may_see
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, User

pytestmark = pytest.mark.django_db

UNIT_SIDE = {"cán bộ A", "giám đốc A", "hai vai"}
ISSUER_SIDE = {"chuyên viên", "lãnh đạo", "hai vai"}
SEES = UNIT_SIDE | ISSUER_SIDE | {"văn thư", "người xem"}
WHO = {
    **dict.fromkeys([Act.RECEIVE, Act.DECLINE, Act.ASSIGN, Act.REPORT, Act.COMPLETE], UNIT_SIDE),
    **dict.fromkeys([Act.VERIFY, Act.REWORK, Act.PAUSE, Act.RESUME, Act.WITHDRAW, Act.REASSIGN], ISSUER_SIDE),
    Act.COMMENT: SEES,
}
RESUMED_TO = State.RECEIVED


@pytest.fixture(scope="module")
def kept_world(kept: None) -> World:
    return make_world()


@pytest.fixture
def world(db: None, kept_world: World) -> World:
    return deepcopy(kept_world)


def do(act: Act, user: User, task: Task, world: World) -> object:
    match act:
        case Act.RECEIVE | Act.RESUME | Act.VERIFY:
            return getattr(task_actions, str(act))(actor=user, task=task)
        case Act.DECLINE | Act.REWORK | Act.PAUSE | Act.WITHDRAW:
            return getattr(task_actions, str(act))(actor=user, task=task, reason="có lý do")
        case Act.ASSIGN:
            return task_actions.assign_person(actor=user, task=task, person=world.people["cán bộ A"])
        case Act.REPORT:
            return task_actions.report(actor=user, task=task, text="đang làm", percent=100)
        case Act.COMPLETE:
            return task_actions.report(actor=user, task=task, text="đã xong", completes=True)
        case Act.REASSIGN:
            return task_actions.reassign(actor=user, task=task, unit=world.units["Sở B"], reason="đúng chức năng")
        case _:
            return task_actions.comment(actor=user, task=task, text="trao đổi")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_act_in_every_state_by_every_person(world: World, state: State, act: Act) -> None:
    for name, user in world.people.items():
        task = world.task(state=state)
        done = AuditEntry.objects.exclude(action__startswith="refused:")
        lines = done.count()
        if name not in WHO[act]:
            with pytest.raises(PermissionDenied):
                do(act, user, task, world)
            after = state
        elif (state, act) in ALLOWED:
            do(act, user, task, world)
            after = ALLOWED[state, act]
            entry = done.latest("seq")
            assert (entry.actor_id, entry.object_type, entry.object_id) == (user.pk, "execution.task", str(task.pk))
            lines += 1
        else:
            with pytest.raises(InputError) as refused:
                do(act, user, task, world)
            assert refused.value.vi and refused.value.en
            after = state
        task.refresh_from_db()
        assert (task.state, done.count()) == (str(after), lines), name
    assert audit.verify() is None


@pytest.mark.parametrize("state", State)
def test_the_buttons_are_what_the_actions_allow(world: World, state: State) -> None:
    task = world.task(state=state)
    for name, user in world.people.items():
        if name in SEES:
            expected = [act for act in Act if (state, act) in ALLOWED and name in WHO[act]]
            assert acts_open_to(user, task) == expected, name


def test_seeing_and_listing_agree(world: World) -> None:
    task = world.task()
    cooperate(task, world.units["Sở B"])
    for name, user in world.people.items():
        expected = name in SEES | {"cán bộ B"}
        assert may_see(user, task) == expected, name
        assert visible_tasks(user).filter(pk=task.pk).exists() == expected, name


def test_a_percentage_of_100_is_not_done(world: World) -> None:
    task = world.task(state=State.RECEIVED)
    task_actions.report(actor=world.people["cán bộ A"], task=task, text="xong cả rồi", percent=100)
    task.refresh_from_db()
    assert task.state == "received" and task.verified_on is None


def test_nobody_verifies_a_report_of_their_own(world: World) -> None:
    both = world.people["hai vai"]
    task = world.task(state=State.RECEIVED)
    task_actions.report(actor=both, task=task, text="xong", completes=True)
    with pytest.raises(InputError, match="không tự xác nhận"):
        task_actions.verify(actor=both, task=task)
    task_actions.verify(actor=world.people["lãnh đạo"], task=task)
    task.refresh_from_db()
    assert task.state == "verified" and task.verified_on == timezone.localdate()


def test_rework_then_pause_then_resume_is_rework_again(world: World) -> None:
    task, officer, leader = world.task(state=State.REPORTED), world.people["cán bộ A"], world.people["lãnh đạo"]
    task_actions.rework(actor=leader, task=task, reason="thiếu số liệu")
    task_actions.pause(actor=leader, task=task, reason="chờ luật mới")
    task_actions.resume(actor=leader, task=task)
    task.refresh_from_db()
    assert task.state == "rework" and task.reported_on is None
    task_actions.report(actor=officer, task=task, text="đã bổ sung", completes=True)
    task_actions.verify(actor=leader, task=task, note="đạt")
    assert [r.outcome for r in task.reports.order_by("id")] == ["rework", "verified"]


@pytest.mark.parametrize("act", [Act.DECLINE, Act.REWORK, Act.PAUSE, Act.WITHDRAW, Act.REASSIGN])
def test_a_reason_is_asked_for(world: World, act: Act) -> None:
    state = {Act.REWORK: State.REPORTED, Act.REASSIGN: State.DECLINED}.get(act, State.RECEIVED)
    task, actor = world.task(state=state), world.people["hai vai"]
    more = {"unit": world.units["Sở B"]} if act is Act.REASSIGN else {}
    with pytest.raises(InputError, match="lý do"):
        getattr(task_actions, str(act))(actor=actor, task=task, reason="  ", **more)
    task.refresh_from_db()
    assert task.state == str(state)


def test_a_reassigned_task_has_one_lead_who_does_not_cooperate(world: World) -> None:
    task = world.task(state=State.DECLINED, declined_reason="không đúng chức năng")
    cooperate(task, world.units["Sở B"])
    task_actions.reassign(actor=world.people["lãnh đạo"], task=task, unit=world.units["Sở B"], reason="đúng chức năng")
    task.refresh_from_db()
    assert (task.lead.name, task.state, task.declined_reason) == ("Sở B", "new", "")
    assert not task.cooperations.exists()


def test_only_a_person_of_the_lead_body_can_be_given_the_task(world: World) -> None:
    task = world.task(state=State.RECEIVED)
    with pytest.raises(InputError, match="không giữ vai trò"):
        task_actions.assign_person(actor=world.people["giám đốc A"], task=task, person=world.people["cán bộ B"])


def test_deadlines_follow_their_event_and_the_original_stays(world: World) -> None:
    event = Event.objects.create(plan=world.plan, name="kỳ họp cuối năm")
    waiting = world.task(state=State.RECEIVED, due=None, event=event)
    done = world.task(state=State.VERIFIED, due=None, event=event)
    first, second = timezone.localdate() + dt.timedelta(days=20), timezone.localdate() + dt.timedelta(days=34)
    with pytest.raises(PermissionDenied):
        task_actions.set_event_date(actor=world.people["cán bộ A"], event=event, on=first)
    task_actions.set_event_date(actor=world.people["chuyên viên"], event=event, on=first)
    with pytest.raises(InputError, match="lý do"):
        task_actions.set_event_date(actor=world.people["chuyên viên"], event=event, on=second)
    task_actions.set_event_date(actor=world.people["chuyên viên"], event=event, on=second, reason="lùi kỳ họp")
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.due_original, waiting.due_current) == (first, second)
    assert done.due_current is None
    moves = AuditEntry.objects.filter(action="event.move").order_by("seq")
    assert [m.detail["before"] for m in moves] == [None, first.isoformat()]
    assert moves.last().detail["tasks"] == [waiting.pk]
