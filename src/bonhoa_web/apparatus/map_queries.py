"""Reads of the map on any day: the tree, one unit, its history, search over all names it ever bore.

Each function says how many round trips it makes; none depends on how many units it returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from bonhoa.apparatus.vocabulary import ParentRelation
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.dated import valid_on
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    FunctionVersion,
    Holding,
    Mandate,
    PostVersion,
    Succession,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.apparatus.models.posts import HEAD_FIRST
from bonhoa_web.apparatus.staffing_queries import staff

_LINE = str(ParentRelation.LINE)


@dataclass(slots=True)
class Node:
    """A unit on a day, as a chart shows it. `children` counts the units in its direct line that day."""

    id: int
    name: str
    short_name: str
    level: str
    kind: str
    parent_id: int | None
    children: int = 0
    head: str = ""
    deputies: int = 0
    posts: int = 0


def _nodes(lives: QuerySet[UnitLife], on: dt.date) -> list[Node]:
    """One round trip: each life with the name (else the last known one) and the line parent of the day."""
    rows = lives.annotate(
        called=FilteredRelation("unit__names", condition=valid_on(on, "unit__names__") & Q(unit__names__language="vi")),
        line=FilteredRelation(
            "unit__parents", condition=valid_on(on, "unit__parents__") & Q(unit__parents__relation=_LINE)
        ),
    ).values_list("unit_id", "called__name", "unit__name", "called__short_name", "level", "kind", "line__parent_id")
    return [
        Node(pk, name or last, short or "", level, kind, parent) for pk, name, last, short, level, kind, parent in rows
    ]


def tree(on: dt.date) -> dict[int, Node]:
    """Every unit of a day with its parent and how many stand under it; one round trip. A parent that does not exist
    on the day counts as none."""
    nodes = {node.id: node for node in _nodes(UnitLife.objects.on(on).order_by(), on)}
    for node in nodes.values():
        if node.parent_id is not None:
            above = nodes.get(node.parent_id)
            if above is None:
                node.parent_id = None
            else:
                above.children += 1
    return nodes


def branch(on: dt.date, parent: Unit | int | None = None) -> list[Node]:
    """The units directly under `parent` on a day (None: those under nobody), by name, with their heads and how many
    stand under each; at most five round trips."""
    lives = UnitLife.objects.on(on).order_by()
    under = UnitParent.objects.on(on).filter(relation=_LINE)
    if parent is None:
        lives = lives.exclude(unit__in=under.values("unit"))
    else:
        pk = parent if isinstance(parent, int) else parent.pk
        lives = lives.filter(unit__in=under.filter(parent=pk).values("unit"))
    nodes = {node.id: node for node in _nodes(lives, on)}
    _count_children(nodes, on)
    for pk, found in staff(nodes, on).items():
        nodes[pk].head, nodes[pk].deputies, nodes[pk].posts = found.head, found.deputies, found.posts
    return sorted(nodes.values(), key=lambda node: (node.name, node.id))


def _count_children(nodes: dict[int, Node], on: dt.date) -> None:
    counted = UnitParent.objects.on(on).filter(relation=_LINE, parent__in=list(nodes)).order_by().values("parent")
    for row in counted.annotate(n=Count("pk")):
        nodes[row["parent"]].children = row["n"]


@dataclass
class Card:
    """One unit on a day: what it is called, whom it stands under, who heads it, what it holds."""

    unit: Unit
    on: dt.date
    name: str
    exists: bool
    parents: list[UnitParent]
    codes: list[UnitCode]
    posts: list[PostVersion]
    holdings: dict[int, list[Holding]]
    mandates: list[Mandate]

    @property
    def head(self) -> Holding | None:
        """The official holder of the head's post, else who acts."""
        for post in self.posts:
            if post.is_head:
                held = sorted(self.holdings.get(post.post_id, []), key=lambda h: h.mode != "official")
                return held[0] if held else None
        return None


