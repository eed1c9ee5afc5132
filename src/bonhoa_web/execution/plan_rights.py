"""Who prepares a plan and who approves it: roles for the unit that follows the directive."""

from __future__ import annotations

from typing import Any

from bonhoa_web.execution.models import Plan
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

PREPARERS = (Role.SPECIALIST, Role.LEADER)


def may_make(actor: User, *, document: Any, **_: Any) -> bool:
    """Specialists and leaders of the receiving unit make a plan of its document."""
    return holds(actor, *PREPARERS, unit=document.receiver)


def may_prepare(actor: User, *, plan: Plan | None = None, draft: Any = None, **_: Any) -> bool:
    """Those who may make it may correct it."""
    return holds(actor, *PREPARERS, unit=(plan or draft.plan).unit)


def may_approve(actor: User, *, plan: Plan, **_: Any) -> bool:
    """A leader of the unit approves or sends back."""
    return holds(actor, Role.LEADER, unit=plan.unit)
