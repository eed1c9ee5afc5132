"""Records → the library's map of a day: the units that a change concerns and everything that hangs on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, QuerySet

from bonhoa.apparatus import map_state as value
from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.vocabulary import ParentRelation
from bonhoa_web.apparatus.dated import Recorded
from bonhoa_web.apparatus.models import (
    Duty,
    FunctionVersion,
    Holding,
    Mandate,
    PositionVersion,
    PostVersion,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.foundation import hanging

_LINE = str(ParentRelation.LINE)


@dataclass
class MapRows:
    """A map with the rows that it was made of, so that what a change altered can be written."""

    state: value.MapState
    units: dict[str, int]  # code → id
    by_model: dict[type[Recorded], list[Any]] = field(default_factory=dict)


def map_rows(changes: Iterable[Change], on: dt.date) -> MapRows:
    """The map of `on` as far as `changes` concern it: their units, those below them and above, what hangs on them."""
    core, beside, fresh, fresh_codes = set[str](), set[str](), set[str](), set[tuple[str, str]]()
    for change in changes:
        core |= set(change.inputs) | set(change.outputs)
        beside |= {m.to for m in change.moves if m.to} | {u.parent for u in change.new if u.parent}
        beside |= {part.new for part in change.parts}
        beside |= {change.parent} if change.parent else set()
        fresh |= {u.code for u in change.new}
        fresh_codes |= {pair for u in change.new for pair in u.codes}
    core_ids = set(_of(Unit.objects.all(), "code", core - fresh).values_list("pk", flat=True))
    lines = list(_of(UnitParent.objects.on(on), "parent_id", core_ids))
    wanted = core_ids | {row.unit_id for row in lines}
    wanted |= set(_of(Unit.objects.all(), "code", beside - fresh).values_list("pk", flat=True))
    climbing = set(wanted)
    while climbing:  # those above, for circles
        above = set(
            _of(UnitParent.objects.on(on).filter(relation=_LINE), "unit_id", climbing).values_list(
                "parent_id", flat=True
            )
        )
        climbing = above - wanted
        wanted |= above
    borne = UnitCode.objects.on(on).filter(code__in=[code for _, code in fresh_codes]).select_related("unit")
    bearers = {(row.scheme, row.code): row.unit for row in borne}
    wanted |= {unit.pk for unit in bearers.values()}
    rows = _read(core_ids, wanted, on)
    rows.state = replace(
        rows.state,
        taken=frozenset(_of(Unit.objects.all(), "code", fresh).values_list("code", flat=True)),
        codes={pair: unit.code for pair, unit in bearers.items()},
    )
    return rows


def _read(core: set[int], wanted: set[int], on: dt.date) -> MapRows:
    """The units `wanted` and what hangs on those of `core` and fills their posts."""
    lives = list(_of(UnitLife.objects.on(on), "unit_id", wanted).select_related("unit"))
    code_of = {row.unit_id: row.unit.code for row in lives}
    names = list(_of(UnitName.objects.on(on), "unit_id", wanted))
    codes = list(_of(UnitCode.objects.on(on), "unit_id", wanted))
    parents = list(_of(UnitParent.objects.on(on), "unit_id", wanted).annotate(parent_code=F("parent__code")))
    vietnamese = {row.unit_id: row for row in names if row.language == "vi"}
    units = {}
    for row in lives:
        called = vietnamese.get(row.unit_id)
        units[row.unit.code] = value.UnitState(
            key=row.unit.code,
            name=called.name if called else row.unit.name,
            short_name=called.short_name if called else "",
            level=row.level,
            kind=row.kind,
            since=row.unit.valid_from,
            until=row.valid_to,
        )
    mine: dict[int, dict[str, Any]] = {pk: {"codes": (), "other_parents": ()} for pk in code_of}
    for code in codes:
        if code.unit_id in mine:
            mine[code.unit_id]["codes"] += ((code.scheme, code.code),)
    for parent in parents:
        if parent.unit_id not in mine:
            continue
        if parent.relation == _LINE:
            mine[parent.unit_id]["parent"] = parent.parent_code
        else:
            mine[parent.unit_id]["other_parents"] += ((parent.relation, parent.parent_code),)
    units = {code: replace(units[code], **mine[pk]) for pk, code in code_of.items()}
    posts = list(_of(PostVersion.objects.on(on).select_related("post", "position"), "unit_id", wanted))
    positions = list(_of(PositionVersion.objects.on(on).select_related("position"), "unit_id", wanted))
    holdings = list(_of(Holding.objects.on(on).select_related("post", "person"), "post_id", {p.post_id for p in posts}))
    here = Mandate.objects.on(on).select_related("function", "scope", "unit")
    mandates = {m.pk: m for m in (*_of(here, "unit_id", core), *_of(here, "scope_id", core))}
    statements = dict(
        _of(FunctionVersion.objects.on(on), "function_id", {m.function_id for m in mandates.values()}).values_list(
            "function_id", "statement"
        )
    )
    duties = list(
        _of(
            Duty.objects.on(on).select_related("position", "function", "scope"),
            "position_id",
            {p.position_id for p in positions},
        )
    )
    hung = [
        value.HungState(f"{hanger.what}:{thing.key}", hanger.what, code_of[thing.unit_id], thing.text, hanger.words)
        for hanger in hanging.hangers().values()
        for thing in hanger.held_by(core)
        if thing.unit_id in code_of
    ]
    state = value.MapState(
        units=units,
        mandates=value.by_key(
            value.MandateState(
                str(m.pk),
                m.function.code,
                m.unit.code,
                m.role,
                m.scope.code if m.scope else None,
                statements.get(m.function_id, ""),
            )
            for m in mandates.values()
        ),
        positions=value.by_key(
            value.PositionState(p.position.code, code_of[p.unit_id], p.title) for p in positions if p.unit_id in code_of
        ),
        posts=value.by_key(
            value.PostState(p.post.code, code_of[p.unit_id], p.position.code, p.title, p.is_head, p.is_deputy)
            for p in posts
            if p.unit_id in code_of
        ),
        duties=value.by_key(
            value.DutyState(str(d.pk), d.position.code, d.function.code, d.scope.code if d.scope else None)
            for d in duties
        ),
        holdings=value.by_key(
            value.HoldingState(str(h.pk), h.post.code, h.person.code, h.mode, h.person.full_name) for h in holdings
        ),
        hung=value.by_key(hung),
    )
    return MapRows(
        state,
        {code: pk for pk, code in code_of.items()},
        {
            UnitLife: lives,
            UnitName: names,
            UnitCode: codes,
            UnitParent: parents,
            Mandate: list(mandates.values()),
            PositionVersion: positions,
            PostVersion: posts,
            Duty: duties,
            Holding: holdings,
        },
    )


def _of(rows: QuerySet[Any], column: str, values: Collection[Any]) -> QuerySet[Any]:
    """Those whose `column` is among `values`."""
    return rows.filter(**{f"{column}__in": list(values)}) if values else rows.none()