def card(unit: Unit, on: dt.date) -> Card:
    """The unit on a day; seven round trips. Each mandate carries the `statement` of its function."""
    names = list(UnitName.objects.on(on).filter(unit=unit, language="vi"))
    posts = list(PostVersion.objects.on(on).filter(unit=unit).order_by(*HEAD_FIRST, "number", "pk"))
    holdings: dict[int, list[Holding]] = {}
    for holding in Holding.objects.on(on).filter(post__in=[p.post_id for p in posts]).select_related("person"):
        holdings.setdefault(holding.post_id, []).append(holding)
    wording = FunctionVersion.objects.on(on).filter(function=OuterRef("function")).values("statement")[:1]
    return Card(
        unit=unit,
        on=on,
        name=names[0].name if names else unit.name,
        exists=UnitLife.objects.on(on).filter(unit=unit).exists(),
        parents=list(UnitParent.objects.on(on).filter(unit=unit).select_related("parent")),
        codes=list(UnitCode.objects.on(on).filter(unit=unit)),
        posts=posts,
        holdings=holdings,
        mandates=list(
            Mandate.objects.on(on)
            .filter(unit=unit)
            .select_related("function", "scope")
            .annotate(statement=Subquery(wording, output_field=CharField()))
            .order_by("role", "pk")
        ),
    )


@dataclass
class History:
    """All that is recorded of a unit, oldest first."""

    names: list[UnitName] = field(default_factory=list)
    codes: list[UnitCode] = field(default_factory=list)
    parents: list[UnitParent] = field(default_factory=list)
    lives: list[UnitLife] = field(default_factory=list)
    events: list[ChangeEvent] = field(default_factory=list)
    before: list[Succession] = field(default_factory=list)
    after: list[Succession] = field(default_factory=list)


def history(unit: Unit) -> History:
    """Names, codes, parents, kinds, events, whom it followed and who followed it; seven round trips."""

    def rows(model: Any, *with_: str) -> list[Any]:
        found = model.objects.filter(unit=unit).select_related(*with_) if with_ else model.objects.filter(unit=unit)
        return list(found.in_order())

    return History(
        rows(UnitName),
        rows(UnitCode),
        rows(UnitParent, "parent"),
        rows(UnitLife),
        list(ChangeEvent.objects.filter(units__unit=unit).exclude(state="draft")),
        list(unit.precessions.select_related("old").order_by("on", "pk")),
        list(unit.successions.select_related("new").order_by("on", "pk")),
    )


@dataclass(frozen=True)
class Found:
    """A unit found by a name that it bears or bore; `heirs` are those that exist on the day in the place of one that
    does not, nearest first."""

    unit: Unit
    name: UnitName
    exists: bool
    heirs: tuple[Unit, ...] = ()


def search_over_time(text: str, on: dt.date, limit: int = 12) -> list[Found]:
    """Units by any name they ever bore, those that exist on the day first; two round trips and two for each step from
    an ended unit to its heirs."""
    names = UnitName.objects.select_related("unit")
    for word in fold(text).split():
        names = names.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    phrase = fold(text)
    best: dict[int, UnitName] = {}
    for name in names.order_by("pk")[:2000]:
        known = best.get(name.unit_id)
        if known is None or (name.valid_on(on) and not known.valid_on(on)):
            best[name.unit_id] = name
    alive = set(UnitLife.objects.on(on).filter(unit__in=list(best)).values_list("unit_id", flat=True))
    chosen = sorted(
        best.values(),
        key=lambda n: (n.unit_id not in alive, not n.folded.startswith(phrase), len(n.name), n.name, n.pk),
    )[:limit]
    heirs = heirs_on([n.unit_id for n in chosen if n.unit_id not in alive], on)
    return [Found(n.unit, n, n.unit_id in alive, tuple(heirs.get(n.unit_id, ()))) for n in chosen]


def heirs_on(ids: Collection[int], on: dt.date) -> dict[int, list[Unit]]:
    """Unit → those that exist on a day and hold what it was, through as many changes as it takes; two round trips for
    each step."""
    heirs: dict[int, list[Unit]] = {}
    waiting = {pk: {pk} for pk in ids}  # unit on the way → those that asked for it
    seen: set[tuple[int, int]] = set()
    while waiting:
        steps = list(Succession.objects.filter(old__in=list(waiting), on__lte=on).select_related("new").order_by("pk"))
        alive = set(
            UnitLife.objects.on(on).filter(unit__in=[s.new_id for s in steps]).values_list("unit_id", flat=True)
        )
        further: dict[int, set[int]] = {}
        for step in steps:
            for asker in waiting[step.old_id]:
                if (asker, step.new_id) in seen:
                    continue
                seen.add((asker, step.new_id))
                if step.new_id in alive:
                    heirs.setdefault(asker, []).append(step.new)
                else:
                    further.setdefault(step.new_id, set()).add(asker)
        waiting = further
    return heirs
