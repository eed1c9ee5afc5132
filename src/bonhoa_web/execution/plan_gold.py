"""A plan as corrected → gold: the document's text and what a perfect reading of it would say.

Two kinds of correction are told apart. What the document says and the reading missed is gold. What a person decided on
top of it (one lead chosen of several, a limit that no word of the document gives) is not: a reader cannot find it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from bonhoa.common.errors import InputError
from bonhoa.documents.model import Node
from bonhoa.execution.gold import find_printed, gold_object, printed_limit, spans_above
from bonhoa.execution.model import Deadline, Recurrence, TaskDraft
from bonhoa_web.apparatus import snapshots as apparatus_snapshots
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents.snapshots import document_value
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import Draft, Plan, PlanState
from bonhoa_web.execution.plan_actions import live
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User


@action("gold.export", may=rights.may_prepare)
def export(*, actor: User, trail: Trail, plan: Plan) -> tuple[str, bytes]:
    """The gold of one plan's document as a zip of its .txt and .json: (file name, bytes)."""
    name, files = gold_files(plan)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in files.items():
            archive.writestr(file, data)
    trail.target, trail.detail = plan, {"tasks": len(json.loads(files[f"{name}.json"])["tasks"])}
    return f"{name}.zip", out.getvalue()


def settled_plans() -> Iterable[Plan]:
    """The plans that a leader approved: what people have agreed on."""
    return Plan.objects.filter(state=PlanState.APPROVED).select_related("document", "unit").order_by("pk")


def write(plan: Plan, folder: Path) -> list[Path]:
    """Write the gold of a plan into `folder`; the two files."""
    paths = []
    for file, data in gold_files(plan)[1].items():
        paths.append(folder / file)
        paths[-1].write_text(data, encoding="utf-8", newline="\n")
    return paths


def gold_files(plan: Plan) -> tuple[str, dict[str, str]]:
    """(name without ending, {file: content}) of the text and its gold. Raises InputError if no row has words."""
    value = document_value(plan.document)
    rows = list(live(plan))
    tasks = [task_of(d, plan, value.structure) for d in rows if d.start is not None]
    if rows and not tasks:
        raise InputError(
            "no_words",
            "Không dòng nào của bảng chỉ vào câu chữ của văn bản nên không làm mẫu chuẩn được.",
            "No row of the plan points to words of the document, so it cannot become gold.",
        )
    number = plan.document.number.replace("Đ", "D").replace("đ", "d").replace("/", "-")
    name = f"{slugify(number) or 'van-ban'}-{plan.pk}"
    gold = gold_object(value, tasks, f"{name}.txt")
    return name, {f"{name}.txt": value.text, f"{name}.json": json.dumps(gold, ensure_ascii=False, indent=1) + "\n"}


def task_of(draft: Draft, plan: Plan, structure: Node) -> TaskDraft:
    """What a perfect reading says of the words of a row."""
    text = plan.document.text
    names = _Names(plan)
    lead = _lead(draft, names, text, structure)
    return TaskDraft(
        start=draft.start,
        end=draft.end,
        lead=lead,
        coordinate=_cooperating(draft, names, text, lead),
        deadline=_deadline(draft, text, plan.document.issued_on),
        deliverable=_deliverable(draft, text),
    )


class _Names:
    """What printed names mean on the plan's day, and how a unit may be printed."""

    def __init__(self, plan: Plan) -> None:
        self._register, self._on = apparatus_snapshots.register(), plan.on
        self._issuer = plan.document.issuer or None

    def codes(self, printed: str) -> set[str]:
        """The units that a printed name stands for: the body, its heirs, the members of a group."""
        match = self._register.resolve(printed, on=self._on, issuer=self._issuer)
        return {u.code for u in (*match.members, *match.candidates, *((match.unit,) if match.unit else ()))}

    def forms(self, unit: Unit) -> list[str]:
        """How `unit` may be printed: its names, with and without the place that the issuer belongs to."""
        names = [n for n in (unit.name, unit.short_name) if n]
        bare = [re.sub(r"(\s+(?:tỉnh|thành phố))\s+\S.*$", kept, n) for n in names for kept in (r"\1", "")]
        short = [n.replace("Ủy ban nhân dân", "UBND") for n in (*names, *bare)]
        return [n for n in dict.fromkeys((*names, *bare, *short)) if unit.code in self.codes(n)]


def _lead(draft: Draft, names: _Names, text: str, structure: Node) -> tuple[str, ...]:
    """The printed leads; another one only if the row's words, or a heading above them, print the unit that a person
    set."""
    printed = tuple(draft.lead_names)
    if draft.lead is None or any(draft.lead.code in names.codes(n) for n in printed):
        return printed
    for start, end in [(draft.start, draft.end), *spans_above(structure, draft.start)]:
        found = find_printed(_without(text[start:end], printed), names.forms(draft.lead))
        if found:
            return (found,)
    return printed


def _without(words: str, printed: Iterable[str]) -> str:
    """`words` with the names already accounted for taken out, so that no part of one passes for another body."""
    for name in sorted(filter(None, printed), key=len, reverse=True):
        words = re.sub(r"\s+".join(map(re.escape, name.split())), ";", words, flags=re.I)
    return words


def _cooperating(draft: Draft, names: _Names, text: str, lead: tuple[str, ...]) -> tuple[str, ...]:
    """The printed names that still cooperate, and those that a person added and the row's words print."""
    units = list(draft.cooperating.all())
    codes = {u.code for u in units}
    read = [n for n in draft.reading.get("coordinate", ()) if n in draft.coordinate_names or names.codes(n) & codes]
    known = set().union(*(names.codes(n) for n in (*read, *lead)))
    words = _without(text[draft.start : draft.end], (*read, *lead))
    added = [find_printed(words, names.forms(u)) for u in units if u.code not in known]
    return (*read, *filter(None, added))


def _deadline(draft: Draft, text: str, issued: dt.date | None) -> Deadline | None:
    """The limit as read if nobody changed it; the corrected one if the row's own words or those before it say it."""
    read = _as_deadline(draft.reading.get("deadline"))
    recurrence = Recurrence.of(draft.recurrence) if draft.recurrence else None
    now = Deadline(draft.deadline_text, draft.due_on, recurrence, draft.event or None)
    if not (now.date or now.recurrence or now.event):
        return None
    if read and (read.date, read.recurrence, read.event) == (now.date, now.recurrence, now.event):
        return read
    return printed_limit(text, draft.start, draft.end, now, issued) or read


def _as_deadline(data: dict[str, Any] | None) -> Deadline | None:
    if not data:
        return None
    day = dt.date.fromisoformat(data["date"]) if data["date"] else None
    return Deadline(data["text"], day, Recurrence.of(data["recurrence"]) if data["recurrence"] else None, data["event"])


def _deliverable(draft: Draft, text: str) -> str | None:
    """The product; as it is printed in the row's words where they print it, else as it was read."""
    read: str | None = draft.reading.get("deliverable")
    if not draft.deliverable or draft.deliverable == read:
        return draft.deliverable or None
    return find_printed(text[draft.start : draft.end], [draft.deliverable]) or read
