"""A synthetic nation with planted faults, for the benchmark of the rules audit: Parquet tables and the list of faults.

A map without any fault is laid out by arithmetic (units in a tree, functions with leads one after the other, posts with
holders one after the other), then faults are planted, each on units, functions, posts or people that carry no other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bonhoa.apparatus.audit.tables import arrow_schema

BIRTH = dt.date(2010, 1, 1)
DAY = np.datetime64(BIRTH)
SEATS = 20  # posts of a unit: a head, two deputies, others
Rows = dict[str, list[object]]


class Nation:
    """`units` units, 10 × as many mandates, 40 × as many holdings; `planted` of each rule, fewer where it is rare."""

    def __init__(self, units: int, planted: int, seed: int = 5) -> None:
        self.units, self.planted, self.chance = units, planted, np.random.default_rng(seed)
        self.expected: Counter[str] = Counter()  # key of a finding → 1
        self._lay_out()

    # --- the sound map -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        u = self.units
        number = np.arange(u)
        self.unit = codes("U", number)
        self.columns: dict[str, Rows] = {}
        self.add("units", unit=self.unit, kind=["agency"] * u, level=["central"] * u,
                 needs_head=[True] * u, valid_from=days(np.zeros(u)), valid_to=[None] * u)  # fmt: skip
        self.add("names", unit=self.unit, name=codes("Đơn vị ", number), valid_from=[None] * u, valid_to=[None] * u)
        above = np.maximum(number - 1, 0) // 20  # a tree of twenty children each
        self.add("parents", unit=self.unit[1:], parent=[self.unit[i] for i in above[1:]], relation=["line"] * (u - 1),
                 valid_from=days(np.zeros(u - 1)), valid_to=[None] * (u - 1))  # fmt: skip
        self._lay_out_mandates(8 * u)
        self._lay_out_posts(SEATS * u)
        self.add("job_conflicts", job_a=["JX"], job_b=["JY"], basis=[""], valid_from=[BIRTH], valid_to=[None])
        self.add("parameters", name=["deputies", "deputies_average", "span"], kind=["agency", "bureau", "agency"],
                 level=[""] * 3, value=[2, 2, 20], source=[""] * 3, status=["unverified"] * 3, valid_from=[BIRTH] * 3,
                 valid_to=[None] * 3)  # fmt: skip

    def _lay_out_mandates(self, n: int) -> None:
        """`n` functions of which a quarter passes from one lead to another: 1.25 n mandates."""
        number = np.arange(n)
        self.function = codes("F", number)
        self.add("functions", function=self.function, statement=codes("Quản lý lĩnh vực ", number),
                 valid_from=days(np.zeros(n)), valid_to=[None] * n)  # fmt: skip
        passed = number % 4 == 0
        handover = self.chance.integers(400, 5000, n)
        self.handover = handover
        ends = [d if p else None for d, p in zip(days(handover), passed, strict=True)]
        self.add("mandates", mandate=codes("M", number), function=self.function, scope=[""] * n,
                 unit=[self.unit[i] for i in self.chance.integers(0, self.units, n)], role=["lead"] * n,
                 valid_from=days(np.zeros(n)), valid_to=ends)  # fmt: skip
        second = number[passed]
        self.add("mandates", mandate=codes("N", second), function=[self.function[i] for i in second],
                 scope=[""] * len(second), role=["lead"] * len(second),
                 unit=[self.unit[i] for i in self.chance.integers(0, self.units, len(second))],
                 valid_from=days(handover[passed]), valid_to=[None] * len(second))  # fmt: skip

    def _lay_out_posts(self, n: int) -> None:
        """`n` posts with two holders one after the other; each person leaves a post and takes the next at half time."""
        number = np.arange(n)
        seat = number % SEATS
        self.post = codes("P", number)
        self.add("positions", position=["V0", "VX", "VY"], job=["J0", "JX", "JY"])
        self.add("posts", post=self.post, position=["V0"] * n, unit=[self.unit[i] for i in number // SEATS],
                 rank=np.where(seat == 0, "head", np.where(seat <= 2, "deputy", "other")).tolist(),
                 name=["Chuyên viên"] * n, valid_from=days(np.zeros(n)), valid_to=[None] * n)  # fmt: skip
        self.change = self.chance.integers(400, 5000, n)
        person = codes("C", np.arange(n + 1))
        first = {"mode": ["official"] * n, "load": [50] * n}
        self.add("holdings", holding=codes("H", number), post=self.post, person=person[:-1], **first,
                 valid_from=days(np.zeros(n)), valid_to=days(self.change))  # fmt: skip
        self.add("holdings", holding=codes("K", number), post=self.post, person=person[1:], **first,
                 valid_from=days(self.change), valid_to=[None] * n)  # fmt: skip

    def add(self, name: str, /, **columns: object) -> None:
        """Append rows to a table."""
        there = self.columns.setdefault(name, {c: [] for c in arrow_schema(name).names})
        for column, values in columns.items():
            there[column].extend(values)  # type: ignore[arg-type]

    # --- faults ------------------------------------------------------------------------------------------------------

    def plant(self) -> None:
        """Plant the faults of every rule, and note the key of the finding that each must give."""
        k = self.planted
        passed = iter(range(0, 8 * self.units, 4))  # functions with a handover, at which one can go wrong
        whole = iter(range(1, 8 * self.units, 4))
        mandates = self.columns["mandates"]
        second = {i: 8 * self.units + n for n, i in enumerate(range(0, 8 * self.units, 4))}
        for _ in range(k):
            i = next(passed)
            mandates["valid_from"][second[i]] = at(self.handover[i] - 100)
            self.expect("mandate_overlap", self.function[i], "", at(self.handover[i] - 100))
            i = next(passed)
            mandates["valid_from"][second[i]] = at(self.handover[i] + 1)
            self.expect("mandate_gap", self.function[i], "", at(self.handover[i]))
            i = next(whole)
            mandates["valid_from"][i] = at(-30)
            self.expect("mandate_beyond", self.function[i], "", at(-30))
            self.expect("mandate_of_closed", mandates["unit"][i], self.function[i], "", at(-30))
        self._plant_posts(k)
        self._plant_units(max(1, k // 10))
        self.expect("empty_period", "functions", "F-empty", "", at(10))
        self.add("functions", function=["F-empty"], statement=[""], valid_from=[at(10)], valid_to=[at(10)])
        self.expect("mandate_gap", "F-none", "", at(0))
        self.add("functions", function=["F-none"], statement=["Không ai chủ trì"], valid_from=[at(0)], valid_to=[None])

    def _plant_posts(self, k: int) -> None:
        """On posts that are neither head nor deputy, of the first units; each is a neighbour of none other planted."""
        n = SEATS * self.units
        seats = iter(i for i in range(n) if i % SEATS in (4, 7, 10, 13, 16))
        held = self.columns["holdings"]
        for _ in range(k):
            i = next(seats)
            held["valid_from"][n + i] = at(self.change[i] - 5)
            held["load"][n + i] = held["load"][i] = 10
            self.expect("post_double", self.post[i], at(self.change[i] - 5))
            i = next(seats)
            held["valid_from"][n + i] = at(self.change[i] + 5)
            self.expect("post_vacant", self.post[i], at(self.change[i]))
            i = next(seats)
            held["valid_from"][i] = at(-7)
            self.expect("holding_beyond", self.post[i], at(-7))
            i = next(seats)
            held["load"][i] = 101
            self.expect("overload", held["person"][i], at(0))
            self._plant_conflict(next(seats))

    def _plant_conflict(self, i: int) -> None:
        """Who takes over the post before, and is the first to hold this one, holds both if the days are so."""
        start, end = self.change[i - 1], self.change[i]
        if start < end:
            self.columns["posts"]["position"][i - 1 : i + 1] = ["VX", "VY"]
            self.expect("incompatible", self.columns["holdings"]["person"][i], "JX", "JY", at(start))

    def _plant_units(self, k: int) -> None:
        """Faults of whole units, on the last ones, which have no units under them."""
        n, u = SEATS * self.units, self.units
        leaf = iter(range(u - 1, u // 2, -1))
        held, posts = self.columns["holdings"], self.columns["posts"]
        for _ in range(k):
            i = next(leaf)
            head = i * SEATS
            held["valid_from"][n + head] = at(self.change[head] + 9)
            self.expect("head_missing", self.unit[i], at(self.change[head]))
            i = next(leaf)
            posts["rank"][i * SEATS + 5] = "head"
            self.expect("head_double", self.unit[i], at(0))
            i = next(leaf)
            posts["rank"][i * SEATS + 5] = "deputy"
            self.expect("deputies", self.unit[i], at(0))
            i = next(leaf)
            self.add("posts", post=[f"PC{i}"], position=["V0"], unit=[self.unit[i]], rank=["other"], name=["Cũ"],
                     valid_from=[at(-50)], valid_to=[at(0)])  # fmt: skip
            self.add("holdings", holding=[f"HC{i}"], post=[f"PC{i}"], person=[f"CC{i}"], mode=["official"], load=[100],
                     valid_from=[at(-50)], valid_to=[at(0)])  # fmt: skip
            self.expect("post_of_closed", self.unit[i], f"PC{i}", at(-50))
            i = next(leaf)
            self.add("parents", unit=[self.unit[i]], parent=["U-unknown"], relation=["guidance"], valid_from=[at(3)],
                     valid_to=[at(30)])  # fmt: skip
            self.expect("parent_closed", self.unit[i], "U-unknown", at(3))
            a, b = next(leaf), next(leaf)  # a circle on one day: the line of a goes to b, that of b to a
            first = self.columns["parents"]
            for low, high in ((a, b), (b, a)):
                row = low - 1
                parent = first["parent"][row]
                first["valid_to"][row] = at(700)
                self.add("parents", unit=[self.unit[low]] * 2, parent=[self.unit[high], parent], relation=["line"] * 2,
                         valid_from=[at(700), at(701)], valid_to=[at(701), None])  # fmt: skip
            self.expect("parent_cycle", min(self.unit[a], self.unit[b]), at(700))
            i = next(leaf)
            self.add("parents", unit=[self.unit[i]], parent=[self.unit[u // 2 - 1 - i % 100]], relation=["line"],
                     valid_from=[at(90)], valid_to=[at(95)])  # fmt: skip
            self.expect("parent_double", self.unit[i], at(90))
        extra = [f"UX{i}" for i in range(21)]  # a unit of its own with one child too many
        for code in ("UX", *extra, "UA"):
            self._add_unit(code, "agency")
        self.add("parents", unit=extra, parent=["UX"] * 21, relation=["line"] * 21, valid_from=[at(0)] * 20 + [at(44)],
                 valid_to=[None] * 21)  # fmt: skip
        self.expect("span", "UX", at(44))
        for code, number in (("UA1", 3), ("UA2", 2)):  # two bureaus under one, five deputies where two each are allowed
            self._add_unit(code, "bureau")
            seats = [f"{code}-{i}" for i in range(number)]
            self.add("parents", unit=[code], parent=["UA"], relation=["line"], valid_from=[at(0)], valid_to=[None])
            whole = {"valid_from": [at(0)] * number, "valid_to": [None] * number}
            self.add("posts", post=seats, position=["V0"] * number, unit=[code] * number, rank=["deputy"] * number,
                     name=["Phó Cục trưởng"] * number, **whole)  # fmt: skip
            self.add("holdings", holding=seats, post=seats, person=seats, mode=["official"] * number,
                     load=[100] * number, **whole)  # fmt: skip
        self.expect("deputies_average", "UA", "bureau", "central", at(0))

    def _add_unit(self, code: str, kind: str) -> None:
        self.add("units", unit=[code], kind=[kind], level=["central"], needs_head=[False],
                 valid_from=[at(0)], valid_to=[None])  # fmt: skip

    def expect(self, rule: str, *codes_and_start: object) -> None:
        """Note the key of a finding."""
        *named, start = codes_and_start
        self.expected["|".join([rule, *map(str, named), start.isoformat()])] += 1  # type: ignore[attr-defined]

    def write(self, folder: Path) -> None:
        """The tables as Parquet, dates as DATE."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in self.columns.items():
            pq.write_table(pa.table(columns, schema=arrow_schema(name)), folder / f"{name}.parquet")


def codes(letter: str, numbers: np.ndarray) -> list[str]:
    return [f"{letter}{i:07d}" for i in numbers.tolist()]


def days(offsets: np.ndarray) -> list[object]:
    return (DAY + offsets.astype("timedelta64[D]")).tolist()


def at(offset: int) -> dt.date:
    return BIRTH + dt.timedelta(days=int(offset))
