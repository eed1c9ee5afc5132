"""Reads of the apparatus room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import get_language

from bonhoa.apparatus.vocabulary import ParentRelation
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Unit, UnitParent
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


def by_words(found: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those in whose names every word of `text` begins a word, with or without diacritics."""
    for word in fold(text).split():
        found = found.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    return found


def nearest_first(found: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Names that begin with `text`, then those that contain it as it stands, then the rest; short ones first."""
    phrase = fold(text)
    place = Case(
        When(folded__startswith=phrase, then=Value(0)),
        When(folded__contains=f" {phrase}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(place, Length("name"), "name", "pk")


def search(text: str, on: dt.date, limit: int = 12) -> list[Unit]:
    """The units of a day with these words in their names, the nearest first."""
    return list(nearest_first(by_words(existing(on), text), text)[:limit])


def ended(text: str, on: dt.date) -> list[Unit]:
    """Bodies with these words in their names that had ended by `on`, with what came after them; at most three."""
    gone = by_words(Unit.objects.filter(valid_to__lte=on), text).prefetch_related("successions__new")
    return list(nearest_first(gone, text)[:3])


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
