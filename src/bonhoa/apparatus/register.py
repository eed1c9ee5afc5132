"""The register: every body and territory with its dates, and the bodies that each territory has.

Central bodies, territories and the kinds of local bodies are data; the bodies of a province or commune
("Sở Nội vụ tỉnh Nghệ An") are derived from both when asked for, never listed.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from itertools import zip_longest
from typing import Any

import yaml

from bonhoa.apparatus.model import CheckStatus, Match, Unit, UnitKind, UnitLevel, UnitLink
from bonhoa.apparatus.names import key, plain, words

_FAR_PAST, _FAR_FUTURE = dt.date.min, dt.date.max


@dataclass(frozen=True, slots=True)
class LocalBody:
    """A kind of body that each territory of a level has, from local_bodies.yaml."""

    slug: str
    name: str
    kind: UnitKind
    level: UnitLevel
    city: str | None = None
    joined: bool = False
    parent: str = "ubnd"
    aliases: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()
    successors: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def stands_in(self, territory: Unit) -> bool:
        """True if `territory` has such a body (on some day)."""
        code = territory.official_code
        return territory.level is self.level and (not self.only or code in self.only) and code not in self.excepted

    def name_in(self, territory: Unit) -> str:
        """The body's full name: "Sở Nội vụ tỉnh Nghệ An", "Thành ủy Hà Nội"."""
        city = territory.level is UnitLevel.PROVINCE and territory.name.startswith("Thành phố")
        name = self.city if city and self.city else self.name
        kind, bare = split_territory_name(territory.name)
        return f"{name} {bare}" if self.joined else f"{name} {kind[:1].lower()}{kind[1:]} {bare}"

    def spellings(self) -> tuple[str, ...]:
        """Every print of the name, without a place."""
        return (self.name, *((self.city,) if self.city else ()), *self.aliases)


