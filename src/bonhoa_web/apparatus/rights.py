"""Who may keep the map of a unit and who may see its people: roles held for the unit or one above it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bonhoa.apparatus.model import UnitKind, UnitLevel
from bonhoa.apparatus.vocabulary import HoldingMode
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


def territory_of(unit: Unit) -> Unit:
    """The administrative unit in which a body stands; of one that stands in none, the highest above it of its level."""
    passed = {unit.pk}
    while unit.kind != UnitKind.TERRITORY and unit.parent is not None and unit.parent.level == unit.level:
        unit = unit.parent
        if unit.pk in passed:
            break
        passed.add(unit.pk)
    return unit


def may_reach(user: Any, unit: Unit, scope: Unit | None) -> bool:
    """True if `user`, who keeps `unit`, may record a mandate of it in the place `scope` (None: the whole country): in
    its own territory; anywhere if it is central; elsewhere and wider with the right over that place, too."""
    if unit.level == UnitLevel.CENTRAL:
        return True
    if scope is None:
        return any(top.level == UnitLevel.CENTRAL for top in units_of(user, *KEEPERS))
    return territory_of(unit).pk in scope.lineage_ids() or may_keep(user, scope)


def units_of_post(post_id: int) -> list[Unit]:
    """The units in which a post stands or stood."""
    return list(Unit.objects.filter(pk__in=PostVersion.objects.filter(post=post_id).values("unit")))


def units_of_person(person: Person) -> list[Unit]:
    """The units in which a person holds or held a post."""
    posts = Holding.objects.filter(person=person).values("post")
    return list(Unit.objects.filter(pk__in=PostVersion.objects.filter(post__in=posts).values("unit")))


def official_units(person: Person, start: dt.date | None, end: dt.date | None) -> list[Unit]:
    """The units in which a person officially holds a post on some day of [start, end); None is unbounded."""
    held = Holding.objects.during(start, end).filter(person=person, mode=str(HoldingMode.OFFICIAL))
    places = PostVersion.objects.during(start, end).filter(post__in=held.values("post"))
    return list(Unit.objects.filter(pk__in=places.values("unit")))


def may_see_person(user: Any, person: Person) -> bool:
    """True for the person, for those who see the people of one of the units, and of keepers for who holds nothing."""
    if person.user_id is not None and person.user_id == user.pk:
        return True
    units = units_of_person(person)
    return any(may_see_people(user, unit) for unit in units) if units else holds(user, *KEEPERS)


def may_see_sealed(user: Any, person: Person) -> bool:
    """True for the person and for the personnel officers of a unit in which the person officially holds a post today:
    neither leaders nor administrators, nor units left or helped out in."""
    if person.user_id is not None and person.user_id == user.pk:
        return True
    return may_write_sealed(user, person)


def may_write_sealed(user: Any, person: Person) -> bool:
    """True for these personnel officers only: nobody writes their own sealed data because they may see it."""
    today = timezone.localdate()
    units = official_units(person, today, today + dt.timedelta(days=1))
    return any(holds(user, Role.PERSONNEL, unit=unit) for unit in units)


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
