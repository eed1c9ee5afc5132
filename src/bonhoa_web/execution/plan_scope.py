"""Whom a body directs: a plan's leads that stand neither under it nor in its territory are told before approval."""

from __future__ import annotations

from collections.abc import Iterable

from bonhoa.apparatus.model import UnitKind, UnitLevel
from bonhoa_web.apparatus.models import Unit

OUTSIDE = "ngoai-pham-vi"
"""The name of the filter that shows these rows."""


def outside(unit: Unit, leads: Iterable[int]) -> set[int]:
    """Those of `leads` (ids of units) that `unit` does not direct.

    The committees and party bodies of a territory direct what stands in it; a department, what stands under it; the
    central bodies that have nothing above them, everybody.
    """
    above = unit.parent
    root = above if above is not None and above.kind == UnitKind.TERRITORY else unit
    if root.parent_id is None and root.level == UnitLevel.CENTRAL:
        return set()
    wanted = set(leads)
    parents: dict[int, int | None] = {}
    frontier = set(wanted)
    while frontier:
        parents |= dict(Unit.objects.filter(pk__in=frontier).values_list("pk", "parent_id"))
        frontier = {pk for pk in parents.values() if pk is not None} - parents.keys()
    return {lead for lead in wanted if not _stands_under(lead, root.pk, parents)}


def _stands_under(lead: int, root: int, parents: dict[int, int | None]) -> bool:
    at: int | None = lead
    passed: set[int] = set()
    while at is not None and at != root and at not in passed:
        passed.add(at)
        at = parents.get(at)
    return at == root