class Register:
    """Units on any day. Make it with `load_register()`."""

    def __init__(
        self,
        bodies: dict[str, Unit],
        offices: dict[str, tuple[Unit, str]],
        territories: dict[str, Unit],
        former_parents: dict[str, tuple[dt.date, str]],
        local_bodies: tuple[LocalBody, ...],
    ) -> None:
        self.bodies = bodies
        self.offices = offices
        """key of a title that does not contain its body's name ("Phó Thủ tướng") → (body, title as in the data)"""
        self.territories = territories
        self.local_bodies = local_bodies
        self._former_parents = former_parents
        # a plan asks for the same group in row after row, each time over all units of the country
        self._members = functools.lru_cache(maxsize=64)(self._find_members)

    def units(
        self,
        *,
        on: dt.date | None = None,
        level: UnitLevel | str | None = None,
        name: str | None = None,
        code: str | None = None,
    ) -> list[Unit]:
        """Units that exist `on` a day (None: on any day), at `level`, whose name contains `name`, with `code`.

        Local bodies are found by `code` ("vn-40/so-noi-vu") only. `code` is ours or the statistical office's.
        """
        level = None if level is None else UnitLevel.of(str(level))
        if code is not None and "/" in code:
            unit = self.get(code)
            found = iter(() if unit is None else (unit,))
        else:
            found = self._listed()
        # who types without diacritics finds names with them
        spell = plain if name is not None and name.isascii() else words
        wanted = None if name is None else spell(name)
        return [
            self._as_of(unit, on)
            for unit in found
            if (level is None or unit.level is level)
            and (code is None or code in (unit.code, unit.official_code))
            and (on is None or unit.exists_on(on))
            and (wanted is None or any(wanted in spell(n) for n in (unit.name, *unit.short_names)))
        ]

    def get(self, code: str) -> Unit | None:
        """The unit with our `code`, local bodies included; None if there is none."""
        if "/" not in code:
            return self.bodies.get(code) or self.territories.get(code)
        uid, slug = code.split("/", 1)
        territory = self.territories.get(uid)
        if territory is None:
            return None
        for body in self.local_bodies:
            if body.slug == slug and body.stands_in(territory):
                return self.local(territory, body)
        return None

    def local(self, territory: Unit, body: LocalBody) -> Unit:
        """The body of that kind in `territory`; it lives as long as both do."""
        began = max(territory.valid_from or _FAR_PAST, body.valid_from or _FAR_PAST)
        ended = min(territory.valid_to or _FAR_FUTURE, body.valid_to or _FAR_FUTURE)
        parent = None if body.slug in (body.parent, "tinh-uy", "dang-uy", "huyen-uy", "hdnd") else body.parent
        return Unit(
            code=f"{territory.code}/{body.slug}",
            name=body.name_in(territory),
            level=territory.level,
            kind=body.kind,
            parent=f"{territory.code}/{parent}" if parent else territory.code,
            valid_from=None if began == _FAR_PAST else began,
            valid_to=None if ended == _FAR_FUTURE else ended,
            successors=self._local_successors(territory, body, ended),
            source="suy ra từ địa bàn và danh mục cơ quan địa phương",
        )

    def members(self, slug: str, on: dt.date, *, within: Unit | None = None, level: UnitLevel) -> tuple[Unit, ...]:
        """The body `slug` of every territory of `level` (inside the province `within`) that exists `on` the day."""
        return self._members(slug, on, within, level)

    def _find_members(self, slug: str, on: dt.date, within: Unit | None, level: UnitLevel) -> tuple[Unit, ...]:
        kinds = [body for body in self.local_bodies if body.slug == slug and body.level is level]
        return tuple(
            unit
            for territory in self.units(on=on, level=level)
            if territory.kind is UnitKind.TERRITORY and (within is None or self.province_of(territory, on) == within)
            for body in kinds
            if body.stands_in(territory) and (unit := self.local(territory, body)).exists_on(on)
        )

    def province_of(self, unit: Unit, on: dt.date | None = None) -> Unit | None:
        """The province in which a territory or local body lies; None for central bodies."""
        territory = self.territories.get(unit.code.split("/", 1)[0])
        while territory is not None and territory.level is not UnitLevel.PROVINCE:
            parent = self._as_of(territory, on).parent
            territory = self.territories.get(parent or "")
        return territory

    def resolve(self, name: str, *, on: dt.date, issuer: str | None = None) -> Match:
        """What `name`, printed in a document of `issuer`, means on the day `on`."""
        from bonhoa.apparatus.resolve import resolve

        return resolve(self, name, on=on, issuer=issuer)

    def with_territories(self, territories: Iterable[Unit]) -> Register:
        """A register that also knows `territories`, and so the local bodies derived from them.

        For places that the national data does not have: a training province, a pilot. Names are read in them as in
        any other place. Keep the result: looking names up in a new register first makes its index.
        """
        known = self.territories | {territory.code: territory for territory in territories}
        return Register(self.bodies, self.offices, known, self._former_parents, self.local_bodies)

    def parents_of(self, unit: Unit) -> tuple[tuple[str, dt.date | None, dt.date | None], ...]:
        """The parents of `unit` in turn, each with the period ([from, to)) in which it was the parent."""
        former = self._former_parents.get(unit.code)
        if former:
            last = ((unit.parent, former[0], unit.valid_to),) if unit.parent else ()
            return ((former[1], unit.valid_from, former[0]), *last)
        return ((unit.parent, unit.valid_from, unit.valid_to),) if unit.parent else ()

    def _listed(self) -> Iterator[Unit]:
        yield from self.bodies.values()
        yield from self.territories.values()

    def _as_of(self, unit: Unit, on: dt.date | None) -> Unit:
        """A commune that outlived its district, with the parent it had on the day."""
        former = self._former_parents.get(unit.code)
        return replace(unit, parent=former[1]) if former and on and on < former[0] else unit

    def _local_successors(self, territory: Unit, body: LocalBody, ended: dt.date) -> tuple[UnitLink, ...]:
        """Of the next event: the kind of body ends, or the territory does."""
        if ended == _FAR_FUTURE:
            return ()
        if body.valid_to == ended and body.successors:
            heirs = [(territory, b) for b in self.local_bodies if b.slug in body.successors]
        else:
            onto = [self.territories[link.code] for link in territory.successors]
            heirs = [
                (t, b)
                for t in onto
                for b in self.local_bodies
                if b.slug == body.slug or {b.slug, body.slug} == {"huyen-uy", "dang-uy"}
            ]
        return tuple(UnitLink(f"{t.code}/{b.slug}", b.name_in(t)) for t, b in heirs if b.stands_in(t))


@functools.cache
def load_register() -> Register:
    """The register in the package's data, read once."""
    bodies, offices = _read_bodies()
    territories, former_parents = _read_territories()
    return Register(bodies, offices, territories, former_parents, _read_local_bodies())


