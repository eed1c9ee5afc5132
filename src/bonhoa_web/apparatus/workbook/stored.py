"""What is stored of the things that a file is about, in as few queries as there are kinds of records."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from bonhoa.apparatus.forms.timeline import EVER, NEVER, Piece
from bonhoa.apparatus.positions import PositionDescription
from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa_web.apparatus.dated import NoOverlap
from bonhoa_web.apparatus.models import (
    FunctionVersion,
    Holding,
    JobNeed,
    Mandate,
    Person,
    PositionVersion,
    PostVersion,
    Unit,
    UnitLife,
    UnitParent,
)
from bonhoa_web.apparatus.workbook.facts import IDENTITIES, SPECS, Fact, Spec

_BATCH = 400
Key = tuple[str | None, ...]


@dataclass
class Stored:
    """Rows that count, by kind and thing; the codes that are taken; who bears the names of the file."""

    pieces: dict[type, dict[Key, list[Piece]]] = field(default_factory=lambda: defaultdict(dict))
    codes: dict[type, set[str]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    namesakes: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    inside: set[str] = field(default_factory=set)  # codes of the units that the importer is in charge of
    elsewhere: set[str] = field(default_factory=set)  # codes of people whose official post is outside these today
    seals: bool = False  # the importer may write what is stored sealed of people
    places: dict[str, Unit] = field(default_factory=dict)  # the stored units that the file names

    def of(self, model: type, key: Key) -> list[Piece]:
        """The rows of one thing."""
        return self.pieces[model].get(key, [])


def rules_of(spec: Spec) -> list[NoOverlap]:
    """What the database refuses of this kind: the model's own constraints."""
    return [c for c in spec.model._meta.constraints if isinstance(c, NoOverlap)]


def load_people(codes: Collection[str], names: Collection[str], unit: Unit, seals: bool) -> Stored:
    """The people of these codes and of these (folded) names, and which units the importer is in charge of. Namesakes
    who officially serve elsewhere are left out: they are not this importer's to see."""
    stored = Stored(inside=codes_below(unit), seals=seals)
    for found in _found(Person.objects.all(), "code", codes):
        stored.people |= {person.code: person for person in found}
    namesakes = [person for found in _found(Person.objects.all(), "folded", names) for person in found]
    places = _official_places({person.pk for person in (*stored.people.values(), *namesakes)})
    for person in (*stored.people.values(), *namesakes):
        if places[person.pk] and not places[person.pk] & stored.inside:
            stored.elsewhere.add(person.code)
    for person in namesakes:
        if person.code not in stored.elsewhere:
            stored.namesakes[person.folded].append(person)
    return stored


def _official_places(people: Collection[int]) -> dict[int, set[str]]:
    """For each person the codes of the units in which he or she officially holds a post today."""
    places: dict[int, set[str]] = defaultdict(set)
    today = timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)
    for found in _found(Holding.objects.during(today, tomorrow), "person", people):
        held = dict[int, list[int]]()
        for post, person in found.filter(mode=str(HoldingMode.OFFICIAL)).order_by().values_list("post", "person"):
            held.setdefault(post, []).append(person)
        for posts in _found(PostVersion.objects.during(today, tomorrow), "post", held):
            for post, code in posts.order_by().values_list("post", "unit__code"):
                for person in held[post]:
                    places[person].add(code)
    return places


