"""Reads of plans under review."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa.execution.model import OWNER_PROBLEMS, Problem, SuggestedAction
from bonhoa.execution.workdays import due_from_act
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution import plan_scope as scope
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.task_queries import visible_tasks
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import grants
from bonhoa_web.foundation.roles import Role

PER_PAGE = 40
"""Rows of the review page at a time."""

LOW, HIGH = 0.75, 0.9
"""Below the first confidence a reading is shown as unsure, from the second on as sure."""


def sureness(confidence: float) -> str:
    """The level of a confidence: "low", "middle" or "high"."""
    return "low" if confidence < LOW else "middle" if confidence < HIGH else "high"


def lowest(confidence: float, confidences: dict[str, float]) -> float:
    """How sure the reading is of the field of a row that it is least sure of; `confidence` is that of the whole row."""
    return min(confidence, *confidences.values()) if confidences else confidence


def visible_plans(user: User) -> QuerySet[Plan]:
    """Plans of units for which `user` prepares, approves, registers or looks on."""
    roles = [str(r) for r in (Role.SPECIALIST, Role.LEADER, Role.CLERK, Role.VIEWER, Role.ADMIN)]
    units = {g.unit_id for g in grants(user) if g.role in roles}
    return Plan.objects.filter(Q(unit__in=units) | Q(unit__parent__in=units)).select_related("document__file", "unit")


def documents_behind_tasks(user: User) -> Q:
    """Who leads or cooperates in a task may read the directive that it comes from."""
    return Q(plan__in=visible_tasks(user).order_by().values("plan"))


@dataclass(slots=True)
class Line:
    """What the counts, filters and pages need of a row; `number` as shown, 0 for a dropped one."""

    pk: int
    number: int
    title: str
    lead: int | None
    above: int | None  # the unit above the lead
    lead_names: tuple[str, ...]
    problems: tuple[str, ...]
    confidence: float  # of the field that is least sure
    reviewed: bool
    dropped: bool
    outside: bool = False  # the lead is no body that the plan's unit directs; `mark_outside` sets it

    @property
    def blocking(self) -> bool:
        """True if the row has no owner yet."""
        return self.lead is None or any(p in OWNER_PROBLEMS for p in self.problems)

    @property
    def unsure(self) -> bool:
        """True for a row that a person should look at first."""
        return self.confidence < LOW and not self.reviewed


_LINE = (
    *("pk", "title", "lead_id", "lead__parent_id", "lead_names", "problems"),
    *("confidence", "confidences", "reviewed", "dropped"),
)


def outline(plan: Plan) -> list[Line]:
    """All rows of a plan, dropped ones too, in order; one light query however many they are."""
    lines = []
    number = 0
    for pk, title, lead, above, names, problems, whole, each, reviewed, dropped in plan.drafts.values_list(*_LINE):
        number += not dropped
        shown = 0 if dropped else number
        sure = lowest(whole, each)
        lines.append(Line(pk, shown, title, lead, above, tuple(names), tuple(problems), sure, reviewed, dropped))
    return lines


def mark_outside(plan: Plan, lines: list[Line]) -> None:
    """Set `outside` of the lines; a few queries however many they are."""
    found = scope.outside(plan.unit, {r.lead for r in lines if r.lead is not None and not r.dropped})
    for line in lines:
        line.outside = line.lead in found and not line.dropped


def leads_outside(plan: Plan, lines: list[Line]) -> dict[str, Any]:
    """Of marked `lines`: how many tasks go to bodies that the plan's unit does not direct, and the names of these
    bodies with the number of tasks each, the one with most first."""
    each = Counter(r.lead for r in lines if r.outside)
    names = dict(Unit.objects.filter(pk__in=list(each)).values_list("pk", "name")) if each else {}
    bodies = sorted(((names[pk], n) for pk, n in each.items() if pk is not None), key=lambda row: (-row[1], row[0]))
    return {"tasks": each.total(), "bodies": bodies, "unit": plan.unit}


def shown(lines: list[Line], what: str, unit: int, words: str = "") -> list[Line]:
    """The lines of a filter: with problems (of one kind: its code), not looked at yet, unsure first, of the unit
    itself, dropped, or all live ones; `words`: only those whose task has them, diacritics aside."""
    found = [r for r in lines if r.dropped] if what == "da-bo" else [r for r in lines if not r.dropped]
    match what:
        case "van-de":
            found = [r for r in found if r.problems]
        case "chua-xem":
            found = [r for r in found if not r.reviewed]
        case "chua-chac":
            found = sorted(found, key=lambda r: (r.reviewed, r.confidence))
        case scope.OUTSIDE:
            found = [r for r in found if r.outside]
        case "cua-minh":
            found = [r for r in found if unit in {r.lead, r.above} and r.lead is not None]
        case code if code in {str(p) for p in Problem}:
            found = [r for r in found if code in r.problems]
    folded = fold(words)
    return [r for r in found if folded in fold(r.title)] if folded else found


_OUTSIDE = _("ngoài phạm vi chỉ đạo")


def counters(lines: list[Line]) -> dict[str, Any]:
    """How many tasks, rows without an owner, warnings, dropped rows, and rows of each problem."""
    live = [r for r in lines if not r.dropped]
    language = get_language() or "vi"
    each = Counter(p for r in live for p in r.problems)
    outside = sum(r.outside for r in live)
    return {
        "tasks": len(live),
        "blocking": sum(r.blocking for r in live),
        "warnings": sum(bool(r.problems) and not r.blocking for r in live),
        "past": sum(Problem.PAST_DEADLINE in r.problems for r in live),
        "unsure": sum(r.unsure for r in live),
        "unseen": sum(not r.reviewed for r in live),
        "dropped": len(lines) - len(live),
        "problems": [(str(p), p.label(language), each[p]) for p in Problem if each[p]]
        + ([(scope.OUTSIDE, _OUTSIDE, outside)] if outside else []),
    }


@dataclass(slots=True)
class Row:
    """A row of the review page."""

    draft: Draft
    number: int
    blocking: bool
    problems: list[tuple[str, str, bool]] = field(default_factory=list)  # (code, words, blocks)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    overlaps: list[dict[str, Any]] = field(default_factory=list)
    cooperating: list[Any] = field(default_factory=list)
    alike: int = 0  # other rows without an owner that print the same leads

    @property
    def sure(self) -> str:
        """How sure the reading is of the row."""
        return sureness(lowest(self.draft.confidence, self.draft.confidences))

    @property
    def unsure(self) -> dict[str, int]:
        """The fields that the reading is not sure of, until a person has looked: how many of 100 are read right."""
        sure = {} if self.draft.reviewed else self.draft.confidences
        return {name: round(100 * value) for name, value in sure.items() if value < LOW}

    @property
    def chooses(self) -> bool:
        """True if a way out names one body, which can hold for rows alike too."""
        return any(s["action"] in {SuggestedAction.CHOOSE, SuggestedAction.REPLACE} for s in self.suggestions)

    @property
    def divides(self) -> bool:
        """True if a way out makes a task for each of several bodies; for rows alike it is previewed in numbers."""
        return any(s["action"] in {SuggestedAction.SPLIT, SuggestedAction.EXPAND} for s in self.suggestions)

    @property
    def counted(self) -> str:
        """To which day a limit counts that runs from the document itself, or why it cannot be counted, in words."""
        document = self.draft.plan.document
        if self.draft.due_on or not self.draft.event or document.issued_on is None:
            return ""
        try:
            day = due_from_act(self.draft.event, document.issued_on, document.arrived_on)
        except InputError as error:
            return error.text(get_language() or "vi")
        counts = _("tính ra %(day)s theo lịch làm việc chưa kiểm chứng")
        return counts % {"day": f"{day:%d/%m/%Y}"} if day else ""

    @property
    def how_often(self) -> str:
        """The limit that is no day."""
        return how_often(self.draft)


_FIELD_NAMES = {
    "task": _("nhiệm vụ"),
    "lead": _("chủ trì"),
    "coordinate": _("phối hợp"),
    "deadline": _("thời hạn"),
    "deliverable": _("sản phẩm"),
}


def rows(plan: Plan, lines: list[Line], page: list[Line]) -> list[Row]:
    """The rows of a page, with everything that is shown of them; `lines`: all rows of the plan."""
    language = get_language() or "vi"
    key = "en" if language.startswith("en") else "vi"
    text = plan.document.text
    fetched = plan.drafts.select_related("lead", "leader", "monitor").prefetch_related("cooperating")
    drafts = {d.pk: d for d in fetched.filter(pk__in=[r.pk for r in page])}
    same = Counter(r.lead_names for r in lines if not r.dropped and r.lead is None and r.lead_names)
    out = []
    for line in page:
        draft = drafts[line.pk]
        draft.plan = plan
        out.append(
            Row(
                draft,
                line.number,
                line.blocking,
                [(p, Problem.of(p).label(language), p in OWNER_PROBLEMS) for p in draft.problems]
                + ([(scope.OUTSIDE, str(_OUTSIDE), False)] if line.outside else []),
                _ways_out(draft, key),
                [_reason(r, key, text, draft.confidences.get(r["field"])) for r in draft.reasons],
                [{**o, "why": o[key]} for o in draft.overlaps if Problem.ALREADY_GIVEN in draft.problems],
                list(draft.cooperating.all()),
                max(0, same[line.lead_names] - 1) if line.lead is None and line.lead_names else 0,
            )
        )
    return out


def _ways_out(draft: Draft, key: str) -> list[dict[str, Any]]:
    """The suggestions for the problems that stand, each once."""
    found = {(s["action"], s["code"]): s for s in draft.suggestions if s["problem"] in draft.problems}
    return [{**s, "words": s[key], "count": len(s["members"])} for s in found.values()]


def _reason(reason: dict[str, Any], key: str, text: str, sure: float | None) -> dict[str, Any]:
    words = text[reason["start"] : reason["end"]] if reason["start"] is not None else ""
    named = _FIELD_NAMES.get(reason["field"], reason["field"])
    percent = None if sure is None else round(100 * sure)
    return {**reason, "why": reason[key], "words": words, "of": named, "percent": percent}


def how_often(draft: Draft) -> str:
    """The printed words of a limit that is no day ("trước ngày 25/12 hằng năm"), else how often it comes back."""
    if draft.deadline_text and not draft.due_on and (draft.recurrence or not draft.event):
        return str(draft.deadline_text)
    return str(draft.get_recurrence_display()) if draft.recurrence else ""


def deadline_words(draft: Draft) -> dt.date | str:
    """The limit of a row for a table: the date alone as a date, else what is known of it in words."""
    words = [f"{draft.due_on:%d/%m/%Y}"] if draft.due_on else []
    words += [text for text in (how_often(draft), draft.event) if text]
    return draft.due_on if draft.due_on and len(words) == 1 else "; ".join(words)


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
