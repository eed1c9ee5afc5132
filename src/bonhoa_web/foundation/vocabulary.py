"""The library's vocabularies as choices of fields and forms, shown in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from bonhoa.common.labels import Labelled


def _label(member: Labelled) -> str:
    return member.label(get_language() or "vi")


_lazy_label = lazy(_label, str)


def choices(vocabulary: type[Labelled]) -> list[tuple[str, Any]]:
    """(value, label) pairs whose label is looked up when it is shown."""
    return [(str(member), _lazy_label(member)) for member in vocabulary]
