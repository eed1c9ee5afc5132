"""What a row of the workbook says, as facts about dated records; identities are named by their codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from bonhoa.apparatus.forms.reading import Row
from bonhoa.apparatus.forms.sheets import Standing
from bonhoa.apparatus.positions import SCHEMA
from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.dated import Dated
from bonhoa_web.apparatus.models import (
    Competence,
    Function,
    FunctionVersion,
    Holding,
    JobNeed,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)

IDENTITIES = (Unit, Function, JobPosition, Post, Person)
DAY = dt.timedelta(1)


@dataclass(frozen=True)
class Spec:
    """A kind of dated record: the columns that name the thing it is about, and those that say what is so of it.

    `by_act`: its row names its legal basis. `exact`: the row of the file says when it ends. `derived` columns follow
    from the others and are not compared."""

    model: type[Dated]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    by_act: bool = True
    exact: bool = True
    defaults: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Callable[[dict[str, Any]], Any]] = field(default_factory=dict)

    def points_at(self, column: str) -> type | None:
        """The identity that a column points at; None for a plain one."""
        related = self.model._meta.get_field(column).related_model
        return related if isinstance(related, type) else None

    def path(self, column: str) -> str:
        """The lookup of the value: an identity's is its code."""
        return f"{column}__code" if self.points_at(column) else column


_EMPTY = {"short_name": "", "action": "", "object": "", "field": "", "grade": ""}
SPECS: dict[type, Spec] = {
    spec.model: spec
    for spec in (
        Spec(UnitLife, ("unit",), ("level", "kind"), by_act=False),
        Spec(
            UnitName,
            ("unit", "language"),
            ("name", "short_name"),
            by_act=False,
            defaults=_EMPTY,
            derived={"folded": lambda v: fold(f"{v['name']} {v['short_name']}")[:400]},
        ),
        Spec(UnitCode, ("unit", "scheme"), ("code",), by_act=False),
        Spec(UnitParent, ("unit", "relation"), ("parent",), by_act=False),
        Spec(
            FunctionVersion,
            ("function",),
            ("statement", "action", "object", "field"),
            by_act=False,
            exact=False,
            defaults=_EMPTY,
            derived={"folded": lambda v: fold(v["statement"])},
        ),
        Spec(Mandate, ("function", "unit", "scope"), ("role",)),
        Spec(
            PositionVersion,
            ("position",),
            ("unit", "title", "group", "grade", "quota", "description"),
            defaults=_EMPTY | {"quota": 1, "description": {}},
        ),
        Spec(JobNeed, ("position", "skill"), ("level",), by_act=False),
        Spec(
            PostVersion,
            ("post",),
            ("position", "unit", "number", "title", "is_head", "is_deputy", "rank"),
            defaults={"is_head": False, "is_deputy": False, "rank": 100},
        ),
        Spec(Holding, ("post", "person"), ("mode", "load"), defaults={"load": 100}),
        Spec(Competence, ("person", "skill"), ("level",)),
    )
}
PRINCIPAL: dict[str, type] = {
    "units": UnitLife,
    "mandates": Mandate,
    "positions": PositionVersion,
    "posts": PostVersion,
    "people": Holding,
    "skills": Competence,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """`values` (those that the row tells, None: nothing) hold for the thing `key` in [start, end); None is open."""

    model: type
    key: tuple[str | None, ...]
    values: dict[str, Any] | None
    start: dt.date | None
    end: dt.date | None
    act: str
    provision: str
    row: int


def facts_of(row: Row, number: int, person: str | None) -> Iterator[Fact]:
    """The facts of a row without faults; `number` is its place in the book, `person` the code of who it is about."""
    told = row.values
    last = told.get("valid_to")
    period = (told.get("valid_from"), last + DAY if last else None, told.get("act") or "", told.get("provision") or "")

    def fact(model: type, key: tuple[str | None, ...], values: dict[str, Any] | None) -> Fact:
        return Fact(model, key, values, *period, number)

    match row.sheet:
        case "units":
            code = told["code"]
            yield fact(UnitLife, (code,), _told(told, "level", "kind"))
            yield fact(UnitName, (code, "vi"), _told(told, "name", "short_name"))
            if told.get("parent"):
                yield fact(UnitParent, (code, str(ParentRelation.LINE)), _told(told, "parent"))
            if told.get("identifier"):
                yield fact(UnitCode, (code, str(CodeScheme.QD20)), {"code": told["identifier"]})
        case "mandates":
            function = told["function"]
            yield fact(FunctionVersion, (function,), _told(told, "statement", "action", "object", "field"))
            yield fact(Mandate, (function, told["unit"], told.get("scope")), _told(told, "role"))
        case "positions":
            described = _described(told)
            values = _told(told, "unit", "title", "group", "grade", "quota")
            yield fact(PositionVersion, (told["position"],), values | ({"description": described} if described else {}))
        case "posts":
            values = _told(told, "position", "unit", "title", "number", "rank")
            if "standing" in told:
                standing = told["standing"]
                values |= {"is_head": standing is Standing.HEAD, "is_deputy": standing is Standing.DEPUTY}
            yield fact(PostVersion, (told["post"],), values)
        case "people":
            yield fact(Holding, (told["post"], person), _told(told, "mode", "load"))
        case "skills":
            yield fact(Competence, (told["person"], told["skill"]), _told(told, "level"))


def _told(told: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The values that a row tells: of an empty cell it says nothing."""
    return {k: v if isinstance(v, int) else str(v) for k in keys if (v := told.get(k)) is not None}


DESCRIBED = (
    "field_of_work",
    "reports_to",
    "related",
    "goal",
    "professional_work",
    "management_work",
    "support_work",
    "general_skills",
    "professional_skills",
    "management_skills",
    "contacts_inside",
    "contacts_outside",
    "powers",
    "education",
    "experience",
    "qualities",
    "approved_by",
    "approved_on",
)
SKILLS = ("general_skills", "professional_skills", "management_skills")


def _described(told: dict[str, Any]) -> dict[str, Any]:
    """The sections of the description that the row tells, as they are stored; {} if it tells none."""
    out: dict[str, Any] = {}
    for key in DESCRIBED:
        value = told.get(key)
        if isinstance(value, tuple):
            out[key] = [one if isinstance(one, str) else asdict(one) for one in value]
        elif value is not None:
            out[key] = value.isoformat() if isinstance(value, dt.date) else value
    return out | {"schema_version": SCHEMA} if out else {}
