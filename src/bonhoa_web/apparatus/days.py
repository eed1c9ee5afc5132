"""The day that the map is shown for: it stands in the address (`?ngay=`) and every link of the room keeps it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from bonhoa_web.apparatus.models import UnitLife, UnitName, UnitParent
from bonhoa_web.foundation.lists import day

KEY = "ngay"


def the_day(request: HttpRequest) -> dt.date:
    """The day the map is shown for: `?ngay=`, else today."""
    return _asked(request) or timezone.localdate()


def _asked(request: HttpRequest) -> dt.date | None:
    try:
        return day(request.GET[KEY])
    except (KeyError, ValueError):
        return None


def address(request: HttpRequest, name: str, *args: object, **query: object) -> str:
    """The address of a page of the room on the day of this one; today's needs no day in it."""
    asked = _asked(request)
    wanted = ({KEY: asked.isoformat()} if asked else {}) | query
    pairs = urlencode({key: str(value) for key, value in wanted.items()})
    return reverse(name, args=args) + (f"?{pairs}" if pairs else "")


def turning_days() -> list[dt.date]:
    """The days on which names, parents or lives of units begin or end, oldest first; one round trip."""
    columns = [(model, column) for model in (UnitLife, UnitName, UnitParent) for column in ("valid_from", "valid_to")]
    first, *rest = (
        model.objects.filter(**{f"{column}__isnull": False}).order_by().values_list(column).distinct()
        for model, column in columns
    )
    return sorted({turn for (turn,) in first.union(*rest)})


@dataclass(frozen=True, slots=True)
class DayBar:
    """What the date picker shows: the day, the changes around it, and what it keeps of the address."""

    day: dt.date
    today: dt.date
    turns: list[dt.date]
    wrong: str  # what was asked for and is no day
    kept: list[tuple[str, str]]

    @property
    def eve(self) -> dt.date | None:
        """The last day before the change that made the map of this day."""
        at = bisect_right(self.turns, self.day)
        return self.turns[at - 1] - dt.timedelta(days=1) if at else None

    @property
    def following(self) -> dt.date | None:
        """The day of the next change."""
        at = bisect_right(self.turns, self.day)
        return self.turns[at] if at < len(self.turns) else None

    @property
    def stops(self) -> list[dt.date]:
        """The days of the slider: the eve of the first change, each change, today and the day shown, in order."""
        edge = [self.turns[0] - dt.timedelta(days=1)] if self.turns else []
        return sorted({*edge, *self.turns, self.today, self.day})

    @property
    def place(self) -> int:
        """Where the day shown stands among the stops."""
        return bisect_left(self.stops, self.day)


def day_bar(request: HttpRequest) -> DayBar:
    """The date picker of this page."""
    typed = request.GET.get(KEY, "")
    kept = [(k, v) for k, values in request.GET.lists() for v in values if k not in {KEY, "trang", "xuat"}]
    return DayBar(
        the_day(request), timezone.localdate(), turning_days(), typed if typed and not _asked(request) else "", kept
    )
