"""A change event becomes rows and is undone again. Inside the running action; `event_actions` asks who may.

The library says what the map is after the change; what differs is written: a row that ends is superseded by one with
its end, a row that changes also by one that begins. Reversing withdraws what the event wrote and writes again what it
superseded.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bonhoa.apparatus import events
from bonhoa.apparatus.changes import Change, Outcome
from bonhoa.apparatus.map_state import UnitState
from bonhoa.apparatus.vocabulary import CodeScheme, EventKind, EventState, ParentRelation
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import refusals, today
from bonhoa_web.apparatus.dated import Dated, Recorded, guarded_models, withdraw
from bonhoa_web.apparatus.map_snapshot import MapRows, map_rows
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    Duty,
    EventUnit,
    Holding,
    Mandate,
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
from bonhoa_web.apparatus.naming import folded
from bonhoa_web.foundation import hanging
from bonhoa_web.foundation.models import User

BATCH = 2000


def preview(event: ChangeEvent) -> Outcome:
    """What applying `event` would do. Raises Refused as applying would."""
    change = Change.from_json(event.change)
    return events.apply(map_rows([change], change.effective).state, change)


def apply(event: ChangeEvent, by: User | None) -> Outcome:
    """Write what `event`, a draft, does to the map. InputError (Refused among them) says why it cannot be."""
    event = ChangeEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != str(EventState.DRAFT):
        raise InputError("not_draft", f"“{event}” không còn là dự thảo.", f'"{event}" is no draft any more.')
    change = Change.from_json(event.change)
    rows = map_rows([change], change.effective)
    outcome = events.apply(rows.state, change)
    _nothing_later(rows, outcome, change.effective)
    writing = _Writing(event, change.effective, by, rows)
    try:
        with transaction.atomic():
            writing.write(change, outcome)
    except IntegrityError as error:
        known = refusals.explain(error)
        if known is None:
            raise
        raise known from error
    event.outcome = {
        "ended": list(outcome.ended),
        "begun": list(outcome.begun),
        "moved": [asdict(moved) for moved in outcome.moved],
        "withdrawn": {model._meta.model_name: ids for model, ids in writing.withdrawn.items()},
        "unhung": writing.unhung,
    }
    event.state, event.applied_at = str(EventState.APPLIED), timezone.now()
    event.save()
    today.refresh(writing.touched)
    return outcome


def _nothing_later(rows: MapRows, outcome: Outcome, day: dt.date) -> None:
    """A unit that is to end may not have rows that only begin later."""
    ids = [rows.units[code] for code in outcome.ended]
    for model in (UnitLife, UnitName, UnitParent, Mandate, PositionVersion, PostVersion):
        later = model.objects.filter(unit__in=ids, valid_from__gt=day).select_related("unit").first()
        if later is not None:
            raise InputError(
                "later_change",
                f"{later.unit} đã có thay đổi ghi cho ngày {later.valid_from:%d/%m/%Y}; hãy hủy thay đổi đó trước.",
                f"{later.unit} has a change recorded for {later.valid_from:%d/%m/%Y}; reverse it first.",
            )


class _Writing:
    """The rows of one event: collected, then written model by model."""

    def __init__(self, event: ChangeEvent, day: dt.date, by: User | None, rows: MapRows) -> None:
        self.event, self.day, self.by, self.rows = event, day, by, rows
        self.own = {"event": event, "act": event.act, "provision": event.provision, "recorded_by": by}
        self.withdrawn: dict[type[Recorded], list[int]] = defaultdict(list)
        self.touched: set[int] = set()
        self.unhung: dict[str, list[Any]] = {}
        self._new: dict[type[Recorded], list[Any]] = defaultdict(list)
        # also those that rows point at although they are not on the map (a place or a parent that has ended)
        self._ids = {row.parent_code: row.parent_id for row in rows.by_model[UnitParent]}
        self._ids |= {row.scope.code: row.scope_id for row in rows.by_model[Mandate] if row.scope is not None}
        self._ids |= rows.units

    def write(self, change: Change, outcome: Outcome) -> None:
        """Everything that differs between the map before and after."""
        self._units(outcome)
        self._mandates(outcome)
        self._keyed(PositionVersion, "position", outcome, "positions", ("unit",))
        self._keyed(PostVersion, "post", outcome, "posts", ("unit", "is_head", "is_deputy"))
        after = outcome.after
        for duty in self.rows.by_model[Duty]:
            if str(duty.pk) not in after.duties:
                self._end(duty)
        posts = dict(Post.objects.filter(code__in={h.post for h in after.holdings.values()}).values_list("code", "pk"))
        for holding in self.rows.by_model[Holding]:
            now = after.holdings.get(str(holding.pk))
            if now is None:
                self._end(holding)
            elif now.post != holding.post.code:
                self._change(holding, post_id=posts[now.post])
        for model, ids in self.withdrawn.items():
            withdraw([model(pk=pk) for pk in ids])
        for model, new in self._new.items():
            model._default_manager.bulk_create(new, batch_size=BATCH)
        self._hand_over(outcome)
        self._parts(change, outcome)

    def _withdraw(self, row: Recorded) -> None:
        self.withdrawn[type(row)].append(row.pk)

    def _copy(self, row: Any, **changes: Any) -> None:
        self._new[type(row)].append(row.copy(**changes, **self.own))

    def _end(self, row: Any) -> None:
        """`row` is true until the day of the event only; if it began that day, never."""
        self._withdraw(row)
        if row.valid_from is None or row.valid_from < self.day:
            self._copy(row, valid_to=self.day, supersedes_id=row.pk)

    def _change(self, row: Any, **changes: Any) -> None:
        """From the day of the event on the row reads otherwise."""
        self._end(row)
        self._copy(row, valid_from=self.day, **changes)

    def _begin(self, model: type[Dated], **values: Any) -> None:
        self._new[model].append(model(valid_from=self.day, **values, **self.own))

    def _units(self, outcome: Outcome) -> None:
        before, after = self.rows.state.units, outcome.after.units
        fresh = [after[code] for code in outcome.begun]
        created = Unit.objects.bulk_create([self._identity(unit) for unit in fresh], batch_size=BATCH)
        self._ids |= {unit.code: unit.pk for unit in created}
        for unit in fresh:
            pk = self._ids[unit.key]
            self.touched.add(pk)
            self._begin(UnitLife, unit_id=pk, level=unit.level, kind=unit.kind)
            self._name(pk, unit)
            for scheme, code in unit.codes:
                self._begin(UnitCode, unit_id=pk, scheme=scheme, code=code)
            if unit.parent is not None:
                self._begin(UnitParent, unit_id=pk, parent_id=self._ids[unit.parent], relation=_LINE)
        ended = {self._ids[code] for code in outcome.ended}
        self.touched |= ended
        for model in (UnitLife, UnitName, UnitCode):
            for row in self.rows.by_model[model]:
                if row.unit_id in ended:
                    self._end(row)
        changed = {code for code in after if code in before and after[code] != before[code]}
        self.touched |= {self._ids[code] for code in changed}
        for row in self.rows.by_model[UnitName]:
            code = self._code(row.unit_id)
            if row.language == "vi" and code in changed:
                now = after[code]
                if (now.name, now.short_name) != (before[code].name, before[code].short_name):
                    self._change(row, name=now.name, short_name=now.short_name, folded=folded(now.name, now.short_name))
        self._parents(outcome, ended, changed)

    def _code(self, pk: int) -> str:
        if not hasattr(self, "_codes"):
            self._codes = {pk: code for code, pk in self.rows.units.items()}
        return self._codes.get(pk, "")

    def _identity(self, unit: UnitState) -> Unit:
        statistics = next((code for scheme, code in unit.codes if scheme == str(CodeScheme.STATISTICS)), "")
        return Unit(
            code=unit.key,
            name=unit.name,
            short_name=unit.short_name,
            folded=folded(unit.name, unit.short_name),
            level=unit.level,
            kind=unit.kind,
            official_code=statistics,
            valid_from=self.day,
            source=self.event.act,
        )

    def _name(self, pk: int, unit: UnitState) -> None:
        self._begin(
            UnitName,
            unit_id=pk,
            language="vi",
            name=unit.name,
            short_name=unit.short_name,
            folded=folded(unit.name, unit.short_name),
        )

    def _parents(self, outcome: Outcome, ended: set[int], changed: set[str]) -> None:
        after = outcome.after.units
        wanted = {
            (self._ids[code], relation, self._ids[parent])
            for code in changed
            for relation, parent in (
                *(((_LINE, after[code].parent),) if after[code].parent else ()),
                *after[code].other_parents,
            )
            if parent is not None
        }
        standing = set()
        changed_ids = {self._ids[code] for code in changed}
        for row in self.rows.by_model[UnitParent]:
            link = (row.unit_id, row.relation, row.parent_id)
            if row.unit_id in ended or (row.unit_id in changed_ids and link not in wanted):
                self._end(row)
            else:
                standing.add(link)
        for unit, relation, parent in sorted(wanted - standing):
            self._begin(UnitParent, unit_id=unit, parent_id=parent, relation=relation)

    def _mandates(self, outcome: Outcome) -> None:
        for row in self.rows.by_model[Mandate]:
            key = str(row.pk)
            before = self.rows.state.mandates[key]
            now = [m for k, m in outcome.after.mandates.items() if k == key or k.startswith(f"{key}@")]
            if now == [before]:
                continue
            self._end(row)
            for mandate in now:
                scope = self._ids[mandate.scope] if mandate.scope else None
                self._copy(row, valid_from=self.day, unit_id=self._ids[mandate.unit], scope_id=scope)

    def _keyed(
        self, model: type[Dated], identity: str, outcome: Outcome, mapping: str, columns: tuple[str, ...]
    ) -> None:
        before, after = getattr(self.rows.state, mapping), getattr(outcome.after, mapping)
        for row in self.rows.by_model[model]:
            key = getattr(row, identity).code
            if key not in after:
                self._end(row)
            elif after[key] != before[key]:
                values = {c: getattr(after[key], c) for c in columns if c != "unit"}
                self._change(row, unit_id=self._ids[after[key].unit], **values)

    def _hand_over(self, outcome: Outcome) -> None:
        """What other rooms hang on units goes with it."""
        going: dict[tuple[str, str], list[str]] = defaultdict(list)
        for moved in outcome.moved:
            if moved.what in hanging.hangers() and moved.to is not None:
                going[moved.what, moved.to].append(moved.key.partition(":")[2])
        units = Unit.objects.in_bulk([self._ids[to] for _, to in going])
        for (what, to), keys in going.items():
            removed = hanging.hangers()[what].move(keys, units[self._ids[to]], self.by, self.event.act)
            self.unhung.setdefault(what, []).extend(removed)

    def _parts(self, change: Change, outcome: Outcome) -> None:
        """Who took part, and who follows whom."""
        comes, goes = set(change.outputs), set(change.inputs)
        if change.kind in (EventKind.RENAME, EventKind.REPARENT, EventKind.TRANSFER, EventKind.SEPARATE):
            comes |= goes
        EventUnit.objects.bulk_create(
            [
                EventUnit(event=self.event, unit_id=self._ids[code], goes_in=code in goes, comes_out=code in comes)
                for code in sorted(comes | goes)
            ],
            batch_size=BATCH,
        )
        Succession.objects.bulk_create(
            [
                Succession(
                    old_id=self._ids[part.old],
                    new_id=self._ids[part.new],
                    on=self.day,
                    whole=part.whole,
                    **self.own | {"provision": part.provision or self.event.provision},
                )
                for part in outcome.parts
            ],
            batch_size=BATCH,
        )


_LINE = str(ParentRelation.LINE)


# --- undo ------------------------------------------------------------------------------------------------------------


def reverse(event: ChangeEvent, act: str, reason: str, by: User | None) -> ChangeEvent:
    """Undo an applied event by one of its own, which is returned: the map is as if `event` had not been."""
    event = ChangeEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != str(EventState.APPLIED) or event.kind == str(EventKind.REVERSAL):
        raise InputError(
            "not_applied", f"“{event}” không phải thay đổi đang có hiệu lực.", f'"{event}" is not in effect.'
        )
    if event.outcome.get("loaded"):
        raise InputError(
            "loaded",
            f"“{event}” nạp từ danh mục quốc gia cùng với kết quả của nó nên không hủy được ở đây.",
            f'"{event}" was loaded from the national register with its result and cannot be reversed here.',
        )
    made = {model: list(model.everything.filter(event=event)) for model in guarded_models()}
    _nothing_built_on(event, made)
    reversal = ChangeEvent.objects.create(
        kind=str(EventKind.REVERSAL),
        state=str(EventState.APPLIED),
        applied_at=timezone.now(),
        effective=event.effective,
        act=act,
        note=reason,
        reverses=event,
        created_by=by,
    )
    models = {model._meta.model_name: model for model in guarded_models()}
    touched = set(
        Unit.objects.filter(code__in=[*event.outcome["ended"], *event.outcome["begun"]]).values_list("pk", flat=True)
    )
    try:
        with transaction.atomic():
            for rows in made.values():
                withdraw([row for row in rows if row.superseded_at is None])
            for name, ids in event.outcome["withdrawn"].items():
                old = models[name].everything.filter(pk__in=ids)
                models[name]._default_manager.bulk_create([_again(row, by) for row in old], batch_size=BATCH)
            _hand_back(event, by, act)
    except IntegrityError as error:
        known = refusals.explain(error)
        if known is None:
            raise
        raise known from error
    for model, rows in made.items():
        if model in (UnitLife, UnitName, UnitCode, UnitParent):
            touched |= {row.unit_id for row in rows}
    event.state = str(EventState.REVERSED)
    event.save()
    today.refresh(touched)
    return reversal


def _again(row: Any, by: User | None) -> Any:
    """A row that counts again: what it says and rests on is as before, that it is said again is new."""
    return row.copy(event_id=row.event_id, act=row.act, provision=row.provision, recorded_by=by, supersedes_id=row.pk)


_KINDS: dict[type[Dated], tuple[str, str]] = {
    UnitName: ("tên", "name"),
    UnitCode: ("mã", "code"),
    UnitParent: ("quan hệ trực thuộc", "place under another unit"),
    Mandate: ("chức năng, nhiệm vụ", "mandate"),
    PositionVersion: ("vị trí việc làm", "job position"),
    PostVersion: ("chức vụ", "post"),
}
"""What a unit can have got since it was founded, in words."""


def _nothing_built_on(event: ChangeEvent, made: dict[type[Recorded], list[Any]]) -> None:
    """Refuse if a later record rests on what the event made."""
    for rows in made.values():
        for row in rows:
            after = type(row).everything.filter(supersedes=row).select_related("event")
            if row.superseded_at is not None and not after.filter(event=event).exists():  # else it was written again
                later = after.first()
                what = f"“{later.event}”" if later is not None and later.event_id else "một bản ghi thay thế"
                raise InputError(
                    "built_on",
                    f"Không hủy được “{event}” vì {what} dựa vào nó; hãy hủy cái sau trước.",
                    f'"{event}" cannot be reversed: a later record rests on it; reverse that first.',
                )
    begun = list(Unit.objects.filter(code__in=event.outcome["begun"]))
    moved = {moved["key"] for moved in event.outcome["moved"]}
    for unit in begun:
        rooms = hanging.hangers().values()
        hung = [h.text for room in rooms for h in room.held_by([unit.pk]) if f"{room.what}:{h.key}" not in moved]
        rows = [row for model in _KINDS for row in model.objects.filter(unit=unit).exclude(event=event)]
        rows += list(UnitParent.objects.filter(parent=unit).exclude(event=event))
        if hung or rows:
            what, what_en = (hung[0], hung[0]) if hung else _KINDS[type(rows[0])]
            raise InputError(
                "built_on",
                f"Không hủy được “{event}” vì sau đó {unit} đã có thêm “{what}”; hãy chuyển hoặc hủy việc đó trước.",
                f'"{event}" cannot be reversed: {unit} has since got "{what_en}"; move or reverse that first.',
            )


def _hand_back(event: ChangeEvent, by: User | None, act: str) -> None:
    """What other rooms hang on units goes back, as far as it still stands where the event brought it."""
    going: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for moved in event.outcome["moved"]:
        if moved["what"] in hanging.hangers() and moved["to"]:
            going[moved["what"], moved["to"], moved["source"]].append(moved["key"].partition(":")[2])
    codes: Iterable[str] = {code for _, to, source in going for code in (to, source)}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for (what, to, source), keys in going.items():
        hanger = hanging.hangers()[what]
        there = {h.key for h in hanger.held_by([units[to].pk])}
        removed = event.outcome.get("unhung", {}).get(what, [])
        hanger.give_back([key for key in keys if key in there], units[source], by, act, removed)
