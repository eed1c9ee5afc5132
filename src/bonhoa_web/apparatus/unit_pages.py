"""A unit's page on a day: what it is, whom it stands under, who heads it, what it holds, where it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bonhoa.apparatus.model import CheckStatus, UnitKind, UnitLevel
from bonhoa.apparatus.vocabulary import CodeScheme, EventKind, HoldingMode, MandateRole, ParentRelation, PositionGroup
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import actions, days, map_queries, old_names, queries, rights
from bonhoa_web.apparatus.forms import UnitForm
from bonhoa_web.apparatus.map_queries import Card, Found, heirs_on
from bonhoa_web.apparatus.models import Holding, PositionVersion, PostVersion, Unit, UnitLife, UnitName
from bonhoa_web.apparatus.staffing_queries import Staff, staff
from bonhoa_web.apparatus.today import NEVER
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

MOST_CHILDREN = 200


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with who fills it; `holdings` is empty for those who may not see people, `filled` is not."""

    post: PostVersion
    filled: bool
    holdings: list[Holding]


@dataclass(slots=True)
class Position:
    """A job position of the unit on the day with its posts; `version` is None for posts of another unit's position."""

    version: PositionVersion | None
    seats: list[Seat] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """The sections of the description that are still to be written."""
        if self.version is None:
            return []
        manages = self.version.group == str(PositionGroup.MANAGEMENT)
        return self.version.described.missing(manages=manages)


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit on a day; an administrator may correct its name here."""
    record = get_object_or_404(Unit, pk=pk)
    may_rename = holds(request.user, Role.ADMIN, unit=record)
    form = UnitForm(request.POST or None, initial={"name": record.name, "short_name": record.short_name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(actor=request.user, unit=record, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, error.text(get_language() or "vi"))
        else:
            messages.success(request, _("Đã sửa tên."))
            return redirect(days.address(request, "apparatus-unit", pk))
    return render(
        request,
        "apparatus/unit.html",
        {**told(request, record), "form": form if may_rename else None},
        status=422 if form.errors else 200,
    )


def told(request: HttpRequest, record: Unit) -> dict[str, Any]:
    """What the page shows of a unit on the day of the address."""
    on, language = days.the_day(request), get_language() or "vi"
    card, history = map_queries.card(record, on), map_queries.history(record)
    sees_people = rights.may_see_people(request.user, record)
    children = map_queries.branch(on, record)
    named = queries.names_on([p.parent_id for p in card.parents], on)
    life = UnitLife.objects.on(on).filter(unit=record).first()
    return {
        "unit": record,
        "card": card,
        "on": on,
        "bar": days.day_bar(request),
        "level": UnitLevel.of(life.level if life else record.level),
        "kind": UnitKind.of(life.kind if life else record.kind),
        "status": CheckStatus.of(record.status),
        "founded": record.valid_from != NEVER,
        "gone": "" if card.exists else gone(record, on),
        "heirs": () if card.exists else heirs_on([record.pk], on).get(record.pk, ()),
        "parents": [(ParentRelation.of(p.relation), p, named[p.parent_id]) for p in card.parents],
        "codes": [(CodeScheme.of(c.scheme), c.code) for c in card.codes],
        "children": children[:MOST_CHILDREN],
        "count": len(children),
        "staff": staff([record.pk], on).get(record.pk, Staff()),
        "head": card.head,
        "head_mode": "" if card.head is None else HoldingMode.of(card.head.mode).label(language),
        "mandates": [(role, m) for role in MandateRole for m in card.mandates if m.role == str(role)],
        "positions": positions(card, sees_people=sees_people),
        "sees_people": sees_people,
        "may_keep": rights.may_keep(request.user, record),
        "hanging": queries.hanging_on(record),
        "grants": record.grants.select_related("user").filter(valid_to__isnull=True) if sees_people else [],
        "history": history,
        "events": [(EventKind.of(e.kind), e) for e in history.events],
    }


def gone(record: Unit, on: dt.date) -> str:
    """Why the unit is not there on the day, and whose it is then."""
    name = UnitName.objects.filter(unit=record).last_begun() or UnitName(unit=record)
    found = Found(record, name, False, tuple(heirs_on([record.pk], on).get(record.pk, ())))
    return old_names.told([found], on)[0].words


def positions(card: Card, *, sees_people: bool) -> list[Position]:
    """The job positions of the unit on the day with their posts, those of the head first."""
    rows = PositionVersion.objects.on(card.on).filter(unit=card.unit).select_related("position")
    found: dict[int, Position] = {row.position_id: Position(row) for row in rows}
    for post in card.posts:
        held = card.holdings.get(post.post_id, [])
        seat = Seat(post, bool(held), held if sees_people else [])
        found.setdefault(post.position_id, Position(None)).seats.append(seat)
    return sorted(found.values(), key=_place)


def _place(position: Position) -> tuple[int, str]:
    ranks = [0 if seat.post.is_head else 1 if seat.post.is_deputy else 2 for seat in position.seats]
    title = position.version.title if position.version else position.seats[0].post.title
    return min(ranks, default=2), title
