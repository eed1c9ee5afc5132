"""Change events as values: what each kind does, what each is refused for, and that nothing is lost."""

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest

from bonhoa.apparatus.changes import Change, Move, NewUnit, Part, Refused
from bonhoa.apparatus.events import apply, compare
from bonhoa.apparatus.map_state import (
    DutyState,
    HoldingState,
    HungState,
    MandateState,
    MapState,
    PositionState,
    PostState,
    UnitState,
    by_key,
)
from bonhoa.apparatus.vocabulary import EventKind
from bonhoa.common.errors import InputError

DAY = dt.date(2025, 3, 1)
BORN = dt.date(2020, 1, 1)


def sample() -> MapState:
    """UBND above sở A, B and D (D without anything); A: lead of f1, head, one official; B: head; room R under A."""
    units = [UnitState("U", "UBND", "province", "people_committee")]
    units += [UnitState(c, f"Sở {c}", "province", "department", "U", since=BORN) for c in "ABD"]
    units += [UnitState("R", "Phòng R", "province", "department", "A", codes=(("statistics", "R1"),))]
    return MapState(
        units=by_key(units),
        mandates=by_key(
            [
                MandateState("m1", "f1", "A", "lead", statement="quản lý nhà nước về đất đai"),
                MandateState("m2", "f1", "B", "cooperating"),
                MandateState("m3", "f2", "B", "lead"),
            ]
        ),
        positions=by_key([PositionState(f"j{u}{n}", u) for u in "AB" for n in "12"]),
        posts=by_key(
            [
                PostState(
                    f"p{u}{n}", u, f"j{u}{n}", f"{'Giám đốc' if n == '1' else 'Chuyên viên'} {u}", is_head=n == "1"
                )
                for u in "AB"
                for n in "12"
            ]
        ),
        duties=by_key([DutyState("d1", "jA2", "f1"), DutyState("d2", "jB2", "f2")]),
        holdings=by_key(
            [HoldingState(f"h{u}{n}", f"p{u}{n}", f"x{u}{n}", "official", f"Ông {u}{n}") for u in "AB" for n in "12"]
        ),
        hung=by_key([HungState("t1", "task", "A", "lập bản đồ địa chính")]),
        taken=frozenset("UABDR"),
        codes={("statistics", "R1"): "R", ("statistics", "B1"): "B"},
    )


def change(kind: EventKind, inputs: str = "", outputs: str = "", **more: Any) -> Change:
    values = {"act": "01/NQ-HĐND", "effective": DAY} | more
    return Change(kind=kind, inputs=tuple(inputs), outputs=tuple(outputs), **values)


def new(code: str, parent: str | None = "U", **more: Any) -> NewUnit:
    return NewUnit(code, f"Sở {code}", "province", "department", parent, **more)


K = EventKind
MERGE = change(K.CONSOLIDATE, "AB", "C", new=(new("C"),), moves=(Move("post", "pA1", "C", head=True),))
DIVIDE = change(
    K.DIVIDE,
    "A",
    "CE",
    new=(new("C"), new("E")),
    moves=(
        Move("mandate", "*", "C", of="A"),
        Move("position", "jA1", "C"),
        Move("position", "jA2", "E"),
        Move("post", "pA1", "C", head=True),
        Move("unit", "R", "E"),
        Move("task", "t1", "E"),
    ),
)


def test_consolidation_ends_both_and_brings_everything_to_the_new_one() -> None:
    done = apply(sample(), MERGE)
    after = done.after
    assert (done.ended, done.begun) == (("A", "B"), ("C",)) and set(after.units) == {"U", "D", "R", "C"}
    assert after.units["R"].parent == "C" and after.units["C"].since == DAY
    assert {(m.function, m.unit, m.role) for m in after.mandates.values()} == {("f1", "C", "lead"), ("f2", "C", "lead")}
    assert {p.unit for p in after.posts.values()} == {"C"} and [p.key for p in after.posts.values() if p.is_head] == [
        "pA1"
    ]
    assert len(after.holdings) == 4 and after.hung["t1"].unit == "C" and set(after.duties) == {"d1", "d2"}
    assert {(p.old, p.new, p.whole) for p in done.parts} == {("A", "C", True), ("B", "C", True)}
    assert not done.notices