def load_rows(facts: Collection[Fact], stored: Stored) -> None:
    """Add what the facts are about, and what could stand in their way."""
    by_model: dict[type, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_model[fact.model].append(fact)
    for model, spec in SPECS.items():
        asked: dict[str, set[Any]] = defaultdict(set)
        for fact in by_model[model]:
            values = dict(zip(spec.key, fact.key, strict=True)) | (fact.values or {})
            for column in {spec.key[0], *(rule.same[0] for rule in rules_of(spec))}:
                if values.get(column) is not None:
                    asked[column].add(values[column])
        _load_rows(spec, asked, stored)
    _load_rows(SPECS[JobNeed], {"position": {f.key[0] for f in by_model[PositionVersion]}}, stored)
    _load_rows(SPECS[Mandate], {"function": {f.key[0] for f in by_model[FunctionVersion]}}, stored)
    _load_parents_above(stored, facts)
    _load_rows(SPECS[UnitLife], {"unit": {c for f in facts for kind, c in pointers(f) if kind is Unit}}, stored)
    pointed: dict[type, set[str]] = {model: set() for model in IDENTITIES}
    for fact in facts:
        for identity, code in pointers(fact):
            pointed[identity].add(code)
    for identity, codes in pointed.items():
        found = _found(identity.objects.all(), "code", codes)
        stored.codes[identity] = {code for some in found for code in some.values_list("code", flat=True)}
    stored.places = {unit.code: unit for some in _found(Unit.objects.all(), "code", pointed[Unit]) for unit in some}


def pointers(fact: Fact) -> Iterator[tuple[type[Model], str]]:
    """The identities that a fact names: (kind, code)."""
    spec = SPECS[fact.model]
    for column, value in (*zip(spec.key, fact.key, strict=True), *(fact.values or {}).items()):
        identity = spec.points_at(column)
        if identity is not None and value is not None:
            yield identity, value  # type: ignore[misc]


def codes_below(unit: Unit) -> set[str]:
    """The codes of a unit and of all below it today."""
    children: dict[int | None, list[int]] = defaultdict(list)
    codes: dict[int, str] = {}
    for pk, code, parent in Unit.objects.order_by().values_list("pk", "code", "parent_id"):
        codes[pk] = code
        children[parent].append(pk)
    waiting, found = [unit.pk], set()
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += children[pk]
    return {codes[pk] for pk in found}


def _found(rows: QuerySet[Any], column: str, values: Collection[Any]) -> Iterator[QuerySet[Any]]:
    wanted = sorted(values)
    for start in range(0, len(wanted), _BATCH):
        yield rows.filter(**{f"{column}__in": wanted[start : start + _BATCH]})


def _load_rows(spec: Spec, asked: dict[str, set[Any]], stored: Stored) -> None:
    """The counting rows in which one of the columns has one of the values asked for."""
    there = {piece.origin[0] for pieces in stored.pieces[spec.model].values() for piece in pieces}
    columns = {column: spec.path(column) for column in (*spec.key, *spec.fields)}
    own = ("pk", "valid_from", "valid_to", "act", "provision")
    for column, values in asked.items():
        for found in _found(spec.model.objects.order_by(), columns[column], values):
            for row in found.values(*own, *columns.values()):
                if row["pk"] in there:
                    continue
                there.add(row["pk"])
                key = tuple(row[columns[c]] for c in spec.key)
                stored.pieces[spec.model].setdefault(key, []).append(
                    Piece(
                        row["valid_from"] or EVER,
                        row["valid_to"] or NEVER,
                        {c: canonical(c, row[columns[c]]) for c in spec.fields},
                        row["act"],
                        row["provision"],
                        spec.exact,
                        (row["pk"],),
                    )
                )


def canonical(column: str, value: Any) -> Any:
    """A value as it is compared: a description with all its sections."""
    if column == "description" and value:
        return json.loads(json.dumps(PositionDescription.from_json(value).to_json(), sort_keys=True))
    return value


def _load_parents_above(stored: Stored, facts: Collection[Fact]) -> None:
    """The lines upward from the parents that the file names, so that a circle is seen."""
    rows = stored.pieces[UnitParent]
    ahead = {fact.values["parent"] for fact in facts if fact.model is UnitParent and fact.values}
    seen: set[str] = set()
    while ahead := ahead - seen:
        seen |= ahead
        _load_rows(SPECS[UnitParent], {"unit": ahead}, stored)
        ahead = {piece.values["parent"] for key in rows if key[0] in ahead for piece in rows[key] if piece.values}


def open_day(day: dt.date) -> dt.date | None:
    """A day as it is stored: the open ends are empty."""
    return None if day in (EVER, NEVER) else day
