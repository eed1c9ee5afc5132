"""Writes of the apparatus room."""

from __future__ import annotations

from bonhoa.apparatus.model import Unit as UnitValue
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import snapshots, today
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import Unit, UnitName
from bonhoa_web.apparatus.naming import folded
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role


def record_of(value: UnitValue, parent: Unit | None) -> Unit:
    """An unsaved record of a unit of the register."""
    short = value.short_names[0] if value.short_names else ""
    return Unit(
        code=value.code,
        name=value.name,
        short_name=short[:80],
        folded=folded(value.name, *value.short_names),
        level=str(value.level),
        kind=str(value.kind),
        official_code=value.official_code or "",
        parent=parent,
        valid_from=value.valid_from,
        valid_to=value.valid_to,
        status=str(value.status),
        source=value.source[:255],
    )


def ensure_unit(code: str, trail: Trail) -> Unit | None:
    """The record of a unit of the register, made inside the running action if it is not stored yet (bodies of a
    territory are derived, not listed); None if the register has no such code."""
    stored = Unit.objects.filter(code=code).first()
    if stored is not None:
        return stored
    value = snapshots.register().get(code)
    if value is None:
        return None
    record = record_of(value, ensure_unit(value.parent, trail) if value.parent else None)
    found([record], acts={code: value.basis})
    trail.detail.setdefault("units", []).append(code)
    return record


def _admin_of(actor: User, *, unit: Unit, **_: object) -> bool:
    return holds(actor, Role.ADMIN, unit=unit)


@action("unit.edit", may=_admin_of)
def edit(*, actor: User, trail: Trail, unit: Unit, name: str, short_name: str) -> Unit:
    """Correct the name that the unit bears today (an ended one: bore last); a renaming by an act is a change event."""
    trail.detail = {"from": unit.name, "to": name}
    today.refresh([unit.pk])
    unit.refresh_from_db()
    row = UnitName.objects.filter(unit=unit, language="vi", name=unit.name).last_begun()
    if row is None:
        raise InputError(
            "no_name",
            f"{unit.name} chưa có dòng tên có thời hạn nào để sửa.",
            f"{unit.name} has no dated name to correct.",
        )
    row.supersede(name=name, short_name=short_name, folded=folded(name, short_name), recorded_by=actor)
    today.refresh([unit.pk])
    unit.refresh_from_db()
    return unit
