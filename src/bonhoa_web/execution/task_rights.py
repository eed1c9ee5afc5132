"""Who stands on which side of a task: the unit that carries it out, or the body that gave it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from bonhoa.execution.progress import State
from bonhoa.execution.transitions import SIDE, Act, Side, acts
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution.models import Plan, Task
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import grants
from bonhoa_web.foundation.roles import Role

UNIT_ROLES = (Role.OFFICER, Role.LEADER, Role.SPECIALIST)
ISSUER_ROLES = (Role.LEADER, Role.SPECIALIST)


def on_unit_side(user: User, task: Task) -> bool:
    """True if `user` works for the lead body: a role there or above it, below the body that gave the task.

    The issuer's own people do not carry out what they gave to another body, although that body stands under them.
    """
    return _holds(user, UNIT_ROLES, _below_issuer(task.lead, task.plan.unit_id))


def on_issuer_side(user: User, plan: Plan) -> bool:
    """True if `user` decides for the body that follows the plan: its leaders and specialists."""
    return _holds(user, ISSUER_ROLES, plan.unit.lineage_ids())


def may_see(user: User, task: Task) -> bool:
    """True if the task belongs, as lead, cooperating body or issuer, to a unit for which `user` holds a role."""
    if not user.is_active:
        return False
    if user.pk in {task.assignee_id, task.leader_id, task.monitor_id}:
        return True
    units = [task.lead, task.plan.unit, *(c.unit for c in task.cooperations.select_related("unit"))]
    return _holds(user, tuple(Role), [pk for unit in units for pk in unit.lineage_ids()])


def may_do(user: User, act: Act, task: Task) -> bool:
    """True if `act` is `user`'s to do on `task`, whatever the state of the task."""
    match SIDE[act]:
        case Side.UNIT:
            return on_unit_side(user, task)
        case Side.ISSUER:
            return on_issuer_side(user, task.plan)
        case _:
            return may_see(user, task)


def acts_open_to(user: User, task: Task) -> list[Act]:
    """What `user` can do with `task` now: possible in its state, and theirs to do. In the order of the acts."""
    possible = acts(State(task.state))
    sides = {Side.ANYONE: True, Side.UNIT: on_unit_side(user, task), Side.ISSUER: on_issuer_side(user, task.plan)}
    return [act for act in Act if act in possible and sides[SIDE[act]]]


def people_of(task: Task) -> QuerySet[User]:
    """The people to whom the lead body can give the task."""
    lineage = _below_issuer(task.lead, task.plan.unit_id)
    return (
        User.objects.filter(
            is_active=True,
            grants__unit_id__in=lineage,
            grants__role__in=[str(r) for r in UNIT_ROLES],
            grants__valid_to__isnull=True,
        )
        .distinct()
        .order_by("full_name")
    )


def _below_issuer(lead: Unit, issuer_id: int) -> list[int]:
    lineage = lead.lineage_ids()
    if issuer_id in lineage[1:]:
        return lineage[: lineage.index(issuer_id)]
    return lineage


def _holds(user: Any, roles: tuple[Role, ...], unit_ids: list[int]) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return grants(user).filter(role__in=[str(r) for r in roles], unit_id__in=unit_ids).exists()
