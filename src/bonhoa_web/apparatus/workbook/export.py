"""The records of a unit and all below it as rows of the workbook; what is exported and read again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from django.utils import timezone

from bonhoa.apparatus.forms.sheets import Standing, sheet
from bonhoa.apparatus.forms.timeline import EVER, NEVER
from bonhoa.apparatus.positions import PositionDescription
from bonhoa.apparatus.vocabulary import CodeScheme, HoldingMode, ParentRelation
from bonhoa_web.apparatus.dated import Dated
from bonhoa_web.apparatus.models import (
    Competence,
    FunctionVersion,
    Holding,
    Mandate,
    PositionVersion,
    PostVersion,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.apparatus.workbook.facts import DAY, DESCRIBED
from bonhoa_web.apparatus.workbook.stored import codes_below

Cells = dict[str, Any]


def rows_below(unit: Unit, *, personal: bool, sealed: bool = False) -> dict[str, list[Cells]]:
    """Sheet → rows of everything that counts about a unit and those below it; people only with `personal`, what
    is stored sealed of them only with `sealed`."""
    ids = set(Unit.objects.filter(code__in=codes_below(unit)).values_list("pk", flat=True))
    rows = {
        "units": list(_units(ids)),
        "mandates": list(_mandates(ids)),
        "positions": list(_positions(ids)),
        "posts": list(_posts(ids)),
    }
    if personal:
        rows |= {"people": list(_people(ids, sealed)), "skills": list(_skills(ids))}
    return rows


def _basis(row: Dated) -> Cells:
    """Period (the last day included) and legal basis of a record."""
    last = row.valid_to - DAY if row.valid_to else None
    return {"valid_from": row.valid_from, "valid_to": last, "act": row.act, "provision": row.provision}


def _member(of: str, key: str, value: str) -> Any:
    vocabulary = sheet(of).column(key).vocabulary
    return vocabulary.of(value) if vocabulary is not None else value


def _units(ids: set[int]) -> Iterator[Cells]:
    """A row for each stretch of days in which nothing about a unit changes."""
    parts: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, rows in (
        ("life", UnitLife.objects.all()),
        ("name", UnitName.objects.filter(language="vi")),
        ("code", UnitCode.objects.filter(scheme=str(CodeScheme.QD20))),
        ("parent", UnitParent.objects.filter(relation=str(ParentRelation.LINE)).select_related("parent")),
    ):
        for row in rows:
            if row.unit_id in ids:
                parts[row.unit_id][name].append(row)
    codes = dict(Unit.objects.values_list("pk", "code"))
    for pk in sorted(parts, key=lambda one: codes[one]):
        of_unit = parts[pk]
        for start, end in pairwise(sorted(_turns(row for rows in of_unit.values() for row in rows))):
            at = {name: next((r for r in rows if _covers(r, start)), None) for name, rows in of_unit.items()}
            life, name = at.get("life"), at.get("name")
            if life is None or name is None:
                continue
            code, parent = at.get("code"), at.get("parent")
            yield {
                "code": codes[pk],
                "name": name.name,
                "short_name": name.short_name,
                "level": _member("units", "level", life.level),
                "kind": _member("units", "kind", life.kind),
                "parent": parent.parent.code if parent else None,
                "identifier": code.code if code else None,
                "valid_from": None if start == EVER else start,
                "valid_to": None if end == NEVER else end - DAY,
                "act": life.act,
                "provision": life.provision,
            }


def _turns(rows: Iterable[Dated]) -> set[dt.date]:
    return {day for row in rows for day in (row.valid_from or EVER, row.valid_to or NEVER)}


def _covers(row: Dated, day: dt.date) -> bool:
    return (row.valid_from or EVER) <= day < (row.valid_to or NEVER)


def _mandates(ids: set[int]) -> Iterator[Cells]:
    """A row for each mandate, with the wording of its function in its time (the last one of several)."""
    wordings: dict[int, list[FunctionVersion]] = defaultdict(list)
    held = Mandate.objects.filter(unit__in=ids) if len(ids) < 500 else Mandate.objects.all()
    for version in FunctionVersion.objects.order_by("valid_from"):
        wordings[version.function_id].append(version)
    for row in held.select_related("function", "unit", "scope").order_by("function__code", "valid_from", "pk"):
        if row.unit_id not in ids:
            continue
        said = [v for v in wordings[row.function_id] if (v.valid_from or EVER) < (row.valid_to or NEVER)]
        if said:
            yield {
                "function": row.function.code,
                "statement": said[-1].statement,
                "action": said[-1].action,
                "object": said[-1].object,
                "field": said[-1].field,
                "unit": row.unit.code,
                "role": _member("mandates", "role", row.role),
                "scope": row.scope.code if row.scope else None,
                **_basis(row),
            }


def _positions(ids: set[int]) -> Iterator[Cells]:
    for row in PositionVersion.objects.select_related("position", "unit").order_by("position__code", "valid_from"):
        if row.unit_id in ids:
            yield {
                "position": row.position.code,
                "title": row.title,
                "unit": row.unit.code,
                "group": _member("positions", "group", row.group),
                "grade": row.grade,
                "quota": row.quota,
                **described(row.described),
                **_basis(row),
            }


def described(value: PositionDescription) -> Cells:
    """The sections of a description as cells."""
    cells: Cells = {key: getattr(value, key) for key in DESCRIBED}
    return cells | {"approved_on": dt.date.fromisoformat(value.approved_on) if value.approved_on else None}


def _posts(ids: set[int]) -> Iterator[Cells]:
    for row in PostVersion.objects.select_related("post", "position", "unit").order_by("post__code", "valid_from"):
        if row.unit_id in ids:
            yield {
                "post": row.post.code,
                "position": row.position.code,
                "unit": row.unit.code,
                "title": row.title,
                "number": row.number,
                "standing": Standing.HEAD if row.is_head else Standing.DEPUTY if row.is_deputy else Standing.OTHER,
                "rank": row.rank,
                **_basis(row),
            }


def _people(ids: set[int], sealed: bool) -> Iterator[Cells]:
    posts = PostVersion.objects.filter(unit__in=ids).values("post")
    rows = Holding.objects.filter(post__in=posts).select_related("post", "person")
    today = timezone.localdate()
    here = rows.during(today, today + dt.timedelta(days=1)).filter(mode=str(HoldingMode.OFFICIAL))
    opened = set(here.values_list("person", flat=True)) if sealed else set()  # of others nothing sealed leaves
    for row in rows.order_by("person__full_name", "person__code", "valid_from", "pk"):
        yield {
            "person": row.person.code,
            "full_name": row.person.full_name,
            "born": dt.date.fromisoformat(row.person.born) if row.person_id in opened and row.person.born else None,
            "identity_number": row.person.identity_number if row.person_id in opened else None,
            "post": row.post.code,
            "mode": _member("people", "mode", row.mode),
            "load": row.load,
            **_basis(row),
        }


def _skills(ids: set[int]) -> Iterator[Cells]:
    posts = PostVersion.objects.filter(unit__in=ids).values("post")
    people = Holding.objects.filter(post__in=posts).values("person")
    rows = Competence.objects.filter(person__in=people).select_related("person")
    for row in rows.order_by("person__code", "skill", "valid_from"):
        yield {"person": row.person.code, "skill": row.skill, "level": row.level, **_basis(row)}
