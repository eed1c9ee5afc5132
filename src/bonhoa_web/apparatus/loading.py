"""The national register becomes records: central bodies, provinces, districts and communes, and the changes that made
them what they are, with who followed whom by which place of which act."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from bonhoa.apparatus import Register, load_register
from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.history import changes_of
from bonhoa.apparatus.model import Unit as UnitValue
from bonhoa.apparatus.vocabulary import EventKind, EventState
from bonhoa_web.apparatus import today
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.dated import withdraw
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import ChangeEvent, EventUnit, Succession, Unit, UnitParent
from bonhoa_web.apparatus.reconciling import Reconciling, unlinked
from bonhoa_web.foundation import audit

BATCH = 2000


def load_national(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Store every listed unit that is not stored yet; how many were added. Running it again adds what is new, and
    brings what an earlier release stored to what the register says now (`reconciling`)."""
    register = load_register()
    known = {unit.code: unit for unit in Unit.objects.only("code")}
    fresh = {u.code: u for u in register.units() if u.code not in known}
    records = known | {code: record_of(u, None) for code, u in fresh.items()}
    with transaction.atomic():
        stored = Reconciling(register, known) if known else None
        if stored is not None:
            stored.withdraw()
        if fresh:
            _found(register, fresh, records)
        if stored is not None:
            stored.write(records)
            today.refresh([known[code].pk for code in stored.touched])
        progress(len(fresh), len(fresh))
        told = _tell(changes_of(register), records, stored.dropped if stored is not None else set())
        mended = 0 if stored is None else stored.count + told
        if fresh or mended:
            audit.append(None, "register.load", None, {"added": len(fresh)} | ({"mended": mended} if mended else {}))
    return len(fresh)


def load_as_of(day: dt.date) -> list[Change]:
    """Store the units that exist on `day` as if nothing after it were known; the changes that are still to come."""
    register = load_register()
    there = {u.code: replace(u, valid_to=None) for u in register.units(on=day)}
    records = {code: record_of(u, None) for code, u in there.items()}
    for code, u in there.items():
        records[code].parent = records[u.parent] if u.parent else None
    with transaction.atomic():
        found(list(records.values()))
        audit.append(None, "register.load", None, {"added": len(records)})
    return [change for change in changes_of(register) if change.effective > day]


def _found(register: Register, fresh: Mapping[str, UnitValue], records: Mapping[str, Unit]) -> None:
    """The fresh units with the rows of their whole life."""
    for code, u in fresh.items():
        records[code].parent = records[u.parent] if u.parent else None
    turns = {code: register.parents_of(u) for code, u in fresh.items()}
    found(
        [records[code] for code in fresh],
        acts={code: u.basis for code, u in fresh.items()},
        other_parents={
            code: [UnitParent(unit=records[code], parent=records[p], valid_from=a, valid_to=b) for p, a, b in rows]
            for code, rows in turns.items()
            if len(rows) > 1
        },
    )


def _tell(changes: list[Change], records: Mapping[str, Unit], dropped: Collection[str]) -> int:
    """The changes that are not on record yet, as applied events; how many rows that took. Their rows were written
    already, so there is nothing that a reversal could undo: `outcome` says that they were loaded.

    Successions that are on record without an event are linked to theirs; those of `dropped` units count no more."""
    ids = {code: record.pk for code, record in records.items()}
    on_record = _OnRecord()
    events = [on_record.event_of(change) for change in changes]
    fresh = [
        ChangeEvent(
            kind=str(change.kind),
            state=str(EventState.APPLIED),
            effective=change.effective,
            act=change.act[:255],
            applied_at=timezone.now(),
            order=order,
            outcome={"loaded": True},
        )
        for order, (event, change) in enumerate(zip(events, changes, strict=True))
        if event is None
    ]
    created = iter(ChangeEvent.objects.bulk_create(fresh))
    loose = unlinked({part.old for change in changes for part in change.parts} | set(dropped)) if on_record.any else {}
    parts: list[EventUnit] = []
    followed: list[Succession] = []
    linked: list[Succession] = [row for (old, _, _), row in loose.items() if old in dropped]
    for stored, change in zip(events, changes, strict=True):
        event = stored or next(created)
        if not event.outcome.get("loaded"):
            continue  # somebody entered the change; what it says is theirs
        goes, comes = set(change.inputs), set(change.outputs)
        parts += [
            EventUnit(event_id=event.pk, unit_id=ids[code], goes_in=code in goes, comes_out=code in comes)
            for code in sorted(goes | comes)
            if (event.pk, code) not in on_record.parts
        ]
        for part in change.parts:
            key = (part.old, part.new, change.effective)
            if key in on_record.followed:
                continue
            before = loose.get(key)
            linked += [before] if before is not None else []
            followed.append(
                Succession(
                    old_id=ids[part.old],
                    new_id=ids[part.new],
                    on=change.effective,
                    whole=part.whole,
                    event_id=event.pk,
                    act=event.act,
                    provision=part.provision,
                    supersedes=before,
                )
            )
    withdraw(linked)
    EventUnit.objects.bulk_create(parts, batch_size=BATCH)
    Succession.objects.bulk_create(followed, batch_size=BATCH)
    return len(fresh) + len(parts) + len(followed)


class _OnRecord:
    """The applied events with their units, and who is known to have followed whom in an event or by a person."""

    def __init__(self) -> None:
        applied = ChangeEvent.objects.filter(state=str(EventState.APPLIED)).exclude(kind=str(EventKind.REVERSAL))
        self._events = applied.in_bulk()
        self.parts: set[tuple[int, str]] = set()
        self._by_unit: dict[tuple[dt.date, str, bool], list[ChangeEvent]] = defaultdict(list)
        for pk, code, goes_in in EventUnit.objects.values_list("event_id", "unit__code", "goes_in"):
            if pk in self._events:
                self.parts.add((pk, code))
                self._by_unit[self._events[pk].effective, code, goes_in].append(self._events[pk])
        rows = Succession.everything.exclude(event=None, recorded_by=None)
        self.followed = set(rows.values_list("old__code", "new__code", "on"))
        self.any = bool(self._events) or Succession.objects.exists()

    def event_of(self, change: Change) -> ChangeEvent | None:
        """The event that is this change: on its day, with a unit that ends in it, or by its act one that begins."""
        for code in change.inputs:
            for event in self._by_unit.get((change.effective, code, True), ()):
                return event
        for new in change.new:
            for event in self._by_unit.get((change.effective, new.code, False), ()):
                if event.act == change.act[:255]:
                    return event
        return None
