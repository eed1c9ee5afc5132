"""What an earlier release stored of the register is brought to what the register says now.

Only rows that nobody decided are touched: without act, event and author (of a succession: without event and author).
They are superseded, never overwritten; where a person or an event wrote anything of the kind for a unit, the unit is
left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Unit as UnitValue
from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.dated import Dated, withdraw
from bonhoa_web.apparatus.models import Succession, Unit, UnitCode, UnitLife, UnitName, UnitParent
from bonhoa_web.foundation.models import AuditEntry

BATCH = 2000
_Row = tuple[Any, ...]
"""The values of a kind's columns, then valid_from, valid_to, act."""

# what the register says of a unit: the columns, and which rows of the table are of its kind
_KINDS: tuple[tuple[type[Dated], tuple[str, ...], dict[str, str]], ...] = (
    (UnitLife, ("level", "kind"), {}),
    (UnitName, ("name", "short_name", "folded"), {"language": "vi"}),
    (UnitCode, ("code",), {"scheme": str(CodeScheme.STATISTICS)}),
    (UnitParent, ("parent__code",), {"relation": str(ParentRelation.LINE)}),
)


class Reconciling:
    """First `withdraw()` what differs, then, when new units are stored too, `write()` what is to count instead."""

    def __init__(self, register: Register, known: Collection[str]) -> None:
        sources = {unit.source for unit in register.units()}
        self.listed = {code: value for code in known if (value := register.get(code)) is not None}
        unlisted = Unit.objects.filter(source__in=sources).exclude(source="").values_list("code", flat=True)
        self.dropped = {code for code in unlisted if code not in self.listed}
        """Units of the register that it no longer has."""
        self._wrong: dict[type[Dated], list[int]] = defaultdict(list)
        self._missing: dict[type[Dated], list[tuple[str, _Row]]] = defaultdict(list)
        self.touched: set[str] = set()
        for model, columns, those in _KINDS:
            self._compare(register, model, columns, those)

    @property
    def count(self) -> int:
        """How many rows stop counting or are added."""
        return sum(map(len, self._wrong.values())) + sum(map(len, self._missing.values()))

    def withdraw(self) -> None:
        """Let the rows that differ count no more."""
        for model, ids in self._wrong.items():
            withdraw([model(pk=pk) for pk in ids])

    def write(self, records: Mapping[str, Unit]) -> None:
        """Store what is missing; `records` has every unit by its code."""
        for model, columns, those in _KINDS:
            names = ["parent_id" if column == "parent__code" else column for column in columns]
            model._default_manager.bulk_create(
                [
                    model(
                        unit_id=records[code].pk,
                        **those,
                        **dict(zip(names, self._stored(model, values, records), strict=True)),
                        valid_from=start,
                        valid_to=end,
                        act=act,
                    )
                    for code, (*values, start, end, act) in self._missing[model]
                ],
                batch_size=BATCH,
            )

    @staticmethod
    def _stored(model: type[Dated], values: list[Any], records: Mapping[str, Unit]) -> list[Any]:
        return [records[values[0]].pk] if model is UnitParent else values

    def _compare(self, register: Register, model: type[Dated], columns: tuple[str, ...], those: dict[str, str]) -> None:
        stored: dict[str, dict[int, _Row]] = defaultdict(dict)
        decided: set[str] = _renamed() if model is UnitName else set()
        rows = model.everything.filter(**those).values_list(
            "pk", "unit__code", "event", "recorded_by", "superseded_at", *columns, "valid_from", "valid_to", "act"
        )
        for pk, code, event, author, superseded, *row in rows.iterator(chunk_size=BATCH):
            if event is not None or author is not None or (superseded is None and row[-1]):
                decided.add(code)
            elif superseded is None:
                stored[code][pk] = tuple(row)
        for code in (self.listed.keys() | self.dropped) - decided:
            value = self.listed.get(code)
            wanted = set(_rows(register, model, value)) if value is not None else set()
            there = stored.get(code, {})
            wrong = {pk: row for pk, row in there.items() if row not in wanted}
            missing = wanted - set(there.values())
            self._wrong[model] += wrong
            self._missing[model] += [(code, row) for row in sorted(missing, key=str)]
            if {row[:-1] for row in wrong.values()} != {row[:-1] for row in missing}:
                self.touched.add(code)


def _rows(register: Register, model: type[Dated], value: UnitValue) -> Iterator[_Row]:
    """What the register says of a unit in rows of one kind, as the first load writes them."""
    unit = record_of(value, None)
    rest = (unit.valid_from, unit.valid_to, value.basis[:255])
    if model is UnitLife:
        yield (unit.level, unit.kind, *rest)
    elif model is UnitName:
        yield (unit.name, unit.short_name, unit.folded, *rest)
    elif model is UnitCode:
        if unit.official_code:
            yield (unit.official_code, *rest)
    else:
        turns = register.parents_of(value)
        for parent, start, end in turns:
            yield (parent, start, end, rest[-1] if len(turns) == 1 else "")


def _renamed() -> set[str]:
    """Units whose name a person corrected when names had no rows of their own; the audit knows."""
    edited = AuditEntry.objects.filter(action="unit.edit", object_type="apparatus.unit").values_list(
        "object_id", flat=True
    )
    return set(Unit.objects.filter(pk__in=[int(pk) for pk in edited]).values_list("code", flat=True))


def unlinked(codes: Collection[str]) -> dict[tuple[str, str, dt.date], Succession]:
    """The counting successions of these units that nobody and no event recorded, by (old, new, day)."""
    rows = Succession.objects.filter(event=None, recorded_by=None).select_related("old", "new")
    return {(row.old.code, row.new.code, row.on): row for row in rows if row.old.code in codes}
