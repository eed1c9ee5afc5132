"""Units on a day: counts of the 2025 reorganisation, identities, derived local bodies."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from bonhoa.apparatus import load_register
from bonhoa.apparatus.model import UnitLevel

BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("on", "level", "count"),
    [
        (BEFORE, "province", 63),
        (BEFORE, "district", 696),
        (BEFORE, "commune", 10_047),
        (AFTER, "province", 34),
        (AFTER, "district", 0),
        (AFTER, "commune", 3_321),
    ],
)
def test_counts_around_the_reorganisation(on: dt.date, level: str, count: int) -> None:
    assert len(load_register().units(on=on, level=level)) == count


def test_a_unit_is_not_its_code() -> None:
    before, after = (load_register().units(on=day, level="province", code="08") for day in (BEFORE, AFTER))
    assert [u.name for u in before] == [u.name for u in after] == ["Tỉnh Tuyên Quang"]
    assert before[0].code != after[0].code
    assert {(link.official_code, link.name) for link in after[0].predecessors} == {
        ("02", "Tỉnh Hà Giang"),
        ("08", "Tỉnh Tuyên Quang"),
    }
    assert [link.code for link in before[0].successors] == [after[0].code]


def test_hanoi_took_in_nothing_and_goes_on() -> None:
    (before,), (after,) = (load_register().units(on=day, level="province", code="01") for day in (BEFORE, AFTER))
    assert before == after and after.valid_from is None and not after.predecessors


def test_links_point_both_ways_and_stand_on_the_same_day() -> None:
    register = load_register()
    for unit in register.territories.values():
        assert (unit.valid_to is None) == (not unit.successors), unit
        for link in unit.successors:
            heir = register.territories[link.code]
            assert heir.exists_on(AFTER)
            if unit.level is not UnitLevel.DISTRICT:
                assert unit.code in {back.code for back in heir.predecessors}


def test_a_commune_that_went_on_changes_its_parent() -> None:
    register = load_register()
    went_on = [u for u in register.units(on=AFTER, level="commune") if u.valid_from is None]
    assert went_on
    for unit in went_on:
        (before,) = register.units(on=BEFORE, code=unit.code)
        parent = register.get(before.parent or "")
        assert parent is not None and parent.level is UnitLevel.DISTRICT
        assert register.province_of(unit, AFTER) is not None


@pytest.mark.shared
def test_predecessors_are_those_of_the_source(shared: Path) -> None:
    register = load_register()
    merges = json.loads((shared / "data/units/merges.json").read_text(encoding="utf-8"))["data"]
    different = []
    for commune in (c for province in merges for c in province["level2s"]):
        unit = register.territories[f"vn-{commune['level2_id']}"]
        wanted = {(m["old_id"], m["name"]) for m in commune["merges"]}
        found = {(link.official_code, link.name) for link in unit.predecessors}
        districts = {code for code, _ in wanted if len(code) == 3}  # islands made of a district, not of communes
        if unit.valid_from and found != wanted and not districts:
            different.append(unit.name)
    assert not different, different[:5]


def test_local_bodies_are_derived_and_live_as_long_as_their_place() -> None:
    register = load_register()
    body = register.get("vn-40/so-noi-vu")
    assert body is not None and body.name == "Sở Nội vụ tỉnh Nghệ An" and body.parent == "vn-40/ubnd"
    ended = register.get("vn-02-to-2025/ubnd")
    assert ended is not None and ended.valid_to == AFTER
    assert [link.code for link in ended.successors] == ["vn-08/ubnd"]
    assert register.get("vn-40/so-khong-co") is None and register.get("vn-999/ubnd") is None
    committee = register.get("vn-01/tinh-uy")
    assert committee is not None and committee.name == "Thành ủy Hà Nội"


def test_names_are_found_with_and_without_diacritics() -> None:
    register = load_register()
    for text in ("nghe an", "Nghệ An", "NGHỆ AN"):
        assert "Tỉnh Nghệ An" in {u.name for u in register.units(on=AFTER, level="province", name=text)}
    assert not register.units(on=AFTER, level="province", name="Nghê An")


def test_every_link_of_a_central_body_leads_somewhere() -> None:
    register = load_register()
    for unit in register.bodies.values():
        assert unit.parent is None or unit.parent in register.bodies
        for link in unit.successors:
            assert register.bodies[link.code].exists_on(unit.valid_to or dt.date.max), (unit.code, link.code)


def test_loading_is_quick() -> None:
    load_register.cache_clear()
    began = time.process_time()
    load_register()
    assert time.process_time() - began < 1.0  # 0.15 s measured; the slack is for loaded machines
