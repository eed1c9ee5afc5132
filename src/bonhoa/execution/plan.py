"""Task drafts + the register of a day → the proposed plan: every row with one owner, or the reason why not yet."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Match, MatchKind, Unit
from bonhoa.apparatus.names import key
from bonhoa.documents.model import Document
from bonhoa.execution.model import (
    OWNER_PROBLEMS,
    Deadline,
    Owner,
    Plan,
    PlanRow,
    Problem,
    SuggestedAction,
    Suggestion,
    TaskDraft,
)

_NAMED = (MatchKind.UNIT, MatchKind.OFFICE)


def make_plan(document: Document, drafts: Sequence[TaskDraft], register: Register, on: dt.date) -> Plan:
    """The plan proposed for `document`, names read as of the day `on` and relative to its issuer.

    A row's `owner` is None exactly when one of `OWNER_PROBLEMS` stands; nothing is chosen for the reader, every way
    out is a suggestion.
    """
    issuer = document.metadata.issuer

    @functools.cache
    def resolve(name: str) -> Match:
        return register.resolve(name, on=on, issuer=issuer)

    rows: list[PlanRow] = []
    first_of: dict[tuple[str, tuple[str, ...]], int] = {}
    for position, draft in enumerate(drafts):
        leads = _distinct([resolve(name) for name in draft.lead])
        problems = _lead_problems(leads) + _other_problems(draft, on)
        action = (key(document.text[draft.start : draft.end]), tuple(sorted(map(key, draft.lead))))
        if first_of.setdefault(action, position) != position:
            problems.append(Problem.DUPLICATE)
        rows.append(
            PlanRow(
                draft=draft,
                owner=None if OWNER_PROBLEMS & set(problems) else _owner(leads[0]),
                cooperating=tuple(_owner(resolve(name)) for name in draft.coordinate),
                problems=tuple(problems),
                suggestions=tuple(_suggestions(leads, problems, _owner_above(rows, draft))),
            )
        )
    return Plan(on=on, rows=tuple(rows))


def _distinct(matches: list[Match]) -> list[Match]:
    """Matches without a second print of the same body."""
    seen: dict[str, Match] = {}
    for match in matches:
        seen.setdefault(match.unit.code if match.unit else key(match.name), match)
    return list(seen.values())


def _lead_problems(leads: list[Match]) -> list[Problem]:
    """What keeps the leads from being one owner, in the order of `Problem`."""
    if not leads:
        return [Problem.NO_LEAD]
    kinds = [match.kind for match in leads]
    collective = MatchKind.GROUP in kinds
    single = [kind for kind in kinds if kind is not MatchKind.GROUP]
    problems = []
    if len(single) > 1 or (single and collective):
        problems.append(Problem.SEVERAL_LEADS)
    if collective:
        problems.append(Problem.COLLECTIVE_LEAD)
    if MatchKind.UNKNOWN in kinds:
        problems.append(Problem.UNKNOWN_BODY)
    if MatchKind.ENDED in kinds:
        problems.append(Problem.ENDED_BODY)
    return problems


def _other_problems(draft: TaskDraft, on: dt.date) -> list[Problem]:
    """Gaps that leave the owner clear."""
    problems = []
    if not _says_when(draft.deadline):
        problems.append(Problem.NO_DEADLINE)
    elif draft.deadline is not None and draft.deadline.date is not None and draft.deadline.date < on:
        problems.append(Problem.PAST_DEADLINE)
    if not draft.deliverable:
        problems.append(Problem.NO_DELIVERABLE)
    return problems


def _says_when(deadline: Deadline | None) -> bool:
    return deadline is not None and bool(deadline.date or deadline.recurrence or deadline.event)


def _owner(match: Match) -> Owner | None:
    """The body that a match names, with the office if one was printed; None if it names no body of the day."""
    if match.kind not in _NAMED or match.unit is None:
        return None
    return Owner(match.unit.code, match.unit.name, match.office)


def _owner_above(rows: list[PlanRow], draft: TaskDraft) -> Owner | None:
    """The owner of the draft's parent, if the parent stands before it and has one."""
    return rows[draft.parent].owner if draft.parent is not None and draft.parent < len(rows) else None


def _suggestions(leads: list[Match], problems: list[Problem], above: Owner | None) -> list[Suggestion]:
    """The ways out that a person can take with one click."""
    found: list[Suggestion] = []
    named = [match.unit for match in leads if match.kind in _NAMED and match.unit]
    groups = [match for match in leads if match.kind is MatchKind.GROUP]
    if Problem.NO_LEAD in problems and above is not None:
        vi = f"giao cho {above.name}, cơ quan chủ trì của nhiệm vụ cấp trên"
        en = f"assign to {above.name}, the lead of the task above"
        found.append(Suggestion(Problem.NO_LEAD, SuggestedAction.CHOOSE, above.code, above.name, vi, en))
    if Problem.SEVERAL_LEADS in problems:
        found += [_choose(unit) for unit in named]
        if len(named) > 1 and not groups:
            found.append(_each(Problem.SEVERAL_LEADS, SuggestedAction.SPLIT, named, "các cơ quan được nêu tên"))
    members = {unit.code: unit for unit in named}
    members |= {unit.code: unit for match in groups for unit in match.members}
    if Problem.COLLECTIVE_LEAD in problems and any(match.members for match in groups):
        names = ", ".join(match.name for match in groups)
        found.append(_each(Problem.COLLECTIVE_LEAD, SuggestedAction.EXPAND, list(members.values()), names))
    for match in leads:
        if match.kind in (MatchKind.ENDED, MatchKind.UNKNOWN):
            found += [_replace(match, unit) for unit in match.candidates]
    return found


def _choose(unit: Unit) -> Suggestion:
    return Suggestion(
        Problem.SEVERAL_LEADS,
        SuggestedAction.CHOOSE,
        unit.code,
        unit.name,
        f"{unit.name} chủ trì, các cơ quan còn lại phối hợp",
        f"{unit.name} leads, the others cooperate",
    )


def _each(problem: Problem, action: SuggestedAction, units: list[Unit], name: str) -> Suggestion:
    """One task for each of `units`."""
    return Suggestion(
        problem,
        action,
        None,
        name,
        f"lập {len(units)} nhiệm vụ, mỗi cơ quan một nhiệm vụ",
        f"make {len(units)} tasks, one for each body",
        tuple(unit.code for unit in units),
    )


def _replace(match: Match, unit: Unit) -> Suggestion:
    """The successor of a body that ended, or a name near to an unknown one."""
    if match.kind is MatchKind.ENDED:
        basis = f" ({match.basis})" if match.basis else ""
        return Suggestion(
            Problem.ENDED_BODY,
            SuggestedAction.REPLACE,
            unit.code,
            unit.name,
            f"thay “{match.name}” bằng cơ quan kế thừa {unit.name}{basis}",
            f"replace “{match.name}” by its successor {unit.name}{basis}",
        )
    return Suggestion(
        Problem.UNKNOWN_BODY,
        SuggestedAction.REPLACE,
        unit.code,
        unit.name,
        f"có phải {unit.name}?",
        f"did you mean {unit.name}?",
    )
