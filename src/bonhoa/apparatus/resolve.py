"""What a printed name means: a body, an office-holder of one, a group, a body that ended, or nothing we know.

Nothing is invented: a name that is neither in the data nor derivable from a territory is UNKNOWN, with the nearest
names as candidates. Names of local bodies without a place ("Sở Nội vụ") are read in the province of the issuer.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bonhoa.apparatus.groups import expand_group
from bonhoa.apparatus.model import Match, MatchKind, Unit, UnitKind, UnitLevel
from bonhoa.apparatus.names import key, words
from bonhoa.apparatus.register import LocalBody, Register, read_yaml, split_territory_name

NEAREST = 3  # candidates offered for an unknown name
CUTOFF = 80  # rapidfuzz score below which a name is not worth offering

_PERSON_WORDS = 4  # a Vietnamese personal name after a title has at most so many words


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document speaks from: its issuer's province and commune, None for a central issuer."""

    province: Unit | None = None
    commune: Unit | None = None


@dataclass(frozen=True)
class Index:
    """Names of the register, folded, for lookup."""

    central: dict[str, list[Unit]]
    provinces: dict[str, list[Unit]]  # bare folded words ("nghệ an")
    lower: dict[str, list[Unit]]  # folded words with the kind ("xã kim liên"), districts and communes
    local: dict[tuple[UnitLevel, str], list[LocalBody]]
    titles: tuple[str, ...]  # folded, longest first
    titles_in_name: dict[str, str]


@functools.lru_cache(maxsize=4)
def index_of(register: Register) -> Index:
    """The lookup tables of `register`, made once."""
    central: dict[str, list[Unit]] = defaultdict(list)
    for unit in register.bodies.values():
        for name in {key(n) for n in (unit.name, *unit.short_names)}:
            central[name].append(unit)
    provinces: dict[str, list[Unit]] = defaultdict(list)
    lower: dict[str, list[Unit]] = defaultdict(list)
    for unit in register.territories.values():
        if unit.level is UnitLevel.PROVINCE:
            provinces[words(split_territory_name(unit.name)[1])].append(unit)
        else:
            lower[words(unit.name)].append(unit)
    local: dict[tuple[UnitLevel, str], list[LocalBody]] = defaultdict(list)
    for body in register.local_bodies:
        for name in {key(n) for n in body.spellings()}:
            local[(body.level, name)].append(body)
    data = read_yaml("groups.yaml")
    titles = tuple(sorted(map(words, data["titles"]), key=len, reverse=True))
    in_name = {words(title): words(head) for title, head in data["titles_in_name"].items()}
    return Index(dict(central), dict(provinces), dict(lower), dict(local), titles, in_name)


def resolve(register: Register, name: str, *, on: dt.date, issuer: str | None = None) -> Match:
    """What `name` means on the day `on` in a document of `issuer` (as printed; None if not known)."""
    place = place_of(register, issuer, on)
    if not words(name):
        return _unknown(register, name, on, place)
    body = _body(register, name, on, place)
    if body is None:
        body = _office(register, name, on, place)
    if body is None:
        body = _without_kind_word(register, name, on, place)
    if body is None:
        body = expand_group(register, name, on=on, province=place.province)
    return body or _unknown(register, name, on, place)


def _without_kind_word(register: Register, name: str, on: dt.date, place: Place) -> Match | None:
    """A ministry or department named in a list whose kind word stands once: "các Bộ: Quốc phòng, Công an"."""
    if not name[:1].isupper():
        return None
    kinds = ("Bộ",) if place.province is None else ("Sở", "Bộ")
    found = (_body(register, f"{kind} {name}", on, place) for kind in kinds)
    match = next((m for m in found if m is not None and m.unit is not None), None)
    return None if match is None else replace(match, name=name)


@functools.lru_cache(maxsize=512)
def place_of(register: Register, issuer: str | None, on: dt.date) -> Place:
    """The province and commune an issuer's name speaks of."""
    if not issuer or key(issuer) in index_of(register).central:
        return Place()
    printed = f" {words(issuer)} "
    index = index_of(register)
    named = [bare for bare in index.provinces if f" {bare} " in printed]
    province = _living(index.provinces[max(named, key=len)], on) if named else None
    commune = None
    kinds = re.search(rf"\b({'|'.join(map(words, ('xã', 'phường', 'đặc khu')))}) ", printed)
    if kinds:
        rest = printed[kinds.start() :].split()
        for length in range(len(rest), 1, -1):
            found = [
                unit
                for unit in index.lower.get(" ".join(rest[:length]), ())
                if unit.exists_on(on) and (province is None or register.province_of(unit, on) == province)
            ]
            if len(found) == 1:
                commune, province = found[0], register.province_of(found[0], on)
                break
    return Place(province, commune)


