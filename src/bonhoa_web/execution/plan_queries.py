"""Reads of plans under review."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from bonhoa.execution.model import OWNER_PROBLEMS, Problem
from bonhoa_web.documents.markup import Mark
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.plan_changes import blocking
from bonhoa_web.execution.task_queries import visible_tasks
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import grants
from bonhoa_web.foundation.roles import Role

LOW = 0.75
"""Below this confidence a row is shown as unsure."""


def visible_plans(user: User) -> QuerySet[Plan]:
    """Plans of units for which `user` prepares, approves, registers or looks on."""
    roles = [str(r) for r in (Role.SPECIALIST, Role.LEADER, Role.CLERK, Role.VIEWER, Role.ADMIN)]
    units = {g.unit_id for g in grants(user) if g.role in roles}
    return Plan.objects.filter(Q(unit__in=units) | Q(unit__parent__in=units)).select_related("document__file", "unit")


def documents_behind_tasks(user: User) -> Q:
    """Who leads or cooperates in a task may read the directive that it comes from."""
    return Q(plan__in=visible_tasks(user).order_by().values("plan"))


@dataclass(slots=True)
class Row:
    """A row of the review page."""

    draft: Draft
    number: int
    blocking: bool
    problems: list[tuple[str, str, bool]] = field(default_factory=list)  # (code, words, blocks)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    cooperating: list[Any] = field(default_factory=list)
    alike: int = 0  # other rows without an owner that print the same leads

    @property
    def unsure(self) -> bool:
        """True for a row that a person should look at first."""
        return self.draft.confidence < LOW and not self.draft.reviewed


def rows(plan: Plan) -> list[Row]:
    """All rows of a plan, dropped ones too, numbered as shown."""
    language = get_language() or "vi"
    text = plan.document.text
    out = []
    number = 0
    drafts = list(plan.drafts.select_related("lead", "leader", "monitor").prefetch_related("cooperating"))
    same = Counter(tuple(d.lead_names) for d in drafts if not d.dropped and d.lead_id is None)
    for draft in drafts:
        number += not draft.dropped
        problems = [(p, Problem.of(p).label(language), p in OWNER_PROBLEMS) for p in draft.problems]
        key = "en" if language.startswith("en") else "vi"
        suggestions = (
            [{**s, "words": s[key], "count": len(s["members"])} for s in draft.suggestions] if blocking(draft) else []
        )
        reasons = [
            {**r, "why": r[key], "words": text[r["start"] : r["end"]] if r["start"] is not None else ""}
            for r in draft.reasons
        ]
        out.append(
            Row(
                draft,
                number if not draft.dropped else 0,
                blocking(draft),
                problems,
                suggestions,
                reasons,
                list(draft.cooperating.all()),
                max(0, same[tuple(draft.lead_names)] - 1) if draft.lead_id is None and draft.lead_names else 0,
            )
        )
    return out


def shown(all_rows: list[Row], what: str) -> list[Row]:
    """The rows of a filter: problems, unsure, dropped, or all live ones."""
    match what:
        case "van-de":
            return [r for r in all_rows if r.problems and not r.draft.dropped]
        case "chua-chac":
            return sorted((r for r in all_rows if not r.draft.dropped), key=lambda r: r.draft.confidence)
        case "cua-minh":
            return [r for r in all_rows if not r.draft.dropped and _within(r.draft)]
        case "da-bo":
            return [r for r in all_rows if r.draft.dropped]
        case _:
            return [r for r in all_rows if not r.draft.dropped]


def _within(draft: Draft) -> bool:
    """Is the lead the body that follows the plan, or one right below it?"""
    return draft.lead is not None and draft.plan.unit_id in {draft.lead.pk, draft.lead.parent_id}


def counters(all_rows: list[Row]) -> dict[str, int]:
    """How many tasks, rows without an owner, warnings, dropped rows."""
    live = [r for r in all_rows if not r.draft.dropped]
    return {
        "tasks": len(live),
        "blocking": sum(r.blocking for r in live),
        "warnings": sum(bool(r.problems) and not r.blocking for r in live),
        "past": sum(any(code == Problem.PAST_DEADLINE for code, _, _ in r.problems) for r in live),
        "unsure": sum(r.unsure for r in live),
        "dropped": len(all_rows) - len(live),
    }


_FIELDS = {"lead": "lead", "coordinate": "coordinate", "deadline": "deadline", "deliverable": "deliverable"}


def marks(plan: Plan, all_rows: list[Row]) -> list[Mark]:
    """What is highlighted in the document: tasks with lead, cooperating bodies, deadline, product; citations."""
    out = [Mark(c["start"], c["end"], "citation") for c in (plan.document.content or {}).get("citations", [])]
    placed: set[tuple[int, int, str]] = set()
    for row in all_rows:
        draft = row.draft
        if draft.dropped or draft.start is None or draft.end is None:
            continue
        number = str(draft.pk)
        out.append(Mark(draft.start, draft.end, "task", f"w{draft.pk}", f"{row.number}", number))
        for reason in row.reasons:
            key = (reason["start"], reason["end"], reason["field"])
            if reason["field"] in _FIELDS and reason["start"] is not None and key not in placed:
                placed.add(key)
                out.append(Mark(*key[:2], _FIELDS[reason["field"]], title=reason["why"], task=number))
    return out


def deadline_words(draft: Draft) -> dt.date | str:
    """The limit of a row for a table: the date alone as a date, else what is known of it in words."""
    words = [f"{draft.due_on:%d/%m/%Y}"] if draft.due_on else []
    words += [str(draft.get_recurrence_display())] if draft.recurrence else []
    words += [draft.event] if draft.event else []
    return draft.due_on if draft.due_on and len(words) == 1 else "; ".join(words) or draft.deadline_text


def people(plan: Plan, role: Role | None = None) -> QuerySet[User]:
    """The people with a role in the plan's unit."""
    wanted = Q(grants__unit=plan.unit, grants__valid_to__isnull=True)
    if role is not None:
        wanted &= Q(grants__role=str(role))
    return User.objects.filter(wanted, is_active=True).distinct().order_by("full_name")


def waiting_for(user: User) -> tuple[QuerySet[Plan], QuerySet[Plan]]:
    """(plans that wait for this leader's approval, plans this specialist prepares)."""
    held = list(grants(user))
    leading = {g.unit_id for g in held if g.role == Role.LEADER}
    preparing = {g.unit_id for g in held if g.role == Role.SPECIALIST}
    every = Plan.objects.select_related("document__file")
    return (
        every.filter(unit__in=leading, state=PlanState.SUBMITTED),
        every.filter(unit__in=preparing, state=PlanState.DRAFT),
    )
