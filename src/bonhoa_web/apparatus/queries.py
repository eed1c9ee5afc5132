"""Reads of the apparatus room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Unit


def existing(on: dt.date) -> QuerySet[Unit]:
    """The units that exist on a day."""
    return Unit.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def search(text: str, on: dt.date, limit: int = 12) -> list[Unit]:
    """Units whose names contain every word of `text`, with or without diacritics; shortest names first."""
    found = existing(on)
    for word in fold(text).split():
        found = found.filter(folded__contains=word)
    return sorted(found[:400], key=lambda u: (len(u.name), u.name))[:limit]


@dataclass(frozen=True, slots=True)
class Hanging:
    """What another room has hanging on a unit: how many, what in words, and where to see them."""

    count: int
    label: str
    url: str


_hangers: list[Callable[[Unit], Hanging | None]] = []


def register_hanger(hanger: Callable[[Unit], Hanging | None]) -> None:
    """A room says what of its own hangs on a unit."""
    if hanger not in _hangers:
        _hangers.append(hanger)


def hanging_on(unit: Unit) -> list[Hanging]:
    """Everything that hangs on `unit`."""
    return [h for hanger in _hangers if (h := hanger(unit)) is not None]
