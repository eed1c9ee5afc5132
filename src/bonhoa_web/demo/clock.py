"""The demo tells a story of several weeks: its actions run on the days on which they happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def story_time(day: dt.date, hour: int = 9) -> Iterator[None]:
    """Let `timezone.now` start at `day`, `hour`:00 local time inside the block and run on from there.

    Records, deadlines and the audit then carry the story's dates. Only the loading command may use it: it replaces
    the clock of the whole process.
    """
    real = timezone.now
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(hour))).astimezone(dt.UTC)  # as `now` gives it
    began = real()
    timezone.now = lambda: start + (real() - began)
    try:
        yield
    finally:
        timezone.now = real
