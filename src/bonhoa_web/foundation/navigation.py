"""The rooms in the frame: each registers its entry in `AppConfig.ready`; the frame shows what the person may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation: `title` is a lazy translation, `who` the roles that see it (None: everybody)."""

    order: int
    title: Any
    url_name: str
    icon: str
    who: frozenset[Role] | None = None


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Add an entry; called once per room."""
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda e: e.order)


def entries_for(user: Any) -> list[Entry]:
    """The entries that `user` sees, in order."""
    return [e for e in _entries if e.who is None or holds(user, *e.who)]