def split_territory_name(name: str) -> tuple[str, str]:
    """("Tỉnh", "Nghệ An") of "Tỉnh Nghệ An"; kinds of two words are known."""
    for kind in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu"):
        if name.startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    kind, _, bare = name.partition(" ")
    return kind, bare


def read_yaml(filename: str) -> Any:
    """A YAML file of the package's data."""
    text = (resources.files("bonhoa.data") / filename).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def _read_bodies() -> tuple[dict[str, Unit], dict[str, tuple[Unit, str]]]:
    data = read_yaml("bodies.yaml")
    rows = {row["code"]: {**data["defaults"], **row} for row in data["bodies"]}
    before: dict[str, list[UnitLink]] = defaultdict(list)
    for row in rows.values():
        for successor in (*row.get("successors", ()), *row.get("others", ())):
            before[successor].append(UnitLink(row["code"], row["name"]))
    units = {
        code: Unit(
            code=code,
            name=row["name"],
            level=UnitLevel.of(row["level"]),
            kind=UnitKind.of(row["kind"]),
            parent=row.get("parent"),
            valid_from=row.get("from"),
            valid_to=row.get("to"),
            short_names=tuple(row.get("aliases", ())),
            predecessors=tuple(before[code]),
            successors=tuple(
                UnitLink(s, rows[s]["name"]) for s in (*row.get("successors", ()), *row.get("others", ()))
            ),
            status=CheckStatus.of(row["status"]),
            source=row["source"],
            basis=row.get("basis", ""),
        )
        for code, row in rows.items()
    }
    offices = {key(title): (units[code], title) for code, row in rows.items() for title in row.get("offices", ())}
    return units, offices


def _read_territories() -> tuple[dict[str, Unit], dict[str, tuple[dt.date, str]]]:
    packed = (resources.files("bonhoa.data") / "territories.csv.xz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"))))
    links = {row["uid"]: UnitLink(row["uid"], row["name"], row["code"]) for row in rows}
    provisions = {row["uid"]: f"khoản {row['clause']} Điều 1" if row["clause"] else "" for row in rows}
    before: dict[str, list[UnitLink]] = defaultdict(list)
    for row in rows:
        if row["level"] != "district":
            for successor in row["successors"].split():
                before[successor].append(links[row["uid"]])
    levels = {str(level): level for level in UnitLevel}
    days = {
        "": None,
        **{day: dt.date.fromisoformat(day) for row in rows for day in (row["valid_from"], row["valid_to"]) if day},
    }
    units = {
        row["uid"]: Unit(
            code=row["uid"],
            name=row["name"],
            level=levels[row["level"]],
            kind=UnitKind.TERRITORY,
            parent=row["parent"] or None,
            valid_from=days[row["valid_from"]],
            valid_to=days[row["valid_to"]],
            predecessors=tuple(before[row["uid"]]) if row["uid"] in before else (),
            successors=tuple(
                replace(links[uid], whole={"w": True, "p": False}.get(whole), provision=provisions[uid])
                for uid, whole in zip_longest(row["successors"].split(), row["whole"].split())
            ),
            status=CheckStatus.CHECKED if row["status"] == "checked" else CheckStatus.UNVERIFIED,
            source="dvhcvn/20250701; 1027/CTK-CSCL",
            official_code=row["code"],
            basis=row["basis"],
        )
        for row in rows
    }
    ends = {row["uid"]: days[row["valid_to"]] for row in rows if row["level"] == "district"}
    former_parents = {
        row["uid"]: (end, row["parent_before"])
        for row in rows
        if row["parent_before"] and (end := ends[row["parent_before"]]) is not None
    }
    return units, former_parents


def _read_local_bodies() -> tuple[LocalBody, ...]:
    data = read_yaml("local_bodies.yaml")
    return tuple(
        LocalBody(
            slug=row["slug"],
            name=row["name"],
            kind=UnitKind.of(row["kind"]),
            level=level,
            city=row.get("city"),
            joined=row.get("joined", False),
            parent=row.get("parent", "ubnd"),
            aliases=tuple(row.get("aliases", ())),
            only=frozenset(row.get("only", ())),
            excepted=frozenset(row.get("except", ())),
            successors=tuple(row.get("successors", ())),
            valid_from=row.get("from"),
            valid_to=row.get("to"),
        )
        for level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)
        for row in data[str(level)]
    )
