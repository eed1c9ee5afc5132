"""Who may keep the map of a unit and who may see its people: roles held for the unit or one above it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bonhoa_web.apparatus.models import Holding, Person, PostVersion, Unit
from bonhoa_web.foundation.rights import holds, units_of
from bonhoa_web.foundation.roles import Role

KEEPERS = frozenset({Role.ADMIN, Role.PERSONNEL})
"""They write mandates, positions, posts, holdings."""
SEE_PEOPLE = frozenset({*KEEPERS, Role.LEADER})
"""They see who holds the posts. The head of a unit is known to everybody."""


def may_keep(user: Any, unit: Unit) -> bool:
    """True if `user` may write what hangs on `unit`."""
    return holds(user, *KEEPERS, unit=unit)


def may_see_people(user: Any, unit: Unit) -> bool:
    """True if `user` may see who holds the posts of `unit`."""
    return holds(user, *SEE_PEOPLE, unit=unit)


def units_of_post(post_id: int) -> list[Unit]:
    """The units in which a post stands or stood."""
    return list(Unit.objects.filter(pk__in=PostVersion.objects.filter(post=post_id).values("unit")))


def units_of_person(person: Person) -> list[Unit]:
    """The units in which a person holds or held a post."""
    posts = Holding.objects.filter(person=person).values("post")
    return list(Unit.objects.filter(pk__in=PostVersion.objects.filter(post__in=posts).values("unit")))


def may_see_person(user: Any, person: Person) -> bool:
    """True for the person, for those who see the people of one of the units, and of keepers for who holds nothing."""
    if person.user_id is not None and person.user_id == user.pk:
        return True
    units = units_of_person(person)
    return any(may_see_people(user, unit) for unit in units) if units else holds(user, *KEEPERS)


def may_see_sealed(user: Any, person: Person) -> bool:
    """True for the person and for the personnel officers of one of the units: neither leaders nor administrators."""
    if person.user_id is not None and person.user_id == user.pk:
        return True
    units = units_of_person(person)
    return any(holds(user, Role.PERSONNEL, unit=unit) for unit in units) if units else holds(user, Role.PERSONNEL)


def people_for(user: Any) -> QuerySet[Person]:
    """The people whom `user` may see in lists."""
    tops = {unit.pk for unit in units_of(user, *SEE_PEOPLE)}
    seen = Holding.objects.filter(post__in=PostVersion.objects.filter(unit__in=_below(tops)).values("post"))
    mine = Q(pk__in=seen.values("person"))
    if holds(user, *KEEPERS):
        mine |= ~Q(pk__in=Holding.objects.values("person"))
    return Person.objects.filter(mine)


def _below(tops: set[int]) -> list[int]:
    """These units and all below them, by the columns of today (of ended units: by their last day), as rights are."""
    under: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.order_by().values_list("pk", "parent_id"):
        under.setdefault(parent, []).append(pk)
    found, waiting = set[int](), list(tops)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += under.get(pk, ())
    return sorted(found)
