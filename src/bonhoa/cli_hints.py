"""What `bonhoa units` says when nothing of that name exists on the day: another period has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Unit
from bonhoa.apparatus.resolve import successors_on

_MOST = 5


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence in both languages, and each unit of another period with who holds its work on the day."""

    vi: str
    en: str
    units: tuple[tuple[Unit, tuple[Unit, ...]], ...]


def other_periods(register: Register, units: Sequence[Unit], on: dt.date) -> Hint | None:
    """The hint for `units`, which do not exist on the day; None if there are none. At most five are named."""
    if not units:
        return None
    nearest = sorted(units, key=lambda u: abs((u.valid_to or u.valid_from or on) - on))[:_MOST]
    heirs = tuple((unit, successors_on(register, unit, on) if _ended(unit, on) else ()) for unit in nearest)
    told = [_told(unit, after, on) for unit, after in heirs]
    more = len(units) - len(nearest)
    vi = (
        f"Ngày {on:%d/%m/%Y} không có; "
        + "; ".join(vi for vi, _ in told)
        + (f"; và {more} đơn vị khác" if more else "")
    )
    en = f"None on {on:%d/%m/%Y}; " + "; ".join(en for _, en in told) + (f"; and {more} more" if more else "")
    return Hint(vi + ".", en + ".", heirs)


def _ended(unit: Unit, on: dt.date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= on


def _told(unit: Unit, heirs: Sequence[Unit], on: dt.date) -> tuple[str, str]:
    """One unit: until or from when, and who came after."""
    if unit.valid_to is None or unit.valid_to > on:
        return f"{unit.name} có từ {unit.valid_from:%d/%m/%Y}", f"{unit.name} begins on {unit.valid_from:%d/%m/%Y}"
    names = ", ".join(heir.name for heir in heirs) or ", ".join(link.name for link in unit.successors)
    vi, en = f"{unit.name} có đến {unit.valid_to:%d/%m/%Y}", f"{unit.name} existed until {unit.valid_to:%d/%m/%Y}"
    return (f"{vi}, tiếp theo là {names}", f"{en}, succeeded by {names}") if names else (vi, en)
