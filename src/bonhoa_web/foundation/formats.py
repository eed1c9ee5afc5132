"""How days, times and numbers are written on pages, in files and in addresses: dd/mm/yyyy and dd/mm/yyyy hh:mm."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

_DIGITS = 18  # more do not fit an id or version in the database


def whole_number(text: str) -> int | None:
    """The number that `text` of a request writes in plain digits; None for anything else ("²", "-1", 19 digits)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


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