def test_absorption_keeps_the_absorbing_one_and_its_head() -> None:
    done = apply(sample(), change(K.ABSORB, "A", "B"))
    assert done.ended == ("A",) and set(done.after.units) == {"U", "B", "D", "R"}
    assert [p.key for p in done.after.posts.values() if p.is_head] == ["pB1"]
    assert {(m.key, m.unit, m.role) for m in done.after.mandates.values()} == {("m1", "B", "lead"), ("m3", "B", "lead")}


def test_division_needs_to_be_told_where_each_thing_goes() -> None:
    with pytest.raises(Refused) as refused:
        apply(sample(), replace(DIVIDE, moves=()))
    assert [p.code for p in refused.value.problems] == ["lost"] and "Phòng R" in refused.value.vi
    done = apply(sample(), DIVIDE)
    assert {p.key: p.unit for p in done.after.posts.values() if p.unit != "B"} == {"pA1": "C", "pA2": "E"}
    assert "d1" not in done.after.duties, "the function went to C, the position to E"
    assert [n.code for n in done.notices] == ["no_head"] and done.after.hung["t1"].unit == "E"


def test_separation_leaves_what_is_not_moved() -> None:
    done = apply(sample(), change(K.SEPARATE, "A", "C", new=(new("C"),), moves=(Move("mandate", "m1", "C"),)))
    assert done.ended == () and done.after.mandates["m1"].unit == "C" and done.after.posts["pA1"].unit == "A"
    assert "d1" not in done.after.duties and [p.whole for p in done.parts] == [None]


def test_renaming_reparenting_transfer_and_creation() -> None:
    renamed = apply(sample(), change(K.RENAME, "A", name="Sở Á", short_name="SA")).after.units["A"]
    assert (renamed.name, renamed.short_name, renamed.since) == ("Sở Á", "SA", BORN)
    assert apply(sample(), change(K.REPARENT, "R", parent="B")).after.units["R"].parent == "B"
    assert apply(sample(), change(K.REPARENT, "R", parent=None)).after.units["R"].parent is None
    moved = apply(sample(), change(K.TRANSFER, "A", "B", functions=("f1",)))
    assert {(m.key, m.unit, m.role) for m in moved.after.mandates.values()} == {
        ("m1", "B", "lead"),
        ("m3", "B", "lead"),
    }
    assert moved.parts == () and "d1" not in moved.after.duties
    assert "C" in apply(sample(), change(K.CREATE, "", "C", new=(new("C"),))).after.units


def test_dissolution_needs_an_end_with_a_reason_for_each_thing() -> None:
    ends = [Move(what, "*", None, "hết nhiệm vụ", of="A") for what in ("mandate", "position", "post", "task")]
    people = [Move("person", "xA1", None, "nghỉ hưu"), Move("person", "xA2", "pB9", "")]
    state = sample()
    state = state.but(posts={**state.posts, "pB9": PostState("pB9", "B", "jB2", "Chuyên viên mới")})
    done = apply(state, change(K.DISSOLVE, "A", moves=(*ends, *people, Move("unit", "R", "B"))))
    assert done.after.holdings["hA2"].post == "pB9" and "hA1" not in done.after.holdings
    assert ("person", "xA1", None, "nghỉ hưu") in {(m.what, m.key, m.to, m.reason) for m in done.moved}
    with pytest.raises(Refused) as refused:
        apply(state, change(K.DISSOLVE, "A", moves=(*ends, Move("unit", "R", "B"))))
    assert [p.code for p in refused.value.problems] == ["lost"] and "Ông A1; Ông A2" in refused.value.vi
    with pytest.raises(Refused, match="chưa ghi lý do"):
        apply(
            state,
            change(K.DISSOLVE, "A", moves=(Move("unit", "R", "B"), *(replace(m, reason=" ") for m in ends), *people)),
        )


