"""Change events as records: applied, told, refused, undone; open tasks go with them; the rights; plans."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.system.world_of_tasks import World, make_world

from bonhoa.apparatus.changes import Change, Move, NewUnit, Part
from bonhoa.apparatus.vocabulary import EventKind, EventState
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import event_actions, event_records, old_names
from bonhoa_web.apparatus.dated import guarded_models
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.map_queries import Found
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    Duty,
    Function,
    Holding,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    Succession,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.apparatus.queries import existing, hanging_on
from bonhoa_web.execution.models import Cooperation
from bonhoa_web.execution.task_history import history
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
K = EventKind
BORN, DAY = dt.date(2020, 1, 1), dt.date(2025, 3, 1)
EVE = DAY - dt.timedelta(days=1)


@pytest.fixture
def admin(db: None, person: Callable[..., User]) -> User:
    """An administrator of UBND U, under which sở A and B (each: head, clerk, lead of a function) and room R of A stand."""
    top = Unit(code="U", name="UBND", folded="ubnd", level="province", kind="people_committee")
    units = [top]
    for code in "ABD":
        units.append(
            Unit(
                code=code,
                name=f"Sở {code}",
                folded=f"so {code}",
                level="province",
                kind="department",
                parent=top,
                valid_from=BORN,
                official_code=f"H{code}",
            )
        )
    units.append(Unit(code="R", name="Phòng R", folded="phong r", level="province", kind="department", parent=units[1]))
    found(units)
    for unit in units[1:3]:
        c = unit.code
        function = Function.objects.create(code=f"f{c}")
        Mandate.objects.create(function=function, unit=unit, role="lead", act="NĐ 1")
        for n, title in ((1, "Giám đốc"), (2, "Chuyên viên")):
            position = JobPosition.objects.create(code=f"j{c}{n}")
            PositionVersion.objects.create(position=position, unit=unit, title=title, group="support")
            post = Post.objects.create(code=f"p{c}{n}")
            PostVersion.objects.create(post=post, position=position, unit=unit, title=title, is_head=n == 1)
            holder = Person.objects.create(code=f"x{c}{n}", full_name="Nguyễn An", folded="nguyen an")
            Holding.objects.create(post=post, person=holder, mode="official")
        Duty.objects.create(position=position, function=function, share=50)
    return person(Role.ADMIN, top)


def merging(**more: Any) -> Change:
    new = NewUnit("C", "Sở C", "province", "department", "U", "SC", (("statistics", "HA"),))
    values: dict[str, Any] = {"moves": (Move("post", "pA1", "C", head=True),), "new": (new,)} | more
    return Change(K.CONSOLIDATE, DAY, "05/NQ-HĐND", ("A", "B"), ("C",), provision="khoản 2 Điều 1", **values)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def counting() -> dict[str, set[tuple[Any, ...]]]:
    """What counts, without who recorded it."""
    aside = {"id", "event_id", "act", "provision", "recorded_at", "recorded_by_id", "supersedes_id", "superseded_at"}
    return {
        model._meta.model_name: {
            tuple(sorted((k, str(v)) for k, v in row.items() if k not in aside)) for row in model.objects.values()
        }
        for model in guarded_models()
    }


def test_a_consolidation_is_written_told_and_undone(admin: User) -> None:
    before, columns = counting(), list(Unit.objects.order_by("code").values())
    event = event_actions.draft(actor=admin, change=merging())
    assert counting() == before and event_records.preview(event).begun == ("C",)
    event = event_actions.apply(actor=admin, event=event)
    c, a = unit("C"), unit("A")
    assert (c.parent, c.valid_from, c.short_name, c.official_code) == (unit("U"), DAY, "SC", "HA")
    assert a.valid_to == DAY and set(existing(EVE)) - set(existing(DAY)) == {a, unit("B")}
    assert c in set(existing(DAY)) - set(existing(EVE))
    assert UnitParent.objects.on(EVE).get(unit=unit("R")).parent == a and unit("R").parent == c
    assert UnitCode.objects.on(DAY).get(code="HA").unit == c and UnitCode.objects.on(EVE).get(code="HA").unit == a
    mandates = Mandate.objects.on(DAY).filter(unit=c)
    assert {m.function.code for m in mandates} == {"fA", "fB"} and {m.act for m in mandates} == {"05/NQ-HĐND"}
    assert Mandate.objects.on(EVE).get(function__code="fA").unit == a
    posts = PostVersion.objects.on(DAY)
    assert {p.unit for p in posts} == {c} and [p.post.code for p in posts if p.is_head] == ["pA1"]
    assert Holding.objects.on(DAY).count() == 4 and Duty.objects.on(DAY).count() == 2
    followed = Succession.objects.get(old=a)
    assert (followed.new, followed.on, followed.whole, followed.provision) == (c, DAY, True, "khoản 2 Điều 1")
    assert {(u.unit.code, u.goes_in, u.comes_out) for u in event.units.all()} == {
        ("A", True, False),
        ("B", True, False),
        ("C", False, True),
    }
    entry = AuditEntry.objects.latest("seq")
    assert entry.action == "event.apply" and entry.detail["ended"] == ["A", "B"] and entry.detail["moves"] == 11

    reversal = event_actions.reverse(actor=admin, event=event, act="09/NQ-HĐND", reason="ghi nhầm")
    event.refresh_from_db()
    assert event.state == str(EventState.REVERSED) and reversal.reverses == event
    assert counting() == before, "the map is as if it had not been"
    assert list(Unit.objects.exclude(code="C").order_by("code").values()) == columns
    (said,) = old_names.told([Found(unit("C"), UnitName.everything.filter(unit=unit("C"))[0], False, ())], DAY)
    assert said.words == "việc thành lập đã bị hủy (căn cứ 09/NQ-HĐND)"
    assert unit("C") not in set(existing(DAY)) and not unit("C").exists_on(DAY)
    assert UnitName.everything.filter(unit=unit("C")).exists(), "what was recorded stays"
    assert audit.verify() is None
    with pytest.raises(InputError, match="không phải thay đổi đang có hiệu lực"):
        event_actions.reverse(actor=admin, event=event, act="1", reason="")


CHANGES: list[tuple[str, Change]] = [
    ("absorb", Change(K.ABSORB, DAY, "NQ", ("A",), ("B",))),
    ("rename", Change(K.RENAME, DAY, "NQ", ("A",), name="Sở Á")),
    ("reparent", Change(K.REPARENT, DAY, "NQ", ("R",), parent="B")),
    ("to the top", Change(K.REPARENT, DAY, "NQ", ("R",), parent=None)),
    ("transfer", Change(K.TRANSFER, DAY, "NQ", ("A",), ("B",), functions=("fA",))),
    ("separate", Change(K.SEPARATE, DAY, "NQ", ("A",), ("E",), (NewUnit("E", "Sở E", "province", "department", "U"),), (Move("position", "jA2", "E"),))),
    ("divide", Change(K.DIVIDE, DAY, "NQ", ("A",), ("E", "F"), tuple(NewUnit(c, f"Sở {c}", "province", "department", "U") for c in "EF"), (Move("mandate", "*", "E", of="A"), Move("position", "jA1", "E"), Move("position", "jA2", "F"), Move("unit", "R", "F")))),
    ("dissolve", Change(K.DISSOLVE, DAY, "NQ", ("D",))),
    ("create", Change(K.CREATE, DAY, "NQ", (), ("E",), (NewUnit("E", "Sở E", "province", "department", "U"),))),
    ("rearrange", Change(K.REARRANGE, DAY, "NQ", ("D",), ("B", "E"), (NewUnit("E", "Sở E", "province", "department", "U"),), parts=(Part("D", "B", False, "khoản 1"), Part("D", "E", False, "khoản 2")))),
]  # fmt: skip


@pytest.mark.parametrize(("told", "change"), CHANGES, ids=[told for told, _ in CHANGES])
def test_every_kind_is_written_as_the_library_says_and_undone(admin: User, told: str, change: Change) -> None:
    before = counting()
    event = event_actions.draft(actor=admin, change=change)
    outcome = event_records.preview(event)
    event_actions.apply(actor=admin, event=event)
    assert {u.code for u in existing(DAY)} >= set(outcome.after.units)
    assert not {u.code for u in existing(DAY)} & set(outcome.ended)
    again = event_records.map_rows(
        [replace(change, inputs=tuple(c for c in change.inputs if c not in outcome.ended), new=())], DAY
    )
    for code, now in again.state.units.items():
        wanted = outcome.after.units[code]
        assert (now.name, now.parent, set(now.other_parents)) == (wanted.name, wanted.parent, set(wanted.other_parents))
    held = {(m.function.code, m.unit.code) for m in Mandate.objects.on(DAY)}
    assert held >= {(m.function, m.unit) for m in outcome.after.mandates.values()} and len(held) == 2
    assert {(p.post.code, p.unit.code) for p in PostVersion.objects.on(DAY)} >= {
        (p.key, p.unit) for p in outcome.after.posts.values()
    }
    assert counting() != before
    event_actions.reverse(actor=admin, event=event, act="NQ 2", reason="")
    assert counting() == before


def test_an_event_on_the_day_on_which_a_row_began_leaves_no_empty_period(admin: User) -> None:
    for name in ("Sở Á", "Sở Ạ"):
        event_actions.apply(
            actor=admin, event=event_actions.draft(actor=admin, change=Change(K.RENAME, DAY, "NQ", ("A",), name=name))
        )
    names = list(
        UnitName.objects.filter(unit__code="A").order_by("valid_from").values_list("name", "valid_from", "valid_to")
    )
    assert names == [("Sở A", BORN, DAY), ("Sở Ạ", DAY, None)]
    first, second = ChangeEvent.objects.order_by("pk")
    with pytest.raises(InputError, match="dựa vào nó"):
        event_actions.reverse(actor=admin, event=first, act="NQ", reason="")
    for event in (second, first):
        event_actions.reverse(actor=admin, event=event, act="NQ", reason="")
    assert unit("A").name == "Sở A" and UnitName.objects.filter(unit__code="A").count() == 1


def test_later_records_stand_in_the_way_and_are_named(admin: User) -> None:
    event = event_actions.apply(actor=admin, event=event_actions.draft(actor=admin, change=merging()))
    Mandate.objects.create(function=Function.objects.create(code="f9"), unit=unit("C"), role="lead", valid_from=DAY)
    with pytest.raises(InputError, match="Sở C đã có thêm “chức năng, nhiệm vụ”"):
        event_actions.reverse(actor=admin, event=event, act="NQ", reason="")
    early = Change(K.ABSORB, EVE, "NQ", ("A",), ("D",))
    with pytest.raises(InputError, match="đã được ghi là kết thúc ngày 01/03/2025"):
        event_actions.apply(actor=admin, event=event_actions.draft(actor=admin, change=early))
    PostVersion.objects.create(
        post=Post.objects.create(code="p9"),
        position=JobPosition.objects.create(code="j9"),
        unit=unit("D"),
        title="x",
        valid_from=DAY,
    )
    with pytest.raises(InputError, match="Sở D đã có thay đổi ghi cho ngày 01/03/2025"):
        event_actions.apply(
            actor=admin, event=event_actions.draft(actor=admin, change=Change(K.ABSORB, EVE, "NQ", ("D",), ("U",)))
        )


def test_a_refused_event_writes_nothing(admin: User) -> None:
    Mandate.objects.create(function=Function.objects.get(code="fA"), unit=unit("D"), role="lead", scope=unit("U"))
    Mandate.objects.create(
        function=Function.objects.get(code="fB"), unit=unit("A"), role="lead", scope=unit("D"), valid_to=DAY
    )
    before = counting()
    for change, words in (
        (
            replace(merging(), moves=(Move("post", "pA1", "C", head=True), Move("post", "pB1", "C", head=True))),
            "hai người đứng đầu",
        ),
        (Change(K.DISSOLVE, DAY, "NQ", ("A",)), "Sở A kết thúc nhưng"),
        (
            merging(new=(NewUnit("C", "Sở C", "province", "department", "U", "", (("statistics", "HD"),)),)),
            "Mã HD ngày 01/03/2025 là của Sở D",
        ),
    ):
        draft = event_actions.draft(actor=admin, change=change)
        with pytest.raises(InputError, match=words):
            event_actions.apply(actor=admin, event=draft)
        draft.refresh_from_db()
        assert draft.state == str(EventState.DRAFT) and counting() == before


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_open_tasks_go_to_the_heir_and_come_back(world: World, person: Callable[..., User]) -> None:
    old, heir = (Unit(code=c, name=f"Sở {c}", folded=f"so {c}", level="province", kind="department") for c in "MN")
    found([old, heir])
    world.units |= {"M": old, "N": heir}
    open_, done = world.task(lead="M"), world.task(lead="M", state="verified")
    Cooperation.objects.create(task=open_, unit=heir)
    admin = person(Role.ADMIN, old)
    admin.grants.create(role=str(Role.ADMIN), unit=heir, valid_from=BORN)
    assert [(h.count, h.url) for h in hanging_on(old)] == [(1, f"/thuc-hien/nhiem-vu/?donvi={old.pk}")]
    with pytest.raises(InputError, match="1 nhiệm vụ đang thực hiện chưa có nơi nhận: Nhiệm vụ số"):
        event_actions.apply(
            actor=admin, event=event_actions.draft(actor=admin, change=Change(K.DISSOLVE, DAY, "NQ", ("M",)))
        )
    event = event_actions.apply(
        actor=admin, event=event_actions.draft(actor=admin, change=Change(K.ABSORB, DAY, "NQ", ("M",), ("N",)))
    )
    for task, lead in ((open_, heir), (done, old)):
        task.refresh_from_db()
        assert task.lead == lead
    assert not open_.cooperations.exists(), "the lead never cooperates"
    event_actions.reverse(actor=admin, event=event, act="NQ", reason="")
    open_.refresh_from_db()
    assert open_.lead == old and [c.unit for c in open_.cooperations.all()] == [heir]
    assert [line.words for line in history(open_)] == [
        "chuyển chủ trì theo NQ: Sở N → Sở M",
        "chuyển chủ trì theo NQ: Sở M → Sở N",
    ]
    assert not history(done)


@pytest.mark.parametrize(("told", "code"), [("loaded", "loaded"), ("a reversal", "not_applied")])
def test_what_was_stored_without_its_change_is_refused_in_a_sentence(
    admin: User, person: Callable[..., User], told: str, code: str
) -> None:
    """Found by review: events of the register, and reversals, are stored without `change`."""
    event = event_actions.apply(actor=admin, event=event_actions.draft(actor=admin, change=CHANGES[1][1]))
    if told == "loaded":
        ChangeEvent.objects.filter(pk=event.pk).update(change={}, outcome={"loaded": True})
        event.refresh_from_db()
    else:
        event = event_actions.reverse(actor=admin, event=event, act="NQ", reason="")
    with pytest.raises(InputError) as refused:
        event_actions.reverse(actor=admin, event=event, act="NQ", reason="")
    assert refused.value.code == code
    with pytest.raises(InputError, match="đã áp dụng"):
        event_actions.drop(actor=admin, event=event)
    with pytest.raises(PermissionDenied):
        event_actions.reverse(actor=person(Role.ADMIN, unit("D")), event=event, act="NQ", reason="")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.LEADER, Role.OFFICER])
def test_only_the_administrator_of_every_unit_concerned(admin: User, person: Callable[..., User], role: Role) -> None:
    draft = event_actions.draft(actor=admin, change=merging())
    for actor in (person(role, unit("U")), person(Role.ADMIN, unit("A"))):
        with pytest.raises(PermissionDenied):
            event_actions.draft(actor=actor, change=merging())
        with pytest.raises(PermissionDenied):
            event_actions.apply(actor=actor, event=draft)
    assert AuditEntry.objects.latest("seq").action == "refused:event.apply"


def test_a_plan_is_compared_then_applied_whole_or_not_at_all(admin: User) -> None:
    plan = event_actions.make_plan(actor=admin, unit=unit("U"), name="Sắp xếp 2025", base=EVE)
    event_actions.draft(actor=admin, change=merging(), plan=plan)
    # C exists only once the first draft is applied: the plan's own right covers it
    later = Change(K.RENAME, DAY + dt.timedelta(days=9), "NQ", ("C",), name="Sở Mới")
    wrong = ChangeEvent.objects.create(
        kind="rename",
        effective=later.effective,
        act="NQ",
        change=replace(later, inputs=("Z",)).to_json(),
        plan=plan,
        order=1,
    )
    with pytest.raises(InputError, match="không có cơ quan “Z”"):
        event_actions.comparison(plan)
    with pytest.raises((InputError, PermissionDenied)):
        event_actions.apply_plan(actor=admin, plan=plan)
    assert not Unit.objects.filter(code="C").exists()
    wrong.change = later.to_json()
    wrong.save()
    seen = event_actions.comparison(plan)
    assert (seen.before["heads"], seen.after["heads"], seen.after["posts"], seen.moves["post"]) == (2, 1, 4, 4)
    assert seen.outcomes[-1].after.units["C"].name == "Sở Mới"
    event_actions.apply_plan(actor=admin, plan=plan)
    assert unit("C").name == "Sở Mới" and not plan.events.filter(state="draft").exists()
    event_actions.drop(
        actor=admin, event=event_actions.draft(actor=admin, change=Change(K.RENAME, DAY, "NQ", ("D",), name="x"))
    )
    with pytest.raises(InputError, match="đã áp dụng"):
        event_actions.drop(actor=admin, event=plan.events.first())


def test_rows_that_point_at_what_has_ended_go_on_pointing_there(admin: User) -> None:
    """Found by random writes: a place and a guiding body that ended without their rows being mended."""
    function = Function.objects.create(code="f9")
    Mandate.objects.create(function=function, unit=unit("A"), role="support", scope=unit("D"))
    UnitParent.objects.create(unit=unit("R"), parent=unit("D"), relation="guidance")
    UnitLife.objects.get(unit=unit("D")).supersede(valid_to=EVE)
    for change in (
        Change(K.ABSORB, DAY, "NQ", ("A",), ("B",)),
        Change(K.REPARENT, DAY + dt.timedelta(days=1), "NQ", ("R",), parent="U"),
    ):
        event_actions.apply(actor=admin, event=event_actions.draft(actor=admin, change=change))
    assert Mandate.objects.on(DAY).get(function=function).unit == unit("B")
    assert Mandate.objects.on(DAY).get(function=function).scope == unit("D")
    parents = UnitParent.objects.on(DAY + dt.timedelta(days=1)).filter(unit=unit("R"))
    assert {(p.relation, p.parent.code) for p in parents} == {("line", "U"), ("guidance", "D")}
