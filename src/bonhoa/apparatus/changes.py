"""A change of the apparatus as a value: what it is, what it does, what it was refused for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bonhoa.apparatus.map_state import MapState
from bonhoa.apparatus.vocabulary import EventKind
from bonhoa.common.errors import InputError


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the change brings into being."""

    code: str
    name: str
    level: str
    kind: str
    parent: str | None = None
    short_name: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Where a thing goes: `what` (unit, mandate, position, post, person, or a kind that another room hangs on units).

    `key` "*" means all of that kind that stand in the unit `of`. `to` is a unit (for a person: a post); None: the
    thing ends, and `reason` says why. `head`: the post is the head of the unit that it comes to.
    """

    what: str
    key: str
    to: str | None
    reason: str = ""
    of: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """`old` passes into `new`, wholly or in part (None: not said), by this place of the act."""

    old: str
    new: str
    whole: bool | None = None
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change on one day, resting on `act`. Units are named by their codes.

    `inputs`: those that it concerns; `outputs`: those that come out of it, stored ones or codes of `new`. RENAME uses
    `name` and `short_name`, REPARENT `parent`, TRANSFER `functions` from the one input to the one output.
    """

    kind: EventKind
    effective: dt.date
    act: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    new: tuple[NewUnit, ...] = ()
    moves: tuple[Move, ...] = ()
    parts: tuple[Part, ...] = ()
    provision: str = ""
    name: str = ""
    short_name: str = ""
    parent: str | None = None
    functions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return asdict(self) | {"kind": str(self.kind), "effective": self.effective.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Change:
        """What `to_json` wrote. InputError for a day that does not exist or a kind that is none."""
        values = dict(data)
        try:
            values["effective"] = dt.date.fromisoformat(values["effective"])
        except ValueError as error:
            day = values["effective"]
            raise InputError(
                "no_day", f"Không có ngày “{day}”; hãy ghi lại ngày hiệu lực.", f'There is no day "{day}"; mend it.'
            ) from error
        try:
            values["kind"] = EventKind.of(values["kind"])
        except ValueError as error:
            raise InputError(
                "no_kind",
                f"Không có loại thay đổi “{values['kind']}”.",
                f'There is no kind of change "{values["kind"]}".',
            ) from error
        pairs = {"new": NewUnit, "moves": Move, "parts": Part}
        for key, kind in pairs.items():
            values[key] = tuple(kind(**row) for row in values.get(key, ()))
        values["new"] = tuple(replace(unit, codes=tuple(map(tuple, unit.codes))) for unit in values["new"])
        for key in ("inputs", "outputs", "functions"):
            values[key] = tuple(values.get(key, ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing that goes on elsewhere (from `source` to `to`), or ends (`to` None) for a reason."""

    what: str
    key: str
    source: str
    to: str | None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a change does: the map after it, who ended, who began, what moved, who follows whom."""

    after: MapState
    ended: tuple[str, ...]
    begun: tuple[str, ...]
    moved: tuple[Moved, ...]
    parts: tuple[Part, ...]
    notices: tuple[InputError, ...] = ()


class Refused(InputError):
    """A change that cannot be made; `problems` holds every reason."""

    def __init__(self, problems: list[InputError]) -> None:
        super().__init__(problems[0].code, " ".join(p.vi for p in problems), " ".join(p.en for p in problems))
        self.problems = problems