def test_places_that_end_carry_their_mandates_to_those_that_follow() -> None:
    state = sample()
    towns = [UnitState(c, f"Xã {c}", "commune", "territory") for c in "XYZ"]
    mandates = {
        "s1": MandateState("s1", "f9", "A", "lead", "X", "cấp phép ở xã"),
        "s2": MandateState("s2", "f9", "B", "lead", "Y", "cấp phép ở xã"),
    }
    state = state.but(units={**state.units, **by_key(towns)}, mandates={**state.mandates, **mandates})
    parts = (Part("X", "V", False, "khoản 1"), Part("X", "W", False, "khoản 2"), Part("Y", "V", True, "khoản 1"))
    two = (NewUnit("V", "Xã V", "commune", "territory"), NewUnit("W", "Xã W", "commune", "territory"))
    redraw = change(K.REARRANGE, "XY", "VW", new=two, parts=parts)
    with pytest.raises(Refused) as refused:
        apply(state, redraw)
    assert [p.code for p in refused.value.problems] == ["two_leads"], "A and B would both lead in V"
    done = apply(state, replace(redraw, moves=(Move("mandate", "s2", None, "Sở A chủ trì"),)))
    held = {(m.unit, m.scope) for m in done.after.mandates.values() if m.function == "f9"}
    assert held == {("A", "V"), ("A", "W")} and done.parts == parts


REFUSED: list[tuple[str, Change]] = [
    ("itself", change(K.ABSORB, "A", "A")),
    ("itself", change(K.CONSOLIDATE, "AA", "C", new=(new("C"),))),
    ("count", change(K.CONSOLIDATE, "A", "C", new=(new("C"),))),
    ("count", change(K.DIVIDE, "A", "C", new=(new("C"),))),
    ("count", change(K.CREATE)),
    ("new", change(K.ABSORB, "A", "C", new=(new("C"),))),
    ("new", change(K.CONSOLIDATE, "AB", "D")),
    ("no_unit", change(K.ABSORB, "A", "Z")),
    ("no_unit", replace(MERGE, parts=(Part("A", "C"), Part("B", "Z")))),
    ("before_birth", change(K.ABSORB, "A", "B", effective=BORN)),
    ("before_birth", change(K.RENAME, "A", name="X", effective=BORN - dt.timedelta(days=9))),
    ("code_taken", change(K.CONSOLIDATE, "AB", "D", new=(new("D"),))),
    ("code_taken", change(K.CREATE, "", "C", new=(new("C", codes=(("statistics", "B1"),)),))),
    ("no_parent", change(K.CREATE, "", "C", new=(new("C", "Z"),))),
    ("no_parent", change(K.CONSOLIDATE, "AB", "C", new=(new("C", "A"),))),
    ("circle", change(K.REPARENT, "A", parent="R")),
    ("circle", change(K.REPARENT, "A", parent="A")),
    ("name", change(K.RENAME, "A", name=" ")),
    ("name", change(K.CREATE, "", "C", new=(replace(new("C"), name=""),))),
    ("act", change(K.RENAME, "A", name="X", act=" ")),
    ("functions", change(K.TRANSFER, "A", "B")),
    ("not_held", change(K.TRANSFER, "A", "B", functions=("f7",))),
    ("lost", change(K.DISSOLVE, "A")),
    ("lost", replace(DIVIDE, moves=DIVIDE.moves[:-1])),
    ("bad_destination", replace(DIVIDE, moves=(*DIVIDE.moves[:-1], Move("task", "t1", "A")))),
    ("two_heads", replace(MERGE, moves=(*MERGE.moves, Move("post", "pB1", "C", head=True)))),
    ("kind", change(K.REVERSAL, "A")),
]


