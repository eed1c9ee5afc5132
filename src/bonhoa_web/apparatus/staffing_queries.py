"""Reads of posts and who fills them: the head of each unit, how many posts and people, how full their time is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Sum

from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa_web.apparatus.models import Holding, PostVersion

_ORDER = [str(mode) for mode in (HoldingMode.OFFICIAL, HoldingMode.ACTING, HoldingMode.CONCURRENT)]


@dataclass(slots=True)
class Staff:
    """The posts of a unit on a day. `people` counts each person once; `load` is the time, in per cent, that the
    busiest of them gives to all posts together, here and elsewhere."""

    posts: int = 0
    people: int = 0
    deputies: int = 0
    head: str = ""
    head_mode: str = ""
    load: int = 0


def staff(units: Collection[int], on: dt.date) -> dict[int, Staff]:
    """Unit → its staff on a day, for those that have posts; three round trips."""
    found: dict[int, Staff] = defaultdict(Staff)
    unit_of: dict[int, int] = {}
    heads: set[int] = set()
    posts = PostVersion.objects.on(on).filter(unit__in=list(units))
    for post, unit, is_head, is_deputy in posts.values_list("post_id", "unit_id", "is_head", "is_deputy"):
        unit_of[post] = unit
        found[unit].posts += 1
        found[unit].deputies += is_deputy
        if is_head:
            heads.add(post)
    if not unit_of:
        return {}
    people: dict[int, set[int]] = defaultdict(set)
    held = Holding.objects.on(on).filter(post__in=list(unit_of))
    rows = held.values_list("post_id", "person_id", "person__full_name", "mode")
    for post, person, name, mode in sorted(rows, key=lambda row: _ORDER.index(row[3]), reverse=True):
        people[unit_of[post]].add(person)
        if post in heads:  # the official holder comes last and stays
            found[unit_of[post]].head, found[unit_of[post]].head_mode = name, mode
    loads = loads_of({person for those in people.values() for person in those}, on)
    for unit, those in people.items():
        found[unit].people = len(those)
        found[unit].load = max(loads[person] for person in those)
    return dict(found)


def loads_of(people: Collection[int], on: dt.date) -> dict[int, int]:
    """Person → per cent of the time that all their posts take on a day; one round trip."""
    rows = Holding.objects.on(on).filter(person__in=list(people)).order_by().values_list("person_id")
    return dict(rows.annotate(load=Sum("load")))
