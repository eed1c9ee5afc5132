"""The objects that `--json` prints: library values in the shape of the contracts (docs: the command line)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bonhoa.apparatus import Register
from bonhoa.apparatus.model import Unit, UnitLink
from bonhoa.documents.model import Document, as_json
from bonhoa.execution.compare import TaskChange, count
from bonhoa.execution.model import GivenTask, Plan, TaskDraft

if TYPE_CHECKING:
    from pathlib import Path

    from bonhoa.apparatus.audit.auditing import Audit
    from bonhoa.cli_hints import Hint
    from bonhoa.execution.context import Skipped


def document_object(
    document: Document, drafts: Sequence[TaskDraft], skipped: Sequence[Skipped] | None = None
) -> dict[str, Any]:
    """What `bonhoa read` prints of a document; with `skipped` also what is no task, and why."""
    whole = document.to_json()
    found = {
        "schema_version": whole["schema_version"],
        "metadata": whole["metadata"],
        "structure": whole["structure"],
        "citations": whole["citations"],
        "references": whole["references"],
        "relations": whole["relations"],
        "tasks": [task_object(draft) for draft in drafts],
        "notices": whole["notices"],
    }
    return found if skipped is None else found | {"not_tasks": [dataclasses.asdict(part) for part in skipped]}


def task_object(draft: TaskDraft) -> dict[str, Any]:
    """A task draft."""
    deadline = draft.deadline
    return {
        "start": draft.start,
        "end": draft.end,
        "lead": list(draft.lead),
        "coordinate": list(draft.coordinate),
        "deadline": None
        if deadline is None
        else as_json(
            {
                "text": deadline.text,
                "date": deadline.date,
                "recurrence": deadline.recurrence,
                "event": deadline.event,
            }
        ),
        "deliverable": draft.deliverable,
        "parent": draft.parent,
        "confidence": draft.confidence,
        "certainty": None if draft.certainty is None else dataclasses.asdict(draft.certainty),
        "reasons": [dataclasses.asdict(reason) for reason in draft.reasons],
    }


def plan_object(document: Document, plan: Plan, skipped: Sequence[Skipped] | None = None) -> dict[str, Any]:
    """What `bonhoa plan` prints: the document and its tasks, each with its owner or its problems."""
    whole = document_object(document, [row.draft for row in plan.rows], skipped)
    for task, row in zip(whole["tasks"], plan.rows, strict=True):
        task["owner"] = None if row.owner is None else dataclasses.asdict(row.owner)
        task["cooperating"] = [None if owner is None else dataclasses.asdict(owner) for owner in row.cooperating]
        task["problems"] = as_json(row.problems)
        task["suggestions"] = [as_json(dataclasses.asdict(suggestion)) for suggestion in row.suggestions]
    return {"on": plan.on.isoformat(), **whole}


def comparison_object(
    other: Path, changes: Sequence[TaskChange], before: Sequence[GivenTask], after: Sequence[GivenTask]
) -> dict[str, Any]:
    """What `bonhoa plan --compare` prints: every task of both plans once; places count from 0."""
    tasks = []
    for change in changes:
        task = after[change.after] if change.after is not None else before[change.before or 0]
        fields = [{"field": str(f.field), "before": f.before, "after": f.after} for f in change.fields]
        tasks.append(
            {
                "kind": str(change.kind),
                "before": change.before,
                "after": change.after,
                "title": task.title,
                "lead": task.lead_name,
                "likeness": round(change.likeness, 3),
                "fields": fields,
            }
        )
    return {"compared_with": str(other), "counts": {str(k): n for k, n in count(changes).items()}, "tasks": tasks}


def unit_object(register: Register, unit: Unit) -> dict[str, Any]:
    """A unit; `code` of a territory is the statistical office's, `uid` is ours."""
    parent = register.get(unit.parent) if unit.parent else None
    return as_json(  # type: ignore[no-any-return]
        {
            "code": unit.official_code or unit.code,
            "name": unit.name,
            "level": unit.level,
            "parent": None if parent is None else parent.official_code or parent.code,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "predecessors": [_link(link) for link in unit.predecessors],
            "successors": [_link(link) for link in unit.successors],
            "uid": unit.code,
            "kind": unit.kind,
            "status": unit.status,
            "source": unit.source,
            "basis": unit.basis or None,
        }
    )


def hint_object(register: Register, hint: Hint | None) -> dict[str, Any] | None:
    """The sentence about another period, its units, and who holds their work on the day."""
    if hint is None:
        return None
    units = [
        {"unit": unit_object(register, unit), "now": [unit_object(register, heir) for heir in heirs]}
        for unit, heirs in hint.units
    ]
    return {"vi": hint.vi, "en": hint.en, "units": units}


def audit_object(audit: Audit) -> dict[str, Any]:
    """The findings of the rules audit, the rules that were not run, the limits that stood."""
    findings = [
        {
            "key": one.key,
            "rule": one.rule,
            "grade": one.grade,
            "codes": [{"kind": kind, "code": code} for kind, code in zip(one.rule.kinds, one.codes, strict=True)],
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
            "value": one.value,
            "bound": one.bound,
            "evidence": one.evidence,
            "vi": one.vi,
            "en": one.en,
        }
        for one in audit.findings
    ]
    counts = Counter(str(one.rule) for one in audit.findings)
    return as_json(  # type: ignore[no-any-return]
        {
            "count": len(findings),
            "counts": dict(sorted(counts.items())),
            "findings": findings,
            "not_run": [dataclasses.asdict(one) for one in audit.not_run],
            "limits": [dataclasses.asdict(one) for one in audit.limits],
        }
    )


def _link(link: UnitLink) -> dict[str, str]:
    return {"code": link.official_code or link.code, "name": link.name}
