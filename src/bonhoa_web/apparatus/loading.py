"""The national register becomes records: central bodies, provinces, districts and communes with who followed whom."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from bonhoa.apparatus import load_register
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.models import Succession, Unit
from bonhoa_web.foundation import audit


def load_national(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Store every listed unit that is not stored yet; how many were added. Running it again adds what is new."""
    listed = load_register().units()
    known = dict(Unit.objects.values_list("code", "pk"))
    fresh = [u for u in listed if u.code not in known]
    with transaction.atomic():
        for start in range(0, len(fresh), 2000):
            Unit.objects.bulk_create([record_of(u, None) for u in fresh[start : start + 2000]])
            progress(min(start + 2000, len(fresh)), len(fresh))
        ids = dict(Unit.objects.values_list("code", "pk"))
        parented = [Unit(pk=ids[u.code], parent_id=ids[u.parent]) for u in fresh if u.parent in ids]
        Unit.objects.bulk_update(parented, ["parent_id"], batch_size=400)
        Succession.objects.bulk_create(
            [
                Succession(old_id=ids[u.code], new_id=ids[s.code], on=u.valid_to, basis=(u.basis or "")[:255])
                for u in fresh
                if u.valid_to
                for s in u.successors
                if s.code in ids
            ],
            ignore_conflicts=True,
            batch_size=2000,
        )
        if fresh:
            audit.append(None, "register.load", None, {"added": len(fresh)})
    return len(fresh)
