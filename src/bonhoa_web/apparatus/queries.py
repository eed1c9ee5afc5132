"""Reads of the apparatus room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Length
from django.utils.translation import get_language

from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.dated import valid_on
from bonhoa_web.apparatus.models import Unit, UnitName, UnitParent
from bonhoa_web.foundation.hanging import hangers


def lineages(ids: Collection[int], on: dt.date) -> dict[int, list[int]]:
    """Unit → the ids of itself and of all above it on a day, nearest first; one round trip for each level."""
    found = {pk: [pk] for pk in ids}
    tops = dict(zip(ids, ids, strict=True))
    while tops:
        lines = UnitParent.objects.on(on).filter(unit__in=set(tops.values()), relation=str(ParentRelation.LINE))
        above = dict(lines.values_list("unit_id", "parent_id"))
        tops = {pk: above[top] for pk, top in tops.items() if top in above}
        for pk, top in tops.items():
            found[pk].append(top)
    return found


def existing(on: dt.date) -> QuerySet[Unit]:
    """The units that exist on a day."""
    return Unit.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def names_on(ids: Collection[int], on: dt.date) -> dict[int, str]:
    """Unit → its name on a day, else the last known one; two round trips."""
    names = dict(Unit.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
    then = UnitName.objects.on(on).filter(unit__in=list(ids), language="vi")
    return names | dict(then.values_list("unit_id", "name"))


def as_of(on: dt.date) -> QuerySet[Unit]:
    """The units that exist on a day with what they were that day: `name_then`, `folded_then`, `level_then`,
    `kind_then`, `code_then`, `above` and `above_name` (the unit in the direct line above and its name)."""

    def then(path: str, **more: str) -> FilteredRelation:
        return FilteredRelation(
            path, condition=valid_on(on, f"{path}__") & Q(**{f"{path}__{k}": more[k] for k in more})
        )

    return (
        existing(on)
        .annotate(
            called=then("names", language="vi"),
            living=then("lives"),
            line=then("parents", relation=str(ParentRelation.LINE)),
            coded=then("codes", scheme=str(CodeScheme.STATISTICS)),
        )
        .annotate(
            name_then=Coalesce("called__name", "name"),
            folded_then=Coalesce("called__folded", "folded"),
            level_then=Coalesce("living__level", "level"),
            kind_then=Coalesce("living__kind", "kind"),
            code_then=Coalesce("coded__code", Value("")),
            above=F("line__parent_id"),
            line_called=FilteredRelation(
                "line__parent__names",
                condition=valid_on(on, "line__parent__names__") & Q(line__parent__names__language="vi"),
            ),
        )
        .annotate(above_name=Coalesce("line_called__name", "line__parent__name"))
    )


def by_words(found: QuerySet[Unit], text: str, column: str = "folded") -> QuerySet[Unit]:
    """Those in whose names (the folded `column`) every word of `text` begins a word, with or without diacritics."""
    for word in fold(text).split():
        found = found.filter(Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"}))
    return found


def nearest_first(found: QuerySet[Unit], text: str, column: str = "folded") -> QuerySet[Unit]:
    """Names that begin with `text`, then those that contain it as it stands, then the rest; short ones first."""
    phrase = fold(text)
    place = Case(
        When(**{f"{column}__startswith": phrase}, then=Value(0)),
        When(**{f"{column}__contains": f" {phrase}"}, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(place, Length("name"), "name", "pk")


def search(text: str, on: dt.date, limit: int = 12) -> list[Unit]:
    """The units of a day with these words in their names, the nearest first."""
    return list(nearest_first(by_words(existing(on), text), text)[:limit])


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many things of a kind hang on a unit, what they are in words, and where to see them."""

    count: int
    label: str
    url: str


def hanging_on(unit: Unit) -> list[Hanging]:
    """Everything of other rooms that hangs on `unit`."""
    language = 1 if (get_language() or "vi").startswith("en") else 0
    counted = [(h, sum(1 for _ in h.held_by([unit.pk]))) for h in hangers().values()]
    return [Hanging(count, h.words[language], h.address(unit)) for h, count in counted if count]