@pytest.mark.parametrize(("code", "wrong"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(code: str, wrong: Change) -> None:
    with pytest.raises(Refused) as refused:
        apply(sample(), wrong)
    assert code in [p.code for p in refused.value.problems]
    assert all(p.vi.endswith(".") and p.en.endswith(".") for p in refused.value.problems)


def test_a_code_is_free_again_with_the_unit_that_bore_it() -> None:
    taking = change(
        K.CONSOLIDATE,
        "BD",
        "C",
        new=(new("C", codes=(("statistics", "B1"),)),),
        moves=(Move("post", "pB1", "C", head=True),),
    )
    assert apply(sample(), taking).after.units["C"].codes == (("statistics", "B1"),)


@pytest.mark.parametrize("day", ["2025-02-29", "2025-13-01", "hôm nay"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(InputError, match=day):
        Change.from_json(MERGE.to_json() | {"effective": day})


def test_a_change_survives_json_and_the_leap_day() -> None:
    for one in (
        MERGE,
        DIVIDE,
        replace(MERGE, effective=dt.date(2024, 2, 29), parts=(Part("A", "C", False, "khoản 1"), Part("B", "C"))),
    ):
        assert Change.from_json(one.to_json()) == one and apply(sample(), one)


def test_a_plan_compares_before_and_after_in_the_order_of_days() -> None:
    later = change(K.RENAME, "C", name="Sở Mới", effective=DAY + dt.timedelta(days=30))
    plan = compare(sample(), [later, MERGE])
    assert (plan.before["units"], plan.after["units"]) == (5, 4) and (plan.before["heads"], plan.after["heads"]) == (
        2,
        1,
    )
    assert plan.before["posts"] == plan.after["posts"] == 4 and plan.moves["post"] == 4 and plan.moves["mandate"] == 3
    assert plan.outcomes[-1].after.units["C"].name == "Sở Mới"


def test_nothing_is_ever_lost() -> None:
    """Random maps and changes: whatever is not refused accounts for each thing of each closed unit."""
    dice = random.Random(5)
    accepted = 0
    for _ in range(2000):
        codes = [f"u{n}" for n in range(dice.randint(2, 5))]
        state = MapState(
            units=by_key(
                [
                    UnitState(c, c, "province", "department", dice.choice([None, *codes[:n]]) if n else None)
                    for n, c in enumerate(codes)
                ]
            ),
            mandates=by_key(
                [
                    MandateState(f"m{n}", f"f{n}", dice.choice(codes), dice.choice(["lead", "cooperating"]))
                    for n in range(4)
                ]
            ),
            positions=by_key(positions := [PositionState(f"j{n}", dice.choice(codes)) for n in range(4)]),
            posts=by_key([PostState(f"p{n}", positions[n].unit, f"j{n}") for n in range(4)]),
            holdings=by_key([HoldingState(f"h{n}", f"p{n}", f"x{dice.randint(0, 3)}", "official") for n in range(4)]),
            hung=by_key([HungState(f"t{n}", "task", dice.choice(codes)) for n in range(3)]),
        )
        kind = dice.choice([K.CONSOLIDATE, K.ABSORB, K.DIVIDE, K.DISSOLVE, K.REARRANGE, K.SEPARATE])
        inputs = dice.sample(codes, dice.randint(1, 2))
        fresh = [NewUnit(f"n{n}", "mới", "province", "department") for n in range(dice.randint(0, 2))]
        outputs = [u.code for u in fresh] or (dice.sample(codes, 1) if kind is K.ABSORB else [])
        targets = [*(c for c in codes if c not in inputs), *outputs, *outputs] or codes
        share = dice.choice([0, 0.1, 0.9])
        things = (
            [("mandate", k) for k in state.mandates]
            + [("position", k) for k in state.positions]
            + [("post", k) for k in state.posts]
            + [("task", k) for k in state.hung]
            + [("unit", k) for k in codes]
        )
        moves = [
            Move(w, k, dice.choice([*targets, None]), dice.choice(["lý do"] * 9 + [""]))
            for w, k in things
            if dice.random() < share
        ]
        moves += [
            Move("person", f"x{n}", dice.choice([*state.posts, None]), "lý do") for n in range(4) if dice.random() < 0.5
        ]
        try:
            done = apply(state, Change(kind, DAY, "NQ", tuple(inputs), tuple(outputs), tuple(fresh), tuple(moves)))
        except Refused:
            continue
        accepted += 1
        ended = {(m.what, m.key) for m in done.moved if m.to is None and m.reason}
        for what, before, after in (
            ("position", state.positions, done.after.positions),
            ("post", state.posts, done.after.posts),
            ("task", state.hung, done.after.hung),
        ):
            for key in before:
                assert (key in after and after[key].unit in done.after.units) or (what, key) in ended, (what, key)
        for key, mandate in state.mandates.items():
            alive = [m for m in done.after.mandates.values() if m.function == mandate.function]
            assert (alive and alive[0].unit in done.after.units) or ("mandate", key) in ended
        for person in {h.person for h in state.holdings.values()}:
            assert person in {h.person for h in done.after.holdings.values()} or ("person", person) in ended
        assert all(h.post in done.after.posts for h in done.after.holdings.values())
        assert all(u.parent is None or u.parent in done.after.units for u in done.after.units.values())
    assert accepted > 60, accepted
