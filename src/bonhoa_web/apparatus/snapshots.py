"""Records → library values: the register that knows the national data and the territories stored here."""

from __future__ import annotations

import functools

from bonhoa.apparatus import Register, load_register
from bonhoa.apparatus import model as value
from bonhoa_web.apparatus.models import Succession, Unit


def register() -> Register:
    """The national register with the territories that only this installation has (a pilot, the demo's province)."""
    national = load_register()
    own = [
        u.pk
        for u in Unit.objects.filter(kind=str(value.UnitKind.TERRITORY), official_code="").only("pk", "code")
        if u.code not in national.territories
    ]
    return national if not own else _with(tuple(own))


@functools.lru_cache(maxsize=2)
def _with(ids: tuple[int, ...]) -> Register:
    rows = Unit.objects.filter(pk__in=ids).select_related("parent")
    heirs: dict[int, list[value.UnitLink]] = {}
    for s in Succession.objects.filter(old_id__in=ids).select_related("new"):
        heirs.setdefault(s.old_id, []).append(value.UnitLink(s.new.code, s.new.name))
    return load_register().with_territories(unit_value(row, tuple(heirs.get(row.pk, ()))) for row in rows)


def unit_value(row: Unit, successors: tuple[value.UnitLink, ...] = ()) -> value.Unit:
    """A unit's record as the library sees it."""
    return value.Unit(
        code=row.code,
        name=row.name,
        level=value.UnitLevel.of(row.level),
        kind=value.UnitKind.of(row.kind),
        parent=row.parent.code if row.parent else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        short_names=(row.short_name,) if row.short_name else (),
        successors=successors,
        status=value.CheckStatus.of(row.status),
        source=row.source,
    )
