"""The changes that the register's data tell of."""

import datetime as dt
from collections import Counter

import pytest

from bonhoa.apparatus import load_register
from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.history import changes_of
from bonhoa.apparatus.vocabulary import EventKind

REFORM = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def changes() -> list[Change]:
    return changes_of(load_register())


def test_every_unit_that_ends_or_begins_does_so_in_one_change(changes: list[Change]) -> None:
    register = load_register()
    ended = Counter(code for c in changes for code in set(c.inputs) - set(c.outputs))
    begun = Counter(unit.code for c in changes for unit in c.new)
    assert ended == Counter(u.code for u in register.units() if u.valid_to)
    assert begun == Counter(u.code for u in register.units() if u.valid_from)
    assert [c.effective for c in changes] == sorted(c.effective for c in changes) and all(c.act for c in changes)


def test_the_reform_is_one_act_for_provinces_one_for_districts_and_34_less_unchanged_for_communes(
    changes: list[Change],
) -> None:
    reform = [c for c in changes if c.effective == REFORM]
    acts = Counter(c.act.split("/")[-1] for c in reform)
    assert acts == {"QH15": 2, "NQ-UBTVQH15": 34} and reform[0].act == "202/2025/QH15"
    assert reform[-1].kind is EventKind.DISSOLVE and len(reform[-1].inputs) == 696
    provinces = reform[0]
    assert (len(provinces.inputs), len(provinces.new)) == (52, 23)
    assert sum(len(c.new) for c in reform) == 23 + sum(len(c.new) for c in reform[1:-1])


def test_a_divided_commune_names_each_heir_with_the_clause(changes: list[Change]) -> None:
    parts = [p for c in changes for p in c.parts if p.old == "vn-00007-to-2025"]
    assert [(p.new, p.whole, p.provision) for p in parts] == [
        ("vn-00008", False, "khoản 4 Điều 1"),
        ("vn-00025", False, "khoản 5 Điều 1"),
    ]
    communes = [p for c in changes if c.act.endswith("UBTVQH15") for p in c.parts]
    assert all(p.provision and p.whole is not None for p in communes)
    heirs = Counter(p.old for p in communes)
    assert all(p.whole is (heirs[p.old] == 1) for p in communes), "a whole unit goes to one, a divided one to several"


@pytest.mark.parametrize(
    ("old", "kind", "new"),
    [
        ("ban-tuyen-giao-tw", EventKind.CONSOLIDATE, "ban-tuyen-giao-va-dan-van-tw"),
        ("bo-gtvt", EventKind.ABSORB, "bo-xay-dung"),
        ("bo-khdt", EventKind.ABSORB, "bo-tai-chinh"),
        ("bo-ldtbxh", EventKind.REARRANGE, "bo-noi-vu"),
    ],
)
def test_central_bodies_of_2025(changes: list[Change], old: str, kind: EventKind, new: str) -> None:
    change = next(c for c in changes if old in c.inputs)
    assert change.kind is kind and new in change.outputs
