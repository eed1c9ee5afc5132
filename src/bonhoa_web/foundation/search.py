"""Search everywhere: rooms register providers; words are compared without diacritics (đ → d)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bonhoa.common.folding import fold
from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record: its kind in words, title, address and a line of context."""

    kind: str
    title: str
    url: str
    context: str = ""


class Folded(str):
    """A folded query that still knows how it was `typed`."""

    typed: str

    def __new__(cls, typed: str) -> Folded:
        folded = str.__new__(cls, fold(typed))
        folded.typed = typed
        return folded


Provider = Callable[[User, Folded], Iterable[Hit]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider `(user, folded query) → hits`, which must respect what the user may see."""
    if provider not in _providers:
        _providers.append(provider)


def find(user: Any, typed: str) -> list[Hit]:
    """All hits for a query of at least two characters, those nearest to it first."""
    folded = Folded(typed)
    if len(folded) < 2:
        return []
    return sorted((hit for provider in _providers for hit in provider(user, folded)), key=lambda h: _place(h, folded))


def _place(hit: Hit, folded: str) -> tuple[int, int]:
    """How near a title is: the query itself, as whole words at the beginning, further on, in order, in any order, as
    parts of words; then the shorter one. Hits found by something else than their titles keep the order of their room.
    """
    title, words = fold(hit.title), folded.split()
    own = re.findall(r"\w+", title)
    at = re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", title)
    nearness = (
        title == folded,
        at is not None and at.start() == 0,
        at is not None,
        _in_order(words, own),
        set(words) <= set(own),
        all(word in title for word in words),
        True,
    )
    rank = nearness.index(True)
    return rank, len(title) if rank < len(nearness) - 1 else 0


def _in_order(words: list[str], title: list[str]) -> bool:
    rest = iter(title)
    return all(word in rest for word in words)
