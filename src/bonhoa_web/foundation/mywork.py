"""*Việc của tôi*, the first page: each room registers what it has for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the first page: a heading, how many things wait in it, and the template that shows them."""

    title: str
    template: str
    count: int
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[HttpRequest], Section | None]
_providers: list[tuple[int, Provider]] = []


def register(order: int, provider: Provider) -> None:
    """Add a provider; `None` from it means that it has nothing for this person."""
    if all(p is not provider for _, p in _providers):
        _providers.append((order, provider))
        _providers.sort(key=lambda pair: pair[0])


def sections(request: HttpRequest) -> list[Section]:
    """The sections of the person who asks, in order."""
    return [section for _, provider in _providers if (section := provider(request)) is not None]
