"""Writes about a plan: make it from a document, correct it row by row, step back and forth."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone

from bonhoa.cli_json import task_object
from bonhoa.common.errors import InputError
from bonhoa.documents.model import as_json
from bonhoa.execution import extract
from bonhoa.execution import make_plan as propose
from bonhoa.execution.model import PlanRow, SuggestedAction, Suggestion
from bonhoa_web.apparatus import snapshots as apparatus_snapshots
from bonhoa_web.apparatus.actions import ensure_unit
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.documents.snapshots import document_value
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_overlaps as overlaps
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import ChangeKind, Draft, Plan
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User

# --- from the document to the plan -----------------------------------------------------------------------------------


@action("plan.make", may=rights.may_make)
def make_plan(*, actor: User, trail: Trail, document: Document, on: dt.date | None = None) -> Plan:
    """Propose a plan for a document that was read; the one that exists is returned as it is.

    `on`: the day on which names are looked up; the document's day, else today.
    """
    existing = Plan.objects.filter(document=document).first()
    if existing is not None:
        return existing
    if document.status != ReadingStatus.READ:
        raise InputError(
            "not_read",
            "Văn bản chưa đọc xong; hãy chờ thanh tiến độ rồi thử lại.",
            "The document has not been read yet; wait for the progress bar and try again.",
        )
    value = document_value(document)
    day = on or document.issued_on or timezone.localdate()
    plan = Plan.objects.create(document=document, unit=document.receiver, on=day, prepared_by=actor)
    in_force = overlaps.tasks_in_force(actor)
    rows = propose(value, extract(value), apparatus_snapshots.register(), day, in_force=in_force).rows
    units = Units(trail)
    made = [_draft(plan, order, row, value.text, units) for order, row in enumerate(rows, 1)]
    Draft.objects.bulk_create(made, batch_size=500)
    children = [
        (draft, row.draft.parent) for draft, row in zip(made, rows, strict=True) if row.draft.parent is not None
    ]
    for draft, parent in children:
        draft.parent = made[parent]
    Draft.objects.bulk_update([draft for draft, _ in children], ["parent"], batch_size=500)
    link = Draft.cooperating.through
    bodies = [
        {units(owner.code).pk for owner in row.cooperating if owner} - {draft.lead_id}
        for draft, row in zip(made, rows, strict=True)
    ]
    link.objects.bulk_create(
        [link(draft_id=d.pk, unit_id=pk) for d, pks in zip(made, bodies, strict=True) for pk in sorted(pks)],
        batch_size=1000,
    )
    trail.detail["tasks"] = len(made)
    return plan


class Units:
    """The records of units by their codes, each looked up once in a step."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._found: dict[str, Unit] = {}

    def __call__(self, code: str) -> Unit:
        if code not in self._found:
            self._found[code] = known(code, self._trail)
        return self._found[code]

    def all(self, codes: Iterable[str]) -> list[Unit]:
        """Those of `codes` that the register knows."""
        codes = list(codes)
        missing = [c for c in codes if c not in self._found]
        self._found |= {u.code: u for u in Unit.objects.filter(code__in=missing)}
        for code in missing:
            if code not in self._found and (unit := ensure_unit(code, self._trail)):
                self._found[code] = unit
        return [self._found[c] for c in codes if c in self._found]


def _draft(plan: Plan, order: int, row: PlanRow, text: str, units: Units) -> Draft:
    """A row of the plan as it was read, not stored yet."""
    source = row.draft
    limit = source.deadline
    return Draft(
        plan=plan,
        order=order * ROOM,
        start=source.start,
        end=source.end,
        title=title_of(text, source.start, source.end),
        lead_names=list(source.lead),
        coordinate_names=[n for n, owner in zip(source.coordinate, row.cooperating, strict=True) if owner is None],
        lead=units(row.owner.code) if row.owner else None,
        office=(row.owner.office or "")[:120] if row.owner else "",
        deadline_text=limit.text[:400] if limit else "",
        due_on=limit.date if limit else None,
        recurrence=str(limit.recurrence) if limit and limit.recurrence else "",
        event=(limit.event or "")[:255] if limit else "",
        deliverable=source.deliverable or "",
        problems=[str(p) for p in row.problems],
        suggestions=[*_receiver_first(plan.unit, row.suggestions), *(_suggestion(s) for s in row.suggestions)],
        reasons=[
            {**as_json({"field": r.field, "rule": r.rule, "vi": r.vi, "en": r.en}), "start": r.start, "end": r.end}
            for r in source.reasons
        ],
        confidence=source.confidence,
        confidences=dataclasses.asdict(source.certainty) if source.certainty else {},
        reading=task_object(source),
        overlaps=[overlaps.stored(o) for o in row.overlaps],
    )


