"""How days and times are written on pages and in files: dd/mm/yyyy and dd/mm/yyyy hh:mm, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone


def local(value: dt.datetime) -> dt.datetime:
    """A time on the clock of the installation, without its zone."""
    return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value


def shown(value: Any) -> Any:
    """A day or time as text; anything else as it is."""
    if isinstance(value, dt.datetime):
        return f"{local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return value
