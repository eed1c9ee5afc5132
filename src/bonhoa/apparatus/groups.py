"""Groups of bodies: taken apart into the phrases of groups.yaml, expanded to the members of a day.

A group whose definition does not say who belongs to it ("các cơ quan liên quan") is a group without members.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bonhoa.apparatus.model import Match, MatchKind, Unit, UnitKind, UnitLevel
from bonhoa.apparatus.names import words

if TYPE_CHECKING:
    from bonhoa.apparatus.register import Register


@dataclass(frozen=True, slots=True)
class GroupRule:
    """Who belongs to a group phrase; see groups.yaml."""

    kinds: frozenset[UnitKind] = frozenset()
    local: tuple[str, ...] = ()
    level: UnitLevel | None = None
    own: UnitKind | None = None  # the bodies of this kind of the issuer's province
    cities: bool = False
    scope: str | None = None
    office: str | None = None

    def fits(self, province: Unit | None) -> bool:
        """True if the phrase means this where the issuer belongs to `province` (None: central)."""
        return self.scope is None or (self.scope == "province") == (province is not None)

    def members(self, register: Register, on: dt.date, province: Unit | None) -> list[Unit]:
        """The members on the day."""
        found = [u for u in register.bodies.values() if u.kind in self.kinds and u.exists_on(on)]
        if self.own is not None and province is not None:
            bodies = [b for b in register.local_bodies if b.kind is self.own and b.level is UnitLevel.PROVINCE]
            units = [register.local(province, b) for b in bodies if b.stands_in(province)]
            found += [u for u in units if u.exists_on(on)]
        if self.level is not None:
            within = province if self.level is not UnitLevel.PROVINCE else None
            for slug in self.local:
                members = register.members(slug, on, within=within, level=self.level)
                found += [u for u in members if not self.cities or " thành phố " in u.name]
        return found


@dataclass(frozen=True)
class GroupData:
    """groups.yaml, folded."""

    rules: dict[tuple[str, ...], tuple[GroupRule, ...]]
    heads: tuple[str, ...]
    narrowing: tuple[str, ...]
    marks: tuple[str, ...]  # make a name collective wherever they stand
    marks_with_phrase: tuple[str, ...]  # … beside a known phrase
    longest: int


@functools.cache
def _data() -> GroupData:
    from bonhoa.apparatus.register import read_yaml

    data = read_yaml("groups.yaml")
    rules: dict[tuple[str, ...], tuple[GroupRule, ...]] = {}
    for row in data["groups"]:
        rule = GroupRule(
            kinds=frozenset(map(UnitKind.of, row.get("kinds", ()))),
            local=tuple(row.get("local", ())),
            level=UnitLevel.of(row["level"]) if "level" in row else None,
            own=UnitKind.of(row["own"]) if "own" in row else None,
            cities=row.get("cities", False),
            scope=row.get("scope"),
            office=row.get("office"),
        )
        for phrase in row["phrases"]:
            tokens = tuple(words(phrase).split())
            rules[tokens] = (*rules.get(tokens, ()), rule)
    return GroupData(
        rules=rules,
        heads=tuple(map(words, data["collective_heads"])),
        narrowing=tuple(map(words, data["narrowing"])),
        marks=tuple(map(words, data["collective_marks"]["alone"])),
        marks_with_phrase=tuple(map(words, data["collective_marks"]["with_phrase"])),
        longest=max(map(len, rules)),
    )


def expand_group(register: Register, name: str, *, on: dt.date, province: Unit | None) -> Match | None:
    """A GROUP match if `name` is collective, with its members on the day as far as they are defined; else None."""
    data = _data()
    printed = words(name)
    rules, rest = _take_apart(printed, data, province)
    named = _named_places(register, name, on, province)
    opens = any(printed == head or printed.startswith(f"{head} ") for head in data.heads)
    # "Tập đoàn, doanh nghiệp công nghệ số": an enumeration of common nouns, no proper name in it
    nouns = bool(rules) and bool(re.search(r",|\bvà\b", name)) and name[1:].islower()
    marks = (*data.marks, *(data.marks_with_phrase if rules else ()))
    marked = any(f" {mark} " in f" {printed} " for mark in marks)
    if not (named or opens or nouns or marked) and (not rules or rest):
        return None
    office = next((rule.office for rule in rules if rule.office), None)
    narrowed = any(f" {word} " in f" {printed} " for word in data.narrowing)
    members: dict[str, Unit] = {unit.code: unit for unit in named}
    if not named and not narrowed:
        members = {unit.code: unit for rule in rules for unit in rule.members(register, on, province)}
    # one part that nobody can list ("các cơ quan, đơn vị, địa phương") leaves the whole undefined; a member's own place
    # ("các xã, phường, đặc khu Cồn Cỏ") is no such part
    unlisted = " ".join(word for word in rest if word not in _CONNECTS)
    if not named and unlisted and not any(f" {unlisted} " in f" {words(u.name)} " for u in members.values()):
        members = {}
    return Match(
        MatchKind.GROUP,
        name,
        office=office,
        members=tuple(members.values()),
        basis="cách gọi một nhóm cơ quan (groups.yaml)",
        vi=(
            f"“{name}” là một nhóm, {len(members)} cơ quan vào ngày {on:%d/%m/%Y}"
            if members
            else f"“{name}” là một nhóm không xác định được thành viên"
        ),
        en=(
            f"“{name}” is a group of {len(members)} bodies on {on:%d/%m/%Y}"
            if members
            else f"“{name}” is a group whose members are not defined"
        ),
    )


_CONNECTS = {words(word) for word in ("các", "và", "tỉnh", "thành phố")} | {words("thành"), words("phố")}


def _take_apart(printed: str, data: GroupData, province: Unit | None) -> tuple[list[GroupRule], list[str]]:
    """The rules of the longest known phrases from left to right, and the words that belong to none."""
    tokens = printed.split()
    rules: list[GroupRule] = []
    rest: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(data.longest, len(tokens) - at), 0, -1):
            fitting = [r for r in data.rules.get(tuple(tokens[at : at + length]), ()) if r.fits(province)]
            if fitting:
                rules += fitting
                at += length
                break
        else:
            if tokens[at] != words("và"):
                rest.append(tokens[at])
            at += 1
    return rules, rest


def _named_places(register: Register, name: str, on: dt.date, province: Unit | None) -> list[Unit]:
    """The members of "… các tỉnh: A, B và C", "… các xã D, E": every body named before, in every place after. Nothing
    if one of the places is not known: part of a list is no list."""
    plural = _PLACES.search(name)
    if plural is None:
        return []
    kinds, tail = plural.group(1).casefold(), name[plural.end() :]
    if not tail[:1].isupper():
        return []
    is_province = any(kind in kinds for kind in ("tỉnh", "thành phố")) or ("địa phương" in kinds and province is None)
    level = UnitLevel.PROVINCE if is_province else UnitLevel.COMMUNE
    head = words(name[: plural.start()])
    slugs = [
        slug
        for slug, phrase in (
            ("tinh-uy", "tỉnh ủy"),
            ("dang-uy", "đảng ủy"),
            ("ubnd", "ủy ban nhân dân"),
            ("hdnd", "hội đồng nhân dân"),
        )
        if words(phrase) in head
    ]
    wanted = {words(part) for part in re.split(r"[,;]|\bvà\b", tail) if part.strip(" .")}
    found, known = [], set()
    for territory in register.units(on=on, level=level):
        full = words(territory.name)
        bare = full.split(" ", 2 if full.startswith(words("thành phố")) else 1)[-1]
        inside = is_province or province is None or register.province_of(territory, on) == province
        if territory.kind is UnitKind.TERRITORY and inside and (called := wanted & {full, bare}):
            known |= called
            for body in register.local_bodies:
                if body.level is level and body.slug in (slugs or ["ubnd"]):
                    found.append(register.local(territory, body))
    return found if known == wanted else []


_PLACES = re.compile(
    r"\b(?:[Cc]ác|[Nn]hững)\s+((?:tỉnh|thành phố|xã|phường|đặc khu|địa phương)"
    r"(?:(?:,|\s+và)\s+(?:tỉnh|thành phố|xã|phường|đặc khu))*)(?:\s+trực thuộc [Tt]rung ương)?"
    r"(?:\s*:\s*|\s+)(?=[^\W\d_])"
)
