"""The changes that the register's data tell of, as events: who ended, who began, who followed whom, by which act.

The register says of each unit when it began and ended and who followed it. Here that becomes changes in an order in
which each can be applied to the map before it: the central bodies day by day, then on one day provinces, communes (by
the resolution that redrew them) and at last the districts, whose remaining communes pass to their provinces.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bonhoa.apparatus.changes import Change, Move, NewUnit, Part
from bonhoa.apparatus.model import Unit, UnitLevel
from bonhoa.apparatus.register import Register
from bonhoa.apparatus.vocabulary import CodeScheme, EventKind

_ORDER = list(UnitLevel)
_TOP_DOWN = {level: place for place, level in enumerate(_ORDER)} | {UnitLevel.DISTRICT: len(_ORDER)}


def changes_of(register: Register) -> list[Change]:
    """Every change of the listed units, each applicable after those before it."""
    units = register.units()
    turning: dict[tuple[dt.date, UnitLevel], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.valid_to is not None:
            turning[unit.valid_to, unit.level].append(unit)
        if unit.valid_from is not None:
            turning[unit.valid_from, unit.level].append(unit)
    return [
        _change(group, day, level, register)
        for day, level in sorted(turning, key=lambda one: (one[0], _TOP_DOWN[one[1]]))
        for group in _groups(turning[day, level], day, level)
    ]


def _groups(units: list[Unit], day: dt.date, level: UnitLevel) -> Iterator[list[Unit]]:
    """Units that one act changed together: of communes those of one resolution, of districts and provinces all, of
    central bodies those that pass into each other."""
    if level is not UnitLevel.CENTRAL:
        by_act: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            by_act[unit.basis].append(unit)
        yield from by_act.values()
        return
    here = {unit.code: unit for unit in units}
    linked: dict[str, set[str]] = {code: set() for code in here}
    for unit in units:
        for link in unit.successors if unit.valid_to == day else ():
            for end, other in ((unit.code, link.code), (link.code, unit.code)):
                linked.setdefault(end, set()).add(other)
    seen: set[str] = set()
    for code in linked:
        if code in seen:
            continue
        group, waiting = [], [code]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                group.append(at)
                waiting += sorted(linked[at] - seen)
        yield [here[one] for one in group if one in here]


def _change(group: list[Unit], day: dt.date, level: UnitLevel, register: Register) -> Change:
    ended = [unit for unit in group if unit.valid_to == day]
    begun = [unit for unit in group if unit.valid_from == day]
    parts = tuple(Part(unit.code, link.code, link.whole, link.provision) for unit in ended for link in unit.successors)
    heirs = dict.fromkeys(part.new for part in parts)
    fresh = {unit.code for unit in begun}
    dissolved = level is UnitLevel.DISTRICT
    outputs = () if dissolved else tuple(dict.fromkeys((*heirs, *fresh)))
    return Change(
        kind=EventKind.DISSOLVE if dissolved else _kind(len(ended), outputs, fresh),
        effective=day,
        act=next((unit.basis for unit in (*ended, *begun) if unit.basis), begun[0].source if begun else ""),
        inputs=tuple(unit.code for unit in ended),
        outputs=outputs,
        new=tuple(
            NewUnit(
                unit.code,
                unit.name,
                str(unit.level),
                str(unit.kind),
                unit.parent,
                unit.short_names[0] if unit.short_names else "",
                ((str(CodeScheme.STATISTICS), unit.official_code),) if unit.official_code else (),
            )
            for unit in begun
        ),
        parts=parts,
        moves=tuple(_outliving({unit.code for unit in ended}, day, register)) if dissolved else (),
    )


def _outliving(ended: set[str], day: dt.date, register: Register) -> Iterable[Move]:
    """Units below the ended ones that go on, to the parent that they have from the day on."""
    for unit in register.units(on=day):
        for before, after in zip(turns := register.parents_of(unit), turns[1:], strict=False):
            if before[0] in ended and before[2] == day:
                yield Move("unit", unit.code, after[0])


def _kind(ended: int, outputs: tuple[str, ...], fresh: set[str]) -> EventKind:
    """What a change of that shape is called; what fits no name is a rearrangement."""
    if not ended:
        return EventKind.CREATE
    if len(outputs) == 1:
        if not fresh:
            return EventKind.ABSORB
        return EventKind.CONSOLIDATE if ended > 1 else EventKind.REARRANGE
    return EventKind.DIVIDE if ended == 1 and fresh == set(outputs) else EventKind.REARRANGE
