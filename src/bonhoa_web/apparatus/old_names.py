"""What is found by a name that a body no longer bears: what it is called now, or whose it is now and by which act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from bonhoa_web.apparatus.map_queries import Found, search_over_time
from bonhoa_web.apparatus.models import ChangeEvent, Succession, Unit
from bonhoa_web.apparatus.today import NEVER

MOST_HEIRS = 4  # that a line names


@dataclass(frozen=True, slots=True)
class Old:
    """A unit found by a name of another time; `words` says what has become of it."""

    unit: Unit
    name: str
    words: str
    heirs: tuple[Unit, ...]


def told(found: Iterable[Found], on: dt.date) -> list[Old]:
    """What to say of each: nothing ("") of one that bears the name on the day; one round trip."""
    found = list(found)
    acts = _acts([f.unit.pk for f in found if not f.exists])
    return [Old(f.unit, f.name.name, _words(f, on, acts.get(f.unit.pk, "")), f.heirs) for f in found]


def old_names(text: str, on: dt.date, limit: int = 5) -> list[Old]:
    """Those that `text` names, but that are not there or not called so on the day."""
    return [old for old in told(search_over_time(text, on, limit=4 * limit), on) if old.words][:limit]


def _words(found: Found, on: dt.date, act: str) -> str:
    unit = found.unit
    if found.exists:
        if found.name.valid_on(on):
            return ""
        return gettext("tên cũ; nay là %(name)s") % {"name": unit.name}
    if unit.valid_from == NEVER:
        undone = ChangeEvent.objects.filter(reverses__units__unit=unit, reverses__units__comes_out=True).last()
        basis = " " + gettext("(căn cứ %(act)s)") % {"act": undone.act} if undone else ""
        return gettext("việc thành lập đã bị hủy") + basis
    if unit.valid_from is not None and unit.valid_from > on:
        return gettext("có từ %(day)s") % {"day": f"{unit.valid_from:%d/%m/%Y}"}
    until = gettext("đến %(day)s") % {"day": f"{unit.valid_to:%d/%m/%Y}"} if unit.valid_to else ""
    if not found.heirs:
        return f"{until}; " + gettext("chưa có dữ liệu về cơ quan kế thừa")
    names = ", ".join(heir.name for heir in found.heirs[:MOST_HEIRS])
    if len(found.heirs) > MOST_HEIRS:
        names += " " + gettext("và %(n)d nơi khác") % {"n": len(found.heirs) - MOST_HEIRS}
    basis = f" ({act})" if act else ""
    return f"{until}; " + gettext("nay thuộc %(names)s") % {"names": names} + basis


def _acts(ids: list[int]) -> dict[int, str]:
    """Unit → the acts by which it passed into others, with their clauses."""
    acts: dict[int, list[str]] = {}
    for step in Succession.objects.filter(old__in=ids).exclude(act="").order_by("on", "pk"):
        said = f"{step.provision}, {step.act}" if step.provision else step.act
        if said not in acts.setdefault(step.old_id, []):
            acts[step.old_id].append(said)
    return {pk: "; ".join(those[:MOST_HEIRS]) for pk, those in acts.items()}
