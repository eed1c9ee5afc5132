"""Writes about people and their roles. An administrator acts for a unit and all units below it."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.utils import timezone

from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.rights import grants, holds
from bonhoa_web.foundation.roles import Role


def _admin(actor: User, **_: Any) -> bool:
    return holds(actor, Role.ADMIN)


def _admin_of_unit(actor: User, *, unit: Any = None, grant: Grant | None = None, **_: Any) -> bool:
    return holds(actor, Role.ADMIN, unit=grant.unit if grant is not None else unit)


@action("user.create", may=_admin)
def create_user(*, actor: User, trail: Trail, username: str, full_name: str) -> User:
    """A new person with a random temporary password, left in `user.temporary_password` for showing once."""
    password = secrets.token_urlsafe(9)
    user = User(username=username, full_name=full_name, password_is_temporary=True)
    user.set_password(password)
    user.save()
    user.temporary_password = password  # type: ignore[attr-defined]
    trail.detail = {"username": username}
    return user


def may_reset_password(actor: User, *, user: User, **_: Any) -> bool:
    """True if `actor` administers every unit for which `user` holds a role: nobody rises by another's password."""
    held = list(grants(user))
    return holds(actor, Role.ADMIN) and all(holds(actor, Role.ADMIN, unit=grant.unit) for grant in held)


@action("user.reset_password", may=may_reset_password)
def reset_password(*, actor: User, trail: Trail, user: User) -> str:
    """A new random temporary password, returned for showing once; the old one and its sessions end."""
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    trail.target = user
    return password


@action("grant.give", may=_admin_of_unit)
def give(
    *, actor: User, trail: Trail, user: User, role: str, unit: Any, title: str = "", valid_from: dt.date | None = None
) -> Grant:
    """Give `user` a role for `unit`; giving it twice keeps the first."""
    grant, _ = Grant.objects.get_or_create(
        user=user,
        role=role,
        unit=unit,
        valid_to=None,
        defaults={"title": title, "valid_from": valid_from or timezone.localdate()},
    )
    trail.detail = {"user": user.username, "role": str(role), "unit": unit.code}
    return grant


@action("grant.end", may=_admin_of_unit)
def end(*, actor: User, trail: Trail, grant: Grant) -> Grant:
    """End a role today; the record stays."""
    today = timezone.localdate()
    grant.valid_to = max(today, grant.valid_from)
    grant.save(update_fields=["valid_to"])
    trail.detail = {"user": grant.user.username, "role": grant.role, "unit": grant.unit.code}
    return grant
