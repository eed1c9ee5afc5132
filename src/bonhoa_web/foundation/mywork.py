"""*Việc của tôi*, the first page: each room registers what it has for a person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from bonhoa_web.foundation.rights import holds


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the first page: a heading, how many things wait in it, and the template that shows them."""

    title: str
    template: str
    count: int
    context: dict[str, Any] = field(default_factory=dict)


FIRST_STEPS = (
    (_("Tải văn bản lên"), "documents-upload"),
    (_("Thêm người dùng"), "foundation-user-new"),
    (_("Xem các văn bản"), "documents-list"),
)
"""What an empty page offers: the title of the step, and the route that leads there."""

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


def first_steps(user: Any) -> list[tuple[Any, str]]:
    """Title and address of the first steps that `user` may take, for a page on which nothing waits."""
    found = []
    for title, name in FIRST_STEPS:
        with suppress(NoReverseMatch):  # the room is not installed
            address = reverse(name)
            if holds(user, *resolve(address).func.who):  # type: ignore[attr-defined]
                found.append((title, address))
    return found
