"""Who may: a role held for a unit, or for a unit above it, on the day."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.roles import Role


def grants(user: User) -> QuerySet[Grant]:
    """The grants of `user` that hold today."""
    today = timezone.localdate()
    return (
        Grant.objects.filter(user=user, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("unit")
    )


def holds(user: Any, *roles: Role, unit: Any = None) -> bool:
    """True if `user` holds one of `roles` for `unit` or a unit above it (`unit=None`: for any unit)."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    held = grants(user).filter(role__in=[str(r) for r in roles])
    if unit is None:
        return held.exists()
    return held.filter(unit_id__in=unit.lineage_ids()).exists()


def units_of(user: User, *roles: Role) -> list[Any]:
    """The units for which `user` directly holds one of `roles`, without repetition."""
    seen = {g.unit_id: g.unit for g in grants(user).filter(role__in=[str(r) for r in roles])}
    return list(seen.values())
