"""Writes about a plan: make it from a document, correct it row by row, submit, send back, approve into tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

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
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import (
    Draft,
    Plan,
    PlanState,
)
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
    drafts = extract(value)
    rows = propose(value, drafts, apparatus_snapshots.register(), day).rows
    made: list[Draft] = []
    for order, row in enumerate(rows, 1):
        made.append(_draft(plan, order, row, value.text, made, trail))
    trail.detail["tasks"] = len(made)
    return plan


def _draft(plan: Plan, order: int, row: PlanRow, text: str, made: list[Draft], trail: Trail) -> Draft:
    source = row.draft
    lead = ensure_unit(row.owner.code, trail) if row.owner else None
    limit = source.deadline
    draft = Draft.objects.create(
        plan=plan,
        order=order * 10,
        parent=made[source.parent] if source.parent is not None else None,
        start=source.start,
        end=source.end,
        title=" ".join(text[source.start : source.end].replace("*", " ").split()),
        lead_names=list(source.lead),
        coordinate_names=[n for n, owner in zip(source.coordinate, row.cooperating, strict=True) if owner is None],
        lead=lead,
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
    )
    cooperating = [u for owner in row.cooperating if owner and (u := ensure_unit(owner.code, trail)) and u != lead]
    draft.cooperating.set(cooperating)
    return draft


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
    plan = _editable(draft.plan, actor)
    changes.require_fresh(plan, [draft], seen)
    before = [changes.image(draft)]
    for key in EDITABLE:
        if key in fields:
            setattr(draft, key, fields[key])
    if any(getattr(draft, key) != _was(before[0], key) for key in ("due_on", "recurrence", "event")):
        draft.deadline_text = ""  # the words of the document do not say it any more; the reasons keep them
    if lead is not None:
        draft.lead = _known(lead, trail)
        draft.office = draft.office if before[0]["lead_id"] == draft.lead.pk else ""
    draft.reviewed = True
    changes.recheck(draft)
    draft.save()
    if cooperating is not None:
        draft.cooperating.set(u for u in (_known(code, trail) for code in cooperating) if u.pk != draft.lead_id)
    elif draft.lead_id:
        draft.cooperating.remove(draft.lead_id)
    _keep(plan, actor, trail, "sửa dòng", before, [draft])
    return draft


def _was(image: changes.Image, key: str) -> Any:
    value = image[key]
    return dt.date.fromisoformat(value) if key == "due_on" and value else value


@action("plan.resolve", may=rights.may_prepare)
def resolve(
    *,
    actor: User,
    trail: Trail,
    draft: Draft,
    act: str,
    code: str | None = None,
    alike: bool = False,
    seen: int | None = None,
) -> list[Draft]:
    """Carry out a suggestion of a row: choose one lead, split, expand, or replace.

    `alike`: a choice of one lead holds for all rows that print the same leads and offer it.
    """
    plan = _editable(draft.plan, actor)
    changes.require_fresh(plan, [draft], seen)
    wanted = next((s for s in draft.suggestions if s["action"] == act and (code is None or s["code"] == code)), None)
    if wanted is None:
        raise InputError(
            "no_suggestion",
            "Đề xuất này không còn áp dụng cho dòng; hãy tải lại trang.",
            "This suggestion does not apply to the row any more; reload the page.",
        )
    trail.target = plan
    if act in {SuggestedAction.SPLIT, SuggestedAction.EXPAND}:
        units = [u for member in wanted["members"] if (u := ensure_unit(member, trail))]
        return _divide(plan, actor, trail, draft, units, "tách mỗi cơ quan một nhiệm vụ")
    rows = [draft, *(d for d in alike_rows(draft) if alike and _offers(d, wanted))]
    before = [changes.image(row) for row in rows]
    lead = _known(wanted["code"], trail)
    for row in rows:
        _lead_by(row, lead, act, trail)
    _keep(plan, actor, trail, f"chủ trì: {lead}" + (f" ({len(rows)} dòng)" if len(rows) > 1 else ""), before, rows)
    return rows


def alike_rows(draft: Draft) -> list[Draft]:
    """The other live rows without an owner that print the same leads."""
    others = draft.plan.drafts.filter(dropped=False, lead=None).exclude(pk=draft.pk)
    return [d for d in others if d.lead_names == draft.lead_names]


def _offers(draft: Draft, wanted: dict[str, Any]) -> bool:
    return any(s["action"] == wanted["action"] and s["code"] == wanted["code"] for s in draft.suggestions)


def _lead_by(draft: Draft, lead: Unit, act: str, trail: Trail) -> None:
    """`lead` leads the row; if it was chosen among several, the others cooperate."""
    choices = [s["code"] for s in draft.suggestions if s["action"] == str(SuggestedAction.CHOOSE) and s["code"]]
    draft.lead = lead
    _settle(draft)
    if act == SuggestedAction.CHOOSE:
        draft.cooperating.add(*[_known(c, trail) for c in choices if c != lead.code])
    draft.cooperating.remove(lead)


def _known(code: str, trail: Trail) -> Unit:
    unit = ensure_unit(code, trail)
    if unit is None:
        raise InputError(
            "unknown_unit", f"Danh mục không có cơ quan mã {code}.", f"The register has no body with code {code}."
        )
    return unit


def _settle(draft: Draft) -> None:
    draft.suggestions, draft.reviewed, draft.office = [], True, ""
    changes.recheck(draft)
    draft.save()


def _divide(plan: Plan, actor: User, trail: Trail, draft: Draft, units: list[Unit], label: str) -> list[Draft]:
    """One row per unit; the first takes the row itself, so that its links stay."""
    if not units:
        raise InputError(
            "no_members",
            "Nhóm này không có danh sách thành viên trong danh mục; hãy chọn cơ quan cụ thể.",
            "The register has no members of this group; choose a body.",
        )
    before = [changes.image(draft)]
    shared = [u for u in draft.cooperating.all() if u not in units]
    rows = [draft]
    for offset, unit in enumerate(units[1:], 1):
        copy = Draft.objects.get(pk=draft.pk)
        copy.pk, copy.lead = None, unit
        copy.order = draft.order + min(offset, 9)
        copy._state.adding = True
        copy.lead_names = [unit.name]
        _settle(copy)
        copy.cooperating.set(shared)
        rows.append(copy)
    draft.lead = units[0]
    draft.lead_names = [units[0].name]
    _settle(draft)
    draft.cooperating.set(shared)
    _keep(plan, actor, trail, f"{label}: {len(units)}", before, rows)
    return rows


@action("plan.add", may=rights.may_prepare)
def add(
    *, actor: User, trail: Trail, plan: Plan, title: str, reason: str, words: str = "", after: Draft | None = None
) -> Draft:
    """Add a task that the reading missed; the reason is required, its words are looked up in the document."""
    _editable(plan, actor)
    require_reason(reason)
    start, end = _locate(plan.document.text, words)
    last = plan.drafts.order_by("-order").values_list("order", flat=True).first() or 0
    draft = Draft(
        plan=plan,
        order=after.order + 5 if after else last + 10,
        start=start,
        end=end,
        title=title.strip(),
        note=reason,
        by_hand=True,
        reviewed=True,
    )
    changes.recheck(draft)
    draft.save()
    _keep(plan, actor, trail, "thêm nhiệm vụ", [], [draft])
    return draft


def _locate(text: str, words: str) -> tuple[int | None, int | None]:
    """Where `words` stand in `text`, white space aside."""
    import re

    pieces = words.split()
    found = re.search(r"\s+".join(map(re.escape, pieces)), text) if pieces else None
    return (found.start(), found.end()) if found else (None, None)


@action("plan.drop", may=rights.may_prepare)
def drop(*, actor: User, trail: Trail, draft: Draft, reason: str, seen: int | None = None) -> Draft:
    """Leave a row out, with the reason; it stays visible among the dropped ones."""
    plan = _editable(draft.plan, actor)
    changes.require_fresh(plan, [draft], seen)
    require_reason(reason)
    return _set(plan, actor, trail, draft, "bỏ dòng", dropped=True, note=reason)


@action("plan.restore", may=rights.may_prepare)
def restore(*, actor: User, trail: Trail, draft: Draft) -> Draft:
    """Take a dropped row back in."""
    return _set(_editable(draft.plan, actor), actor, trail, draft, "lấy lại dòng", dropped=False)


@action("plan.accept", may=rights.may_prepare)
def accept(*, actor: User, trail: Trail, draft: Draft) -> Draft:
    """A person has looked at the row and agrees with it."""
    return _set(_editable(draft.plan, actor), actor, trail, draft, "đồng ý dòng", reviewed=True)


@action("plan.accept_all", may=rights.may_prepare)
def accept_all(*, actor: User, trail: Trail, plan: Plan) -> Plan:
    """Agree with every row that has an owner, warnings included."""
    _editable(plan, actor)
    rows = [d for d in live(plan) if not changes.blocking(d) and not d.reviewed]
    before = [changes.image(d) for d in rows]
    for draft in rows:
        draft.reviewed = True
        draft.save(update_fields=["reviewed"])
    if rows:
        _keep(plan, actor, trail, f"đồng ý {len(rows)} dòng", before, rows)
    return plan


@action("plan.merge", may=rights.may_prepare)
def merge(*, actor: User, trail: Trail, draft: Draft, into: Draft | None) -> Draft:
    """Put a row into another: its words are added, its bodies cooperate, the row itself is dropped."""
    plan = _editable(draft.plan, actor)
    if into is None:
        raise InputError(
            "merge", "Không có dòng nào ở trên để gộp vào.", "There is no row above to merge this one into."
        )
    if into.plan_id != plan.pk or into.pk == draft.pk or into.dropped:
        raise InputError(
            "merge",
            "Chỉ gộp được với một dòng khác còn hiệu lực của cùng bảng.",
            "A row can only be merged into another live row of the same plan.",
        )
    before = [changes.image(into), changes.image(draft)]
    into.title = f"{into.title.rstrip(' .;')}; {draft.title}"
    into.deliverable = into.deliverable or draft.deliverable
    into.due_on = min((d for d in (into.due_on, draft.due_on) if d), default=None)
    changes.recheck(into)
    into.save()
    extra = [u for u in [*draft.cooperating.all(), *([draft.lead] if draft.lead else [])] if u.pk != into.lead_id]
    into.cooperating.add(*extra)
    draft.dropped, draft.note = True, f"gộp vào dòng {into.order // 10}"
    draft.save(update_fields=["dropped", "note"])
    _keep(plan, actor, trail, "gộp hai dòng", before, [into, draft])
    return into


@action("plan.undo", may=rights.may_prepare)
def undo(*, actor: User, trail: Trail, plan: Plan) -> str:
    """Take back the last step; its label, or "" if there is none."""
    return _step_back(_editable(plan, actor), trail, changes.undo)


@action("plan.redo", may=rights.may_prepare)
def redo(*, actor: User, trail: Trail, plan: Plan) -> str:
    """Do the undone step again; its label, or ""."""
    return _step_back(_editable(plan, actor), trail, changes.redo)


def _step_back(plan: Plan, trail: Trail, step: Any) -> str:
    change = step(plan)
    trail.target, trail.detail = plan, {"step": change.label if change else ""}
    return change.label if change else ""


def _editable(plan: Plan, actor: User) -> Plan:
    """The plan, if `actor` may change it now: what waits for a decision is only its approver's to change."""
    changes.require_open(plan)
    if plan.state == PlanState.SUBMITTED and not rights.may_approve(actor, plan=plan):
        raise InputError(
            "submitted",
            "Bảng phân công đang chờ duyệt; hãy bấm “Rút lại để sửa” rồi mới sửa.",
            "The plan waits for approval; press “Take back to edit” before you change it.",
        )
    return plan


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError(
            "no_reason",
            "Phải ghi lý do để người duyệt hiểu.",
            "A reason is required, so that the approver understands.",
        )


def _set(plan: Plan, actor: User, trail: Trail, draft: Draft, label: str, **fields: Any) -> Draft:
    before = [changes.image(draft)]
    for key, value in fields.items():
        setattr(draft, key, value)
    draft.save()
    _keep(plan, actor, trail, label, before, [draft])
    return draft


def _keep(plan: Plan, actor: User, trail: Trail, label: str, before: list[changes.Image], after: list[Draft]) -> None:
    changes.keep(plan, actor, label, before, after)
    trail.target = trail.target or plan
    trail.detail |= {"step": label, "rows": [d.pk for d in after]}


def live(plan: Plan) -> Any:
    """The rows that will become tasks."""
    return plan.drafts.filter(dropped=False).select_related("lead").prefetch_related("cooperating")
