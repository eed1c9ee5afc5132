"""Search everywhere: rooms register providers; words are compared without diacritics (đ → d)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record: its kind in words, title, address and a line of context."""

    kind: str
    title: str
    url: str
    context: str = ""


Provider = Callable[[User, str], Iterable[Hit]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider `(user, folded query) → hits`, which must respect what the user may see."""
    if provider not in _providers:
        _providers.append(provider)


def find(user: Any, folded: str) -> list[Hit]:
    """All hits for a folded query of at least two characters."""
    return [hit for provider in _providers for hit in provider(user, folded)] if len(folded) >= 2 else []
