"""The national register becomes records: central bodies, provinces, districts and communes with who followed whom."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from bonhoa.apparatus import load_register
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import Succession, Unit, UnitParent
from bonhoa_web.foundation import audit


def load_national(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Store every listed unit that is not stored yet; how many were added. Running it again adds what is new."""
    register = load_register()
    known = {unit.code: unit for unit in Unit.objects.only("code")}
    fresh = [u for u in register.units() if u.code not in known]
    if not fresh:
        return 0
    records = known | {u.code: record_of(u, None) for u in fresh}
    for u in fresh:
        records[u.code].parent = records[u.parent] if u.parent else None
    turns = {u.code: register.parents_of(u) for u in fresh}
    with transaction.atomic():
        found(
            [records[u.code] for u in fresh],
            acts={u.code: u.basis for u in fresh},
            other_parents={
                code: [UnitParent(unit=records[code], parent=records[p], valid_from=a, valid_to=b) for p, a, b in rows]
                for code, rows in turns.items()
                if len(rows) > 1
            },
        )
        progress(len(fresh), len(fresh))
        Succession.objects.bulk_create(
            [
                Succession(old=records[u.code], new=records[s.code], on=u.valid_to, act=u.basis[:255])
                for u in fresh
                if u.valid_to
                for s in u.successors
                if s.code in records
            ],
            batch_size=2000,
        )
        audit.append(None, "register.load", None, {"added": len(fresh)})
    return len(fresh)
