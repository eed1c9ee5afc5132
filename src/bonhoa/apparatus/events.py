"""Change events: what a change of the apparatus does to the map, and what it is refused for.

`apply` is a function of values: map of the day + change → map after it, with every move and every end. Nothing of a
closed unit may be lost: each mandate, position, post, person, subordinate unit and each thing that another room hangs
on it goes to a unit that lives on (the only heir, or the one that a `Move` names) or has an end with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bonhoa.apparatus.change_checks import ending, existence_problems, name_of, shape_problems
from bonhoa.apparatus.changes import Change, Moved, Outcome, Part, Refused
from bonhoa.apparatus.map_state import HoldingState, MandateState, MapState, UnitState
from bonhoa.apparatus.vocabulary import EventKind, MandateRole
from bonhoa.common.errors import InputError

_STRENGTH = {str(role): rank for rank, role in enumerate(MandateRole)}
_SHOWN = 5  # losses named in one sentence


def apply(state: MapState, change: Change) -> Outcome:
    """The map after `change`. Raises Refused, with a sentence for each reason, and then nothing has happened."""
    problems = [*shape_problems(change)] or [*existence_problems(state, change)]
    if problems:
        raise Refused(problems)
    outcome = _Application(state, change).run()
    if outcome.problems:
        raise Refused(outcome.problems)
    return Outcome(
        after=outcome.map,
        ended=tuple(sorted(outcome.ending)),
        begun=tuple(unit.code for unit in change.new),
        moved=tuple(outcome.moved),
        parts=outcome.parts(),
        notices=tuple(outcome.notices),
    )


class _Application:
    """One change being applied to one map: each step replaces a part of `map` and notes what it moved."""

    def __init__(self, state: MapState, change: Change) -> None:
        self.before, self.map, self.change = state, state, change
        self.ending = ending(change)
        self.problems: list[InputError] = []
        self.notices: list[InputError] = []
        self.moved: list[Moved] = []
        self._words = WORDS | {thing.what: thing.words for thing in state.hung.values()}
        self._lost: dict[tuple[str, str], list[str]] = {}
        self._moves = {(m.what, m.key): m for m in change.moves if m.key != "*"}
        self._sweeping = {(m.what, m.of): m for m in change.moves if m.key == "*"}
        self._heirs = self._find_heirs()

    def run(self) -> _Application:
        """Every step, in the order in which one needs another."""
        self._units()
        if not self.problems:
            self._mandates()
            self._positions_and_posts()
            self._people()
            self._duties()
            self._hung()
            self._heads()
        return self

    def parts(self) -> tuple[Part, ...]:
        """Who follows whom: what the change says, else every input into every output."""
        told = {(p.old, p.new): p for p in self.change.parts}
        if not told and self.change.kind not in (EventKind.CREATE, EventKind.TRANSFER):
            whole = len(self.change.outputs) == 1 and self.change.kind is not EventKind.SEPARATE
            told = {
                (old, new): Part(old, new, True if whole else None, self.change.provision)
                for old in self.change.inputs
                for new in self.change.outputs
                if old != new
            }
        return tuple(told.values())

    def _find_heirs(self) -> dict[str, list[str]]:
        """Ending unit → the units that follow it."""
        followed: dict[str, list[str]] = {}
        for part in self.parts():
            if part.old in self.ending and part.new not in self.ending:
                followed.setdefault(part.old, []).append(part.new)
        return followed

    def _goes(self, what: str, key: str, unit: str, label: str) -> tuple[bool, str | None]:
        """(does the thing change its unit or end, where it goes). Notes the move, or the loss as a problem."""
        move = self._moves.get((what, key)) or self._sweeping.get((what, unit))
        if move is not None:
            place = name_of(self.before, move.to or "")
            if move.to is None and not move.reason.strip():
                self.problems.append(
                    InputError(
                        "no_reason", f"“{label}” kết thúc mà chưa ghi lý do.", f'"{label}" ends without a reason.'
                    )
                )
            elif move.to is not None and move.to not in self.map.units:
                self.problems.append(
                    InputError(
                        "bad_destination",
                        f"“{label}” không chuyển được về “{place}”, nơi không còn sau thay đổi.",
                        f'"{label}" cannot go to "{place}", which is not there after the change.',
                    )
                )
            if move.to != unit:
                self.moved.append(Moved(what, key, unit, move.to, move.reason))
            return move.to != unit, move.to
        if unit not in self.ending:
            return False, unit
        heirs = self._heirs.get(unit, [])
        if len(heirs) == 1:
            self.moved.append(Moved(what, key, unit, heirs[0]))
            return True, heirs[0]
        self._lost.setdefault((what, unit), []).append(label)
        return True, None

    def _tell_losses(self) -> None:
        for (what, unit), labels in self._lost.items():
            vi, en = self._words[what]
            shown = "; ".join(labels[:_SHOWN]) + (f"; … ({len(labels)})" if len(labels) > _SHOWN else "")
            self.problems.append(
                InputError(
                    "lost",
                    f"{name_of(self.before, unit)} kết thúc nhưng {len(labels)} {vi} chưa có nơi nhận: {shown}.",
                    f"{name_of(self.before, unit)} ends but {len(labels)} {en} have nowhere to go: {shown}.",
                )
            )
        self._lost.clear()

    def _units(self) -> None:
        """Who ends, begins, is renamed, stands under whom."""
        change = self.change
        units = {code: unit for code, unit in self.before.units.items() if code not in self.ending}
        for new in change.new:
            units[new.code] = UnitState(
                new.code,
                new.name,
                new.level,
                new.kind,
                new.parent,
                new.short_name,
                new.codes,
                since=change.effective,
            )
        if change.kind is EventKind.RENAME:
            code = change.inputs[0]
            units[code] = replace(units[code], name=change.name, short_name=change.short_name)
        if change.kind is EventKind.REPARENT:
            for code in change.inputs:
                units[code] = replace(units[code], parent=change.parent)
        self.map = self.map.but(units=units)
        for code, unit in self.before.units.items():
            if code in self.ending or code not in units or units[code] != unit:
                continue
            if unit.parent in self.ending or ("unit", code) in self._moves:
                moves, to = self._goes("unit", code, unit.parent or "", unit.name)
                if moves:
                    units[code] = replace(units[code], parent=to)
            if any(parent in self.ending for _, parent in unit.other_parents):
                others = [(r, p) for r, p in unit.other_parents if p not in self.ending]
                for relation, parent in unit.other_parents:
                    others += [(relation, h) for h in self._heirs.get(parent, []) if (relation, h) not in others]
                units[code] = replace(units[code], other_parents=tuple(others))
        self.map = self.map.but(units=units)
        self._tell_losses()
        for code in units:
            if units[code].parent != getattr(self.before.units.get(code), "parent", None) and _circle(units, code):
                self.problems.append(
                    InputError(
                        "circle",
                        f"{units[code].name} sẽ trực thuộc chính mình qua các cấp trên; hãy chọn cấp trên khác.",
                        f"{units[code].name} would stand under itself; choose another parent.",
                    )
                )

    def _mandates(self) -> None:
        """Who holds what where, after units and places changed; two of one function in one hand become one."""
        held: dict[tuple[str, str | None, str], MandateState] = {}
        for mandate in sorted(self.before.mandates.values(), key=lambda m: (_STRENGTH[m.role], m.key)):
            unit: str | None = mandate.unit
            if self.change.kind is EventKind.TRANSFER:
                if mandate.unit == self.change.inputs[0] and mandate.function in self.change.functions:
                    unit = self.change.outputs[0]
                    self.moved.append(Moved("mandate", mandate.key, mandate.unit, unit))
            else:
                _, unit = self._goes("mandate", mandate.key, mandate.unit, mandate.label)
            if unit is None:
                continue
            for scope in self._scopes(mandate):
                key = (mandate.function, scope, unit)
                if key not in held:
                    new_key = (
                        mandate.key if scope == mandate.scope or not _among(held, mandate) else f"{mandate.key}@{scope}"
                    )
                    held[key] = replace(mandate, key=new_key, unit=unit, scope=scope)
        self._tell_losses()
        leads: dict[tuple[str, str | None], MandateState] = {}
        for mandate in held.values():
            if mandate.role != str(MandateRole.LEAD):
                continue
            other = leads.setdefault((mandate.function, mandate.scope), mandate)
            if other is not mandate:
                self.problems.append(
                    InputError(
                        "two_leads",
                        f"“{mandate.label}” sẽ có hai cơ quan chủ trì: {name_of(self.map, other.unit)} và "
                        f"{name_of(self.map, mandate.unit)}; hãy chọn một.",
                        f'"{mandate.label}" would have two leads: {name_of(self.map, other.unit)} and '
                        f"{name_of(self.map, mandate.unit)}; choose one.",
                    )
                )
        if self.change.kind is EventKind.TRANSFER:
            there = {m.function for m in self.before.mandates.values() if m.unit == self.change.inputs[0]}
            for function in self.change.functions:
                if function not in there:
                    self.problems.append(
                        InputError(
                            "not_held",
                            f"{name_of(self.before, self.change.inputs[0])} không giữ chức năng “{function}”.",
                            f'{name_of(self.before, self.change.inputs[0])} does not hold the function "{function}".',
                        )
                    )
        self.map = self.map.but(mandates={m.key: m for m in held.values()})

    def _scopes(self, mandate: MandateState) -> list[str | None]:
        """The places of a mandate after the change: a place that ended becomes those that followed it."""
        if mandate.scope not in self.ending:
            return [mandate.scope]
        heirs: list[str | None] = [*self._heirs.get(mandate.scope or "", [])]
        if not heirs:
            self._lost.setdefault(("mandate", mandate.scope or ""), []).append(mandate.label)
        return heirs

    def _positions_and_posts(self) -> None:
        positions, posts = {}, {}
        for position in self.before.positions.values():
            _, unit = self._goes("position", position.key, position.unit, position.label)
            if unit is not None:
                positions[position.key] = replace(position, unit=unit)
        for post in self.before.posts.values():
            move = self._moves.get(("post", post.key))
            follows = positions.get(post.position)
            if move is None and follows is not None and post.unit == self.before.positions[post.position].unit:
                # a post goes where its position goes
                unit = follows.unit
                if unit != post.unit:
                    self.moved.append(Moved("post", post.key, post.unit, unit))
            else:
                _, unit_ = self._goes("post", post.key, post.unit, post.label)
                if unit_ is None:
                    continue
                unit = unit_
            head = move.head if move is not None else post.is_head and unit == post.unit
            posts[post.key] = replace(post, unit=unit, is_head=head, is_deputy=post.is_deputy and not head)
        self._tell_losses()
        self.map = self.map.but(positions=positions, posts=posts)

    def _people(self) -> None:
        """Whoever loses a post holds another, goes to one by a move, or leaves with a reason."""
        kept = {k: h for k, h in self.before.holdings.items() if h.post in self.map.posts}
        still = {h.person for h in kept.values()}
        losing = {h.person for k, h in self.before.holdings.items() if k not in kept}
        for holding in self.before.holdings.values():
            move = self._moves.get(("person", holding.person))
            if holding.key in kept and (move is None or move.to == holding.post or holding.person in losing):
                continue
            if move is None:
                if holding.person not in still:
                    source = self.before.posts[holding.post].unit if holding.post in self.before.posts else ""
                    self._lost.setdefault(("person", source), []).append(holding.label)
                continue
            kept.pop(holding.key, None)
            if move.to is None and not move.reason.strip():
                self.problems.append(
                    InputError(
                        "no_reason",
                        f"{holding.label} thôi giữ chức vụ mà chưa ghi lý do.",
                        f"{holding.label} leaves a post without a reason.",
                    )
                )
            elif move.to is not None and move.to not in self.map.posts:
                self.problems.append(
                    InputError(
                        "bad_destination",
                        f"{holding.label} không chuyển được vào “{move.to}”, chức vụ không còn sau thay đổi.",
                        f'{holding.label} cannot go to "{move.to}", a post that is not there after the change.',
                    )
                )
            elif move.to is not None and (holding.person, move.to) not in {(h.person, h.post) for h in kept.values()}:
                kept[holding.key] = replace(holding, post=move.to)
            self.moved.append(Moved("person", holding.person, holding.post, move.to, move.reason))
        self._tell_losses()
        official: dict[str, HoldingState] = {}
        for holding in kept.values():
            other = official.setdefault(holding.post, holding) if holding.mode == "official" else holding
            if other is not holding:
                self.problems.append(
                    InputError(
                        "two_holders",
                        f"“{self.map.posts[holding.post].label}” sẽ có hai người giữ chính thức: {other.label} và "
                        f"{holding.label}.",
                        f'"{self.map.posts[holding.post].label}" would have two official holders: {other.label} and '
                        f"{holding.label}.",
                    )
                )
        self.map = self.map.but(holdings=kept)

    def _duties(self) -> None:
        """A position serves what its unit holds; a duty whose function went elsewhere ends with it."""
        held = {(m.unit, m.function, m.scope) for m in self.map.mandates.values()}
        held_before = {(m.unit, m.function, m.scope) for m in self.before.mandates.values()}
        duties = {}
        for duty in self.before.duties.values():
            position = self.map.positions.get(duty.position)
            if position is None:
                continue
            was_held = (self.before.positions[duty.position].unit, duty.function, duty.scope) in held_before
            if (position.unit, duty.function, duty.scope) in held or not was_held:
                duties[duty.key] = duty
        self.map = self.map.but(duties=duties)

    def _hung(self) -> None:
        hung = {}
        for thing in self.before.hung.values():
            _, unit = self._goes(thing.what, thing.key, thing.unit, thing.label)
            if unit is not None:
                hung[thing.key] = replace(thing, unit=unit)
        self._tell_losses()
        self.map = self.map.but(hung=hung)

    def _heads(self) -> None:
        """Two heads are refused; a unit that has posts but no head is told."""
        heads: dict[str, str] = {}
        for post in self.map.posts.values():
            if post.is_head and heads.setdefault(post.unit, post.key) != post.key:
                self.problems.append(
                    InputError(
                        "two_heads",
                        f"{name_of(self.map, post.unit)} sẽ có hai người đứng đầu; hãy chọn một.",
                        f"{name_of(self.map, post.unit)} would have two heads; choose one.",
                    )
                )
        for unit in sorted({post.unit for post in self.map.posts.values()} - heads.keys()):
            had = any(p.is_head and p.unit == unit for p in self.before.posts.values())
            if had or unit in self.change.outputs:
                self.notices.append(
                    InputError(
                        "no_head",
                        f"{name_of(self.map, unit)} chưa có người đứng đầu sau thay đổi.",
                        f"{name_of(self.map, unit)} has no head after the change.",
                    )
                )


def _among(held: Mapping[tuple[str, str | None, str], MandateState], mandate: MandateState) -> bool:
    return any(m.key == mandate.key for m in held.values())


def _circle(units: Mapping[str, UnitState], code: str) -> bool:
    seen, at = {code}, units[code].parent
    while at is not None and at in units:
        if at in seen:
            return True
        seen.add(at)
        at = units[at].parent
    return False


WORDS: dict[str, tuple[str, str]] = {
    "unit": ("đơn vị trực thuộc", "subordinate units"),
    "mandate": ("nhiệm vụ, chức năng", "mandates"),
    "position": ("vị trí việc làm", "job positions"),
    "post": ("chức vụ, biên chế", "posts"),
    "person": ("người", "people"),
}
"""What kinds of things are called; a thing of another room brings its words."""


@dataclass(frozen=True)
class Comparison:
    """A plan over a map: the outcomes in turn, the figures before and after, and what moved between units."""

    outcomes: tuple[Outcome, ...]
    before: dict[str, int]
    after: dict[str, int]
    moves: dict[str, int]


def compare(state: MapState, changes: Iterable[Change]) -> Comparison:
    """Apply `changes` one after the other in the order of their days. Raises Refused for the first that cannot be."""
    outcomes: list[Outcome] = []
    current = state
    for change in sorted(changes, key=lambda c: c.effective):
        outcomes.append(apply(current, change))
        current = outcomes[-1].after
    moves: dict[str, int] = {}
    for outcome in outcomes:
        for moved in outcome.moved:
            moves[moved.what] = moves.get(moved.what, 0) + 1
    return Comparison(tuple(outcomes), state.figures(), current.figures(), moves)