def _body(register: Register, name: str, on: dt.date, place: Place) -> Match | None:
    """A central body, else a local one; None if the name is neither."""
    found = index_of(register).central.get(key(name))
    if found:
        return _dated(register, name, _living(found, on), on)
    return _local(register, name, on, place)


def _local(register: Register, name: str, on: dt.date, place: Place) -> Match | None:
    """A body of a territory: named with its place, or relative to the issuer's."""
    index = index_of(register)
    printed = words(name)
    for head, territories in _readings(register, printed, on, place):
        kinds = index.local.get((territories[0].level, key(head))) if head else None
        slug_ubnd = [b for b in register.local_bodies if b.slug == "ubnd" and b.level is territories[0].level]
        for body in kinds or ([] if head else slug_ubnd):
            units = [register.local(t, body) for t in territories if body.stands_in(t)]
            if len(units) > 1 and sum(u.exists_on(on) for u in units) > 1:
                return Match(
                    MatchKind.UNKNOWN,
                    name,
                    candidates=tuple(u for u in units if u.exists_on(on)),
                    vi=f"có nhiều đơn vị cùng tên “{name}”, hãy chọn một",
                    en=f"several units are called “{name}”; choose one",
                )
            if units:
                return _dated(register, name, _living(units, on), on)
    everywhere = [b for b in index.local.get((UnitLevel.PROVINCE, key(name)), ()) if b.kind is UnitKind.DEPARTMENT]
    if everywhere and place.province is None:
        members = register.members(everywhere[0].slug, on, level=UnitLevel.PROVINCE)
        return Match(
            MatchKind.GROUP,
            name,
            members=members,
            basis="tên cơ quan cấp tỉnh trong văn bản của trung ương",
            vi=f"“{name}” không nói của tỉnh nào: là {name} của mọi tỉnh, thành phố",
            en=f"“{name}” names no province: the body of every province",
        )
    return None


def _readings(register: Register, printed: str, on: dt.date, place: Place) -> list[tuple[str, list[Unit]]]:
    """Ways to cut folded words into (body, territories): an explicit place first, then the issuer's."""
    index = index_of(register)
    readings: list[tuple[str, list[Unit]]] = []
    tokens = printed.split()
    for cut in range(len(tokens)):
        tail = " ".join(tokens[cut:])
        inside, outer = tail, None
        for bare, provinces in index.provinces.items():
            if tail == bare or tail.endswith(f" {bare}"):
                outer = provinces
                inside = tail[: -len(bare)].strip()
                inside = re.sub(rf"\s*({words('tỉnh')}|{words('thành phố')})$", "", inside)
                if not inside:
                    readings.append((_without_kind(" ".join(tokens[:cut])), [*provinces]))
                break
        found = index.lower.get(inside) or index.lower.get(tail)
        if found:
            within = [_living(outer, on)] if outer else [place.province] if place.province else []
            near = [
                u
                for u in found
                if not within
                or register.province_of(u, u.valid_to and _eve(u)) in (*within, *(p for p in (outer or ())))
            ]
            living = [u for u in near or found if u.exists_on(on)]
            readings.append((" ".join(tokens[:cut]), living or near or found))
    if place.commune is not None:
        kinds = "|".join(map(words, ("xã", "phường", "đặc khu")))
        readings.append((re.sub(rf"\s*\b({kinds})$", "", printed), [place.commune]))
    if place.province is not None:
        readings.append((_without_kind(printed), [place.province]))
        readings.append((printed, [place.province]))
    return readings


def _without_kind(head: str) -> str:
    """Folded words without a closing "tỉnh" or "thành phố" ("công an tỉnh" → "công an")."""
    return re.sub(rf"\s*\b({words('tỉnh')}|{words('thành phố')})$", "", head).strip()