ROOM = 1000
"""Between the orders of two rows that were read, for those that are split off or added."""


def title_of(text: str, start: int, end: int) -> str:
    """The words of a span as the title of a task."""
    return " ".join(text[start:end].replace("*", " ").split())


def _receiver_first(unit: Unit, suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """A group that the receiving body belongs to: its own part is what it has to plan."""
    groups = [s for s in suggestions if s.action is SuggestedAction.EXPAND and unit.code in s.members]
    return [
        {
            "problem": str(group.problem),
            "action": str(SuggestedAction.CHOOSE),
            "code": unit.code,
            "name": unit.name,
            "vi": f"phần việc của {unit.name}",
            "en": f"the part of {unit.name}",
            "members": [],
        }
        for group in groups[:1]
    ]


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "problem": str(suggestion.problem),
        "action": str(suggestion.action),
        "code": suggestion.code,
        "name": suggestion.name,
        "vi": suggestion.vi,
        "en": suggestion.en,
        "members": list(suggestion.members),
    }


# --- correcting rows -------------------------------------------------------------------------------------------------

EDITABLE = ("title", "leader", "monitor", "due_on", "recurrence", "event", "deliverable")


@action("plan.edit", may=rights.may_prepare)
def edit(
    *,
    actor: User,
    trail: Trail,
    draft: Draft,
    seen: int | None = None,
    lead: str | None = None,
    cooperating: Sequence[str] | None = None,
    **fields: Any,
) -> Draft:
    """Correct fields of a row; bodies by their code (`lead` None leaves it), `seen` is the version of the plan that the
    person had in front of them."""
    plan = changes.lock(draft.plan, actor, [draft], seen)
    before = [changes.image(draft)]
    for key in EDITABLE:
        if key in fields:
            setattr(draft, key, fields[key])
    if any(getattr(draft, key) != _was(before[0], key) for key in ("due_on", "recurrence", "event")):
        draft.deadline_text = ""  # the words of the document do not say it any more; the reasons keep them
    if lead is not None:
        draft.lead = known(lead, trail)
        draft.office = draft.office if before[0]["lead_id"] == draft.lead.pk else ""
    draft.reviewed = True
    changes.recheck(draft)
    draft.save()
    if cooperating is not None:
        draft.cooperating.set(u for u in (known(code, trail) for code in cooperating) if u.pk != draft.lead_id)
    elif draft.lead_id:
        draft.cooperating.remove(draft.lead_id)
    keep(plan, actor, trail, ChangeKind.EDIT, "sửa dòng", before, [draft])
    return draft


def _was(image: changes.Image, key: str) -> Any:
    value = image[key]
    return dt.date.fromisoformat(value) if key == "due_on" and value else value


def known(code: str, trail: Trail) -> Unit:
    """The unit with this code. Raises InputError("unknown_unit")."""
    unit = ensure_unit(code, trail)
    if unit is None:
        raise InputError(
            "unknown_unit", f"Danh mục không có cơ quan mã {code}.", f"The register has no body with code {code}."
        )
    return unit


@action("plan.add", may=rights.may_prepare)
def add(
    *, actor: User, trail: Trail, plan: Plan, title: str, reason: str, words: str = "", after: Draft | None = None
) -> Draft:
    """Add a task that the reading missed; the reason is required, its words are looked up in the document.

    It stands after the row `after`, else where its words stand, else at the end.
    """
    plan = changes.lock(plan, actor)
    require_reason(reason)
    trail.detail["reason"] = reason
    start, end = _locate(plan.document.text, words)
    rows = plan.drafts.order_by("-order", "-pk")
    above = after or (rows.filter(start__lte=start).first() if start is not None else rows.first())
    draft = Draft(
        plan=plan,
        order=order_after(above) if above else 1,
        start=start,
        end=end,
        title=title.strip(),
        note=reason,
        by_hand=True,
        reviewed=True,
    )
    changes.recheck(draft)
    draft.save()
    keep(plan, actor, trail, ChangeKind.ADD, "thêm nhiệm vụ", [], [draft])
    return draft


def order_after(draft: Draft) -> int:
    """A place between `draft` and the row that follows it."""
    below = draft.plan.drafts.filter(order__gt=draft.order).order_by("order").values_list("order", flat=True).first()
    return (draft.order + below) // 2 if below else draft.order + ROOM


def _locate(text: str, words: str) -> tuple[int | None, int | None]:
    """Where `words` stand in `text`, white space aside."""
    import re

    pieces = words.split()
    found = re.search(r"\s+".join(map(re.escape, pieces)), text) if pieces else None
    return (found.start(), found.end()) if found else (None, None)


