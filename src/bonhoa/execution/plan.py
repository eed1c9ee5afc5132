"""Task drafts + the register of a day → the proposed plan: every row with one owner, or the reason why not yet."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import replace

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Match, MatchKind, Unit
from bonhoa.apparatus.names import key
from bonhoa.documents.model import Document
from bonhoa.execution.model import (
    OWNER_PROBLEMS,
    Deadline,
    GivenTask,
    Mandates,
    OutsideMandate,
    Overlap,
    Owner,
    Plan,
    PlanRow,
    Problem,
    SuggestedAction,
    Suggestion,
    TaskDraft,
)
from bonhoa.execution.overlap import find_overlaps

_NAMED = (MatchKind.UNIT, MatchKind.OFFICE)


def make_plan(
    document: Document,
    drafts: Sequence[TaskDraft],
    register: Register,
    on: dt.date,
    *,
    in_force: Sequence[GivenTask] = (),
    mandates: Mandates | None = None,
) -> Plan:
    """The plan proposed for `document`, names read as of the day `on` and relative to its issuer.

    A row's `owner` is None exactly when one of `OWNER_PROBLEMS` stands; nothing is chosen for the reader, every way
    out is a suggestion. `in_force`: tasks that other directives have given, looked through for the same work;
    `mandates`: what bodies are for, where that is known.
    """
    issuer = document.metadata.issuer

    @functools.cache
    def resolve(name: str) -> Match:
        return register.resolve(name, on=on, issuer=issuer)

    rows: list[PlanRow] = []
    first_of: dict[tuple[str, tuple[str, ...]], int] = {}
    for position, draft in enumerate(drafts):
        leads = _distinct([resolve(name) for name in draft.lead])
        problems = _lead_problems(leads) + other_problems(draft.deadline, draft.deliverable, on, document.metadata.date)
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
    if mandates is not None:
        rows = [_inside(row, document.text, mandates, on) for row in rows]
    tasks = [given_task(row, document) for row in rows]
    overlaps = find_overlaps(tasks, in_force, [c.number for c in document.citations if c.number])
    return Plan(on=on, rows=tuple(_overlapping(row, overlaps.get(n, ())) for n, row in enumerate(rows)))


def given_task(row: PlanRow, document: Document) -> GivenTask:
    """The row in words, as plans are compared and overlaps are found."""
    draft, meta = row.draft, document.metadata
    limit = draft.deadline
    return GivenTask(
        title=" ".join(document.text[draft.start : draft.end].split()),
        lead=row.owner.code if row.owner else None,
        lead_name=row.owner.name if row.owner else "; ".join(draft.lead),
        cooperating=tuple(o.name if o else n for o, n in zip(row.cooperating, draft.coordinate, strict=True)),
        deadline=limit_words(limit) if limit else "",
        deliverable=draft.deliverable or "",
        aside=(*draft.lead, *draft.coordinate, *((limit.text,) if limit else ())),
        document=meta.number or meta.subject or "",
        number=meta.number,
    )


def limit_words(limit: Deadline) -> str:
    """A deadline in words: the date, how often, the event; as printed where none of them is known."""
    parts = [f"{limit.date:%d/%m/%Y}"] if limit.date else []
    parts += [limit.recurrence.label("vi")] if limit.recurrence else []
    parts += [limit.event] if limit.event else []
    return "; ".join(parts) or limit.text


def _inside(row: PlanRow, text: str, mandates: Mandates, on: dt.date) -> PlanRow:
    """The row, with the problem that its owner's mandate does not cover it."""
    words = text[row.draft.start : row.draft.end]
    outside: OutsideMandate | None = mandates.outside(row.owner.code, words, on) if row.owner else None
    if outside is None:
        return row
    return replace(row, problems=(*row.problems, Problem.OUTSIDE_MANDATE), outside=outside)


def _overlapping(row: PlanRow, overlaps: tuple[Overlap, ...]) -> PlanRow:
    """The row, with the problem that another directive has given its work, and the ways out."""
    if not overlaps:
        return row
    first = overlaps[0].task
    ways = tuple(
        Suggestion(Problem.ALREADY_GIVEN, act, None, first.document, act.label("vi"), act.label("en"))
        for act in (SuggestedAction.GIVEN, SuggestedAction.DISTINCT)
    )
    problems = (*row.problems, Problem.ALREADY_GIVEN)
    return replace(row, problems=problems, suggestions=(*row.suggestions, *ways), overlaps=overlaps)


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


def other_problems(
    limit: Deadline | None, deliverable: str | None, on: dt.date, issued: dt.date | None
) -> list[Problem]:
    """Gaps that leave the owner clear. That a limit lies before the document's own date `issued` is only said apart
    where `on` is a later day; on that day itself `PAST_DEADLINE` says it."""
    problems = []
    if limit is None or not (limit.date or limit.recurrence or limit.event):
        problems.append(Problem.NO_DEADLINE)
    elif limit.date is not None and limit.date < on:
        problems.append(Problem.PAST_DEADLINE)
    if limit is not None and limit.date is not None and issued is not None and limit.date < issued != on:
        problems.append(Problem.BEFORE_DOCUMENT)
    if not deliverable:
        problems.append(Problem.NO_DELIVERABLE)
    return problems


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
    if Problem.DUPLICATE in problems:
        found += [
            Suggestion(Problem.DUPLICATE, act, None, "", act.label("vi"), act.label("en"))
            for act in (SuggestedAction.GIVEN, SuggestedAction.DISTINCT)
        ]
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
