"""The tasks that other directives have given, for the plan of a new one."""

from __future__ import annotations

from typing import Any

from bonhoa.execution.model import GivenTask, Overlap, Problem, SuggestedAction
from bonhoa.execution.overlap import find_overlaps
from bonhoa.execution.progress import State
from bonhoa_web.execution.models import Draft, Plan
from bonhoa_web.execution.snapshots import GIVEN_FIELDS, given_draft, given_tasks
from bonhoa_web.execution.task_queries import visible_tasks
from bonhoa_web.foundation.models import User

_OVER = [str(State.WITHDRAWN), str(State.DECLINED)]


def tasks_in_force(actor: User) -> list[GivenTask]:
    """The tasks given and not withdrawn that `actor` may see, in words; what a person may not see is not told."""
    tasks = visible_tasks(actor).exclude(state__in=_OVER).order_by("pk").distinct()
    return given_tasks(tasks.values(*GIVEN_FIELDS))


def stored(overlap: Overlap) -> dict[str, Any]:
    """An overlap as a row keeps it; `task` is the id of the other task."""
    return {
        "task": int(overlap.task.key),
        "document": overlap.task.document,
        "likeness": round(overlap.likeness, 3),
        "same_lead": overlap.same_lead,
        "cited": overlap.cited,
        "vi": overlap.vi,
        "en": overlap.en,
    }


def look_again(plan: Plan, actor: User, rows: list[Draft]) -> list[Draft]:
    """Set what the tasks in force say about `rows` now; those that changed, not saved yet."""
    cited = [c["number"] for c in (plan.document.content or {}).get("citations", []) if c["number"]]
    found = find_overlaps([given_draft(d) for d in rows], tasks_in_force(actor), cited)
    changed = []
    for place, draft in enumerate(rows):
        overlaps = [stored(o) for o in found.get(place, ())]
        if overlaps == draft.overlaps:
            continue
        draft.overlaps = overlaps
        draft.problems = [p for p in draft.problems if p != Problem.ALREADY_GIVEN]
        draft.suggestions = [s for s in draft.suggestions if s["problem"] != Problem.ALREADY_GIVEN]
        if overlaps:
            draft.problems.append(str(Problem.ALREADY_GIVEN))
            draft.suggestions += [
                _way_out(act, overlaps[0]["document"]) for act in (SuggestedAction.GIVEN, SuggestedAction.DISTINCT)
            ]
        changed.append(draft)
    return changed


def _way_out(act: SuggestedAction, name: str) -> dict[str, Any]:
    words = {"vi": act.label("vi"), "en": act.label("en")}
    problem = str(Problem.ALREADY_GIVEN)
    return {"problem": problem, "action": str(act), "code": None, "name": name, "members": [], **words}
