"""The columns of `Unit` are derived here from the dated rows: the values of today, of an ended unit those of its last
day, of one to come those of its first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa_web.apparatus.models import MapDay, Unit, UnitCode, UnitLife, UnitName, UnitParent

_BATCH = 500
NEVER = dt.date.max
"""The beginning of a unit whose founding was reversed: no day on which it exists."""


def refresh(ids: Collection[int] | None = None, *, on: dt.date | None = None) -> None:
    """Derive the columns of these units (None: of all) as they are `on` a day, default today."""
    day = on or timezone.localdate()
    if ids is None:
        _refresh(Unit.objects.all(), day)
        return
    chosen = sorted(ids)
    for start in range(0, len(chosen), _BATCH):
        _refresh(Unit.objects.filter(pk__in=chosen[start : start + _BATCH]), day)


def _refresh(units: QuerySet[Unit], day: dt.date) -> None:
    undone = units.filter(pk__in=UnitLife.everything.values("unit")).exclude(pk__in=UnitLife.objects.values("unit"))
    undone.update(valid_from=NEVER, valid_to=None)
    lives = UnitLife.objects.filter(unit=OuterRef("pk")).order_by().values("unit")
    begun = lives.annotate(all=Count("pk"), dated=Count("valid_from"), ended=Count("valid_to"))
    units = units.filter(Q(pk__in=UnitLife.objects.values("unit")))
    units.update(
        valid_from=Subquery(begun.annotate(v=Min("valid_from")).filter(all=F("dated")).values("v")),
        valid_to=Subquery(begun.annotate(v=Max("valid_to")).filter(all=F("ended")).values("v")),
    )
    start, end = OuterRef("valid_from"), OuterRef("valid_to")
    begins = Q(valid_from__isnull=True)
    ends = Q(valid_to__isnull=True)
    for those, then in (
        (units.filter(valid_to__lte=day), (begins | Q(valid_from__lt=end)) & (ends | Q(valid_to__gte=end))),
        (units.filter(valid_from__gt=day), (begins | Q(valid_from__lte=start)) & (ends | Q(valid_to__gt=start))),
        (
            units.filter(Q(valid_to=None) | Q(valid_to__gt=day)).exclude(valid_from__gt=day),
            (begins | Q(valid_from__lte=day)) & (ends | Q(valid_to__gt=day)),
        ),
    ):
        names, life = UnitName.objects.filter(then, language="vi"), UnitLife.objects.filter(then)
        those.update(
            name=Coalesce(_one(names, "name"), "name"),
            short_name=Coalesce(_one(names, "short_name"), "short_name"),
            folded=Coalesce(_one(names, "folded"), "folded"),
            level=Coalesce(_one(life, "level"), "level"),
            kind=Coalesce(_one(life, "kind"), "kind"),
            official_code=Coalesce(
                _one(UnitCode.objects.filter(then, scheme=str(CodeScheme.STATISTICS)), "code"), Value("")
            ),
            parent_id=_one(UnitParent.objects.filter(then, relation=str(ParentRelation.LINE)), "parent_id"),
        )


def _one(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.filter(unit=OuterRef("pk")).order_by().values(column)[:1])


def stale(since: dt.date, on: dt.date) -> set[int]:
    """The units of which a row begins or ends in (since, on]: their columns are to be derived anew."""
    changed: set[int] = set()
    for model in (UnitLife, UnitName, UnitCode, UnitParent):
        turning = Q(valid_from__gt=since, valid_from__lte=on) | Q(valid_to__gt=since, valid_to__lte=on)
        changed.update(model.objects.filter(turning).values_list("unit_id", flat=True))
    return changed


def keep(**_: Any) -> None:
    """Bring the columns to the present day if it has changed since they were derived; a receiver of
    `request_started`, which costs one comparison on all but the first request of a day."""
    day = timezone.localdate()
    if _derived.get(connection.alias) == day:
        return
    with transaction.atomic():
        last = MapDay.objects.select_for_update().first()
        if last is None or last.day < day:
            refresh(stale(last.day, day) if last else None, on=day)
            MapDay.objects.update_or_create(pk=1, defaults={"day": day})
    _derived[connection.alias] = day


_derived: dict[str, dt.date] = {}
