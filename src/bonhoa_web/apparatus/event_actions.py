"""Writes of change events and plans: who may draft, apply and reverse them, audited."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied

from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.events import Comparison, compare
from bonhoa.apparatus.vocabulary import EventState
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import event_records, queries
from bonhoa_web.apparatus.map_snapshot import map_rows
from bonhoa_web.apparatus.models import ChangeEvent, Reorganisation, Unit
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import grants, holds
from bonhoa_web.foundation.roles import Role


def _over_all(actor: User, codes: set[str]) -> bool:
    """True if `actor` administers every unit of `codes` that is stored (at least one)."""
    units = list(Unit.objects.filter(code__in=codes).select_related("parent"))
    return bool(units) and all(holds(actor, Role.ADMIN, unit=unit) for unit in units)


def concerned(change: Change) -> set[str]:
    """The units whose administrator a change needs: those in it, and those that new and moved things come under."""
    return (
        set(change.inputs)
        | set(change.outputs)
        | {unit.parent for unit in change.new if unit.parent}
        | ({change.parent} if change.parent else set())
        | {move.to for move in change.moves if move.to and move.what != "person"}
    )


def _may_draft(actor: User, *, change: Change, **_: Any) -> bool:
    return _over_all(actor, concerned(change))


def _may_event(actor: User, *, event: ChangeEvent, **_: Any) -> bool:
    return _over_all(actor, _units_of(event))


def _units_of(event: ChangeEvent) -> set[str]:
    """The units whose administrator an event needs. Of one that was loaded with its result only those that took part
    are known; a reversal concerns what the reversed event does."""
    told = event.reverses or event
    if told.change:
        return concerned(Change.from_json(told.change))
    return set(told.units.values_list("unit__code", flat=True))


def _may_reverse(actor: User, *, event: ChangeEvent, **_: Any) -> bool:
    """Who might have applied it: rights as the units stood on the eve (the change may have taken them from there)."""
    stored = list(Unit.objects.filter(code__in=_units_of(event) - set(event.outcome.get("begun", ()))))
    above = queries.lineages([unit.pk for unit in stored], event.effective - dt.timedelta(days=1))
    held = set(grants(actor).filter(role=str(Role.ADMIN)).values_list("unit_id", flat=True))
    return bool(stored) and all(held & {*above[unit.pk], *unit.lineage_ids()} for unit in stored)


def _may_plan(actor: User, *, unit: Unit, **_: Any) -> bool:
    return holds(actor, Role.ADMIN, unit=unit)


@action("event.plan", may=_may_plan)
def make_plan(*, actor: User, trail: Trail, unit: Unit, name: str, base: Any, note: str = "") -> Reorganisation:
    """Begin a plan of changes for `unit` and those below it."""
    trail.detail = {"name": name}
    return Reorganisation.objects.create(unit=unit, name=name, base=base, note=note, created_by=actor)


@action("event.draft", may=_may_draft)
def draft(
    *, actor: User, trail: Trail, change: Change, plan: Reorganisation | None = None, note: str = ""
) -> ChangeEvent:
    """Keep a change as a draft, alone or in a plan; it does nothing yet and may be wrong."""
    trail.detail = {"change": str(change.kind), "on": change.effective.isoformat(), "act": change.act}
    return ChangeEvent.objects.create(
        kind=str(change.kind),
        effective=change.effective,
        act=change.act,
        provision=change.provision,
        change=change.to_json(),
        plan=plan,
        order=plan.events.count() if plan is not None else 0,
        note=note,
        created_by=actor,
    )


@action("event.drop", may=_may_event)
def drop(*, actor: User, trail: Trail, event: ChangeEvent) -> None:
    """Throw a draft away."""
    if event.state != str(EventState.DRAFT):
        raise InputError(
            "not_draft",
            f"“{event}” đã áp dụng; hãy hủy bằng một thay đổi ngược lại.",
            f'"{event}" is applied; reverse it by an event of its own.',
        )
    trail.detail = {"change": event.kind, "on": event.effective.isoformat()}
    event.delete()


@action("event.apply", may=_may_event)
def apply(*, actor: User, trail: Trail, event: ChangeEvent) -> ChangeEvent:
    """Let a draft take effect: all its rows or none."""
    outcome = event_records.apply(event, actor)
    event.refresh_from_db()
    trail.detail = {
        "change": event.kind,
        "on": event.effective.isoformat(),
        "act": event.act,
        "ended": list(outcome.ended),
        "begun": list(outcome.begun),
        "moves": len(outcome.moved),
    }
    return event


@action("event.reverse", may=_may_reverse)
def reverse(*, actor: User, trail: Trail, event: ChangeEvent, act: str, reason: str) -> ChangeEvent:
    """Undo an applied event by one of its own, which rests on `act`."""
    if not act.strip():
        raise InputError("act", "Chưa ghi căn cứ của việc hủy.", "The act on which the reversal rests is missing.")
    reversal = event_records.reverse(event, act, reason, actor)
    trail.detail = {"change": event.kind, "on": event.effective.isoformat(), "act": act, "reason": reason}
    return reversal


@action("event.apply_plan", may=lambda actor, *, plan, **_: _may_plan(actor, unit=plan.unit))
def apply_plan(*, actor: User, trail: Trail, plan: Reorganisation) -> Reorganisation:
    """Let every draft of a plan take effect, in the order of their days: all or none."""
    events = list(plan.events.filter(state=str(EventState.DRAFT)))
    for event in events:
        if not _may_event(actor, event=event):
            raise PermissionDenied(str(event))
        event_records.apply(event, actor)
    trail.detail = {"name": plan.name, "events": len(events)}
    return plan


def comparison(plan: Reorganisation) -> Comparison:
    """The plan's drafts over the map of its base day: before, after, moves. Raises Refused for what cannot be."""
    changes = [Change.from_json(e.change) for e in plan.events.filter(state=str(EventState.DRAFT))]
    return compare(map_rows(changes, plan.base).state, changes)
