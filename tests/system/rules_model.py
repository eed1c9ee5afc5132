"""The rules of dated rows in plain Python, day by day, and random writes to try the database with.

The model knows nothing of the constraints: it keeps for every day who leads, holds, heads and stands under whom. Each
write is first asked of the model, then made; the database must do the same. Shared by a test (hundreds of writes) and
`bench/apparatus.py operations` (a hundred thousand).
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.vocabulary import EventKind
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import event_records
from bonhoa_web.apparatus.dated import Dated, WrittenOnce, withdraw
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    Function,
    Holding,
    JobPosition,
    Mandate,
    Person,
    Post,
    PostVersion,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)

# the twelve days on which periods begin and end, a leap day among them; a row covers the spans between them
DAYS = [dt.date(2024, 2, 27) + dt.timedelta(days=n) for n in (0, 1, 2, 3, 4, 30, 60, 90, 200, 366, 367, 800)]
PAST, FUTURE = -1, len(DAYS)

# model → what may be true of one row only on a day: (columns that agree, column and value that the rule is limited to)
RULES: dict[type[Dated], list[tuple[tuple[str, ...], tuple[str, Any] | None]]] = {
    Mandate: [(("function_id", "scope_id"), ("role", "lead")), (("function_id", "scope_id", "unit_id"), None)],
    Holding: [(("post_id",), ("mode", "official")), (("post_id", "person_id"), None)],
    PostVersion: [
        (("post_id",), None),
        (("position_id", "unit_id", "number"), None),
        (("unit_id",), ("is_head", True)),
    ],
    UnitParent: [(("unit_id",), ("relation", "line")), (("unit_id", "parent_id", "relation"), None)],
    UnitName: [(("unit_id", "language"), None)],
    UnitCode: [(("scheme", "code"), None), (("unit_id", "scheme"), None)],
    UnitLife: [(("unit_id",), None)],
}


def spans(start: dt.date | None, end: dt.date | None) -> range:
    """The days of a period, as numbers; empty or turned round: none."""
    first = PAST if start is None else DAYS.index(start)
    return range(first, FUTURE + 1 if end is None else DAYS.index(end))


class Model:
    """What counts: the rows and, for every day, whom each rule allows."""

    def __init__(self) -> None:
        self.rows: dict[tuple[type[Dated], int], dict[str, Any]] = {}
        self.taken: dict[tuple[Any, ...], int] = {}
        self.line: dict[tuple[int, int], int] = {}  # (day, unit) → parent

    def may(self, model: type[Dated], new: list[dict[str, Any]]) -> bool:
        """Whether these rows may all be added."""
        taken: set[tuple[Any, ...]] = set()
        line = dict(self.line)
        for row in new:
            days = spans(row["valid_from"], row["valid_to"])
            if not days or (model is UnitParent and row["unit_id"] == row["parent_id"]):
                return False
            if model is PostVersion and row["is_head"] and row["is_deputy"]:
                return False
            for key in self._keys(model, row):
                if key in self.taken or key in taken:
                    return False
                taken.add(key)
            if model is UnitParent and row["relation"] == "line":
                for day in days:
                    line[day, row["unit_id"]] = row["parent_id"]
                    at, steps = row["parent_id"], 0
                    while (day, at) in line and steps < 100:
                        at, steps = line[day, at], steps + 1
                        if at == row["unit_id"]:
                            return False
                    if at == row["unit_id"]:
                        return False
        return True

    def add(self, model: type[Dated], pk: int, row: dict[str, Any]) -> None:
        """A row counts. A rule that it breaks is an error of whoever let it in."""
        self.rows[model, pk] = row
        for key in self._keys(model, row):
            assert key not in self.taken, f"{model.__name__} {pk} shares {key} with {self.taken[key]}"
            self.taken[key] = pk
        if model is UnitParent and row["relation"] == "line":
            for day in spans(row["valid_from"], row["valid_to"]):
                self.line[day, row["unit_id"]] = row["parent_id"]

    def drop(self, model: type[Dated], pk: int) -> None:
        """A row counts no more."""
        row = self.rows.pop((model, pk))
        for key in self._keys(model, row):
            del self.taken[key]
        if model is UnitParent and row["relation"] == "line":
            for day in spans(row["valid_from"], row["valid_to"]):
                del self.line[day, row["unit_id"]]

    def _keys(self, model: type[Dated], row: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [
            (model, number, *(row[c] for c in columns), day)
            for number, (columns, limit) in enumerate(RULES[model])
            if limit is None or row[limit[0]] == limit[1]
            for day in spans(row["valid_from"], row["valid_to"])
        ]

    @classmethod
    def of_the_database(cls) -> Model:
        """The model of what is stored. AssertionError if that breaks a rule."""
        model = cls()
        for kind in RULES:
            for row in kind.objects.values():
                model.add(kind, row["id"], row)
        for (day, unit), parent in model.line.items():
            seen, at = {unit}, parent
            while (day, at) in model.line:
                assert at not in seen, f"a circle on {day} through {at}"
                seen.add(at)
                at = model.line[day, at]
            assert at not in seen, f"a circle on {day} through {at}"
        return model


class Trial:
    """A small world and random writes at it. `counts` says how many of each way there were, let in or refused."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        units = [
            Unit(code=f"u{n}", name=f"U{n}", folded=f"u{n}", level="province", kind="department") for n in range(6)
        ]
        found(units)
        self.units = [u.pk for u in units]
        self.functions = [Function.objects.create(code=f"f{n}").pk for n in range(3)]
        self.positions = [JobPosition.objects.create(code=f"j{n}").pk for n in range(2)]
        self.posts = [Post.objects.create(code=f"p{n}").pk for n in range(4)]
        self.people = [Person.objects.create(code=f"x{n}", full_name="Trần An", folded="tran an").pk for n in range(3)]
        self.model = Model.of_the_database()
        self.counts: Counter[tuple[str, bool]] = Counter()
        self.surprises: list[tuple[Any, ...]] = []  # writes of which the database thought otherwise than the model

    def run(self, times: int, check_every: int = 1000) -> None:
        """Make `times` writes; each does what the model says, and now and then everything stored is looked through."""
        ways = [
            *[self._insert] * 10,
            *[self._withdraw] * 7,
            *[self._supersede] * 2,
            self._overwrite,
            self._event,
        ]
        for number in range(times):
            self.dice.choice(ways)()
            if number % check_every == check_every - 1:
                self._compare()
        self._compare()

    def _compare(self) -> None:
        stored = Model.of_the_database()
        assert stored.rows.keys() == self.model.rows.keys()

    def _expect(self, done: bool, may: bool, *told: Any) -> None:
        if done is not may:
            self.surprises.append(("let in" if done else "refused", *told))

    def _row(self, model: type[Dated]) -> dict[str, Any]:
        pick = self.dice.choice
        start, end = pick([None, *DAYS]), pick([None, *DAYS])
        if start is not None and end is not None and start >= end and self.dice.random() < 0.9:
            start, end = end, start
        period = {"valid_from": start, "valid_to": end}
        return (
            period
            | {
                Mandate: lambda: {
                    "function_id": pick(self.functions),
                    "scope_id": pick([None, *self.units[:2]]),
                    "unit_id": pick(self.units),
                    "role": pick(["lead", "lead", "cooperating"]),
                },
                Holding: lambda: {
                    "post_id": pick(self.posts),
                    "person_id": pick(self.people),
                    "mode": pick(["official", "acting"]),
                    "load": 50,
                },
                PostVersion: lambda: {
                    "post_id": pick(self.posts),
                    "position_id": pick(self.positions),
                    "unit_id": pick(self.units),
                    "number": pick([1, 2]),
                    "title": "x",
                    "is_head": (head := pick([True, False])),
                    "is_deputy": head and self.dice.random() < 0.05,
                },
                UnitParent: lambda: {
                    "unit_id": pick(self.units),
                    "parent_id": pick(self.units),
                    "relation": pick(["line", "line", "guidance"]),
                },
                UnitName: lambda: {
                    "unit_id": pick(self.units),
                    "language": pick(["vi", "en"]),
                    "name": f"N{self.dice.random()}",
                    "folded": "n",
                },
                UnitCode: lambda: {
                    "unit_id": pick(self.units),
                    "scheme": pick(["qd20", "old13"]),
                    "code": pick(["H1", "H2", "H3"]),
                },
                UnitLife: lambda: {"unit_id": pick(self.units), "level": "province", "kind": "department"},
            }[model]()
        )

    def _insert(self) -> None:
        """By save, by bulk_create, past every conflict, or in plain SQL."""
        model = self.dice.choice(list(RULES))
        way = self.dice.choice(["save", "bulk", "ignore", "sql"])
        rows = [self._row(model) for _ in range(self.dice.randint(1, 3) if way in ("bulk", "ignore") else 1)]
        may = self.model.may(model, rows)
        made: list[Any] = []
        try:
            with transaction.atomic():
                if way == "save":
                    made = [model.objects.create(**rows[0])]
                elif way == "sql":
                    made = [model(pk=self._by_sql(model, rows[0]))]
                else:
                    made = model.objects.bulk_create([model(**r) for r in rows], ignore_conflicts=way == "ignore")
            done = True
        except IntegrityError:
            done = False
        self.counts[f"insert by {way}", done] += 1
        if way == "ignore":  # PostgreSQL leaves out what conflicts, SQLite refuses all
            self.model = Model.of_the_database()
            return
        self._expect(done, may, model, way, rows)
        for instance, row in zip(made, rows, strict=True) if done else ():
            self.model.add(model, instance.pk, row)

    def _by_sql(self, model: type[Dated], row: dict[str, Any]) -> int:
        rest: dict[type[Dated], dict[str, Any]] = {PostVersion: {"rank": 1}, UnitName: {"short_name": ""}}
        values = {"act": "", "provision": "", "recorded_at": timezone.now(), **rest.get(model, {}), **row}
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks}) RETURNING id', list(values.values())
            )
            return int(cursor.fetchone()[0])

    def _any(self) -> tuple[type[Dated], int] | None:
        return self.dice.choice(list(self.model.rows)) if self.model.rows else None

    def _withdraw(self) -> None:
        if (chosen := self._any()) is not None:
            withdraw([chosen[0](pk=chosen[1])])
            self.model.drop(*chosen)
            self.counts["withdraw", True] += 1

    def _supersede(self) -> None:
        if (chosen := self._any()) is None:
            return
        model, pk = chosen
        old = self.model.rows[chosen]
        new = {k: v for k, v in self._row(model).items() if k in ("valid_from", "valid_to", "unit_id", "role", "mode")}
        if model is UnitParent and new["unit_id"] == old["parent_id"]:
            return
        self.model.drop(model, pk)
        row = old | new
        may = self.model.may(model, [row])
        try:
            with transaction.atomic():
                made = model.everything.get(pk=pk).supersede(**new)
            done = True
        except IntegrityError:
            done = False
        self.counts["supersede", done] += 1
        self._expect(done, may, model, "supersede", (old, new))
        self.model.add(model, made.pk if done else pk, row if done else old)

    def _overwrite(self) -> None:
        """Every way to change, to revive or to delete a row must fail."""
        if (chosen := self._any()) is None:
            return
        model, pk = chosen
        row = model.everything.get(pk=pk)
        change = self._row(model)
        dead = model.everything.exclude(superseded_at=None).values_list("pk", flat=True).first()
        ways: dict[str, Any] = {
            "update": lambda: model.objects.filter(pk=pk).update(**change),
            "update all": lambda: model.objects.update(valid_to=None),
            "bulk_update": lambda: model.objects.bulk_update([row], ["valid_from"]),
            "save": row.save,
            "delete": row.delete,
            "delete many": lambda: model.objects.filter(pk=pk).delete(),
            "upsert": lambda: model.objects.bulk_create(
                [model(pk=pk, **change)], update_conflicts=True, unique_fields=["id"], update_fields=["valid_to"]
            ),
            "update_or_create": lambda: model.objects.update_or_create(pk=pk, defaults=change),
        }
        if dead is not None:
            ways["revive"] = lambda: model.everything.filter(pk=dead).update(superseded_at=None)
        name = self.dice.choice(list(ways))
        try:
            with transaction.atomic():
                ways[name]()
            done = True
        except (IntegrityError, WrittenOnce):
            done = False
        self.counts[f"overwrite by {name}", done] += 1
        self._expect(done, False, model, name, change)

    def _event(self) -> None:
        """A change through the door: whatever it does, the rules stand."""
        codes = [f"u{n}" for n in range(len(self.units))]
        pick = self.dice.choice
        kind = pick([EventKind.RENAME, EventKind.REPARENT, EventKind.TRANSFER, EventKind.ABSORB])
        change = Change(
            kind,
            pick(DAYS),
            "NQ",
            (pick(codes),),
            (pick(codes),) if kind in (EventKind.TRANSFER, EventKind.ABSORB) else (),
            name="Mới",
            parent=pick([None, *codes]) if kind is EventKind.REPARENT else None,
            functions=(f"f{self.dice.randint(0, 2)}",) if kind is EventKind.TRANSFER else (),
        )
        try:
            with transaction.atomic():
                event = ChangeEvent.objects.create(
                    kind=str(kind), effective=change.effective, act="NQ", change=change.to_json()
                )
                event_records.apply(event, None)
                if self.dice.random() < 0.5:
                    event_records.reverse(event, "NQ", "", None)
            done = True
        except InputError:
            done = False
        self.counts[f"event {kind}", done] += 1
        self.model = Model.of_the_database()
