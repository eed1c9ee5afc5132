"""A row of a task table as a draft: each field from its column."""

from __future__ import annotations

import datetime as dt

import regex

from bonhoa.execution.addressees import split_bodies
from bonhoa.execution.attributes import Attribute
from bonhoa.execution.deadlines import Limit, limit_of_attribute
from bonhoa.execution.deliverables import deliverable_in
from bonhoa.execution.model import Deadline, Reason, TaskDraft
from bonhoa.execution.reasons import because
from bonhoa.execution.running import Running
from bonhoa.execution.tables import Row
from bonhoa.execution.vocabulary import STRONG

_ASKED = regex.compile(r"^(?:Đề nghị|Giao|Yêu cầu|Phân công)\s+")
_DASH = regex.compile(rf"^[-–+]\s*|\s+[-–+]\s+(?={STRONG}(?![\p{{L}}]))")


def draft_of_row(text: str, row: Row, today: dt.date | None) -> TaskDraft:
    """The draft of a row of the document `text`, whose day is `today`."""
    reasons: list[Reason] = []

    def cell(kind: Attribute) -> Running | None:
        if kind not in row.cells:
            return None
        if kind is not Attribute.TASK:
            rule = f"{kind.value}.column"
            reasons.append(Reason(kind.value, rule, "cột của bảng", "column of the table", *row.cells[kind]))
        return Running(text, *row.cells[kind])

    def bodies(kind: Attribute) -> tuple[str, ...]:
        value = cell(kind)
        if value is None:
            return ()
        names = _ASKED.sub("", _DASH.sub("; ", value.text.strip()).strip("; "))
        return split_bodies(names)

    own = Running(text, *row.cells[Attribute.TASK])
    lead, coordinate = bodies(Attribute.LEAD), bodies(Attribute.COORDINATE)
    limit = cell(Attribute.DEADLINE)
    deadline = deadline_at(limit, limit_of_attribute(limit.text, today)) if limit else None
    value = cell(Attribute.DELIVERABLE)
    near = None if Attribute.DELIVERABLE in row.columns else deliverable_in(own.text)
    product = (value.text.strip(" .;-–") or None) if value else near[0] if near else None
    start, end = own.span(0, trimmed(own.text, 0, len(own.text)))
    reasons.append(because("task", "task.row", start, end))
    return TaskDraft(start, end, lead, coordinate, deadline, product, reasons=tuple(reasons))


def deadline_at(own: Running, limit: Limit | None) -> Deadline | None:
    """`limit`, found in the running text `own`, as a deadline that knows its place in the document."""
    if limit is None:
        return None
    return Deadline(limit.text, limit.date, limit.recurrence, limit.event, *own.span(limit.start, limit.end))


def trimmed(text: str, start: int, end: int) -> int:
    """`end` without the signs that close a clause."""
    while end > start and text[end - 1] in " .;:/*,":
        end -= 1
    return end
