"""The national register becomes records: central bodies, provinces, districts and communes, and the changes that made
them what they are, with who followed whom by which place of which act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from bonhoa.apparatus import Register, load_register
from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.history import changes_of
from bonhoa.apparatus.model import Unit as UnitValue
from bonhoa.apparatus.vocabulary import EventState
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import ChangeEvent, EventUnit, Succession, Unit, UnitParent
from bonhoa_web.foundation import audit

BATCH = 2000


def load_national(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Store every listed unit that is not stored yet; how many were added. Running it again adds what is new."""
    register = load_register()
    known = {unit.code: unit for unit in Unit.objects.only("code")}
    fresh = {u.code: u for u in register.units() if u.code not in known}
    if not fresh:
        return 0
    records = known | {code: record_of(u, None) for code, u in fresh.items()}
    with transaction.atomic():
        _found(register, fresh, records)
        progress(len(fresh), len(fresh))
        _tell([c for c in changes_of(register) if fresh.keys() & {*c.inputs, *(u.code for u in c.new)}], records)
        audit.append(None, "register.load", None, {"added": len(fresh)})
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


def _tell(changes: list[Change], records: Mapping[str, Unit]) -> None:
    """The changes as applied events. Their rows were written already, so there is nothing that a reversal could undo:
    `outcome` says that they were loaded."""
    ids = {code: record.pk for code, record in records.items()}
    events = ChangeEvent.objects.bulk_create(
        [
            ChangeEvent(
                kind=str(change.kind),
                state=str(EventState.APPLIED),
                effective=change.effective,
                act=change.act[:255],
                applied_at=timezone.now(),
                order=order,
                outcome={"loaded": True},
            )
            for order, change in enumerate(changes)
        ]
    )
    parts: list[EventUnit] = []
    followed: list[Succession] = []
    for event, change in zip(events, changes, strict=True):
        goes, comes = set(change.inputs), set(change.outputs)
        parts += [
            EventUnit(event_id=event.pk, unit_id=ids[code], goes_in=code in goes, comes_out=code in comes)
            for code in sorted(goes | comes)
        ]
        followed += [
            Succession(
                old_id=ids[part.old],
                new_id=ids[part.new],
                on=change.effective,
                whole=part.whole,
                event_id=event.pk,
                act=event.act,
                provision=part.provision,
            )
            for part in change.parts
        ]
    EventUnit.objects.bulk_create(parts, batch_size=BATCH)
    Succession.objects.bulk_create(followed, batch_size=BATCH)