def _office(register: Register, name: str, on: dt.date, place: Place) -> Match | None:
    """An office-holder: a title, then a body, then perhaps a person's name or what they are in charge of."""
    index = index_of(register)
    printed = re.split(rf"\b{words('phụ trách')}\b", words(name))[0].strip()
    if not printed:
        return None
    tokens = printed.split()
    for length in range(len(tokens), max(0, len(tokens) - _PERSON_WORDS - 1), -1):
        known = register.offices.get("".join(tokens[:length]))
        if known:
            return _as_office(register, name, known[0], name.strip(), on)
    rest, used = printed, 0
    while title := next((t for t in index.titles if rest == t or rest.startswith(f"{t} ")), None):
        rest, used = rest[len(title) :].strip(), used + len(title.split())
        if title in index.titles_in_name:
            joined = f"{index.titles_in_name[title]} {rest}".strip()
            match = _body(register, joined, on, place)
            if match and match.unit:
                return _as_office(register, name, match.unit, _first_words(name, used), on)
    if not used or not rest:
        return None
    tokens = rest.split()
    for length in range(len(tokens), max(0, len(tokens) - _PERSON_WORDS - 1), -1):
        match = _body(register, " ".join(tokens[:length]), on, place)
        if match and match.unit:
            person = " ".join(re.findall(r"\w+", name)[-(len(tokens) - length) :]) if length < len(tokens) else ""
            if person and not person.istitle():
                continue
            title_printed = _first_words(name, used)
            return _as_office(register, name, match.unit, f"{title_printed} {person}".strip(), on)
    return None


def _first_words(name: str, count: int) -> str:
    """The first `count` words of `name` as printed."""
    ends = [m.end() for m in re.finditer(r"\w+", name)]
    return name[: ends[min(count, len(ends)) - 1]].strip()


def _as_office(register: Register, name: str, unit: Unit, office: str, on: dt.date) -> Match:
    match = _dated(register, name, unit, on)
    if match.kind is not MatchKind.UNIT:
        return replace(match, office=office)
    return replace(
        match,
        kind=MatchKind.OFFICE,
        office=office,
        vi=f"{office}: chức danh của {unit.name}",
        en=f"{office}: an office of {unit.name}",
    )


def _dated(register: Register, name: str, unit: Unit, on: dt.date) -> Match:
    """UNIT if it exists on the day; ENDED with its successors; UNKNOWN if it did not exist yet."""
    if unit.exists_on(on):
        return Match(MatchKind.UNIT, name, unit=unit, vi=unit.name, en=unit.name)
    day = f"{on:%d/%m/%Y}"
    if unit.valid_to is not None and unit.valid_to <= on:
        return Match(
            MatchKind.ENDED,
            name,
            unit=unit,
            candidates=successors_on(register, unit, on),
            basis=unit.basis or None,
            vi=f"{unit.name} không còn tồn tại từ ngày {unit.valid_to:%d/%m/%Y}",
            en=f"{unit.name} ended on {unit.valid_to:%d/%m/%Y}",
        )
    before = tuple(u for link in unit.predecessors if (u := register.get(link.code)) and u.exists_on(on))
    return Match(
        MatchKind.UNKNOWN,
        name,
        candidates=before,
        vi=f"{unit.name} chưa được thành lập vào ngày {day}",
        en=f"{unit.name} did not exist yet on {day}",
    )


def successors_on(register: Register, unit: Unit, on: dt.date) -> tuple[Unit, ...]:
    """Those who hold on the day `on` what `unit` was, through as many changes as it takes, nearest first."""
    found: dict[str, Unit] = {}
    seen: set[str] = set()
    waiting = [unit]
    while waiting:
        current = waiting.pop(0)
        for link in current.successors:
            heir = register.get(link.code)
            if heir is None or heir.code in seen:
                continue
            seen.add(heir.code)
            if heir.exists_on(on):
                found[heir.code] = heir
            else:
                waiting.append(heir)
    return tuple(found.values())


def _unknown(register: Register, name: str, on: dt.date, place: Place) -> Match:
    """Nothing we know; the nearest names that exist on the day, central and of the issuer's province."""
    choices = {body.code: words(body.name) for body in register.bodies.values() if body.exists_on(on)}
    if place.province is not None:
        for kind in register.local_bodies:
            if kind.stands_in(place.province) and (local := register.local(place.province, kind)).exists_on(on):
                choices[local.code] = words(kind.name)
    nearest = process.extract(words(name), choices, scorer=fuzz.token_set_ratio, limit=NEAREST, score_cutoff=CUTOFF)
    candidates = tuple(unit for _, _, code in nearest if (unit := register.get(code)))
    return Match(
        MatchKind.UNKNOWN,
        name,
        candidates=candidates,
        vi=f"không có cơ quan tên “{name}” vào ngày {on:%d/%m/%Y}",
        en=f"no body is called “{name}” on {on:%d/%m/%Y}",
    )


def _living(units: list[Unit], on: dt.date) -> Unit:
    """Of units of one name, the one that exists on the day, else the last to end, else the first."""
    return min(units, key=lambda u: (not u.exists_on(on), -(u.valid_to or dt.date.max).toordinal()))


def _eve(unit: Unit) -> dt.date:
    """The last day of a unit that ended."""
    assert unit.valid_to is not None  # noqa: S101 - the caller asks only for ended units
    return unit.valid_to - dt.timedelta(days=1)