@action("plan.drop", may=rights.may_prepare)
def drop(*, actor: User, trail: Trail, draft: Draft, reason: str, seen: int | None = None) -> Draft:
    """Leave a row out, with the reason; it stays visible among the dropped ones."""
    plan = changes.lock(draft.plan, actor, [draft], seen)
    require_reason(reason)
    trail.detail["reason"] = reason
    return _set(plan, actor, trail, draft, ChangeKind.DROP, "bỏ dòng", dropped=True, note=reason)


@action("plan.restore", may=rights.may_prepare)
def restore(*, actor: User, trail: Trail, draft: Draft, seen: int | None = None) -> Draft:
    """Take a dropped row back in."""
    plan = changes.lock(draft.plan, actor, [draft], seen)
    return _set(plan, actor, trail, draft, ChangeKind.RESTORE, "lấy lại dòng", dropped=False)


@action("plan.accept", may=rights.may_prepare)
def accept(*, actor: User, trail: Trail, draft: Draft, seen: int | None = None) -> Draft:
    """A person has looked at the row and agrees with it."""
    plan = changes.lock(draft.plan, actor, [draft], seen)
    return _set(plan, actor, trail, draft, ChangeKind.ACCEPT, "đồng ý dòng", reviewed=True)


@action("plan.accept_all", may=rights.may_prepare)
def accept_all(*, actor: User, trail: Trail, plan: Plan, seen: int | None = None) -> Plan:
    """Agree with every row that has an owner, warnings included."""
    plan = changes.lock(plan, actor)
    rows = [d for d in live(plan) if not changes.blocking(d) and not d.reviewed]
    changes.require_fresh(plan, rows, seen)
    before = [changes.image(d) for d in rows]
    for draft in rows:
        draft.reviewed = True
    Draft.objects.bulk_update(rows, ["reviewed"], batch_size=500)
    if rows:
        keep(plan, actor, trail, ChangeKind.ACCEPT, f"đồng ý {len(rows)} dòng", before, rows)
    return plan


@action("plan.look_again", may=rights.may_prepare)
def look_again(*, actor: User, trail: Trail, plan: Plan, seen: int | None = None) -> Plan:
    """Compare the rows once more with the tasks in force: others may have been given since the plan was made."""
    plan = changes.lock(plan, actor)
    rows = list(live(plan))
    before = {d.pk: changes.image(d) for d in rows}
    changed = overlaps.look_again(plan, actor, rows)
    for draft in changed:
        draft.save(update_fields=["overlaps", "problems", "suggestions"])
    if changed:
        images = [before[d.pk] for d in changed]
        keep(plan, actor, trail, ChangeKind.RESOLVE, f"đối chiếu lại: {len(changed)} dòng", images, changed)
    trail.target = plan
    return plan


# --- steps back and forth --------------------------------------------------------------------------------------------


@action("plan.undo", may=rights.may_prepare)
def undo(*, actor: User, trail: Trail, plan: Plan, seen: int | None = None) -> str:
    """Take back the last step; its label, or "" if there is none. A step that the person has not seen stays."""
    return _step_back(plan, actor, trail, changes.undo, seen)


@action("plan.redo", may=rights.may_prepare)
def redo(*, actor: User, trail: Trail, plan: Plan, seen: int | None = None) -> str:
    """Do the undone step again; its label, or ""."""
    return _step_back(plan, actor, trail, changes.redo, seen)


def _step_back(plan: Plan, actor: User, trail: Trail, step: Callable[[Plan], Any], seen: int | None) -> str:
    plan = changes.lock(plan, actor)
    changes.require_last_seen(plan, seen)
    change = step(plan)
    trail.target, trail.detail = plan, {"step": change.label if change else ""}
    return str(change.label) if change else ""


def require_reason(reason: str) -> None:
    """Raise InputError("no_reason") for a reason without words."""
    if not reason.strip():
        raise InputError(
            "no_reason",
            "Phải ghi lý do để người duyệt hiểu.",
            "A reason is required, so that the approver understands.",
        )


def _set(plan: Plan, actor: User, trail: Trail, draft: Draft, kind: ChangeKind, label: str, **fields: Any) -> Draft:
    before = [changes.image(draft)]
    for key, value in fields.items():
        setattr(draft, key, value)
    draft.save()
    keep(plan, actor, trail, kind, label, before, [draft])
    return draft


def keep(
    plan: Plan,
    actor: User,
    trail: Trail,
    kind: ChangeKind,
    label: str,
    before: list[changes.Image],
    after: Sequence[Draft],
) -> None:
    """Record a step in the history of the plan and in the audit."""
    changes.keep(plan, actor, kind, label, before, after)
    trail.target = trail.target or plan
    trail.detail |= {"step": label, "rows": [d.pk for d in after]}


def live(plan: Plan) -> Any:
    """The rows that will become tasks."""
    return plan.drafts.filter(dropped=False).select_related("lead").prefetch_related("cooperating")
