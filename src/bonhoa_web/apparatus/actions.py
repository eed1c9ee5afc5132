"""Writes of the apparatus room."""

from __future__ import annotations

from bonhoa.apparatus.model import Unit as UnitValue
from bonhoa.common.folding import fold
from bonhoa_web.apparatus import snapshots
from bonhoa_web.apparatus.models import Unit
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
        folded=fold(" ".join((value.name, *value.short_names)))[:400],
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
    found = Unit.objects.filter(code=code).first()
    if found is not None:
        return found
    value = snapshots.register().get(code)
    if value is None:
        return None
    record = record_of(value, ensure_unit(value.parent, trail) if value.parent else None)
    record.save()
    trail.detail.setdefault("units", []).append(code)
    return record


def _admin_of(actor: User, *, unit: Unit, **_: object) -> bool:
    return holds(actor, Role.ADMIN, unit=unit)


@action("unit.edit", may=_admin_of)
def edit(*, actor: User, trail: Trail, unit: Unit, name: str, short_name: str) -> Unit:
    """Correct how a unit is called here; a renaming by an act is a change event (a later room)."""
    trail.detail = {"from": unit.name, "to": name}
    unit.name, unit.short_name, unit.folded = name, short_name, fold(f"{name} {short_name}")[:400]
    unit.save(update_fields=["name", "short_name", "folded"])
    return unit
